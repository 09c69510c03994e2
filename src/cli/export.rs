//! `gtm-advisor export`: a plan file in another form.

use std::path::Path;
use std::process::ExitCode;

use jiff::civil::Date;

use super::FileForm;
use super::check::read;
use super::output::{print, refuse};
use crate::plan::{FileFormat, write_file};

/// Prints the plan in `file` in that form.
pub(super) fn run(file: &Path, form: FileForm, as_of: Option<Date>) -> ExitCode {
    let today = as_of.unwrap_or_else(|| jiff::Zoned::now().date());
    let form = match form {
        FileForm::Toml => FileFormat::Toml,
        FileForm::Json => FileFormat::Json,
        FileForm::Csv => FileFormat::Csv,
        FileForm::Markdown => FileFormat::Markdown,
    };
    match read(file, today) {
        Ok(plan) => {
            print(write_file(&plan, form).trim_end());
            ExitCode::SUCCESS
        }
        Err(problem) => refuse(problem),
    }
}
