//! How the interview is led: it begins, goes on, passes a question over, says why, and ends.

use super::super::case::{Case, said};
use super::super::{Attention, Audience, PlaceKind, Said, Turn, place, undo};
use super::{About, Asked, Interview};
use super::{ended, told};
use crate::intent::{Mode, Subject};
use crate::plan::{Change, Edit, Plan, Version};
use crate::render::Document;
use crate::report::{Question, open_questions};

/// Whether what was skipped is asked once more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Round {
    /// It is not.
    First,
    /// It is.
    Again,
}

/// Begins, or goes on where it stopped.
pub(super) fn start(case: &Case<'_>, round: Round) -> Turn {
    let known = case.situation.attention.interview.clone();
    let is_new = known.is_none();
    let fresh = || Interview::new(&case.situation.actor.person, case.situation.now);
    let mut interview = known.unwrap_or_else(fresh);
    if round == Round::Again {
        interview.skipped.clear();
    }
    let next = ask_next(case, &mut interview, &case.plan, &[]);
    let Some(question) = next else {
        return shown(case, interview, ended::ended(case, &case.plan, &[]));
    };
    let beginning = told::beginning(case, &interview, is_new);
    let Some(opens) = opens_thread(case) else {
        let document = told::question(case, &question, beginning);
        let mut turn = shown(case, interview, document);
        // What is asked stands below what was pressed.
        turn.reply.replaces_card = false;
        return turn;
    };
    let opened = told::question(case, &question, beginning);
    let mut turn = shown(case, interview, opens);
    turn.reply.audience = Audience::Asker;
    turn.reply.replaces_card = false;
    turn.opened = Some(opened);
    turn
}

/// What whoever asked is told where the question opens a thread of its own; nothing where it is
/// asked in the place itself.
fn opens_thread(case: &Case<'_>) -> Option<Document> {
    let is_aside = matches!(case.inbound.said, Said::Command { .. } | Said::Click { .. });
    let place = &case.inbound.place;
    let is_open = case.situation.attention.mode != Mode::Mute;
    let opens = is_aside && is_open && place.kind == PlaceKind::Channel && place.thread.is_none();
    opens.then(|| told::asked_below(case))
}

/// Passes a question over, and asks the next.
pub(super) fn skip(case: &Case<'_>, subject: Option<&Subject>) -> Turn {
    let Some((mut interview, about)) = under_way(case, subject) else {
        return super::super::case::private(told::no_interview(case));
    };
    if about.is_answered(&case.plan) {
        return go_on(case, interview, told::settled(case, &about));
    }
    if !interview.skipped.contains(&about) {
        interview.skipped.push(about.clone());
    }
    let is_old = subject.is_some() && !interview.is_asked(&about);
    if is_old {
        return go_on(case, interview, told::passed(case, &about));
    }
    go_on(case, interview, told::skipped(case, &about))
}

/// The next question, below what has just happened; or the end.
pub(super) fn go_on(case: &Case<'_>, mut interview: Interview, happened: Document) -> Turn {
    let document = if let Some(question) = ask_next(case, &mut interview, &case.plan, &[]) {
        told::below(case, happened, &question)
    } else {
        ended::below(case, &interview, happened, (&case.plan, &[]))
    };
    shown(case, interview, document)
}

/// Takes an answer back, and asks for it again.
pub(super) fn back(case: &Case<'_>, version: Version) -> Turn {
    let undone = undo::turn(case, Some(version));
    let about = undone.changes.iter().find_map(about);
    let known = case.situation.attention.interview.clone();
    let (Some(mut interview), Some(about)) = (known, about) else {
        // It can't be taken back, or was none of the interview's.
        return undone;
    };
    let Ok(after) = place::applied(case, &undone.changes) else {
        return undone;
    };
    interview.answered = interview.answered.saturating_sub(1);
    interview.skipped.retain(|it| *it != about);
    let at = case.situation.now;
    let results = case.results_after(&after, &undone.changes);
    let mut open = open_questions(&after, &results).into_iter();
    let Some(question) = open.find(|it| is_about(it, &about)) else {
        return undone;
    };
    interview.asked = Some(Asked { about, at });
    let happened = Document {
        headline: undone.reply.document.headline.clone(),
        blocks: Vec::new(),
    };
    let document = told::below(case, happened, &question);
    let mut turn = shown(case, interview, document);
    turn.changes = undone.changes;
    turn
}

