//! `thresholds`: which numbers are not the rules' own, whose they are, and why.

use super::super::case::{Case, button};
use super::super::explain;
use super::super::held;
use super::super::prose::{counted, cut, sentence};
use super::shown;
use crate::lint::SetFor;
use crate::plan::ThresholdSetting;
use crate::render::{Block, Document, Inline};

/// How many thresholds of each kind are listed.
const MOST: usize = 20;

/// How much of a reason stands in a line.
const LINE: usize = 160;

/// The thresholds of this channel and of the workspace.
pub(in crate::advisor) fn list(case: &Case<'_>) -> Document {
    let here: Vec<_> = case.plan.thresholds().collect();
    let workspace = &case.situation.workspace.thresholds;
    let all: Vec<_> = workspace.iter().map(|it| &it.setting).collect();
    if here.is_empty() && all.is_empty() {
        return none(case);
    }
    let mut blocks = section(case, "Of this channel", &here, SetFor::Plan);
    blocks.extend(section(
        case,
        "Of the workspace, in every channel",
        &all,
        SetFor::Workspace,
    ));
    let first = here.first().or(all.first()).expect("there is one");
    blocks.push(Block::Note(sentence(&format!(
        "A channel's own goes before the workspace's, and that before the rule's. To end one: `{}`",
        case.typed(&format!(
            "threshold {}{}.{} default",
            if here.is_empty() { "workspace " } else { "" },
            first.rule,
            first.param
        ))
    ))));
    blocks.push(Block::Actions(vec![button("Check the plan", "check")]));
    Document {
        headline: headline(here.len(), all.len()),
        blocks,
    }
}

fn headline(here: usize, of_workspace: usize) -> String {
    let n = counted(here + of_workspace, "number");
    match (here, of_workspace) {
        (_, 0) => format!("{n} of this channel's, in place of the rules' own."),
        (0, _) => format!("{n} of the workspace's, in place of the rules' own."),
        _ => format!(
            "{n} in place of the rules' own: {here} of this channel, {of_workspace} of the workspace."
        ),
    }
}

fn none(case: &Case<'_>) -> Document {
    let rules = case.situation.rules.rules().iter();
    let example = rules
        .filter(|rule| !rule.params().is_empty())
        .min_by_key(|rule| {
            // One that people meet early.
            (rule.slug().as_str() != "field-acv-low", rule.slug().clone())
        });
    let example = example.map_or_else(String::new, |rule| {
        let (slug, first) = (rule.slug(), &rule.params()[0]);
        let words = format!(
            "threshold {slug}.{} {} because of our own deals",
            first.name, first.default
        );
        format!(" To set one: `{}`", case.typed(&words))
    });
    Document {
        headline: "No threshold of your own: every rule judges by its own numbers.".to_owned(),
        blocks: vec![Block::Paragraph(sentence(&format!(
            "`{}` shows a rule's numbers and why they are what they are.{example}",
            case.typed("explain field-acv-low")
        )))],
    }
}

fn section(
    case: &Case<'_>,
    heading: &str,
    thresholds: &[&ThresholdSetting],
    set_for: SetFor,
) -> Vec<Block> {
    if thresholds.is_empty() {
        return Vec::new();
    }
    let first = thresholds.iter().take(MOST);
    let mut blocks = vec![
        Block::Heading(heading.to_owned()),
        Block::Bullets(first.map(|own| line(case, own, set_for)).collect()),
    ];
    if let Some(more) = thresholds.len().checked_sub(MOST).filter(|&n| n > 0) {
        blocks.push(Block::Note(sentence(&format!("And {more} more."))));
    }
    blocks
}

fn line(case: &Case<'_>, own: &ThresholdSetting, set_for: SetFor) -> Vec<Inline> {
    let mut words = vec![Inline::code(format!("{}.{}", own.rule, own.param))];
    let rules = case.situation.rules;
    let rule = rules.get(own.rule.as_str());
    let param = rule.and_then(|rule| rule.params().iter().find(|it| it.name == own.param));
    let in_place_of = match (rule, param) {
        (None, _) => " (not used: there is no such rule)".to_owned(),
        (_, None) => " (not used: the rule has no such number)".to_owned(),
        (Some(_), Some(param)) => {
            let read = rules.read_threshold(own.rule.as_str(), &own.param, &own.value);
            match read {
                Ok(_) => format!(" in place of {}", param.default),
                Err(problem) => format!(" (not used: {problem})"),
            }
        }
    };
    words.push(Inline::strong(format!(" {}", shown(case, own))));
    words.push(Inline::plain(format!("{in_place_of}, because ")));
    words.extend(held::peopled(&cut(&own.reason, LINE)));
    if let Some(rule) = rule {
        words.extend(explain::signature(case, rule, &own.param, set_for));
    }
    let is_set_here = |it: &ThresholdSetting| it.rule == own.rule && it.param == own.param;
    if set_for == SetFor::Workspace && case.plan.thresholds().any(is_set_here) {
        words.push(Inline::plain(" · this channel has its own"));
    }
    words
}
