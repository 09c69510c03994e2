//! The keys that records are sealed with. The first seals; all of them open.

use chacha20poly1305::aead::{Aead, Generate, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use secrecy::{ExposeSecret, SecretBox, SecretString};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

const KEY_BYTES: usize = 32;
const NONCE_BYTES: usize = 24;

/// The id of a key; 0 stands for "not sealed".
pub(in crate::store) type KeyId = u32;

/// Keys that seal and open records. Prints nothing of them.
pub struct SealingKeys {
    keys: Vec<(KeyId, SecretBox<[u8; KEY_BYTES]>)>,
}

/// Why `GTM_ENCRYPTION_KEY` cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// One of the keys is no key.
    #[error(
        "key {position} of GTM_ENCRYPTION_KEY is not 64 hexadecimal digits; `openssl rand -hex 32` \
         makes one, and several are separated by commas"
    )]
    NotAKey {
        /// Which one, from 1.
        position: usize,
    },
    /// Two keys are the same.
    #[error("key {position} of GTM_ENCRYPTION_KEY stands there twice; remove one")]
    Twice {
        /// Which one, from 1.
        position: usize,
    },
}

impl std::fmt::Debug for SealingKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list()
            .entries(self.keys.iter().map(|(id, _)| id))
            .finish()
    }
}

impl SealingKeys {
    /// No key: records are stored as they are.
    pub fn none() -> Self {
        Self { keys: Vec::new() }
    }

    /// Reads keys of 64 hexadecimal digits, separated by commas.
    pub fn parse(words: &SecretString) -> Result<Self, KeyError> {
        let mut keys: Vec<(KeyId, SecretBox<[u8; KEY_BYTES]>)> = Vec::new();
        for (index, word) in words.expose_secret().split(',').enumerate() {
            let position = index + 1;
            let mut bytes = Zeroizing::new([0; KEY_BYTES]);
            hex::decode_to_slice(word.trim(), bytes.as_mut_slice())
                .map_err(|_| KeyError::NotAKey { position })?;
            let id = key_id(&bytes);
            if keys.iter().any(|&(known, _)| known == id) {
                return Err(KeyError::Twice { position });
            }
            keys.push((
                id,
                SecretBox::init_with_mut(|key: &mut [u8; KEY_BYTES]| *key = *bytes),
            ));
        }
        Ok(Self { keys })
    }

    /// Whether new records are sealed.
    pub fn is_sealing(&self) -> bool {
        !self.keys.is_empty()
    }

    /// The id of the key that seals; 0 without one.
    pub(in crate::store) fn sealing_id(&self) -> KeyId {
        self.keys.first().map_or(0, |&(id, _)| id)
    }

    /// Seals with the first key; `None` without one. The nonce stands before the sealed bytes.
    pub(super) fn seal(&self, plain: &[u8], bound_to: &[u8]) -> Option<Vec<u8>> {
        let (_, key) = self.keys.first()?;
        let nonce = XNonce::generate();
        let sealed = cipher(key)
            .encrypt(
                &nonce,
                Payload {
                    msg: plain,
                    aad: bound_to,
                },
            )
            .ok()?;
        Some([nonce.as_slice(), &sealed].concat())
    }

    /// Opens what `seal` made.
    pub(super) fn open(&self, id: KeyId, sealed: &[u8], bound_to: &[u8]) -> Opened {
        let Some((_, key)) = self.keys.iter().find(|&&(known, _)| known == id) else {
            return Opened::NoKey;
        };
        let Some((nonce, sealed)) = sealed.split_first_chunk::<NONCE_BYTES>() else {
            return Opened::Broken;
        };
        let payload = Payload {
            msg: sealed,
            aad: bound_to,
        };
        match cipher(key).decrypt(&XNonce::from(*nonce), payload) {
            Ok(plain) => Opened::Plain(Zeroizing::new(plain)),
            Err(_) => Opened::Broken,
        }
    }
}

/// What became of opening a seal.
pub(super) enum Opened {
    /// It was opened.
    Plain(Zeroizing<Vec<u8>>),
    /// The key is not configured.
    NoKey,
    /// The seal does not fit.
    Broken,
}

fn cipher(key: &SecretBox<[u8; KEY_BYTES]>) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(key.expose_secret().into())
}

/// Tells keys apart without telling anything of them; never 0.
fn key_id(key: &[u8; KEY_BYTES]) -> KeyId {
    let digest = Sha256::new()
        .chain_update(b"gtm-advisor key id")
        .chain_update(key)
        .finalize();
    let (head, _) = digest
        .as_slice()
        .split_first_chunk::<4>()
        .expect("a digest has 32 bytes");
    u32::from_be_bytes(*head).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(words: &str) -> Result<SealingKeys, KeyError> {
        SealingKeys::parse(&SecretString::from(words.to_owned()))
    }

    #[test]
    fn keys_are_read_and_never_printed() {
        let (a, b) = ("a1".repeat(32), "B2".repeat(32));
        let keys = parse(&format!("{a}, {b}")).unwrap();
        assert!(keys.is_sealing());
        let printed = format!("{keys:?}");
        assert!(
            !printed.contains("a1a1") && !printed.contains("161"),
            "{printed}"
        );
        assert!(!SealingKeys::none().is_sealing());
    }

    #[test]
    fn what_is_no_key_is_named_by_its_place() {
        let check = |words: &str, expected: KeyError| {
            assert_eq!(parse(words).map(|_| ()), Err(expected), "{words}");
        };
        let key = "0f".repeat(32);
        check("", KeyError::NotAKey { position: 1 });
        check("correct horse", KeyError::NotAKey { position: 1 });
        check(&format!("{key},"), KeyError::NotAKey { position: 2 });
        check(
            &format!("{key},{}", &key[1..]),
            KeyError::NotAKey { position: 2 },
        );
        check(
            &format!("{key},{}", key.to_uppercase()),
            KeyError::Twice { position: 2 },
        );
    }
}
