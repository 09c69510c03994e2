//! Where customers are: places behind an "in", and parts of a sentence that are one.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::free::Free;
use super::sentence::Element;
use crate::plan::{self, Cues};

impl Free<'_> {
    /// Places behind an "in" from an element on, and where the last of them ends.
    pub(super) fn places(&self, from: usize) -> (Vec<String>, usize) {
        let elements = self.elements();
        let Some(at) = (from..elements.len())
            .find(|&at| elements[at].text == "in" || elements[at].text == "across")
        else {
            return (self.place_alone(from), elements.len());
        };
        let geography = plan::field("icp.geography").expect("the catalogue has it");
        let (items, _) = self.short_items(geography, at + 1);
        let places = items.into_iter();
        let places = places.take_while(|(_, words)| is_place(&words.to_lowercase()));
        let (mut names, mut end) = (Vec::new(), from);
        for (range, words) in places {
            names.push(spelled_place(&words));
            end = range.end;
        }
        (names, end)
    }

    /// Parts between commas that are places and nothing else: "…, texas + oklahoma".
    pub(super) fn places_alone(&self) -> Vec<String> {
        let joins = |it: &Element<'_>| it.is_sign(&["&", "+", "/"]) || it.text == "and";
        let known = |part: &[Element<'_>]| self.named_place(part.first()?, part.last()?);
        let parts = self.elements().split(|it| it.is_sign(&[",", ".", ";"]));
        let mut places = Vec::new();
        for part in parts {
            match part
                .split(joins)
                .map(known)
                .collect::<Option<Vec<String>>>()
            {
                Some(known) => places.extend(known),
                // "Algarve, Madeira, Andalusia": of a list of which some are not known nothing is.
                None if !places.is_empty() && part.len() == 1 => return Vec::new(),
                None => {}
            }
        }
        places
    }

    /// The place that the words from one element to another name.
    fn named_place(&self, first: &Element<'_>, last: &Element<'_>) -> Option<String> {
        let origin = self.clean.origin(first.at.start..last.at.end);
        let words = self.message.get(origin)?;
        is_place(&words.to_lowercase()).then(|| spelled_place(words))
    }

    /// A part between commas that is a place and nothing else: "…, US only".
    fn place_alone(&self, from: usize) -> Vec<String> {
        let parts =
            self.elements()[from.min(self.elements().len())..].split(|it| it.is_sign(&[","]));
        let place = |part: &[Element<'_>]| {
            let said: Vec<&Element<'_>> = part
                .iter()
                .filter(|it| !it.is_one_of(&["only", "mainly", "mostly", "first", "based", "just"]))
                .collect();
            self.named_place(said.first()?, said.last()?)
        };
        parts.filter_map(place).collect()
    }
}

/// Whether the words name a place.
pub(super) fn is_place(folded: &str) -> bool {
    static PLACES: LazyLock<HashSet<&str>> =
        LazyLock::new(|| Cues::get().places.iter().map(String::as_str).collect());
    let bare = folded.strip_prefix("the ").unwrap_or(folded);
    let part = [
        "greater ",
        "northern ",
        "southern ",
        "eastern ",
        "western ",
        "central ",
        "rural ",
    ];
    let whole = part.iter().find_map(|part| bare.strip_prefix(part));
    let whole = whole.map(|it| it.strip_suffix(" area").unwrap_or(it));
    PLACES.contains(bare) || whole.is_some_and(|whole| PLACES.contains(whole))
}

/// A place as it is spelled: "india" is "India", "uk" is "UK".
pub(super) fn spelled_place(typed: &str) -> String {
    const SHORT: &[&str] = &[
        "us", "usa", "uk", "uae", "eu", "dach", "emea", "apac", "latam", "anz", "mena", "sea",
        "na", "amer", "cee", "nyc",
    ];
    if typed.chars().any(char::is_uppercase) {
        return typed.to_owned();
    }
    let word = |word: &str| {
        if SHORT.contains(&word) {
            return word.to_uppercase();
        }
        let mut letters = word.chars();
        letters
            .next()
            .map(|first| first.to_uppercase().chain(letters).collect())
            .unwrap_or_default()
    };
    let words: Vec<String> = typed.split(' ').map(word).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use crate::reading::testing::{read, value};

    #[test]
    fn a_place_behind_who_is_sold_to_is_spelled_and_quoted() {
        let reading = read("sell to dentists in texas, 5-20 employees");
        let mut found = reading.proposals.iter();
        let place = found.find(|it| it.field.name == "icp.geography");
        let place = place.map(|it| format!("{} <- {}", value(it), it.quote));
        assert_eq!(
            place.as_deref(),
            Some("icp.geography: Texas <- sell to dentists in texas")
        );
    }
}
