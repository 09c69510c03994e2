//! What stands behind the findings of a plan: who knows why it says what it says, and where a
//! customer's journey is weakest. Told where all is shown, and no news of any week.

use std::collections::BTreeSet;

use super::part::Part;
use super::week::Week;
use crate::knowledge::{Entry, library};
use crate::lint::RuleResult;
use crate::plan::{self, Segment, Value};
use crate::render::Inline;

/// From so many changes on it says something that one person made them all.
const ENOUGH: usize = 5;

/// How many entries one line names.
const NAMED: usize = 3;

/// The stages of the journey, each with the field that holds its target where there is one.
const STAGES: [(&str, Option<&str>); 7] = [
    ("awareness", Some("metrics.awareness")),
    ("evaluation", Some("metrics.pipeline")),
    ("purchase", Some("metrics.conversion")),
    ("onboarding", None),
    ("adoption", None),
    ("renewal", Some("metrics.retention")),
    ("expansion", Some("metrics.expansion")),
];

/// The parts that tell of it.
pub(super) fn parts(week: &Week<'_>) -> Vec<Part> {
    let told = |title, line: Option<Vec<Inline>>| {
        Part::of_summary(title, 11, None, line.into_iter().collect())
    };
    vec![
        told("Who knows the plan", alone(week)),
        told("Weakest part of the journey", weakest(week)),
    ]
}

/// What the library holds on findings and nobody has read against its sources for a year: told with
/// the findings that are new, listed for all that are open.
pub(super) fn stale(week: &Week<'_>) -> Part {
    let today = week.case.today();
    let behind = |findings: Vec<&RuleResult>| {
        let sources = findings.iter().flat_map(|it| it.sources.iter());
        let entries = library().resting_on(&sources.collect::<Vec<_>>());
        entries.into_iter().filter(|entry| entry.is_stale(today))
    };
    let titled = |entry: &Entry| format!("{} ({})", entry.title, entry.reviewed);
    let new: Vec<_> = behind(week.new_findings().collect()).map(titled).collect();
    let more = match new.len().saturating_sub(NAMED) {
        0 => String::new(),
        n => format!("; and {n} more"),
    };
    let summary = (!new.is_empty()).then(|| {
        let names = new.iter().take(NAMED).cloned().collect::<Vec<_>>();
        vec![
            Inline::strong("Last reviewed more than 12 months ago: "),
            Inline::plain(format!("{}{more}.", names.join("; "))),
        ]
    });
    let all = behind(week.report.open_findings());
    let all = all.map(|entry| vec![Inline::plain(titled(entry))]);
    let title = "In the library, last reviewed more than 12 months ago";
    Part::of_summary(title, 11, summary, all.collect())
}

/// One person made all the changes: if they are away, nobody knows why the plan says what it says.
fn alone(week: &Week<'_>) -> Option<Vec<Inline>> {
    let tail = week.case.tail();
    let people: BTreeSet<_> = tail.iter().map(|change| &change.by).collect();
    let (Some(only), 1) = (people.first(), people.len()) else {
        return None;
    };
    (tail.len() >= ENOUGH).then(|| {
        vec![
            Inline::plain(format!("All of the last {} changes are by ", tail.len())),
            Inline::Person((*only).clone()),
            Inline::plain(". Does anybody else know why?"),
        ]
    })
}

/// The first stage of the journey that lacks most: neither designed nor with a target, or one of both.
fn weakest(week: &Week<'_>) -> Option<Vec<Inline>> {
    let plan = &week.case.plan;
    let field = plan::field("journey.stages")?;
    let answered = |segment: &Segment| match plan.value("journey.stages", segment) {
        Some(Value::Set(designed)) => Some((segment.clone(), designed.clone())),
        _ => None,
    };
    let (segment, designed) = plan.segments().iter().find_map(answered)?;
    let lacks = |(slug, target): &(&str, Option<&str>)| {
        let mut lacks = Vec::new();
        if !designed.contains(*slug) {
            lacks.push("not designed");
        }
        if target.is_some_and(|name| plan.value(name, &segment).is_none()) {
            lacks.push("no target");
        }
        lacks
    };
    let most = STAGES.iter().map(|stage| lacks(stage).len()).max()?;
    let (slug, lack) = STAGES
        .iter()
        .map(|stage| (stage.0, lacks(stage)))
        .find(|(_, lack)| lack.len() == most && most > 0)?;
    let label = field.choice(slug).map_or(slug, |choice| choice.label);
    let segment = week.case.for_segment(Some(&segment));
    let words = format!("{label}{segment}: {}", lack.join(", "));
    Some(vec![Inline::plain(super::super::prose::capitalised(
        &words,
    ))])
}
