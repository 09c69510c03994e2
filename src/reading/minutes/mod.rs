//! What a careful minute-taker writes down of a thread: of everything that could have been said, what stands at
//! the end.
//!
//! What the messages say by themselves, what they say in reply to those before them, and what the rules of
//! [`super::thread`] make of it are the rows of a sheet. A logistic model weighs each row by how it came there, what
//! was said around it, and what was said after it.

mod added;
mod brief;
mod cited;
mod dispute;
mod entries;
mod features;
#[cfg(test)]
mod fit;
mod lines;
mod model;
mod topics;

use std::collections::HashMap;

use cited::Citing;
use entries::{Entry, Heap};
use features::Beside;
use lines::Lines;
pub(super) use lines::Told;
use model::{Model, Weighing};
use topics::Topics;

use super::thread::{Ruled, Said};
use super::{Context, Finding, Reading};
use crate::plan::{Field, Segment, Value};
use crate::text;

/// The least chance of what is written down, and of what the rules have found.
#[derive(Debug, Clone, Copy)]
struct Sure {
    new: f64,
    known: f64,
}

const SURE: Sure = Sure {
    new: 0.5,
    known: 0.4,
};

/// Where a value is so many times less likely than elsewhere, it was not said.
const FAINT: f64 = 0.25;

/// A value of a field and segment, and where it was said.
struct Row {
    entries: Vec<Entry>,
}

impl Row {
    fn is_of_rules(&self) -> bool {
        self.entries.iter().any(|it| it.how.is_rule())
    }

    fn finding(&self) -> &Finding {
        &self.entries[0].finding
    }
}

/// All rows of a field and segment.
struct Matter<'a> {
    rows: Vec<&'a Row>,
    /// Whether the rules have found a value of its field, for whatever segment.
    ruled: bool,
    /// Whether a value of its field was tried out: "what if".
    tried: bool,
    /// Whether people disagree about it.
    argued: bool,
}

/// The rows of all entries, in the order in which they were said.
fn rows(entries: Vec<Entry>) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut known: HashMap<(&'static str, Option<Segment>, String), usize> = HashMap::new();
    for entry in entries {
        let it = &entry.finding;
        let key = (it.field.name, it.segment.clone(), key(it.field, &it.value));
        let at = *known.entry(key).or_insert(rows.len());
        match rows.get_mut(at) {
            Some(row) => row.entries.push(entry),
            None => rows.push(Row {
                entries: vec![entry],
            }),
        }
    }
    for row in &mut rows {
        let most = row.entries.iter().map(|it| it.chance).fold(0.0, f64::max);
        row.entries.retain(|it| it.chance >= most * FAINT);
    }
    rows
}

/// The rows of each field and segment.
fn matters<'a>(rows: &'a [Row], reading: &Reading) -> Vec<Matter<'a>> {
    let mut matters: Vec<Matter<'a>> = Vec::new();
    let mut known: HashMap<(&'static str, Option<&Segment>), usize> = HashMap::new();
    for row in rows {
        let it = row.finding();
        let (field, segment) = (it.field, it.segment.as_ref());
        let at = *known.entry((field.name, segment)).or_insert(matters.len());
        if at == matters.len() {
            let of_field = |it: &Finding| it.field == field;
            let mut conflicts = reading.conflicts.iter();
            matters.push(Matter {
                rows: Vec::new(),
                ruled: reading.proposals.iter().any(of_field),
                tried: reading.hypotheses.iter().any(of_field),
                argued: conflicts.any(|it| it.field == field && it.segment.as_ref() == segment),
            });
        }
        matters[at].rows.push(row);
    }
    matters
}

/// Writes down what stands of everything that was said.
pub(super) fn write(messages: &[Said], ruled: Ruled, context: &Context<'_>) -> Reading {
    let lines = Lines::of(messages, ruled.told);
    let heap = Heap::of(&lines, ruled.possible, Topics::get(), context);
    write_by(
        (Model::get(), SURE),
        Citing::get(),
        (&lines, heap),
        ruled.reading,
    )
}

fn write_by(
    (model, sure): (&Model, Sure),
    citing: &Citing,
    (lines, mut heap): (&Lines<'_>, Heap),
    mut reading: Reading,
) -> Reading {
    let rows = rows(heap.with(&reading));
    let heap = &heap;
    let mut weighing = Weighing::new(model, lines);
    let mut written: Vec<(f64, Finding)> = Vec::new();
    for matter in matters(&rows, &reading) {
        let beside = Beside {
            lines,
            heap,
            matter: &matter,
        };
        let chances = weighing.chances(&beside);
        let best = chances.best().filter(|(chance, _)| *chance >= sure.new);
        let argued = best.is_none() && (matter.argued || chances.dispute >= sure.new);
        if argued {
            reading.argue(&matter);
            continue;
        }
        let kept = chances
            .of_rules()
            .filter(|(chance, _)| *chance >= sure.known);
        if let Some((chance, row)) = best.or(kept) {
            reading.settle(&matter);
            written.push((chance, citing.cited(row, &beside)));
        }
    }
    let mut proposals = once(written);
    let found = |it: &Finding| {
        let known = |other: &Finding| other.field == it.field && other.segment == it.segment;
        let place = reading.proposals.iter().position(known);
        place.unwrap_or(usize::MAX)
    };
    proposals.sort_by_key(|it| (it.line, found(it)));
    reading.proposals = proposals;
    reading.let_go_of_settled();
    reading
}

/// What was written down, each value once: the same words are not of a segment and of all.
fn once(mut written: Vec<(f64, Finding)>) -> Vec<Finding> {
    written.sort_by(|one, other| other.0.total_cmp(&one.0));
    let mut kept: Vec<Finding> = Vec::new();
    for (_, it) in written {
        let same = |other: &Finding| {
            other.field == it.field && other.line == it.line && other.value == it.value
        };
        if !kept.iter().any(same) {
            kept.push(it);
        }
    }
    kept
}

/// Whether both say the same, in whatever letters and with or without an article.
#[cfg(test)]
pub(super) fn is_same(field: &Field, one: &Value, other: &Value) -> bool {
    key(field, one) == key(field, other)
}

/// A value in small letters and without articles.
fn key(field: &Field, value: &Value) -> String {
    match value {
        Value::Text(words) => bare(words),
        Value::List(items) => {
            let items: Vec<String> = items.iter().map(|it| bare(it)).collect();
            items.join(";")
        }
        _ => value.display(field).clone(),
    }
}

/// Words in small letters, without an article before them.
fn bare(words: &str) -> String {
    let words = text::fold(words);
    let articles = ["a ", "an ", "the ", "our "];
    let bare = articles.iter().find_map(|it| words.strip_prefix(it));
    bare.unwrap_or(&words).to_owned()
}
