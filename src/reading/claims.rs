//! What was said in a thread of one field, by whom, and what became of it.

use super::Finding;
use super::mood::Mood;
use super::phrases::has;
use crate::plan::{Field, Segment, Value};

/// What became of a value that was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Open,
    Agreed,
    Withdrawn,
    /// It went into a larger one: "plus webinars".
    Joined,
    Disputed,
    /// Tried out or asked for, and refused.
    Refused,
}

#[derive(Debug, Clone)]
pub(super) struct Claim {
    pub(super) finding: Finding,
    pub(super) mood: Mood,
    pub(super) state: State,
    /// Whether it was said as a proposal: "let's …", "I'd …".
    pub(super) proposed: bool,
    /// Whether its speaker guesses it: "I'd guess …".
    pub(super) guessed: bool,
}

impl Claim {
    pub(super) fn is_of(&self, field: &Field, segment: Option<&Segment>) -> bool {
        self.finding.field.name == field.name && self.finding.segment.as_ref() == segment
    }

    pub(super) fn stands(&self) -> bool {
        self.mood == Mood::Said && matches!(self.state, State::Open | State::Agreed)
    }

    /// Whether it is a proposal to which nobody has said anything yet.
    pub(super) fn is_open_proposal(&self) -> bool {
        self.proposed && self.mood == Mood::Said && self.state == State::Open
    }

    pub(super) fn is_by(&self, speaker: &str) -> bool {
        self.finding.speaker.as_deref() == Some(speaker)
    }
}

/// What a statement does with earlier ones of the same field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    /// It stands beside those of others.
    States,
    /// It adds to them: "also webinars".
    Adds,
    /// It replaces everybody's.
    Decides,
}

impl Weight {
    /// What a message with these words does.
    pub(super) fn of(decides: bool, folded: &str) -> Self {
        match decides {
            true => Self::Decides,
            false if adds(folded) => Self::Adds,
            false => Self::States,
        }
    }
}

fn adds(folded: &str) -> bool {
    let begins = ["and ", "plus ", "+ "]
        .iter()
        .any(|word| folded.starts_with(word));
    begins || has(folded, "also")
}

pub(super) fn distinct(standing: &[&Claim]) -> usize {
    let mut values: Vec<&Value> = Vec::new();
    for claim in standing {
        if !values.contains(&&claim.finding.value) {
            values.push(&claim.finding.value);
        }
    }
    values.len()
}

pub(super) fn disputed(claim: &Claim) -> String {
    let field = claim.finding.field;
    format!(
        "{}: {} was disputed; what is it?",
        field.label(),
        claim.finding.value.display(field)
    )
}

/// Both sets or lists in one.
pub(super) fn union(one: &Value, other: &Value) -> Option<Value> {
    match (one, other) {
        (Value::Set(one), Value::Set(other)) => {
            Some(Value::Set(one.union(other).cloned().collect()))
        }
        (Value::List(one), Value::List(other)) => {
            let new = other.iter().filter(|item| !one.contains(item));
            Some(Value::List(one.iter().chain(new).cloned().collect()))
        }
        _ => None,
    }
}
