//! Versions, variants and files: what carries a plan from one state to another.

use super::cursor::Cursor;
use super::place::segment;
use super::read::number;
use super::{Intent, ParseError};
use crate::plan::{FileFormat, Scenario, Segment, Version};

/// Something that carries a plan from one state to another.
#[derive(Debug, Clone)]
pub enum Carry {
    /// What differs between two versions; the second is the newest where it is left out.
    Diff(Version, Option<Version>),
    /// The sheet becomes what it was.
    Restore(Version),
    /// A segment gets another name.
    RenameSegment(Segment, Segment),
    /// A segment goes, with its answers.
    RemoveSegment(Segment),
    /// A variant is kept: its name, and the fields with their values as they were typed.
    Save(String, String),
    /// The variants.
    Scenarios,
    /// What a variant would change.
    Compare(String),
    /// A variant becomes the plan, as it was compared at that version.
    Adopt(String, Option<Version>),
    /// A variant goes.
    Drop(String),
    /// The plan as it is becomes a variant of that name.
    Fork(String),
    /// The plan as a file, and which part of it where it has several.
    Export(FileFormat, Option<usize>),
    /// A file becomes part of the plan, as it was pasted; empty where it is still to be.
    Import(String),
    /// The starter templates, or the one of that name for an empty plan.
    Template(Option<String>),
}

impl Carry {
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Diff(..) => "diff",
            Self::Restore(_) => "restore",
            Self::RenameSegment(..) => "segment rename",
            Self::RemoveSegment(_) => "segment remove",
            Self::Save(..) => "scenario save",
            Self::Scenarios => "scenario list",
            Self::Compare(_) => "scenario compare",
            Self::Adopt(..) => "scenario adopt",
            Self::Drop(_) => "scenario drop",
            Self::Fork(_) => "fork",
            Self::Export(..) => "export",
            Self::Import(_) => "import",
            Self::Template(_) => "template",
        }
    }

    pub(super) fn words(&self) -> String {
        match self {
            Self::Diff(one, two) => {
                let two = two.map_or_else(String::new, |two| format!(" {two}"));
                format!("{one}{two}")
            }
            Self::Restore(version) => version.to_string(),
            Self::RenameSegment(from, to) => format!("{from} to {to}"),
            Self::RemoveSegment(segment) => segment.to_string(),
            Self::Save(name, values) => format!("{name} {values}"),
            Self::Scenarios => String::new(),
            Self::Adopt(name, Some(version)) => format!("{name} at {version}"),
            Self::Compare(name) | Self::Adopt(name, None) | Self::Drop(name) | Self::Fork(name) => {
                name.clone()
            }
            Self::Export(format, None) => format.as_str().to_owned(),
            Self::Export(format, Some(part)) => format!("{} {part}", format.as_str()),
            Self::Import(text) => text.clone(),
            Self::Template(name) => name.clone().unwrap_or_default(),
        }
    }
}

fn version(cursor: &mut Cursor<'_>, command: &str) -> Result<Version, ParseError> {
    cursor.skip_any(&["version", "to", "and", "with", "from"]);
    let Some(word) = cursor.peek() else {
        let problem = format!("`{command}` needs a version number; `history` shows them");
        return Err(cursor.error(0, problem));
    };
    let folded = word.folded.clone();
    let version = Version(number(cursor, &folded, "a version number")?);
    cursor.skip(1);
    Ok(version)
}

pub(super) fn diff(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    let one = version(cursor, "diff")?;
    cursor.skip_any(&["now", "and"]);
    let two = if cursor.is_done() {
        None
    } else {
        Some(version(cursor, "diff")?)
    };
    cursor.finish("one or two version numbers")?;
    Ok(Intent::Carry(Carry::Diff(one, two)))
}

pub(super) fn restore(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    let version = version(cursor, "restore")?;
    cursor.finish("one version number")?;
    Ok(Intent::Carry(Carry::Restore(version)))
}

