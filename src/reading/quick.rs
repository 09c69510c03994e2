//! A hash for the words of tables that are fixed when the program is built: nobody outside can fill them, so
//! that it need not withstand words that somebody chose.

use std::hash::BuildHasherDefault;

use crate::text::Fnv;

/// Makes the hashes.
pub(super) type Quick = BuildHasherDefault<Fnv>;
