//! What the endpoints work with.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio_util::task::TaskTracker;

use crate::advisor::Turns;
use crate::clock::Clock;
use crate::metrics::Metrics;
use crate::slack::client::Client;
use crate::slack::directory::{Known, People};
use crate::slack::signature::Secrets;

/// Requests that are worked on at once; more are turned away, so that those inside end in time.
pub const AT_ONCE: usize = 256;

/// What all bodies that are read or worked on may hold at once, in KiB. Nothing is believed before its
/// body is there, so that anybody may send one.
pub const BODIES_KIB: usize = 64 * 1024;

/// How long a body may take to arrive, for a sender that waits for three seconds in all.
pub const BODY_WITHIN: Duration = Duration::from_secs(5);

/// Whether the bot can take requests. All clones are one.
#[derive(Debug, Clone, Default)]
pub struct Readiness(Arc<AtomicBool>);

impl Readiness {
    /// From now on requests are taken.
    pub fn open(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// From now on requests had better go elsewhere.
    pub fn close(&self) {
        self.0.store(false, Ordering::Relaxed);
    }

    /// Whether requests are taken.
    pub fn is_open(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// What the endpoints work with.
#[derive(Clone)]
pub struct Door {
    /// What is said goes there, and answers come from there.
    pub turns: Arc<dyn Turns>,
    /// The secrets that sign requests.
    pub secrets: Secrets,
    /// Who the bot is, once that is known.
    pub known: Known,
    /// The way back for what cannot be said in a response.
    pub client: Client,
    /// Names for what is said in a response.
    pub people: Arc<People>,
    /// The time of day.
    pub clock: Arc<dyn Clock>,
    /// What is counted.
    pub metrics: Arc<Metrics>,
    /// Whether requests are taken.
    pub readiness: Readiness,
    /// Room for requests that are worked on at once; [`AT_ONCE`] by rights.
    pub at_once: Arc<Semaphore>,
    /// Room for bodies, in KiB; [`BODIES_KIB`] by rights.
    pub bodies: Arc<Semaphore>,
    /// How long a body may take to arrive; [`BODY_WITHIN`] by rights.
    pub body_within: Duration,
    /// How long forms may take to open.
    pub forms: FormTimes,
    /// What goes on after its request was answered.
    pub beside: TaskTracker,
}

/// How long forms may take to open within the request that asks for one.
#[derive(Debug, Clone, Copy)]
pub struct FormTimes {
    /// Until then the request waits for it.
    pub opens: Duration,
    /// One that is refused by then leaves the turn the time to answer in the form's place.
    pub refused: Duration,
}

impl FormTimes {
    /// Beside turns that may take so long: by rights half of the three seconds for which Slack waits, and
    /// for which the right to open a form lasts.
    pub fn beside(turn: Duration) -> Self {
        Self {
            opens: turn * 8 / 5,
            refused: turn * 3 / 5,
        }
    }
}

impl Door {
    /// Waits for what goes on after its request was answered; no more requests are taken by then.
    pub async fn drain(&self) {
        self.beside.close();
        self.beside.wait().await;
    }
}
