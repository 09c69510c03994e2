//! A sentence as the patterns see it: words, signs and numbers.

use std::ops::Range;

use super::{Frames, figures};
use crate::plan::{Scan, Shape};
use crate::reading::sentence::{Element, Kind, Sentence};
use crate::reading::token::{self, Token};
use crate::reading::words::english;

/// A word, a sign or a number.
#[derive(Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own that patterns ask for"
)]
pub(super) struct Piece<'a> {
    /// Its folded words.
    pub(super) text: &'a str,
    /// Its number in the vocabulary.
    pub(super) id: Option<u32>,
    /// The number that it is.
    pub(super) scan: Option<&'a Scan>,
    /// Whether it is a word or a number.
    pub(super) is_word: bool,
    /// Whether white space stands before it.
    pub(super) spaced: bool,
    /// Whether it says nothing.
    pub(super) light: bool,
    /// Whether it names a customer segment.
    pub(super) segment: bool,
    /// Whether a number may begin with it, in digits or in words.
    pub(super) opens_number: bool,
    /// Whether a choice of some field may begin with it.
    pub(super) opens_choice: bool,
    /// Where it stands in the clean text.
    pub(super) start: usize,
    /// Which element of the sentence it is of.
    pub(super) element: usize,
}

impl Piece<'_> {
    /// Where it ends in the clean text.
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// Lets a segment between other words say nothing, with the word that leads to it: "the quota for an smb rep".
fn segments(sentence: &Sentence<'_>, pieces: &mut [Piece<'_>]) {
    for at in 1..pieces.len() {
        let named = |at: usize, pieces: &[Piece<'_>]| {
            sentence.elements[pieces[at].element]
                .choice_of("icp.segment")
                .is_some_and(|choice| matches!(choice.slug, "smb" | "mid_market" | "enterprise"))
        };
        if !named(at, pieces) {
            continue;
        }
        pieces[at].light = true;
        pieces[at].segment = true;
        let lead = (at.saturating_sub(2)..at).find(|&it| {
            matches!(pieces[it].text, "for" | "in" | "on")
                && pieces[it + 1..at].iter().all(|it| it.light)
        });
        if let Some(lead) = lead {
            pieces[lead].light = true;
        }
    }
}

/// The pieces of a sentence.
pub(super) fn pieces<'a>(frames: &Frames, sentence: &'a Sentence<'a>) -> Vec<Piece<'a>> {
    let mut pieces = Vec::with_capacity(sentence.elements.len() * 2);
    for (at, element) in sentence.elements.iter().enumerate() {
        match &element.kind {
            Kind::Number(scan) => number(frames, (element, scan), at, &mut pieces),
            _ => words(frames, element, at, &mut pieces),
        }
    }
    segments(sentence, &mut pieces);
    let mut pieces = arrows(frames, pieces);
    for piece in &mut pieces {
        piece.opens_number = figures::opens(piece);
        piece.opens_choice = piece.id.is_some_and(|it| frames.begins_choice(it));
    }
    pieces
}

/// A number; the words of a length of time stand behind it, for patterns that name it: "after 3 months".
fn number<'a>(
    frames: &Frames,
    (element, scan): (&'a Element<'a>, &'a Scan),
    at: usize,
    pieces: &mut Vec<Piece<'a>>,
) {
    let mut tokens = Vec::new();
    if scan.shape == Shape::Length {
        tokens = token::split(element.text);
    }
    let first = tokens.first().map_or(element.text, |first| first.key);
    pieces.push(Piece {
        text: element.text,
        id: frames.words.get(first),
        scan: Some(scan),
        is_word: true,
        spaced: element.spaced,
        light: false,
        segment: false,
        opens_number: false,
        opens_choice: false,
        start: element.at.start,
        element: at,
    });
    pieces.extend(tokens.iter().skip(1).map(|token| Piece {
        text: token.text,
        id: frames.words.get(token.key),
        scan: None,
        is_word: token.is_word,
        spaced: token.spaced,
        light: true,
        segment: false,
        opens_number: false,
        opens_choice: false,
        start: element.at.start + token.start,
        element: at,
    }));
}

fn words<'a>(frames: &Frames, element: &'a Element<'a>, at: usize, pieces: &mut Vec<Piece<'a>>) {
    for (place, token) in token::split(element.text).into_iter().enumerate() {
        let id = frames.words.get(token.key);
        pieces.push(Piece {
            text: token.text,
            id,
            scan: None,
            is_word: token.is_word,
            spaced: if place == 0 {
                element.spaced
            } else {
                token.spaced
            },
            light: id.is_some_and(|id| frames.is_light(id)) || is_quiet_sign(&token),
            segment: false,
            opens_number: false,
            opens_choice: false,
            start: element.at.start + token.start,
            element: at,
        });
    }
}

/// Signs that say something between words; all others are ornaments.
const SIGNS: &[&str] = &[
    ":", "=", "\u{2192}", ",", "-", "/", "+", "&", ">", "%", "$", "\u{20ac}", "\u{a3}", ".", ";",
];

fn is_quiet_sign(token: &Token<'_>) -> bool {
    !token.is_word && !SIGNS.contains(&token.text)
}

/// Makes one arrow of "-" and ">", and lets the hyphen within a word say nothing.
fn arrows<'a>(frames: &Frames, mut pieces: Vec<Piece<'a>>) -> Vec<Piece<'a>> {
    let arrow = frames.words.get("\u{2192}");
    let mut at = 0;
    while at < pieces.len() {
        let next = pieces.get(at + 1).map_or("", |next| next.text);
        if matches!(pieces[at].text, "-" | "=") && next == ">" {
            pieces.remove(at + 1);
            pieces[at].id = arrow;
        } else if pieces[at].text == "-" {
            let glued = !pieces[at].spaced && pieces.get(at + 1).is_some_and(|it| !it.spaced);
            pieces[at].light = glued;
        }
        at += 1;
    }
    pieces
}

/// The stretches between commas, brackets and words such as "but".
pub(super) fn chunks(pieces: &[Piece<'_>]) -> Vec<Range<usize>> {
    let parts = |piece: &Piece<'_>| {
        matches!(piece.text, "," | "(" | ")" | ";" | ".")
            || (piece.text == "-" && !piece.light)
            || english().breaks.contains(piece.text)
    };
    let mut chunks = Vec::new();
    let mut start = 0;
    for at in 0..=pieces.len() {
        if at == pieces.len() || parts(&pieces[at]) {
            if start < at {
                chunks.push(start..at);
            }
            start = at + 1;
        }
    }
    chunks
}
