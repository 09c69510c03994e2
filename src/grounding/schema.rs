//! The shapes of answers as JSON Schemas, in the part of the language that every provider takes:
//! all properties required, none beside them, `null` for what is not there.

use serde_json::{Value, json};

use crate::plan::fields;

/// Sentences, each with the ids of its evidence.
pub(super) fn answer(ids: &[String]) -> Value {
    object(&json!({
        "sentences": list(&object(&json!({
            "text": { "type": "string" },
            "cites": list(&json!({ "type": "string", "enum": ids })),
        }))),
    }))
}

/// Values, each with its quote; the names of fields are the catalogue's.
pub(super) fn values() -> Value {
    let names: Vec<&str> = fields().iter().map(|field| field.name).collect();
    object(&json!({
        "values": list(&object(&json!({
            "field": { "type": "string", "enum": names },
            "segment": { "type": ["string", "null"] },
            "value": { "type": "string" },
            "quote": { "type": "string" },
            "message": { "type": "integer" },
        }))),
    }))
}

fn list(items: &Value) -> Value {
    json!({ "type": "array", "items": items })
}

fn object(properties: &Value) -> Value {
    let names = properties.as_object().into_iter().flatten();
    let required: Vec<&String> = names.map(|(name, _)| name).collect();
    json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_of_the_catalogue_is_in_the_schema_and_nothing_else() {
        let schema = values();
        let field = &schema["properties"]["values"]["items"]["properties"]["field"];
        let names = field["enum"].as_array().unwrap();
        assert_eq!(names.len(), fields().len());
        assert!(
            names
                .iter()
                .all(|name| crate::plan::field(name.as_str().unwrap()).is_some())
        );
    }

    #[test]
    fn every_object_is_closed_and_needs_all_that_it_has() {
        fn check(schema: &Value) {
            if schema["type"] == "object" {
                assert_eq!(schema["additionalProperties"], json!(false));
                let properties = schema["properties"].as_object().unwrap();
                assert_eq!(
                    schema["required"].as_array().unwrap().len(),
                    properties.len()
                );
                properties.values().for_each(check);
            }
            if schema["type"] == "array" {
                check(&schema["items"]);
            }
        }
        check(&answer(&["E1".to_owned()]));
        check(&values());
    }
}
