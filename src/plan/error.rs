//! Why an input is not a value: what was read, what is wrong with it, what would work.

/// An input that its field does not take.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("I read {understood}; {problem}. Try `{example}`")]
pub struct ValueError {
    /// What was understood, with the input quoted.
    pub understood: String,
    /// What is wrong; where two readings fit, both.
    pub problem: String,
    /// One input that works.
    pub example: String,
}

impl ValueError {
    /// The same error with a better input to try.
    pub(super) fn with_example(mut self, example: impl Into<String>) -> Self {
        self.example = example.into();
        self
    }

    /// The same error with a better input to try, where there is one.
    pub(super) fn with_better_example(self, example: Option<String>) -> Self {
        match example {
            Some(example) => self.with_example(example),
            None => self,
        }
    }
}
