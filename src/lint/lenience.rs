//! Where the team departs from the rules: its waivers and its baseline, put to what a check found.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Outcome, RuleResult, Severity, Status};
use crate::plan::{Answer, Field, Level, Plan, Segment, Waiver, field};

/// What a waiver or the baseline means for a result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lenience {
    /// The finding is waived.
    Waived(Waiver),
    /// The finding was accepted once, on that day where it is known.
    Accepted(Option<Date>),
    /// The waiver has run out, so the finding is back.
    Expired(Waiver),
    /// An answer that the waiver was made against is another, so the finding is back.
    Returned(Waiver, String),
    /// There is nothing to waive any more.
    Unused(Waiver),
}

impl Lenience {
    /// The word for it in JSON.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Waived(_) => "waived",
            Self::Accepted(_) => "baseline",
            Self::Expired(_) => "expired",
            Self::Returned(..) => "returned",
            Self::Unused(_) => "unused",
        }
    }

    /// The waiver, where it is one.
    pub fn waiver(&self) -> Option<&Waiver> {
        match self {
            Self::Waived(waiver)
            | Self::Expired(waiver)
            | Self::Returned(waiver, _)
            | Self::Unused(waiver) => Some(waiver),
            Self::Accepted(_) => None,
        }
    }

    /// What a reader should know about it, in one sentence; none while a waiver just holds.
    pub fn notice(&self) -> Option<String> {
        Some(match self {
            Self::Waived(_) | Self::Accepted(_) => return None,
            Self::Expired(waiver) => {
                let until = waiver
                    .until
                    .map_or_else(String::new, |date| format!(" on {date}"));
                format!(
                    "The waiver of `{}` ended{until} ({})",
                    waiver.rule, waiver.reason
                )
            }
            Self::Returned(waiver, changed) => format!(
                "The waiver of `{}` ({}) was made for other values: {changed}",
                waiver.rule, waiver.reason
            ),
            Self::Unused(waiver) => format!(
                "`{}` is waived ({}) but finds nothing any more, so the waiver can go",
                waiver.rule, waiver.reason
            ),
        })
    }
}

/// The answers that a result rests on, by where they stand and as files spell them: what a waiver is
/// made against.
pub fn seen(plan: &Plan, result: &RuleResult) -> BTreeMap<String, String> {
    let mut seen = BTreeMap::new();
    for field in result.fields.each() {
        let segments: Vec<Option<&Segment>> = match (field.level, &result.segment) {
            (Level::Plan, _) => vec![None],
            (Level::Segment, Some(segment)) => vec![Some(segment)],
            (Level::Segment, None) => plan.segments().iter().map(Some).collect(),
        };
        for segment in segments {
            let of = segment.map_or_else(String::new, |segment| format!(" for {segment}"));
            seen.insert(format!("{}{of}", field.name), written(plan, field, segment));
        }
    }
    seen
}

fn written(plan: &Plan, field: &Field, segment: Option<&Segment>) -> String {
    match plan.answer(field, segment) {
        Some(Answer::Known(value)) => value.written(field),
        Some(Answer::NotApplicable(_)) => "not applicable".to_owned(),
        None => String::new(),
    }
}

/// The first answer that is not what it was, in words.
fn changed(plan: &Plan, waiver: &Waiver) -> Option<String> {
    let shown = |answer: &str| match answer {
        "" => "not answered".to_owned(),
        answer => answer.to_owned(),
    };
    waiver.against.iter().find_map(|(place, then)| {
        let (name, segment) = match place.split_once(" for ") {
            Some((name, segment)) => (name, Some(Segment::parse(segment).ok()?)),
            None => (place.as_str(), None),
        };
        let field = field(name)?;
        let now = written(plan, field, segment.as_ref());
        (now != *then).then(|| format!("{place} was {} and is {}", shown(then), shown(&now)))
    })
}

/// Puts the plan's waivers and its baseline to the results.
pub(super) fn apply(plan: &Plan, results: &mut [RuleResult], as_of: Date) {
    for waiver in plan.waivers() {
        let concerned = |result: &RuleResult| {
            result.rule == waiver.rule
                && (waiver.segment.is_none() || result.segment == waiver.segment)
        };
        let finds = results
            .iter()
            .any(|it| concerned(it) && it.outcome == Outcome::Finding);
        for result in results.iter_mut().filter(|result| concerned(result)) {
            // A waiver of one segment goes before one of all.
            if result.lenience.is_some() && waiver.segment.is_none() {
                continue;
            }
            match result.outcome {
                Outcome::Finding => waive(plan, waiver, result, as_of),
                Outcome::Pass | Outcome::NotApplicable if !finds => {
                    result.lenience = Some(Box::new(Lenience::Unused(waiver.clone())));
                }
                _ => {}
            }
        }
    }
    accept(plan, results);
}

fn waive(plan: &Plan, waiver: &Waiver, result: &mut RuleResult, as_of: Date) {
    let is_over = waiver.until.is_some_and(|until| until < as_of);
    let lenience = match changed(plan, waiver) {
        _ if is_over => Lenience::Expired(waiver.clone()),
        Some(changed) => Lenience::Returned(waiver.clone(), changed),
        None => Lenience::Waived(waiver.clone()),
    };
    result.status = match lenience {
        Lenience::Waived(_) => Status::Waived,
        _ => Status::Open,
    };
    result.lenience = Some(Box::new(lenience));
}

/// Accepts the open findings of the baseline that weigh no more than they did.
fn accept(plan: &Plan, results: &mut [RuleResult]) {
    let Some(baseline) = plan.baseline() else {
        return;
    };
    let findings = &baseline.findings;
    for result in results.iter_mut() {
        let is_open = result.outcome == Outcome::Finding && result.status == Status::Open;
        let then = findings.get(&result.key());
        let weighs_no_more =
            then.is_some_and(|severity| result.severity <= Severity::named(severity));
        if is_open && weighs_no_more && result.lenience.is_none() {
            result.status = Status::Waived;
            result.lenience = Some(Box::new(Lenience::Accepted(baseline.on)));
        }
    }
}
