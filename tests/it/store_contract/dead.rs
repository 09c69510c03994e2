//! Dead letters: what an operator sees of them, and how they are put back.

use gtm_advisor::advisor::{DeadLetter, OutboxState, Store};

use super::Bench;
use super::fixture::{at, channel, commit_rows, due_ids, due_words, given_up, origin, post, team};

async fn bury_event(store: &dyn Store, words: &str, now: i64) -> String {
    store
        .receive(origin(words, &[words]), at(now))
        .await
        .unwrap();
    let due = store.due_inbox(at(now), 100).await.unwrap();
    let row = due.into_iter().next_back().unwrap();
    store
        .bury_inbox(&row, "eight turns failed", at(now))
        .await
        .unwrap();
    row.id.as_str().to_owned()
}

pub(super) async fn letters_say_ids_and_reasons_newest_first(mut bench: Bench) {
    let store = bench.store();
    let event = bury_event(&**store, "we sell to dentists", 5).await;
    store
        .commit(commit_rows(vec![post("C2", "o1"), post("C3", "o2")]))
        .await
        .unwrap();
    store
        .mark_outbox(&given_up(post("C2", "o1"), 4, "the channel is gone"))
        .await
        .unwrap();
    let tried = gtm_advisor::advisor::OutboxRow {
        attempts: 8,
        ..post("C3", "o2")
    };
    store
        .mark_outbox(&given_up(tried, 6, "the token is dead"))
        .await
        .unwrap();
    bench.reopen().await;
    let letters = bench.store().dead_letters(10).await.unwrap();
    let letter = |id: &str, queue: &str, place: &str, when, reason: &str, attempts| DeadLetter {
        installation: team(),
        id: id.to_owned(),
        queue: queue.to_owned(),
        channel: channel(place),
        at: at(when),
        reason: reason.to_owned(),
        attempts,
    };
    let expected = [
        letter("o2", "outbox", "C3", 6, "the token is dead", 8),
        letter(&event, "inbox", "C1", 5, "eight turns failed", 0),
        letter("o1", "outbox", "C2", 4, "the channel is gone", 0),
    ];
    assert_eq!(letters, expected);
    assert_eq!(bench.store().dead_letters(1).await.unwrap(), expected[..1]);
}

pub(super) async fn an_event_is_put_back(bench: Bench) {
    let store = bench.store();
    let id = bury_event(&**store, "check", 0).await;
    assert_eq!(due_words(&**store, 9).await, Vec::<String>::new());
    assert!(store.replay(&id, at(10)).await.unwrap());
    assert!(
        !store.replay(&id, at(10)).await.unwrap(),
        "it is no dead letter any more"
    );
    assert!(!store.replay("no such id", at(10)).await.unwrap());
    let row = store.due_inbox(at(10), 10).await.unwrap().remove(0);
    assert_eq!(
        (row.id.as_str(), row.attempts, row.due),
        (id.as_str(), 0, at(10))
    );
    assert_eq!(store.dead_letters(10).await.unwrap(), []);
}

pub(super) async fn an_effect_is_put_back(bench: Bench) {
    let store = bench.store();
    store
        .commit(commit_rows(vec![post("C1", "1"), post("C1", "2")]))
        .await
        .unwrap();
    store
        .mark_outbox(&given_up(post("C1", "1"), 0, "too late"))
        .await
        .unwrap();
    assert_eq!(due_ids(&**store, 0).await, ["2"]);
    let long_after = post("C1", "1").use_by.as_second() - at(0).as_second() + 1;
    assert!(store.replay("1", at(long_after)).await.unwrap());
    let row = store
        .due_outbox(at(long_after), 10, usize::MAX)
        .await
        .unwrap()
        .remove(0);
    assert_eq!(
        (row.id.as_str(), row.state, row.attempts),
        ("1", OutboxState::Waiting, 0)
    );
    assert!(row.use_by > at(long_after), "there is time to make it");
}
