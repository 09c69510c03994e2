//! The inbox: a delivery counts once, and waits until its turn is committed.

use std::sync::Arc;

use gtm_advisor::advisor::{Commit, Committed, Origin, OutboxRow, Received, StoreError};

use super::Bench;
use super::fixture::{
    DAY, HOUR, at, channel, commit, commit_rows, due_ids, due_words, origin, post, response, sent,
};

/// Something said in a channel of its own.
fn origin_in(place: &str, words: &str) -> Origin {
    let mut origin = origin(words, &[words]);
    origin.inbound.place.channel = channel(place);
    origin
}

pub(super) async fn a_repeat_is_recognised_by_any_of_its_keys(mut bench: Bench) {
    let first = origin("check", &["event:A1:Ev1", "said:C1:1.1"]);
    let store = bench.store();
    let Received::New(id) = store.receive(first.clone(), at(0)).await.unwrap() else {
        panic!("the first delivery is new");
    };
    for repeat in [
        first.clone(),
        origin("check", &["event:A1:Ev2", "said:C1:1.1"]),
    ] {
        assert_eq!(
            store.receive(repeat, at(1)).await.unwrap(),
            Received::Duplicate
        );
    }
    store
        .commit(Commit {
            inbox_done: Some(id),
            ..commit()
        })
        .await
        .unwrap();
    assert_eq!(
        store.receive(first.clone(), at(2)).await.unwrap(),
        Received::Duplicate
    );
    bench.reopen().await;
    let store = bench.store();
    assert_eq!(
        store.receive(first, at(3)).await.unwrap(),
        Received::Duplicate
    );
    let other = origin("check", &["event:A1:Ev2", "said:C1:1.2"]);
    assert!(matches!(
        store.receive(other, at(3)).await.unwrap(),
        Received::New(_)
    ));
    assert_eq!(due_words(&**store, 3).await, ["check"]);
}

pub(super) async fn sixty_four_at_once_are_one_delivery(bench: Bench) {
    let tasks: Vec<_> = (0..64)
        .map(|n| {
            let store = Arc::clone(bench.store());
            // Each comes with a key of its own too, as a repeat under another event id does.
            let own = format!("event:A1:Ev{n}");
            let delivery = origin("once", &[own.as_str(), "said:C1:1.1"]);
            tokio::spawn(async move { store.receive(delivery, at(0)).await.unwrap() })
        })
        .collect();
    let mut new = 0;
    for task in tasks {
        new += usize::from(matches!(task.await.unwrap(), Received::New(_)));
    }
    assert_eq!(new, 1);
    assert_eq!(due_words(&**bench.store(), 0).await, ["once"]);
}

pub(super) async fn due_events_come_oldest_first(bench: Bench) {
    let store = bench.store();
    for (n, second) in [("d", 10), ("c", 10), ("b", 11), ("a", 20)] {
        store.receive(origin_in(n, n), at(second)).await.unwrap();
    }
    assert_eq!(due_words(&**store, 9).await, Vec::<String>::new());
    assert_eq!(due_words(&**store, 11).await, ["d", "c", "b"]);
    let two = store.due_inbox(at(30), 2).await.unwrap();
    assert_eq!(two.len(), 2);
    assert_eq!(two[0].origin.inbound, origin_in("d", "d").inbound);
    assert_eq!(store.due_inbox(at(30), 0).await.unwrap(), []);
}

pub(super) async fn one_event_of_a_channel_at_a_time(bench: Bench) {
    let store = bench.store();
    for n in 0..40 {
        let words = format!("busy {n}");
        let delivery = origin(&words, &[words.as_str()]);
        store.receive(delivery, at(n)).await.unwrap();
    }
    store
        .receive(origin_in("C2", "calm"), at(50))
        .await
        .unwrap();
    assert_eq!(due_words(&**store, 60).await, ["busy 0", "calm"]);
    let row = store.due_inbox(at(60), 1).await.unwrap().remove(0);
    let done = Commit {
        inbox_done: Some(row.id),
        ..commit()
    };
    store.commit(done).await.unwrap();
    assert_eq!(due_words(&**store, 60).await, ["busy 1", "calm"]);
}

