//! A workspace that has removed the app: nothing of it is handed out or written from then on, all of
//! it goes, and it begins anew when it comes back.

use gtm_advisor::advisor::{
    Commit, CommitError, Committed, Departure, ModelCaps, OutboxState, Received, StoreError,
};
use gtm_advisor::ident::{Installation, OutboxId};
use gtm_advisor::plan::Plan;

use super::Bench;
use super::fixture::{
    DAY, HOLD, at, channel, commit, commit_plan, commit_rows, due_ids, due_words, keys, on_plan,
    origin, origin_of, plan_id, post, rename, team,
};

fn other() -> Installation {
    Installation::new("T10")
}

/// A plan, an event and a digest to post, for two installations.
async fn fill(bench: &Bench) {
    let store = bench.store();
    for installation in [team(), other()] {
        let write = rename(&Plan::new(plan_id("p1")), "C1", &["Atlas"]);
        let mut row = post("C1", "1");
        row.installation = installation.clone();
        let turn = Commit {
            installation: installation.clone(),
            claims: keys(&["trigger:1"]),
            outbox: vec![row],
            ..commit_plan(write)
        };
        assert_eq!(store.commit(turn).await.unwrap(), Committed::Done);
        let event = origin_of(&installation, "check", &["1"]);
        store.receive(event, at(0)).await.unwrap();
    }
}

async fn leave(bench: &Bench, second: i64) -> Departure {
    bench.store().depart(&team(), at(second)).await.unwrap()
}

fn is_gone(refused: &Result<Committed, CommitError>) -> bool {
    matches!(refused, Err(CommitError::Store(StoreError::Gone)))
}

pub(super) async fn from_the_news_on_nothing_is_handed_out(bench: Bench) {
    fill(&bench).await;
    let store = bench.store();
    let row = store.outbox_row(&team(), &OutboxId::new("1")).await;
    let row = row.unwrap().unwrap();
    assert_eq!(leave(&bench, 5).await, Departure::Begun);
    assert_eq!(due_words(&**store, 9).await, ["check"], "the other's");
    assert_eq!(due_ids(&**store, 9).await, ["1"], "the other's");
    assert!(store.has_departed(&team(), at(9)).await.unwrap());
    assert!(!store.has_departed(&other(), at(9)).await.unwrap());
    // Nothing gets in, whenever it was said.
    let late = Commit {
        since: at(9),
        ..commit_rows(vec![post("C1", "2")])
    };
    assert!(is_gone(&store.commit(late).await));
    let received = store.receive(origin("check", &["2"]), at(9)).await;
    assert!(matches!(received, Err(StoreError::Gone)));
    let lease = store.lease(&team(), on_plan("p1"), at(9), HOLD).await;
    assert!(matches!(lease, Err(StoreError::Gone)));
    let caps = ModelCaps {
        tokens_a_month: 9,
        calls_a_minute: 9,
    };
    let booked = store.book_model(&team(), 1, caps, at(9)).await;
    assert!(matches!(booked, Err(StoreError::Gone)));
    // A row that was taken out before is not begun once it is erased.
    store.erase(&team(), at(10)).await.unwrap();
    let mut begun = row;
    begun.state = OutboxState::Sending { since: at(11) };
    let marked = store.mark_outbox(&begun).await;
    assert!(matches!(marked, Err(StoreError::Gone)));
}

pub(super) async fn an_erased_workspace_leaves_nothing_and_others_whole(bench: Bench) {
    fill(&bench).await;
    let store = bench.store();
    leave(&bench, 5).await;
    assert!(store.erase(&team(), at(6)).await.unwrap() > 8);
    assert_eq!(
        store.erase(&team(), at(7)).await.unwrap(),
        0,
        "nothing is left"
    );
    assert_eq!(store.departing().await.unwrap(), []);
    let plan = store.plan(&team(), &plan_id("p1")).await.unwrap();
    assert_eq!(plan, None);
    assert_eq!(store.dead_letters(9).await.unwrap(), []);
    let theirs = store.plan(&other(), &plan_id("p1")).await.unwrap();
    assert!(theirs.is_some());
    assert_eq!(due_words(&**store, 9).await, ["check"]);
    assert_eq!(due_ids(&**store, 9).await, ["1"]);
}

