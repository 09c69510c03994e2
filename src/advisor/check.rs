//! `check`: what does not add up.

use super::case::{Answer, Case, button, private};
use super::prose::{capitalised, cut};
use super::{Turn, explain, follow, own_rules};
use crate::intent::Intent;
use crate::lint::FixSet;
use crate::plan::{self, Kind};
use crate::render::{Block, Button, Document, Inline};
use crate::report::{Report, Snapshot, Surface};

/// How many fixes are offered as buttons.
const MOST_FIXES: usize = 2;

/// `check`: the report, which is kept so that the next one can tell what moved.
pub(super) fn turn(case: &Case<'_>, intent: &Intent) -> Turn {
    let (document, snapshot) = checked(case);
    Turn {
        snapshot,
        ..case.reading(intent, Ok(document))
    }
}

/// The check, and what is kept of it.
fn checked(case: &Case<'_>) -> (Document, Option<Snapshot>) {
    let mut report = case.report();
    let snapshot = case.snapshot(&report);
    let last = case.situation.snapshots.last();
    report.movement = last.map(|last| case.movement_since(last, &report));
    let mut document = document(case, &report);
    // The first check that is kept is the one time at which a digest is offered.
    let is_first = last.is_none() && snapshot.is_some();
    if is_first && case.situation.digest.is_none() {
        document.blocks.extend(offer());
    }
    (document, snapshot)
}

/// A digest, which nobody gets unless somebody wants it.
fn offer() -> [Block; 2] {
    let words = "Once a week I can post here what changed and what does not add up. I do not start by myself.";
    [
        Block::Note(vec![Inline::plain(words)]),
        Block::Actions(vec![button("Each Monday at nine", "digest on")]),
    ]
}

/// The report on the channel's plan, with the fixes of its weightiest finding to press.
pub(super) fn document(case: &Case<'_>, report: &Report) -> Document {
    let mut document = report.to_document(Surface::Conversation(case.situation.command));
    document.blocks.extend(own_rules::not_in_force(case));
    let open = report.open_findings();
    document.blocks.extend(follow::under_findings(case, &open));
    let sets = open
        .first()
        .and_then(|finding| finding.fix.as_ref())
        .map(|fix| &fix.set);
    let fixes: Vec<_> = sets
        .into_iter()
        .flatten()
        .filter_map(|set| fix(case, set))
        .collect();
    if !fixes.is_empty() {
        let fixes = fixes.into_iter().take(MOST_FIXES).collect();
        document.blocks.push(Block::Actions(fixes));
    }
    document
}

/// `check <rule>`: what one rule says of the plan, also where it passes or waits for an answer.
pub(super) fn one(case: &Case<'_>, name: &str) -> Answer {
    let rule = case.situation.rules.named(name);
    let rule = rule.ok_or_else(|| explain::unknown(case, name))?;
    let rule = rule.slug().as_str();
    let surface = Surface::Conversation(case.situation.command);
    let mut document = case.report().of_rule(rule, surface);
    let page = button("Its page", format!("explain {rule}"));
    document.blocks.push(Block::Actions(vec![page]));
    Ok(document)
}

/// A button that sets what a fix proposes. Only choices are offered: a number is the team's to give.
fn fix(case: &Case<'_>, set: &FixSet) -> Option<Button> {
    let field = plan::field(set.field)?;
    let value = field.parse(&set.value, &case.context()).ok()?;
    let is_choice = matches!(field.kind, Kind::Choice | Kind::Set | Kind::YesNo);
    let segment = case.for_segment(set.segment.as_ref());
    is_choice.then(|| {
        button(
            cut(
                &format!(
                    "{}{segment}: {}",
                    capitalised(&field.label()),
                    value.display(field)
                ),
                40,
            ),
            format!("set {} {}{segment}", field.name, set.value),
        )
    })
}

/// Called with no words at all: the check of the plan as it is known, and how to go on.
pub(super) fn called(case: &Case<'_>) -> Turn {
    let (mut document, snapshot) = checked(case);
    document.blocks.push(Block::Note(vec![
        Inline::plain(
            "I looked at the plan only, not at this conversation. I answer commands, for example ",
        ),
        Inline::code("set price $49/mo"),
        Inline::plain(" or "),
        Inline::code("help"),
        Inline::plain(" behind my name."),
    ]));
    Turn {
        snapshot,
        ..private(document)
    }
}
