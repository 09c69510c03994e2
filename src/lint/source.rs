//! A plan as the expressions' source of values.

use jiff::civil::Date;

use crate::lint::Subject;
use crate::lint::expr::{Reading, Source, V};
use crate::lint::values::from_plan;
use crate::plan::{Answer, Kept, Past, Plan, Segment, Value, deal_value, field};

/// A plan on the day of a check.
pub(crate) struct PlanSource<'a> {
    plan: &'a Plan,
    past: Option<&'a Past>,
    segments: Vec<Segment>,
    today: Date,
}

impl<'a> PlanSource<'a> {
    /// The plan as of that day.
    pub(crate) fn new(subject: Subject<'a>, today: Date) -> Self {
        let Subject { plan, past } = subject;
        Self {
            plan,
            past,
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

    /// What the history tells about the whole plan.
    fn of_plan(&self, name: &'static str) -> Reading {
        let told = self.past.and_then(|past| match name {
            "history.answers" => i128::try_from(self.plan.answered()).ok().map(V::number),
            _ => past.one_person().map(V::Bool),
        });
        told.map_or(Reading::NoHistory, Reading::Known)
    }

    /// What the history tells about a segment.
    fn of_segment(&self, name: &'static str, segment: Option<usize>) -> Reading {
        let Some((past, segment)) = self.past.zip(self.segment(segment)) else {
            return Reading::NoHistory;
        };
        match (name, past.kept(segment)) {
            ("history.label_before", Some(Kept { label, .. })) => {
                Reading::Known(V::Text(label.clone()))
            }
            ("history.label_before", None) => Reading::NoHistory,
            (_, kept) => {
                let answers = kept.map_or(0, |kept| kept.answers);
                i128::try_from(answers).map_or(Reading::NoHistory, |n| Reading::Known(V::number(n)))
            }
        }
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
            "history.answers" | "history.one_person" => (self.of_plan(name), Vec::new()),
            "history.kept_answers" | "history.label_before" => {
                (self.of_segment(name, segment), vec!["icp.segment"])
            }
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

    fn segment_name(&self, place: usize) -> String {
        let segment = self.segments.get(place);
        segment.map_or_else(String::new, |segment| segment.as_str().to_owned())
    }

    fn today(&self) -> Date {
        self.today
    }
}
