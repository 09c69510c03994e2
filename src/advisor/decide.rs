//! `decide`, `vote`, `decisions`: questions that the team settles together.

use std::collections::{BTreeMap, BTreeSet};

use super::Turn;
use super::act::{self, said};
use super::case::{Case, button, private};
use super::held::peopled;
use super::prose::{counted, cut, sentence};
use crate::plan::{self, Decided, Decision, Edit, Item};
use crate::render::{Block, Document, Inline};
use crate::text;

/// The most options of one question.
const MOST_OPTIONS: usize = 8;

/// The longest question, and the longest option.
const LONGEST: usize = 300;

/// How many decisions are listed.
const MOST_LISTED: usize = 15;

/// Puts a question to the team, or settles one.
pub(super) fn turn(case: &Case<'_>, words: &str) -> Turn {
    let (first, rest) = words.split_once(char::is_whitespace).unwrap_or((words, ""));
    match known(case, first) {
        Some(decision) => settle(case, decision, rest.trim()),
        None if is_id(first) => private(no_decision(case, first)),
        None => open(case, words),
    }
}

fn known<'c>(case: &'c Case<'_>, id: &str) -> Option<&'c Decision> {
    let id = text::fold(id);
    let mut decisions = case.plan.decisions();
    // `1` is `d1`: nothing else has numbers there.
    let is_meant = |it: &&Decision| it.id == id || it.id.strip_prefix('d') == Some(&id);
    decisions.find(is_meant)
}

/// Whether the word is the id of a decision, whether there is one or not.
fn is_id(word: &str) -> bool {
    let number = word.strip_prefix(['d', 'D']);
    number.is_some_and(|it| !it.is_empty() && it.chars().all(|c| c.is_ascii_digit()))
}

fn no_decision(case: &Case<'_>, id: &str) -> Document {
    let listed = case.typed("decisions");
    let headline = format!(
        "There is no decision {}.",
        text::quote(id).replace('`', "\"")
    );
    said(&headline, &format!("Those there are: `{listed}`"))
}

/// A decision that was made stands until somebody takes it back.
fn is_decided(case: &Case<'_>, decision: &Decision, end: &Decided) -> Document {
    let makes = |edit: &Edit| match edit {
        Edit::Item {
            new: Some(item), ..
        } => matches!(&**item, Item::Decision(it) if it.id == decision.id && it.decided.is_some()),
        _ => false,
    };
    let mut tail = case.tail().iter().rev();
    let made_by = tail.find(|change| change.edit.parts().iter().any(makes));
    let takes_back = match made_by {
        Some(change) => format!("undo {}", change.version),
        None => "history 50".to_owned(),
    };
    said(
        &format!("{} is decided: {}.", decision.id, end.option),
        &format!("To open it again: `{}`", case.typed(&takes_back)),
    )
}

/// `Which price? $49 | $99`.
fn open(case: &Case<'_>, words: &str) -> Turn {
    let (question, options) = match words.split_once('?') {
        Some((question, options)) => (format!("{}?", question.trim()), options),
        None => match words.split_once(':') {
            Some((question, options)) => (question.trim().to_owned(), options),
            None => (words.trim().to_owned(), ""),
        },
    };
    let mut seen = BTreeSet::new();
    let mut options: Vec<String> = options
        .split('|')
        .map(|option| cut(option.trim().trim_end_matches('.'), LONGEST))
        .filter(|option| !option.is_empty() && seen.insert(text::fold(option)))
        .collect();
    if options.is_empty() {
        options = ["yes", "no"].map(str::to_owned).to_vec();
    }
    if options.len() < 2 || options.len() > MOST_OPTIONS {
        let typed = case.typed("decide Which entry price? $49/mo | $99/mo");
        let headline =
            format!("A question has 2 to {MOST_OPTIONS} options, with a bar between them.");
        return private(said(&headline, &format!("For example `{typed}`")));
    }
    let taken = case
        .plan
        .decisions()
        .filter_map(|it| it.id.strip_prefix('d')?.parse::<u64>().ok());
    let decision = Decision {
        id: format!("d{}", taken.max().unwrap_or(0) + 1),
        question: cut(&question, LONGEST),
        options,
        votes: BTreeMap::new(),
        asked: Some(case.today()),
        decided: None,
    };
    let votes: Vec<_> = decision
        .options
        .iter()
        .take(3)
        .map(|option| button(cut(option, 28), format!("vote {} {option}", decision.id)))
        .collect();
    let settles = case.typed(&format!("decide {}", decision.id));
    let made = plan::put_item(&case.plan, Item::Decision(decision), &case.author());
    let mut turn = act::turn(case, made, "", "That is up for decision already.");
    if turn.changes.is_empty() {
        return turn;
    }
    // Right below the question: further down stands what is to be answered next.
    let how = format!("One vote each, and it may be changed; `{settles}` settles it.");
    let votes = [Block::Actions(votes), Block::Note(sentence(&how))];
    turn.reply.document.blocks.splice(0..0, votes);
    turn
}