pub(super) async fn what_was_said_before_leaves_nothing_and_what_is_said_later_begins_anew(
    bench: Bench,
) {
    fill(&bench).await;
    let store = bench.store();
    leave(&bench, 5).await;
    store.erase(&team(), at(6)).await.unwrap();
    // A turn that was under way, and an event that comes late.
    for second in [0, 5, 6] {
        let turn = Commit {
            since: at(second),
            now: at(8),
            ..commit_rows(vec![post("C1", "2")])
        };
        assert!(is_gone(&store.commit(turn).await), "{second}");
        let mut late = origin("check", &["2"]);
        late.inbound.at = at(second);
        let received = store.receive(late, at(8)).await;
        assert!(matches!(received, Err(StoreError::Gone)), "{second}");
    }
    assert_eq!(
        store.erase(&team(), at(8)).await.unwrap(),
        0,
        "nothing was written"
    );
    // The workspace has installed the app again.
    let mut event = origin("check", &["1"]);
    event.inbound.at = at(60);
    let received = store.receive(event, at(60)).await.unwrap();
    assert!(
        matches!(received, Received::New(_)),
        "its keys are new again"
    );
    let current = store.current_plan(&team(), &channel("C1")).await.unwrap();
    assert_eq!(current, None);
    let turn = Commit {
        since: at(60),
        ..commit_plan(rename(&Plan::new(plan_id("p2")), "C1", &["Borealis"]))
    };
    assert_eq!(store.commit(turn).await.unwrap(), Committed::Done);
}

pub(super) async fn a_repeat_of_the_news_in_any_order_changes_nothing(bench: Bench) {
    let store = bench.store();
    assert_eq!(leave(&bench, 5).await, Departure::Begun);
    assert_eq!(leave(&bench, 5).await, Departure::Known);
    assert_eq!(
        leave(&bench, 4).await,
        Departure::Known,
        "the other event, late"
    );
    store.erase(&team(), at(6)).await.unwrap();
    assert_eq!(leave(&bench, 5).await, Departure::Known);
    assert_eq!(store.departing().await.unwrap(), []);
    // It came back, and left again.
    let turn = Commit {
        since: at(60),
        ..commit()
    };
    store.commit(turn).await.unwrap();
    assert_eq!(leave(&bench, 90).await, Departure::Begun);
    assert_eq!(store.departing().await.unwrap(), [team()]);
}

pub(super) async fn an_erasure_goes_on_after_opening_again(mut bench: Bench) {
    fill(&bench).await;
    leave(&bench, 5).await;
    bench.reopen().await;
    let store = bench.store();
    assert_eq!(store.departing().await.unwrap(), [team()]);
    assert_eq!(due_words(&**store, 9).await, ["check"], "the other's");
    assert!(store.erase(&team(), at(9)).await.unwrap() > 8);
    bench.reopen().await;
    let store = bench.store();
    assert_eq!(store.departing().await.unwrap(), []);
    assert!(store.has_departed(&team(), at(9)).await.unwrap());
}

pub(super) async fn that_a_workspace_was_erased_is_kept_for_14_days(bench: Bench) {
    let store = bench.store();
    leave(&bench, 5).await;
    store.sweep(at(20 * DAY)).await.unwrap();
    assert_eq!(
        store.departing().await.unwrap(),
        [team()],
        "it is not erased yet"
    );
    store.erase(&team(), at(6)).await.unwrap();
    store.sweep(at(14 * DAY + 5)).await.unwrap();
    assert!(store.has_departed(&team(), at(6)).await.unwrap());
    assert_eq!(store.sweep(at(14 * DAY + 6)).await.unwrap().removed, 1);
    assert!(!store.has_departed(&team(), at(6)).await.unwrap());
}
