//! A language model behind one port: any server that speaks `OpenAI`'s chat completions, or
//! Anthropic's messages.
//!
//! A call has one time for all that it does. It is tried twice at most, left out while the model
//! rests after failures, and booked in the workspace's ledger before a byte is sent.

mod anthropic;
mod breaker;
mod exchange;
mod openai;
mod wire;

use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::Arc;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use reqwest::Url;
use secrecy::SecretString;
use tokio::sync::Semaphore;

use crate::advisor::{Model, ModelAbout, ModelCaps, ModelFailure, Store};
use crate::clock::Clock;
use crate::grounding::Rendered;
use crate::ident::Installation;
use crate::metrics::Metrics;
use breaker::Breaker;
use exchange::{Answer, Exchange};
pub use wire::Wire;
use wire::{Offer, Reply, Usage};

/// How the model is reached and how much of it may be used.
#[derive(Debug, Clone)]
pub struct Settings {
    /// What it speaks.
    pub wire: Wire,
    /// Where it is, without a slash at the end, such as `https://api.openai.com/v1`.
    pub base: String,
    /// Its name there.
    pub model: String,
    /// The key, where one is needed.
    pub key: Option<SecretString>,
    /// How long a call may take, with all its tries.
    pub within: Duration,
    /// How much each workspace may use.
    pub caps: ModelCaps,
    /// What it costs, where that is known.
    pub prices: Option<Prices>,
}

/// What tokens cost, in US dollars a million.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prices {
    /// Sent.
    pub sent: f64,
    /// Received.
    pub received: f64,
}

/// What a model needs of the process around it.
#[derive(Clone)]
pub struct Around {
    /// The time of day.
    pub clock: Arc<dyn Clock>,
    /// What is counted.
    pub metrics: Arc<Metrics>,
    /// Where use is kept; a command line that somebody types into keeps none.
    pub ledger: Option<Arc<dyn Store>>,
    /// A number from 0 to 1 that spreads tries.
    pub jitter: fn() -> f64,
}

/// At most so many calls are under way.
const AT_ONCE: usize = 4;

/// The first wait before a second try; up to as much again is added.
const WAIT: Duration = Duration::from_millis(250);

/// So often the form of a request is changed because the server does not know it.
const FORMS: usize = 4;

/// A model that is reached by HTTP.
pub struct LanguageModel {
    about: ModelAbout,
    settings: Settings,
    around: Around,
    exchange: Exchange,
    offer: Offer,
    breaker: Breaker,
    at_once: Semaphore,
}

/// Why there is no client.
#[derive(Debug, thiserror::Error)]
pub enum LanguageModelError {
    /// The address cannot be read.
    #[error("the model's address is not one: {0}")]
    Base(String),
    /// The HTTP client cannot be set up.
    #[error("the HTTP client cannot be set up: {0}")]
    Http(#[from] reqwest::Error),
}

/// A number from 0 to 1 that nobody foresees.
pub fn jitter() -> f64 {
    let random = RandomState::new().build_hasher().finish() >> 32;
    f64::from(u32::try_from(random).unwrap_or(0)) / f64::from(u32::MAX)
}

impl LanguageModel {
    /// A model that is reached as `settings` say. The process's TLS provider has to be installed.
    pub fn new(settings: Settings, around: Around) -> Result<Self, LanguageModelError> {
        let url = Url::parse(&settings.base)
            .map_err(|error| LanguageModelError::Base(error.to_string()))?;
        let host = url
            .host_str()
            .ok_or_else(|| LanguageModelError::Base("it names no host".to_owned()))?;
        let port = url.port().map_or(String::new(), |port| format!(":{port}"));
        Ok(Self {
            about: ModelAbout {
                host: format!("{host}{port}"),
                model: settings.model.clone(),
            },
            exchange: Exchange::new(&url, &settings)?,
            settings,
            around,
            offer: Offer::default(),
            breaker: Breaker::default(),
            at_once: Semaphore::new(AT_ONCE),
        })
    }

    /// Asks within the time that is left.
    async fn ask(
        &self,
        installation: &Installation,
        asked: &Rendered,
    ) -> Result<serde_json::Value, ModelFailure> {
        let _place = self.at_once.try_acquire().map_err(|_| ModelFailure::Busy)?;
        let booked = most_tokens(asked);
        self.book(installation, booked).await?;
        let reply = self.try_twice(asked).await?;
        let used = reply
            .usage
            .map_or(booked, |usage| usage.sent + usage.received);
        self.settle(installation, booked, used).await;
        self.count(reply.usage);
        reply.json.ok_or(ModelFailure::NotJson)
    }

    async fn try_twice(&self, asked: &Rendered) -> Result<Reply, ModelFailure> {
        let (failure, after) = match self.try_once(asked).await {
            Ok(reply) => return Ok(reply),
            Err((failure, _)) if !is_passing(failure) => return Err(failure),
            Err(failed) => failed,
        };
        let wait =
            after.unwrap_or_else(|| WAIT + WAIT.mul_f64((self.around.jitter)().clamp(0.0, 1.0)));
        if wait >= self.settings.within {
            return Err(failure);
        }
        tokio::time::sleep(wait).await;
        self.try_once(asked).await.map_err(|(failure, _)| failure)
    }

