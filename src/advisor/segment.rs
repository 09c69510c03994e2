//! `segment add`, `rename`, `remove`: parts of the market with values of their own.

use super::Turn;
use super::case::{Case, button, changed, private};
use super::{act, place, refusal};
use crate::plan::{self, Plan, Segment};
use crate::render::{Block, Document, Inline};

/// Adds the segment, or says that it is there.
pub(super) fn turn(case: &Case<'_>, segment: &Segment) -> Turn {
    if case.plan.segments().contains(segment) {
        return private(known(case, segment));
    }
    let made = plan::add_segment(&case.plan, segment, &case.author());
    match made.map(|changes| (place::applied(case, &changes), changes)) {
        Ok((Ok(after), changes)) => {
            let document = added(case, segment, &after);
            changed(changes, document)
        }
        Ok((Err(refusal), _)) => private(refusal),
        Err(error) => private(place::impossible(&error)),
    }
}

/// Gives the segment another name; what was said of it comes along.
pub(super) fn renamed(case: &Case<'_>, from: &Segment, to: &Segment) -> Turn {
    if !case.plan.segments().contains(from) {
        return private(refusal::no_segment(case, from.as_str()));
    }
    let made = plan::rename_segment(&case.plan, from, to, &case.author());
    act::turn(case, made, "", "That is its name already.")
}

/// Removes the segment with its answers.
pub(super) fn removed(case: &Case<'_>, segment: &Segment) -> Turn {
    if !case.plan.segments().contains(segment) {
        return private(refusal::no_segment(case, segment.as_str()));
    }
    let made = plan::remove_segment(&case.plan, segment, &case.author());
    act::turn(case, made, "", "It is gone already.")
}

fn added(case: &Case<'_>, segment: &Segment, after: &Plan) -> Document {
    let name = segment.as_str();
    Document {
        headline: format!("The plan has a segment \"{name}\" now."),
        blocks: vec![
            Block::Paragraph(vec![
                Inline::plain("Give it values of its own, for example "),
                case.code(&format!("set price $49/mo for {name}")),
                Inline::plain("."),
            ]),
            Block::Note(vec![
                Inline::plain(match after.segments().len() {
                    1 => "It is the only segment so far · by ".to_owned(),
                    n => format!("{n} segments in all · by "),
                }),
                Inline::Person(case.situation.actor.person.clone()),
            ]),
            Block::Actions(vec![
                button("Undo", format!("undo {}", after.version())),
                button("Next question", "next"),
            ]),
        ],
    }
}

fn known(case: &Case<'_>, segment: &Segment) -> Document {
    let name = segment.as_str();
    Document {
        headline: format!("The plan has the segment \"{name}\" already."),
        blocks: vec![Block::Paragraph(vec![
            Inline::plain("What it holds: "),
            case.code(&format!("plan for {name}")),
        ])],
    }
}
