//! Two things that are said of a profile without a label: who signs, and how many people work there.

use super::Found;
use super::free::Free;
use super::lexicon::Role;
use super::mood::Mood;
use super::sentence::{Element, Kind as ElementKind};
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
    "is the one who signs",
    "has the final say",
    "holds budget",
    "owns budget",
    "writes the check",
    "signs the contract",
    "signs the check",
    "holds the purse",
    "controls budget",
    "pays for it",
];

/// What is said of somebody who uses the product.
const USES: &[&str] = &[
    "are the ones in it",
    "are the ones using it",
    "use it daily",
    "use it every day",
    "use it all day",
    "are in it all day",
    "are in it every day",
    "live in it",
    "are the users",
    "are our users",
    "are the daily users",
    "work in it",
];

/// What is said of groups that are nobody to sell to.
const UNFIT: &[&str] = &[
    "are not a fit",
    "are explicitly not a fit",
    "aren't a fit",
    "are no fit",
    "are explicitly no fit",
    "are out of scope",
    "are not our icp",
    "are not for us",
    "are explicitly out",
    "is not a fit",
    "are excluded",
    "are explicitly excluded",
];

/// What is said of somebody who hands customers over.
const HANDS: &[&str] = &[
    "owns the handoff",
    "owns the sales to cs handoff",
    "owns the cs handoff",
    "owns the handover",
    "owns the sales to cs handover",
    "does the handoff",
    "own the handoff",
    "own the sales to cs handoff",
    "is in charge of the handoff",
    "runs the handoff",
];

/// Whom something is said of stands within so many words.
const WHOSE: usize = 3;

/// Whether words begin with one of the phrases; mostly the first letter says that they do not.
fn begins_with_one(words: &str, phrases: &[&str]) -> bool {
    let first = words.as_bytes().first();
    let mut alike = phrases.iter().filter(|it| it.as_bytes().first() == first);
    alike.any(|phrase| words.starts_with(phrase))
}

impl Free<'_> {
    /// `the CFO signs`, `VP Ops holds the budget`.
    pub(super) fn deciding_roles(&self) -> Option<Found> {
        let role = |words: &str| {
            let words = words.to_lowercase();
            let mut words = words.split([' ', '-']);
            words.any(|word| english().roles.contains(word))
        };
        self.done_by("icp.buyer", SIGNS, role)
    }

    /// `adjusters are in it all day`.
    pub(super) fn using_people(&self) -> Option<Found> {
        let named = |words: &str| !english().nobody.contains(&words.to_lowercase());
        self.done_by("icp.users", USES, named)
    }

    /// `Mo owns the handoff`.
    pub(super) fn handing_over(&self) -> Option<Found> {
        let named = |words: &str| !english().nobody.contains(&words.to_lowercase());
        self.done_by("sales.handoff_owner", HANDS, named)
    }

    /// `crypto startups are not a fit`.
    pub(super) fn left_out(&self) -> Option<Found> {
        let elements = self.elements();
        let at = elements.iter().position(|it| {
            let rest = &self.clean.text[it.at.start..];
            begins_with_one(rest, UNFIT)
        })?;
        let clauses = &self.sentence.clauses;
        let clause = clauses.iter().find(|clause| clause.contains(&at))?;
        let hedged =
            |it: &Element<'_>| it.is_one_of(&["if", "maybe", "why", "who", "which", "some"]);
        if self.sentence.is_question || elements.iter().any(hedged) {
            return None;
        }
        let words = self.typed(clause.start..at)?;
        let field = plan::field("icp.exclusions").filter(|_| words.split(' ').count() <= 7)?;
        let (items, end) = self.short_items(field, clause.start);
        let items: Vec<String> = items.into_iter().map(|(_, words)| words).collect();
        let value = field.parse_items(&items, &self.context).ok();
        Some(Found {
            field,
            value: value.filter(|_| end == at)?,
            elements: clause.start..at + 1,
            holder: None,
        })
    }

    /// Who does what one of the phrases says.
    fn done_by(&self, name: &str, phrases: &[&str], fits: fn(&str) -> bool) -> Option<Found> {
        let elements = self.elements();
        let at = elements.iter().position(|it| {
            let rest = &self.clean.text[it.at.start..];
            begins_with_one(rest, phrases)
        })?;
        let clauses = &self.sentence.clauses;
        let clause = clauses.iter().position(|clause| clause.contains(&at))?;
        if self.moods[clause] != Mood::Said {
            return None;
        }
        // "For enterprise the CISO is the buyer": whom it is said of is not who does it.
        let whose = |it: &usize| elements[*it].choice_of("icp.segment").is_some();
        let opening = (clauses[clause].start..at).take(WHOSE);
        let from = opening.rev().find(whose);
        let from = from.map_or(clauses[clause].start, |it| it + 1);
        let start = (from..at)
            .rev()
            .take_while(|&it| {
                elements[it].kind != ElementKind::Sign
                    && !matches!(elements[it].text, "the" | "and" | "so" | "their")
            })
            .last()?;
        let words = self.typed(start..at)?;
        let few = fits(words) && words.split(' ').count() <= 4;
        let field = plan::field(name).filter(|_| few)?;
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
