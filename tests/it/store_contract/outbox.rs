//! The outbox: what is due, in which order, and what holds back what.

use std::collections::BTreeMap;
use std::sync::Arc;

use gtm_advisor::advisor::{OutboxRow, OutboxState, Store, Target};
use gtm_advisor::ident::OutboxId;

use super::Bench;
use super::fixture::{at, commit_rows, digest, due_ids, given_up, post, response, sent, team};

async fn mark_sent(store: &dyn Store, id: &str, now: i64) {
    let row = store
        .outbox_row(&team(), &OutboxId::new(id))
        .await
        .unwrap()
        .unwrap();
    store.mark_outbox(&sent(row, now)).await.unwrap();
}

pub(super) async fn people_come_before_digests_and_older_first(bench: Bench) {
    let store = bench.store();
    let rows = vec![
        digest("C1", "01"),
        post("C2", "04"),
        digest("C3", "02"),
        post("C4", "03"),
        OutboxRow {
            due: at(10),
            ..post("C5", "00")
        },
    ];
    store.commit(commit_rows(rows)).await.unwrap();
    assert_eq!(due_ids(&**store, 0).await, ["03", "04", "01", "02"]);
    assert_eq!(due_ids(&**store, 10).await, ["00", "03", "04", "01", "02"]);
    let three = store.due_outbox(at(10), 3, usize::MAX).await.unwrap();
    let three: Vec<&str> = three.iter().map(|row| row.id.as_str()).collect();
    assert_eq!(three, ["00", "03", "04"]);
    assert_eq!(store.due_outbox(at(10), 0, usize::MAX).await.unwrap(), []);
}

pub(super) async fn one_row_of_a_channel_at_a_time(mut bench: Bench) {
    let store = bench.store();
    store
        .commit(commit_rows(vec![
            post("C1", "2"),
            post("C1", "1"),
            post("C2", "3"),
        ]))
        .await
        .unwrap();
    store
        .commit(commit_rows(vec![post("C1", "4")]))
        .await
        .unwrap();
    for expected in [&["1", "3"][..], &["2", "3"], &["3", "4"]] {
        assert_eq!(due_ids(&**bench.store(), 0).await, expected);
        let first = expected.iter().find(|&&id| id != "3").unwrap();
        mark_sent(&**bench.store(), first, 0).await;
        bench.reopen().await;
    }
    let store = bench.store();
    assert_eq!(due_ids(&**store, 0).await, ["3"]);
    store
        .commit(commit_rows(vec![post("C1", "5")]))
        .await
        .unwrap();
    assert_eq!(
        due_ids(&**store, 0).await,
        ["3", "5"],
        "an empty channel begins anew"
    );
}

pub(super) async fn a_person_overtakes_a_digest(bench: Bench) {
    let store = bench.store();
    store
        .commit(commit_rows(vec![digest("C1", "1")]))
        .await
        .unwrap();
    store
        .commit(commit_rows(vec![post("C1", "2")]))
        .await
        .unwrap();
    assert_eq!(due_ids(&**store, 0).await, ["2"]);
    mark_sent(&**store, "2", 0).await;
    assert_eq!(due_ids(&**store, 0).await, ["1"]);
}

pub(super) async fn a_row_that_backs_off_holds_back_its_channel_only(bench: Bench) {
    let store = bench.store();
    store
        .commit(commit_rows(vec![
            post("C1", "1"),
            post("C1", "2"),
            post("C2", "3"),
        ]))
        .await
        .unwrap();
    let later = OutboxRow {
        due: at(60),
        attempts: 1,
        ..post("C1", "1")
    };
    store.mark_outbox(&later).await.unwrap();
    assert_eq!(due_ids(&**store, 59).await, ["3"]);
    assert_eq!(due_ids(&**store, 60).await, ["1", "3"]);
    let row = store.outbox_row(&team(), &later.id).await.unwrap();
    assert_eq!(row, Some(later.clone()));
    store
        .mark_outbox(&given_up(later, 60, "the channel is gone"))
        .await
        .unwrap();
    assert_eq!(due_ids(&**store, 60).await, ["2", "3"]);
}

