//! `gtm-advisor extract`: the process in which a file is opened. The server starts it.

use std::process::ExitCode;

use super::output::refuse;
use crate::extract;

/// Reads a file from standard input, prints its passages as JSON.
pub(super) fn run(name: &str) -> ExitCode {
    match extract::serve(name) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => refuse(format!("The file could not be taken in: {error}")),
    }
}
