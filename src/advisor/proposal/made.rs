//! From what the reader found to a proposal: what the plan has already, and what was decided since
//! the words were said, is left out.

use jiff::Timestamp;

use super::{Fate, Heard, Proposal, ProposedValue, ReadBy, ReadScope};
use crate::advisor::Place;
use crate::ident::{MessageTs, Person, ProposalId};
use crate::plan::{Answer, Change, Edit, MessageLink, Plan};
use crate::reading::{Conflict, Finder, Finding, Reading};

/// A message of people, as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spoken {
    /// The message.
    pub ts: MessageTs,
    /// Who said it.
    pub by: Person,
    /// When it was said.
    pub at: Timestamp,
    /// The words, as their author sees them.
    pub words: String,
}

/// What a proposal is made of beside the reading.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    /// The id that it gets.
    pub id: &'a ProposalId,
    /// Where it was asked for; a place in a thread reads that thread.
    pub place: &'a Place,
    /// Who asked for it.
    pub asked_by: &'a Person,
    /// The instant.
    pub now: Timestamp,
    /// The plan that the values would go into.
    pub plan: &'a Plan,
    /// The newest changes of the plan, oldest first.
    pub tail: &'a [Change],
}

/// The proposal that a reading of these messages amounts to.
pub fn proposed(reading: &Reading, spoken: &[Spoken], ground: &Ground<'_>) -> Proposal {
    let heard = |finding: &Finding| heard(finding, spoken, ground.place);
    let values = reading.proposals.iter().filter_map(|finding| {
        let heard = heard(finding)?;
        let said_at = spoken.get(finding.line.checked_sub(1)?)?.at;
        let old = ground
            .plan
            .answer(finding.field, heard.named_segment())
            .cloned();
        let is_news = old != Some(Answer::Known(heard.value.clone()))
            && !is_decided_since(&heard, said_at, ground.tail);
        is_news.then_some(ProposedValue {
            heard,
            old,
            read_by: match finding.by {
                Finder::Reader => ReadBy::Reader,
                Finder::Model => ReadBy::Model,
            },
            fate: Fate::Open,
        })
    });
    let conflict = |conflict: &Conflict| {
        let sides: Vec<Heard> = conflict.values.iter().filter_map(heard).collect();
        (sides.len() > 1).then_some(sides)
    };
    Proposal {
        id: ground.id.clone(),
        revision: 0,
        channel: ground.place.channel.clone(),
        thread: ground.place.thread.clone(),
        against: ground.plan.version(),
        edition: 0,
        asked_by: ground.asked_by.clone(),
        made_at: ground.now,
        read: ReadScope::default(),
        values: values.collect(),
        hypotheses: reading.hypotheses.iter().filter_map(heard).collect(),
        conflicts: reading.conflicts.iter().filter_map(conflict).collect(),
        questions: open_questions(reading),
        file: None,
        superseded_by: None,
    }
}

/// The questions, without those that a conflict asks by itself.
fn open_questions(reading: &Reading) -> Vec<String> {
    let asked: Vec<String> = reading.conflicts.iter().map(Conflict::question).collect();
    let questions = reading.questions.iter();
    questions
        .filter(|it| !asked.contains(it))
        .cloned()
        .collect()
}

/// What a finding says, by whom, in which message.
pub(in crate::advisor) fn heard(
    finding: &Finding,
    spoken: &[Spoken],
    place: &Place,
) -> Option<Heard> {
    let message = spoken.get(finding.line.checked_sub(1)?)?;
    Some(Heard {
        field: finding.field.name.to_owned(),
        segment: finding.segment.clone(),
        value: finding.value.clone(),
        quote: quoted(&finding.quote),
        said: MessageLink {
            channel: place.channel.clone(),
            ts: Some(message.ts.clone()),
        },
        thread: place.thread.clone().filter(|root| *root != message.ts),
        by: message.by.clone(),
    })
}

/// Words as a quote: on one line, and not too long.
pub(in crate::advisor) fn quoted(words: &str) -> String {
    let line = crate::render::one_line(words);
    crate::advisor::prose::cut(&line, Heard::LONGEST_QUOTE - 1)
}

/// Whether somebody has decided on that field after the words were said: then the words are the
/// older statement, and the newer one stands.
fn is_decided_since(heard: &Heard, said_at: Timestamp, tail: &[Change]) -> bool {
    let decides = |edit: &Edit| match edit {
        Edit::Field { field, segment, .. } => *field == heard.field && *segment == heard.segment,
        _ => false,
    };
    let later = tail.iter().filter(|change| change.at > said_at);
    later.flat_map(|it| it.edit.parts()).any(decides)
}
