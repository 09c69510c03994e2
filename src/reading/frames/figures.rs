//! Numbers within a pattern that are more than one number of one kind: dates, prices in a row, counts
//! with dots, and amounts of another unit.

use super::Framing;
use super::line::Piece;
use crate::plan::{Field, Kind, Scan, Shape, Value};
use crate::text::month;

/// Whether a number is not one of another unit: a month's price is no year's value, and "3 of 10" is
/// no count of ten.
pub(super) fn measures(scan: &Scan, field: &Field, pieces: &[Piece<'_>], at: usize) -> bool {
    let out_of = at > 1
        && pieces[at - 1].text == "of"
        && (pieces[at - 2].scan.is_some() || pieces[at - 2].text == "out");
    match (&scan.shape, field.kind) {
        (Shape::Money(amount), Kind::MoneyPerYear | Kind::Money) => {
            let is_spend = field.name == "economics.sm_spend";
            let yearly = amount.period != "a month" || field.kind == Kind::Money || is_spend;
            yearly && amount.holder.is_none()
        }
        (_, Kind::Count) => !out_of,
        _ => true,
    }
}

/// A count with a dot between its thousands: "3.400".
pub(super) fn grouped(field: &Field, typed: &str) -> Option<String> {
    let (head, rest) = typed
        .split_once('.')
        .filter(|_| matches!(field.kind, Kind::Count))?;
    let digits = |part: &str| part.bytes().all(|it| it.is_ascii_digit());
    let whole = (1..=3).contains(&head.len()) && digits(head);
    let thousands = rest.split('.').all(|part| part.len() == 3 && digits(part));
    (whole && thousands).then(|| typed.replace('.', ""))
}

/// Several prices in a row: "19, 49 and 99 dollars a month", "Starter $15 monthly, Team $45 monthly".
pub(super) fn prices(
    framing: &Framing<'_>,
    field: &Field,
    pieces: &[Piece<'_>],
    at: usize,
) -> Option<(Value, usize)> {
    let number = |at: usize| {
        let piece = pieces.get(at)?;
        matches!(piece.scan?.shape, Shape::Money(_) | Shape::Plain { .. }).then_some(piece.text)
    };
    let mut texts = vec![number(at)?];
    let mut end = at + 1;
    loop {
        let joint = (end..pieces.len())
            .take_while(|&at| matches!(pieces[at].text, "," | "and" | "&" | "/" | "+"));
        let next = end + joint.count();
        let behind = [next, next + 1].into_iter().filter(|_| next > end);
        let Some((at, text)) = behind.into_iter().find_map(|at| Some((at, number(at)?))) else {
            break;
        };
        texts.push(text);
        end = at + 1;
    }
    let last = texts.last()?;
    let digits = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | 'k');
    let unit = last.trim_start_matches(digits);
    let words = texts.iter().map(|text| {
        if text.chars().all(digits) {
            format!("{text}{unit}")
        } else {
            (*text).to_owned()
        }
    });
    let words: Vec<String> = words.collect();
    (words.len() > 1)
        .then(|| field.parse_items(&words, &framing.context).ok())?
        .map(|value| (value, end))
}

/// So many pieces make a date: "April 7, 2026".
const DATE: usize = 5;

/// A date with its year.
pub(super) fn date(
    framing: &Framing<'_>,
    field: &Field,
    pieces: &[Piece<'_>],
    at: usize,
) -> Option<(Value, usize)> {
    let opening = pieces.get(at)?.text;
    let begins = opening.starts_with(|c: char| c.is_ascii_digit()) || month(opening).is_some();
    let last = pieces.len().min(at + DATE);
    (at + 1..=last).rev().find_map(|end| {
        let words = framing
            .clean
            .text
            .get(pieces[at].start..pieces[end - 1].end())?;
        let whole = begins && words.chars().filter(char::is_ascii_digit).count() >= 5;
        let value = whole.then(|| field.parse(words, &framing.context).ok())??;
        Some((value, end))
    })
}

/// Whether a number in whatever words may begin at a piece.
pub(super) fn opens(piece: &Piece<'_>) -> bool {
    piece.scan.is_some()
        || matches!(piece.text, "a" | "an" | "one" | "half" | "three")
        || piece.text.starts_with(|c: char| c.is_ascii_digit())
        || COUNTS.iter().any(|(word, _)| *word == piece.text)
        || month(piece.text).is_some()
}

/// "From 200 up to 900", "300 up to 4000": both ends of a range.
pub(super) fn from_up_to(
    framing: &Framing<'_>,
    field: &Field,
    pieces: &[Piece<'_>],
    at: usize,
) -> Option<(Value, usize)> {
    let ranged = matches!(field.kind, Kind::CountRange | Kind::MoneyRange);
    let plain = matches!(pieces[at].scan?.shape, Shape::Plain { .. });
    let from = at
        .checked_sub(1)
        .is_some_and(|before| pieces[before].text == "from");
    let next = pieces
        .get(at + 1)
        .filter(|next| ranged && (from || plain) && next.scan.is_some())?;
    let most = next.text.strip_prefix("up to ")?;
    let words = format!("{} to {most}", pieces[at].text);
    Some((field.parse(&words, &framing.context).ok()?, at + 2))
}

/// Where the words of a number end.
pub(super) fn behind(pieces: &[Piece<'_>], at: usize) -> usize {
    let element = pieces[at].element;
    let parts = pieces[at..].iter().take_while(|it| it.element == element);
    at + parts.count()
}

/// Words before "a year" by which it is a length and no rate.
const LASTING: &[&str] = &[
    "is", "are", "of", "in", "after", "within", "for", "takes", "take", "needs", "need", "at",
    "under", "over", "to", "than", "by", "was", "it's", "that's", "lasts", "full", "every", "=",
    ":", "give", "gave", "given", "and", "or", "from", "between", "we", "got", "had", "ran",
    "lasted",
];

/// Whether a length of time only says how often something is: "60 deals a year", "every month".
pub(super) fn is_rate(pieces: &[Piece<'_>], at: usize) -> bool {
    let text = pieces[at].text;
    if ["every ", "each ", "per "]
        .iter()
        .any(|it| text.starts_with(it))
    {
        return true;
    }
    let bare = text.starts_with("a ") || text.starts_with("an ");
    let before = at.checked_sub(1).map(|before| &pieces[before]);
    bare && before.is_some_and(|it| it.is_word && !it.light && !LASTING.contains(&it.text))
}

/// "Two years and a half": the words of the length, where a half stands behind it.
pub(super) fn and_a_half(pieces: &[Piece<'_>], at: usize) -> Option<String> {
    let text = |at: usize| pieces.get(at).map_or("", |piece| piece.text);
    let from = behind(pieces, at);
    if (text(from), text(from + 1), text(from + 2)) != ("and", "a", "half") {
        return None;
    }
    let (count, unit) = text(at).rsplit_once(' ')?;
    let count: u32 = match count {
        "a" | "one" => 1,
        "two" => 2,
        "three" => 3,
        digits => digits.parse().ok()?,
    };
    match unit.trim_end_matches('s') {
        "year" => Some(format!("{} months", count * 12 + 6)),
        unit => Some(format!("{count}.5 {unit}s")),
    }
}

/// Numbers in words.
const COUNTS: &[(&str, u32)] = &[
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("twelve", 12),
    ("twenty", 20),
    ("hundred", 100),
];

/// A share in words, as a percentage, and where it ends: "3 out of 10", "one lead in ten", "a quarter of".
pub(super) fn ratio(pieces: &[Piece<'_>], at: usize) -> Option<(String, usize)> {
    let text = |at: usize| pieces.get(at).map_or("", |piece| piece.text);
    let count = |at: usize| {
        let named = COUNTS.iter().find(|(word, _)| *word == text(at));
        named
            .map(|(_, count)| *count)
            .or_else(|| text(at).parse().ok())
    };
    let share = match (text(at), text(at + 1), text(at + 2)) {
        ("half", "of", _) => Some(("50%", at + 1)),
        ("a", "quarter", "of") => Some(("25%", at + 2)),
        ("a", "fifth", "of") => Some(("20%", at + 2)),
        ("a", "tenth", "of") => Some(("10%", at + 2)),
        ("three", "quarters", "of") => Some(("75%", at + 2)),
        _ => None,
    };
    if let Some((share, end)) = share {
        return Some((share.to_owned(), end));
    }
    let part = count(at)?;
    let named = usize::from(text(at + 2) == "in" && pieces.get(at + 1)?.scan.is_none());
    let link = at + 1 + named;
    let from = match (text(link), text(link + 1)) {
        ("out", "of") | ("in" | "of", "every") => link + 2,
        ("in" | "of", _) => link + 1,
        ("cents", "of" | "on") if matches!(text(link + 3), "dollar" | "euro") => {
            return Some((format!("{part}%"), link + 4));
        }
        _ => return None,
    };
    let whole = count(from).filter(|&whole| whole > part && whole <= 1000)?;
    let exact = (part * 1000) % whole == 0;
    let tenths = part * 1000 / whole;
    exact.then(|| (format!("{}.{}%", tenths / 10, tenths % 10), from + 1))
}

/// "A year", "one full month".
pub(super) fn length(
    framing: &Framing<'_>,
    field: &Field,
    pieces: &[Piece<'_>],
    at: usize,
) -> Option<(Value, usize)> {
    let text = |at: usize| pieces.get(at).map_or("", |piece| piece.text);
    if !matches!(field.kind, Kind::Days | Kind::Months)
        || !matches!(text(at), "a" | "an" | "one" | "half")
    {
        return None;
    }
    let unit = (at + 1..at + 3)
        .find(|&at| matches!(text(at), "year" | "month" | "week" | "quarter" | "day"))?;
    if unit > at + 1 && !matches!(text(at + 1), "full" | "whole" | "single" | "good" | "a") {
        return None;
    }
    if text(unit) == "year" && text(unit + 1) == "and" && text(unit + 3) == "half" {
        return Some((field.parse("18 months", &framing.context).ok()?, unit + 4));
    }
    let words = match (text(at), text(unit)) {
        ("half", "year") => "6 months".to_owned(),
        ("half", _) => return None,
        (_, unit) => format!("1 {unit}"),
    };
    Some((field.parse(&words, &framing.context).ok()?, unit + 1))
}
