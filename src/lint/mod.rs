//! The rule engine: a linter for go-to-market plans.
//!
//! A rule is one page below `rules/`; [`RuleSet`] loads them all and refuses a bad one.

/// The rules in force, immutable after load.
#[derive(Debug, Clone, Default)]
pub struct RuleSet;

/// Thresholds that a team has set itself, in place of the rules' own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Thresholds;
