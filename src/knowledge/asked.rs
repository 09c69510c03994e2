//! The questions that sections list and those to decline, as the index takes them in.

use std::ops::Range;

use super::build::Draft;
use super::declined::Declined;
use super::form::Form;
use super::index::{Asked, Index, Lists, weight_of};
use super::query::UnitKind;
use super::rows::Rows;

/// What all questions consist of, one behind the other.
#[derive(Default)]
pub(super) struct Questions {
    pub(super) stems: Vec<u32>,
    pub(super) terms: Vec<u32>,
    /// What each unit is, and how many of the terms in `of_units` are its own.
    pub(super) units: Vec<(UnitKind, u32)>,
    pub(super) of_units: Vec<u32>,
}

/// A question, with as much of its units as their weight needs: where its part of each list ends
/// and the next question's begins.
#[derive(Clone)]
pub(super) struct Question {
    pub(super) stems: Range<usize>,
    pub(super) terms: Range<usize>,
    pub(super) units: Range<usize>,
    pub(super) of_units: Range<usize>,
    pub(super) form: Form,
}

impl Questions {
    /// Where each list ends.
    pub(super) fn ends(&self) -> [usize; 4] {
        [
            self.stems.len(),
            self.terms.len(),
            self.units.len(),
            self.of_units.len(),
        ]
    }
}

/// Who lists each question, in their order.
pub(super) fn listed(drafts: &[Draft], declined: &[Declined]) -> Vec<Lists> {
    let answered = (0_u32..).zip(drafts).flat_map(|(section, draft)| {
        let places = (0_u32..).zip(&draft.questions);
        places.map(move |(place, _)| Lists::Section { section, place })
    });
    let refused = declined.iter().map(|it| Lists::Declined(it.why));
    answered.chain(refused).collect()
}

impl Index {
    /// Takes questions in.
    pub(super) fn take_in(&mut self, asked: &Questions, all: &[Question], listed: &[Lists]) {
        let mut placed = Vec::with_capacity(asked.terms.len());
        let mut last = vec![u32::MAX; self.terms.len()];
        for ((number, question), lists) in (0_u32..).zip(all).zip(listed) {
            for term in &asked.terms[question.terms.clone()] {
                let known = std::mem::replace(&mut last[*term as usize], number);
                if known != number {
                    placed.push((*term, number));
                }
            }
            let weight = self.weight_of(asked, question);
            self.questions.push(Asked {
                lists: *lists,
                weight,
                form: question.form,
            });
        }
        self.in_questions = Rows::of(self.terms.len(), &placed);
    }

    /// What a question's words weigh together.
    fn weight_of(&self, asked: &Questions, question: &Question) -> f32 {
        let mut rest = &asked.of_units[question.of_units.clone()];
        let units = asked.units[question.units.clone()].iter();
        let weights = units.map(|(kind, own)| {
            let (terms, others) = rest.split_at(*own as usize);
            rest = others;
            let known = terms.iter().map(|term| self.idf[*term as usize]);
            weight_of(*kind, known.fold(self.unknown, f32::min))
        });
        weights.sum()
    }
}
