//! The milestones of each stage, line by line: what is reached, what is open, what nobody has said.
//!
//! The numbers are those of the rules that judge them, so a threshold of the team's own counts here
//! too.

mod asks;

use asks::{Asks, MILESTONES, Measure, Sense};

use super::Ground;
use crate::calc::{self, Asked};
use crate::lint::amount;
use crate::plan::{self, Field, ParseContext, Plan, Segment, Value, deal_value};
use crate::ratio::Ratio;

/// The lines that show that a stage's question is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Milestone {
    /// What it is called.
    pub name: &'static str,
    /// The stage that works towards it, by its slug.
    pub stage: &'static str,
    /// Its lines.
    pub lines: Vec<Line>,
}

/// One line of a milestone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What it asks for, such as `10 paying customers`.
    pub label: String,
    /// How the plan stands to it.
    pub stand: Stand,
    /// The plan's own number with its arithmetic; empty where it is not known.
    pub told: String,
    /// How much of the way is done, in whole percent, for what is counted or earned.
    pub percent: Option<u8>,
    /// The segment that decided, where the plan has several.
    pub segment: Option<Segment>,
    /// The first field whose answer it waits for.
    pub missing: Option<&'static str>,
}

/// How a plan stands to a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stand {
    /// The plan's number is there.
    Reached,
    /// It is not there yet.
    Open,
    /// Nobody has said it.
    Unknown,
}

impl Milestone {
    /// How many of its lines are reached.
    pub fn reached(&self) -> usize {
        let reached = |line: &&Line| line.stand == Stand::Reached;
        self.lines.iter().filter(reached).count()
    }

    /// Whether anything of it is known.
    pub fn is_known(&self) -> bool {
        self.lines.iter().any(|line| line.stand != Stand::Unknown)
    }

    /// The line to work on: the first that is open, else the first that nobody has answered.
    pub fn next(&self) -> Option<&Line> {
        let with = |stand| self.lines.iter().find(move |line| line.stand == stand);
        with(Stand::Open).or_else(|| with(Stand::Unknown))
    }
}

/// The milestone that is worked on: the first with an open line of which something is known, else the
/// last of which something is known.
pub fn under_way(milestones: &[Milestone]) -> Option<&Milestone> {
    let open = |it: &&Milestone| it.is_known() && it.reached() < it.lines.len();
    let first = milestones.iter().find(open);
    first.or_else(|| milestones.iter().rfind(|it| it.is_known()))
}

/// So much of so much, rounded down, so that 100 means all of it.
fn percent(number: Ratio, bound: Ratio) -> Option<u8> {
    let share = number.times(Ratio::whole(100))?.over(bound)?;
    let floor = -share.negated()?.ceiling();
    u8::try_from(floor.clamp(0, 100)).ok()
}

/// The milestones, with how the plan stands to each line of them.
pub fn milestones(plan: &Plan, ground: Ground<'_>) -> Vec<Milestone> {
    let thresholds = ground.thresholds.and(plan.thresholds());
    let ground = Ground {
        thresholds: &thresholds,
        ..ground
    };
    let all = MILESTONES.iter().map(|(name, stage, lines)| Milestone {
        name,
        stage,
        lines: lines
            .iter()
            .filter_map(|asks| line(plan, asks, ground))
            .collect(),
    });
    all.filter(|milestone| !milestone.lines.is_empty())
        .collect()
}

fn line(plan: &Plan, asks: &Asks, ground: Ground<'_>) -> Option<Line> {
    let (bound, words) = match asks.bound {
        ("", _) => (Ratio::whole(1), String::new()),
        (rule, param) => ground
            .rules
            .amount_in_force(rule, param, ground.thresholds)?,
    };
    let label = asks.label.replace("{}", &words);
    let readings = readings(plan, asks.measure, ground);
    let is_reached = |number: Ratio| match asks.sense {
        Sense::AtLeast => number >= bound,
        Sense::Above => number > bound,
        Sense::Below => number < bound,
    };
    let stand = |reading: &Reading| match reading.number {
        None => Stand::Unknown,
        Some(number) if is_reached(number) => Stand::Reached,
        Some(_) => Stand::Open,
    };
    // One segment that is not there decides, then one that nobody has answered.
    let first = |wanted: Stand| readings.iter().find(|it| stand(it) == wanted);
    let decides = first(Stand::Open)
        .or_else(|| first(Stand::Unknown))
        .or_else(|| readings.first())?;
    Some(Line {
        label,
        stand: stand(decides),
        told: decides.told.clone(),
        percent: decides
            .number
            .filter(|_| asks.measure.adds_up())
            .and_then(|number| percent(number, bound)),
        segment: decides.segment.clone(),
        missing: decides.missing,
    })
}

/// What the plan says of a measure, in one segment or as a whole.
struct Reading {
    segment: Option<Segment>,
    number: Option<Ratio>,
    told: String,
    missing: Option<&'static str>,
}

impl Reading {
    fn known(number: Option<Ratio>, told: String) -> Self {
        Self {
            segment: None,
            number,
            told,
            missing: None,
        }
    }

