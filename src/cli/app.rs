//! The bot, plugged together: the same for the server and for tests, which bring their own clock
//! and a Slack of their own.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use axum::Router;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::advisor::{Meaning, Model, QueueDepth, Upkeep};
use crate::clock::Clock;
use crate::config::Credentials;
use crate::extract::Opener;
use crate::http::{self, Door, Readiness};
use crate::ident::Installation;
use crate::lint::RuleSet;
use crate::llm::{self, Around, LanguageModel, LanguageModelError};
use crate::metrics::{Metrics, Queue};
use crate::semantic::{Embedding, Ranker};
use crate::slack::client::{Client, ClientError};
use crate::slack::directory::{Known, People};
use crate::slack::limit::Limits;
use crate::slack::messenger::SlackMessenger;
use crate::slack::signature::Secrets;
use crate::slack::threads::SlackThreads;
use crate::store::RecordStore;
use crate::turns::{Ports, Settings, Turns};
use crate::worker::Workers;

/// How long to wait before Slack is asked again who the bot is.
const ASK_AGAIN: [Duration; 4] = [
    Duration::from_secs(1),
    Duration::from_secs(5),
    Duration::from_secs(15),
    Duration::from_mins(1),
];

/// How often the depth of the queues is looked at.
const MEASURE_EVERY: Duration = Duration::from_secs(5);

/// What the bot is made of.
pub struct Parts {
    /// The time of day.
    pub clock: Arc<dyn Clock>,
    /// Where everything is kept.
    pub store: Arc<RecordStore>,
    /// The rules in force.
    pub rules: Arc<RuleSet>,
    /// What it takes to talk with Slack.
    pub credentials: Credentials,
    /// The installations that may use the bot; empty means whichever the token belongs to.
    pub allowed: Vec<Installation>,
    /// The pace of posts.
    pub limits: Limits,
    /// A language model, where one is named.
    pub model: Option<crate::llm::Settings>,
    /// A model of meaning, where one is named.
    pub embedding: Option<Embedding>,
    /// How turns are run.
    pub turns: Settings,
    /// This program, which opens files in a process of its own.
    pub program: PathBuf,
}

/// The bot.
pub struct App {
    /// Runs turns.
    pub turns: Turns,
    /// Works off what was received and sends what is due.
    pub workers: Workers,
    /// Whether requests are taken.
    pub readiness: Readiness,
    /// What is counted.
    pub metrics: Arc<Metrics>,
    /// Measures how near the library's sections are to a question, where a model of meaning is named.
    pub ranker: Option<Arc<Ranker>>,
    door: Door,
    store: Arc<RecordStore>,
    clock: Arc<dyn Clock>,
    client: Client,
    known: Known,
    allowed: Vec<Installation>,
}

/// The token belongs to an installation that may not use the bot.
#[derive(Debug, thiserror::Error)]
#[error("the token belongs to {0}, which is not in GTM_ALLOWED_TEAMS")]
pub struct NotAllowed(Installation);

