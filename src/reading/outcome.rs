//! What a thread comes to once its messages are heard: what is still to be asked, and what two people
//! disagree about.

use super::claims::Claim;
use super::{Conflict, Finding, Reading};
use crate::plan::{Field, Segment};

impl Reading {
    /// Asks nothing of what is settled.
    pub(super) fn let_go_of_settled(&mut self) {
        let settled = self.proposals.iter().map(|it| it.field.label());
        let settled: Vec<String> = settled.collect();
        let is_settled = |question: &String| settled.iter().any(|it| question.starts_with(it));
        let argued: Vec<String> = self.conflicts.iter().map(Conflict::question).collect();
        self.questions
            .retain(|it| argued.contains(it) || !is_settled(it));
    }

    /// Two people said two things: a question and no winner.
    pub(super) fn disagree(
        &mut self,
        field: &'static Field,
        segment: Option<Segment>,
        standing: &[&Claim],
    ) {
        let mut values: Vec<Finding> = Vec::new();
        for claim in standing {
            if !values.iter().any(|it| it.value == claim.finding.value) {
                values.push(claim.finding.clone());
            }
        }
        let conflict = Conflict {
            field,
            segment,
            values,
        };
        self.questions.push(conflict.question());
        self.conflicts.push(conflict);
    }
}
