//! What a form carries through the person's own window and back: sealed under the signing secret, so
//! that they can neither read nor change it.

use chacha20poly1305::aead::{Aead, Generate, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;

use super::signature::Secrets;

/// Tells the derived key, and what is sealed with it, from any other use of the secret.
const PURPOSE: &[u8] = b"gtm-advisor/form/1";

const NONCE: usize = 24;

impl Secrets {
    /// Seals words under the newest secret; `None` where there is none.
    pub(super) fn seal(&self, words: &str) -> Option<String> {
        let cipher = cipher(self.all().first()?);
        let nonce = XNonce::generate();
        let sealed = cipher.encrypt(&nonce, payload(words.as_bytes())).ok()?;
        Some(format!("{}{}", hex::encode(nonce), hex::encode(sealed)))
    }

    /// Opens what was sealed under any secret in force.
    pub(super) fn unseal(&self, sealed: &str) -> Option<String> {
        let bytes = hex::decode(sealed).ok()?;
        let (nonce, sealed) = bytes.split_at_checked(NONCE)?;
        let nonce = XNonce::try_from(nonce).ok()?;
        let mut secrets = self.all().iter();
        let opened = secrets.find_map(|it| cipher(it).decrypt(&nonce, payload(sealed)).ok())?;
        String::from_utf8(opened).ok()
    }
}

fn payload(message: &[u8]) -> Payload<'_, '_> {
    Payload {
        msg: message,
        aad: PURPOSE,
    }
}

fn cipher(secret: &SecretString) -> XChaCha20Poly1305 {
    let secret = secret.expose_secret().as_bytes();
    let mut mac = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(secret)
        .expect("HMAC takes a key of any length");
    mac.update(PURPOSE);
    let key: [u8; 32] = mac.finalize().into_bytes().into();
    XChaCha20Poly1305::new(&key.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secrets(all: &[&'static str]) -> Secrets {
        Secrets::new(all.iter().map(|&it| it.into()))
    }

    #[test]
    fn what_was_sealed_is_opened_by_the_same_secret_and_by_no_other() {
        let sealed = secrets(&["old"]).seal("C1 <é>").expect("sealed");
        assert!(!sealed.contains("C1"));
        assert_ne!(secrets(&["old"]).seal("C1 <é>").as_ref(), Some(&sealed));
        let open = |all: &[&'static str], it: &str| secrets(all).unseal(it);
        assert_eq!(open(&["old"], &sealed).as_deref(), Some("C1 <é>"));
        assert_eq!(open(&["new", "old"], &sealed).as_deref(), Some("C1 <é>"));
        assert_eq!(open(&["new"], &sealed), None);
        assert_eq!(open(&[], &sealed), None);
        let mut changed = sealed.clone();
        let last = if changed.ends_with('0') { '1' } else { '0' };
        changed.pop();
        changed.push(last);
        for wrong in ["", "00", "xyz", &changed, &sealed[..NONCE]] {
            assert_eq!(open(&["old"], wrong), None, "{wrong}");
        }
    }
}
