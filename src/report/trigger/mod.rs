//! What makes a team revise its plan early, what has to be looked at again then, and by what it shows:
//! as data.

mod seen;

use std::sync::LazyLock;

use serde::Deserialize;

pub use seen::{Fired, fired};

use crate::plan::{self, Field};
use crate::report::likeness::{self, likeliest};
use crate::sources::SourceRef;

/// Something that calls for a review before the calendar does.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TriggerKind {
    /// A word for it that stays the same.
    pub slug: String,
    /// What it is, as the end of a sentence with "when".
    pub title: String,
    /// What it is called in a list.
    pub label: String,
    words: Vec<String>,
    review: Vec<String>,
    source: String,
    #[serde(default)]
    initiatives: Vec<String>,
    #[serde(default)]
    moved: Vec<String>,
    #[serde(default)]
    resized: Vec<String>,
    #[serde(default)]
    rises: Vec<String>,
    #[serde(default)]
    falls: Vec<String>,
    #[serde(default)]
    rules: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    trigger: Vec<TriggerKind>,
}

impl TriggerKind {
    /// The fields that have to be looked at again.
    pub fn review(&self) -> Vec<&'static Field> {
        let fields = self.review.iter().filter_map(|name| plan::field(name));
        fields.collect()
    }

    /// Where that stands.
    pub fn source(&self) -> Option<SourceRef> {
        SourceRef::named(&self.source)
    }
}

/// The triggers that the sources name.
pub fn trigger_kinds() -> &'static [TriggerKind] {
    static KINDS: LazyLock<Vec<TriggerKind>> = LazyLock::new(|| {
        let table: Table = toml::from_str(include_str!("../../../knowledge/triggers.toml"))
            .expect("the triggers are part of the program, and a test reads them");
        table.trigger
    });
    &KINDS
}

/// The trigger that was meant by some words, where one was.
pub fn read_trigger(words: &str) -> Option<&'static TriggerKind> {
    let found = likeliest((words, likeness::NAMED), trigger_kinds(), |kind| {
        kind.words.iter().map(String::as_str).collect()
    });
    found.first().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_trigger_names_fields_and_sources_that_exist() {
        for kind in trigger_kinds() {
            assert_eq!(kind.review().len(), kind.review.len(), "{}", kind.title);
            assert!(kind.source().is_some(), "{}", kind.title);
        }
    }

    #[test]
    fn what_a_trigger_shows_by_exists() {
        let rules = crate::lint::RuleSet::built_in().expect("the rules load");
        let initiatives = plan::field("plan.new_initiative").expect("a field");
        for kind in trigger_kinds() {
            let fields = [&kind.moved, &kind.resized, &kind.rises, &kind.falls];
            for name in fields.into_iter().flatten() {
                assert!(plan::field(name).is_some(), "{}: {name}", kind.slug);
            }
            for rule in &kind.rules {
                assert!(rules.get(rule).is_some(), "{}: {rule}", kind.slug);
            }
            for slug in &kind.initiatives {
                assert!(initiatives.choice(slug).is_some(), "{}: {slug}", kind.slug);
            }
        }
    }

    #[test]
    fn triggers_are_recognised_in_peoples_words() {
        let rows = [
            ("CAC has doubled", "a customer costs much more to win"),
            ("we raise the price", "the price changes"),
            ("a new competitor", "the competition changes"),
            ("moving upmarket", "you move up or down the market"),
            ("churn is rising", "retention falls"),
        ];
        for (words, expected) in rows {
            let found = read_trigger(words).map(|kind| kind.title.as_str());
            assert_eq!(found, Some(expected), "{words}");
        }
        assert!(read_trigger("the office moves").is_none());
    }
}
