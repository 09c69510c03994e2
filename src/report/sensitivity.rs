//! Sensitivity: the nearest value of each number at which an outcome flips, found by running the
//! check on both sides.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::concerned::{Concerned, Part};
use crate::ident::RuleSlug;
use crate::lint::{Outcome, RuleSet, Severity, Thresholds, judge};
use crate::plan::{
    Answer, Author, Field, Length, Level, Money, Percent, Plan, Price, Segment, Value, deal_value,
    fields, set_answer,
};

/// The most values that are tried in one direction before the boundary is closed in on.
const MOST_TRIED: usize = 120;

/// No amount beyond this is tried, in ten-thousandths: a hundred billion.
const FARTHEST: i64 = 1_000_000_000_000_000;

/// One percent, in ten-thousandths of one.
const WHOLE_PERCENT: i64 = 10_000;

/// A value at which something changes, with the last one at which nothing does.
#[derive(Debug, Clone, PartialEq)]
pub struct Flip {
    /// The field.
    pub field: &'static Field,
    /// The segment; `None` for a field of the whole plan.
    pub segment: Option<Segment>,
    /// What the plan says.
    pub now: Value,
    /// The last value on the way at which all is as it is now.
    pub last: Value,
    /// The next value, at which it is not.
    pub at: Value,
    /// What changes there.
    pub turns: Vec<Turned>,
}

/// One rule's change of mind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turned {
    /// The rule.
    pub rule: RuleSlug,
    /// Its title.
    pub title: String,
    /// The segment; `None` for a rule about the whole plan.
    pub segment: Option<Segment>,
    /// What it says now, and how much that weighs.
    pub from: (Outcome, Severity),
    /// What it would say.
    pub to: (Outcome, Severity),
}

/// What a check runs on beside the plan.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    /// The rules in force.
    pub rules: &'a RuleSet,
    /// The thresholds in force.
    pub thresholds: &'a Thresholds,
    /// The day of the check.
    pub as_of: Date,
}

/// The nearest flips above and below each number that the plan states, or those of one field.
pub fn sensitivity(
    plan: &Plan,
    ground: Ground<'_>,
    only: Option<&Field>,
    author: &Author,
) -> Vec<Flip> {
    let wanted = |field: &&'static Field| only.is_none_or(|only| only.name == field.name);
    let mut flips = Vec::new();
    for field in fields().iter().filter(wanted) {
        let known: Vec<_> = places(plan, field)
            .into_iter()
            .filter_map(|segment| match plan.answer(field, segment) {
                Some(Answer::Known(value)) => Some((segment, value, Steps::of(value)?)),
                _ => None,
            })
            .collect();
        if known.is_empty() {
            continue;
        }
        let concerned = Concerned::by(field, plan, ground.rules);
        for (segment, value, steps) in known {
            let parts = concerned.parts(plan, segment);
            let search = Search {
                plan,
                ground: Ground {
                    rules: &concerned.rules,
                    ..ground
                },
                parts: &parts,
                field,
                segment,
                value,
                steps,
                author,
            };
            flips.extend(search.flips());
        }
    }
    flips
}

/// Where a field is held.
pub(super) fn places<'p>(plan: &'p Plan, field: &Field) -> Vec<Option<&'p Segment>> {
    match field.level {
        Level::Plan => vec![None],
        Level::Segment => plan.segments().iter().map(Some).collect(),
    }
}

/// How a number is taken apart: its amount in ten-thousandths, and the step that is tried.
#[derive(Debug, Clone, Copy)]
struct Steps {
    amount: i64,
    step: i64,
}

