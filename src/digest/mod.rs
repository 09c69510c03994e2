//! The weekly digest: when it is due, how it stands, and what it compares.

pub mod schedule;
mod seen;
mod standing;

pub use seen::{Mark, Seen};
pub use standing::{GRACE, HEARTBEAT, Last, Outcome, Point, Quiet, Standing, TREND};
