//! Plans of any number of segments, in which every field is answered: the dearest to check.

use gtm_advisor::ident::{Channel, Person, PlanId};
use gtm_advisor::plan::{
    Answer, Author, Currency, Door, Field, Level, MessageLink, ParseContext, Plan, Segment, fields,
    set_answer,
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

/// A plan of so many segments.
pub(crate) fn plan(segments: usize) -> Plan {
    let mut plan = Plan::new(PlanId::new("p1"));
    for number in 0..segments {
        let segment = Segment::parse(&format!("s{number}")).expect("letters and digits are a name");
        for field in fields() {
            if number == 0 || field.level == Level::Segment {
                answer(&mut plan, field, &segment);
            }
        }
    }
    plan
}

fn answer(plan: &mut Plan, field: &Field, segment: &Segment) {
    let ours = CONTRADICTION.iter().find(|(name, _)| *name == field.name);
    let words = ours.map_or_else(|| field.example(), |(_, words)| (*words).to_owned());
    let value = field
        .parse(&words, &CONTEXT)
        .expect("an example can be read");
    let changes = set_answer(
        plan,
        field,
        Some(segment),
        Some(Answer::Known(value)),
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
