//! Why front matter can't be read, in the words of the page rather than of its parser.

use crate::lint::{Confidence, Severity};
use crate::text;

/// A key that every page has, with a line that works.
const NEEDED: [(&str, &str); 9] = [
    ("severity", "severity = \"advice\""),
    (
        "confidence",
        "confidence = { direction = \"medium\", number = \"low\" }",
    ),
    ("when", "when = 'deal_value < params.least'"),
    ("pass", "pass = 'A deal brings {deal_value}.'"),
    ("unit", "unit = \"money_per_year\""),
    ("default", "default = \"$30k\""),
    (
        "why",
        "why = \"Dense territories make smaller deals worth a visit.\"",
    ),
    ("direction", "direction = \"medium\""),
    ("number", "number = \"low\""),
];

/// The problem in words; `line` is the line of the front matter on which it lies.
pub(super) fn in_words(message: &str, line: &str) -> String {
    let first = message.lines().next().unwrap_or_default();
    wrong_type(first, line)
        .or_else(|| unknown_key(first))
        .or_else(|| missing_key(first))
        .or_else(|| wrong_word(first))
        .or_else(|| unquoted(first, line))
        .unwrap_or_else(|| first.to_owned())
}

/// `invalid type: integer `60`, expected a string`
fn wrong_type(message: &str, line: &str) -> Option<String> {
    let wrong = message.strip_prefix("invalid ")?;
    let key = line.split_once('=').map_or("", |(key, _)| key.trim());
    if wrong.ends_with("expected a string") {
        let written = between_ticks(wrong);
        let example = match (key, written) {
            ("default", Some(number)) => {
                format!("`default = \"{number}\"`, with its unit: \"60 days\", \"$30k\", \"25%\"")
            }
            (_, Some(number)) => format!("`\"{number}\"`"),
            (_, None) => "`\"…\"`".to_owned(),
        };
        return Some(format!("`{key}` takes text in quotes: write {example}"));
    }
    if wrong.contains("Sureness") {
        return Some(format!("write `{}`", example_of("confidence")?));
    }
    if wrong.contains("tuple of size 2") {
        return Some("a range has two ends: write `range = [\"$1k\", \"$1M\"]`".to_owned());
    }
    if wrong.ends_with("expected a sequence") {
        let table = line.trim().trim_matches(['[', ']']);
        return Some(format!(
            "there may be several: write `[[{table}]]`, with two brackets on either side"
        ));
    }
    None
}

/// `unknown field `wen`, expected one of `severity`, `when`, …`
fn unknown_key(message: &str) -> Option<String> {
    let rest = message.strip_prefix("unknown field ")?;
    let mut ticked = rest.split('`').skip(1).step_by(2);
    let key = ticked.next()?;
    let known: Vec<_> = ticked.collect();
    let near = text::nearest(key, known.iter().copied());
    Some(match near.first() {
        Some(near) => format!("no key `{key}`; did you mean `{near}`?"),
        None => format!("no key `{key}`; there are {}", known.join(", ")),
    })
}

/// ``missing field `pass` ``: what the parser says of a key that is missing.
fn missing_key(message: &str) -> Option<String> {
    let key = message
        .strip_prefix("missing field ")
        .and_then(between_ticks)?;
    let example = example_of(key).map_or_else(String::new, |line| format!("; write `{line}`"));
    Some(format!("the key `{key}` is missing{example}"))
}

/// ``unknown variant `sure`, expected one of `low`, `medium`, `high` ``: of a word that is no choice.
fn wrong_word(message: &str) -> Option<String> {
    let rest = message.strip_prefix("unknown variant ")?;
    let mut ticked = rest.split('`').skip(1).step_by(2);
    let word = ticked.next()?;
    let known: Vec<_> = ticked.collect();
    let noun = if known == Confidence::ALL.map(Confidence::as_str) {
        "confidence"
    } else if known == Severity::ALL.map(Severity::as_str) {
        "severity"
    } else {
        "choice"
    };
    Some(format!("no {noun} `{word}`; write {}", known.join(", ")))
}

/// A double quote within double quotes.
fn unquoted(message: &str, line: &str) -> Option<String> {
    let (key, value) = line.split_once('=')?;
    let value = value.trim();
    let nested = value.starts_with('"') && value.matches('"').count() > 2;
    (nested && !message.starts_with("invalid")).then(|| {
        let inner = value.trim_matches('"');
        let key = key.trim();
        format!("what holds double quotes stands in single ones: `{key} = '{inner}\"'`")
    })
}

fn between_ticks(words: &str) -> Option<&str> {
    words.split('`').nth(1)
}

fn example_of(key: &str) -> Option<&'static str> {
    let known = NEEDED.iter().find(|(known, _)| *known == key);
    known.map(|(_, example)| *example)
}
