//! An entry of the library, as its page says it.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::Deserialize;

use crate::sources::{Confidence, SourceRef};

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryKind {
    /// What something is, and why it matters.
    Concept,
    /// How to do something.
    HowTo,
    /// Things side by side.
    Comparison,
    /// A formula with a worked example.
    Formula,
    /// A word, with its senses.
    Term,
    /// A mistake: symptom, result, remedy.
    Mistake,
    /// A published figure, with its segment, year and caveat.
    Benchmark,
    /// What two sources say differently, and which of them the bot follows.
    Disagreement,
    /// What the sources name but do not contain.
    Gap,
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its name, fixed for good: the slug of its page.
    pub id: String,
    /// The folder of its page.
    pub topic: String,
    /// Its title.
    pub title: String,
    /// What it is.
    pub kind: EntryKind,
    /// Words under which it belongs.
    pub tags: Vec<String>,
    /// What people call it.
    pub aliases: Vec<String>,
    /// The entry in one sentence.
    pub summary: String,
    /// How sure its sources are.
    pub confidence: Confidence,
    /// When somebody last read it against its sources.
    pub reviewed: Date,
    /// Entries to read next.
    pub related: Vec<String>,
    /// The stages that it is about; none means all.
    pub stages: Vec<String>,
    /// The plan's fields that it speaks about.
    pub fields: Vec<String>,
    /// Its sections, in order.
    pub sections: Vec<Section>,
}

/// One section: what is found and cited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its name within the entry, fixed for good.
    pub anchor: String,
    /// Its heading.
    pub heading: String,
    /// Its text, in Markdown.
    pub body: String,
    /// Where it comes from.
    pub sources: Vec<SourceRef>,
    /// The questions that it answers, in the words of people who have not read it.
    pub questions: Vec<String>,
    /// More of them, as people put it who do not know its words.
    pub voices: Vec<String>,
}

/// For so many months an entry counts as read against its sources.
const FRESH: i32 = 12;

impl Entry {
    /// Whether nobody has read it against its sources for more than a year.
    pub fn is_stale(&self, today: Date) -> bool {
        let until = self.reviewed.checked_add(FRESH.months());
        until.is_ok_and(|until| until < today)
    }

    /// How sure its sources are, and how long ago somebody looked.
    pub fn standing(&self, today: Date) -> String {
        let (confidence, reviewed) = (self.confidence.as_str(), self.reviewed);
        if self.is_stale(today) {
            format!(
                "Confidence: {confidence} · last reviewed {reviewed}, more than {FRESH} months ago"
            )
        } else {
            format!("Confidence: {confidence} · reviewed {reviewed}")
        }
    }
}

impl Section {
    /// All questions that it answers, the listed ones first.
    pub fn asked(&self) -> impl Iterator<Item = &String> {
        self.questions.iter().chain(&self.voices)
    }

    /// The first paragraph: the answer in short.
    pub fn answer(&self) -> &str {
        self.body.split("\n\n").next().unwrap_or_default().trim()
    }
}
