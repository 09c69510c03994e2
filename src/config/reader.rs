//! Takes settings one by one, and keeps what is wrong with them until the end.

use super::names::{SETTINGS, Setting, Stage};
use super::problem::{ConfigError, Problem};
use super::source::Sources;

/// Why a value cannot be used. For a secret it must not contain the value.
pub(super) type Wrong = String;

/// Reads settings out of their sources.
pub(super) struct Reader {
    sources: Sources,
}

impl Reader {
    /// A reader over what was given. What is not built yet is refused here, once for all.
    pub(super) fn new(sources: Sources) -> Self {
        let mut reader = Self { sources };
        for setting in SETTINGS {
            if let (Stage::Planned(what), true) = (setting.stage, reader.has(setting)) {
                reader.problem(
                    setting,
                    format!("{what} is not built yet, so this setting would do nothing. Unset it"),
                );
            }
        }
        reader
    }

    /// Whether the setting was given.
    pub(super) fn has(&self, setting: &Setting) -> bool {
        self.sources.given.contains_key(setting.variable)
    }

    /// The setting's value, if it was given and can be used.
    pub(super) fn get<T>(
        &mut self,
        setting: &Setting,
        parse: impl FnOnce(&str) -> Result<T, Wrong>,
    ) -> Option<T> {
        let given = self.sources.given.get(setting.variable)?;
        match parse(&given.text) {
            Ok(value) => Some(value),
            Err(wrong) => {
                let understood = understood(setting, &given.text);
                self.problem(
                    setting,
                    format!("I read {understood}; {wrong}. Try {}", example(setting)),
                );
                None
            }
        }
    }

    /// The setting's value, or what stands in for it.
    pub(super) fn or<T>(
        &mut self,
        setting: &Setting,
        parse: impl FnOnce(&str) -> Result<T, Wrong>,
        default: T,
    ) -> T {
        self.get(setting, parse).unwrap_or(default)
    }

    /// Keeps a problem, if there is one.
    pub(super) fn check(&mut self, problem: Option<Problem>) {
        self.sources.problems.extend(problem);
    }

    /// Keeps a warning.
    pub(super) fn warn(&mut self, warning: impl Into<String>) {
        self.sources.warnings.push(warning.into());
    }

    /// The warnings, or everything that is wrong.
    pub(super) fn finish(self) -> Result<Vec<String>, ConfigError> {
        if self.sources.problems.is_empty() {
            Ok(self.sources.warnings)
        } else {
            Err(ConfigError {
                problems: self.sources.problems,
            })
        }
    }

    fn problem(&mut self, setting: &Setting, text: String) {
        let place = self
            .sources
            .given
            .get(setting.variable)
            .map_or(setting.variable, |given| &given.place);
        self.sources.problems.push(Problem::new(place, text));
    }
}

fn understood(setting: &Setting, text: &str) -> String {
    if setting.secret {
        format!("a secret of {} characters", text.chars().count())
    } else {
        format!("`{text}`")
    }
}

/// A value in backticks, but words about where a value is to be found as they are.
fn example(setting: &Setting) -> String {
    if setting.secret {
        setting.example.to_owned()
    } else {
        format!("`{}`", setting.example)
    }
}
