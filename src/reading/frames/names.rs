//! What fields are called, and the sentences that all fields of a kind share: "put the margin at 12%".

use std::collections::HashMap;

use serde::Deserialize;

use super::table::Row;
use crate::plan::{Field, Kind};

/// What a field is called by nouns of its own.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Name {
    pub(super) field: String,
    pub(super) words: Vec<String>,
}

/// Sentences with a field's name as `<name>`, by the shape of its value.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Shapes {
    number: Vec<String>,
    choice: Vec<String>,
    words: Vec<String>,
    /// Words of talk that is about no plan: "the outcome of the vote".
    unless: String,
    /// Questions that the next sentence answers.
    asks: Vec<String>,
}

impl Shapes {
    /// The rows of a named field.
    pub(super) fn rows(&self, field: &Field) -> [Row; 2] {
        let says = match field.kind {
            Kind::Text | Kind::List => &self.words,
            _ if field.choices.is_empty() => &self.number,
            _ => &self.choice,
        };
        let row = |says: &Vec<String>, asks: bool| Row {
            field: field.name.to_owned(),
            says: says.clone(),
            aims: field.name.ends_with("_target"),
            conditional: field.name == "plan.revision_triggers"
                || field.name == "value.alternative",
            asks,
            unless: Some(self.unless.clone()),
            ..Row::default()
        };
        [row(says, false), row(&self.asks, true)]
    }
}

/// The groups of a table, with the names of a field as one more.
pub(super) fn with_name(
    groups: &HashMap<String, Vec<String>>,
    name: &Name,
) -> HashMap<String, Vec<String>> {
    let mut groups = groups.clone();
    groups.insert("name".to_owned(), name.words.clone());
    groups
}
