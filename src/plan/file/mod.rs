//! Plan files: the same plan as TOML, JSON, CSV, or a TOML block within a Markdown document.
//!
//! Values are spelled as people type them; whatever is wrong is said with its place, all of it at
//! once. Nothing in a file is passed over in silence.

mod cells;
mod csv;
mod extra;
mod json;
mod markdown;
mod meeting;
mod node;
#[cfg(test)]
mod properties;
mod record;
mod rows;
mod scenario;
mod sheet;
#[cfg(test)]
mod tests;
mod toml;
mod values;
mod write;

pub use write::write_file;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Plan, Segment};

/// The forms of a plan file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileFormat {
    /// TOML.
    Toml,
    /// JSON with the nesting of the TOML form.
    Json,
    /// A Markdown document with one fenced block of `toml`, which is read alone.
    Markdown,
    /// Comma-separated values, one row a value.
    Csv,
}

impl FileFormat {
    /// The form that a file's name promises by its ending.
    pub fn of_name(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "toml" => Some(Self::Toml),
            "json" => Some(Self::Json),
            "md" | "markdown" => Some(Self::Markdown),
            "csv" => Some(Self::Csv),
            _ => None,
        }
    }

    /// The form that people call by that word.
    pub fn called(word: &str) -> Option<Self> {
        let word = word.trim_start_matches('.');
        Self::of_name(&format!("plan.{word}"))
    }

    /// The form that a text without a name is in, by what it begins with.
    pub fn of_text(text: &str) -> Self {
        let text = text.trim_start_matches('\u{FEFF}').trim_start();
        let bare = text.trim_start_matches('`').trim_start();
        if text.contains("```toml") {
            Self::Markdown
        } else if bare.starts_with('{') || bare.starts_with("json\n") {
            Self::Json
        } else if bare.lines().next().is_some_and(csv::is_head) {
            Self::Csv
        } else {
            Self::Toml
        }
    }

    /// The form's name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Toml => "toml",
            Self::Json => "json",
            Self::Markdown => "markdown",
            Self::Csv => "csv",
        }
    }
}

/// One thing that is wrong in a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {message}")]
pub struct FileProblem {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// What is wrong.
    pub message: String,
}

/// Everything that is wrong in a file, in the order of the file; at least one problem.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", lines(.problems))]
pub struct FileError {
    /// The problems.
    pub problems: Vec<FileProblem>,
}

fn lines(problems: &[FileProblem]) -> String {
    let lines: Vec<String> = problems.iter().map(FileProblem::to_string).collect();
    lines.join("\n")
}

/// The largest file that is read, in bytes.
const LARGEST_FILE: usize = 1024 * 1024;

/// How many problems of one file are told.
const MOST_PROBLEMS: usize = 100;

/// A problem at a byte of the file, before its line is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Problem {
    at: usize,
    message: String,
    /// Whether words there only hold the place of an answer: the rest of the file stands.
    leaves_open: bool,
    /// A name that is no field, whose nearest is looked for only where the problem is told.
    unknown: Option<(String, Option<Segment>)>,
}

impl Problem {
    fn new(at: usize, message: impl Into<String>) -> Self {
        Self {
            at,
            message: message.into(),
            leaves_open: false,
            unknown: None,
        }
    }

    /// A name that is no field.
    fn unknown(at: usize, name: String, segment: Option<Segment>) -> Self {
        Self {
            unknown: Some((name, segment)),
            ..Self::new(at, "")
        }
    }

    /// Words that only hold the place of an answer.
    fn left_open(at: usize, message: impl Into<String>) -> Self {
        Self {
            leaves_open: true,
            ..Self::new(at, message)
        }
    }
}

/// A plan as people write one by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanFile {
    /// The plan.
    pub plan: Plan,
    /// Where words only hold the place of an answer, so that the field is open: to be told.
    pub left_open: Vec<FileProblem>,
}

/// Reads a plan file that answers what it names; `today` is what "next Monday" counts from. The
/// plan is at version 0 and has an id of no store.
pub fn read_file(text: &str, format: FileFormat, today: Date) -> Result<Plan, FileError> {
    let PlanFile { plan, left_open } = read_draft(text, format, today)?;
    if left_open.is_empty() {
        Ok(plan)
    } else {
        Err(FileError {
            problems: left_open,
        })
    }
}

/// The same for a file that people are still writing: a "tbd" leaves its field open, and is told.
pub fn read_draft(text: &str, format: FileFormat, today: Date) -> Result<PlanFile, FileError> {
    let told = |mut problems: Vec<Problem>| {
        problems.sort_by_key(|problem| problem.at);
        problems.truncate(MOST_PROBLEMS);
        let located = problems.into_iter().map(|problem| located(text, problem));
        located.collect()
    };
    match read(text, format, today) {
        Ok((plan, left_open)) => Ok(PlanFile {
            plan,
            left_open: told(left_open),
        }),
        Err(problems) => Err(FileError {
            problems: told(problems),
        }),
    }
}

/// The plan, with the problems that leave it whole.
type Read = (Plan, Vec<Problem>);

fn read(text: &str, format: FileFormat, today: Date) -> Result<Read, Vec<Problem>> {
    if text.len() > LARGEST_FILE {
        return Err(vec![Problem::new(0, "the file is larger than 1 MiB")]);
    }
    let bom = if text.starts_with('\u{FEFF}') {
        '\u{FEFF}'.len_utf8()
    } else {
        0
    };
    if text[bom..].trim().is_empty() {
        // Nothing says nothing, whatever form it was to have.
        let content = node::Content::Table(Vec::new());
        return sheet::read(node::Node { at: 0, content }, today);
    }
    let root = match format {
        FileFormat::Toml => toml::read(&text[bom..], bom)?,
        FileFormat::Json => json::read(&text[bom..], bom)?,
        FileFormat::Markdown => {
            let block = markdown::toml_block(text)?;
            toml::read(&text[block.clone()], block.start)?
        }
        FileFormat::Csv => csv::read(&text[bom..], bom)?,
    };
    sheet::read(root, today)
}

/// The problem with its line and column.
fn located(text: &str, problem: Problem) -> FileProblem {
    let mut at = problem.at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let before = &text[..at];
    let line_start = before.rfind('\n').map_or(0, |end| end + 1);
    let column = before[line_start..]
        .chars()
        .filter(|&sign| sign != '\u{FEFF}')
        .count();
    FileProblem {
        line: before.matches('\n').count() + 1,
        column: column + 1,
        message: match problem.unknown {
            Some((name, segment)) => sheet::unknown(&name, segment.as_ref()),
            None => problem.message,
        },
    }
}
