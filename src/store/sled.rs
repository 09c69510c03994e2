//! The embedded engine: sled 0.34.7 under the rules that its issues taught.
//!
//! One thread owns all writes. It takes what is queued, applies each unit as one transaction, flushes
//! once, syncs the file itself (sled's own flush ends before the disk has it), and only then answers.
//! Reads go to sled directly: they are served from its cache or one short file read, so moving each
//! to another thread would cost more than it saves.

mod fate;
mod writer;

use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::thread::JoinHandle;
use std::time::Duration;

use async_trait::async_trait;
use tokio::sync::{mpsc, oneshot};

use self::fate::Fate;
use self::writer::{Job, Outcome, Writer};
use super::engine::{
    Engine, EngineStats, Entry, KEY_LIMIT, Kind, Order, Scan, Slot, Unit, VALUE_LIMIT,
};
use super::folder::{self, OpenError};
use crate::advisor::StoreError;

/// How many units may wait; whoever comes later waits for room.
const QUEUE: usize = 1024;
/// Real use is a multiple of it.
const CACHE_BYTES: u64 = 64 * 1024 * 1024;
/// sled's own thread also collects garbage.
const FLUSH_EVERY_MS: u64 = 500;

type Trees = BTreeMap<Kind, sled::Tree>;
/// An engine on sled in one folder.
pub(super) struct SledEngine {
    jobs: RwLock<Option<mpsc::Sender<Job>>>,
    writer: Mutex<Option<JoinHandle<()>>>,
    fate: Arc<Fate>,
    trees: Trees,
    db: sled::Db,
    folder: PathBuf,
    // Last, so that nobody else opens the folder before sled has let it go.
    _lock: File,
}

impl SledEngine {
    /// Opens the folder, or makes it; nobody else may hold it.
    pub(super) fn open(folder: &Path) -> Result<Self, OpenError> {
        let lock = folder::claim(folder)?;
        let path = folder.join("db");
        let db = open_db(&path)?;
        let trees = Kind::ALL
            .iter()
            .map(|&kind| Ok((kind, db.open_tree(kind.name())?)))
            .collect::<Result<Trees, sled::Error>>()
            .and_then(|trees| db.flush().map(|_| trees))
            .map_err(|error| open_error(&path, error))?;
        folder::make_private(&path)?;
        let file = File::open(path.join("db")).map_err(|e| OpenError::io(&path, &e))?;
        let fate = Arc::new(Fate::default());
        let (jobs, queue) = mpsc::channel(QUEUE);
        let writer = Writer {
            db: db.clone(),
            trees: trees.clone(),
            file,
            fate: Arc::clone(&fate),
        };
        let writer = std::thread::Builder::new()
            .name("store-writer".to_owned())
            .spawn(move || writer.run(queue))
            .map_err(|e| OpenError::io(&path, &e))?;
        Ok(Self {
            jobs: RwLock::new(Some(jobs)),
            writer: Mutex::new(Some(writer)),
            fate,
            trees,
            db,
            folder: folder.to_owned(),
            _lock: lock,
        })
    }

    /// Waits for room in the queue.
    async fn queue(&self, job: Job) -> Result<(), StoreError> {
        let jobs = self
            .jobs
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        let jobs = jobs.ok_or(StoreError::Closed)?;
        jobs.send(job).await.map_err(|_| StoreError::Closed)
    }
}

/// sled lets go of its file a moment after its last handle is dropped. The folder is ours by its own
/// lock, so such a rest can only be this process's own.
fn open_db(path: &Path) -> Result<sled::Db, OpenError> {
    const TRIES: u32 = 100;
    let config = sled::Config::default()
        .path(path)
        .cache_capacity(CACHE_BYTES)
        .mode(sled::Mode::LowSpace)
        .flush_every_ms(Some(FLUSH_EVERY_MS));
    let mut tries = 0;
    loop {
        tries += 1;
        match config.open() {
            Err(sled::Error::Io(e)) if tries < TRIES && e.to_string().contains("lock") => {
                std::thread::sleep(Duration::from_millis(20));
            }
            opened => return opened.map_err(|error| open_error(path, error)),
        }
    }
}

fn open_error(path: &Path, error: sled::Error) -> OpenError {
    match error {
        sled::Error::Io(e) => OpenError::io(path, &e),
        other => OpenError::Damaged {
            folder: path.to_owned(),
            detail: other.to_string(),
        },
    }
}

