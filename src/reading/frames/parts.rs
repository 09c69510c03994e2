//! What a sentence leaves out for its second segment: "SMB churns 5% a month, enterprise 0.4%".

use std::ops::Range;

use super::line::Piece;
use super::table::Frames;
use super::{Fit, Framed, Framing, choosing, texts, values};
use crate::plan::{Field, Kind, Shape, Value};
use crate::reading::Found;
use crate::reading::leads::says_nothing;
use crate::reading::mood::Mood;
use crate::reading::words::english;

impl Framing<'_> {
    /// Adds what is said of further segments in the words of the first.
    pub(super) fn complete(
        &self,
        frames: &'static Frames,
        pieces: &[Piece<'_>],
        found: &mut Vec<Framed>,
    ) {
        let head = pieces
            .iter()
            .position(|it| self.segment_at(it))
            .unwrap_or(0);
        let states = self.moods.first() == Some(&Mood::Said);
        let label = states
            .then(|| self.label_of(frames, &pieces[..head]))
            .flatten();
        for mut part in self.parts(pieces) {
            // What stands before the first segment names the field.
            part.start = part.start.max(head.min(part.end - 1));
            let element = pieces[part.start].element;
            let Some(segment) = &self.segments[element] else {
                continue;
            };
            let said = found.iter().any(|it| it.segment.as_ref() == Some(segment));
            let other = found.iter().find(|it| it.segment.is_some());
            let (field, mood) = match other {
                Some(it) => (it.found.field, it.mood),
                None => match label.or(self.last.filter(|_| found.is_empty())) {
                    Some(last) => (last, Mood::Said),
                    None => continue,
                },
            };
            if said {
                continue;
            }
            let says = other.map(|it| &it.found.value);
            let Some((value, place)) = self.left_out(frames, pieces, field, (part, says)) else {
                continue;
            };
            let elements = pieces[place.start].element..pieces[place.end - 1].element + 1;
            found.push(Framed {
                mood,
                segment: Some(segment.clone()),
                value: elements.clone(),
                weak: other.is_none() || field.component() == "pricing",
                loose: false,
                found: Found {
                    field,
                    value,
                    elements,
                    holder: None,
                },
            });
        }
    }

    /// The stretches of pieces that are of one segment each.
    fn parts(&self, pieces: &[Piece<'_>]) -> Vec<Range<usize>> {
        let mut parts: Vec<Range<usize>> = Vec::new();
        for (at, piece) in pieces.iter().enumerate() {
            let same = parts.last().is_some_and(|part: &Range<usize>| {
                self.segments[pieces[part.start].element] == self.segments[piece.element]
            });
            match parts.last_mut() {
                Some(part) if same => part.end = at + 1,
                _ => parts.push(at..at + 1),
            }
        }
        parts.retain(|part| self.segments[pieces[part.start].element].is_some());
        parts
    }

    /// The value that stands in a part for the field of another part.
    fn left_out(
        &self,
        frames: &'static Frames,
        pieces: &[Piece<'_>],
        field: &'static Field,
        (part, says): (Range<usize>, Option<&Value>),
    ) -> Option<(Value, Range<usize>)> {
        let denied = part.clone().find(|&at| denies(&pieces[at]));
        if field.kind == Kind::YesNo {
            let Some(Value::YesNo(said)) = says else {
                return None;
            };
            let at = denied?;
            return Some((Value::YesNo(!said), at..at + 1));
        }
        if denied.is_some() {
            return None;
        }
        if texts::is_plain(field) && matches!(field.kind, Kind::Text | Kind::List) {
            return self.words_left_out(pieces, field, part);
        }
        if field.kind == Kind::Text {
            return self.words_left(pieces, field, part);
        }
        let inside = &pieces[..part.end];
        let mut read = part.clone().filter_map(|at| {
            let (value, end) = values::number(self, field, inside, at)
                .or_else(|| choosing::choices(frames, field, inside, at))
                .or_else(|| self.bare_months(field, inside, at))?;
            Some((value, at..end))
        });
        let found = read.next()?;
        let quiet = part.filter(|at| !found.1.contains(at)).filter(|&at| {
            let piece = &pieces[at];
            !(piece.light
                || !piece.is_word
                || self.segment_at(piece)
                || english().fillers.contains(piece.text)
                || english().ends.contains(piece.text))
        });
        (quiet.count() <= UNKNOWN).then_some(found)
    }
}

impl Framing<'_> {
    /// "5 months, enterprise in 20".
    fn bare_months(
        &self,
        field: &Field,
        pieces: &[Piece<'_>],
        at: usize,
    ) -> Option<(Value, usize)> {
        let piece = &pieces[at];
        piece.scan?;
        let digits = piece.text.chars().all(|c| c.is_ascii_digit() || c == '.');
        if !digits || !matches!(field.kind, Kind::Months | Kind::Days) {
            return None;
        }
        let within = at
            .checked_sub(1)
            .is_some_and(|before| matches!(pieces[before].text, "in" | "after"));
        let told = at.checked_sub(1).is_some_and(|before| {
            let before = &pieces[before];
            before.segment || matches!(before.text, "in" | "after" | "about" | "around" | ":" | ",")
        });
        if !told {
            return None;
        }
        // The unit is that of the first segment: "the cycle is 3 months, for enterprise 9".
        let unit = pieces[..at].iter().rev().find_map(|it| {
            let unit = it.text.rsplit([' ', '-']).next()?;
            it.scan
                .filter(|scan| scan.shape == Shape::Length)
                .map(|_| unit)
        });
        let unit = unit.or((within && field.kind == Kind::Months).then_some("months"))?;
        let value = field.parse(&format!("{} {unit}", piece.text), &self.context);
        Some((value.ok()?, at + 1))
    }

    /// The words of a text in a part, without those that lead to it: "for SMB with an in-app tour".
    fn words_left(
        &self,
        pieces: &[Piece<'_>],
        field: &Field,
        part: Range<usize>,
    ) -> Option<(Value, Range<usize>)> {
        const LEADING: &[&str] = &[
            "with", "by", "via", "through", "is", "are", "it's", "at", "gets", "for", "in",
        ];
        const TRAILING: &[&str] = &["does", "do", "is", "owns", "it", "that", "so"];
        let silent = |at: usize| {
            let piece = &pieces[at];
            !piece.is_word || self.segment_at(piece) || LEADING.contains(&piece.text)
        };
        let start = part.clone().find(|&at| !silent(at))?;
        let mut end = part.end;
        while end > start + 1
            && (!pieces[end - 1].is_word || TRAILING.contains(&pieces[end - 1].text))
        {
            end -= 1;
        }
        let counted = pieces[start..end].iter().any(|piece| piece.scan.is_some());
        if end - start > WORDS || (field.name.starts_with("metrics.") && !counted) {
            return None;
        }
        let typed = self
            .typed(pieces, start..end)
            .filter(|typed| !says_nothing(typed))?;
        Some((field.parse(&typed, &self.context).ok()?, start..end))
    }

    /// The value that is said in place of a denied one: "not 90 accounts for each CSM, make it 75".
    pub(super) fn instead(
        &self,
        frames: &'static Frames,
        pieces: &[Piece<'_>],
        fit: &Fit,
    ) -> Option<Fit> {
        let field = fit.frame.field;
        let from = (fit.end..pieces.len())
            .find(|&at| matches!(pieces[at].text, "," | "-" | "but" | ";"))?;
        let quiet = |piece: &Piece<'_>| {
            piece.light || !piece.is_word || english().fillers.contains(piece.text)
        };
        let at = (from + 1..pieces.len())
            .take(WORDS)
            .find(|&at| !quiet(&pieces[at]))?;
        let (value, end) = values::number(self, field, pieces, at)
            .or_else(|| choosing::choices(frames, field, pieces, at))?;
        pieces[end..].iter().all(quiet).then_some(Fit {
            start: fit.start,
            end,
            value,
            place: at..end,
            said: fit.said,
            frame: fit.frame,
        })
    }
}

/// So many words may a text have in such a part.
const WORDS: usize = 12;

/// So many other words may stand in a part that is said in the words of another.
const UNKNOWN: usize = 2;

fn denies(piece: &Piece<'_>) -> bool {
    english().negating.contains(piece.text) || piece.text == "nothing"
}

/// Whether pieces can name somebody: no verb, no sign, nobody of whom nothing is known.
pub(super) fn names(pieces: &[Piece<'_>]) -> bool {
    let quiet = |piece: &Piece<'_>| {
        piece.is_word
            && piece.scan.is_none()
            && !matches!(
                piece.text,
                "for"
                    | "is"
                    | "are"
                    | "we"
                    | "who"
                    | "it"
                    | "and"
                    | "so"
                    | "that"
                    | "then"
                    | "not"
                    | "nobody"
                    | "no"
                    | "if"
                    | "when"
                    | "once"
                    | "of"
                    | "it's"
                    | "i"
                    | "they"
                    | "our"
            )
            && !english().negating.contains(piece.text)
    };
    let article = |piece: &Piece<'_>| matches!(piece.text, "the" | "a" | "an" | "our");
    pieces.iter().all(quiet) && !pieces.iter().skip(1).any(article)
}