pub(super) async fn response_rows_wait_for_nobody(bench: Bench) {
    let store = bench.store();
    let rows = vec![
        OutboxRow {
            due: at(60),
            ..post("C1", "1")
        },
        response("C1", "2"),
        response("C1", "3"),
        OutboxRow {
            due: at(5),
            ..response("C1", "4")
        },
    ];
    store.commit(commit_rows(rows)).await.unwrap();
    assert_eq!(due_ids(&**store, 0).await, ["2", "3"]);
    assert_eq!(due_ids(&**store, 5).await, ["2", "3", "4"]);
    mark_sent(&**store, "2", 5).await;
    let later = OutboxRow {
        due: at(70),
        ..response("C1", "3")
    };
    store.mark_outbox(&later).await.unwrap();
    assert_eq!(due_ids(&**store, 60).await, ["1", "4"]);
    assert_eq!(due_ids(&**store, 70).await, ["1", "3", "4"]);
}

pub(super) async fn what_was_being_sent_comes_back(mut bench: Bench) {
    let sending = OutboxState::Sending { since: at(3) };
    let store = bench.store();
    store
        .commit(commit_rows(vec![post("C1", "1"), response("C1", "2")]))
        .await
        .unwrap();
    for row in [post("C1", "1"), response("C1", "2")] {
        let row = OutboxRow {
            state: sending.clone(),
            due: at(4),
            ..row
        };
        store.mark_outbox(&row).await.unwrap();
    }
    bench.reopen().await;
    let early = bench
        .store()
        .due_outbox(at(3), 10, usize::MAX)
        .await
        .unwrap();
    assert!(
        early.is_empty(),
        "an unclear outcome is not looked into at once"
    );
    let rows = bench
        .store()
        .due_outbox(at(4), 10, usize::MAX)
        .await
        .unwrap();
    let states: Vec<&OutboxState> = rows.iter().map(|row| &row.state).collect();
    assert_eq!(states, [&sending, &sending]);
}

pub(super) async fn what_has_ended_stays_ended(bench: Bench) {
    let store = bench.store();
    store
        .commit(commit_rows(vec![post("C1", "1"), post("C2", "2")]))
        .await
        .unwrap();
    store.mark_outbox(&sent(post("C1", "1"), 1)).await.unwrap();
    store
        .mark_outbox(&given_up(post("C2", "2"), 1, "too late"))
        .await
        .unwrap();
    for row in [post("C1", "1"), post("C2", "2"), post("C3", "never stored")] {
        store.mark_outbox(&row).await.unwrap();
    }
    assert_eq!(due_ids(&**store, 9).await, Vec::<String>::new());
    let row = store
        .outbox_row(&team(), &OutboxId::new("1"))
        .await
        .unwrap();
    assert_eq!(row, Some(sent(post("C1", "1"), 1)));
    let row = store
        .outbox_row(&team(), &OutboxId::new("2"))
        .await
        .unwrap();
    assert_eq!(row, Some(given_up(post("C2", "2"), 1, "too late")));
    assert_eq!(
        store
            .outbox_row(&team(), &OutboxId::new("never stored"))
            .await
            .unwrap(),
        None
    );
}

pub(super) async fn sixty_four_at_once_keep_their_order(bench: Bench) {
    let id = |n: usize| format!("row {n:02}");
    let tasks: Vec<_> = (0..64)
        .map(|n| {
            let store = Arc::clone(bench.store());
            let turn = commit_rows(vec![post("C1", &id(n))]);
            tokio::spawn(async move { store.commit(turn).await.unwrap() })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let store = bench.store();
    for n in 0..64 {
        assert_eq!(due_ids(&**store, 0).await, [id(n)]);
        mark_sent(&**store, &id(n), 0).await;
    }
    assert_eq!(due_ids(&**store, 0).await, Vec::<String>::new());
}

/// Numbers that look random and are the same in each run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (self.0 >> 33) % sides
    }
}

