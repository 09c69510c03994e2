//! What of a profile stands beside what was read of it: "vet clinics, texas + oklahoma", "BPOs in the Philippines,
//! 500+ employees".

use super::each::Telling;
use super::free::Free;
use super::kinds::{self, Kind};
use super::message::Heard;
use super::mood::Mood;
use super::places::is_place;
use super::sentence::Element;
use super::words::english;
use super::{Finding, answers};
use crate::plan::{self, Field};
use crate::text;

/// Fields of which one tells that a sentence is about the profile.
const PROFILE: [&str; 4] = [
    "icp.industry",
    "icp.employees",
    "icp.geography",
    "icp.revenue",
];

/// Who is sold to has at most so many words an item.
const WORDS: usize = 4;

/// Words that lead to who is sold to at the beginning of a sentence.
const LEADS: [&str; 8] = ["icp", "=", ":", "target", "targets", "-", "our", "is"];

/// Words that tell of what stage or size customers are, or that they are some.
const NO_KIND: [&str; 20] = [
    "series",
    "seed",
    "stage",
    "small",
    "large",
    "mid",
    "size",
    "sized",
    "target",
    "sell",
    "focus",
    "spot",
    "employers",
    "employees",
    "regions",
    "cos",
    "accounts",
    "clients",
    "consumers",
    "smbs",
];

impl Heard {
    /// Takes in where the customers are, and who they are, beside other words of the profile.
    pub(super) fn take_profile(&mut self, telling: &Telling<'_>) {
        for (sentence, moods) in telling.sentences.iter().zip(telling.moods) {
            if sentence.is_question || moods.first() != Some(&Mood::Said) {
                continue;
            }
            let here = |it: &&(Mood, Finding)| {
                it.0 == Mood::Said
                    && PROFILE.contains(&it.1.field.name)
                    && telling.stands_in(&it.1, sentence)
            };
            let Some((_, beside)) = self.findings.iter().find(here).cloned() else {
                continue;
            };
            let free = Free {
                clean: telling.clean,
                message: telling.message,
                sentence,
                moods,
                context: telling.context.parse,
            };
            self.take_beside("icp.geography", (&free, &beside), telling, || {
                free.all_places()
            });
            self.take_beside("icp.industry", (&free, &beside), telling, || free.who());
        }
    }

    /// Takes in the items of a field of which nothing was read.
    fn take_beside(
        &mut self,
        name: &str,
        (free, beside): (&Free<'_>, &Finding),
        telling: &Telling<'_>,
        items: impl Fn() -> Vec<String>,
    ) {
        let mut read = self.findings.iter();
        if read.any(|(_, it)| it.field.name == name) {
            return;
        }
        let value = |field: &'static Field| {
            let items = items();
            let value = field.parse_items(&items, &telling.context.parse).ok();
            value
                .filter(|_| !items.is_empty())
                .map(|value| (field, value))
        };
        let Some((field, value)) = plan::field(name).and_then(value) else {
            return;
        };
        let words = free.typed(0..free.elements().len()).unwrap_or_default();
        let mut finding = answers::finding(field, value, words, telling.context);
        finding.segment.clone_from(&beside.segment);
        self.findings.push((Mood::Said, finding));
    }
}

