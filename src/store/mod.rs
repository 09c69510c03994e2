//! The store behind the port of `advisor`: records over a narrow engine.
//!
//! From the bottom: `engine` (keys, small values, units), `sled` and `folder` (where they lie),
//! `codec` (envelope, seal, cutting), `records` (typed, with optimistic writes), and one file for each
//! thing that is kept.

mod attention;
mod clock;
mod codec;
mod commit;
mod cut;
mod dead;
mod desk;
mod digest;
mod due;
mod engine;
mod expiry;
mod export;
mod folder;
mod gone;
mod inbox;
mod key;
mod lane;
mod lease;
mod model;
mod moved;
mod outbox;
mod plan;
mod proposal;
mod records;
mod rule_page;
mod sled;
mod snapshot;
mod source;
mod sweep;
mod upkeep;
mod wake;

use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};

pub use self::codec::{KeyError, SealingKeys};
use self::engine::{Engine, Kind, blocking};
pub use self::export::{Exported, ImportError};
pub use self::folder::OpenError;
use self::gone::Leaving;
use self::key::Key;
use self::records::Records;
use self::sled::SledEngine;
use self::upkeep::About;
use crate::advisor::{
    Attention, AttentionDue, Commit, CommitError, Committed, DeadLetter, DigestDue, Feedback,
    InboxRow, Lease, LeaseOn, ModelCaps, ModelFailure, ModelUse, Origin, OutboxRow, PlanRecord,
    Proposal, Received, Source, Store, StoreError, Swept, ThreadSubject, Workspace,
};
use crate::digest::Standing;
use crate::documents::{Document, Learned};
use crate::ident::{Channel, Ids, Installation, MessageTs, OutboxId, PlanId, ProposalId};
use crate::plan::{Change, Version};
use crate::report::Snapshot;

/// The store of one process, in one folder.
pub struct RecordStore {
    records: Records,
    ids: Ids,
    /// Counts how often the store was opened.
    opening: u64,
    /// The installations that are being erased.
    leaving: Leaving,
}

impl RecordStore {
    /// Opens the store in `folder`, or makes it. One process has a folder at a time.
    pub async fn open(folder: &Path, keys: SealingKeys) -> Result<Self, OpenError> {
        let folder = folder.to_owned();
        let engine = tokio::task::spawn_blocking(move || SledEngine::open(&folder))
            .await
            .map_err(|e| StoreError::Io(e.to_string()))??;
        Self::over(Arc::new(engine), keys).await
    }

    async fn over(engine: Arc<dyn Engine>, keys: SealingKeys) -> Result<Self, OpenError> {
        let records = Records::new(engine, keys);
        let key = Key::of_store(Kind::Meta);
        // Read and written with the keys at hand: a wrong key is found here and not at a record.
        let opening = records
            .transact(|draft| {
                let found = draft.records.get::<About>(key.clone())?;
                let opening = found.as_ref().map_or(0, |found| found.value.opening) + 1;
                draft.set(&key, found.as_ref(), &About { opening })?;
                Ok::<_, StoreError>(opening)
            })
            .await?;
        let leaving = Leaving::read(&records)?;
        Ok(Self {
            records,
            leaving,
            ids: Ids::default(),
            opening,
        })
    }

    /// Whether records are sealed.
    pub fn is_sealing(&self) -> bool {
        self.records.keys().is_sealing()
    }

    /// Waits until the store can no longer be trusted and takes nothing more, with the reason; for
    /// ever while all is well.
    pub async fn failed(&self) -> StoreError {
        self.records.engine.failed().await
    }

    /// Finishes what was begun, and refuses the rest.
    pub async fn close(&self) -> Result<(), StoreError> {
        let engine = Arc::clone(&self.records.engine);
        blocking(move || {
            engine.close();
            Ok(())
        })
        .await
    }
}

#[async_trait]
impl Store for RecordStore {
    async fn receive(&self, origin: Origin, now: Timestamp) -> Result<Received, StoreError> {
        self.take_in(origin, now).await
    }

    async fn due_inbox(&self, now: Timestamp, limit: usize) -> Result<Vec<InboxRow>, StoreError> {
        self.inbox_due(now, limit)
    }

    async fn inbox_of(
        &self,
        installation: &Installation,
        channel: &Channel,
    ) -> Result<Vec<InboxRow>, StoreError> {
        self.waiting_in(installation, channel)
    }

    async fn put_off_inbox(&self, row: &InboxRow, due: Timestamp) -> Result<(), StoreError> {
        self.put_off(row, due).await
    }

    async fn bury_inbox(
        &self,
        row: &InboxRow,
        reason: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.bury_row(row, reason, now).await
    }

    async fn lease(
        &self,
        installation: &Installation,
        on: LeaseOn,
        now: Timestamp,
        hold: SignedDuration,
    ) -> Result<Option<Lease>, StoreError> {
        self.take_lease(installation, on, now, hold).await
    }

    async fn release(&self, lease: &Lease) -> Result<(), StoreError> {
        self.let_go(lease).await
    }

    async fn current_plan(
        &self,
        installation: &Installation,
        channel: &Channel,
    ) -> Result<Option<PlanId>, StoreError> {
        self.pointed_plan(installation, channel)
    }

    async fn plan(
        &self,
        installation: &Installation,
        plan: &PlanId,
    ) -> Result<Option<PlanRecord>, StoreError> {
        self.plan_record(installation, plan)
    }

