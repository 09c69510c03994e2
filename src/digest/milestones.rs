//! The framework's milestones, line by line: what there is, and what it takes.
//!
//! The three stages are told as they are written. They are signs and no gates, and two of them do not
//! fit together (10k a month is more than the 100k a year of the stage behind it), so each line is
//! judged alone and no stage is awarded.

use std::collections::BTreeSet;

use crate::plan::{self, Length, Money, Percent, Plan, Segment, Value, deal_value};

/// One stage's milestones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    /// Its name.
    pub name: &'static str,
    /// Its lines.
    pub lines: Vec<Line>,
}

/// One milestone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What it is about.
    pub name: &'static str,
    /// What it takes, such as `10` or `below 12 months`.
    pub goal: &'static str,
    /// What there is, in words; none where nobody has said.
    pub have: Option<String>,
    /// How much of the way is done, in percent up to 100; none where it cannot be told.
    pub percent: Option<u8>,
    /// Whether it is reached.
    pub is_reached: bool,
}

impl Stage {
    /// How many of its lines are reached.
    pub fn reached(&self) -> usize {
        self.lines.iter().filter(|line| line.is_reached).count()
    }
}

/// What a line has, and how far that is.
struct Have {
    words: String,
    percent: Option<u8>,
    is_reached: bool,
}

/// The three stages. A figure of each segment counts by the weakest of those that were given.
pub fn milestones(plan: &Plan) -> [Stage; 3] {
    [
        Stage {
            name: "Initial traction",
            lines: vec![
                line("paying customers", "10", customers(plan)),
                line("MRR", "$10,000", mrr(plan)),
                line(
                    "still there after 3 months",
                    "above 70%",
                    above(plan, "metrics.retention_3m", 7_000),
                ),
            ],
        },
        Stage {
            name: "Early scale",
            lines: vec![
                line("ARR", "$100,000", arr(plan, 100_000)),
                line("payback", "below 12 months", payback(plan)),
                line("proven channels", "3", proven(plan)),
            ],
        },
        Stage {
            name: "Growth scale",
            lines: vec![
                line("ARR", "$1,000,000", arr(plan, 1_000_000)),
                line(
                    "net revenue retention",
                    "above 100%",
                    above(plan, "metrics.nrr", 10_000),
                ),
                line("lifetime value", "above its cost", profitable(plan)),
            ],
        },
    ]
}

/// The stage that is worked on: the first with an open line of which something is known, else the
/// first of which something is known.
pub fn under_way(stages: &[Stage; 3]) -> Option<&Stage> {
    let known = |stage: &&Stage| stage.lines.iter().any(|line| line.have.is_some());
    let open = |stage: &&Stage| stage.reached() < stage.lines.len();
    let first = stages.iter().find(|it| known(it) && open(it));
    first.or_else(|| stages.iter().rfind(known))
}

fn line(name: &'static str, goal: &'static str, have: Option<Have>) -> Line {
    let (percent, is_reached) = have
        .as_ref()
        .map_or((None, false), |it| (it.percent, it.is_reached));
    Line {
        name,
        goal,
        have: have.map(|it| it.words),
        percent,
        is_reached,
    }
}

/// So much of so much; `whole` is more than nothing.
fn part(have: i64, whole: i64) -> Option<u8> {
    let percent = i128::from(have.max(0)) * 100 / i128::from(whole);
    u8::try_from(percent.min(100)).ok()
}

fn customers(plan: &Plan) -> Option<Have> {
    let Some(Value::Count(count)) = whole(plan, "plan.customers") else {
        return None;
    };
    let count = i64::try_from(*count).unwrap_or(i64::MAX);
    Some(Have {
        words: shown("plan.customers", &Value::Count(count.unsigned_abs())),
        percent: part(count, 10),
        is_reached: count >= 10,
    })
}

