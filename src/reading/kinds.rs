//! Of what words are, whatever is said of them: a place, a role, a trade.

use super::places::is_place;
use super::words::english;
use crate::plan::Value;

/// What a word or a few words are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// "Germany", "the nordics".
    Place,
    /// "CFO", "plant manager".
    Role,
    /// "Insurers", "dental clinics".
    Trade,
}

impl Kind {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Place => "place",
            Self::Role => "role",
            Self::Trade => "trade",
        }
    }
}

/// A shorter word is the name of a place only where it stands alone: "in", "us".
const PLACE: usize = 4;

/// Of what folded words are: all of them, or one of them by itself.
pub(super) fn of_words(value: &str, words: &[&str]) -> Option<Kind> {
    let place = |word: &&str| word.len() >= PLACE && is_place(word);
    if is_place(value) || words.iter().any(place) {
        return Some(Kind::Place);
    }
    of_last(words.last().copied()?)
}

/// Of what one item of a list is.
pub(super) fn of_item(folded: &str) -> Option<Kind> {
    if is_place(folded) {
        return Some(Kind::Place);
    }
    of_last(folded.rsplit([' ', '-']).next()?)
}

/// By its last word: "plant manager", "dental clinics".
fn of_last(word: &str) -> Option<Kind> {
    let english = english();
    let singular = word.strip_suffix('s').unwrap_or(word);
    if english.roles.contains(word) || english.roles.contains(singular) {
        Some(Kind::Role)
    } else if english.industries.contains(word) || english.groups.contains(word) {
        Some(Kind::Trade)
    } else {
        None
    }
}

/// Whether the items of a list are numbers: "our target is 3M" names no industry.
pub(super) fn are_numbers(value: &Value) -> bool {
    let words = |item: &String| {
        let runs = item.split(|it: char| !it.is_alphabetic());
        runs.map(str::len).max().unwrap_or_default()
    };
    matches!(value, Value::List(items) if items.iter().all(|it| words(it) < 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_by_the_last_of_them() {
        assert_eq!(of_item("plant managers"), Some(Kind::Role));
        assert_eq!(of_item("dental clinics"), Some(Kind::Trade));
        assert_eq!(of_item("germany"), Some(Kind::Place));
        assert_eq!(of_item("two weeks"), None);
        assert_eq!(
            of_words("dentists in austria", &["dentists", "in", "austria"]),
            Some(Kind::Place)
        );
    }
}
