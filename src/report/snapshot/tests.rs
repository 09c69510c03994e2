//! Snapshots, what moved between them, and their trend.

use std::collections::BTreeSet;

use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp};

use super::*;
use crate::lint::{RuleSet, Thresholds, check};
use crate::plan::{FileFormat, Past, read_file};
use crate::report::Report;

const LOW: &str = include_str!("../../../rules/fit/inside-acv-low.md");
const HIGH: &str = include_str!("../../../rules/fit/inside-acv-high.md");
const CYCLE: &str = include_str!("../../../rules/fit/inside-cycle-outside.md");
const REVIEW: &str = include_str!("../../../rules/operations/review-overdue.md");

fn rules(low: &str) -> RuleSet {
    let pages = [
        ("fit/inside-acv-low.md", low),
        ("fit/inside-acv-high.md", HIGH),
        ("fit/inside-cycle-outside.md", CYCLE),
        ("operations/review-overdue.md", REVIEW),
    ];
    RuleSet::load(&pages).expect("pages that ship load")
}

/// The same rules in a later version, whose boundary is higher.
fn stricter() -> RuleSet {
    rules(&LOW.replace("default = \"$10k\"", "default = \"$50k\""))
}

fn plan(text: &str) -> Plan {
    let text = format!(
        "plan.last_review = \"2026-03-01\"\n[segment.main]\nsales.motion = \"inside_one_stage\"\n{text}"
    );
    read_file(&text, FileFormat::Toml, date(2026, 3, 2)).expect("a plan")
}

fn noon(day: Date) -> Timestamp {
    let noon = day.at(12, 0, 0, 0).to_zoned(TimeZone::UTC);
    noon.expect("a day has a noon").timestamp()
}

/// A check of a plan on a day.
struct Checked<'a> {
    plan: &'a Plan,
    rules: &'a RuleSet,
    thresholds: Thresholds,
    on: Date,
}

impl<'a> Checked<'a> {
    fn new(plan: &'a Plan, rules: &'a RuleSet, on: Date) -> Self {
        Self {
            plan,
            rules,
            thresholds: Thresholds::default(),
            on,
        }
    }

    fn ground(&self) -> Ground<'_> {
        Ground {
            rules: self.rules,
            thresholds: &self.thresholds,
            as_of: self.on,
        }
    }

    fn report(&self) -> Report {
        let results = check(self.rules, self.plan, &self.thresholds, self.on);
        Report::new(self.plan, results)
    }

    fn snapshot(&self) -> Snapshot {
        Snapshot::of(self.plan, &self.report(), self.ground(), noon(self.on))
    }

    fn since(&self, earlier: &Checked<'_>) -> Movement {
        let past = Past::default();
        let then = Then {
            snapshot: &earlier.snapshot(),
            plan: Some((earlier.plan, &past)),
        };
        movement(then, self.plan, &self.report(), self.ground())
    }
}

const MONDAY: Date = Date::constant(2026, 3, 2);
const FIT: &str = "pricing.acv = \"$30k\"\nsales.cycle = \"60 days\"";

#[track_caller]
fn expect(before: &Checked<'_>, now: &Checked<'_>, expected: &str) {
    let movement = now.since(before);
    assert_eq!(movement.line(), expected);
    for figure in movement.coherence.iter().chain([&movement.coverage]) {
        let sum: i64 = figure.by.iter().map(|(_, points)| points).sum();
        let moved = i64::try_from(figure.now).expect("a percentage")
            - i64::try_from(figure.before).expect("a percentage");
        assert_eq!(sum, moved, "the causes add up: {figure:?}");
    }
}

#[test]
fn what_the_team_changed_is_the_plans_doing() {
    let (rules, before, after) = (
        rules(LOW),
        plan(FIT),
        plan(&FIT.replace("60 days", "200 days")),
    );
    expect(
        &Checked::new(&before, &rules, MONDAY),
        &Checked::new(&after, &rules, MONDAY),
        "coherence 100 → 75 % · 1 new finding",
    );
    expect(
        &Checked::new(&after, &rules, MONDAY),
        &Checked::new(&before, &rules, MONDAY),
        "coherence 75 → 100 % · 1 settled",
    );
}

