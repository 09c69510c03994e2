//! Why nothing was computed: what was understood, what is wrong, one input that works.

use std::fmt::Write;

use super::calculator::{Calculator, Input};

/// Something that cannot be computed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{problem}")]
pub struct CalcError {
    /// What is wrong, as a sentence without its full stop.
    pub problem: String,
    /// What would work, as one types it behind `calc`.
    pub works: String,
    /// Other things that may have been meant, in the same form.
    pub suggestions: Vec<String>,
    /// The inputs that nobody gave.
    pub missing: Vec<&'static str>,
}

impl CalcError {
    pub(super) fn new(problem: impl Into<String>, works: impl Into<String>) -> Self {
        Self {
            problem: problem.into(),
            works: works.into(),
            suggestions: Vec::new(),
            missing: Vec::new(),
        }
    }
}

/// Why a calculator does not go on, before it is known what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Refusal {
    /// These inputs are missing; any one of them would do.
    Missing(&'static [&'static str], &'static str),
    /// An input's value does not do; the last is one that does.
    Value(&'static str, String, String),
    /// The result is too large to be written.
    TooLarge,
}

/// Typed inputs as one types them, with some replaced or added.
pub(super) fn repaired(
    calculator: &Calculator,
    typed: &[(&'static Input, String)],
    changes: &[(&str, &str)],
) -> String {
    let mut pairs: Vec<(&str, &str)> = typed
        .iter()
        .map(|(input, value)| (input.name, value.as_str()))
        .collect();
    for &(name, value) in changes {
        match pairs.iter_mut().find(|(known, _)| *known == name) {
            Some(pair) => pair.1 = value,
            None => pairs.push((name, value)),
        }
    }
    let mut words = calculator.name.to_owned();
    for (name, value) in pairs {
        let _ = write!(words, " {name}={value}");
    }
    words
}
