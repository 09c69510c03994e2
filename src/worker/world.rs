//! The world outside a bot under test: a clock that the test moves, and people of whom nothing is known
//! but that they are members. What is done with messages each test decides itself.

use std::sync::Mutex;

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};

use super::*;
use crate::advisor::{
    DedupKey, Directory, DirectoryError, Files, Hearing, Inbound, Origin, Place, PlaceKind, Reader,
    Role, Said, Store, ThreadAt, Threads, Transcript,
};
use crate::clock::Clock;
use crate::documents::{Format, Passage, SharedFile, Unreadable};
use crate::ident::{Channel, Installation, Person};
use crate::metrics::Metrics;
use crate::turns::Ports;

/// The time of day, and people.
pub(super) struct World {
    now: Mutex<Timestamp>,
    /// From now on nobody can be looked up: the attempt panics.
    pub(super) people_break: Mutex<bool>,
}

impl World {
    pub(super) fn at(now: Timestamp) -> Arc<Self> {
        Arc::new(Self {
            now: Mutex::new(now),
            people_break: Mutex::default(),
        })
    }

    pub(super) fn pass(&self, span: SignedDuration) {
        let mut now = self.now.lock().unwrap();
        *now = now.checked_add(span).unwrap();
    }

    /// The ports of a bot in this world.
    pub(super) fn ports(self: &Arc<Self>, store: Arc<dyn Store>) -> Ports {
        Ports {
            store,
            directory: self.clone(),
            threads: self.clone(),
            files: self.clone(),
            reader: self.clone(),
            clock: self.clone(),
            metrics: Arc::new(Metrics::new()),
            model: None,
            meaning: None,
        }
    }
}

/// What `U1` says in a channel, delivered once under `key`.
pub(super) fn origin(channel: &str, said: Said, (key, at): (&str, Timestamp)) -> Origin {
    Origin {
        inbound: Inbound {
            installation: Installation::new("T1"),
            place: Place {
                channel: Channel::new(channel),
                thread: None,
                kind: PlaceKind::Channel,
            },
            by: Person::new("U1"),
            said,
            at,
            files: Vec::new(),
        },
        dedup: vec![DedupKey(key.to_owned())],
        reply_to: None,
        trigger: None,
    }
}

impl Clock for World {
    fn now(&self) -> Timestamp {
        *self.now.lock().unwrap()
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
        Some(false)
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
