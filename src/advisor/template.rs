//! `template`: a plan to begin with, filled in as one change.

use super::Turn;
use super::act::said;
use super::case::{Case, button, private};
use super::import::taken_over;
use super::prose::counted;
use crate::plan::{self, FileFormat, templates};
use crate::render::{Block, Document, Inline};
use crate::text;

/// Fills an empty plan from a starter template.
pub(super) fn turn(case: &Case<'_>, name: Option<&str>) -> Turn {
    let Some(name) = name else {
        return private(list(case));
    };
    let Some(template) = templates().iter().find(|template| template.name == name) else {
        let mut document = list(case);
        let asked = text::quote(name).replace('`', "\"");
        document.headline = format!("There is no template {asked}. These begin an empty plan:");
        return private(document);
    };
    if case.plan.answered() > 0 {
        let answers = counted(case.plan.answered(), "answer");
        return private(said(
            "A template fills an empty plan, and this one is not.",
            &format!(
                "It has {answers}. Keep them, and look at what the template says with `gtm-advisor template {name}`."
            ),
        ));
    }
    match plan::read_file(template.text, FileFormat::Toml, case.today()) {
        Ok(other) => taken_over(
            case,
            &other,
            &format!(
                "Began with the template {}; put your own values in its place.",
                template.name
            ),
        ),
        Err(error) => private(said("That template cannot be read.", &error.to_string())),
    }
}

fn list(case: &Case<'_>) -> Document {
    let lines = templates().iter().map(|template| {
        vec![
            Inline::code(format!("template {}", template.name)),
            Inline::plain(format!(": {}", template.title())),
        ]
    });
    let buttons = templates().iter().take(3);
    let buttons = buttons.map(|it| button(it.name, format!("template {}", it.name)));
    Document {
        headline: "Templates to begin an empty plan with:".to_owned(),
        blocks: vec![
            Block::Bullets(lines.collect()),
            Block::Note(vec![
                Inline::plain("One is filled in as a single change, which "),
                case.code("undo"),
                Inline::plain(" takes back."),
            ]),
            Block::Actions(buttons.collect()),
        ],
    }
}
