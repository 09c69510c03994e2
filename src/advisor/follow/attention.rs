//! How much of a channel is attended to, who wanted it, and what was said there against its plan.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::against::contradicts;
use crate::advisor::proposal::Heard;
use crate::ident::{MessageTs, Person};
use crate::intent::Mode;
use crate::plan::{Answer, Plan, Segment, Value};

/// How a channel is attended to. A channel without one is in the usual mode.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Attention {
    /// How much is attended to.
    pub mode: Mode,
    /// Who chose the mode last, and when; nobody has, in the usual one.
    pub set: Option<(Person, Timestamp)>,
    /// What was said against the plan and is not told yet, in the order in which it was said.
    #[serde(default)]
    pub waiting: Vec<Against>,
    /// When the last note was made.
    #[serde(default)]
    pub told_at: Option<Timestamp>,
    /// What is not told any more, oldest first.
    #[serde(default)]
    pub hushed: Vec<Hushed>,
    /// Grows with each write, so that two writers never miss each other.
    pub revision: u64,
}

/// Something that was said against the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Against {
    /// What was said.
    pub heard: Heard,
    /// When.
    pub at: Timestamp,
}

/// A contradiction that is not told any more, as long as the plan says the same there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hushed {
    /// The field's name.
    pub field: String,
    /// The segment, for a field that is held for each segment.
    pub segment: Option<Segment>,
    /// What the plan says there.
    pub plan: Answer,
    /// What was said, where it was told once; `None` where somebody wants to hear of none.
    pub said: Option<Value>,
    /// Who wants to hear of none.
    pub by: Option<Person>,
}

impl Attention {
    /// How long what was said waits for more: one note tells all of it, and people correct
    /// themselves.
    pub const WINDOW: SignedDuration = SignedDuration::from_mins(10);

    /// There is at most one note in this time.
    pub const APART: SignedDuration = SignedDuration::from_hours(1);

    /// How much waits at most; later things are left unsaid.
    const MOST_WAITING: usize = 20;

    /// How much is remembered as told or unwanted.
    const MOST_HUSHED: usize = 200;

    /// When a note comes due.
    pub fn due(&self) -> Option<Timestamp> {
        let first = self.waiting.iter().map(|it| it.at).min()?;
        let ripe = first + Self::WINDOW;
        Some(
            self.told_at
                .map_or(ripe, |told| ripe.max(told + Self::APART)),
        )
    }

    /// Takes in what a message stated: what contradicts the plan waits, and what agrees with it
    /// settles what was said before. Whether anything is different now.
    pub(in crate::advisor) fn hear(
        &mut self,
        plan: &Plan,
        stated: Vec<Heard>,
        at: Timestamp,
    ) -> bool {
        let before = self.waiting.clone();
        for heard in stated {
            // A later statement wins over an earlier one.
            self.waiting.retain(|it| !it.heard.is_of_place(&heard));
            let current = answer(plan, &heard);
            let tells = current.is_some_and(|current| {
                contradicts(current, &heard.value) && !self.is_hushed(&heard, current)
            });
            if tells && self.waiting.len() < Self::MOST_WAITING {
                self.waiting.push(Against { heard, at });
            }
        }
        self.waiting != before
    }

    /// Takes out what was read from a message that says something else by now, or is gone.
    pub(in crate::advisor) fn unhear(&mut self, ts: &MessageTs) {
        self.waiting.retain(|it| !it.is_from(ts));
    }

    /// What is told now: all that waits and still contradicts the plan. It is told once.
    pub(in crate::advisor) fn tell(&mut self, plan: &Plan, now: Timestamp) -> Vec<Heard> {
        let waiting = std::mem::take(&mut self.waiting);
        let mut told = Vec::new();
        for Against { heard, .. } in waiting {
            let Some(current) = answer(plan, &heard) else {
                continue;
            };
            if !contradicts(current, &heard.value) || self.is_hushed(&heard, current) {
                continue;
            }
            self.hush(Hushed {
                field: heard.field.clone(),
                segment: heard.segment.clone(),
                plan: current.clone(),
                said: Some(heard.value.clone()),
                by: None,
            });
            told.push(heard);
        }
        if !told.is_empty() {
            self.told_at = Some(now);
        }
        told
    }

    /// From now on this is not told.
    pub(in crate::advisor) fn hush(&mut self, hushed: Hushed) {
        if self.hushed.contains(&hushed) {
            return;
        }
        self.hushed.push(hushed);
        let over = self.hushed.len().saturating_sub(Self::MOST_HUSHED);
        self.hushed.drain(..over);
    }

    fn is_hushed(&self, heard: &Heard, current: &Answer) -> bool {
        self.hushed.iter().any(|it| {
            it.is_of(&heard.field, heard.segment.as_ref())
                && it.plan == *current
                && it.said.as_ref().is_none_or(|said| *said == heard.value)
        })
    }
}

impl Against {
    /// Whether it was read from this message.
    pub fn is_from(&self, ts: &MessageTs) -> bool {
        self.heard.said.ts.as_ref() == Some(ts)
    }

    /// Whether it is about this field.
    pub(in crate::advisor) fn is_about(&self, (field, segment): (&str, Option<&Segment>)) -> bool {
        self.heard.field == field && self.heard.segment.as_ref() == segment
    }
}

impl Hushed {
    /// Whether it is about this field.
    pub(in crate::advisor) fn is_of(&self, field: &str, segment: Option<&Segment>) -> bool {
        self.field == field && self.segment.as_ref() == segment
    }

    /// Whether somebody wants to hear of none, rather than that it was told once.
    pub(in crate::advisor) fn is_wanted(&self) -> bool {
        self.said.is_none()
    }
}

/// What the plan says where something was said.
fn answer<'a>(plan: &'a Plan, heard: &Heard) -> Option<&'a Answer> {
    plan.answer(heard.field()?, heard.segment.as_ref())
}
