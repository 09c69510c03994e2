//! Where a number stands in running text, and what it is a number of; what it is worth is for
//! [`Field::parse`](crate::plan::Field::parse) to say.

use super::number::{self, Em};
use super::tail::{self, Span, Tail};
use crate::plan::currency;

/// A number at the beginning of folded words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scan {
    /// How many bytes it takes, with its unit and its period.
    pub length: usize,
    /// What it is a number of.
    pub shape: Shape,
}

/// What a number counts, as far as its own words say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// An amount with a currency, or with a period behind it.
    Money(Amount),
    /// It has a percent sign.
    Percent,
    /// A length of time.
    Length,
    /// A number with nothing beside it; whether a `k` or a `million` makes it large.
    Plain {
        /// Whether a word such as `k` makes it large.
        large: bool,
    },
    /// A range of plain numbers.
    Range,
    /// A range of amounts of money.
    MoneyRange,
}

/// An amount of money in running text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amount {
    /// The amount without what it is for; the words of a price for each unit of use are whole.
    pub words: String,
    /// The period, in words that a price may end with; empty where none is said.
    pub period: &'static str,
    /// Whether a unit of use is named.
    pub unit: bool,
    /// Whether a currency is named.
    pub marked: bool,
    /// What else it is said to be for: a seat, an account.
    pub holder: Option<Holder>,
}

/// Who a price is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    /// A seat or user.
    Seat,
    /// An account or customer.
    Account,
    /// Anything else that is counted: an endpoint, a shipment.
    Unit,
}

/// Ends of a range with one end: words before its number.
const OPEN: &[&str] = &[
    "up to ",
    "at least ",
    "at most ",
    "over ",
    "more than ",
    "under ",
    "below ",
    "less than ",
    "between ",
    "fewer than ",
];

/// Reads the number that folded words begin with.
pub fn scan(words: &str) -> Option<Scan> {
    if let Some(loss) = words.strip_prefix('-') {
        return negative(loss);
    }
    let opening = OPEN.iter().find(|open| words.starts_with(**open));
    let start = opening.map_or(0, |open| open.len());
    let mut scan = scan_number(&words[start..])?;
    if let Some(end) = range_end(&words[start..], &scan, opening == Some(&"between ")) {
        scan = end;
    } else if opening.is_some() {
        scan = open_ended(&scan)?;
    }
    scan.length += start;
    Some(scan)
}

/// A loss: "-40%".
fn negative(loss: &str) -> Option<Scan> {
    let digits = loss.starts_with(|c: char| c.is_ascii_digit());
    let scan = scan_number(loss).filter(|scan| digits && scan.shape == Shape::Percent)?;
    let length = scan.length + 1;
    Some(Scan { length, ..scan })
}

/// How a period begins behind a number that names no currency.
const PERIODS: &[&str] = &[
    "/",
    "a month",
    "a year",
    "per month",
    "per year",
    "per seat",
    "per user",
    "monthly",
    "yearly",
    "a seat",
    "per mo",
    "p.a",
    "p.m",
    "pcm",
    "annually",
    "each month",
];

fn open_ended(scan: &Scan) -> Option<Scan> {
    let shape = match &scan.shape {
        Shape::Money(amount) if amount.period.is_empty() => Shape::MoneyRange,
        Shape::Plain { .. } => Shape::Range,
        _ => return None,
    };
    let length = scan.length;
    Some(Scan { length, shape })
}

/// A range that begins with `low`.
fn range_end(words: &str, low: &Scan, between: bool) -> Option<Scan> {
    let money = match &low.shape {
        Shape::Money(amount) if amount.period.is_empty() => true,
        Shape::Plain { .. } => false,
        _ => return None,
    };
    let rest = &words[low.length..];
    if let Some(after) = rest.strip_prefix('+')
        && !after.trim_start().starts_with(|c: char| c.is_ascii_digit())
    {
        return open_ended(&Scan {
            length: low.length + 1,
            shape: low.shape.clone(),
        });
    }
    let joined = ["-", " - ", " to ", "..", " and "];
    let joined = joined
        .iter()
        .filter(|&&join| between || join != " and ")
        .find(|join| rest.starts_with(**join))?;
    let high = scan_number(&rest[joined.len()..])?;
    let shape = match (&high.shape, money) {
        (Shape::Money(amount), _) if amount.period.is_empty() => Shape::MoneyRange,
        (Shape::Plain { .. }, true) => Shape::MoneyRange,
        (Shape::Plain { .. }, false) => Shape::Range,
        // "6-8 weeks", "$49-59/mo", "20-25%": a range of what its end is of.
        (shape, _) => shape.clone(),
    };
    Some(Scan {
        length: low.length + joined.len() + high.length,
        shape,
    })
}

