//! The value of one field in a file: spelled in words, or native where the kind allows it.

use super::Problem;
use super::node::{Content, Entry, Node, plain_number};
use crate::plan::field::{Field, Kind};
use crate::plan::{ParseContext, Value, ValueError};
use crate::text;

/// What a file says of one field.
#[derive(Default)]
pub(super) struct Reading {
    /// The value, if it is one.
    pub(super) value: Option<Value>,
    /// What is wrong with it or with a part of it.
    pub(super) problems: Vec<Problem>,
}

impl Reading {
    fn wrong(problems: Vec<Problem>) -> Self {
        Self {
            value: None,
            problems,
        }
    }
}

impl From<Value> for Reading {
    fn from(value: Value) -> Self {
        Self {
            value: Some(value),
            problems: Vec::new(),
        }
    }
}

/// Reads one value.
pub(super) fn value(field: &Field, node: &Node, context: ParseContext) -> Reading {
    let parsed = match &node.content {
        Content::Words(words) => field.parse(words, &context),
        Content::YesNo(yes) if field.kind == Kind::YesNo => Ok(Value::YesNo(*yes)),
        Content::Date(date) if field.kind == Kind::Date => Ok(Value::Date(*date)),
        Content::Number(digits) if takes_numbers(field.kind) && plain_number(digits).is_some() => {
            field.parse(&plain_number(digits).unwrap_or_default(), &context)
        }
        Content::Array(items) if takes_items(field.kind) => {
            return list(field, node, items, context);
        }
        Content::Table(entries) if field.kind == Kind::ChannelDates => {
            return dates(field, entries, context);
        }
        other => {
            let message = misfit(field, other);
            return Reading::wrong(vec![Problem::new(node.at, message)]);
        }
    };
    match parsed {
        Ok(value) => value.into(),
        Err(error) => Reading::wrong(vec![said(field, node.at, &error)]),
    }
}

/// Why what stands there can be no value of the field, whatever it says.
fn misfit(field: &Field, content: &Content) -> String {
    let (name, example) = (field.name, field.example());
    match content {
        Content::Number(digits) if takes_numbers(field.kind) => format!(
            "{name}: {} is no plain number; write it as text, such as \"{example}\"",
            text::quote(digits),
        ),
        Content::Null => format!("{name}: leave it out while it is unknown"),
        other => format!(
            "{name} is not {}; write for example \"{example}\"",
            other.noun()
        ),
    }
}

fn said(field: &Field, at: usize, error: &ValueError) -> Problem {
    if error.leaves_open {
        return left_open(field, at, &error.understood);
    }
    Problem::new(at, format!("{}: {error}", field.name))
}

fn left_open(field: &Field, at: usize, quoted: &str) -> Problem {
    let name = field.name;
    let message = format!(
        "{name}: {quoted} is no answer, so it counts as open; leave it out until you know, or say why the field does not apply: na.\"{name}\" = \"why\""
    );
    Problem::left_open(at, message)
}

/// Whether a native number can be a value of that kind; its unit is then the field's own.
fn takes_numbers(kind: Kind) -> bool {
    use Kind::{Count, CountRange, Days, Money, MoneyPerYear, MoneyRange, Months, Percent, Price};
    matches!(
        kind,
        Count | CountRange | Days | Months | Percent | Money | MoneyPerYear | MoneyRange | Price
    )
}

fn takes_items(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::List | Kind::Set | Kind::Prices | Kind::ChannelDates
    )
}

/// Reads a list; an item that is wrong by itself is told at its own place, and one that only holds
/// the place of an answer is left out of those that answer.
fn list(field: &Field, node: &Node, items: &[Node], context: ParseContext) -> Reading {
    let mut words = Vec::new();
    let mut problems = Vec::new();
    for item in items {
        match &item.content {
            // One alone may say that there is none.
            Content::Words(item_words) if items.len() > 1 && field.is_left_open_by(item_words) => {
                problems.push(left_open(field, item.at, &text::quote(item_words)));
            }
            Content::Words(item_words) => words.push((item.at, item_words.clone())),
            other => {
                let message = format!(
                    "{}: its items are text, and this is {}",
                    field.name,
                    other.noun()
                );
                problems.push(Problem::new(item.at, message));
            }
        }
    }
    let is_open = words.is_empty() && !items.is_empty();
    if is_open || problems.iter().any(|problem| !problem.leaves_open) {
        return Reading::wrong(problems);
    }
    let (places, words): (Vec<usize>, Vec<String>) = words.into_iter().unzip();
    match field.parse_items(&words, &context) {
        Ok(value) => Reading {
            value: Some(value),
            problems,
        },
        Err(error) => {
            let alone = places.iter().zip(&words).filter_map(|(&at, words)| {
                let words = std::slice::from_ref(words);
                let error = field.parse_items(words, &context).err()?;
                Some(said(field, at, &error))
            });
            let alone: Vec<Problem> = alone.collect();
            problems.extend(if alone.is_empty() {
                vec![said(field, node.at, &error)]
            } else {
                alone
            });
            Reading::wrong(problems)
        }
    }
}

/// Reads a table of channels and dates.
fn dates(field: &Field, entries: &[Entry], context: ParseContext) -> Reading {
    let mut items = Vec::new();
    let mut problems = Vec::new();
    for Entry { key, at, node } in entries {
        let item = match &node.content {
            Content::Words(words) if field.is_left_open_by(words) => {
                problems.push(left_open(field, node.at, &text::quote(words)));
                continue;
            }
            Content::Words(words) => format!("{key}: {words}"),
            Content::Date(date) => format!("{key}: {date}"),
            other => {
                let message = format!(
                    "{}: a start is a date, and this is {}",
                    field.name,
                    other.noun()
                );
                problems.push(Problem::new(node.at, message));
                continue;
            }
        };
        let alone = std::slice::from_ref(&item);
        match field.parse_items(alone, &context) {
            Ok(_) => items.push(item),
            Err(error) => problems.push(said(field, *at, &error)),
        }
    }
    let is_open = items.is_empty() && !entries.is_empty();
    if is_open || problems.iter().any(|problem| !problem.leaves_open) {
        return Reading::wrong(problems);
    }
    let at = entries.first().map_or(0, |entry| entry.at);
    match field.parse_items(&items, &context) {
        Ok(value) => Reading {
            value: Some(value),
            problems,
        },
        Err(error) => Reading::wrong(vec![said(field, at, &error)]),
    }
}