/// What is due, worked out from all rows: slow and plain.
fn due_by_hand(rows: &BTreeMap<String, OutboxRow>, now: i64) -> Vec<String> {
    let is_open = |row: &&OutboxRow| {
        matches!(
            row.state,
            OutboxState::Waiting | OutboxState::Sending { .. }
        )
    };
    let mut open: Vec<&OutboxRow> = rows.values().filter(is_open).collect();
    open.sort_by_key(|row| (row.urgency, row.id.clone()));
    let mut channels = Vec::new();
    open.retain(|row| {
        let first = !channels.contains(&&row.channel);
        if matches!(row.target, Target::Post { .. }) {
            channels.push(&row.channel);
        }
        first || matches!(row.target, Target::Response { .. })
    });
    open.retain(|row| row.due <= at(now));
    open.iter().map(|row| row.id.as_str().to_owned()).collect()
}

pub(super) async fn a_random_walk_agrees_with_a_plain_list(mut bench: Bench) {
    let mut dice = Dice(7);
    let mut rows: BTreeMap<String, OutboxRow> = BTreeMap::new();
    for step in 0..300 {
        let store = bench.store();
        let now = i64::from(step);
        if rows.len() < 4 || dice.roll(3) == 0 {
            let channel = format!("C{}", dice.roll(3));
            let id = format!("{:03}-{step}", dice.roll(1000));
            let row = match dice.roll(3) {
                0 => digest(&channel, &id),
                1 => response(&channel, &id),
                _ => post(&channel, &id),
            };
            let row = OutboxRow {
                due: at(now + i64::try_from(dice.roll(3)).unwrap()),
                ..row
            };
            store.commit(commit_rows(vec![row.clone()])).await.unwrap();
            rows.insert(id, row);
        } else {
            let which = usize::try_from(dice.roll(rows.len() as u64)).unwrap();
            let row = rows.values().nth(which).unwrap().clone();
            let row = match dice.roll(4) {
                0 => OutboxRow {
                    state: OutboxState::Sending { since: at(now) },
                    ..row
                },
                1 => OutboxRow {
                    due: at(now + 4),
                    state: OutboxState::Waiting,
                    ..row
                },
                2 => given_up(row, now, "enough"),
                _ => sent(row, now),
            };
            store.mark_outbox(&row).await.unwrap();
            let known = rows.get_mut(row.id.as_str()).unwrap();
            if matches!(
                known.state,
                OutboxState::Waiting | OutboxState::Sending { .. }
            ) {
                *known = row;
            }
        }
        assert_eq!(
            due_ids(&**store, now).await,
            due_by_hand(&rows, now),
            "step {step}"
        );
        if step % 100 == 99 {
            bench.reopen().await;
        }
    }
}

pub(super) async fn what_was_taken_back_ends_quietly(mut bench: Bench) {
    let rows = vec![digest("C1", "1"), post("C1", "2")];
    bench.store().commit(commit_rows(rows)).await.unwrap();
    let withdrawn = OutboxRow {
        state: OutboxState::Withdrawn { at: at(5) },
        ..digest("C1", "1")
    };
    bench.store().mark_outbox(&withdrawn).await.unwrap();
    mark_sent(&**bench.store(), "2", 5).await;
    bench.reopen().await;
    let store = bench.store();
    assert_eq!(due_ids(&**store, 9).await, Vec::<String>::new());
    assert_eq!(store.dead_letters(9).await.unwrap(), []);
    // It begins no more, and goes with the others.
    mark_sent(&**store, "1", 6).await;
    let row = store.outbox_row(&team(), &OutboxId::new("1")).await;
    let state = row.unwrap().unwrap().state;
    assert_eq!(state, OutboxState::Withdrawn { at: at(5) });
    assert_eq!(store.sweep(at(5 + 15 * 60)).await.unwrap().removed, 2);
}
