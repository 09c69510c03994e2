//! Where what the bot says comes from, as `knowledge/sources.toml` lists it.

use std::sync::LazyLock;

use serde::Deserialize;

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
            assert!(address.starts_with("https://"), "{address}");
        }
    }
}
