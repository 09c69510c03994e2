//! What an answer comes to when something breaks on its way.

use std::sync::Mutex;

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;

use super::*;
use crate::advisor::{
    Answered, DedupKey, Delivered, Directory, DirectoryError, Files, Hearing, Inbound, Lookup,
    Origin, OutboxRow, Over, Place, PlaceKind, Reader, ReplyTo, Role, Said, Store, ThreadAt,
    Threads, Transcript, Turns as _,
};
use crate::clock::Clock;
use crate::documents::{Format, Passage, SharedFile, Unreadable};
use crate::ident::{Channel, Installation, MessageTs, Person};
use crate::lint::RuleSet;
use crate::metrics::Metrics;
use crate::store::{RecordStore, SealingKeys};
use crate::turns::{Ports, Settings};

/// The time of day, in seconds, and what the world outside does.
#[derive(Default)]
struct World {
    seconds: Mutex<i64>,
    /// From now on nobody can be looked up: the attempt panics.
    people_break: Mutex<bool>,
    /// What the next deliveries come to, last first; after them, all is sent.
    deliveries: Mutex<Vec<fn() -> Delivered>>,
    look_ups: Mutex<Vec<Lookup>>,
    delivered: Mutex<usize>,
}

impl World {
    fn pass(&self, seconds: i64) {
        *self.seconds.lock().unwrap() += seconds;
    }

    fn delivered(&self) -> usize {
        *self.delivered.lock().unwrap()
    }
}

impl Clock for World {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + *self.seconds.lock().unwrap()).unwrap()
    }
}

#[async_trait]
impl Directory for World {
    async fn role(&self, _: &Installation, _: &Person) -> Result<Role, DirectoryError> {
        let breaks = *self.people_break.lock().unwrap();
        assert!(!breaks, "nobody can be looked up");
        Ok(Role::Member)
    }

    async fn zone(&self, _: &Installation, _: &Person) -> Option<String> {
        None
    }

    async fn channels(&self, _: &Installation, _: &Person) -> Option<Vec<(Channel, String)>> {
        None
    }

    async fn is_for_all(&self, _: &Installation, _: &Channel) -> Option<bool> {
        None
    }

    async fn hearing(&self, _: &Installation) -> Hearing {
        Hearing::Unknown
    }

    fn forget(&self, _: &Installation) {}
}

#[async_trait]
impl Threads for World {
    async fn read(&self, _: &Installation, _: ThreadAt<'_>) -> Transcript {
        Transcript::default()
    }
}

#[async_trait]
impl Files for World {
    async fn fetch(&self, _: &Installation, _: &SharedFile) -> Result<Vec<u8>, Unreadable> {
        Err(Unreadable::NotFetched)
    }
}

#[async_trait]
impl Reader for World {
    async fn read(&self, _: &str, _: &[u8]) -> Result<(Format, Vec<Passage>), Unreadable> {
        Err(Unreadable::Damaged)
    }
}

#[async_trait]
impl Messenger for World {
    async fn deliver(&self, _: &OutboxRow) -> Delivered {
        *self.delivered.lock().unwrap() += 1;
        let next = self.deliveries.lock().unwrap().pop();
        next.map_or(Delivered::Sent { ts: None }, |next| next())
    }

    async fn look_up(&self, _: &OutboxRow) -> Lookup {
        self.look_ups
            .lock()
            .unwrap()
            .pop()
            .unwrap_or(Lookup::Absent)
    }
}

struct Bench {
    world: Arc<World>,
    store: Arc<RecordStore>,
    turns: Turns,
    workers: Workers,
    _folder: TempDir,
}

async fn bench() -> Bench {
    let folder = tempfile::tempdir().unwrap();
    let store = RecordStore::open(folder.path(), SealingKeys::none()).await;
    let (world, store) = (Arc::new(World::default()), Arc::new(store.unwrap()));
    let ports = Ports {
        store: store.clone(),
        directory: world.clone(),
        threads: world.clone(),
        files: world.clone(),
        reader: world.clone(),
        clock: world.clone(),
        metrics: Arc::new(Metrics::new()),
        model: None,
    };
    let rules = Arc::new(RuleSet::built_in().unwrap());
    let turns = Turns::new(ports, rules, Settings::new("/gtm"));
    Bench {
        workers: Workers::new(turns.clone(), world.clone()),
        world,
        store,
        turns,
        _folder: folder,
    }
}

