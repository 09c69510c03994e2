//! The options of a message, and the one that a later message takes: "A: email only. B: email and chat", "B it is";
//! "900k or 1.1m?", "the higher one"; "SDRs or AEs?", "SDRs imo".

use std::cmp::Ordering;

use super::alternatives;
use super::{Context, Finding};
use crate::plan::Value;

/// One of several options.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub(super) mark: Option<char>,
    /// Its words, folded.
    pub(super) words: String,
    /// Its words as typed.
    pub(super) typed: String,
    /// What is said where it is taken.
    pub(super) findings: Vec<Finding>,
}

/// The options of one message.
#[derive(Debug, Clone)]
pub(super) struct Options {
    pub(super) line: usize,
    pub(super) speaker: String,
    pub(super) items: Vec<Item>,
    /// The only one that was spoken of last.
    pub(super) mentioned: Option<usize>,
}

/// How a message takes an option.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Taken {
    /// By its mark or place: "the second one".
    Referred(usize),
    /// In its words: "SDRs imo".
    Named(usize),
    /// All of them: "both".
    All,
}

impl Options {
    /// The options that a message names.
    pub(super) fn of(message: &str, context: &Context<'_>) -> Option<Vec<Item>> {
        alternatives::marked_items(message, context).or_else(|| alternatives::of(message, context))
    }

    /// Whether words name options as such.
    pub(super) fn named(folded: &str) -> bool {
        ["option ", "options", "variant ", "scenario ", "choices"]
            .iter()
            .any(|it| folded.contains(it))
    }

    /// Whether two of the options are values of one field, so that only one of them can be meant.
    pub(super) fn exclude(items: &[Item]) -> bool {
        items.iter().enumerate().any(|(at, one)| {
            let mut others = items[at + 1..].iter();
            others.any(|other| differ(one, other))
        })
    }

    /// Which option a message takes, if it does nothing else.
    pub(super) fn taken(&self, folded: &str) -> Option<Taken> {
        clauses(folded).find_map(|clause| self.taken_by(clause))
    }

    /// Remembers the one that a message speaks of, without taking it: "there is a page for the second".
    pub(super) fn mention(&mut self, folded: &str) {
        let spoken = words(folded).filter_map(|it| self.placed(it));
        let spoken: Vec<usize> = spoken.collect();
        if let [at] = spoken.as_slice() {
            self.mentioned = Some(*at);
        }
    }

    /// "That one": the one that was spoken of last.
    pub(super) fn meant(&self, folded: &str) -> Option<Taken> {
        let that =
            |clause: &str| heavy(clause).is_empty() && super::phrases::has(clause, "that one");
        let at = self.mentioned?;
        clauses(folded).any(that).then_some(Taken::Referred(at))
    }

    /// Whether a word alone takes one of them by its mark or place.
    pub(super) fn refers(&self, word: &str) -> bool {
        self.placed(word).or_else(|| self.marked(word)).is_some()
    }

    /// "B".
    fn marked(&self, word: &str) -> Option<usize> {
        let mut letters = word.chars();
        let letter = letters.next().filter(|_| letters.next().is_none())?;
        let mark = |item: &Item| item.mark.is_some_and(|it| it.eq_ignore_ascii_case(&letter));
        self.items.iter().position(mark)
    }

    fn taken_by(&self, clause: &str) -> Option<Taken> {
        let all = words(clause).count();
        let rest: Vec<&str> = heavy(clause)
            .into_iter()
            .filter(|it| *it != "a" || (all <= 3 && self.marked(it).is_some()))
            .collect();
        match rest.as_slice() {
            [] => return None,
            [one] if matches!(*one, "both" | "all") && !approves(clause) => {
                return Some(Taken::All);
            }
            [one] => {
                if let Some(at) = self
                    .marked(one)
                    .or_else(|| self.placed(one))
                    .or_else(|| self.compared(one))
                {
                    return Some(Taken::Referred(at));
                }
            }
            _ => {}
        }
        let named: Vec<usize> = (0..self.items.len())
            .filter(|&at| self.items[at].holds(&rest))
            .collect();
        match named.as_slice() {
            [at] => Some(Taken::Named(*at)),
            _ => None,
        }
    }

    /// "The second", "the latter".
    fn placed(&self, word: &str) -> Option<usize> {
        let last = self.items.len().checked_sub(1)?;
        let at = match word {
            "first" | "former" | "1st" => 0,
            "second" | "2nd" => 1,
            "third" | "3rd" => 2,
            "fourth" | "4th" => 3,
            "last" | "latter" => last,
            "middle" if last == 2 => 1,
            _ => return None,
        };
        (at <= last).then_some(at)
    }

    /// "The higher one".
    fn compared(&self, word: &str) -> Option<usize> {
        let wanted = comparison(word)?;
        let amounts = self
            .items
            .iter()
            .map(|it| amount(&it.findings.first()?.value));
        let amounts: Vec<i64> = amounts.collect::<Option<_>>()?;
        most(&amounts, wanted)
    }
}

impl Item {
    /// Whether all of these words stand in it.
    fn holds(&self, wanted: &[&str]) -> bool {
        let own: Vec<&str> = words(&self.words).collect();
        wanted.iter().all(|word| {
            own.iter().any(|it| {
                let plain = |word: &str| word.trim_end_matches('s').to_owned();
                it == word || plain(it) == plain(word)
            })
        })
    }
}

