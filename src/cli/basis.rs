//! What a check on the command line goes by: the plan in a file, a day, and the rules.

use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::check;
use super::pages::{Own, typed};
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
    #[command(flatten)]
    own: Own,
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
            rules: self.own.load()?,
            today,
        })
    }

    /// The rules of one's own.
    pub(super) fn own(&self) -> &Own {
        &self.own
    }

    /// The plan's file as it is typed; none for standard input, which is read once.
    pub(super) fn plan(&self) -> Option<String> {
        (self.file != Path::new("-")).then(|| typed(&self.file))
    }

    /// What stands behind another command on the same basis.
    pub(super) fn with(&self) -> String {
        let day = self.as_of;
        let day = day.map_or_else(String::new, |day| format!(" --as-of {day}"));
        self.own.typed() + &day
    }
}
