//! Keys: the installation first, then segments, each so encoded that the order of keys is the order
//! of what they stand for and no key is the beginning of another by accident.

use jiff::Timestamp;

use super::engine::{Kind, Slot};
use crate::ident::Installation;

/// Ends a segment of words; a zero byte within one is written as `ZERO, ESCAPED`.
const ZERO: u8 = 0;
const END: u8 = 1;
const ESCAPED: u8 = 0xFF;

/// The key of one record, or the beginning of several.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Key {
    slot: Slot,
    /// How many bytes of it name the installation.
    installation: usize,
}

impl Key {
    /// The beginning of all keys of an installation.
    pub(super) fn of(kind: Kind, installation: &Installation) -> Self {
        let mut key = Vec::with_capacity(64);
        push_words(&mut key, installation.as_str().as_bytes());
        Self {
            installation: key.len(),
            slot: Slot { kind, key },
        }
    }

    /// The key of a record about the store itself.
    pub(super) fn of_store(kind: Kind) -> Self {
        Self::of(kind, &Installation::new(""))
    }

    /// A key as it came from a scan.
    pub(super) fn read(kind: Kind, key: Vec<u8>) -> Option<Self> {
        let (_, rest) = take_words(&key)?;
        let installation = key.len() - rest.len();
        Some(Self {
            slot: Slot { kind, key },
            installation,
        })
    }

    /// Another beginning for the same installation.
    pub(super) fn beside(&self, kind: Kind) -> Self {
        let key = self.slot.key[..self.installation].to_vec();
        Self {
            slot: Slot { kind, key },
            installation: self.installation,
        }
    }

    /// Adds a segment of words.
    pub(super) fn words(mut self, words: &str) -> Self {
        push_words(&mut self.slot.key, words.as_bytes());
        self
    }

    /// Adds bytes of a fixed length.
    pub(super) fn bytes<const N: usize>(mut self, bytes: [u8; N]) -> Self {
        self.slot.key.extend_from_slice(&bytes);
        self
    }

    /// Adds the rest of a key, whatever it is.
    pub(super) fn rest(mut self, rest: &[u8]) -> Self {
        self.slot.key.extend_from_slice(rest);
        self
    }

    /// Adds a byte.
    pub(super) fn byte(self, byte: u8) -> Self {
        self.bytes([byte])
    }

    /// Adds a number.
    pub(super) fn number(self, number: u64) -> Self {
        self.bytes(number.to_be_bytes())
    }

    /// Adds an instant.
    pub(super) fn instant(self, at: Timestamp) -> Self {
        // Flips the sign, so that instants before 1970 come before those after.
        self.bytes((at.as_nanosecond() ^ i128::MIN).to_be_bytes())
    }

    /// The first key after all that begin with this one and an instant up to and with `at`.
    pub(super) fn past(self, at: Timestamp) -> Self {
        self.bytes(((at.as_nanosecond() ^ i128::MIN).wrapping_add(1)).to_be_bytes())
    }

    /// A bound beyond this key and all that begin with it; it has to end in a segment of words.
    pub(super) fn beyond(&self) -> Vec<u8> {
        let mut bound = self.slot.key.clone();
        if let Some(end) = bound.last_mut() {
            *end = END + 1;
        }
        bound
    }

    /// Where it lies.
    pub(super) fn slot(&self) -> &Slot {
        &self.slot
    }

    /// Its bytes.
    pub(super) fn as_bytes(&self) -> &[u8] {
        &self.slot.key
    }

    /// All after the installation.
    pub(super) fn after_installation(&self) -> Segments<'_> {
        Segments(&self.slot.key[self.installation..])
    }

    /// The installation.
    pub(super) fn installation(&self) -> Option<Installation> {
        let (words, _) = take_words(&self.slot.key)?;
        String::from_utf8(words).ok().map(Installation::new)
    }

    /// A bound beyond all keys that begin with the same installation.
    pub(super) fn beyond_installation(&self) -> Vec<u8> {
        self.beside(self.slot.kind).beyond()
    }
}

