//! How a channel is attended to, and what was said there against its plan.

mod against;
mod amended;
mod attention;
mod hush;
mod marks;
mod note;
mod overheard;
mod reread;
#[cfg(test)]
mod tests;
mod through;

pub(super) use amended::{deleted, edited, sourced};
pub use attention::{Against, Attention, Called, Due, Hushed};
pub(super) use hush::{hush, listed, unhush};
pub(super) use marks::{behind, behind_change, under_findings};
pub(super) use note::due;
pub(super) use overheard::{called, overheard};
pub(super) use reread::reread;