impl Free<'_> {
    /// The places behind an "in", and whether the list goes on with nothing else: "in Italy and Turkey's exporters".
    fn places_behind(&self, at: usize) -> Option<(Vec<String>, bool)> {
        let (places, end) = self.places(at);
        let goes_on = self
            .elements()
            .get(end)
            .is_some_and(|it| it.text == "and" || it.is_sign(&["&", "+", "/"]));
        (!places.is_empty()).then_some((places, !goes_on))
    }

    /// The places behind an "in", or those that stand alone.
    fn all_places(&self) -> Vec<String> {
        let leads = |at: &usize| self.elements()[*at].is_one_of(&["in", "across"]);
        let mut behind = (0..self.elements().len()).filter(leads);
        match behind.find_map(|at| self.places_behind(at)) {
            Some((places, true)) => places,
            Some(_) => Vec::new(),
            None => self.places_alone(),
        }
    }

    /// Who stands at the beginning of the sentence, before where and how large they are.
    fn who(&self) -> Vec<String> {
        let elements = self.elements();
        let leads = |it: &Element<'_>| it.is_sign(&LEADS) || it.is_one_of(&LEADS);
        let start = elements.iter().position(|it| !leads(it));
        let told = &elements[start.unwrap_or_default()..];
        let ends = |it: &Element<'_>| {
            let leads_on = ["in", "across", "with", "w"];
            it.is_number() || it.is_sign(&[",", "(", ":", "-", "."]) || it.is_one_of(&leads_on)
        };
        let end = told.iter().position(ends).unwrap_or(told.len());
        if goes_on(&told[end..]) {
            return Vec::new();
        }
        let joins = |it: &Element<'_>| it.is_sign(&["+", "&", "/"]) || it.text == "and";
        let items = told[..end].split(joins).map(|it| self.customers(it));
        items.collect::<Option<Vec<String>>>().unwrap_or_default()
    }

    /// Words that name many of a kind: "seed companies", "NGOs"; no people who decide, no companies as such.
    fn customers(&self, elements: &[Element<'_>]) -> Option<String> {
        let (first, last) = (elements.first()?, elements.last()?);
        let typed = self.clean.origin(first.at.start..last.at.end);
        let typed = self.message.get(typed)?.trim();
        let kind = kinds::of_item(&text::fold(typed));
        let of_size = elements
            .iter()
            .any(|it| it.choice_of("icp.segment").is_some());
        if of_size || matches!(kind, Some(Kind::Role | Kind::Place)) {
            return None;
        }
        let words = elements.iter().flat_map(|it| it.text.split(' '));
        let words: Vec<&str> = words.collect();
        let (last, before) = words.split_last()?;
        let many = last.len() > 3 && last.ends_with('s') && !last.ends_with("ss");
        let told = match before {
            [] => is_short(typed),
            _ => !names_nobody(last) || kind == Some(Kind::Trade),
        };
        let plain =
            !before.iter().any(|it| names_nobody(it) || tells(it)) && !NO_KIND.contains(last);
        (many && told && plain && words.len() <= WORDS).then(|| typed.to_owned())
    }
}

/// "Restaurants, bars and hotels": whether who is sold to goes on behind a comma.
fn goes_on(rest: &[Element<'_>]) -> bool {
    let Some((sign, rest)) = rest.split_first() else {
        return false;
    };
    let next = rest.iter().take_while(|it| !it.is_sign(&[","]));
    let many = |it: &Element<'_>| it.text.ends_with('s') && !is_place(it.text);
    sign.is_sign(&[",", "/"])
        && next.clone().all(|it| !it.is_number())
        && next.last().is_some_and(many)
}

/// "NGOs", "3PLs".
fn is_short(typed: &str) -> bool {
    let letters = typed.trim_end_matches('s').chars();
    typed.len() > 2
        && letters
            .into_iter()
            .all(|it| it.is_uppercase() || it.is_ascii_digit())
}

/// Whether a word names companies or people as such, or only their size or stage.
fn names_nobody(word: &str) -> bool {
    NO_KIND.contains(&word) || english().nobody.contains(word)
}

/// Whether a word is part of a statement.
fn tells(word: &str) -> bool {
    let english = english();
    let sets = [&english.fillers, &english.starters, &english.verbs];
    sets.iter().any(|it| it.contains(word))
}

#[cfg(test)]
mod tests {
    use crate::reading::testing::{read, value};

    #[track_caller]
    fn check(message: &str, expected: &[&str]) {
        let reading = read(message);
        let mut shown: Vec<String> = reading.proposals.iter().map(value).collect();
        shown.sort();
        assert_eq!(shown, expected, "{message}");
    }

    #[test]
    fn who_and_where_stand_beside_how_large() {
        check(
            "BPOs in the Philippines and India, 500+ employees",
            &[
                "icp.employees: 500+",
                "icp.geography: Philippines; India",
                "icp.industry: BPOs",
            ],
        );
        check(
            "customs brokers in mexico w/ 15-200 employees",
            &[
                "icp.employees: 15–200",
                "icp.geography: Mexico",
                "icp.industry: customs brokers",
            ],
        );
    }

    #[test]
    fn companies_as_such_are_of_no_industry() {
        check("companies w/ 500+ employees", &["icp.employees: 500+"]);
        check(
            "we sell to SMBs, 20-150 employees",
            &["icp.employees: 20–150", "icp.segment: SMB"],
        );
    }
}
