//! The values within a pattern: numbers, choices, words.

use std::ops::Range;

use super::line::Piece;
use super::lists::{list, list_of_unnamed};
use super::texts::{self, is_plain};
use super::{Framing, figures};
use crate::plan::{Field, Kind, Value};
use crate::reading::leads::says_nothing;
use crate::reading::prices::paid;
use crate::reading::shapes::fits;

/// The number of a field that stands at a piece, and where it ends.
pub(super) fn number(
    framing: &Framing<'_>,
    field: &Field,
    pieces: &[Piece<'_>],
    at: usize,
) -> Option<(Value, usize)> {
    let at = behind_arrow(pieces, at);
    let piece = pieces.get(at).filter(|piece| piece.opens_number)?;
    match field.kind {
        Kind::Prices => return figures::prices(framing, field, pieces, at),
        Kind::Date => return figures::date(framing, field, pieces, at),
        _ => {}
    }
    if field.kind == Kind::Percent
        && matches!(field.component(), "sales" | "metrics" | "economics")
        && let Some((words, end)) = figures::ratio(pieces, at)
    {
        return Some((field.parse(&words, &framing.context).ok()?, end));
    }
    let Some(scan) = piece.scan else {
        if field.kind == Kind::Count && piece.text == "one" {
            return Some((field.parse("1", &framing.context).ok()?, at + 1));
        }
        return figures::length(framing, field, pieces, at);
    };
    let next = |by: usize| pieces.get(at + by).map_or("", |piece| piece.text);
    // "Nine hundred thousand" is no nine hundred.
    if matches!(next(1), "thousand" | "million" | "billion") {
        return None;
    }
    // A number within a text only has to be there.
    if field.kind == Kind::Text {
        return Some((field.parse(piece.text, &framing.context).ok()?, at + 1));
    }
    if let Some(range) = figures::from_up_to(framing, field, pieces, at) {
        return Some(range);
    }
    let bare = matches!(
        field.name,
        "metrics.nrr" | "metrics.nrr_target" | "economics.gross_margin"
    );
    if !fits(scan, field, piece.text, bare) || !figures::measures(scan, field, pieces, at) {
        return None;
    }
    if let Some(grouped) = figures::grouped(field, piece.text) {
        return Some((field.parse(&grouped, &framing.context).ok()?, at + 1));
    }
    if matches!(field.kind, Kind::Days | Kind::Months) {
        if figures::is_rate(pieces, at) {
            return None;
        }
        if let Some(words) = figures::and_a_half(pieces, at) {
            let end = figures::behind(pieces, at) + 3;
            return Some((field.parse(&words, &framing.context).ok()?, end));
        }
    }
    let words = paid(&framing.sentence.elements, scan, field, piece.text);
    Some((field.parse(&words, &framing.context).ok()?, at + 1))
}

/// "850k → 910k": where the number stands that is so now.
fn behind_arrow(pieces: &[Piece<'_>], at: usize) -> usize {
    let number = |at: usize| pieces.get(at).is_some_and(|it| it.scan.is_some());
    let arrow = pieces.get(at + 1).is_some_and(|it| it.text == "\u{2192}");
    if number(at) && arrow && number(at + 2) {
        at + 2
    } else {
        at
    }
}

/// A target begins within so many words.
const LEADING: usize = 7;

/// The words of a text from a piece on, and where they stand.
pub(super) fn words(
    framing: &Framing<'_>,
    field: &Field,
    pieces: &[Piece<'_>],
    at: usize,
) -> Option<(Value, Range<usize>)> {
    let metric = field.name.starts_with("metrics.");
    let leads = |piece: &Piece<'_>| !piece.is_word && !matches!(piece.text, "$" | "€" | "£");
    let start = if metric {
        texts::figure(pieces, at).filter(|start| start - at <= LEADING)?
    } else {
        (at..pieces.len()).find(|&at| !leads(&pieces[at]))?
    };
    let behind_comma = pieces[at..start]
        .iter()
        .any(|piece| matches!(piece.text, "," | "(" | ")"));
    if behind_comma && is_plain(field) {
        return None;
    }
    let end = text_end(framing, field, pieces, start);
    if is_plain(field) {
        return Some((typed_value(framing, field, pieces, start..end)?, start..end));
    }
    let typed = framing.typed(pieces, start..end)?;
    if says_nothing(&typed) {
        return None;
    }
    let value = match field.name {
        "sales.process" => field.parse_items(&stages(&typed)?, &framing.context),
        _ if field.kind == Kind::List && typed.contains('\n') => {
            let items = typed.lines().map(texts::unnumbered);
            let items: Vec<String> = items.map(str::to_owned).collect();
            field.parse_items(&items, &framing.context)
        }
        _ => field.parse(&typed, &framing.context),
    };
    Some((value.ok()?, start..end))
}

/// The value that some pieces are as they were typed.
pub(super) fn typed_value(
    framing: &Framing<'_>,
    field: &Field,
    pieces: &[Piece<'_>],
    range: Range<usize>,
) -> Option<Value> {
    let typed = framing.typed(pieces, range)?;
    match field.kind {
        Kind::List if is_plain(field) => list(field, &typed, framing.context),
        Kind::Text if is_plain(field) => texts::text(field, &typed, framing.context),
        _ => field.parse(&typed, &framing.context).ok(),
    }
}

/// The value that some pieces are of which only other words say what they name.
pub(super) fn unnamed_value(
    framing: &Framing<'_>,
    field: &Field,
    pieces: &[Piece<'_>],
    range: Range<usize>,
) -> Option<Value> {
    if field.kind == Kind::List && is_plain(field) {
        return list_of_unnamed(field, &framing.typed(pieces, range)?, framing.context);
    }
    typed_value(framing, field, pieces, range)
}

/// The stages that words tell in a row: "first a call, then a demo and then they sign".
fn stages(typed: &str) -> Option<Vec<String>> {
    let mut commas = typed.replace(['\n', '\u{2022}'], ", ");
    for sign in [
        "\u{2192}",
        "->",
        "=>",
        ">",
        " and then ",
        ", then ",
        ", and ",
        " then ",
        " and ",
    ] {
        commas = commas.replace(sign, ", ");
    }
    let leading = [
        "then ", "and ", "a ", "an ", "the ", "they ", "first ", "finally ",
    ];
    let bare = |stage: &str| {
        let mut stage = texts::unnumbered(stage);
        while let Some(rest) = leading.iter().find_map(|it| stage.strip_prefix(it)) {
            stage = rest.trim_start();
        }
        stage.to_owned()
    };
    let stages = commas
        .split(',')
        .map(bare)
        .filter(|stage| !stage.is_empty());
    let stages: Vec<String> = stages.collect();
    let short = stages.iter().all(|stage| stage.split(' ').count() <= STAGE);
    (short && stages.len() > 2).then_some(stages)
}

/// The name of a stage has at most so many words.
const STAGE: usize = 4;

/// Where the words of a text end: before what is said of another segment, before what is denied, and
/// before a remark.
fn text_end(framing: &Framing<'_>, field: &Field, pieces: &[Piece<'_>], start: usize) -> usize {
    let text = |at: usize| pieces.get(at).map_or("", |piece| piece.text);
    let metric = field.name.starts_with("metrics.");
    let ends = |&at: &usize| {
        let comma = matches!(text(at), "," | "-") && pieces[at].is_word == pieces[at].light;
        let comma = comma || text(at) == ",";
        let next = text(at + 1);
        let other = if is_plain(field) {
            matches!(
                next,
                "for" | "and" | "while" | "but" | "in" | "smb" | "enterprise"
            )
        } else {
            true
        };
        let other = other
            && (at + 1..at + 4 - usize::from(!is_plain(field)))
                .any(|it| pieces.get(it).is_some_and(|it| framing.segment_at(it)));
        let remarks = comma && texts::ends_before_remarks(field) && texts::is_remark(field, next);
        let condition = comma && next == "if" && field.name == "value.alternative";
        remarks
            || condition
            || (comma
                && (other
                    || matches!(
                        next,
                        "not"
                            | "nothing"
                            | "that's"
                            | "as"
                            | "agreed"
                            | "ok"
                            | "thx"
                            | "thanks"
                            | "imo"
                            | "no"
                            | "but"
                    )))
            || (metric && text(at) == "(")
            || (metric && text(at) == "in" && text(at + 2) == "funnel")
            || (metric && comma && !framing_digit(pieces, at + 1))
            || text(at) == "\u{2026}"
    };
    let mut end = (start + 1..pieces.len()).find(ends).unwrap_or(pieces.len());
    while end > start + 1 && !pieces[end - 1].is_word && text(end - 1) != ")" {
        end -= 1;
    }
    end
}

fn framing_digit(pieces: &[Piece<'_>], at: usize) -> bool {
    pieces.get(at).is_some_and(|piece| piece.scan.is_some())
}

impl Framing<'_> {
    /// The words of some pieces as they were typed, without markup.
    pub(super) fn typed(&self, pieces: &[Piece<'_>], range: Range<usize>) -> Option<String> {
        let (first, last) = (
            pieces.get(range.start)?,
            pieces.get(range.end.checked_sub(1)?)?,
        );
        let origin = self.clean.origin(first.start..last.end());
        let called = self.message[..origin.start].ends_with('@');
        let from = origin.start - usize::from(called);
        let words = self.message.get(from..origin.end)?.replace(['*', '`'], "");
        let words = words
            .trim()
            .trim_matches(['"', '_', '\u{201C}', '\u{201D}']);
        (!words.is_empty()).then(|| words.to_owned())
    }

    /// Whether a piece names a customer segment.
    pub(super) fn segment_at(&self, piece: &Piece<'_>) -> bool {
        self.sentence.elements[piece.element]
            .choice_of("icp.segment")
            .is_some()
    }
}

#[cfg(test)]
mod tests {
    use crate::reading::testing::check;

    #[test]
    fn behind_an_arrow_stands_what_is_so_now() {
        check(
            "arr 850k \u{2192} 910k since the renewal",
            &["plan.arr: $910,000 a year"],
        );
        check("reps 4 \u{2192} 5, Lena signed today", &["sales.reps: 5"]);
    }
}
