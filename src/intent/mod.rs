//! What was asked: words in, [`Intent`]s or positioned errors out.
//!
//! One [`table`] declares the commands; dispatch, help, completion and the manifest's usage hint
//! derive from it. Reading words is pure: whether a segment exists, or a value fits its field, is
//! for the use case to say.

mod agree;
mod carry;
mod complete;
mod cursor;
mod desk;
mod digest;
mod entry;
mod error;
mod interview;
mod look;
mod mode;
mod note;
mod own_rules;
mod personal;
mod place;
mod proposed;
mod question;
mod read;
mod set;
mod settings;
mod table;
mod team;
mod topics;
mod words;

pub use agree::{Agree, OwnThreshold, Reach};
pub use carry::Carry;
pub use complete::{Completion, completions};
pub use desk::{Desk, Rated, Rating};
pub use digest::{DigestRequest, Pinging};
pub use entry::{Entry, Reads, ReplyKind};
pub use error::ParseError;
pub use interview::{Interviewing, Subject};
pub use look::Look;
pub use mode::Mode;
pub use note::Note;
pub use own_rules::OwnRules;
pub use personal::{Personal, PersonalRequest};
pub use place::components;
pub use proposed::{CardOf, Proposed};
pub use read::parse;
pub use settings::{SettingsRequest, Use};
pub use table::{entry, table, usage_hint};
pub use topics::{Topic, topics};

use crate::ident::ProposalId;
use crate::plan::{Field, Segment, Version};

