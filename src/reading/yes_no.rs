//! Yes and no: "founders still close", "there is no playbook".

use super::Found;
use super::mood::has;
use super::numbers::Clause;
use crate::plan::{self, Value};

impl Clause<'_> {
    /// What is said with yes or no.
    pub(super) fn answers(&self) -> Vec<Found> {
        let words: Vec<&str> = self.elements[self.range.clone()]
            .iter()
            .map(|it| it.text)
            .collect();
        let words = words.join(" ").replace(" - ", " ").replace('-', " ");
        let said = |phrases: &[String]| phrases.iter().any(|phrase| has(&words, phrase));
        let found = plan::Cues::get().answers.iter().filter_map(|answers| {
            let yes = match (said(&answers.yes), said(&answers.no)) {
                (_, true) => false,
                (true, false) => true,
                _ => return None,
            };
            let field = plan::field(&answers.field)?;
            Some(Found {
                field,
                value: Value::YesNo(yes),
                elements: self.range.clone(),
                holder: None,
            })
        });
        found.collect()
    }
}
