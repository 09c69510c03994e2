//! What may stand beside the parts of a pattern: little else, and nothing by which it is not stated.

use std::ops::Range;

use super::heard::{COMING, ELSEWHERE, GONE, WISHES, is_of_customers};
use super::loose::Stretch;
use crate::plan::{Kind, Value};
use crate::reading::told::is_of_somebody;
use crate::reading::words::english;

impl Stretch<'_> {
    /// Whether the stretch is denied as a whole, which only a field that is yes or no can be.
    pub(super) fn denials(&self, taken: &[Range<usize>]) -> Option<bool> {
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
        // "Customers leave us 30k over their lifetime".
        let of_customers = is_of_customers(self.frame.field)
            || self.pieces[self.window.start..at].iter().any(|it| {
                english().customers.contains(it.text)
                    || matches!(it.text, "people" | "users" | "they")
            });
        let theirs =
            matches!(piece.text, "its" | "his" | "her" | "their" | "your") && !of_customers;
        let before = at
            .checked_sub(1)
            .map_or("", |before| self.pieces[before].text);
        let named = matches!(before, "of" | "at" | "from" | "by") && self.framing.is_name(piece);
        theirs || named || is_of_somebody(piece.text)
    }

    /// Whether a figure is of somebody whose name stands first: "Notion passed 400M ARR".
    pub(super) fn is_of_first_name(&self, taken: &[Range<usize>]) -> bool {
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
    pub(super) fn is_quiet(&self, taken: &[Range<usize>]) -> bool {
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
