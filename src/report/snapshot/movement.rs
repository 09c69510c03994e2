//! What moved between a snapshot and the check of today, and why.
//!
//! The plan as it was is checked again by today's rules. What that changes is the rules' doing; what
//! today's date changes, time's; what today's thresholds change, theirs; and the rest is the plan's.
//! The four add up to the movement, because each step begins where the last one ended.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::{Map, Value, json};

use super::{Moved, Share, Snapshot, hash};
use crate::lint::{self, Subject};
use crate::plan::{FindingKey, Past, Plan, Segment};
use crate::render::{Block, Inline};
use crate::report::{Ground, Report};
use crate::text::counted;

/// What moved a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MovedBy {
    /// What the team has answered, taken back, waived.
    Plan,
    /// The thresholds that the team has set.
    Thresholds,
    /// The rules, which came with a newer version of the program.
    Rules,
    /// Days that went by: something is overdue by now.
    Time,
}

impl MovedBy {
    /// The word that people and JSON read.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::Thresholds => "thresholds",
            Self::Rules => "rules",
            Self::Time => "time",
        }
    }
}

/// One figure, in percent, then and now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// At the snapshot.
    pub before: usize,
    /// Today.
    pub now: usize,
    /// By how many points what moved it; none of them 0, and together they are the movement. Empty
    /// where it did not move, or where the plan as it was is not known.
    pub by: Vec<(MovedBy, i64)>,
}

/// What moved since a snapshot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Movement {
    /// When the snapshot was made.
    pub since: Timestamp,
    /// How much is answered.
    pub coverage: Figure,
    /// How much of what is decided fits; none where nothing was or is decided.
    pub coherence: Option<Figure>,
    /// The findings that came and went.
    pub findings: Moved,
}

/// The plan at a snapshot, where it can be known.
#[derive(Debug, Clone, Copy)]
pub struct Then<'a> {
    /// What the check found.
    pub snapshot: &'a Snapshot,
    /// The plan that was checked, and what its history told.
    pub plan: Option<(&'a Plan, &'a Past)>,
}

/// What moved from `then` to `report`, which is the check of `plan` on `ground`.
pub fn movement(then: Then<'_>, plan: &Plan, report: &Report, ground: Ground<'_>) -> Movement {
    let before = then.snapshot;
    // The instant does not count for what moved.
    let now = Snapshot::of(plan, report, ground, before.at);
    let steps = then
        .plan
        .map(|(earlier, past)| steps(before, Subject::with_past(earlier, past), plan, ground));
    let coverage = |figures: &Figures| Some(figures.coverage);
    Movement {
        since: before.at,
        coverage: Figure {
            before: before.coverage.percent(),
            now: now.coverage.percent(),
            by: causes(before, steps.as_ref(), &now, coverage),
        },
        coherence: before.coherence.zip(now.coherence).map(|(was, is)| Figure {
            before: was.percent(),
            now: is.percent(),
            by: causes(before, steps.as_ref(), &now, |figures| figures.coherence),
        }),
        findings: before.moved(&now),
    }
}

/// Both figures of one check, in percent.
#[derive(Debug, Clone, Copy)]
struct Figures {
    coverage: usize,
    coherence: Option<usize>,
}

impl Figures {
    fn of(snapshot: &Snapshot) -> Self {
        Self {
            coverage: snapshot.coverage.percent(),
            coherence: snapshot.coherence.map(Share::percent),
        }
    }

    fn checked(subject: Subject<'_>, ground: Ground<'_>, as_of: Date) -> Self {
        let results = lint::check(ground.rules, subject, ground.thresholds, as_of);
        let report = Report::new(subject.plan(), results);
        Self {
            coverage: report.coverage.all.percent(),
            coherence: report.coherence.map(|it| it.weighted.percent()),
        }
    }
}

/// The earlier plan, checked again: the cause of each step, and the figures at its end.
fn steps(
    before: &Snapshot,
    earlier: Subject<'_>,
    plan: &Plan,
    ground: Ground<'_>,
) -> [(MovedBy, Figures); 3] {
    let then = before.at.to_zoned(TimeZone::UTC).date();
    let thresholds_then = hash(earlier.plan(), ground);
    let is_same_ground =
        before.rules == ground.rules.hash() && before.thresholds == thresholds_then;
    let by_rules = if is_same_ground {
        Figures::of(before)
    } else {
        Figures::checked(earlier, ground, then)
    };
    // The same rules and other figures: the workspace's thresholds are others.
    let first = if before.rules == ground.rules.hash() {
        MovedBy::Thresholds
    } else {
        MovedBy::Rules
    };
    let by_time = if then == ground.as_of {
        by_rules
    } else {
        Figures::checked(earlier, ground, ground.as_of)
    };
    let by_thresholds = if hash(plan, ground) == thresholds_then {
        by_time
    } else {
        let moved = earlier.plan().with_thresholds_of(plan);
        Figures::checked(earlier.of(&moved), ground, ground.as_of)
    };
    [
        (first, by_rules),
        (MovedBy::Time, by_time),
        (MovedBy::Thresholds, by_thresholds),
    ]
}

