//! The rule engine: a linter for go-to-market plans.
//!
//! A rule is one page below `rules/`; [`RuleSet`] loads them all and refuses a bad one.

mod result;
mod threshold;

pub use result::{Confidence, Fix, FixSet, Outcome, RuleResult, Severity, SourceRef, Status};
pub use threshold::{Threshold, Thresholds};

/// The rules in force, immutable after load.
#[derive(Debug, Clone, Default)]
pub struct RuleSet;
