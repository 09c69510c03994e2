//! The one place that runs a turn: needs → gather → handle → commit.
//!
//! `http` and `worker` call it; it knows the ports of `advisor` and nothing of what is behind them.
//! What it gathers lives in memory for that turn only.

mod ack;
mod concern;
mod depart;
mod desk;
mod digest;
mod follow;
mod gather;
mod heard;
mod interview;
mod lanes;
mod moved;
mod own_rules;
mod personal;
mod reread;
mod rows;
mod run;
mod snapshots;
mod sought;
mod threads;
mod wording;
mod writes;

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::Notify;
use tokio_util::task::TaskTracker;

use crate::advisor::{
    CommitError, Directory, Files, InForce, Meaning, Model, Origin, OutboxRow, Reader, Store,
    StoreError, Threads,
};
use crate::clock::Clock;
use crate::ident::Ids;
use crate::lint::RuleSet;
use crate::metrics::Metrics;
use desk::Shelves;
use lanes::Lanes;
use own_rules::Compiled;

/// What turns are run with.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The command's name, with its slash.
    pub command: String,
    /// How long a request waits for its turn before it answers "checking…".
    pub answer_within: Duration,
    /// How long a turn may hold its plan before others may take it over.
    pub lease_hold: SignedDuration,
}

impl Settings {
    /// The settings in production: half of the platform's three seconds for an answer, and a lease
    /// that outlives any turn but not a person's patience after a crash.
    pub fn new(command: impl Into<String>) -> Self {
        Self {
            command: command.into(),
            answer_within: Duration::from_millis(1_500),
            lease_hold: SignedDuration::from_secs(20),
        }
    }
}

/// The outside world as turns see it.
#[derive(Clone)]
pub struct Ports {
    /// Where plans, inbox and outbox live.
    pub store: Arc<dyn Store>,
    /// Who people are.
    pub directory: Arc<dyn Directory>,
    /// What they say to one another, where it may be read.
    pub threads: Arc<dyn Threads>,
    /// Fetches files that people share.
    pub files: Arc<dyn Files>,
    /// Opens them.
    pub reader: Arc<dyn Reader>,
    /// The time of day.
    pub clock: Arc<dyn Clock>,
    /// What is counted.
    pub metrics: Arc<Metrics>,
    /// A language model that may word answers, where whoever runs the bot has named one.
    pub model: Option<Arc<dyn Model>>,
    /// A model of meaning that helps to look up, where whoever runs the bot has named one.
    pub meaning: Option<Arc<dyn Meaning>>,
}

/// Runs turns. Cheap to clone; all clones are one.
#[derive(Clone)]
pub struct Turns {
    shared: Arc<Shared>,
}

struct Shared {
    ports: Ports,
    /// The rules in force in every workspace.
    everywhere: Arc<InForce>,
    compiled: Compiled,
    settings: Settings,
    lanes: Lanes,
    tasks: TaskTracker,
    ids: Ids,
    shelves: Shelves,
    inbox_bell: Notify,
    outbox_bell: Notify,
    erasure_bell: Notify,
}

/// Why a turn came to nothing. Nothing of it was stored.
#[derive(Debug, thiserror::Error)]
pub enum TurnError {
    /// Others kept changing the plan or kept its lease.
    #[error("the plan was busy for too long")]
    Contended,
    /// The core broke one of its own invariants.
    #[error("the turn failed: {0}")]
    Broken(String),
    /// The store refused or failed.
    #[error(transparent)]
    Commit(#[from] CommitError),
    /// The store could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl TurnError {
    /// Whether it came to nothing because its workspace has removed the app.
    pub fn is_of_the_gone(&self) -> bool {
        matches!(
            self,
            Self::Store(StoreError::Gone) | Self::Commit(CommitError::Store(StoreError::Gone))
        )
    }
}

impl Turns {
    /// Runs turns over `ports` with the rules in force.
    pub fn new(ports: Ports, rules: &RuleSet, settings: Settings) -> Self {
        let everywhere = InForce {
            rules: rules.clone(),
            unused: Vec::new(),
        };
        Self {
            shared: Arc::new(Shared {
                ports,
                everywhere: Arc::new(everywhere),
                compiled: Compiled::default(),
                settings,
                lanes: Lanes::default(),
                tasks: TaskTracker::new(),
                ids: Ids::default(),
                shelves: Shelves::default(),
                inbox_bell: Notify::new(),
                outbox_bell: Notify::new(),
                erasure_bell: Notify::new(),
            }),
        }
    }

    /// The ports that turns run over.
    pub fn ports(&self) -> &Ports {
        &self.shared.ports
    }

    /// Rings when a row of the inbox has become due.
    pub fn inbox_bell(&self) -> &Notify {
        &self.shared.inbox_bell
    }

    /// Rings when a row of the outbox has become due.
    pub fn outbox_bell(&self) -> &Notify {
        &self.shared.outbox_bell
    }

    /// Rings when an installation has removed the app.
    pub fn erasure_bell(&self) -> &Notify {
        &self.shared.erasure_bell
    }

    /// The row that tells whoever `origin` came from that it failed, and under which reference the
    /// log explains it.
    pub fn apology_row(&self, origin: &Origin, now: Timestamp) -> OutboxRow {
        rows::apology_row(origin, now, self.shared.ids.next(now))
    }

    /// Waits for the turns and marks under way; new requests are no longer taken by then.
    pub async fn drain(&self) {
        self.shared.tasks.close();
        self.shared.tasks.wait().await;
    }
}
