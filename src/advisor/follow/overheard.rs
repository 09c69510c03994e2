//! What people say to one another in a channel that is followed.

use super::super::case::{Case, silent};
use super::super::proposal::{self, Heard, Spoken};
use super::super::{Said, Turn, read};
use super::through::through;
use crate::ident::MessageTs;
use crate::intent::Mode;
use crate::reading;

/// What is stated against the plan waits for a note; nothing else of it is kept, and nothing is said.
pub(in crate::advisor) fn overheard(case: &Case<'_>, words: &str, ts: &MessageTs) -> Turn {
    let mut attention = case.situation.attention.clone();
    if attention.mode != Mode::Follow || case.situation.plan.is_none() {
        return silent();
    }
    let stated = stated(case, words, ts);
    let root = case.inbound.place.thread.as_ref();
    if root.is_some_and(|root| attention.gather(root, &stated, case.situation.now)) {
        return Turn {
            attention: Some(attention),
            ..silent()
        };
    }
    let breaks = |heard: &Heard| through(case, heard).is_some();
    if !attention.hear(&case.plan, stated, case.situation.now, breaks) {
        return silent();
    }
    Turn {
        attention: Some(attention),
        ..silent()
    }
}

/// A thread in which the bot is mentioned is one that it was called into.
pub(in crate::advisor) fn called(case: &Case<'_>, mut turn: Turn) -> Turn {
    let Said::Mention { ts, .. } = &case.inbound.said else {
        return turn;
    };
    let before = &case.situation.attention;
    if before.mode != Mode::Follow {
        return turn;
    }
    let root = case.inbound.place.thread.as_ref().unwrap_or(ts);
    let attention = turn.attention.get_or_insert_with(|| before.clone());
    attention.call(root, case.situation.now);
    turn
}

/// What the words of a message state: not what they ask, suppose or tell of others.
pub(super) fn stated(case: &Case<'_>, words: &str, ts: &MessageTs) -> Vec<Heard> {
    let reading = reading::read_message(words, &read::context(case));
    let spoken = [Spoken {
        ts: ts.clone(),
        by: case.inbound.by.clone(),
        at: case.inbound.at,
        words: words.to_owned(),
    }];
    let place = &case.inbound.place;
    let findings = reading.proposals.iter();
    findings
        .filter_map(|finding| proposal::heard(finding, &spoken, place))
        .collect()
}
