//! Where settings come from: variables and a file are laid over each other here, and names that
//! nobody knows are found.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::ConfigFile;
use super::names::{self, Setting};
use super::problem::Problem;
use crate::text;

/// A setting's text and where it was given.
pub(super) struct Given {
    /// The text, trimmed and not empty; may be a secret, so it has no `Debug`.
    pub(super) text: String,
    /// The setting, and where in the file it stands.
    pub(super) place: String,
}

/// All settings that were given, and what was wrong with how they were given.
#[derive(Default)]
pub(super) struct Sources {
    pub(super) given: BTreeMap<&'static str, Given>,
    pub(super) problems: Vec<Problem>,
    pub(super) warnings: Vec<String>,
}

impl Sources {
    /// Lays the variables over the file.
    pub(super) fn gather(
        variables: &BTreeMap<String, String>,
        file: Option<ConfigFile<'_>>,
    ) -> Self {
        let mut sources = Self::default();
        if let Some(file) = file {
            sources.read_file(file);
        }
        for (variable, value) in variables {
            sources.read_variable(variable, value);
        }
        sources
    }

    /// An empty variable counts as unset: that is how compose files and shells switch one off.
    fn read_variable(&mut self, variable: &str, value: &str) {
        match names::by_variable(variable) {
            Some(_) if value.trim().is_empty() => {}
            Some(setting) => self.give(setting, value, variable.to_owned()),
            None => self.unknown_variable(variable),
        }
    }

    /// A near miss of one of our own names is refused: ignoring a misspelt `GTM_ENCRYPTION_KEY`
    /// would leave text unsealed. Anything farther away is only warned about, because an
    /// orchestrator may inject names of its own with our prefix (`GTM_ADVISOR_SERVICE_HOST`).
    fn unknown_variable(&mut self, variable: &str) {
        let near = nearest(
            variable,
            names::SETTINGS.iter().map(|setting| setting.variable),
        );
        match near {
            Some(near) if variable.starts_with("GTM_") => self.problems.push(Problem::new(
                variable,
                format!("there is no such setting. Did you mean `{near}`? Rename it, or unset it"),
            )),
            Some(near) => self.warnings.push(format!(
                "{variable} is not read by this program; did you mean {near}?"
            )),
            None if variable.starts_with("GTM_") => {
                self.warnings.push(format!(
                    "{variable} is not a setting of this program and is ignored"
                ));
            }
            None => {}
        }
    }

    fn read_file(&mut self, file: ConfigFile<'_>) {
        match DeTable::parse(file.text) {
            Ok(table) => self.read_table(file, "", table.get_ref()),
            // The error's own text would quote the line, which may hold a secret.
            Err(error) => {
                let place = place_of(file, error.span().map_or(0, |span| span.start));
                self.problems.push(Problem::new(
                    place,
                    format!("this is not TOML: {}", error.message()),
                ));
            }
        }
    }

    fn read_table(&mut self, file: ConfigFile<'_>, prefix: &str, table: &DeTable<'_>) {
        for (name, value) in table {
            let key = format!("{prefix}{}", name.get_ref());
            let place = place_of(file, name.span().start);
            match (value.get_ref(), names::by_key(&key)) {
                (_, Some(setting)) => self.read_key(
                    setting,
                    value,
                    &format!("{} (`{key}` in {place})", setting.variable),
                ),
                (DeValue::Table(inner), None) if is_section(&key) => {
                    self.read_table(file, &format!("{key}."), inner);
                }
                (_, None) => self.unknown_key(&key, place),
            }
        }
    }

    fn unknown_key(&mut self, key: &str, place: String) {
        let near = nearest(
            key,
            names::SETTINGS
                .iter()
                .map(|setting| setting.key)
                .filter(|key| !key.is_empty()),
        );
        let hint = match near {
            Some(near) => format!("Did you mean `{near}`?"),
            None if names::by_variable(key).is_some() => {
                let key = names::by_variable(key).map_or("", |setting| setting.key);
                format!("In this file it is called `{key}`")
            }
            None => "docs/settings.md lists the keys".to_owned(),
        };
        self.problems.push(Problem::new(
            place,
            format!("there is no key `{key}`. {hint}"),
        ));
    }

    fn read_key(&mut self, setting: &'static Setting, value: &Spanned<DeValue<'_>>, place: &str) {
        match text_of(value.get_ref()) {
            Some(text) if text.trim().is_empty() => {}
            Some(text) => self.give(setting, &text, place.to_owned()),
            None => self.problems.push(Problem::new(
                place,
                format!(
                    "the value is no text; put it in quotes, as in `\"{}\"`",
                    setting.example
                ),
            )),
        }
    }

    fn give(&mut self, setting: &'static Setting, text: &str, place: String) {
        self.given.insert(
            setting.variable,
            Given {
                text: text.trim().to_owned(),
                place,
            },
        );
    }
}

/// A text, or an array of texts as the comma-separated list that a variable would hold.
fn text_of(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Array(items) => {
            let items: Option<Vec<String>> = items
                .iter()
                .map(|item| item.get_ref().as_str().map(str::to_owned))
                .collect();
            items.map(|items| items.join(","))
        }
        _ => None,
    }
}

fn is_section(key: &str) -> bool {
    let prefix = format!("{key}.");
    names::SETTINGS
        .iter()
        .any(|setting| setting.key.starts_with(&prefix))
}

/// `FILE, line L, column C` of a byte of the file.
fn place_of(file: ConfigFile<'_>, byte: usize) -> String {
    let before = file.text.get(..byte).unwrap_or(file.text);
    let line = before.matches('\n').count() + 1;
    let column = before
        .rsplit('\n')
        .next()
        .map_or(0, |text| text.chars().count())
        + 1;
    format!("{}, line {line}, column {column}", file.name)
}

/// The name that is at most two letters away, if there is one.
fn nearest<'a>(word: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    names
        .map(|name| (text::distance(word, name), name))
        .filter(|(distance, _)| *distance <= 2)
        .min()
        .map(|(_, name)| name)
}
