//! The first message in a channel.

use super::case::{Case, button, said};
use super::{Audience, Turn};
use crate::render::{Block, Button, Document, Inline};

/// Three lines and three buttons, for everyone in the channel.
pub(super) fn turn(case: &Case<'_>) -> Turn {
    let lines = vec![
        vec![Inline::plain(
            "I say what in it does not add up, why, and what to change, each time with the source. \
             I never make a number up.",
        )],
        vec![
            Inline::plain("Tell me what you know, for example "),
            case.code("set price $49/mo"),
            Inline::plain(", then "),
            case.code("check"),
            Inline::plain(". I act on commands and buttons only."),
        ],
        vec![
            Inline::Person(case.inbound.by.clone()),
            Inline::plain(
                " added me here. Everyone in the channel can read the plan; every change can be undone.",
            ),
        ],
    ];
    let document = Document {
        headline: "Hello! I keep this channel's go-to-market plan.".to_owned(),
        blocks: vec![
            Block::Bullets(lines),
            Block::Actions(vec![
                Button {
                    primary: true,
                    ..button("First question", "start")
                },
                button("Check the plan", "check"),
                button("Help", "help"),
            ]),
        ],
    };
    said(Audience::Everyone, document)
}
