//! Proposals, and an index of them by the thread that they were read out of.
//!
//! A key of the index is `installation · channel · thread · id`.

use jiff::{SignedDuration, Timestamp};

use super::engine::Kind;
use super::inbox::later;
use super::key::Key;
use super::moved::Way;
use super::records::{Draft, Record, below};
use super::{RecordStore, expiry};
use crate::advisor::{CommitError, Proposal, StoreError};
use crate::ident::{Channel, Installation, MessageTs, ProposalId};

/// How long a proposal is kept, whatever becomes of it.
pub(super) const PROPOSAL_KEPT: SignedDuration = SignedDuration::from_hours(14 * 24);

impl Record for Proposal {
    const KIND: Kind = Kind::Proposal;
}

fn key(installation: &Installation, id: &ProposalId) -> Key {
    Key::of(Kind::Proposal, installation).words(id.as_str())
}

fn channel_key(installation: &Installation, channel: &Channel) -> Key {
    Key::of(Kind::ProposalIn, installation).words(channel.as_str())
}

fn thread_key(installation: &Installation, channel: &Channel, thread: &MessageTs) -> Key {
    channel_key(installation, channel).words(thread.as_str())
}

fn entry(installation: &Installation, proposal: &Proposal) -> Option<Key> {
    let thread = proposal.thread.as_ref()?;
    let of_thread = thread_key(installation, &proposal.channel, thread);
    Some(
        of_thread
            .instant(proposal.made_at)
            .words(proposal.id.as_str()),
    )
}

/// Writes proposals, each if it stands as the writer read it.
pub(super) fn write(
    draft: &mut Draft<'_>,
    installation: &Installation,
    proposals: &[Proposal],
) -> Result<(), CommitError> {
    for proposal in proposals {
        let key = key(installation, &proposal.id);
        let found = draft.records.get::<Proposal>(key.clone())?;
        if found.as_ref().map_or(0, |it| it.value.revision) != proposal.revision {
            return Err(CommitError::StaleProposal);
        }
        let next = Proposal {
            revision: proposal.revision + 1,
            ..proposal.clone()
        };
        if found.is_none() {
            expiry::set(draft, &key, later(proposal.made_at, PROPOSAL_KEPT))?;
            if let Some(entry) = entry(installation, proposal) {
                draft.mark(&entry)?;
            }
        }
        draft.set(&key, found.as_ref(), &next)?;
    }
    Ok(())
}

/// Has what was read in a channel wait under its new id.
pub(super) fn follow(draft: &mut Draft<'_>, way: Way<'_>) -> Result<(), StoreError> {
    let all = below(&Key::of(Kind::Proposal, way.installation));
    for found in draft.records.scan::<Proposal>(&all)? {
        if found.value.channel != *way.from {
            continue;
        }
        if let Some(entry) = entry(way.installation, &found.value) {
            draft.delete(&entry);
        }
        let proposal = way.renamed(&found.value)?;
        if let Some(entry) = entry(way.installation, &proposal) {
            draft.mark(&entry)?;
        }
        draft.replace(&found, &proposal)?;
    }
    Ok(())
}

/// Dates a proposal anew; says whether it was there.
pub(super) fn date(draft: &mut Draft<'_>, key: Key, at: Timestamp) -> Result<bool, StoreError> {
    let installation = key.installation();
    let Some(found) = draft.records.get::<Proposal>(key)? else {
        return Ok(false);
    };
    let dated = Proposal {
        made_at: at,
        ..found.value.clone()
    };
    if let Some(installation) = installation {
        if let Some(entry) = entry(&installation, &found.value) {
            draft.delete(&entry);
        }
        if let Some(entry) = entry(&installation, &dated) {
            draft.mark(&entry)?;
        }
    }
    draft.replace(&found, &dated)?;
    Ok(true)
}

/// Removes a proposal whose time is over; says whether it was there.
pub(super) fn expire(draft: &mut Draft<'_>, key: &Key, now: Timestamp) -> Result<bool, StoreError> {
    let installation = key.installation();
    let found = match draft.records.get::<Proposal>(key.clone()) {
        Ok(found) => found,
        Err(error @ (StoreError::Damaged(_) | StoreError::NoKey(_))) => {
            tracing::error!(%error, "a proposal that cannot be read has come to its end");
            draft.delete(key);
            return Ok(true);
        }
        Err(error) => return Err(error),
    };
    let Some(found) = found.filter(|it| later(it.value.made_at, PROPOSAL_KEPT) <= now) else {
        return Ok(false);
    };
    if let Some(entry) = installation.and_then(|it| entry(&it, &found.value)) {
        draft.delete(&entry);
    }
    draft.remove(&found)?;
    Ok(true)
}

impl RecordStore {
    pub(super) fn proposal_of(
        &self,
        installation: &Installation,
        id: &ProposalId,
    ) -> Result<Option<Proposal>, StoreError> {
        let found = self.records.get::<Proposal>(key(installation, id))?;
        Ok(found.map(|found| found.value))
    }

    pub(super) fn proposals_in(
        &self,
        installation: &Installation,
        channel: &Channel,
        thread: Option<&MessageTs>,
    ) -> Result<Vec<Proposal>, StoreError> {
        let there = match thread {
            Some(thread) => thread_key(installation, channel, thread),
            None => channel_key(installation, channel),
        };
        let mut found = Vec::new();
        for entry in self.records.keys_of(&below(&there))? {
            let mut segments = entry.after_installation();
            let id = (
                segments.words(),
                segments.words(),
                segments.instant(),
                segments.words(),
            );
            if let (_, _, _, Some(id)) = id {
                found.extend(self.proposal_of(installation, &ProposalId::new(id))?);
            }
        }
        Ok(found)
    }
}
