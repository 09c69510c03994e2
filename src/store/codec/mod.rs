//! How a record becomes bytes and back: envelope, seal, checksum, cutting. Nobody above sees any of it.
//!
//! An envelope is `format (1) · schema version (2) · key id (4) · checksum (4) · body`. The checksum
//! and the seal cover the header and the record's own key, so a record at another place is damaged.

mod cut;
mod keys;

pub(super) use cut::{Head, cut};
pub use keys::{KeyError, SealingKeys};
use keys::{KeyId, Opened};

use super::key::Key;
use crate::advisor::StoreError;

/// The first byte of an envelope.
const WHOLE: u8 = 1;
const HEADER: usize = 7;
const CHECKSUM: usize = 4;

/// A record's body with the schema version that it was written in.
pub(super) struct Body {
    /// The version.
    pub(super) schema: u16,
    /// The record as JSON.
    pub(super) json: zeroize::Zeroizing<Vec<u8>>,
}

/// Whether a record is sealed where there is a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cover {
    /// It is.
    Sealed,
    /// It has no content of anybody's, such as an index entry.
    Open,
}

/// Puts a record into its envelope.
pub(super) fn encode(
    keys: &SealingKeys,
    cover: Cover,
    key: &Key,
    schema: u16,
    json: &[u8],
) -> Result<Vec<u8>, StoreError> {
    let sealing = keys.is_sealing() && cover == Cover::Sealed;
    let key_id = if sealing { keys.sealing_id() } else { 0 };
    let header = header(schema, key_id);
    let body = if sealing {
        keys.seal(json, &bound_to(key, header))
            .ok_or_else(|| StoreError::Refused("a record cannot be sealed".to_owned()))?
    } else {
        json.to_vec()
    };
    let checksum = checksum(key, header, &body);
    Ok([header.as_slice(), &checksum, &body].concat())
}

/// Takes a record out of its envelope.
pub(super) fn decode(keys: &SealingKeys, key: &Key, record: &[u8]) -> Result<Body, StoreError> {
    let damaged =
        |what: &str| StoreError::Damaged(format!("{} record, {what}", key.slot().kind.name()));
    let (header, rest) = record
        .split_first_chunk::<HEADER>()
        .ok_or_else(|| damaged("shorter than its header"))?;
    let (sum, body) = rest
        .split_first_chunk::<CHECKSUM>()
        .ok_or_else(|| damaged("shorter than its header"))?;
    if *sum != checksum(key, *header, body) {
        return Err(damaged("checksum does not fit"));
    }
    let [format, s1, s0, k3, k2, k1, k0] = *header;
    if format != WHOLE {
        return Err(StoreError::TooNew(format!("format {format}")));
    }
    let key_id: KeyId = u32::from_be_bytes([k3, k2, k1, k0]);
    let json = if key_id == 0 {
        zeroize::Zeroizing::new(body.to_vec())
    } else {
        match keys.open(key_id, body, &bound_to(key, *header)) {
            Opened::Plain(json) => json,
            Opened::NoKey => return Err(StoreError::NoKey(key_id)),
            Opened::Broken => return Err(damaged("seal does not fit")),
        }
    };
    Ok(Body {
        schema: u16::from_be_bytes([s1, s0]),
        json,
    })
}

fn header(schema: u16, key_id: KeyId) -> [u8; HEADER] {
    let [s1, s0] = schema.to_be_bytes();
    let [k3, k2, k1, k0] = key_id.to_be_bytes();
    [WHOLE, s1, s0, k3, k2, k1, k0]
}

/// What a seal binds a record to: its header, its kind, and its key, which begins with the
/// installation.
fn bound_to(key: &Key, header: [u8; HEADER]) -> Vec<u8> {
    [
        header.as_slice(),
        key.slot().kind.name().as_bytes(),
        &[0],
        key.as_bytes(),
    ]
    .concat()
}

fn checksum(key: &Key, header: [u8; HEADER], body: &[u8]) -> [u8; CHECKSUM] {
    let mut sum = crc32fast::Hasher::new();
    sum.update(&bound_to(key, header));
    sum.update(body);
    sum.finalize().to_be_bytes()
}

#[cfg(test)]
mod tests;
