//! What was found becomes a finding: for which segment, in which words, and with what those beside it say; or a
//! question.

use std::ops::Range;

use super::message::Heard;
use super::mood::Mood;
use super::reader::Reader;
use super::sentence::Element;
use super::words::english;
use super::{Finder, Finding, Found, Question, kinds, periods, shapes};
use crate::plan::{self, Field, Level, Period, Segment, Value};

impl Reader<'_> {
    /// Takes in what was found, with what is said beside it, or asks about it.
    pub(super) fn push(
        &self,
        mood: Mood,
        found: &Found,
        named: Option<Segment>,
        heard: &mut Heard,
    ) {
        if self.is_other_amount(found)
            || kinds::are_numbers(&found.value)
            || self.counts_sites(found)
        {
            return;
        }
        if mood == Mood::Said && periods::is_open(found, &self.clean.text) {
            let words = self.quote(&found.elements);
            heard
                .questions
                .push(Question::period(found.field, &words).text);
            return;
        }
        // For whom a plan is, is no value of one segment.
        let named = named.filter(|named| match found.field.name {
            "icp.segment" => false,
            // Who consumers are is said of them alone.
            "icp.people" => named.as_str() != "consumer",
            _ => true,
        });
        if found.field.level == Level::Segment && named.is_none() && self.context.is_open() {
            if mood == Mood::Said {
                heard.questions.push(self.for_which(found));
            }
            return;
        }
        let segment = self.context.segment(found.field, named);
        let finding = |field: &'static Field, value| Finding {
            field,
            segment: segment.clone(),
            replaces: self
                .context
                .replaced(field, segment.as_ref())
                .filter(|old| *old != value),
            value,
            quote: self.quote(&found.elements),
            line: 1,
            speaker: None,
            by: Finder::Reader,
        };
        heard
            .findings
            .push((mood, finding(found.field, found.value.clone())));
        let counted = || shapes::counted(found).filter(|_| mood == Mood::Said);
        let holder = found.holder.or_else(counted);
        let of_holder = holder.and_then(|it| shapes::holder_value(found.field, it));
        if let Some((field, value)) = of_holder {
            heard.findings.push((mood, finding(field, value)));
        }
    }

    /// "Price $49 a month: for smb or enterprise?"
    fn for_which(&self, found: &Found) -> String {
        let segments = self
            .context
            .plan
            .map(|plan| plan.segments().iter().map(ToString::to_string));
        let segments: Vec<String> = segments.into_iter().flatten().collect();
        let value = found.value.display(found.field);
        format!(
            "{} {value}: for {}?",
            found.field.label(),
            segments.join(" or ")
        )
    }

    /// The words as they were typed.
    fn quote(&self, elements: &Range<usize>) -> String {
        let of = &self.sentence.elements[elements.clone()];
        let (Some(first), Some(last)) = (of.first(), of.last()) else {
            return String::new();
        };
        let origin = self.clean.origin(first.at.start..last.at.end);
        self.message.get(origin).unwrap_or_default().to_owned()
    }

    /// "Groups with 5-30 clinics": whether what is counted is no people.
    fn counts_sites(&self, found: &Found) -> bool {
        let elements = &self.sentence.elements;
        let mut numbers = found
            .elements
            .clone()
            .filter(|&at| elements[at].is_number());
        let mut are_sites = numbers.by_ref().map(|at| {
            let behind = elements.get(at + 1);
            behind.is_some_and(|it| english().sites.contains(it.text))
        });
        found.field.name == "icp.employees"
            && are_sites.next() == Some(true)
            && are_sites.all(|it| it)
    }

    /// Whether an amount is of something else: "we pay $49 a month for Notion" is no price of ours, and
    /// "49 a seat" are no 49 seats.
    fn is_other_amount(&self, found: &Found) -> bool {
        let clauses = self.sentence.clauses.iter();
        let around = clauses.filter(|clause| clause.contains(&found.elements.start));
        let mut words = around.flat_map(|clause| self.sentence.elements[clause.clone()].windows(2));
        let pays = |pair: &[Element<'_>]| {
            (pair[0].is_one_of(&["we", "i", "we're", "i'm", "we've"])
                && pair[1].is_one_of(&["pay", "paid", "paying", "spend", "spent"]))
                || (pair[0].is_one_of(&["costs", "cost"]) && pair[1].is_one_of(&["us", "me"]))
        };
        let quote = self.quote(&found.elements).to_lowercase();
        let rates = [" a seat", " per seat", "/seat", " a user", " per user"];
        let costs = [
            " per lead",
            " a lead",
            " per trial",
            " per opportunity",
            " per opp",
        ];
        let names_cost = || {
            let cac = plan::field("economics.cac");
            self.sentence
                .elements
                .iter()
                .any(|it| cac.is_some_and(|cac| it.names(cac)))
        };
        let is_cost = costs.iter().any(|it| quote.ends_with(it)) && names_cost();
        match found.field.name {
            "pricing.price" if is_cost || is_huge(&found.value) => true,
            "pricing.price" | "pricing.tiers" | "pricing.acv" => words.any(pays),
            "pricing.seats" => rates.iter().any(|rate| quote.ends_with(rate)),
            _ => false,
        }
    }
}

/// So much for each unit of use is no price: "set it at $1.1M per AE".
fn is_huge(value: &Value) -> bool {
    const HUGE: i64 = 50_000;
    matches!(value, Value::Price(price) if price.per == Period::Unit
        && price.amount.ten_thousandths / 10_000 > HUGE)
}

#[cfg(test)]
mod tests {
    use crate::reading::testing::check;

    #[test]
    fn how_many_sites_a_customer_has_is_no_head_count() {
        check(
            "our icp is vet groups with 5-30 clinics",
            &["icp.industry: vet groups"],
        );
        check(
            "we sell to vet groups with 5-30 employees",
            &["icp.industry: vet groups", "icp.employees: 5\u{2013}30"],
        );
    }
}
