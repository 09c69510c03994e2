//! From what was said to what is done: the one dispatcher.

use super::case::{Answer, Case, private, silent};
use super::permission::{Permission, may};
use super::{
    Filled, Inbound, Said, Shortcut, Situation, Turn, accept, adopt, approve, ask, assume,
    baseline, calc, check, compare, decide, diagnose, digest, explain, export, feedback, fields,
    follow, fork, form, help, history, impact, import, interview, learn, map, mode, next,
    not_applicable, own_rules, owner, plan, proposal, read, refusal, rules, scenario, segment, set,
    settings, share, stage, template, thread, threshold, trigger, undo, unset, versions, waive,
    welcome, what_if,
};
use crate::intent::{self, Agree, Carry, Desk, Help, Intent, Look, Note};

/// Decides a turn. Pure: equal situations and inbounds give equal turns, and every one of them has
/// a reply.
pub fn handle(situation: &Situation<'_>, inbound: &Inbound) -> Turn {
    let Some(read) = &situation.reread else {
        return handled(situation, inbound);
    };
    let known = follow::reread(&Case::new(situation, inbound), read);
    let mut fresh = situation.clone();
    for source in &mut fresh.marked {
        let again = known.iter().find(|it| it.ts == source.ts);
        *source = again.unwrap_or(source).clone();
    }
    let mut turn = handled(&fresh, inbound);
    turn.sources.extend(known);
    turn
}

fn handled(situation: &Situation<'_>, inbound: &Inbound) -> Turn {
    let case = Case::new(situation, inbound);
    mode::muted(
        &case,
        follow::called(&case, follow::sourced(&case, decided(&case))),
    )
}

fn decided(case: &Case<'_>) -> Turn {
    let (situation, inbound) = (case.situation, case.inbound);
    let Some(words) = inbound.said.words() else {
        return unworded(case);
    };
    if let Some(refusal) = mode::refused(case, None) {
        return private(refusal);
    }
    if let Some(turn) = interview::said(case, words) {
        return turn;
    }
    if words.trim().is_empty() && !matches!(inbound.said, Said::Command { .. }) {
        if situation.thread.is_some() {
            return thread::turn(case);
        }
        return check::called(case);
    }
    let intent = match intent::parse(words) {
        Ok(intent) => intent,
        Err(error) => {
            // A slip in a command is mended, not read as a statement.
            let is_statement = !refusal::is_command(&error);
            let misread = || private(refusal::misread(case, &error));
            return if is_statement {
                read::message(case, words, misread)
            } else {
                misread()
            };
        }
    };
    if let Some(refusal) = mode::refused(case, Some(&intent)) {
        return private(refusal);
    }
    if case.inbound.said.is_in_the_open() && intent.is_for_one() {
        return private(refusal::in_the_open(case, &intent));
    }
    match may(&situation.actor, &intent) {
        Permission::Allowed => dispatch(case, &intent),
        Permission::Refused(reason) => private(refusal::not_allowed(case, reason, &intent)),
    }
}

/// What is done about what comes without a command.
fn unworded(case: &Case<'_>) -> Turn {
    match &case.inbound.said {
        Said::DigestDue { period } => digest::due(case, *period),
        Said::PersonalDue { about, period } => digest::personal_due(case, *about, *period),
        Said::Picked(message) => match message.shortcut {
            Shortcut::Read => read::picked(case, message),
            Shortcut::Learn => learn::unopened(),
        },
        Said::Filled(filled) => filled_in(case, filled),
        Said::Invited => welcome::turn(case),
        Said::Overheard { words, ts } => {
            interview::overheard(case, words).unwrap_or_else(|| follow::overheard(case, words, ts))
        }
        Said::Edited {
            words,
            ts,
            addressed,
        } => follow::edited(case, words, ts, *addressed),
        Said::Deleted { ts } => follow::deleted(case, ts),
        Said::FollowUp { at } => follow::due(case, *at),
        Said::ReadByModel(found) => proposal::found_by_model(case, found),
        Said::Command { .. } | Said::Mention { .. } | Said::Direct { .. } | Said::Click { .. } => {
            silent()
        }
    }
}

/// What somebody sends off is authorised like the command that does the same.
fn filled_in(case: &Case<'_>, filled: &Filled) -> Turn {
    let command = filled.form.as_command();
    if let Some(refusal) = mode::refused(case, Some(&command)) {
        return private(refusal);
    }
    match may(&case.situation.actor, &command) {
        Permission::Allowed => form::filled(case, filled),
        Permission::Refused(reason) => private(refusal::not_allowed(case, reason, &command)),
    }
}

