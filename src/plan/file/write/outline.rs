//! A plan as the content of a file, before it has a form.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::plan::field::{Field, field};
use crate::plan::{
    About, Answer, Baseline, Currency, Decision, Item, Plan, Scenario, Segment, ThresholdSetting,
    Trigger, Value, Waiver,
};

/// A value in a file.
#[derive(Debug, Clone)]
pub(in crate::plan::file) enum Out {
    Words(String),
    Number(u64),
    Date(Date),
    YesNo(bool),
    List(Vec<Out>),
    Table(Vec<(String, Out)>),
}

impl Out {
    fn words(words: impl Into<String>) -> Self {
        Self::Words(words.into())
    }
}

/// One entry of the whole plan or of a segment.
#[derive(Debug, Clone)]
pub(in crate::plan::file) struct Line {
    /// `na` or `about`; none for a value.
    pub(in crate::plan::file) head: Option<&'static str>,
    /// The field's name.
    pub(in crate::plan::file) field: String,
    pub(in crate::plan::file) out: Out,
}

/// A scenario's entries.
#[derive(Debug, Clone)]
pub(in crate::plan::file) struct Variant {
    pub(in crate::plan::file) whole: Vec<Line>,
    pub(in crate::plan::file) segments: Vec<(String, Vec<Line>)>,
    pub(in crate::plan::file) unset: Vec<String>,
}

/// All that a file says, in its order.
pub(in crate::plan::file) struct Outline {
    pub(in crate::plan::file) whole: Vec<Line>,
    pub(in crate::plan::file) segments: Vec<(String, Vec<Line>)>,
    pub(in crate::plan::file) owners: Vec<(String, Out)>,
    pub(in crate::plan::file) waivers: Vec<Vec<(String, Out)>>,
    pub(in crate::plan::file) thresholds: Vec<Vec<(String, Out)>>,
    pub(in crate::plan::file) decisions: Vec<Vec<(String, Out)>>,
    pub(in crate::plan::file) triggers: Vec<Vec<(String, Out)>>,
    pub(in crate::plan::file) scenarios: Vec<(String, Variant)>,
    pub(in crate::plan::file) baseline: Option<Vec<(String, Out)>>,
}

impl Outline {
    pub(in crate::plan::file) fn of(plan: &Plan) -> Self {
        let mut lines = lines(plan);
        let mut outline = Self {
            whole: lines.remove(&None).unwrap_or_default(),
            segments: Vec::new(),
            owners: Vec::new(),
            waivers: Vec::new(),
            thresholds: Vec::new(),
            decisions: Vec::new(),
            triggers: Vec::new(),
            scenarios: Vec::new(),
            baseline: None,
        };
        for segment in plan.segments() {
            let lines = lines.remove(&Some(segment)).unwrap_or_default();
            let implied = segment.is_main() && plan.segments().len() == 1;
            if !lines.is_empty() || !implied {
                outline.segments.push((segment.as_str().to_owned(), lines));
            }
        }
        for item in plan.items() {
            match item {
                Item::About(_) | Item::Approval(_) => {}
                Item::Owner(it) => {
                    let owner = Out::words(&it.owner);
                    outline.owners.push((it.component.clone(), owner));
                }
                Item::Waiver(it) => outline.waivers.push(waiver(it)),
                Item::Threshold(it) => outline.thresholds.push(threshold(it)),
                Item::Decision(it) => outline.decisions.push(decision(it)),
                Item::Trigger(it) => outline.triggers.push(trigger(it)),
                Item::Scenario(it) => outline
                    .scenarios
                    .push((it.name.clone(), variant(it, plan.currency()))),
                Item::Baseline(it) => outline.baseline = Some(baseline(it)),
            }
        }
        outline
    }
}

