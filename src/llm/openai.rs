//! `OpenAI`'s chat completions, as hosted and local servers speak them.

use serde_json::{Value, json};

use super::wire::{Form, Reply, Shape, Usage, object};
use crate::advisor::ModelFailure;
use crate::grounding::Rendered;

pub(super) fn request(model: &str, asked: &Rendered, form: Form) -> Value {
    let mut body = json!({
        "model": model,
        "messages": [
            { "role": "system", "content": asked.system },
            { "role": "user", "content": asked.user },
        ],
        "max_completion_tokens": asked.longest_answer,
    });
    if form.temperature {
        body["temperature"] = json!(0);
    }
    match form.shape {
        Shape::Schema => {
            body["response_format"] = json!({
                "type": "json_schema",
                "json_schema": { "name": asked.prompt, "strict": true, "schema": asked.schema },
            });
        }
        Shape::Object => {
            body["response_format"] = json!({ "type": "json_object", "schema": asked.schema });
        }
        Shape::Words => {}
    }
    body
}

pub(super) fn read(body: &Value) -> Result<Reply, ModelFailure> {
    let choice = &body["choices"][0];
    let message = &choice["message"];
    if !message.is_object() {
        return Err(ModelFailure::NotTheWire);
    }
    if message["refusal"]
        .as_str()
        .is_some_and(|words| !words.is_empty())
    {
        return Err(ModelFailure::Refused);
    }
    match choice["finish_reason"].as_str() {
        Some("length") => return Err(ModelFailure::Truncated),
        Some("content_filter") => return Err(ModelFailure::Refused),
        _ => {}
    }
    let usage = Usage::read(&body["usage"], "prompt_tokens", "completion_tokens");
    let json = text(&message["content"]).and_then(|text| object(&text));
    Ok(Reply { json, usage })
}

/// The content, whole or in parts. Calls of tools are not looked at: none was offered.
fn text(content: &Value) -> Option<String> {
    match content {
        Value::String(text) => Some(text.clone()),
        Value::Array(parts) => {
            let texts = parts.iter().filter_map(|part| part["text"].as_str());
            Some(texts.collect())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked() -> Rendered {
        Rendered {
            prompt: "answer",
            version: 1,
            system: "rules".to_owned(),
            user: "material".to_owned(),
            schema: json!({ "type": "object" }),
            longest_answer: 300,
        }
    }

    fn check(body: &Value, expected: impl Into<Result<Option<Value>, ModelFailure>>) {
        assert_eq!(
            read(body).map(|reply| reply.json),
            expected.into(),
            "{body}"
        );
    }

    #[test]
    fn a_request_says_what_shape_it_wants_as_far_as_the_server_knows_shapes() {
        let form = |shape, temperature| request("m", &asked(), Form { shape, temperature });
        let whole = form(Shape::Schema, true);
        assert_eq!(
            whole["response_format"]["json_schema"]["schema"],
            json!({ "type": "object" })
        );
        assert_eq!(
            whole["response_format"]["json_schema"]["strict"],
            json!(true)
        );
        assert_eq!(whole["max_completion_tokens"], json!(300));
        assert_eq!(
            whole["messages"][1],
            json!({ "role": "user", "content": "material" })
        );
        assert_eq!(
            form(Shape::Object, true)["response_format"]["type"],
            json!("json_object")
        );
        let plain = form(Shape::Words, false);
        assert!(plain.get("response_format").is_none() && plain.get("temperature").is_none());
        assert!(whole.get("tools").is_none());
    }

    #[test]
    fn an_answer_is_the_object_or_its_reason() {
        let choice = |message: Value, reason: &str| json!({ "choices": [{ "message": message, "finish_reason": reason }] });
        let content = |text: &str| json!({ "role": "assistant", "content": text });
        check(
            &choice(content("{\"a\":1}"), "stop"),
            Ok(Some(json!({ "a": 1 }))),
        );
        check(
            &choice(
                json!({ "content": [{ "type": "text", "text": "{}" }] }),
                "stop",
            ),
            Ok(Some(json!({}))),
        );
        check(&choice(content("no"), "stop"), Ok(None));
        check(
            &choice(json!({ "content": null, "tool_calls": [{}] }), "tool_calls"),
            Ok(None),
        );
        check(
            &choice(content("{\"a\":"), "length"),
            Err(ModelFailure::Truncated),
        );
        check(
            &choice(content("{}"), "content_filter"),
            Err(ModelFailure::Refused),
        );
        let refusal = json!({ "content": null, "refusal": "I can't help with that." });
        check(&choice(refusal, "stop"), Err(ModelFailure::Refused));
        for other in [
            json!({}),
            json!([]),
            json!({ "choices": [] }),
            json!({ "error": "x" }),
        ] {
            check(&other, Err(ModelFailure::NotTheWire));
        }
    }

    #[test]
    fn what_it_took_is_believed_within_reason() {
        let took = |usage: Value| {
            let body = json!({ "choices": [{ "message": { "content": "{}" } }], "usage": usage });
            read(&body).unwrap().usage
        };
        let usage =
            took(json!({ "prompt_tokens": 20, "completion_tokens": 3, "total_tokens": 23 }));
        assert_eq!(
            usage,
            Some(Usage {
                sent: 20,
                received: 3
            })
        );
        assert_eq!(took(json!(null)), None);
        assert_eq!(
            took(json!({ "prompt_tokens": -1, "completion_tokens": 3 })),
            None
        );
        assert_eq!(
            took(json!({ "prompt_tokens": u64::MAX, "completion_tokens": 3 })),
            None
        );
    }
}
