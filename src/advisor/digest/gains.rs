//! What a team has tried and what it has gained: experiments that were run, and what a plan is for as
//! far as this one brings it.

use super::super::prose::{capitalised, cut};
use super::part::Part;
use super::week::Week;
use crate::lint::{RuleResult, Severity};
use crate::plan::{self, Edit, Field, Plan, Segment, Value};
use crate::render::Inline;
use crate::report::{Doubt, Gain, GainState, cited, gains, source_of_gains};
use crate::sources::SourceRef;

/// The field that holds what was tried.
const EXPERIMENTS: &str = "marketing.experiments";

/// The stage at which a team tries one thing after another, and where that stands.
const TRYING: (&str, &str) = (
    "product_market_fit",
    "gtm-plain-english#stage-2-product-market-fit",
);

/// How many things one line names.
const NAMED: usize = 3;

/// An experiment is cut here.
const LINE: usize = 80;

/// The parts that tell of it.
pub(super) fn parts(week: &Week<'_>) -> Vec<Part> {
    vec![experiments(week), brought(week)]
}

/// Whether a difference is told as an experiment, and needs no line of its own.
pub(super) fn is_told(edit: &Edit) -> bool {
    let Edit::Field {
        field, old, new, ..
    } = edit
    else {
        return false;
    };
    let known = |answer: Option<&plan::Answer>| match answer {
        None => Some(Vec::new()),
        Some(plan::Answer::Known(Value::List(items))) => Some(items.clone()),
        Some(_) => None,
    };
    let (Some(old), Some(new)) = (known(old.as_ref()), known(new.as_ref())) else {
        return false;
    };
    field == EXPERIMENTS && old.iter().all(|it| new.contains(it))
}

fn noted<'p>(plan: &'p Plan, segment: &Segment) -> &'p [String] {
    match plan.value(EXPERIMENTS, segment) {
        Some(Value::List(items)) => items,
        _ => &[],
    }
}

/// What was tried since the last digest; while the market is looked for, also that nothing was.
fn experiments(week: &Week<'_>) -> Part {
    let plan = &week.case.plan;
    let mut fresh = Vec::new();
    let segments = plan.segments().iter();
    for segment in segments.filter(|_| week.earlier.is_some()) {
        let before = week
            .earlier
            .as_ref()
            .map_or(&[][..], |it| noted(it, segment));
        let of = week.case.for_segment(Some(segment));
        let new = noted(plan, segment)
            .iter()
            .filter(|it| !before.contains(it));
        fresh.extend(new.map(|it| format!("{}{of}", cut(it, LINE))));
    }
    let more = match fresh.len().saturating_sub(NAMED) {
        0 => String::new(),
        n => format!("; and {n} more"),
    };
    let summary = (!fresh.is_empty()).then(|| {
        let told = fresh.iter().take(NAMED).cloned().collect::<Vec<_>>();
        vec![
            Inline::strong("Tried: "),
            Inline::plain(format!("{}{more}.", told.join("; "))),
        ]
    });
    let mut all: Vec<_> = fresh
        .iter()
        .map(|it| vec![Inline::plain(capitalised(it))])
        .collect();
    if all.is_empty() {
        all.extend(none_tried(week));
    }
    Part::of_summary("Experiments", 8, summary, all)
}

fn none_tried(week: &Week<'_>) -> Option<Vec<Inline>> {
    let stage = week.case.plan.value("plan.stage", &Segment::main());
    let is_trying = matches!(stage, Some(Value::Choice(slug)) if slug == TRYING.0);
    let source = SourceRef::named(TRYING.1).filter(|_| is_trying)?;
    Some(vec![
        Inline::plain(
            "No new one was noted. At this stage the audience, the business model, the channel, the features, the positioning and the price are guesses to be tested: ",
        ),
        week.case
            .code("set experiments a landing page for CFOs: 40 sign-ups, no deal"),
        Inline::plain(" · "),
        cited(&source),
    ])
}

/// What the plan is for, as far as it brings that; in the digest itself what came or went.
fn brought(week: &Week<'_>) -> Part {
    let now = gains(&week.case.plan, &doubts(week));
    let before = before(week).unwrap_or_else(|| now.clone());
    let is_there = |it: &Gain| it.state == GainState::There;
    let moved = |from: &[Gain], to: &[Gain]| -> Vec<&'static str> {
        let pairs = from.iter().zip(to);
        let came = pairs.filter(|(from, to)| !is_there(from) && is_there(to));
        came.map(|(_, to)| to.label).collect()
    };
    let (came, went) = (moved(&before, &now), moved(&now, &before));
    let summary = match (came.as_slice(), went.as_slice()) {
        ([], []) => None,
        ([], went) => Some(named("Lost", went)),
        (came, []) => Some(named("Gained", came)),
        (came, went) => {
            let mut words = named("Gained", came);
            words.push(Inline::plain(" "));
            words.extend(named("Lost", went));
            Some(words)
        }
    };
    let is_begun = |it: &Gain| !matches!(&it.state, GainState::Open(_));
    let is_any = summary.is_some() || now.iter().any(is_begun);
    let mut all: Vec<_> = now.iter().filter(|_| is_any).map(line).collect();
    if let (Some(last), Some(source)) = (all.last_mut(), source_of_gains()) {
        last.extend([Inline::plain(" · why these: "), cited(&source)]);
    }
    Part::of_summary("What the plan brings", 9, summary, all)
}

/// `Gained: one message in every channel; …`.
fn named(name: &str, labels: &[&str]) -> Vec<Inline> {
    vec![
        Inline::strong(format!("{name}: ")),
        Inline::plain(format!("{}.", labels.join("; "))),
    ]
}

fn line(gain: &Gain) -> Vec<Inline> {
    let label = capitalised(gain.label);
    match &gain.state {
        GainState::There => vec![Inline::plain(format!("{label} ✓"))],
        GainState::InDoubt(rule) => vec![
            Inline::plain(format!("{label}: in doubt, see ")),
            Inline::code(rule.as_str()),
        ],
        GainState::Open(fields) => {
            let labels: Vec<_> = fields.iter().map(|field| field.label()).collect();
            vec![Inline::plain(format!(
                "{label} · not answered: {}",
                labels.join(", ")
            ))]
        }
    }
}

/// The open findings that speak against what the plan brings, the weightiest first.
fn doubts(week: &Week<'_>) -> Vec<Doubt> {
    let open = week.report.open_findings().into_iter();
    let weighty = open.filter(|it| it.severity >= Severity::Warning);
    let doubts = weighty.map(|it| (it.rule.clone(), rests_on(it)));
    doubts.collect()
}

/// What a finding speaks against: where something is missing that, and not what calls for it.
fn rests_on(result: &RuleResult) -> Vec<&'static Field> {
    let missing = result.missing.each().collect::<Vec<_>>();
    if missing.is_empty() {
        return result.fields.each().collect();
    }
    missing
}

/// How far the plan was at the last digest, where that is known: by its answers then, and what its
/// check found, each finding resting on what it rests on now.
fn before(week: &Week<'_>) -> Option<Vec<Gain>> {
    let earlier = week.earlier.as_ref()?;
    let then = week.before.snapshot(&week.case.situation.snapshots)?;
    let weighty = then
        .open()
        .filter(|(_, severity)| *severity >= Severity::Warning);
    let doubts: Vec<Doubt> = weighty
        .filter_map(|(key, _)| {
            let result = week.result_of(&key)?;
            Some((key.rule, rests_on(result)))
        })
        .collect();
    Some(gains(earlier, &doubts))
}
