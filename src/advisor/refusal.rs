//! What is said when a request cannot be read or is not allowed.

use super::Said;
use super::case::{Case, button};
use super::permission::Refusal;
use super::prose::{counted, cut, sentence, stopped, unmarked};
use crate::intent::{Agree, Intent, OwnThreshold, ParseError, Reach};
use crate::plan::Segment;
use crate::render::{Block, Document, Inline};

/// More words than this are a sentence, not a slip in a command.
const COMMAND_WORDS: usize = 3;

/// Words that are no command of ours.
pub(super) fn misread(case: &Case<'_>, error: &ParseError) -> Document {
    if is_talk(case, error) {
        return not_a_command(case);
    }
    let mut blocks = vec![Block::Verbatim(error.excerpt())];
    let buttons: Vec<_> = error
        .suggestions
        .iter()
        .map(|words| button(cut(words, 28), words))
        .collect();
    if !error.suggestions.is_empty() {
        blocks.push(Block::Paragraph(meant(case, &error.suggestions)));
    }
    let command = |words: &str| words.split(' ').next().map(str::to_owned);
    if !error
        .suggestions
        .iter()
        .any(|words| command(words) == command(&error.example))
    {
        blocks.push(Block::Paragraph(vec![
            Inline::plain("This works: "),
            case.code(&error.example),
        ]));
    }
    if buttons.is_empty() {
        blocks.push(Block::Actions(vec![button("Help", "help")]));
    } else {
        blocks.push(Block::Actions(buttons));
    }
    Document {
        headline: unmarked(&stopped(&error.problem)),
        blocks,
    }
}

fn meant(case: &Case<'_>, suggestions: &[String]) -> Vec<Inline> {
    let mut words = vec![Inline::plain("Did you mean ")];
    for (n, suggestion) in suggestions.iter().enumerate() {
        if n > 0 {
            words.push(Inline::plain(" or "));
        }
        words.push(case.code(&cut(suggestion, 80)));
    }
    words.push(Inline::plain("?"));
    words
}

/// Whether somebody talks to the bot as to a person.
fn is_talk(case: &Case<'_>, error: &ParseError) -> bool {
    let in_conversation = matches!(
        case.inbound.said,
        Said::Mention { .. } | Said::Direct { .. }
    );
    let is_greeted = matches!(&*error.understood, "" | "help");
    let has_hint = error
        .suggestions
        .iter()
        .any(|words| words.starts_with("set "))
        || (!in_conversation && !error.suggestions.is_empty());
    is_greeted && !has_hint && error.input.split_whitespace().count() > COMMAND_WORDS
}

/// Whether the words were meant as a command: one was begun, or is a slip away.
pub(super) fn is_command(error: &ParseError) -> bool {
    let is_short = error.input.split_whitespace().count() <= COMMAND_WORDS;
    let begins = !matches!(&*error.understood, "" | "help");
    is_short && (begins || !error.suggestions.is_empty())
        || error.understood.starts_with("set")
        || error.understood.starts_with("amend")
}

fn not_a_command(case: &Case<'_>) -> Document {
    Document {
        headline: "I found nothing in this that belongs to the plan, so it is as it was."
            .to_owned(),
        blocks: vec![
            Block::Paragraph(vec![
                Inline::plain("For example "),
                Inline::code("set price $49/mo"),
                Inline::plain(" or "),
                Inline::code("check"),
                Inline::plain(", behind my name or behind "),
                Inline::code(case.situation.command),
                Inline::plain("."),
            ]),
            Block::Actions(vec![
                button("Check the plan", "check"),
                button("Help", "help"),
            ]),
        ],
    }
}

/// Something that this person may not do.
/// What is for whoever asks alone, asked where everybody reads the answer.
pub(super) fn in_the_open(case: &Case<'_>, intent: &Intent) -> Document {
    Document {
        headline: "That answer is for you alone, and here everybody would read it.".to_owned(),
        blocks: vec![Block::Paragraph(vec![
            Inline::plain("This works: "),
            case.code(&intent.words()),
            Inline::plain(", or the same in a direct message to me."),
        ])],
    }
}

pub(super) fn not_allowed(case: &Case<'_>, reason: Refusal, intent: &Intent) -> Document {
    let who = match reason {
        Refusal::NotAdmin => return not_an_admin(case, intent),
        Refusal::Guest => "a guest of this workspace",
        Refusal::External => "a member of another organisation",
    };
    Document {
        headline: format!(
            "The plan is as it was: as {who} you can read and propose, not change it."
        ),
        blocks: vec![Block::Paragraph(vec![
            Inline::plain("Ask a member of this workspace to make the change. To read, try "),
            case.code("check"),
            Inline::plain(" or "),
            case.code("plan"),
            Inline::plain("."),
        ])],
    }
}

fn not_an_admin(case: &Case<'_>, intent: &Intent) -> Document {
    if let Intent::Agree(Agree::Threshold(own)) = intent {
        let here = OwnThreshold {
            reach: Reach::Channel,
            ..own.clone()
        };
        return Document {
            headline: "Nothing was changed: only an admin of the workspace sets what holds in every channel."
                .to_owned(),
            blocks: vec![Block::Paragraph(vec![
                Inline::plain("For this channel alone: "),
                case.code(&Intent::Agree(Agree::Threshold(here)).words()),
                Inline::plain(". What holds today: "),
                case.code("thresholds"),
                Inline::plain("."),
            ])],
        };
    }
    if let Intent::OwnRules(_) = intent {
        return Document {
            headline: "Nothing was changed: only an admin of the workspace adds rules of its own or takes them out."
                .to_owned(),
            blocks: vec![Block::Paragraph(vec![
                Inline::plain("Send an admin the page. What there is today: "),
                case.code("rules list"),
                Inline::plain("."),
            ])],
        };
    }
    Document {
        headline: "Nothing was changed: only an admin of the workspace changes its settings."
            .to_owned(),
        blocks: vec![Block::Paragraph(vec![
            Inline::plain("To see how they stand, try "),
            case.code("settings"),
            Inline::plain("."),
        ])],
    }
}

/// A segment that the plan does not have.
pub(super) fn no_segment(case: &Case<'_>, name: &str) -> Document {
    let segments = case.plan.segments();
    let names: Vec<_> = segments.iter().take(10).map(Segment::as_str).collect();
    let more = match segments.len() - names.len() {
        0 => String::new(),
        n => format!(" and {n} more"),
    };
    let add = format!("segment add {name}");
    Document {
        headline: format!("The plan has no segment \"{name}\" yet."),
        blocks: vec![
            Block::Paragraph(sentence(&format!(
                "It has {}: {}{more}. To add one: `{}`.",
                counted(segments.len(), "segment"),
                names.join(", "),
                case.typed(&add)
            ))),
            Block::Actions(vec![button(cut(&format!("Add {name}"), 28), add)]),
        ],
    }
}
