//! `export`: the plan as a file, as text in the answer.

use super::case::Case;
use super::prose::{counted, sentence};
use crate::plan::{self, FileFormat};
use crate::render::{Block, Document};

/// The most letters of one block of text.
const BLOCK: usize = 2_500;

/// How many such blocks an answer has.
const MOST_BLOCKS: usize = 4;

/// The plan in that form, cut between lines where it is too long for an answer.
pub(super) fn document(case: &Case<'_>, format: FileFormat) -> Document {
    let text = plan::write_file(&case.plan, format);
    let parts = parts(&text);
    let shown: usize = parts
        .iter()
        .take(MOST_BLOCKS)
        .map(|part| part.lines().count())
        .sum();
    let all = text.lines().count();
    let name = format.as_str();
    let mut blocks: Vec<_> = parts
        .into_iter()
        .take(MOST_BLOCKS)
        .map(Block::Verbatim)
        .collect();
    let is_whole = shown == all;
    if !is_whole {
        blocks.push(Block::Note(sentence(&format!(
            "This is cut: {shown} of {}. It can't be imported like this. Whoever runs the bot gets all of it by `gtm-advisor backup`; a component alone is shown by `{}`.",
            counted(all, "line"),
            case.typed("plan pricing")
        ))));
    }
    let headline = match (text.trim().is_empty(), is_whole) {
        (true, _) => "The plan is empty, and so is its file.".to_owned(),
        (false, true) => format!("The plan as {name}, {}:", counted(all, "line")),
        (false, false) => format!("The beginning of the plan as {name}:"),
    };
    Document { headline, blocks }
}

/// The text in parts that end with a line.
fn parts(text: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for line in text.lines() {
        let line = super::prose::cut(line, BLOCK - 1);
        match parts.last_mut() {
            Some(part) if part.chars().count() + line.chars().count() < BLOCK => {
                part.push('\n');
                part.push_str(&line);
            }
            _ => parts.push(line),
        }
    }
    parts
}