/// What help is wanted with.
#[derive(Debug, Clone, Copy)]
pub enum Help {
    /// How to begin.
    Begin,
    /// Every command.
    All,
    /// One command.
    One(&'static Entry),
}

/// What somebody wants, read from words, a button or any other door.
#[derive(Debug, Clone)]
pub enum Intent {
    /// How to use the bot, or one command.
    Help(Help),
    /// A question, answered from the plan, the rules and the library.
    Ask(String),
    /// Whether the plan adds up.
    Check,
    /// The plan's values, all or of one component, of all segments or of one.
    Plan {
        /// The component, as in a field's name before the dot.
        component: Option<&'static str>,
        /// The segment.
        segment: Option<Segment>,
    },
    /// A field gets a value.
    Set {
        /// The field.
        field: &'static Field,
        /// The value as it was typed.
        value: Given,
    },
    /// A field becomes unknown again.
    Unset {
        /// The field.
        field: &'static Field,
        /// The segment, where one was named.
        segment: Option<Segment>,
    },
    /// A change is taken back: the one that made this version, else the newest.
    Undo(Option<Version>),
    /// The changes of one act are taken back, from one version to another.
    TakeBack {
        /// The act's first version.
        first: Version,
        /// Its last.
        last: Version,
        /// The proposal that it was made out of, where more of it is open.
        card: Option<ProposalId>,
    },
    /// The newest changes; how many of them, where that was said.
    History(Option<usize>),
    /// The questions that are worth answering next.
    Next,
    /// What other values would change, by the words that name them.
    WhatIf(String),
    /// Where the check would turn, for all numbers or for one.
    Sensitivity(Option<&'static Field>),
    /// A rule's page, by what was typed for its slug.
    Explain(String),
    /// The rules, all or of one category, by what was typed for it.
    Rules(Option<String>),
    /// Something about the rules of the workspace's own.
    OwnRules(OwnRules),
    /// A segment is added.
    AddSegment(Segment),
    /// The fields that can be set, all or of one component.
    Fields(Option<&'static str>),
    /// The deals × ACV map.
    Map,
    /// A calculation, by what was typed behind the command; none at all asks for the list.
    Calc(String),
    /// What is done about the digest.
    Digest(DigestRequest),
    /// How the digest stands.
    DigestStatus,
    /// The digest as it would be posted now.
    DigestPreview,
    /// All that the last digest had to tell, and what has come since.
    DigestAll,
    /// What goes to whoever asks.
    Personal(Personal, PersonalRequest),
    /// What is said against a value is not brought up any more.
    Hush {
        /// The field.
        field: &'static Field,
        /// The segment, where one was named.
        segment: Option<Segment>,
    },
    /// What is said against a value is brought up again.
    Unhush {
        /// The field.
        field: &'static Field,
        /// The segment, where one was named.
        segment: Option<Segment>,
    },
    /// How much of the channel the bot attends to from now on.
    Mode(Mode),
    /// How much of the channel the bot attends to.
    ModeStatus,
    /// The plan is looked at from one side.
    Look(Look),
    /// Something is noted on a value or a section.
    Note(Note),
    /// The team agrees on something.
    Agree(Agree),
    /// The guided interview.
    Interview(Interviewing),
    /// The thread is read.
    Read,
    /// Something becomes of what was read out of a conversation.
    Proposed(Proposed),
    /// The plan is carried from one state to another.
    Carry(Carry),
    /// The workspace's settings.
    Settings(SettingsRequest),
    /// Something about documents of one's own, or about answers.
    Desk(Desk),
    /// The answer to a reading command, shown to the whole channel.
    Share(Box<Intent>),
}

impl Intent {
    /// The table's row for this intent.
    pub fn entry(&self) -> &'static Entry {
        entry(match self {
            Self::Help(_) => "help",
            Self::Ask(_) => "ask",
            Self::Check => "check",
            Self::Plan { .. } => "plan",
            Self::Set { .. } => "set",
            Self::Unset { .. } => "unset",
            Self::Undo(_) | Self::TakeBack { .. } => "undo",
            Self::History(_) => "history",
            Self::Next => "next",
            Self::WhatIf(_) => "what-if",
            Self::Sensitivity(_) => "sensitivity",
            Self::Explain(_) => "explain",
            Self::Rules(_) => "rules",
            Self::OwnRules(it) => it.name(),
            Self::AddSegment(_) => "segment add",
            Self::Fields(_) => "fields",
            Self::Map => "map",
            Self::Calc(_) => "calc",
            Self::Digest(_) => "digest",
            Self::DigestStatus => "digest status",
            Self::DigestPreview => "digest preview",
            Self::DigestAll => "digest all",
            Self::Personal(about, _) => about.name(),
            Self::Hush { .. } => "hush",
            Self::Unhush { .. } => "unhush",
            Self::Mode(_) => "mode",
            Self::ModeStatus => "mode status",
            Self::Look(look) => look.name(),
            Self::Note(note) => note.name(),
            Self::Agree(agree) => agree.name(),
            Self::Interview(_) => "start",
            Self::Read => "read",
            Self::Proposed(proposed) => proposed.name(),
            Self::Carry(carry) => carry.name(),
            Self::Settings(_) => "settings",
            Self::Desk(desk) => desk.name(),
            Self::Share(_) => "share",
        })
        .expect("every intent has a row in the table")
    }
}

impl Intent {
    /// Whether it changes what holds for the whole workspace.
    pub fn is_for_admins(&self) -> bool {
        match self {
            Self::Settings(it) => it.changes(),
            Self::OwnRules(it) => it.changes(),
            Self::Agree(Agree::Threshold(own)) => own.reach != Reach::Channel,
            Self::Share(inner) => inner.is_for_admins(),
            _ => false,
        }
    }

    /// Whether its answer is for nobody's eyes but those of whoever asks: it tells of channels that
    /// others may not be in, or of what people said in confidence.
    pub fn is_for_one(&self) -> bool {
        matches!(
            self,
            Self::Personal(_, PersonalRequest::Now) | Self::Desk(Desk::Feedback)
        )
    }

