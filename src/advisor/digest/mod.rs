//! `digest`: what changed, what does not add up, what to decide next, once a period.
//!
//! [`period`] is what happens when one is due; [`settings`] is what people say about it. Both end
//! in [`content`], so that what is previewed is what is posted.

mod about;
mod come_up;
mod content;
mod different;
mod gains;
mod knowing;
mod late;
mod left_out;
mod outcome;
mod part;
mod period;
#[cfg(test)]
mod personal_tests;
mod settings;
#[cfg(test)]
mod standing_tests;
mod status;
mod survey;
#[cfg(test)]
mod tests;
mod week;

pub use late::sent_at;
pub(super) use period::{personal as personal_due, turn as due};
pub(super) use settings::{all, personal, preview, turn};
pub(super) use status::channel as status;
pub use status::rests;
