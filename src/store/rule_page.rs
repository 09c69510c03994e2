//! The texts of the pages of rules that a workspace has added itself; which of them are in force stands
//! in its settings.

use serde::{Deserialize, Serialize};

use super::RecordStore;
use super::engine::Kind;
use super::key::Key;
use super::records::{Draft, Record};
use crate::advisor::{PageText, StoreError};
use crate::ident::Installation;

#[derive(Debug, Serialize, Deserialize)]
struct Text {
    text: String,
}

impl Record for Text {
    const KIND: Kind = Kind::RulePage;
}

fn key(installation: &Installation, id: &str) -> Key {
    Key::of(Kind::RulePage, installation).words(id)
}

/// What a page says never changes: another text is another page.
pub(super) fn keep(
    draft: &mut Draft<'_>,
    installation: &Installation,
    page: &PageText,
) -> Result<(), StoreError> {
    let key = key(installation, &page.id);
    if draft.records.get::<Text>(key.clone())?.is_some() {
        return Ok(());
    }
    let text = Text {
        text: page.text.clone(),
    };
    draft.set(&key, None, &text)
}

pub(super) fn forget(
    draft: &mut Draft<'_>,
    installation: &Installation,
    id: &str,
) -> Result<(), StoreError> {
    if let Some(found) = draft.records.get::<Text>(key(installation, id))? {
        draft.remove(&found)?;
    }
    Ok(())
}

impl RecordStore {
    pub(super) fn text_of_page(
        &self,
        installation: &Installation,
        id: &str,
    ) -> Result<Option<String>, StoreError> {
        let found = self.records.get::<Text>(key(installation, id))?;
        Ok(found.map(|found| found.value.text))
    }
}
