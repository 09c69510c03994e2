//! The phrases behind which free words begin, and where the words of a text end.

use super::free::Free;
use crate::plan::{Opening, Openings};

/// The longest phrase before free words that the text begins with, and where it ends.
pub(super) fn lead(
    text: &str,
    start: usize,
    begins_clause: bool,
) -> Option<(&'static Opening, usize)> {
    // "We sell into" is a "sell into".
    let subject = ["we ", "let's ", "lets ", "we'll ", "we're ", "we've "]
        .iter()
        .find(|subject| begins_clause && text.starts_with(**subject));
    if let Some(subject) = subject
        && let Some(found) = lead(&text[subject.len()..], start + subject.len(), false)
    {
        return Some(found);
    }
    let fits = |it: &&Opening| {
        let rest = text.strip_prefix(it.phrase.as_str());
        let whole =
            rest.is_some_and(|rest| rest.starts_with(' ') || it.phrase.ends_with([':', '=']));
        whole && (begins_clause || !it.begins)
    };
    let opening = Openings::get().beginning(text).iter().find(fits)?;
    Some((opening, start + opening.phrase.len()))
}

impl Free<'_> {
    /// Where the words of a text end: where a clause opens other words, or with the sentence.
    pub(super) fn text_end(&self, from: usize) -> usize {
        let later = self.sentence.clauses.iter().filter(|it| it.start > from);
        let opens = |clause: &&std::ops::Range<usize>| {
            let words = &self.clean.text[self.elements()[clause.start].at.start..];
            lead(words, 0, true).is_some()
        };
        let next = later.map(|it| it.start..it.end).find(|it| opens(&it));
        let end = next.map_or(self.elements().len(), |it| it.start);
        let joint = |at: &usize| {
            let it = &self.elements()[*at];
            it.is_sign(&[",", "-"]) || it.is_one_of(&["and", "while", "but"])
        };
        let trailing = (from..end).rev().take_while(joint).count();
        if end < self.elements().len() {
            end - trailing
        } else {
            end
        }
    }
}

/// Whether the words only say that there is nothing yet: "not yet", "still open".
pub(in crate::reading) fn says_nothing(words: &str) -> bool {
    let folded = words.to_lowercase();
    let first = folded.split([' ', ',', '.']).next().unwrap_or_default();
    let alone = folded
        .split([',', '.'])
        .next()
        .is_some_and(|part| matches!(part, "it" | "manual" | "open" | "there" | "done"));
    let opens = matches!(
        first,
        "not"
            | "tbd"
            | "n/a"
            | "unclear"
            | "unknown"
            | "missing"
            | "nothing"
            | "still"
            | "none"
            | "nobody"
    );
    alone || opens
}
