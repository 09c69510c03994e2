//! The weekly digest: when it is due, how it stands, and what it compares.

mod agenda;
pub mod schedule;
mod seen;
mod standing;

pub use agenda::{Entry, Matter, Timing, VERDICT, agenda};
pub use seen::Seen;
pub use standing::{GRACE, HEARTBEAT, Last, Outcome, Quiet, Rest, Standing};
