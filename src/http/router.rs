//! Which path leads where, and what holds for every request.

use std::any::Any;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use tokio::time::Instant;
use tower_http::catch_panic::CatchPanicLayer;
use tracing::Instrument;
use uuid::Uuid;

use super::answer::{Ended, to_command, to_event, to_interaction};
use super::door::Door;
use super::intake::{read, verify};
use crate::ident::Reference;
use crate::metrics::{Endpoint, RequestOutcome};
use crate::slack::command::is_ssl_check;

/// The endpoints for Slack and for whoever watches over the process.
pub fn router(door: Door) -> Router {
    let slack = |endpoint: Endpoint| {
        post(move |State(door): State<Arc<Door>>, request: Request| take(door, endpoint, request))
    };
    Router::new()
        .route("/slack/events", slack(Endpoint::Events))
        .route("/slack/commands", slack(Endpoint::Commands))
        .route("/slack/interactions", slack(Endpoint::Interactions))
        .route("/healthz", get(|| async { "ok" }))
        .route("/readyz", get(ready))
        .with_state(Arc::new(door))
        .layer(CatchPanicLayer::custom(panicked))
}

/// What the front page says where there is no playground.
pub fn status_page() -> Router {
    const PAGE: &str = concat!(
        "GTM Advisor ",
        env!("CARGO_PKG_VERSION"),
        " is running.\n\nIt is used in Slack: invite it to a channel and mention it, or type its command.\n",
    );
    Router::new().route("/", get(|| async { PAGE }))
}

async fn ready(State(door): State<Arc<Door>>) -> Response {
    if door.readiness.is_open() {
        "ready".into_response()
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "not ready").into_response()
    }
}

async fn take(door: Arc<Door>, endpoint: Endpoint, request: Request) -> Response {
    let began = Instant::now();
    let reference = reference();
    let span = tracing::info_span!("request", %reference, endpoint = endpoint.as_str());
    let ended = handle(&door, endpoint, request).instrument(span).await;
    door.metrics
        .request(endpoint, ended.outcome, began.elapsed());
    ended.response
}

/// In this order: size, signature, whether there is room, and only then what it says.
async fn handle(door: &Door, endpoint: Endpoint, request: Request) -> Ended {
    let (parts, body) = request.into_parts();
    let read = read(&parts.headers, body, door.body_within, &door.bodies).await;
    let (body, _held) = match read {
        Ok(read) => read,
        Err(status) => {
            // What is left of the body is not waited for.
            let close = [(header::CONNECTION, HeaderValue::from_static("close"))];
            return Ended::new(RequestOutcome::Refused, (status, close));
        }
    };
    // It may come unsigned, and it has no effect.
    if endpoint == Endpoint::Commands && is_ssl_check(&body) {
        return Ended::seen(RequestOutcome::Ignored);
    }
    let verified = match verify(door, &parts.headers, body) {
        Ok(verified) => verified,
        Err(error) => {
            door.metrics.verify_failure(error.label());
            return Ended::new(RequestOutcome::Refused, StatusCode::UNAUTHORIZED);
        }
    };
    let Ok(_room) = door.at_once.try_acquire() else {
        return Ended::new(RequestOutcome::Unavailable, StatusCode::SERVICE_UNAVAILABLE);
    };
    match endpoint {
        Endpoint::Events => to_event(door, &verified).await,
        Endpoint::Commands => to_command(door, &verified).await,
        Endpoint::Interactions => to_interaction(door, &verified).await,
        Endpoint::Other => Ended::new(RequestOutcome::Refused, StatusCode::NOT_FOUND),
    }
}

/// Enough of an id to find a request in the log.
fn reference() -> Reference {
    let id = Uuid::now_v7().simple().to_string();
    Reference::new(&id[id.len() - 8..])
}

/// The panic's own words may hold a message's; the hook has logged where it was.
fn panicked(_: Box<dyn Any + Send>) -> Response {
    tracing::error!("a request panicked");
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}