pub(super) async fn an_event_put_off_waits_and_none_of_its_channel_overtakes(bench: Bench) {
    let store = bench.store();
    store.receive(origin("late", &["1"]), at(0)).await.unwrap();
    store.receive(origin("next", &["2"]), at(1)).await.unwrap();
    store.receive(origin_in("C2", "else"), at(2)).await.unwrap();
    let row = store.due_inbox(at(2), 1).await.unwrap().remove(0);
    store.put_off_inbox(&row, at(60)).await.unwrap();
    assert_eq!(due_words(&**store, 59).await, ["else"]);
    assert_eq!(due_words(&**store, 60).await, ["late", "else"]);
    let row = store.due_inbox(at(60), 1).await.unwrap().remove(0);
    assert_eq!((row.attempts, row.due), (1, at(60)));
    store
        .commit(Commit {
            inbox_done: Some(row.id.clone()),
            ..commit()
        })
        .await
        .unwrap();
    store.put_off_inbox(&row, at(90)).await.unwrap();
    assert_eq!(
        due_words(&**store, 90).await,
        ["next", "else"],
        "what is done does not come back"
    );
}

pub(super) async fn an_event_is_worked_off_once(bench: Bench) {
    let store = bench.store();
    store.receive(origin("check", &["1"]), at(0)).await.unwrap();
    let id = store.due_inbox(at(0), 1).await.unwrap().remove(0).id;
    let turn = |row: &str| Commit {
        inbox_done: Some(id.clone()),
        ..commit_rows(vec![post("C1", row)])
    };
    assert_eq!(store.commit(turn("a")).await.unwrap(), Committed::Done);
    assert_eq!(
        store.commit(turn("b")).await.unwrap(),
        Committed::Duplicate(Vec::new())
    );
    assert_eq!(due_words(&**store, 0).await, Vec::<String>::new());
    assert_eq!(due_ids(&**store, 0).await, ["a"]);
}

pub(super) async fn a_delivery_without_a_key_is_refused(bench: Bench) {
    let refused = bench.store().receive(origin("check", &[]), at(0)).await;
    assert!(matches!(refused, Err(StoreError::Refused(_))));
}

/// By a clock that shows a year to come, a turn fails and its event is put off; then the clock is set
/// right.
pub(super) async fn what_a_clock_ahead_has_put_off_comes_when_it_is_set_right(bench: Bench) {
    let store = bench.store();
    let ahead = 365 * DAY;
    for (place, words) in [("C1", "check"), ("C1", "plan"), ("C2", "help")] {
        let origin = origin_in(place, words);
        store.receive(origin, at(ahead)).await.unwrap();
    }
    for row in store.due_inbox(at(ahead), 9).await.unwrap() {
        store.put_off_inbox(&row, at(ahead + 8)).await.unwrap();
    }
    // Two replies of one channel wait for their next try.
    let put_off = |id: &str| OutboxRow {
        due: at(ahead + 60),
        use_by: at(ahead + DAY),
        ..post("C3", id)
    };
    let rows = vec![put_off("1"), put_off("2"), response("C4", "3")];
    store.commit(commit_rows(rows)).await.unwrap();
    assert_eq!(due_words(&**store, HOUR).await, [""; 0]);
    assert_eq!(store.set_right(at(HOUR)).await.unwrap(), 5);
    assert_eq!(due_words(&**store, HOUR).await, ["check", "help"]);
    assert_eq!(due_ids(&**store, HOUR).await, ["1", "3"]);
    // What stood behind it in its channel was put off as well.
    store
        .mark_outbox(&sent(post("C3", "1"), HOUR))
        .await
        .unwrap();
    assert_eq!(due_ids(&**store, HOUR).await, ["2", "3"]);
    // It is kept no longer than any event.
    store.sweep(at(HOUR + DAY)).await.unwrap();
    assert_eq!(due_words(&**store, 2 * DAY).await, [""; 0]);
    assert_eq!(store.dead_letters(9).await.unwrap().len(), 3);
    assert_eq!(store.set_right(at(2 * DAY)).await.unwrap(), 0);
}
