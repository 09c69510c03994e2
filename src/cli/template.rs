//! `gtm-advisor template`: plan files to begin with.

use std::fmt::Write;
use std::process::ExitCode;

use super::output::{print, refuse};
use crate::plan::templates;

/// Prints a template, or lists them.
pub(super) fn run(name: Option<&str>) -> ExitCode {
    let name = name.filter(|name| *name != "list");
    let Some(name) = name else {
        print(list().trim_end());
        return ExitCode::SUCCESS;
    };
    match templates().iter().find(|template| template.name == name) {
        Some(template) => {
            print(template.text.trim_end());
            ExitCode::SUCCESS
        }
        None => refuse(format!(
            "There is no template `{name}`. There are:\n{}",
            list().trim_end()
        )),
    }
}

fn list() -> String {
    let mut list = String::new();
    let names = templates().iter().map(|template| template.name.len());
    let width = names.max().unwrap_or_default();
    for template in templates() {
        let _ = writeln!(list, "{:<width$}  {}", template.name, template.title());
    }
    list
}
