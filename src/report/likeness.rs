//! Which of some known things people mean, by the words that they share with how it is usually said.

use std::collections::BTreeSet;

use crate::text;

/// Words that say nothing about what is meant.
const FILLERS: [&str; 40] = [
    "a", "an", "the", "is", "are", "we", "our", "us", "i", "my", "to", "of", "in", "it", "have",
    "has", "do", "does", "not", "dont", "doesnt", "too", "very", "so", "and", "but", "with", "for",
    "on", "at", "why", "get", "that", "there", "be", "lots", "lot", "many", "much", "they",
];

/// The least likeness, in percent, from which on something is taken as meant by somebody who names it.
pub(super) const NAMED: usize = 50;
/// … by somebody who may as well speak of something else.
pub(super) const SURELY: usize = 80;

/// What was meant by `words`, each of `all` with how people say it; several only where they fit
/// equally well.
pub(super) fn likeliest<'a, T>(
    (words, enough): (&str, usize),
    all: &'a [T],
    said: impl Fn(&'a T) -> Vec<&'a str>,
) -> Vec<&'a T> {
    let wanted = stems(words);
    let best = |one: &'a T| {
        let phrases = said(one).into_iter();
        let scores = phrases.map(|phrase| likeness(&wanted, &stems(phrase)));
        scores.max().unwrap_or(0)
    };
    let scored: Vec<_> = all.iter().map(|one| (best(one), one)).collect();
    let top = scored.iter().map(|(score, _)| *score).max().unwrap_or(0);
    let close = scored
        .into_iter()
        .filter(|(score, _)| *score == top && top >= enough);
    close.map(|(_, one)| one).collect()
}

/// The shared words of two sets over all of them, in percent.
fn likeness(one: &BTreeSet<String>, other: &BTreeSet<String>) -> usize {
    let shared = one.intersection(other).count();
    let all = one.union(other).count();
    // Words beside the symptom's own, such as "since March", weigh half.
    let beside = one.difference(other).count();
    (200 * shared).checked_div(2 * all - beside).unwrap_or(0)
}

fn stems(words: &str) -> BTreeSet<String> {
    let folded = text::fold(words).replace(['\'', '’'], "");
    text::words(&folded)
        .into_iter()
        .filter(|word| !FILLERS.contains(word))
        .map(stem)
        .collect()
}

/// `demos`, `deals`, `closing`, `closed` without what grammar adds.
fn stem(word: &str) -> String {
    for ending in ["ing", "es", "ed", "s", "e"] {
        if let Some(stem) = word.strip_suffix(ending).filter(|stem| stem.len() > 2) {
            return stem.to_owned();
        }
    }
    word.to_owned()
}
