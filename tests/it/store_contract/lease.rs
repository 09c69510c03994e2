//! Leases: one holder at a time, and a holder that comes too late changes nothing.

use std::sync::Arc;

use gtm_advisor::advisor::{Commit, CommitError, LeaseOn};
use gtm_advisor::ident::Installation;

use super::Bench;
use super::fixture::{HOLD, at, channel, commit, commit_rows, due_ids, on_plan, post, team};

pub(super) async fn one_has_it_at_a_time(bench: Bench) {
    let store = bench.store();
    let take = async |on: LeaseOn, now| store.lease(&team(), on, at(now), HOLD).await.unwrap();
    let held = take(on_plan("p1"), 0).await.unwrap();
    assert_eq!((held.until, held.on.clone()), (at(30), on_plan("p1")));
    assert_eq!(take(on_plan("p1"), 29).await, None);
    assert!(
        take(on_plan("p2"), 0).await.is_some(),
        "another plan is free"
    );
    assert!(
        take(LeaseOn::Channel(channel("p1")), 0).await.is_some(),
        "a channel is no plan"
    );
    let elsewhere = Installation::new("T2");
    assert!(
        store
            .lease(&elsewhere, on_plan("p1"), at(0), HOLD)
            .await
            .unwrap()
            .is_some()
    );
    store.release(&held).await.unwrap();
    let next = take(on_plan("p1"), 1).await.unwrap();
    assert!(next.fence > held.fence);
    store.release(&held).await.unwrap();
    assert_eq!(
        take(on_plan("p1"), 2).await,
        None,
        "who has let go cannot let go for another"
    );
}

pub(super) async fn sixty_four_at_once_get_one_lease(bench: Bench) {
    let tasks: Vec<_> = (0..64)
        .map(|_| {
            let store = Arc::clone(bench.store());
            tokio::spawn(async move {
                store
                    .lease(&team(), on_plan("p1"), at(0), HOLD)
                    .await
                    .unwrap()
            })
        })
        .collect();
    let mut granted = 0;
    for task in tasks {
        granted += usize::from(task.await.unwrap().is_some());
    }
    assert_eq!(granted, 1);
}

pub(super) async fn an_expired_lease_is_taken_and_its_commit_refused(bench: Bench) {
    let store = bench.store();
    let slow = store
        .lease(&team(), on_plan("p1"), at(0), HOLD)
        .await
        .unwrap()
        .unwrap();
    let quick = store
        .lease(&team(), on_plan("p1"), at(30), HOLD)
        .await
        .unwrap()
        .unwrap();
    assert!(quick.fence > slow.fence);
    let turn = |lease, row| Commit {
        lease: Some(lease),
        ..commit_rows(vec![post("C1", row)])
    };
    let refused = store.commit(turn(slow, "a")).await;
    assert!(matches!(refused, Err(CommitError::StaleLease)));
    assert_eq!(due_ids(&**store, 30).await, Vec::<String>::new());
    store.commit(turn(quick, "b")).await.unwrap();
    assert_eq!(due_ids(&**store, 30).await, ["b"]);
}

pub(super) async fn a_commit_lets_it_go(bench: Bench) {
    let store = bench.store();
    let lease = store
        .lease(&team(), on_plan("p1"), at(0), HOLD)
        .await
        .unwrap()
        .unwrap();
    let turn = Commit {
        lease: Some(lease),
        ..commit()
    };
    store.commit(turn.clone()).await.unwrap();
    assert!(matches!(
        store.commit(turn).await,
        Err(CommitError::StaleLease)
    ));
    assert!(
        store
            .lease(&team(), on_plan("p1"), at(1), HOLD)
            .await
            .unwrap()
            .is_some()
    );
}

pub(super) async fn the_fence_grows_for_good(mut bench: Bench) {
    let mut last = 0;
    for opening in 0..3 {
        let store = bench.store();
        for n in 0..3 {
            let now = at(opening * 1000 + n * 30);
            let lease = store
                .lease(&team(), on_plan("p1"), now, HOLD)
                .await
                .unwrap()
                .unwrap();
            assert!(lease.fence > last, "{} after {last}", lease.fence);
            last = lease.fence;
        }
        bench.reopen().await;
    }
}
