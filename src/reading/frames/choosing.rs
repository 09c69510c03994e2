//! Choices in a sentence: one, and several in a row.

use super::line::Piece;
use super::spellings::Spelled;
use super::table::Frames;
use crate::plan::{Field, Kind, Value};

/// The choices that begin at a piece, and where they end.
pub(super) fn choices(
    frames: &'static Frames,
    field: &'static Field,
    pieces: &[Piece<'_>],
    at: usize,
) -> Option<(Value, usize)> {
    some(field, pieces, at, &|at| choice(frames, field, pieces, at))
}

/// The choices that begin at a piece in words that only others make clear, and where they end.
pub(super) fn said_choices(
    frames: &'static Frames,
    field: &'static Field,
    pieces: &[Piece<'_>],
    at: usize,
) -> Option<(Value, usize)> {
    some(field, pieces, at, &|at| said(frames, field, pieces, at))
}

fn some(
    field: &'static Field,
    pieces: &[Piece<'_>],
    at: usize,
    one: &dyn Fn(usize) -> Option<(&'static str, usize)>,
) -> Option<(Value, usize)> {
    let (slug, mut end) = one(at)?;
    let mut slugs = vec![slug];
    while let Some(next) = behind_joint(pieces, behind_remark(pieces, end)) {
        let item = (next..pieces.len())
            .take(LED)
            .take_while(|&it| it == next || (leads(&pieces[it - 1]) && !pieces[it - 1].segment))
            .find_map(one);
        let Some((slug, behind)) = item else { break };
        // "Marketing and sales, onboarding is not in there" says something else of the last.
        let told = pieces
            .get(behind)
            .is_some_and(|it| TELLS.contains(&it.text));
        if told && pieces[next - 1].text == "," {
            break;
        }
        slugs.push(slug);
        end = behind;
    }
    if field.kind == Kind::Set {
        return Some((
            Value::Set(slugs.iter().map(|&slug| slug.to_owned()).collect()),
            end,
        ));
    }
    slugs.dedup();
    match slugs.as_slice() {
        [one] => Some((Value::Choice((*one).to_owned()), end)),
        _ => None,
    }
}

/// Words by which something of its own is said of an item.
const TELLS: &[&str] = &[
    "is", "are", "isn't", "aren't", "has", "have", "stays", "stay", "not", "was", "doesn't",
    "don't", "will",
];

/// Behind a remark in brackets: "SEO (our own blog) and events".
fn behind_remark(pieces: &[Piece<'_>], at: usize) -> usize {
    if pieces.get(at).is_none_or(|piece| piece.text != "(") {
        return at;
    }
    let close = pieces[at..]
        .iter()
        .take(REMARK)
        .position(|piece| piece.text == ")");
    close.map_or(at, |close| at + close + 1)
}

/// A remark in brackets has at most so many words.
const REMARK: usize = 9;

/// So many words lead to the next item of a list.
const LED: usize = 4;

fn leads(piece: &Piece<'_>) -> bool {
    (piece.light && !matches!(piece.text, "only" | "just" | "still"))
        || matches!(
            piece.text,
            "at" | "off"
                | "thru"
                | "go"
                | "goes"
                | "they"
                | "it's"
                | "on"
                | "in"
                | "with"
                | "by"
                | "from"
                | "through"
                | "via"
                | "of"
                | "more"
                | "some"
                | "both"
                | "then"
                | "to"
        )
}

/// Where the next item of a list may begin: "adoption first, and then retention".
fn behind_joint(pieces: &[Piece<'_>], at: usize) -> Option<usize> {
    let stressed = pieces
        .get(at)
        .is_some_and(|it| matches!(it.text, "first" | "mostly" | "mainly" | "foremost"));
    let at = at + usize::from(stressed);
    let joins = |at: usize| {
        pieces.get(at).is_some_and(|piece| {
            matches!(
                piece.text,
                "," | ";"
                    | "+"
                    | "&"
                    | "/"
                    | "and"
                    | "or"
                    | "plus"
                    | "then"
                    | "\u{2192}"
                    | ">"
                    | "n"
            ) || (piece.text == "-" && piece.spaced)
        })
    };
    let behind = (at..pieces.len()).take_while(|&at| joins(at)).last()? + 1;
    (behind < pieces.len()).then_some(behind)
}

/// One choice at a piece, the longest, and where it ends.
pub(super) fn choice(
    frames: &'static Frames,
    field: &'static Field,
    pieces: &[Piece<'_>],
    at: usize,
) -> Option<(&'static str, usize)> {
    let first = pieces.get(at)?.id?;
    longest(frames.choices(field, first), pieces, at).filter(|_| !is_half_of_a_size(pieces, at))
}

/// "Mid" of "mid-market" is no choice by itself.
fn is_half_of_a_size(pieces: &[Piece<'_>], at: usize) -> bool {
    let mut behind = pieces[at + 1..].iter().map(|it| it.text);
    pieces[at].text == "mid" && behind.find(|it| *it != "-") == Some("market")
}

/// One choice at a piece, by its name or in words that only others make clear.
pub(super) fn said(
    frames: &'static Frames,
    field: &'static Field,
    pieces: &[Piece<'_>],
    at: usize,
) -> Option<(&'static str, usize)> {
    let first = pieces.get(at)?.id?;
    let said = longest(frames.said(field, first), pieces, at);
    let named = longest(frames.choices(field, first), pieces, at);
    said.into_iter().chain(named).max_by_key(|(_, end)| *end)
}

fn longest(
    spelled: &'static [Spelled],
    pieces: &[Piece<'_>],
    at: usize,
) -> Option<(&'static str, usize)> {
    spelled.iter().find_map(|(rest, slug)| {
        let mut next = at + 1;
        for &word in rest {
            while pieces
                .get(next)
                .is_some_and(|it| matches!(it.text, "-" | "'" | "/" | "&" | "_"))
            {
                next += 1;
            }
            if pieces.get(next)?.id != Some(word) {
                return None;
            }
            next += 1;
        }
        Some((*slug, next))
    })
}
