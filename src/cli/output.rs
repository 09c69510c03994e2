//! Writing to the terminal: results to standard output, what went wrong to standard error.

use std::fmt::Display;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

/// The exit status of an input that cannot be read, and of wrong usage.
pub(super) const UNREADABLE: u8 = 2;

/// Prints a result. A reader that has gone away (`| head`) is no failure.
pub(super) fn print(text: impl Display) {
    let _ = writeln!(io::stdout().lock(), "{text}");
}

/// Says something beside the result.
pub(super) fn note(text: impl Display) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Says what went wrong, and returns the exit status for it.
pub(super) fn refuse(problem: impl Display) -> ExitCode {
    let _ = writeln!(io::stderr().lock(), "{problem}");
    ExitCode::from(UNREADABLE)
}

/// Why a file or folder that somebody named can't be read, in the same words for every verb.
pub(super) fn unopened(path: &Path, error: &io::Error) -> String {
    let name = path.display();
    match error.kind() {
        io::ErrorKind::NotFound => format!("{name}: no such file or folder"),
        io::ErrorKind::PermissionDenied => {
            format!("{name}: this user may not read it; `ls -l` says who may")
        }
        _ => format!("{name}: cannot be read: {error}"),
    }
}