    async fn history(
        &self,
        installation: &Installation,
        plan: &PlanId,
        after: Version,
        limit: usize,
    ) -> Result<Vec<Change>, StoreError> {
        self.changes_after(installation, plan, after, limit)
    }

    async fn digest(
        &self,
        installation: &Installation,
        channel: &Channel,
    ) -> Result<Option<Standing>, StoreError> {
        self.digest_of(installation, channel)
    }

    async fn snapshots(
        &self,
        installation: &Installation,
        plan: &PlanId,
        limit: usize,
    ) -> Result<Vec<Snapshot>, StoreError> {
        self.snapshots_of(installation, plan, limit)
    }

    async fn attention(
        &self,
        installation: &Installation,
        channel: &Channel,
    ) -> Result<Option<Attention>, StoreError> {
        self.attention_of(installation, channel)
    }

    async fn due_attention(
        &self,
        now: Timestamp,
        limit: usize,
    ) -> Result<Vec<AttentionDue>, StoreError> {
        self.attentions_due(now, limit)
    }

    async fn proposal(
        &self,
        installation: &Installation,
        id: &ProposalId,
    ) -> Result<Option<Proposal>, StoreError> {
        self.proposal_of(installation, id)
    }

    async fn proposals(
        &self,
        installation: &Installation,
        channel: &Channel,
        thread: &MessageTs,
    ) -> Result<Vec<Proposal>, StoreError> {
        self.proposals_in(installation, channel, Some(thread))
    }

    async fn proposals_of_channel(
        &self,
        installation: &Installation,
        channel: &Channel,
    ) -> Result<Vec<Proposal>, StoreError> {
        self.proposals_in(installation, channel, None)
    }

    async fn source(
        &self,
        installation: &Installation,
        channel: &Channel,
        ts: &MessageTs,
    ) -> Result<Option<Source>, StoreError> {
        self.source_of(installation, channel, ts)
    }

    async fn sources(
        &self,
        installation: &Installation,
        channel: &Channel,
    ) -> Result<Vec<Source>, StoreError> {
        self.sources_of(installation, channel)
    }

    async fn due_digests(
        &self,
        now: Timestamp,
        limit: usize,
    ) -> Result<Vec<DigestDue>, StoreError> {
        self.digests_due(now, limit)
    }

    async fn documents(
        &self,
        installation: &Installation,
        channel: &Channel,
    ) -> Result<Vec<Document>, StoreError> {
        self.documents_in(installation, channel)
    }

    async fn learned(
        &self,
        installation: &Installation,
        document: &Document,
    ) -> Result<Option<Learned>, StoreError> {
        self.learned_document(installation, document)
    }

    async fn subject(
        &self,
        installation: &Installation,
        channel: &Channel,
        thread: &MessageTs,
    ) -> Result<Option<ThreadSubject>, StoreError> {
        self.subject_of(installation, channel, thread)
    }

    async fn feedback(&self, installation: &Installation) -> Result<Feedback, StoreError> {
        self.feedback_of(installation)
    }

    async fn commit(&self, commit: Commit) -> Result<Committed, CommitError> {
        self.store_commit(commit).await
    }

    async fn due_outbox(
        &self,
        now: Timestamp,
        limit: usize,
        digests_of_one: usize,
    ) -> Result<Vec<OutboxRow>, StoreError> {
        self.outbox_due(now, limit, digests_of_one).await
    }

    async fn mark_outbox(&self, row: &OutboxRow) -> Result<(), StoreError> {
        self.mark(row).await
    }

    async fn reword(&self, row: &OutboxRow) -> Result<bool, StoreError> {
        self.reword_row(row).await
    }

    async fn workspace(
        &self,
        installation: &Installation,
    ) -> Result<Option<Workspace>, StoreError> {
        self.settings_of(installation)
    }

    async fn rule_page(
        &self,
        installation: &Installation,
        id: &str,
    ) -> Result<Option<String>, StoreError> {
        self.text_of_page(installation, id)
    }

    async fn model_use(&self, installation: &Installation) -> Result<Option<ModelUse>, StoreError> {
        self.used_of(installation)
    }

    async fn book_model(
        &self,
        installation: &Installation,
        tokens: u64,
        caps: ModelCaps,
        now: Timestamp,
    ) -> Result<Result<(), ModelFailure>, StoreError> {
        self.book(installation, tokens, caps, now).await
    }

    async fn settle_model(
        &self,
        installation: &Installation,
        booked: u64,
        used: u64,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.settle(installation, booked, used, now).await
    }

    async fn outbox_row(
        &self,
        installation: &Installation,
        id: &OutboxId,
    ) -> Result<Option<OutboxRow>, StoreError> {
        self.row(installation, id)
    }

    async fn dead_letters(&self, limit: usize) -> Result<Vec<DeadLetter>, StoreError> {
        self.newest_dead(limit)
    }

    async fn replay(&self, id: &str, now: Timestamp) -> Result<bool, StoreError> {
        self.put_back(id, now).await
    }

    async fn sweep(&self, now: Timestamp) -> Result<Swept, StoreError> {
        self.sweep_all(now).await
    }

    async fn set_right(&self, now: Timestamp) -> Result<usize, StoreError> {
        self.set_all_right(now).await
    }
}

#[cfg(test)]
mod tests;
