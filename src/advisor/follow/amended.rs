//! A message that values of the plan came from was edited, or is gone.
//!
//! An edit never runs a command: what an edited command would do is proposed.

use super::super::case::{Case, said, silent};
use super::super::proposal::{
    self, Fate, Gave, Heard, Opening, Proposal, ProposedValue, ReadBy, Source, SourceState,
};
use super::super::set::{self, Around};
use super::super::{Audience, PlaceKind, Said, Turn};
use super::overheard::stated;
use super::through::through;
use crate::ident::MessageTs;
use crate::intent::{self, Intent, Mode};
use crate::plan::{Answer, Change, Edit, MessageLink, Version};

/// The message says something else now.
pub(in crate::advisor) fn edited(
    case: &Case<'_>,
    words: &str,
    ts: &MessageTs,
    addressed: bool,
) -> Turn {
    let mut now = says(case, words, ts, addressed);
    if let Some(source) = &case.situation.source
        && now.is_empty()
        && addressed
    {
        now = answers(case, source, words);
    }
    let mut turn = forgotten(case, ts, |heard| {
        now.iter()
            .any(|it| it.is_of_place(heard) && it.value == heard.value)
    });
    if let Some(attention) = &mut turn.attention
        && attention.mode == Mode::Follow
        && case.situation.source.is_none()
    {
        let root = case.inbound.place.thread.as_ref();
        if !root.is_some_and(|root| attention.gather(root, &now, case.situation.now)) {
            let breaks = |heard: &Heard| through(case, heard).is_some();
            attention.hear(&case.plan, now.clone(), case.situation.now, breaks);
        }
    }
    let Some(source) = &case.situation.source else {
        return turn;
    };
    let mut marked = source.clone();
    let mut proposed = Vec::new();
    for gave in &mut marked.gave {
        let again = now.iter().find(|it| gave.is_of_place(it));
        if again.is_some_and(|it| it.value == gave.value) {
            // The same in other words: the value's source is as good as it was.
            gave.state = SourceState::Stands;
            gave.quote = gave.quote.take().and(again.map(|it| it.quote.clone()));
            continue;
        }
        gave.state = SourceState::Edited;
        gave.quote = gave
            .quote
            .take()
            .filter(|quote| words.contains(quote.as_str()));
        if let Some(again) = again.filter(|_| is_live(case, gave)) {
            proposed.push(again.clone());
        }
    }
    turn.sources = vec![marked];
    if proposed.is_empty() || case.situation.attention.mode == Mode::Mute {
        return turn;
    }
    offered(case, turn, proposed, ts)
}

/// The message is gone: its words go with it, the values stay.
pub(in crate::advisor) fn deleted(case: &Case<'_>, ts: &MessageTs) -> Turn {
    let mut turn = forgotten(case, ts, |_| false);
    if let Some(source) = &case.situation.source {
        let mut marked = source.clone();
        for gave in &mut marked.gave {
            gave.state = SourceState::Deleted;
            gave.quote = None;
        }
        turn.sources = vec![marked];
    }
    turn
}

/// What the message says by now. An edited command is read for what it would set.
pub(super) fn says(case: &Case<'_>, words: &str, ts: &MessageTs, addressed: bool) -> Vec<Heard> {
    let command = addressed.then(|| intent::parse(words).ok()).flatten();
    let Some(Intent::Set { field, value }) = command else {
        return stated(case, words, ts);
    };
    let Ok((segment, value)) = set::read(case, field, &value, Around::SET) else {
        return Vec::new();
    };
    vec![Heard {
        field: field.name.to_owned(),
        segment,
        value,
        quote: proposal::quoted(words),
        said: MessageLink {
            channel: case.inbound.place.channel.clone(),
            ts: Some(ts.clone()),
        },
        thread: case.inbound.place.thread.clone(),
        by: case.inbound.by.clone(),
    }]
}

/// What the message says if it is an answer to a question, in as few words: such a value has no quote.
pub(super) fn answers(case: &Case<'_>, source: &Source, words: &str) -> Vec<Heard> {
    let answered = source.gave.iter().filter(|it| it.quote.is_none());
    let heard = answered.filter_map(|gave| {
        let field = crate::plan::field(&gave.field)?;
        Some(Heard {
            field: gave.field.clone(),
            segment: gave.segment.clone(),
            value: field.parse(words, &case.context()).ok()?,
            quote: proposal::quoted(words),
            said: MessageLink {
                channel: source.channel.clone(),
                ts: Some(source.ts.clone()),
            },
            thread: source.thread.clone(),
            by: source.by.clone(),
        })
    });
    heard.collect()
}