impl Steps {
    fn of(value: &Value) -> Option<Self> {
        let whole = |amount: i64, step: i64| Self { amount, step };
        let money = |money: Money| {
            let amount = money.ten_thousandths;
            // Where the plan counts cents, so does the search.
            whole(amount, if amount % 10_000 == 0 { 10_000 } else { 100 })
        };
        Some(match value {
            Value::Money(amount) | Value::MoneyPerYear(amount) => money(*amount),
            Value::Price(price) => money(price.amount),
            Value::Percent(Percent(hundredths)) => whole(hundredths.checked_mul(100)?, 10_000),
            Value::Count(count) => whole(i64::try_from(*count).ok()?.checked_mul(10_000)?, 10_000),
            Value::Days(Length(hundredths)) | Value::Months(Length(hundredths)) => {
                whole(hundredths.checked_mul(100)?, 10_000)
            }
            _ => return None,
        })
    }

    /// A value of the same kind with another amount.
    fn with(value: &Value, amount: i64) -> Option<Value> {
        let money = |money: Money| Money {
            ten_thousandths: amount,
            ..money
        };
        Some(match value {
            Value::Money(old) => Value::Money(money(*old)),
            Value::MoneyPerYear(old) => Value::MoneyPerYear(money(*old)),
            Value::Price(price) => Value::Price(Price {
                amount: money(price.amount),
                ..*price
            }),
            Value::Percent(_) => Value::Percent(Percent(amount / 100)),
            Value::Count(_) => Value::Count(u64::try_from(amount / 10_000).ok()?),
            Value::Days(_) => Value::Days(Length(amount / 100)),
            Value::Months(_) => Value::Months(Length(amount / 100)),
            _ => return None,
        })
    }
}

/// One number of the plan, and where its outcomes may flip.
struct Search<'a> {
    plan: &'a Plan,
    ground: Ground<'a>,
    parts: &'a [Part<'a>],
    field: &'static Field,
    segment: Option<&'a Segment>,
    value: &'a Value,
    steps: Steps,
    author: &'a Author,
}

/// What the rules say at a value: outcome and weight, in the order of rules and segments.
pub(super) type Word = Vec<(Outcome, Severity)>;

