//! The real bot and a stand-in for Slack, each on a socket of its own. What a test does here, a
//! person could do; what it asserts, a person could see.
//!
//! [`story`] runs one test: it starts both, ends after 15 seconds at the latest, and looks at the
//! end for what must never be: rows left in a queue, a task that died, a message that Slack's own
//! schema does not know.

mod binary;
mod clock;
mod deaths;
mod model_server;
mod raw;
mod schema;
mod sent;
mod shown;
#[cfg(feature = "semantic")]
mod tiny_model;
mod verbs;

use std::net::{SocketAddr, TcpListener as StdListener};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use axum::extract::Request as HttpRequest;
use axum::middleware::{Next, from_fn};
use gtm_advisor::advisor::{StoreHealth, Upkeep};
use gtm_advisor::cli::app::{App, Parts};
use gtm_advisor::config::Credentials;
use gtm_advisor::http;
use gtm_advisor::lint::RuleSet;
use gtm_advisor::playground::{self, History, Playground, Rates, Settings, Subscription};
#[cfg(feature = "semantic")]
use gtm_advisor::semantic::Ranker;
use gtm_advisor::semantic::{Embedding, Encode};
use gtm_advisor::slack::client::install_tls_provider;
use gtm_advisor::slack::limit::Limits;
use gtm_advisor::store::{RecordStore, SealingKeys};
use gtm_advisor::turns;
use http_body_util::BodyExt;
use serde_json::Value;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

#[cfg(feature = "semantic")]
pub(crate) use binary::Ended;
pub(crate) use binary::{Address, Binary, address, write};
pub(crate) use clock::{MovableClock, ShiftedClock};
pub(crate) use model_server::{Act, ModelServer};
pub(crate) use raw::{exchange, get};
pub(crate) use sent::{Delivered, command_form, event, signed};
pub(crate) use shown::{said, transcript};
#[cfg(feature = "semantic")]
pub(crate) use tiny_model::tiny_model;

pub(crate) use gtm_advisor::playground::seed::{
    ANA, BEN, BOT_USER, CHLOE, DEV, GTM_PLAN, SALES, TEAM, direct,
};

/// How long one test may take.
const WITHIN: Duration = Duration::from_secs(15);

/// The secret that the stand-in signs with, and the token that it wants.
pub(crate) const SECRET: &str = "test-secret";
pub(crate) const TOKEN: &str = "test-token";

/// How a test wants its bot and its workspace.
pub(crate) struct Setup {
    /// How long a command may wait for its turn before it says "checking…".
    pub(crate) answer_within: Duration,
    /// How long the workspace waits for the bot.
    pub(crate) patience: Duration,
    /// The events that the workspace sends by itself.
    pub(crate) subscriptions: Vec<Subscription>,
    /// The secrets that the bot believes.
    pub(crate) secrets: Vec<&'static str>,
    /// How strictly the workspace counts calls.
    pub(crate) rates: Rates,
    /// Whether the bot may read files.
    pub(crate) reads_files: bool,
    /// The language model that the bot may ask.
    pub(crate) model: Option<gtm_advisor::llm::Settings>,
    /// The model of meaning that helps it to look up.
    pub(crate) encoder: Option<Arc<dyn Encode>>,
}

impl Default for Setup {
    /// No deadline passes, however busy the machine is.
    fn default() -> Self {
        Self {
            answer_within: WITHIN,
            patience: WITHIN,
            subscriptions: vec![Subscription::AppMention, Subscription::DirectMessages],
            secrets: vec![SECRET],
            rates: Rates::Off,
            reads_files: true,
            model: None,
            encoder: None,
        }
    }
}

/// Runs a test with a bot as it is by default.
pub(crate) fn story(test: impl for<'a> AsyncFnOnce(&'a mut TestBot)) {
    story_with(Setup::default(), test);
}

/// Runs a test with a bot of its own kind.
pub(crate) fn story_with(setup: Setup, test: impl for<'a> AsyncFnOnce(&'a mut TestBot)) {
    let watch = deaths::Watch::begin();
    within(&watch, WITHIN, async {
        let mut bot = TestBot::open(setup).await;
        test(&mut bot).await;
        bot.finish().await;
    });
    watch.end();
}

/// Runs a test of a process, without a bot in this one.
pub(crate) fn outside(test: impl AsyncFnOnce()) {
    outside_for(WITHIN, test);
}

