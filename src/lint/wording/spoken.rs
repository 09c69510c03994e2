//! A text with what is made of it once: many rules read the same words.

use std::ops::Range;
use std::sync::OnceLock;

use super::days::stated_days;
use crate::ratio::Ratio;
use crate::text::fold;

/// A text that rules read.
#[derive(Debug, Default)]
pub(crate) struct Spoken {
    words: String,
    folded: OnceLock<Folded>,
    /// The ends of the longest time that it names, in days, or why there are none.
    days: OnceLock<Result<(Ratio, Ratio), String>>,
}

/// A text in the form in which words are looked up.
#[derive(Debug)]
struct Folded {
    text: String,
    /// Where its words stand.
    words: Vec<Range<usize>>,
}

impl Spoken {
    /// These words.
    pub(crate) fn new(words: impl Into<String>) -> Self {
        Self {
            words: words.into(),
            folded: OnceLock::new(),
            days: OnceLock::new(),
        }
    }

    /// The words as they stand.
    pub(crate) fn words(&self) -> &str {
        &self.words
    }

    /// The low and high end of the longest time that it names, in days.
    pub(crate) fn days(&self) -> Result<(Ratio, Ratio), String> {
        self.days.get_or_init(|| stated_days(&self.words)).clone()
    }

    /// Folded.
    pub(super) fn folded(&self) -> &str {
        &self.once_folded().text
    }

    /// The words, with the hyphens and apostrophes within them.
    pub(super) fn split(&self) -> Vec<&str> {
        let Folded { text, words } = self.once_folded();
        words.iter().map(|word| &text[word.clone()]).collect()
    }

    /// Where these words stand in the folded text.
    pub(super) fn placed(&self) -> Vec<Range<usize>> {
        self.once_folded().words.clone()
    }

    fn once_folded(&self) -> &Folded {
        self.folded.get_or_init(|| {
            let text = fold(&self.words);
            let words = places(&text);
            Folded { text, words }
        })
    }
}

impl PartialEq for Spoken {
    fn eq(&self, other: &Self) -> bool {
        self.words == other.words
    }
}

impl Eq for Spoken {}

/// Where the words of a folded text stand.
fn places(folded: &str) -> Vec<Range<usize>> {
    let mut places = Vec::new();
    let mut begin = None;
    for (at, sign) in folded.char_indices() {
        if sign.is_alphanumeric() || matches!(sign, '-' | '\'' | '%' | '#') {
            begin.get_or_insert(at);
        } else if let Some(begin) = begin.take() {
            places.extend(inner(folded, begin..at));
        }
    }
    places.extend(begin.and_then(|begin| inner(folded, begin..folded.len())));
    places
}

/// A word without the hyphens and apostrophes around it.
fn inner(folded: &str, word: Range<usize>) -> Option<Range<usize>> {
    let around = |sign: &&u8| matches!(**sign, b'-' | b'\'');
    let letters = &folded.as_bytes()[word.clone()];
    let before = letters.iter().take_while(around).count();
    let behind = letters.iter().rev().take_while(around).count();
    (before < letters.len()).then(|| word.start + before..word.end - behind)
}
