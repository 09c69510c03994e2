//! Why words could not be read, with the place of the fault and something that works.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

/// How many letters of the input are shown on each side of a fault.
const AROUND: usize = 30;

/// Words that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{problem}\n\n{}\n\nThis works: {example}", self.excerpt())]
pub struct ParseError {
    /// The words as they came.
    pub input: Box<str>,
    /// Where the fault stands, in bytes of `input`; empty where something is missing.
    pub at: Range<usize>,
    /// What was understood before the fault; may be empty.
    pub understood: Box<str>,
    /// What is wrong, as a sentence.
    pub problem: String,
    /// Whole commands, without the command's name, that may have been meant; best first.
    pub suggestions: Vec<String>,
    /// One command, without the command's name, that works.
    pub example: String,
}

impl ParseError {
    /// The text around the fault on one line, and a mark below the fault on the next; for a
    /// fixed-width face.
    pub fn excerpt(&self) -> String {
        let before = line(&self.input[..self.at.start]);
        let fault = line(&self.input[self.at.clone()]);
        let after = line(&self.input[self.at.end..]);
        let (before, fault, after) = (end_of(&before), start_of(&fault), start_of(&after));
        let (indent, width) = (width(&before), width(&fault).max(1));
        let text = format!("{before}{fault}{after}");
        format!(
            "{}\n{}{}",
            text.trim_end(),
            " ".repeat(indent),
            "^".repeat(width)
        )
    }
}

/// One line, with nothing in it that would break out of a code block or shift the mark.
fn line(words: &str) -> String {
    words
        .chars()
        .map(|letter| match letter {
            '`' => '\'',
            letter if letter.is_whitespace() || letter.is_control() => ' ',
            letter => letter,
        })
        .collect()
}

fn width(words: &str) -> usize {
    words.graphemes(true).count()
}

fn start_of(words: &str) -> String {
    match words.grapheme_indices(true).nth(AROUND) {
        Some((cut, _)) => format!("{}…", &words[..cut]),
        None => words.to_owned(),
    }
}

fn end_of(words: &str) -> String {
    let extra = width(words).saturating_sub(AROUND);
    match words.grapheme_indices(true).nth(extra) {
        Some((cut, _)) if extra > 0 => format!("…{}", &words[cut..]),
        _ => words.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(input: &str, at: Range<usize>, expected: &str) {
        let error = ParseError {
            input: input.into(),
            at,
            understood: "".into(),
            problem: String::new(),
            suggestions: Vec::new(),
            example: String::new(),
        };
        assert_eq!(error.excerpt(), expected);
    }

    #[test]
    fn the_mark_stands_below_the_fault() {
        check("set prise $49", 4..9, "set prise $49\n    ^^^^^");
        check("set", 3..3, "set\n   ^");
        check("", 0..0, "\n^");
    }

    #[test]
    fn long_text_is_cut_around_the_fault() {
        let input = format!("{} prise {}", "a".repeat(80), "b".repeat(80));
        let expected = format!(
            "…{} prise {}…\n{}^^^^^",
            "a".repeat(29),
            "b".repeat(29),
            " ".repeat(31)
        );
        check(&input, 81..86, &expected);
    }

    #[test]
    fn one_letter_is_one_column_and_nothing_leaves_the_code_block() {
        check("sét\n`x`", 5..8, "sét 'x'\n    ^^^");
    }
}
