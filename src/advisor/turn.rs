//! What a turn decides: changes of the plan, and what to say to whom.

use super::{Asks, Attention, Kept, Proposal, Sought, Source, Wording, Workspace};
use crate::digest::Standing;
use crate::map::Map;
use crate::plan::Change;
use crate::render::Document;
use crate::report::Snapshot;

/// The outcome of one turn. It has at least one reply: nobody who addresses the bot meets silence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// Changes of the plan, in order; empty if the turn only reads.
    pub changes: Vec<Change>,
    /// How the channel's digest stands from now on; `None` if that is not changed.
    pub digest: Option<Standing>,
    /// The workspace's settings from now on; `None` if they are not changed.
    pub workspace: Option<Workspace>,
    /// How a language model may word the reply, where it may; what is said stands without it.
    pub wording: Option<Box<Wording>>,
    /// Words in which a language model may look for what the reader missed; what is said stands
    /// without it.
    pub sought: Option<Box<Sought>>,
    /// What is kept, or kept no more, beside the plan.
    pub kept: Vec<Kept>,
    /// What the check found that this turn shares; `None` where it is no check, or nothing that is
    /// not kept already.
    pub snapshot: Option<Snapshot>,
    /// How the channel is attended to from now on; `None` if that is not changed.
    pub attention: Option<Attention>,
    /// Proposals that are new, or of which something has become.
    pub proposals: Vec<Proposal>,
    /// The messages that values of the plan came from in this turn.
    pub sources: Vec<Source>,
    /// What is asked in the place of all this, where a form is open.
    pub asks: Option<Box<Asks>>,
    /// A message that opens a thread in the channel, beside the reply.
    pub opened: Option<Document>,
    /// What is shown in the reply's thread once that is posted.
    pub picture: Option<Picture>,
    /// What is said; one visible outcome for an addressed request.
    pub reply: Reply,
}

/// A map to be looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The map.
    pub map: Map,
    /// The same as text, for where no picture may be shown.
    pub document: Document,
}

/// Something to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// Who shall see it.
    pub audience: Audience,
    /// What it says.
    pub document: Document,
    /// Whether it takes the place of the card whose button was pressed.
    pub replaces_card: bool,
}

/// Who shall see a reply. A mention is answered in its thread, whatever stands here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Only whoever asked.
    Asker,
    /// The whole channel (or thread).
    Everyone,
    /// Nobody: a digest that is not posted. Whoever addresses the bot is never answered so.
    Nobody,
}