fn mrr(plan: &Plan) -> Option<Have> {
    let Some(Value::Money(mrr)) = whole(plan, "plan.mrr") else {
        return None;
    };
    Some(money(*mrr, 10_000))
}

fn arr(plan: &Plan, goal: i64) -> Option<Have> {
    let arr = match (whole(plan, "plan.arr"), whole(plan, "plan.mrr")) {
        (Some(Value::MoneyPerYear(arr)), _) => *arr,
        (_, Some(Value::Money(mrr))) => mrr.times(12)?,
        _ => return None,
    };
    Some(money(arr, goal))
}

fn money(have: Money, goal: i64) -> Have {
    let goal = goal * 10_000;
    Have {
        words: have.to_string(),
        percent: part(have.ten_thousandths, goal),
        is_reached: have.ten_thousandths >= goal,
    }
}

/// A percentage that must be above `goal`; the weakest segment counts.
fn above(plan: &Plan, name: &str, goal: i64) -> Option<Have> {
    let of = |value: &Value| match value {
        Value::Percent(percent) => Some(*percent),
        _ => None,
    };
    let values = segments(plan, name).filter_map(of);
    let weakest: Percent = values.min()?;
    Some(Have {
        words: weakest.to_string(),
        percent: part(weakest.0, goal),
        is_reached: weakest.0 > goal,
    })
}

/// Months until a customer has paid back its cost; the slowest segment counts.
fn payback(plan: &Plan) -> Option<Have> {
    let months = plan.segments().iter().filter_map(|segment| {
        let cost = cost(plan, segment);
        let deal = deal_value(plan, segment).value;
        match (cost, deal, plan.value("economics.payback", segment)) {
            (Some(cost), Some(deal), _)
                if cost.currency == deal.currency && deal.ten_thousandths > 0 =>
            {
                let months =
                    i128::from(cost.ten_thousandths) * 1_200 / i128::from(deal.ten_thousandths);
                Some(Length(i64::try_from(months).ok()?))
            }
            (_, _, Some(Value::Months(stated))) => Some(*stated),
            _ => None,
        }
    });
    let slowest = months.max()?;
    Some(Have {
        words: shown("economics.payback", &Value::Months(slowest)),
        percent: None,
        is_reached: slowest.0 < 1_200,
    })
}

/// What one new customer costs, where it is that cost.
fn cost(plan: &Plan, segment: &Segment) -> Option<Money> {
    let per_customer = match plan.value("economics.cac_per", segment) {
        Some(Value::Choice(per)) => per == "customer",
        _ => true,
    };
    match plan.value("economics.cac", segment) {
        Some(Value::Money(cost)) if per_customer => Some(*cost),
        _ => None,
    }
}

fn proven(plan: &Plan) -> Option<Have> {
    let mut channels = BTreeSet::new();
    let mut known = false;
    for value in segments(plan, "marketing.proven") {
        if let Value::Set(set) = value {
            known = true;
            channels.extend(set);
        }
    }
    let count = i64::try_from(channels.len()).unwrap_or(i64::MAX);
    known.then(|| Have {
        words: count.to_string(),
        percent: part(count, 3),
        is_reached: count >= 3,
    })
}

fn profitable(plan: &Plan) -> Option<Have> {
    let pairs = plan.segments().iter().filter_map(|segment| {
        let Some(Value::Money(ltv)) = plan.value("economics.ltv", segment) else {
            return None;
        };
        let cost = cost(plan, segment)?;
        (ltv.currency == cost.currency).then_some((*ltv, cost))
    });
    let pairs: Vec<_> = pairs.collect();
    let (ltv, cost) = pairs
        .iter()
        .find(|(ltv, cost)| ltv.ten_thousandths <= cost.ten_thousandths)
        .or_else(|| pairs.first())?;
    Some(Have {
        words: format!("{ltv} against {cost}"),
        percent: None,
        is_reached: ltv.ten_thousandths > cost.ten_thousandths,
    })
}

