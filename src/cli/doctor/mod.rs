//! `gtm-advisor doctor`: what is in order, what is not, and what to do about it.
//!
//! [`gather`] looks at the machine and at Slack, [`examine`] judges what was found; the second is
//! pure, so every line that it can say is tested.

mod ask;
mod examine;
mod gather;
mod scopes;
mod server;

use std::fmt;
use std::process::ExitCode;

use async_trait::async_trait;
use jiff::Timestamp;

use super::output::{UNREADABLE, print, refuse};
use crate::config::{self, ConfigError};
use crate::ident::{Installation, Person};
use crate::semantic::Standing;

use examine::examine;
use gather::gather;
use scopes::{needed_scopes, optional_scopes};
pub(super) use server::SelfReport;

/// What was found out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Facts {
    /// What would run.
    pub mode: ModeFacts,
    /// The folder that holds all state.
    pub folder: FolderFacts,
    /// What the running server says of itself.
    pub server: ServerFacts,
    /// Whether stored text is sealed.
    pub sealing: Sealing,
    /// The language model that may be asked, and where.
    pub model: Option<String>,
    /// The model of meaning that helps to look up, or why it cannot be used.
    pub meaning: Option<Result<Standing, String>>,
    /// The rules of one's own, or why they cannot be used.
    pub rules: Option<Result<OwnRules, String>>,
    /// The installations that may use the bot; empty means any.
    pub allowed_teams: Vec<Installation>,
    /// What the configuration warns of.
    pub warnings: Vec<String>,
}

/// Rules of one's own, from the folder that a setting names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct OwnRules {
    /// How many.
    pub pages: usize,
    /// What their examples promise and they do not keep, each with its place.
    pub broken: Vec<String>,
}

/// Whether stored text is sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sealing {
    /// With a key.
    On,
    /// There is no key.
    Off,
}

/// What the running server says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ServerFacts {
    /// None runs on this folder.
    None,
    /// Its own lines.
    Says(Vec<String>),
    /// One runs, and it does not answer; why.
    Silent(String),
}

/// What would run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ModeFacts {
    /// The playground, at that address.
    Playground(String),
    /// The bot of a workspace, and what Slack says of its token.
    Workspace(Result<SlackFacts, SlackSilence>),
}

/// The folder that holds all state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FolderFacts {
    /// Its path.
    pub path: String,
    /// Whether it exists already.
    pub exists: bool,
    /// Why a file cannot be written in it (or, before the first start, next to it).
    pub unwritable: Option<String>,
    /// Bytes that are free there.
    pub free_bytes: Option<u64>,
}

/// What Slack says of the bot's token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SlackFacts {
    /// The installation that the token belongs to.
    pub installation: Installation,
    /// The bot's own user.
    pub bot: Person,
    /// The scopes that were granted.
    pub scopes: Vec<String>,
    /// What Slack's clock said, where it said so.
    pub their_time: Option<Timestamp>,
    /// What this machine's clock said at that moment.
    pub our_time: Timestamp,
}

/// Why Slack says nothing of the bot's token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum SlackSilence {
    /// No answer; why.
    Unreachable(String),
    /// An answer, and it was no: Slack's own word for why.
    Refused(String),
}

/// Asks Slack about the bot's token; the composition root brings the client.
#[async_trait]
pub(super) trait TokenCheck: Send + Sync {
    /// One call of `auth.test`; `our_time` is when the answer came.
    async fn check(&self) -> Result<SlackFacts, SlackSilence>;
}

/// How serious a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Verdict {
    /// In order.
    Ok,
    /// It works, though not as well as it could.
    Warn,
    /// It does not work.
    Fail,
}

/// One line of the examination.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Finding {
    /// How serious it is.
    pub verdict: Verdict,
    /// What was looked at.
    pub subject: &'static str,
    /// What was found.
    pub text: String,
    /// What to do, where there is something to do.
    pub remedy: Option<String>,
}

/// The exit status when something fails.
const UNWELL: u8 = 1;

/// Examines what the environment describes, and prints it: exit status 0 when nothing fails, 1 when
/// something does, 2 when the settings cannot be used.
pub(super) fn run() -> ExitCode {
    let config = match config::load() {
        Ok(config) => config,
        Err(error) => {
            show(&broken_config(&error));
            return ExitCode::from(UNREADABLE);
        }
    };
    let runtime = match tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => return refuse(format_args!("no runtime: {error}")),
    };
    let findings = examine(&runtime.block_on(gather(&config, ask::Asking::with)));
    show(&findings);
    if is_well(&findings) {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(UNWELL)
    }
}

fn show(findings: &[Finding]) {
    for finding in findings {
        print(finding);
    }
}

/// The findings of a configuration that cannot be used.
pub(super) fn broken_config(error: &ConfigError) -> Vec<Finding> {
    let finding = |problem: &crate::config::Problem| Finding {
        verdict: Verdict::Fail,
        subject: "settings",
        text: problem.to_string(),
        remedy: None,
    };
    error.problems.iter().map(finding).collect()
}

/// Whether nothing fails; decides the exit status.
pub(super) fn is_well(findings: &[Finding]) -> bool {
    findings
        .iter()
        .all(|finding| finding.verdict < Verdict::Fail)
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verdict = match self.verdict {
            Verdict::Ok => "ok",
            Verdict::Warn => "warn",
            Verdict::Fail => "FAIL",
        };
        write!(f, "{verdict:<4}  {:<8}  {}", self.subject, self.text)?;
        match &self.remedy {
            Some(remedy) => write!(f, "\n                → {remedy}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests;