fn store_error(error: sled::Error) -> StoreError {
    match error {
        sled::Error::Corruption { .. } => StoreError::Damaged(error.to_string()),
        other => StoreError::Io(other.to_string()),
    }
}

#[async_trait]
impl Engine for SledEngine {
    fn get(&self, slot: &Slot) -> Result<Option<Vec<u8>>, StoreError> {
        self.fate.check()?;
        let value = self.trees[&slot.kind].get(&slot.key).map_err(store_error)?;
        Ok(value.map(|bytes| bytes.to_vec()))
    }

    fn scan(&self, scan: &Scan) -> Result<Vec<Entry>, StoreError> {
        self.fate.check()?;
        let Some((low, high)) = bounds(scan) else {
            return Ok(Vec::new());
        };
        let tree = &self.trees[&scan.kind];
        let range = match high {
            Some(high) => tree.range(low..high),
            None => tree.range(low..),
        };
        let entry = |found: sled::Result<(sled::IVec, sled::IVec)>| {
            found
                .map(|(key, value)| (key.to_vec(), value.to_vec()))
                .map_err(store_error)
        };
        match scan.order {
            Order::Up => range.take(scan.limit).map(entry).collect(),
            Order::Down => range.rev().take(scan.limit).map(entry).collect(),
        }
    }

    async fn commit(&self, unit: Unit) -> Outcome {
        self.fate.check()?;
        check_sizes(&unit)?;
        let (done, outcome) = oneshot::channel();
        self.queue(Job::Apply(unit, done)).await?;
        outcome.await.map_err(|_| StoreError::Closed)?
    }

    async fn stand_still(&self, work: Box<dyn FnOnce() + Send>) -> Result<(), StoreError> {
        self.fate.check()?;
        let (done, ended) = oneshot::channel();
        self.queue(Job::Still(work, done)).await?;
        ended.await.map_err(|_| StoreError::Closed)
    }

    async fn failed(&self) -> StoreError {
        self.fate.failed().await
    }

    fn stats(&self) -> Result<EngineStats, StoreError> {
        Ok(EngineStats {
            bytes_on_disk: self.db.size_on_disk().map_err(store_error)?,
            overlong_values: folder::count_files(&self.folder.join("db").join("blobs"))?,
        })
    }

    fn close(&self) {
        self.jobs
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        let writer = self
            .writer
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some(writer) = writer
            && writer.join().is_err()
        {
            tracing::error!("the store's writer thread panicked");
        }
    }
}

impl Drop for SledEngine {
    fn drop(&mut self) {
        self.close();
    }
}

/// The half-open range of keys that a scan looks at; `None` if it is empty.
fn bounds(scan: &Scan) -> Option<(Vec<u8>, Option<Vec<u8>>)> {
    let low = scan
        .from
        .clone()
        .map_or_else(|| scan.prefix.clone(), |from| from.max(scan.prefix.clone()));
    let high = match (after(&scan.prefix), scan.to.clone()) {
        (Some(end), Some(to)) => Some(end.min(to)),
        (end, to) => end.or(to),
    };
    // sled panics on a range that ends before it begins.
    let empty = high.as_ref().is_some_and(|high| *high <= low);
    (!empty).then_some((low, high))
}

/// The first key after all that begin with `prefix`; `None` if there is no such key.
fn after(prefix: &[u8]) -> Option<Vec<u8>> {
    let last = prefix.iter().rposition(|&byte| byte < u8::MAX)?;
    let mut end = prefix[..=last].to_vec();
    end[last] += 1;
    Some(end)
}

fn check_sizes(unit: &Unit) -> Result<(), StoreError> {
    let fits =
        |(slot, value): &(Slot, Vec<u8>)| slot.key.len() <= KEY_LIMIT && value.len() <= VALUE_LIMIT;
    match unit.puts.iter().find(|put| !fits(put)) {
        None => Ok(()),
        Some((slot, value)) => Err(StoreError::Refused(format!(
            "a {} record has a key of {} and a value of {} bytes; the limits are {KEY_LIMIT} and \
             {VALUE_LIMIT}",
            slot.kind.name(),
            slot.key.len(),
            value.len(),
        ))),
    }
}