    /// One try, in the richest form that the server is known to take.
    async fn try_once(&self, asked: &Rendered) -> Result<Reply, (ModelFailure, Option<Duration>)> {
        let wire = self.settings.wire;
        for _ in 0..FORMS {
            let form = self.offer.form();
            let body = wire.request(&self.settings.model, asked, form);
            let answer = self.exchange.post(wire, &body).await;
            let answer = answer.map_err(|failure| (failure, None))?;
            if answer.is_success() {
                return wire.read(&answer.body).map_err(|failure| (failure, None));
            }
            if !self.offer.step_down(form, &answer.body) {
                return Err((refused(&answer), answer.after));
            }
        }
        Err((ModelFailure::Rejected, None))
    }

    async fn book(&self, installation: &Installation, tokens: u64) -> Result<(), ModelFailure> {
        let Some(ledger) = &self.around.ledger else {
            return Ok(());
        };
        let now = self.around.clock.now();
        let booked = ledger
            .book_model(installation, tokens, self.settings.caps, now)
            .await;
        booked.unwrap_or_else(|error| {
            tracing::warn!(%error, "a call of the model could not be booked");
            Err(ModelFailure::NoLedger)
        })
    }

    async fn settle(&self, installation: &Installation, booked: u64, used: u64) {
        let Some(ledger) = &self.around.ledger else {
            return;
        };
        let now = self.around.clock.now();
        if let Err(error) = ledger.settle_model(installation, booked, used, now).await {
            // What was booked stays: the month ends earlier, never later.
            tracing::warn!(%error, "a call of the model could not be settled");
        }
    }

    fn count(&self, usage: Option<Usage>) {
        let Some(usage) = usage else { return };
        let dollars = self.settings.prices.map(|prices| {
            let share = |tokens: u64, price: f64| {
                f64::from(u32::try_from(tokens).unwrap_or(u32::MAX)) * price / 1_000_000.0
            };
            share(usage.sent, prices.sent) + share(usage.received, prices.received)
        });
        let metrics = &self.around.metrics.model;
        metrics.tokens(usage.sent, usage.received, dollars);
    }
}

#[async_trait]
impl Model for LanguageModel {
    fn about(&self) -> &ModelAbout {
        &self.about
    }

    fn within(&self) -> Duration {
        self.settings.within
    }

    async fn complete(
        &self,
        installation: &Installation,
        asked: &Rendered,
    ) -> Result<serde_json::Value, ModelFailure> {
        let began = Instant::now();
        let outcome = if self.breaker.admits(self.around.clock.now()) {
            let asking = self.ask(installation, asked);
            let outcome = tokio::time::timeout(self.settings.within, asking).await;
            let outcome = outcome.unwrap_or(Err(ModelFailure::TooSlow));
            let now = self.around.clock.now();
            match outcome {
                Err(failure) if is_the_servers(failure) => self.breaker.failed(now),
                // Nothing was asked, so nothing is known of the server.
                Err(
                    ModelFailure::Busy
                    | ModelFailure::OverRate
                    | ModelFailure::OverBudget
                    | ModelFailure::NoLedger,
                ) => self.breaker.unasked(now),
                _ => self.breaker.succeeded(),
            }
            outcome
        } else {
            Err(ModelFailure::Resting)
        };
        let word = outcome
            .as_ref()
            .map_or_else(|failure| failure.as_str(), |_| "answered");
        self.around
            .metrics
            .model
            .call(asked.prompt, word, began.elapsed());
        if let Err(failure) = &outcome {
            tracing::warn!(
                prompt = asked.prompt,
                reason = failure.as_str(),
                "the model gave no answer"
            );
        }
        outcome
    }
}

/// The most tokens that a call can take: no tokenizer makes more of three letters than two.
fn most_tokens(asked: &Rendered) -> u64 {
    let letters = asked.system.len() + asked.user.len() + asked.schema.to_string().len();
    u64::try_from(letters / 2).unwrap_or(u64::MAX / 2) + u64::from(asked.longest_answer)
}

/// Why an answer that is no success is none.
fn refused(answer: &Answer) -> ModelFailure {
    match answer.status {
        429 => ModelFailure::Limited,
        // Of an overloaded server, in Anthropic's own number too.
        500..=599 => ModelFailure::Down,
        _ => ModelFailure::Rejected,
    }
}

/// Whether a second try may go better.
fn is_passing(failure: ModelFailure) -> bool {
    matches!(
        failure,
        ModelFailure::NoConnection | ModelFailure::Limited | ModelFailure::Down
    )
}

/// Whether the server failed, and not the text that its model wrote.
fn is_the_servers(failure: ModelFailure) -> bool {
    matches!(
        failure,
        ModelFailure::NoConnection
            | ModelFailure::TooSlow
            | ModelFailure::Flood
            | ModelFailure::WrongType
            | ModelFailure::Redirected
            | ModelFailure::NotTheWire
            | ModelFailure::Limited
            | ModelFailure::Down
            | ModelFailure::Rejected
    )
}
