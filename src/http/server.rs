//! The server: connections, their limits, and an end without losing what is under way.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

/// How long a request's head may take to arrive; an idle connection ends after it too.
const HEAD_WITHIN: Duration = Duration::from_secs(10);

/// Connections at once.
const CONNECTIONS: usize = 1_024;

/// How long requests under way may take at the end.
const DRAIN_WITHIN: Duration = Duration::from_secs(10);

/// How long to wait when the system has no more connections to give.
const PAUSE: Duration = Duration::from_millis(500);

/// Serves until `shutdown`, then lets the requests under way end.
pub async fn serve(listener: TcpListener, router: Router, shutdown: CancellationToken) {
    let graceful = GracefulShutdown::new();
    let room = Arc::new(Semaphore::new(CONNECTIONS));
    while let Some(stream) = next(&listener, &shutdown).await {
        // Over the limit a connection is closed at once: waiting here would let others queue up
        // without a word.
        let Ok(place) = room.clone().try_acquire_owned() else {
            continue;
        };
        let service = TowerToHyperService::new(router.clone());
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEAD_WITHIN)
            .serve_connection(TokioIo::new(stream), service);
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "connection_ended");
            }
            drop(place);
        });
    }
    drop(listener);
    if tokio::time::timeout(DRAIN_WITHIN, graceful.shutdown())
        .await
        .is_err()
    {
        tracing::warn!("requests were still under way at the end");
    }
}

/// The next connection; `None` at the end.
async fn next(listener: &TcpListener, shutdown: &CancellationToken) -> Option<TcpStream> {
    loop {
        let accepted = tokio::select! {
            () = shutdown.cancelled() => return None,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, _)) => {
                // Replies are small and waited for.
                let _ = stream.set_nodelay(true);
                return Some(stream);
            }
            Err(error) => {
                tracing::warn!(%error, "accept_failed");
                tokio::select! {
                    () = shutdown.cancelled() => return None,
                    () = tokio::time::sleep(PAUSE) => {}
                }
            }
        }
    }
}
