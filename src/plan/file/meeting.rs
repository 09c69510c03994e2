//! The decisions of a file, and the triggers that have fired.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::Problem;
use super::extra::tables;
use super::node::Node;
use super::record::Record;
use super::sheet::Beside;
use crate::plan::item::{Decided, Decision, Item, Trigger};

/// Reads the list of decisions.
pub(super) fn decisions(node: Node, today: Date, problems: &mut Vec<Problem>) -> Vec<Beside> {
    const KEYS: &[&str] = &[
        "id",
        "question",
        "options",
        "votes",
        "asked",
        "decided",
        "decided_by",
        "decided_on",
    ];
    let nodes = tables(node, "decision", problems);
    let mut decisions: Vec<(usize, Decision)> = Vec::new();
    for node in nodes {
        let at = node.at;
        let Some(mut record) = Record::open(node, "decision", KEYS, problems) else {
            continue;
        };
        let id = record.words("id").unwrap_or_default();
        let question = record.needed("question");
        let options = record.list("options");
        let votes_at = record.place_of("votes");
        let votes = record.words_by_key("votes");
        let unknown = votes.values().find(|vote| !options.contains(vote)).cloned();
        if let Some(vote) = unknown {
            let message = format!("`{vote}` is none of the options {}", options.join(", "));
            record.refuse::<()>(votes_at, message);
        }
        let asked = record.date("asked", today);
        let decided = decided(&mut record, today);
        record.close();
        let Some(question) = question else { continue };
        let decision = Decision {
            id,
            question,
            options,
            votes,
            asked,
            decided,
        };
        decisions.push((at, decision));
    }
    number('d', decisions.iter_mut().map(|(_, it)| &mut it.id));
    let placed = decisions.into_iter();
    placed.map(|(at, it)| (at, Item::Decision(it))).collect()
}

/// Reads the list of triggers that have fired.
pub(super) fn triggers(node: Node, today: Date, problems: &mut Vec<Problem>) -> Vec<Beside> {
    const KEYS: &[&str] = &["id", "what", "on", "by"];
    let nodes = tables(node, "trigger", problems);
    let read = nodes.into_iter().filter_map(|node| {
        let at = node.at;
        let mut record = Record::open(node, "trigger", KEYS, problems)?;
        let id = record.words("id").unwrap_or_default();
        let what = record.needed("what");
        let has_date = record.has("on");
        let on = record.date("on", today);
        let by = record.words("by");
        if !has_date {
            record.refuse::<()>(at, "the trigger has no `on`, the day on which it fired");
        }
        record.close();
        let trigger = Trigger {
            id,
            what: what?,
            on: on?,
            by,
        };
        Some((at, trigger))
    });
    let mut triggers: Vec<(usize, Trigger)> = read.collect();
    number('t', triggers.iter_mut().map(|(_, it)| &mut it.id));
    let placed = triggers.into_iter();
    placed.map(|(at, it)| (at, Item::Trigger(it))).collect()
}

/// Gives those that the file does not number the first numbers that are free.
fn number<'i>(letter: char, ids: impl Iterator<Item = &'i mut String>) {
    let (given, missing): (Vec<_>, Vec<_>) = ids.partition(|id| !id.is_empty());
    let given: BTreeSet<&str> = given.iter().map(|id| id.as_str()).collect();
    let numbers = (1..=u64::MAX).map(|n| format!("{letter}{n}"));
    let free = numbers.filter(|id| !given.contains(id.as_str()));
    for (id, free) in missing.into_iter().zip(free) {
        *id = free;
    }
}

fn decided(record: &mut Record<'_>, today: Date) -> Option<Decided> {
    let at = record
        .place_of("decided_by")
        .max(record.place_of("decided_on"));
    let option = record.words("decided");
    let by = record.words("decided_by");
    let on = record.date("decided_on", today);
    match option {
        Some(option) => Some(Decided { option, by, on }),
        None if by.is_some() || on.is_some() => {
            record.refuse(at, "say in `decided` what was decided")
        }
        None => None,
    }
}
