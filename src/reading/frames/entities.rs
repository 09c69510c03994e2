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

/// Between two of them stand fewer pieces than this.
const JOINED: usize = 4;

/// The things of a field that stand in a row from a piece on, and where they end.
pub(super) fn row(
    framing: &Framing<'_>,
    field: &Field,
    pieces: &[Piece<'_>],
    at: usize,
) -> Option<(Value, usize)> {
    let mut end = one(framing, field, pieces, at)?;
    while let Some(next) = (end + 1..pieces.len().min(end + JOINED)).find_map(|next| {
        let more = one(framing, field, pieces, next)?;
        joins(pieces, end..next).then_some(more)
    }) {
        end = next;
    }
    let typed = framing.typed(pieces, at..end)?;
    let value = match field.kind {
        Kind::List => list(field, &typed, framing.context)?,
        _ => field.parse(&typed, &framing.context).ok()?,
    };
    Some((value, end))
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
