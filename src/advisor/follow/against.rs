//! Whether a stated value contradicts the one that the plan has.
//!
//! Precision comes first: where several values may hold side by side, or words are free, another
//! one is no contradiction.

use crate::plan::{Answer, Money, Period, Price, Range, Value};

/// Whether both cannot be meant: the plan's answer and what was said.
pub(super) fn contradicts(plan: &Answer, said: &Value) -> bool {
    let Answer::Known(plan) = plan else {
        // It does not apply, and somebody has a value for it.
        return true;
    };
    match (plan, said) {
        (Value::CountRange(plan), Value::CountRange(said)) => {
            !holds(plan, said, &|n: &u64| Some(*n))
        }
        (Value::MoneyRange(plan), Value::MoneyRange(said)) => {
            let currency = |range: &Range<Money>| range.low.or(range.high).map(|it| it.currency);
            currency(plan) != currency(said)
                || !holds(plan, said, &|it: &Money| Some(it.ten_thousandths))
        }
        (Value::Price(plan), Value::Price(said)) => !is_same_price(*plan, *said),
        // Several things at once, or words of one's own: what was named may stand beside the rest.
        (
            Value::Set(_)
            | Value::List(_)
            | Value::Text(_)
            | Value::Prices(_)
            | Value::ChannelDates(_),
            _,
        ) => false,
        (plan, said) => plan != said,
    }
}

/// Whether one range lies within the other: then it only says it more closely.
fn holds<T, N: Ord>(outer: &Range<T>, inner: &Range<T>, number: &impl Fn(&T) -> Option<N>) -> bool {
    let of = |end: &Option<T>| end.as_ref().and_then(number);
    let low = match (of(&outer.low), of(&inner.low)) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(outer), Some(inner)) => outer <= inner,
    };
    let high = match (of(&outer.high), of(&inner.high)) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(outer), Some(inner)) => outer >= inner,
    };
    low && high
}

/// Whether two prices come to the same: $49 a month is $588 a year.
fn is_same_price(one: Price, other: Price) -> bool {
    let yearly = |price: Price| match price.per {
        Period::Month => price.amount.times(12),
        Period::Year => Some(price.amount),
        Period::Once | Period::Unit => None,
    };
    one == other || (yearly(one).is_some() && yearly(one) == yearly(other))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{self, Currency, ParseContext};

    fn value(field: &str, words: &str) -> Value {
        let context = ParseContext {
            currency: Currency::USD,
            today: "2026-03-02".parse().expect("a date"),
        };
        let field = plan::field(field).expect(field);
        field.parse(words, &context).expect(words)
    }

    fn check(field: &str, plan: &str, said: &str, expected: bool) {
        let answer = Answer::Known(value(field, plan));
        let found = contradicts(&answer, &value(field, said));
        assert_eq!(found, expected, "{field}: {plan} / {said}");
    }

    #[test]
    fn two_values_that_cannot_both_be_meant_contradict() {
        check("pricing.price", "$49/mo", "$99/mo", true);
        check("pricing.price", "$49/mo", "€49/mo", true);
        check("pricing.price", "$49/mo", "$588/yr", false);
        check("pricing.price", "$49/mo", "$49/mo", false);
        check("pricing.price", "$49 once", "$49/mo", true);
        check("sales.motion", "plg", "field", true);
        check("sales.cycle", "6 weeks", "42 days", false);
        check("sales.cycle", "6 weeks", "90 days", true);
        check("sales.founder_led", "yes", "no", true);
        check("pricing.acv", "$25k", "$30k", true);
    }

    #[test]
    fn a_range_within_the_plans_only_says_it_more_closely() {
        check("icp.employees", "5-50", "10-20", false);
        check("icp.employees", "5-50", "5-50", false);
        check("icp.employees", "5+", "50+", false);
        check("icp.employees", "5-50", "10-200", true);
        check("icp.employees", "5-50", "500+", true);
        check("icp.employees", "up to 50", "10-20", false);
        check("icp.revenue", "$1m-$5m", "$2m-$3m", false);
        check("icp.revenue", "$1m-$5m", "€2m-€3m", true);
    }

    #[test]
    fn what_may_stand_beside_the_rest_contradicts_nothing() {
        check("marketing.channels", "seo, content", "webinars", false);
        check("icp.industry", "accounting firms", "law firms", false);
        check("value.problem", "too slow", "too dear", false);
    }

    #[test]
    fn a_value_for_what_does_not_apply_contradicts_that() {
        let answer = Answer::NotApplicable("no sellers".to_owned());
        assert!(contradicts(&answer, &value("sales.reps", "5")));
    }
}
