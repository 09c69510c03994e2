//! What a language model may look for in words that the reader has read: what it is given, which of
//! its values may be proposed, and the card that proposes them.
//!
//! The reader's own card has gone out before the model is asked, and stands whatever comes of it.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::{Fate, Ground, Heard, Opening, Proposal, ProposedValue, ReadScope, Spoken};
use crate::advisor::case::{Case, said, silent};
use crate::advisor::{Audience, Inbound, Place, PlaceKind, Turn};
use crate::grounding::{self, Doubt, Rendered, Unfit, ask_values, read_values};
use crate::ident::{MessageTs, ProposalId};
use crate::plan::{Answer, Change, ParseContext, Plan};
use crate::reading::{Context, Reading, Said};

/// Words in which a language model may look for what the reader missed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sought {
    messages: Vec<Said>,
    spoken: Vec<Spoken>,
    place: Place,
    plan: Plan,
    tail: Vec<Change>,
    parse: ParseContext,
    reading: Reading,
    read: ReadScope,
    dismissed: Vec<Heard>,
}

/// What a model found and the gates let pass.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// The values.
    pub values: Vec<ProposedValue>,
    /// How much of a thread they were looked for in.
    pub read: ReadScope,
    /// The thread that was read; the message itself where there was none.
    pub thread: Option<MessageTs>,
    /// Whether only whoever asked sees what comes of it.
    pub aside: bool,
}

impl Sought {
    /// What may be looked for in these messages; nothing where the workspace's admins have not
    /// switched a model on.
    pub(in crate::advisor) fn of(
        case: &Case<'_>,
        spoken: &[Spoken],
        reading: &Reading,
        root: &MessageTs,
    ) -> Option<Box<Self>> {
        let model = case.situation.model?;
        if !case.situation.workspace.allows(model) || spoken.is_empty() {
            return None;
        }
        let messages = spoken.iter().map(|it| Said {
            speaker: it.by.as_str().to_owned(),
            text: it.words.clone(),
        });
        let thread = case.inbound.place.thread.as_ref().unwrap_or(root);
        Some(Box::new(Self {
            messages: messages.collect(),
            spoken: spoken.to_vec(),
            place: Place {
                thread: Some(thread.clone()),
                ..case.inbound.place.clone()
            },
            plan: case.plan.clone(),
            tail: case.tail().to_vec(),
            parse: case.context(),
            reading: reading.clone(),
            read: ReadScope::default(),
            dismissed: Vec::new(),
        }))
    }

    /// The same of a thread, of which so much was read and that was dismissed.
    pub(in crate::advisor) fn in_thread(
        mut self: Box<Self>,
        read: &ReadScope,
        dismissed: Vec<Heard>,
    ) -> Box<Self> {
        self.read = read.clone();
        self.dismissed = dismissed;
        self
    }

    fn heard<'a>(&'a self, context: &'a Context<'a>) -> grounding::Heard<'a> {
        grounding::Heard {
            messages: &self.messages,
            context,
            reading: &self.reading,
        }
    }

    /// The request.
    pub fn asked(&self) -> Rendered {
        ask_values(&self.heard(&self.context()))
    }

    fn context(&self) -> Context<'_> {
        Context {
            plan: Some(&self.plan),
            parse: self.parse,
        }
    }

    /// What of a model's reply may be proposed, and why the rest may not.
    pub fn found(&self, reply: &Json, asked: &Inbound) -> Result<(Found, Vec<Doubt>), Unfit> {
        let context = self.context();
        let (findings, doubts) = read_values(reply, &self.heard(&context))?;
        let reading = Reading {
            proposals: findings,
            ..Reading::default()
        };
        // The record that it becomes part of gets its own id once it is made.
        let ground = Ground {
            id: &ProposalId::new(""),
            place: &self.place,
            asked_by: &asked.by,
            now: asked.at,
            plan: &self.plan,
            tail: &self.tail,
        };
        let proposed = super::proposed(&reading, &self.spoken, &ground);
        let is_dismissed = |value: &ProposedValue| {
            let mut all = self.dismissed.iter();
            all.any(|it| it.is_of_place(&value.heard) && it.value == value.heard.value)
        };
        let values = proposed.values.into_iter();
        let values = values.filter(|it| !is_dismissed(it));
        let found = Found {
            values: values.take(Proposal::MOST_SHOWN).collect(),
            read: self.read.clone(),
            thread: self.place.thread.clone(),
            aside: matches!(asked.said, crate::advisor::Said::Picked(_)),
        };
        Ok((found, doubts))
    }
}

/// The card of what a model found beside the reader, as far as it is still news.
pub(in crate::advisor) fn turn(case: &Case<'_>, found: &Found) -> Turn {
    let values = found.values.iter().filter_map(|value| {
        let old = value.current(&case.plan).cloned();
        let is_news = old != Some(Answer::Known(value.heard.value.clone()));
        is_news.then(|| ProposedValue {
            old,
            fate: Fate::Open,
            ..value.clone()
        })
    });
    let values: Vec<ProposedValue> = values.collect();
    let (Some(model), false) = (case.situation.model, values.is_empty()) else {
        return silent();
    };
    let proposal = Proposal {
        id: case.situation.fresh_proposal.clone(),
        revision: 0,
        channel: case.inbound.place.channel.clone(),
        thread: found.thread.clone(),
        against: case.plan.version(),
        edition: 0,
        asked_by: case.inbound.by.clone(),
        made_at: case.situation.now,
        read: found.read.clone(),
        values,
        hypotheses: Vec::new(),
        conflicts: Vec::new(),
        questions: Vec::new(),
        file: None,
        superseded_by: None,
    };
    let document = super::card(case, &proposal, Opening::Model(model));
    let audience = match case.inbound.place.kind {
        PlaceKind::Channel if !found.aside => Audience::Everyone,
        _ => Audience::Asker,
    };
    Turn {
        proposals: vec![proposal],
        ..said(audience, document)
    }
}
