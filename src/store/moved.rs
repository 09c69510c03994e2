//! Channels that go by another id from now on: all that is kept under the old one stands under the new
//! one, in one unit with what remembers it.
//!
//! From then on no unit that writes under the old id holds, so a turn that was under way runs again at
//! the new one. What waits in the queues stays where it is: whoever works it off asks what its channel
//! goes by now.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use async_trait::async_trait;

use super::engine::Kind;
use super::inbox::{self, SEEN_KEPT, Seen, later};
use super::key::Key;
use super::records::{Draft, Found, Record, Records, below};
use super::{RecordStore, attention, desk, digest, gone, lease, plan, proposal, source};
use crate::advisor::{Commit, CommitError, Followed, Kept, LeaseOn, Moved, Moves, StoreError};
use crate::documents::Visible;
use crate::ident::{Channel, Installation, PlanId};

/// A channel that has had more ids than this is not followed further.
const MOST_IDS: usize = 8;

/// What a channel goes by instead.
#[derive(Serialize, Deserialize)]
struct Now {
    to: Channel,
    at: Timestamp,
    /// The plan that was begun under the new id before the news of it came, and that gave way.
    #[serde(default)]
    aside: Option<PlanId>,
}

impl Record for Now {
    const KIND: Kind = Kind::Moved;
}

fn key(installation: &Installation, channel: &Channel) -> Key {
    Key::of(Kind::Moved, installation).words(channel.as_str())
}

/// What a channel goes by now.
pub(super) fn now(
    records: &Records,
    installation: &Installation,
    channel: &Channel,
) -> Result<Channel, StoreError> {
    let mut channel = channel.clone();
    for _ in 0..MOST_IDS {
        match records.get::<Now>(key(installation, &channel))? {
            Some(found) => channel = found.value.to,
            None => break,
        }
    }
    Ok(channel)
}

/// Refuses what is written under an id that its channel has no longer.
pub(super) fn admit(draft: &mut Draft<'_>, commit: &Commit) -> Result<(), CommitError> {
    let mut channels: Vec<&Channel> = Vec::new();
    channels.extend(commit.plan.as_ref().map(|it| &it.channel));
    channels.extend(commit.digest.as_ref().map(|it| &it.channel));
    channels.extend(commit.attention.as_ref().map(|it| &it.channel));
    channels.extend(commit.proposals.iter().map(|it| &it.channel));
    channels.extend(commit.sources.iter().map(|it| &it.channel));
    channels.extend(commit.kept.iter().filter_map(|kept| match kept {
        Kept::Subject(subject) => Some(&subject.channel),
        Kept::Learned(learned) => match &learned.document.visible {
            Visible::Channel(channel) => Some(channel),
            Visible::Workspace => None,
        },
        _ => None,
    }));
    channels.sort_unstable();
    channels.dedup();
    for channel in channels {
        let key = key(&commit.installation, channel);
        if draft.records.get::<Now>(key.clone())?.is_some() {
            return Err(CommitError::Moved);
        }
        draft.expect_none(&key);
    }
    Ok(())
}

/// From where to where.
#[derive(Clone, Copy)]
pub(super) struct Way<'a> {
    pub(super) installation: &'a Installation,
    pub(super) from: &'a Channel,
    pub(super) to: &'a Channel,
}

