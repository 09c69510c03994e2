//! A hash for the words of tables that are fixed when the program is built: nobody outside can fill them, so
//! that it need not withstand words that somebody chose.

use std::hash::{BuildHasherDefault, Hasher};

/// Makes the hashes.
pub(super) type Quick = BuildHasherDefault<Fnv>;

/// FNV-1a.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xCBF2_9CE4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3);
        }
    }
}
