//! What shared checks found is kept for trends: in order, bounded, and for each plan apart.

use std::sync::Arc;

use gtm_advisor::advisor::{Commit, SnapshotWrite};
use gtm_advisor::ident::Installation;
use gtm_advisor::lint::{RuleSet, Thresholds, check};
use gtm_advisor::plan::{FileFormat, read_file};
use gtm_advisor::report::{Ground, MOST_KEPT, RECENT, Report, Snapshot};
use jiff::Timestamp;

use super::Bench;
use super::fixture::{DAY, at, commit, plan_id, team};

/// What a check of a large plan found.
fn snapshot() -> Snapshot {
    let rules = RuleSet::built_in().unwrap();
    let segments: Vec<_> = (0..50)
        .map(|n| format!("[segment.s{n}]\nsales.motion = \"field\"\npricing.acv = \"${n}k\"\n"))
        .collect();
    let as_of = jiff::civil::date(2026, 3, 2);
    let plan = read_file(&segments.concat(), FileFormat::Toml, as_of).unwrap();
    let thresholds = Thresholds::default();
    let report = Report::new(&plan, check(&rules, &plan, &thresholds, as_of));
    let ground = Ground {
        rules: &rules,
        thresholds: &thresholds,
        as_of,
    };
    Snapshot::of(&plan, &report, ground, at(0))
}

fn made(snapshot: &Snapshot, plan: &str, when: i64) -> Commit {
    let mut snapshot = snapshot.clone();
    snapshot.at = at(when);
    Commit {
        snapshot: Some(SnapshotWrite {
            plan: plan_id(plan),
            snapshot,
        }),
        ..commit()
    }
}

async fn kept(bench: &Bench, plan: &str, limit: usize) -> Vec<Timestamp> {
    let store = bench.store();
    let kept = store.snapshots(&team(), &plan_id(plan), limit).await;
    kept.unwrap().iter().map(|it| it.at).collect()
}

pub(super) async fn the_newest_checks_come_back_oldest_first(mut bench: Bench) {
    let mut snapshot = snapshot();
    assert_eq!(kept(&bench, "p1", 9).await, []);
    for when in [0, 1, 2] {
        bench
            .store()
            .commit(made(&snapshot, "p1", when))
            .await
            .unwrap();
    }
    bench
        .store()
        .commit(made(&snapshot, "p2", 9))
        .await
        .unwrap();
    for _ in 0..2 {
        assert_eq!(kept(&bench, "p1", 9).await, [at(0), at(1), at(2)]);
        assert_eq!(kept(&bench, "p1", 2).await, [at(1), at(2)]);
        assert_eq!(kept(&bench, "p2", 9).await, [at(9)]);
        assert_eq!(kept(&bench, "p3", 9).await, []);
        bench.reopen().await;
    }
    let whole = bench.store().snapshots(&team(), &plan_id("p1"), 1).await;
    snapshot.at = at(2);
    assert_eq!(whole.unwrap(), [snapshot], "a long one comes back whole");
}

pub(super) async fn two_checks_at_once_are_both_kept(bench: Bench) {
    let snapshot = snapshot();
    let tasks: Vec<_> = (0..16)
        .map(|_| {
            let store = Arc::clone(bench.store());
            // The same instant throughout: it is no name.
            let turn = made(&snapshot, "p1", 7);
            tokio::spawn(async move { store.commit(turn).await.is_ok() })
        })
        .collect();
    for task in tasks {
        assert!(task.await.unwrap());
    }
    assert_eq!(kept(&bench, "p1", 99).await, [at(7); 16]);
}

pub(super) async fn a_repeated_check_is_kept_once(bench: Bench) {
    let turn = Commit {
        claims: super::fixture::keys(&["trigger:1"]),
        ..made(&snapshot(), "p1", 0)
    };
    for _ in 0..2 {
        bench.store().commit(turn.clone()).await.unwrap();
    }
    assert_eq!(kept(&bench, "p1", 9).await, [at(0)]);
}

pub(super) async fn older_checks_are_kept_one_a_week(mut bench: Bench) {
    // Small ones, so that the disk sees no more than it must.
    let rules = RuleSet::default();
    let as_of = jiff::civil::date(2026, 3, 2);
    let plan = read_file("plan.name = \"Atlas\"\n", FileFormat::Toml, as_of).unwrap();
    let thresholds = Thresholds::default();
    let report = Report::new(&plan, Vec::new());
    let ground = Ground {
        rules: &rules,
        thresholds: &thresholds,
        as_of,
    };
    let snapshot = Snapshot::of(&plan, &report, ground, at(0));
    let days = 7 * (MOST_KEPT + 30);
    for day in (0..days).step_by(2) {
        let day = i64::try_from(day).unwrap() * DAY;
        bench
            .store()
            .commit(made(&snapshot, "p1", day))
            .await
            .unwrap();
    }
    bench.reopen().await;
    let kept = kept(&bench, "p1", usize::MAX).await;
    assert_eq!(kept.len(), MOST_KEPT);
    let apart = |pair: &[Timestamp]| pair[1].duration_since(pair[0]).as_hours() / 24;
    let old = &kept[..MOST_KEPT - RECENT];
    assert!(old.windows(2).all(|pair| apart(pair) >= 6), "{old:?}");
    let recent = &kept[MOST_KEPT - RECENT..];
    assert!(recent.windows(2).all(|pair| apart(pair) == 2), "{recent:?}");
}

pub(super) async fn checks_of_other_installations_stay_theirs(bench: Bench) {
    let theirs = Commit {
        installation: Installation::new("T2"),
        ..made(&snapshot(), "p1", 0)
    };
    bench.store().commit(theirs).await.unwrap();
    assert_eq!(kept(&bench, "p1", 9).await, []);
}
