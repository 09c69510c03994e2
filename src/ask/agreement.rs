//! "Do the sources agree?": what a section says of that, or what its own list of sources tells.

use std::collections::BTreeSet;

use super::compose::{sentence, sentences};
use super::held::{DISPUTED, is_asked};
use super::lead::without;
use crate::knowledge::{EntryKind, Hit};
use crate::sources::source;
use crate::text::{fold, words};

/// What the sources say to each other.
pub(super) struct Agreement {
    /// In a sentence or two.
    pub(super) words: String,
    /// Where the section that says it stands among those that were found.
    pub(super) place: usize,
    /// What that section says beside it.
    pub(super) rest: Option<String>,
}

/// Whether the sources agree; nothing where the question does not ask that.
pub(super) fn told(question: &str, hits: &[Hit<'static>]) -> Option<Agreement> {
    let best = hits.first().filter(|_| asks(question))?;
    let is_dispute = |hit: &Hit<'static>| {
        hit.entry.kind == EntryKind::Disagreement && hit.score >= DISPUTED * best.score
    };
    let is_first = |hit: &Hit<'static>| hits.iter().all(|other| other.score <= hit.score);
    let disputed = hits
        .iter()
        .position(|hit| is_dispute(hit) && (is_asked(hit) || is_first(hit)));
    if let Some(place) = disputed {
        let first = sentence(&hits[place].section.body);
        // Who asks which of them agree is told that by the section, and no "no" before it.
        let no = if is_open(question) {
            ""
        } else {
            "No, they differ. "
        };
        return Some(Agreement {
            words: format!("{no}{first}"),
            place,
            rest: None,
        });
    }
    let body = &best.section.body;
    if let Some(said) = on_agreement(body) {
        return Some(Agreement {
            words: said.to_owned(),
            place: 0,
            rest: Some(without(body, said)),
        });
    }
    let first = sentence(body);
    Some(Agreement {
        words: format!("{} {first}", by_their_number(best)),
        place: 0,
        rest: None,
    })
}

fn is_open(question: &str) -> bool {
    let folded = fold(question);
    let first = words(&folded).first().copied();
    first.is_some_and(|first| matches!(first, "which" | "what" | "who" | "where" | "how"))
}

/// Whether a question asks if sources agree.
fn asks(question: &str) -> bool {
    const AGREE: [&str; 9] = [
        "agree",
        "agrees",
        "disagree",
        "disagreement",
        "differ",
        "contradict",
        "conflict",
        "consensus",
        "argue",
    ];
    const WHO: [&str; 6] = [
        "source",
        "sources",
        "experts",
        "authors",
        "everyone",
        "documents",
    ];
    let folded = fold(question);
    let asked = words(&folded);
    let says = |some: &[&str]| asked.iter().any(|word| some.contains(word));
    says(&AGREE) && says(&WHO)
}

/// The sentence of a section that speaks of what its sources say to each other.
fn on_agreement(body: &str) -> Option<&str> {
    const SIGNS: [&str; 8] = [
        "single source",
        "sources name",
        "sources differ",
        "disagree",
        "don't agree",
        "sources say it in one",
        "no source gives",
        "another source",
    ];
    sentences(body).find(|said| SIGNS.iter().any(|sign| fold(said).contains(sign)))
}

/// What the list of a section's sources tells, where its words tell nothing.
fn by_their_number(hit: &Hit<'static>) -> String {
    let named: BTreeSet<&str> = hit
        .section
        .sources
        .iter()
        .map(|it| it.id.as_str())
        .collect();
    let mut named = named.into_iter();
    match (named.next(), named.count()) {
        (Some(only), 0) => format!(
            "Only one of my sources speaks of that, {}, so there is nothing to agree on.",
            source(only).map_or(only, |source| &source.title)
        ),
        (_, others) => format!(
            "I hold no disagreement on that; {} of my sources stand behind it.",
            others + 1
        ),
    }
}
