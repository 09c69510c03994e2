//! What is kept beside the plan: documents, what threads are about, what people say of answers.

use serde::{Deserialize, Serialize};

use super::engine::Kind;
use super::key::Key;
use super::moved::Way;
use super::records::{Draft, Record, below};
use super::{RecordStore, expiry, rule_page};
use crate::advisor::{Feedback, Kept, SentQuestion, StoreError, Tally, ThreadSubject, Vote};
use crate::documents::{Document, Learned, Passage, Visible};
use crate::ident::{Channel, Installation, MessageTs};

/// A document on its shelf.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct OnShelf {
    #[serde(flatten)]
    document: Document,
    /// Where its text lies, if not beside it: a channel that has another id by now takes the list of its
    /// documents along, and leaves what is large where it is.
    #[serde(default)]
    text_of: Option<String>,
}

impl Record for OnShelf {
    const KIND: Kind = Kind::Document;
}

/// A document's text, apart from what lists read.
#[derive(Debug, Serialize, Deserialize)]
struct Text {
    passages: Vec<Passage>,
}

impl Record for Text {
    const KIND: Kind = Kind::DocumentText;
}

impl Record for ThreadSubject {
    const KIND: Kind = Kind::Subject;
}

impl Record for Vote {
    const KIND: Kind = Kind::Vote;
}

impl Record for SentQuestion {
    const KIND: Kind = Kind::SentQuestion;
}

/// The count of one entry.
#[derive(Debug, Serialize, Deserialize)]
struct Counted {
    entry: Option<String>,
    tally: Tally,
}

impl Record for Counted {
    const KIND: Kind = Kind::Tally;
}

/// The shelf that a document stands on; the empty name is the workspace's own.
fn shelf(kind: Kind, installation: &Installation, visible: &Visible) -> Key {
    let channel = match visible {
        Visible::Channel(channel) => channel.as_str(),
        Visible::Workspace => "",
    };
    Key::of(kind, installation).words(channel)
}

fn document_key(installation: &Installation, of: &Document) -> Key {
    shelf(Kind::Document, installation, &of.visible).words(of.id.as_str())
}

/// Where the text of a document lies.
fn text_key(installation: &Installation, of: &OnShelf) -> Key {
    let there = match &of.text_of {
        Some(channel) => Key::of(Kind::DocumentText, installation).words(channel),
        None => shelf(Kind::DocumentText, installation, &of.document.visible),
    };
    there.words(of.document.id.as_str())
}

fn subject_key(installation: &Installation, channel: &Channel, thread: &MessageTs) -> Key {
    Key::of(Kind::Subject, installation)
        .words(channel.as_str())
        .words(thread.as_str())
}

fn vote_key(installation: &Installation, vote: &Vote) -> Key {
    Key::of(Kind::Vote, installation)
        .words(&vote.answer)
        .words(vote.person.as_str())
}

fn sent_key(installation: &Installation, sent: &SentQuestion) -> Key {
    Key::of(Kind::SentQuestion, installation)
        .words(&sent.answer)
        .words(sent.person.as_str())
}

fn tally_key(installation: &Installation, entry: Option<&str>) -> Key {
    Key::of(Kind::Tally, installation).words(entry.unwrap_or_default())
}

/// Writes what a turn keeps.
pub(super) fn write(
    draft: &mut Draft<'_>,
    installation: &Installation,
    kept: &[Kept],
) -> Result<(), StoreError> {
    for one in kept {
        match one {
            Kept::Learned(learned) => learn(draft, installation, learned)?,
            Kept::Forgotten(document) => forget(draft, installation, document)?,
            Kept::Subject(subject) => {
                let key = subject_key(installation, &subject.channel, &subject.thread);
                let found = draft.records.get::<ThreadSubject>(key.clone())?;
                if let Some(found) = &found {
                    expiry::clear(draft, &key, found.value.until);
                }
                draft.set(&key, found.as_ref(), subject)?;
                expiry::set(draft, &key, subject.until)?;
            }
            Kept::Vote(vote) => count(draft, installation, vote)?,
            Kept::Page(page) => rule_page::keep(draft, installation, page)?,
            Kept::PageGone(id) => rule_page::forget(draft, installation, id)?,
            Kept::Sent(sent) => {
                let key = sent_key(installation, sent);
                if draft.records.get::<SentQuestion>(key.clone())?.is_none() {
                    draft.set(&key, None, sent)?;
                    expiry::set(draft, &key, sent.until)?;
                }
            }
        }
    }
    Ok(())
}

/// The same document again stands as it stood.
fn learn(
    draft: &mut Draft<'_>,
    installation: &Installation,
    learned: &Learned,
) -> Result<(), StoreError> {
    let key = document_key(installation, &learned.document);
    if let Some(found) = draft.records.get::<OnShelf>(key.clone())? {
        // The text is the same; its date and its link may be others. It stays its owner's.
        let mut again = found.value.clone();
        again.document.learned = learned.document.learned;
        again.document.dated = learned.document.dated.or(again.document.dated);
        again.document.link = learned.document.link.clone().or(again.document.link);
        return draft.set(&key, Some(&found), &again);
    }
    let on_shelf = OnShelf {
        document: learned.document.clone(),
        text_of: None,
    };
    draft.set(&key, None, &on_shelf)?;
    let key = text_key(installation, &on_shelf);
    let text = Text {
        passages: learned.passages.clone(),
    };
    draft.set(&key, None, &text)
}

