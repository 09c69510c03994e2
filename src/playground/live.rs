//! The stream of updates that a page follows.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::{StreamExt, stream};
use serde::Deserialize;
use tokio_stream::wrappers::BroadcastStream;

use super::Playground;
use super::feed::Numbered;

/// Who follows, and what they have already.
#[derive(Debug, Deserialize)]
pub(super) struct Follow {
    #[serde(rename = "as")]
    person: String,
    run: String,
    after: u64,
}

/// Streams what concerns one person. A page that was away too long is told to load anew.
pub(super) async fn live(
    State(playground): State<Playground>,
    Query(follow): Query<Follow>,
    headers: HeaderMap,
) -> Response {
    let (run, after) = last_event(&headers).unwrap_or((follow.run, follow.after));
    let Some((missed, to_come)) = playground.state().feed.follow(&run, after) else {
        let reload = stream::iter([Ok::<_, Infallible>(reload())]);
        return Sse::new(reload).into_response();
    };
    let closed = playground.inner.closed.clone().cancelled_owned();
    let to_come = BroadcastStream::new(to_come).map(Result::ok);
    let events = stream::iter(missed.into_iter().map(Some))
        .chain(to_come)
        .filter_map(move |numbered| {
            let event = match numbered {
                None => Some(reload()),
                Some(numbered) => event(&playground, &follow.person, &run, &numbered),
            };
            async move { event.map(Ok::<_, Infallible>) }
        })
        .take_until(closed);
    Sse::new(events)
        .keep_alive(KeepAlive::default())
        .into_response()
}

/// What a browser that reconnects by itself had last.
fn last_event(headers: &HeaderMap) -> Option<(String, u64)> {
    let (run, number) = headers
        .get("last-event-id")?
        .to_str()
        .ok()?
        .rsplit_once('-')?;
    Some((run.to_owned(), number.parse().ok()?))
}

fn reload() -> Event {
    Event::default().event("reload").data("{}")
}

fn event(
    playground: &Playground,
    person: &str,
    run: &str,
    (number, update): &Numbered,
) -> Option<Event> {
    if !playground.state().workspace.concerns(update, person) {
        return None;
    }
    let event = Event::default().id(format!("{run}-{number}"));
    event.json_data(Arc::as_ref(update)).ok()
}