/// The lines of each segment; of the whole plan under `None`.
fn lines(plan: &Plan) -> BTreeMap<Option<&Segment>, Vec<Line>> {
    let mut lines: BTreeMap<_, Vec<Line>> = BTreeMap::new();
    for (field, at, answer) in plan.answers() {
        let line = line(field, answer, plan.currency());
        lines.entry(at).or_default().push(line);
    }
    for about in plan.abouts() {
        let at = about.segment.as_ref();
        lines.entry(at).or_default().push(Line {
            head: Some("about"),
            field: about.field.clone(),
            out: Out::Table(self::about(about)),
        });
    }
    lines
}

fn line(field: &Field, answer: &Answer, currency: Currency) -> Line {
    let (head, out) = match answer {
        Answer::Known(value) => (None, out(value, field, currency)),
        Answer::NotApplicable(reason) => (Some("na"), Out::words(reason)),
    };
    Line {
        head,
        field: field.name.to_owned(),
        out,
    }
}

fn out(value: &Value, field: &Field, currency: Currency) -> Out {
    let list = |items: Vec<String>| Out::List(items.into_iter().map(Out::Words).collect());
    match value {
        Value::Count(count) => Out::Number(*count),
        Value::YesNo(yes) => Out::YesNo(*yes),
        Value::Date(date) => Out::Date(*date),
        Value::Set(slugs) => list(slugs.iter().cloned().collect()),
        Value::List(items) => list(items.clone()),
        Value::Prices(prices) => {
            let alone = prices.iter().map(|price| Value::Price(*price));
            list(
                alone
                    .map(|price| price.written_in(field, currency))
                    .collect(),
            )
        }
        Value::ChannelDates(dates) => {
            let dates = dates
                .iter()
                .map(|(slug, date)| (slug.clone(), Out::Date(*date)));
            Out::Table(dates.collect())
        }
        other => Out::Words(other.written_in(field, currency)),
    }
}

/// Puts the entries that are there.
fn entries(of: Vec<(&str, Option<Out>)>) -> Vec<(String, Out)> {
    let there = of
        .into_iter()
        .filter_map(|(key, out)| Some((key.to_owned(), out?)));
    there.collect()
}

fn about(about: &About) -> Vec<(String, Out)> {
    entries(vec![
        (
            "certainty",
            about.certainty.map(|it| Out::words(it.as_str())),
        ),
        ("validate_by", about.validate_by.map(Out::Date)),
        ("owner", about.owner.clone().map(Out::Words)),
        ("source", about.source.clone().map(Out::Words)),
    ])
}

pub(in crate::plan::file) fn waiver(waiver: &Waiver) -> Vec<(String, Out)> {
    let against = waiver.against.iter();
    let against: Vec<_> = against
        .map(|(at, answer)| (at.clone(), Out::words(answer)))
        .collect();
    entries(vec![
        ("rule", Some(Out::words(waiver.rule.as_str()))),
        (
            "segment",
            waiver.segment.as_ref().map(|it| Out::words(it.as_str())),
        ),
        ("reason", Some(Out::words(&waiver.reason))),
        ("owner", waiver.owner.clone().map(Out::Words)),
        ("until", waiver.until.map(Out::Date)),
        (
            "against",
            (!against.is_empty()).then_some(Out::Table(against)),
        ),
    ])
}

pub(in crate::plan::file) fn threshold(own: &ThresholdSetting) -> Vec<(String, Out)> {
    entries(vec![
        ("rule", Some(Out::words(own.rule.as_str()))),
        ("param", Some(Out::words(&own.param))),
        ("value", Some(Out::words(&own.value))),
        ("reason", Some(Out::words(&own.reason))),
    ])
}

