//! `gtm-advisor map`: a plan file's segments on the deals × ACV map.

use std::path::Path;
use std::process::ExitCode;

use super::output::{print, refuse};
use crate::map::{self, Map};
use crate::render;

/// Prints the map of the plan in `file`.
pub(super) fn run(file: &Path) -> ExitCode {
    let today = jiff::Zoned::now().date();
    let plan = match super::check::read(file, today) {
        Ok(plan) => plan,
        Err(problem) => return refuse(problem),
    };
    let document = map::document(&Map::new(&plan), |words| format!("in Slack, /gtm {words}"));
    print(render::text(&document, &|person| {
        person.as_str().to_owned()
    }));
    ExitCode::SUCCESS
}
