//! Commits: a turn's outcome is stored whole or not at all, and once.

use std::sync::Arc;

use gtm_advisor::advisor::{Commit, CommitError, Committed, PlanRecord, StoreError};
use gtm_advisor::plan::{Plan, Version};

use super::Bench;
use super::fixture::{
    HOLD, at, channel, commit, commit_plan, commit_rows, due_ids, due_words, keys, on_plan, origin,
    plan_id, post, rename, response, sent, team,
};

fn fresh(name: &str) -> Plan {
    Plan::new(plan_id(name))
}

pub(super) async fn a_change_is_sheet_history_and_pointer(bench: Bench) {
    let store = bench.store();
    assert_eq!(
        store.current_plan(&team(), &channel("C1")).await.unwrap(),
        None
    );
    assert_eq!(store.plan(&team(), &plan_id("p1")).await.unwrap(), None);
    let first = rename(&fresh("p1"), "C1", &["Atlas", "Borealis"]);
    store.commit(commit_plan(first.clone())).await.unwrap();
    assert_eq!(
        store.current_plan(&team(), &channel("C1")).await.unwrap(),
        Some(plan_id("p1"))
    );
    let record = PlanRecord {
        plan: first.plan.clone(),
        tail: first.changes.clone(),
    };
    assert_eq!(
        store.plan(&team(), &plan_id("p1")).await.unwrap(),
        Some(record)
    );

    let second = rename(&first.plan, "C2", &["Cygnus"]);
    store.commit(commit_plan(second.clone())).await.unwrap();
    let record = store.plan(&team(), &plan_id("p1")).await.unwrap().unwrap();
    assert_eq!(record.plan, second.plan);
    assert_eq!(record.tail, [first.changes, second.changes].concat());
    for name in ["C1", "C2"] {
        let pointed = store.current_plan(&team(), &channel(name)).await.unwrap();
        assert_eq!(pointed, Some(plan_id("p1")), "{name}");
    }
}

pub(super) async fn the_history_folds_to_the_sheet(mut bench: Bench) {
    let mut plan = fresh("p1");
    for names in [&["Atlas"][..], &["Borealis", "Cygnus"], &["Draco"]] {
        let write = rename(&plan, "C1", names);
        plan = write.plan.clone();
        bench.store().commit(commit_plan(write)).await.unwrap();
    }
    bench.reopen().await;
    let store = bench.store();
    let history = store
        .history(&team(), &plan_id("p1"), Version(0), 100)
        .await
        .unwrap();
    let mut folded = fresh("p1");
    for change in &history {
        folded.apply(change).unwrap();
    }
    let stored = store.plan(&team(), &plan_id("p1")).await.unwrap().unwrap();
    assert_eq!(folded, stored.plan);
    assert_eq!(folded.version(), Version(4));
}

pub(super) async fn of_two_writers_one_is_stale(bench: Bench) {
    let store = bench.store();
    let base = rename(&fresh("p1"), "C1", &["Atlas"]);
    store.commit(commit_plan(base.clone())).await.unwrap();
    let write = |name: &'static str| {
        let store = Arc::clone(store);
        let turn = commit_plan(rename(&base.plan, "C1", &[name]));
        tokio::spawn(async move { (name, store.commit(turn).await) })
    };
    let (a, b) = tokio::join!(write("Borealis"), write("Cygnus"));
    let (won, lost) = match (a.unwrap(), b.unwrap()) {
        ((name, Ok(Committed::Done)), (_, lost)) | ((_, lost), (name, Ok(Committed::Done))) => {
            (name, lost)
        }
        neither => panic!("one of them is stored: {neither:?}"),
    };
    assert!(
        matches!(
            lost,
            Err(CommitError::StalePlan {
                current: Version(2)
            })
        ),
        "{lost:?}"
    );
    let stored = store.plan(&team(), &plan_id("p1")).await.unwrap().unwrap();
    assert_eq!(stored.plan, rename(&base.plan, "C1", &[won]).plan);
    assert_eq!(stored.tail.len(), 2);
}

pub(super) async fn of_two_first_plans_one_is_stale(bench: Bench) {
    let store = bench.store();
    let write = |name: &'static str| {
        let store = Arc::clone(store);
        let turn = commit_plan(rename(&fresh(name), "C1", &["Atlas"]));
        tokio::spawn(async move { store.commit(turn).await.is_ok() })
    };
    let (a, b) = tokio::join!(write("p1"), write("p2"));
    let (a, b) = (a.unwrap(), b.unwrap());
    assert!(a != b, "one of them is the channel's plan: {a} {b}");
    let (won, lost) = if a { ("p1", "p2") } else { ("p2", "p1") };
    let pointed = store.current_plan(&team(), &channel("C1")).await.unwrap();
    assert_eq!(pointed, Some(plan_id(won)));
    assert_eq!(
        store.plan(&team(), &plan_id(lost)).await.unwrap(),
        None,
        "no orphan"
    );
}

