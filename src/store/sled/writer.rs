//! The one thread that writes: it takes what is queued, applies each unit as one transaction, flushes
//! once, syncs the file itself, and only then answers.

use std::collections::BTreeMap;
use std::fs::File;
use std::sync::Arc;

use sled::Transactional;
use sled::transaction::{ConflictableTransactionError, TransactionError, TransactionalTree};
use tokio::sync::{mpsc, oneshot};

use super::fate::{Fate, Watched};
use super::{Trees, store_error};
use crate::advisor::StoreError;
use crate::failpoint::{self, FailPoint};
use crate::store::engine::{Applied, Guard, Kind, Unit};

/// How many units one flush serves at most.
const BATCH: usize = 1024;

/// What became of a unit.
pub(super) type Outcome = Result<Applied, StoreError>;

/// Something for the writer to do.
pub(super) enum Job {
    /// Applies a unit.
    Apply(Unit, oneshot::Sender<Outcome>),
    /// Runs something while nothing is written.
    Still(Box<dyn FnOnce() + Send>, oneshot::Sender<()>),
}

/// Why a transaction is taken back.
struct GuardFailed;

/// The one owner of all writes.
pub(super) struct Writer {
    pub(super) db: sled::Db,
    pub(super) trees: Trees,
    /// sled's file, by a handle of our own.
    pub(super) file: File,
    /// Whether anything is still written.
    pub(super) fate: Arc<Fate>,
}

impl Writer {
    /// Works until nobody can queue anything more.
    pub(super) fn run(self, mut queue: mpsc::Receiver<Job>) {
        let _watched = Watched(&self.fate);
        while let Some(first) = queue.blocking_recv() {
            let mut jobs = vec![first];
            while jobs.len() < BATCH
                && let Ok(next) = queue.try_recv()
            {
                jobs.push(next);
            }
            self.work_off(jobs);
        }
    }

    /// Applies each unit, flushes once, answers all. Somebody who has stopped waiting is fine.
    fn work_off(&self, jobs: Vec<Job>) {
        let mut answers = Vec::with_capacity(jobs.len());
        let mut wrote = false;
        for job in jobs {
            let (unit, done) = match job {
                Job::Apply(unit, done) => (unit, done),
                Job::Still(work, done) => {
                    work();
                    let _ = done.send(());
                    continue;
                }
            };
            let outcome = self.apply(&unit);
            let empty = unit.puts.is_empty() && unit.deletes.is_empty();
            wrote |= !empty
                && outcome
                    .as_ref()
                    .is_ok_and(|&applied| applied == Applied::Done);
            answers.push((done, outcome));
        }
        let flushed = if wrote { self.flush() } else { Ok(()) };
        for (done, outcome) in answers {
            let outcome = flushed.clone().and(outcome);
            let _ = done.send(outcome);
        }
    }

    fn apply(&self, unit: &Unit) -> Outcome {
        self.fate.check()?;
        let kinds = kinds_of(unit);
        if kinds.is_empty() {
            return Ok(Applied::Done);
        }
        let trees: Vec<&sled::Tree> = kinds.iter().map(|kind| &self.trees[kind]).collect();
        let applied = trees.as_slice().transaction(|views| {
            let views: BTreeMap<Kind, &TransactionalTree> =
                kinds.iter().copied().zip(views).collect();
            apply_to(&views, unit)
        });
        match applied {
            Ok(()) => Ok(Applied::Done),
            Err(TransactionError::Abort(GuardFailed)) => Ok(Applied::Conflict),
            Err(TransactionError::Storage(error)) => Err(self.fate.fail(store_error(error))),
        }
    }

    fn flush(&self) -> Result<(), StoreError> {
        failpoint::reach(FailPoint::StoreBeforeFlush);
        self.db
            .flush()
            .map_err(|error| self.fate.fail(store_error(error)))?;
        self.file
            .sync_data()
            .map_err(|error| self.fate.fail(StoreError::Io(error.to_string())))?;
        failpoint::reach(FailPoint::StoreAfterFlush);
        Ok(())
    }
}

fn kinds_of(unit: &Unit) -> Vec<Kind> {
    let guarded = unit.guards.iter().map(|guard| match guard {
        Guard::Absent(slot) | Guard::Is(slot, _) => slot.kind,
    });
    let deleted = unit.deletes.iter().map(|slot| slot.kind);
    let put = unit.puts.iter().map(|(slot, _)| slot.kind);
    let mut kinds: Vec<Kind> = guarded.chain(deleted).chain(put).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

/// May run more than once for one unit, so it does nothing but read and write the views.
fn apply_to(
    views: &BTreeMap<Kind, &TransactionalTree>,
    unit: &Unit,
) -> Result<(), ConflictableTransactionError<GuardFailed>> {
    for guard in &unit.guards {
        let holds = match guard {
            Guard::Absent(slot) => views[&slot.kind].get(&slot.key)?.is_none(),
            Guard::Is(slot, bytes) => views[&slot.kind]
                .get(&slot.key)?
                .is_some_and(|found| found == bytes),
        };
        if !holds {
            return Err(ConflictableTransactionError::Abort(GuardFailed));
        }
    }
    for slot in &unit.deletes {
        views[&slot.kind].remove(slot.key.as_slice())?;
    }
    for (slot, value) in &unit.puts {
        views[&slot.kind].insert(slot.key.as_slice(), value.as_slice())?;
    }
    Ok(())
}