fn scan_number(words: &str) -> Option<Scan> {
    let cadence = words.strip_prefix("every ").unwrap_or(words);
    let (word, after) = number::split_word(cadence);
    let every =
        cadence.len() < words.len() && matches!(word, "month" | "quarter" | "year" | "week");
    if every || word == "quarterly" {
        return Some(at(words, after, Shape::Length));
    }
    let before = currency::take(words).filter(|(_, rest)| {
        let mark = &words[..words.len() - rest.len()];
        let sign = !mark.starts_with(|c: char| c.is_ascii_alphabetic()) || mark.ends_with('$');
        sign || (mark.len() == 3 && rest.starts_with(|c: char| c == ' ' || c.is_ascii_digit()))
    });
    let (marked, rest) = match before {
        Some((_, rest)) => (true, rest.trim_start()),
        None => (false, words),
    };
    let (large, rest) = take_digits(rest)?;
    let is_mark = !is_period(rest) || is_pence(rest);
    let (after, rest) = match currency::take(rest.trim_start()).filter(|_| is_mark) {
        Some((_, after)) => (true, after),
        None => (false, rest),
    };
    if marked || after {
        return Some(money(words, rest, true));
    }
    let trimmed = rest.trim_start();
    for sign in ["%", "percent", "per cent", "pct"] {
        if let Some(after) = trimmed.strip_prefix(sign) {
            return Some(at(words, after, Shape::Percent));
        }
    }
    let unit = trimmed.strip_prefix('-').unwrap_or(trimmed);
    let (word, after) = number::split_word(unit);
    let is_minutes = word == "m" || (word == "d" && !rest.starts_with(char::is_alphabetic));
    if tail::span(word).is_some() && !is_minutes && !after.starts_with(char::is_alphanumeric) {
        return Some(at(words, after, Shape::Length));
    }
    let next = rest.trim_start();
    let starts_period = large
        || PERIODS.iter().any(|period| next.starts_with(period))
        || thing(next, false).is_some();
    if starts_period {
        let scanned = money(words, rest, false);
        if let Shape::Money(amount) = &scanned.shape
            && !amount.period.is_empty()
        {
            return Some(scanned);
        }
    }
    Some(at(words, rest, Shape::Plain { large }))
}

fn at(words: &str, rest: &str, shape: Shape) -> Scan {
    let length = words[..words.len() - rest.len()].trim_end().len();
    Scan { length, shape }
}

fn is_period(rest: &str) -> bool {
    let rest = rest.trim_start();
    ["p.", "p/", "pa ", "p ", "all ", "top ", "try "]
        .iter()
        .any(|period| rest.starts_with(period))
}

/// "9p a transaction": a `p` that is glued to the digits, with something behind it that is paid for.
fn is_pence(rest: &str) -> bool {
    let paid = rest.strip_prefix("p ").map(take_article);
    paid.flatten()
        .is_some_and(|thing| !matches!(number::split_word(thing).0, "a" | "annum" | "m" | ""))
}

/// What "per", "a" or "each" counts.
fn take_article(words: &str) -> Option<&str> {
    let articles = ["per ", "a ", "an ", "each "];
    articles.iter().find_map(|it| words.strip_prefix(it))
}

/// The digits or number words at the beginning; an article alone is no number.
fn take_digits(words: &str) -> Option<(bool, &str)> {
    let minus = words
        .strip_prefix('-')
        .filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let plain = minus.unwrap_or(words);
    let digit = plain.starts_with(|c: char| c.is_ascii_digit());
    let (word, after) = number::split_word(plain);
    let article = matches!(word, "a" | "an" | "half");
    let counts = article && {
        let (next, _) = number::split_word(after.trim_start());
        matches!(
            next,
            "dozen" | "quarter" | "million" | "hundred" | "a" | "year" | "month"
        )
    };
    let one = word == "one" && number::split_word(after.trim_start()).0 != "hundred";
    if !digit && (word.is_empty() || one || (article && !counts)) {
        return None;
    }
    // An ambiguous spelling such as `1.200` is still a number; its parser will ask.
    let Ok(found) = number::take(plain, Em::Million) else {
        let end = plain
            .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',')))
            .unwrap_or(plain.len());
        let end = plain[..end].trim_end_matches(['.', ',']).len();
        return Some((false, &plain[end..]));
    };
    let (read, rest) = found?;
    let taken = plain[..plain.len() - rest.len()].trim_end().len();
    let rest = &plain[taken..];
    // A letter that is glued to the digits makes a name of them: `v2`, `3pm`, `12th`.
    let glued = rest.starts_with(char::is_alphabetic) && digit;
    let (unit, _) = number::split_word(rest);
    if glued && tail::span(unit).is_none() && currency::take(rest).is_none() {
        return None;
    }
    Some((read.factor > 1, rest))
}

