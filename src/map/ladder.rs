//! The three ladders, from the lowest touch to the highest.
//!
//! The source gives their rungs and their order, and pairs the ladders with one another. It gives
//! no numbers: the scale of twelve steps is ours, and every surface says so.

use serde::{Deserialize, Serialize};

use crate::plan::{Answer, Plan, Segment, Value, field};

/// The steps from the lowest touch to the highest.
pub const STEPS: u8 = 12;

/// The farthest that two ladders of one segment may lie apart without a remark; ours, as in the
/// rules.
pub const TOLERANCE: u8 = 4;

/// One of the three ladders.
#[derive(Debug)]
pub struct Ladder {
    /// What climbs it.
    pub name: &'static str,
    /// The field that says on which rung a segment stands.
    pub field: &'static str,
    /// Its rungs, lowest touch first.
    pub rungs: &'static [Rung],
}

/// One rung.
#[derive(Debug)]
pub struct Rung {
    /// The choice of the field.
    pub slug: &'static str,
    /// The word for a small place.
    pub short: &'static str,
    /// How many steps up it lies.
    pub step: u8,
}

const fn rung(slug: &'static str, short: &'static str, step: u8) -> Rung {
    Rung { slug, short, step }
}

/// The ladders, in the order in which they are drawn.
pub static LADDERS: [Ladder; 3] = [
    Ladder {
        name: "sales",
        field: "sales.motion",
        rungs: &[
            rung("plg", "plg", 0),
            rung("inside_one_stage", "1-stage", 3),
            rung("inside_two_stage", "2-stage", 6),
            rung("field", "field", 9),
            rung("named_accounts", "named", 12),
        ],
    },
    Ladder {
        name: "marketing",
        field: "marketing.motion",
        rungs: &[
            rung("inbound", "inbound", 0),
            rung("prospecting", "prospecting", 4),
            rung("account_based", "accounts", 8),
            rung("targeting", "1:1", 12),
        ],
    },
    Ladder {
        name: "customer success",
        field: "cs.model",
        rungs: &[
            rung("community", "community", 0),
            rung("help_desk", "desk", 3),
            rung("volume", "volume", 6),
            rung("segment", "segment", 9),
            rung("accounts", "accounts", 12),
        ],
    },
];

/// Where a segment stands on a ladder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stand {
    /// On the rung at this place of the ladder.
    Rung(usize),
    /// On none: it is sold by partners, or the field does not apply.
    Aside,
    /// Nobody has said.
    Unknown,
}

impl Ladder {
    /// Where the segment stands.
    pub(super) fn stand(&self, plan: &Plan, segment: &Segment) -> Stand {
        let field = field(self.field).expect("a test looks up the field of every ladder");
        match plan.answer(field, Some(segment)) {
            Some(Answer::NotApplicable(_)) => Stand::Aside,
            Some(Answer::Known(Value::Choice(slug))) => {
                let place = self.rungs.iter().position(|rung| rung.slug == slug);
                place.map_or(Stand::Aside, Stand::Rung)
            }
            None | Some(Answer::Known(_)) => Stand::Unknown,
        }
    }

    /// The words for where a segment stands.
    pub(super) fn words(&self, stand: Stand) -> String {
        match stand {
            Stand::Rung(place) => {
                let slug = self.rungs[place].slug;
                let known = field(self.field).and_then(|field| field.choice(slug));
                known.map_or(slug, |choice| choice.label).to_owned()
            }
            Stand::Aside => "not on the ladder".to_owned(),
            Stand::Unknown => "not answered".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::RuleSet;

    #[test]
    fn every_rung_is_a_choice_of_its_field() {
        for ladder in &LADDERS {
            let field = field(ladder.field).expect(ladder.field);
            for rung in ladder.rungs {
                assert!(field.choice(rung.slug).is_some(), "{}", rung.slug);
            }
            let left: Vec<_> = field
                .choices
                .iter()
                .filter(|choice| ladder.rungs.iter().all(|rung| rung.slug != choice.slug))
                .map(|choice| choice.slug)
                .collect();
            assert!(left.is_empty() || left == ["partner"], "{left:?}");
            assert!(ladder.rungs.is_sorted_by_key(|rung| rung.step));
            assert_eq!(ladder.rungs.last().map(|rung| rung.step), Some(STEPS));
        }
    }

    #[test]
    fn the_tolerance_is_that_of_the_rules() {
        let rules = RuleSet::built_in().expect("the rules can be read");
        for slug in ["marketing-sales-mismatch", "cs-sales-mismatch"] {
            let rule = rules.get(slug).expect(slug);
            let tolerance = rule.params().iter().find(|param| param.name == "tolerance");
            let default = &tolerance.expect("a tolerance").default;
            assert_eq!(*default, TOLERANCE.to_string(), "{slug}");
        }
    }
}
