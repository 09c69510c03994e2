//! `until …`: the day up to which something is to hold.

use jiff::civil::Date;

use super::act::said;
use super::case::Case;
use crate::plan;
use crate::render::Document;

/// The day that the words name, which has to be still to come; else that `undone`, and why.
pub(super) fn day(case: &Case<'_>, words: &str, undone: &str) -> Result<Date, Document> {
    let read = plan::parse_date(words, case.today());
    let date = read.map_err(|error| {
        let headline = format!("I can't read that date, so {undone}.");
        said(&headline, &error.to_string())
    })?;
    if date < case.today() {
        let headline = format!("{date} is over, so {undone}.");
        let more = "Name a day to come, or leave the date out.";
        return Err(said(&headline, more));
    }
    Ok(date)
}
