//! Where the patterns fit.

use std::ops::Range;

use super::line::{Piece, chunks};
use super::pattern::{Node, Ways};
use super::table::{Frame, Frames};
use super::{Fit, Framing};
use super::{choosing, parts, values};
use crate::plan::{Field, Kind, Value};
use crate::reading::words::english;

/// So many words that say nothing may stand between two words of a pattern.
const SKIPPED: usize = 4;

/// So many words fill a gap.
const GAP: usize = 4;

/// Words for several people of one role.
const GROUPS: &[&str] = &[
    "pool", "team", "desk", "crew", "squad", "group", "folks", "people", "guys", "function", "side",
];

/// So many words name somebody.
const WHO: usize = 5;

/// A pattern on its way through the pieces.
pub(super) struct Walk<'a> {
    pub(super) framing: &'a Framing<'a>,
    frames: &'static Frames,
    pub(super) pieces: &'a [Piece<'a>],
    pub(super) frame: &'static Frame,
    /// The value that was met, and its pieces.
    pub(super) met: Option<(Value, Range<usize>)>,
}

/// What of a pattern is still to come.
pub(super) struct Ahead<'a> {
    nodes: &'a [Node],
    then: Option<&'a Ahead<'a>>,
}

impl Framing<'_> {
    /// Every fit of every pattern.
    pub(super) fn fits(&self, frames: &'static Frames, pieces: &[Piece<'_>]) -> Vec<Fit> {
        let mut fits = Vec::new();
        let chunks = chunks(pieces);
        for (frame, last) in frames.needed_in(pieces) {
            match &frame.loose {
                Some(loose) => {
                    self.loose_fits(frames, (frame, loose), (pieces, &chunks), &mut fits);
                }
                None => self.fits_of(frames, (frame, last), pieces, &mut fits),
            }
        }
        fits
    }

    /// How many pieces a pattern without a value is, where it stands in these.
    pub(super) fn length_of(
        &self,
        frames: &'static Frames,
        frame: &'static Frame,
        pieces: &[Piece<'_>],
    ) -> Option<usize> {
        let opens = |at: &usize| frame.opening.may_be(&pieces[*at]);
        let lengths = (0..pieces.len()).filter(opens).filter_map(|at| {
            let mut walk = Walk::new(self, frames, frame, pieces);
            walk.step(&frame.nodes, None, at, true).map(|end| end - at)
        });
        lengths.max()
    }

    fn fits_of(
        &self,
        frames: &'static Frames,
        (frame, last): (&'static Frame, usize),
        pieces: &[Piece<'_>],
        fits: &mut Vec<Fit>,
    ) {
        let mut start = 0;
        while start <= last {
            if !frame.opening.may_be(&pieces[start]) {
                start += 1;
                continue;
            }
            let mut walk = Walk::new(self, frames, frame, pieces);
            let end = walk.step(&frame.nodes, None, start, true);
            let met = walk.met.take();
            let value = match (&frame.value, met) {
                (Some(value), _) => Some((value.clone(), start..start)),
                (None, None) if frame.asks => Some((Value::YesNo(true), start..start)),
                (None, met) => met,
            };
            if let Some(end) = end.filter(|&end| end > start)
                && let Some((value, place)) = value
            {
                fits.push(Fit {
                    frame,
                    start,
                    end,
                    value,
                    place,
                    said: end - start,
                });
                start = end;
            } else {
                start += 1;
            }
        }
    }
}

impl<'a> Walk<'a> {
    pub(super) fn new(
        framing: &'a Framing<'a>,
        frames: &'static Frames,
        frame: &'static Frame,
        pieces: &'a [Piece<'a>],
    ) -> Self {
        Self {
            framing,
            frames,
            pieces,
            frame,
            met: None,
        }
    }
}

impl Walk<'_> {
    /// Where the nodes end that begin at a piece, if they fit there.
    pub(super) fn step<'n>(
        &mut self,
        mut nodes: &'n [Node],
        mut then: Option<&'n Ahead<'n>>,
        mut at: usize,
        mut first: bool,
    ) -> Option<usize> {
        loop {
            match (nodes.split_first(), then) {
                (None, None) => return self.ends_well(at).then_some(at),
                (None, Some(ahead)) => (nodes, then) = (ahead.nodes, ahead.then),
                (Some((Node::Word(word), rest)), _) => {
                    let mut starts = self.starts(at, first);
                    at = starts.find(|&at| self.pieces[at].id == Some(*word))? + 1;
                    (nodes, first) = (rest, false);
                }
                (Some((node, rest)), _) => return self.branch(node, rest, then, (at, first)),
            }
        }
    }

    /// The same for a node at which there may be several ways.
    fn branch(
        &mut self,
        node: &Node,
        rest: &[Node],
        then: Option<&Ahead<'_>>,
        (at, first): (usize, bool),
    ) -> Option<usize> {
        match node {
            Node::Either(ways) => self.either(ways, &Ahead { nodes: rest, then }, (at, first)),
            // It goes one way, on which `step` is.
            Node::Word(_) => None,
            Node::Gap => {
                let room = (0..GAP).take_while(|&taken| self.may_fill(at + taken));
                let room = room.count();
                (0..=room).find_map(|taken| self.step(rest, then, at + taken, false))
            }
            Node::Peek => {
                let (stands, rest) = rest.split_at(rest.len().min(1));
                self.step(stands, None, at, first)?;
                self.step(rest, then, at, first)
            }
            Node::Bar => {
                let (barred, rest) = rest.split_at(rest.len().min(1));
                match self.step(barred, None, at, first) {
                    Some(_) => None,
                    None => self.step(rest, then, at, first),
                }
            }
            Node::Rest => self.rest(at),
            Node::Who => self.who(rest, then, at),
            Node::Words => self.some_words(rest, then, (at, first)),
            Node::Mention => self.mention(rest, then, at),
            Node::Named => self.named(rest, then, at),
            Node::Number | Node::Choices => self.value(node, rest, then, (at, first)),
        }
    }

    /// The first of several ways that fits.
    fn either(
        &mut self,
        ways: &Ways,
        ahead: &Ahead<'_>,
        (at, first): (usize, bool),
    ) -> Option<usize> {
        let (pieces, starts) = (self.pieces, self.starts(at, first));
        let mut ids = starts.clone().filter_map(|at| pieces[at].id);
        // Mostly the word of none stands there.
        if !ids.any(|id| ways.begin_with(id)) {
            let mut others = ways.others();
            return others.find_map(|way| self.step(way, Some(ahead), at, first));
        }
        let stands = |word: u32| starts.clone().any(|at| pieces[at].id == Some(word));
        ways.all.iter().find_map(|way| match way.first() {
            Some(Node::Word(word)) if !stands(*word) => None,
            _ => self.step(way, Some(ahead), at, first),
        })
    }

    /// The places at which a word may stand: here, or behind words that say nothing.
    fn starts(&self, at: usize, first: bool) -> Range<usize> {
        let skipped = if first { 0 } else { SKIPPED };
        let light = self.pieces[at.min(self.pieces.len())..]
            .iter()
            .take(skipped)
            .take_while(|piece| piece.light)
            .count();
        at..(at + light + 1).min(self.pieces.len())
    }

    fn value(
        &mut self,
        node: &Node,
        rest: &[Node],
        then: Option<&Ahead<'_>>,
        (at, first): (usize, bool),
    ) -> Option<usize> {
        let starts = self.starts(at, first);
        // Beside a choice or a whole phrase a number only has to be there.
        let field = self.frame.field;
        let counts =
            self.frame.value.is_none() && field.choices.is_empty() && field.kind != Kind::List;
        for at in starts {
            if *node == Node::Number && !counts {
                if self.pieces[at].scan.is_some()
                    && let Some(end) = self.step(rest, then, at + 1, false)
                {
                    return Some(end);
                }
                continue;
            }
            let read = match node {
                Node::Number => values::number(self.framing, self.frame.field, self.pieces, at),
                _ => choosing::choices(self.frames, self.frame.field, self.pieces, at),
            };
            let Some((value, end)) = read else { continue };
            let before = self.met.take();
            self.met = Some(both(before.as_ref(), value, at..end));
            if let Some(end) = self.step(rest, then, end, false) {
                return Some(end);
            }
            self.met = before;
        }
        None
    }

    fn may_fill(&self, at: usize) -> bool {
        self.pieces.get(at).is_some_and(|piece| {
            (piece.is_word || piece.light)
                && piece.scan.is_none()
                && !english().negating.contains(piece.text)
        })
    }

    fn rest(&mut self, at: usize) -> Option<usize> {
        let (value, place) = values::words(self.framing, self.frame.field, self.pieces, at)?;
        let end = place.end;
        self.met = Some((value, place));
        Some(end)
    }

    /// A few words that name somebody, before what is said of them.
    fn who(&mut self, rest: &[Node], then: Option<&Ahead<'_>>, at: usize) -> Option<usize> {
        for taken in 1..=WHO {
            let named = self.pieces.get(at..at + taken)?;
            if !parts::names(named) {
                return None;
            }
            let typed = self.framing.typed(self.pieces, at..at + taken);
            let value =
                typed.and_then(|typed| self.frame.field.parse(&typed, &self.framing.context).ok());
            let Some(value) = value else { continue };
            let before = self.met.replace((value, at..at + taken));
            if let Some(end) = self.step(rest, then, at + taken, false) {
                return Some(end);
            }
            self.met = before;
        }
        None
    }

    /// Whether a choice at the end is not the beginning of another noun: "content", no "content audits".
    fn ends_well(&self, at: usize) -> bool {
        let is_list = self.met.as_ref().is_some_and(|(_, place)| place.end == at)
            && !self.frame.field.choices.is_empty();
        !is_list || self.framing.ends_choice(self.frame.field, self.pieces, at)
    }
}

impl Framing<'_> {
    /// Whether the piece behind a choice makes no other noun of it.
    pub(super) fn ends_choice(&self, field: &Field, pieces: &[Piece<'_>], at: usize) -> bool {
        // "The SDR pool" are SDRs.
        let people = |word: &str| field.component() == "sales" && GROUPS.contains(&word);
        pieces.get(at).is_none_or(|next| {
            !next.is_word
                || people(next.text)
                || next.light
                || next.scan.is_some()
                || self.segment_at(next)
                || english().following.contains(next.text)
                || english().ends.contains(next.text)
                || english().starters.contains(next.text)
                || english().fillers.contains(next.text)
        })
    }
}

/// A value, with the one that the same pattern met before where both are sets.
fn both(
    before: Option<&(Value, Range<usize>)>,
    value: Value,
    place: Range<usize>,
) -> (Value, Range<usize>) {
    match (before, value) {
        (Some((Value::Set(known), at)), Value::Set(more)) => {
            let all = known.union(&more).cloned().collect();
            (Value::Set(all), at.start..place.end)
        }
        (_, value) => (value, place),
    }
}
