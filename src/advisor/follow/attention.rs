//! How much of a channel is attended to, who wanted it, and since when.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::ident::Person;
use crate::intent::Mode;

/// How a channel is attended to. A channel without one is in the usual mode.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Attention {
    /// How much is attended to.
    pub mode: Mode,
    /// Who chose the mode last, and when; nobody has, in the usual one.
    pub set: Option<(Person, Timestamp)>,
    /// Grows with each write, so that two writers never miss each other.
    pub revision: u64,
}
