//! What a plan holds beside its answers: how sure a value is, owners, waivers, thresholds, the
//! baseline, decisions, scenarios, triggers and the approval. All of it changes by the same history.

mod about;
mod held;
mod lenience;
mod meeting;
mod scenario;
mod trigger;

use serde::{Deserialize, Serialize};

pub use about::{About, Certainty, SectionOwner};
pub use lenience::{Baseline, FindingKey, ThresholdSetting, Waiver};
pub use meeting::{Approval, Decided, Decision, Objection};
pub use scenario::{Scenario, ScenarioAnswer};
pub use trigger::Trigger;

use super::Segment;
use crate::ident::RuleSlug;

/// One thing that a plan holds beside its answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "item", rename_all = "snake_case")]
pub enum Item {
    /// What is known about a value.
    About(About),
    /// Who looks after a section.
    Owner(SectionOwner),
    /// A finding that the team lives with.
    Waiver(Waiver),
    /// A threshold in place of a rule's own.
    Threshold(ThresholdSetting),
    /// The findings that were accepted once.
    Baseline(Baseline),
    /// A question that the team decides.
    Decision(Decision),
    /// A variant of the plan.
    Scenario(Scenario),
    /// A trigger that has fired.
    Trigger(Trigger),
    /// The approval of this very sheet.
    Approval(Approval),
}

/// What an item is about; a plan holds one item of a key at most.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ItemKey {
    /// A value, by field and segment.
    About(String, Option<Segment>),
    /// A section, by its component.
    Owner(String),
    /// A rule, in one segment or in all.
    Waiver(RuleSlug, Option<Segment>),
    /// A rule's parameter.
    Threshold(RuleSlug, String),
    /// The baseline.
    Baseline,
    /// A decision, by its id.
    Decision(String),
    /// A scenario, by its name.
    Scenario(String),
    /// A trigger that has fired, by its id.
    Trigger(String),
    /// The approval.
    Approval,
}

impl Item {
    /// What it is about.
    pub fn key(&self) -> ItemKey {
        match self {
            Self::About(about) => ItemKey::About(about.field.clone(), about.segment.clone()),
            Self::Owner(owner) => ItemKey::Owner(owner.component.clone()),
            Self::Waiver(waiver) => ItemKey::Waiver(waiver.rule.clone(), waiver.segment.clone()),
            Self::Threshold(own) => ItemKey::Threshold(own.rule.clone(), own.param.clone()),
            Self::Baseline(_) => ItemKey::Baseline,
            Self::Decision(decision) => ItemKey::Decision(decision.id.clone()),
            Self::Scenario(scenario) => ItemKey::Scenario(scenario.name.clone()),
            Self::Trigger(trigger) => ItemKey::Trigger(trigger.id.clone()),
            Self::Approval(_) => ItemKey::Approval,
        }
    }

    /// The item after a segment got another name; `None` if it does not speak of that segment.
    pub(super) fn renamed(&self, from: &Segment, to: &Segment) -> Option<Self> {
        let mut renamed = self.clone();
        match &mut renamed {
            Self::About(about) => rename(&mut about.segment, from, to),
            Self::Waiver(waiver) => waiver.rename(from, to),
            Self::Baseline(baseline) => baseline.rename(from, to),
            Self::Scenario(scenario) => scenario.rename(from, to),
            Self::Owner(_)
            | Self::Threshold(_)
            | Self::Decision(_)
            | Self::Trigger(_)
            | Self::Approval(_) => {}
        }
        (renamed != *self).then_some(renamed)
    }

    /// Whether it means nothing without that segment.
    pub(super) fn is_bound_to(&self, segment: &Segment) -> bool {
        let bound = match self {
            Self::About(about) => &about.segment,
            Self::Waiver(waiver) => &waiver.segment,
            _ => &None,
        };
        bound.as_ref() == Some(segment)
    }
}

fn rename(segment: &mut Option<Segment>, from: &Segment, to: &Segment) {
    if segment.as_ref() == Some(from) {
        *segment = Some(to.clone());
    }
}

impl ItemKey {
    /// Whether it belongs to what an approval covers and a restored version brings back.
    pub fn is_of_sheet(&self) -> bool {
        match self {
            Self::About(..) | Self::Owner(_) | Self::Waiver(..) | Self::Threshold(..) => true,
            Self::Baseline
            | Self::Decision(_)
            | Self::Scenario(_)
            | Self::Trigger(_)
            | Self::Approval => false,
        }
    }
}

impl std::fmt::Display for ItemKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let of = |segment: &Option<Segment>| {
            let segment = segment.as_ref();
            segment.map_or_else(String::new, |segment| format!(" for {segment}"))
        };
        match self {
            Self::About(field, segment) => write!(f, "the note on {field}{}", of(segment)),
            Self::Owner(component) => write!(f, "the owner of {component}"),
            Self::Waiver(rule, segment) => write!(f, "the waiver of {rule}{}", of(segment)),
            Self::Threshold(rule, param) => write!(f, "the threshold {rule}.{param}"),
            Self::Baseline => f.write_str("the baseline"),
            Self::Decision(id) => write!(f, "decision {id}"),
            Self::Scenario(name) => write!(f, "scenario {name}"),
            Self::Trigger(id) => write!(f, "trigger {id}"),
            Self::Approval => f.write_str("the approval"),
        }
    }
}
