//! A threshold for every plan of the workspace: shown first, and set by a press under what was shown.

use super::super::act::said;
use super::super::case::{Case, button, private};
use super::super::prose::sentence;
use super::super::{Audience, Turn, Workspace, WorkspaceThreshold, case, consequences};
use super::{setting, shown as spelled};
use crate::intent::{Agree, Intent, OwnThreshold, Reach};
use crate::render::{Block, Button, Document, Inline, Row};

/// Shows what the threshold would do; sets it where that was shown.
pub(super) fn turn(case: &Case<'_>, own: &OwnThreshold, shown: Option<&str>) -> Turn {
    let before = &case.situation.workspace;
    let after = after(case, own);
    if stands(before, own) == stands(&after, own) {
        let words = match own.set {
            Some(_) => "The workspace's threshold is that already.",
            None => "The workspace has set none there, so nothing was changed.",
        };
        return private(said(words, ""));
    }
    let state = before.state_of_thresholds();
    match shown {
        Some(shown) if shown == state => set(case, own, after),
        Some(_) => private(offer(
            case,
            own,
            &after,
            "Nothing was changed: the workspace's thresholds are others by now.",
        )),
        None => private(offer(case, own, &after, "Nothing is changed yet.")),
    }
}

fn after(case: &Case<'_>, own: &OwnThreshold) -> Workspace {
    let workspace = &case.situation.workspace;
    let Some((value, reason)) = &own.set else {
        return workspace.without(&own.rule, &own.param);
    };
    workspace.with(WorkspaceThreshold {
        setting: setting(own, value, reason),
        by: case.situation.actor.person.clone(),
        at: case.situation.now,
    })
}

/// What counts for whether anything changes: value and reason.
fn stands<'w>(workspace: &'w Workspace, own: &OwnThreshold) -> Option<(&'w str, &'w str)> {
    let found = workspace.threshold(&own.rule, &own.param)?;
    Some((&found.setting.value, &found.setting.reason))
}

/// `$25,000 a year`, or the rule's own number.
fn value_in(case: &Case<'_>, workspace: &Workspace, own: &OwnThreshold) -> String {
    if let Some(found) = workspace.threshold(&own.rule, &own.param) {
        return spelled(case, &found.setting);
    }
    let rule = case.situation.rules.get(&own.rule);
    let mut params = rule.iter().flat_map(|rule| rule.params());
    let default = params.find(|param| param.name == own.param);
    default.map_or_else(
        || "nothing, as the rule knows no such number".to_owned(),
        |param| format!("the rule's own {}", param.default),
    )
}

fn name(own: &OwnThreshold) -> String {
    format!("{}.{}", own.rule, own.param)
}

/// What would hold in every channel, what that does here, and what to press.
fn offer(case: &Case<'_>, own: &OwnThreshold, after: &Workspace, opening: &str) -> Document {
    let before = &case.situation.workspace;
    let row = |name: &str, value: String| Row {
        name: name.to_owned(),
        value: vec![Inline::plain(value)],
    };
    let mut rows = vec![
        row("So far", value_in(case, before, own)),
        row("It would be", value_in(case, after, own)),
    ];
    if let Some((_, reason)) = stands(after, own) {
        rows.push(row("Because", reason.to_owned()));
    }
    let mut blocks = vec![Block::Rows(rows)];
    blocks.extend(in_this_channel(case, own, after));
    blocks.push(Block::Note(sentence(
        "It holds in every channel of the workspace that has not set this number itself, from the next check on.",
    )));
    let sets = worded(own, &before.state_of_thresholds());
    blocks.push(Block::Actions(vec![Button {
        primary: true,
        ..button("Set it in every channel", sets)
    }]));
    Document {
        headline: format!("A threshold of the workspace, {}. {opening}", name(own)),
        blocks,
    }
}

fn worded(own: &OwnThreshold, state: &str) -> String {
    let sets = OwnThreshold {
        reach: Reach::Workspace(Some(state.to_owned())),
        ..own.clone()
    };
    Intent::Agree(Agree::Threshold(sets)).words()
}

/// What becomes of the check of this channel's plan.
fn in_this_channel(case: &Case<'_>, own: &OwnThreshold, after: &Workspace) -> Vec<Block> {
    let mut set_here = case.plan.thresholds();
    let here = set_here.find(|it| it.rule.as_str() == own.rule && it.param == own.param);
    if let Some(here) = here {
        return vec![Block::Paragraph(sentence(&format!(
            "This channel has set {} itself, and that goes on holding here.",
            spelled(case, here)
        )))];
    }
    if case.plan.answered() == 0 {
        return Vec::new();
    }
    let moved = consequences::under(case, &after.in_force());
    if moved.is_empty() {
        return vec![Block::Paragraph(sentence(
            "The check of this channel's plan would say the same.",
        ))];
    }
    let mut blocks = vec![Block::Paragraph(sentence("For this channel's plan:"))];
    blocks.extend(moved);
    blocks
}

/// Sets it, and says so to everybody here.
fn set(case: &Case<'_>, own: &OwnThreshold, after: Workspace) -> Turn {
    let before = &case.situation.workspace;
    let because = own
        .set
        .as_ref()
        .map_or_else(String::new, |(_, reason)| format!(", because {reason}"));
    let value = value_in(case, &after, own);
    let back = OwnThreshold {
        set: stands(before, own).map(|(value, reason)| (value.to_owned(), reason.to_owned())),
        ..own.clone()
    };
    let document = Document {
        headline: format!(
            "Threshold {} is {value} in every channel of the workspace{because}",
            name(own)
        ),
        blocks: vec![
            Block::Note(vec![
                Inline::plain("It was "),
                Inline::plain(value_in(case, before, own)),
                Inline::plain(" · by "),
                Inline::Person(case.situation.actor.person.clone()),
                Inline::plain(" · a channel's own goes before it"),
            ]),
            Block::Actions(vec![
                button("Undo", worded(&back, &after.state_of_thresholds())),
                button("Thresholds", "thresholds"),
                button("Check the plan", "check"),
            ]),
        ],
    };
    let mut document = document;
    document.headline = super::stopped(&document.headline);
    Turn {
        workspace: Some(after),
        ..case::said(Audience::Everyone, document)
    }
}
