//! `impact`: what hangs on a field, before somebody changes it.

use super::case::{Case, button};
use super::change::shown;
use super::prose::{capitalised, counted, cut};
use crate::ident::RuleSlug;
use crate::plan::{self, Field, Kind, Level, Segment, deal_value};
use crate::render::{Block, Document, Inline};
use crate::report::{Follow, Impact, cited, impact};

/// How many names stand in a line.
const NAMED: usize = 6;

/// The fields that the deal value is made of.
const OF_DEAL_VALUE: [&str; 4] = [
    "pricing.acv",
    "pricing.price",
    "pricing.per",
    "pricing.seats",
];

/// What hangs on `field` in the channel's plan.
pub(super) fn document(case: &Case<'_>, field: &Field) -> Document {
    let impact = impact(&case.plan, case.situation.rules, &case.results(), field);
    let mut lines = Vec::new();
    lines.extend(line("Finds something now", &impact.finding));
    lines.extend(line("Waits for an answer", &impact.waiting));
    lines.extend(line("Passes now", &impact.passing));
    lines.extend(line("Does not apply as the plan is", &impact.aside));
    lines.extend(computed(case, field));
    lines.extend(calculators(&impact));
    let mut blocks = Vec::new();
    if !lines.is_empty() {
        blocks.push(Block::Bullets(lines));
    }
    blocks.extend(following(case, &impact.follows));
    blocks.extend(settled(&impact));
    blocks.extend(trying(case, field));
    Document {
        headline: headline(case, field, &impact),
        blocks,
    }
}

fn headline(case: &Case<'_>, field: &Field, impact: &Impact) -> String {
    let name = capitalised(&field.label());
    let now = answers(case, field);
    let readers = match (impact.n_rules(), impact.calculators.len()) {
        (0, 0) => "no rule and no calculator reads it".to_owned(),
        (rules, 0) => format!("{} it", reads(rules, "rule")),
        (0, calculators) => format!("{} it", reads(calculators, "calculator")),
        (rules, calculators) => format!(
            "{} and {} read it",
            counted(rules, "rule"),
            counted(calculators, "calculator")
        ),
    };
    format!("{name} ({now}): {readers}.")
}

fn reads(n: usize, noun: &str) -> String {
    let verb = if n == 1 { "reads" } else { "read" };
    format!("{} {verb}", counted(n, noun))
}

/// What the plan says of the field, in each segment where they differ.
fn answers(case: &Case<'_>, field: &Field) -> String {
    let of = |segment: Option<&Segment>| {
        let answer = case.plan.answer(field, segment);
        answer.map(|answer| cut(&shown(field, Some(answer)), 60))
    };
    let segments = case.plan.segments();
    let values: Vec<_> = match field.level {
        Level::Plan => of(None).into_iter().collect(),
        Level::Segment => segments
            .iter()
            .filter_map(|it| Some(format!("{}{}", of(Some(it))?, case.for_segment(Some(it)))))
            .collect(),
    };
    match values.as_slice() {
        [] => "not answered".to_owned(),
        values if values.len() > 3 => {
            format!("{} and {} more", values[..3].join(", "), values.len() - 3)
        }
        values => values.join(", "),
    }
}

/// `Passes now (12): a, b, c and 9 more`.
fn line(title: &str, rules: &[RuleSlug]) -> Option<Vec<Inline>> {
    if rules.is_empty() {
        return None;
    }
    let mut words = vec![Inline::strong(format!("{title} ({}): ", rules.len()))];
    for (n, rule) in rules.iter().take(NAMED).enumerate() {
        if n > 0 {
            words.push(Inline::plain(", "));
        }
        words.push(Inline::code(rule.as_str()));
    }
    if rules.len() > NAMED {
        words.push(Inline::plain(format!(" and {} more", rules.len() - NAMED)));
    }
    Some(words)
}

/// The deal value, where the field is a part of it.
fn computed(case: &Case<'_>, field: &Field) -> Option<Vec<Inline>> {
    if !OF_DEAL_VALUE.contains(&field.name) {
        return None;
    }
    let segments = case.plan.segments().iter().take(3);
    let values: Vec<_> = segments
        .filter_map(|segment| {
            let derived = deal_value(&case.plan, segment);
            derived.value?;
            let of = case.for_segment(Some(segment));
            Some(format!("{}{of}", derived.arithmetic))
        })
        .collect();
    let words = match values.as_slice() {
        [] => "what a deal brings in its first year; not known yet".to_owned(),
        values => format!(
            "what a deal brings in its first year: {}",
            values.join("; ")
        ),
    };
    Some(vec![
        Inline::strong("Computed from it: "),
        Inline::plain(words),
    ])
}

fn calculators(impact: &Impact) -> Option<Vec<Inline>> {
    let names: Vec<_> = impact.calculators.iter().map(|it| it.name).collect();
    (!names.is_empty()).then(|| {
        vec![
            Inline::strong(format!("Calculators ({}): ", names.len())),
            Inline::plain(names.join(", ")),
        ]
    })
}

/// What follows from it, each with why and where that stands.
fn following(case: &Case<'_>, follows: &[&Follow]) -> Vec<Block> {
    if follows.is_empty() {
        return Vec::new();
    }
    let lines = follows.iter().map(|follow| {
        let fields = follow.to.iter().filter_map(|name| plan::field(name));
        let parts: Vec<_> = fields
            .map(|field| format!("{} ({})", field.label(), answers(case, field)))
            .collect();
        let mut words = vec![
            Inline::strong(capitalised(&parts.join(", "))),
            Inline::plain(format!(": {}", follow.why)),
        ];
        if let Some(source) = follow.source() {
            words.push(Inline::plain(" · Source: "));
            words.push(cited(&source));
        }
        words
    });
    vec![
        Block::Heading("Look at these again when it changes".to_owned()),
        Block::Bullets(lines.collect()),
    ]
}

/// What the team has settled with the value that stands there.
fn settled(impact: &Impact) -> Vec<Block> {
    let mut blocks = Vec::new();
    if !impact.waivers.is_empty() {
        let mut words = vec![Inline::plain("A change ends the waiver of ")];
        for (n, rule) in impact.waivers.iter().take(NAMED).enumerate() {
            if n > 0 {
                words.push(Inline::plain(" and of "));
            }
            words.push(Inline::code(rule.as_str()));
        }
        words.push(Inline::plain("."));
        blocks.push(Block::Note(words));
    }
    if !impact.scenarios.is_empty() {
        let names = impact.scenarios.join(", ");
        blocks.push(Block::Note(vec![Inline::plain(format!(
            "It differs in: {names}."
        ))]));
    }
    blocks
}

/// How to try a change without making it.
fn trying(case: &Case<'_>, field: &Field) -> Vec<Block> {
    let mut blocks = Vec::new();
    let example = field.example();
    let is_free = matches!(field.kind, Kind::Text | Kind::List);
    if !is_free && answers(case, field) != example {
        blocks.push(Block::Paragraph(vec![
            Inline::plain("To try another value without changing the plan: "),
            case.code(&format!("what-if {} {example}", field.name)),
        ]));
    }
    let is_number = !matches!(
        field.kind,
        Kind::Text | Kind::List | Kind::Choice | Kind::Set | Kind::YesNo | Kind::ChannelDates
    );
    if is_number {
        let words = format!("sensitivity {}", field.name);
        blocks.push(Block::Actions(vec![button("Where the check turns", words)]));
    }
    blocks
}
