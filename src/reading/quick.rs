//! A hash for the words of tables that are fixed when the program is built: nobody outside can fill them, so
//! that it need not withstand words that somebody chose.

use std::hash::BuildHasherDefault;

use crate::text::Fnv;

/// Makes the hashes.
pub(super) type Quick = BuildHasherDefault<Fnv>;

/// How long the words of a table are and with which letters they begin: most words are told from them at a glance.
#[derive(Debug, Default)]
pub(super) struct Glance {
    lengths: u64,
    letters: [u64; 4],
}

impl Glance {
    fn place(word: &str) -> Option<(u64, usize, u64)> {
        let letter = *word.as_bytes().first()?;
        let length = 1 << word.len().min(63);
        Some((length, usize::from(letter / 64), 1 << (letter % 64)))
    }

    /// Takes in a word of the table.
    pub(super) fn add(&mut self, word: &str) {
        if let Some((length, part, letter)) = Self::place(word) {
            self.lengths |= length;
            self.letters[part] |= letter;
        }
    }

    /// Whether a word may stand in the table; the empty one does not.
    pub(super) fn may_have(&self, word: &str) -> bool {
        Self::place(word).is_some_and(|(length, part, letter)| {
            self.lengths & length != 0 && self.letters[part] & letter != 0
        })
    }
}
