//! What the wording of a text gives away: that it means everybody, praises, counts, compares.
//!
//! Each reading would rather miss a case than name one that is none: a text with a word that the
//! lists do not know is taken to say something of its own.

mod days;
mod lists;
mod number;
mod spoken;
#[cfg(test)]
mod tests;

use lists::List;
pub(crate) use spoken::Spoken;

/// One way of reading a text; pages call it by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wording {
    /// `words(text)`: how many words it has.
    Words,
    /// `says_everyone(text)`: it leaves nobody out.
    SaysEveryone,
    /// `is_specific(text)`: it says more than a size, or that all are meant.
    IsSpecific,
    /// `is_generic(text)`: any rival could say the same.
    IsGeneric,
    /// `self_words(text)`: how often the speaker means the speaker.
    SelfWords,
    /// `customer_words(text)`: how often the customer is meant.
    CustomerWords,
    /// `has_number(text)`: it says how much.
    HasNumber,
    /// `names_status_quo(text)`: it names how people manage without a product.
    NamesStatusQuo,
    /// `names_several(text)`: it joins names that might each stand alone.
    NamesSeveral,
    /// `compares(text)`: it names something to compare with.
    Compares,
}

/// What a reading yields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Heard {
    /// Whether it is so.
    Truth(bool),
    /// How many.
    Count(usize),
}

const TABLE: [(&str, Wording); 10] = [
    ("words", Wording::Words),
    ("says_everyone", Wording::SaysEveryone),
    ("is_specific", Wording::IsSpecific),
    ("is_generic", Wording::IsGeneric),
    ("self_words", Wording::SelfWords),
    ("customer_words", Wording::CustomerWords),
    ("has_number", Wording::HasNumber),
    ("names_status_quo", Wording::NamesStatusQuo),
    ("names_several", Wording::NamesSeveral),
    ("compares", Wording::Compares),
];

impl Wording {
    /// The reading of this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        let found = TABLE.iter().find(|(known, _)| *known == name);
        found.map(|(_, wording)| *wording)
    }

    /// All names.
    pub(crate) fn names() -> impl Iterator<Item = &'static str> {
        TABLE.iter().map(|(name, _)| *name)
    }

    /// Whether it yields a number; else a yes or no.
    pub(crate) fn is_a_count(self) -> bool {
        matches!(self, Self::Words | Self::SelfWords | Self::CustomerWords)
    }

    /// What this text gives away.
    pub(crate) fn of(self, text: &Spoken) -> Heard {
        let (folded, words) = (text.folded(), text.split());
        let count = |list: &List| words.iter().filter(|word| is_in(list, word)).count();
        match self {
            Self::Words => Heard::Count(words.len()),
            Self::SelfWords => Heard::Count(count(&lists::SELF)),
            Self::CustomerWords => Heard::Count(count(&lists::CUSTOMER)),
            Self::SaysEveryone => Heard::Truth(says_everyone(&words)),
            Self::IsSpecific => Heard::Truth(is_specific(&words)),
            Self::IsGeneric => Heard::Truth(is_generic(&words)),
            Self::HasNumber => Heard::Truth(number::has_number(text)),
            Self::NamesStatusQuo => Heard::Truth(names_status_quo(folded, &words)),
            Self::NamesSeveral => Heard::Truth(names_several(folded, &words)),
            Self::Compares => Heard::Truth(count(&lists::COMPARISONS) > 0),
        }
    }
}

fn is_in(list: &List, word: &str) -> bool {
    list.contains(word)
}

/// Whether each word, or each part of a hyphenated one, stands in the list.
fn all_in(known: &List, words: &[&str]) -> bool {
    let is_known = |word: &str| is_in(known, word);
    words
        .iter()
        .all(|word| is_known(word) || word.split('-').all(is_known))
}

/// `everyone`, `everyone with a credit card`, `any company`, `businesses of all sizes`; not
/// `any hospital`, `everyone in procurement` or `all industries`.
fn says_everyone(words: &[&str]) -> bool {
    let has = |list: &List| words.iter().any(|word| is_in(list, word));
    let names_all = has(&lists::EVERYBODY) || (has(&lists::ALL) && has(&lists::WHO));
    names_all && all_in(&lists::NOBODY_LEFT_OUT, words)
}

fn is_specific(words: &[&str]) -> bool {
    !all_in(&lists::UNSPECIFIC, words)
}

/// At least one word of praise, and nothing but praise, products and small words.
fn is_generic(words: &[&str]) -> bool {
    let praises = words.iter().any(|word| is_in(&lists::PRAISE, word));
    praises && all_in(&lists::GENERIC, words)
}

/// Whether a word with a number in it names something behind these two: `ISO 27001`, `rule of 40`, `24/7`.
pub(crate) fn is_name_with_number(before: [&str; 2], word: &str) -> bool {
    let [first, previous] = before.map(str::to_lowercase);
    let folded = word.to_lowercase();
    let is_rule_of = first == "rule" && previous == "of";
    is_rule_of
        || folded == "24/7"
        || is_in(&lists::NAMES, &folded)
        || is_in(&lists::NUMBERED, &previous)
}

/// `CFO and CIO`, `CFO/CIO`, `head of sales & head of product`.
fn names_several(folded: &str, words: &[&str]) -> bool {
    let within = words.get(1..words.len().saturating_sub(1));
    let is_joined =
        within.is_some_and(|within| within.iter().any(|it| matches!(*it, "and" | "or" | "plus")));
    is_joined || (words.len() > 1 && folded.contains([',', '&', '/', '+', ';']))
}

fn names_status_quo(folded: &str, words: &[&str]) -> bool {
    let is_known = |word: &&str| {
        is_in(&lists::STATUS_QUO, word)
            || word.split('-').any(|part| is_in(&lists::STATUS_QUO, part))
    };
    words.iter().any(is_known) || has_phrase(folded, lists::STATUS_QUO_PHRASES)
}

/// Whether one of the phrases begins at a word of the text.
fn has_phrase(folded: &str, phrases: &[&str]) -> bool {
    let padded = format!(" {folded} ");
    let words = padded
        .match_indices(' ')
        .map(|(space, _)| &padded[space + 1..]);
    words
        .into_iter()
        .any(|from_here| phrases.iter().any(|phrase| from_here.starts_with(phrase)))
}
