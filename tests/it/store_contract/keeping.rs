//! What is kept for how long, where, and apart from whom. One test for each row of the table of what
//! is stored.

use gtm_advisor::advisor::{Commit, Committed, PlanWrite, Received};
use gtm_advisor::ident::{Installation, OutboxId};
use gtm_advisor::plan::Plan;

use super::Bench;
use super::fixture::{
    DAY, HOLD, HOUR, at, channel, commit, commit_plan, commit_rows, due_ids, due_words, given_up,
    keys, on_plan, origin, origin_of, plan_id, post, rename, response, sent, team,
};

pub(super) async fn all_is_there_after_opening_again(mut bench: Bench) {
    let store = bench.store();
    let write = rename(&Plan::new(plan_id("p1")), "C1", &["Atlas"]);
    let lease = store
        .lease(&team(), on_plan("p1"), at(0), HOLD)
        .await
        .unwrap();
    let rows = vec![post("C1", "1"), response("C1", "2"), post("C2", "3")];
    let turn = Commit {
        lease,
        ..commit_plan(write.clone())
    };
    store
        .commit(Commit {
            claims: keys(&["trigger:1"]),
            outbox: rows,
            ..turn
        })
        .await
        .unwrap();
    store.receive(origin("check", &["1"]), at(0)).await.unwrap();
    store
        .mark_outbox(&given_up(post("C2", "3"), 0, "gone"))
        .await
        .unwrap();
    for _ in 0..2 {
        bench.reopen().await;
        let store = bench.store();
        let record = store.plan(&team(), &plan_id("p1")).await.unwrap().unwrap();
        assert_eq!((&record.plan, &record.tail), (&write.plan, &write.changes));
        assert_eq!(
            store.current_plan(&team(), &channel("C1")).await.unwrap(),
            Some(plan_id("p1"))
        );
        assert_eq!(due_words(&**store, 0).await, ["check"]);
        assert_eq!(due_ids(&**store, 0).await, ["1", "2"]);
        assert_eq!(store.dead_letters(9).await.unwrap().len(), 1);
    }
}

/// Stores a plan, an event and a dedup key of each kind for an installation.
async fn settle_in(bench: &Bench, installation: &Installation, words: &str) -> PlanWrite {
    let store = bench.store();
    let write = rename(&Plan::new(plan_id("p1")), "C1", &[words]);
    let turn = Commit {
        installation: installation.clone(),
        claims: keys(&["trigger:1"]),
        ..commit_plan(write.clone())
    };
    assert_eq!(store.commit(turn).await.unwrap(), Committed::Done);
    let received = store
        .receive(origin_of(installation, words, &["1"]), at(0))
        .await
        .unwrap();
    assert!(matches!(received, Received::New(_)));
    write
}

pub(super) async fn installations_do_not_see_each_other(bench: Bench) {
    let store = bench.store();
    // One id is the beginning of the other, and one has a byte that keys use themselves.
    let others = ["T10", "T\u{0}", "T1\u{1}"].map(Installation::new);
    for other in &others {
        settle_in(&bench, other, "theirs").await;
    }
    assert_eq!(
        store.current_plan(&team(), &channel("C1")).await.unwrap(),
        None
    );
    assert_eq!(store.plan(&team(), &plan_id("p1")).await.unwrap(), None);
    let ours = settle_in(&bench, &team(), "ours").await;
    let record = store.plan(&team(), &plan_id("p1")).await.unwrap().unwrap();
    assert_eq!((record.plan, record.tail), (ours.plan, ours.changes));
    assert_eq!(
        due_words(&**store, 0).await,
        ["theirs", "theirs", "theirs", "ours"]
    );
    let stray = Commit {
        installation: others[0].clone(),
        ..commit_rows(vec![post("C1", "1")])
    };
    assert!(
        store.commit(stray).await.is_err(),
        "a row of one installation in a commit of another"
    );
}

