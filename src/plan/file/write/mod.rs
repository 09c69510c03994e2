//! Writing a plan file: the same in every form, so that what is written reads back as the same plan.
//!
//! An approval is no part of a file: it belongs to the sheet in the store, not to its copies.

mod json;
mod markdown;
mod outline;
mod toml;

use super::{FileFormat, csv};
use crate::plan::Plan;

pub(super) use json::text as json_text;
pub(super) use outline::{Out, baseline, decision, scenario, threshold, trigger, waiver};

/// Writes a plan as a file of that form.
pub fn write_file(plan: &Plan, format: FileFormat) -> String {
    match format {
        FileFormat::Toml => toml::write(&outline::Outline::of(plan)),
        FileFormat::Json => json::write(&outline::Outline::of(plan)),
        FileFormat::Markdown => markdown::write(plan),
        FileFormat::Csv => csv::write(plan),
    }
}
