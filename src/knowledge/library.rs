//! All entries, loaded and checked together, with their index.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use include_dir::{Dir, include_dir};

use super::build::{Data, build};
use super::declined::{self, Declined};
use super::entry::{Entry, Section};
use super::gate::Gates;
use super::index::Index;
use super::page::{self, EntryError};
use super::scope::Scope;
use super::thesaurus::Thesaurus;
use super::tokens::Stems;
use super::voices;
use crate::sources::SourceRef;

/// The pages that come with the program.
static PAGES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/knowledge");

/// Words that mean the same, as data.
const THESAURUS: &str = include_str!("../../knowledge/thesaurus.toml");

/// Which words are go-to-market and which are not, as data.
const SCOPE: &str = include_str!("../../knowledge/scope.toml");

/// What the gates count, as data.
const GATES: &str = include_str!("../../knowledge/gate.toml");

/// The library that comes with the program, loaded once.
pub fn library() -> &'static Library {
    static LIBRARY: LazyLock<Library> = LazyLock::new(|| {
        Library::built_in().expect("the pages are part of the program, and a test reads them")
    });
    &LIBRARY
}

/// The library, immutable after load.
#[derive(Debug)]
pub struct Library {
    entries: Vec<Entry>,
    places: BTreeMap<String, usize>,
    pub(super) index: Index,
}

impl Library {
    /// The library that comes with the program.
    pub fn built_in() -> Result<Self, Vec<EntryError>> {
        let files = PAGES.dirs().flat_map(Dir::files);
        let pages: Vec<_> = files
            .filter_map(|file| Some((file.path().to_str()?, file.contents_utf8()?)))
            .collect();
        Self::load(&pages)
    }

    /// Loads pages and voices, given as path below `knowledge/` and text; every bad page is reported.
    pub fn load(pages: &[(&str, &str)]) -> Result<Self, Vec<EntryError>> {
        let mut entries = Vec::with_capacity(pages.len());
        let mut errors = Vec::new();
        let mut voices = Vec::new();
        let mut declined = Vec::new();
        for (path, text) in pages {
            if path.starts_with(voices::FOLDER) {
                voices.push((path, text));
            } else if path.starts_with(declined::FOLDER) {
                match declined::read(path, text) {
                    Ok(more) => declined.extend(more),
                    Err(error) => errors.push(error),
                }
            } else {
                match page::read(path, text) {
                    Ok(entry) => entries.push(entry),
                    Err(error) => errors.push(error),
                }
            }
        }
        if errors.is_empty() {
            errors = relations(&entries);
        }
        for (path, text) in voices {
            errors.extend(voices::give(&mut entries, path, text).err());
        }
        if errors.is_empty() {
            Ok(Self::of(entries, &declined))
        } else {
            Err(errors)
        }
    }

    /// The library of entries that need no check.
    pub(super) fn of(mut entries: Vec<Entry>, declined: &[Declined]) -> Self {
        entries.sort_by(|one, two| (&one.topic, &one.id).cmp(&(&two.topic, &two.id)));
        let places = entries.iter().enumerate();
        let places = places
            .map(|(place, entry)| (entry.id.clone(), place))
            .collect();
        let mut met = Stems::default();
        let data = Data {
            thesaurus: Thesaurus::read(THESAURUS, &mut met)
                .expect("the list is part of the program, and a test reads it"),
            scope: Scope::read(SCOPE, &mut met)
                .expect("the list is part of the program, and a test reads it"),
            gates: Gates::read(GATES)
                .expect("the weights are part of the program, and a test reads them"),
        };
        let index = build(&entries, declined, data, met);
        Self {
            entries,
            places,
            index,
        }
    }

    /// The questions that the library which comes with the program declines.
    #[cfg(test)]
    pub(super) fn declined() -> Vec<Declined> {
        let files = PAGES.dirs().flat_map(Dir::files);
        let files = files.filter_map(|file| Some((file.path().to_str()?, file.contents_utf8()?)));
        let files = files.filter(|(path, _)| path.starts_with(declined::FOLDER));
        let read = files.map(|(path, text)| declined::read(path, text).expect("a test reads it"));
        read.flatten().collect()
    }

    /// All entries, by topic and id.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entry of that id.
    pub fn entry(&self, id: &str) -> Option<&Entry> {
        self.places.get(id).map(|place| &self.entries[*place])
    }

    /// The section `entry#anchor`.
    pub fn section(&self, entry: &str, anchor: &str) -> Option<(&Entry, &Section)> {
        let entry = self.entry(entry)?;
        let section = entry.sections.iter().find(|one| one.anchor == anchor)?;
        Some((entry, section))
    }

    /// The entries with a section that comes from one of these, the one least lately reviewed first.
    pub fn resting_on(&self, sources: &[&SourceRef]) -> Vec<&Entry> {
        let rests = |entry: &&Entry| {
            let mut cited = entry.sections.iter().flat_map(|section| &section.sources);
            cited.any(|source| sources.contains(&source))
        };
        let mut found: Vec<_> = self.entries.iter().filter(rests).collect();
        found.sort_by_key(|entry| entry.reviewed);
        found
    }

    /// How many sections there are.
    pub fn n_sections(&self) -> usize {
        self.entries.iter().map(|entry| entry.sections.len()).sum()
    }

    /// How many bytes the index takes, about.
    pub fn index_bytes(&self) -> usize {
        self.index.bytes()
    }
}

/// Ids are unique, and relations name entries that exist.
fn relations(entries: &[Entry]) -> Vec<EntryError> {
    let mut errors = Vec::new();
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    let mut refuse = |entry: &Entry, message: String| {
        errors.push(EntryError {
            path: format!("{}/{}.md", entry.topic, entry.id),
            line: 1,
            message,
        });
    };
    for entry in entries {
        if let Some(other) = seen.insert(&entry.id, &entry.topic) {
            refuse(
                entry,
                format!("an entry in `{other}` is called `{}` too", entry.id),
            );
        }
    }
    for entry in entries {
        for related in &entry.related {
            if !seen.contains_key(related.as_str()) || *related == entry.id {
                refuse(
                    entry,
                    format!("`related` names `{related}`, which no other entry is"),
                );
            }
        }
    }
    errors
}