/// The same for one that starts many processes.
pub(crate) fn outside_for(limit: Duration, test: impl AsyncFnOnce()) {
    let watch = deaths::Watch::begin();
    within(&watch, limit, test());
    watch.end();
}

fn within(watch: &deaths::Watch, limit: Duration, test: impl Future<Output = ()>) {
    install_tls_provider();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .thread_name(watch.name())
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let ended = tokio::time::timeout(limit, test).await;
        ended.unwrap_or_else(|_| panic!("the test took more than {limit:?}"));
    });
    // What hangs on purpose (a gate that stays shut) is not waited for.
    runtime.shutdown_background();
}

/// The bot with its workspace.
pub(crate) struct TestBot {
    /// The workspace.
    pub(crate) slack: Playground,
    /// The time of day of both.
    pub(crate) clock: Arc<MovableClock>,
    setup: Setup,
    address: SocketAddr,
    listener: StdListener,
    folder: TempDir,
    running: Option<Running>,
    requests: Requests,
    acks: Mutex<Vec<Value>>,
    dead: usize,
    bad_day: bool,
    rules: Arc<RuleSet>,
}

struct Running {
    app: App,
    store: Arc<RecordStore>,
    server: JoinHandle<()>,
    stop: CancellationToken,
}

/// What has reached the bot's socket, byte by byte.
type Requests = Arc<Mutex<Vec<Delivered>>>;

impl TestBot {
    async fn open(setup: Setup) -> Self {
        let clock = Arc::new(MovableClock::new("2026-03-02T09:00:00Z"));
        let (listener, address) = listen();
        let slack = open_slack(&setup, address, clock.clone()).await;
        let mut bot = Self {
            slack,
            clock,
            setup,
            address,
            listener,
            folder: tempfile::tempdir().expect("a folder"),
            running: None,
            requests: Requests::default(),
            acks: Mutex::default(),
            dead: 0,
            bad_day: false,
            rules: rules(),
        };
        bot.start().await;
        bot
    }

    /// Starts the bot on what its folder holds.
    pub(crate) async fn start(&mut self) {
        let store = RecordStore::open(self.folder.path(), SealingKeys::none()).await;
        let store = Arc::new(store.expect("nobody else has the folder"));
        let app = App::assemble(self.parts(store.clone())).expect("the parts fit");
        let stop = CancellationToken::new();
        app.learn_identity(&stop).await.expect("its own workspace");
        let listener = self.listener.try_clone().expect("the socket");
        let listener = TcpListener::from_std(listener).expect("the socket");
        let requests = self.requests.clone();
        let router = app.router().layer(from_fn(move |request, next| {
            keep(requests.clone(), request, next)
        }));
        let server = tokio::spawn(http::serve(listener, router, stop.clone()));
        app.readiness.open();
        self.running = Some(Running {
            app,
            store,
            server,
            stop,
        });
    }

    fn parts(&self, store: Arc<RecordStore>) -> Parts {
        Parts {
            clock: self.clock.clone(),
            store,
            rules: self.rules.clone(),
            credentials: Credentials {
                signing_secrets: self.setup.secrets.iter().map(|&it| it.into()).collect(),
                bot_token: TOKEN.into(),
                api_base: self.slack.api_base(),
            },
            allowed: Vec::new(),
            model: self.setup.model.clone(),
            embedding: self.setup.encoder.clone().map(|encoder| Embedding {
                encoder,
                kept_in: self.folder.path().to_owned(),
            }),
            limits: Limits::every(Duration::from_millis(1)),
            turns: turns::Settings {
                answer_within: self.setup.answer_within,
                ..turns::Settings::new("/gtm")
            },
            program: env!("CARGO_BIN_EXE_gtm-advisor").into(),
        }
    }

    /// Ends the bot as a signal would; what it was told is in its folder.
    pub(crate) async fn stop(&mut self) {
        let Some(running) = self.running.take() else {
            return;
        };
        running.stop.cancel();
        running.server.await.expect("the server ends by itself");
        running.app.drain().await;
        running.store.close().await.expect("the store closes");
    }

    /// Ends the bot and starts it anew.
    pub(crate) async fn restart(&mut self) {
        self.stop().await;
        self.start().await;
    }

    /// Ends the bot, and starts another version of the program, with other rules.
    pub(crate) async fn restart_under(&mut self, rules: Arc<RuleSet>) {
        self.rules = rules;
        self.restart().await;
    }

