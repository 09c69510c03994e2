//! `fields`: what can be set, and how to write it.

use super::case::{Case, button};
use super::prose::{counted, sentence};
use crate::intent::components;
use crate::plan::{self, Field, Level};
use crate::render::{Block, Document, Inline, Row};

/// The fields of one component, or how many each component has.
pub(super) fn document(case: &Case<'_>, component: Option<&'static str>) -> Document {
    match component {
        Some(component) => of(case, component),
        None => overview(case),
    }
}

fn overview(case: &Case<'_>) -> Document {
    let rows = components()
        .into_iter()
        .map(|component| {
            let fields: Vec<_> = fields(component).map(Field::last_part).collect();
            Row {
                name: format!("{component} ({})", fields.len()),
                value: vec![Inline::plain(fields.join(", "))],
            }
        })
        .collect();
    Document {
        headline: format!(
            "The plan has {} in {} parts.",
            counted(plan::fields().len(), "field"),
            components().len()
        ),
        blocks: vec![
            Block::Rows(rows),
            Block::Note(sentence(&format!(
                "How to write the fields of one part: `{}`",
                case.typed("fields pricing")
            ))),
        ],
    }
}

fn of(case: &Case<'_>, component: &'static str) -> Document {
    let fields: Vec<_> = fields(component).collect();
    let lines = fields
        .iter()
        .map(|field| {
            let mut words = vec![
                Inline::code(field.name),
                Inline::plain(format!(": {} ", field.question)),
            ];
            words.push(takes(field));
            words
        })
        .collect();
    let first = fields.first().map_or_else(
        || "set price $49/mo".to_owned(),
        |field| format!("set {} {}", field.name, field.example()),
    );
    Document {
        headline: format!("The {} of {component}:", counted(fields.len(), "field")),
        blocks: vec![
            Block::Bullets(lines),
            Block::Note(vec![
                Inline::plain("Write "),
                case.code(&first),
                Inline::plain(
                    if fields.iter().any(|field| field.level == Level::Segment) {
                        "; with several segments, add \"for\" and a segment's name at the end."
                    } else {
                        ". These fields hold for the whole plan."
                    },
                ),
            ]),
            Block::Actions(vec![button(
                "What is answered",
                format!("plan {component}"),
            )]),
        ],
    }
}

/// The choices, or a spelling that works.
fn takes(field: &Field) -> Inline {
    let slugs: Vec<_> = field.choices.iter().map(|choice| choice.slug).collect();
    match slugs.as_slice() {
        [] => Inline::soft(format!("Like {}", field.example())),
        // Slugs have underscores, which soft words could not carry everywhere.
        slugs => Inline::plain(slugs.join(" | ")),
    }
}

fn fields(component: &'static str) -> impl Iterator<Item = &'static Field> {
    plan::fields()
        .iter()
        .filter(move |field| field.component() == component)
}