/// Reads a key's segments one after another.
#[derive(Debug, Clone, Copy)]
pub(super) struct Segments<'a>(&'a [u8]);

impl<'a> Segments<'a> {
    /// The next segment of words.
    pub(super) fn words(&mut self) -> Option<String> {
        let (words, rest) = take_words(self.0)?;
        self.0 = rest;
        String::from_utf8(words).ok()
    }

    /// The next bytes.
    pub(super) fn bytes<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (bytes, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*bytes)
    }

    /// The next instant.
    pub(super) fn instant(&mut self) -> Option<Timestamp> {
        let nanoseconds = i128::from_be_bytes(self.bytes()?) ^ i128::MIN;
        Timestamp::from_nanosecond(nanoseconds).ok()
    }

    /// What is left.
    pub(super) fn rest(self) -> &'a [u8] {
        self.0
    }
}

fn push_words(key: &mut Vec<u8>, words: &[u8]) {
    for &byte in words {
        key.push(byte);
        if byte == ZERO {
            key.push(ESCAPED);
        }
    }
    key.extend([ZERO, END]);
}

fn take_words(key: &[u8]) -> Option<(Vec<u8>, &[u8])> {
    let mut words = Vec::new();
    let mut rest = key;
    loop {
        match rest {
            [ZERO, END, after @ ..] => return Some((words, after)),
            [ZERO, ESCAPED, after @ ..] => {
                words.push(ZERO);
                rest = after;
            }
            [ZERO, ..] | [] => return None,
            [byte, after @ ..] => {
                words.push(*byte);
                rest = after;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn key(parts: &[String]) -> Key {
        let installation = Installation::new(parts[0].clone());
        let key = Key::of(Kind::Plan, &installation);
        parts[1..].iter().fold(key, |key, part| key.words(part))
    }

    proptest! {
        #[test]
        fn keys_sort_as_what_they_stand_for(
            a in prop::collection::vec("[\\x00-\\x03a-c\u{ff}]{0,4}", 3),
            b in prop::collection::vec("[\\x00-\\x03a-c\u{ff}]{0,4}", 3),
        ) {
            prop_assert_eq!(a.cmp(&b), key(&a).as_bytes().cmp(key(&b).as_bytes()));
        }

        #[test]
        fn keys_read_back(parts in prop::collection::vec("[\\x00-\\x03a-c\u{ff}]{0,4}", 3)) {
            let read = Key::read(Kind::Plan, key(&parts).as_bytes().to_vec()).unwrap();
            let installation = read.installation().unwrap();
            prop_assert_eq!(installation.as_str(), parts[0].as_str());
            let mut segments = read.after_installation();
            prop_assert_eq!(segments.words(), Some(parts[1].clone()));
            prop_assert_eq!(segments.words(), Some(parts[2].clone()));
            prop_assert!(segments.rest().is_empty());
        }

        #[test]
        fn instants_sort_and_read_back(a in -1_000_000i64..1_000_000, b in -1_000_000i64..1_000_000) {
            let at = |micros| Timestamp::from_microsecond(micros).unwrap();
            let key = |micros| Key::of_store(Kind::Expiry).instant(at(micros));
            prop_assert_eq!(a.cmp(&b), key(a).cmp(&key(b)));
            prop_assert_eq!(key(a).after_installation().instant(), Some(at(a)));
            let past = Key::of_store(Kind::Expiry).past(at(a));
            prop_assert_eq!(b <= a, key(b) < past);
        }

        #[test]
        fn no_installation_reaches_into_another(a in "[\\x00-\\x02a]{0,3}", b in "[\\x00-\\x02a]{0,3}") {
            prop_assume!(a < b);
            let (a, b) = (key(&[a, "zz".into()]), key(&[b]));
            let bound = a.beyond_installation();
            prop_assert!(a.as_bytes() < bound.as_slice() && bound.as_slice() <= b.as_bytes());
        }
    }

    #[test]
    fn a_torn_key_is_none() {
        for torn in [&b"T1"[..], b"T1\0", b"T1\0\x02", b""] {
            assert_eq!(Key::read(Kind::Plan, torn.to_vec()), None);
        }
    }
}
