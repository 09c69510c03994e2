//! What a workspace has used of the language model, and its settings: one record each.

use jiff::Timestamp;

use super::engine::Kind;
use super::key::Key;
use super::records::{Draft, Record};
use super::{RecordStore, gone};
use crate::advisor::{CommitError, ModelCaps, ModelFailure, ModelUse, StoreError, Workspace};
use crate::ident::Installation;

impl Record for ModelUse {
    const KIND: Kind = Kind::ModelUse;
}

impl Record for Workspace {
    const KIND: Kind = Kind::Workspace;
}

/// Writes the settings, if they are as the writer read them.
pub(super) fn write(
    draft: &mut Draft<'_>,
    installation: &Installation,
    workspace: &Workspace,
) -> Result<(), CommitError> {
    let key = Key::of(Kind::Workspace, installation);
    let found = draft.records.get::<Workspace>(key.clone())?;
    let before = found.as_ref().map_or(0, |found| found.value.revision);
    if before != workspace.revision {
        return Err(CommitError::StaleWorkspace);
    }
    let after = Workspace {
        revision: before + 1,
        ..workspace.clone()
    };
    draft.set(&key, found.as_ref(), &after)?;
    Ok(())
}

impl RecordStore {
    pub(super) fn settings_of(
        &self,
        installation: &Installation,
    ) -> Result<Option<Workspace>, StoreError> {
        let key = Key::of(Kind::Workspace, installation);
        Ok(self.records.get::<Workspace>(key)?.map(|found| found.value))
    }

    pub(super) fn used_of(
        &self,
        installation: &Installation,
    ) -> Result<Option<ModelUse>, StoreError> {
        let key = Key::of(Kind::ModelUse, installation);
        Ok(self.records.get::<ModelUse>(key)?.map(|found| found.value))
    }

    pub(super) async fn book(
        &self,
        installation: &Installation,
        tokens: u64,
        caps: ModelCaps,
        now: Timestamp,
    ) -> Result<Result<(), ModelFailure>, StoreError> {
        let key = Key::of(Kind::ModelUse, installation);
        self.records
            .transact(|draft| {
                gone::admit(draft, installation, now)?;
                let found = draft.records.get::<ModelUse>(key.clone())?;
                let used = found.as_ref().map(|found| found.value.clone());
                let mut used = used.unwrap_or_else(|| ModelUse::none(now));
                let booked = used.book(tokens, caps, now);
                if booked.is_ok() {
                    draft.set(&key, found.as_ref(), &used)?;
                }
                Ok::<_, StoreError>(booked)
            })
            .await
    }

    pub(super) async fn settle(
        &self,
        installation: &Installation,
        booked: u64,
        took: u64,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let key = Key::of(Kind::ModelUse, installation);
        self.records
            .transact(|draft| {
                // Erased meanwhile: nothing is left to settle.
                let Some(found) = draft.records.get::<ModelUse>(key.clone())? else {
                    return Ok(());
                };
                let mut used = found.value.clone();
                used.settle(booked, took, now);
                draft.replace(&found, &used)
            })
            .await
    }
}