pub(super) async fn an_event_is_kept_for_24_hours(bench: Bench) {
    let store = bench.store();
    store.receive(origin("check", &["1"]), at(0)).await.unwrap();
    assert_eq!(store.sweep(at(DAY - 1)).await.unwrap().removed, 0);
    assert_eq!(due_words(&**store, DAY).await, ["check"]);
    assert_eq!(store.sweep(at(DAY)).await.unwrap().removed, 1);
    assert_eq!(due_words(&**store, DAY).await, Vec::<String>::new());
    let letters = store.dead_letters(9).await.unwrap();
    assert_eq!(letters[0].reason, "it was not worked off within 24 hours");
    assert!(store.replay(&letters[0].id, at(DAY)).await.unwrap());
    assert_eq!(
        store.sweep(at(2 * DAY - 1)).await.unwrap().removed,
        0,
        "put back, it has another day"
    );
    assert_eq!(store.sweep(at(2 * DAY)).await.unwrap().removed, 1);
}

pub(super) async fn a_dedup_key_is_kept_for_7_days(bench: Bench) {
    let store = bench.store();
    let Received::New(id) = store
        .receive(origin("check", &["1", "2"]), at(0))
        .await
        .unwrap()
    else {
        panic!("the first delivery is new");
    };
    store
        .commit(Commit {
            inbox_done: Some(id),
            ..commit()
        })
        .await
        .unwrap();
    store
        .commit(Commit {
            claims: keys(&["3"]),
            ..commit()
        })
        .await
        .unwrap();
    assert_eq!(store.sweep(at(7 * DAY - 1)).await.unwrap().removed, 0);
    let repeat = store
        .receive(origin("check", &["2"]), at(7 * DAY - 1))
        .await
        .unwrap();
    assert_eq!(repeat, Received::Duplicate);
    assert_eq!(store.sweep(at(7 * DAY)).await.unwrap().removed, 3);
    let new = store
        .receive(origin("check", &["2"]), at(7 * DAY))
        .await
        .unwrap();
    assert!(matches!(new, Received::New(_)));
}

pub(super) async fn a_dead_letter_is_kept_for_7_days(bench: Bench) {
    let store = bench.store();
    store
        .commit(commit_rows(vec![post("C1", "1")]))
        .await
        .unwrap();
    store
        .mark_outbox(&given_up(post("C1", "1"), 0, "gone"))
        .await
        .unwrap();
    assert_eq!(store.sweep(at(7 * DAY - 1)).await.unwrap().removed, 0);
    assert_eq!(store.dead_letters(9).await.unwrap().len(), 1);
    assert_eq!(store.sweep(at(7 * DAY)).await.unwrap().removed, 1);
    assert_eq!(store.dead_letters(9).await.unwrap(), []);
    assert!(!store.replay("1", at(7 * DAY)).await.unwrap());
}

pub(super) async fn a_sent_row_is_kept_for_15_minutes(bench: Bench) {
    let store = bench.store();
    let id = OutboxId::new("1");
    store
        .commit(commit_rows(vec![post("C1", "1")]))
        .await
        .unwrap();
    store
        .mark_outbox(&sent(post("C1", "1"), 100))
        .await
        .unwrap();
    assert_eq!(store.sweep(at(100 + 15 * 60 - 1)).await.unwrap().removed, 0);
    assert!(store.outbox_row(&team(), &id).await.unwrap().is_some());
    assert_eq!(store.sweep(at(100 + 15 * 60)).await.unwrap().removed, 1);
    assert_eq!(store.outbox_row(&team(), &id).await.unwrap(), None);
}

pub(super) async fn a_sweep_leaves_what_is_still_needed(bench: Bench) {
    let store = bench.store();
    let write = rename(&Plan::new(plan_id("p1")), "C1", &["Atlas"]);
    store.commit(commit_plan(write.clone())).await.unwrap();
    store
        .commit(commit_rows(vec![post("C1", "1"), response("C1", "2")]))
        .await
        .unwrap();
    for n in 0..200 {
        let key = format!("event {n}");
        let Received::New(id) = store.receive(origin(&key, &[&key]), at(n)).await.unwrap() else {
            panic!("each is new");
        };
        store
            .commit(Commit {
                inbox_done: Some(id),
                ..commit()
            })
            .await
            .unwrap();
    }
    assert_eq!(store.sweep(at(7 * DAY + 99)).await.unwrap().removed, 100);
    assert_eq!(store.sweep(at(7 * DAY + HOUR)).await.unwrap().removed, 100);
    assert_eq!(store.sweep(at(365 * DAY)).await.unwrap().removed, 0);
    assert_eq!(due_ids(&**store, 0).await, ["1", "2"]);
    let record = store.plan(&team(), &plan_id("p1")).await.unwrap().unwrap();
    assert_eq!(record.tail, write.changes);
}
