//! `import` and `template`: a plan that comes as text, taken over as one change.

use super::Turn;
use super::act::{self, said};
use super::case::{Case, button, private};
use super::prose::{counted, sentence};
use crate::plan::{self, Author, Door, FileError, FileFormat, templates};
use crate::render::{Block, Document, Inline};

/// How many faults of a text are told.
const MOST_PROBLEMS: usize = 5;

/// Takes over what the text says.
pub(super) fn turn(case: &Case<'_>, text: &str) -> Turn {
    let text = straight(text);
    let format = format_of(&text);
    let text = match format {
        FileFormat::Markdown => text,
        _ => text.trim().trim_matches('`').to_owned(),
    };
    match plan::read_file(&text, format, case.today()) {
        Ok(other) => taken_over(case, &other, "Imported."),
        Err(error) => private(unreadable(&error)),
    }
}

fn taken_over(case: &Case<'_>, other: &plan::Plan, opening: &str) -> Turn {
    let author = Author {
        door: Door::Import,
        ..case.author()
    };
    let made = plan::import(&case.plan, other, &author);
    act::turn(case, made, opening, "The plan says all of that already.")
}

/// What the text begins with says what it is.
fn format_of(text: &str) -> FileFormat {
    let text = text.trim_start();
    let bare = text.trim_start_matches('`').trim_start();
    if text.contains("```toml") {
        FileFormat::Markdown
    } else if bare.starts_with('{') {
        FileFormat::Json
    } else if bare.starts_with("kind,") || bare.starts_with("segment,") {
        FileFormat::Csv
    } else {
        FileFormat::Toml
    }
}

/// The text with the quotes that people's keyboards and chats bend made straight.
fn straight(text: &str) -> String {
    text.replace(['\u{201C}', '\u{201D}', '\u{201E}'], "\"")
}

fn unreadable(error: &FileError) -> Document {
    let lines = error.problems.iter().take(MOST_PROBLEMS);
    let lines = lines
        .map(|problem| vec![Inline::plain(problem.to_string())])
        .collect();
    let mut blocks = vec![Block::Bullets(lines)];
    if let Some(more) = error
        .problems
        .len()
        .checked_sub(MOST_PROBLEMS)
        .filter(|&n| n > 0)
    {
        blocks.push(Block::Note(sentence(&format!("And {more} more."))));
    }
    Document {
        headline: format!(
            "That can't be read in {}, so nothing was changed.",
            counted(error.problems.len(), "place")
        ),
        blocks,
    }
}

/// Fills an empty plan from a starter template.
pub(super) fn template(case: &Case<'_>, name: Option<&str>) -> Turn {
    let Some(name) = name else {
        return private(list(case));
    };
    let Some(template) = templates().iter().find(|template| template.name == name) else {
        return private(list(case));
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
        Err(error) => private(unreadable(&error)),
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
