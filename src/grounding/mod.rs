//! What a language model is asked, and what of its answer is believed. Pure.
//!
//! A model sees data behind a fence ([`Rendered`]) and answers in a fixed shape; what it says is
//! then held against what it was given. Nothing that comes from it writes or calls anything: a
//! value is proposed, a sentence is shown, and only if [`read_values`] or [`read_answer`] found it in the
//! evidence.

mod answer;
mod fence;
mod number;
mod prompt;
mod prose;
mod schema;
#[cfg(test)]
mod tests;
mod values;
mod words;

pub use answer::{Evidence, Sentence, Told, Unfit, Worded, ask_answer, read_answer};
pub use prompt::Rendered;
pub use prose::Fault;
pub use values::{Doubt, Heard, ask_values, read_values};
