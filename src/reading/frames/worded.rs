//! Words of a sentence that may be a text or a list: where they begin, and what they are for a field.

use std::ops::Range;

use super::candidates::{Candidate, How, candidate};
use super::line::{self, Piece};
use super::spans::spans;
use super::table::Frames;
use super::{Framing, values};
use crate::plan::{Field, Value};
use crate::reading::Found;

/// What those do who buy or use something.
const ACTS: &[&str] = &[
    "decide", "decides", "sign", "signs", "use", "uses", "pay", "pays", "hold", "holds", "own",
    "owns", "buy", "buys", "approve", "approves", "choose", "chooses",
];

/// Words that name a field have at most so many pieces.
const LABEL: usize = 14;

impl Framing<'_> {
    /// The text or the list of a field that words of the sentence are which stand there.
    pub(in crate::reading) fn words_in(
        &self,
        field: &'static Field,
        how: How,
        start: usize,
    ) -> Option<Found> {
        let pieces = line::pieces(Frames::get(), self.sentence);
        let worded = worded(&pieces, how == How::Asked).into_iter();
        let stands = |it: &Worded| it.unread(field, &pieces).map(|it| it.at.start) == Some(start);
        let mut words = worded.chain(spans(&pieces));
        let words = words.find(|it| it.how == how && stands(it))?;
        self.read_words(field, &pieces, &words)?.found
    }

    pub(super) fn read_words(
        &self,
        field: &'static Field,
        pieces: &[Piece<'_>],
        words: &Worded,
    ) -> Option<Candidate> {
        let (value, place) = match words.end {
            Some(end) => {
                let place = words.start..end;
                (
                    self.value_of(field, pieces, words.how, place.clone())?,
                    place,
                )
            }
            None => values::words(self, field, pieces, words.start)?,
        };
        Some(candidate(words.how, field, value, pieces, place))
    }

    /// What a stretch of words is; what stands around it says whether it names a place or a role.
    fn value_of(
        &self,
        field: &'static Field,
        pieces: &[Piece<'_>],
        how: How,
        place: Range<usize>,
    ) -> Option<Value> {
        if matches!(how, How::Chunk | How::Row | How::Counted) {
            values::unnamed_value(self, field, pieces, place)
        } else {
            values::typed_value(self, field, pieces, place)
        }
    }
}

/// Words that may be a text or a list: behind a sign or "is", behind a question, before what somebody does,
/// before "that's" and such words, or in a stretch by themselves.
pub(super) struct Worded {
    how: How,
    start: usize,
    /// Where they end; `None` where that depends on the field.
    end: Option<usize>,
}

impl Worded {
    pub(super) fn span(how: How, span: Range<usize>) -> Self {
        Self {
            how,
            start: span.start,
            end: Some(span.end),
        }
    }

    /// Whether they are a sentence or most of one, which no list is made of.
    pub(super) fn is_sentence(&self) -> bool {
        matches!(self.how, How::Clause | How::Opening)
    }

    #[cfg(test)]
    pub(super) fn range(&self, pieces: &[Piece<'_>]) -> Range<usize> {
        self.start..self.end.unwrap_or(pieces.len())
    }

    /// The candidate that they are for a field as long as nobody has read them.
    pub(super) fn unread(&self, field: &'static Field, pieces: &[Piece<'_>]) -> Option<Candidate> {
        let leads = |piece: &Piece<'_>| !piece.is_word && !matches!(piece.text, "$" | "€" | "£");
        let end = self.end.unwrap_or(pieces.len());
        let mut range = self.start..end;
        let start = match self.end {
            Some(_) => self.start,
            None => range.find(|&at| !leads(&pieces[at]))?,
        };
        let (first, last) = (pieces.get(start)?, pieces.get(end.checked_sub(1)?)?);
        Some(Candidate {
            how: self.how,
            field,
            at: first.start..last.end(),
            element: first.element,
            found: None,
        })
    }
}

pub(super) fn worded(pieces: &[Piece<'_>], asked: bool) -> Vec<Worded> {
    let label = |at: &usize| *at > 0 && *at < LABEL;
    let behind = |how: How, at: usize| Worded {
        how,
        start: at,
        end: None,
    };
    let before = |how: How, at: usize| Worded {
        how,
        start: 0,
        end: Some(at),
    };
    let sign = pieces
        .iter()
        .position(|it| matches!(it.text, ":" | "=" | "\u{2192}" | "-") && !it.light);
    let is = pieces.iter().position(|it| matches!(it.text, "is" | "are"));
    let acts = pieces.iter().position(|it| ACTS.contains(&it.text));
    let remark = pieces.windows(2).position(|pair| {
        pair[0].text == ","
            && matches!(
                pair[1].text,
                "that's" | "thats" | "this" | "that" | "those" | "which"
            )
    });
    let all = [
        sign.filter(label).map(|at| behind(How::Sign, at + 1)),
        is.filter(label).map(|at| behind(How::Is, at + 1)),
        asked.then(|| behind(How::Asked, 0)),
        acts.filter(label).map(|at| before(How::Subject, at)),
        remark
            .filter(|&at| at > 0)
            .map(|at| before(How::Remark, at)),
    ];
    all.into_iter().flatten().collect()
}
