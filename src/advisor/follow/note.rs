//! The note: what was said against the plan, both sides, once.

use jiff::Timestamp;

use super::super::case::{Case, button, said, silent};
use super::super::change::{one_line, shown};
use super::super::proposal::{self, Fate, Heard, Opening, Proposal, ProposedValue, ReadBy};
use super::super::prose::{counted, cut, sentence};
use super::super::{Attention, Audience, Turn};
use super::attention::Due;
use super::through::through;
use crate::ident::MessageTs;
use crate::intent::{CardOf, Mode};
use crate::lint::RuleResult;
use crate::plan::{Answer, Change, Edit};
use crate::render::{Block, Button, Document, Inline};
use crate::report::cited;

/// A value longer than this is cut.
const LINE: usize = 80;

/// How many contradictions one note shows; the rest is counted.
const MOST_SHOWN: usize = 4;

/// What becomes of all that waits since the note came due at `at`.
pub(in crate::advisor) fn due(case: &Case<'_>, at: Timestamp) -> Turn {
    let mut attention = case.situation.attention.clone();
    // Told by somebody else, or taken back, since it was found to be due.
    match attention.next() {
        Some((due, Due::Thread(root))) if due == at => return quiet(case, attention, &root),
        Some((due, Due::Note)) if due == at => {}
        _ => return silent(),
    }
    let breaks = |heard: &Heard| through(case, heard).is_some();
    let told = attention.tell(&case.plan, case.situation.now, breaks);
    if told.is_empty() || attention.mode != Mode::Follow {
        return Turn {
            attention: Some(attention),
            ..silent()
        };
    }
    let proposal = proposal(case, told);
    Turn {
        attention: Some(attention),
        proposals: vec![proposal.clone()],
        ..said(Audience::Everyone, document(case, &proposal))
    }
}

/// What was stated in a thread that has gone quiet is proposed there, all of it at once.
fn quiet(case: &Case<'_>, mut attention: Attention, root: &MessageTs) -> Turn {
    let stated = attention.take(root);
    let is_news = |heard: &Heard| {
        let field = heard.field();
        let now = field.and_then(|field| case.plan.answer(field, heard.segment.as_ref()));
        now != Some(&Answer::Known(heard.value.clone()))
    };
    let disputed = |heard: &Heard| {
        let other = |it: &Heard| it.is_of_place(heard) && it.value != heard.value;
        stated.iter().any(other)
    };
    let agreed = stated.iter().filter(|it| is_news(it) && !disputed(it));
    let mut values: Vec<Heard> = Vec::new();
    for heard in agreed {
        if !values.iter().any(|it| it.is_of_place(heard)) {
            values.push(heard.clone());
        }
    }
    let mut proposal = proposal(case, values);
    for heard in stated.iter().filter(|it| disputed(it)) {
        let mut known = proposal.conflicts.iter_mut();
        match known.find(|sides| sides[0].is_of_place(heard)) {
            Some(sides) => sides.push(heard.clone()),
            None => proposal.conflicts.push(vec![heard.clone()]),
        }
    }
    let is_empty = proposal.values.is_empty() && proposal.conflicts.is_empty();
    if is_empty || attention.mode != Mode::Follow {
        return Turn {
            attention: Some(attention),
            ..silent()
        };
    }
    let document = proposal::card(
        case,
        &proposal,
        Opening::Read("in this thread since you called me"),
    );
    Turn {
        attention: Some(attention),
        proposals: vec![proposal],
        ..said(Audience::Everyone, document)
    }
}

/// The statements as a proposal: somebody may want the plan to follow them.
fn proposal(case: &Case<'_>, told: Vec<Heard>) -> Proposal {
    let values = told.into_iter().map(|heard| {
        let field = heard.field();
        let old = field.and_then(|field| case.plan.answer(field, heard.segment.as_ref()));
        ProposedValue {
            old: old.cloned(),
            heard,
            read_by: ReadBy::Reader,
            fate: Fate::Open,
        }
    });
    Proposal {
        id: case.situation.fresh_proposal.clone(),
        revision: 0,
        channel: case.inbound.place.channel.clone(),
        thread: case.inbound.place.thread.clone(),
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
    }
}

