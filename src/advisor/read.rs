//! Statements in what people say become a proposal.

use super::case::{Case, said};
use super::proposal::{self, Ground, Opening, Proposal, Spoken};
use super::{Audience, Place, PlaceKind, Said, Turn};
use crate::ident::MessageTs;
use crate::reading::{self, Context, Reading};

/// What the message that addresses the bot says for the plan; nothing where it says nothing.
pub(super) fn message(case: &Case<'_>, words: &str) -> Option<Turn> {
    let (Said::Mention { ts, .. } | Said::Direct { ts, .. }) = &case.inbound.said else {
        return None;
    };
    let reading = reading::read_message(words, &context(case));
    if reading.is_empty() {
        return None;
    }
    let spoken = [Spoken {
        ts: ts.clone(),
        by: case.inbound.by.clone(),
        at: case.inbound.at,
        words: words.to_owned(),
    }];
    let proposal = proposed(case, &reading, &spoken, ts);
    Some(answer(case, proposal, "here"))
}

/// What the reader leans on.
pub(super) fn context<'a>(case: &'a Case<'_>) -> Context<'a> {
    Context {
        plan: Some(&case.plan),
        parse: case.context(),
    }
}

/// The proposal that these messages of the thread at `root` amount to.
pub(super) fn proposed(
    case: &Case<'_>,
    reading: &Reading,
    spoken: &[Spoken],
    root: &MessageTs,
) -> Proposal {
    let place = Place {
        thread: Some(
            case.inbound
                .place
                .thread
                .clone()
                .unwrap_or_else(|| root.clone()),
        ),
        ..case.inbound.place.clone()
    };
    let ground = Ground {
        id: &case.situation.fresh_proposal,
        place: &place,
        asked_by: &case.situation.actor.person,
        now: case.situation.now,
        plan: &case.plan,
        tail: case.tail(),
    };
    proposal::proposed(reading, spoken, &ground)
}

/// The card, for everybody who can read the words that it was read from.
pub(super) fn answer(case: &Case<'_>, proposal: Proposal, from: &str) -> Turn {
    let document = proposal::card(case, &proposal, Opening::Read(from));
    let audience = match case.inbound.place.kind {
        PlaceKind::Direct => Audience::Asker,
        PlaceKind::Channel => Audience::Everyone,
    };
    let mut turn = said(audience, document);
    if !proposal.values.is_empty() {
        turn.proposals = vec![proposal];
    }
    turn
}
