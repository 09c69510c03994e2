//! The value of one field in a file: spelled in words, or native where the kind allows it.

use super::Problem;
use super::node::{Content, Entry, Node, plain_number};
use crate::plan::field::{Field, Kind};
use crate::plan::{ParseContext, Value, ValueError};
use crate::text;

/// Reads one value.
pub(super) fn value(
    field: &Field,
    node: &Node,
    context: ParseContext,
) -> Result<Value, Vec<Problem>> {
    let refuse = |message: String| Err(vec![Problem::new(node.at, message)]);
    let parsed = match &node.content {
        Content::Words(words) => field.parse(words, &context),
        Content::YesNo(yes) if field.kind == Kind::YesNo => Ok(Value::YesNo(*yes)),
        Content::Date(date) if field.kind == Kind::Date => Ok(Value::Date(*date)),
        Content::Number(digits) if takes_numbers(field.kind) => match plain_number(digits) {
            Some(number) => field.parse(&number, &context),
            None => {
                return refuse(format!(
                    "{}: {} is no plain number; write it as text, such as \"{}\"",
                    field.name,
                    text::quote(digits),
                    field.example(),
                ));
            }
        },
        Content::Array(items) if takes_items(field.kind) => {
            return list(field, node, items, context);
        }
        Content::Table(entries) if field.kind == Kind::ChannelDates => {
            return dates(field, entries, context);
        }
        Content::Null => {
            return refuse(format!("{}: leave it out while it is unknown", field.name));
        }
        other => {
            return refuse(format!(
                "{} is not {}; write for example \"{}\"",
                field.name,
                other.noun(),
                field.example(),
            ));
        }
    };
    parsed.map_err(|error| vec![said(field, node.at, &error)])
}

fn said(field: &Field, at: usize, error: &ValueError) -> Problem {
    Problem::new(at, format!("{}: {error}", field.name))
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

/// Reads a list; an item that is wrong by itself is told at its own place.
fn list(
    field: &Field,
    node: &Node,
    items: &[Node],
    context: ParseContext,
) -> Result<Value, Vec<Problem>> {
    let mut words = Vec::new();
    let mut problems = Vec::new();
    for item in items {
        match &item.content {
            Content::Words(item) => words.push(item.clone()),
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
    if !problems.is_empty() {
        return Err(problems);
    }
    field.parse_items(&words, &context).map_err(|error| {
        let alone = items.iter().zip(&words).filter_map(|(item, words)| {
            let words = std::slice::from_ref(words);
            let error = field.parse_items(words, &context).err()?;
            Some(said(field, item.at, &error))
        });
        let alone: Vec<Problem> = alone.collect();
        if alone.is_empty() {
            vec![said(field, node.at, &error)]
        } else {
            alone
        }
    })
}

/// Reads a table of channels and dates.
fn dates(field: &Field, entries: &[Entry], context: ParseContext) -> Result<Value, Vec<Problem>> {
    let mut items = Vec::new();
    let mut problems = Vec::new();
    for Entry { key, at, node } in entries {
        let item = match &node.content {
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
    if !problems.is_empty() {
        return Err(problems);
    }
    let at = entries.first().map_or(0, |entry| entry.at);
    field
        .parse_items(&items, &context)
        .map_err(|error| vec![said(field, at, &error)])
}
