//! What is wrong with a configuration, in words that say how to mend it.

use std::fmt;

/// The configuration cannot be used; everything that is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct ConfigError {
    /// At least one.
    pub problems: Vec<Problem>,
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The setting, and where it was given.
    pub place: String,
    /// What was understood, what is wrong with it, and what works; never a secret's value.
    pub text: String,
}

impl Problem {
    /// A problem of one setting.
    pub(super) fn new(place: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            place: place.into(),
            text: text.into(),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.text)
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, problem) in self.problems.iter().enumerate() {
            if n > 0 {
                f.write_str("\n")?;
            }
            problem.fmt(f)?;
        }
        Ok(())
    }
}

impl From<Problem> for ConfigError {
    fn from(problem: Problem) -> Self {
        Self {
            problems: vec![problem],
        }
    }
}

/// A variable of ours whose value is not text.
pub(super) fn not_text(variable: &str) -> Problem {
    Problem::new(
        variable,
        "its value is not valid UTF-8 text; set it again as plain text",
    )
}

/// The file that `GTM_CONFIG` names cannot be read.
pub(super) fn no_file(path: &str, error: &std::io::Error) -> ConfigError {
    Problem::new(
        "GTM_CONFIG",
        format!("I read `{path}`, and that file cannot be read ({error}). Name a readable TOML file, or unset GTM_CONFIG to use the environment alone"),
    )
    .into()
}
