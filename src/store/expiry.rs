//! The index of what is removed when, so that a sweep costs what has come due and nothing else.
//!
//! A key is `installation · kind · instant · rest of the record's key`.

use jiff::Timestamp;

use super::engine::{Kind, Scan};
use super::key::Key;
use super::records::{Draft, below};
use crate::advisor::StoreError;
use crate::ident::Installation;

/// The kinds that have an end; their place in this list stands in the keys and is fixed.
const KINDS: [Kind; 9] = [
    Kind::Seen,
    Kind::Inbox,
    Kind::Outbox,
    Kind::Dead,
    Kind::Proposal,
    Kind::Subject,
    Kind::Vote,
    Kind::SentQuestion,
    Kind::Gone,
];

/// The beginning of all entries of a kind.
fn of(installation: &Installation, kind: Kind) -> Key {
    let number = KINDS
        .iter()
        .position(|&known| known == kind)
        .expect("only kinds that have an end");
    let number = u8::try_from(number).expect("a handful of kinds");
    Key::of(Kind::Expiry, installation).byte(number)
}

fn entry(record: &Key, at: Timestamp) -> Key {
    let installation = record
        .installation()
        .unwrap_or_else(|| Installation::new(""));
    of(&installation, record.slot().kind)
        .instant(at)
        .rest(record.after_installation().rest())
}

/// Notes that a record is removed at `at`.
pub(super) fn set(draft: &mut Draft<'_>, record: &Key, at: Timestamp) -> Result<(), StoreError> {
    draft.mark(&entry(record, at))
}

/// Takes that note back.
pub(super) fn clear(draft: &mut Draft<'_>, record: &Key, at: Timestamp) {
    draft.delete(&entry(record, at));
}

/// The kinds that have an end.
pub(super) fn kinds() -> [Kind; 9] {
    KINDS
}

/// The entries of a kind that have come due.
pub(super) fn due(installation: &Installation, kind: Kind, now: Timestamp) -> Scan {
    let from = of(installation, kind);
    below(&from).to(from.past(now).as_bytes().to_vec())
}

/// The entries of a kind that come due only after an instant.
pub(super) fn beyond(installation: &Installation, kind: Kind, at: Timestamp) -> Scan {
    let all = of(installation, kind);
    below(&all).from(all.past(at).as_bytes().to_vec())
}

/// All entries of a kind, latest first.
pub(super) fn latest(installation: &Installation, kind: Kind) -> Scan {
    below(&of(installation, kind)).down()
}

/// The record that an entry stands for, and when it goes.
pub(super) fn record(entry: &Key, kind: Kind) -> Option<(Timestamp, Key)> {
    let mut segments = entry.after_installation();
    let [_kind] = segments.bytes()?;
    let at = segments.instant()?;
    Some((at, entry.beside(kind).rest(segments.rest())))
}