/// Takes one phrase that says for what or for how long an amount is paid, if there is one.
fn paid_for<'a>(
    next: &'a str,
    marked: bool,
    (tail, holder): (&mut Tail<'_>, &mut Option<Holder>),
) -> Option<&'a str> {
    let names_it = ["acv", "arr", "mrr", "annual ", "yearly ", "a lead", "once"];
    // "At 5 pm" is an hour.
    let is_hour = !marked && next.starts_with("pm");
    if is_hour || names_it.iter().any(|cue| next.starts_with(cue)) {
        return None;
    }
    if let Some((pays, after)) = payer(next) {
        *holder = holder.or(Some(pays));
        return Some(after);
    }
    // "$59/mo flat per church".
    if let Some(after) = next
        .strip_prefix("flat ")
        .filter(|it| it.starts_with("per "))
    {
        return Some(after);
    }
    let (span, mut stepped) = (
        tail.span,
        Tail {
            span: tail.span,
            ..Tail::default()
        },
    );
    let after = tail::step(next, &[], &mut stepped);
    if let Some(after) =
        after.filter(|it| !stepped.spans_clash && !it.starts_with(char::is_alphanumeric))
    {
        tail.span = stepped.span;
        tail.unit |= stepped.unit;
        tail.seat |= stepped.seat;
        tail.bundle = stepped.bundle.or(tail.bundle);
        return Some(after);
    }
    let after = thing(next, span.is_some())?;
    *holder = holder.or(Some(Holder::Unit));
    Some(after)
}

/// Reads the period and the holder behind an amount.
fn money(words: &str, rest: &str, marked: bool) -> Scan {
    let amount_end = words.len() - rest.len();
    let mut tail = Tail::default();
    let mut holder = None;
    let mut rest = rest;
    while let Some(after) = paid_for(rest.trim_start(), marked, (&mut tail, &mut holder)) {
        rest = after;
    }
    if tail.seat {
        holder = Some(Holder::Seat);
    }
    let whole = words[..words.len() - rest.len()].trim_end();
    let words_of = if tail.unit {
        whole
    } else {
        words[..amount_end].trim_end()
    };
    let amount = Amount {
        words: words_of.to_owned(),
        period: tail.span.map_or("", Span::words),
        unit: tail.unit,
        marked,
        holder,
    };
    Scan {
        length: whole.len(),
        shape: Shape::Money(amount),
    }
}

/// Words before what is paid for.
const PER: [&str; 5] = ["per ", "a ", "each ", "/ ", "/"];

/// `per endpoint`, `/ truck` and `per fee earner`, where a period follows.
fn thing(words: &str, has_span: bool) -> Option<&str> {
    let rest = PER.iter().find_map(|per| words.strip_prefix(per))?;
    let (first, after) = number::split_word(rest);
    let (second, behind) = number::split_word(after.trim_start());
    let counts = |word: &str| word.len() > 2 && tail::span(word).is_none();
    let lasts = |rest: &str| {
        let mut tail = Tail::default();
        tail::step(rest.trim_start(), &[], &mut tail).is_some() && tail.span.is_some()
    };
    // "€6 a month per lift".
    let closes = has_span && words.starts_with("per ") && !after.starts_with(char::is_alphanumeric);
    let one = counts(first) && (lasts(after) || closes);
    let two = counts(first) && counts(second) && lasts(behind);
    if one {
        Some(after)
    } else {
        two.then_some(behind)
    }
}