#[test]
fn nothing_is_said_where_nothing_moved() {
    let (rules, plan) = (rules(LOW), plan(FIT));
    let checked = Checked::new(&plan, &rules, MONDAY);
    expect(&checked, &checked, "");
    assert!(!checked.since(&checked).is_any());
    assert_eq!(checked.since(&checked).block(), None);
}

#[test]
fn a_newer_rule_and_a_better_plan_are_told_apart() {
    let (old, new) = (rules(LOW), stricter());
    let before = plan(&FIT.replace("60 days", "200 days"));
    let after = plan(FIT);
    expect(
        &Checked::new(&before, &old, MONDAY),
        &Checked::new(&after, &new, MONDAY),
        "coherence 75 → 85 % (plan +28, rules −18) · 1 new finding · 1 settled",
    );
}

#[test]
fn a_threshold_of_the_team_is_told_apart() {
    let rules = rules(LOW);
    let before = plan(FIT);
    let own = "[[threshold]]\nrule = \"inside-acv-low\"\nparam = \"min_acv\"\nvalue = \"$90k\"\n\
               reason = \"reps cost more here\"\n";
    let after = plan(&format!("{FIT}\n{own}"));
    expect(
        &Checked::new(&before, &rules, MONDAY),
        &Checked::new(&after, &rules, MONDAY),
        "coherence 100 → 75 % (by the thresholds) · 1 new finding",
    );
}

#[test]
fn what_is_overdue_by_now_is_the_days_doing() {
    let (rules, plan) = (rules(LOW), plan(FIT));
    expect(
        &Checked::new(&plan, &rules, MONDAY),
        &Checked::new(&plan, &rules, date(2027, 3, 2)),
        "coherence 100 → 75 % (by the days that went by) · 1 new finding",
    );
}

#[test]
fn where_the_earlier_plan_is_not_known_no_cause_is_named() {
    let (rules, before, after) = (
        rules(LOW),
        plan(FIT),
        plan(&FIT.replace("60 days", "200 days")),
    );
    let now = Checked::new(&after, &rules, MONDAY);
    let snapshot = Checked::new(&before, &rules, MONDAY).snapshot();
    let then = Then {
        snapshot: &snapshot,
        plan: None,
    };
    let movement = movement(then, &after, &now.report(), now.ground());
    assert_eq!(movement.line(), "coherence 100 → 75 % · 1 new finding");
}

#[test]
fn a_snapshot_holds_what_every_rule_said_and_comes_back_the_same() {
    let rules = RuleSet::built_in().expect("they load");
    let text = "plan.stage = \"scale\"\n[segment.smb]\nsales.motion = \"plg\"\npricing.price = \"$49/mo\"\n\
                pricing.acv = \"$588\"\n[segment.big]\nsales.motion = \"field\"\npricing.acv = \"$2k\"\n\
                [[waiver]]\nrule = \"field-acv-low\"\nreason = \"a land deal\"\n";
    let plan = read_file(text, FileFormat::Toml, MONDAY).expect("a plan");
    let checked = Checked::new(&plan, &rules, MONDAY);
    let (report, snapshot) = (checked.report(), checked.snapshot());
    let told: BTreeSet<_> = report
        .open_findings()
        .into_iter()
        .map(|it| format!("{} {:?} {:?}", it.rule, it.segment, it.severity))
        .collect();
    let open: BTreeSet<_> = snapshot
        .open()
        .map(|(key, severity)| format!("{} {:?} {severity:?}", key.rule, key.segment))
        .collect();
    assert_eq!(open, told);
    assert!(open.len() > 1, "{open:?}");
    let applying = report.results.iter();
    let applying = applying.filter(|it| it.outcome != crate::lint::Outcome::NotApplicable);
    assert_eq!(snapshot.marks().count(), applying.count());
    assert!(
        snapshot
            .marks()
            .any(|(key, mark)| key.rule.as_str() == "field-acv-low" && mark == Mark::Waived)
    );
    let stored = serde_json::to_string(&snapshot).expect("it is stored as JSON");
    assert!(stored.len() < 6_000, "{} bytes: {stored}", stored.len());
    assert!(
        !stored.contains("49"),
        "no value of the plan is in it: {stored}"
    );
    let loaded: Snapshot = serde_json::from_str(&stored).expect("and loaded again");
    assert_eq!(loaded, snapshot);
}

