//! What a step would do to the check of this channel's plan, and what to press.

use super::super::case::{Case, button};
use super::super::prose::{counted, sentence};
use super::super::{consequences, explain};
use super::Step;
use crate::intent::{Intent, OwnRules};
use crate::lint::{Rule, RuleSet};
use crate::render::{Block, Button, Document, Inline, Row};

/// In how many segments the outcome is told.
const MOST_SEGMENTS: usize = 3;

/// The card of a step.
pub(super) fn of(case: &Case<'_>, step: &Step, opening: &str) -> Document {
    let slug = &step.slug;
    let mut blocks = vec![Block::Rows(rows(case, step))];
    blocks.extend(here(case, step));
    blocks.push(Block::Note(sentence(
        "It holds for every plan of the workspace, from the next check on.",
    )));
    blocks.extend(awaited(&step.rules));
    let state = Some(case.situation.workspace.rules.state());
    let (label, press) = match &step.page {
        Some(page) => (
            "Use it in every channel",
            OwnRules::Use {
                id: page.id.clone(),
                at: state,
            },
        ),
        None => (
            "Take it out of force",
            OwnRules::Remove {
                rule: slug.clone(),
                at: state,
            },
        ),
    };
    blocks.push(Block::Actions(vec![Button {
        primary: true,
        ..button(label, Intent::OwnRules(press).words())
    }]));
    Document {
        headline: format!("A rule of the workspace's own, {slug}. {opening}"),
        blocks,
    }
}

fn rows(case: &Case<'_>, step: &Step) -> Vec<Row> {
    let row = |name: &str, value: Vec<Inline>| Row {
        name: name.to_owned(),
        value,
    };
    let before = case.situation.workspace.rules.of_rule(&step.slug);
    let before = match before {
        None => vec![Inline::plain("no such rule")],
        Some(page) => vec![
            Inline::plain(format!("{}, since ", page.title)),
            Inline::When(page.at),
            Inline::plain(" by "),
            Inline::Person(page.by.clone()),
        ],
    };
    let mut rows = vec![row("So far", before)];
    match (&step.page, step.rules.get(&step.slug)) {
        (Some(page), Some(rule)) => {
            let severity = rule.severity().as_str();
            let words = format!("{} ({severity}, in {})", page.title, rule.category());
            rows.push(row("It would be", vec![Inline::plain(words)]));
            rows.push(row("Its examples", vec![Inline::plain(examples(rule))]));
        }
        _ => rows.push(row("It would be", vec![Inline::plain("out of force")])),
    }
    rows
}

fn examples(rule: &Rule) -> String {
    match rule.examples().len() {
        1 => "1 example, which it keeps".to_owned(),
        n => format!("{}, all kept", counted(n, "example")),
    }
}

/// How many names that wait for their rule are told.
const MOST_AWAITED: usize = 5;

/// What the workspace's rules fold or soften and is not there: two pages that name each other come one
/// after the other, and one of them may go.
fn awaited(rules: &RuleSet) -> Option<Block> {
    let told = rules.awaited().take(MOST_AWAITED).map(|(rule, name)| {
        vec![
            Inline::code(rule.slug().as_str()),
            Inline::plain(" folds or softens "),
            Inline::code(name),
            Inline::plain(
                ", and no rule of the workspace is called so: it changes nothing until one is.",
            ),
        ]
    });
    let told: Vec<_> = told.collect();
    (!told.is_empty()).then_some(Block::Bullets(told))
}

/// What becomes of the check of this channel's plan, and what the rule itself says of it.
fn here(case: &Case<'_>, step: &Step) -> Vec<Block> {
    if case.plan.answered() == 0 {
        return vec![Block::Paragraph(sentence(
            "This channel has no plan yet that it could be tried on.",
        ))];
    }
    let results = case.results_by(&step.rules);
    let mut blocks = consequences::between(case, &results);
    let says = results.iter().filter(|it| it.rule.as_str() == step.slug);
    let says: Vec<_> = says
        .take(MOST_SEGMENTS)
        .map(|result| explain::outcome(case, result))
        .collect();
    if blocks.is_empty() && says.is_empty() {
        return vec![Block::Paragraph(sentence(
            "The check of this channel's plan would say the same.",
        ))];
    }
    let told = if blocks.is_empty() { says } else { Vec::new() };
    blocks.insert(0, Block::Paragraph(sentence("For this channel's plan:")));
    if !told.is_empty() {
        blocks.push(Block::Bullets(told));
    }
    blocks
}
