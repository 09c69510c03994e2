//! What a turn must look at, read from what was said alone.

use super::{DeskNeeds, Inbound, Picked, Said, Shortcut, form};
use crate::ident::ProposalId;
use crate::intent::{
    self, Agree, Carry, Desk, DigestRequest, Intent, OwnRules, Personal, PersonalRequest, Reach,
    Reads, ReplyKind,
};
use crate::report::MOST_KEPT;

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
    /// How the channel's digest stands.
    pub digest: bool,
    /// The person's time zone.
    pub zone: bool,
    /// Whether everybody of the workspace reads the channel.
    pub for_all: bool,
    /// What goes to whoever acts by a schedule: how that stands takes the place of the channel's digest.
    pub personal: Option<Personal>,
    /// The plans of all channels that they are in.
    pub plans: bool,
    /// All changes that led to the plan.
    pub history: bool,
    /// What lies beside the plan.
    pub desk: DeskNeeds,
    /// How many of the newest shared checks to look at, and what changed since.
    pub snapshots: usize,
    /// Whether the bot may hear what is said in channels.
    pub hearing: bool,
    /// The messages that values came from.
    pub marked: bool,
    /// What came from the message that was edited or deleted.
    pub source: bool,
    /// The workspace's settings.
    pub workspace: bool,
    /// The texts of the workspace's own rules.
    pub pages: bool,
    /// A proposal.
    pub proposal: Option<ProposalId>,
    /// The thread that it was said in.
    pub thread: bool,
}

/// What the turn of `inbound` must look at.
pub fn needs(inbound: &Inbound) -> Needs {
    let Some(words) = inbound.said.words() else {
        return unasked(inbound);
    };
    if words.trim().is_empty() {
        return Needs {
            marked: true,
            workspace: true,
            thread: matches!(inbound.said, Said::Mention { .. }),
            digest: true,
            snapshots: 1,
            ..reads_plan()
        };
    }
    match intent::parse(words) {
        Ok(intent) if inbound.said.is_in_the_open() && intent.is_for_one() => reads_plan(),
        Ok(Intent::Desk(desk)) => needs_of_desk(&desk, inbound),
        Ok(Intent::Ask(it)) if may_be_told(inbound, &it) => Needs {
            desk: beside(&Intent::Ask(it.clone()), inbound),
            thread: matches!(inbound.said, Said::Mention { .. }),
            workspace: true,
            ..may_answer()
        },
        Ok(intent) => Needs {
            thread: is_of_thread(inbound, &intent),
            desk: beside(&intent, inbound),
            ..asked(&intent)
        },
        // Words that are no command may be statements.
        Err(_) if inbound.said.is_conversation() => may_answer(),
        Err(_) => Needs::default(),
    }
}

/// Whether the thread is read: at somebody's wish, and around a question to the bot.
fn is_of_thread(inbound: &Inbound, intent: &Intent) -> bool {
    let is_question = matches!(intent, Intent::Ask(_));
    intent.entry().reads == Reads::Thread
        || (is_question && matches!(inbound.said, Said::Mention { .. }))
}

/// What a question or an import looks at beside the plan.
fn beside(intent: &Intent, inbound: &Inbound) -> DeskNeeds {
    let asks = match intent {
        Intent::Ask(_) => true,
        Intent::Share(inner) => matches!(**inner, Intent::Ask(_)),
        _ => false,
    };
    let imports = matches!(
        intent,
        Intent::Carry(Carry::Import(_)) | Intent::OwnRules(OwnRules::Add { .. })
    );
    DeskNeeds {
        texts: imports && !inbound.files.is_empty(),
        shelf: asks,
        subject: asks && inbound.place.thread.is_some(),
        ..DeskNeeds::default()
    }
}

/// What a command about documents or answers looks at. None of them touches the plan.
fn needs_of_desk(desk: &Desk, inbound: &Inbound) -> Needs {
    let needs = match desk {
        Desk::Learn { .. } => DeskNeeds {
            documents: true,
            files: !inbound.files.is_empty(),
            ..DeskNeeds::default()
        },
        Desk::Documents | Desk::Remove(_) => DeskNeeds {
            documents: true,
            ..DeskNeeds::default()
        },
        Desk::Feedback => DeskNeeds {
            feedback: true,
            ..DeskNeeds::default()
        },
        Desk::Rate(..) | Desk::SendOn(..) => DeskNeeds::default(),
    };
    Needs {
        role: !matches!(desk, Desk::Rate(..) | Desk::SendOn(..)),
        desk: needs,
        ..Needs::default()
    }
}

