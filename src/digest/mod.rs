//! The weekly digest: when it is due, how it stands, and what it compares.

mod agenda;
mod changed;
mod outcome;
mod round;
pub mod schedule;
mod seen;
mod standing;

pub use agenda::{Cadence, Entry, Known, Matter, Since, Timing, VERDICT, agenda};
pub use changed::{Changed, Setting};
pub use outcome::{Absence, Last, LeftOut, Outcome, Rest, Run};
pub use round::{Round, slot};
pub use seen::Seen;
pub use standing::{GRACE, HEARTBEAT, Quiet, Standing, is_late};
