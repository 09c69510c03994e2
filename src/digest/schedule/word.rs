//! Single words: days, ordinals, counts.

use super::{Day, Nth};

/// All days from one to another, over the end of the week where needed.
pub(super) fn span(first: Day, last: Day) -> impl Iterator<Item = Day> {
    let days = Day::all().cycle().skip_while(move |day| *day != first);
    let length = usize::from((last.0 - first.0).rem_euclid(7).unsigned_abs()) + 1;
    days.take(length)
}

/// A number of weeks; one that is too large is no rhythm of ours either way.
pub(super) fn counted(word: &str) -> Option<u8> {
    match word {
        "other" | "alternate" | "second" | "2nd" | "two" => Some(2),
        "third" | "3rd" | "three" => Some(3),
        "fourth" | "4th" | "four" => Some(4),
        _ => word.parse().ok(),
    }
}

pub(super) fn is_month(word: &str) -> bool {
    matches!(word, "month" | "months" | "monthly")
}

/// The day that a word names: `monday`, `mondays`, `mon`, `tues`.
pub(super) fn day(word: &str) -> Option<Day> {
    let word = word.trim_end_matches('.');
    let stem = match word {
        "weds" => "wed",
        "thurs" | "thur" => "thu",
        "tues" => "tue",
        word => word,
    };
    Day::all().find(|day| {
        let name = day.name().to_lowercase();
        stem == name
            || stem == &name[..3]
            || stem
                .strip_suffix('s')
                .is_some_and(|stem| stem == name || stem == &name[..3])
            || stem.strip_suffix("'s").is_some_and(|stem| stem == name)
    })
}

pub(super) fn nth(word: &str) -> Option<Nth> {
    match word {
        "first" | "1st" => Some(Nth::First),
        "second" | "2nd" => Some(Nth::Second),
        "third" | "3rd" => Some(Nth::Third),
        "fourth" | "4th" => Some(Nth::Fourth),
        "last" | "final" => Some(Nth::Last),
        _ => None,
    }
}

/// `15th`
pub(super) fn numbered(word: &str) -> Option<i8> {
    let number = ["st", "nd", "rd", "th"]
        .iter()
        .find_map(|end| word.strip_suffix(end))?;
    number.parse().ok()
}
