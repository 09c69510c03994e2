//! Single words: days, ordinals, counts.

use super::{Day, Nth};

/// The numbers that people spell out, from one.
pub(super) const NUMBERS: [&str; 12] = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
];

/// The places in a month that people spell out, from the fifth; those before are also [`Nth`].
const ORDINALS: [&str; 16] = [
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
];

/// All days from one to another, over the end of the week where needed.
pub(super) fn span(first: Day, last: Day) -> impl Iterator<Item = Day> {
    let days = Day::all().cycle().skip_while(move |day| *day != first);
    let length = usize::from((last.0 - first.0).rem_euclid(7).unsigned_abs()) + 1;
    days.take(length)
}

/// How many weeks, days or months; a number that is too large is no rhythm of ours either way.
pub(super) fn counted(word: &str) -> Option<u8> {
    match word {
        "other" | "alternate" | "alternating" | "second" | "2nd" => Some(2),
        "third" | "3rd" => Some(3),
        "fourth" | "4th" => Some(4),
        _ => {
            let spelled = NUMBERS.iter().position(|number| *number == word);
            let spelled = spelled.and_then(|at| u8::try_from(at + 1).ok());
            spelled.or_else(|| word.parse().ok())
        }
    }
}

pub(super) fn is_month(word: &str) -> bool {
    matches!(word, "month" | "months" | "monthly" | "month's" | "mth")
}

/// What is counted by the number before it, which is no hour then.
pub(super) fn is_unit(word: &str) -> bool {
    const UNITS: [&str; 20] = [
        "week", "weeks", "wk", "wks", "day", "days", "month", "months", "times", "hour", "hours",
        "minute", "minutes", "min", "mins", "quarter", "quarters", "year", "years", "x",
    ];
    UNITS.contains(&word)
}

/// The day that a word names: `monday`, `mondays`, `mon`, `tues`, `mo`.
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
        let is_short = |stem: &str| stem == &name[..3];
        let plural = |stem: &str| stem == name || is_short(stem);
        stem == name
            || is_short(stem)
            || stem == &name[..2]
            || stem.strip_suffix('s').is_some_and(plural)
            || stem.strip_suffix("'s").is_some_and(|stem| stem == name)
    })
}

/// The day that a letter stands for, among others: `m-f`, `m/w/f`.
pub(super) fn letter_day(word: &str) -> Option<Day> {
    let at = match word {
        "m" => 0,
        "t" => 1,
        "w" => 2,
        "r" => 3,
        "f" => 4,
        _ => return None,
    };
    Some(Day(at))
}

/// Days in one word of letters, as a timetable has them: `mwf`, `tth`.
pub(super) fn letter_days(word: &str) -> Option<&'static [i8]> {
    match word {
        "mwf" => Some(&[0, 2, 4]),
        "tth" | "tuth" => Some(&[1, 3]),
        "mw" => Some(&[0, 2]),
        "mtwtf" | "mtwthf" => Some(&[0, 1, 2, 3, 4]),
        _ => None,
    }
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

/// `15th`, `fifteenth`; not the first four, which are also an [`Nth`].
pub(super) fn numbered(word: &str) -> Option<u32> {
    let number = ["st", "nd", "rd", "th"]
        .iter()
        .find_map(|end| word.strip_suffix(end));
    let spelled = || {
        let at = ORDINALS.iter().position(|ordinal| *ordinal == word)?;
        u32::try_from(at + 5).ok()
    };
    number
        .and_then(|number| number.parse().ok())
        .or_else(spelled)
}

/// The day of the month that an ordinal names: `first`, `15th`, `last`.
pub(super) fn place(word: &str) -> Option<u32> {
    let first = match nth(word) {
        Some(Nth::First) => Some(1),
        Some(Nth::Second) => Some(2),
        Some(Nth::Third) => Some(3),
        Some(Nth::Fourth) => Some(4),
        Some(Nth::Last) => Some(31),
        None => None,
    };
    first.or_else(|| numbered(word))
}

/// A number in digits, as long as a day of the month may be: `5`, `15`.
pub(super) fn digits(word: &str) -> Option<u32> {
    let is_short = word.len() <= 2 && word.bytes().all(|sign| sign.is_ascii_digit());
    is_short.then(|| word.parse().ok()).flatten()
}