fn forget(
    draft: &mut Draft<'_>,
    installation: &Installation,
    document: &Document,
) -> Result<(), StoreError> {
    let key = document_key(installation, document);
    let Some(found) = draft.records.get::<OnShelf>(key)? else {
        return Ok(());
    };
    let key = text_key(installation, &found.value);
    if let Some(text) = draft.records.get::<Text>(key)? {
        draft.remove(&text)?;
    }
    draft.remove(&found)
}

/// Has what lies beside a channel's plan be known under its new id.
pub(super) fn follow(draft: &mut Draft<'_>, way: Way<'_>) -> Result<(), StoreError> {
    for subject in way.carry_all::<ThreadSubject>(draft)? {
        let key = subject_key(way.installation, &subject.channel, &subject.thread);
        expiry::set(draft, &key, subject.until)?;
    }
    let old = Visible::Channel(way.from.clone());
    for found in
        draft
            .records
            .scan::<OnShelf>(&below(&shelf(Kind::Document, way.installation, &old)))?
    {
        let mut on_shelf = way.renamed(&found.value)?;
        let text_of = on_shelf.text_of.take();
        on_shelf.text_of = text_of.or_else(|| Some(way.from.as_str().to_owned()));
        draft.remove(&found)?;
        let key = document_key(way.installation, &on_shelf.document);
        let there = draft.records.get::<OnShelf>(key.clone())?;
        draft.set(&key, there.as_ref(), &on_shelf)?;
    }
    Ok(())
}

/// One person counts once for an answer: a second thought takes the place of the first.
fn count(
    draft: &mut Draft<'_>,
    installation: &Installation,
    vote: &Vote,
) -> Result<(), StoreError> {
    let key = vote_key(installation, vote);
    let before = draft.records.get::<Vote>(key.clone())?;
    let entry = before
        .as_ref()
        .map_or(&vote.entry, |before| &before.value.entry)
        .clone();
    let tally = tally_key(installation, entry.as_deref());
    let found = draft.records.get::<Counted>(tally.clone())?;
    let mut counted = Counted {
        tally: found
            .as_ref()
            .map_or_else(Tally::default, |found| found.value.tally),
        entry: entry.clone(),
    };
    if let Some(before) = &before {
        let count = counted.tally.of(before.value.rating);
        *count = count.saturating_sub(1);
        expiry::clear(draft, &key, before.value.until);
    }
    *counted.tally.of(vote.rating) += 1;
    draft.set(&tally, found.as_ref(), &counted)?;
    let vote = Vote {
        entry,
        ..vote.clone()
    };
    draft.set(&key, before.as_ref(), &vote)?;
    expiry::set(draft, &key, vote.until)
}

impl RecordStore {
    pub(super) fn documents_in(
        &self,
        installation: &Installation,
        channel: &Channel,
    ) -> Result<Vec<Document>, StoreError> {
        let mut found = Vec::new();
        for visible in [Visible::Workspace, Visible::Channel(channel.clone())] {
            let scan = below(&shelf(Kind::Document, installation, &visible));
            let documents = self.records.scan::<OnShelf>(&scan)?;
            found.extend(documents.into_iter().map(|one| one.value.document));
        }
        found.sort_by(|one, other| (one.learned, &one.id).cmp(&(other.learned, &other.id)));
        Ok(found)
    }

    pub(super) fn learned_document(
        &self,
        installation: &Installation,
        document: &Document,
    ) -> Result<Option<Learned>, StoreError> {
        let key = document_key(installation, document);
        let Some(on_shelf) = self.records.get::<OnShelf>(key)? else {
            return Ok(None);
        };
        let key = text_key(installation, &on_shelf.value);
        let found = self.records.get::<Text>(key)?;
        Ok(found.map(|found| Learned {
            document: document.clone(),
            passages: found.value.passages,
        }))
    }

    pub(super) fn subject_of(
        &self,
        installation: &Installation,
        channel: &Channel,
        thread: &MessageTs,
    ) -> Result<Option<ThreadSubject>, StoreError> {
        let key = subject_key(installation, channel, thread);
        let found = self.records.get::<ThreadSubject>(key)?;
        Ok(found.map(|found| found.value))
    }

    pub(super) fn feedback_of(&self, installation: &Installation) -> Result<Feedback, StoreError> {
        let tallies = self
            .records
            .scan::<Counted>(&below(&Key::of(Kind::Tally, installation)))?;
        let sent = self
            .records
            .scan::<SentQuestion>(&below(&Key::of(Kind::SentQuestion, installation)))?;
        let mut sent: Vec<_> = sent.into_iter().map(|one| one.value).collect();
        sent.sort_by(|one, other| (other.at, &other.answer).cmp(&(one.at, &one.answer)));
        Ok(Feedback {
            tallies: tallies
                .into_iter()
                .map(|one| (one.value.entry, one.value.tally))
                .filter(|(_, tally)| tally.total() > 0)
                .collect(),
            sent,
        })
    }
}
