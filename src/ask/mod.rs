//! Answers questions from the plan, the rules and the library, and from nothing else.
//!
//! [`ask`] reads facts and hypotheses out of the question, runs the rules that they touch on the
//! plan with them, looks the library up, and puts the verdict first.

mod agreement;
mod amounts;
mod answer;
mod channel;
mod clause;
mod compose;
mod direction;
mod either;
mod held;
mod hypothesis;
mod judge;
mod lead;
mod narrowed;
mod open;
mod order;
mod own;
mod pair;
mod seller;
mod stated;
mod subject;
mod sum;
mod symptom;
#[cfg(test)]
mod tests;
mod trade;
mod unit;
mod usual;
mod worked;

pub use answer::{Answer, Cited, FollowUp, OwnCited, Polarity, Reason, Said};
pub use compose::{Asking, ask, ask_on};
pub use hypothesis::Hypothesis;
pub use subject::{Joined, Subject, Supposed};
