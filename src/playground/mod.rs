//! A local workspace that looks and behaves like Slack, for trying the bot and for its tests.
//!
//! It knows Slack from the reference's tables alone and shares nothing with the bot's own Slack
//! adapter: what one of them gets wrong, the other does not get wrong in the same way. It reaches
//! the bot only through signed requests, and the bot reaches it only through the Web API.

mod amend;
mod args;
mod blocks;
mod bot;
mod envelope;
mod escape;
mod faults;
mod feed;
mod files;
mod guard;
mod journal;
pub mod limits;
mod live;
mod methods;
mod model;
mod page;
mod page_api;
mod press;
mod rates;
mod response_url;
mod retries;
mod secret;
pub mod seed;
mod settings;
mod speak;
mod state;
mod travel;
mod views;
mod web_api;
mod wire;
mod workspace;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, Weak};
use std::time::Duration;

use axum::Router;
use axum::http::HeaderMap;
use jiff::Timestamp;
use serde_json::{Map, Value};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

pub use args::Refusal;
pub use bot::{Delivery, Outcome};
pub use faults::{Fault, Faults, Gate};
pub use limits::History;
pub use model::{Channel, Kind, Message, Person, Reaction, Role, Update, View};
pub use press::{Button, CommandResult};
pub use rates::Rates;
pub use secret::draw_secret;
pub use settings::{Completion, MenuEntry, Settings, Subscription};
pub use speak::Sent;
pub use state::StorageError;
pub use travel::Companion;
pub use views::Submitted;

use crate::clock::Clock;
use bot::Bot;
use files::Shared;
use rates::Meter;
use response_url::Links;
use retries::Retries;
use state::State;

/// Why the playground did not open.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Its folder can't be read or written.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// No HTTP client could be made.
    #[error("the playground can't send requests: {0}")]
    Client(#[from] reqwest::Error),
}

/// A call of the Web API that was answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// The method; `response_url` for a post to one.
    pub method: String,
    /// Its arguments, without the token.
    pub args: Map<String, Value>,
    /// The HTTP status.
    pub status: u16,
    /// The answer; null where the connection was closed on purpose.
    pub answer: Value,
}

/// The playground; clones are the same one.
#[derive(Clone)]
pub struct Playground {
    inner: Arc<Inner>,
}

struct Inner {
    settings: Settings,
    hosts: Vec<String>,
    clock: Arc<dyn Clock>,
    bot: Bot,
    faults: Faults,
    retries: Retries,
    state: Mutex<State>,
    links: Mutex<Links>,
    files: Mutex<Shared>,
    meter: Mutex<Meter>,
    calls: Mutex<VecDeque<Call>>,
    changes: watch::Sender<u64>,
    closed: CancellationToken,
    /// Held by whoever sets the clock ahead.
    journey: tokio::sync::Mutex<()>,
    companion: OnceLock<Arc<dyn Companion>>,
}

/// Calls remembered; the oldest go first.
const CALLS: usize = 10_000;

impl Playground {
    /// Opens the playground, with the workspace that its folder holds or a new one, and starts to
    /// watch for retries that are due.
    pub async fn open(settings: Settings, clock: Arc<dyn Clock>) -> Result<Self, OpenError> {
        let secret = settings.signing_secret.clone();
        let bot = Bot::new(
            &settings.bot_url,
            secret,
            settings.deadline,
            Arc::clone(&clock),
        )?;
        let folder = settings.folder.clone();
        let opened = tokio::task::spawn_blocking(move || State::open(folder.as_deref())).await;
        let state = opened.map_err(|e| StorageError::from(std::io::Error::other(e)))??;
        // Who has travelled is still there after a restart: what is said now comes after what was said.
        if let (Some(clock), Some(newest)) = (&settings.travel, state.workspace.newest()) {
            clock.go_on(newest);
        }
        let inner = Arc::new(Inner {
            hosts: settings.hosts(),
            settings,
            clock,
            bot,
            faults: Faults::default(),
            retries: Retries::default(),
            state: Mutex::new(state),
            links: Mutex::default(),
            files: Mutex::default(),
            meter: Mutex::default(),
            calls: Mutex::default(),
            changes: watch::Sender::new(0),
            closed: CancellationToken::new(),
            journey: tokio::sync::Mutex::default(),
            companion: OnceLock::new(),
        });
        tokio::spawn(retry_loop(Arc::downgrade(&inner), inner.closed.clone()));
        Ok(Self { inner })
    }

