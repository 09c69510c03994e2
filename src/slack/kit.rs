//! The blocks and elements that the bot writes. A value of these types keeps Slack's limits:
//! there is no other way to make one.

use serde::Serialize;
use serde_json::{Value, json};

pub use super::chart::Chart;
use super::mrkdwn::length;
use crate::advisor::Target;
use crate::ident::{Channel, MessageTs, OutboxId};

/// Slack's limits less five in a hundred, since it does not say what it counts as a character.
pub mod limit {
    /// Characters of a message's text.
    pub const TEXT: usize = 3_800;
    /// Characters of a section's text.
    pub const SECTION: usize = 2_850;
    /// Characters of one of a section's fields, and of small print.
    pub const FIELD: usize = 1_900;
    /// Fields of a section.
    pub const FIELDS: usize = 10;
    /// Characters of a header.
    pub const HEADER: usize = 142;
    /// Characters of fixed-width text in one block.
    pub const VERBATIM: usize = 2_850;
    /// Characters of what a button says.
    pub const LABEL: usize = 71;
    /// Characters of what a button carries.
    pub const VALUE: usize = 1_900;
    /// Characters of a link's address.
    pub const URL: usize = 2_850;
    /// Elements of a row of buttons.
    pub const BUTTONS: usize = 25;
    /// Blocks of a message; counted exactly.
    pub const BLOCKS: usize = 50;
}

/// Text that is shown as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename = "plain_text")]
pub struct Plain {
    text: String,
}

/// Text with Slack's markup, in which everything that people wrote is escaped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename = "mrkdwn")]
pub struct Mrkdwn {
    text: String,
    /// Names and addresses in the text stay words; only the markup makes links.
    verbatim: bool,
}

impl Mrkdwn {
    fn within(text: String, limit: usize) -> Option<Self> {
        let fits = !text.trim().is_empty() && length(&text) <= limit;
        fits.then_some(Self {
            text,
            verbatim: true,
        })
    }

    /// Text for a section.
    pub fn section(text: String) -> Option<Self> {
        Self::within(text, limit::SECTION)
    }

    /// Text for a field, or for small print.
    pub fn field(text: String) -> Option<Self> {
        Self::within(text, limit::FIELD)
    }
}

/// A block of a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Block {
    /// A heading.
    Header(Header),
    /// A paragraph, or fields side by side.
    Section(Section),
    /// Small print.
    Context(Context),
    /// A line.
    Divider {},
    /// Buttons.
    Actions(Actions),
    /// Fixed-width text.
    RichText(RichText),
    /// Lines over time.
    DataVisualization(Chart),
}

/// A heading's content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Header {
    text: Plain,
}

/// A section's content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Section {
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<Mrkdwn>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fields: Vec<Mrkdwn>,
}

/// Small print's content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Context {
    elements: [Mrkdwn; 1],
}

/// A row of buttons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Actions {
    elements: Vec<Button>,
}

/// A button that runs a command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename = "button")]
pub struct Button {
    action_id: String,
    text: Plain,
    value: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    style: Option<&'static str>,
}

/// Fixed-width text's content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RichText {
    elements: [Preformatted; 1],
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename = "rich_text_preformatted")]
struct Preformatted {
    elements: Vec<Run>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename = "text")]
struct Run {
    text: String,
}

impl Block {
    /// A heading; `None` for words that do not fit one or could be read as markup.
    pub fn header(words: &str) -> Option<Self> {
        let fits = !words.trim().is_empty()
            && length(words) <= limit::HEADER
            && !words.contains(['<', '>', '&', '\n']);
        fits.then(|| {
            Self::Header(Header {
                text: Plain {
                    text: words.to_owned(),
                },
            })
        })
    }

    /// A paragraph.
    pub fn section(text: Mrkdwn) -> Self {
        Self::Section(Section {
            text: Some(text),
            fields: Vec::new(),
        })
    }

    /// Fields side by side, in as many sections as it takes.
    pub fn fields(fields: &[Mrkdwn]) -> impl Iterator<Item = Self> {
        fields.chunks(limit::FIELDS).map(|fields| {
            Self::Section(Section {
                text: None,
                fields: fields.to_vec(),
            })
        })
    }

    /// Small print.
    pub fn context(text: Mrkdwn) -> Self {
        Self::Context(Context { elements: [text] })
    }

    /// Buttons, in as many rows as it takes.
    pub fn actions(buttons: &[Button]) -> impl Iterator<Item = Self> {
        buttons.chunks(limit::BUTTONS).map(|buttons| {
            Self::Actions(Actions {
                elements: buttons.to_vec(),
            })
        })
    }

    /// Fixed-width text, not longer than [`limit::VERBATIM`].
    pub fn verbatim(words: &str) -> Option<Self> {
        let fits = !words.trim().is_empty() && length(words) <= limit::VERBATIM;
        fits.then(|| {
            Self::RichText(RichText {
                elements: [Preformatted {
                    elements: runs(words),
                }],
            })
        })
    }

    /// Whether it is a chart, which not every workspace takes.
    pub fn is_chart(&self) -> bool {
        matches!(self, Self::DataVisualization(_))
    }

    /// Whether it only announces what follows.
    pub fn announces(&self) -> bool {
        matches!(self, Self::Header(_) | Self::Divider {})
    }
}