/// The option that was meant: by its words, or by the beginning of only one.
fn option(decision: &Decision, words: &str) -> Result<String, Document> {
    let wanted = text::fold(words);
    let exact = decision
        .options
        .iter()
        .find(|option| text::fold(option) == wanted);
    let mut alike = decision
        .options
        .iter()
        .filter(|option| text::fold(option).starts_with(&wanted));
    let found = exact.or_else(|| match (alike.next(), alike.next()) {
        (Some(only), None) if !wanted.is_empty() => Some(only),
        _ => None,
    });
    found.cloned().ok_or_else(|| {
        let options: Vec<_> = decision
            .options
            .iter()
            .map(|it| format!("`{it}`"))
            .collect();
        let headline = format!(
            "{} is none of the options of {}.",
            text::quote(words),
            decision.id
        );
        said(
            &headline.replace('`', "\""),
            &format!("They are {}.", options.join(", ")),
        )
    })
}

fn settle(case: &Case<'_>, decision: &Decision, words: &str) -> Turn {
    if let Some(end) = &decision.decided {
        return private(is_decided(case, decision, end));
    }
    let ahead = || {
        let mut count = decision.count();
        count.sort_by_key(|(_, votes)| std::cmp::Reverse(*votes));
        match count.as_slice() {
            [(first, votes), (_, next), ..] if votes > next => Some((*first).to_owned()),
            _ => None,
        }
    };
    let chosen = match words {
        "" => ahead().ok_or_else(|| {
            let typed = case.typed(&format!("decide {} {}", decision.id, decision.options[0]));
            said(
                &format!(
                    "No option of {} is ahead, so it is yours to say.",
                    decision.id
                ),
                &format!("For example `{typed}`"),
            )
        }),
        words => option(decision, words),
    };
    let option = match chosen {
        Ok(option) => option,
        Err(refusal) => return private(refusal),
    };
    let mut decided = decision.clone();
    decided.decided = Some(Decided {
        option,
        by: Some(format!("@{}", case.situation.actor.person)),
        on: Some(case.today()),
    });
    let made = plan::put_item(&case.plan, Item::Decision(decided), &case.author());
    act::turn(case, made, "", "That is decided already.")
}

/// Casts a vote; a later one of the same person takes its place.
pub(super) fn vote(case: &Case<'_>, id: &str, words: &str) -> Turn {
    let Some(decision) = known(case, id) else {
        return private(no_decision(case, id));
    };
    if let Some(end) = &decision.decided {
        return private(is_decided(case, decision, end));
    }
    let option = match option(decision, words) {
        Ok(option) => option,
        Err(refusal) => return private(refusal),
    };
    let mut voted = decision.clone();
    voted
        .votes
        .insert(format!("@{}", case.situation.actor.person), option);
    let made = plan::put_item(&case.plan, Item::Decision(voted), &case.author());
    act::turn(case, made, "", "That is your vote already.")
}

/// All decisions, the newest first.
pub(super) fn list(case: &Case<'_>) -> Document {
    let decisions: Vec<_> = case.plan.decisions().collect();
    if decisions.is_empty() {
        let typed = case.typed("decide Which entry price? $49/mo | $99/mo");
        return said(
            "Nothing is up for decision.",
            &format!("To put a question to the team: `{typed}`"),
        );
    }
    let lines = decisions
        .iter()
        .rev()
        .take(MOST_LISTED)
        .map(|it| line(it))
        .collect();
    Document {
        headline: format!(
            "{}, the newest first:",
            counted(decisions.len(), "decision")
        ),
        blocks: vec![Block::Bullets(lines)],
    }
}

fn line(decision: &Decision) -> Vec<Inline> {
    let mut words = vec![
        Inline::strong(format!("{} ", decision.id)),
        Inline::plain(&decision.question),
    ];
    let state = if let Some(end) = &decision.decided {
        let by = end.by.as_ref();
        let by = by.map_or_else(String::new, |by| format!(" by {by}"));
        let on = end.on.map_or_else(String::new, |on| format!(" on {on}"));
        format!(" · decided: {}{by}{on}", end.option)
    } else {
        let count: Vec<_> = decision
            .count()
            .iter()
            .map(|(option, votes)| format!("{option} {votes}"))
            .collect();
        format!(" · open: {}", count.join(", "))
    };
    words.extend(peopled(&state));
    words
}
