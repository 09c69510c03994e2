//! The first day: `starting May 4`, `from 2026-05-04`, `starting next week`.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::word::{digits, numbered, place};
use crate::plan;
use crate::text;

/// A date takes no more words than this.
const MOST_WORDS: usize = 5;

/// The first day that stands at the front of some words, and how many it took.
pub(super) fn date(rest: &[&str], today: Date) -> Option<(Date, usize)> {
    if !matches!(
        rest[0],
        "from" | "starting" | "since" | "beginning" | "starts" | "begins" | "start"
    ) {
        return None;
    }
    let most = rest.len().min(1 + MOST_WORDS);
    (2..=most).rev().find_map(|taken| {
        let date = read(&rest[1..taken], today)?;
        Some((date, taken))
    })
}

/// A date in words; a time or a day of the week alone is none.
fn read(words: &[&str], today: Date) -> Option<Date> {
    let bare: Vec<String> = words
        .iter()
        .filter(|word| !matches!(**word, "on" | "the" | "of"))
        .map(|word| plain(word))
        .collect();
    if bare.len() == 2 && bare[0] == "next" && bare[1] == "week" {
        return today.nth_weekday(1, Weekday::Monday).ok();
    }
    let is_said = |word: &String| {
        matches!(&**word, "today" | "tomorrow" | "now" | "next")
            || text::month(word).is_some()
            || word.parse::<Date>().is_ok()
    };
    if !bare.iter().any(is_said) {
        return None;
    }
    let date = plan::parse_date(&bare.join(" "), today).ok()?;
    let has_year = bare.iter().any(|word| word.contains("20"));
    let is_past = date < today && !has_year;
    Some(if is_past {
        date.saturating_add(1.year())
    } else {
        date
    })
}

/// `4th` and `fourth` as a number.
fn plain(word: &str) -> String {
    match digits(word)
        .or_else(|| numbered(word))
        .or_else(|| place(word))
    {
        Some(number) => number.to_string(),
        None => word.to_owned(),
    }
}
