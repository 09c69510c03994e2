//! What is asked of many: the items of a set, the segments of a plan.

use std::borrow::Cow;

use super::evaluator::{Evaluator, Value, truth};
use super::gap::Gap;
use super::kleene::{both, counted, kleene};
use super::node::{Node, Quantifier};
use super::operate::apply;
use super::syntax::Binary;
use super::value::V;

impl<'a> Evaluator<'a> {
    /// Whether one or each of a set's items meets the condition.
    pub(super) fn over_truths(
        &mut self,
        join: Binary,
        set: &'a Node,
        body: &'a Node,
    ) -> Result<bool, Box<Gap>> {
        let items = self.value(set)?;
        let mut so_far = Ok(join == Binary::And);
        for item in items.items() {
            self.items.push(item);
            let met = self.truth(body);
            self.items.pop();
            so_far = kleene(join, so_far, met);
        }
        so_far
    }

    /// How many of a set's items meet the condition.
    pub(super) fn count(&mut self, set: &'a Node, body: &'a Node) -> Value<'a> {
        let items = self.value(set)?;
        let mut so_far = Ok(0);
        for item in items.items() {
            self.items.push(item);
            let met = self.truth(body);
            self.items.pop();
            so_far = counted(so_far, met);
        }
        so_far.map(|count| Cow::Owned(V::number(count)))
    }

    /// What is asked of all segments.
    pub(super) fn over_segments(&mut self, quantifier: Quantifier, body: &'a Node) -> Value<'a> {
        let outside = self.segment;
        let mut truths = Ok(quantifier == Quantifier::All);
        let (mut number, mut total) = (Ok(0), None);
        for segment in 0..self.source.n_segments() {
            self.segment = Some(segment);
            match quantifier {
                Quantifier::Any => truths = kleene(Binary::Or, truths, self.truth(body)),
                Quantifier::All => truths = kleene(Binary::And, truths, self.truth(body)),
                Quantifier::Count => number = counted(number, self.truth(body)),
                Quantifier::Sum => {
                    let value = self.value(body);
                    total = Some(match total {
                        None => value,
                        Some(total) => sum(total, value),
                    });
                }
            }
        }
        self.segment = outside;
        match quantifier {
            Quantifier::Any | Quantifier::All => truths.map(truth),
            Quantifier::Count => number.map(|count| Cow::Owned(V::number(count))),
            Quantifier::Sum => total.unwrap_or_else(|| Ok(Cow::Owned(V::number(0)))),
        }
    }
}

fn sum<'a>(one: Value<'a>, two: Value<'a>) -> Value<'a> {
    let (one, two) = both(one, two)?;
    let value = apply(Binary::Plus, &one, &two);
    value.map(Cow::Owned).map_err(Gap::unfit)
}
