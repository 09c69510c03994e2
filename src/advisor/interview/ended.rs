//! How an interview ends: with the verdict on what was answered.

use super::super::case::{Case, button};
use super::super::{act, check};
use super::Interview;
use super::told::done;
use crate::plan::{Change, Plan};
use crate::render::{Block, Document, Inline};
use crate::report::Report;

/// It rests until somebody goes on.
pub(super) fn stopped(case: &Case<'_>, interview: &Interview) -> Document {
    let report = case.report();
    let mut document = act::said(
        &format!("Stopped: {}. Nothing is lost.", done(interview)),
        &format!(
            "Whoever wants to go on, today or later, types `{}`.",
            case.typed("start")
        ),
    );
    document.blocks.extend(verdict(case, &report));
    document
        .blocks
        .push(Block::Actions(vec![button("Go on", "start")]));
    document
}

/// Nothing is left to ask: the verdict.
pub(super) fn ended(case: &Case<'_>, plan: &Plan, changes: &[Change]) -> Document {
    let mut document = act::said("No question is open: what the answers add up to.", "");
    document.blocks.extend(verdict_of(case, plan, changes));
    document
}

/// The verdict, below the last answer.
pub(super) fn below(
    case: &Case<'_>,
    interview: &Interview,
    happened: Document,
    (plan, changes): (&Plan, &[Change]),
) -> Document {
    let mut document = happened;
    document.blocks.push(Block::Rule);
    document
        .blocks
        .push(Block::Paragraph(vec![Inline::strong(format!(
            "No question is left: {}.",
            done(interview)
        ))]));
    document.blocks.extend(verdict_of(case, plan, changes));
    if !interview.skipped.is_empty() {
        let label = match interview.skipped.len() {
            1 => "Ask the skipped one".to_owned(),
            n => format!("Ask the {n} skipped"),
        };
        document
            .blocks
            .push(Block::Actions(vec![button(label, "start again")]));
    }
    document
}

fn verdict_of(case: &Case<'_>, plan: &Plan, changes: &[Change]) -> Vec<Block> {
    let results = case.results_after(plan, changes);
    let report = Report::new(plan, results)
        .under(case.situation.rules, &case.situation.thresholds, plan)
        .as_of(plan, case.today());
    let after = Case {
        plan: plan.clone(),
        ..*case
    };
    verdict(&after, &report)
}

fn verdict(case: &Case<'_>, report: &Report) -> Vec<Block> {
    let report = check::document(case, report);
    let mut blocks = vec![Block::Paragraph(vec![Inline::strong(report.headline)])];
    blocks.extend(report.blocks);
    blocks
}
