//! Quick hashes for words of our own: the library's, never a stranger's choice of keys.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A map from words.
pub(super) type ByWord<K, V> = HashMap<K, V, BuildHasherDefault<Quick>>;

/// Takes eight letters at once, each step a multiplication (as `FxHash` does): nearly all words are
/// shorter than two steps.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Quick(u64);

impl Quick {
    const FACTOR: u64 = 0xF135_7AEA_2E62_A9C5;

    fn add(&mut self, part: u64) {
        self.0 = (self.0.rotate_left(5) ^ part).wrapping_mul(Self::FACTOR);
    }
}

impl Hasher for Quick {
    fn write(&mut self, bytes: &[u8]) {
        let (parts, rest) = bytes.as_chunks::<8>();
        for part in parts {
            self.add(u64::from_le_bytes(*part));
        }
        let rest = match *rest {
            [] => return,
            [a] => u64::from(a),
            [a, b] => u64::from(u16::from_le_bytes([a, b])),
            [a, b, c] => u64::from(u32::from_le_bytes([a, b, c, 0])),
            [a, b, c, d, ref last @ ..] => {
                let first = u32::from_le_bytes([a, b, c, d]);
                let last = last
                    .iter()
                    .fold(0, |last, byte| last << 8 | u64::from(*byte));
                last << 32 | u64::from(first)
            }
        };
        self.add(rest);
    }

    fn write_u8(&mut self, byte: u8) {
        self.add(u64::from(byte));
    }

    fn write_u128(&mut self, number: u128) {
        let bytes = number.to_le_bytes();
        let (parts, _) = bytes.as_chunks::<8>();
        for part in parts {
            self.add(u64::from_le_bytes(*part));
        }
    }

    fn write_usize(&mut self, number: usize) {
        self.add(number as u64);
    }

    // A map tells its places apart by the lowest and the highest bits, and a product has mixed only
    // the high ones well.
    fn finish(&self) -> u64 {
        self.0.rotate_left(26)
    }
}
