//! What is about to be learned: where it is looked up, whether there is room for it, and which older
//! versions make way for it.

use std::collections::BTreeSet;

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use super::Role;
use super::case::Case;
use super::learn::Offered;
use crate::documents::{Document as Paper, Format, Visible, limit};
use crate::ident::DocumentId;

/// Where a document is to be looked up, and of which day it is.
pub(super) struct Lesson {
    pub(super) visible: Visible,
    pub(super) dated: Option<Date>,
}

/// Whether there is room for what is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Room {
    Enough,
    Full,
}

impl Lesson {
    /// Whether there is room beside what stays: what was learned before and its newer version count once.
    pub(super) fn room(&self, case: &Case<'_>, offered: &[Offered]) -> Room {
        let older = self.older_versions(case, offered);
        let there = self.there(case).filter(|known| !older.contains(known));
        let ids: BTreeSet<_> = there.map(|known| known.id.clone()).collect();
        let new: BTreeSet<_> = offered.iter().map(|one| one.id(case)).collect();
        let is_more = !new.is_subset(&ids);
        if is_more && ids.union(&new).count() > limit::DOCUMENTS {
            Room::Full
        } else {
            Room::Enough
        }
    }

    /// What was learned there before from a file of the same name, by somebody who may remove it. What
    /// was pasted has no name of its own: its title is its beginning.
    pub(super) fn older_versions<'a>(
        &'a self,
        case: &'a Case<'_>,
        offered: &[Offered],
    ) -> Vec<&'a Paper> {
        let is_older = |known: &&Paper| {
            let same_name = |one: &&Offered| {
                one.title == known.title
                    && one.format == known.format
                    && one.format != Format::Pasted
            };
            let mut named = offered.iter().filter(same_name);
            // Two files of one name at once are two documents.
            let newer = named.next().filter(|_| named.next().is_none());
            newer.is_some_and(|newer| newer.id(case) != known.id) && may_remove(case, known)
        };
        self.there(case).filter(is_older).collect()
    }

    fn there<'a>(&'a self, case: &'a Case<'_>) -> impl Iterator<Item = &'a Paper> {
        let known = case.situation.desk.documents.iter();
        known.filter(|known| known.visible == self.visible)
    }
}

impl Offered {
    /// A few digits from what a document is and says: the same document twice is one.
    pub(super) fn id(&self, case: &Case<'_>) -> DocumentId {
        let mut hash = Sha256::new();
        hash.update(case.inbound.place.channel.as_str());
        hash.update([0]);
        hash.update(&self.title);
        for passage in &self.passages {
            hash.update([0]);
            hash.update(&passage.heading);
            hash.update([0]);
            hash.update(&passage.text);
        }
        DocumentId::new(hex::encode(&hash.finalize()[..4]))
    }
}

/// Whether somebody may have a document forgotten: its owner may, and an admin.
pub(super) fn may_remove(case: &Case<'_>, document: &Paper) -> bool {
    let actor = &case.situation.actor;
    let is_own = document.owner == actor.person;
    match document.visible {
        Visible::Channel(_) => is_own || actor.role == Role::Admin,
        Visible::Workspace => actor.role == Role::Admin,
    }
}
