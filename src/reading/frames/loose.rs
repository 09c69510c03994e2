//! Patterns whose parts stand in any order, with few other words: "of our customers 3% leave each month".
//!
//! Where a phrase names every word, a pattern of this kind names what must be mentioned. What may stand
//! beside it is bounded: by the commas around it, by the number of words that nobody expected, and by
//! words with which nothing is stated.

use std::ops::Range;

use super::line::{Piece, chunks};
use super::matching::Walk;
use super::pattern::{Node, Opening};
use super::table::{Frame, Frames, Loose, Part};
use super::{Fit, Framing};
use super::{choosing, texts, values};
use crate::plan::{Kind, Value};

/// A sentence is looked at in so many parts between commas.
const CHUNKS: usize = 4;

/// A value, and its pieces.
type Met = (Value, Range<usize>);

/// A pattern in a stretch of a sentence.
pub(super) struct Stretch<'a> {
    pub(super) framing: &'a Framing<'a>,
    frames: &'static Frames,
    pub(super) frame: &'static Frame,
    pub(super) loose: &'static Loose,
    pub(super) pieces: &'a [Piece<'a>],
    pub(super) window: Range<usize>,
}

impl Framing<'_> {
    /// Where the parts of a pattern stand together, in as little of the sentence as holds them all.
    pub(super) fn loose_fits(
        &self,
        frames: &'static Frames,
        (frame, loose): (&'static Frame, &'static Loose),
        (pieces, chunks): (&[Piece<'_>], &[Range<usize>]),
        fits: &mut Vec<Fit>,
    ) {
        let mut taken: Vec<Range<usize>> = Vec::new();
        for size in 1..=chunks.len().min(CHUNKS) {
            for run in chunks.windows(size) {
                let window = run[0].start..run[size - 1].end;
                if taken.iter().any(|it| meets(it, &window)) || !self.is_of_one(pieces, &window) {
                    continue;
                }
                let stretch = Stretch {
                    framing: self,
                    frames,
                    frame,
                    loose,
                    pieces,
                    window: window.clone(),
                };
                if let Some(fit) = stretch.fit() {
                    taken.push(window);
                    fits.push(fit);
                }
            }
        }
    }

    /// How many words of a question a pattern's parts are, where all stand in it but the value.
    pub(super) fn loose_question(
        &self,
        frames: &'static Frames,
        (frame, loose): (&'static Frame, &'static Loose),
        pieces: &[Piece<'_>],
    ) -> Option<usize> {
        let stretch = Stretch {
            framing: self,
            frames,
            frame,
            loose,
            pieces,
            window: 0..pieces.len(),
        };
        stretch.question()
    }

    /// Whether something stands beside a fit by which it is of something else.
    pub(super) fn is_barred(
        &self,
        frames: &'static Frames,
        pieces: &[Piece<'_>],
        fit: &Fit,
    ) -> bool {
        let range = fit.start..fit.end;
        let mut beside = chunks(pieces)
            .into_iter()
            .filter(|it| meets(it, &range))
            .flatten();
        !fit.frame.unless.is_empty()
            && beside.any(|at| {
                let mut walk = Walk::new(self, frames, fit.frame, pieces);
                walk.step(&fit.frame.unless, None, at, true).is_some()
            })
    }

    /// Whether no two segments are named in a stretch.
    fn is_of_one(&self, pieces: &[Piece<'_>], window: &Range<usize>) -> bool {
        let mut named = pieces[window.clone()]
            .iter()
            .filter_map(|piece| self.segments[piece.element].as_ref());
        let first = named.next();
        named.all(|it| Some(it) == first)
    }
}

impl Stretch<'_> {
    fn fit(&self) -> Option<Fit> {
        if self.is_barred_in() {
            return None;
        }
        let nodes = |part: &Part| &self.frame.nodes[part.nodes.clone()];
        let mut taken: Vec<Range<usize>> = Vec::new();
        let mut met: Option<Met> = None;
        let (values, words): (Vec<_>, Vec<_>) = self
            .loose
            .parts
            .iter()
            .partition(|part| part.nodes.len() == 1 && is_value(&nodes(part)[0]));
        for part in words {
            let (place, value) = self.stands((nodes(part), &part.opening), &taken)?;
            taken.push(place);
            met = value.or(met);
        }
        for part in values {
            let (value, place) = self.value(&nodes(part)[0], &taken)?;
            taken.push(place.clone());
            met = Some((value, place));
        }
        if self.is_of_first_name(&taken) {
            return None;
        }
        let flips = self.denials(&taken)?;
        let (value, place) = match &self.frame.value {
            Some(Value::YesNo(says)) => (
                Value::YesNo(says ^ flips),
                self.window.start..self.window.start,
            ),
            Some(value) => (value.clone(), self.window.start..self.window.start),
            None => met?,
        };
        self.is_quiet(&taken).then_some(())?;
        let start = taken.iter().map(|it| it.start).min()?;
        let end = taken.iter().map(|it| it.end).max()?;
        Some(Fit {
            frame: self.frame,
            start,
            end,
            value,
            place: if self.frame.value.is_some() {
                start..start
            } else {
                place
            },
            said: taken.iter().map(Range::len).sum(),
        })
    }

    fn is_barred_in(&self) -> bool {
        let bars = (self.loose.bars.as_slice(), &self.loose.barring);
        !bars.0.is_empty() && self.stands(bars, &[]).is_some()
    }

    fn question(&self) -> Option<usize> {
        if self.is_barred_in() {
            return None;
        }
        let mut taken: Vec<Range<usize>> = Vec::new();
        for part in &self.loose.parts {
            let nodes = &self.frame.nodes[part.nodes.clone()];
            if nodes.len() == 1 && is_value(&nodes[0]) {
                continue;
            }
            let (place, met) = self.stands((nodes, &part.opening), &taken)?;
            if met.is_some() {
                return None;
            }
            taken.push(place);
        }
        let denied = self.denials(&taken)?;
        (!denied && self.is_quiet(&taken)).then(|| taken.iter().map(Range::len).sum())
    }

    /// Where nodes stand in the stretch, and the value that they hold.
    fn stands(
        &self,
        (nodes, opening): (&[Node], &Opening),
        taken: &[Range<usize>],
    ) -> Option<(Range<usize>, Option<Met>)> {
        let opens = |at: &usize| opening.may_be(&self.pieces[*at]);
        self.window.clone().filter(opens).find_map(|at| {
            let mut walk = Walk::new(self.framing, self.frames, self.frame, self.pieces);
            let end = walk.step(nodes, None, at, true)?;
            let place = at..end;
            let met = walk.met.take();
            let inside = end <= self.window.end || met.is_some();
            (end > at && inside && !taken.iter().any(|it| meets(it, &place)))
                .then_some((place, met))
        })
    }

    /// The words of a target from its figure on, before or behind what it is the target of.
    fn target(&self, taken: &[Range<usize>]) -> Option<Met> {
        let start =
            texts::figure(self.pieces, self.window.start).filter(|at| self.window.contains(at))?;
        // The first part of such a pattern says that it is a target; the others may stand in its words.
        let first = taken.first().map_or(start, |it| it.start);
        if first <= start {
            return values::words(self.framing, self.frame.field, self.pieces, start);
        }
        let links = |at: &usize| {
            matches!(
                self.pieces[*at].text,
                "is" | "are" | "as" | "=" | ":" | "," | "-" | "(" | "\u{2192}"
            )
        };
        let end = (start + 1..first).find(links).unwrap_or(first);
        let value = values::typed_value(self.framing, self.frame.field, self.pieces, start..end)?;
        Some((value, start..end))
    }

    /// The one value in the stretch.
    fn value(&self, node: &Node, taken: &[Range<usize>]) -> Option<Met> {
        if *node == Node::Rest {
            return self.target(taken);
        }
        let mut known: Vec<Met> = Vec::new();
        let mut at = self.window.start;
        while at < self.window.end {
            let met = self.value_at(node, at, taken);
            // "One lead in ten": a share may hold what it is of.
            let share =
                |place: &Range<usize>| self.frame.field.kind == Kind::Percent && place.len() > 2;
            match met.filter(|(_, place)| share(place) || !taken.iter().any(|it| meets(it, place)))
            {
                Some((value, place)) => {
                    at = place.end.max(at + 1);
                    if !self.is_set_aside(place.start) {
                        known.push((value, place));
                    }
                }
                None => at += 1,
            }
        }
        if self.frame.field.kind == Kind::Set {
            let told = |place: &Range<usize>| {
                place
                    .start
                    .checked_sub(1)
                    .is_some_and(|at| matches!(self.pieces[at].text, ":" | "=" | "\u{2192}"))
            };
            let far = |place: &Range<usize>| {
                let gaps = taken.iter().map(|it| {
                    it.start.saturating_sub(place.end) + place.start.saturating_sub(it.end)
                });
                gaps.min().unwrap_or(0)
            };
            return known
                .into_iter()
                .min_by_key(|(_, place)| (!told(place), far(place)));
        }
        let (first, others) = known.split_first()?;
        others
            .iter()
            .all(|other| other.0 == first.0)
            .then(|| first.clone())
    }

    /// The value that begins at a piece; a number beside a choice only has to be there.
    fn value_at(&self, node: &Node, at: usize, taken: &[Range<usize>]) -> Option<Met> {
        let field = self.frame.field;
        if *node == Node::Choices {
            let (value, end) = choosing::choices(self.frames, field, self.pieces, at)?;
            let goes_on = taken.iter().any(|it| it.contains(&end));
            let whole = goes_on || self.framing.ends_choice(field, self.pieces, end);
            return whole.then_some((value, at..end));
        }
        if self.frame.value.is_some() || !field.choices.is_empty() {
            self.pieces[at].scan?;
            return Some((Value::YesNo(true), at..at + 1));
        }
        let (value, end) = values::number(self.framing, field, self.pieces, at)?;
        let goes_on = taken.iter().any(|it| it.contains(&end));
        let whole = field.kind != Kind::Count
            || goes_on
            || self.framing.ends_choice(field, self.pieces, end);
        whole.then_some((value, at..end))
    }

    /// Whether a value only stands for what holds no longer: "not 5", "from 3%".
    pub(super) fn is_set_aside(&self, at: usize) -> bool {
        let before = at
            .checked_sub(1)
            .map_or("", |before| self.pieces[before].text);
        matches!(before, "not" | "than" | "was" | "instead")
    }
}

fn is_value(node: &Node) -> bool {
    matches!(
        node,
        Node::Number | Node::Choices | Node::Named | Node::Rest
    )
}

fn meets(one: &Range<usize>, two: &Range<usize>) -> bool {
    one.start < two.end && two.start < one.end
}

#[cfg(test)]
mod tests {
    use crate::reading::testing::check;

    #[test]
    fn parts_stand_in_any_order() {
        check(
            "each month we see about 2% of the clients quit",
            &["metrics.churn: 2% a month"],
        );
        check(
            "webinars we have shut down for good",
            &["marketing.stopped: webinars"],
        );
    }

    #[test]
    fn what_is_yes_or_no_is_turned_by_a_denial() {
        check("for support we bill them extra", &["cs.paid_support: yes"]);
        check(
            "for support we do not bill anybody",
            &["cs.paid_support: no"],
        );
    }

    #[test]
    fn what_is_far_denied_wished_or_of_somebody_else_is_not_read() {
        check("the intern stopped after 3 months", &[]);
        check("webinars we would never shut down", &[]);
        check("growth at Notion comes from its community", &[]);
        check("next year webinars should be shut down", &[]);
        check("the quota of Lena is 1.2M", &[]);
    }
}
