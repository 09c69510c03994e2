//! What was read out of a conversation and waits for somebody's word: the record behind a card.
//!
//! A proposal changes nothing. Somebody accepts a value, corrects it first, or lays it aside; each
//! of that is kept with who did it. What other readers find (a language model) is joined to what
//! the own one has read by [`Proposal::join`].

mod card;
mod file;
mod made;
mod shown;
mod sought;
#[cfg(test)]
mod tests;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::ident::{Channel, MessageTs, Person, ProposalId};
use crate::plan::{self, Answer, Field, MessageLink, Plan, Segment, Value, Version};

pub(super) use card::{Opening, card, moved, rest, supposed};
pub use file::PlanText;
pub use made::{Ground, Spoken, proposed};
pub(super) use made::{heard, quoted};
pub(super) use shown::{message, place, provenance, step};
pub(super) use sought::turn as found_by_model;
pub use sought::{Found, Sought};

/// What was read out of a conversation, and what has become of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// Its id, which the card's buttons name.
    pub id: ProposalId,
    /// Grows with each stored change of it; the store refuses a write that is not made against the
    /// newest.
    pub revision: u64,
    /// The channel whose plan it is for.
    pub channel: Channel,
    /// The thread that was read; the message itself where there was none.
    pub thread: Option<MessageTs>,
    /// The version of the plan that it was read, or last renewed, against.
    pub against: Version,
    /// How often it was renewed because the plan had moved on.
    pub edition: u32,
    /// Who asked for it.
    pub asked_by: Person,
    /// When it was read.
    pub made_at: Timestamp,
    /// How much was read.
    #[serde(default)]
    pub read: ReadScope,
    /// The values, in the order in which they were said.
    pub values: Vec<ProposedValue>,
    /// What was tried out only.
    pub hypotheses: Vec<Heard>,
    /// What people disagree about: all that was said for one field.
    pub conflicts: Vec<Vec<Heard>>,
    /// What has to be asked.
    pub questions: Vec<String>,
    /// The plan that was pasted, where the proposal is one.
    #[serde(default)]
    pub file: Option<PlanText>,
    /// The proposal that took its place, as the thread was read again.
    pub superseded_by: Option<ProposalId>,
}

/// How much of a thread was read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadScope {
    /// How many messages.
    pub messages: usize,
    /// Of how many, where that is known.
    pub total: Option<usize>,
    /// The last one.
    pub up_to: Option<MessageTs>,
    /// Whether that is the whole thread.
    pub is_whole: bool,
}

/// A value that somebody said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heard {
    /// The field's name.
    pub field: String,
    /// The segment, for a field that is held for each segment.
    pub segment: Option<Segment>,
    /// The value.
    pub value: Value,
    /// The words that it was read from, as they were typed; [`Heard::LONGEST_QUOTE`] characters at
    /// most.
    pub quote: String,
    /// The message.
    pub said: MessageLink,
    /// The thread that the message stands in, where it is no root.
    pub thread: Option<MessageTs>,
    /// Who said it.
    pub by: Person,
}

impl Heard {
    /// The longest quote, in characters.
    pub const LONGEST_QUOTE: usize = 280;

    /// The field, if the catalogue has it.
    pub fn field(&self) -> Option<&'static Field> {
        plan::field(&self.field)
    }

    /// The segment that was named; where none was, the plan's own is meant, whichever that is by now.
    pub fn named_segment(&self) -> Option<&Segment> {
        self.segment.as_ref().filter(|segment| !segment.is_main())
    }

    /// Whether both speak of the same field and segment.
    pub fn is_of_place(&self, other: &Self) -> bool {
        self.field == other.field && self.segment == other.segment
    }
}

/// A value that may go into the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposedValue {
    /// What was said.
    pub heard: Heard,
    /// What the plan had there when it was read, or when the proposal was renewed.
    pub old: Option<Answer>,
    /// Who read it.
    pub read_by: ReadBy,
    /// What has become of it.
    pub fate: Fate,
}

/// Who read a value out of the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReadBy {
    /// The bot's own reader.
    Reader,
    /// A language model, whose value was found in the quoted words.
    Model,
}

/// What has become of a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fate", rename_all = "snake_case")]
pub enum Fate {
    /// Nothing yet.
    Open,
    /// It was written into the plan.
    Accepted {
        /// By whom.
        by: Person,
        /// When.
        at: Timestamp,
        /// The version that this made.
        version: Version,
        /// What was written in the place of what was read, where somebody corrected it.
        corrected: Option<Value>,
    },
    /// It was laid aside.
    Dismissed {
        /// By whom.
        by: Person,
        /// When.
        at: Timestamp,
    },
}

impl Fate {
    /// When it was decided.
    pub fn at(&self) -> Option<Timestamp> {
        match self {
            Self::Open => None,
            Self::Accepted { at, .. } | Self::Dismissed { at, .. } => Some(*at),
        }
    }
}

