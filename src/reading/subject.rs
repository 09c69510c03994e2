//! Whose number it is: a cue that somebody else is named before speaks of somebody else.

use super::lexicon::{Role, Side};
use super::numbers::Clause;
use super::sentence::Kind;
use super::words::english;
use crate::plan::{self, Field};

impl Clause<'_> {
    /// Whether the words before a cue on the left let it speak of this plan.
    pub(super) fn may_begin(&self, cue: usize, field: &Field, at: usize) -> bool {
        if field.kind == plan::Kind::Count && self.counts_something_else(at, field) {
            return false;
        }
        let element = &self.elements[cue];
        let noun = element
            .roles()
            .iter()
            .any(|role| matches!(role, Role::Name(_) | Role::Cue(_, Side::Around)))
            || english()
                .customers
                .contains(element.text.split(' ').next().unwrap_or_default());
        let Some(before) = cue.checked_sub(1).and_then(|before| self.element(before)) else {
            return true;
        };
        let theirs = matches!(before.text, "their" | "his" | "her" | "your" | "whose")
            && field.component() != "icp";
        let speaks = (self.range.start..cue).any(|it| {
            let first = self.elements[it].text.split(' ').next().unwrap_or_default();
            english().speakers.contains(first)
        });
        // "Our Figma plan" is what we pay for.
        let bought = element.is_one_of(&[
            "plan",
            "plans",
            "tier",
            "subscription",
            "license",
            "licence",
        ]);
        let named = (!speaks || bought)
            && before.kind == Kind::Word
            && !before.is_filler()
            && (!noun || !english().adjectives.contains(before.text));
        !theirs && !named
    }

    /// Whether the noun behind a counted number is none of the field's.
    pub(super) fn counts_something_else(&self, at: usize, field: &Field) -> bool {
        let next = (at + 1..self.range.end)
            .map(|it| &self.elements[it])
            .find(|it| !matches!(it.text, "more" | "new" | "additional" | "of" | "the"));
        let Some(next) = next else { return false };
        let noun = next.kind == Kind::Word && !next.is_filler() && !field.counts(next.text);
        let other = !next.roles().is_empty()
            && field.name == "sales.reps_planned"
            && !next.roles().iter().any(|role| match role {
                Role::Cue(it, _) | Role::Choice(it, _) => {
                    matches!(it.name, "sales.reps" | "sales.reps_planned" | "sales.roles")
                }
                _ => false,
            });
        noun || other
    }

    /// Whether a number with its cue behind it is ours: nobody else is named before it.
    pub(super) fn has_own_subject(&self, at: usize) -> bool {
        let (start, _) = self.chunk(at);
        let colon = (start..at)
            .rev()
            .find(|&it| self.elements[it].is_sign(&[":"]));
        let start = colon.map_or(start, |colon| colon + 1);
        (start..at).rev().map(|it| &self.elements[it]).all(|it| {
            it.is_filler()
                || it.kind != Kind::Word
                || it.text.len() == 1
                || english().adjectives.contains(it.text)
                || english().counting.contains(it.text)
        })
    }

    /// Whether the clause speaks of the team itself: "we have 25 employees".
    pub(super) fn is_of_ourselves(&self) -> bool {
        let first = self.element(self.range.start).map_or("", |it| it.text);
        matches!(
            first,
            "we have" | "we're" | "we are" | "there" | "our team" | "we've"
        ) || (first == "we"
            && self
                .element(self.range.start + 1)
                .is_some_and(|it| matches!(it.text, "have" | "are" | "have about")))
    }
}