/// Words in runs that never hold the start of a mention whole. Slack reads none in this place
/// anyway; this keeps it so for whoever handles the JSON on the way.
fn runs(words: &str) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut rest = words;
    while let Some(at) = rest.find("<!").or_else(|| rest.find("<@")) {
        let at = rest.find("<@").map_or(at, |other| other.min(at));
        runs.push(&rest[..=at]);
        rest = &rest[at + 1..];
    }
    runs.push(rest);
    let full = runs.into_iter().filter(|run| !run.is_empty());
    full.map(|run| Run {
        text: run.to_owned(),
    })
    .collect()
}

impl Button {
    /// A button; `number` tells it from the others in its message. `None` if it carries no words
    /// or more than fit: a command is never cut.
    pub fn new(button: &crate::render::Button, number: usize) -> Option<Self> {
        let value = button.words.trim();
        if value.is_empty() || length(value) > limit::VALUE {
            return None;
        }
        let label = crate::render::one_line(&button.label);
        let label = if label.is_empty() { value } else { &label };
        let label = super::mrkdwn::cut(label, limit::LABEL);
        Some(Self {
            action_id: format!("run.{number}"),
            text: Plain {
                text: label.replace('<', "‹").replace('>', "›"),
            },
            value: value.to_owned(),
            style: button.primary.then_some("primary"),
        })
    }
}

/// A message that fits: never empty, never too long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    text: String,
    blocks: Vec<Block>,
}

/// How a reply to a command or click is shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shown {
    /// By the whole channel.
    pub everyone: bool,
    /// In the place of the message that it answers.
    pub replaces: bool,
    /// In this thread, where it is seen by everyone.
    pub thread: Option<MessageTs>,
}

impl Message {
    /// A message of blocks, with the same as text. `text` is escaped and must have words in it.
    pub(super) fn new(text: String, mut blocks: Vec<Block>) -> Self {
        debug_assert!(!text.trim().is_empty() && length(&text) <= limit::TEXT);
        debug_assert!(blocks.len() <= limit::BLOCKS);
        blocks.truncate(limit::BLOCKS);
        Self { text, blocks }
    }

    /// The same content as text alone, for when the blocks are refused.
    #[must_use]
    pub fn as_text(&self) -> Self {
        Self {
            text: self.text.clone(),
            blocks: Vec::new(),
        }
    }

    /// The same content with less that can be refused: without its charts, then as text alone.
    pub fn simpler(&self) -> Vec<Self> {
        let mut simpler = Vec::new();
        if self.blocks.iter().any(Block::is_chart) {
            let told = self.blocks.iter().filter_map(|block| match block {
                Block::DataVisualization(chart) => chart.words().map(Block::context),
                other => Some(other.clone()),
            });
            simpler.push(Self {
                text: self.text.clone(),
                blocks: told.collect(),
            });
        }
        if self.has_blocks() {
            simpler.push(self.as_text());
        }
        simpler
    }

    /// Whether there is more to it than text.
    pub fn has_blocks(&self) -> bool {
        !self.blocks.is_empty()
    }

    /// The message as a post; `key` makes it recognisable later.
    pub fn post(&self, channel: &Channel, thread: Option<&MessageTs>, key: &OutboxId) -> Value {
        let mut body = self.content();
        body["channel"] = json!(channel);
        body["unfurl_links"] = json!(false);
        body["unfurl_media"] = json!(false);
        body["metadata"] = json!({"event_type": METADATA_TYPE, "event_payload": {"key": key}});
        if let Some(thread) = thread {
            body["thread_ts"] = json!(thread);
        }
        body
    }

    /// The message as an answer to a command or click, in the response itself or at its address.
    pub fn reply(&self, shown: &Shown) -> Value {
        let mut body = self.content();
        body["response_type"] = json!(if shown.everyone {
            "in_channel"
        } else {
            "ephemeral"
        });
        body["replace_original"] = json!(shown.replaces);
        if let Some(thread) = &shown.thread
            && shown.everyone
            && !shown.replaces
        {
            body["thread_ts"] = json!(thread);
        }
        body
    }

    fn content(&self) -> Value {
        let mut body = json!({"text": self.text});
        if self.has_blocks() {
            body["blocks"] = json!(self.blocks);
        }
        body
    }
}

/// The kind of metadata on the bot's posts.
pub const METADATA_TYPE: &str = "gtm_reply";

/// A short note for whoever pressed or typed something, without a document behind it.
pub fn notice(words: &str) -> Value {
    let text = super::mrkdwn::cut(&super::mrkdwn::escape(words), limit::TEXT);
    json!({"response_type": "ephemeral", "replace_original": false, "text": text})
}

/// Where and how a stored effect's reply is shown.
impl From<&Target> for Shown {
    fn from(target: &Target) -> Self {
        match target {
            Target::Response {
                everyone,
                replaces,
                thread,
                ..
            } => Self {
                everyone: *everyone,
                replaces: *replaces,
                thread: thread.clone(),
            },
            Target::Post { thread } => Self {
                everyone: true,
                replaces: false,
                thread: thread.clone(),
            },
            Target::Below { .. } | Target::Person => Self::default(),
        }
    }
}