/// What nobody has decided on yet and was read from the message is no longer offered, unless the
/// message still says it.
fn forgotten(case: &Case<'_>, ts: &MessageTs, still: impl Fn(&Heard) -> bool) -> Turn {
    let mut turn = silent();
    let mut attention = case.situation.attention.clone();
    attention.unhear(ts);
    if attention != case.situation.attention {
        turn.attention = Some(attention);
    }
    for proposal in &case.situation.quoting {
        let mut next = proposal.clone();
        for value in &mut next.values {
            let is_from = value.heard.said.ts.as_ref() == Some(ts);
            if !is_from || still(&value.heard) {
                continue;
            }
            value.heard.quote = String::new();
            if value.is_open() {
                value.fate = Fate::Dismissed {
                    by: value.heard.by.clone(),
                    at: case.situation.now,
                };
            }
        }
        let others = next.hypotheses.iter_mut();
        for heard in others.chain(next.conflicts.iter_mut().flatten()) {
            if heard.said.ts.as_ref() == Some(ts) {
                heard.quote = String::new();
            }
        }
        if next != *proposal {
            turn.proposals.push(next);
        }
    }
    turn
}

/// The card with what the message says now.
fn offered(case: &Case<'_>, turn: Turn, proposed: Vec<Heard>, ts: &MessageTs) -> Turn {
    let values = proposed.into_iter().map(|heard| ProposedValue {
        old: heard
            .field()
            .and_then(|field| case.plan.answer(field, heard.segment.as_ref()))
            .cloned(),
        heard,
        read_by: ReadBy::Reader,
        fate: Fate::Open,
    });
    let place = &case.inbound.place;
    let proposal = Proposal {
        id: case.situation.fresh_proposal.clone(),
        revision: 0,
        channel: place.channel.clone(),
        thread: Some(place.thread.clone().unwrap_or_else(|| ts.clone())),
        against: case.plan.version(),
        edition: 0,
        asked_by: case.inbound.by.clone(),
        made_at: case.situation.now,
        values: values.collect(),
        hypotheses: Vec::new(),
        conflicts: Vec::new(),
        questions: Vec::new(),
        read: crate::advisor::ReadScope::default(),
        file: None,
        superseded_by: None,
    };
    let audience = match place.kind {
        PlaceKind::Direct => Audience::Asker,
        PlaceKind::Channel => Audience::Everyone,
    };
    let document = proposal::card(case, &proposal, Opening::Edited);
    let mut proposals = turn.proposals;
    proposals.push(proposal);
    Turn {
        proposals,
        sources: turn.sources,
        attention: turn.attention,
        ..said(audience, document)
    }
}

/// Whether the plan still has the value that came from the message.
pub(in crate::advisor) fn is_live(case: &Case<'_>, gave: &Gave) -> bool {
    let field = crate::plan::field(&gave.field);
    let answer = field.and_then(|field| case.plan.answer(field, gave.segment.as_ref()));
    let stands = answer == Some(&Answer::Known(gave.value.clone()));
    let changes = case.tail().iter().rev();
    let later = changes.take_while(|change| change.version > gave.version);
    stands
        && !later
            .flat_map(|change| change.edit.parts())
            .any(|edit| sets(edit, gave))
}

fn sets(edit: &Edit, gave: &Gave) -> bool {
    match edit {
        Edit::Field { field, segment, .. } => *field == gave.field && *segment == gave.segment,
        _ => false,
    }
}

/// The message in which a command was given is the source of what it has set.
pub(in crate::advisor) fn sourced(case: &Case<'_>, turn: Turn) -> Turn {
    let Some(ts) = case
        .author()
        .link
        .ts
        .filter(|_| is_command_in_message(case))
    else {
        return turn;
    };
    let given = turn.changes.iter().flat_map(given);
    let gave: Vec<Gave> = given.collect();
    if gave.is_empty() {
        return turn;
    }
    let place = &case.inbound.place;
    let source = Source {
        channel: place.channel.clone(),
        ts,
        thread: place.thread.clone(),
        by: case.inbound.by.clone(),
        read_at: Some(case.situation.now),
        gave,
    };
    let mut sources = turn.sources;
    sources.push(source);
    Turn { sources, ..turn }
}

fn is_command_in_message(case: &Case<'_>) -> bool {
    case.inbound.said.is_conversation() || matches!(case.inbound.said, Said::Overheard { .. })
}

/// The answers that a change gives.
fn given(change: &Change) -> impl Iterator<Item = Gave> {
    let version: Version = change.version;
    change
        .edit
        .parts()
        .iter()
        .filter_map(move |edit| match edit {
            Edit::Field {
                field,
                segment,
                new: Some(Answer::Known(value)),
                ..
            } => Some(Gave {
                field: field.clone(),
                segment: segment.clone(),
                version,
                value: value.clone(),
                quote: None,
                state: SourceState::Stands,
            }),
            _ => None,
        })
}
