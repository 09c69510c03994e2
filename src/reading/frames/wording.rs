//! Words up to what follows them in a pattern, and people who are mentioned.

use super::line::Piece;
use super::matching::{Ahead, Walk};
use super::pattern::Node;
use super::{entities, values};
use crate::plan::Kind;

/// So many words may stand before what follows them.
const WORDS: usize = 22;

impl Walk<'_> {
    /// The words of a text or a list from a piece on, before the rest of the pattern.
    pub(super) fn some_words(
        &mut self,
        rest: &[Node],
        then: Option<&Ahead<'_>>,
        (at, first): (usize, bool),
    ) -> Option<usize> {
        if first && !self.may_open(at) {
            return None;
        }
        let start = (at..self.pieces.len()).find(|&at| self.pieces[at].is_word)?;
        let end = self.pieces.len().min(start + WORDS);
        let opening = &self.pieces[start];
        if first
            && (matches!(opening.text, "in" | "for" | "at" | "with" | "if")
                || self.framing.segment_at(opening))
        {
            return None;
        }
        for end in start + 1..=end {
            let last = &self.pieces[end - 1];
            if ends_words(last) || (end > start + 1 && self.framing.segment_at(last)) {
                return None;
            }
            let Some(behind) = self.step(rest, then, end, false) else {
                continue;
            };
            let value =
                values::typed_value(self.framing, self.frame.field, self.pieces, start..end);
            if let Some(value) = value {
                self.met = Some((value, start..end));
                return Some(behind);
            }
        }
        None
    }

    /// Whether a part of the sentence begins at a piece, or a list may go on from it.
    fn may_open(&self, at: usize) -> bool {
        let begins = |piece: &Piece<'_>| {
            matches!(
                piece.text,
                ":" | "="
                    | ","
                    | "\u{2192}"
                    | "\u{2026}"
                    | "decided"
                    | "fyi"
                    | "so"
                    | "and"
                    | "but"
            ) || (piece.text == "-" && !piece.light)
        };
        let listed = self.frame.field.kind == Kind::List;
        match at.checked_sub(1) {
            None => true,
            Some(before) if self.framing.segment_at(&self.pieces[before]) => true,
            Some(before) => {
                begins(&self.pieces[before]) && !(listed && self.pieces[before].text == "and")
            }
        }
    }

    /// Things that are known by what they are called.
    pub(super) fn named(
        &mut self,
        rest: &[Node],
        then: Option<&Ahead<'_>>,
        at: usize,
    ) -> Option<usize> {
        let field = self.frame.field;
        let (value, end) = entities::row(self.framing, field, self.pieces, at)?;
        let before = self.met.replace((value, at..end));
        if let Some(end) = self.step(rest, then, end, false) {
            return Some(end);
        }
        self.met = before;
        None
    }

    /// Somebody who is mentioned between two pieces.
    pub(super) fn mention(
        &mut self,
        rest: &[Node],
        then: Option<&Ahead<'_>>,
        at: usize,
    ) -> Option<usize> {
        let clean = self.framing.clean;
        let from = at.checked_sub(1).map_or(0, |before| {
            clean
                .origin(self.pieces[before].start..self.pieces[before].end())
                .end
        });
        let to = self
            .pieces
            .get(at)
            .map(|piece| clean.origin(piece.start..piece.end()).start);
        let gap = self
            .framing
            .message
            .get(from..to.unwrap_or(self.framing.message.len()))?;
        let start = gap.rfind("<@")?;
        let end = start + gap[start..].find('>')?;
        let value = self
            .frame
            .field
            .parse(&gap[start..=end], &self.framing.context)
            .ok()?;
        let before = self.met.replace((value, at..at));
        if let Some(end) = self.step(rest, then, at, false) {
            return Some(end);
        }
        self.met = before;
        None
    }
}

/// Whether the words of a text do not go beyond a piece.
fn ends_words(piece: &Piece<'_>) -> bool {
    matches!(piece.text, "\u{2026}" | ":" | "=" | "(")
}
