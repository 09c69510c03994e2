//! What a plan brings: the five things that a team has by one and lacks without, as far as its answers
//! and findings show them.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::ident::RuleSlug;
use crate::plan::{self, Field, Level, Plan};
use crate::sources::SourceRef;

/// Where it stands that these are what a plan is for.
const SOURCE: &str = "gtm-framework#why-gtm-strategy-matters";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kind {
    label: String,
    fields: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    gain: Vec<Kind>,
}

fn kinds() -> &'static [Kind] {
    static KINDS: LazyLock<Vec<Kind>> = LazyLock::new(|| {
        let table: Table = toml::from_str(include_str!("../../knowledge/gains.toml"))
            .expect("the table is part of the program, and a test reads it");
        table.gain
    });
    &KINDS
}

/// One thing that a plan is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gain {
    /// What it is, as a noun.
    pub label: &'static str,
    /// Whether the plan brings it.
    pub state: GainState,
}

/// Whether a plan brings something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GainState {
    /// All that makes it up is answered, and nothing speaks against it.
    There,
    /// A finding rests on what makes it up.
    InDoubt(RuleSlug),
    /// These are not answered yet.
    Open(Vec<&'static Field>),
}

/// An open finding, and the fields that it rests on.
pub type Doubt = (RuleSlug, Vec<&'static Field>);

/// What a plan is for, and how far it is; `doubts` are the open findings that count, the weightiest
/// first.
pub fn gains(plan: &Plan, doubts: &[Doubt]) -> Vec<Gain> {
    let gain = |kind: &'static Kind| {
        let fields: Vec<_> = kind
            .fields
            .iter()
            .filter_map(|it| plan::field(it))
            .collect();
        let open: Vec<_> = fields
            .iter()
            .copied()
            .filter(|field| !is_answered(plan, field))
            .collect();
        let mut doubts = doubts.iter();
        let doubt = doubts.find(|(_, rests_on)| rests_on.iter().any(|it| fields.contains(it)));
        let state = match doubt {
            _ if !open.is_empty() => GainState::Open(open),
            Some((rule, _)) => GainState::InDoubt(rule.clone()),
            None => GainState::There,
        };
        Gain {
            label: &kind.label,
            state,
        }
    };
    kinds().iter().map(gain).collect()
}

/// Where it stands what a plan is for.
pub fn source_of_gains() -> Option<SourceRef> {
    SourceRef::named(SOURCE)
}

/// Whether each segment has an answer.
fn is_answered(plan: &Plan, field: &'static Field) -> bool {
    match field.level {
        Level::Plan => plan.answer(field, None).is_some(),
        Level::Segment => {
            let mut segments = plan.segments().iter();
            segments.all(|segment| plan.answer(field, Some(segment)).is_some())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{FileFormat, read_file};

    #[test]
    fn each_gain_rests_on_fields_that_exist_and_has_a_source() {
        assert_eq!(kinds().len(), 5);
        for kind in kinds() {
            for name in &kind.fields {
                assert!(plan::field(name).is_some(), "{}: {name}", kind.label);
            }
        }
        assert!(source_of_gains().is_some());
    }

    #[test]
    fn a_gain_is_there_when_it_is_answered_everywhere_and_nothing_doubts_it() {
        let today = jiff::civil::date(2026, 3, 4);
        let read = |file: &str| read_file(file, FileFormat::Toml, today).expect("a plan");
        let effort =
            "pricing.price = \"$49/mo\"\nsales.motion = \"plg\"\ncs.model = \"help_desk\"\n";
        let state = |plan: &Plan, doubts: &[Doubt]| {
            let found = gains(plan, doubts).into_iter();
            let mut found = found.filter(|it| it.label == "effort where it counts");
            found.next().expect("one of the five").state
        };
        let plan = read(&format!("[segment.main]\n{effort}"));
        assert_eq!(state(&plan, &[]), GainState::There);
        let rule = RuleSlug::new("plg-acv-high");
        let motion = plan::field("sales.motion").expect("a field");
        let doubts = [(rule.clone(), vec![motion])];
        assert_eq!(state(&plan, &doubts), GainState::InDoubt(rule));
        let two = format!("[segment.smb]\n{effort}[segment.mid]\nsales.motion = \"plg\"\n");
        let GainState::Open(open) = state(&read(&two), &doubts) else {
            panic!("one segment has no price");
        };
        let names: Vec<_> = open.iter().map(|it| it.name).collect();
        assert_eq!(names, ["pricing.price", "cs.model"]);
    }
}