/// Whether words that begin like a question may answer one of the interview's.
fn may_be_told(inbound: &Inbound, words: &str) -> bool {
    inbound.said.is_conversation() && !words.trim_end().ends_with('?')
}

/// Words that may answer a question of the interview change the plan.
fn may_answer() -> Needs {
    Needs {
        role: true,
        changes: true,
        workspace: true,
        ..reads_plan()
    }
}

fn reads_plan() -> Needs {
    Needs {
        plan: true,
        ..Needs::default()
    }
}

/// What a turn looks at for which nobody gave a command.
fn unasked(inbound: &Inbound) -> Needs {
    match &inbound.said {
        Said::Overheard { .. } if inbound.place.thread.is_some() => may_answer(),
        Said::DigestDue { .. } => Needs {
            digest: true,
            snapshots: MOST_KEPT,
            ..reads_plan()
        },
        Said::PersonalDue { about, .. } => Needs {
            digest: true,
            personal: Some(*about),
            plans: true,
            ..Needs::default()
        },
        Said::FollowUp { .. } => Needs {
            history: true,
            ..reads_plan()
        },
        Said::Edited { .. } | Said::Deleted { .. } => Needs {
            source: true,
            ..reads_plan()
        },
        Said::Picked(Picked {
            shortcut: Shortcut::Learn,
            ..
        }) => Needs::default(),
        Said::Filled(filled) => form::needs(filled),
        Said::Picked(_) => Needs {
            workspace: true,
            ..reads_plan()
        },
        Said::Overheard { .. } | Said::ReadByModel(_) => reads_plan(),
        _ => Needs::default(),
    }
}

/// A check, shown to whomever.
fn is_check(intent: &Intent) -> bool {
    match intent {
        Intent::Check => true,
        Intent::Share(inner) => is_check(inner),
        _ => false,
    }
}

/// What the turn of a command looks at.
pub(super) fn asked(intent: &Intent) -> Needs {
    let entry = intent.entry();
    let changes = entry.reply == ReplyKind::Change;
    let history = entry.reads == Reads::History;
    if let Some(needs) = of_workspace(intent) {
        return needs;
    }
    match intent {
        Intent::Personal(about, request) => Needs {
            digest: true,
            zone: true,
            personal: Some(*about),
            // What is overdue today is no news tomorrow.
            plans: *request != PersonalRequest::Status,
            ..Needs::default()
        },
        Intent::Mode(_) | Intent::ModeStatus => Needs {
            role: changes,
            hearing: true,
            ..reads_plan()
        },
        Intent::Hush { .. } | Intent::Unhush { .. } => Needs {
            role: true,
            ..reads_plan()
        },
        Intent::Digest(_) | Intent::DigestStatus | Intent::DigestPreview | Intent::DigestAll => {
            Needs {
                role: changes,
                digest: true,
                zone: true,
                for_all: begins_digest(intent),
                snapshots: MOST_KEPT,
                ..reads_plan()
            }
        }
        _ if changes => Needs {
            role: true,
            changes,
            history,
            proposal: intent.proposal().cloned(),
            ..reads_plan()
        },
        _ if entry.reads != Reads::Nothing => Needs {
            marked: shows_values(intent),
            // A model may word what was asked, if the workspace wants that.
            workspace: matches!(intent, Intent::Ask(_) | Intent::Share(_) | Intent::Read),
            snapshots: usize::from(is_check(intent)),
            digest: is_check(intent),
            history,
            ..reads_plan()
        },
        _ => Needs::default(),
    }
}

