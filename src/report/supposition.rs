//! What if and sensitivity, as people read them and as JSON.

use serde_json::{Value as Json, json};

use super::json::{question, result_json};
use super::lenience::about_currencies;
use super::swap::{is_tried, swaps_to_document};
use super::{Flip, Supposed, Swap, Turned, WhatIf, cited};
use crate::lint::{Outcome, RuleResult, Severity};
use crate::plan::{Answer, Field, Plan, Segment, Value};
use crate::render::{Block, Document, Inline};
use crate::text::{counted, series};

/// How many findings and questions are told.
const MOST_TOLD: usize = 5;

/// How many rules that turn at one value are named.
const MOST_TURNS: usize = 3;

/// How many boundaries are told.
const MOST_FLIPS: usize = 20;

impl WhatIf {
    /// As `what-if --format json` prints it.
    pub fn to_json(&self) -> Json {
        json!({
            "appear": self.appear.iter().map(result_json).collect::<Vec<_>>(),
            "go": self.go.iter().map(result_json).collect::<Vec<_>>(),
            "undecided": self.undecided.iter().map(result_json).collect::<Vec<_>>(),
            "questions": self.questions.iter().map(question).collect::<Vec<_>>(),
            "notes": self.notes,
        })
    }

    /// As people read it.
    pub fn to_document(&self, supposed: &[Supposed]) -> Document {
        let supposed: Vec<_> = supposed.iter().map(shown).collect();
        let effects = [
            (self.appear.len(), "would appear"),
            (self.go.len(), "would go"),
            (self.undecided.len(), "could no longer be decided"),
        ];
        let effects = effects.iter().filter(|(n, _)| *n > 0).enumerate();
        let effects = effects.map(|(place, (n, effect))| match place {
            0 => format!("{} {effect}", counted(*n, "finding")),
            _ => format!("{n} {effect}"),
        });
        let effects: Vec<_> = effects.collect();
        let effect = match effects.as_slice() {
            [] => "no finding appears or goes".to_owned(),
            effects => effects.join(", "),
        };
        let mut blocks = Vec::new();
        blocks.extend(list("Would appear", &self.appear));
        blocks.extend(list("Would go", &self.go));
        blocks.extend(list("Could no longer be decided", &self.undecided));
        if !self.questions.is_empty() {
            blocks.push(heading("Would then be worth answering"));
            let lines = self.questions.iter().map(|question| {
                let place = of_segment(question.segment.as_ref());
                vec![Inline::plain(format!("{}{place}", question.field.question))]
            });
            blocks.push(Block::Bullets(lines.collect()));
        }
        if !(self.appear.is_empty() && self.go.is_empty() && self.undecided.is_empty()) {
            blocks.extend(self.notes.iter().map(|note| closing(note)));
        }
        blocks.push(Block::Note(vec![Inline::plain(
            "Nothing was changed: the check ran on a copy.",
        )]));
        Document {
            headline: format!("With {}: {effect}.", supposed.join(", ")),
            blocks,
        }
    }
}

fn closing(note: &str) -> Block {
    Block::Note(vec![Inline::plain(format!("{note}."))])
}

fn shown(one: &Supposed) -> String {
    let value = match &one.answer {
        Some(Answer::Known(value)) => value.display(one.field),
        _ => "unknown".to_owned(),
    };
    let place = of_segment(one.segment.as_ref());
    format!("{} {value}{place}", one.field.label())
}

/// ` for smb`; nothing for the segment of a plan that names none.
pub(super) fn of_segment(segment: Option<&Segment>) -> String {
    match segment {
        Some(segment) if !segment.is_main() => format!(" for {segment}"),
        _ => String::new(),
    }
}

fn heading(words: &str) -> Block {
    Block::Paragraph(vec![Inline::strong(words)])
}

