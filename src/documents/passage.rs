//! Passages: parts of a document that are found, shown and cited each by itself.

use serde::{Deserialize, Serialize};

use super::{Unreadable, limit};

/// What parts two paragraphs of one passage.
const BREAK: &str = "\n\n";

/// One passage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// The heading above it, or its page; empty where there is none.
    pub heading: String,
    /// Its words, in paragraphs.
    pub text: String,
}

/// Gathers passages within the bounds.
#[derive(Debug, Default)]
pub struct Passages {
    heading: String,
    text: String,
    found: Vec<Passage>,
    letters: usize,
}

impl Passages {
    /// What follows stands below this heading.
    pub fn heading(&mut self, words: &str) {
        self.close();
        self.heading = tidy(words).chars().take(limit::TITLE).collect();
    }

    /// A paragraph.
    pub fn paragraph(&mut self, words: &str) -> Result<(), Unreadable> {
        let words = tidy(words);
        self.letters += words.len();
        if self.letters > limit::LETTERS {
            return Err(Unreadable::TooMuch);
        }
        for piece in pieces(&words) {
            if self.text.len() + BREAK.len() + piece.len() > limit::PASSAGE {
                self.close();
            }
            if !self.text.is_empty() {
                self.text.push_str(BREAK);
            }
            self.text.push_str(piece);
        }
        Ok(())
    }

    fn close(&mut self) {
        if !self.text.is_empty() {
            self.found.push(Passage {
                heading: self.heading.clone(),
                text: std::mem::take(&mut self.text),
            });
        }
    }

    /// All passages.
    pub fn finish(mut self) -> Result<Vec<Passage>, Unreadable> {
        self.close();
        if self.found.is_empty() {
            return Err(Unreadable::NoText);
        }
        Ok(self.found)
    }
}

/// Words with single spaces, and without signs that nobody sees.
fn tidy(words: &str) -> String {
    let visible = |letter: &char| !letter.is_control() || letter.is_whitespace();
    let words: String = words.chars().filter(visible).collect();
    let words: Vec<_> = words.split_whitespace().collect();
    words.join(" ")
}

/// A paragraph in pieces that fit into a passage, cut behind sentences or at least words.
fn pieces(words: &str) -> Vec<&str> {
    let mut rest = words;
    let mut found = Vec::new();
    while rest.len() > limit::PASSAGE {
        let mut end = limit::PASSAGE;
        while !rest.is_char_boundary(end) {
            end -= 1;
        }
        let head = &rest[..end];
        let cut = head
            .rfind(". ")
            .map(|at| at + 1)
            .or_else(|| head.rfind(' '))
            .filter(|at| *at > 0)
            .unwrap_or(end);
        found.push(rest[..cut].trim());
        rest = rest[cut..].trim_start();
    }
    if !rest.is_empty() {
        found.push(rest);
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_word_is_lost_and_no_passage_is_too_long(words in "[a-zé .]{0,4000}") {
            let mut passages = Passages::default();
            passages.paragraph(&words).unwrap();
            let found = passages.finish().unwrap_or_default();
            let kept: String = found.iter().map(|one| one.text.as_str()).collect();
            let bare = |words: &str| words.split_whitespace().collect::<String>();
            prop_assert_eq!(bare(&kept), bare(&words));
            prop_assert!(found.iter().all(|one| one.text.len() <= limit::PASSAGE));
        }
    }

    #[test]
    fn a_long_text_is_cut_behind_a_sentence() {
        let mut passages = Passages::default();
        passages.heading("Prices");
        passages
            .paragraph(&"We sell to banks. ".repeat(100))
            .unwrap();
        let found = passages.finish().unwrap();
        assert_eq!(found.len(), 2);
        assert!(
            found
                .iter()
                .all(|one| one.heading == "Prices" && one.text.ends_with('.'))
        );
    }

    #[test]
    fn the_break_between_two_paragraphs_counts() {
        let mut passages = Passages::default();
        passages
            .paragraph(&"a".repeat(limit::PASSAGE - 10))
            .unwrap();
        passages.paragraph(&"b".repeat(10)).unwrap();
        assert_eq!(passages.finish().unwrap().len(), 2);
    }

    #[test]
    fn too_much_text_is_refused_and_none_too() {
        let mut passages = Passages::default();
        let long = "word ".repeat(limit::LETTERS / 4);
        assert_eq!(passages.paragraph(&long), Err(Unreadable::TooMuch));
        assert_eq!(Passages::default().finish(), Err(Unreadable::NoText));
    }
}