fn document(case: &Case<'_>, proposal: &Proposal) -> Document {
    let values: Vec<_> = proposal.open().collect();
    let headline = match values.as_slice() {
        [(_, one)] => {
            let name = proposal::place(case, &one.heard);
            match one.old {
                Some(_) => format!("{name}: what was said here is not what the plan says."),
                None => format!("{name}: what was said here cannot hold beside the plan."),
            }
        }
        all => format!(
            "{} said here are not what the plan says.",
            counted(all.len(), "thing")
        ),
    };
    let mut blocks = Vec::new();
    for &(number, value) in values.iter().take(MOST_SHOWN) {
        if values.len() > 1 {
            let name = proposal::place(case, &value.heard);
            blocks.push(Block::Paragraph(vec![Inline::strong(format!(
                "{number}. {name}"
            ))]));
        }
        blocks.extend(sides(case, value));
        blocks.push(Block::Actions(buttons(case, proposal, number)));
    }
    if let Some(more) = values.len().checked_sub(MOST_SHOWN).filter(|&n| n > 0) {
        blocks.push(Block::Note(sentence(&format!(
            "And {more} more, which the buttons above lead to."
        ))));
    }
    blocks.push(Block::Note(sentence(&format!(
        "Said once, because I follow this channel. To end that: `{}`",
        case.typed("mode mention")
    ))));
    Document { headline, blocks }
}

/// What the plan says and since when, and what was said by whom.
fn sides(case: &Case<'_>, value: &ProposedValue) -> Vec<Block> {
    let heard = &value.heard;
    let Some(field) = heard.field() else {
        return Vec::new();
    };
    let short = |answer| cut(&one_line(&shown(field, answer)), LINE);
    let new = crate::plan::Answer::Known(heard.value.clone());
    let mut plan = vec![
        Inline::strong(format!("Plan: {}", short(value.old.as_ref()))),
        Inline::plain(" · "),
    ];
    plan.extend(since(case, heard));
    let breaks = match value.old {
        Some(_) => None,
        None => through(case, heard),
    };
    if let Some(found) = &breaks {
        plan = beside(case, found, heard);
    }
    let mut told = vec![
        Inline::strong(format!("Said: {}", short(Some(&new)))),
        Inline::plain(" · "),
    ];
    told.extend(proposal::provenance(heard));
    let mut sides = vec![plan, told];
    sides.extend(breaks.map(|it| together(&it)));
    vec![Block::Bullets(sides)]
}

/// What the plan says that the statement cannot hold beside: the answers that the rule read.
fn beside(case: &Case<'_>, found: &RuleResult, heard: &Heard) -> Vec<Inline> {
    let answers = found.fields.iter().filter_map(|name| {
        let field = crate::plan::field(name).filter(|it| it.name != heard.field)?;
        let segment = found.segment.as_ref().or(heard.segment.as_ref());
        let segment = segment.filter(|_| field.level == crate::plan::Level::Segment);
        let answer = case.plan.answer(field, segment)?;
        let value = cut(&one_line(&shown(field, Some(answer))), LINE);
        Some(format!("{} {value}", field.label()))
    });
    let answers: Vec<_> = answers.take(MOST_SHOWN).collect();
    vec![Inline::strong(format!("Plan: {}", answers.join(", ")))]
}

/// Why both cannot hold, and what says so.
fn together(found: &RuleResult) -> Vec<Inline> {
    let mut words = sentence(&cut(&found.message, 300));
    words.push(Inline::plain(" · "));
    words.push(Inline::code(found.rule.as_str()));
    if let Some(source) = found.sources.first() {
        words.push(Inline::plain(" · Source: "));
        words.push(cited(source));
    }
    words
}

/// Which change made the plan say so: its version, by whom, when, and from which message.
fn since(case: &Case<'_>, heard: &Heard) -> Vec<Inline> {
    let Some(change) = last_change(case, heard) else {
        return vec![Inline::plain("as it was imported")];
    };
    let mut words = vec![
        Inline::plain(format!("version {} · ", change.version)),
        Inline::Person(change.by.clone()),
        Inline::plain(" · "),
        Inline::When(change.at),
    ];
    if let Some(link) = proposal::message(&change.link, None) {
        words.push(Inline::plain(" · "));
        words.push(link);
    }
    words
}

fn last_change<'a>(case: &'a Case<'_>, heard: &Heard) -> Option<&'a Change> {
    let sets = |edit: &Edit| match edit {
        Edit::Field { field, segment, .. } => *field == heard.field && *segment == heard.segment,
        _ => false,
    };
    let mut newest_first = case.situation.history.iter().rev();
    newest_first.find(|change| change.edit.parts().iter().any(sets))
}

fn buttons(case: &Case<'_>, proposal: &Proposal, number: usize) -> Vec<Button> {
    let card = CardOf {
        proposal: proposal.id.clone(),
        edition: Some(proposal.edition),
    };
    let heard = &proposal.values[number - 1].heard;
    let segment = case.for_segment(heard.segment.as_ref());
    vec![
        button("Update the plan", format!("accept {card} {number}")),
        button("Keep the plan", format!("dismiss {card} {number}")),
        button(
            "Don't raise this again",
            format!("hush {}{segment}", heard.field),
        ),
    ]
}