/// The parts do not fit together.
#[derive(Debug, thiserror::Error)]
pub enum AssemblyError {
    /// The workspace's API cannot be reached like this.
    #[error(transparent)]
    Client(#[from] ClientError),
    /// The language model cannot be reached like this.
    #[error(transparent)]
    Model(#[from] LanguageModelError),
}

/// The language model, where the settings name one.
fn plugged(
    settings: Option<llm::Settings>,
    around: Around,
) -> Result<Option<Arc<dyn Model>>, LanguageModelError> {
    let model = settings.map(|settings| LanguageModel::new(settings, around));
    Ok(model
        .transpose()?
        .map(|model| Arc::new(model) as Arc<dyn Model>))
}

fn around(clock: &Arc<dyn Clock>, store: &Arc<RecordStore>, metrics: &Arc<Metrics>) -> Around {
    Around {
        clock: clock.clone(),
        metrics: metrics.clone(),
        ledger: Some(store.clone()),
        jitter: llm::jitter,
    }
}

/// What measures nearness in meaning, where the settings name a model.
fn ranker(embedding: Option<Embedding>, metrics: &Arc<Metrics>) -> Option<Arc<Ranker>> {
    let ranker = |it| Ranker::new(it, metrics.clone(), Ranker::WITHIN);
    embedding.map(ranker).map(Arc::new)
}

impl App {
    /// Plugs the parts together; nothing runs yet.
    pub fn assemble(parts: Parts) -> Result<Self, AssemblyError> {
        let Credentials {
            signing_secrets,
            bot_token,
            api_base,
        } = parts.credentials;
        let client = Client::new(&api_base, bot_token)?;
        let people = Arc::new(People::new(client.clone()));
        let known: Known = Arc::new(OnceLock::new());
        let metrics = Arc::new(Metrics::new());
        let readiness = Readiness::default();
        let around = around(&parts.clock, &parts.store, &metrics);
        let model = plugged(parts.model, around)?;
        let ranker = ranker(parts.embedding, &metrics);
        let outside = Ports {
            model,
            meaning: ranker.clone().map(|ranker| ranker as Arc<dyn Meaning>),
            store: parts.store.clone(),
            directory: people.clone(),
            threads: Arc::new(SlackThreads::new(client.clone(), known.clone())),
            files: Arc::new(client.clone()),
            reader: Arc::new(Opener::new(parts.program)),
            clock: parts.clock.clone(),
            metrics: metrics.clone(),
        };
        let forms = http::FormTimes::beside(parts.turns.answer_within);
        let turns = Turns::new(outside, &parts.rules, parts.turns);
        let messenger =
            SlackMessenger::new(client.clone(), people.clone(), known.clone(), parts.limits);
        let door = Door {
            turns: Arc::new(turns.clone()),
            secrets: Secrets::new(signing_secrets),
            known: known.clone(),
            client: client.clone(),
            people,
            clock: parts.clock.clone(),
            metrics: metrics.clone(),
            readiness: readiness.clone(),
            at_once: Arc::new(Semaphore::new(http::AT_ONCE)),
            bodies: Arc::new(Semaphore::new(http::BODIES_KIB)),
            body_within: http::BODY_WITHIN,
            forms,
            beside: TaskTracker::new(),
        };
        Ok(Self {
            workers: Workers::new(turns.clone(), Arc::new(messenger)),
            turns,
            readiness,
            metrics,
            ranker,
            door,
            store: parts.store,
            clock: parts.clock,
            client,
            known,
            allowed: parts.allowed,
        })
    }

    /// The endpoints.
    pub fn router(&self) -> Router {
        http::router(self.door.clone())
    }

    /// Waits for the requests that were taken: their forms first, then their turns.
    pub async fn drain(&self) {
        self.door.drain().await;
        self.turns.drain().await;
    }

    /// Asks Slack who the bot is until it says so. Before that no mention can be told from other
    /// talk, so events are refused and come again.
    pub async fn learn_identity(&self, stop: &CancellationToken) -> Result<(), NotAllowed> {
        for wait in ASK_AGAIN.into_iter().chain(std::iter::repeat(ASK_AGAIN[3])) {
            match self.client.auth_test().await {
                Ok(identity) => {
                    let installation = &identity.installation;
                    if !self.allowed.is_empty() && !self.allowed.contains(installation) {
                        return Err(NotAllowed(installation.clone()));
                    }
                    let installation = installation.clone();
                    // Set once: this is the only place that does.
                    let _ = self.known.set(identity);
                    tracing::info!(%installation, "slack knows the bot");
                    return Ok(());
                }
                Err(failure) => tracing::warn!(?failure, "slack does not say who the bot is"),
            }
            tokio::select! {
                () = tokio::time::sleep(wait) => {}
                () = stop.cancelled() => return Ok(()),
            }
        }
        Ok(())
    }

    /// Keeps the queues' depth and age in the metrics until `stop`.
    pub async fn measure(&self, stop: CancellationToken) {
        while !stop.is_cancelled() {
            match self.store.health().await {
                Ok(health) => {
                    self.show_queue(Queue::Inbox, health.inbox);
                    self.show_queue(Queue::Outbox, health.outbox);
                    let (bytes, overlong) = (health.bytes_on_disk, health.overlong_values);
                    self.metrics
                        .store(bytes, health.dead_letters.rows, overlong);
                }
                Err(error) => tracing::error!(%error, "the queues could not be measured"),
            }
            tokio::select! {
                () = tokio::time::sleep(MEASURE_EVERY) => {}
                () = stop.cancelled() => {}
            }
        }
    }

    fn show_queue(&self, queue: Queue, depth: QueueDepth) {
        let waited = |oldest| Duration::try_from(self.clock.now().duration_since(oldest));
        let age = depth.oldest.and_then(|oldest| waited(oldest).ok());
        self.metrics
            .queue(queue, depth.rows, age.unwrap_or_default());
    }
}