fn causes(
    before: &Snapshot,
    steps: Option<&[(MovedBy, Figures); 3]>,
    now: &Snapshot,
    figure: impl Fn(&Figures) -> Option<usize>,
) -> Vec<(MovedBy, i64)> {
    let Some(steps) = steps else {
        return Vec::new();
    };
    let ends = steps
        .iter()
        .copied()
        .chain([(MovedBy::Plan, Figures::of(now))]);
    let mut by: Vec<(MovedBy, i64)> = Vec::new();
    let Some(mut at) = figure(&Figures::of(before)) else {
        return by;
    };
    for (cause, figures) in ends {
        let Some(next) = figure(&figures) else {
            // Half way nothing was decided: no honest arithmetic leads over that.
            return Vec::new();
        };
        let points = i64::try_from(next).unwrap_or(0) - i64::try_from(at).unwrap_or(0);
        match by.iter_mut().find(|(known, _)| *known == cause) {
            Some((_, sum)) => *sum += points,
            None => by.push((cause, points)),
        }
        at = next;
    }
    by.retain(|(_, points)| *points != 0);
    by.sort_by_key(|(cause, _)| *cause);
    by
}

impl Movement {
    /// Whether anything moved that a reader would notice.
    pub fn is_any(&self) -> bool {
        let moved = |figure: &Figure| figure.before != figure.now || !figure.by.is_empty();
        moved(&self.coverage)
            || self.coherence.as_ref().is_some_and(moved)
            || self.findings != Moved::default()
    }

    /// One line: `Coherence 71 → 64 % (plan +3, rules −10) · answered 40 → 52 % · 1 new finding`.
    pub fn line(&self) -> String {
        let mut parts = Vec::new();
        let mut figure = |name: &str, figure: &Figure| {
            if figure.before != figure.now || !figure.by.is_empty() {
                parts.push(format!("{name} {}", figure.words()));
            }
        };
        if let Some(coherence) = &self.coherence {
            figure("coherence", coherence);
        }
        figure("answered", &self.coverage);
        let moved = &self.findings;
        if !moved.appeared.is_empty() {
            parts.push(counted(moved.appeared.len(), "new finding"));
        }
        let fates = [
            (moved.settled(), "settled"),
            (moved.accepted, "accepted"),
            (moved.undecided, "no longer to be judged"),
            (moved.told_elsewhere, "told with another"),
        ];
        let fates = fates.iter().filter(|(n, _)| *n > 0);
        parts.extend(fates.map(|(n, fate)| format!("{n} {fate}")));
        parts.join(" · ")
    }

    /// The movement as JSON; figures in percent, causes in points.
    pub(in crate::report) fn to_json(&self) -> Value {
        let figure = |figure: &Figure| {
            let by = figure.by.iter();
            let by: Map<_, _> = by
                .map(|(cause, points)| (cause.as_str().to_owned(), json!(points)))
                .collect();
            json!({ "before": figure.before, "now": figure.now, "by": by })
        };
        let finding = |key: &FindingKey| {
            let segment = key.segment.as_ref().map(Segment::as_str);
            json!({ "rule": key.rule, "segment": segment })
        };
        json!({
            "since": self.since,
            "coverage": figure(&self.coverage),
            "coherence": self.coherence.as_ref().map(figure),
            "appeared": self.findings.appeared.iter().map(finding).collect::<Vec<_>>(),
            "gone": self.findings.gone.iter().map(finding).collect::<Vec<_>>(),
        })
    }

    /// The line as a report has it; none where nothing moved.
    pub(in crate::report) fn block(&self) -> Option<Block> {
        self.is_any().then(|| {
            Block::Note(vec![
                Inline::plain("Since the check of "),
                Inline::When(self.since),
                Inline::plain(format!(": {}.", self.line())),
            ])
        })
    }
}

impl Figure {
    /// `71 → 64 % (plan +3, rules −10)`; where one thing alone moved it, only its name, and not even
    /// that where it is the plan.
    pub fn words(&self) -> String {
        let Self { before, now, by } = self;
        let moved = if before == now && by.is_empty() {
            format!("{now} %")
        } else if before == now {
            format!("still {now} %")
        } else {
            format!("{before} → {now} %")
        };
        match by.as_slice() {
            // That the team answered something is what one expects.
            [] | [(MovedBy::Plan, _)] => moved,
            [(cause, _)] => format!("{moved} (by the {})", cause.noun()),
            several => {
                let points = several
                    .iter()
                    .map(|(cause, points)| format!("{} {}", cause.as_str(), signed(*points)));
                format!("{moved} ({})", points.collect::<Vec<_>>().join(", "))
            }
        }
    }
}

impl MovedBy {
    fn noun(self) -> &'static str {
        match self {
            Self::Time => "days that went by",
            other => other.as_str(),
        }
    }
}

/// `+3`, `−10`.
fn signed(points: i64) -> String {
    if points < 0 {
        format!("−{}", points.unsigned_abs())
    } else {
        format!("+{points}")
    }
}
