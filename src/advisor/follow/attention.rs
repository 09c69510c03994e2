//! How much of a channel is attended to, who wanted it, and what was said there against its plan.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::against::contradicts;
use crate::advisor::Interview;
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
    /// The threads that the bot was called into while the channel was followed, oldest first.
    #[serde(default)]
    pub called: Vec<Called>,
    /// The guided interview of the channel, if there was one.
    #[serde(default)]
    pub interview: Option<Interview>,
    /// Grows with each write, so that two writers never miss each other.
    pub revision: u64,
}

/// A thread that the bot was called into.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Called {
    /// Its first message.
    pub root: MessageTs,
    /// When it was called last.
    pub at: Timestamp,
    /// What was stated there since and is not proposed yet: of one person the last for each field.
    pub heard: Vec<Against>,
}

/// What comes due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Due {
    /// A note on what was said against the plan.
    Note,
    /// A proposal of what was stated in a thread that has gone quiet.
    Thread(MessageTs),
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
    /// What the plan says there; nothing where the statement contradicts it through a rule.
    pub plan: Option<Answer>,
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

    /// A thread in which nothing was stated for so long has gone quiet.
    pub const QUIET: SignedDuration = SignedDuration::from_mins(15);

    /// How long a thread is known that the bot was called into.
    pub const CALLED_KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);

    /// How many threads are known at once.
    const MOST_CALLED: usize = 50;

    /// How much waits at most; later things are left unsaid.
    const MOST_WAITING: usize = 20;

    /// How much is remembered as told or unwanted.
    const MOST_HUSHED: usize = 200;

    /// When something comes due.
    pub fn due(&self) -> Option<Timestamp> {
        self.next().map(|(at, _)| at)
    }

    /// What comes due first, and when.
    pub fn next(&self) -> Option<(Timestamp, Due)> {
        let note = self.note_due().map(|at| (at, Due::Note));
        let threads = self.called.iter().filter_map(|called| {
            let last = called.heard.iter().map(|it| it.at).max()?;
            Some((last + Self::QUIET, Due::Thread(called.root.clone())))
        });
        note.into_iter().chain(threads).min_by_key(|(at, _)| *at)
    }

    /// How it would be by a clock that is set right, where one ahead has written what lies ahead of it:
    /// or nothing would be told until then. Messages have the time of another clock, so an hour is no
    /// difference.
    pub fn set_right(&self, now: Timestamp) -> Option<Self> {
        let mut right = self.clone();
        let heard = right.called.iter_mut().flat_map(|it| &mut it.heard);
        let heard = heard.chain(&mut right.waiting).map(|it| &mut it.at);
        for at in heard.chain(&mut right.told_at) {
            if *at > now + Self::APART {
                *at = now;
            }
        }
        for called in &mut right.called {
            if called.at > now + Self::APART {
                called.at = now;
            }
        }
        (right != *self).then_some(right)
    }

    /// From now on a thread is one that the bot was called into. What was stated there before was
    /// there to be read when it was called.
    pub(in crate::advisor) fn call(&mut self, root: &MessageTs, now: Timestamp) {
        let is_kept = |it: &Called| it.root != *root && now < it.at + Self::CALLED_KEPT;
        self.called.retain(is_kept);
        self.called.push(Called {
            root: root.clone(),
            at: now,
            heard: Vec::new(),
        });
        let over = self.called.len().saturating_sub(Self::MOST_CALLED);
        self.called.drain(..over);
    }

    /// Takes in what was stated in a thread that the bot was called into; `false` if it was not.
    pub(in crate::advisor) fn gather(
        &mut self,
        root: &MessageTs,
        stated: &[Heard],
        at: Timestamp,
    ) -> bool {
        let Some(called) = self.called.iter_mut().find(|it| it.root == *root) else {
            return false;
        };
        for heard in stated {
            let is_other = |it: &Against| !it.heard.is_of_place(heard) || it.heard.by != heard.by;
            called.heard.retain(is_other);
            if called.heard.len() < Self::MOST_WAITING {
                called.heard.push(Against {
                    heard: heard.clone(),
                    at,
                });
            }
        }
        true
    }

    /// What was stated in a thread that has gone quiet; it is proposed once.
    pub(in crate::advisor) fn take(&mut self, root: &MessageTs) -> Vec<Heard> {
        let called = self.called.iter_mut().find(|it| it.root == *root);
        let heard = called.map(|it| std::mem::take(&mut it.heard));
        let heard = heard.unwrap_or_default().into_iter();
        heard.map(|it| it.heard).collect()
    }

    /// When a note comes due.
    fn note_due(&self) -> Option<Timestamp> {
        let first = self.waiting.iter().map(|it| it.at).min()?;
        let ripe = first + Self::WINDOW;
        Some(
            self.told_at
                .map_or(ripe, |told| ripe.max(told + Self::APART)),
        )
    }

    /// Takes in what a message stated: what contradicts the plan waits, and what agrees with it
    /// settles what was said before. `breaks` says whether what the plan has no answer to contradicts
    /// it through a rule. Whether anything is different now.
    pub(in crate::advisor) fn hear(
        &mut self,
        plan: &Plan,
        stated: Vec<Heard>,
        at: Timestamp,
        breaks: impl Fn(&Heard) -> bool,
    ) -> bool {
        let before = self.waiting.clone();
        for heard in stated {
            // A later statement wins over an earlier one.
            self.waiting.retain(|it| !it.heard.is_of_place(&heard));
            let current = answer(plan, &heard);
            let tells = current.map_or_else(
                || breaks(&heard),
                |current| contradicts(current, &heard.value),
            ) && !self.is_hushed(&heard, current);
            if tells && self.waiting.len() < Self::MOST_WAITING {
                self.waiting.push(Against { heard, at });
            }
        }
        self.waiting != before
    }

    /// Takes out what was read from a message that says something else by now, or is gone.
    pub(in crate::advisor) fn unhear(&mut self, ts: &MessageTs) {
        self.waiting.retain(|it| !it.is_from(ts));
        for called in &mut self.called {
            called.heard.retain(|it| !it.is_from(ts));
        }
    }

    /// What is told now: all that waits and still contradicts the plan. It is told once.
    pub(in crate::advisor) fn tell(
        &mut self,
        plan: &Plan,
        now: Timestamp,
        breaks: impl Fn(&Heard) -> bool,
    ) -> Vec<Heard> {
        let waiting = std::mem::take(&mut self.waiting);
        let mut told = Vec::new();
        for Against { heard, .. } in waiting {
            let current = answer(plan, &heard);
            let still = current.map_or_else(
                || breaks(&heard),
                |current| contradicts(current, &heard.value),
            );
            if !still || self.is_hushed(&heard, current) {
                continue;
            }
            self.hush(Hushed {
                field: heard.field.clone(),
                segment: heard.segment.clone(),
                plan: current.cloned(),
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

    /// Whether something that waits was read from this message.
    pub fn holds(&self, ts: &MessageTs) -> bool {
        let gathered = self.called.iter().flat_map(|it| &it.heard);
        self.waiting.iter().chain(gathered).any(|it| it.is_from(ts))
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

    fn is_hushed(&self, heard: &Heard, current: Option<&Answer>) -> bool {
        self.hushed.iter().any(|it| {
            it.is_of(&heard.field, heard.segment.as_ref())
                && it.plan.as_ref() == current
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
