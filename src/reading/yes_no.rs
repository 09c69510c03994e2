//! Yes and no: "founders still close", "there is no playbook".

use std::collections::HashMap;
use std::sync::LazyLock;

use super::Found;
use super::numbers::Clause;
use super::quick::Quick;
use crate::plan::{self, Cues, Field, Value};

/// A phrase that says yes or no of a field.
struct Phrase {
    words: &'static str,
    field: &'static Field,
    says: bool,
}

/// The phrases by their first word.
fn phrases() -> &'static HashMap<&'static str, Vec<Phrase>, Quick> {
    static PHRASES: LazyLock<HashMap<&str, Vec<Phrase>, Quick>> = LazyLock::new(|| {
        let mut phrases: HashMap<&str, Vec<Phrase>, Quick> = HashMap::default();
        for answers in &Cues::get().answers {
            let Some(field) = plan::field(&answers.field) else {
                continue;
            };
            let yes = answers.yes.iter().map(|words| (words, true));
            for (words, says) in yes.chain(answers.no.iter().map(|words| (words, false))) {
                let first = words.split(' ').next().unwrap_or_default();
                phrases
                    .entry(first)
                    .or_default()
                    .push(Phrase { words, field, says });
            }
        }
        phrases
    });
    &PHRASES
}

/// Within so many words a clause says that it only wishes.
const WISHED: usize = 6;

impl Clause<'_> {
    /// What is said with yes or no.
    pub(super) fn answers(&self) -> Vec<Found> {
        let words: Vec<&str> = self.elements[self.range.clone()]
            .iter()
            .map(|it| it.text)
            .collect();
        let words = words.join(" ").replace(" - ", " ").replace('-', " ");
        let wished = ["wish", "should", "would", "could", "might", "hope"];
        if words
            .split(' ')
            .take(WISHED)
            .any(|word| wished.contains(&word))
        {
            return Vec::new();
        }
        let mut said: Vec<(&'static Field, bool)> = Vec::new();
        for phrase in said_in(&words) {
            match said
                .iter_mut()
                .find(|(field, _)| field.name == phrase.field.name)
            {
                // "No playbook" wins over the "playbook" in it.
                Some((_, says)) => *says &= phrase.says,
                None => said.push((phrase.field, phrase.says)),
            }
        }
        let found = said.into_iter().map(|(field, says)| Found {
            field,
            value: Value::YesNo(says),
            elements: self.range.clone(),
            holder: None,
        });
        found.collect()
    }
}

/// The phrases that stand in the words.
fn said_in(words: &str) -> impl Iterator<Item = &'static Phrase> + '_ {
    let spaces = words.match_indices(' ').map(|(at, _)| at + 1);
    std::iter::once(0).chain(spaces).flat_map(|at| {
        let rest = &words[at..];
        let first = rest
            .split(|c: char| !c.is_alphanumeric() && c != '\'')
            .next();
        let known = phrases().get(first.unwrap_or_default());
        known.into_iter().flatten().filter(move |phrase| {
            let after = rest.strip_prefix(phrase.words);
            after
                .is_some_and(|after| !after.starts_with(|c: char| c.is_alphanumeric() || c == '\''))
        })
    })
}
