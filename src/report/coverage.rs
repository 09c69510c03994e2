//! Two shares with visible arithmetic: how much is answered, and how much of it fits together.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::lint::{Fields, Outcome, RuleResult, Severity};
use crate::plan::{Field, Level, Plan, Segment, Value};

/// So many of so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Share {
    /// How many.
    pub have: usize,
    /// Of how many.
    pub of: usize,
}

impl Share {
    /// The share in whole percent, rounded down, so that 100 means all; 0 of 0 is 0.
    pub fn percent(self) -> usize {
        (self.have * 100).checked_div(self.of).unwrap_or(0)
    }

    fn add(&mut self, more: Self) {
        self.have += more.have;
        self.of += more.of;
    }
}

/// How much is answered of what is needed here: the fields that the rules which apply read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Coverage {
    /// All components together.
    pub all: Share,
    /// Each component alone, by its name.
    pub by: BTreeMap<&'static str, Share>,
}

impl Coverage {
    /// Counts each field once for each segment that holds it.
    pub(super) fn of(plan: &Plan, results: &[RuleResult]) -> Self {
        let mut coverage = Self::default();
        let needed = Needed::by(plan, results);
        coverage.count(needed.of_all.each().filter(is_of_plan), |field| {
            plan.answer(field, None).is_some()
        });
        for (segment, fields) in plan.segments().iter().zip(needed.of_segments) {
            let of_segment = fields.each().filter(|field| !is_of_plan(field));
            coverage.count(of_segment, |field| {
                plan.answer(field, Some(segment)).is_some()
            });
        }
        coverage
    }

    fn count(
        &mut self,
        needed: impl Iterator<Item = &'static Field>,
        is_answered: impl Fn(&Field) -> bool,
    ) {
        for field in needed {
            let have = usize::from(is_answered(field));
            let one = Share { have, of: 1 };
            self.all.add(one);
            self.by.entry(field.component()).or_default().add(one);
        }
    }
}

/// The fields that the rules which apply have read.
struct Needed {
    /// By any rule.
    of_all: Fields,
    /// By the rules about each segment or the whole plan, in the order of the segments.
    of_segments: Vec<Fields>,
}

impl Needed {
    fn by(plan: &Plan, results: &[RuleResult]) -> Self {
        let mut needed = Self {
            of_all: Fields::default(),
            of_segments: vec![Fields::default(); plan.segments().len()],
        };
        let places = plan.segments().iter().enumerate();
        let places: BTreeMap<_, _> = places.map(|(place, segment)| (segment, place)).collect();
        for result in results {
            if result.outcome != Outcome::NotApplicable {
                needed.of_all.extend(result.fields);
                let place = result.segment.as_ref().and_then(|of| places.get(of));
                needed.take(place.copied(), result.fields);
            }
        }
        needed
    }

    /// What was read of a segment or, by a rule about the whole plan, of them all.
    fn take(&mut self, segment: Option<usize>, fields: Fields) {
        match segment {
            Some(place) => self.of_segments[place].extend(fields),
            None => self.of_segments.iter_mut().for_each(|of| of.extend(fields)),
        }
    }
}

fn is_of_plan(field: &&'static Field) -> bool {
    field.level == Level::Plan
}

/// How much of what could be decided fits: passes over decided rules, an error counting three
/// times, a warning twice, an advice once. What does not apply or is not answered is in neither
/// number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coherence {
    /// Rules that pass, of rules that are decided.
    pub rules: Share,
    /// The same, weighted.
    pub weighted: Share,
}

impl Coherence {
    pub(super) fn of(results: &[RuleResult]) -> Option<Self> {
        let mut coherence = Self {
            rules: Share::default(),
            weighted: Share::default(),
        };
        // What only says how to read other findings is no fault of the plan's.
        for result in results.iter().filter(|result| !result.is_context()) {
            let have = match result.outcome {
                Outcome::Pass => 1,
                // What is not answered is a matter of coverage; of what a stronger finding tells,
                // one cause counts once; and what the team lives with is neither for nor against
                // the plan.
                Outcome::Finding if !result.is_absence() && result.is_open_finding() => 0,
                Outcome::Finding | Outcome::Unknown | Outcome::NotApplicable => continue,
            };
            coherence.rules.add(Share { have, of: 1 });
            let of = weight(result.severity);
            let have = have * of;
            coherence.weighted.add(Share { have, of });
        }
        (coherence.rules.of > 0).then_some(coherence)
    }
}

/// How much a rule counts.
pub(super) fn weight(severity: Severity) -> usize {
    match severity {
        Severity::Error => 3,
        Severity::Warning => 2,
        Severity::Advice => 1,
    }
}

/// The plan's own name.
pub(super) fn plan_name(plan: &Plan) -> Option<String> {
    match plan.value("plan.name", &Segment::main()) {
        Some(Value::Text(name)) => Some(name.clone()),
        _ => None,
    }
}
