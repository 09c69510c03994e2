//! Typing errors: the known word that an unknown one is a slip of.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::hash::ByWord;
use crate::text::distance;

/// Known words by first letter and length, so that a slip is compared with few of them.
#[derive(Debug, Default)]
pub(super) struct Spelling {
    words: ByWord<(u8, usize), Vec<Known>>,
}

#[derive(Debug)]
struct Known {
    word: Box<str>,
    letters: u32,
}

/// The most words of one first letter and length that are compared.
const MOST_COMPARED: usize = 400;

impl Spelling {
    /// Learns a word that it does not know yet.
    pub(super) fn learn(&mut self, word: &str) {
        let Some(first) = word.bytes().next().filter(|_| word.is_ascii()) else {
            return;
        };
        let same = self.words.entry((first, word.len())).or_default();
        if same.len() < MOST_COMPARED {
            same.push(Known {
                word: word.into(),
                letters: letters(word),
            });
        }
    }

    /// The word that this one is most likely a slip of.
    pub(super) fn correct(&self, word: &str) -> Option<&str> {
        if is_english(word) {
            return None;
        }
        let allowed = match word.len() {
            0..=3 => return None,
            4..=6 => 1,
            _ => 2,
        };
        let first = word.bytes().next()?;
        let of_word = letters(word);
        let lengths = word.len() - allowed..=word.len() + allowed;
        let near = lengths
            .filter_map(|length| self.words.get(&(first, length)))
            .flatten()
            .filter(|known| (known.letters ^ of_word).count_ones() as usize <= 2 * allowed)
            .map(|known| &*known.word)
            .filter(|known| shares_letters(word, known, allowed))
            .map(|known| (distance(word, known), known))
            .filter(|(slips, _)| *slips <= allowed);
        near.min().map(|(_, known)| known)
    }

    /// How many bytes it takes, about.
    pub(super) fn bytes(&self) -> usize {
        let words = self.words.values().flatten();
        words
            .map(|known| known.word.len() + size_of::<Known>())
            .sum()
    }
}

/// English words that look like slips of words of going to market, and are none.
const ENGLISH: &str = include_str!("../../knowledge/english.txt");

/// Whether a word is right as it stands.
fn is_english(word: &str) -> bool {
    static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
        let lines = ENGLISH.lines().filter(|line| !line.starts_with('#'));
        lines.flat_map(str::split_whitespace).collect()
    });
    WORDS.contains(word)
}

/// Which letters stand in a word, a bit each; signs share bits. A letter that only one of two
/// words has is at least half a slip.
fn letters(word: &str) -> u32 {
    word.bytes()
        .fold(0, |letters, letter| letters | 1 << (letter % 32))
}

/// Whether two words have so many letters in common that so few slips could part them.
fn shares_letters(one: &str, other: &str, allowed: usize) -> bool {
    let mut counts = [0_i8; 256];
    for letter in one.bytes() {
        counts[usize::from(letter)] = counts[usize::from(letter)].saturating_add(1);
    }
    for letter in other.bytes() {
        counts[usize::from(letter)] = counts[usize::from(letter)].saturating_sub(1);
    }
    let apart: usize = counts.iter().map(|n| usize::from(n.unsigned_abs())).sum();
    apart <= 2 * allowed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_its_word() {
        let mut spelling = Spelling::default();
        for word in [
            "pricing",
            "position",
            "positioning",
            "churn",
            "retention",
            "field",
        ] {
            spelling.learn(word);
        }
        let check = |word: &str, expected: Option<&str>| {
            assert_eq!(spelling.correct(word), expected, "{word}");
        };
        check("prcing", Some("pricing"));
        check("positionning", Some("positioning"));
        check("chrun", Some("churn"));
        check("retension", Some("retention"));
        check("feild", Some("field"));
        check("weather", None);
        check("cac", None);
    }
}
