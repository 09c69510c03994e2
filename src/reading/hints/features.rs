//! What stands around words of a message, as features: the words of the message, of the sentence and of
//! the clause, those before and behind, and what shape the words themselves have.

use std::hash::Hasher;
use std::ops::Range;

use super::vocabulary::Vocabulary;
use crate::plan;
use crate::reading::kinds;
use crate::reading::lexicon::Role;
use crate::reading::mood::Mood;
use crate::reading::sentence::{Element, Sentence};
use crate::reading::token::{self, Token};
use crate::text::Fnv;

/// The sign for any number.
const NUMBER: &str = "#";
/// and for any of money.
const AMOUNT: &str = "$#";

/// So many words next to a value count by their place,
const NEAR: usize = 4;
/// and the pairs of so many by their side.
const PAIRED: usize = 8;
/// More places than these in a sentence are many.
const MANY: usize = 4;
/// Of what a phrase may mean so much counts.
const ROLES: usize = 3;
/// A value of so many words has many.
const MANY_WORDS: usize = 6;
/// Most places have fewer features.
const MOSTLY: usize = 96;
/// Of the words of a value so many letters count.
const LETTERS: usize = 24;

/// Of what features are.
#[derive(Debug, Default, Clone, Copy)]
enum Part {
    Message,
    Sentence,
    #[default]
    Spot,
}

/// Features, each as the number of its name.
#[derive(Debug, Default, Clone)]
pub(in crate::reading) struct Features {
    numbers: Vec<u64>,
    /// A bit for the numbers that end alike: most new ones are told to be new by it.
    seen: [u64; 4],
    part: Part,
    #[cfg(test)]
    pub(in crate::reading) names: Vec<String>,
}

impl Features {
    fn of(part: Part) -> Self {
        Self {
            numbers: Vec::with_capacity(MOSTLY),
            part,
            ..Self::default()
        }
    }

    /// By how much each of them counts: the more there are, the less, and the less the wider they stand.
    pub(in crate::reading) fn share(&self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "a message has few words")]
        let count = self.numbers.len().max(1) as f64;
        let part = match self.part {
            Part::Spot => 1.0,
            Part::Sentence => 0.7,
            Part::Message => 0.5,
        };
        part / count.sqrt()
    }

    pub(in crate::reading) fn numbers(&self) -> impl Iterator<Item = u64> + '_ {
        self.numbers.iter().copied()
    }

    /// Adds the one with that name, in parts.
    pub(in crate::reading) fn add(&mut self, parts: &[&str]) {
        let mut hash = Fnv::default();
        for part in parts {
            hash.write(part.as_bytes());
        }
        let number = hash.finish();
        let [low, high, ..] = number.to_le_bytes();
        let (part, bit) = (usize::from(high) % self.seen.len(), 1 << (low % 64));
        if self.seen[part] & bit != 0 && self.numbers.contains(&number) {
            return;
        }
        self.seen[part] |= bit;
        self.numbers.push(number);
        #[cfg(test)]
        self.names.push(parts.concat());
    }

    fn add_words(&mut self, kind: &str, words: &[&str]) {
        for it in words {
            self.add(&[kind, it]);
        }
    }

    fn add_pairs(&mut self, kind: &str, words: &[&str]) {
        for it in words.windows(2) {
            self.add(&[kind, it[0], "_", it[1]]);
        }
    }
}

/// The number of a feature that is called so.
pub(in crate::reading) fn number_of(name: &str) -> u64 {
    let mut hash = Fnv::default();
    hash.write(name.as_bytes());
    hash.finish()
}

/// The words of a message, for the features of places in it.
#[derive(Debug)]
pub(in crate::reading) struct Around<'a> {
    text: &'a str,
    words: Vec<(&'a str, Range<usize>)>,
}

/// Where words begin and end.
type Span = (usize, usize);

/// Words of a message in which a value may stand.
#[derive(Debug, Clone, Copy)]
pub(in crate::reading) struct Spot<'a> {
    /// The words themselves.
    pub(in crate::reading) at: Span,
    /// The clause and the sentence around them.
    pub(in crate::reading) clause: Span,
    pub(in crate::reading) sentence: Span,
    /// By what they were found.
    pub(in crate::reading) how: &'a str,
    pub(in crate::reading) mood: Option<Mood>,
    /// How many other places the sentence has.
    pub(in crate::reading) places: usize,
}

impl<'a> Around<'a> {
    /// The words of a clean text. Numbers are all alike, and so are words that no message has taught; names of
    /// segments are none: what is said does not depend on how much or for whom.
    pub(in crate::reading) fn new(text: &'a str, vocabulary: &Vocabulary) -> Self {
        let tokens = token::split(text);
        let mut words: Vec<(&str, Range<usize>)> = Vec::with_capacity(tokens.len());
        for it in &tokens {
            let Some(word) = word(it) else { continue };
            // An amount is one, whatever its currency is and on whichever side of it that stands.
            match words.last_mut() {
                Some((last, _)) if *last == NUMBER && is_currency(word) => *last = AMOUNT,
                Some((last, at)) if word == NUMBER && is_currency(last) => {
                    (*last, at.end) = (AMOUNT, it.end());
                }
                _ if is_currency(word) => words.push((word, it.start..it.end())),
                _ => words.push((vocabulary.known(word), it.start..it.end())),
            }
        }
        Self { text, words }
    }

