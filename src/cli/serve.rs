//! `gtm-advisor serve`: the bot of a workspace, or the local playground.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use axum::Router;
use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::app::{App, Parts};
use super::clock::SystemClock;
use super::companion::Companion;
use super::doctor::SelfReport;
use super::meaning;
use super::output::refuse;
use super::pages;
use super::play::open_playground;
use super::runtime;
use crate::admin::{self, Desk, Socket};
use crate::clock::{Clock, TravelClock};
use crate::config::{self, Config, Mode};
use crate::http;
use crate::lint::RuleSet;
use crate::playground::{self, Playground};
use crate::semantic::Embedding;
use crate::slack::client::install_tls_provider;
use crate::slack::limit::Limits;
use crate::store::RecordStore;
use crate::telemetry;
use crate::turns::Settings;

/// How long turns and deliveries under way may take at the end; the platform's kill time-out has
/// to be longer.
const DRAIN_WITHIN: Duration = Duration::from_secs(20);

/// Serves until a signal says stop.
pub(super) fn run() -> ExitCode {
    let config = match config::load() {
        Ok(config) => config,
        Err(error) => return refuse(error),
    };
    if let Err(error) = telemetry::start(&config.log) {
        return refuse(error);
    }
    let embedding = match meaning::of_server(&config) {
        Ok(embedding) => embedding,
        Err(error) => return refuse(error),
    };
    let rules = match pages::of_server(&config) {
        Ok(rules) => Arc::new(rules),
        Err(error) => return refuse(error),
    };
    match runtime().block_on(serve(config, embedding, rules)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(error = format!("{error:#}"), "the server ended");
            ExitCode::FAILURE
        }
    }
}

async fn serve(
    config: Config,
    embedding: Option<Embedding>,
    rules: Arc<RuleSet>,
) -> anyhow::Result<()> {
    arm_fail_point()?;
    let signals = StopSignals::listen()?;
    install_tls_provider();
    for warning in &config.warnings {
        tracing::warn!("{warning}");
    }
    let listener = TcpListener::bind(config.listen)
        .await
        .with_context(|| format!("GTM_LISTEN: {} cannot be listened on", config.listen))?;
    let mut clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let (credentials, playground) = match config.mode {
        Mode::Workspace(credentials) => (credentials, None),
        Mode::Playground => {
            let address = listener.local_addr()?;
            let folder = config.data_dir.join("playground");
            let travel = Arc::new(TravelClock::new(clock));
            clock = travel.clone();
            let (credentials, playground) =
                open_playground(address, folder, &config.command, travel).await?;
            (credentials, Some(playground))
        }
    };
    let store = Arc::new(RecordStore::open(&config.data_dir, config.sealing_keys).await?);
    let app = App::assemble(Parts {
        clock: clock.clone(),
        store: store.clone(),
        rules: rules.clone(),
        credentials,
        allowed: config.allowed_teams,
        model: config.model,
        embedding,
        limits: Limits::default(),
        turns: Settings::new(config.command),
        program: this_program(),
    })?;
    if let Some(playground) = &playground {
        playground.travels_with(companion(&app, &store, &clock));
    }
    let desk = desk(&app, rules, store, clock);
    let socket = Socket::bind(&config.data_dir).context("the admin socket cannot be opened")?;
    let admin = listen_for_admin(config.admin_listen).await?;
    Server {
        app,
        playground,
        listener,
        admin,
        socket,
        desk,
        signals,
    }
    .run()
    .await
}

/// The bot, as whoever travels in time in the playground waits for it.
fn companion(
    app: &App,
    store: &Arc<RecordStore>,
    clock: &Arc<dyn Clock>,
) -> Arc<dyn playground::Companion> {
    Arc::new(Companion {
        store: store.clone(),
        clock: clock.clone(),
        workers: app.workers.clone(),
    })
}

/// What an operator may ask the running server.
fn desk(app: &App, rules: Arc<RuleSet>, store: Arc<RecordStore>, clock: Arc<dyn Clock>) -> Desk {
    Desk {
        doctor: Some(Arc::new(SelfReport {
            began: clock.now(),
            store: store.clone(),
            clock: clock.clone(),
            rules,
            ranker: app.ranker.clone(),
        })),
        store,
        clock,
    }
}

/// The file of this program. Where `/proc` is not mounted nobody but the caller's own word names it.
fn this_program() -> PathBuf {
    std::env::current_exe().unwrap_or_else(|error| {
        let named = std::env::args_os().next().unwrap_or_default();
        tracing::warn!(%error, ?named, "files are opened by the program that the command line names");
        PathBuf::from(named)
    })
}

async fn listen_for_admin(at: Option<SocketAddr>) -> anyhow::Result<Option<TcpListener>> {
    let Some(address) = at else {
        return Ok(None);
    };
    let listener = TcpListener::bind(address).await;
    let listener =
        listener.with_context(|| format!("GTM_ADMIN_LISTEN: {address} cannot be listened on"))?;
    Ok(Some(listener))
}