pub(in crate::plan::file) fn decision(decision: &Decision) -> Vec<(String, Out)> {
    let votes = decision.votes.iter();
    let votes: Vec<_> = votes
        .map(|(who, option)| (who.clone(), Out::words(option)))
        .collect();
    let end = decision.decided.as_ref();
    let options = decision.options.iter().map(Out::words).collect();
    entries(vec![
        ("id", Some(Out::words(&decision.id))),
        ("question", Some(Out::words(&decision.question))),
        ("options", Some(Out::List(options))),
        ("votes", (!votes.is_empty()).then_some(Out::Table(votes))),
        ("asked", decision.asked.map(Out::Date)),
        ("decided", end.map(|end| Out::words(&end.option))),
        (
            "decided_by",
            end.and_then(|end| end.by.clone()).map(Out::Words),
        ),
        ("decided_on", end.and_then(|end| end.on).map(Out::Date)),
    ])
}

pub(in crate::plan::file) fn trigger(trigger: &Trigger) -> Vec<(String, Out)> {
    entries(vec![
        ("id", Some(Out::words(&trigger.id))),
        ("what", Some(Out::words(&trigger.what))),
        ("on", Some(Out::Date(trigger.on))),
        ("by", trigger.by.clone().map(Out::Words)),
    ])
}

pub(in crate::plan::file) fn baseline(baseline: &Baseline) -> Vec<(String, Out)> {
    let findings = baseline.findings.iter();
    let findings = findings.map(|(key, severity)| (key.to_string(), Out::words(severity)));
    entries(vec![
        ("on", baseline.on.map(Out::Date)),
        ("findings", Some(Out::Table(findings.collect()))),
    ])
}

fn variant(scenario: &Scenario, currency: Currency) -> Variant {
    let mut variant = Variant {
        whole: Vec::new(),
        segments: Vec::new(),
        unset: Vec::new(),
    };
    for differing in &scenario.answers {
        let Some(field) = field(&differing.field) else {
            continue;
        };
        let Some(answer) = &differing.answer else {
            let segment = differing.segment.as_ref();
            let of = segment.map_or_else(String::new, |segment| format!(" for {segment}"));
            variant.unset.push(format!("{}{of}", field.name));
            continue;
        };
        let line = line(field, answer, currency);
        match &differing.segment {
            None => variant.whole.push(line),
            Some(segment) => {
                let name = segment.as_str();
                match variant.segments.iter_mut().find(|(known, _)| known == name) {
                    Some((_, lines)) => lines.push(line),
                    None => variant.segments.push((name.to_owned(), vec![line])),
                }
            }
        }
    }
    variant
}

/// A scenario as one table.
pub(in crate::plan::file) fn scenario(
    scenario: &Scenario,
    currency: Currency,
) -> Vec<(String, Out)> {
    table(variant(scenario, currency))
}

/// The nested table of a scenario.
pub(in crate::plan::file) fn table(variant: Variant) -> Vec<(String, Out)> {
    let mut table = nested(variant.whole);
    let segments = variant.segments.into_iter();
    let segments: Vec<_> = segments
        .map(|(name, lines)| (name, Out::Table(nested(lines))))
        .collect();
    if !segments.is_empty() {
        table.push(("segment".to_owned(), Out::Table(segments)));
    }
    if !variant.unset.is_empty() {
        let unset = variant.unset.into_iter().map(Out::Words).collect();
        table.push(("unset".to_owned(), Out::List(unset)));
    }
    table
}

/// The lines with the parts of their names nested.
pub(in crate::plan::file) fn nested(lines: Vec<Line>) -> Vec<(String, Out)> {
    let mut table: Vec<(String, Out)> = Vec::new();
    for line in lines {
        let (outer, inner) = match (line.head, line.field.split_once('.')) {
            (Some(head), _) => (head.to_owned(), line.field.clone()),
            (None, Some((component, last))) => (component.to_owned(), last.to_owned()),
            (None, None) => continue,
        };
        let known = table.iter_mut().find(|(key, _)| *key == outer);
        match known {
            Some((_, Out::Table(entries))) => entries.push((inner, line.out)),
            _ => table.push((outer, Out::Table(vec![(inner, line.out)]))),
        }
    }
    table
}
