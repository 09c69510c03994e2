//! What of a message speaks for a field: its words, and its pairs of words.

use std::collections::BTreeSet;

use crate::plan;
use crate::reading::token;

/// The sign for any number.
const NUMBER: &str = "#";

/// The words and pairs of words of a clean text. Numbers are one word, names of segments none: what is
/// said does not depend on how much or for whom.
pub(super) fn features(text: &str) -> BTreeSet<String> {
    let mut words: Vec<&str> = Vec::new();
    for line in text.split('\n') {
        for token in token::split(line) {
            let word = match token.text {
                "$" | "\u{20ac}" | "\u{a3}" => "$",
                _ if token.text.starts_with(|c: char| c.is_ascii_digit()) => NUMBER,
                "%" | "?" | ":" => token.text,
                _ if token.is_word && !is_segment(token.text) => token.key,
                _ => continue,
            };
            if word != NUMBER || words.last() != Some(&NUMBER) {
                words.push(word);
            }
        }
    }
    let pairs = words.windows(2).map(|pair| pair.join("_"));
    let pairs: Vec<String> = pairs.collect();
    words.into_iter().map(str::to_owned).chain(pairs).collect()
}

fn is_segment(word: &str) -> bool {
    let choices = plan::field("icp.segment").map_or(&[][..], |field| field.choices);
    let known = |name: &str| name == word || name.strip_suffix('s') == Some(word);
    matches!(word, "mid" | "market")
        || choices
            .iter()
            .filter(|choice| choice.slug != "consumer")
            .any(|choice| known(choice.slug) || choice.synonyms.iter().any(|it| known(it)))
}
