//! The weekly digest: when it is posted, and what it says.

pub mod schedule;
