//! What a word says by where it is asked with: among the questions that are answered, or those that are
//! declined.

use super::declined::Why;
use super::index::{Index, Lists};

/// What a word says by where it is asked with: logarithms of how much more often.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Says {
    /// Among questions that no section answers, against those that one does.
    pub(super) not_held: f32,
    /// Among questions about something else, against all about going to market.
    pub(super) elsewhere: f32,
}

/// What a term counts as heard where nobody used it.
const UNHEARD: f32 = 0.3;

/// Learns what each term says by where it is asked with.
pub(super) fn hear(index: &mut Index) {
    let mut all = Heard::default();
    for question in &index.questions {
        all.add(question.lists);
    }
    let heard = |list: &Vec<u32>| {
        let mut heard = Heard::default();
        for question in list {
            heard.add(index.questions[*question as usize].lists);
        }
        heard.says(&all)
    };
    index.says = index.in_questions.iter().map(heard).collect();
    index.unknown_says = Heard::default().says(&all);
}

/// How many questions of each kind.
#[derive(Default)]
struct Heard {
    answered: f32,
    not_held: f32,
    elsewhere: f32,
}

impl Heard {
    fn add(&mut self, lists: Lists) {
        match lists {
            Lists::Section { .. } => self.answered += 1.0,
            Lists::Declined(Why::NotHeld) => self.not_held += 1.0,
            Lists::Declined(Why::Elsewhere) => self.elsewhere += 1.0,
        }
    }

    /// What a term says that stands in these, of all.
    fn says(&self, all: &Self) -> Says {
        let more = |here: f32, of_all: f32, there: f32, of_there: f32| {
            if of_all == 0.0 {
                return 0.0;
            }
            let share = |n: f32, of: f32| (n + UNHEARD) / (of + 2.0 * UNHEARD);
            (share(here, of_all) / share(there, of_there)).ln()
        };
        let (market, all_market) = (self.answered + self.not_held, all.answered + all.not_held);
        Says {
            not_held: more(self.not_held, all.not_held, self.answered, all.answered),
            elsewhere: more(self.elsewhere, all.elsewhere, market, all_market),
        }
    }
}