impl Search<'_> {
    /// Below the value, then above it.
    fn flips(&self) -> Vec<Flip> {
        let Some(now) = self.word(self.steps.amount) else {
            return Vec::new();
        };
        let points = self.points();
        let amount = self.steps.amount;
        let below = points.range(..amount).rev().copied();
        let above = points.range(amount + 1..).copied();
        let below = self.nearest(&now, below);
        let above = self.nearest(&now, above);
        [below, above].into_iter().flatten().collect()
    }

    /// The values to try: what the rules name, as it stands and as it follows through the deal
    /// value, each with its neighbours; and ever longer steps, for what follows by arithmetic.
    fn points(&self) -> BTreeSet<i64> {
        let Steps { amount, step } = self.steps;
        let mut near = BTreeSet::new();
        let deal = self
            .segment
            .and_then(|segment| deal_value(self.plan, segment).value);
        for number in self.ground.rules.numbers() {
            near.insert(Some(i128::from(number)));
            near.insert(Some(i128::from(number) * 100));
            let through = deal.map(|deal| i128::from(deal.ten_thousandths));
            let through = through.filter(|deal| *deal != 0);
            near.insert(through.map(|deal| i128::from(number) * i128::from(amount) / deal));
        }
        // No value is named that the field does not take.
        let bounds = match self.value {
            Value::Percent(_) => {
                let (low, high) = self.field.percent_bounds();
                low * WHOLE_PERCENT..=high * WHOLE_PERCENT
            }
            _ => 0..=FARTHEST,
        };
        let mut points = BTreeSet::new();
        for point in near
            .into_iter()
            .flatten()
            .filter_map(|point| i64::try_from(point).ok())
        {
            let offset = (point - amount).div_euclid(step);
            for more in -1..=2 {
                points.insert(amount.saturating_add((offset + more).saturating_mul(step)));
            }
        }
        let mut stride = step;
        while stride < FARTHEST {
            points.insert(amount.saturating_add(stride));
            points.insert(amount.saturating_sub(stride));
            stride = stride.saturating_mul(2);
        }
        points.retain(|point| bounds.contains(point));
        points
    }

    fn nearest(&self, now: &[Word], points: impl Iterator<Item = i64>) -> Option<Flip> {
        let mut last = self.steps.amount;
        for point in points.take(MOST_TRIED) {
            let word = self.word(point)?;
            if word != now {
                return self.close_in(now, last, point);
            }
            last = point;
        }
        None
    }

    /// Halves the way between a value at which nothing changes and one at which something does.
    fn close_in(&self, now: &[Word], mut last: i64, mut at: i64) -> Option<Flip> {
        let step = self.steps.step;
        while (at - last).abs() > step {
            let middle = last + (at - last) / step / 2 * step;
            if self.word(middle)? == now {
                last = middle;
            } else {
                at = middle;
            }
        }
        let value = |amount| Steps::with(self.value, amount);
        Some(Flip {
            field: self.field,
            segment: self.segment.cloned(),
            now: self.value.clone(),
            last: value(last)?,
            at: value(at)?,
            turns: self.turns(now, at)?,
        })
    }

    /// What turns there, in the order of rules and segments.
    fn turns(&self, now: &[Word], at: i64) -> Option<Vec<Turned>> {
        let mut turns = Vec::new();
        for (part, was) in self.parts.iter().zip(now) {
            turns.extend(turned(self.of(part), &self.at(part, at)?, was));
        }
        let rules = self.ground.rules.rules();
        let segments = self.plan.segments();
        turns.sort_by_key(|turn| {
            let rule = rules.iter().position(|rule| *rule.slug() == turn.rule);
            let segment = segments
                .iter()
                .position(|it| Some(it) == turn.segment.as_ref());
            (rule, segment)
        });
        Some(turns)
    }

    fn of<'p>(&'p self, part: &'p Part<'_>) -> Ground<'p> {
        Ground {
            rules: part.rules,
            ..self.ground
        }
    }

    fn at(&self, part: &Part<'_>, amount: i64) -> Option<Plan> {
        let value = Steps::with(self.value, amount)?;
        let place = (self.field, self.segment);
        with_value(&part.plan, place, value, self.author)
    }

    /// What each part of the rules says there.
    fn word(&self, amount: i64) -> Option<Vec<Word>> {
        let parts = self.parts.iter();
        parts
            .map(|part| Some(word(self.of(part), &self.at(part, amount)?)))
            .collect()
    }
}

/// The plan with another value in that place.
pub(super) fn with_value(
    plan: &Plan,
    (field, segment): (&'static Field, Option<&Segment>),
    value: Value,
    author: &Author,
) -> Option<Plan> {
    let answer = Some(Answer::Known(value));
    let mut other = plan.clone();
    for change in set_answer(plan, field, segment, answer, author) {
        other.apply(&change).ok()?;
    }
    Some(other)
}

/// What the rules say of a plan.
pub(super) fn word(ground: Ground<'_>, plan: &Plan) -> Word {
    let judged = judge(ground.rules, plan, ground.thresholds, ground.as_of);
    let verdicts = judged.verdicts();
    verdicts
        .map(|verdict| (verdict.outcome, verdict.severity))
        .collect()
}

/// What the rules say of a plan and did not say before.
pub(super) fn turned(ground: Ground<'_>, plan: &Plan, was: &Word) -> Vec<Turned> {
    let rules = ground.rules;
    let judged = judge(rules, plan, ground.thresholds, ground.as_of);
    let verdicts = judged.verdicts().zip(was);
    let turned = verdicts.filter(|(verdict, was)| (verdict.outcome, verdict.severity) != **was);
    let turned = turned.map(|(verdict, was)| Turned {
        rule: verdict.rule.clone(),
        title: rules
            .get(verdict.rule.as_str())
            .map_or_else(String::new, |rule| rule.title().to_owned()),
        segment: verdict.segment.cloned(),
        from: *was,
        to: (verdict.outcome, verdict.severity),
    });
    turned.collect()
}
