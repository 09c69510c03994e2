//! Words and phrases of a list, found where they stand in a text: by their first words, of which most texts
//! have none.

use std::collections::HashMap;

use serde::Deserialize;

use super::quick::Quick;

/// A list of words and phrases.
#[derive(Debug, Deserialize)]
#[serde(from = "Vec<String>")]
pub(super) struct Phrases {
    by_first: HashMap<String, Vec<String>, Quick>,
    /// Those that begin with a sign.
    signs: Vec<String>,
}

impl From<Vec<String>> for Phrases {
    fn from(list: Vec<String>) -> Self {
        let mut phrases = Self {
            by_first: HashMap::default(),
            signs: Vec::new(),
        };
        for phrase in list {
            let first = first_word(&phrase).to_owned();
            if first.is_empty() {
                phrases.signs.push(phrase);
            } else {
                phrases.by_first.entry(first).or_default().push(phrase);
            }
        }
        phrases
    }
}

impl Phrases {
    /// Whether the words are one of them.
    pub(super) fn contains(&self, phrase: &str) -> bool {
        let known = self.by_first.get(first_word(phrase)).into_iter().flatten();
        known.chain(&self.signs).any(|it| it == phrase)
    }

    /// Whether two words after each other are one of them.
    pub(super) fn contain_pair(&self, first: &str, second: &str) -> bool {
        let known = self.by_first.get(first_word(first)).into_iter().flatten();
        let behind = |it: &str| Some(it.strip_prefix(first)?.strip_prefix(' ')? == second);
        known.into_iter().any(|it| behind(it) == Some(true))
    }

    /// Whether one of them begins with the word with which the text begins.
    pub(super) fn begin_like(&self, text: &str) -> bool {
        self.by_first.contains_key(first_word(text))
    }

    /// Whether one of them stands in the text as words of its own.
    pub(super) fn stand_in(&self, text: &str) -> bool {
        self.standing_in(text).next().is_some()
    }

    /// Those that stand in the text as words of their own.
    pub(super) fn standing_in<'a>(&'a self, text: &'a str) -> impl Iterator<Item = &'a str> {
        let signs = self.signs.iter().filter(|it| find(text, it).is_some());
        let signs = signs.map(String::as_str);
        words(text).flat_map(|it| self.worded(it)).chain(signs)
    }

    /// Those with which the text begins.
    pub(super) fn beginning<'a>(&'a self, text: &'a str) -> impl Iterator<Item = &'a str> {
        let signs = self.signs.iter().filter(|it| stands_at(text, it));
        self.worded(text).chain(signs.map(String::as_str))
    }

    /// Those that begin with the word with which the text begins.
    fn worded<'a>(&'a self, text: &'a str) -> impl Iterator<Item = &'a str> {
        let known = self.by_first.get(first_word(text)).into_iter().flatten();
        let known = known.map(String::as_str);
        known.filter(|it| stands_at(text, it))
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

/// The letters with which a text begins; none where it begins with a sign.
fn first_word(text: &str) -> &str {
    let end = text.find(|letter| !is_of_word(letter));
    &text[..end.unwrap_or(text.len())]
}

/// What stands in a text from each of its words on.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut end = 0;
    let parts = text.split_inclusive(|letter| !is_of_word(letter));
    let starts = parts.map(move |part| {
        end += part.len();
        end - part.len()
    });
    let rests = starts.map(|start| &text[start..]);
    rests.filter(|rest| rest.starts_with(is_of_word))
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
