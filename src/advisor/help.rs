//! `help`: how to begin, every command by its purpose, or how one works. Never a wall.

use super::case::{Case, button};
use crate::intent::{Entry, Help, ReplyKind, Topic, topics};
use crate::render::{Block, Button, Document, Inline};

/// The first steps, every command, or one.
pub(super) fn document(case: &Case<'_>, about: Help) -> Document {
    match about {
        Help::Begin => overview(case),
        Help::All => all(case),
        Help::One(entry) => command(case, entry),
    }
}

/// Every command, a line for each purpose.
fn all(case: &Case<'_>) -> Document {
    let line = |topic: &Topic| {
        let mut line = vec![Inline::strong(topic.title)];
        for (place, entry) in topic.commands().enumerate() {
            line.push(Inline::plain(if place == 0 { ": " } else { ", " }));
            line.push(Inline::code(entry.name));
        }
        line
    };
    Document {
        headline: "All commands, by what you want to do:".to_owned(),
        blocks: vec![
            Block::Bullets(topics().iter().map(line).collect()),
            Block::Note(vec![
                Inline::plain("How one works: "),
                case.code("help set"),
            ]),
        ],
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
    Document {
        headline: if is_new { "I keep this channel's go-to-market plan and say what does not add up. Three ways to begin:" } else { "I keep this channel's go-to-market plan. What you may want now:" }
        .to_owned(),
        blocks: vec![
            Block::Bullets(lines),
            Block::Note(vec![
                Inline::plain("How one works: "),
                case.code("help set"),
                Inline::plain(" · All commands: "),
                case.code("help all"),
            ]),
            Block::Actions(vec![
                Button {
                    primary: true,
                    ..if is_new { button("First question", "start") } else { button("Check the plan", "check") }
                },
                button("What can be set", "fields"),
                button("All commands", "help all"),
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
