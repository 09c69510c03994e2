//! What the tests of this layer share: authors and plans with answers.

use super::{
    Answer, Author, Change, Currency, Door, MessageLink, ParseContext, Plan, Segment, field,
    set_answer,
};
use crate::ident::{Channel, Person, PlanId};

/// The context of the tests: US dollars, Wednesday 4 March 2026.
pub(super) fn context() -> ParseContext {
    ParseContext {
        currency: Currency::USD,
        today: jiff::civil::date(2026, 3, 4),
    }
}

/// Somebody who acts at a second of the test's time.
pub(super) fn author(second: i64) -> Author {
    Author {
        by: Person::new("U1"),
        at: jiff::Timestamp::from_second(second).expect("tests take seconds of this century"),
        door: Door::Command,
        link: MessageLink {
            channel: Channel::new("C1"),
            ts: None,
        },
    }
}

/// A value's answer by the spelling of the value.
pub(super) fn known(name: &str, words: &str) -> Answer {
    let field = field(name).expect("tests name fields of the catalogue");
    Answer::Known(
        field
            .parse(words, &context())
            .expect("tests spell values right"),
    )
}

/// A plan with these answers in its main segment.
pub(super) fn plan_with(answers: &[(&str, &str)]) -> Plan {
    let mut plan = Plan::new(PlanId::new("P1"));
    for (name, words) in answers {
        let field = field(name).expect("tests name fields of the catalogue");
        let main = Segment::main();
        let changes = set_answer(
            &plan,
            field,
            Some(&main),
            Some(known(name, words)),
            &author(1),
        );
        for change in changes {
            plan.apply(&change)
                .expect("a change made against the plan fits it");
        }
    }
    plan
}

/// A plan in the making, with all of its changes.
pub(super) struct Told {
    pub(super) plan: Plan,
    pub(super) changes: Vec<Change>,
}

impl Told {
    /// An empty plan.
    pub(super) fn new() -> Self {
        Self {
            plan: Plan::new(PlanId::new("P1")),
            changes: Vec::new(),
        }
    }

    /// The same with changes that were made against it.
    pub(super) fn made(mut self, changes: Vec<Change>) -> Self {
        for change in changes {
            self.plan
                .apply(&change)
                .expect("a change made against the plan");
            self.changes.push(change);
        }
        self
    }

    /// The same with an answer in a segment.
    pub(super) fn answered(self, segment: &str, name: &str, words: &str, author: &Author) -> Self {
        let segment = Segment::parse(segment).expect("a name");
        let answer = Some(known(name, words));
        let field = field(name).expect("tests name fields of the catalogue");
        let changes = set_answer(&self.plan, field, Some(&segment), answer, author);
        self.made(changes)
    }
}