    /// The page: `/`, its files and its own JSON calls.
    pub fn page(&self) -> Router {
        page::router(self)
    }

    /// The Web API: `/api/<method>` and `/response/<token>`.
    pub fn web_api(&self) -> Router {
        web_api::router(self)
    }

    /// What `SLACK_API_BASE` has to be for a bot that shall talk to this playground.
    pub fn api_base(&self) -> String {
        format!("{}/api", self.inner.settings.web_api_url)
    }

    /// Faults on order.
    pub fn faults(&self) -> &Faults {
        &self.inner.faults
    }

    /// From now on whoever travels waits for this bot; it is named once.
    pub fn travels_with(&self, bot: Arc<dyn Companion>) {
        let named = self.inner.companion.set(bot);
        debug_assert!(named.is_ok(), "a bot travels with it already");
    }

    /// Ends open pages' streams and the watch for retries, so that a server can stop.
    pub fn close(&self) {
        self.inner.closed.cancel();
    }

    /// The calls answered so far, oldest first.
    pub fn calls(&self) -> Vec<Call> {
        lock(&self.inner.calls).iter().cloned().collect()
    }

    /// A channel's messages and replies, oldest first.
    pub fn messages(&self, channel: &str) -> Vec<Message> {
        self.state().workspace.messages(channel).cloned().collect()
    }

    /// What one person alone sees in a channel, oldest first.
    pub fn ephemerals(&self, channel: &str, person: &str) -> Vec<Message> {
        self.state()
            .workspace
            .ephemerals(channel, person)
            .cloned()
            .collect()
    }

    /// Changes a person or channel, or adds one.
    pub fn set(&self, update: Update) -> Result<(), StorageError> {
        self.change(|state| state.commit(update))
    }

    /// A channel as it is now.
    pub fn channel(&self, id: &str) -> Option<Channel> {
        self.state().workspace.channel(id).cloned()
    }

    /// Waits until something is so; looked at after every change and every call.
    pub async fn until<T>(&self, find: impl Fn(&Self) -> Option<T>) -> T {
        let mut changes = self.inner.changes.subscribe();
        loop {
            if let Some(found) = find(self) {
                return found;
            }
            changes
                .changed()
                .await
                .expect("the playground itself holds the sender");
        }
    }

    /// Sends the bot a request as it is, unsigned; `signature` makes the headers of a signed one.
    pub async fn deliver(&self, path: &str, headers: HeaderMap, body: Vec<u8>) -> Delivery {
        let outcome = self.inner.bot.send_raw(path, headers, body).await;
        Delivery {
            path: path.to_owned(),
            attempt: 0,
            outcome,
        }
    }

    /// The two headers that sign a body now.
    pub fn signature(&self, body: &[u8]) -> HeaderMap {
        self.inner.bot.sign(body)
    }

    fn now(&self) -> Timestamp {
        self.inner.clock.now()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.inner.state)
    }

    fn change<T>(&self, act: impl FnOnce(&mut State) -> T) -> T {
        let done = act(&mut self.state());
        self.tell();
        done
    }

    fn record(&self, call: Call) {
        let mut calls = lock(&self.inner.calls);
        calls.push_back(call);
        if calls.len() > CALLS {
            calls.pop_front();
        }
        drop(calls);
        self.tell();
    }

    fn tell(&self) {
        self.inner.changes.send_modify(|count| *count += 1);
    }
}

/// A lock whose holder panicked is taken all the same: every change is one assignment at its end.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Looks for retries that are due; ends with the playground, which it does not keep alive.
async fn retry_loop(inner: Weak<Inner>, closed: CancellationToken) {
    let mut tick = tokio::time::interval(Duration::from_secs(1));
    loop {
        tokio::select! {
            () = closed.cancelled() => return,
            _ = tick.tick() => {}
        }
        let Some(inner) = inner.upgrade() else { return };
        Playground { inner }.run_due_retries().await;
    }
}

#[cfg(test)]
mod tests;
