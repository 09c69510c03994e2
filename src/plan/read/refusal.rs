//! Why words are no value of their field, before the words themselves are quoted.

use crate::plan::ValueError;
use crate::plan::error::Beside;
use crate::plan::field::Field;

/// A problem, and inputs that work better than the field's own example.
#[derive(Debug)]
pub(super) struct Refusal {
    problem: String,
    /// One input, or one for each reading that fits.
    works: Vec<String>,
    beside: Option<Beside>,
}

impl Refusal {
    /// The field's own example is as good as any.
    pub(super) fn new(problem: impl Into<String>) -> Self {
        Self {
            problem: problem.into(),
            works: Vec::new(),
            beside: None,
        }
    }

    /// With inputs that work: one, or one for each reading that fits.
    pub(super) fn trying(self, works: impl IntoIterator<Item = String>) -> Self {
        Self {
            works: works.into_iter().collect(),
            ..self
        }
    }

    /// With what the words say of another field.
    pub(super) fn beside(self, field: &'static str, value: &'static str) -> Self {
        Self {
            beside: Some(Beside { field, value }),
            ..self
        }
    }

    /// What is wrong, where what would work is said otherwise.
    pub(super) fn into_problem(self) -> String {
        self.problem
    }

    /// The error of an input of this field.
    pub(super) fn of(self, field: &Field, input: &str) -> ValueError {
        let error = field.refuse(input, self.problem);
        let meanings = if self.works.len() > 1 {
            self.works.clone().into()
        } else {
            Box::default()
        };
        ValueError {
            example: self.works.into_iter().next().unwrap_or(error.example),
            meanings,
            beside: self.beside.map(Box::new),
            ..error
        }
    }
}

impl From<String> for Refusal {
    fn from(problem: String) -> Self {
        Self::new(problem)
    }
}
