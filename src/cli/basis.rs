//! What a check on the command line goes by: the plan in a file, a day, and the rules.

use std::path::PathBuf;

use jiff::civil::Date;

use super::{check, pages};
use crate::lint::RuleSet;
use crate::plan::Plan;

/// What a check goes by, as it is named.
#[derive(Debug, clap::Args)]
pub(super) struct Basis {
    /// The plan (.toml, .json, .md or .csv); `-` reads it from standard input
    file: PathBuf,
    /// The date that counts as today (default: this machine's)
    #[arg(long, value_name = "DATE", value_parser = super::date)]
    as_of: Option<Date>,
    /// Rules of your own too: a folder of pages, or a page
    #[arg(long, value_name = "FOLDER")]
    rules: Option<PathBuf>,
}

/// What a check goes by.
pub(super) struct Loaded {
    pub(super) plan: Plan,
    pub(super) rules: RuleSet,
    pub(super) today: Date,
}

impl Basis {
    /// Reads plan and rules, or says what cannot be read.
    pub(super) fn load(&self) -> Result<Loaded, String> {
        let today = self.as_of.unwrap_or_else(|| jiff::Zoned::now().date());
        Ok(Loaded {
            plan: check::read(&self.file, today)?,
            rules: pages::rules_with(self.rules.as_deref())?,
            today,
        })
    }
}
