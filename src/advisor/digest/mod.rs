//! `digest`: what changed, what does not add up, what to decide next, once a period.
//!
//! [`period`] is what happens when one is due; [`settings`] is what people say about it. Both end
//! in [`content`], so that what is previewed is what is posted.

mod come_up;
mod content;
mod different;
mod part;
mod period;
mod settings;
mod status;
#[cfg(test)]
mod tests;
mod week;

pub(super) use period::turn as due;
pub(super) use settings::{all, preview, turn};
pub(super) use status::document as status;
pub use status::rests;