#[test]
fn the_same_again_on_the_same_day_is_no_news() {
    let (rules, plan, other) = (rules(LOW), plan(FIT), plan("pricing.acv = \"$30k\""));
    let first = Checked::new(&plan, &rules, MONDAY).snapshot();
    let again = Snapshot {
        at: first.at + SignedDuration::from_hours(3),
        ..first.clone()
    };
    let tomorrow = Snapshot {
        at: first.at + SignedDuration::from_hours(24),
        ..first.clone()
    };
    assert!(!again.is_news_after(&first));
    assert!(tomorrow.is_news_after(&first));
    assert!(
        Checked::new(&other, &rules, MONDAY)
            .snapshot()
            .is_news_after(&first)
    );
}

/// Snapshots that say the same, made on these days after a Monday.
fn made(days: &[i64]) -> Vec<Snapshot> {
    let (rules, plan) = (rules(LOW), plan(FIT));
    let snapshot = Checked::new(&plan, &rules, MONDAY).snapshot();
    let at = |day: &i64| snapshot.at + SignedDuration::from_hours(24 * day);
    let days = days.iter();
    days.map(|day| Snapshot {
        at: at(day),
        ..snapshot.clone()
    })
    .collect()
}

#[test]
fn the_trend_has_the_last_check_of_each_week_and_invents_none() {
    let points = trend(&made(&[0, 2, 6, 7, 21, 22]));
    let shown: Vec<_> = points
        .iter()
        .map(|it| format!("{} {} {:?} {}", it.week, it.coverage, it.coherence, it.open))
        .collect();
    assert_eq!(
        shown,
        [
            "2026-03-02 50 Some(100) 0",
            "2026-03-09 50 Some(100) 0",
            "2026-03-23 50 Some(100) 0"
        ]
    );
    assert_eq!(points[0].at, noon(date(2026, 3, 8)));
    assert_eq!(trend(&[]), []);
}

#[test]
fn a_turn_of_the_year_is_one_week() {
    // 2026-12-31 is a Thursday, 2027-01-01 the Friday of the same week.
    let points = trend(&made(&[304, 305]));
    assert_eq!(points.len(), 1);
    assert_eq!(points[0].week, date(2026, 12, 28));
}

#[test]
fn the_newest_stay_and_older_ones_thin_to_one_a_week() {
    let mut kept: Vec<Snapshot> = Vec::new();
    let first = made(&[0]).remove(0);
    // Three checks a day for five years, as the store adds them.
    for n in 0..(5 * 365 * 3) {
        let snapshot = Snapshot {
            at: noon(MONDAY) + SignedDuration::from_hours(8 * n),
            ..first.clone()
        };
        kept.push(snapshot);
        let instants: Vec<_> = kept.iter().map(|it| it.at).collect();
        let gone = outlived(&instants);
        assert!(gone.len() <= 2, "each check costs little: {gone:?}");
        for place in gone.into_iter().rev() {
            kept.remove(place);
        }
        assert!(kept.len() <= MOST_KEPT);
    }
    assert_eq!(kept.len(), MOST_KEPT);
    let weeks = trend(&kept);
    assert!(weeks.len() > 140, "{}", weeks.len());
    let gaps = weeks.windows(2).filter(|pair| {
        let days = pair[0]
            .week
            .until(pair[1].week)
            .expect("in order")
            .get_days();
        days != 7
    });
    assert_eq!(gaps.count(), 0, "a week has its point whatever was thinned");
}