fn origin(said: Said, key: &str) -> Origin {
    let response = matches!(said, Said::Command { .. });
    Origin {
        inbound: Inbound {
            installation: Installation::new("T1"),
            place: Place {
                channel: Channel::new("C1"),
                thread: None,
                kind: PlaceKind::Channel,
            },
            by: Person::new("U1"),
            said,
            at: Timestamp::UNIX_EPOCH,
            files: Vec::new(),
        },
        dedup: vec![DedupKey(key.to_owned())],
        reply_to: response.then(|| ReplyTo {
            response_url: "http://127.0.0.1:1/r".to_owned(),
        }),
        trigger: None,
    }
}

fn command(words: &str, key: &str) -> Origin {
    let words = words.to_owned();
    origin(Said::Command { words }, key)
}

fn mention(words: &str, key: &str) -> Origin {
    let (words, ts) = (words.to_owned(), MessageTs::new("1.1"));
    origin(Said::Mention { words, ts }, key)
}

fn headline(answered: Answered) -> String {
    match answered {
        Answered::Now(sent) => sent.row.document.headline,
        other => panic!("no answer: {other:?}"),
    }
}

impl Bench {
    async fn answer(&self, words: &str, key: &str) -> Answered {
        self.turns
            .answer(command(words, key), Over::Conversation)
            .await
    }

    /// A mention has been answered as far as the outbox.
    async fn answered_mention(&self) {
        self.turns.receive(mention("help", "said")).await.unwrap();
        let row = self.store.due_inbox(self.world.now(), 1).await.unwrap();
        self.turns.work_off(&row[0]).await.unwrap();
    }

    async fn due(&self) -> usize {
        self.store
            .due_outbox(self.world.now(), 100, usize::MAX)
            .await
            .unwrap()
            .len()
    }
}

#[tokio::test]
async fn a_turn_that_panics_apologises_once_and_leaves_the_plan_free() {
    let bench = bench().await;
    *bench.world.people_break.lock().unwrap() = true;
    let said = headline(bench.answer("set price $49/mo", "first").await);
    assert!(said.contains("the plan is as it was"), "{said}");
    assert_eq!(bench.due().await, 0, "the response says it already");
    *bench.world.people_break.lock().unwrap() = false;
    let said = headline(bench.answer("set price $49/mo", "second").await);
    assert!(said.contains("$49"), "{said}");
}

#[tokio::test]
async fn a_repeat_that_fails_says_what_the_first_one_came_to() {
    let bench = bench().await;
    let first = headline(bench.answer("set price $49/mo", "same").await);
    *bench.world.people_break.lock().unwrap() = true;
    let again = headline(bench.answer("set price $49/mo", "same").await);
    assert_eq!(again, first);
}

#[tokio::test]
async fn a_message_that_breaks_its_delivery_is_tried_again() {
    let bench = bench().await;
    bench.answered_mention().await;
    bench
        .world
        .deliveries
        .lock()
        .unwrap()
        .push(|| panic!("it cannot be drawn"));
    bench.workers.run_due().await;
    assert_eq!(bench.due().await, 0, "it waits");
    bench.world.pass(2);
    bench.workers.run_due().await;
    assert_eq!(bench.world.delivered(), 2);
}

#[tokio::test]
async fn what_the_last_turns_leave_is_sent_before_the_end() {
    let bench = bench().await;
    bench.turns.receive(mention("help", "said")).await.unwrap();
    let stop = CancellationToken::new();
    stop.cancel();
    bench.workers.run(stop).await;
    assert_eq!(bench.world.delivered(), 1);
}

#[tokio::test]
async fn while_nothing_can_be_looked_up_an_unclear_answer_is_not_repeated() {
    let bench = bench().await;
    bench.answered_mention().await;
    let unclear = || Delivered::Unclear {
        reason: "timeout".to_owned(),
    };
    let busy = Lookup::Later {
        after: Some(SignedDuration::from_secs(60)),
        reason: "ratelimited".to_owned(),
    };
    bench.world.deliveries.lock().unwrap().push(unclear);
    *bench.world.look_ups.lock().unwrap() = vec![Lookup::Found(MessageTs::new("9.9")), busy];
    for _ in 0..3 {
        bench.workers.run_due().await;
        bench.world.pass(80);
    }
    assert_eq!(bench.world.delivered(), 1, "it was found to be there");
    assert_eq!(bench.due().await, 0);
}
