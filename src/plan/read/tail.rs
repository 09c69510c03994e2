//! What stands after a number: `a month`, `/yr`, `per seat`, `per 1,000 calls`.

use std::sync::LazyLock;

use super::number::{self, Em, split_word};
use super::scan::Holder;
use crate::text;

/// A stretch of time that a number is said to be for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Span {
    Day,
    Week,
    Month,
    Quarter,
    Year,
    Once,
}

impl Span {
    /// How the span reads after an amount.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Day => "a day",
            Self::Week => "a week",
            Self::Month => "a month",
            Self::Quarter => "a quarter",
            Self::Year => "a year",
            Self::Once => "once",
        }
    }
}

/// All that was said after a number.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Tail<'a> {
    pub(super) span: Option<Span>,
    /// Two different spans were said.
    pub(super) spans_clash: bool,
    /// A unit of use: a call, a gigabyte.
    pub(super) unit: bool,
    /// For how many units the price is, where that is not one: `per 1,000 calls`.
    pub(super) bundle: Option<i128>,
    /// A seat or user.
    pub(super) seat: bool,
    /// What was not understood, from its first word on.
    pub(super) left: &'a str,
}

/// What people pay for use by.
static UNITS: LazyLock<Vec<String>> = LazyLock::new(|| {
    keys(
        "unit use call request query event message minute hour token credit record row \
    document page invoice image email sms order transaction scan report run build job shipment \
    booking gb tb mb gigabyte terabyte megabyte lookup conversation resolution ticket session \
    contact lead check",
    )
});

/// What each person is, a seat is.
static SEATS: LazyLock<Vec<String>> = LazyLock::new(|| {
    keys(
        "seat user license licence login head person agent member editor employee worker learner \
         dev developer engineer technician doctor nurse vet dentist lawyer teacher seller rep clerk estimator \
         mechanic broker recruiter advisor consultant attorney analyst welder planner dispatcher",
    )
});

/// Who pays as a whole.
static ACCOUNTS: LazyLock<Vec<String>> = LazyLock::new(|| {
    keys(
        "account customer company workspace client team org organization organisation firm business tenant group \
         shop store restaurant hotel studio gym salon garage pharmacy bakery brewery winery clinic practice hospital lab \
         school church charity council municipality association museum agency office workshop branch dealership dealer \
         bank nursery farm yard mill kitchen brand",
    )
});

/// Who a word says that pays, if it is a seat or an account.
pub(super) fn payer(word: &str) -> Option<Holder> {
    match word {
        _ if is_one_of(word, &SEATS) => Some(Holder::Seat),
        _ if is_one_of(word, &ACCOUNTS) => Some(Holder::Account),
        _ => None,
    }
}

fn keys(words: &str) -> Vec<String> {
    words.split_ascii_whitespace().map(text::key).collect()
}

/// Reads what stands after a number, in folded words; `nouns` may stand there and say nothing new.
pub(super) fn read<'a>(words: &'a str, nouns: &[&str]) -> Tail<'a> {
    let mut tail = Tail::default();
    let mut rest = words.trim_matches(|sign: char| sign.is_whitespace() || ".,;!".contains(sign));
    while !rest.is_empty() {
        let Some(after) = step(rest, nouns, &mut tail) else {
            tail.left = rest;
            return tail;
        };
        rest = after.trim_start_matches([' ', ',', '.']);
    }
    tail
}

/// Reads one phrase into `tail`; `None` if it is not understood.
pub(super) fn step<'a>(words: &'a str, nouns: &[&str], tail: &mut Tail<'_>) -> Option<&'a str> {
    if let Some(rest) = take_noun(words, nouns) {
        return Some(rest);
    }
    for (phrase, span) in PHRASES {
        if let Some(rest) = words.strip_prefix(phrase)
            && !rest.starts_with(char::is_alphanumeric)
        {
            set_span(tail, *span);
            return Some(rest);
        }
    }
    if let Some(rest) = holder(words, tail) {
        return Some(rest);
    }
    let (per, rest) = match joined(words) {
        rest if rest.len() < words.len() => (true, rest),
        _ => take_per(words),
    };
    if per {
        if let Some(after) = take_noun(rest, nouns) {
            return Some(after);
        }
        if let Ok(Some((read, after))) = number::take(rest, Em::Million)
            && let Some(bundle) = read.number.scaled(0).filter(|&bundle| bundle > 0)
            && let (word, after) = split_word(after)
            && is_one_of(word, &UNITS)
        {
            tail.unit = true;
            tail.bundle = Some(i128::from(bundle)).filter(|&bundle| bundle > 1);
            return Some(after);
        }
        let rest = rest.strip_prefix("api ").unwrap_or(rest);
        let (word, after) = split_word(rest);
        if is_one_of(word, &SEATS) {
            tail.seat = true;
            return Some(after);
        }
        if is_one_of(word, &UNITS) {
            tail.unit = true;
            return Some(after);
        }
        if let Some(span) = span(word) {
            set_span(tail, span);
            return Some(after);
        }
    }
    None
}

/// Who pays, said in short: `pp`, `pepm`, and the seat of "69 € user/month".
fn holder<'a>(words: &'a str, tail: &mut Tail<'_>) -> Option<&'a str> {
    let (word, rest) = split_word(words);
    match word {
        "pp" => {}
        // Per employee, user or person, per month.
        "pepm" | "pupm" | "pppm" => set_span(tail, Span::Month),
        _ if rest.starts_with('/') && is_one_of(word, &SEATS) => {}
        _ => return None,
    }
    tail.seat = true;
    Some(rest)
}

