//! The words by which fields are recognised in running text; they stand in `cues.toml`.

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
    pub phrases: Vec<String>,
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
        for name in named.chain(cues.answers.iter().map(|it| &it.field)) {
            assert!(field(name).is_some(), "{name}");
        }
        assert!(cues.cues.len() > 40 && cues.places.len() > 50);
    }
}
