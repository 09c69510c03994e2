//! Numbers in prose: what each is worth and what it is a number of, so that one in a sentence can be
//! looked for in its evidence however either is written.
//!
//! Strict on purpose: a spelling with two readings is only equal to itself, and a number whose unit
//! is another is another number.

use crate::plan::{MULTIPLES_OF_TEN, SMALL_NUMBERS};

/// A number of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Number {
    worth: Worth,
    unit: Unit,
    /// The time that an amount of money is for.
    per: Option<Span>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Worth {
    /// In millionths.
    Exactly(i128),
    /// A spelling with more than one reading, or a word with digits in it.
    AsWritten(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Plain,
    Money(&'static str),
    Percent,
    Times,
    Time(Span),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Span {
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

const MILLION: i128 = 1_000_000;

/// Whether every number of `sentence` stands in one of the texts; the first that does not is named.
pub(super) fn unfounded(sentence: &str, evidence: &[&str]) -> Option<String> {
    let held: Vec<Number> = evidence
        .iter()
        .flat_map(|text| numbers(text))
        .map(|(number, _)| number)
        .collect();
    let stands = |number: &Number| {
        held.iter().any(|held| {
            let same = held.worth == number.worth && held.unit == number.unit;
            same && (number.per.is_none() || held.per == number.per)
        })
    };
    let mut own = numbers(sentence).into_iter();
    own.find(|(number, _)| !stands(number))
        .map(|(_, words)| words)
}

/// The numbers of a text, each with the word that begins it.
fn numbers(text: &str) -> Vec<(Number, String)> {
    let text = text.to_lowercase();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(letter) = text[at..].chars().next() {
        let (number, length) = if letter.is_ascii_digit() {
            in_digits(&text, at)
        } else if letter.is_alphabetic() {
            in_words(&text, at)
        } else if letter.is_numeric() {
            let length = letter.len_utf8();
            (Some(written(&text[at..at + length])), length)
        } else {
            (None, letter.len_utf8())
        };
        found.extend(number.map(|number| (number, text[at..at + length].to_owned())));
        at += length;
    }
    found
}

fn written(words: &str) -> Number {
    Number {
        worth: Worth::AsWritten(words.to_owned()),
        unit: Unit::Plain,
        per: None,
    }
}

/// A number in digits, and how many bytes belong to it.
fn in_digits(text: &str, at: usize) -> (Option<Number>, usize) {
    let rest = &text[at..];
    let digits = digits(rest);
    let (mut worth, mut after) = (worth(&rest[..digits]), &rest[digits..]);
    let attached = &after[..letters(after)];
    if let Some((factor, length)) = factor(after) {
        worth = times(worth, factor);
        after = &after[length..];
    } else if matches!(attached, "st" | "nd" | "rd" | "th") {
        after = &after[2..];
    } else if !attached.is_empty() && unit_word(attached).is_none() {
        let length = digits + attached.len();
        return (Some(written(&rest[..length])), length);
    }
    let before = text[..at].trim_end();
    let (unit, after) = unit(before, after);
    let number = Number {
        worth: signed(worth, before, text[..at].len() - before.len()),
        unit,
        per: match unit {
            Unit::Money(_) => per(after),
            _ => None,
        },
    };
    // What follows is read for itself too, but no letter that is attached to the digits.
    (Some(number), digits + attached.len())
}

/// How many bytes of digits and separators between digits begin the text.
fn digits(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut end = 0;
    while digit(end) || (matches!(bytes.get(end), Some(b'.' | b',')) && digit(end + 1)) {
        end += 1;
    }
    end
}

fn letters(rest: &str) -> usize {
    let end = rest.find(|c: char| !c.is_alphanumeric());
    end.unwrap_or(rest.len())
}

fn worth(digits: &str) -> Worth {
    let (whole, fraction) = match digits.split_once('.') {
        Some((whole, fraction)) => (whole, fraction),
        None => (digits, ""),
    };
    let groups: Vec<&str> = whole.split(',').collect();
    let grouped = groups[1..].iter().all(|group| group.len() == 3) && groups[0].len() <= 3;
    let two_readings = fraction.contains(['.', ','])
        || (groups.len() > 1 && !grouped)
        || (groups.len() == 1 && fraction.len() == 3 && whole.len() <= 3 && whole != "0")
        || fraction.len() > 6;
    let exact = || {
        let whole: i128 = groups.concat().parse().ok()?;
        let fraction: i128 = format!("{fraction:0<6}").parse().ok()?;
        whole.checked_mul(MILLION)?.checked_add(fraction)
    };
    match exact() {
        Some(exact) if !two_readings => Worth::Exactly(exact),
        _ => Worth::AsWritten(digits.to_owned()),
    }
}

fn times(worth: Worth, factor: i128) -> Worth {
    match worth {
        Worth::Exactly(worth) => match worth.checked_mul(factor) {
            Some(worth) => Worth::Exactly(worth),
            None => Worth::AsWritten(format!("{worth} times {factor}")),
        },
        Worth::AsWritten(words) => Worth::AsWritten(format!("{words} times {factor}")),
    }
}

/// `k`, `m`, ` million`: by how much it multiplies, and how many bytes it takes.
fn factor(after: &str) -> Option<(i128, usize)> {
    let attached = &after[..letters(after)];
    let factor = |word: &str| match word {
        "k" | "thousand" => Some(1_000),
        "m" | "mm" | "mn" | "mio" | "million" => Some(1_000_000),
        "b" | "bn" | "billion" => Some(1_000_000_000),
        _ => None,
    };
    if !attached.is_empty() {
        return factor(attached).map(|it| (it, attached.len()));
    }
    let spaced = after.trim_start_matches([' ', '-']);
    let word = &spaced[..letters(spaced)];
    let factor = factor(word).filter(|_| word.len() > 3)?;
    Some((factor, after.len() - spaced.len() + word.len()))
}

fn signed(worth: Worth, before: &str, gap: usize) -> Worth {
    let currency = |c: char| matches!(c, '$' | '€' | '£');
    let bare = before.trim_end_matches(currency);
    if gap > 0 && bare.len() == before.len() {
        return worth;
    }
    let Some(ahead) = bare.strip_suffix(['-', '−']) else {
        return worth;
    };
    // "3-5" is a range.
    let begins = ahead.is_empty() || ahead.ends_with([' ', '(', '\n']);
    match worth {
        Worth::Exactly(worth) if begins => Worth::Exactly(-worth),
        worth => worth,
    }
}

/// What a number is a number of, and what stands behind that.
fn unit<'a>(before: &str, after: &'a str) -> (Unit, &'a str) {
    let last = before.rsplit(|c: char| !c.is_alphanumeric()).next();
    let code = |word: &str| match word {
        "usd" | "dollar" | "dollars" | "bucks" => Some("usd"),
        "eur" | "euro" | "euros" => Some("eur"),
        "gbp" | "pound" | "pounds" => Some("gbp"),
        _ => None,
    };
    let sign = |c: Option<char>| match c {
        Some('$') => Some("usd"),
        Some('€') => Some("eur"),
        Some('£') => Some("gbp"),
        _ => None,
    };
    let ahead = sign(before.chars().next_back()).or_else(|| last.and_then(code));
    let spaced = after.trim_start_matches([' ', '-', '\u{a0}']);
    let word = &spaced[..letters(spaced)];
    let behind =
        sign(spaced.chars().next()).map(|it| (it, spaced.chars().next().map_or(0, char::len_utf8)));
    let behind = behind.or_else(|| code(word).map(|it| (it, word.len())));
    if let Some((code, length)) = behind {
        return (Unit::Money(code), &spaced[length..]);
    }
    if let Some(code) = ahead {
        return (Unit::Money(code), after);
    }
    if spaced.starts_with('%') {
        return (Unit::Percent, after);
    }
    match unit_word(word) {
        Some(unit) => (unit, &spaced[word.len()..]),
        None if word == "per" && spaced[3..].trim_start().starts_with("cent") => {
            (Unit::Percent, after)
        }
        None => (Unit::Plain, after),
    }
}

fn unit_word(word: &str) -> Option<Unit> {
    match word {
        "percent" | "percentage" | "pct" => Some(Unit::Percent),
        "x" | "×" | "times" => Some(Unit::Times),
        _ => span(word).map(Unit::Time),
    }
}

fn span(word: &str) -> Option<Span> {
    match word {
        "min" | "minute" | "minutes" => Some(Span::Minute),
        "h" | "hour" | "hours" => Some(Span::Hour),
        "d" | "day" | "days" | "daily" => Some(Span::Day),
        "wk" | "wks" | "week" | "weeks" | "weekly" => Some(Span::Week),
        "mo" | "mos" | "month" | "months" | "monthly" => Some(Span::Month),
        "q" | "quarter" | "quarters" | "quarterly" => Some(Span::Quarter),
        "y" | "yr" | "yrs" | "year" | "years" | "yearly" | "annually" => Some(Span::Year),
        _ => None,
    }
}

/// What an amount of money is for, from the words behind it.
fn per(after: &str) -> Option<Span> {
    let mut words = after
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let first = words.next()?;
    let bare = after.trim_start();
    match first {
        "a" | "per" | "each" | "every" => span(words.next()?),
        word if bare.starts_with('/') || word.ends_with("ly") => span(word),
        _ => None,
    }
}

/// A number in words, and how many bytes belong to the word.
fn in_words(text: &str, at: usize) -> (Option<Number>, usize) {
    let rest = &text[at..];
    let length = letters(rest);
    let word = &rest[..length];
    if word.contains(|c: char| c.is_numeric()) {
        // What everybody calls so holds no quantity.
        let known = matches!(word, "b2b" | "b2c" | "p2p" | "o2o");
        return ((!known).then(|| written(word)), length);
    }
    let Some(mut value) = spelled(word) else {
        return (None, length);
    };
    let mut after = &rest[length..];
    let mut taken = length;
    if let Some(more) = next_spelled(after, value) {
        value += more.0 * MILLION;
        after = &after[more.1..];
        taken += more.1;
    }
    let mut worth = Worth::Exactly(value);
    let next = after.trim_start_matches([' ', '-']);
    if let Some(rest) = next.strip_prefix("hundred") {
        worth = times(worth, 100);
        taken += after.len() - rest.len();
        after = rest;
    }
    if let Some((factor, length)) =
        factor(after).filter(|_| !after.starts_with(char::is_alphabetic))
    {
        worth = times(worth, factor);
        after = &after[length..];
        taken += length;
    }
    let (unit, after) = match word {
        "twice" | "double" | "triple" | "thrice" => (Unit::Times, after),
        _ => unit("", after),
    };
    let per = match unit {
        Unit::Money(_) => per(after),
        _ => None,
    };
    (Some(Number { worth, unit, per }), taken)
}

/// "-five" behind "twenty": its worth and its bytes.
fn next_spelled(after: &str, tens: i128) -> Option<(i128, usize)> {
    let is_tens = (20 * MILLION..100 * MILLION).contains(&tens);
    let next = after.strip_prefix(['-', ' ']).filter(|_| is_tens)?;
    let word = &next[..letters(next)];
    let value = spelled(word).filter(|value| (MILLION..10 * MILLION).contains(value))?;
    Some((value / MILLION, 1 + word.len()))
}

/// What a word is worth, in millionths. "One" counts: "one seller" is a number that somebody gave.
fn spelled(word: &str) -> Option<i128> {
    let at = |list: &[&str]| list.iter().position(|it| *it == word);
    let whole = at(&SMALL_NUMBERS)
        .or_else(|| at(&MULTIPLES_OF_TEN).map(|tens| 10 * tens))
        .or(match word {
            "twice" | "double" => Some(2),
            "triple" | "thrice" => Some(3),
            "dozen" | "dozens" => Some(12),
            "hundred" | "hundreds" => Some(100),
            "thousand" | "thousands" => Some(1_000),
            "million" | "millions" => Some(1_000_000),
            _ => None,
        });
    match (whole, word) {
        (Some(whole), _) => i128::try_from(whole).ok().map(|whole| whole * MILLION),
        (None, "half") => Some(MILLION / 2),
        (None, "third" | "thirds") => Some(MILLION / 3),
        (None, _) => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(sentence: &str, evidence: &str, stands: bool) {
        let found = unfounded(sentence, &[evidence]);
        assert_eq!(
            found.is_none(),
            stands,
            "{sentence} ← {evidence}: {found:?}"
        );
    }

    #[test]
    fn the_same_number_stands_however_it_is_written() {
        for (sentence, evidence) in [
            ("at $49 a month", "price: $49/mo"),
            ("at 49 dollars a month", "$49 per month"),
            ("about $25k", "an ACV of $25,000"),
            ("$1.2M in revenue", "1.2 million dollars"),
            ("twelve months", "12 months"),
            ("a 12-month payback", "12 months"),
            ("twenty-five reps", "25 reps"),
            ("two hundred accounts", "200 accounts"),
            ("20 percent", "20%"),
            ("three times", "3x"),
            ("between 3 and 5 weeks", "3 and 5 weeks"),
            ("the rule of 40", "Rule of 40"),
            ("B2B buyers", "buyers"),
            ("no number at all", ""),
            ("$49", "$49 a month"),
            ("in Q3", "Q3"),
            ("-5%", "a change of -5%"),
            ("one rep", "1 rep"),
        ] {
            check(sentence, evidence, true);
        }
    }

    #[test]
    fn another_number_or_another_unit_does_not() {
        for (sentence, evidence) in [
            ("at $59 a month", "$49 a month"),
            ("49 reps", "$49 a month"),
            ("$49 a year", "$49 a month"),
            ("$49 a year", "$49"),
            ("49%", "$49"),
            ("€49", "$49"),
            ("12 reps", "12 months"),
            ("12 weeks", "12 months"),
            ("25k", "25"),
            ("1.200 accounts", "1,200 accounts"),
            ("twelve", "20"),
            ("half of them", "all of them"),
            ("double the price", "the price"),
            ("a dozen sellers", "some sellers"),
            ("٤٩ a month", "49 a month"),
            ("４９", "49"),
            ("4½", "4"),
            ("²", "2"),
            ("-5%", "5%"),
            ("5%", "-5%"),
            ("99999999999999999999999999999999999999999999", "9"),
            ("in Q4", "Q3"),
            ("one million dollars", "one dollar, a million"),
        ] {
            check(sentence, evidence, false);
        }
    }

    proptest! {
        #[test]
        fn a_number_stands_in_its_own_text_and_its_neighbour_does_not(n in 2_u32..2_000_000) {
            let text = format!("we plan {n} deals");
            prop_assert!(unfounded(&text, &[&text]).is_none());
            let other = format!("we plan {} deals", n + 1);
            prop_assert!(unfounded(&other, &[&text]).is_some());
        }

        #[test]
        fn any_text_is_read_to_its_end(text in "\\PC{0,120}") {
            prop_assert!(unfounded(&text, &[&text]).is_none(), "{text}");
        }
    }
}
