//! A plan as the expressions' source of values.

use jiff::civil::Date;

use crate::lint::expr::{Reading, Source, V};
use crate::lint::values::from_plan;
use crate::plan::{Answer, Plan, Segment, Value, deal_value, field};

/// A plan on the day of a check.
pub(crate) struct PlanSource<'a> {
    plan: &'a Plan,
    segments: Vec<Segment>,
    today: Date,
}

impl<'a> PlanSource<'a> {
    /// The plan as of that day.
    pub(crate) fn new(plan: &'a Plan, today: Date) -> Self {
        Self {
            plan,
            segments: plan.segments().to_vec(),
            today,
        }
    }

    /// The segments, in the plan's order.
    pub(crate) fn segments(&self) -> &[Segment] {
        &self.segments
    }

    fn segment(&self, place: Option<usize>) -> Option<&Segment> {
        self.segments.get(place.unwrap_or(0))
    }

    fn answer(&self, name: &'static str, segment: Option<usize>) -> Option<&Answer> {
        self.plan.answer(field(name)?, self.segment(segment))
    }

    fn deal_value(&self, segment: Option<usize>) -> (Reading, Vec<&'static str>) {
        let main = Segment::main();
        let derived = deal_value(self.plan, self.segment(segment).unwrap_or(&main));
        let from_price = ["pricing.price", "pricing.per", "pricing.seats"];
        let is_given = |name: &&'static str| self.answer(name, segment).is_some();
        let read = if is_given(&"pricing.acv") {
            vec!["pricing.acv"]
        } else {
            from_price.into_iter().filter(is_given).collect()
        };
        let reading = match derived.value {
            Some(amount) => Reading::Known(from_plan(&Value::MoneyPerYear(amount))),
            None if !derived.missing.is_empty() => Reading::Unanswered(derived.missing),
            None => match self.answer("pricing.acv", segment) {
                Some(Answer::NotApplicable(_)) => Reading::NotApplicable(vec!["pricing.acv"]),
                _ => Reading::Unclear(derived.arithmetic),
            },
        };
        (reading, read)
    }
}

impl Source for PlanSource<'_> {
    fn field(&self, name: &'static str, segment: Option<usize>) -> Reading {
        match self.answer(name, segment) {
            Some(Answer::Known(value)) => Reading::Known(from_plan(value)),
            Some(Answer::NotApplicable(_)) => Reading::NotApplicable(vec![name]),
            None => Reading::Unanswered(vec![name]),
        }
    }

    fn derived(&self, name: &'static str, segment: Option<usize>) -> (Reading, Vec<&'static str>) {
        match name {
            "today" => (Reading::Known(V::Date(self.today)), Vec::new()),
            _ => self.deal_value(segment),
        }
    }

    fn how(&self, _: &'static str, segment: Option<usize>) -> String {
        let main = Segment::main();
        deal_value(self.plan, self.segment(segment).unwrap_or(&main)).arithmetic
    }

    fn n_segments(&self) -> usize {
        self.segments.len()
    }

    fn today(&self) -> Date {
        self.today
    }
}