impl ProposedValue {
    /// Whether nobody has decided on it yet.
    pub fn is_open(&self) -> bool {
        self.fate == Fate::Open
    }

    /// What the plan has there.
    pub fn current<'a>(&self, plan: &'a Plan) -> Option<&'a Answer> {
        plan.answer(self.heard.field()?, self.heard.named_segment())
    }

    /// Whether the plan has moved on there since it was read.
    pub fn has_moved(&self, plan: &Plan) -> bool {
        self.current(plan) != self.old.as_ref()
    }
}

impl Proposal {
    /// Whether any of it was read from that message.
    pub fn quotes(&self, ts: &MessageTs) -> bool {
        let values = self.values.iter().map(|value| &value.heard);
        let others = self
            .hypotheses
            .iter()
            .chain(self.conflicts.iter().flatten());
        let mut all = values.chain(others);
        all.any(|heard| heard.said.ts.as_ref() == Some(ts) && !heard.quote.is_empty())
    }

    /// Whether a language model has read it, all of it.
    pub fn is_of_model(&self) -> bool {
        let mut all = self.values.iter();
        !self.values.is_empty() && all.all(|value| value.read_by == ReadBy::Model)
    }

    /// How many values one card shows; the others follow once these are decided.
    pub const MOST_SHOWN: usize = 8;

    /// The values that nobody has decided on, each with its number from 1.
    pub fn open(&self) -> impl Iterator<Item = (usize, &ProposedValue)> {
        let numbered = self.values.iter().enumerate();
        numbered
            .filter(|(_, value)| value.is_open())
            .map(|(at, value)| (at + 1, value))
    }

    /// The values that the card shows with buttons.
    pub fn on_card(&self) -> impl Iterator<Item = (usize, &ProposedValue)> {
        self.open().take(Self::MOST_SHOWN)
    }

    /// Adds what somebody else has read. What stands for the same field and segment already stays:
    /// the own reader's word comes first.
    pub fn join(&mut self, others: impl IntoIterator<Item = ProposedValue>) {
        for other in others {
            let taken = |it: &Heard| it.is_of_place(&other.heard);
            let known = self.values.iter().any(|value| taken(&value.heard))
                || self.conflicts.iter().flatten().any(taken);
            if !known {
                self.values.push(other);
            }
        }
    }

    /// Takes the plan as it is now for what the values replace; a value that the plan has by now is
    /// no longer proposed.
    pub fn renew(&mut self, plan: &Plan) {
        self.against = plan.version();
        self.edition += 1;
        for value in self.values.iter_mut().filter(|value| value.is_open()) {
            value.old = value.current(plan).cloned();
        }
        self.values.retain(|value| {
            let has_it = value.old == Some(Answer::Known(value.heard.value.clone()));
            !(value.is_open() && has_it)
        });
    }
}

/// The message that values of a plan came from, and the words; kept with the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The channel of the message.
    pub channel: Channel,
    /// The message.
    pub ts: MessageTs,
    /// The thread that it stands in, where it is no root.
    pub thread: Option<MessageTs>,
    /// Who said it.
    pub by: Person,
    /// When its words were read last.
    #[serde(default)]
    pub read_at: Option<Timestamp>,
    /// What came from it: of one field in one segment, what came last.
    pub gave: Vec<Gave>,
}

impl Source {
    /// How long a reading counts as fresh.
    pub const FRESH: SignedDuration = SignedDuration::from_hours(24);

    /// The thread's first message; the message itself where it stands in none.
    pub fn root(&self) -> &MessageTs {
        self.thread.as_ref().unwrap_or(&self.ts)
    }

    /// Whether it says all that came from it, as far as anybody knows.
    pub fn stands(&self) -> bool {
        let mut all = self.gave.iter();
        all.any(|gave| gave.state == SourceState::Stands)
    }

    /// Whether it was not read for long.
    pub fn is_stale(&self, now: Timestamp) -> bool {
        self.stands() && self.read_at.is_none_or(|at| at + Self::FRESH <= now)
    }

    /// Whether the message does not say any more what came from it.
    pub fn is_marked(&self) -> bool {
        let mut all = self.gave.iter();
        all.any(|gave| gave.state != SourceState::Stands)
    }
}

/// A value that went from a message into the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gave {
    /// The field's name.
    pub field: String,
    /// The segment, for a field that is held for each segment.
    pub segment: Option<Segment>,
    /// The version of the plan that it made.
    pub version: Version,
    /// The value that was written.
    pub value: Value,
    /// The words; none where a command gave the value, and none any more once their message is gone.
    pub quote: Option<String>,
    /// Whether the message still says so.
    pub state: SourceState,
}

impl Gave {
    /// Whether both speak of the same field and segment.
    pub fn is_of_place(&self, heard: &Heard) -> bool {
        self.field == heard.field && self.segment == heard.segment
    }
}

/// Whether a message still says what came from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SourceState {
    /// As far as anybody knows.
    Stands,
    /// It was edited since, and says something else.
    Edited,
    /// It is gone.
    Deleted,
}
