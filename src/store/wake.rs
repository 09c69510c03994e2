//! Which installations have something due: for each the instant of its first entry, kept in memory.
//!
//! An index of what is due begins with the installation, so that nothing reaches from one into
//! another. To walk over all of them each second would cost what exists; this costs what is due.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};

use super::engine::Kind;
use super::key::Key;
use crate::ident::Installation;

/// After this time all installations are looked at once more: an entry whose writer was cut off
/// between the disk and this memory is late by so much at most.
const WALK: SignedDuration = SignedDuration::from_secs(60);

/// The kinds whose entries have an instant.
pub(super) const KINDS: [Kind; 3] = [Kind::DigestDue, Kind::AttentionDue, Kind::OutboxReady];

/// An index of what is due, or the part of one that is looked at by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Queue {
    pub(super) kind: Kind,
    /// Which part; there is one where the kind has none.
    pub(super) part: u8,
}

/// An installation that may have something due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Awake {
    pub(super) installation: Installation,
    notes: u64,
}

#[derive(Debug, Clone, Copy)]
struct First {
    at: Timestamp,
    /// Grows with each note, so that one that comes while somebody looks is not lost.
    notes: u64,
}

/// What is known of one kind.
#[derive(Debug, Default)]
struct Known {
    walked: Option<Timestamp>,
    first: BTreeMap<Installation, First>,
    by_time: BTreeSet<(Timestamp, Installation)>,
}

/// The first instants of all installations.
#[derive(Debug, Default)]
pub(super) struct Wakes(Mutex<BTreeMap<Queue, Known>>);

/// The queue and the instant of an index's entry.
pub(super) fn entry(key: &Key) -> Option<(Queue, Timestamp)> {
    let kind = key.slot().kind;
    let mut segments = key.after_installation();
    let part = match kind {
        Kind::OutboxReady => {
            let [rank] = segments.bytes()?;
            rank
        }
        _ => 0,
    };
    Some((Queue { kind, part }, segments.instant()?))
}

impl Known {
    fn set(&mut self, installation: &Installation, first: First) {
        let before = self.first.insert(installation.clone(), first);
        if let Some(before) = before {
            self.by_time.remove(&(before.at, installation.clone()));
        }
        self.by_time.insert((first.at, installation.clone()));
    }

    fn note(&mut self, installation: &Installation, at: Timestamp) {
        let before = self.first.get(installation).copied();
        let first = First {
            at: before.map_or(at, |before| before.at.min(at)),
            notes: before.map_or(0, |before| before.notes) + 1,
        };
        self.set(installation, first);
    }
}

impl Wakes {
    /// An entry has been written.
    pub(super) fn written(&self, key: &Key) {
        if let (Some(installation), Some((queue, at))) = (key.installation(), entry(key)) {
            self.note(queue, &installation, at);
        }
    }

    /// An installation has an entry of that instant.
    pub(super) fn note(&self, queue: Queue, installation: &Installation, at: Timestamp) {
        let mut known = self.lock();
        known.entry(queue).or_default().note(installation, at);
    }

    /// Whether it is time to look at all installations.
    pub(super) fn must_walk(&self, queue: Queue, now: Timestamp) -> bool {
        let mut known = self.lock();
        let known = known.entry(queue).or_default();
        // A clock that went back says nothing of how long ago that was.
        let is_fresh = |walked: Timestamp| (walked..walked + WALK).contains(&now);
        if known.walked.is_some_and(is_fresh) {
            return false;
        }
        known.walked = Some(now);
        true
    }

    /// The installations that may have something due by now.
    pub(super) fn due(&self, queue: Queue, now: Timestamp) -> Vec<Awake> {
        let known = self.lock();
        let Some(known) = known.get(&queue) else {
            return Vec::new();
        };
        let due = known.by_time.iter().take_while(|(at, _)| *at <= now);
        due.filter_map(|(_, installation)| {
            let notes = known.first.get(installation)?.notes;
            Some(Awake {
                installation: installation.clone(),
                notes,
            })
        })
        .collect()
    }

    /// What an installation's first entry was found to be, if nobody has noted another since.
    pub(super) fn found(&self, queue: Queue, awake: &Awake, first: Option<Timestamp>) {
        let mut known = self.lock();
        let known = known.entry(queue).or_default();
        let Some(before) = known.first.get(&awake.installation).copied() else {
            return;
        };
        if before.notes != awake.notes {
            return;
        }
        if let Some(at) = first {
            let notes = before.notes;
            known.set(&awake.installation, First { at, notes });
        } else {
            known.first.remove(&awake.installation);
            let gone = (before.at, awake.installation.clone());
            known.by_time.remove(&gone);
        }
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<Queue, Known>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KIND: Queue = Queue {
        kind: Kind::DigestDue,
        part: 0,
    };

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).expect("an instant")
    }

    fn team(n: u32) -> Installation {
        Installation::new(format!("T{n}"))
    }

    fn due(wakes: &Wakes, now: i64) -> Vec<Installation> {
        let due = wakes.due(KIND, at(now)).into_iter();
        due.map(|awake| awake.installation).collect()
    }

    #[test]
    fn only_what_is_due_is_looked_at() {
        let wakes = Wakes::default();
        for n in 0..1_000 {
            wakes.note(KIND, &team(n), at(1_000 + i64::from(n)));
        }
        assert_eq!(due(&wakes, 999), []);
        assert_eq!(due(&wakes, 1_001), [team(0), team(1)]);
        let awake = wakes.due(KIND, at(1_000));
        wakes.found(KIND, &awake[0], Some(at(5_000)));
        assert_eq!(due(&wakes, 1_001), [team(1)]);
        let awake = wakes.due(KIND, at(1_001));
        wakes.found(KIND, &awake[0], None);
        assert_eq!(due(&wakes, 1_001), []);
        assert_eq!(due(&wakes, 5_000).len(), 999);
    }

    #[test]
    fn an_entry_that_comes_while_somebody_looks_is_not_lost() {
        let wakes = Wakes::default();
        wakes.note(KIND, &team(1), at(10));
        let awake = wakes.due(KIND, at(10));
        wakes.note(KIND, &team(1), at(20));
        wakes.found(KIND, &awake[0], None);
        assert_eq!(due(&wakes, 20), [team(1)]);
    }

    #[test]
    fn once_a_minute_and_after_a_jump_all_are_looked_at() {
        let wakes = Wakes::default();
        let walks = [0, 1, 59, 60, 61, 30, 31, 1_000];
        let walks = walks.map(|second| wakes.must_walk(KIND, at(second)));
        assert_eq!(walks, [true, false, false, true, false, true, false, true]);
    }
}
