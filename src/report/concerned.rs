//! What another value of a field can change: which rules, and how much of the plan they look at. Of a
//! plan of many segments that is little, and the check is run on it again and again.

use std::borrow::Cow;

use crate::lint::RuleSet;
use crate::plan::{Field, Plan, Segment};

/// The rules that a field concerns, and what they look at.
pub(super) struct Concerned {
    /// All of them.
    pub(super) rules: RuleSet,
    /// Those that look at one segment by itself, and the others.
    apart: (RuleSet, RuleSet),
    /// What the others look at.
    together: Plan,
}

impl Concerned {
    /// What that field concerns.
    pub(super) fn by(field: &Field, plan: &Plan, rules: &RuleSet) -> Self {
        let rules = rules.concerning(field.name);
        let apart = rules.apart();
        Self {
            together: plan.part(&apart.1.weighed_by(), None),
            rules,
            apart,
        }
    }

    /// What another value in that place can change: all of it in a field of the whole plan, else what
    /// is said of the segment, and what is said of all together.
    pub(super) fn parts<'c>(&'c self, plan: &Plan, segment: Option<&Segment>) -> Vec<Part<'c>> {
        let of = |rules: &'c RuleSet, segment| Part {
            plan: Cow::Owned(plan.part(&rules.weighed_by(), segment)),
            rules,
        };
        if segment.is_none() || plan.only_segment().is_some() {
            return vec![of(&self.rules, None)];
        }
        let mut parts = vec![of(&self.apart.0, segment)];
        if !self.apart.1.rules().is_empty() {
            parts.push(Part {
                plan: Cow::Borrowed(&self.together),
                rules: &self.apart.1,
            });
        }
        parts
    }
}

/// Rules, and as much of the plan as they look at.
pub(super) struct Part<'a> {
    pub(super) rules: &'a RuleSet,
    pub(super) plan: Cow<'a, Plan>,
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fmt::Write;

    use jiff::civil::{Date, date};

    use super::super::sensitivity::{places, with_value};
    use super::*;
    use crate::ident::{Channel, Person};
    use crate::lint::{Outcome, Severity, Thresholds, judge};
    use crate::plan::{
        Answer, Author, Door, FileFormat, MessageLink, Money, Percent, Price, Value, fields,
        read_file, templates,
    };

    const TODAY: Date = date(2026, 3, 4);

    fn author() -> Author {
        Author {
            by: Person::new("U1"),
            at: jiff::Timestamp::UNIX_EPOCH,
            door: Door::Command,
            link: MessageLink {
                channel: Channel::new("C1"),
                ts: None,
            },
        }
    }

    /// The segments of four templates in one plan, with what one of them says of the whole.
    fn plan() -> Plan {
        let mut toml = String::new();
        for template in templates().iter().take(4) {
            let (whole, segment) = template
                .text
                .split_once("[segment.main]")
                .expect("a segment");
            if toml.is_empty() {
                toml.push_str(whole);
            }
            writeln!(toml, "[segment.{}]{segment}", template.name).expect("writing to a string");
        }
        read_file(&toml, FileFormat::Toml, TODAY).expect("a plan")
    }

    /// The same kind of number, so many times as large.
    fn times(value: &Value, factor: f64) -> Option<Value> {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_precision_loss,
            reason = "any number will do"
        )]
        let scaled = |amount: i64| (amount as f64 * factor) as i64;
        let money = |amount: Money| Money {
            ten_thousandths: scaled(amount.ten_thousandths),
            ..amount
        };
        Some(match value {
            Value::Money(amount) => Value::Money(money(*amount)),
            Value::MoneyPerYear(amount) => Value::MoneyPerYear(money(*amount)),
            Value::Price(price) => Value::Price(Price {
                amount: money(price.amount),
                ..*price
            }),
            Value::Percent(share) => Value::Percent(Percent(scaled(share.0))),
            Value::Count(n) => Value::Count(scaled(i64::try_from(*n).ok()?).try_into().ok()?),
            _ => return None,
        })
    }

    type Said = BTreeMap<(String, Option<Segment>), (Outcome, Severity)>;

    fn said(rules: &RuleSet, plan: &Plan) -> Said {
        let judged = judge(rules, plan, &Thresholds::default(), TODAY);
        let all = judged.verdicts().map(|it| {
            let place = (it.rule.as_str().to_owned(), it.segment.cloned());
            (place, (it.outcome, it.severity))
        });
        all.collect()
    }

    #[test]
    fn the_parts_say_what_the_whole_says_and_the_rest_stays_as_it_was() {
        let rules = RuleSet::built_in().expect("the rules load");
        let plan = plan();
        let mut tried = 0;
        for field in fields() {
            let concerned = Concerned::by(field, &plan, &rules);
            let before = said(&concerned.rules, &plan);
            for segment in places(&plan, field) {
                let Some(Answer::Known(value)) = plan.answer(field, segment) else {
                    continue;
                };
                let place = (field, segment);
                for to in [0.0, 0.1, 0.5, 0.9, 1.0, 1.3, 3.0, 40.0] {
                    let Some(to) = times(value, to) else { continue };
                    let after = |plan: &Plan| with_value(plan, place, to.clone(), &author());
                    let whole = said(&concerned.rules, &after(&plan).expect("a plan"));
                    let mut expected = before.clone();
                    for part in concerned.parts(&plan, segment) {
                        let part = said(part.rules, &after(&part.plan).expect("a plan"));
                        expected.extend(part);
                    }
                    assert_eq!(whole, expected, "{} {segment:?} {to:?}", field.name);
                    tried += 1;
                }
            }
        }
        assert!(tried > 200, "{tried}");
    }
}
