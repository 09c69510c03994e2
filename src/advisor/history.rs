//! `history`: who changed what, newest first.

use super::case::{Case, button};
use super::prose::{counted, sentence};
use super::{change, follow, held, proposal};
use crate::plan::{Change, Door};
use crate::render::{Block, Document, Inline};

/// How many changes are shown where nobody said how many.
const USUAL: usize = 10;

/// How many changes are shown at most.
const MOST: usize = 20;

/// The newest changes.
pub(super) fn document(case: &Case<'_>, n: Option<usize>) -> Document {
    let all = usize::try_from(case.plan.version().0).unwrap_or(usize::MAX);
    if all == 0 {
        return nothing(case);
    }
    let shown: Vec<_> = case
        .tail()
        .iter()
        .rev()
        .take(n.unwrap_or(USUAL).min(MOST))
        .collect();
    let lines = shown.iter().map(|change| line(case, change)).collect();
    let mut blocks = vec![Block::Bullets(lines)];
    if let Some(older) = all.checked_sub(shown.len()).filter(|&older| older > 0) {
        blocks.push(Block::Note(sentence(&if shown.len() < MOST {
            format!(
                "{} more: `{}`",
                older,
                case.typed(&format!("history {}", (older + shown.len()).min(MOST)))
            )
        } else {
            format!(
                "{} not shown; I show the newest {MOST} at most.",
                counted(older, "older change")
            )
        })));
    }
    blocks.push(Block::Actions(vec![button("Undo the newest", "undo")]));
    Document {
        headline: match shown.len() {
            n if n == all => format!("{} so far, newest first:", counted(all, "change")),
            n => format!("The newest {n} of {}:", counted(all, "change")),
        },
        blocks,
    }
}

fn line(case: &Case<'_>, change: &Change) -> Vec<Inline> {
    let mut words = vec![Inline::strong(format!("v{} ", change.version))];
    words.extend(held::peopled(&change::line(case, change)));
    words.push(Inline::plain(" · "));
    words.push(Inline::Person(change.by.clone()));
    words.push(Inline::plain(format!(" · {} · ", door(change))));
    if let Some(link) = read_from(change) {
        words.push(link);
        words.push(Inline::plain(" · "));
    }
    words.push(Inline::When(change.at));
    words.extend(follow::behind_change(case, change));
    words
}

/// The message whose words were confirmed, or in which the command stood.
fn read_from(change: &Change) -> Option<Inline> {
    let is_said = matches!(change.door, Door::Proposal | Door::Command);
    is_said
        .then(|| proposal::message(&change.link, None))
        .flatten()
}

fn door(change: &Change) -> String {
    match (change.door, change.undoes) {
        (_, Some(version)) => format!("undo of {}", version.0),
        (Door::Command, None) => "command".to_owned(),
        (Door::Button, None) => "button".to_owned(),
        (Door::Modal, None) => "form".to_owned(),
        (Door::Proposal, None) => "confirmed proposal".to_owned(),
        (Door::Import, None) => "import".to_owned(),
        (Door::Undo, None) => "undo".to_owned(),
    }
}

fn nothing(case: &Case<'_>) -> Document {
    Document {
        headline: "Nothing has changed yet: the plan is empty.".to_owned(),
        blocks: vec![Block::Paragraph(vec![
            Inline::plain("To begin: "),
            case.code("set price $49/mo"),
        ])],
    }
}
