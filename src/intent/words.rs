//! Typed text cut into words that remember where they stand.

use std::ops::Range;

use crate::text;

/// Marks that people put around words for looks.
const MARKS: [char; 4] = ['`', '*', '_', '~'];

/// One word of the input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// Where it stands, in bytes of the input.
    pub(super) at: Range<usize>,
    /// Lower case, plain quotes and dashes, no marks around it.
    pub(super) folded: String,
}

/// Cuts `input` at white space, and around `=` and `:`, which may stand between a field and its
/// value. Signs without width are no words.
pub(super) fn split(input: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut begin = None;
    let inner = unwrapped(input);
    let offset = inner.start;
    for (at, letter) in input[inner.clone()].char_indices() {
        let at = at + offset;
        let parts = matches!(letter, '=' | ':');
        if letter.is_whitespace() || parts {
            push(&mut words, input, begin.take().map(|begin| begin..at));
            if parts {
                push(&mut words, input, Some(at..at + letter.len_utf8()));
            }
        } else if begin.is_none() {
            begin = Some(at);
        }
    }
    push(&mut words, input, begin.map(|begin| begin..inner.end));
    words
}

fn push(words: &mut Vec<Word>, input: &str, at: Option<Range<usize>>) {
    let Some(at) = at else { return };
    let folded = text::fold(&input[at.clone()]);
    let bare = folded.trim_matches(MARKS);
    let folded = if bare.is_empty() {
        folded.as_str()
    } else {
        bare
    };
    if !folded.is_empty() {
        let folded = folded.to_owned();
        words.push(Word { at, folded });
    }
}

/// What is left of `input` without the marks that wrap it as a whole: code, bold, italics, quotes.
pub(super) fn unwrapped(input: &str) -> Range<usize> {
    let mut range = trimmed(input, 0..input.len());
    for mark in ["```", "`", "*", "_", "~"] {
        let inner = input[range.clone()]
            .strip_prefix(mark)
            .and_then(|rest| rest.strip_suffix(mark));
        if let Some(inner) = inner.filter(|inner| !inner.contains(mark)) {
            let start = range.start + mark.len();
            range = trimmed(input, start..start + inner.len());
        }
    }
    for (open, close) in [
        ('"', '"'),
        ('\u{201C}', '\u{201D}'),
        ('\u{201E}', '\u{201C}'),
    ] {
        let inner = input[range.clone()]
            .strip_prefix(open)
            .and_then(|rest| rest.strip_suffix(close));
        if let Some(inner) = inner.filter(|inner| !inner.contains([open, close])) {
            let start = range.start + open.len_utf8();
            range = trimmed(input, start..start + inner.len());
        }
    }
    range
}

fn trimmed(input: &str, range: Range<usize>) -> Range<usize> {
    let words = &input[range.clone()];
    let start = range.start + (words.len() - words.trim_start().len());
    let end = start + words.trim().len();
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(input: &str, expected: &[&str]) {
        let words: Vec<_> = split(input).into_iter().map(|word| word.folded).collect();
        assert_eq!(words, expected, "{input:?}");
    }

    #[test]
    fn words_are_cut_at_any_white_space() {
        check("", &[]);
        check("  set\u{a0}price\n$49/mo ", &["set", "price", "$49/mo"]);
        check("\u{200b}", &[]);
    }

    #[test]
    fn signs_between_field_and_value_are_words() {
        check("set price=$49", &["set", "price", "=", "$49"]);
        check("set price: 49", &["set", "price", ":", "49"]);
    }

    #[test]
    fn marks_and_typography_fall_away() {
        check("*Set* `price` 5–30", &["set", "price", "5-30"]);
        check("`set price $49`", &["set", "price", "$49"]);
        check("```\nset price $49\n```", &["set", "price", "$49"]);
        check("*bold* and *bold*", &["bold", "and", "bold"]);
        check("set win_rate_", &["set", "win_rate"]);
        check("* **", &["*", "**"]);
    }

    #[test]
    fn a_word_knows_its_place() {
        let input = " *sét* x";
        let places: Vec<_> = split(input).into_iter().map(|w| &input[w.at]).collect();
        assert_eq!(places, ["*sét*", "x"]);
    }
}
