//! What a change does to the check: only what appears, and what goes.

use super::case::Case;
use super::next;
use super::prose::{capitalised, counted, cut, sentence};
use crate::ident::RuleSlug;
use crate::lint::{Outcome, RuleResult, Thresholds};
use crate::plan::{Change, Plan, Segment};
use crate::render::{Block, Inline};
use crate::report::{self, next_questions};

/// How many findings are told in full.
const MOST_TOLD: usize = 3;

/// From how many on things that are asked for besides are worth a line; a stage asks for many.
const WORTH_SAYING: usize = 3;

/// How many findings are named.
const MOST_NAMED: usize = 5;

/// The findings that appear and go between the channel's plan and `after`, and the next question.
pub(super) fn blocks(case: &Case<'_>, after: &Plan, changes: &[Change]) -> Vec<Block> {
    let new = case.results_after(after, changes);
    let mut blocks = between(case, &new);
    if let Some(question) = next_questions(after, &new).first() {
        let mut words = vec![Inline::plain("Next: ")];
        words.extend(next::line(case, question));
        blocks.push(Block::Paragraph(words));
    }
    blocks
}

/// The findings that appear and go between the channel's plan and `after`.
pub(super) fn moved(case: &Case<'_>, after: &Plan, changes: &[Change]) -> Vec<Block> {
    between(case, &case.results_after(after, changes))
}

/// The findings that appear and go where other thresholds hold for the channel's plan.
pub(super) fn under(case: &Case<'_>, thresholds: &Thresholds) -> Vec<Block> {
    between(case, &case.results_under(thresholds))
}

/// The findings that appear and go between the check of the channel's plan and a later one.
pub(super) fn between(case: &Case<'_>, new: &[RuleResult]) -> Vec<Block> {
    let old = case.results();
    let (asked, appear): (Vec<_>, Vec<_>) = appearing(&old, new)
        .into_iter()
        .partition(|result| result.is_absence());
    let go = going(&old, new);
    let mut blocks = found(case, &appear, asked.len());
    // What nobody can decide any more is not mended.
    let is_undecided = |result: &&RuleResult| {
        new.iter()
            .any(|now| now.outcome == Outcome::Unknown && key(now) == key(result))
    };
    let (undecided, settled): (Vec<_>, Vec<_>) = go.into_iter().partition(is_undecided);
    if !settled.is_empty() {
        let words = format!("This settles {}", counted(settled.len(), "finding"));
        blocks.push(Block::Paragraph(gone(&words, &settled)));
    }
    if !undecided.is_empty() {
        let words = format!(
            "{} can no longer be decided",
            counted(undecided.len(), "finding")
        );
        blocks.push(Block::Paragraph(gone(&words, &undecided)));
    }
    blocks
}

/// What is found now and was not before: told, or counted where it is only not answered.
fn found(case: &Case<'_>, appear: &[&RuleResult], n_asked: usize) -> Vec<Block> {
    let mut blocks = Vec::new();
    if !appear.is_empty() {
        blocks.push(Block::Paragraph(vec![Inline::strong(match appear.len() {
            1 => "This brings up a finding:".to_owned(),
            n => format!("This brings up {}:", counted(n, "finding")),
        })]));
        let told = appear.iter().take(MOST_TOLD);
        blocks.push(Block::Bullets(
            told.map(|result| finding(case, result)).collect(),
        ));
        if let Some(more) = appear.len().checked_sub(MOST_TOLD).filter(|&more| more > 0) {
            blocks.push(Block::Note(sentence(&format!(
                "And {more} more: `{}`",
                case.typed("check")
            ))));
        }
    }
    if n_asked >= WORTH_SAYING {
        blocks.push(Block::Note(sentence(&format!(
            "More questions are worth answering now: `{}`",
            case.typed("check")
        ))));
    }
    blocks
}

/// Findings that are open now and were not open before, or weigh more than before.
fn appearing<'a>(old: &[RuleResult], new: &'a [RuleResult]) -> Vec<&'a RuleResult> {
    let known = |result: &RuleResult| {
        old.iter().any(|was| {
            let stands = was.is_open_finding() && was.severity >= result.severity;
            let was_asked = result.is_absence() && was.outcome == Outcome::Finding;
            key(was) == key(result) && (stands || was_asked)
        })
    };
    let mut found: Vec<_> = new
        .iter()
        .filter(|result| result.is_open_finding() && !known(result))
        .collect();
    found.sort_by_key(|result| std::cmp::Reverse(result.severity));
    found
}

/// Findings that were open and are findings no longer; one that a stronger one now stands for has
/// not gone, and an answer where there was none needs no mention.
fn going<'a>(old: &'a [RuleResult], new: &[RuleResult]) -> Vec<&'a RuleResult> {
    let stays = |result: &RuleResult| {
        new.iter()
            .any(|now| now.outcome == Outcome::Finding && key(now) == key(result))
    };
    old.iter()
        .filter(|result| result.is_open_finding() && !result.is_absence() && !stays(result))
        .collect()
}

fn key(result: &RuleResult) -> (&RuleSlug, Option<&Segment>) {
    (&result.rule, result.segment.as_ref())
}

fn finding(case: &Case<'_>, result: &RuleResult) -> Vec<Inline> {
    let severity = capitalised(result.severity.as_str());
    let mut words = vec![Inline::strong(format!(
        "{severity}{}. ",
        case.for_segment(result.segment.as_ref())
    ))];
    words.extend(sentence(&cut(&result.message, 400)));
    words.push(Inline::plain("\n"));
    words.push(Inline::code(result.rule.as_str()));
    if let Some(source) = result.sources.first() {
        words.push(Inline::plain(" · Source: "));
        words.push(report::cited(source));
    }
    words
}

fn gone(what: &str, go: &[&RuleResult]) -> Vec<Inline> {
    let names: Vec<_> = go
        .iter()
        .take(MOST_NAMED)
        .map(|result| format!("`{}`", result.rule))
        .collect();
    let more = match go.len() - names.len() {
        0 => String::new(),
        n => format!(" and {n} more"),
    };
    sentence(&format!("{what}: {}{more}.", names.join(", ")))
}
