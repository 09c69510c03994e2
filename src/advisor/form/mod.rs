//! Forms: what opens over the conversation, asks for a few answers at once, and hands them over
//! together.
//!
//! A form is data. One file declares it, [`opening`] says which words open it, [`filled`] leads
//! what was filled in to its use case. A surface that cannot show it runs the same words as a
//! command, whose reply then says how else it goes.

mod amend;
mod import;
mod learn;
mod rule;

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub(super) use amend::{asking, is_of_card, mend};
pub(super) use rule::blank;

use super::case::Case;
use super::needs::asked;
use super::{Inbound, Needs, Said, Turn};
use crate::documents::SharedFile;
use crate::intent::{self, Carry, Desk, Intent, OwnRules};

/// The most characters that a form can carry along in [`Form::carries`] and [`Form::files`], as JSON.
pub const CARRIED: usize = 900;

/// The most characters of one answer.
pub const LONGEST: usize = 3_000;

/// How many text fields a long text is laid out in.
const PIECES: usize = 5;

/// Which form it is: the name that comes back with what was filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FormKind {
    /// A document is taught.
    Learn,
    /// A value of a proposal is edited before it is applied.
    Amend,
    /// A plan is pasted, and what it would change is shown.
    Import,
    /// A rule of the workspace's own is written, and what it would find is shown.
    Rule,
}

/// A form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// Which one.
    pub kind: FormKind,
    /// Its title, of at most 24 characters.
    pub title: &'static str,
    /// What its button says, in at most 24 characters.
    pub submit: &'static str,
    /// What it shows and asks, in order. One that asks nothing stands in until the turn has what to
    /// ask.
    pub parts: Vec<Part>,
    /// What the use case wants back with the answers; nobody else can read or change it.
    pub carries: String,
    /// The files that come along with the answers.
    pub files: Vec<SharedFile>,
}

/// A part of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Words to read.
    Words(String),
    /// Something to answer.
    Ask(Input),
}

/// Something to answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Its name among the answers.
    pub name: String,
    /// What it is called.
    pub label: String,
    /// How to answer, in a line; nothing where the label says it all.
    pub hint: String,
    /// Whether it may stay empty.
    pub optional: bool,
    /// How it is answered.
    pub kind: InputKind,
}

/// How something is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InputKind {
    /// In a line.
    Line {
        /// What stands there already.
        initial: String,
        /// The most characters.
        most: usize,
    },
    /// In several lines.
    Text {
        /// What stands there already.
        initial: String,
    },
    /// With a day.
    Day {
        /// The day that is chosen already.
        initial: Option<Date>,
    },
    /// With one of a few; the first is chosen already.
    Choice(Vec<Choice>),
    /// With files. They come along with the message; the answer is what they are called.
    Files {
        /// How their names may end.
        endings: &'static [&'static str],
        /// How many there may be.
        most: usize,
    },
}

/// One of a few.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Its name as an answer.
    pub name: &'static str,
    /// What it says.
    pub label: &'static str,
}

/// A form as somebody has sent it off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filled {
    /// Which one.
    pub form: FormKind,
    /// What it carried.
    pub carried: String,
    /// The answers by name; what was left empty is not among them.
    pub answers: BTreeMap<String, String>,
}

/// What is wrong with one answer; shown where it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The answer's name.
    pub input: String,
    /// What is wrong, and what would work.
    pub words: String,
}

/// What a turn asks in the place of an outcome; nothing of such a turn is kept. Where no form can be
/// shown, the turn's reply stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asks {
    /// A form is to be filled in.
    Fill(Form),
    /// Answers of the form are to be mended.
    Mend(Vec<Fault>),
}

impl FormKind {
    /// Every form.
    pub const ALL: [Self; 4] = [Self::Learn, Self::Amend, Self::Import, Self::Rule];

    /// Its name for the platform.
    pub fn name(self) -> &'static str {
        match self {
            Self::Learn => "learn",
            Self::Amend => "amend",
            Self::Import => "import",
            Self::Rule => "rule",
        }
    }

    /// The form of a name.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }

    /// A command that does the same: whoever may give it may fill the form in.
    pub(super) fn as_command(self) -> Intent {
        match self {
            Self::Learn => Intent::Desk(Desk::Learn {
                everywhere: false,
                words: String::new(),
            }),
            Self::Amend => amend::as_command(),
            Self::Import => import::as_command(),
            Self::Rule => rule::as_command(),
        }
    }
}

impl Form {
    /// Whether it only stands in until the turn has what to ask.
    pub fn waits(&self) -> bool {
        !self.parts.iter().any(|part| matches!(part, Part::Ask(_)))
    }
}

impl Filled {
    /// An answer; nothing where it was left empty.
    pub fn answer(&self, name: &str) -> Option<&str> {
        self.answers.get(name).map(String::as_str)
    }
}

/// The name of one of several fields that hold one text.
fn field_of(text: &str, n: usize) -> String {
    match n {
        0 => text.to_owned(),
        n => format!("{text}_{}", n + 1),
    }
}

/// The form that opens at once for what was said, before anything is looked at: the right to open
/// one lasts three seconds. One that asks for files does so only where the bot `reads_files`.
pub fn opening(inbound: &Inbound, reads_files: bool) -> Option<Form> {
    match &inbound.said {
        Said::Picked(picked) => learn::of_message(picked, &inbound.files),
        Said::Command { words } | Said::Click { words, .. } => {
            of_command(&intent::parse(words).ok()?, reads_files)
        }
        _ => None,
    }
}

fn of_command(intent: &Intent, reads_files: bool) -> Option<Form> {
    match intent {
        Intent::Desk(Desk::Learn { everywhere, words }) if words.is_empty() => {
            Some(learn::empty(*everywhere, reads_files.then(learn::files)))
        }
        Intent::Carry(Carry::Import(text)) if text.trim().is_empty() => {
            Some(import::empty(reads_files))
        }
        Intent::OwnRules(OwnRules::Add { page, .. }) if page.trim().is_empty() => {
            Some(rule::waiting())
        }
        Intent::Proposed(what) => amend::waiting(what),
        _ => None,
    }
}

/// What the turn of a form must look at.
pub(super) fn needs(filled: &Filled) -> Needs {
    match filled.form {
        FormKind::Learn => learn::needs(),
        FormKind::Amend => amend::needs(filled),
        FormKind::Import => import::needs(filled),
        FormKind::Rule => asked(&rule::as_command()),
    }
}

/// Leads what was filled in to its use case.
pub(super) fn filled(case: &Case<'_>, filled: &Filled) -> Turn {
    match filled.form {
        FormKind::Learn => learn::turn(case, filled),
        FormKind::Amend => amend::turn(case, filled),
        FormKind::Import => import::turn(case, filled),
        FormKind::Rule => rule::turn(case, filled),
    }
}
