//! The outbox: effects as rows, each with its state, until a while after they have happened.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::clock::LONGEST_WAIT;
use super::engine::Kind;
use super::inbox::later;
use super::key::Key;
use super::lane::{self, LaneChange, Waiting};
use super::records::{Draft, Record, below, usable};
use super::wake::Queue;
use super::{RecordStore, dead, digest, expiry, gone};
use crate::advisor::{OutboxRow, OutboxState, StoreError, Target, Urgency};
use crate::ident::{Channel, Installation, OutboxId};

/// How long an effect is kept after it has happened, for a repeat of what caused it.
pub(super) const SENT_KEPT: SignedDuration = SignedDuration::from_mins(15);

impl Record for OutboxRow {
    const KIND: Kind = Kind::Outbox;
}

pub(super) fn key(installation: &Installation, id: &OutboxId) -> Key {
    Key::of(Kind::Outbox, installation).words(id.as_str())
}

fn is_open(row: &OutboxRow) -> bool {
    matches!(
        row.state,
        OutboxState::Waiting | OutboxState::Sending { .. }
    )
}

/// Only what is posted has an order within its channel, as long as its words stand. A reply to a
/// response address has its own way in, and is ready for itself.
fn has_lane(row: &OutboxRow) -> bool {
    match row.target {
        Target::Post { .. } | Target::Below { .. } | Target::Person => !row.aside,
        Target::Response { .. } => false,
    }
}

/// The entry of an open row in the index of open rows.
fn open_key(row: &OutboxRow) -> Key {
    if has_lane(row) {
        lane::open_key(row)
    } else {
        Key::of(Kind::OutboxOpen, &row.installation)
            .byte(b'r')
            .words(row.id.as_str())
    }
}

/// Puts rows that are not there into the outbox.
pub(super) fn enter(draft: &mut Draft<'_>, rows: Vec<OutboxRow>) -> Result<(), StoreError> {
    let mut lanes: BTreeMap<(Installation, Channel), LaneChange> = BTreeMap::new();
    for row in rows {
        let key = key(&row.installation, &row.id);
        if !is_open(&row) || draft.records.get::<OutboxRow>(key.clone())?.is_some() {
            let what = format!("outbox row {} is there already or not open", row.id);
            return Err(StoreError::Refused(what));
        }
        draft.insert(&key, &row)?;
        draft.mark(&open_key(&row))?;
        if has_lane(&row) {
            let lane = lanes
                .entry((row.installation.clone(), row.channel.clone()))
                .or_default();
            lane.come.push(Waiting::of(&row));
        } else {
            draft.mark(&Waiting::of(&row).ready_key(&row.installation))?;
        }
    }
    for ((installation, channel), change) in lanes {
        lane::change(draft, &installation, &channel, change)?;
    }
    Ok(())
}

/// Moves a row on in line: `after` is what it becomes, `None` once it is open no more.
fn move_on(
    draft: &mut Draft<'_>,
    before: &OutboxRow,
    after: Option<&OutboxRow>,
) -> Result<(), StoreError> {
    let installation = &before.installation;
    if after.is_none() {
        draft.delete(&open_key(before));
    }
    if has_lane(before) {
        let gone = after.is_none().then(|| before.id.clone());
        let come = after.map(Waiting::of).into_iter().collect();
        return lane::change(
            draft,
            installation,
            &before.channel,
            LaneChange { gone, come },
        );
    }
    draft.delete(&Waiting::of(before).ready_key(installation));
    match after {
        Some(after) => draft.mark(&Waiting::of(after).ready_key(installation)),
        None => Ok(()),
    }
}

/// What is due, and what would be if it could be read.
struct Due {
    rows: Vec<OutboxRow>,
    unreadable: Vec<(Installation, OutboxId)>,
}

impl RecordStore {
    pub(super) async fn outbox_due(
        &self,
        now: Timestamp,
        limit: usize,
        digests_of_one: usize,
    ) -> Result<Vec<OutboxRow>, StoreError> {
        let due = self.look(now, limit, digests_of_one)?;
        for (installation, id) in &due.unreadable {
            self.set_aside(installation, id).await?;
        }
        Ok(due.rows)
    }

    fn look(&self, now: Timestamp, limit: usize, digests_of_one: usize) -> Result<Due, StoreError> {
        let (mut rows, mut unreadable) = (Vec::new(), Vec::new());
        for urgency in [Urgency::Person, Urgency::Digest] {
            let most = match urgency {
                Urgency::Person => usize::MAX,
                Urgency::Digest => digests_of_one,
            };
            let mut due = self.ready(urgency, now, (limit - rows.len(), most))?;
            due.sort_unstable();
            due.truncate(limit - rows.len());
            for (id, installation) in due {
                let found = self.records.get::<OutboxRow>(key(&installation, &id));
                match usable(id.as_str(), found)? {
                    Some(row) => rows.push(row),
                    None => unreadable.push((installation, id)),
                }
            }
        }
        Ok(Due { rows, unreadable })
    }

    /// Takes a row that cannot be read out of its line: all that waits in its channel stands behind
    /// it. The row itself stays, for the day on which its key is back.
    async fn set_aside(
        &self,
        installation: &Installation,
        id: &OutboxId,
    ) -> Result<(), StoreError> {
        let open = self
            .records
            .keys_of(&below(&Key::of(Kind::OutboxOpen, installation)))?;
        let entry = open.into_iter().find_map(|entry| {
            let (channel, of) = lane::open_entry(&entry)?;
            (of == *id).then_some((entry, channel))
        });
        let Some((entry, channel)) = entry else {
            return Ok(());
        };
        tracing::error!(outbox = %id, %channel, "an effect that cannot be read is set aside");
        self.records
            .transact(|draft| {
                draft.delete(&entry);
                let change = LaneChange {
                    gone: Some(id.clone()),
                    come: Vec::new(),
                };
                lane::change(draft, installation, &channel, change)
            })
            .await
    }

