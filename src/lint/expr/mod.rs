//! The language of the rule pages: a typed subset of CEL whose answers may be "unknown".
//!
//! An expression is parsed, then checked once at load against names, types, units and choices; what
//! is left can only be evaluated to a value or to a [`Gap`] that names what is missing. How gaps
//! combine is strong Kleene logic: an answer appears as soon as no missing value could change it.
//!
//! Decisions that CEL does not make for us:
//! - a field answered "not applicable" is a gap of its own kind; if it alone is in the way, the
//!   rule does not apply;
//! - dividing by zero, a number out of range and a sum over two currencies are gaps with a note;
//! - numbers are exact fractions; `/` never truncates.

mod absence;
mod checker;
mod choices;
mod conversion;
mod evaluator;
mod field_set;
mod functions;
mod gap;
mod guide;
mod kleene;
mod lexer;
mod literal;
mod many;
mod node;
mod operate;
mod parser;
mod parts;
mod reads;
mod refusal;
mod show;
mod spare;
mod syntax;
#[cfg(test)]
mod tests;
mod types;
mod units;
mod value;
mod written;

use crate::ratio;
pub(crate) use crate::ratio::Ratio;
pub(crate) use checker::check;
#[cfg(test)]
pub(crate) use choices::MOST_CHOICES;
pub(crate) use evaluator::{Evaluator, Gate, Reading, Source};
#[cfg(test)]
pub(crate) use field_set::MOST_FIELDS;
pub(crate) use field_set::{FieldSet, Name};
pub(crate) use gap::{Gap, Params, Trace};
pub(crate) use guide::FUNCTIONS;
pub use guide::FunctionLine;
pub(crate) use lexer::Span;
pub(crate) use node::{Guarded, Meaning, Names, Node};
pub(crate) use parser::parse;
pub(crate) use show::{show, write};
pub(crate) use types::{Domain, Type};
pub(crate) use units::Unit;
pub(crate) use value::{Dates, Quantity, V};

/// What is wrong with an expression, and where in its text (in bytes).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mistake {
    /// The place.
    pub(crate) span: Span,
    /// The problem, in words.
    pub(crate) problem: String,
}

impl Mistake {
    /// A problem at a place.
    pub(crate) fn new(span: Span, problem: impl Into<String>) -> Self {
        Self {
            span,
            problem: problem.into(),
        }
    }
}
