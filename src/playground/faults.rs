//! Faults on order: what Slack does on a bad day, for tests of the bot.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio_util::sync::CancellationToken;

/// What goes wrong with a call.
#[derive(Debug, Clone)]
pub enum Fault {
    /// HTTP 429 with `Retry-After`, whatever the meter says.
    RateLimited {
        /// Seconds to wait.
        retry_after: u32,
    },
    /// HTTP 200 with `ok:false` and this code.
    Error(String),
    /// HTTP 500 with an HTML page.
    ServerError,
    /// The connection closes; nothing was done.
    CloseBefore,
    /// It is done, then the connection closes without an answer.
    CloseAfter,
    /// It is done, and no answer ever comes.
    HangAfter,
    /// It waits until the gate opens, then all goes well.
    Hold(Gate),
}

/// Holds calls until it is opened.
#[derive(Debug, Clone, Default)]
pub struct Gate {
    arrived: CancellationToken,
    opened: CancellationToken,
}

impl Gate {
    /// Waits until a call has come to the gate.
    pub async fn arrived(&self) {
        self.arrived.cancelled().await;
    }

    /// Lets the calls through, those to come too.
    pub fn open(&self) {
        self.opened.cancel();
    }

    pub(super) async fn pass(&self) {
        self.arrived.cancel();
        self.opened.cancelled().await;
    }
}

/// The faults that wait for a call, by method (`response_url` counts as one).
#[derive(Debug, Default)]
pub struct Faults {
    waiting: Mutex<HashMap<String, VecDeque<Fault>>>,
}

impl Faults {
    /// The next `times` calls of a method go wrong in this way; orders queue up.
    pub fn inject(&self, method: &str, fault: &Fault, times: usize) {
        let mut waiting = self.lock();
        let queue = waiting.entry(method.to_owned()).or_default();
        queue.extend(std::iter::repeat_n(fault, times).cloned());
    }

    /// Holds the next call of a method until the returned gate is opened.
    pub fn hold(&self, method: &str) -> Gate {
        let gate = Gate::default();
        self.inject(method, &Fault::Hold(gate.clone()), 1);
        gate
    }

    /// How many faults a method still has before it.
    pub fn waiting(&self, method: &str) -> usize {
        self.lock().get(method).map_or(0, VecDeque::len)
    }

    /// Forgets all faults.
    pub fn clear(&self) {
        self.lock().clear();
    }

    pub(super) fn take(&self, method: &str) -> Option<Fault> {
        self.lock().get_mut(method)?.pop_front()
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, VecDeque<Fault>>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
