//! Plans of any number of segments, in which every field is answered: the dearest to check.

use gtm_advisor::ident::{Channel, Person, PlanId};
use gtm_advisor::plan::{
    Answer, Author, Currency, Door, Field, Length, Level, MessageLink, Money, ParseContext,
    Percent, Plan, Price, Segment, Value, fields, set_answer,
};
use jiff::Timestamp;
use jiff::civil::{Date, date};

/// The day of all benches.
pub(crate) const TODAY: Date = date(2026, 3, 4);

/// How values are read.
pub(crate) const CONTEXT: ParseContext = ParseContext {
    currency: Currency::USD,
    today: TODAY,
};

/// Answers that contradict each other, so that there is something to say; every other field has
/// the value of its own example.
const CONTRADICTION: [(&str, &str); 3] = [
    ("pricing.price", "$49/mo"),
    ("pricing.acv", "$588"),
    ("sales.motion", "field"),
];

/// A plan of so many segments that say the same.
pub(crate) fn plan(segments: usize) -> Plan {
    planned(segments, |value, _, _| value)
}

/// A plan of so many segments that say the same of no field of a number, a choice or words.
pub(crate) fn varied(segments: usize) -> Plan {
    planned(segments, other)
}

/// What the segment of that number says in the place of a value.
fn other(value: Value, field: &Field, number: usize) -> Value {
    let more = i64::try_from(number).expect("there are few segments");
    let money = |amount: Money| Money {
        ten_thousandths: amount.ten_thousandths + more * 10_000,
        ..amount
    };
    match value {
        Value::Money(amount) => Value::Money(money(amount)),
        Value::MoneyPerYear(amount) => Value::MoneyPerYear(money(amount)),
        Value::Price(price) => Value::Price(Price {
            amount: money(price.amount),
            ..price
        }),
        Value::Percent(Percent(share)) => Value::Percent(Percent(share + more * 100)),
        Value::Count(count) => Value::Count(count + more.unsigned_abs()),
        Value::Days(Length(days)) => Value::Days(Length(days + more * 100)),
        Value::Months(Length(months)) => Value::Months(Length(months + more * 100)),
        Value::Choice(slug) => {
            let mut all = field.choices.iter();
            let place = all.position(|choice| choice.slug == slug).unwrap_or(0);
            let next = field.choices[(place + number) % field.choices.len()];
            Value::Choice(next.slug.to_owned())
        }
        Value::Text(words) => Value::Text(format!("{words} {number}")),
        Value::List(items) => {
            let named = items.into_iter().map(|item| format!("{item} {number}"));
            Value::List(named.collect())
        }
        same => same,
    }
}

fn planned(segments: usize, of: fn(Value, &Field, usize) -> Value) -> Plan {
    let mut plan = Plan::new(PlanId::new("p1"));
    for number in 0..segments {
        let segment = Segment::parse(&format!("s{number}")).expect("letters and digits are a name");
        for field in fields() {
            if number == 0 || field.level == Level::Segment {
                answer(&mut plan, field, &segment, |value| of(value, field, number));
            }
        }
    }
    plan
}

fn answer(plan: &mut Plan, field: &Field, segment: &Segment, of: impl FnOnce(Value) -> Value) {
    let ours = CONTRADICTION.iter().find(|(name, _)| *name == field.name);
    let words = ours.map_or_else(|| field.example(), |(_, words)| (*words).to_owned());
    let value = field
        .parse(&words, &CONTEXT)
        .expect("an example can be read");
    let changes = set_answer(
        plan,
        field,
        Some(segment),
        Some(Answer::Known(of(value))),
        &author(),
    );
    for change in changes {
        plan.apply(&change)
            .expect("a change made against the plan fits it");
    }
}

fn author() -> Author {
    Author {
        by: Person::new("U1"),
        at: Timestamp::UNIX_EPOCH,
        door: Door::Command,
        link: MessageLink {
            channel: Channel::new("C1"),
            ts: None,
        },
    }
}
