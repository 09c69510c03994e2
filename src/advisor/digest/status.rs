//! `digest status`: whether it is posted, when it was and will be, and why one was skipped.

use super::super::case::{Case, button};
use super::super::prose::{capitalised, sentence};
use crate::digest::{Last, Outcome, Quiet, Standing};
use crate::render::{Block, Button, Document, Inline, Row};

/// How the channel's digest stands.
pub(in super::super) fn document(case: &Case<'_>) -> Document {
    match &case.situation.digest {
        Some(standing) => stands(case, standing),
        None => never_set(case),
    }
}

fn never_set(case: &Case<'_>) -> Document {
    Document {
        headline: "No digest is posted here; nobody has switched it on.".to_owned(),
        blocks: vec![
            Block::Paragraph(vec![
                Inline::plain("To get one each Monday at nine: "),
                case.code("digest on"),
                Inline::plain(", or say when: "),
                case.code("digest fridays 4pm Berlin"),
            ]),
            Block::Actions(vec![
                button("Switch it on", "digest on"),
                button("Preview", "digest preview"),
            ]),
        ],
    }
}

fn stands(case: &Case<'_>, standing: &Standing) -> Document {
    let headline = if standing.is_on {
        format!("The digest is posted {}.", standing.schedule)
    } else {
        format!("The digest is off; it was posted {}.", standing.schedule)
    };
    let mut rows = Vec::new();
    rows.extend(
        standing
            .next
            .map(|next| row("Next", vec![Inline::When(next)])),
    );
    rows.push(row("Last", last(standing.last)));
    let quiet = match standing.quiet {
        Quiet::Change => "posted on change, with a sign of life in every fourth quiet week",
        Quiet::Always => "posted always",
    };
    rows.push(row("When nothing changed", vec![Inline::plain(quiet)]));
    rows.push(row(
        "Set by",
        vec![
            Inline::Person(standing.set_by.clone()),
            Inline::plain(", "),
            Inline::When(standing.set_at),
        ],
    ));
    let how = format!(
        "Change it with `{}`, `{}` or `{}`.",
        case.typed("digest fridays 4pm Berlin"),
        case.typed("digest quiet always"),
        case.typed("digest off")
    );
    Document {
        headline,
        blocks: vec![
            Block::Rows(rows),
            Block::Note(sentence(&how)),
            Block::Actions(buttons(standing)),
        ],
    }
}

fn buttons(standing: &Standing) -> Vec<Button> {
    let switch = if standing.is_on {
        button("Switch it off", "digest off")
    } else {
        button("Switch it on", "digest on")
    };
    vec![button("Preview", "digest preview"), switch]
}

fn last(last: Option<Last>) -> Vec<Inline> {
    let Some(Last { period, outcome }) = last else {
        return vec![Inline::plain("none yet")];
    };
    let what = match outcome {
        Outcome::Posted => "posted",
        Outcome::Quiet => "not posted: nothing had changed",
        Outcome::Missed => "not posted: I was away for more than 12 hours",
        Outcome::Muted => "not posted: I was muted here",
        Outcome::NoPlan => "not posted: there was no plan yet",
    };
    vec![
        Inline::When(period),
        Inline::plain(", "),
        Inline::plain(what),
    ]
}

fn row(name: &str, value: Vec<Inline>) -> Row {
    Row {
        name: capitalised(name),
        value,
    }
}
