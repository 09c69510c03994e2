//! The two formats that models are spoken to in, behind one face.

use std::sync::atomic::{AtomicU8, Ordering};

use serde_json::Value;

use super::{anthropic, openai};
use crate::advisor::ModelFailure;
use crate::grounding::Rendered;

/// A wire format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wire {
    /// `OpenAI`'s chat completions, which most servers speak: hosted ones, vLLM, llama.cpp, Ollama.
    OpenAi,
    /// Anthropic's messages.
    Anthropic,
}

impl Wire {
    /// The format of that name.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "openai" => Some(Self::OpenAi),
            "anthropic" => Some(Self::Anthropic),
            _ => None,
        }
    }

    /// Where its inventor serves it.
    pub const fn home(self) -> &'static str {
        match self {
            Self::OpenAi => "https://api.openai.com/v1",
            Self::Anthropic => "https://api.anthropic.com/v1",
        }
    }

    pub(super) const fn path(self) -> &'static str {
        match self {
            Self::OpenAi => "/chat/completions",
            Self::Anthropic => "/messages",
        }
    }

    /// The header that names the format's version.
    pub(super) const fn version(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::OpenAi => None,
            Self::Anthropic => Some(("anthropic-version", "2023-06-01")),
        }
    }

    pub(super) fn request(self, model: &str, asked: &Rendered, form: Form) -> Value {
        match self {
            Self::OpenAi => openai::request(model, asked, form),
            Self::Anthropic => anthropic::request(model, asked),
        }
    }

    pub(super) fn read(self, body: &[u8]) -> Result<Reply, ModelFailure> {
        // Nesting is bounded by the parser, so that a body of brackets is an error and no crash.
        let body: Value = serde_json::from_slice(body).map_err(|_| ModelFailure::NotTheWire)?;
        match self {
            Self::OpenAi => openai::read(&body),
            Self::Anthropic => anthropic::read(&body),
        }
    }
}

/// What a model said.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Reply {
    /// The JSON that it wrote, if it is that.
    pub(super) json: Option<Value>,
    /// What it took, where the server says so.
    pub(super) usage: Option<Usage>,
}

/// Tokens of one call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Usage {
    pub(super) sent: u64,
    pub(super) received: u64,
}

impl Usage {
    /// What a server says it took; nonsense is as good as nothing said.
    pub(super) fn read(usage: &Value, sent: &str, received: &str) -> Option<Self> {
        const MOST: u64 = 10_000_000;
        let number = |name: &str| usage[name].as_u64().filter(|tokens| *tokens <= MOST);
        Some(Self {
            sent: number(sent)?,
            received: number(received)?,
        })
    }
}

/// The JSON object in what a model wrote: all of it, or the first one, in a fence or among words.
pub(super) fn object(text: &str) -> Option<Value> {
    let begin = text.find('{')?;
    let mut values = serde_json::Deserializer::from_str(&text[begin..]).into_iter::<Value>();
    values.next()?.ok()
}

/// How much of the format a request makes use of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Form {
    /// How the shape of the answer is asked for.
    pub(super) shape: Shape,
    /// Whether a temperature is named.
    pub(super) temperature: bool,
}

/// How the shape of the answer is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// By a schema that the server holds the model to.
    Schema,
    /// As JSON, with the schema beside it for servers that take one there.
    Object,
    /// In words only.
    Words,
}

/// The form that the server is known to take; the richest until it refuses that.
#[derive(Debug, Default)]
pub(super) struct Offer {
    shape: AtomicU8,
    cold: AtomicU8,
}

impl Offer {
    pub(super) fn form(&self) -> Form {
        Form {
            shape: match self.shape.load(Ordering::Relaxed) {
                0 => Shape::Schema,
                1 => Shape::Object,
                _ => Shape::Words,
            },
            temperature: self.cold.load(Ordering::Relaxed) == 0,
        }
    }

    /// Takes back the part of `form` that the server's refusal names; `false` if it names none.
    pub(super) fn step_down(&self, form: Form, refusal: &[u8]) -> bool {
        let refusal = String::from_utf8_lossy(refusal);
        let names = |word: &str| refusal.contains(word);
        if form.temperature && names("temperature") {
            self.cold.store(1, Ordering::Relaxed);
            return true;
        }
        let next = match form.shape {
            Shape::Schema => 1,
            Shape::Object => 2,
            Shape::Words => return false,
        };
        let is_shape = ["response_format", "json_schema", "json_object"];
        if !is_shape.into_iter().any(names) {
            return false;
        }
        self.shape.fetch_max(next, Ordering::Relaxed);
        true
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_form_that_a_server_refuses_is_not_offered_again() {
        let offer = Offer::default();
        let step = |refusal: &str| offer.step_down(offer.form(), refusal.as_bytes());
        assert!(!step("the key is wrong") && offer.form().shape == Shape::Schema);
        assert!(step("'temperature' does not support 0") && !offer.form().temperature);
        assert!(!step("'temperature' does not support 0"));
        assert!(step("response_format.type: should be 'json_object'"));
        assert_eq!(offer.form().shape, Shape::Object);
        assert!(step("unknown field response_format") && offer.form().shape == Shape::Words);
        assert!(!step("unknown field response_format"));
    }

    #[test]
    fn the_object_is_found_among_words() {
        let expected = Some(json!({ "a": [1, "}"] }));
        for text in [
            r#"{"a":[1,"}"]}"#,
            "```json\n{\"a\":[1,\"}\"]}\n```",
            r#"Sure! {"a":[1,"}"]} I hope that helps {"#,
        ] {
            assert_eq!(object(text), expected, "{text}");
        }
        for text in ["", "no object", "{", "{\"a\":", "[1]", "{a:1}"] {
            assert_eq!(object(text), None, "{text}");
        }
        assert_eq!(object(&"{\"a\":".repeat(100_000)), None, "a bomb");
    }
}
