//! All that a turn may look at, loaded before it runs.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    Attention, Desk, ModelAbout, PageText, Proposal, Source, Transcript, UnusedPage, Workspace,
};
use crate::digest::Standing;
use crate::ident::{Channel, Installation, MessageTs, Person, PlanId, ProposalId};
use crate::lint::{RuleSet, Thresholds};
use crate::plan::{Change, Plan};
use crate::report::Snapshot;

/// Who acts, as far as it decides what they may do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The person.
    pub person: Person,
    /// What they are in this workspace.
    pub role: Role,
}

/// What a person is in the workspace; somebody unknown counts as a guest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// An admin or owner of the workspace.
    Admin,
    /// A full member.
    Member,
    /// A guest.
    Guest,
    /// A person of another organisation in a shared channel.
    External,
}

/// A plan as the store holds it: the sheet, and the end of its history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanRecord {
    /// The sheet.
    pub plan: Plan,
    /// The newest changes, oldest first (at most [`PlanRecord::TAIL`]).
    pub tail: Vec<Change>,
}

impl PlanRecord {
    /// How many changes of the history's end a turn sees.
    pub const TAIL: usize = 50;
}

/// A plan that somebody may see, because they are in its channel now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenPlan {
    /// The channel.
    pub channel: Channel,
    /// Its name, without a sign before it; empty where it has none.
    pub name: String,
    /// The plan.
    pub record: PlanRecord,
    /// What its newest shared checks found, oldest first.
    pub snapshots: Vec<Snapshot>,
}

/// Who reads a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Readers {
    /// Those who joined it; or nobody asked.
    #[default]
    Some,
    /// Everybody of the workspace.
    Everybody,
    /// Nobody could say.
    Unknown,
}

/// Whether the bot may hear what is said in channels.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Hearing {
    /// It may.
    Granted,
    /// It may not, or not everywhere: the permissions that are missing, by the platform's own names.
    Lacks {
        /// For public channels.
        public: Option<String>,
        /// For private channels.
        private: Option<String>,
    },
    /// Nobody could say, or nobody asked.
    #[default]
    Unknown,
}

/// A thread that was read for a turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThreadRead {
    /// What was read.
    pub transcript: Transcript,
    /// The message behind which reading went on, where the thread had been read up to it.
    pub after: Option<MessageTs>,
    /// The proposals that were read out of the thread before, oldest first.
    pub proposals: Vec<Proposal>,
}

/// A thread that values came from, read again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reread {
    /// Its first message.
    pub root: MessageTs,
    /// What it says now, as far as it could be read.
    pub transcript: Transcript,
}

impl ThreadRead {
    /// The proposal that stands for the thread.
    pub fn last(&self) -> Option<&Proposal> {
        let all = self.proposals.iter().rev();
        // What a model found stands beside that.
        all.into_iter()
            .find(|it| it.superseded_by.is_none() && !it.is_of_model())
    }
}

/// All that a turn may look at.
#[derive(Debug, Clone)]
pub struct Situation<'a> {
    /// The installation.
    pub installation: Installation,
    /// Who acts.
    pub actor: Actor,
    /// The channel's current plan; `None` before its first change.
    pub plan: Option<PlanRecord>,
    /// All changes that led to the plan, oldest first; empty where they were not asked for.
    pub history: Vec<Change>,
    /// What the newest shared checks found, oldest first; empty where they were not asked for.
    pub snapshots: Vec<Snapshot>,
    /// The changes since the oldest check that movement is told from, and some before them, oldest
    /// first; empty where none came since, and where there are too many to go back over.
    pub lately: Vec<Change>,
    /// The id that a plan gets if this turn makes the first change.
    pub fresh_plan: PlanId,
    /// How the channel's digest stands; `None` if nobody has ever set it, or it was not asked for.
    pub digest: Option<Standing>,
    /// The plans of the channels that whoever acts is in, where they were asked for and that could be
    /// looked up.
    pub plans: Option<Vec<SeenPlan>>,
    /// The thread that the bot was called into, where it was asked for.
    pub thread: Option<ThreadRead>,
    /// How the channel is attended to; the usual way where nobody has chosen.
    pub attention: Attention,
    /// Whether the bot may hear what is said in channels, where it was asked for.
    pub hearing: Hearing,
    /// The proposal that the turn is about, where it was asked for and is kept.
    pub proposal: Option<Proposal>,
    /// What came from the message that was edited or deleted, where that was asked for.
    pub source: Option<Source>,
    /// The proposals that quote that message.
    pub quoting: Vec<Proposal>,
    /// The messages that values of the channel's plans came from, where they were asked for.
    pub marked: Vec<Source>,
    /// One of their threads, read again.
    pub reread: Option<Reread>,
    /// The id that a proposal gets if this turn makes one.
    pub fresh_proposal: ProposalId,
    /// The name of the actor's time zone, where it was asked for and is known.
    pub zone: Option<String>,
    /// Who reads the channel, where that was asked for.
    pub readers: Readers,
    /// The workspace's settings, where they were asked for; its thresholds, where a plan was.
    pub workspace: Workspace,
    /// The language model that this bot could ask, whether or not the workspace has it switched on.
    pub model: Option<&'a ModelAbout>,
    /// What lies beside the plan, as far as it was asked for.
    pub desk: Desk,
    /// The rules in force.
    pub rules: &'a RuleSet,
    /// The same without the workspace's own.
    pub base: &'a RuleSet,
    /// The pages of the workspace's own that cannot be used.
    pub unused: &'a [UnusedPage],
    /// The texts of the workspace's pages, where they were asked for.
    pub pages: Vec<PageText>,
    /// The workspace's thresholds; the plan's own go before them.
    pub thresholds: Thresholds,
    /// The command's name in this installation, with its slash.
    pub command: &'a str,
    /// The instant that the turn treats as now.
    pub now: Timestamp,
}
