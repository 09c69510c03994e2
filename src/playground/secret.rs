//! Secrets drawn at random.

use chacha20poly1305::Key;
use chacha20poly1305::aead::Generate;
use secrecy::SecretString;

/// A new secret, for signing requests or as a token: 256 random bits in hex.
pub fn draw_secret() -> SecretString {
    token().into()
}

/// The same for what is no secret but must not be guessed.
pub(super) fn token() -> String {
    hex::encode(Key::generate())
}
