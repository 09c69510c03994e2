//! "What is missing?" and "what next?": the plan's own open questions.

use std::cmp::Reverse;

use super::compose::Asking;
use super::{Answer, FollowUp};
use crate::knowledge::{Form, Outcome};
use crate::lint::{self, RuleResult};
use crate::plan::{Field, fields};
use crate::report::{Question, Report};
use crate::text::{fold, series, words};

/// How many labels the verdict names.
const NAMED: usize = 3;

/// The plan, or a part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// All of it.
    Whole,
    /// One component.
    Component(&'static str),
}

impl Part {
    fn holds(self, field: &Field) -> bool {
        match self {
            Self::Whole => true,
            Self::Component(component) => field.component() == component,
        }
    }

    /// Whether a result is about it: by what is missing, where the result is that something is.
    fn concerns(self, result: &RuleResult) -> bool {
        let mut about = if result.is_absence() {
            result.missing
        } else {
            result.fields
        }
        .each();
        about.any(|field| self.holds(field))
    }
}

/// Which part of the plan "what is missing" asks about; nothing where it asks about something else.
pub(super) fn part_asked(question: &str) -> Option<Part> {
    const FILL: &str = "what whats is are we do missing next should in our the plan still step steps now i \
                        my from of yet open gtm lack good any enough ok okay fine ready how does it hold \
                        so and then anything something fit together add up make sense well there \
                        biggest risk problem weakness weakest point";
    let folded = fold(question).replace('\'', "");
    let mut part = Part::Whole;
    for word in words(&folded) {
        let components = fields().iter().map(Field::component);
        let own = components
            .into_iter()
            .find(|own| *own == word && word != "plan");
        match own {
            Some(component) => part = Part::Component(component),
            None if FILL.split_ascii_whitespace().any(|fill| fill == word) => {}
            None => return None,
        }
    }
    Some(part)
}

/// What is open in the plan, or in one of its components.
pub(super) fn answer(asking: &Asking<'_>, form: Form, part: Part) -> Answer {
    let results = lint::check(asking.rules, asking.plan, asking.thresholds, asking.today);
    let report = Report::new(asking.plan, results);
    let next: Vec<&Question> = report.next.iter().collect();
    let next: Vec<_> = next
        .into_iter()
        .filter(|question| part.holds(question.field))
        .collect();
    let mut findings = report.open_findings();
    if form != Form::Next {
        findings.extend(report.unanswered());
        // Who asks what is missing hears that before what does not fit.
        findings.sort_by_key(|result| (!result.is_absence(), Reverse(result.severity)));
    }
    findings.retain(|result| part.concerns(result));
    let missed: Vec<&Field> = missed(&findings, part);
    let verdict = match (next.first(), form) {
        (_, Form::Missing) if !missed.is_empty() => {
            format!("{} {}", of_part(&report, part), listed(&missed))
        }
        (None, _) if findings.is_empty() => "Nothing that the rules ask for is open.".to_owned(),
        (first, Form::Next) => match (findings.first(), first) {
            (Some(finding), _) => format!("Mend this first: {}", finding.message),
            (None, first) => first.map_or_else(String::new, |first| {
                format!("Answer this next: {}", first.field.question)
            }),
        },
        (_, _) => {
            let fields: Vec<_> = next.iter().map(|question| question.field).collect();
            format!("{} {}", of_part(&report, part), listed(&fields))
        }
    };
    let most = if form == Form::Next { 1 } else { 3 };
    let follow_up = follow_up(&report, &findings, &next, part);
    let results: Vec<_> = findings.into_iter().take(most).cloned().collect();
    Answer {
        reasons: results.iter().map(super::compose::by_rule).collect(),
        results,
        follow_up,
        ..Answer::bare(Outcome::Held, form, verdict.trim().to_owned())
    }
}

/// The report's verdict, which is one on the whole plan.
fn of_part(report: &Report, part: Part) -> &str {
    match part {
        Part::Whole => &report.verdict.text,
        Part::Component(_) => "",
    }
}

/// One field for each of the answers whose absence was found, the weightiest first.
fn missed(findings: &[&RuleResult], part: Part) -> Vec<&'static Field> {
    let absent = findings.iter().filter(|result| result.is_absence());
    let mut fields: Vec<&Field> = Vec::new();
    for result in absent {
        let mut open = result.missing.each().filter(|field| part.holds(field));
        fields.extend(open.find(|field| !fields.contains(field)));
    }
    fields
}

/// What to ask for: what the first finding lacks, or what the report would ask for next.
fn follow_up(
    report: &Report,
    findings: &[&RuleResult],
    next: &[&Question],
    part: Part,
) -> Option<FollowUp> {
    let lacked = findings.first().filter(|result| result.is_absence());
    let lacked = lacked.and_then(|result| {
        let field = result.missing.each().find(|field| part.holds(field))?;
        Some((field, result.segment.clone()))
    });
    let asked = || next.first().map(|next| (next.field, next.segment.clone()));
    let (field, segment) = lacked.or_else(asked)?;
    Some(FollowUp {
        field,
        segment: segment.filter(|_| report.segments.len() > 1),
    })
}

/// `What is missed most: price, sales motion and stage.`
fn listed(fields: &[&Field]) -> String {
    let mut labels: Vec<String> = Vec::new();
    for field in fields {
        let label = field.label();
        if !labels.contains(&label) && labels.len() < NAMED {
            labels.push(label);
        }
    }
    if labels.is_empty() {
        return String::new();
    }
    format!("What is missed most: {}.", series(&labels, "and"))
}