impl Way<'_> {
    /// The record with the new id wherever it names its channel, in itself or in its links.
    pub(super) fn renamed<T: Record>(self, record: &T) -> Result<T, StoreError> {
        let misread = |error: serde_json::Error| {
            let (kind, line) = (T::KIND.name(), error.line());
            StoreError::Damaged(format!("{kind} record, not readable at line {line}"))
        };
        let mut json = serde_json::to_value(record).map_err(misread)?;
        rename(&mut json, self);
        serde_json::from_value(json).map_err(misread)
    }

    /// Moves one record to its new key; one that stands there gives way.
    pub(super) fn carry<T: Record>(
        self,
        draft: &mut Draft<'_>,
        found: &Found<T>,
        key: &Key,
    ) -> Result<T, StoreError> {
        let renamed = self.renamed(&found.value)?;
        draft.remove(found)?;
        let there = draft.records.get::<T>(key.clone())?;
        draft.set(key, there.as_ref(), &renamed)?;
        Ok(renamed)
    }

    /// Moves the records whose keys begin with the channel.
    pub(super) fn carry_all<T: Record>(self, draft: &mut Draft<'_>) -> Result<Vec<T>, StoreError> {
        let of = |channel: &Channel| Key::of(T::KIND, self.installation).words(channel.as_str());
        let (old, new) = (of(self.from), of(self.to));
        let mut carried = Vec::new();
        for found in draft.records.scan::<T>(&below(&old))? {
            let rest = found.key().as_bytes()[old.as_bytes().len()..].to_vec();
            carried.push(self.carry(draft, &found, &new.clone().rest(&rest))?);
        }
        Ok(carried)
    }
}

fn rename(json: &mut serde_json::Value, way: Way<'_>) {
    use serde_json::Value;
    match json {
        Value::Object(fields) => {
            for (name, value) in fields {
                match value {
                    Value::String(id) if name == "channel" && id == way.from.as_str() => {
                        way.to.as_str().clone_into(id);
                    }
                    other => rename(other, way),
                }
            }
        }
        Value::Array(all) => all.iter_mut().for_each(|it| rename(it, way)),
        _ => {}
    }
}

fn follow(
    draft: &mut Draft<'_>,
    moved: &Moved,
    now: Timestamp,
) -> Result<(Followed, Option<PlanId>), StoreError> {
    let Moved {
        installation,
        from,
        to,
        ..
    } = moved;
    gone::admit(draft, installation, moved.at)?;
    let old = key(installation, from);
    let known = draft.records.get::<Now>(old.clone())?;
    let repeated = inbox::claimed(draft, installation, &moved.dedup)?.is_some();
    if repeated || from == to || known.as_ref().is_some_and(|it| it.value.to == *to) {
        draft.only_settle();
        return Ok((Followed::Before, None));
    }
    let seen = Seen {
        keep_until: later(now, SEEN_KEPT),
        rows: Vec::new(),
    };
    inbox::claim(draft, installation, &moved.dedup, &seen)?;
    // An id that a channel had before may be its id again.
    if let Some(back) = draft.records.get::<Now>(key(installation, to))? {
        draft.remove(&back)?;
    }
    let way = Way {
        installation,
        from,
        to,
    };
    let aside = plan::follow(draft, way)?;
    digest::follow(draft, way, now)?;
    attention::follow(draft, way)?;
    proposal::follow(draft, way)?;
    source::follow(draft, way)?;
    desk::follow(draft, way)?;
    // A turn that writes there at this instant holds the lease, and is then decided against anew.
    lease::expect(draft, installation, &LeaseOn::Channel(from.clone()))?;
    let now = Now {
        to: to.clone(),
        at: moved.at,
        aside: aside.clone(),
    };
    draft.set(&old, known.as_ref(), &now)?;
    Ok((Followed::Now, aside))
}

#[async_trait]
impl Moves for RecordStore {
    async fn follow_channel(&self, moved: &Moved, now: Timestamp) -> Result<Followed, StoreError> {
        let (followed, aside) = self
            .records
            .transact(|draft| follow(draft, moved, now))
            .await?;
        if let Some(plan) = aside {
            let channel = &moved.to;
            tracing::warn!(%channel, %plan, "a plan was begun under a channel's new id and gave way");
        }
        Ok(followed)
    }

    async fn channel_now(
        &self,
        installation: &Installation,
        channel: &Channel,
    ) -> Result<Channel, StoreError> {
        now(&self.records, installation, channel)
    }
}
