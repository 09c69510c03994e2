//! What a thread comes to once its messages are heard: what is still to be asked, what a price says of its model, and
//! what two people disagree about.

use super::claims::Claim;
use super::{Conflict, Finding, Reading};
use crate::plan::{self, Field, Segment, Value};

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

    /// A price by the seat is a price model, too, where nobody says another.
    pub(super) fn priced_by_the_seat(&mut self) {
        let Some(model) = plan::field("pricing.model") else {
            return;
        };
        let seat = || "seat".to_owned();
        let priced = self.proposals.iter().filter(|per| {
            let of = |it: &&Finding| it.segment == per.segment;
            let price = |it: &Finding| it.field.name == "pricing.price" && it.line == per.line;
            let told = |it: &Finding| it.field.name == model.name;
            per.field.name == "pricing.per"
                && per.value == Value::Choice(seat())
                && self.proposals.iter().filter(of).any(price)
                && !self.proposals.iter().filter(of).any(told)
        });
        let models = priced.map(|per| Finding {
            field: model,
            value: Value::Set([seat()].into()),
            replaces: None,
            ..per.clone()
        });
        let models: Vec<Finding> = models.collect();
        self.proposals.extend(models);
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
