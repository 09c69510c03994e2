//! The TOML block of a Markdown document; an exported document carries one, so that it can be
//! imported again. What else the document says is for people.

use std::ops::Range;

use super::Problem;

/// The bytes within the one fenced block whose language is `toml`.
pub(super) fn toml_block(text: &str) -> Result<Range<usize>, Vec<Problem>> {
    let blocks = fenced_blocks(text);
    let mut toml = blocks.into_iter().filter(|block| block.is_toml);
    let Some(block) = toml.next() else {
        let message = "the document has no plan in it: a fenced block that begins with ```toml";
        return Err(vec![Problem::new(0, message)]);
    };
    let others: Vec<Problem> = toml
        .map(|other| Problem::new(other.fence, "a second block of toml; a plan is one block"))
        .collect();
    if !others.is_empty() {
        return Err(others);
    }
    if !block.is_closed {
        let message = "the block of toml that begins here never ends; the file seems to be cut";
        return Err(vec![Problem::new(block.fence, message)]);
    }
    Ok(block.content)
}

/// A fenced block.
struct Block {
    /// The byte where its fence begins.
    fence: usize,
    is_toml: bool,
    is_closed: bool,
    content: Range<usize>,
}

/// The fenced blocks of a document; one that is never closed reaches to the end.
fn fenced_blocks(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut open: Option<&str> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let end = at + line.len();
        let fence = fence_of(line);
        match (open, fence, blocks.last_mut()) {
            (Some(opened), Some((marks, "")), Some(block)) if marks.starts_with(opened) => {
                block.content.end = at;
                block.is_closed = true;
                open = None;
            }
            (Some(_), _, Some(block)) => block.content.end = end,
            (None, Some((marks, language)), _) => {
                let is_toml = language.eq_ignore_ascii_case("toml");
                blocks.push(Block {
                    fence: at,
                    is_toml,
                    is_closed: false,
                    content: end..end,
                });
                open = Some(marks);
            }
            _ => {}
        }
        at = end;
    }
    blocks
}

/// The marks of a fence and the first word after them, if the line is one.
fn fence_of(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_end();
    let indent = line.len() - line.trim_start_matches(' ').len();
    let line = line.trim_start_matches(' ');
    let mark = line
        .chars()
        .next()
        .filter(|mark| matches!(mark, '`' | '~'))?;
    let marks = &line[..line.len() - line.trim_start_matches(mark).len()];
    if marks.len() < 3 || indent > 3 {
        return None;
    }
    let language = line[marks.len()..]
        .split_whitespace()
        .next()
        .unwrap_or_default();
    Some((marks, language))
}
