//! Words without the marks between them.

use super::word::{day, is_month, letter_day, nth};

/// The words of a folded text.
pub(super) fn tokens(folded: &str) -> Vec<&str> {
    const MARKS: &[char] = &[' ', ',', ';', '(', ')', '[', ']', '"', '`', '|'];
    let marked = folded.split(MARKS).map(trimmed);
    let tokens: Vec<&str> = marked.flat_map(parts).map(trimmed).collect();
    // `we` is a Wednesday among days that are as short.
    let is_short = |word: &&str| word.len() == 2 && *word != "we" && day(word).is_some();
    let has_short = tokens.iter().any(is_short);
    let means = |word: &&str| !word.is_empty() && (*word != "we" || has_short);
    tokens.into_iter().filter(means).collect()
}

/// A word without the marks around it.
fn trimmed(word: &str) -> &str {
    if matches!(word, "a.m." | "p.m.") {
        return word;
    }
    let word = word
        .trim_matches('\'')
        .trim_end_matches(['.', '!', '?', ':']);
    match word.strip_prefix(['@', '~']) {
        Some(time) if time.starts_with(|sign: char| sign.is_ascii_digit()) => time,
        _ => word,
    }
}

/// A word that stands for several: `mon/thu`, `mon@9am`, `3x/week`, `second-last`.
fn parts(word: &str) -> Vec<&str> {
    let split = |signs: &[char]| -> Vec<&str> { word.split(signs).collect() };
    let days = split(&['/', '+', '&']);
    let is_day = |part: &&str| day(part).or_else(|| letter_day(part)).is_some();
    if days.len() > 1 && days.iter().all(is_day) {
        return days;
    }
    if let [count, "week" | "wk" | "month" | "day"] = days[..]
        && !count.is_empty()
    {
        return days;
    }
    let at = split(&['@']);
    if at.len() == 2 && day(at[0]).is_some() {
        return at;
    }
    let placed = split(&['-']);
    if placed.len() > 1 && nth(placed[0]).is_some() && !placed.iter().any(|part| is_month(part)) {
        return placed;
    }
    vec![word]
}