fn list(title: &str, results: &[RuleResult]) -> Vec<Block> {
    if results.is_empty() {
        return Vec::new();
    }
    let told = results.iter().take(MOST_TOLD).map(finding);
    let mut blocks = vec![heading(title), Block::Bullets(told.collect())];
    if let Some(more) = results
        .len()
        .checked_sub(MOST_TOLD)
        .filter(|more| *more > 0)
    {
        blocks.push(Block::Note(vec![Inline::plain(format!(
            "And {more} more."
        ))]));
    }
    blocks
}

fn finding(result: &RuleResult) -> Vec<Inline> {
    let severity = match result.severity {
        Severity::Error => "Error",
        Severity::Warning => "Warning",
        Severity::Advice => "Advice",
    };
    let place = of_segment(result.segment.as_ref());
    let mut words = vec![
        Inline::strong(format!("{severity}{place}. ")),
        Inline::plain(format!("{} ", result.message)),
        Inline::code(result.rule.as_str()),
    ];
    if let Some(source) = result.sources.first() {
        words.push(Inline::plain(" · Source: "));
        words.push(cited(source));
    }
    words
}

fn turn_json(turn: &Turned) -> Json {
    json!({
        "rule": turn.rule,
        "segment": turn.segment,
        "from": turn.from.0.as_str(),
        "to": turn.to.0.as_str(),
        "severity": turn.to.1.as_str(),
    })
}

/// The boundaries and the other choices as JSON.
pub fn flips_to_json(plan: &Plan, flips: &[Flip], swaps: &[Swap]) -> Json {
    let swaps = swaps.iter().filter(|swap| !swap.turns.is_empty());
    let swaps = swaps.map(|swap| {
        json!({
            "field": swap.field.name,
            "segment": swap.segment,
            "now": swap.now.display(swap.field),
            "to": swap.to.display(swap.field),
            "turns": swap.turns.iter().map(turn_json).collect::<Vec<_>>(),
        })
    });
    let flips = flips.iter().map(|flip| {
        let turns = flip.turns.iter().map(turn_json);
        json!({
            "field": flip.field.name,
            "segment": flip.segment,
            "now": flip.now.display(flip.field),
            "last": flip.last.display(flip.field),
            "at": flip.at.display(flip.field),
            "turns": turns.collect::<Vec<_>>(),
        })
    });
    json!({
        "flips": flips.collect::<Vec<_>>(),
        "swaps": swaps.collect::<Vec<_>>(),
        "notes": about_currencies(plan),
    })
}

pub(super) fn is_stated(plan: &Plan, field: &Field) -> bool {
    let mut segments = plan.segments().iter();
    segments.any(|segment| plan.value(field.name, segment).is_some())
}

/// The boundaries of `plan` as people read them; `only` is the field that was asked about, `swaps`
/// what other choices of it change.
pub fn flips_to_document(
    plan: &Plan,
    flips: &[Flip],
    swaps: &[Swap],
    only: Option<&Field>,
) -> Document {
    if let Some(field) = only.filter(|_| !swaps.is_empty()) {
        return swaps_to_document(plan, swaps, field);
    }
    if flips.is_empty() {
        let headline = match only {
            Some(field) if is_stated(plan, field) && !is_tried(field) => format!(
                "Numbers and choices are tried, and {} is neither; `what-if` says what another value \
                 would change.",
                field.label()
            ),
            Some(field) if is_stated(plan, field) => format!(
                "No other value of {} changes what the check says.",
                field.label()
            ),
            Some(field) => format!(
                "The plan states no {} yet, so there is nothing to move.",
                field.label()
            ),
            None => "The plan states no number yet at which the check would turn.".to_owned(),
        };
        return Document {
            headline,
            blocks: Vec::new(),
        };
    }
    let lines = flips.iter().take(MOST_FLIPS).map(flip);
    let mut blocks = vec![Block::Bullets(lines.collect())];
    if let Some(more) = flips.len().checked_sub(MOST_FLIPS).filter(|more| *more > 0) {
        blocks.push(Block::Note(vec![Inline::plain(format!(
            "And {more} more; name a field to see all of its own."
        ))]));
    }
    blocks.push(Block::Note(vec![Inline::plain(
        "Each is the nearest value found on that side, with the check run there and one step before.",
    )]));
    blocks.extend(about_currencies(plan).iter().map(|note| closing(note)));
    Document {
        headline: "Where the check would turn".to_owned(),
        blocks,
    }
}

