//! Two things that are said of a profile without a label: who signs, and how many people work there.

use super::Found;
use super::free::Free;
use super::lexicon::Role;
use super::mood::Mood;
use super::sentence::Kind as ElementKind;
use super::words::english;
use crate::plan;

/// What is said of somebody who decides.
pub(super) const SIGNS: &[&str] = &[
    "hold the budget",
    "own the budget",
    "have the budget",
    "control the budget",
    "sign off",
    "make the call",
    "signs",
    "decides",
    "approves",
    "holds the budget",
    "owns the budget",
    "has the budget",
    "controls the budget",
    "makes the call",
    "are our buyers",
    "is our buyer",
    "is the buyer",
    "are the buyers",
    "is the decision maker",
    "is our champion",
    "signs off",
];

impl Free<'_> {
    /// `the CFO signs`, `VP Ops holds the budget`.
    pub(super) fn deciding_roles(&self) -> Option<Found> {
        let elements = self.elements();
        let at = elements.iter().position(|it| {
            let rest = &self.clean.text[it.at.start..];
            SIGNS.iter().any(|verb| rest.starts_with(verb))
        })?;
        let clause = self
            .sentence
            .clauses
            .iter()
            .position(|clause| clause.contains(&at))?;
        if self.moods[clause] != Mood::Said {
            return None;
        }
        let start = (self.sentence.clauses[clause].start..at)
            .rev()
            .take_while(|&it| {
                elements[it].kind != ElementKind::Sign
                    && !matches!(elements[it].text, "the" | "and" | "so" | "their")
            })
            .last()?;
        let words = self.typed(start..at)?;
        let role = words
            .to_lowercase()
            .split([' ', '-'])
            .any(|word| english().roles.contains(word));
        let field = plan::field("icp.buyer").filter(|_| role && words.split(' ').count() <= 4)?;
        let value = field.parse(words, &self.context).ok()?;
        Some(Found {
            field,
            value,
            elements: start..at + 1,
            holder: None,
        })
    }

    /// `of 20+ people` in a sentence that speaks of the profile.
    pub(super) fn employees(&self) -> Option<Found> {
        let elements = self.elements();
        let of_profile = elements.iter().any(|it| {
            it.roles().iter().any(|role| matches!(role, Role::Cue(field, _) | Role::Name(field) if field.name == "icp.segment"))
                || matches!(it.text, "customers" | "icp" | "companies" | "firms" | "agencies" | "clinics")
        });
        let aims = ["going after", "target", "sell to", "selling to", "focus"]
            .iter()
            .any(|verb| self.clean.text.contains(verb));
        let of_profile = of_profile
            && (aims
                || !elements
                    .first()
                    .is_some_and(|it| matches!(it.text, "we're" | "there")));
        if !of_profile || self.moods.iter().all(|mood| *mood != Mood::Said) {
            return None;
        }
        let at = elements.iter().position(
            |it| matches!(&it.kind, ElementKind::Number(scan) if scan.shape == plan::Shape::Range),
        )?;
        let next = elements.get(at + 1)?;
        if !matches!(
            next.text,
            "people" | "persons" | "person" | "ppl" | "heads" | "seats"
        ) {
            return None;
        }
        let field = plan::field("icp.employees")?;
        let value = field.parse(elements[at].text, &self.context).ok()?;
        Some(Found {
            field,
            value,
            elements: at..at + 2,
            holder: None,
        })
    }
}