fn whole<'p>(plan: &'p Plan, name: &str) -> Option<&'p Value> {
    plan.value(name, &plan.segment_or_default(None))
}

fn segments<'p>(plan: &'p Plan, name: &'p str) -> impl Iterator<Item = &'p Value> {
    let segments = plan.segments().iter();
    segments.filter_map(move |segment| plan.value(name, segment))
}

fn shown(name: &str, value: &Value) -> String {
    plan::field(name).map_or_else(String::new, |field| value.display(field))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{FileFormat, read_file};

    /// A plan with these answers; those of the whole plan stand first.
    fn plan_with(answers: &[(&str, &str)]) -> Plan {
        let (whole, segment): (Vec<_>, Vec<_>) = answers
            .iter()
            .partition(|(name, _)| name.starts_with("plan."));
        let lines = |answers: Vec<&(&str, &str)>| {
            let lines = answers.iter().map(|(name, words)| match *name {
                "marketing.proven" => format!("{name} = {words}\n"),
                _ => format!("{name} = \"{words}\"\n"),
            });
            lines.collect::<String>()
        };
        let file = format!("{}[segment.main]\n{}", lines(whole), lines(segment));
        let today = jiff::civil::date(2026, 3, 4);
        read_file(&file, FileFormat::Toml, today).expect("a plan")
    }

    /// `customers 6 of 10 (60 %)`, or what is missing, a line each.
    fn told(answers: &[(&str, &str)]) -> String {
        let stages = milestones(&plan_with(answers));
        let lines = stages.iter().flat_map(|stage| &stage.lines);
        let words = lines.filter_map(|line| {
            let have = line.have.as_ref()?;
            let mark = if line.is_reached { "x" } else { "-" };
            let percent = line
                .percent
                .map_or_else(String::new, |it| format!(" {it}%"));
            Some(format!(
                "{mark} {}: {have} of {}{percent}",
                line.name, line.goal
            ))
        });
        words.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn each_line_is_judged_alone() {
        let said = told(&[
            ("plan.customers", "6"),
            ("plan.mrr", "$10k"),
            ("metrics.retention_3m", "70%"),
            ("pricing.acv", "$12k"),
            ("economics.cac", "$12k"),
            ("marketing.proven", "[\"seo\", \"content\", \"events\"]"),
            ("metrics.nrr", "100.01%"),
        ]);
        assert_eq!(
            said,
            "- paying customers: 6 of 10 60%\n\
             x MRR: $10,000 of $10,000 100%\n\
             - still there after 3 months: 70% of above 70% 100%\n\
             x ARR: $120,000 of $100,000 100%\n\
             - payback: 12 months of below 12 months\n\
             x proven channels: 3 of 3 100%\n\
             - ARR: $120,000 of $1,000,000 12%\n\
             x net revenue retention: 100.01% of above 100% 100%"
        );
    }

    #[test]
    fn what_nobody_said_is_not_told_and_wins_no_stage() {
        let stages = milestones(&plan_with(&[]));
        assert_eq!(under_way(&stages), None);
        assert!(told(&[]).is_empty());
    }

    #[test]
    fn the_stage_under_way_is_the_first_with_an_open_line() {
        let name = |answers: &[(&str, &str)]| {
            under_way(&milestones(&plan_with(answers))).map(|stage| stage.name)
        };
        let traction = [
            ("plan.customers", "20"),
            ("plan.mrr", "$20k"),
            ("metrics.retention_3m", "90%"),
        ];
        assert_eq!(name(&traction[..1]), Some("Initial traction"));
        assert_eq!(name(&traction), Some("Early scale"));
    }

    #[test]
    fn a_cost_of_something_else_than_a_customer_pays_back_nothing() {
        let said = told(&[
            ("pricing.acv", "$12k"),
            ("economics.cac", "$1k"),
            ("economics.cac_per", "lead"),
        ]);
        assert!(!said.contains("payback"), "{said}");
    }
}
