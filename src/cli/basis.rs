//! What a check on the command line goes by: the plan in a file, a day, and the rules.

use std::path::{Path, PathBuf};

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
    #[command(flatten)]
    own: Own,
}

/// Rules of one's own, where a verb takes them.
#[derive(Debug, clap::Args)]
pub(super) struct Own {
    /// Rules of your own too: a folder of pages, or a page; may be given several times
    #[arg(long = "rules", value_name = "FOLDER")]
    pub(super) folders: Vec<PathBuf>,
}

impl Own {
    /// The built-in rules with these beside them.
    pub(super) fn load(&self) -> Result<RuleSet, String> {
        pages::rules_with(&self.folders)
    }

    /// How they are named behind a command, with a space before: ` --rules team`.
    pub(super) fn typed(&self) -> String {
        let folders = self.folders.iter();
        let typed = folders.map(|folder| format!(" --rules {}", typed(folder)));
        typed.collect()
    }
}

/// A path as a shell takes it.
pub(super) fn typed(path: &Path) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-+,:=@%".contains(c);
    let shown = path.display().to_string();
    if !shown.is_empty() && shown.chars().all(plain) {
        return shown;
    }
    format!("'{}'", shown.replace('\'', r"'\''"))
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
