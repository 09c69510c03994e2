//! A plan in the text that somebody pasted: what is around it is left out, and what a chat bends is made
//! straight.

use jiff::civil::Date;

use crate::plan::{self, FileError, FileFormat, FileProblem, Plan, PlanFile};

/// A plan as text, and the form that it is in.
pub(in crate::advisor) struct Text {
    /// The text, as it was read.
    pub(super) words: String,
    /// The form that it was read in.
    pub(super) format: FileFormat,
    /// Where it only holds the place of an answer.
    pub(super) left_open: Vec<FileProblem>,
}

impl Text {
    /// The text that a plan was read from, and the plan.
    pub(super) fn of(words: String, format: FileFormat, file: PlanFile) -> (Self, Plan) {
        let PlanFile { plan, left_open } = file;
        let text = Self {
            words,
            format,
            left_open,
        };
        (text, plan)
    }
}

/// The plan that a pasted text is, and the text as it was read.
pub(in crate::advisor) fn understood(text: &str, today: Date) -> Result<(Text, Plan), FileError> {
    let text = unfenced(text);
    let format = FileFormat::of_text(text);
    // Bent quotes within a value are the value's own: they are made straight only where the text
    // cannot be read as it is.
    if let Ok(file) = read(text, format, today) {
        return Ok(Text::of(text.to_owned(), format, file));
    }
    let words = straight(text);
    let format = FileFormat::of_text(&words);
    let file = read(&words, format, today)?;
    Ok(Text::of(words, format, file))
}

/// Reads a plan in a form.
pub(super) fn read(text: &str, format: FileFormat, today: Date) -> Result<PlanFile, FileError> {
    plan::read_draft(text, format, today)
}

/// What is between the first fence and the next, if there are any; a document with a fenced `toml`
/// stays whole, because its reader knows where the plan is.
fn unfenced(text: &str) -> &str {
    const FENCE: &str = "```";
    let text = text.trim();
    let Some((before, inner)) = text.split_once(FENCE) else {
        return text.trim_matches('`');
    };
    if !before.trim().is_empty() && inner.starts_with("toml") {
        return text;
    }
    let inner = inner.split(FENCE).next().unwrap_or(inner);
    let form = inner.split(|c: char| !c.is_ascii_alphabetic()).next();
    let is_named = |form: &&str| FileFormat::called(form).is_some();
    let rest = form
        .filter(is_named)
        .and_then(|form| inner.strip_prefix(form))
        .filter(|rest| rest.starts_with(['\n', '\r', ' ']));
    rest.unwrap_or(inner).trim()
}

/// The text with the quotes that people's keyboards and chats bend made straight.
fn straight(text: &str) -> String {
    text.replace(['\u{201C}', '\u{201D}', '\u{201E}'], "\"")
}
