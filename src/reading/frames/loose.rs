//! Patterns whose parts stand in any order, with few other words: "of our customers 3% leave each month".
//!
//! Where a phrase names every word, a pattern of this kind names what must be mentioned. What may stand
//! beside it is bounded: by the commas around it, by the number of words that nobody expected, and by
//! words with which nothing is stated.

use std::ops::Range;

use super::heard::{COMING, ELSEWHERE, GONE, WISHES, is_of_customers};
use super::line::{Piece, chunks};
use super::matching::Walk;
use super::pattern::Node;
use super::table::{Frame, Frames, Loose};
use super::{Fit, Framing};
use super::{texts, values};
use crate::plan::{Kind, Value};
use crate::reading::told::is_of_somebody;
use crate::reading::words::english;

/// A sentence is looked at in so many parts between commas.
const CHUNKS: usize = 4;

/// A value, and its pieces.
type Met = (Value, Range<usize>);

/// A pattern in a stretch of a sentence.
struct Stretch<'a> {
    framing: &'a Framing<'a>,
    frames: &'static Frames,
    frame: &'static Frame,
    loose: &'static Loose,
    pieces: &'a [Piece<'a>],
    window: Range<usize>,
}

impl Framing<'_> {
    /// Where the parts of a pattern stand together, in as little of the sentence as holds them all.
    pub(super) fn loose_fits(
        &self,
        frames: &'static Frames,
        (frame, loose): (&'static Frame, &'static Loose),
        pieces: &[Piece<'_>],
        fits: &mut Vec<Fit>,
    ) {
        let chunks = chunks(pieces);
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
        if !self.loose.bars.is_empty() && self.stands(&self.loose.bars, &[]).is_some() {
            return None;
        }
        let nodes = |part: &Range<usize>| &self.frame.nodes[part.clone()];
        let mut taken: Vec<Range<usize>> = Vec::new();
        let mut met: Option<Met> = None;
        let (values, words): (Vec<_>, Vec<_>) = self
            .loose
            .parts
            .iter()
            .partition(|part| part.len() == 1 && is_value(&nodes(part)[0]));
        for part in words {
            let (place, value) = self.stands(nodes(part), &taken)?;
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

    fn question(&self) -> Option<usize> {
        if !self.loose.bars.is_empty() && self.stands(&self.loose.bars, &[]).is_some() {
            return None;
        }
        let mut taken: Vec<Range<usize>> = Vec::new();
        for part in &self.loose.parts {
            let nodes = &self.frame.nodes[part.clone()];
            if nodes.len() == 1 && is_value(&nodes[0]) {
                continue;
            }
            let (place, met) = self.stands(nodes, &taken)?;
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
        nodes: &[Node],
        taken: &[Range<usize>],
    ) -> Option<(Range<usize>, Option<Met>)> {
        self.window.clone().find_map(|at| {
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
        let first = taken.iter().map(|it| it.start).min().unwrap_or(start);
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
            match met.filter(|(_, place)| !taken.iter().any(|it| meets(it, place))) {
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
            let (value, end) = values::choices(self.frames, field, self.pieces, at)?;
            let goes_on = taken.iter().any(|it| it.contains(&end));
            let whole = goes_on || self.framing.ends_choice(self.pieces, end);
            return whole.then_some((value, at..end));
        }
        if self.frame.value.is_some() || !field.choices.is_empty() {
            self.pieces[at].scan?;
            return Some((Value::YesNo(true), at..at + 1));
        }
        let (value, end) = values::number(self.framing, field, self.pieces, at)?;
        Some((value, at..end))
    }

    /// Whether a value only stands for what holds no longer: "not 5", "from 3%".
    fn is_set_aside(&self, at: usize) -> bool {
        let before = at
            .checked_sub(1)
            .map_or("", |before| self.pieces[before].text);
        matches!(before, "not" | "than" | "was" | "instead")
    }

    /// Whether the stretch is denied as a whole, which only a field that is yes or no can be.
    fn denials(&self, taken: &[Range<usize>]) -> Option<bool> {
        let denied = self.window.clone().filter(|&at| {
            let negates = english().negating.contains(self.pieces[at].text);
            let aside = self
                .pieces
                .get(at + 1)
                .is_some_and(|next| next.scan.is_some() && self.is_set_aside(at + 1));
            negates && !aside && !taken.iter().any(|it| it.contains(&at))
        });
        let denied = denied.count() % 2 == 1;
        let polar = matches!(self.frame.value, Some(Value::YesNo(_)));
        (polar || !denied).then_some(denied)
    }

    /// "This plan" plans nothing.
    fn is_noun(&self, at: usize) -> bool {
        let before = at
            .checked_sub(1)
            .map_or("", |before| self.pieces[before].text);
        matches!(before, "the" | "this" | "our" | "gtm" | "a")
    }

    /// Whether a piece names somebody else, or what is theirs: "the quota of Lena", "its community".
    fn is_of_somebody(&self, at: usize) -> bool {
        let piece = &self.pieces[at];
        let theirs = matches!(piece.text, "its" | "his" | "her" | "their" | "your")
            && !is_of_customers(self.frame.field);
        let before = at
            .checked_sub(1)
            .map_or("", |before| self.pieces[before].text);
        let named = matches!(before, "of" | "at" | "from" | "by") && self.framing.is_name(piece);
        theirs || named || is_of_somebody(piece.text)
    }

    /// Whether a figure is of somebody whose name stands first: "Notion passed 400M ARR".
    fn is_of_first_name(&self, taken: &[Range<usize>]) -> bool {
        let field = self.frame.field;
        let counts = field.choices.is_empty()
            && !matches!(field.kind, Kind::Text | Kind::List | Kind::YesNo);
        let mut said = self.window.clone().map(|at| (at, &self.pieces[at]));
        let first = said.find(|(_, piece)| piece.is_word && !piece.light);
        counts
            && first.is_some_and(|(at, first)| {
                !taken.iter().any(|it| it.contains(&at)) && self.framing.is_name(first)
            })
    }

    /// Whether little else is said, and nothing by which it is only wished for or still to come.
    fn is_quiet(&self, taken: &[Range<usize>]) -> bool {
        let mut unknown = 0;
        if self.pieces[self.window.start].text == "until" {
            return false;
        }
        for at in self.window.clone() {
            let piece = &self.pieces[at];
            if taken.iter().any(|it| it.contains(&at)) || !piece.is_word {
                continue;
            }
            let wished = WISHES.contains(&piece.text) || COMING.contains(&piece.text);
            let is_open = wished && !self.frame.aims && !self.is_noun(at);
            let is_gone = !self.frame.past && GONE.contains(&piece.text);
            if is_open || is_gone || ELSEWHERE.contains(&piece.text) || self.is_of_somebody(at) {
                return false;
            }
            let known = piece.light
                || piece.scan.is_some()
                || piece.text.len() < 3
                || english().fillers.contains(piece.text)
                || english().fillers.contains(piece.text.trim_end_matches('s'))
                || english().negating.contains(piece.text)
                || english().following.contains(piece.text)
                || english().ends.contains(piece.text)
                || english().adjectives.contains(piece.text)
                || self.framing.segment_at(piece);
            unknown += usize::from(!known);
        }
        unknown <= self.loose.room
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
    use crate::plan::{Currency, ParseContext};
    use crate::reading::{Context, read_message};

    fn check(message: &str, expected: &[&str]) {
        let parse = ParseContext {
            currency: Currency::USD,
            today: jiff::civil::date(2026, 3, 2),
        };
        let reading = read_message(message, &Context { plan: None, parse });
        let shown = reading
            .proposals
            .iter()
            .map(|it| format!("{}: {}", it.field.name, it.value.display(it.field)));
        assert_eq!(shown.collect::<Vec<_>>(), expected, "{message}");
    }

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
