//! Statements in what people say become a proposal.

use super::case::{Case, said};
use super::proposal::{self, Ground, Opening, Proposal, Spoken};
use super::{Audience, Picked, Place, PlaceKind, Said, Sought, Turn, act};
use crate::ident::MessageTs;
use crate::reading::{self, Context, Reading};
use crate::render::Document;

/// What the message that addresses the bot says for the plan; `nothing` where it says nothing.
pub(super) fn message(case: &Case<'_>, words: &str, nothing: impl FnOnce() -> Turn) -> Turn {
    let (Said::Mention { ts, .. } | Said::Direct { ts, .. }) = &case.inbound.said else {
        return nothing();
    };
    let reading = reading::read_message(words, &context(case));
    let spoken = [Spoken {
        ts: ts.clone(),
        by: case.inbound.by.clone(),
        at: case.inbound.at,
        words: words.to_owned(),
    }];
    let mut turn = if reading.is_empty() {
        nothing()
    } else {
        answer(case, proposed(case, &reading, &spoken, ts), "here")
    };
    turn.sought = Sought::of(case, &spoken, &reading, ts);
    turn
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

/// What the message that somebody has picked says for the plan.
pub(super) fn picked(case: &Case<'_>, message: &Picked) -> Turn {
    let Some(by) = &message.by else {
        let headline = "I read what people say, and that message is a bot's.";
        return said(Audience::Asker, act::said(headline, ""));
    };
    let reading = reading::read_message(&message.words, &context(case));
    let spoken = [Spoken {
        ts: message.ts.clone(),
        by: by.clone(),
        at: message.at,
        words: message.words.clone(),
    }];
    let mut turn = if reading.is_empty() {
        let headline = "I read nothing in that message that belongs to the plan.";
        let example = "A statement that I can read: “we charge $49/mo per seat”.";
        said(Audience::Asker, act::said(headline, example))
    } else {
        let proposal = proposed(case, &reading, &spoken, &message.ts);
        answer(case, proposal, "in that message")
    };
    turn.sought = Sought::of(case, &spoken, &reading, &message.ts);
    turn
}

/// A reply for everybody who can read the words that it is about; whoever picked a message alone
/// sees what comes of it.
pub(super) fn shown(case: &Case<'_>, document: Document) -> Turn {
    let is_aside = matches!(case.inbound.said, Said::Picked(_));
    match case.inbound.place.kind {
        PlaceKind::Channel if !is_aside => said(Audience::Everyone, document),
        _ => said(Audience::Asker, document),
    }
}

/// The card, for everybody who can read the words that it was read from.
pub(super) fn answer(case: &Case<'_>, proposal: Proposal, from: &str) -> Turn {
    let document = proposal::card(case, &proposal, Opening::Read(from));
    let mut turn = shown(case, document);
    if !proposal.values.is_empty() {
        turn.proposals = vec![proposal];
    }
    turn
}