/// What the change takes the answer from.
fn about(change: &Change) -> Option<About> {
    match change.edit.parts() {
        [
            Edit::Field {
                field,
                segment,
                new: None,
                ..
            },
        ] => Some(About {
            field: field.clone(),
            segment: segment.clone(),
        }),
        _ => None,
    }
}

/// Which rules wait for an answer, and what they lean on.
pub(super) fn why(case: &Case<'_>, subject: Option<&Subject>) -> Turn {
    let Some((_, about)) = under_way(case, subject) else {
        return super::super::case::private(told::no_interview(case));
    };
    let all = open_questions(&case.plan, &case.results());
    let found = all.iter().find(|it| is_about(it, &about));
    let document = match found {
        Some(question) => told::why(case, question),
        None => told::settled(case, &about),
    };
    let audience = match case.inbound.said {
        Said::Command { .. } | Said::Click { .. } => Audience::Asker,
        _ => Audience::Everyone,
    };
    said(audience, document)
}

/// Ends it until somebody goes on.
pub(super) fn stop(case: &Case<'_>) -> Turn {
    let known = case.situation.attention.interview.clone();
    let Some(mut interview) = known.filter(|it| it.asked.is_some()) else {
        return super::super::case::private(told::no_interview(case));
    };
    interview.asked = None;
    let document = ended::stopped(case, &interview);
    shown(case, interview, document)
}

/// The interview, and the question that is meant: the one that is asked where none is named.
fn under_way(case: &Case<'_>, subject: Option<&Subject>) -> Option<(Interview, About)> {
    let interview = case.situation.attention.interview.clone()?;
    let about = match subject {
        Some((field, segment)) => {
            let words = field.name;
            let target = place::target(case, field, segment.as_ref(), words).ok()?;
            About::new(field, target.as_ref())
        }
        None => interview.asked.as_ref()?.about.clone(),
    };
    Some((interview, about))
}

/// The question that decides most of those that nobody passed over; it is asked from now on.
pub(super) fn ask_next(
    case: &Case<'_>,
    interview: &mut Interview,
    plan: &Plan,
    changes: &[Change],
) -> Option<Question> {
    let results = case.results_after(plan, changes);
    let open = open_questions(plan, &results);
    let is_skipped = |it: &Question| interview.skipped.iter().any(|about| is_about(it, about));
    let next = open.into_iter().find(|it| !is_skipped(it));
    let about = next
        .as_ref()
        .map(|it| About::new(it.field, it.segment.as_ref()));
    let is_same = about.as_ref().is_some_and(|it| interview.is_asked(it));
    if !is_same {
        let at = case.situation.now;
        interview.asked = about.map(|about| Asked { about, at });
    }
    next
}

fn is_about(question: &Question, about: &About) -> bool {
    question.field.name == about.field && question.segment == about.segment
}

/// A reply of the interview: for everyone where others read along, in the place of the card that was
/// pressed.
pub(super) fn shown(case: &Case<'_>, mut interview: Interview, document: Document) -> Turn {
    let root = match &case.inbound.said {
        Said::Mention { ts, .. } => case.inbound.place.thread.as_ref().or(Some(ts)),
        Said::Click { card, .. } => case.inbound.place.thread.as_ref().or(card.as_ref()),
        _ => case.inbound.place.thread.as_ref(),
    };
    let is_channel = case.inbound.place.kind == PlaceKind::Channel;
    if let Some(root) = root.filter(|_| is_channel) {
        interview.enter(root);
    }
    let audience = if is_channel {
        Audience::Everyone
    } else {
        Audience::Asker
    };
    let mut turn = said(audience, document);
    turn.attention = Some(Attention {
        interview: Some(interview),
        ..case.situation.attention.clone()
    });
    turn.reply.replaces_card = matches!(case.inbound.said, Said::Click { card: Some(_), .. });
    turn
}
