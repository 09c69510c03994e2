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
use crate::text;

/// So many elements behind a value say of what time it is.
const BEHIND: usize = 4;

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
        if let Some(question) = self.left_open(found, mood) {
            if mood == Mood::Said {
                heard.questions.push(question.text);
            }
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

    /// What has to be asked before anybody can tell what the field holds.
    fn left_open(&self, found: &Found, mood: Mood) -> Option<Question> {
        if periods::is_yearly(found.field) {
            let words = self.quote(&self.from(found));
            if periods::is_shorter(&text::fold(&words)) {
                return Some(Question::year(found.field, &words));
            }
        }
        if self.is_of_several(found) {
            return Some(Question::each(found.field, &self.quote(&self.whole())));
        }
        let open = mood == Mood::Said && periods::is_open(found, &self.clean.text);
        open.then(|| Question::period(found.field, &self.quote(&found.elements)))
    }

    /// The elements from a value on, with a few behind it.
    fn from(&self, found: &Found) -> Range<usize> {
        let last = self.sentence.elements.len();
        found.elements.start..last.min(found.elements.end + BEHIND)
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

    /// "2 CSMs for 90 accounts": whether what several have together is told, and not what each has.
    fn is_of_several(&self, found: &Found) -> bool {
        if found.field.name != "cs.accounts_per_csm" {
            return false;
        }
        let start = found.elements.start.saturating_sub(1);
        let words = self.sentence.elements[start..found.elements.end].iter();
        let words: Vec<&str> = words.flat_map(|it| it.text.split(' ')).collect();
        let several = |count: &str| {
            count.parse().is_ok_and(|it: u32| it > 1) || english().tallies.contains(count)
        };
        let together = words
            .windows(2)
            .any(|pair| several(pair[0]) && pair[1].starts_with("csms"));
        let apart =
            |it: &&str| matches!(*it, "each" | "per" | "every" | "everyone" | "apiece" | "a");
        together && !words.iter().any(apart)
    }

    /// All elements of the sentence.
    fn whole(&self) -> Range<usize> {
        0..self.sentence.elements.len()
    }

    /// "Groups with 5-30 clinics": whether what is counted is no people.
    fn counts_sites(&self, found: &Found) -> bool {
        let elements = &self.sentence.elements;
        let numbers = found
            .elements
            .clone()
            .filter(|&at| elements[at].is_number());
        let mut are_sites = numbers.map(|at| {
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
    use crate::reading::testing::{check, read};

    #[test]
    fn what_several_have_together_is_asked_for() {
        let reading = read("2 CSMs for 90 accounts");
        assert!(reading.proposals.is_empty(), "{:?}", reading.proposals);
        assert!(
            reading.questions[0].ends_with("how many has each?"),
            "{:?}",
            reading.questions
        );
        check(
            "our 3 CSMs have 40 accounts each",
            &["cs.accounts_per_csm: 40"],
        );
    }

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
