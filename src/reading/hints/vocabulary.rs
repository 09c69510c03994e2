//! The words that messages have taught; whatever else stands in a message is some word, mostly a name.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::reading::quick::Quick;

/// The sign for any other word.
pub(super) const OTHER: &str = "_";

/// Words.
#[derive(Debug, Default)]
pub(in crate::reading) struct Vocabulary(HashSet<String, Quick>);

impl Vocabulary {
    /// The words of the messages to which the hints were fitted.
    pub(in crate::reading) fn get() -> &'static Self {
        static WORDS: LazyLock<Vocabulary> =
            LazyLock::new(|| Vocabulary::of(include_str!("words.txt").lines().map(str::to_owned)));
        &WORDS
    }

    pub(super) fn of(words: impl Iterator<Item = String>) -> Self {
        Self(words.collect())
    }

    /// Whether messages have taught a word.
    pub(in crate::reading) fn has(&self, word: &str) -> bool {
        self.0.contains(word)
    }

    /// A word, or the sign for any other.
    pub(super) fn known<'a>(&self, word: &'a str) -> &'a str {
        let is_word = word.starts_with(char::is_alphabetic);
        if is_word && !self.has(word) {
            OTHER
        } else {
            word
        }
    }
}
