//! "What is missing?" and "what next?": the plan's own open questions.

use super::compose::Asking;
use super::{Answer, FollowUp};
use crate::knowledge::{Form, Outcome};
use crate::lint;
use crate::report::{Question, Report};
use crate::text::series;

/// The plan, or a part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// All of it.
    Whole,
    /// One component.
    Component(&'static str),
}

/// What is open in the plan, or in one of its components.
pub(super) fn answer(asking: &Asking<'_>, form: Form, part: Part) -> Answer {
    let results = lint::check(asking.rules, asking.plan, asking.thresholds, asking.today);
    let report = Report::new(asking.plan, results);
    let wanted = |question: &&Question| match part {
        Part::Whole => true,
        Part::Component(component) => question.field.component() == component,
    };
    let next: Vec<&Question> = report.next.iter().filter(wanted).collect();
    let verdict = match (next.first(), form) {
        (None, _) => "Nothing that the rules ask for is open.".to_owned(),
        (Some(first), Form::Next) => match report.open_findings().first() {
            Some(finding) => format!("Mend this first: {}", finding.message),
            None => format!("Answer this next: {}", first.field.question),
        },
        (Some(_), _) => format!("{} {}", report.verdict.text, listed(&next)),
    };
    let first = next.first().map(|question| FollowUp {
        field: question.field,
        segment: question
            .segment
            .clone()
            .filter(|_| report.segments.len() > 1),
    });
    let most = if form == Form::Next { 1 } else { 3 };
    let mut findings = report.open_findings();
    if form != Form::Next {
        // Who asks what is missing hears that before what does not fit.
        findings.splice(..0, report.unanswered());
    }
    let results: Vec<_> = findings.into_iter().take(most).cloned().collect();
    Answer {
        outcome: Outcome::Held,
        form,
        verdict,
        tried: Vec::new(),
        reasons: results.iter().map(super::compose::by_rule).collect(),
        dispute: None,
        results,
        follow_up: first,
        near: Vec::new(),
    }
}

/// `What matters most: price, sales motion and stage.`
fn listed(next: &[&Question]) -> String {
    let mut labels: Vec<String> = Vec::new();
    for question in next {
        let label = question.field.label();
        if !labels.contains(&label) && labels.len() < 3 {
            labels.push(label);
        }
    }
    if labels.is_empty() {
        return String::new();
    }
    format!("What is missed most: {}.", series(&labels, "and"))
}