pub(super) async fn a_refused_commit_stores_nothing(bench: Bench) {
    let store = bench.store();
    let base = rename(&fresh("p1"), "C1", &["Atlas"]);
    store.commit(commit_plan(base.clone())).await.unwrap();
    store.receive(origin("check", &["1"]), at(0)).await.unwrap();
    let event = store.due_inbox(at(0), 1).await.unwrap().remove(0);
    let lease = store
        .lease(&team(), on_plan("p1"), at(0), HOLD)
        .await
        .unwrap();
    let turn = |write| Commit {
        lease: lease.clone(),
        claims: keys(&["trigger:1"]),
        inbox_done: Some(event.id.clone()),
        plan: Some(write),
        outbox: vec![post("C1", "a"), response("C1", "b")],
        ..commit()
    };
    let stale = rename(&fresh("p1"), "C1", &["Borealis"]);
    let refused = store.commit(turn(stale)).await;
    assert!(matches!(
        refused,
        Err(CommitError::StalePlan {
            current: Version(1)
        })
    ));
    assert_eq!(due_words(&**store, 0).await, ["check"]);
    assert_eq!(due_ids(&**store, 0).await, Vec::<String>::new());
    assert_eq!(
        store
            .plan(&team(), &plan_id("p1"))
            .await
            .unwrap()
            .unwrap()
            .tail,
        base.changes
    );

    let again = store
        .commit(turn(rename(&base.plan, "C1", &["Borealis"])))
        .await;
    assert_eq!(
        again.unwrap(),
        Committed::Done,
        "lease and claim were left as they were"
    );
    assert_eq!(due_words(&**store, 0).await, Vec::<String>::new());
    assert_eq!(due_ids(&**store, 0).await, ["a", "b"]);
}

pub(super) async fn a_repeated_command_gets_the_same_reply(mut bench: Bench) {
    let turn = |row: &str| Commit {
        claims: keys(&["trigger:1"]),
        plan: Some(rename(&fresh("p1"), "C1", &["Atlas"])),
        ..commit_rows(vec![response("C1", row)])
    };
    let reply = Committed::Duplicate(vec![response("C1", "a")]);
    assert_eq!(
        bench.store().commit(turn("a")).await.unwrap(),
        Committed::Done
    );
    assert_eq!(bench.store().commit(turn("b")).await.unwrap(), reply);
    bench.reopen().await;
    let store = bench.store();
    assert_eq!(store.commit(turn("c")).await.unwrap(), reply);
    store
        .mark_outbox(&sent(response("C1", "a"), 1))
        .await
        .unwrap();
    let reply = Committed::Duplicate(vec![sent(response("C1", "a"), 1)]);
    assert_eq!(store.commit(turn("d")).await.unwrap(), reply);
    assert_eq!(due_ids(&**store, 60).await, Vec::<String>::new());
}

pub(super) async fn sixty_four_repeats_change_once(bench: Bench) {
    let tasks: Vec<_> = (0..64)
        .map(|n| {
            let store = Arc::clone(bench.store());
            let turn = Commit {
                claims: keys(&["trigger:1"]),
                plan: Some(rename(&fresh("p1"), "C1", &["Atlas"])),
                ..commit_rows(vec![response("C1", &format!("row {n}"))])
            };
            tokio::spawn(async move { store.commit(turn).await.unwrap() })
        })
        .collect();
    let mut done = 0;
    for task in tasks {
        match task.await.unwrap() {
            Committed::Done => done += 1,
            Committed::Duplicate(rows) => assert_eq!(rows.len(), 1),
        }
    }
    assert_eq!(done, 1);
    let store = bench.store();
    assert_eq!(due_ids(&**store, 0).await.len(), 1);
    let tail = store
        .plan(&team(), &plan_id("p1"))
        .await
        .unwrap()
        .unwrap()
        .tail;
    assert_eq!(tail.len(), 1);
}

pub(super) async fn changes_with_a_gap_are_refused(bench: Bench) {
    let store = bench.store();
    let mut gap = rename(&fresh("p1"), "C1", &["Atlas", "Borealis"]);
    gap.changes.remove(0);
    let mut short = rename(&fresh("p1"), "C1", &["Atlas", "Borealis"]);
    short.changes.pop();
    for write in [gap, short] {
        let refused = store.commit(commit_plan(write)).await;
        assert!(matches!(
            refused,
            Err(CommitError::Store(StoreError::Refused(_)))
        ));
    }
    assert_eq!(store.plan(&team(), &plan_id("p1")).await.unwrap(), None);
}

pub(super) async fn long_texts_come_back_whole(mut bench: Bench) {
    let mut plan = fresh("p1");
    for length in [1 << 20, 8 * 1024, 300_000, 3] {
        let text = "na\u{ef}ve "
            .chars()
            .cycle()
            .take(length)
            .collect::<String>();
        let write = rename(&plan, "C1", &[&text]);
        plan = write.plan.clone();
        bench
            .store()
            .commit(commit_plan(write.clone()))
            .await
            .unwrap();
        bench.reopen().await;
        let stored = bench
            .store()
            .plan(&team(), &plan_id("p1"))
            .await
            .unwrap()
            .unwrap();
        assert_eq!(stored.plan, write.plan);
        assert_eq!(stored.tail.last(), write.changes.last());
    }
}

pub(super) async fn a_long_history_is_paged(bench: Bench) {
    let store = bench.store();
    let mut plan = fresh("p1");
    for block in 0..50 {
        let names: Vec<String> = (0..100)
            .map(|n| format!("name {}", block * 100 + n))
            .collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let write = rename(&plan, "C1", &names);
        plan = write.plan.clone();
        store.commit(commit_plan(write)).await.unwrap();
    }
    let versions = |changes: &[gtm_advisor::plan::Change]| -> Vec<u64> {
        changes.iter().map(|change| change.version.0).collect()
    };
    let stored = store.plan(&team(), &plan_id("p1")).await.unwrap().unwrap();
    assert_eq!(stored.plan.version(), Version(5000));
    assert_eq!(versions(&stored.tail), (4951..=5000).collect::<Vec<u64>>());
    let page = store
        .history(&team(), &plan_id("p1"), Version(1200), 3)
        .await
        .unwrap();
    assert_eq!(versions(&page), [1201, 1202, 1203]);
    let end = store
        .history(&team(), &plan_id("p1"), Version(5000), 3)
        .await
        .unwrap();
    assert_eq!(end, []);
}
