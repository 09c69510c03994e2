//! How a channel is attended to, and what was said there against its plan.

mod against;
mod attention;
mod hush;
mod note;
mod overheard;
#[cfg(test)]
mod tests;

pub use attention::{Against, Attention, Hushed};
pub(super) use hush::{hush, listed, unhush};
pub(super) use note::due;
pub(super) use overheard::overheard;
