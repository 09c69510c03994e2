//! Stretches of a sentence that may be a text or a list by themselves: "Labs in Texas + Oklahoma, owner signs"
//! holds the labs, the two states and the owner.

use std::ops::Range;

use super::candidates::How;
use super::line::Piece;
use super::worded::Worded;
use crate::reading::words::english;

/// Words that are no part of the stretch that they begin.
const LEADING: &[&str] = &["the", "a", "an", "our", "their", "all"];

/// Words of these that also are the name of a place, where a list goes on beside them.
const PLACES: &[&str] = &["us", "be", "at", "no", "it", "in"];

/// Of a sentence so many count.
const MOST: usize = 20;

/// All stretches of a sentence: the parts between commas, and those that commas make one list of.
pub(super) fn spans(pieces: &[Piece<'_>]) -> Vec<Worded> {
    let mut spans = Vec::new();
    for row in pieces_between(0..pieces.len(), |at| is_around_at(pieces, at)) {
        let Some(whole) = bare(pieces, row) else {
            continue;
        };
        if whole.clone().any(|at| is_comma(&pieces[at])) {
            spans.push(Worded::span(How::Row, whole.clone()));
        }
        let end = whole.end;
        let parts = pieces_between(whole, |at| is_comma(&pieces[at]));
        let parts = parts.into_iter().filter_map(|part| bare(pieces, part));
        let parts: Vec<Range<usize>> = parts.collect();
        let endings = parts.iter().skip(1).rev().skip(1);
        spans.extend(endings.map(|it| Worded::span(How::Row, it.start..end)));
        let counted = parts.iter().filter_map(|it| before_number(pieces, it));
        spans.extend(counted.map(|it| Worded::span(How::Counted, it)));
        let says = |part: &Range<usize>| {
            let mut words = pieces[part.clone()].iter();
            words.any(|it| it.is_word && it.scan.is_none())
        };
        let parts = parts.into_iter();
        spans.extend(parts.filter(says).map(|it| Worded::span(How::Chunk, it)));
    }
    spans.extend(steps(pieces).map(|it| Worded::span(How::Row, it)));
    spans.truncate(MOST);
    spans.extend(clauses(pieces));
    spans
}

/// What stands before a number that goes on to say how many: "cleaning firms 10-250 workers".
fn before_number(pieces: &[Piece<'_>], part: &Range<usize>) -> Option<Range<usize>> {
    let number = part.clone().find(|&at| pieces[at].scan.is_some())?;
    bare(pieces, part.start..number)
}

/// Whole parts of a sentence that may be a text, verbs and all, and what stands of them before a comma: "every
/// second crown comes back, that's the pain".
fn clauses(pieces: &[Piece<'_>]) -> Vec<Worded> {
    let parts = |at: usize| {
        let it: &Piece<'_> = &pieces[at];
        let sign = matches!(
            it.text,
            ":" | "=" | "(" | ")" | ";" | "." | "?" | ">" | "\u{2192}" | "\u{2014}" | "\u{2013}"
        );
        sign || (it.text == "-" && !it.light)
    };
    let whole = pieces_between(0..pieces.len(), parts).into_iter();
    let whole: Vec<Range<usize>> = whole.filter_map(|it| bare(pieces, it)).collect();
    let opening = whole.iter().filter_map(|it| {
        let comma = it.clone().find(|&at| is_comma(&pieces[at]))?;
        bare(pieces, it.start..comma)
    });
    let openings = opening.map(|it| (How::Opening, it));
    let clauses = openings.chain(whole.iter().map(|it| (How::Clause, it.clone())));
    let clauses = clauses.filter(|(_, it)| it.len() >= CLAUSE);
    clauses.map(|(how, it)| Worded::span(how, it)).collect()
}

/// A part of a sentence has at least so many words.
const CLAUSE: usize = 4;

/// Steps with arrows between them: "intro call > demo > order form".
fn steps(pieces: &[Piece<'_>]) -> Option<Range<usize>> {
    let is_arrow = |it: &Piece<'_>| matches!(it.text, ">" | "\u{2192}");
    let first = pieces.iter().position(is_arrow)?;
    let several = pieces[first + 1..].iter().any(is_arrow);
    let begins = |it: &Piece<'_>| is_around(it) || is_comma(it);
    let start = pieces[..first].iter().rposition(begins);
    let steps = start.map_or(0, |it| it + 1)..pieces.len();
    several.then(|| bare(pieces, steps))?
}

/// The stretches between pieces of a kind.
fn pieces_between(range: Range<usize>, parts: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
    let mut between = Vec::new();
    let mut start = range.start;
    for at in range.clone() {
        if parts(at) {
            between.push(start..at);
            start = at + 1;
        }
    }
    between.push(start..range.end);
    between
}

/// A stretch without what only leads to it or follows it, if anything is left.
fn bare(pieces: &[Piece<'_>], mut span: Range<usize>) -> Option<Range<usize>> {
    let joins = |it: &Piece<'_>| matches!(it.text, "and" | "or" | "plus") || !it.is_word;
    let leads = |it: &Piece<'_>| joins(it) || LEADING.contains(&it.text);
    while span.start < span.end && leads(&pieces[span.start]) {
        span.start += 1;
    }
    let ends = |it: &Piece<'_>| joins(it) || it.text == "of";
    while span.start < span.end && ends(&pieces[span.end - 1]) {
        span.end -= 1;
    }
    (!span.is_empty()).then_some(span)
}

fn is_comma(it: &Piece<'_>) -> bool {
    it.text == ","
}

/// Whether a stretch ends at a piece: not within "no-shows", nor at the name of a place.
fn is_around_at(pieces: &[Piece<'_>], at: usize) -> bool {
    let glued = |at: Option<usize>| {
        let it = at.and_then(|at| pieces.get(at));
        it.is_some_and(|it| it.text == "-" && it.light)
    };
    let joins = |at: Option<usize>| match at.and_then(|at| pieces.get(at)) {
        Some(it) => matches!(it.text, "," | "&" | "+" | "/" | "and" | "or" | "the"),
        None => true,
    };
    let is_place = PLACES.contains(&pieces[at].text)
        && joins(at.checked_sub(1))
        && joins(Some(at + 1))
        && pieces.len() > 1;
    is_around(&pieces[at]) && !is_place && !glued(Some(at + 1)) && !glued(at.checked_sub(1))
}

fn is_around(it: &Piece<'_>) -> bool {
    let sign = matches!(
        it.text,
        ";" | "." | ":" | "=" | "(" | ")" | "\u{2192}" | ">" | "?"
    );
    sign || (it.text == "-" && !it.light) || english().around.contains(it.text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::clean::Clean;
    use crate::reading::frames::{Frames, line};
    use crate::reading::{sentence, token};

    fn check(text: &str, sentences_too: bool, expected: &[&str]) {
        let clean = Clean::new(text);
        let tokens = token::split(&clean.text);
        let sentences = sentence::sentences(&clean.text, &tokens);
        let pieces = line::pieces(Frames::get(), &sentences[0]);
        let words = |it: Worded| {
            let it = it.range(&pieces);
            clean.text[pieces[it.start].start..pieces[it.end - 1].end()].to_owned()
        };
        let found = spans(&pieces).into_iter();
        let found = found.filter(|it| it.is_sentence() == sentences_too);
        let found: Vec<String> = found.map(words).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_stretch_ends_where_something_else_begins() {
        check(
            "Labs in Texas, Oklahoma & Louisiana with 10-60 people",
            false,
            &[
                "labs",
                "texas, oklahoma & louisiana",
                "texas",
                "oklahoma & louisiana",
                "10-60 people",
            ],
        );
        check("the owner signs", false, &["owner"]);
        check("10, 20 or 30", false, &["10, 20 or 30", "20 or 30"]);
    }

    #[test]
    fn a_stretch_stands_without_the_number_behind_it_too() {
        check(
            "cleaning firms 10-250 workers in Finland",
            false,
            &["cleaning firms", "cleaning firms 10-250 workers", "finland"],
        );
    }

    #[test]
    fn the_us_are_a_place_and_no_shows_are_one_word() {
        check(
            "clinics for no-shows, US and Canada",
            false,
            &[
                "clinics",
                "no-shows, us and canada",
                "no-shows",
                "us and canada",
            ],
        );
        check("they told us and left", false, &["told", "left"]);
    }

    #[test]
    fn whole_parts_of_a_sentence_are_kept_verbs_and_all() {
        check(
            "the till is counted until nine, every night - that's the pain we end",
            true,
            &[
                "till is counted until nine",
                "till is counted until nine, every night",
                "that's the pain we end",
            ],
        );
    }

    #[test]
    fn steps_stand_between_arrows() {
        check(
            "a deal goes: intro call > live demo > order form",
            false,
            &[
                "deal",
                "intro call",
                "live demo",
                "order form",
                "intro call > live demo > order form",
            ],
        );
    }
}