/// "Both fine with me" says nothing of which.
fn approves(clause: &str) -> bool {
    words(clause).any(|it| matches!(it, "fine" | "right" | "ok" | "okay"))
}

/// Whether two options are different values of one field.
pub(super) fn differ(one: &Item, other: &Item) -> bool {
    one.findings.iter().any(|it| {
        let same = |more: &&Finding| more.field.name == it.field.name && more.segment == it.segment;
        other
            .findings
            .iter()
            .find(same)
            .is_some_and(|more| more.value != it.value)
    })
}

/// What a comparing word asks of the amounts.
pub(super) fn comparison(word: &str) -> Option<Ordering> {
    match word {
        "higher" | "highest" | "bigger" | "biggest" | "larger" | "largest" | "longer"
        | "longest" | "upper" | "max" | "pricier" => Some(Ordering::Greater),
        "lower" | "lowest" | "smaller" | "smallest" | "cheaper" | "cheapest" | "shorter"
        | "shortest" | "min" => Some(Ordering::Less),
        _ => None,
    }
}

/// Where the most or the least of several amounts stands.
pub(super) fn most(amounts: &[i64], wanted: Ordering) -> Option<usize> {
    let end = match wanted {
        Ordering::Greater => amounts.iter().max()?,
        _ => amounts.iter().min()?,
    };
    let mut at = (0..amounts.len()).filter(|&at| amounts[at] == *end);
    at.next().filter(|_| at.next().is_none())
}

/// The amount of a value, to compare it with others of its field.
pub(super) fn amount(value: &Value) -> Option<i64> {
    match value {
        Value::Money(it) | Value::MoneyPerYear(it) => Some(it.ten_thousandths),
        Value::Price(it) => Some(it.amount.ten_thousandths),
        Value::Percent(it) => Some(it.0),
        Value::Days(it) | Value::Months(it) => Some(it.0),
        Value::Count(it) => i64::try_from(*it).ok(),
        _ => None,
    }
}

/// Words beside which an option is taken.
const LIGHT: &[&str] = &[
    "so",
    "ok",
    "okay",
    "then",
    "let's",
    "lets",
    "us",
    "go",
    "going",
    "with",
    "take",
    "taking",
    "use",
    "using",
    "pick",
    "choose",
    "we",
    "we'll",
    "i'd",
    "i'll",
    "i",
    "say",
    "vote",
    "for",
    "me",
    "it",
    "is",
    "it's",
    "please",
    "pls",
    "imo",
    "the",
    "one",
    "option",
    "variant",
    "number",
    "version",
    "yes",
    "yep",
    "yeah",
    "right",
    "fine",
    "agreed",
    "definitely",
    "just",
    "only",
    "would",
    "be",
    "do",
    "that",
    "that's",
    "thx",
    "thanks",
    "+1",
    "honestly",
    "tbh",
    "of",
    "course",
    "on",
    "by",
    "keep",
    "answer",
    "suggestion",
    "proposal",
    "idea",
    "i'm",
    "still",
    "think",
    "an",
    "them",
    "no",
    "can",
    "live",
    "sounds",
    "question",
    "now",
    "start",
    "price",
    "way",
    "figure",
    "plan",
    "my",
    "clearly",
    "obviously",
];

/// The words of a clause that say more than that something is taken.
pub(super) fn heavy(clause: &str) -> Vec<&str> {
    words(clause).filter(|it| !LIGHT.contains(it)).collect()
}

/// The clauses of a message, each without its signs.
pub(super) fn clauses(folded: &str) -> impl Iterator<Item = &str> {
    folded
        .split([',', ';', '!', '?', '\n', ':', '('])
        .flat_map(|it| it.split(". "))
        .flat_map(|it| it.split(" - "))
        .map(|it| it.trim().trim_end_matches('.'))
        .filter(|it| !it.is_empty())
}

fn words(folded: &str) -> impl Iterator<Item = &str> {
    let parts = folded.split(|it: char| !(it.is_alphanumeric() || "'.%+".contains(it)));
    parts
        .map(|it| it.trim_matches('.'))
        .filter(|it| !it.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(items: &[&str], marks: Option<&str>) -> Options {
        let items = items.iter().enumerate().map(|(at, words)| Item {
            mark: marks.and_then(|it| it.chars().nth(at)),
            words: (*words).to_owned(),
            typed: (*words).to_owned(),
            findings: Vec::new(),
        });
        Options {
            line: 1,
            speaker: String::new(),
            items: items.collect(),
            mentioned: None,
        }
    }

    #[test]
    fn an_option_is_taken_by_its_mark_its_place_or_its_words() {
        let check = |folded: &str, options: &Options, expected: Option<Taken>| {
            assert_eq!(options.taken(folded), expected, "{folded}");
        };
        let lettered = options(&["free trial", "paid pilot"], Some("AB"));
        check("a it is", &lettered, Some(Taken::Referred(0)));
        check("so b, i'll write it", &lettered, Some(Taken::Referred(1)));
        check("b scares people off", &lettered, None);
        check(
            "then take the second one, start now",
            &lettered,
            Some(Taken::Referred(1)),
        );
        check("the pilot pls", &lettered, Some(Taken::Named(1)));
        check("both", &lettered, Some(Taken::All));
        check("a pilot would kill us", &lettered, None);
        let plain = options(&["sdrs", "aes"], None);
        check("sdrs imo, aes are drowning", &plain, Some(Taken::Named(0)));
        check("aes are drowning", &plain, None);
        check("the latter", &plain, Some(Taken::Referred(1)));
    }
}
