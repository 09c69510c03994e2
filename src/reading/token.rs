//! The words and signs of a clean text.

/// A word or a sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token<'a> {
    /// The folded word or sign.
    pub(super) text: &'a str,
    /// The word without the `s` of a plural or a genitive; a sign as it stands.
    pub(super) key: &'a str,
    /// Where it begins in the clean text.
    pub(super) start: usize,
    /// Whether it is a word or a number, and not a sign.
    pub(super) is_word: bool,
    /// Whether white space or a sign stands before it.
    pub(super) spaced: bool,
}

impl Token<'_> {
    /// Where it ends in the clean text.
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// A word has about so many letters.
const LETTERS: usize = 4;

/// Splits a clean text.
pub(super) fn split(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::with_capacity(text.len() / LETTERS);
    let mut rest = text;
    let mut spaced = true;
    while let Some(letter) = rest.chars().next() {
        if letter == ' ' {
            spaced = true;
            rest = &rest[1..];
            continue;
        }
        let start = text.len() - rest.len();
        let length = if letter.is_alphanumeric() {
            word_end(rest)
        } else {
            letter.len_utf8()
        };
        let word = &rest[..length];
        let is_word = letter.is_alphanumeric();
        tokens.push(Token {
            text: word,
            key: if is_word { key(word) } else { word },
            start,
            is_word,
            spaced,
        });
        spaced = false;
        rest = &rest[length..];
    }
    tokens
}

/// Where a word ends; an apostrophe within it belongs to it.
fn word_end(rest: &str) -> usize {
    let mut letters = rest.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let inner = letter == '\'' && letters.peek().is_some_and(|(_, next)| next.is_alphabetic());
        if !letter.is_alphanumeric() && !inner {
            return at;
        }
    }
    rest.len()
}

/// Words ending in `s` that are no plurals.
fn key(word: &str) -> &str {
    let word = word.strip_suffix("'s").unwrap_or(word);
    if let Some(stem) = word.strip_suffix("es").filter(|stem| stem.ends_with("ss")) {
        return stem;
    }
    match word.strip_suffix('s') {
        Some(stem) if stem.chars().count() > 1 && !stem.ends_with('s') && !stem.contains('\'') => {
            stem
        }
        _ => word,
    }
}
