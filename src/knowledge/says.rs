//! What a gram says by where it is asked with: among the questions that are answered, or those that are
//! declined.

use super::declined::Why;
use super::grams::Of;

/// What a gram says by where it is asked with: logarithms of how much more often.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Says {
    /// Among questions that no section answers, against those that one does.
    pub(super) not_held: f32,
    /// Among questions about something else, against all about going to market.
    pub(super) elsewhere: f32,
}

impl Says {
    /// Adds what another gram says.
    pub(super) fn add(&mut self, other: Self) {
        self.not_held += other.not_held;
        self.elsewhere += other.elsewhere;
    }
}

/// What a gram counts as heard where nobody used it.
const UNHEARD: f32 = 0.1;

/// In how many questions of each kind.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Heard {
    answered: f32,
    not_held: f32,
    elsewhere: f32,
}

impl Heard {
    /// One question more.
    pub(super) fn add(&mut self, of: Of) {
        match of {
            Of::Section(_) => self.answered += 1.0,
            Of::Declined(Why::NotHeld) => self.not_held += 1.0,
            Of::Declined(Why::Elsewhere) => self.elsewhere += 1.0,
        }
    }

    /// What a gram says that stands in these, where `all` are the grams of each kind and `n_grams` the
    /// different ones.
    #[expect(clippy::cast_precision_loss, reason = "counts are small")]
    pub(super) fn says(&self, all: &Self, n_grams: usize) -> Says {
        let more = |here: f32, of_all: f32, there: f32, of_there: f32| {
            if of_all == 0.0 {
                return 0.0;
            }
            let share = |n: f32, of: f32| (n + UNHEARD) / (of + n_grams as f32 * UNHEARD);
            (share(here, of_all) / share(there, of_there)).ln()
        };
        let (market, all_market) = (self.answered + self.not_held, all.answered + all.not_held);
        Says {
            not_held: more(self.not_held, all.not_held, self.answered, all.answered),
            elsewhere: more(self.elsewhere, all.elsewhere, market, all_market),
        }
    }
}
