//! Whether words of a message state something, for what others claim to have read in it.

use std::ops::Range;

use super::clean::Clean;
use super::mood::{self, Mood};
use super::sentence::{self, Sentence};
use super::token;

/// Whether the words stand in the message, letter by letter, and every clause that they touch
/// states something: no question, denial, condition or supposition, nobody else's words, nothing
/// of the past. Where they stand more than once, all of it has to hold each time.
pub fn is_stated(message: &str, words: &str) -> bool {
    if words.is_empty() || !message.contains(words) {
        return false;
    }
    let clean = Clean::new(message);
    if mood::is_sarcastic(message, &clean.text) {
        return false;
    }
    let tokens = token::split(&clean.text);
    let sentences = sentence::sentences(&clean.text, &tokens);
    let clauses: Vec<(Range<usize>, bool)> = sentences
        .iter()
        .flat_map(|sentence| stated(&clean, sentence))
        .collect();
    message.match_indices(words).all(|(at, _)| {
        let mut touched = clauses
            .iter()
            .filter(|(place, _)| place.start < at + words.len() && at < place.end)
            .peekable();
        touched.peek().is_some() && touched.all(|(_, stated)| *stated)
    })
}

/// The elements of a sentence by their place in the message, and whether each is stated.
fn stated(clean: &Clean, sentence: &Sentence<'_>) -> Vec<(Range<usize>, bool)> {
    let moods = mood::moods(&clean.text, sentence);
    let mut found = Vec::new();
    for (clause, mood) in sentence.clauses.iter().zip(moods) {
        let denied = mood::denial(&sentence.elements, clause).unwrap_or(usize::MAX);
        for place in clause.clone() {
            let origin = clean.origin(sentence.elements[place].at.clone());
            found.push((origin, mood == Mood::Said && place < denied));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(message: &str, words: &str, expected: bool) {
        assert_eq!(is_stated(message, words), expected, "{message} / {words}");
    }

    #[test]
    fn what_is_stated_is() {
        check(
            "We sell with reps who visit accounts.",
            "reps who visit",
            true,
        );
        check("ok we charge 49 bucks", "charge 49 bucks", true);
    }

    #[test]
    fn words_that_stand_twice_are_stated_twice() {
        check("We sell direct. Yes, we sell direct.", "sell direct", true);
        check(
            "Should we sell direct? We sell direct.",
            "sell direct",
            false,
        );
    }

    #[test]
    fn what_is_asked_denied_supposed_or_told_is_not() {
        check("Should we sell with reps?", "sell with reps", false);
        check(
            "We should not hire reps who visit.",
            "hire reps who visit",
            false,
        );
        check(
            "What if we sold with reps who visit?",
            "reps who visit",
            false,
        );
        check(
            "If they sign we sell with reps who visit.",
            "reps who visit",
            false,
        );
        check("Acme sells with reps who visit.", "reps who visit", false);
        check("We sell with reps who visit.", "reps that visit", false);
        check(
            "> We sell with reps who visit.\nno",
            "reps who visit",
            false,
        );
        check("", "", false);
    }
}
