//! The decisions of a file.

use jiff::civil::Date;

use super::Problem;
use super::extra::tables;
use super::node::Node;
use super::record::Record;
use crate::plan::item::{Decided, Decision, Item};

/// Reads the list of decisions.
pub(super) fn decisions(node: Node, today: Date, problems: &mut Vec<Problem>) -> Vec<Item> {
    const KEYS: &[&str] = &[
        "id",
        "question",
        "options",
        "votes",
        "decided",
        "decided_by",
        "decided_on",
    ];
    let nodes = tables(node, "decision", problems);
    let mut decisions: Vec<Item> = Vec::new();
    for (n, node) in nodes.into_iter().enumerate() {
        let Some(mut record) = Record::open(node, "decision", KEYS, problems) else {
            continue;
        };
        let id = record.words("id").unwrap_or_else(|| format!("d{}", n + 1));
        let question = record.needed("question");
        let options = record.list("options");
        let votes_at = record.place_of("votes");
        let votes = record.words_by_key("votes");
        let unknown = votes.values().find(|vote| !options.contains(vote)).cloned();
        if let Some(vote) = unknown {
            let message = format!("`{vote}` is none of the options {}", options.join(", "));
            record.refuse::<()>(votes_at, message);
        }
        let decided = decided(&mut record, today);
        record.close();
        let Some(question) = question else { continue };
        decisions.push(Item::Decision(Decision {
            id,
            question,
            options,
            votes,
            decided,
        }));
    }
    decisions
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
