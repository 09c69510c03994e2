//! Stretches of a sentence that may be a text or a list by themselves: "Labs in Texas + Oklahoma, owner signs"
//! holds the labs, the two states and the owner.

use std::ops::Range;

use super::candidates::How;
use super::line::Piece;
use super::worded::Worded;

/// Words between which a stretch stands: what is done, and what leads from one thing to the next.
const AROUND: &[&str] = &[
    "is", "are", "was", "were", "be", "isn't", "aren't", "has", "have", "do", "does", "don't",
    "will", "can", "says", "said", "decide", "decides", "sign", "signs", "use", "uses", "pay",
    "pays", "hold", "holds", "own", "owns", "buy", "buys", "approve", "approves", "choose",
    "chooses", "run", "runs", "work", "works", "sit", "sits", "see", "sees", "get", "gets",
    "typing", "touch", "lives", "need", "needs", "who", "that", "which", "what", "how", "where",
    "why", "when", "with", "w", "in", "for", "from", "at", "on", "by", "to", "via", "through",
    "over", "against", "across", "around", "than", "because", "since", "if", "but", "so", "then",
    "while", "until", "after", "before", "not", "no", "only", "also", "already", "mostly",
    "mainly", "there", "i", "you", "we", "they", "he", "she", "it", "us", "them", "me", "it's",
    "that's", "we're", "they're",
];

/// Words that are no part of the stretch that they begin.
const LEADING: &[&str] = &["the", "a", "an", "our", "their", "all"];

/// Of a sentence so many count.
const MOST: usize = 14;

/// All stretches of a sentence: the parts between commas, and those that commas make one list of.
pub(super) fn spans(pieces: &[Piece<'_>]) -> Vec<Worded> {
    let mut spans = Vec::new();
    for row in pieces_between(pieces, 0..pieces.len(), is_around) {
        let Some(whole) = bare(pieces, row) else {
            continue;
        };
        if whole.clone().any(|at| is_comma(&pieces[at])) {
            spans.push(Worded::span(How::Row, whole.clone()));
        }
        let parts = pieces_between(pieces, whole, is_comma);
        let parts = parts.into_iter().filter_map(|part| bare(pieces, part));
        let says = |part: &Range<usize>| {
            let mut words = pieces[part.clone()].iter();
            words.any(|it| it.is_word && it.scan.is_none())
        };
        spans.extend(parts.filter(says).map(|it| Worded::span(How::Chunk, it)));
    }
    spans.extend(steps(pieces).map(|it| Worded::span(How::Row, it)));
    spans.truncate(MOST);
    spans
}

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
fn pieces_between(
    pieces: &[Piece<'_>],
    range: Range<usize>,
    parts: impl Fn(&Piece<'_>) -> bool,
) -> Vec<Range<usize>> {
    let mut between = Vec::new();
    let mut start = range.start;
    for at in range.clone() {
        if parts(&pieces[at]) {
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
    while span.start < span.end && joins(&pieces[span.end - 1]) {
        span.end -= 1;
    }
    (!span.is_empty()).then_some(span)
}

fn is_comma(it: &Piece<'_>) -> bool {
    it.text == ","
}

fn is_around(it: &Piece<'_>) -> bool {
    let sign = matches!(
        it.text,
        ";" | "." | ":" | "=" | "(" | ")" | "\u{2192}" | ">" | "?"
    );
    sign || (it.text == "-" && !it.light) || AROUND.contains(&it.text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::clean::Clean;
    use crate::reading::frames::{Frames, line};
    use crate::reading::{sentence, token};

    fn check(text: &str, expected: &[&str]) {
        let clean = Clean::new(text);
        let tokens = token::split(&clean.text);
        let sentences = sentence::sentences(&clean.text, &tokens);
        let pieces = line::pieces(Frames::get(), &sentences[0]);
        let words = |it: Worded| {
            let it = it.range(&pieces);
            clean.text[pieces[it.start].start..pieces[it.end - 1].end()].to_owned()
        };
        let found: Vec<String> = spans(&pieces).into_iter().map(words).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_stretch_ends_where_something_else_begins() {
        check(
            "Labs in Texas, Oklahoma & Louisiana with 10-60 people",
            &[
                "labs",
                "texas, oklahoma & louisiana",
                "texas",
                "oklahoma & louisiana",
                "10-60 people",
            ],
        );
        check("the owner signs", &["owner"]);
        check("10, 20 or 30", &["10, 20 or 30", "20 or 30"]);
    }

    #[test]
    fn steps_stand_between_arrows() {
        check(
            "a deal goes: intro call > live demo > order form",
            &[
                "deal goes",
                "intro call",
                "live demo",
                "order form",
                "intro call > live demo > order form",
            ],
        );
    }
}
