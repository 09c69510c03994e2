//! A clock that ran ahead for a while and is set right: nothing that was written meanwhile is kept for
//! longer than what was written before.

use gtm_advisor::advisor::{Commit, Kept, SentQuestion, Store, ThreadSubject, Vote};
use gtm_advisor::ask::Subject;
use gtm_advisor::ident::{MessageTs, Person, ProposalId};
use gtm_advisor::intent::Rating;

use super::Bench;
use super::fixture::{
    DAY, HOLD, HOUR, at, channel, commit, given_up, keys, on_plan, origin, post, sent, team,
};
use super::proposal::proposal;

/// How far the clock is ahead.
const AHEAD: i64 = 365 * DAY;

/// What a turn keeps beside the plan, by a clock that is ahead.
fn kept() -> Vec<Kept> {
    let subject = ThreadSubject {
        channel: channel("C1"),
        thread: MessageTs::new("1.0"),
        subject: Subject {
            about: "ACV".to_owned(),
            ..Subject::default()
        },
        until: at(AHEAD + 30 * DAY),
    };
    let vote = Vote {
        answer: "a1".to_owned(),
        entry: None,
        person: Person::new("U1"),
        rating: Rating::Wrong,
        until: at(AHEAD + 30 * DAY),
    };
    let question = SentQuestion {
        answer: "a1".to_owned(),
        entry: None,
        rating: Rating::Wrong,
        question: "what about us?".to_owned(),
        person: Person::new("U1"),
        at: at(AHEAD),
        until: at(AHEAD + 90 * DAY),
    };
    vec![
        Kept::Subject(subject),
        Kept::Vote(vote),
        Kept::Sent(question),
    ]
}

/// One of each kind that has an end.
async fn fill(store: &dyn Store) {
    let event = origin("check", &["1"]);
    store.receive(event, at(AHEAD)).await.unwrap();
    let turn = Commit {
        now: at(AHEAD),
        claims: keys(&["2"]),
        proposals: vec![proposal("p", "1.0", AHEAD)],
        kept: kept(),
        outbox: vec![post("C1", "sent"), post("C2", "dead")],
        ..commit()
    };
    store.commit(turn).await.unwrap();
    let gone = given_up(post("C2", "dead"), AHEAD, "gone");
    for row in [sent(post("C1", "sent"), AHEAD), gone] {
        store.mark_outbox(&row).await.unwrap();
    }
}

pub(super) async fn nothing_is_kept_longer_than_its_kind_by_a_clock_ahead(bench: Bench) {
    let store = bench.store();
    fill(&**store).await;
    assert_eq!(store.sweep(at(0)).await.unwrap().removed, 0);
    // What the clock says again is cut once; each goes when one goes that was written now.
    let mut went = Vec::new();
    let days = [1, 7, 8, 14, 30, 90].map(|days| days * DAY);
    for seconds in [15 * 60].into_iter().chain(days) {
        assert_eq!(store.sweep(at(seconds - 1)).await.unwrap().removed, 0);
        went.push(store.sweep(at(seconds)).await.unwrap().removed);
    }
    // The effect; the event; two dedup keys and a dead letter; the one that the event became; the
    // proposal; the subject and the vote; the question.
    assert_eq!(went, [1, 1, 3, 1, 1, 2, 1]);
    assert_eq!(store.dead_letters(9).await.unwrap(), []);
    let thread = MessageTs::new("1.0");
    let left = store.proposals(&team(), &channel("C1"), &thread).await;
    assert_eq!(left.unwrap(), []);
}

pub(super) async fn a_proposal_is_found_in_its_thread_under_the_right_date(bench: Bench) {
    let store = bench.store();
    fill(&**store).await;
    store.sweep(at(HOUR)).await.unwrap();
    let thread = MessageTs::new("1.0");
    let found = store.proposals(&team(), &channel("C1"), &thread).await;
    let found: Vec<_> = found.unwrap().into_iter().map(|it| it.made_at).collect();
    assert_eq!(found, [at(HOUR)]);
    let by_id = store.proposal(&team(), &ProposalId::new("p")).await;
    assert_eq!(by_id.unwrap().map(|it| it.made_at), Some(at(HOUR)));
}

/// A workspace was erased by a clock ahead: what it says after it came back is heard all the same.
pub(super) async fn a_workspace_that_left_by_a_clock_ahead_may_come_back(bench: Bench) {
    let store = bench.store();
    store.depart(&team(), at(AHEAD)).await.unwrap();
    store.erase(&team(), at(AHEAD)).await.unwrap();
    assert!(store.has_departed(&team(), at(HOUR)).await.unwrap());
    store.sweep(at(HOUR)).await.unwrap();
    assert!(store.has_departed(&team(), at(HOUR)).await.unwrap());
    assert!(!store.has_departed(&team(), at(HOUR + 1)).await.unwrap());
    assert_eq!(store.sweep(at(HOUR + 14 * DAY)).await.unwrap().removed, 1);
}

/// Somebody who was granted a lease by a clock ahead and died with it keeps nobody waiting for a year.
pub(super) async fn a_lease_by_a_clock_ahead_holds_nobody_up(bench: Bench) {
    let store = bench.store();
    let taken = async |second| {
        let lease = store.lease(&team(), on_plan("p1"), at(second), HOLD).await;
        lease.unwrap().is_some()
    };
    assert!(taken(AHEAD).await);
    assert!(taken(0).await);
    // A step back by less than one is held for takes it from nobody.
    assert!(!taken(-20).await);
}
