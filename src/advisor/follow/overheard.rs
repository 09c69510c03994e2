//! What people say to one another in a channel that is followed.

use super::super::case::{Case, silent};
use super::super::proposal::{self, Heard, Spoken};
use super::super::{Turn, read};
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
    if !attention.hear(&case.plan, stated, case.situation.now) {
        return silent();
    }
    Turn {
        attention: Some(attention),
        ..silent()
    }
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