    /// What is ready, `most` of an installation; those that have waited longest first, until there is
    /// `enough`.
    fn ready(
        &self,
        urgency: Urgency,
        now: Timestamp,
        (enough, most): (usize, usize),
    ) -> Result<Vec<(OutboxId, Installation)>, StoreError> {
        let queue = Queue {
            kind: Kind::OutboxReady,
            part: lane::rank(urgency),
        };
        let mut due = Vec::new();
        for awake in self.awake(queue, now)? {
            if self.leaving.has(&awake.installation) {
                continue;
            }
            if due.len() >= enough && urgency == Urgency::Digest {
                break;
            }
            let from = lane::ready_keys(&awake.installation, urgency);
            let scan = below(&from).to(from.past(now).as_bytes().to_vec());
            let keys = self.records.keys_of(&scan.limit(most))?;
            if keys.is_empty() {
                self.looked_at(queue, &awake)?;
            }
            let ids = keys.iter().filter_map(ready_id);
            due.extend(ids.map(|id| (id, awake.installation.clone())));
        }
        Ok(due)
    }

    pub(super) async fn mark(&self, marked: &OutboxRow) -> Result<(), StoreError> {
        let key = key(&marked.installation, &marked.id);
        self.records
            .transact(|draft| {
                let Some(found) = draft.records.get::<OutboxRow>(key.clone())? else {
                    // Swept after its time, or erased: then it must not be sent.
                    return gone::remains(draft, &marked.installation);
                };
                let before = &found.value;
                if !is_open(before) {
                    return Ok(());
                }
                let mut after = before.clone();
                after.state = marked.state.clone();
                after.attempts = marked.attempts;
                after.due = marked.due;
                match &after.state {
                    OutboxState::Waiting | OutboxState::Sending { .. } => {
                        move_on(draft, before, Some(&after))?;
                        draft.replace(&found, &after)
                    }
                    OutboxState::Sent { at, .. } | OutboxState::Withdrawn { at } => {
                        move_on(draft, before, None)?;
                        if matches!(after.state, OutboxState::Withdrawn { .. }) {
                            digest::withdrawn(draft, &after)?;
                        }
                        expiry::set(draft, &key, later(*at, SENT_KEPT))?;
                        draft.replace(&found, &after)
                    }
                    OutboxState::Dead { at, reason, why } => {
                        move_on(draft, before, None)?;
                        if after.urgency == Urgency::Digest {
                            digest::given_up(draft, &after, *why)?;
                        }
                        draft.remove(&found)?;
                        dead::enter(draft, &dead::Dead::outbox(after.clone(), reason, *at))
                    }
                }
            })
            .await
    }

    /// Another text and another time for a row that was never sent or begun.
    pub(super) async fn reword_row(&self, reworded: &OutboxRow) -> Result<bool, StoreError> {
        let key = key(&reworded.installation, &reworded.id);
        self.records
            .transact(|draft| {
                let Some(found) = draft.records.get::<OutboxRow>(key.clone())? else {
                    return Ok(false);
                };
                let before = &found.value;
                if before.state != OutboxState::Waiting || before.attempts > 0 {
                    return Ok(false);
                }
                let mut after = before.clone();
                after.document = reworded.document.clone();
                after.due = reworded.due;
                move_on(draft, before, Some(&after))?;
                draft.replace(&found, &after)?;
                Ok(true)
            })
            .await
    }

    /// Makes the row due that an entry of the index stands for, if a clock ahead has put it off: no wait
    /// is longer than [`LONGEST_WAIT`].
    pub(super) async fn set_outbox_right(
        &self,
        entry: &Key,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let (Some(installation), Some(id)) = (entry.installation(), open_id(entry)) else {
            return Ok(false);
        };
        let found = self.records.get::<OutboxRow>(key(&installation, &id));
        let row = usable(id.as_str(), found)?;
        let Some(row) = row.filter(|row| row.due > later(now, LONGEST_WAIT)) else {
            return Ok(false);
        };
        self.mark(&OutboxRow { due: now, ..row }).await?;
        Ok(true)
    }

    pub(super) fn row(
        &self,
        installation: &Installation,
        id: &OutboxId,
    ) -> Result<Option<OutboxRow>, StoreError> {
        if let Some(found) = self.records.get::<OutboxRow>(key(installation, id))? {
            return Ok(Some(found.value));
        }
        let dead = self
            .records
            .get::<dead::Dead>(dead::key(installation, id.as_str()))?;
        Ok(dead.and_then(|dead| match dead.value.body {
            dead::Body::Outbox(row) => Some(row),
            dead::Body::Inbox(_) => None,
        }))
    }
}

/// The id in an entry of the index of open rows, in a lane or not.
fn open_id(entry: &Key) -> Option<OutboxId> {
    if let Some(id) = lane::open_id(entry) {
        return Some(id);
    }
    let mut segments = entry.after_installation();
    let [_beside_lanes] = segments.bytes()?;
    segments.words().map(OutboxId::new)
}

/// The id in an entry of the index of what is ready.
fn ready_id(key: &Key) -> Option<OutboxId> {
    let mut segments = key.after_installation();
    let [_rank] = segments.bytes()?;
    segments.instant()?;
    segments.words().map(OutboxId::new)
}
