//! `help`: how to begin, or how one command works. Never a wall.

use super::case::{Case, button};
use super::prose::sentence;
use crate::intent::{Entry, ReplyKind, table};
use crate::render::{Block, Button, Document, Inline};

/// The first steps, or one command.
pub(super) fn document(case: &Case<'_>, topic: Option<&'static Entry>) -> Document {
    match topic {
        Some(entry) => command(case, entry),
        None => overview(case),
    }
}

fn overview(case: &Case<'_>) -> Document {
    let is_new = case.plan.answered() == 0;
    let steps = if is_new {
        [
            ("set price $49/mo", "say one thing that you know"),
            ("start", "let me ask, one question at a time"),
            ("check", "see what does not add up"),
        ]
    } else {
        [
            ("check", "what does not add up, why, and what to change"),
            ("next", "the questions whose answers would decide most"),
            ("plan", "what is answered so far"),
        ]
    };
    let lines = steps
        .iter()
        .map(|(words, why)| vec![case.code(words), Inline::plain(format!(": {why}"))])
        .collect();
    let names: Vec<_> = table()
        .iter()
        .map(|entry| format!("`{}`", entry.name))
        .collect();
    let more = format!(
        "All commands: {}. How one works: `{}`",
        names.join(" "),
        case.typed("help set")
    );
    Document {
        headline: if is_new { "I keep this channel's go-to-market plan and say what does not add up. Three ways to begin:" } else { "I keep this channel's go-to-market plan. What you may want now:" }
        .to_owned(),
        blocks: vec![
            Block::Bullets(lines),
            Block::Note(sentence(&more)),
            Block::Actions(vec![
                Button {
                    primary: true,
                    ..if is_new { button("First question", "start") } else { button("Check the plan", "check") }
                },
                button("What can be set", "fields"),
            ]),
        ],
    }
}

fn command(case: &Case<'_>, entry: &Entry) -> Document {
    let mut blocks = vec![Block::Verbatim(case.typed(entry.usage))];
    let mut examples = if entry.example == entry.usage {
        Vec::new()
    } else {
        vec![vec![case.code(entry.example)]]
    };
    examples.extend(
        entry
            .more
            .iter()
            .map(|(words, why)| vec![case.code(words), Inline::plain(format!(": {why}"))]),
    );
    if !examples.is_empty() {
        blocks.push(Block::Bullets(examples));
    }
    let seen = match entry.reply {
        ReplyKind::Reading => {
            "Only you see the answer, with a button that shows it to the channel."
        }
        ReplyKind::Change => {
            "Everyone in the channel sees the change, with a button that undoes it."
        }
        ReplyKind::Private => "Only you see the answer.",
    };
    let also = match entry.aliases {
        [] => String::new(),
        aliases => format!(" Also: {}.", aliases.join(", ")),
    };
    blocks.push(Block::Note(vec![Inline::plain(format!(
        "{seen}{also} Where you mention me, I answer in the thread."
    ))]));
    Document {
        headline: format!("{}: {}.", entry.name, entry.help),
        blocks,
    }
}
