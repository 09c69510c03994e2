//! `segment add`: a segment with values of its own.

use super::Turn;
use super::case::{Case, button, changed, private};
use super::place;
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