/// The bot with all that it listens on.
struct Server {
    app: App,
    playground: Option<Playground>,
    listener: TcpListener,
    admin: Option<TcpListener>,
    socket: Socket,
    desk: Desk,
    signals: StopSignals,
}

impl Server {
    async fn run(self) -> anyhow::Result<()> {
        let Self {
            app,
            playground,
            listener,
            admin,
            socket,
            desk,
            mut signals,
        } = self;
        let (app, store) = (Arc::new(app), desk.store.clone());
        let (stop, stop_workers) = (CancellationToken::new(), CancellationToken::new());
        let identity = tokio::spawn({
            let (app, stop) = (app.clone(), stop.clone());
            async move { app.learn_identity(&stop).await }
        });
        let mut workers = tokio::spawn({
            let (workers, stop) = (app.workers.clone(), stop_workers.clone());
            async move { workers.run(stop).await }
        });
        let watch = watch(&app, admin, &stop);
        watch.spawn(admin::serve(socket, Arc::new(desk), stop.clone()));
        let address = listener.local_addr()?;
        let router = router(&app, playground.as_ref());
        let mut server = tokio::spawn(http::serve(listener, router, stop.clone()));
        app.readiness.open();
        announce(&address.to_string(), playground.is_some());

        let ended = tokio::select! {
            () = signals.arrived() => Ok(()),
            Ok(Err(not_allowed)) = identity => Err(not_allowed.into()),
            // Without any of them the bot would be there and deaf: whoever started it starts it anew.
            reason = store.failed() => Err(anyhow::anyhow!("the store failed: {reason}")),
            died = &mut workers => Err(anyhow::anyhow!("the workers ended: {died:?}")),
            died = &mut server => Err(anyhow::anyhow!("the endpoints ended: {died:?}")),
        };
        app.readiness.close();
        stop.cancel();
        if let Some(playground) = &playground {
            playground.close();
        }
        // Requests end first, then their turns, then what those have left to send.
        let drained = async {
            finish(&mut server).await;
            app.drain().await;
            stop_workers.cancel();
            finish(&mut workers).await;
            watch.close();
            watch.wait().await;
        };
        if tokio::time::timeout(DRAIN_WITHIN, drained).await.is_err() {
            tracing::warn!("what was under way at the end goes on at the next start");
        }
        let closed = store.close().await;
        ended?;
        Ok(closed?)
    }
}

/// Waits for a task unless it has been waited for already.
async fn finish(task: &mut JoinHandle<()>) {
    if !task.is_finished() {
        let _ = task.await;
    }
}

fn router(app: &App, playground: Option<&Playground>) -> Router {
    match playground {
        Some(playground) => app
            .router()
            .merge(playground.page())
            .merge(playground.web_api()),
        None => app.router().merge(http::status_page()),
    }
}

/// What goes on beside the bot's work: what tells an operator how it is, and the library's vectors.
fn watch(app: &Arc<App>, admin: Option<TcpListener>, stop: &CancellationToken) -> TaskTracker {
    let tasks = TaskTracker::new();
    tasks.spawn({
        let (app, stop) = (app.clone(), stop.clone());
        async move { app.measure(stop).await }
    });
    if let Some(ranker) = app.ranker.clone() {
        let stop = stop.clone();
        tasks.spawn_blocking(move || meaning::prepare(&ranker, &stop));
    }
    if let Some(listener) = admin {
        let (metrics, stop) = (app.metrics.clone(), stop.clone());
        tasks.spawn(async move {
            let served = telemetry::serve(listener, metrics, stop.cancelled_owned()).await;
            if let Err(error) = served {
                tracing::error!(%error, "the operator's port ended");
            }
        });
    }
    tasks
}

fn announce(address: &str, is_playground: bool) {
    tracing::info!(address, "serving");
    if is_playground {
        super::output::print(format_args!(
            "The playground is open at http://{address}/ (no Slack credentials were given). Stop it with Ctrl-C."
        ));
    }
}

/// The signals that end the server. Once they are listened for, none of them kills the process.
struct StopSignals {
    terminate: Signal,
    interrupt: Signal,
}

impl StopSignals {
    fn listen() -> std::io::Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    async fn arrived(&mut self) {
        let name = tokio::select! {
            _ = self.terminate.recv() => "SIGTERM",
            _ = self.interrupt.recv() => "SIGINT",
        };
        tracing::info!(signal = name, "stopping");
    }
}

/// The crash test has the process die at a named step; a release build has no such step.
fn arm_fail_point() -> anyhow::Result<()> {
    #[cfg(debug_assertions)]
    if let Some(point) = std::env::var_os("CRASH_AT") {
        crate::failpoint::arm(&point.to_string_lossy())?;
    }
    Ok(())
}