    fn unknown(missing: Option<&'static str>) -> Self {
        Self {
            segment: None,
            number: None,
            told: String::new(),
            missing,
        }
    }
}

fn readings(plan: &Plan, measure: Measure, ground: Ground<'_>) -> Vec<Reading> {
    let whole = Segment::main();
    match measure {
        Measure::Mrr => return vec![revenue(plan, ("plan.mrr", 12), "plan.arr")],
        Measure::Arr => return vec![revenue(plan, ("plan.arr", 12), "plan.mrr")],
        Measure::Field(name) if is_of_plan(name) => return vec![stated(plan, name, &whole)],
        _ => {}
    }
    let several = plan.only_segment().is_none();
    let of = |segment: &Segment| {
        let reading = match measure {
            Measure::Field(name) => stated(plan, name, segment),
            Measure::Channels => channels(plan, segment),
            Measure::Payback => payback(plan, segment, ground),
            _ => lifetime_to_cost(plan, segment, ground),
        };
        Reading {
            segment: several.then(|| segment.clone()),
            ..reading
        }
    };
    plan.segments().iter().map(of).collect()
}

fn is_of_plan(name: &str) -> bool {
    plan::field(name).is_some_and(|field| field.level == plan::Level::Plan)
}

fn stated(plan: &Plan, name: &'static str, segment: &Segment) -> Reading {
    let (Some(value), Some(field)) = (plan.value(name, segment), plan::field(name)) else {
        return Reading::unknown(Some(name));
    };
    Reading::known(amount(value), value.display(field))
}

/// Revenue of one period: stated, else from that of the other period.
fn revenue(plan: &Plan, (own, months): (&'static str, i128), other: &'static str) -> Reading {
    let whole = Segment::main();
    let reading = stated(plan, own, &whole);
    if reading.number.is_some() {
        return reading;
    }
    let Some(value) = plan.value(other, &whole) else {
        return Reading::unknown(Some(own));
    };
    let shown = plan::field(other).map_or_else(String::new, |field| value.display(field));
    let months = Ratio::whole(months);
    if own == "plan.arr" {
        let number = amount(value).and_then(|it| it.times(months));
        Reading::known(number, format!("{shown} × 12"))
    } else {
        let number = amount(value).and_then(|it| it.over(months));
        Reading::known(number, format!("{shown} ÷ 12"))
    }
}

fn channels(plan: &Plan, segment: &Segment) -> Reading {
    let name = "marketing.proven";
    let (Some(Value::Set(proven)), Some(field)) = (plan.value(name, segment), plan::field(name))
    else {
        return Reading::unknown(Some(name));
    };
    let count = i128::try_from(proven.len()).unwrap_or(i128::MAX);
    let told = match proven.len() {
        0 => "none".to_owned(),
        n => format!("{n} ({})", Value::Set(proven.clone()).display(field)),
    };
    Reading::known(Some(Ratio::whole(count)), told)
}

fn payback(plan: &Plan, segment: &Segment, ground: Ground<'_>) -> Reading {
    computed(
        plan,
        segment,
        ground,
        ("payback", &["margin_adjusted", "simple"]),
    )
    .unwrap_or_else(|| {
        let stated = stated(plan, "economics.payback", segment);
        let needed = [
            (
                "economics.cac",
                plan.value("economics.cac", segment).is_none(),
            ),
            ("pricing.acv", deal_value(plan, segment).value.is_none()),
        ];
        let first = needed.iter().find(|(_, is_missing)| *is_missing);
        match stated.number {
            Some(_) => stated,
            None => Reading::unknown(first.map(|(name, _)| *name)),
        }
    })
}

fn lifetime_to_cost(plan: &Plan, segment: &Segment, ground: Ground<'_>) -> Reading {
    computed(plan, segment, ground, ("ltv-cac", &["ltv_cac"])).unwrap_or_else(|| {
        let needed = ["economics.cac", "economics.ltv"];
        let first = needed
            .into_iter()
            .find(|name| plan.value(name, segment).is_none());
        Reading::unknown(first)
    })
}

/// What a calculator makes of a segment's answers: the first of these lines that it has.
fn computed(
    plan: &Plan,
    segment: &Segment,
    ground: Ground<'_>,
    (calculator, lines): (&str, &[&str]),
) -> Option<Reading> {
    let Ok(Asked::Run(request)) = calc::read(&format!("{calculator} for {segment}")) else {
        return None;
    };
    let context = ParseContext {
        currency: plan.currency(),
        today: ground.as_of,
    };
    let outcome = calc::run(&request, Some(plan), &context).ok()?;
    let found = lines
        .iter()
        .find_map(|name| outcome.lines.iter().find(|line| line.name == *name))?;
    let told = format!("{} {}", found.arithmetic, found.equals());
    Some(Reading::known(Some(found.value.amount()), told))
}

/// The field that a line waits for.
pub fn awaited(line: &Line) -> Option<&'static Field> {
    line.missing.and_then(plan::field)
}
