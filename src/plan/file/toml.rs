//! TOML, with the place of every key and value.

use jiff::civil::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Problem;
use super::node::{Content, Entry, Node};

/// Reads TOML that begins at byte `base` of its file.
pub(super) fn read(text: &str, base: usize) -> Result<Node, Vec<Problem>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    if errors.is_empty() {
        return Ok(Node {
            at: base,
            content: Content::Table(entries(table.get_ref(), base)),
        });
    }
    let problems = errors.iter().map(|error| {
        let at = error.span().map_or(0, |span| span.start);
        Problem::new(base + at, in_words(error.message(), text, at))
    });
    Err(problems.collect())
}

/// Why it is no TOML, and a line that is some.
fn in_words(message: &str, text: &str, at: usize) -> String {
    let message = message.trim_end_matches('.');
    if message == "duplicate key" {
        let rest = &text[at..];
        let end = rest.find(|c: char| c.is_whitespace() || ".=]".contains(c));
        let key = rest[..end.unwrap_or(rest.len())].trim_matches('"');
        return format!("`{key}` stands twice; keep one of them");
    }
    format!("this is no TOML: {message}; a line that works: plan.name = \"Ledgerly\"")
}

/// The entries of a table in the order of the file.
fn entries(table: &DeTable<'_>, base: usize) -> Vec<Entry> {
    let entries = table.iter().map(|(key, value)| Entry {
        key: key.get_ref().to_string(),
        at: base + key.span().start,
        node: node(value, base),
    });
    let mut entries: Vec<Entry> = entries.collect();
    entries.sort_by_key(|entry| entry.at);
    entries
}

fn node(value: &Spanned<DeValue<'_>>, base: usize) -> Node {
    let content = match value.get_ref() {
        DeValue::String(words) => Content::Words(words.to_string()),
        DeValue::Integer(number) => Content::Number(number.to_string()),
        DeValue::Float(number) => Content::Number(number.to_string()),
        DeValue::Boolean(yes) => Content::YesNo(*yes),
        DeValue::Datetime(datetime) => date(datetime),
        DeValue::Array(items) => {
            Content::Array(items.iter().map(|item| node(item, base)).collect())
        }
        DeValue::Table(table) => Content::Table(entries(table, base)),
    };
    Node {
        at: base + value.span().start,
        content,
    }
}

/// A date, if the value has no time of day.
fn date(datetime: &toml::value::Datetime) -> Content {
    let (Some(date), None) = (datetime.date, datetime.time) else {
        return Content::Time;
    };
    let parts = (
        i16::try_from(date.year),
        i8::try_from(date.month),
        i8::try_from(date.day),
    );
    match parts {
        (Ok(year), Ok(month), Ok(day)) => {
            Date::new(year, month, day).map_or(Content::Time, Content::Date)
        }
        _ => Content::Time,
    }
}
