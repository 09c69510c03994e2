//! A digest that has come due is a turn like any other, which nobody asked for.

use jiff::SignedDuration;

use super::rows::reference;
use super::{TurnError, Turns};
use crate::advisor::{
    self, Commit, CommitError, DedupKey, DigestDue, Inbound, Origin, OutboxRow, OutboxState, Over,
    Place, PlaceKind, Said, StoreError, Target, Unclear, Urgency,
};
use crate::digest::Round;
use crate::ident::{Channel, OutboxId};
use crate::intent::Mode;

/// A message about a digest that rests is of use for this long.
const REST_USE_BY: SignedDuration = SignedDuration::from_hours(24);

impl Turns {
    /// Tells whoever set a digest that it rests, because its channel cannot be written to any more:
    /// once, however often that is found.
    pub async fn tell_of_rest(&self, row: &OutboxRow) -> Result<(), StoreError> {
        let ports = &self.shared.ports;
        let now = ports.clock.now();
        let standing = ports.store.digest(&row.installation, &row.channel).await?;
        let Some(standing) = standing.filter(|it| it.rests.is_some()) else {
            return Ok(());
        };
        let id = self.shared.ids.next(now);
        let told = OutboxRow {
            id: OutboxId::new(id.to_string()),
            installation: row.installation.clone(),
            channel: Channel::new(standing.set_by.as_str()),
            target: Target::Person,
            document: advisor::digest_rests(&standing, &row.channel, &self.shared.settings.command),
            picture: None,
            urgency: Urgency::Person,
            unclear: Unclear::Report,
            due: now,
            use_by: now + REST_USE_BY,
            period: None,
            aside: false,
            attempts: 0,
            state: OutboxState::Waiting,
            reference: reference(id),
        };
        let commit = Commit {
            claims: vec![DedupKey(format!("rests:{}", row.id))],
            outbox: vec![told],
            ..Commit::empty(row.installation.clone(), now)
        };
        match ports.store.commit(commit).await {
            Ok(_) => self.shared.outbox_bell.notify_one(),
            Err(CommitError::Store(error)) => return Err(error),
            Err(error) => tracing::warn!(%error, "a digest rests and nobody is told"),
        }
        Ok(())
    }

    /// Whether a row carries a digest that was switched off since, or whose channel was muted.
    pub async fn is_unwanted(&self, row: &OutboxRow) -> Result<bool, StoreError> {
        if row.urgency != Urgency::Digest {
            return Ok(false);
        }
        let store = &self.shared.ports.store;
        for of in row.standings() {
            let Some(standing) = store.digest(&row.installation, &of).await? else {
                continue;
            };
            let last = standing.last.as_ref();
            if last.and_then(|it| it.carried_by.as_ref()) != Some(&row.id) {
                continue;
            }
            let attention = store.attention(&row.installation, &of).await?;
            let is_muted = attention.is_some_and(|it| it.mode == Mode::Mute);
            return Ok(!standing.is_on || is_muted);
        }
        Ok(false)
    }

    /// Runs the turn of a digest that is due: its period is claimed, and what is posted waits in the
    /// outbox, in one commit.
    pub async fn digest(&self, due: &DigestDue) -> Result<(), TurnError> {
        let ports = &self.shared.ports;
        // Before anything is looked at: what was found before an erasure must not outlive it.
        let now = ports.clock.now();
        let standing = ports.store.digest(&due.installation, &due.channel).await?;
        let Some(standing) = standing else {
            return Ok(());
        };
        let revision = standing.revision;
        let (channel, kind, said, by) = match Round::of(&due.channel) {
            Round::Channel(channel) => {
                let said = Said::DigestDue { period: due.period };
                (channel, PlaceKind::Channel, said, standing.set_by)
            }
            Round::Personal(about, person) => {
                let period = due.period;
                let said = Said::PersonalDue { about, period };
                // A message to a person goes by their id.
                let channel = Channel::new(person.as_str());
                (channel, PlaceKind::Direct, said, person)
            }
        };
        let inbound = Inbound {
            installation: due.installation.clone(),
            place: Place {
                channel,
                thread: None,
                kind,
            },
            by,
            said,
            at: now,
            files: Vec::new(),
        };
        let origin = Origin {
            inbound,
            // A period that seemed to be missed by a clock ahead may come again, from another revision.
            dedup: vec![DedupKey(format!(
                "digest:{}:{}:{}",
                due.channel, due.period, revision
            ))],
            reply_to: None,
            trigger: None,
        };
        self.run(&origin, None, Over::Conversation).await?;
        self.shared.outbox_bell.notify_one();
        Ok(())
    }
}
