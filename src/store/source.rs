//! The messages that values of plans came from; kept with the plans.

use super::RecordStore;
use super::engine::Kind;
use super::key::Key;
use super::moved::Way;
use super::records::{Draft, Record, below};
use crate::advisor::{Gave, Source, StoreError};
use crate::ident::{Channel, Installation, MessageTs};

impl Record for Source {
    const KIND: Kind = Kind::Source;
}

fn key(installation: &Installation, channel: &Channel, ts: &MessageTs) -> Key {
    Key::of(Kind::Source, installation)
        .words(channel.as_str())
        .words(ts.as_str())
}

/// Adds what came from messages to what is known of them.
pub(super) fn write(
    draft: &mut Draft<'_>,
    installation: &Installation,
    sources: &[Source],
) -> Result<(), StoreError> {
    let mut joined: Vec<Source> = Vec::new();
    for source in sources {
        let known = joined
            .iter_mut()
            .find(|it| it.channel == source.channel && it.ts == source.ts);
        match known {
            Some(known) => join(&mut known.gave, &source.gave),
            None => joined.push(source.clone()),
        }
    }
    for source in joined {
        let key = key(installation, &source.channel, &source.ts);
        let found = draft.records.get::<Source>(key.clone())?;
        let next = match &found {
            Some(found) => {
                let mut next = found.value.clone();
                next.read_at = next.read_at.max(source.read_at);
                join(&mut next.gave, &source.gave);
                next
            }
            None => source,
        };
        draft.set(&key, found.as_ref(), &next)?;
    }
    Ok(())
}

/// Has the messages of a channel be known under its new id.
pub(super) fn follow(draft: &mut Draft<'_>, way: Way<'_>) -> Result<(), StoreError> {
    way.carry_all::<Source>(draft).map(drop)
}

/// Of one field in one segment, what is written last stands.
fn join(known: &mut Vec<Gave>, new: &[Gave]) {
    for gave in new {
        known.retain(|it| it.field != gave.field || it.segment != gave.segment);
        known.push(gave.clone());
    }
}

impl RecordStore {
    pub(super) fn sources_of(
        &self,
        installation: &Installation,
        channel: &Channel,
    ) -> Result<Vec<Source>, StoreError> {
        let of_channel = Key::of(Kind::Source, installation).words(channel.as_str());
        let found = self.records.scan::<Source>(&below(&of_channel))?;
        Ok(found.into_iter().map(|found| found.value).collect())
    }

    pub(super) fn source_of(
        &self,
        installation: &Installation,
        channel: &Channel,
        ts: &MessageTs,
    ) -> Result<Option<Source>, StoreError> {
        let found = self.records.get::<Source>(key(installation, channel, ts))?;
        Ok(found.map(|found| found.value))
    }
}