/// Who pays, by the last of one or two words: `per customer`, `/workspace`, `per elevator group`, `per agent seat`.
fn payer(words: &str) -> Option<(Holder, &str)> {
    let rest = PER.iter().find_map(|per| words.strip_prefix(per))?;
    let (first, after) = number::split_word(rest);
    let (second, behind) = match after.strip_prefix(' ') {
        Some(after) => number::split_word(after),
        None => ("", after),
    };
    let of_two = tail::payer(second).map(|holder| (holder, behind));
    let of_one = tail::payer(first).filter(|it| *it == Holder::Account);
    of_two.or_else(|| Some((of_one?, after)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &str, expected: &str) {
        let shown = scan(words).map_or("nothing".to_owned(), |scan| {
            let shape = match &scan.shape {
                Shape::Money(amount) => format!(
                    "money {}|{}|{}|{:?}",
                    amount.words, amount.period, amount.unit, amount.holder
                ),
                other => format!("{other:?}"),
            };
            format!("{shape} [{}]", &words[..scan.length])
        });
        assert_eq!(shown, expected, "{words}");
    }

    #[test]
    fn companies_of_a_kind_are_accounts() {
        check(
            "\u{20ac}79/mo per farm, annual",
            "money \u{20ac}79|a month|false|Some(Account) [\u{20ac}79/mo per farm]",
        );
    }

    #[test]
    fn amounts_keep_their_period_apart() {
        check(
            "49 bucks a month, ok",
            "money 49 bucks|a month|false|None [49 bucks a month]",
        );
        check("$49/mo", "money $49|a month|false|None [$49/mo]");
        check(
            "$49 per seat per month",
            "money $49|a month|false|Some(Seat) [$49 per seat per month]",
        );
        check(
            "$30 per endpoint a month",
            "money $30|a month|false|Some(Unit) [$30 per endpoint a month]",
        );
        check(
            "$24 / truck / month",
            "money $24|a month|false|Some(Unit) [$24 / truck / month]",
        );
        check(
            "45 a truck per month",
            "money 45|a month|false|Some(Unit) [45 a truck per month]",
        );
        check(
            "69 € user/month",
            "money 69 €|a month|false|Some(Seat) [69 € user/month]",
        );
        check(
            "chf 14 per user and month",
            "money chf 14|a month|false|Some(Seat) [chf 14 per user and month]",
        );
        check(
            "€6 a month per lift, ok",
            "money €6|a month|false|Some(Unit) [€6 a month per lift]",
        );
        check(
            "$249/mo per dealership",
            "money $249|a month|false|Some(Account) [$249/mo per dealership]",
        );
        check(
            "$35 per agent seat per month",
            "money $35|a month|false|Some(Seat) [$35 per agent seat per month]",
        );
        check("€8 pepm", "money €8|a month|false|Some(Seat) [€8 pepm]");
        check(
            "9p a transaction",
            "money 9p a transaction||true|None [9p a transaction]",
        );
        check("49 p.a.", "money 49|a year|false|None [49 p.a]");
        check(
            "85 usd per fee earner a month",
            "money 85 usd|a month|false|Some(Unit) [85 usd per fee earner a month]",
        );
        check(
            "$49 per year a month ago",
            "money $49|a year|false|None [$49 per year]",
        );
        check("25k acv", "Plain { large: true } [25k]");
        check("$25k acv", "money $25k||false|None [$25k]");
        check("79/mo", "money 79|a month|false|None [79/mo]");
        check(
            "2 cents per api call",
            "money 2 cents per api call||true|None [2 cents per api call]",
        );
        check(
            "12k/yr per customer",
            "money 12k|a year|false|Some(Account) [12k/yr per customer]",
        );
        check(
            "49 bucks for lunch",
            "money 49 bucks||false|None [49 bucks]",
        );
        check(
            "1.200 € / month",
            "money 1.200 €|a month|false|None [1.200 € / month]",
        );
    }

    #[test]
    fn other_numbers_say_what_they_count() {
        check("6 wks", "Length [6 wks]");
        check("14-day trial", "Length [14-day]");
        check("22 % of", "Percent [22 %]");
        check("5-30 employees", "Range [5-30]");
        check("5 to 30 people", "Range [5 to 30]");
        check("20+ people", "Range [20+]");
        check("up to 200 staff", "Range [up to 200]");
        check("$1m to $10m revenue", "MoneyRange [$1m to $10m]");
        check("6-8 weeks", "Length [6-8 weeks]");
        check("3 reps", "Plain { large: false } [3]");
        check("3pm", "nothing");
        check("a partner", "nothing");
        check("a quarter", "Length [a quarter]");
        check("two founders", "Plain { large: false } [two]");
        check("v2", "nothing");
    }
}