/// What the turn of a command looks at that is about the whole workspace.
fn of_workspace(intent: &Intent) -> Option<Needs> {
    let needs = match intent {
        Intent::Agree(Agree::Threshold(own)) if own.reach != Reach::Channel => settings_and_plan(),
        Intent::OwnRules(it) if it.changes() => Needs {
            pages: true,
            ..settings_and_plan()
        },
        // Which rules there are, the workspace's own among them.
        Intent::OwnRules(_) | Intent::Rules(_) => Needs {
            workspace: true,
            ..Needs::default()
        },
        Intent::Settings(_) => Needs {
            role: true,
            workspace: true,
            ..Needs::default()
        },
        _ => return None,
    };
    Some(needs)
}

/// What holds for the workspace, and what becomes of the plan here.
fn settings_and_plan() -> Needs {
    Needs {
        role: true,
        workspace: true,
        ..reads_plan()
    }
}

/// Whether a digest may begin that was none.
fn begins_digest(intent: &Intent) -> bool {
    let begins = |it: &DigestRequest| matches!(it, DigestRequest::On | DigestRequest::When(_));
    matches!(intent, Intent::Digest(request) if begins(request))
}

/// Whether the answer shows values of the plan with where they came from.
fn shows_values(intent: &Intent) -> bool {
    match intent {
        Intent::Plan { .. } | Intent::History(_) | Intent::Check => true,
        Intent::Share(inner) => shows_values(inner),
        _ => false,
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
            Self::Picked(_)
            | Self::Filled(_)
            | Self::ReadByModel(_)
            | Self::Invited
            | Self::DigestDue { .. }
            | Self::PersonalDue { .. }
            | Self::FollowUp { .. }
            | Self::Overheard { .. }
            | Self::Edited { .. }
            | Self::Deleted { .. } => None,
        }
    }

    /// Whether its answer is read by everybody who is there.
    pub fn is_in_the_open(&self) -> bool {
        matches!(self, Self::Mention { .. })
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
            zone,
            for_all,
            personal,
            plans,
            history,
            desk,
            snapshots,
            hearing,
            marked,
            source,
            workspace,
            pages,
            proposal,
            thread,
        } = needs(&said(command(words)));
        let named = [
            (plan, "plan"),
            (role, "role"),
            (changes, "changes"),
            (digest, "digest"),
            (zone, "zone"),
            (for_all, "for_all"),
            (personal.is_some(), "personal"),
            (plans, "plans"),
            (history, "history"),
            (desk.documents, "documents"),
            (desk.shelf, "shelf"),
            (desk.feedback, "feedback"),
            (snapshots > 0, "snapshots"),
            (hearing, "hearing"),
            (marked, "marked"),
            (source, "source"),
            (workspace, "workspace"),
            (pages, "pages"),
            (proposal.is_some(), "proposal"),
            (thread, "thread"),
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
        check("check", "plan digest snapshots marked");
        check("share check", "plan digest snapshots marked workspace");
        check("settings model on", "role workspace");
        check("thresholds", "plan");
        check("threshold a-rule.least default", "plan role changes");
        check(
            "threshold workspace a-rule.least default",
            "plan role workspace",
        );
        check("", "plan digest snapshots marked workspace");
        check("rules", "workspace");
        check("rules list", "workspace");
        check("rules add fit/ours", "plan role workspace pages");
        check("rules use 3f2a", "plan role workspace pages");
        check("explain icp-missing", "plan");
        check("compare 1 2", "plan history");
        check("compare usage | seat", "plan");
        check("digest on", "plan role digest zone for_all snapshots");
        check("digest status", "plan digest zone snapshots");
        check("digest all", "plan digest zone snapshots");
        check("rollup on", "digest zone personal plans");
        check("nudge", "digest zone personal");
        check("ask is $49 enough?", "plan shelf workspace");
        check("share ask is $49 enough?", "plan shelf workspace");
        check("learn We sell to banks.", "role documents");
        check("documents", "role documents");
        check("feedback", "role feedback");
        check("feedback useful 3f2a91c0b7d4 motion-fit x", "");
        check("mode follow", "plan role hearing");
        check("mode", "plan hearing");
        check("hush price", "plan role");
        check("nonsense", "");
        check("set prise $49/mo", "");
    }

    #[test]
    fn an_invitation_needs_nothing() {
        assert_eq!(needs(&said(Said::Invited)), Needs::default());
    }
}
