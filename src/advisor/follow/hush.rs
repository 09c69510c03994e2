//! `hush`, `unhush`: a contradiction that nobody wants to hear of.

use super::super::case::{Case, button, private};
use super::super::change::{one_line, shown};
use super::super::prose::{capitalised, cut, sentence};
use super::super::{Turn, place};
use super::attention::Hushed;
use crate::plan::{Field, Segment};
use crate::render::{Block, Document, Inline};

/// A value longer than this is cut.
const LINE: usize = 80;

/// From now on what is said against this value is not brought up, as long as the plan has it.
pub(in crate::advisor) fn hush(
    case: &Case<'_>,
    field: &'static Field,
    segment: Option<&Segment>,
) -> Turn {
    let typed = format!("hush {}", field.name);
    let segment = match place::target(case, field, segment, &typed) {
        Ok(segment) => segment,
        Err(refusal) => return private(refusal),
    };
    let name = named(case, field, segment.as_ref());
    let plan = case.plan.answer(field, segment.as_ref()).cloned();
    let mut attention = case.situation.attention.clone();
    let about = (field.name, segment.as_ref());
    attention.waiting.retain(|it| !it.is_about(about));
    attention.hush(Hushed {
        field: field.name.to_owned(),
        segment: segment.clone(),
        plan: plan.clone(),
        said: None,
        by: Some(case.situation.actor.person.clone()),
    });
    let until = match &plan {
        Some(plan) => {
            let value = cut(&one_line(&shown(field, Some(plan))), LINE);
            format!("That holds as long as the plan says {value}.")
        }
        None => "That holds until the plan has an answer there.".to_owned(),
    };
    let mut document = told(
        &format!("What is said against {name} is not brought up any more."),
        &until,
    );
    let words = format!(
        "unhush {}{}",
        field.name,
        case.for_segment(segment.as_ref())
    );
    let back = button("Bring it up again", words);
    document.blocks.push(Block::Actions(vec![back]));
    Turn {
        attention: Some(attention),
        ..private(document)
    }
}

/// From now on it is brought up again.
pub(in crate::advisor) fn unhush(
    case: &Case<'_>,
    field: &'static Field,
    segment: Option<&Segment>,
) -> Turn {
    let typed = format!("unhush {}", field.name);
    let segment = match place::target(case, field, segment, &typed) {
        Ok(segment) => segment,
        Err(refusal) => return private(refusal),
    };
    let name = named(case, field, segment.as_ref());
    let mut attention = case.situation.attention.clone();
    let before = attention.hushed.len();
    attention
        .hushed
        .retain(|it| !it.is_of(field.name, segment.as_ref()));
    if attention.hushed.len() == before {
        return private(told(&format!("Nothing about {name} was hushed."), ""));
    }
    Turn {
        attention: Some(attention),
        ..private(told(
            &format!("What is said against {name} is brought up again."),
            "",
        ))
    }
}

/// What nobody wants to hear of, for the state of the mode.
pub(in crate::advisor) fn listed(case: &Case<'_>) -> Option<Block> {
    let wanted = case.situation.attention.hushed.iter();
    let wanted: Vec<_> = wanted
        .filter(|it| it.is_wanted())
        .filter_map(|it| {
            let field = crate::plan::field(&it.field)?;
            let stands = case.plan.answer(field, it.segment.as_ref()) == it.plan.as_ref();
            let segment = case.for_segment(it.segment.as_ref());
            let mut words = vec![Inline::plain(format!(
                "Not brought up: {} · ",
                named(case, field, it.segment.as_ref())
            ))];
            words.extend(it.by.iter().cloned().map(Inline::Person));
            words.push(Inline::plain(" · "));
            words.push(case.code(&format!("unhush {}{segment}", it.field)));
            stands.then_some(words)
        })
        .collect();
    (!wanted.is_empty()).then_some(Block::Bullets(wanted))
}

fn named(case: &Case<'_>, field: &Field, segment: Option<&Segment>) -> String {
    format!("{}{}", field.label(), case.for_segment(segment))
}

fn told(headline: &str, more: &str) -> Document {
    let more = Some(more).filter(|it| !it.is_empty());
    Document {
        headline: capitalised(headline),
        blocks: more
            .map(|it| Block::Paragraph(sentence(it)))
            .into_iter()
            .collect(),
    }
}
