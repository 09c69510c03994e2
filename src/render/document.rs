//! The document tree. It knows nothing of Slack; user text enters it as plain words only.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::ident::{Channel, MessageTs, Person};

/// One message: a line that says it all, then the detail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// The verdict in one line; what a notification shows and a screen reader speaks first.
    pub headline: String,
    /// The body, in order.
    pub blocks: Vec<Block>,
}

/// One part of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    /// A heading.
    Heading(String),
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A list of paragraphs.
    Bullets(Vec<Vec<Inline>>),
    /// Names and values, side by side where there is room.
    Rows(Vec<Row>),
    /// Words in a fixed-width face, kept as they are.
    Verbatim(String),
    /// Small print: sources, arithmetic, who and when.
    Note(Vec<Inline>),
    /// Figures over time: lines where the surface draws them, numbers elsewhere.
    Trend(Trend),
    /// A line between parts.
    Rule,
    /// Things to press; each runs a command as if typed by whoever presses it.
    Actions(Vec<Button>),
}

/// Figures over time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trend {
    /// What they are.
    pub title: String,
    /// The points in time, oldest first, each in a word or two.
    pub at: Vec<String>,
    /// The figures.
    pub lines: Vec<TrendLine>,
}

/// One figure over time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrendLine {
    /// What it is.
    pub name: String,
    /// Its value at each of the points; none where there was none.
    pub values: Vec<Option<i64>>,
}

impl Trend {
    /// The figures as numbers, a line each.
    pub fn words(&self) -> String {
        let span = match self.at.as_slice() {
            [] => String::new(),
            [only] => format!(" ({only})"),
            [first, .., last] => format!(" ({first} to {last})"),
        };
        let lines = self.lines.iter().map(|line| {
            let values = line.values.iter();
            let values = values.map(|it| it.map_or_else(|| "–".to_owned(), |it| it.to_string()));
            format!("{}: {}", line.name, values.collect::<Vec<_>>().join(", "))
        });
        let lines: Vec<_> = lines.collect();
        format!("{}{span}. {}", self.title, lines.join(" · "))
    }
}

/// A name and its value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// What it is.
    pub name: String,
    /// What it holds.
    pub value: Vec<Inline>,
}

/// A run of words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Inline {
    /// Words with a weight.
    Words(String, Emphasis),
    /// Something to type, letter by letter.
    Code(String),
    /// A link to a web page or message; anything but `http(s)` is shown as words.
    Link {
        /// The words to press.
        label: String,
        /// Where it leads.
        url: String,
    },
    /// The way to a message; where the surface knows none, its label stands alone.
    Message {
        /// The words to press.
        label: String,
        /// The channel of the message.
        channel: Channel,
        /// The message.
        ts: MessageTs,
        /// The root of its thread, for a reply.
        thread: Option<MessageTs>,
    },
    /// A channel, shown by name where the surface can; elsewhere its label stands alone.
    Channel {
        /// The words in place of its name.
        label: String,
        /// The channel.
        channel: Channel,
    },
    /// A person, shown by name and never pinged.
    Person(Person),
    /// A person who is pinged, where the surface can; elsewhere shown by name.
    Ping(Person),
    /// An instant, shown in the reader's own zone where the surface can.
    When(Timestamp),
}

/// The weight of some words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Emphasis {
    /// As the rest.
    Plain,
    /// Stands out.
    Strong,
    /// Stands back.
    Soft,
}

/// Something to press.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Button {
    /// What it says (at most 30 characters are sure to be seen).
    pub label: String,
    /// The command it runs, as one would type it after `/gtm`.
    pub words: String,
    /// Whether it is the one that most people want next.
    pub primary: bool,
}

impl Inline {
    /// Words as the rest.
    pub fn plain(words: impl Into<String>) -> Self {
        Self::Words(words.into(), Emphasis::Plain)
    }

    /// Words that stand out.
    pub fn strong(words: impl Into<String>) -> Self {
        Self::Words(words.into(), Emphasis::Strong)
    }

    /// Words that stand back.
    pub fn soft(words: impl Into<String>) -> Self {
        Self::Words(words.into(), Emphasis::Soft)
    }

    /// Something to type, letter by letter.
    pub fn code(words: impl Into<String>) -> Self {
        Self::Code(words.into())
    }
}