    /// From now on calls fail, because the test wants them to.
    pub(crate) fn expect_a_bad_day(&mut self) {
        self.bad_day = true;
    }

    /// So many effects will have been given up at the end.
    pub(crate) fn expect_dead_letters(&mut self, dead: usize) {
        self.dead = dead;
    }

    /// Where the bot listens.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// The bot's store.
    #[cfg(feature = "semantic")]
    pub(crate) fn ranker(&self) -> Arc<Ranker> {
        let ranker = self.running().app.ranker.clone();
        ranker.expect("the test names a model of meaning")
    }

    /// Where the bot keeps everything.
    pub(crate) fn store(&self) -> &Arc<RecordStore> {
        &self.running().store
    }

    fn running(&self) -> &Running {
        self.running.as_ref().expect("the bot runs")
    }

    /// What waits in the queues.
    pub(crate) async fn health(&self) -> StoreHealth {
        self.store().health().await.expect("the store answers")
    }

    /// Works off all that is due, and lets turns under way end.
    pub(crate) async fn work(&self) -> usize {
        let app = &self.running().app;
        app.drain().await;
        app.workers.run_due().await
    }

    /// Works off what is due now, and waits for no turn.
    pub(crate) async fn work_what_is_due(&self) -> usize {
        self.running().app.workers.run_due().await
    }

    async fn finish(mut self) {
        if self.running.is_none() {
            self.start().await;
        }
        self.work().await;
        let health = self.health().await;
        assert_eq!(health.inbox.rows, 0, "events are left in the inbox");
        assert_eq!(health.outbox.rows, 0, "effects are left in the outbox");
        assert_eq!(health.dead_letters.rows, self.dead, "dead letters");
        assert_eq!(health.overlong_values, 0, "values too long for the engine");
        self.stop().await;
        let acks = std::mem::take(&mut *lock(&self.acks));
        schema::check(&self.slack.calls(), &acks);
        if !self.bad_day {
            schema::check_none_refused(&self.slack.calls());
        }
        self.slack.close();
    }
}

/// A socket of this test's own. It stays open over a restart, so that nobody else gets its address.
pub(crate) fn listen() -> (StdListener, SocketAddr) {
    let listener = StdListener::bind("127.0.0.1:0").expect("a socket");
    listener.set_nonblocking(true).expect("a socket");
    let address = listener.local_addr().expect("an address");
    (listener, address)
}

/// A workspace on a socket of its own, for a bot at `bot`.
pub(crate) async fn open_slack(
    setup: &Setup,
    bot: SocketAddr,
    clock: Arc<dyn gtm_advisor::clock::Clock>,
) -> Playground {
    let (listener, address) = listen();
    let own = format!("http://{address}");
    let settings = Settings {
        rates: setup.rates,
        history: History::Internal,
        subscriptions: setup.subscriptions.clone(),
        deadline: setup.patience,
        reads_files: setup.reads_files,
        ..Settings::new(format!("http://{bot}"), own, SECRET.into(), TOKEN.into())
    };
    let slack = playground::Playground::open(settings, clock).await;
    let slack = slack.expect("a workspace in memory opens");
    let listener = TcpListener::from_std(listener).expect("a socket");
    let router = slack.web_api();
    tokio::spawn(async move { axum::serve(listener, router).await });
    slack
}

pub(crate) fn rules() -> Arc<RuleSet> {
    static RULES: OnceLock<Arc<RuleSet>> = OnceLock::new();
    let read = || Arc::new(RuleSet::built_in().expect("the rules are sound"));
    RULES.get_or_init(read).clone()
}

/// Keeps a copy of what passes, without holding it up.
async fn keep(requests: Requests, request: HttpRequest, next: Next) -> axum::response::Response {
    let (parts, body) = request.into_parts();
    let number = {
        let mut kept = lock(&requests);
        kept.push(Delivered {
            path: parts.uri.path().to_owned(),
            headers: parts.headers.clone(),
            body: Vec::new(),
        });
        kept.len() - 1
    };
    let body = body.map_frame(move |frame| {
        if let Some(data) = frame.data_ref() {
            lock(&requests)[number].body.extend_from_slice(data);
        }
        frame
    });
    let request = HttpRequest::from_parts(parts, axum::body::Body::new(body));
    next.run(request).await
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
