//! What every rule said about every segment, one letter each.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::ident::RuleSlug;
use crate::lint::{Outcome, RuleResult, Severity, Status};
use crate::plan::{FindingKey, Plan, Segment};
use crate::report::Report;

/// What one rule said of one segment, or of the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// A finding that was told.
    Open(Severity),
    /// A finding that something is not answered, which was only counted.
    Unanswered(Severity),
    /// A finding that a waiver or the baseline covers.
    Waived,
    /// A finding that a stronger one stands for.
    Folded,
    /// A deciding answer was missing.
    Unknown,
    /// It added up.
    Pass,
}

/// The letters of the marks; fixed once there is data. What does not apply has `-`.
const LETTERS: [(char, Mark); 10] = [
    ('E', Mark::Open(Severity::Error)),
    ('W', Mark::Open(Severity::Warning)),
    ('A', Mark::Open(Severity::Advice)),
    ('e', Mark::Unanswered(Severity::Error)),
    ('w', Mark::Unanswered(Severity::Warning)),
    ('a', Mark::Unanswered(Severity::Advice)),
    ('v', Mark::Waived),
    ('f', Mark::Folded),
    ('?', Mark::Unknown),
    ('.', Mark::Pass),
];

const NOT_APPLICABLE: char = '-';

impl Mark {
    fn letter(self) -> char {
        let found = LETTERS.iter().find(|(_, mark)| *mark == self);
        found.map_or(NOT_APPLICABLE, |(letter, _)| *letter)
    }

    /// The mark of a letter; one that a newer program wrote says nothing.
    fn of_letter(letter: char) -> Option<Self> {
        let found = LETTERS.iter().find(|(known, _)| *known == letter);
        found.map(|(_, mark)| *mark)
    }

    fn of(result: &RuleResult, told: &BTreeSet<(&RuleSlug, Option<&Segment>)>) -> Option<Self> {
        Some(match result.outcome {
            Outcome::NotApplicable => return None,
            Outcome::Pass => Self::Pass,
            Outcome::Unknown => Self::Unknown,
            // What asks nothing of anybody, as no other finding weighs less for it.
            Outcome::Finding if result.is_idle() => Self::Pass,
            Outcome::Finding if result.folded_into.is_some() => Self::Folded,
            Outcome::Finding if result.status == Status::Waived => Self::Waived,
            Outcome::Finding if told.contains(&(&result.rule, result.segment.as_ref())) => {
                Self::Open(result.severity)
            }
            Outcome::Finding => Self::Unanswered(result.severity),
        })
    }
}

/// Findings that came and went between two checks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Moved {
    /// Open now and not before.
    pub appeared: Vec<FindingKey>,
    /// Open before and not now, for whatever reason.
    pub gone: Vec<FindingKey>,
    /// How many of those are found still, and accepted by the team.
    pub accepted: usize,
    /// How many of those can no longer be decided.
    pub undecided: usize,
    /// How many of those are found still, and told with another finding.
    pub told_elsewhere: usize,
}

impl Moved {
    /// How many of those gone are found no more: nobody merely looks away from them.
    pub fn settled(&self) -> usize {
        self.gone.len() - self.accepted - self.undecided - self.told_elsewhere
    }
}

/// The marks of all rules.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Outcomes {
    /// The segments, in the order of the letters.
    segments: Vec<Segment>,
    /// One letter a rule about the whole plan.
    plan: BTreeMap<RuleSlug, String>,
    /// One letter a segment; one letter in all where they are the same. A rule that applies nowhere
    /// is left out.
    each: BTreeMap<RuleSlug, String>,
}

impl Outcomes {
    pub(super) fn of(plan: &Plan, report: &Report) -> Self {
        let told = report.open_findings();
        let told = told.iter().map(|it| (&it.rule, it.segment.as_ref()));
        let told: BTreeSet<_> = told.collect();
        let segments = plan.segments();
        let mut outcomes = Self {
            segments: segments.to_vec(),
            ..Self::default()
        };
        let mut each: BTreeMap<&RuleSlug, Vec<char>> = BTreeMap::new();
        for result in &report.results {
            let Some(mark) = Mark::of(result, &told) else {
                continue;
            };
            let place = match &result.segment {
                None => None,
                Some(segment) => segments.iter().position(|known| known == segment),
            };
            if let Some(place) = place {
                let blank = || vec![NOT_APPLICABLE; segments.len()];
                each.entry(&result.rule).or_insert_with(blank)[place] = mark.letter();
            } else {
                let letter = mark.letter().to_string();
                outcomes.plan.insert(result.rule.clone(), letter);
            }
        }
        let each = each.into_iter();
        outcomes.each = each
            .map(|(rule, letters)| (rule.clone(), packed(&letters)))
            .collect();
        outcomes
    }

    pub(super) fn marks(&self) -> impl Iterator<Item = (FindingKey, Mark)> {
        let of_plan = self.plan.iter().filter_map(|(rule, letter)| {
            let mark = letter.chars().next().and_then(Mark::of_letter)?;
            Some((key(rule, None), mark))
        });
        let of_segments = self.each.iter().flat_map(|(rule, letters)| {
            // One letter stands for all segments.
            let all = letters
                .chars()
                .chain(letters.chars().last().into_iter().cycle());
            let marks = self.segments.iter().zip(all);
            marks.filter_map(move |(segment, letter)| {
                Some((key(rule, Some(segment)), Mark::of_letter(letter)?))
            })
        });
        of_plan.chain(of_segments)
    }

    pub(super) fn moved(&self, later: &Self) -> Moved {
        let open = |outcomes: &Self| -> BTreeSet<FindingKey> {
            let marks = outcomes.marks();
            let open = marks.filter(|(_, mark)| matches!(mark, Mark::Open(_)));
            open.map(|(key, _)| key).collect()
        };
        let (before, now) = (open(self), open(later));
        let mut moved = Moved {
            appeared: now.difference(&before).cloned().collect(),
            gone: before.difference(&now).cloned().collect(),
            ..Moved::default()
        };
        for (_, mark) in later.marks().filter(|(key, _)| moved.gone.contains(key)) {
            match mark {
                Mark::Waived => moved.accepted += 1,
                Mark::Unknown => moved.undecided += 1,
                Mark::Folded | Mark::Unanswered(_) => moved.told_elsewhere += 1,
                Mark::Pass | Mark::Open(_) => {}
            }
        }
        moved
    }
}

fn key(rule: &RuleSlug, segment: Option<&Segment>) -> FindingKey {
    FindingKey {
        rule: rule.clone(),
        segment: segment.cloned(),
    }
}

fn packed(letters: &[char]) -> String {
    match letters {
        [first, rest @ ..] if rest.iter().all(|letter| letter == first) => first.to_string(),
        _ => letters.iter().collect(),
    }
}
