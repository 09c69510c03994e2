//! How people put it who do not know the library's words: more questions for its sections, one text
//! file for each topic. They are looked up and shown like the listed ones.

use super::entry::{Entry, Section};
use super::page::EntryError;

/// The folder below `knowledge/`.
pub(super) const FOLDER: &str = "voices/";

/// What opens a section's questions: `### entry#anchor`.
const HEAD: &str = "### ";

/// Gives the sections of `entries` the questions that the file at `path` holds for them.
pub(super) fn give(entries: &mut [Entry], path: &str, text: &str) -> Result<(), EntryError> {
    let mut place = None;
    for (number, line) in (1..).zip(text.lines()) {
        let refuse = |message: String| EntryError {
            path: path.to_owned(),
            line: number,
            message,
        };
        if let Some(name) = line.strip_prefix(HEAD) {
            place = Some(named(entries, name).ok_or_else(|| {
                refuse(format!(
                    "the library has no section `{name}`, as `entry#anchor`"
                ))
            })?);
        } else if !line.trim().is_empty() {
            let (entry, section) = place.ok_or_else(|| {
                refuse(format!(
                    "a section's name, `{HEAD}entry#anchor`, comes first"
                ))
            })?;
            let section: &mut Section = &mut entries[entry].sections[section];
            let asked = line.trim().to_owned();
            if section.asked().any(|known| *known == asked) {
                return Err(refuse(format!("the section lists `{asked}` already")));
            }
            section.voices.push(asked);
        }
    }
    Ok(())
}

/// Where the section `entry#anchor` stands.
fn named(entries: &[Entry], name: &str) -> Option<(usize, usize)> {
    let (id, anchor) = name.trim().split_once('#')?;
    let entry = entries.iter().position(|entry| entry.id == id)?;
    let mut sections = entries[entry].sections.iter();
    let section = sections.position(|section| section.anchor == anchor)?;
    Some((entry, section))
}
