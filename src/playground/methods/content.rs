//! What a message says: the arguments that every way of posting shares, checked.

use serde_json::Value;

use crate::playground::args::{Args, Refusal};
use crate::playground::blocks;
use crate::playground::limits;

/// A message's words and blocks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::playground) struct Content {
    pub(in crate::playground) text: String,
    pub(in crate::playground) blocks: Vec<Value>,
}

impl Content {
    /// Reads `text`, `blocks` and `markdown_text`; there has to be one of them.
    pub(in crate::playground) fn read(args: &Args) -> Result<Self, Refusal> {
        let text = args.text("text");
        let blocks = read_blocks(args)?;
        if let Some(markdown) = args.text("markdown_text") {
            if text.is_some() || blocks.is_some() {
                return Err("markdown_text_conflict".into());
            }
            return from_markdown(&markdown);
        }
        let blocks = blocks.unwrap_or_default();
        match text {
            Some(text) => Ok(Self {
                text: cut(&text),
                blocks,
            }),
            None if blocks.is_empty() => Err("no_text".into()),
            None => Ok(Self {
                text: blocks::words(&blocks),
                blocks,
            }),
        }
    }
}

/// The blocks, if there are any, with their ids filled in.
pub(super) fn read_blocks(args: &Args) -> Result<Option<Vec<Value>>, Refusal> {
    let wrong = "invalid_blocks_format";
    let Some(blocks) = args.nested("blocks", wrong)? else {
        return Ok(None);
    };
    let Value::Array(blocks) = blocks else {
        return Err(wrong.into());
    };
    let checked = blocks::check(&blocks);
    checked
        .map(Some)
        .map_err(|messages| Refusal::because("invalid_blocks", messages))
}

fn from_markdown(markdown: &str) -> Result<Content, Refusal> {
    if markdown.chars().count() > limits::MARKDOWN_TEXT.max {
        return Err("msg_too_long".into());
    }
    let block = serde_json::json!({"type": "markdown", "block_id": "~0", "text": markdown});
    Ok(Content {
        text: markdown.to_owned(),
        blocks: vec![block],
    })
}

/// Slack keeps so much of a text and drops the rest without a word.
fn cut(text: &str) -> String {
    text.chars().take(limits::TEXT_CUT.max).collect()
}
