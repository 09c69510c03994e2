//! The words by which fields are recognised in running text; they stand in `cues.toml`.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// Everything that running text is recognised by, beside labels and aliases.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cues {
    /// Labels and aliases that are too common a word to be a cue by themselves.
    pub common: Vec<String>,
    /// Countries, regions and cities that a "where" names.
    pub places: Vec<String>,
    /// The cues of numbers and choices.
    #[serde(rename = "cue")]
    pub cues: Vec<FieldCues>,
    /// Where free words begin.
    #[serde(rename = "lead")]
    pub leads: Vec<Lead>,
    /// Words that may name either of two fields.
    pub unclear: Vec<Unclear>,
    /// How people say yes and no.
    #[serde(rename = "answer")]
    pub answers: Vec<YesOrNo>,
}

/// The cues of one field.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldCues {
    /// The field's name.
    pub field: String,
    /// Words on either side of the value: "payback is 14 months", "14 months payback".
    #[serde(default)]
    pub around: Vec<String>,
    /// Words before the value only: "we charge 49 bucks a month".
    #[serde(default)]
    pub before: Vec<String>,
    /// Words behind the value only: "3 reps".
    #[serde(default)]
    pub behind: Vec<String>,
}

/// Phrases before the free words of one field.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lead {
    /// The field's name.
    pub field: String,
    /// Whether a comma or "in" ends the words; else the sentence does.
    pub short: bool,
    /// The phrases, of which the longest that fits counts.
    #[serde(default)]
    pub phrases: Vec<String>,
    /// Names that are followed by "is", "are", ":" or "=", and begin a clause.
    #[serde(default)]
    pub labels: Vec<String>,
}

/// Words beside a number that leave open which field is meant.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unclear {
    /// The words.
    pub words: Vec<String>,
    /// The fields that they may name.
    pub fields: Vec<String>,
}

/// A phrase behind which free words begin.
#[derive(Debug)]
pub struct Opening {
    /// The phrase.
    pub phrase: String,
    /// The field's name.
    pub field: &'static str,
    /// Whether a comma or "in" ends the words; else the sentence does.
    pub short: bool,
    /// Whether it opens free words at the beginning of a clause only.
    pub begins: bool,
}

/// The phrases behind which free words begin, by their first word, the longest first.
#[derive(Debug, Default)]
pub struct Openings {
    by_word: HashMap<String, Vec<Opening>>,
}

/// What may follow a label.
const LINKS: &[&str] = &[" is that", " is", " are", ":", " =", " :"];

impl Openings {
    /// The openings of the catalogue.
    pub fn get() -> &'static Self {
        static OPENINGS: LazyLock<Openings> = LazyLock::new(|| Openings::of(Cues::get()));
        &OPENINGS
    }

    fn of(cues: &'static Cues) -> Self {
        let mut openings = Self::default();
        for lead in &cues.leads {
            for phrase in &lead.phrases {
                openings.add(
                    lead,
                    phrase.clone(),
                    !phrase.contains(' ') && !phrase.ends_with("ing"),
                );
            }
            for label in &lead.labels {
                for link in LINKS {
                    openings.add(lead, format!("{label}{link}"), true);
                }
            }
        }
        for openings in openings.by_word.values_mut() {
            openings.sort_by_key(|it| std::cmp::Reverse(it.phrase.len()));
        }
        openings
    }

    fn add(&mut self, lead: &'static Lead, phrase: String, begins: bool) {
        let first = first_word(&phrase).to_owned();
        self.by_word.entry(first).or_default().push(Opening {
            phrase,
            field: &lead.field,
            short: lead.short,
            begins,
        });
    }

    /// The openings that may begin the words, the longest first.
    pub fn beginning(&self, words: &str) -> &[Opening] {
        self.by_word
            .get(first_word(words))
            .map_or(&[], Vec::as_slice)
    }
}

fn first_word(words: &str) -> &str {
    let end = words.find(|c: char| !c.is_alphanumeric() && c != '\'');
    &words[..end.unwrap_or(words.len())]
}

/// How people say yes and no to one field.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct YesOrNo {
    /// The field's name.
    pub field: String,
    /// Words that say yes.
    pub yes: Vec<String>,
    /// Words that say no.
    pub no: Vec<String>,
}

impl Cues {
    /// The cues of the catalogue.
    pub fn get() -> &'static Self {
        static CUES: LazyLock<Cues> = LazyLock::new(|| {
            toml::from_str(include_str!("cues.toml")).expect("a test reads the file")
        });
        &CUES
    }

    /// The fields of which a word may be the name, where it may be of several.
    pub fn unclear(&self, word: &str) -> Option<&Unclear> {
        let mut all = self.unclear.iter();
        all.find(|it| it.words.iter().any(|it| it == word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::field;

    #[test]
    fn every_cue_is_of_a_field() {
        let cues = Cues::get();
        let named = cues.cues.iter().map(|it| &it.field);
        let named = named.chain(cues.leads.iter().map(|it| &it.field));
        let unclear = cues.unclear.iter().flat_map(|it| &it.fields);
        for name in named
            .chain(unclear)
            .chain(cues.answers.iter().map(|it| &it.field))
        {
            assert!(field(name).is_some(), "{name}");
        }
        assert!(cues.cues.len() > 40 && cues.places.len() > 50);
    }
}
