//! Why front matter can't be read, in the words of the page rather than of its parser.

use super::guide::example_of;
use super::param;
use crate::lint::{Confidence, Severity};
use crate::text;

/// The problem in words; `line` is the line of the front matter on which it lies, `table` the lines
/// that stand in one table with it.
pub(super) fn in_words(message: &str, line: &str, table: &str) -> String {
    let first = message.lines().next().unwrap_or_default();
    wrong_type(first, line, table)
        .or_else(|| unknown_key(first))
        .or_else(|| missing_key(first, table))
        .or_else(|| wrong_word(first))
        .or_else(|| unquoted(first, line))
        .unwrap_or_else(|| first.to_owned())
}

/// The unit of the parameter that a table defines.
fn unit_of(table: &str) -> Option<&str> {
    let mut lines = table.lines().filter_map(|line| line.split_once('='));
    let (_, unit) = lines.find(|(key, _)| key.trim() == "unit")?;
    unit.split('"').nth(1)
}

/// A value of a key that goes with the parameter's unit.
fn of_unit(key: &str, table: &str) -> Option<String> {
    let [value, low, high] = param::examples(unit_of(table)?)?;
    match key {
        "default" => Some(format!("default = \"{value}\"")),
        "range" if !low.is_empty() => Some(format!("range = [\"{low}\", \"{high}\"]")),
        _ => None,
    }
}

/// `invalid type: integer `60`, expected a string`
fn wrong_type(message: &str, line: &str, table: &str) -> Option<String> {
    let wrong = message.strip_prefix("invalid ")?;
    let key = line.split_once('=').map_or("", |(key, _)| key.trim());
    if wrong.ends_with("expected a string") {
        let example = in_quotes(key, line, table, wrong);
        return Some(format!("`{key}` takes text in quotes: write {example}"));
    }
    if wrong.contains("Sureness") {
        return Some(format!("write `{}`", example_of("confidence")?));
    }
    if wrong.contains("tuple of size 2") {
        let example = of_unit("range", table);
        let example = example.or_else(|| Some(example_of("range")?.to_owned()))?;
        return Some(format!("a range has two ends: write `{example}`"));
    }
    if wrong.ends_with("expected a sequence") {
        let table = line.trim().trim_matches(['[', ']']);
        return Some(format!(
            "there may be several: write `[[{table}]]`, with two brackets on either side"
        ));
    }
    None
}

/// What stands without quotes, with them.
fn in_quotes(key: &str, line: &str, table: &str, wrong: &str) -> String {
    if wrong.contains("sequence") {
        let items: Vec<_> = line.split('"').skip(1).step_by(2).collect();
        return match (items.as_slice(), of_unit(key, table)) {
            ([], Some(example)) => format!("`{example}`"),
            ([], None) => "`\"…\"`".to_owned(),
            (items, _) => format!("all in one, `{key} = \"{}\"`", items.join(", ")),
        };
    }
    match (key, between_ticks(wrong)) {
        ("default", Some(number)) => match unit_of(table) {
            Some("percent") => format!("`default = \"{number}%\"`"),
            Some(unit @ ("days" | "months")) => format!("`default = \"{number} {unit}\"`"),
            Some("money" | "money_per_year") => format!("`default = \"${number}\"`"),
            Some(_) => format!("`default = \"{number}\"`"),
            None => {
                format!("`default = \"{number}\"`, with its unit: \"60 days\", \"$30k\", \"25%\"")
            }
        },
        (_, Some(number)) => format!("`\"{number}\"`"),
        (key, None) => match example_of(key) {
            Some(example) => format!("`{example}`"),
            None => "`\"…\"`".to_owned(),
        },
    }
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
        None => format!(
            "no key `{key}`; `gtm-advisor rules keys` explains those that there are: {}",
            known.join(", ")
        ),
    })
}

/// ``missing field `pass` ``: what the parser says of a key that is missing.
fn missing_key(message: &str, table: &str) -> Option<String> {
    let key = message
        .strip_prefix("missing field ")
        .and_then(between_ticks)?;
    let example = of_unit(key, table).or_else(|| Some(example_of(key)?.to_owned()));
    let example = example.map_or_else(String::new, |line| format!("; write `{line}`"));
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

/// A text without quotes, or a double quote within double quotes.
fn unquoted(message: &str, line: &str) -> Option<String> {
    let (key, value) = line.split_once('=')?;
    let value = value.trim();
    if message.starts_with("string values must be quoted") {
        let quote = if value.contains('"') { '\'' } else { '"' };
        let key = key.trim();
        return Some(format!(
            "text stands in quotes: `{key} = {quote}{value}{quote}`"
        ));
    }
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
