//! What a turn must look at, read from what was said alone.

use super::{Inbound, Said};
use crate::ident::ProposalId;
use crate::intent::{self, Entry, Reads, ReplyKind};

/// What must be gathered before a turn is decided.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one thing to look at, in any combination"
)]
pub struct Needs {
    /// The channel's current plan, with the end of its history.
    pub plan: bool,
    /// What the person is in the workspace; where it is not needed nobody is looked up.
    pub role: bool,
    /// The right to change the plan: the turn may end in changes.
    pub changes: bool,
    /// How the channel's digest stands, and the person's time zone.
    pub digest: bool,
    /// All changes that led to the plan.
    pub history: bool,
    /// The workspace's settings.
    pub workspace: bool,
    /// A proposal.
    pub proposal: Option<ProposalId>,
    /// Whether the bot may hear what is said in channels.
    pub hearing: bool,
}

/// What the turn of `inbound` must look at.
pub fn needs(inbound: &Inbound) -> Needs {
    if matches!(inbound.said, Said::DigestDue { .. }) {
        return Needs {
            plan: true,
            digest: true,
            ..Needs::default()
        };
    }
    let Some(words) = inbound.said.words() else {
        return Needs::default();
    };
    let reads_plan = Needs {
        plan: true,
        ..Needs::default()
    };
    if words.trim().is_empty() {
        return reads_plan;
    }
    let intent = intent::parse(words);
    let proposal = intent
        .as_ref()
        .ok()
        .and_then(|intent| intent.proposal().cloned());
    match intent.map(|intent| intent.entry()) {
        Ok(entry) => of_command(entry, proposal),
        // Words that are no command may be statements.
        Err(_) if inbound.said.is_conversation() => reads_plan,
        Err(_) => Needs::default(),
    }
}

/// What the turn of a command must look at.
fn of_command(entry: &Entry, proposal: Option<ProposalId>) -> Needs {
    let plan = Needs {
        plan: true,
        history: entry.reads == Reads::History,
        ..Needs::default()
    };
    let changes = entry.reply == ReplyKind::Change;
    match entry.name {
        "settings" => Needs {
            role: true,
            workspace: true,
            ..Needs::default()
        },
        name if name.starts_with("mode") => Needs {
            role: changes,
            hearing: true,
            ..Needs::default()
        },
        name if name.starts_with("digest") => Needs {
            role: changes,
            digest: true,
            ..plan
        },
        _ if changes => Needs {
            role: true,
            changes,
            proposal,
            ..plan
        },
        name if entry.reads != Reads::Nothing => Needs {
            // A model may word what was asked, if the workspace wants that.
            workspace: matches!(name, "ask" | "share"),
            ..plan
        },
        _ => Needs::default(),
    }
}

impl Said {
    /// The command that was given, whatever the door; `None` where nobody said anything.
    pub fn words(&self) -> Option<&str> {
        match self {
            Self::Command { words }
            | Self::Mention { words, .. }
            | Self::Direct { words, .. }
            | Self::Click { words, .. } => Some(words),
            Self::Invited
            | Self::DigestDue { .. }
            | Self::Overheard { .. }
            | Self::Edited { .. }
            | Self::Deleted { .. } => None,
        }
    }

    /// Whether people hear it, too: what is said there may hold statements beside commands.
    pub fn is_conversation(&self) -> bool {
        matches!(self, Self::Mention { .. } | Self::Direct { .. })
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{command, said};
    use super::*;

    fn check(words: &str, expected: &str) {
        let Needs {
            plan,
            role,
            changes,
            digest,
            history,
            proposal,
            hearing,
            workspace,
        } = needs(&said(command(words)));
        let named = [
            (plan, "plan"),
            (role, "role"),
            (changes, "changes"),
            (digest, "digest"),
            (history, "history"),
            (workspace, "workspace"),
            (proposal.is_some(), "proposal"),
            (hearing, "hearing"),
        ];
        let found: Vec<_> = named
            .iter()
            .filter(|(is, _)| *is)
            .map(|(_, name)| *name)
            .collect();
        assert_eq!(found.join(" "), expected, "{words:?}");
    }

    #[test]
    fn only_what_is_needed_is_gathered() {
        check("set price $49/mo", "plan role changes");
        check("undo 3", "plan role changes");
        check("segment add smb", "plan role changes");
        check("restore 3", "plan role changes history");
        check("diff 1 2", "plan history");
        check("accept 3f2a91c0b7d4 1", "plan role changes proposal");
        check("undo 3-6 card 3f2a91c0b7d4", "plan role changes proposal");
        check("check", "plan");
        check("share check", "plan workspace");
        check("ask what is missing", "plan workspace");
        check("settings model on", "role workspace");
        check("", "plan");
        check("rules", "");
        check("explain icp-missing", "plan");
        check("compare 1 2", "plan history");
        check("compare usage | seat", "plan");
        check("digest on", "plan role digest");
        check("digest status", "plan digest");
        check("mode follow", "role hearing");
        check("mode", "hearing");
        check("nonsense", "");
        check("set prise $49/mo", "");
    }

    #[test]
    fn an_invitation_needs_nothing() {
        assert_eq!(needs(&said(Said::Invited)), Needs::default());
    }
}
