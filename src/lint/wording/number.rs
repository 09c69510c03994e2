//! Whether a text says how much. What only says when, which one or in what order says nothing of it:
//! "Q3", "since 2026", "1. more visits", "ISO 27001", "B2B".

use super::lists::{self, List};
use super::spoken::Spoken;
use crate::text;

/// Whether some word of the text says how much.
pub(super) fn has_number(text: &Spoken) -> bool {
    let words = words(text);
    let plain: Vec<&str> = words.iter().map(|word| word.itself).collect();
    (0..words.len()).any(|at| {
        says_how_much(&words, at) || is_word_for_number(&plain, at) || counts_one(&plain[at..])
    })
}

/// A word with what stands around it.
#[derive(Clone, Copy)]
struct Word<'a> {
    itself: &'a str,
    /// The text before it and behind it.
    before: &'a str,
    behind: &'a str,
}

fn words(text: &Spoken) -> Vec<Word<'_>> {
    let folded = text.folded();
    let placed = text.placed().into_iter().map(|place| Word {
        itself: &folded[place.clone()],
        before: &folded[..place.start],
        behind: &folded[place.end..],
    });
    let mut due = 1_u32;
    // The numbers of a list that counts its own items are left out.
    placed
        .filter(|word| {
            let is_marker = word.itself.parse() == Ok(due) && word.is_marker(due == 1);
            due += u32::from(is_marker);
            !is_marker
        })
        .collect()
}

impl Word<'_> {
    /// Whether it numbers an item, as in "1. more visits 2. better leads".
    fn is_marker(self, is_first: bool) -> bool {
        let begins = !is_first || !self.before.trim_end().ends_with(char::is_alphanumeric);
        begins && (self.behind.starts_with(". ") || self.behind.starts_with(") "))
    }
}

/// Whether the word at that place has an amount in digits.
fn says_how_much(words: &[Word<'_>], at: usize) -> bool {
    let word = words[at];
    let previous = at.checked_sub(1).map_or("", |at| words[at].itself);
    let next = words.get(at + 1).map_or("", |next| next.itself);
    let names_something = is_in(&lists::NUMBERED, previous) || is_in(&lists::NAMES, word.itself);
    let is_around_the_clock = (word.itself == "24" && word.behind.starts_with("/7"))
        || (word.before.ends_with("24/") || word.before.ends_with("/7/"));
    let is_day = |month| text::month(month).is_some() && word.itself.len() <= 2;
    // "FY 26", "2026/27", "Q3 '26"
    let goes_on = word.itself.len() == 2 && is_calendar(previous);
    let is_time = is_period(word.itself)
        || is_year_here(word, previous, next)
        || goes_on
        || is_day(previous)
        || is_day(next);
    word.itself.split(['-', '\'']).any(is_amount)
        && !(names_something || is_around_the_clock || is_time)
}

/// Whether the part of a word is an amount: `5k`, `30%`, `10x`, `eur500`; not `3rd`, `q3` or `b2b`.
fn is_amount(part: &str) -> bool {
    let begins_with_digit = |part: &str| part.starts_with(|sign: char| sign.is_ascii_digit());
    let digits = part.trim_start_matches('#');
    let behind = |before| digits.strip_prefix(before).is_some_and(begins_with_digit);
    if ["usd", "eur", "gbp", "chf", "inr", "us", "x"]
        .into_iter()
        .any(behind)
    {
        return true;
    }
    let letters = digits.trim_start_matches(|sign: char| sign.is_ascii_digit());
    begins_with_digit(digits) && !matches!(letters, "st" | "nd" | "rd" | "th")
}

/// Whether the word says a quarter, a half or a year that cannot be a number of things: `q3`,
/// `fy26`, `1h26`, `2026-q3`, `2026-03-01`.
fn is_period(word: &str) -> bool {
    let mut parts = word.split(['-', '\'']).peekable();
    let is_dated = |first: &&str| is_year(first) || is_quarter(first);
    let dated = parts.peek().is_some_and(is_dated) && word.len() > 4;
    parts.all(|part| {
        is_quarter(part) || (is_year(part) && word.len() > 4) || (part.len() <= 2 && dated)
    })
}

fn is_calendar(word: &str) -> bool {
    is_period(word) || is_year(word) || matches!(word, "fy" | "cy")
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && matches!(word.parse(), Ok(2010_u16..=2049))
}

/// `q3`, `h1`, `q3fy26`, `fy26`, `fy2026`, `3q26`, `1h`.
fn is_quarter(word: &str) -> bool {
    let digits = |rest: &str| rest.bytes().all(|sign| sign.is_ascii_digit());
    let is_short_year = |rest: &str| matches!(rest.len(), 0 | 2 | 4) && digits(rest);
    let of_year = ["fy", "cy"]
        .into_iter()
        .find_map(|it| word.strip_prefix(it));
    if let Some(year) = of_year {
        return !year.is_empty() && is_short_year(year);
    }
    let halves = [
        "q1", "q2", "q3", "q4", "h1", "h2", "1q", "2q", "3q", "4q", "1h", "2h",
    ];
    let rest = halves.into_iter().find_map(|half| word.strip_prefix(half));
    rest.is_some_and(|rest| is_short_year(rest.trim_start_matches("fy")))
}

/// Whether four digits are a year here: behind a word of time, or with no noun that they count.
fn is_year_here(word: Word<'_>, previous: &str, next: &str) -> bool {
    let counts_nothing =
        next.is_empty() || !word.behind.starts_with(' ') || is_in(&lists::SMALL, next);
    let is_told =
        text::month(previous).is_some() || is_in(&lists::TIMES, previous) || is_quarter(previous);
    is_year(word.itself) && (counts_nothing || is_told)
}

/// Whether the word at that place says a number: "twice as many", "a fifth", "half the time"; not
/// "next quarter", "a third party", "the second half".
fn is_word_for_number(words: &[&str], at: usize) -> bool {
    let previous = at.checked_sub(1).map_or("", |at| words[at]);
    let next = words.get(at + 1).copied().unwrap_or_default();
    match words[at] {
        "half" | "halves" => !matches!(previous, "first" | "second" | "last" | "next" | "this"),
        "quarter" => {
            matches!(previous, "a" | "one")
                && (matches!(next, "of" | "less" | "fewer" | "more" | "faster")
                    || (at > 1 && words[at - 2] == "by"))
        }
        "third" | "fifth" | "sixth" | "seventh" | "eighth" | "ninth" | "tenth" => {
            matches!(previous, "a" | "one" | "by")
                && !matches!(
                    next,
                    "party" | "parties" | "quarter" | "year" | "time" | "way"
                )
        }
        word => word.split('-').any(|part| is_in(&lists::NUMBERS, part)),
    }
}

/// Whether one thing is counted here, as in "one meeting less" or "within a day"; "one place"
/// counts nothing.
fn counts_one(words: &[&str]) -> bool {
    let is_time = |word: &str| matches!(word, "minute" | "hour" | "day" | "week" | "month");
    match words {
        ["one", thing, "less" | "fewer", ..] | ["one", _, thing, "less" | "fewer", ..] => {
            !matches!(*thing, "with" | "for" | "and")
        }
        ["in" | "within", "a" | "an", time, ..] => is_time(time),
        _ => false,
    }
}

fn is_in(list: &List, word: &str) -> bool {
    list.contains(word)
}
