//! The guided interview: the question that decides most, one at a time, until nothing waits.
//!
//! It is kept with how the channel is attended to, so anybody of the channel goes on with it, days
//! later too. A value is only ever somebody's own answer.

mod answered;
mod ended;
mod led;
mod record;
#[cfg(test)]
mod tests;
mod told;
mod words;

pub use answered::takes_unaddressed;
pub(super) use answered::{overheard, said};
pub use record::{About, Answered, Asked, Interview};

use super::Turn;
use super::case::Case;
use crate::intent::Interviewing;

/// Does what a command or a button of the interview says.
pub(super) fn turn(case: &Case<'_>, what: &Interviewing) -> Turn {
    match what {
        Interviewing::Start => led::start(case, led::Round::First),
        Interviewing::Again => led::start(case, led::Round::Again),
        Interviewing::Answer(field, given) => answered::pressed(case, field, given),
        Interviewing::Skip(subject) => led::skip(case, subject.as_ref()),
        Interviewing::Why(subject) => led::why(case, subject.as_ref()),
        Interviewing::Back(version) => led::back(case, *version),
        Interviewing::Stop => led::stop(case),
    }
}
