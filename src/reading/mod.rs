//! Reads plan values out of free text, with no model: what was said, where, and how sure.
//!
//! A false proposal costs more trust than a missed one, so a value is read only where a cue names
//! its field and nothing else stands between; questions, negations, conditions, other people's
//! words, other companies and the past are not statements. Reading changes nothing: somebody
//! accepts what was read.

mod accord;
mod agenda;
mod alternatives;
mod answers;
mod apart;
mod asked;
mod assumed;
mod beside;
mod choices;
mod claims;
mod clean;
mod clean_lists;
mod each;
mod elsewhere;
mod evidence;
mod findings;
mod frames;
mod free;
mod guess;
mod hedged;
mod hints;
mod json;
mod kinds;
mod leads;
mod lexicon;
mod lists;
mod message;
mod minutes;
mod misspelled;
mod mood;
mod numbers;
mod offers;
mod options;
mod outcome;
mod parley;
mod periods;
mod phrases;
mod places;
mod possible;
mod prices;
mod profile;
mod questions;
mod quick;
mod reader;
mod rejoined;
mod replies;
mod restated;
mod rival;
mod segments;
mod sentence;
mod settled;
mod shapes;
mod shares;
mod stance;
mod stated;
mod subject;
mod tables;
mod taking;
mod talk;
#[cfg(test)]
mod testing;
mod thread;
#[cfg(test)]
mod threads;
mod token;
mod told;
mod withdrawn;
mod words;
mod yes_no;

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::plan::{
    Answer, Field, Holder, Kind, Level, ParseContext, Plan, Segment, Value, ValueError,
};
use crate::text;

pub use message::read_message;
pub use stated::is_stated;
pub use thread::{Said, read_thread};

/// What reading depends on beside the words.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The plan whose values would be replaced; its segments are known by name.
    pub plan: Option<&'a Plan>,
    /// The currency of a bare amount, and today.
    pub parse: ParseContext,
}

impl Context<'_> {
    /// The value that the plan has there.
    pub fn replaced(&self, field: &Field, segment: Option<&Segment>) -> Option<Value> {
        match self.plan?.answer(field, segment)? {
            Answer::Known(value) => Some(value.clone()),
            Answer::NotApplicable(_) => None,
        }
    }

    /// Whether the plan has several segments, and none that stands for all, so that each value has to name its own.
    fn is_open(&self) -> bool {
        self.plan.is_some_and(|plan| {
            plan.segments().len() > 1 && !plan.segments().iter().any(Segment::is_main)
        })
    }

    /// The segment that is meant where none is named; `None` for a field of the whole plan.
    pub fn segment(&self, field: &Field, named: Option<Segment>) -> Option<Segment> {
        match field.level {
            Level::Plan => None,
            Level::Segment => named
                .or_else(|| self.plan.map(|plan| plan.segment_or_default(None)))
                .or_else(|| Some(Segment::main())),
        }
    }
}

/// A value that was read, and the words that it was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The field.
    pub field: &'static Field,
    /// The segment; `None` for a field of the whole plan.
    pub segment: Option<Segment>,
    /// The value.
    pub value: Value,
    /// The words as they were typed.
    pub quote: String,
    /// What the plan has there now, where it has something.
    pub replaces: Option<Value>,
    /// In which message of the thread, from 1; 1 for a single message.
    pub line: usize,
    /// Who said it, where that is known.
    pub speaker: Option<String>,
    /// Who found it.
    pub by: Finder,
}

/// Who found a value in the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Finder {
    /// The reader of this module.
    #[default]
    Reader,
    /// A language model; that the words say it was then checked with the reader's own means.
    Model,
}

/// A field for which two people said two things.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The field.
    pub field: &'static Field,
    /// The segment; `None` for a field of the whole plan.
    pub segment: Option<Segment>,
    /// What was said, in order.
    pub values: Vec<Finding>,
}

