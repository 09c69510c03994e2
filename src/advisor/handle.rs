//! From what was said to what is done: the one dispatcher.

use super::case::{Case, private};
use super::permission::{Permission, may};
use super::{
    Inbound, Said, Situation, Turn, ask, calc, check, digest, explain, fields, help, history, map,
    next, plan, refusal, rules, segment, set, share, undo, unset, welcome, what_if,
};
use crate::intent::{self, Intent};

/// Decides a turn. Pure: equal situations and inbounds give equal turns, and every one of them has
/// a reply.
pub fn handle(situation: &Situation<'_>, inbound: &Inbound) -> Turn {
    let case = Case::new(situation, inbound);
    if let Said::DigestDue { period } = inbound.said {
        return digest::due(&case, period);
    }
    let Some(words) = inbound.said.words() else {
        return welcome::turn(&case);
    };
    if words.trim().is_empty() && !matches!(inbound.said, Said::Command { .. }) {
        return check::called(&case);
    }
    let intent = match intent::parse(words) {
        Ok(intent) => intent,
        Err(error) => return private(refusal::misread(&case, &error)),
    };
    match may(&situation.actor, &intent) {
        Permission::Allowed => dispatch(&case, &intent),
        Permission::Refused(reason) => private(refusal::not_allowed(&case, reason)),
    }
}

/// Runs what was asked for.
pub(super) fn dispatch(case: &Case<'_>, intent: &Intent) -> Turn {
    match intent {
        Intent::Help(topic) => private(help::document(case, *topic)),
        Intent::Ask(question) if ask::is_empty_talk(question) => {
            private(help::document(case, None))
        }
        Intent::Ask(question) => case.reading(intent, Ok(ask::document(case, question))),
        Intent::Check => case.reading(intent, Ok(check::document(case))),
        Intent::Plan { component, segment } => {
            case.reading(intent, plan::answer(case, *component, segment.as_ref()))
        }
        Intent::Set { field, value } => set::turn(case, field, value),
        Intent::Unset { field, segment } => unset::turn(case, field, segment.as_ref()),
        Intent::Undo(version) => undo::turn(case, *version),
        Intent::History(n) => case.reading(intent, Ok(history::document(case, *n))),
        Intent::Next => case.reading(intent, Ok(next::document(case))),
        Intent::WhatIf(words) => case.reading(intent, what_if::answer(case, words)),
        Intent::Sensitivity(field) => case.reading(intent, Ok(what_if::boundaries(case, *field))),
        Intent::Explain(rule) => case.reading(intent, explain::answer(case, rule)),
        Intent::Rules(category) => case.reading(intent, rules::answer(case, category.as_deref())),
        Intent::AddSegment(segment) => segment::turn(case, segment),
        Intent::Fields(component) => case.reading(intent, Ok(fields::document(case, *component))),
        Intent::Map => case.reading(intent, Ok(map::answer(case))),
        Intent::Calc(words) => case.reading(intent, calc::answer(case, words)),
        Intent::Digest(request) => digest::turn(case, request),
        Intent::DigestStatus => case.reading(intent, Ok(digest::status(case))),
        Intent::DigestPreview => case.reading(intent, Ok(digest::preview(case))),
        Intent::Share(inner) => share::turn(case, inner),
    }
}