/// Words without the "and" that joins a period to what is paid for: "per user and month".
fn joined(words: &str) -> &str {
    let rest = words.strip_prefix("and ").map(str::trim_start);
    let lasts = |rest: &&str| span(split_word(rest).0).is_some_and(|it| it != Span::Day);
    rest.filter(lasts).unwrap_or(words)
}

/// Whole phrases, longest first.
const PHRASES: &[(&str, Span)] = &[
    ("per annum", Span::Year),
    ("p.a", Span::Year),
    ("pa", Span::Year),
    ("p/a", Span::Year),
    ("yearly", Span::Year),
    ("annually", Span::Year),
    ("annual", Span::Year),
    ("arr", Span::Year),
    ("acv", Span::Year),
    ("p.m", Span::Month),
    ("pcm", Span::Month),
    ("pm", Span::Month),
    ("monthly", Span::Month),
    ("mrr", Span::Month),
    ("quarterly", Span::Quarter),
    ("weekly", Span::Week),
    ("daily", Span::Day),
    ("one-time", Span::Once),
    ("one time", Span::Once),
    ("one-off", Span::Once),
    ("one off", Span::Once),
    ("once", Span::Once),
    ("lifetime", Span::Once),
];

/// A stretch of time by its noun.
pub(super) fn span(word: &str) -> Option<Span> {
    Some(match word {
        "d" | "day" | "days" => Span::Day,
        "w" | "wk" | "wks" | "week" | "weeks" => Span::Week,
        "m" | "mo" | "mos" | "mth" | "mths" | "month" | "months" => Span::Month,
        "q" | "qtr" | "qtrs" | "quarter" | "quarters" => Span::Quarter,
        "y" | "yr" | "yrs" | "year" | "years" | "annum" => Span::Year,
        _ => return None,
    })
}

fn set_span(tail: &mut Tail<'_>, span: Span) {
    tail.spans_clash |= tail.span.is_some_and(|known| known != span);
    tail.span = Some(span);
}

/// A `/`, `per`, `a`, `each` or `every`, and what follows.
fn take_per(words: &str) -> (bool, &str) {
    if let Some(rest) = words.strip_prefix('/') {
        return (true, rest.trim_start());
    }
    for per in ["per ", "a ", "an ", "each ", "every ", "by the "] {
        if let Some(rest) = words.strip_prefix(per) {
            return (true, rest.trim_start());
        }
    }
    (false, words)
}

/// A noun of the field at the start of `words`, longest match first.
fn take_noun<'a>(words: &'a str, nouns: &[&str]) -> Option<&'a str> {
    if nouns.is_empty() {
        return None;
    }
    let mut best: Option<&str> = None;
    let mut end = 0;
    for (place, _) in words.match_indices(' ').chain([(words.len(), "")]) {
        let phrase = words[..place].trim_end_matches([',', '.']);
        let key = text::key(phrase);
        if !key.is_empty() && nouns.iter().any(|noun| text::is_key(&key, noun)) {
            best = Some(&words[place..]);
        }
        end += 1;
        if end > 4 {
            break;
        }
    }
    best.or_else(|| {
        let (word, rest) = split_word(words);
        let key = text::key(word);
        let fits = !word.is_empty() && nouns.iter().any(|noun| text::is_key(&key, noun));
        fits.then_some(rest)
    })
}

fn is_one_of(word: &str, keys: &[String]) -> bool {
    let key = text::key(word);
    !key.is_empty() && keys.contains(&key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tails_are_read_whole() {
        let nouns = ["customer", "new customers"];
        let check = |words: &str, expected: (Option<Span>, bool, bool, &str)| {
            let tail = read(words, &nouns);
            assert_eq!(
                (tail.span, tail.unit, tail.seat, tail.left),
                expected,
                "{words}"
            );
        };
        check("", (None, false, false, ""));
        check("/mo", (Some(Span::Month), false, false, ""));
        check("a year", (Some(Span::Year), false, false, ""));
        check("per seat per month", (Some(Span::Month), false, true, ""));
        check("/user/mo", (Some(Span::Month), false, true, ""));
        check("pp pm", (Some(Span::Month), false, true, ""));
        check("p.a.", (Some(Span::Year), false, false, ""));
        check("per customer a year", (Some(Span::Year), false, false, ""));
        check("new customers", (None, false, false, ""));
        check("per api call", (None, true, false, ""));
        check("per gb", (None, true, false, ""));
        check("per moon", (None, false, false, "per moon"));
        check("monthly, ish", (Some(Span::Month), false, false, "ish"));
    }

    #[test]
    fn bundles_keep_their_size() {
        assert_eq!(read("per 1,000 calls", &[]).bundle, Some(1_000));
        assert_eq!(read("per million tokens", &[]).left, "per million tokens");
        assert_eq!(read("per 1m tokens", &[]).bundle, Some(1_000_000));
    }

    #[test]
    fn two_spans_clash() {
        assert!(read("a month, a year", &[]).spans_clash);
        assert!(!read("a month monthly", &[]).spans_clash);
    }
}
