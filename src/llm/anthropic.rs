//! Anthropic's messages: the shape of the answer is that of the input of one tool, which the model
//! has to call. Nothing is called; its input is the answer.

use serde_json::{Value, json};

use super::wire::{Reply, Usage, object};
use crate::advisor::ModelFailure;
use crate::grounding::Rendered;

pub(super) fn request(model: &str, asked: &Rendered) -> Value {
    json!({
        "model": model,
        "system": asked.system,
        "messages": [{ "role": "user", "content": asked.user }],
        "max_tokens": asked.longest_answer,
        "tools": [{
            "name": asked.prompt,
            "description": "Takes the answer.",
            "input_schema": asked.schema,
        }],
        "tool_choice": { "type": "tool", "name": asked.prompt },
    })
}

pub(super) fn read(body: &Value) -> Result<Reply, ModelFailure> {
    let Some(content) = body["content"].as_array() else {
        return Err(ModelFailure::NotTheWire);
    };
    match body["stop_reason"].as_str() {
        Some("max_tokens" | "model_context_window_exceeded") => {
            return Err(ModelFailure::Truncated);
        }
        Some("refusal") => return Err(ModelFailure::Refused),
        _ => {}
    }
    let usage = Usage::read(&body["usage"], "input_tokens", "output_tokens");
    let input = content.iter().find(|part| part["type"] == "tool_use");
    let input = input.map(|part| part["input"].clone());
    let written = || {
        let texts = content.iter().filter_map(|part| part["text"].as_str());
        object(&texts.collect::<String>())
    };
    Ok(Reply {
        json: input.filter(Value::is_object).or_else(written),
        usage,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_the_input_of_the_tool_or_its_reason() {
        let check =
            |content: Value, reason: &str, expected: Result<Option<Value>, ModelFailure>| {
                let body = json!({
                    "content": content,
                    "stop_reason": reason,
                    "usage": { "input_tokens": 4, "output_tokens": 2 },
                });
                let reply = read(&body);
                if let Ok(reply) = &reply {
                    assert_eq!(
                        reply.usage,
                        Some(Usage {
                            sent: 4,
                            received: 2
                        })
                    );
                }
                assert_eq!(reply.map(|reply| reply.json), expected, "{body}");
            };
        let call = json!([
            { "type": "text", "text": "Here it is." },
            { "type": "tool_use", "name": "answer", "id": "x", "input": { "a": 1 } },
        ]);
        check(call.clone(), "tool_use", Ok(Some(json!({ "a": 1 }))));
        check(call, "max_tokens", Err(ModelFailure::Truncated));
        check(
            json!([{ "type": "text", "text": "{\"a\":1}" }]),
            "end_turn",
            Ok(Some(json!({ "a": 1 }))),
        );
        check(
            json!([{ "type": "text", "text": "no" }]),
            "end_turn",
            Ok(None),
        );
        check(
            json!([{ "type": "tool_use", "input": "x" }]),
            "tool_use",
            Ok(None),
        );
        check(json!([]), "refusal", Err(ModelFailure::Refused));
        check(json!([]), "end_turn", Ok(None));
        for other in [
            json!({}),
            json!([]),
            json!({ "type": "error", "error": {} }),
        ] {
            assert_eq!(read(&other), Err(ModelFailure::NotTheWire));
        }
    }

    #[test]
    fn a_request_forces_the_one_tool() {
        let asked = Rendered {
            prompt: "read",
            version: 1,
            system: "rules".to_owned(),
            user: "material".to_owned(),
            schema: json!({ "type": "object" }),
            longest_answer: 300,
        };
        let body = request("m", &asked);
        assert_eq!(
            body["tool_choice"],
            json!({ "type": "tool", "name": "read" })
        );
        assert_eq!(body["tools"][0]["input_schema"], asked.schema);
        assert_eq!(
            (&body["max_tokens"], &body["system"]),
            (&json!(300), &json!("rules"))
        );
    }
}
