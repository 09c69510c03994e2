//! Questions that the library has to decline, for the gates to know them by: `not-held.txt` holds
//! what belongs to going to market and no section answers, `elsewhere.txt` what does not belong to it.

use super::page::EntryError;

/// The folder below `knowledge/`.
pub(super) const FOLDER: &str = "declined/";

/// Why such a question is declined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Why {
    /// No section answers it.
    NotHeld,
    /// It is about something else than going to market.
    Elsewhere,
}

/// One such question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Declined {
    pub(super) why: Why,
    pub(super) asked: String,
}

/// Reads the file at `path`: a question a line; a line that begins with `#` names what follows.
pub(super) fn read(path: &str, text: &str) -> Result<Vec<Declined>, EntryError> {
    let why = match path.strip_prefix(FOLDER) {
        Some("not-held.txt") => Why::NotHeld,
        Some("elsewhere.txt") => Why::Elsewhere,
        _ => {
            return Err(EntryError {
                path: path.to_owned(),
                line: 1,
                message: format!("`{FOLDER}` has `not-held.txt` and `elsewhere.txt`, and no other"),
            });
        }
    };
    let lines = text.lines().map(str::trim);
    let asked = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    let declined = |line: &str| Declined {
        why,
        asked: line.to_owned(),
    };
    Ok(asked.map(declined).collect())
}
