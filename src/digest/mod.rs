//! The weekly digest: when it is due, how it stands, and what it compares.

mod agenda;
mod milestones;
pub mod schedule;
mod seen;
mod standing;

pub use agenda::{Cause, Entry, Matter, Timing, Trigger, VERDICT, agenda, triggers};
pub use milestones::{Line, Stage, milestones, under_way};
pub use seen::{Mark, Seen};
pub use standing::{GRACE, HEARTBEAT, Last, Outcome, Point, Quiet, Rest, Standing, TREND};