/// Runs what was asked for.
pub(super) fn dispatch(case: &Case<'_>, intent: &Intent) -> Turn {
    match intent {
        Intent::Help(about) => private(help::document(case, *about)),
        Intent::Ask(question)
            if ask::is_empty_talk(question, case.situation.desk.subject.as_ref()) =>
        {
            private(help::document(case, Help::Begin))
        }
        Intent::Ask(question) => thread::asked(case, intent, question),
        Intent::Check => check::turn(case, intent),
        Intent::Plan { component, segment } => {
            case.reading(intent, plan::answer(case, *component, segment.as_ref()))
        }
        Intent::Set { field, value } => set::turn(case, field, value),
        Intent::Unset { field, segment } => unset::turn(case, field, segment.as_ref()),
        Intent::Undo(version) => undo::turn(case, *version),
        Intent::TakeBack { first, last, .. } => undo::act(case, *first, *last),
        Intent::History(n) => case.reading(intent, Ok(history::document(case, *n))),
        Intent::Next => case.reading(intent, Ok(next::document(case))),
        Intent::WhatIf(words) => case.reading(intent, what_if::answer(case, words)),
        Intent::Sensitivity(field) => case.reading(intent, Ok(what_if::boundaries(case, *field))),
        Intent::Explain(rule) => case.reading(intent, explain::answer(case, rule)),
        Intent::Rules(category) => case.reading(intent, rules::answer(case, category.as_deref())),
        Intent::OwnRules(it) => own_rules::turn(case, intent, it),
        Intent::AddSegment(segment) => segment::turn(case, segment),
        Intent::Fields(component) => case.reading(intent, Ok(fields::document(case, *component))),
        Intent::Map => case.reading(intent, Ok(map::answer(case))),
        Intent::Calc(words) => case.reading(intent, calc::answer(case, words)),
        Intent::Digest(request) => digest::turn(case, request),
        Intent::DigestStatus => case.reading(intent, Ok(digest::status(case))),
        Intent::DigestPreview => case.reading(intent, Ok(digest::preview(case))),
        Intent::Personal(about, it) => digest::personal(case, *about, it),
        Intent::DigestAll => case.reading(intent, Ok(digest::all(case))),
        Intent::Hush { field, segment } => follow::hush(case, field, segment.as_ref()),
        Intent::Unhush { field, segment } => follow::unhush(case, field, segment.as_ref()),
        Intent::Mode(it) => mode::turn(case, *it),
        Intent::ModeStatus => private(mode::status(case)),
        Intent::Look(it) => case.reading(intent, look(case, it)),
        Intent::Note(it) => note(case, it),
        Intent::Agree(it) => agree(case, intent, it),
        Intent::Interview(it) => interview::turn(case, it),
        Intent::Read => thread::turn(case),
        Intent::Proposed(it) => accept::turn(case, it),
        Intent::Carry(it) => carry(case, intent, it),
        Intent::Settings(it) => settings::turn(case, *it),
        Intent::Desk(it) => desk(case, intent, it),
        Intent::Share(inner) => share::turn(case, inner),
    }
}

fn desk(case: &Case<'_>, intent: &Intent, desk: &Desk) -> Turn {
    match desk {
        Desk::Learn { everywhere, words } => learn::turn(case, *everywhere, words),
        Desk::Documents => case.reading(intent, Ok(learn::list(case))),
        Desk::Remove(id) => learn::remove(case, id),
        Desk::Feedback => feedback::list(case),
        Desk::Rate(rated, rating) => feedback::rate(case, rated, *rating),
        Desk::SendOn(rated, rating) => feedback::send(case, rated, *rating),
    }
}

fn look(case: &Case<'_>, look: &Look) -> Answer {
    match look {
        Look::Stage => Ok(stage::document(case)),
        Look::Impact(field) => Ok(impact::document(case, field)),
        Look::Diagnose(words) => diagnose::answer(case, words),
        Look::Triggers => Ok(trigger::list(case)),
        Look::Plans => Ok(fork::plans(case)),
        Look::Rule(rule) => check::one(case, rule),
        Look::Compare(one, two, segment) => compare::answer(case, one, two, segment.as_ref()),
    }
}

fn note(case: &Case<'_>, note: &Note) -> Turn {
    match note {
        Note::Sure {
            certainty,
            field,
            value,
            until,
        } => assume::turn(case, *certainty, field, value.as_ref(), until.as_deref()),
        Note::Owner { component, owner } => owner::turn(case, component, owner.as_deref()),
        Note::NotApplicable { field, words } => not_applicable::turn(case, field, words),
    }
}

fn agree(case: &Case<'_>, intent: &Intent, agree: &Agree) -> Turn {
    match agree {
        Agree::Waive { rule, words, until } => waive::turn(case, rule, words, until.as_deref()),
        Agree::Unwaive { rule, words } => waive::ended(case, rule, words),
        Agree::Baseline => baseline::take(case),
        Agree::NoBaseline => baseline::forget(case),
        Agree::Threshold(own) => threshold::turn(case, own),
        Agree::Thresholds => case.reading(intent, Ok(threshold::list(case))),
        Agree::Decisions => case.reading(intent, Ok(decide::list(case))),
        Agree::Decide(words) => decide::turn(case, words),
        Agree::Vote { id, option } => decide::vote(case, id, option),
        Agree::Approve => approve::turn(case),
        Agree::Unlock => approve::unlock(case),
        Agree::Object(reason) => approve::object(case, reason),
        Agree::Fired(words) => trigger::fired(case, words),
    }
}

fn carry(case: &Case<'_>, intent: &Intent, carry: &Carry) -> Turn {
    match carry {
        Carry::Diff(one, two) => case.reading(intent, versions::diff(case, *one, *two)),
        Carry::Restore(version) => versions::restore(case, *version),
        Carry::RenameSegment(from, to) => segment::renamed(case, from, to),
        Carry::RemoveSegment(segment) => segment::removed(case, segment),
        Carry::Save(name, values) => scenario::save(case, name, values),
        Carry::Scenarios => case.reading(intent, Ok(scenario::list(case))),
        Carry::Compare(name) => case.reading(intent, scenario::compare(case, name)),
        Carry::Adopt(name, at) => adopt::turn(case, name, *at),
        Carry::Drop(name) => scenario::drop(case, name),
        Carry::Fork(name) => fork::turn(case, name),
        Carry::Export(format, part) => case.reading(intent, export::answer(case, *format, *part)),
        Carry::Import(text) => import::turn(case, text),
        Carry::Template(name) => template::turn(case, name.as_deref()),
    }
}
