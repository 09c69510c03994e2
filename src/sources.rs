//! Where what the bot says comes from, as `knowledge/sources.toml` lists it.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

/// A document that rules and entries cite by its id.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Its id, such as `gtm-framework`.
    pub id: String,
    /// Its title, as people call it.
    pub title: String,
    /// Where it stands in public, if it does.
    pub address: Option<String>,
    /// What kind of document it is.
    pub kind: String,
    /// What it says of its own reliability.
    pub reliability: String,
}

/// How sure the source itself is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// The source offers it as one view.
    Low,
    /// The source calls it approximate or dependent on context.
    Medium,
    /// The source calls it well established.
    High,
}

impl Confidence {
    /// All of them, the weakest first.
    pub const ALL: [Self; 3] = [Self::Low, Self::Medium, Self::High];

    /// The word that people and JSON read.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

/// A section of a source, as rules and entries cite it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceRef {
    /// The source's id in the library, such as `gtm-framework`.
    pub id: String,
    /// The slug of the section's heading, such as `sales-motion-types`.
    pub section: String,
    /// The address, for a public source.
    pub url: Option<String>,
}

impl SourceRef {
    /// The section that is written `gtm-definition#when-to-revise-your-gtm`, of a source that exists.
    pub fn named(words: &str) -> Option<Self> {
        let (id, section) = words.split_once('#')?;
        Some(Self {
            id: id.to_owned(),
            section: section.to_owned(),
            url: source(id)?.address.clone(),
        })
    }

    /// What people read: the source's title and its section, such as `GTM Definition (quick
    /// consistency test)`.
    pub fn label(&self) -> String {
        let title = source(&self.id).map_or(self.id.as_str(), |source| &source.title);
        format!("{title} ({})", self.section.replace('-', " "))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    source: Vec<Source>,
}

/// All sources, in the order of the list.
pub fn sources() -> &'static [Source] {
    static SOURCES: LazyLock<Vec<Source>> = LazyLock::new(|| {
        let list: List = toml::from_str(include_str!("../knowledge/sources.toml"))
            .expect("the list is part of the program, and a test reads it");
        list.source
    });
    &SOURCES
}

/// The source of that id.
pub fn source(id: &str) -> Option<&'static Source> {
    sources().iter().find(|source| source.id == id)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_list_can_be_read_and_names_each_source_once() {
        let ids: BTreeSet<_> = sources().iter().map(|source| &source.id).collect();
        assert_eq!(ids.len(), sources().len());
        for source in sources() {
            assert!(!source.title.is_empty() && !source.reliability.is_empty());
            let address = source.address.as_deref().unwrap_or("https://");
            let known = ["https://", "http://"];
            assert!(
                known.iter().any(|scheme| address.starts_with(scheme)),
                "{address}"
            );
        }
    }
}