impl Conflict {
    /// What has to be asked: the field, and each side with who said it.
    pub fn question(&self) -> String {
        let said = self.values.iter().map(|it| {
            let value = it.value.display(self.field);
            it.speaker
                .as_ref()
                .map_or(value.clone(), |speaker| format!("{value} ({speaker})"))
        });
        let said: Vec<String> = said.collect();
        format!("{}: {}?", self.field.label(), said.join(" or "))
    }
}

/// What was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reading {
    /// What was stated or decided.
    pub proposals: Vec<Finding>,
    /// What was tried out: "what if".
    pub hypotheses: Vec<Finding>,
    /// What has to be asked because the words fit two readings, or two people disagree.
    pub questions: Vec<String>,
    /// What two people disagree about.
    pub conflicts: Vec<Conflict>,
}

impl Reading {
    /// Whether nothing was read at all.
    pub fn is_empty(&self) -> bool {
        self.proposals.is_empty()
            && self.hypotheses.is_empty()
            && self.questions.is_empty()
            && self.conflicts.is_empty()
    }
}

/// A value that one clause says.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Found {
    field: &'static Field,
    value: Value,
    /// The elements of the sentence that say it.
    elements: Range<usize>,
    /// Who the price is for.
    holder: Option<Holder>,
}

impl Found {
    /// Whether it is a free text in which the other one stands.
    fn holds(&self, other: &Self) -> bool {
        let free = self.field.kind == Kind::Text || self.field.name == "icp.tech_stack";
        free && self.elements.start <= other.elements.start
            && other.elements.end <= self.elements.end
    }
}

/// Something that has to be asked.
#[derive(Debug, Clone)]
struct Question {
    text: String,
}

impl Question {
    fn of(field: &Field, error: &ValueError) -> Self {
        let text = format!("{}: {}: {}", field.label(), error.understood, error.problem);
        Self { text }
    }

    fn vague(field: &Field, words: &str) -> Self {
        let text = format!("{}: which amount is {}?", field.label(), text::quote(words));
        Self { text }
    }

    /// A list of which one item is unknown.
    fn partial(field: &Field, words: &str, unknown: &str) -> Self {
        let (words, unknown) = (text::quote(words), text::quote(unknown));
        let text = format!("{}: {words}, and what is {unknown}?", field.label());
        Self { text }
    }

    /// A number beside a word that may name either field.
    fn either(fields: &[&Field], words: &str) -> Self {
        let labels: Vec<String> = fields.iter().map(|field| field.label()).collect();
        let text = format!("{}: {}?", text::quote(words), labels.join(" or "));
        Self { text }
    }

    /// A length of time without its unit.
    fn unit(field: &Field, words: &str) -> Self {
        Self::about(field, words, ", in days, weeks or months?")
    }

    /// A share of which nobody said whether it is a month's or a year's.
    fn period(field: &Field, words: &str) -> Self {
        Self::about(field, words, ", a month or a year?")
    }

    /// A share of a shorter time where the field holds a year's.
    fn year(field: &Field, words: &str) -> Self {
        Self::about(field, words, " is no year's; what is it a year?")
    }

    /// What several have together, where the field holds what each one has.
    fn each(field: &Field, words: &str) -> Self {
        Self::about(field, words, ", how many has each?")
    }

    /// What is asked of the words of a field.
    fn about(field: &Field, words: &str, asked: &str) -> Self {
        let text = format!("{}: {}{asked}", field.label(), text::quote(words));
        Self { text }
    }

    fn several(field: &Field, words: &str, slugs: &[&str]) -> Self {
        let labels = slugs
            .iter()
            .filter_map(|slug| field.choice(slug))
            .map(|choice| choice.label);
        let labels: Vec<&str> = labels.collect();
        let words = text::quote(words);
        let text = match labels.split_last() {
            Some((last, others)) if !others.is_empty() => {
                format!(
                    "{}: is {words} {} or {last}?",
                    field.label(),
                    others.join(", ")
                )
            }
            _ => field.question.to_owned(),
        };
        Self { text }
    }
}
