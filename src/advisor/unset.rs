//! `unset`: a value becomes unknown again.

use super::Turn;
use super::case::{Case, changed, private};
use super::prose::capitalised;
use super::{change, place};
use crate::plan::{self, Field, Segment};
use crate::render::{Block, Document, Inline};

/// Makes the field unknown, or says why not.
pub(super) fn turn(case: &Case<'_>, field: &'static Field, named: Option<&Segment>) -> Turn {
    let typed = format!("unset {}", field.name);
    let segment = match place::target(case, field, named, &typed) {
        Ok(segment) => segment,
        Err(refusal) => return private(refusal),
    };
    if case.plan.answer(field, segment.as_ref()).is_none() {
        return private(unknown_already(case, field, segment.as_ref()));
    }
    let changes = plan::set_answer(&case.plan, field, segment.as_ref(), None, &case.author());
    match place::applied(case, &changes) {
        Ok(after) => {
            let document = change::document(case, &after, &changes, "");
            changed(changes, document)
        }
        Err(refusal) => private(refusal),
    }
}

fn unknown_already(case: &Case<'_>, field: &Field, segment: Option<&Segment>) -> Document {
    let name = capitalised(&field.label());
    Document {
        headline: format!(
            "{name}{} is not answered, so there is nothing to remove.",
            case.for_segment(segment)
        ),
        blocks: vec![Block::Paragraph(vec![
            Inline::plain("To answer it: "),
            case.code(&format!("set {} {}", field.name, field.example())),
        ])],
    }
}
