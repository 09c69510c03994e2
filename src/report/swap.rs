//! Sensitivity of choices: each other choice, and a set with one choice more or less, each by itself.

use std::collections::BTreeSet;

use super::sensitivity::{places, turned, with_value, word};
use super::supposition::{concerns_finding, of_segment, told};
use super::{Ground, Turned};
use crate::plan::{Answer, Author, Field, Kind, Plan, Segment, Value};
use crate::render::{Block, Document, Inline};
use crate::text::{counted, series};

/// How many lines are told.
const MOST_TOLD: usize = 20;

/// Another value of a choice, a set or a yes or no, and what the check says there.
#[derive(Debug, Clone, PartialEq)]
pub struct Swap {
    /// The field.
    pub field: &'static Field,
    /// The segment; `None` for a field of the whole plan.
    pub segment: Option<Segment>,
    /// What the plan says.
    pub now: Value,
    /// What was tried.
    pub to: Value,
    /// What the two differ in.
    pub step: SwapStep,
    /// What changes there.
    pub turns: Vec<Turned>,
}

/// How a value that was tried differs from the plan's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SwapStep {
    /// It is this one.
    To(String),
    /// It has this one more.
    With(String),
    /// It lacks this one.
    Without(String),
}

/// Whether other values of a field can be tried at all.
pub(super) fn is_tried(field: &Field) -> bool {
    use Kind::{Choice, Count, Days, Money, MoneyPerYear, Months, Percent, Price, Set, YesNo};
    matches!(
        field.kind,
        Choice | Set | YesNo | Count | Days | Months | Money | MoneyPerYear | Percent | Price
    )
}

/// Every other choice of a field that the plan states, tried on a copy; none where the field has no
/// choices.
pub fn swaps(plan: &Plan, ground: Ground<'_>, field: &'static Field, author: &Author) -> Vec<Swap> {
    let rules = ground.rules.concerning(field.name);
    let ground = Ground {
        rules: &rules,
        ..ground
    };
    let now = word(ground, plan);
    let mut swaps = Vec::new();
    for segment in places(plan, field) {
        let Some(Answer::Known(value)) = plan.answer(field, segment) else {
            continue;
        };
        for (step, to) in others(field, value) {
            let place = (field, segment);
            if let Some(other) = with_value(plan, place, to.clone(), author) {
                swaps.push(Swap {
                    field,
                    segment: segment.cloned(),
                    now: value.clone(),
                    to,
                    step,
                    turns: turned(ground, &other, &now),
                });
            }
        }
    }
    swaps
}

/// The values next to one, each with what it differs in.
fn others(field: &'static Field, value: &Value) -> Vec<(SwapStep, Value)> {
    let choices = field.choices.iter();
    match value {
        Value::Choice(now) => choices
            .filter(|choice| choice.slug != now)
            .map(|choice| {
                let to = Value::Choice(choice.slug.to_owned());
                (SwapStep::To(choice.label.to_owned()), to)
            })
            .collect(),
        Value::Set(now) => choices
            .filter_map(|choice| {
                let label = choice.label.to_owned();
                let mut set: BTreeSet<String> = now.clone();
                if set.remove(choice.slug) {
                    return Some((SwapStep::Without(label), Value::Set(set)));
                }
                set.insert(choice.slug.to_owned());
                let fits = set.len() <= field.most_items();
                fits.then_some((SwapStep::With(label), Value::Set(set)))
            })
            .collect(),
        Value::YesNo(now) => {
            let other = Value::YesNo(!now);
            vec![(SwapStep::To(other.display(field)), other)]
        }
        _ => Vec::new(),
    }
}

/// The choices that make a finding appear or go, as people read them.
pub(super) fn swaps_to_document(plan: &Plan, swaps: &[Swap], field: &Field) -> Document {
    let several = plan.segments().len() > 1;
    let mut lines: Vec<(&Swap, Vec<&SwapStep>, Vec<&Turned>)> = Vec::new();
    let mut quiet = 0;
    for swap in swaps {
        let turns: Vec<_> = swap
            .turns
            .iter()
            .filter(|it| concerns_finding(it))
            .collect();
        if turns.is_empty() {
            quiet += 1;
            continue;
        }
        let alike = |line: &&mut (&Swap, Vec<&SwapStep>, Vec<&Turned>)| {
            line.0.segment == swap.segment && line.0.step.is_like(&swap.step) && line.2 == turns
        };
        match lines.iter_mut().find(alike) {
            Some((_, steps, _)) => steps.push(&swap.step),
            None => lines.push((swap, vec![&swap.step], turns)),
        }
    }
    let label = field.label();
    let tried = match field.kind {
        Kind::Set => "Each choice more and each choice less was tried by itself",
        _ => "Each other choice was tried by itself",
    };
    if lines.is_empty() {
        return Document {
            headline: format!("No other choice of {label} makes a finding appear or go."),
            blocks: vec![Block::Note(vec![Inline::plain(format!("{tried}."))])],
        };
    }
    let bullets = lines.iter().take(MOST_TOLD).map(|(swap, steps, turns)| {
        let place = of_segment(swap.segment.as_ref().filter(|_| several));
        let now = swap.now.display(field);
        let mut words = vec![
            Inline::strong(format!("{label}{place}")),
            Inline::plain(format!(" ({now} now): {}, ", in_words(steps))),
        ];
        words.extend(told(turns, swap.segment.as_ref()));
        words
    });
    let mut blocks = vec![Block::Bullets(bullets.collect())];
    let mut note = tried.to_owned();
    if let Some(more) = lines.len().checked_sub(MOST_TOLD).filter(|more| *more > 0) {
        note = format!("And {more} more. {note}");
    }
    if quiet > 0 {
        let n = counted(quiet, "other");
        let make = if quiet == 1 { "makes" } else { "make" };
        note = format!("{note}; {n} {make} no finding appear or go");
    }
    note.push_str(". Several at once: `what-if`.");
    blocks.push(Block::Note(vec![Inline::plain(note)]));
    Document {
        headline: "Where the check would turn".to_owned(),
        blocks,
    }
}

impl SwapStep {
    fn is_like(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }

    fn label(&self) -> &str {
        match self {
            Self::To(label) | Self::With(label) | Self::Without(label) => label,
        }
    }
}

/// `with events, direct mail or analysts`.
fn in_words(steps: &[&SwapStep]) -> String {
    let labels: Vec<_> = steps.iter().map(|step| step.label().to_owned()).collect();
    let lead = match steps.first() {
        Some(SwapStep::Without(_)) => "without",
        Some(SwapStep::To(_)) => "as",
        _ => "with",
    };
    format!("{lead} {}", series(&labels, "or"))
}
