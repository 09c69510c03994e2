//! `gtm-advisor import`: what a plan file says, or what it would change in another.

use std::path::Path;
use std::process::ExitCode;

use super::Format;
use super::check::read;
use super::diff::told;
use super::output::{print, refuse};
use crate::plan::{FileFormat, additions, write_file};

/// Prints the plan of `file` as TOML, or what it would change in the plan of `into`.
pub(super) fn run(file: &Path, into: Option<&Path>, format: Format) -> ExitCode {
    let today = jiff::Zoned::now().date();
    let plans = read(file, today).and_then(|new| {
        let old = into.map(|into| read(into, today)).transpose()?;
        Ok((new, old))
    });
    match plans {
        Err(problem) => refuse(problem),
        Ok((new, Some(old))) => told(&additions(&old, &new), format),
        Ok((new, None)) => {
            print(write_file(&new, FileFormat::Toml).trim_end());
            ExitCode::SUCCESS
        }
    }
}
