//! What a caller of the port cannot see: costs, places, modes, damage, crashes.

mod backup;
mod cost;
mod disk;
mod sweep;

use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use secrecy::SecretString;
use tempfile::TempDir;

use super::engine::{Applied, EngineStats, Entry, Scan, Slot, Unit, VALUE_LIMIT};
use super::*;
use crate::advisor::{
    DedupKey, Departures, Inbound, OutboxState, Place, PlaceKind, PlanWrite, Said, Target, Unclear,
    Upkeep, Urgency,
};
use crate::failpoint;
use crate::ident::{MessageTs, Person, Reference};
use crate::plan::{Answer, Door, Edit, MessageLink, Plan, Value};
use crate::render::Document;

const WORDS: &str = "we sell to dentists in Oslo";

pub(super) fn team() -> Installation {
    Installation::new("T1")
}

fn sealing() -> SealingKeys {
    SealingKeys::parse(&SecretString::from("5e".repeat(32))).unwrap()
}

pub(super) async fn open(place: &TempDir) -> RecordStore {
    RecordStore::open(place.path(), SealingKeys::none())
        .await
        .unwrap()
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + seconds).unwrap()
}

fn origin(key: &str) -> Origin {
    let inbound = Inbound {
        installation: team(),
        place: Place {
            channel: Channel::new("C1"),
            thread: None,
            kind: PlaceKind::Channel,
        },
        by: Person::new("U1"),
        said: Said::Mention {
            words: WORDS.to_owned(),
            ts: MessageTs::new("1.1"),
        },
        at: at(0),
        files: Vec::new(),
    };
    Origin {
        inbound,
        dedup: vec![DedupKey(key.to_owned())],
        reply_to: None,
        trigger: None,
    }
}

fn post(channel: &str, id: &str, due: i64) -> OutboxRow {
    OutboxRow {
        id: OutboxId::new(id),
        installation: team(),
        channel: Channel::new(channel),
        target: Target::Post { thread: None },
        document: Document {
            headline: WORDS.to_owned(),
            blocks: Vec::new(),
        },
        picture: None,
        urgency: Urgency::Person,
        unclear: Unclear::Repeat,
        due: at(due),
        use_by: at(100_000),
        period: None,
        aside: false,
        attempts: 0,
        state: OutboxState::Waiting,
        reference: Reference::new("r1"),
    }
}

fn commit(outbox: Vec<OutboxRow>) -> Commit {
    Commit {
        outbox,
        ..Commit::empty(team(), at(0))
    }
}

fn rename(plan: &Plan, old: Option<&str>, new: &str) -> PlanWrite {
    let answer = |words: &str| Answer::Known(Value::Text(words.to_owned()));
    let change = Change {
        version: Version(plan.version().0 + 1),
        edit: Edit::Field {
            field: "plan.name".to_owned(),
            segment: None,
            old: old.map(answer),
            new: Some(answer(new)),
        },
        by: Person::new("U1"),
        at: at(0),
        door: Door::Command,
        link: MessageLink {
            channel: Channel::new("C1"),
            ts: None,
        },
        undoes: None,
    };
    let mut after = plan.clone();
    after.apply(&change).unwrap();
    let against = plan.version();
    PlanWrite {
        channel: Channel::new("C1"),
        plan: after,
        against,
        changes: vec![change],
    }
}

/// Puts the words into everything that can hold them.
async fn fill(store: &RecordStore) {
    store.receive(origin("1"), at(0)).await.unwrap();
    store.receive(origin("2"), at(0)).await.unwrap();
    let row = store.due_inbox(at(0), 1).await.unwrap().remove(0);
    store
        .bury_inbox(&row, "eight turns failed", at(0))
        .await
        .unwrap();
    let write = rename(&Plan::new(PlanId::new("p1")), None, WORDS);
    let rows = vec![post("C1", "1", 0), post("C2", "2", 0)];
    store
        .commit(Commit {
            plan: Some(write),
            ..commit(rows)
        })
        .await
        .unwrap();
    let dead = OutboxState::Dead {
        at: at(0),
        reason: "gone".to_owned(),
        why: crate::advisor::GivenUp::Other,
    };
    store
        .mark_outbox(&OutboxRow {
            state: dead,
            ..post("C2", "2", 0)
        })
        .await
        .unwrap();
}

#[tokio::test]
async fn overlong_values_are_refused_by_the_engine() {
    let place = tempfile::tempdir().unwrap();
    let store = open(&place).await;
    for (key, value) in [(8, VALUE_LIMIT + 1), (engine::KEY_LIMIT + 1, 8)] {
        let slot = Slot {
            kind: Kind::Plan,
            key: vec![b'k'; key],
        };
        let unit = Unit {
            puts: vec![(slot, vec![0; value])],
            ..Unit::default()
        };
        let refused = store.records.engine.commit(unit).await;
        assert!(matches!(refused, Err(StoreError::Refused(_))));
    }
}

#[tokio::test]
async fn a_closed_store_says_so() {
    let place = tempfile::tempdir().unwrap();
    let store = open(&place).await;
    store.close().await.unwrap();
    assert!(matches!(
        store.receive(origin("1"), at(0)).await,
        Err(StoreError::Closed)
    ));
}

#[tokio::test]
async fn health_counts_what_waits_and_how_long() {
    let place = tempfile::tempdir().unwrap();
    let store = open(&place).await;
    store.receive(origin("1"), at(5)).await.unwrap();
    store.receive(origin("2"), at(9)).await.unwrap();
    store
        .commit(commit(vec![post("C1", "1", 0), post("C1", "2", 0)]))
        .await
        .unwrap();
    let health = store.health().await.unwrap();
    assert_eq!((health.inbox.rows, health.inbox.oldest), (2, Some(at(5))));
    assert_eq!(
        (health.outbox.rows, health.outbox.oldest),
        (2, None),
        "these ids tell no time"
    );
    assert_eq!((health.dead_letters.rows, health.overlong_values), (0, 0));
    assert!(health.bytes_on_disk > 0);
}

#[tokio::test]
async fn an_erased_installation_leaves_nothing_and_others_alone() {
    let place = tempfile::tempdir().unwrap();
    let store = open(&place).await;
    fill(&store).await;
    let mut theirs = origin("1");
    theirs.inbound.installation = Installation::new("T10");
    store.receive(theirs, at(0)).await.unwrap();
    assert!(store.erase(&team(), at(0)).await.unwrap() > 10);
    for &kind in Kind::ALL {
        let left = store.records.installations(kind).unwrap();
        assert!(!left.contains(&team()), "{kind:?}");
    }
    assert_eq!(store.due_inbox(at(0), 10).await.unwrap().len(), 1);
    assert_eq!(store.erase(&team(), at(0)).await.unwrap(), 0);
}
