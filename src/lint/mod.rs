//! The rule engine: a linter for go-to-market plans.
//!
//! A rule is one page below `rules/`; [`RuleSet`] loads them all and refuses a bad one; [`check`]
//! runs them on a plan. `expr` is the language of the pages, `page` reads one.

mod check;
mod edges;
mod expr;
mod fields;
mod judge;
mod lenience;
mod own;
mod page;
mod result;
mod rule_set;
mod source;
mod subject;
#[cfg(test)]
mod tests;
mod threshold;
mod values;
mod values_in_force;
mod word;
mod wording;

pub use crate::sources::{Confidence, SourceRef};
pub use check::check;
pub use expr::FunctionLine;
pub use fields::Fields;
pub use judge::{Judged, Verdict, judge};
pub use lenience::{Lenience, seen};
pub use own::{EXAMPLES_ON, LARGEST_OWN, MOST_EXAMPLES, MOST_OWN, NEW_PAGE, page_text};
pub use page::{
    Example, KeyLine, NameLine, PageError, Param, Range, Rule, Scope, Told, rule_example,
    unit_words, units,
};
pub use result::{Fix, FixSet, Outcome, RuleResult, Severity, Status};
pub use rule_set::RuleSet;
pub use subject::Subject;
pub use threshold::{SetFor, Threshold, Thresholds};
pub(crate) use values::amount;
pub use values_in_force::rate_note;

/// Every function that pages call.
pub fn functions() -> &'static [FunctionLine] {
    expr::FUNCTIONS
}

/// Every key of a page's front matter.
pub fn keys() -> &'static [KeyLine] {
    page::KEYS
}

/// Every name that expressions have beside the fields of the plan.
pub fn names() -> &'static [NameLine] {
    page::NAMES
}
