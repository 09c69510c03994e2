//! Things that are known by what they are called, wherever they stand: places, currencies, people with a role.

use std::ops::Range;

use super::Framing;
use super::line::Piece;
use super::lists::list;
use crate::plan::{Currency, Field, Kind, Value};
use crate::reading::places::is_place;
use crate::reading::words::english;

/// So many words name one of them.
const WORDS: usize = 5;

/// The things of a field that stand in a part of the sentence, where they stand in one row.
pub(super) fn entity(
    framing: &Framing<'_>,
    field: &Field,
    pieces: &[Piece<'_>],
    part: Range<usize>,
) -> Option<(Value, Range<usize>)> {
    let mut rows: Vec<Range<usize>> = Vec::new();
    let mut at = part.start;
    while at < part.end {
        let Some(end) = one(framing, field, pieces, at) else {
            at += 1;
            continue;
        };
        match rows.last_mut() {
            Some(row) if joins(pieces, row.end..at) => row.end = end,
            _ => rows.push(at..end),
        }
        at = end;
    }
    let [row] = rows.as_slice() else { return None };
    let typed = framing.typed(pieces, row.clone())?;
    let value = match field.kind {
        Kind::List => list(field, &typed, framing.context)?,
        _ => field.parse(&typed, &framing.context).ok()?,
    };
    Some((value, row.clone()))
}

/// Whether the pieces only join two things.
fn joins(pieces: &[Piece<'_>], between: Range<usize>) -> bool {
    !between.is_empty()
        && pieces[between].iter().all(|piece| {
            matches!(
                piece.text,
                "," | "and" | "or" | "&" | "+" | "/" | "the" | "plus"
            )
        })
}

/// Where the thing ends that begins at a piece.
fn one(framing: &Framing<'_>, field: &Field, pieces: &[Piece<'_>], at: usize) -> Option<usize> {
    let opening = pieces.get(at)?;
    if !opening.is_word || opening.scan.is_some() {
        return None;
    }
    let words = |end: usize| framing.clean.text.get(opening.start..pieces[end - 1].end());
    let ends = (at + 1..=pieces.len().min(at + WORDS)).rev();
    match field.name {
        "icp.geography" => ends
            .into_iter()
            .find(|&end| words(end).is_some_and(is_place)),
        "plan.currency" => ends.into_iter().find(|&end| {
            let known = words(end).and_then(Currency::of_words);
            known.is_some() && end - at < WORDS
        }),
        "icp.buyer" => role(pieces, at),
        _ => None,
    }
}

/// Where the name of a role ends that begins at a piece: "head of claims", "VP finance".
fn role(pieces: &[Piece<'_>], at: usize) -> Option<usize> {
    let named = |at: usize| {
        let piece = pieces.get(at)?;
        let plain = piece.is_word
            && piece.scan.is_none()
            && !piece.light
            && !english().fillers.contains(piece.text)
            && !english().ends.contains(piece.text)
            && !english().unnamed.contains(piece.text);
        let role = english().roles.contains(piece.text);
        (plain || role).then_some(role)
    };
    let mut end = at;
    let mut is_role = false;
    while end < at + WORDS
        && let Some(role) = named(end)
    {
        is_role |= role;
        end += 1;
        if role {
            break;
        }
    }
    let of = pieces.get(end).is_some_and(|it| it.text == "of");
    if is_role && of && named(end + 1).is_some() {
        end += 2;
    }
    is_role.then_some(end)
}
