//! The arguments of a Web API call: JSON or form, as loosely typed as Slack takes them.

use axum::http::{HeaderMap, header};
use serde_json::{Map, Value};

/// Why a call is refused: Slack's error code and, for some, details.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code}")]
pub struct Refusal {
    /// Slack's code, such as `channel_not_found`.
    pub code: String,
    /// `response_metadata.messages`.
    pub messages: Vec<String>,
}

impl Refusal {
    pub(super) fn because(code: &str, messages: Vec<String>) -> Self {
        Self {
            code: code.to_owned(),
            messages,
        }
    }
}

impl From<&str> for Refusal {
    fn from(code: &str) -> Self {
        Self::because(code, Vec::new())
    }
}

/// A call's arguments.
#[derive(Debug, Clone, Default)]
pub(super) struct Args(Map<String, Value>);

impl Args {
    /// Reads a body by its content type; the query's arguments come first.
    pub(super) fn read(query: &str, headers: &HeaderMap, body: &[u8]) -> Result<Self, Refusal> {
        let mut args = form(query.as_bytes())?;
        if is_json(headers) {
            let json = serde_json::from_slice(body).map_err(|_| Refusal::from("invalid_json"))?;
            let Value::Object(fields) = json else {
                return Err("json_not_object".into());
            };
            args.extend(fields);
        } else {
            args.extend(form(body)?);
        }
        Ok(Self(args))
    }

    pub(super) fn from_map(fields: Map<String, Value>) -> Self {
        Self(fields)
    }

    pub(super) fn as_map(&self) -> &Map<String, Value> {
        &self.0
    }

    /// The arguments without those that only a JSON body carried: read methods take none.
    pub(super) fn only_of(query: &str) -> Result<Self, Refusal> {
        Ok(Self(form(query.as_bytes())?))
    }

    /// An argument as text; numbers and booleans are spelled out, an empty one counts as absent.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        match self.0.get(name)? {
            Value::String(words) => Some(words.clone()),
            Value::Null => None,
            other => Some(other.to_string()),
        }
        .filter(|words| !words.is_empty())
    }

    /// An argument that has to be there.
    pub(super) fn required(&self, name: &str) -> Result<String, Refusal> {
        self.text(name).ok_or_else(|| {
            let what = format!("[ERROR] missing required field: {name}");
            Refusal::because("invalid_arguments", vec![what])
        })
    }

    /// A yes or no.
    pub(super) fn flag(&self, name: &str) -> bool {
        matches!(self.text(name).as_deref(), Some("true" | "1"))
    }

    /// A number within bounds; anything else is refused.
    pub(super) fn number(&self, name: &str, max: usize) -> Result<Option<usize>, Refusal> {
        let Some(words) = self.text(name) else {
            return Ok(None);
        };
        match words.parse() {
            Ok(number) if (1..=max).contains(&number) => Ok(Some(number)),
            _ => Err("invalid_limit".into()),
        }
    }

    /// A nested value: as it is, or spelled as JSON within a string.
    pub(super) fn nested(&self, name: &str, wrong: &str) -> Result<Option<Value>, Refusal> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(words)) if words.is_empty() => Ok(None),
            Some(Value::String(words)) => serde_json::from_str(words)
                .map(Some)
                .map_err(|_| Refusal::from(wrong)),
            Some(value) => Ok(Some(value.clone())),
        }
    }
}

/// Whether a body is JSON by its content type.
pub(super) fn is_json(headers: &HeaderMap) -> bool {
    content_type(headers).starts_with("application/json")
}

/// Whether a JSON body lacks the charset that Slack wants named (it only warns).
pub(super) fn lacks_charset(headers: &HeaderMap) -> bool {
    is_json(headers) && !content_type(headers).contains("charset")
}

fn content_type(headers: &HeaderMap) -> String {
    let value = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    value.unwrap_or_default().to_ascii_lowercase()
}

fn form(body: &[u8]) -> Result<Map<String, Value>, Refusal> {
    let pairs: Vec<(String, String)> =
        serde_urlencoded::from_bytes(body).map_err(|_| Refusal::from("invalid_form_data"))?;
    Ok(pairs
        .into_iter()
        .map(|(name, value)| (name, Value::String(value)))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(content_type: &str, body: &str) -> Result<Args, Refusal> {
        let headers = [(header::CONTENT_TYPE, content_type.parse().unwrap())]
            .into_iter()
            .collect();
        Args::read("", &headers, body.as_bytes())
    }

    #[test]
    fn json_and_form_say_the_same() {
        let json = read(
            "application/json",
            r#"{"channel":"C1","limit":5,"blocks":[]}"#,
        )
        .unwrap();
        let form = read(
            "application/x-www-form-urlencoded",
            "channel=C1&limit=5&blocks=%5B%5D",
        )
        .unwrap();
        for args in [json, form] {
            assert_eq!(args.text("channel").as_deref(), Some("C1"));
            assert_eq!(args.number("limit", 10), Ok(Some(5)));
            assert_eq!(args.number("limit", 4), Err("invalid_limit".into()));
            assert_eq!(
                args.nested("blocks", "x"),
                Ok(Some(Value::Array(Vec::new())))
            );
        }
    }

    #[test]
    fn a_broken_body_is_named_as_slack_names_it() {
        assert_eq!(
            read("application/json", "{").unwrap_err().code,
            "invalid_json"
        );
        assert_eq!(
            read("application/json", "[]").unwrap_err().code,
            "json_not_object"
        );
    }
}
