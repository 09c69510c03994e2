//! Blobs: large contents by their hash, each a sealed file of its own.

use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::codec::{self, Cover};
use super::engine::Kind;
use super::key::Key;
use super::{RecordStore, blocking};
use crate::advisor::StoreError;
use crate::ident::Installation;

const SCHEMA: u16 = 1;

/// Digits of a hash. Nothing else becomes a file name.
fn is_hash(hash: &str) -> bool {
    hash.len() == 64
        && hash
            .bytes()
            .all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

/// The folder of an installation's blobs; an id is opaque, so it is spelled in digits.
pub(super) fn folder(installation: &Installation) -> String {
    hex::encode(installation.as_str())
}

/// What a blob's envelope is bound to; nothing is stored there.
fn key(installation: &Installation, hash: &str) -> Key {
    Key::of(Kind::Part, installation).words("blob").words(hash)
}

impl RecordStore {
    pub(super) async fn keep_blob(
        &self,
        installation: &Installation,
        content: &[u8],
    ) -> Result<String, StoreError> {
        if self.leaving.has(installation) {
            return Err(StoreError::Gone);
        }
        let hash = hex::encode(Sha256::digest(content));
        let key = key(installation, &hash);
        let sealed = codec::encode(self.records.keys(), Cover::Sealed, &key, SCHEMA, content)?;
        let engine = Arc::clone(&self.records.engine);
        let (folder, name) = (folder(installation), hash.clone());
        blocking(move || engine.put_blob(&folder, &name, &sealed)).await?;
        Ok(hash)
    }

    pub(super) async fn read_blob(
        &self,
        installation: &Installation,
        hash: &str,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        if !is_hash(hash) {
            return Ok(None);
        }
        let engine = Arc::clone(&self.records.engine);
        let (folder, name) = (folder(installation), hash.to_owned());
        let sealed = blocking(move || engine.get_blob(&folder, &name)).await?;
        let Some(sealed) = sealed else {
            return Ok(None);
        };
        let body = codec::decode(self.records.keys(), &key(installation, hash), &sealed)?;
        if hex::encode(Sha256::digest(body.json.as_slice())) != hash {
            return Err(StoreError::Damaged(format!("blob {hash}")));
        }
        Ok(Some(body.json.to_vec()))
    }
}
