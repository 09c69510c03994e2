//! What a clock that ran ahead has put off, and is set right with it.
//!
//! All of it is read in small parts, with a pause after each: whoever waits for an answer meanwhile does
//! not wait for this.

use jiff::{SignedDuration, Timestamp};

use super::RecordStore;
use super::engine::{Kind, Scan};
use super::key::Key;
use crate::advisor::StoreError;
use crate::ident::Installation;

/// Nothing waits longer for its next try, unless the clock has jumped.
pub(super) const LONGEST_WAIT: SignedDuration = SignedDuration::from_hours(2);

/// How many entries are looked at without a pause.
const PART: usize = 64;

impl RecordStore {
    /// Sets right, by a clock that was set back, what waits for longer than it would have; returns how
    /// much that was. It costs what waits.
    pub(super) async fn set_all_right(&self, now: Timestamp) -> Result<usize, StoreError> {
        let mut set_right = 0;
        for kind in [
            Kind::InboxOpen,
            Kind::OutboxOpen,
            Kind::AttentionDue,
            Kind::DigestDue,
        ] {
            for installation in self.records.installations(kind)? {
                if !self.leaving.has(&installation) {
                    set_right += self.set_kind_right(kind, &installation, now).await?;
                }
            }
        }
        Ok(set_right)
    }

    async fn set_kind_right(
        &self,
        kind: Kind,
        installation: &Installation,
        now: Timestamp,
    ) -> Result<usize, StoreError> {
        let mut set_right = 0;
        let mut scan = put_off(kind, installation, now).limit(PART);
        loop {
            let entries = self.records.keys_of(&scan)?;
            let Some(last) = entries.last() else {
                return Ok(set_right);
            };
            // What is set right on the way stands before this, or has been looked at.
            scan = scan.from([last.as_bytes(), &[0]].concat());
            for entry in &entries {
                let is_right = match kind {
                    Kind::InboxOpen => self.set_inbox_right(entry, now).await,
                    Kind::OutboxOpen => self.set_outbox_right(entry, now).await,
                    Kind::AttentionDue => self.set_attention_right(entry, now).await,
                    _ => self.set_digest_right(entry, now).await,
                };
                set_right += usize::from(is_right?);
            }
            tokio::task::yield_now().await;
        }
    }
}

/// The entries of an index that a clock ahead may have put off: the queues are short and have no order
/// in time, of the rest it is what lies ahead.
fn put_off(kind: Kind, installation: &Installation, now: Timestamp) -> Scan {
    let all = Key::of(kind, installation);
    let scan = super::records::below(&all);
    match kind {
        Kind::AttentionDue | Kind::DigestDue => scan.from(all.past(now).as_bytes().to_vec()),
        _ => scan,
    }
}
