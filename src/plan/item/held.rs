//! What a plan holds, by kind.

use jiff::civil::Date;

use super::{
    About, Approval, Baseline, Decision, Item, ItemKey, Scenario, SectionOwner, ThresholdSetting,
    Trigger, Waiver,
};
use crate::plan::{Field, Level, Plan, Segment};

/// The items of one kind.
macro_rules! held {
    ($(#[$doc:meta])* $name:ident: $kind:ident) => {
        $(#[$doc])*
        pub fn $name(&self) -> impl Iterator<Item = &$kind> {
            self.items().iter().filter_map(|item| match item {
                item_of!($kind, it) => Some(it),
                _ => None,
            })
        }
    };
}

// The pattern of an item that holds `$kind`.
macro_rules! item_of {
    (About, $it:ident) => {
        Item::About($it)
    };
    (SectionOwner, $it:ident) => {
        Item::Owner($it)
    };
    (Waiver, $it:ident) => {
        Item::Waiver($it)
    };
    (ThresholdSetting, $it:ident) => {
        Item::Threshold($it)
    };
    (Decision, $it:ident) => {
        Item::Decision($it)
    };
    (Scenario, $it:ident) => {
        Item::Scenario($it)
    };
    (Trigger, $it:ident) => {
        Item::Trigger($it)
    };
}

impl Plan {
    held! {
        /// What is known about single values.
        abouts: About
    }
    held! {
        /// Who looks after which section.
        section_owners: SectionOwner
    }
    held! {
        /// The rules that the team has waived.
        waivers: Waiver
    }
    held! {
        /// The thresholds that the team has set for this plan.
        thresholds: ThresholdSetting
    }
    held! {
        /// The questions that the team decides or has decided.
        decisions: Decision
    }
    held! {
        /// The variants of the plan.
        scenarios: Scenario
    }
    held! {
        /// The triggers that have fired, reviewed or not.
        triggers: Trigger
    }

    /// What is known about one value; the segment is ignored for a field of the whole plan.
    pub fn about(&self, field: &Field, segment: Option<&Segment>) -> Option<&About> {
        let segment = match field.level {
            Level::Plan => None,
            Level::Segment => Some(self.segment_or_default(segment)),
        };
        match self.item(&ItemKey::About(field.name.to_owned(), segment))? {
            Item::About(about) => Some(about),
            _ => None,
        }
    }

    /// The values that should have been validated before `today` and are noted as such still, the
    /// longest overdue first.
    pub fn overdue(&self, today: Date) -> Vec<&About> {
        let is_over = |about: &&About| about.validate_by.is_some_and(|date| date < today);
        let stands = |about: &&About| {
            let field = crate::plan::field(&about.field);
            field.is_some_and(|it| self.answer(it, about.segment.as_ref()).is_some())
        };
        let mut overdue: Vec<_> = self.abouts().filter(is_over).filter(stands).collect();
        overdue.sort_by_key(|about| about.validate_by);
        overdue
    }

    /// The findings that were accepted once.
    pub fn baseline(&self) -> Option<&Baseline> {
        match self.item(&ItemKey::Baseline)? {
            Item::Baseline(baseline) => Some(baseline),
            _ => None,
        }
    }

    /// The approval, while it stands.
    pub fn approval(&self) -> Option<&Approval> {
        match self.item(&ItemKey::Approval)? {
            Item::Approval(approval) => Some(approval),
            _ => None,
        }
    }
}
