//! Words and phrases of a list, found where they stand in a text: by their first words, of which most texts
//! have none.

use std::collections::HashMap;
use std::ops::Range;

use serde::Deserialize;

use super::quick::{Glance, Quick};

/// A list of words and phrases.
#[derive(Debug, Deserialize)]
#[serde(from = "Vec<String>")]
pub(super) struct Phrases {
    by_first: HashMap<String, Vec<String>, Quick>,
    firsts: Glance,
    /// Those that begin with a sign.
    signs: Vec<String>,
}

impl From<Vec<String>> for Phrases {
    fn from(list: Vec<String>) -> Self {
        let mut phrases = Self {
            by_first: HashMap::default(),
            firsts: Glance::default(),
            signs: Vec::new(),
        };
        for phrase in list {
            let first = first_word(&phrase).to_owned();
            if first.is_empty() {
                phrases.signs.push(phrase);
            } else {
                phrases.firsts.add(&first);
                phrases.by_first.entry(first).or_default().push(phrase);
            }
        }
        phrases
    }
}

impl Phrases {
    /// Whether the words are one of them.
    pub(super) fn contains(&self, phrase: &str) -> bool {
        let known = self.known(first_word(phrase)).iter();
        known.chain(&self.signs).any(|it| it == phrase)
    }

    /// Whether two words after each other are one of them.
    pub(super) fn contain_pair(&self, first: &str, second: &str) -> bool {
        let behind = |it: &str| Some(it.strip_prefix(first)?.strip_prefix(' ')? == second);
        let mut known = self.known(first_word(first)).iter();
        known.any(|it| behind(it) == Some(true))
    }

    /// Whether one of them begins with the word with which the text begins.
    pub(super) fn begin_like(&self, text: &str) -> bool {
        !self.known(first_word(text)).is_empty()
    }

    /// Whether one of them stands in the text as words of its own.
    pub(super) fn stand_in(&self, text: &str) -> bool {
        self.standing_in(text).next().is_some()
    }

    /// Those that stand in the text as words of their own.
    pub(super) fn standing_in<'a>(&'a self, text: &'a str) -> impl Iterator<Item = &'a str> {
        let signs = self.signs.iter().filter(|it| find(text, it).is_some());
        let signs = signs.map(String::as_str);
        let words = words(text).flat_map(|it| self.worded(&text[it.start..], it.len()));
        words.chain(signs)
    }

    /// Those with which the text begins.
    pub(super) fn beginning<'a>(&'a self, text: &'a str) -> impl Iterator<Item = &'a str> {
        let signs = self.signs.iter().filter(|it| stands_at(text, it));
        let worded = self.worded(text, first_word(text).len());
        worded.chain(signs.map(String::as_str))
    }

    /// Those with which the text begins, whose first word is so long.
    fn worded<'a>(&'a self, text: &'a str, first: usize) -> impl Iterator<Item = &'a str> {
        let known = self.known(&text[..first]).iter().map(String::as_str);
        known.filter(|it| stands_at(text, it))
    }

    /// Those that begin with a word.
    fn known(&self, first: &str) -> &[String] {
        if self.firsts.may_have(first) {
            self.by_first.get(first).map_or(&[], Vec::as_slice)
        } else {
            &[]
        }
    }
}

/// Whether the words stand in the text as words of their own.
pub(super) fn has(text: &str, phrase: &str) -> bool {
    find(text, phrase).is_some()
}

/// Where the words stand in the text as words of their own.
pub(super) fn find(text: &str, phrase: &str) -> Option<usize> {
    let first = phrase.chars().next()?;
    let mut from = 0;
    // Looking for one letter first is much faster than for a phrase, of which most texts have none.
    while let Some(at) = text.get(from..)?.find(first).map(|at| from + at) {
        let before = text[..at].chars().next_back();
        if !before.is_some_and(is_of_word) && stands_at(&text[at..], phrase) {
            return Some(at);
        }
        from = at + first.len_utf8();
    }
    None
}

/// Whether the text begins with the phrase, and no word of it goes on.
fn stands_at(text: &str, phrase: &str) -> bool {
    let after = text.strip_prefix(phrase);
    after.is_some_and(|after| !after.starts_with(is_of_word))
}

fn is_of_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '\''
}

/// How long the letter of a word is that stands there; nothing where a sign does.
fn letter_at(text: &str, at: usize) -> Option<usize> {
    match *text.as_bytes().get(at)? {
        byte if byte.is_ascii() => is_of_word(byte.into()).then_some(1),
        _ => {
            let letter = text[at..].chars().next().filter(|it| is_of_word(*it))?;
            Some(letter.len_utf8())
        }
    }
}

/// Where the word ends whose letters begin there.
fn word_end(text: &str, mut at: usize) -> usize {
    while let Some(length) = letter_at(text, at) {
        at += length;
    }
    at
}

/// The letters with which a text begins; none where it begins with a sign.
fn first_word(text: &str) -> &str {
    &text[..word_end(text, 0)]
}

/// Where each word of a text stands.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        while letter_at(text, at).is_none() {
            at += text.get(at..)?.chars().next()?.len_utf8();
        }
        let start = at;
        at = word_end(text, start);
        Some(start..at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_stands_as_words_of_its_own_only() {
        let list = ["last year", "was", "/s", "didn't"].map(str::to_owned);
        let phrases = Phrases::from(list.to_vec());
        let check = |text: &str, expected: &[&str]| {
            let found: Vec<&str> = phrases.standing_in(text).collect();
            assert_eq!(found, expected, "{text}");
        };
        check("it was 5% last year", &["was", "last year"]);
        check("it wasn't, at last years ago", &[]);
        check("we didn't /s", &["didn't", "/s"]);
        check("last", &[]);
        assert!(phrases.contains("last year") && !phrases.contains("last"));
        assert!(phrases.contains("/s") && !phrases.contains(""));
        assert!(phrases.contain_pair("last", "year") && !phrases.contain_pair("last", ""));
        assert_eq!(phrases.beginning("was it last year").next(), Some("was"));
        check("", &[]);
    }
}
