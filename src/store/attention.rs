//! How channels are attended to, and an index of when something is to be said of what was heard.

use jiff::Timestamp;

use super::RecordStore;
use super::due;
use super::engine::Kind;
use super::key::Key;
use super::moved::Way;
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

/// Has a channel be attended to under its new id as it was.
pub(super) fn follow(draft: &mut Draft<'_>, way: Way<'_>) -> Result<(), StoreError> {
    let (old, new) = (
        key(way.installation, way.from),
        key(way.installation, way.to),
    );
    let Some(found) = draft.records.get::<Attention>(old.clone())? else {
        draft.expect_none(&old);
        return Ok(());
    };
    let due = |channel, at| due::key(Kind::AttentionDue, way.installation, channel, at);
    if let Some(at) = found.value.due() {
        draft.delete(&due(way.from, at));
        draft.mark(&due(way.to, at))?;
    }
    let there = draft.records.get::<Attention>(new.clone())?;
    let other = there.as_ref().map(|it| &it.value);
    if let Some(at) = other.and_then(Attention::due) {
        draft.delete(&due(way.to, at));
    }
    let revision = found.value.revision.max(other.map_or(0, |it| it.revision)) + 1;
    let attention = Attention {
        revision,
        ..way.renamed(&found.value)?
    };
    draft.remove(&found)?;
    draft.set(&new, there.as_ref(), &attention)
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

    /// Sets right how the channel is attended to that an entry of the index stands for, if a clock ahead
    /// has put off what is to be said there.
    pub(super) async fn set_attention_right(
        &self,
        entry: &Key,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let Some((installation, channel)) = due::place(entry) else {
            return Ok(false);
        };
        let attention = self.attention_of(&installation, &channel)?;
        let Some(attention) = attention.and_then(|it| it.set_right(now)) else {
            return Ok(false);
        };
        let right = AttentionWrite { channel, attention };
        let written = self
            .records
            .transact(|draft| write(draft, &installation, &right));
        match written.await {
            Ok(()) => Ok(true),
            Err(CommitError::Store(error)) => Err(error),
            // Whoever was quicker has reckoned by the clock as it is now.
            Err(_) => Ok(false),
        }
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
