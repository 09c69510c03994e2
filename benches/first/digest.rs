//! A digest that has come due, up to the moment at which it waits in the outbox: the plan and its
//! history are loaded and checked, the week is compared and worded, and all of it is on disk.

use std::hint::black_box;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use futures_util::future::join_all;
use gtm_advisor::advisor::{
    DedupKey, DigestDue, Directory, DirectoryError, Files, Hearing, Inbound, Origin, Over, Place,
    PlaceKind, Reader, Role, Said, Store, ThreadAt, Threads, Transcript, Turns as _,
};
use gtm_advisor::clock::Clock;
use gtm_advisor::documents::{Format, Passage, SharedFile, Unreadable};
use gtm_advisor::ident::{Channel, Installation, Person};
use gtm_advisor::lint::RuleSet;
use gtm_advisor::map::{self, Map, Theme};
use gtm_advisor::metrics::Metrics;
use gtm_advisor::store::{RecordStore, SealingKeys};
use gtm_advisor::turns::{Ports, Settings, Turns};
use jiff::Timestamp;
use tempfile::TempDir;
use tokio::runtime::Runtime;

use super::plans::plan;
use super::subject::{Routine, Subject};

/// A Monday, an hour after nine; and the Monday after it.
pub(crate) const BEGIN: Timestamp = Timestamp::constant(1_772_445_600, 0);
pub(crate) const DUE: Timestamp = Timestamp::constant(1_773_046_800, 0);

/// What each plan says before its digest is switched on.
pub(crate) const SAID: [&str; 8] = [
    "set stage pmf",
    "set price $49/mo",
    "set industry accounting firms",
    "set employees 5-30",
    "set channels seo, content",
    "set trial free trial",
    "set cs model help desk",
    "digest mondays 9am UTC",
];

/// What changes in a week in which something does.
pub(crate) const CHANGED: [&str; 2] = ["set motion field", "set cycle 45 days"];

pub(crate) fn subjects() -> Vec<Subject> {
    vec![
        Subject::new("a digest, two fields changed", |calls| {
            working(calls, &CHANGED)
        })
        .at_most(32)
        .on_threads(),
        Subject::new("a digest, nothing changed", |calls| working(calls, &[]))
            .at_most(32)
            .on_threads(),
        Subject::new("draw the map of 3 segments", |_| drawing()),
    ]
}

/// The picture in a digest's thread, which is drawn when it is sent.
fn drawing() -> Routine {
    let map = Map::new(&plan(3));
    Box::new(move || {
        black_box(map::png(&map, Theme::Light));
    })
}

/// One channel's digest a call.
fn working(calls: usize, changed: &[&str]) -> Routine {
    let mut office = Office::with(calls, changed);
    Box::new(move || office.next())
}

/// A workspace whose channels all have a plan and a digest, due at the same minute.
struct Office {
    turns: Turns,
    runtime: Runtime,
    due: Vec<DigestDue>,
    _folder: TempDir,
}

impl Office {
    fn with(channels: usize, changed: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("there is room for a folder");
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build()
            .expect("a runtime of one thread needs nothing");
        let opened = RecordStore::open(folder.path(), SealingKeys::none());
        let store = Arc::new(runtime.block_on(opened).expect("a new folder opens"));
        let outside = Arc::new(Outside(Mutex::new(BEGIN)));
        let turns = turns(store.clone(), &outside);
        for words in SAID.iter().chain(changed) {
            runtime.block_on(join_all((0..channels).map(|n| say(&turns, n, words))));
        }
        runtime.block_on(turns.drain());
        *outside.0.lock().expect("nobody panics holding it") = DUE;
        let due = runtime.block_on(store.due_digests(DUE, channels));
        let due = due.expect("the store answers");
        assert_eq!(due.len(), channels);
        Self {
            turns,
            runtime,
            due,
            _folder: folder,
        }
    }

    fn next(&mut self) {
        let due = self.due.pop().expect("one was prepared for each call");
        let worked = self.runtime.block_on(self.turns.digest(&due));
        worked.expect("the store takes it");
    }
}

pub(crate) fn turns(store: Arc<RecordStore>, outside: &Arc<Outside>) -> Turns {
    let ports = Ports {
        store,
        directory: outside.clone(),
        threads: outside.clone(),
        files: outside.clone(),
        reader: outside.clone(),
        clock: outside.clone(),
        metrics: Arc::new(Metrics::new()),
        model: None,
        meaning: None,
    };
    let rules = RuleSet::built_in().expect("the pages that ship compile");
    Turns::new(ports, &rules, Settings::new("/gtm"))
}

pub(crate) async fn say(turns: &Turns, channel: usize, words: &str) {
    let origin = Origin {
        inbound: Inbound {
            installation: Installation::new("T1"),
            place: Place {
                channel: Channel::new(format!("C{channel}")),
                thread: None,
                kind: PlaceKind::Channel,
            },
            by: Person::new("U1"),
            said: Said::Command {
                words: words.to_owned(),
            },
            at: BEGIN,
            files: Vec::new(),
        },
        dedup: vec![DedupKey(format!("{channel}:{words}"))],
        reply_to: None,
        trigger: None,
    };
    turns.answer(origin, Over::Conversation).await;
}

/// Everything outside the store, of which a digest asks for the time only.
pub(crate) struct Outside(pub(crate) Mutex<Timestamp>);

impl Clock for Outside {
    fn now(&self) -> Timestamp {
        *self.0.lock().expect("nobody panics holding it")
    }
}

#[async_trait]
impl Directory for Outside {
    async fn role(&self, _: &Installation, _: &Person) -> Result<Role, DirectoryError> {
        Ok(Role::Member)
    }

    async fn zone(&self, _: &Installation, _: &Person) -> Option<String> {
        None
    }

    async fn channels(&self, _: &Installation, _: &Person) -> Option<Vec<(Channel, String)>> {
        None
    }

    /// Of one that everybody may read, switching a digest on asks first.
    async fn is_for_all(&self, _: &Installation, _: &Channel) -> Option<bool> {
        Some(false)
    }

    async fn hearing(&self, _: &Installation) -> Hearing {
        Hearing::Unknown
    }

    fn forget(&self, _: &Installation) {}
}

#[async_trait]
impl Threads for Outside {
    async fn read(&self, _: &Installation, _: ThreadAt<'_>) -> Transcript {
        Transcript::default()
    }
}

#[async_trait]
impl Files for Outside {
    async fn fetch(&self, _: &Installation, _: &SharedFile) -> Result<Vec<u8>, Unreadable> {
        Err(Unreadable::NotFetched)
    }
}

#[async_trait]
impl Reader for Outside {
    async fn read(&self, _: &str, _: &[u8]) -> Result<(Format, Vec<Passage>), Unreadable> {
        Err(Unreadable::Damaged)
    }
}
