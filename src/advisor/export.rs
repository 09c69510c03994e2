//! `export`: the plan as a file, as text in the answer; what is too long for one answer comes in parts.

use super::act::said;
use super::case::{Answer, Case, button};
use super::prose::{counted, sentence};
use crate::plan::{self, FileFormat};
use crate::render::{Block, Document};

/// The most letters of one block of text.
const BLOCK: usize = 2_500;

/// How many such blocks an answer has.
const MOST_BLOCKS: usize = 4;

/// A part of the plan in that form; the first where none is named.
pub(super) fn answer(case: &Case<'_>, format: FileFormat, part: Option<usize>) -> Answer {
    let text = plan::write_file(&case.plan, format);
    let File { blocks, broken } = File::of(&text);
    let parts: Vec<&[String]> = blocks.chunks(MOST_BLOCKS).collect();
    let number = part.unwrap_or(1);
    let name = format.as_str();
    if parts.is_empty() {
        return Ok(said("The plan is empty, and so is its file.", ""));
    }
    let Some(shown) = number.checked_sub(1).and_then(|place| parts.get(place)) else {
        let works = case.typed(&format!("export {name}"));
        return Err(said(
            &format!("The plan as {name} has {}.", counted(parts.len(), "part")),
            &format!("This works: `{works}`"),
        ));
    };
    let mut blocks: Vec<_> = shown.iter().cloned().map(Block::Verbatim).collect();
    if parts.len() > 1 {
        blocks.push(Block::Note(sentence(
            "The parts in their order, one below the other, are the file.",
        )));
    }
    if broken > 0 {
        let lines = match broken {
            1 => "1 line is".to_owned(),
            n => format!("{n} lines are"),
        };
        blocks.push(Block::Note(sentence(&format!(
            "{lines} too long for one block; join what stands in blocks of its own before you import it."
        ))));
    }
    if number < parts.len() {
        let next = number + 1;
        blocks.push(Block::Actions(vec![button(
            format!("Part {next} of {}", parts.len()),
            format!("export {name} {next}"),
        )]));
    }
    let headline = match parts.len() {
        1 => format!(
            "The plan as {name}, {}:",
            counted(text.lines().count(), "line")
        ),
        n => format!("The plan as {name}, part {number} of {n}:"),
    };
    Ok(Document { headline, blocks })
}

/// The text in blocks that end with a line.
struct File {
    blocks: Vec<String>,
    /// How many lines are longer than a block and stand in several.
    broken: usize,
}

impl File {
    fn of(text: &str) -> Self {
        let mut file = Self {
            blocks: Vec::new(),
            broken: 0,
        };
        let mut is_open = false;
        for line in text.lines() {
            let letters = line.chars().count();
            if letters >= BLOCK {
                file.broken += 1;
                let all: Vec<char> = line.chars().collect();
                let pieces = all.chunks(BLOCK - 1);
                file.blocks
                    .extend(pieces.map(|piece| piece.iter().collect()));
                is_open = false;
                continue;
            }
            match file.blocks.last_mut() {
                Some(block) if is_open && block.chars().count() + letters < BLOCK => {
                    block.push('\n');
                    block.push_str(line);
                }
                _ => file.blocks.push(line.to_owned()),
            }
            is_open = true;
        }
        file
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_hold_all_lines_in_order() {
        let lines: Vec<_> = (0..2_000).map(|n| format!("line {n}")).collect();
        let text = lines.join("\n");
        let file = File::of(&text);
        assert!(
            file.blocks
                .iter()
                .all(|block| block.chars().count() < BLOCK)
        );
        assert_eq!((file.blocks.join("\n"), file.broken), (text, 0));
    }

    #[test]
    fn a_line_longer_than_a_block_stands_in_several_and_is_counted() {
        let long = "ä".repeat(BLOCK * 2);
        let file = File::of(&format!("a\n{long}\nb"));
        assert_eq!(file.broken, 1);
        assert_eq!(file.blocks.first().map(String::as_str), Some("a"));
        assert_eq!(file.blocks.last().map(String::as_str), Some("b"));
        assert_eq!(file.blocks[1..file.blocks.len() - 1].concat(), long);
    }
}