fn flip(flip: &Flip) -> Vec<Inline> {
    let Flip { field, now, at, .. } = flip;
    let direction = if amount(at) > amount(now) {
        "from"
    } else {
        "at most"
    };
    let place = of_segment(flip.segment.as_ref());
    let mut words = vec![
        Inline::strong(format!("{}{place}", field.label())),
        Inline::plain(format!(
            " ({} now): {direction} {}, ",
            now.display(field),
            at.display(field)
        )),
    ];
    let mut turns: Vec<&Turned> = flip.turns.iter().collect();
    turns.sort_by_key(|turn| !concerns_finding(turn));
    words.extend(told(&turns, flip.segment.as_ref()));
    words
}

/// What turns, each rule once with the segments in which it does; of the segment that was changed
/// nobody need be told.
pub(super) fn told(turns: &[&Turned], changed: Option<&Segment>) -> Vec<Inline> {
    let mut rules: Vec<(&Turned, Vec<String>)> = Vec::new();
    for turn in turns {
        let same = |(known, _): &&mut (&Turned, Vec<String>)| {
            (&known.rule, known.from, known.to) == (&turn.rule, turn.from, turn.to)
        };
        let elsewhere = turn.segment.as_ref().filter(|it| Some(*it) != changed);
        let elsewhere = elsewhere.filter(|segment| !segment.is_main());
        let elsewhere = elsewhere.map(|segment| segment.as_str().to_owned());
        match rules.iter_mut().find(same) {
            Some((_, segments)) => segments.extend(elsewhere),
            None => rules.push((turn, elsewhere.into_iter().collect())),
        }
    }
    let mut words = Vec::new();
    for (place, (turn, segments)) in rules.iter().take(MOST_TURNS).enumerate() {
        if place > 0 {
            words.push(Inline::plain("; "));
        }
        words.push(Inline::code(turn.rule.as_str()));
        if !segments.is_empty() {
            words.push(Inline::plain(format!(" for {}", series(segments, "and"))));
        }
        words.push(Inline::plain(format!(" {}", said(turn))));
    }
    if let Some(more) = rules.len().checked_sub(MOST_TURNS).filter(|more| *more > 0) {
        words.push(Inline::plain(format!("; and {more} more")));
    }
    words
}

pub(super) fn concerns_finding(turn: &Turned) -> bool {
    turn.from.0 == Outcome::Finding || turn.to.0 == Outcome::Finding
}

fn said(turn: &Turned) -> String {
    let (from, to) = (turn.from, turn.to);
    match (from.0, to.0) {
        (Outcome::Finding, Outcome::Finding) => {
            format!("turns from {} to {}", from.1.as_str(), to.1.as_str())
        }
        (_, Outcome::Finding) => format!("finds ({}): {}", to.1.as_str(), turn.title),
        (_, Outcome::Unknown) => "can no longer be decided".to_owned(),
        (Outcome::Finding, _) => "finds nothing any more".to_owned(),
        (_, Outcome::Pass) => "begins to hold and passes".to_owned(),
        (_, Outcome::NotApplicable) => "no longer applies".to_owned(),
    }
}

fn amount(value: &Value) -> i128 {
    match value {
        Value::Money(money) | Value::MoneyPerYear(money) => money.ten_thousandths.into(),
        Value::Price(price) => price.amount.ten_thousandths.into(),
        Value::Percent(share) => share.0.into(),
        Value::Count(count) => (*count).into(),
        Value::Days(length) | Value::Months(length) => length.0.into(),
        _ => 0,
    }
}
