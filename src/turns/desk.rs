//! What lies beside the plan, gathered for a turn: documents, files that came along, the thread's
//! subject, feedback.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::Turns;
use crate::advisor::{
    self, Actor, Desk, DeskNeeds, Inbound, Kept, OpenedFile, Origin, Role, SharedText, StoreError,
};
use crate::documents::{Document, SharedFile, Unreadable, Visible, limit, text_of};
use crate::ident::{DocumentId, Installation};
use crate::knowledge::{Shelved, library};

/// How many documents stay ready to be looked up.
const MOST: usize = 200;

/// Documents that are ready to be looked up. What a document says never changes: another text is
/// another document.
#[derive(Debug, Default)]
pub(super) struct Shelves(Mutex<BTreeMap<(Installation, DocumentId), Arc<Shelved>>>);

impl Shelves {
    fn find(&self, key: &(Installation, DocumentId)) -> Option<Arc<Shelved>> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(key).cloned()
    }

    fn keep(&self, key: (Installation, DocumentId), shelved: Arc<Shelved>) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(key, shelved);
    }

    fn drop(&self, installation: &Installation, document: &DocumentId) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.remove(&(installation.clone(), document.clone()));
    }
}

impl Shelves {
    /// Drops all of an installation.
    pub(super) fn clear(&self, installation: &Installation) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.retain(|(of, _), _| of != installation);
    }
}

impl Turns {
    /// Drops what a turn has forgotten.
    pub(super) fn drop_forgotten(&self, installation: &Installation, kept: &[Kept]) {
        for one in kept {
            if let Kept::Forgotten(document) = one {
                self.shared.shelves.drop(installation, &document.id);
            }
        }
    }

    /// Gathers what the turn asks for. Only full members see what was learned for every channel:
    /// whoever asks in a shared channel may be of another organisation.
    pub(super) async fn gather_desk(
        &self,
        origin: &Origin,
        needs: DeskNeeds,
        actor: &mut Actor,
    ) -> Result<Desk, StoreError> {
        let Inbound {
            installation,
            place,
            files,
            ..
        } = &origin.inbound;
        let store = &self.shared.ports.store;
        let mut desk = Desk::default();
        if needs.documents || needs.shelf {
            desk.documents = store.documents(installation, &place.channel).await?;
            let is_shared = |one: &Document| one.visible == Visible::Workspace;
            if desk.documents.iter().any(is_shared) {
                let who = self.actor(origin, true).await;
                if !matches!(who.role, Role::Admin | Role::Member) {
                    desk.documents.retain(|one| !is_shared(one));
                }
                actor.role = who.role;
            }
        }
        if needs.shelf {
            for document in &desk.documents {
                desk.shelf
                    .extend(self.shelved(installation, document).await?);
            }
        }
        if needs.files {
            desk.files = self.all_opened(installation, files).await;
        }
        if needs.texts {
            for file in files.iter().take(limit::FILES) {
                desk.texts
                    .push(self.word_for_word(installation, file).await);
            }
        }
        if let Some(thread) = place.thread.as_ref().filter(|_| needs.subject) {
            let found = store.subject(installation, &place.channel, thread).await?;
            desk.subject = found.map(|found| found.subject);
        }
        if let Some(meaning) = self.shared.ports.meaning.as_ref().filter(|_| needs.shelf)
            && let Some(words) = advisor::looked_up(&origin.inbound, desk.subject.as_ref())
        {
            desk.near = meaning.near(&words).await;
        }
        if needs.feedback {
            desk.feedback = Some(store.feedback(installation).await?);
        }
        Ok(desk)
    }

    async fn shelved(
        &self,
        installation: &Installation,
        document: &Document,
    ) -> Result<Option<Arc<Shelved>>, StoreError> {
        let key = (installation.clone(), document.id.clone());
        let known = self.shared.shelves.find(&key);
        if let Some(known) = known.filter(|known| known.learned().document == *document) {
            return Ok(Some(known));
        }
        let store = &self.shared.ports.store;
        let Some(learned) = store.learned(installation, document).await? else {
            // Forgotten between the two looks.
            return Ok(None);
        };
        let shelved = Arc::new(library().shelve(Arc::new(learned)));
        self.shared.shelves.keep(key, shelved.clone());
        Ok(Some(shelved))
    }

    async fn word_for_word(&self, installation: &Installation, file: &SharedFile) -> SharedText {
        let fetched = self.shared.ports.files.fetch(installation, file).await;
        SharedText {
            text: fetched.and_then(|bytes| text_of(&file.name, bytes)),
            file: file.clone(),
        }
    }

    /// Opens files; those that are too many at once are left closed.
    async fn all_opened(
        &self,
        installation: &Installation,
        files: &[SharedFile],
    ) -> Vec<OpenedFile> {
        let mut opened = Vec::with_capacity(files.len());
        for file in files.iter().take(limit::FILES) {
            opened.push(self.opened(installation, file).await);
        }
        let others = files.iter().skip(limit::FILES);
        opened.extend(others.map(|file| OpenedFile {
            file: file.clone(),
            read: Err(Unreadable::TooMany),
        }));
        opened
    }

    async fn opened(&self, installation: &Installation, file: &SharedFile) -> OpenedFile {
        let ports = &self.shared.ports;
        let read = match ports.files.fetch(installation, file).await {
            Ok(bytes) => ports.reader.read(&file.name, &bytes).await,
            Err(why) => Err(why),
        };
        OpenedFile {
            file: file.clone(),
            read,
        }
    }
}