pub(super) fn rename_segment(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    let raw = cursor.raw_rest();
    let middle = [" to ", " -> ", " → "]
        .into_iter()
        .find_map(|sign| raw.split_once(sign));
    let middle = middle.or_else(|| raw.split_once(' '));
    let Some((from, to)) = middle else {
        return Err(cursor.error(0, "`segment rename` needs the old and the new name"));
    };
    let all = cursor.rest().len();
    let read = |words: &str| Segment::parse(words).map_err(|problem| cursor.error(all, problem));
    Ok(Intent::Carry(Carry::RenameSegment(read(from)?, read(to)?)))
}

pub(super) fn remove_segment(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    if cursor.is_done() {
        return Err(cursor.error(0, "`segment remove` needs a name"));
    }
    Ok(Intent::Carry(Carry::RemoveSegment(segment(cursor)?)))
}

fn name(cursor: &mut Cursor<'_>, command: &str) -> Result<String, ParseError> {
    let Some(word) = cursor.peek() else {
        let problem = format!("`{command}` needs the scenario's name; `scenario list` shows them");
        return Err(cursor.error(0, problem));
    };
    let name = Scenario::parse_name(&word.folded).map_err(|problem| cursor.error(1, problem))?;
    cursor.skip(1);
    Ok(name)
}

pub(super) fn save(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    let name = name(cursor, "scenario save")?;
    cursor.skip_any(&[":", "with", "="]);
    let values = cursor.raw_rest().to_owned();
    if values.is_empty() {
        return Err(cursor.error(0, "`scenario save` needs what differs, such as `scenario save cheaper price $29/mo; trial free_trial`"));
    }
    Ok(Intent::Carry(Carry::Save(name, values)))
}

pub(super) fn scenarios(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    cursor.finish("no further words")?;
    Ok(Intent::Carry(Carry::Scenarios))
}

pub(super) fn compare(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    let name = name(cursor, "scenario compare")?;
    cursor.finish("one name")?;
    Ok(Intent::Carry(Carry::Compare(name)))
}

pub(super) fn adopt(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    let name = name(cursor, "scenario adopt")?;
    let at = if cursor.skip_any(&["at"]) {
        Some(version(cursor, "scenario adopt")?)
    } else {
        None
    };
    cursor.finish("one name")?;
    Ok(Intent::Carry(Carry::Adopt(name, at)))
}

pub(super) fn fork(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    cursor.skip_any(&["as", "to"]);
    let name = name(cursor, "fork")?;
    cursor.finish("one name")?;
    Ok(Intent::Carry(Carry::Fork(name)))
}

pub(super) fn drop(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    let name = name(cursor, "scenario drop")?;
    cursor.finish("one name")?;
    Ok(Intent::Carry(Carry::Drop(name)))
}

pub(super) fn export(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    cursor.skip_all_politeness();
    cursor.skip_any(&["as", "to"]);
    let Some(word) = cursor.peek() else {
        return Ok(Intent::Carry(Carry::Export(FileFormat::Toml, None)));
    };
    let Some(format) = FileFormat::called(&word.folded) else {
        return Err(cursor.error(1, "`export` writes toml, json, markdown or csv"));
    };
    cursor.skip(1);
    cursor.skip_any(&["part"]);
    let part = match cursor.peek() {
        Some(word) => {
            let part = number(cursor, &word.folded, "the number of a part")?;
            Some(usize::try_from(part).unwrap_or(usize::MAX))
        }
        None => None,
    };
    cursor.skip(1);
    cursor.finish("one form and the number of a part")?;
    Ok(Intent::Carry(Carry::Export(format, part)))
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "it stands in the table of what reads a command"
)]
pub(super) fn import(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    Ok(Intent::Carry(Carry::Import(cursor.raw_rest().to_owned())))
}

pub(super) fn template(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    if cursor.skip_any(&["list"]) || cursor.is_done() {
        cursor.finish("a name, or nothing for the list")?;
        return Ok(Intent::Carry(Carry::Template(None)));
    }
    let all = cursor.rest().len();
    let name = crate::text::words(&cursor.joined(all)).join("-");
    cursor.skip(all);
    Ok(Intent::Carry(Carry::Template(Some(name))))
}