    fn within(&self, (start, end): Span) -> Vec<&'a str> {
        let within = self
            .words
            .iter()
            .filter(|(_, at)| at.start >= start && at.start < end);
        within.map(|(word, _)| *word).collect()
    }

    /// What the whole message says.
    pub(in crate::reading) fn of_message(&self, sentences: usize) -> Features {
        let mut features = Features::of(Part::Message);
        let words: Vec<&str> = self.words.iter().map(|(word, _)| *word).collect();
        features.add_words("m:", &words);
        features.add(&["ns:", &sentences.min(MANY).to_string()]);
        features
    }

    /// What a sentence says, and the fields of which its words are a name, a cue or a choice.
    pub(in crate::reading) fn of_sentence(&self, at: Span, sentence: &Sentence<'_>) -> Features {
        let mut features = Features::of(Part::Sentence);
        let words = self.within(at);
        features.add_words("s:", &words);
        features.add_pairs("sp:", &words);
        features.add(&["q:", if sentence.is_question { "1" } else { "0" }]);
        let roles = sentence.elements.iter().map(Element::roles);
        for role in roles.flat_map(|it| it.iter().take(ROLES)) {
            match role {
                Role::Name(field) => features.add(&["sn:", field.name]),
                Role::Cue(field, _) => features.add(&["sc:", field.name]),
                Role::Choice(field, _) | Role::Several(field, _) => {
                    features.add(&["so:", field.name]);
                }
            }
        }
        features
    }

    /// What stands around some words, and what they are.
    pub(in crate::reading) fn of_spot(&self, spot: &Spot<'_>) -> Features {
        let mut features = Features::of(Part::Spot);
        features.add(&["how:", spot.how]);
        if let Some(mood) = spot.mood {
            features.add(&["mood:", mood.name()]);
        }
        features.add(&["n:", &spot.places.min(MANY).to_string()]);
        let (start, end) = spot.at;
        let before = self.within((spot.sentence.0, start));
        let behind = self.within((end, spot.sentence.1));
        for by in 0..NEAR {
            let place = ["1:", "2:", "3:", "4:"][by];
            let one = before.iter().rev().nth(by).copied().unwrap_or("<s>");
            features.add(&["b", place, one]);
            features.add(&["a", place, behind.get(by).copied().unwrap_or("</s>")]);
        }
        features.add_words("B:", &before);
        features.add_pairs("BP:", &before[before.len().saturating_sub(PAIRED)..]);
        features.add_words("A:", &behind);
        features.add_pairs("AP:", &behind[..behind.len().min(PAIRED)]);
        features.add_words("c:", &self.within(spot.clause));
        let value = &self.text[start..end];
        features.add(&["sh:", &shape(value)]);
        features.add(&["v:", first_letters(value)]);
        let own = self.within(spot.at);
        if let Some(kind) = kinds::of_words(value, &own) {
            features.add(&["vk:", kind.name()]);
        }
        features.add_words("vw:", &own);
        if let Some(last) = own.last() {
            features.add(&["vl:", last]);
            let tail = last.char_indices().nth_back(2);
            features.add(&["vt:", tail.map_or(*last, |(at, _)| &last[at..])]);
        }
        features.add(&["vn:", &own.len().min(MANY_WORDS).to_string()]);
        features
    }
}

/// The words with `#` for each number, and `$#` for each amount.
fn shape(value: &str) -> String {
    let shape = counted(value);
    let Some((before, behind)) = shape.split_once("# ") else {
        return shape;
    };
    let end = behind.find(' ').unwrap_or(behind.len());
    if is_currency(&behind[..end]) {
        return [before, AMOUNT, &behind[end..]].concat();
    }
    shape
}

fn counted(value: &str) -> String {
    let mut shape = String::new();
    let mut in_number = false;
    for letter in first_letters(value).chars() {
        let digit = letter.is_ascii_digit() || (in_number && matches!(letter, '.' | ','));
        if !digit {
            shape.push(if is_mark(letter) { '$' } else { letter });
        } else if !in_number {
            shape.push_str(NUMBER);
        }
        in_number = digit;
    }
    shape
}

fn first_letters(value: &str) -> &str {
    let end = value
        .char_indices()
        .nth(LETTERS)
        .map_or(value.len(), |(at, _)| at);
    let line = value[..end].lines().next().unwrap_or_default();
    line.trim_end_matches('\t')
}

pub(super) fn word<'a>(token: &Token<'a>) -> Option<&'a str> {
    match token.text {
        sign if sign.starts_with(is_mark) => Some("$"),
        "\n" | "\t" => None,
        _ if token.text.starts_with(|c: char| c.is_ascii_digit()) => Some(NUMBER),
        _ if token.is_word && is_segment(token.text) => None,
        _ => Some(token.key),
    }
}

/// The sign of a currency.
fn is_mark(letter: char) -> bool {
    matches!(letter, '$' | '\u{20ac}' | '\u{a3}' | '\u{a5}' | '\u{20b9}')
}

/// Whether a word is a currency, as people write it.
fn is_currency(word: &str) -> bool {
    matches!(
        word,
        "$" | "usd"
            | "eur"
            | "euro"
            | "gbp"
            | "chf"
            | "cad"
            | "aud"
            | "nzd"
            | "sek"
            | "nok"
            | "dkk"
            | "kr"
            | "pln"
            | "czk"
            | "huf"
            | "inr"
            | "sgd"
            | "hkd"
            | "jpy"
            | "yen"
            | "cny"
            | "rmb"
            | "brl"
            | "mxn"
            | "zar"
            | "aed"
            | "ils"
            | "rs"
            | "dollar"
            | "dollars"
            | "buck"
            | "bucks"
            | "pound"
            | "pounds"
            | "quid"
            | "euros"
    )
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
