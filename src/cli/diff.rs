//! `gtm-advisor diff`: what differs between two plan files.

use std::path::Path;
use std::process::ExitCode;

use serde_json::{Value, json};

use super::Format;
use super::check::read;
use super::output::{print, refuse};
use crate::plan::{Answer, Edit, Item, Segment, difference, field};

/// Prints what differs between two plans.
pub(super) fn run(before: &Path, after: &Path, format: Format) -> ExitCode {
    let today = jiff::Zoned::now().date();
    let plans = read(before, today).and_then(|one| Ok((one, read(after, today)?)));
    match plans {
        Ok((before, after)) => told(&difference(&before, &after), format),
        Err(problem) => refuse(problem),
    }
}

/// Prints the edits, one a line or as JSON.
pub(super) fn told(edits: &[Edit], format: Format) -> ExitCode {
    match format {
        Format::Json => {
            let changes: Vec<_> = edits.iter().map(as_json).collect();
            print(format_args!("{:#}", json!({ "changes": changes })));
        }
        Format::Text if edits.is_empty() => print("Nothing differs."),
        Format::Text => {
            print(lines(edits).join("\n"));
        }
    }
    ExitCode::SUCCESS
}

/// One line each; many segments that are new are one line.
fn lines(edits: &[Edit]) -> Vec<String> {
    const NAMED: usize = 3;
    let new = |edit: &&Edit| matches!(edit, Edit::AddSegment { .. });
    let (added, rest): (Vec<_>, Vec<_>) = edits.iter().partition(new);
    if added.len() <= NAMED {
        return edits.iter().map(line).collect();
    }
    let names = added.iter().take(NAMED).filter_map(|edit| match edit {
        Edit::AddSegment { segment } => Some(segment.as_str()),
        _ => None,
    });
    let names: Vec<_> = names.collect();
    let sum = format!(
        "{} new segments: {} and {} more",
        added.len(),
        names.join(", "),
        added.len() - NAMED
    );
    std::iter::once(sum)
        .chain(rest.into_iter().map(line))
        .collect()
}

fn line(edit: &Edit) -> String {
    match edit {
        Edit::Field {
            field,
            segment,
            old,
            new,
        } => {
            let of = of(segment.as_ref());
            format!(
                "{field}{of}: {} → {}",
                shown(field, old.as_ref()),
                shown(field, new.as_ref())
            )
        }
        Edit::AddSegment { segment } => format!("segment {segment}: new"),
        Edit::RemoveSegment { segment, .. } => format!("segment {segment}: gone"),
        Edit::RestoreSegment { segment, .. } => format!("segment {segment}: back"),
        Edit::RenameSegment { from, to, .. } => format!("segment {from}: now {to}"),
        Edit::Item { old, new } => {
            let (key, state) = item(old.as_deref(), new.as_deref());
            format!("{key}: {state}")
        }
        Edit::Together { edits } => {
            let lines: Vec<_> = edits.iter().map(line).collect();
            lines.join("\n")
        }
    }
}

fn of(segment: Option<&Segment>) -> String {
    segment.map_or_else(String::new, |segment| format!(" for {segment}"))
}

fn shown(name: &str, answer: Option<&Answer>) -> String {
    match (answer, field(name)) {
        (Some(Answer::Known(value)), Some(field)) => value.display(field),
        (Some(Answer::NotApplicable(reason)), _) => format!("not applicable ({reason})"),
        _ => "not answered".to_owned(),
    }
}

fn item(old: Option<&Item>, new: Option<&Item>) -> (String, &'static str) {
    let key = old
        .or(new)
        .map_or_else(String::new, |item| item.key().to_string());
    let state = match (old, new) {
        (None, _) => "new",
        (Some(_), Some(_)) => "changed",
        (Some(_), None) => "gone",
    };
    (key, state)
}

/// One difference; answers in the normalised form of the contract.
fn as_json(edit: &Edit) -> Value {
    match edit {
        Edit::Field {
            field: name,
            segment,
            old,
            new,
        } => {
            let value = |answer: &Option<Answer>| match answer {
                Some(Answer::Known(value)) => value.to_json(),
                Some(Answer::NotApplicable(reason)) => json!({ "not_applicable": reason }),
                None => Value::Null,
            };
            json!({
                "kind": "answer",
                "field": name,
                "segment": segment,
                "old": value(old),
                "new": value(new),
                "display": line(edit),
            })
        }
        Edit::Item { old, new } => json!({
            "kind": "item",
            "what": item(old.as_deref(), new.as_deref()).0,
            "old": old,
            "new": new,
            "display": line(edit),
        }),
        Edit::AddSegment { segment }
        | Edit::RemoveSegment { segment, .. }
        | Edit::RestoreSegment { segment, .. }
        | Edit::RenameSegment { to: segment, .. } => {
            json!({ "kind": "segment", "segment": segment, "display": line(edit) })
        }
        Edit::Together { edits } => json!(edits.iter().map(as_json).collect::<Vec<_>>()),
    }
}