    /// The proposal that it is about.
    pub fn proposal(&self) -> Option<&ProposalId> {
        match self {
            Self::Proposed(proposed) => Some(&proposed.card().proposal),
            Self::TakeBack { card, .. } => card.as_ref(),
            _ => None,
        }
    }
}

impl Intent {
    /// Words that [`parse`] reads as this intent.
    pub fn words(&self) -> String {
        let tail = |segment: &Option<Segment>| {
            segment
                .as_ref()
                .map(|s| format!(" for {}", s.as_str()))
                .unwrap_or_default()
        };
        let name = self.entry().name;
        let rest = match self {
            Self::Help(Help::All) => Some("all".to_owned()),
            Self::Help(Help::One(entry)) => Some(entry.name.to_owned()),
            Self::Ask(question) => Some(question.clone()),
            Self::Help(Help::Begin)
            | Self::Read
            | Self::Check
            | Self::Next
            | Self::Map
            | Self::DigestStatus
            | Self::DigestPreview
            | Self::DigestAll
            | Self::ModeStatus => None,
            Self::Mode(mode) => Some(mode.as_str().to_owned()),
            Self::Digest(request) => Some(request.words()),
            Self::Personal(_, request) => Some(request.words()),
            Self::Plan { component, segment } => Some(format!(
                "{}{}",
                component.unwrap_or_default(),
                tail(segment)
            )),
            Self::Set { field, value } => Some(format!("{} {}", field.name, value.words())),
            Self::Unset { field, segment }
            | Self::Hush { field, segment }
            | Self::Unhush { field, segment } => Some(format!("{}{}", field.name, tail(segment))),
            Self::Undo(version) => version.map(|version| version.0.to_string()),
            Self::TakeBack { first, last, card } => Some(undo_words(*first, *last, card.as_ref())),
            Self::History(n) => n.map(|n| n.to_string()),
            Self::Sensitivity(field) => field.map(|field| field.name.to_owned()),
            Self::Explain(rule) => Some(rule.clone()),
            Self::Rules(category) => category.clone(),
            Self::OwnRules(it) => Some(it.words()),
            Self::AddSegment(segment) => Some(segment.as_str().to_owned()),
            Self::Fields(component) => component.map(str::to_owned),
            Self::Look(look) => Some(look.words()),
            Self::Note(note) => Some(note.words()),
            Self::Agree(agree) => Some(agree.words()),
            Self::Interview(it) => Some(it.words()),
            Self::Proposed(proposed) => Some(proposed.words()),
            Self::Carry(carry) => Some(carry.words()),
            Self::Desk(desk) => Some(desk.words()),
            Self::WhatIf(words) | Self::Calc(words) => Some(words.clone()),
            Self::Settings(it) => Some(it.words().to_owned()),
            Self::Share(inner) => Some(inner.words()),
        };
        match rest.as_deref().map(str::trim) {
            None | Some("") => name.to_owned(),
            Some(rest) => format!("{name} {rest}"),
        }
    }
}

fn undo_words(first: Version, last: Version, card: Option<&ProposalId>) -> String {
    let versions = if first == last {
        first.to_string()
    } else {
        format!("{first}-{last}")
    };
    let card = card.map_or_else(String::new, |id| format!(" card {id}"));
    format!("{versions}{card}")
}

impl Given {
    fn words(&self) -> String {
        match self {
            Self::Whole(words) | Self::Either { whole: words, .. } => words.clone(),
            Self::For { value, segment } => format!("{value} for {}", segment.as_str()),
        }
    }
}

/// A value as it was typed, and the segment that may stand behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Given {
    /// All of the words are the value.
    Whole(String),
    /// A segment was named beyond doubt.
    For {
        /// The value.
        value: String,
        /// The segment.
        segment: Segment,
    },
    /// The words end in `for <segment>`, which may also belong to the value: whoever knows the
    /// plan's segments decides.
    Either {
        /// All of the words.
        whole: String,
        /// The words before `for`.
        value: String,
        /// What stands behind `for`.
        segment: Segment,
    },
}

#[cfg(test)]
mod tests;
