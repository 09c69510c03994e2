//! How channels are attended to, and an index of when something is to be said of what was heard.

use jiff::Timestamp;

use super::RecordStore;
use super::due;
use super::engine::Kind;
use super::key::Key;
use super::records::{Draft, Record};
use crate::advisor::{Attention, AttentionDue, AttentionWrite, CommitError, StoreError};
use crate::ident::{Channel, Installation};

impl Record for Attention {
    const KIND: Kind = Kind::Attention;
}

fn key(installation: &Installation, channel: &Channel) -> Key {
    Key::of(Kind::Attention, installation).words(channel.as_str())
}

/// Writes how a channel is attended to, if that is as the writer read it.
pub(super) fn write(
    draft: &mut Draft<'_>,
    installation: &Installation,
    write: &AttentionWrite,
) -> Result<(), CommitError> {
    let AttentionWrite { channel, attention } = write;
    let key = key(installation, channel);
    let found = draft.records.get::<Attention>(key.clone())?;
    let before = found.as_ref().map(|found| &found.value);
    if before.map_or(0, |before| before.revision) != attention.revision {
        return Err(CommitError::StaleAttention);
    }
    if let Some(due) = before.and_then(Attention::due) {
        draft.delete(&due::key(Kind::AttentionDue, installation, channel, due));
    }
    if let Some(due) = attention.due() {
        draft.mark(&due::key(Kind::AttentionDue, installation, channel, due))?;
    }
    let attention = Attention {
        revision: attention.revision + 1,
        ..attention.clone()
    };
    draft.set(&key, found.as_ref(), &attention)?;
    Ok(())
}

impl RecordStore {
    pub(super) fn attention_of(
        &self,
        installation: &Installation,
        channel: &Channel,
    ) -> Result<Option<Attention>, StoreError> {
        let found = self.records.get::<Attention>(key(installation, channel))?;
        Ok(found.map(|found| found.value))
    }

    pub(super) fn attentions_due(
        &self,
        now: Timestamp,
        limit: usize,
    ) -> Result<Vec<AttentionDue>, StoreError> {
        let due = self.due(Kind::AttentionDue, now, limit)?.into_iter();
        let due = due.map(|(installation, channel, at)| AttentionDue {
            installation,
            channel,
            at,
        });
        Ok(due.collect())
    }
}
