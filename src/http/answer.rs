//! From verified bytes to a response, one function a door.

use std::time::Duration;

use axum::Json;
use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use serde_json::json;

use super::door::Door;
use super::form::{Opened, fill, filled, open};
use super::written::written;
use crate::advisor::{
    Answered, Departure, Followed, Moved, Origin, OutboxRow, Over, Received, ReplyTo,
};
use crate::failpoint::{FailPoint, reach};
use crate::ident::Reference;
use crate::metrics::RequestOutcome;
use crate::render::people;
use crate::slack::command::command;
use crate::slack::delivery::{Context, Decoded, Identity, Ignored, Removed};
use crate::slack::event::event;
use crate::slack::interaction::{Interaction, interaction};
use crate::slack::kit::{Shown, notice};
use crate::slack::links::linked;
use crate::slack::signature::Verified;
use crate::slack::submission::{OUTDATED, told};
use crate::slack::{NO_RETRY_HEADER, blocks};

/// How long a response waits for names: Slack waits for three seconds in all.
const NAMES: Duration = Duration::from_millis(400);

const CHECKING: &str = "Checking…";
const OPENING: &str =
    "Slack is slow to open the form. It opens in a moment, or I answer here instead.";
const UNREADABLE: &str =
    "I could not read that command, so nothing was changed. Please try it again.";
pub(super) const STARTING: &str = "I have only just started and Slack has not told me yet which workspace I belong to, so nothing was done. Please try it again in a moment.";
const ELSEWHERE: &str = "This bot serves another workspace, so nothing was done here. Whoever installed it can say which.";

/// How a request ended, and with what.
pub(super) struct Ended {
    pub(super) outcome: RequestOutcome,
    pub(super) response: Response,
}

impl Ended {
    pub(super) fn new(outcome: RequestOutcome, response: impl IntoResponse) -> Self {
        Self {
            outcome,
            response: response.into_response(),
        }
    }

    /// An empty acknowledgement.
    pub(super) fn seen(outcome: RequestOutcome) -> Self {
        Self::new(outcome, StatusCode::OK)
    }
}

/// An event: on disk, then acknowledged. What cannot be read is acknowledged too, since a repeat
/// could not be read either.
pub(super) async fn to_event(door: &Door, body: &Verified<Bytes>) -> Ended {
    let known = door.known.get();
    match event(body, context(door, known)) {
        Decoded::Challenge(challenge) => Ended::new(RequestOutcome::Answered, challenge),
        Decoded::SslCheck => Ended::seen(RequestOutcome::Ignored),
        Decoded::Ignored(reason) => ignored(door, reason),
        Decoded::Removed(removed) => depart(door, removed).await,
        // Whose event it is cannot be told yet; it comes again.
        Decoded::Moved(_) | Decoded::Deliver(_) if known.is_none() => {
            Ended::new(RequestOutcome::Unavailable, StatusCode::SERVICE_UNAVAILABLE)
        }
        Decoded::Moved(moved) => follow(door, moved).await,
        Decoded::Deliver(origin) => match door.turns.receive(*origin).await {
            Ok(Received::New(_)) => {
                reach(FailPoint::EventReceived);
                Ended::seen(RequestOutcome::Accepted)
            }
            Ok(Received::Unconcerned) => ignored(door, Ignored::NotForUs),
            Ok(Received::Duplicate) => Ended::seen(RequestOutcome::Repeated),
            Err(error) => {
                tracing::error!(%error, "an event could not be stored");
                Ended::new(RequestOutcome::Unavailable, StatusCode::SERVICE_UNAVAILABLE)
            }
        },
    }
}

/// A workspace has removed the app. That is believed even before Slack has said who the bot is: it will
/// not say so any more.
async fn depart(door: &Door, removed: Removed) -> Ended {
    let Removed { installation, at } = removed;
    match door.turns.depart(&installation, at).await {
        Ok(Departure::Begun) => {
            tracing::info!(%installation, removed = %at, "a workspace has removed the app");
            Ended::seen(RequestOutcome::Accepted)
        }
        Ok(Departure::Known) => Ended::seen(RequestOutcome::Repeated),
        Err(error) => {
            tracing::error!(%installation, %error, "the removal of the app could not be stored");
            Ended::new(RequestOutcome::Unavailable, StatusCode::SERVICE_UNAVAILABLE)
        }
    }
}

/// A channel goes by another id from now on: what is kept for it is there under that one before the news
/// is acknowledged.
async fn follow(door: &Door, moved: Moved) -> Ended {
    let (from, to) = (moved.from.clone(), moved.to.clone());
    match door.turns.follow_channel(moved).await {
        Ok(Followed::Now) => {
            reach(FailPoint::ChannelMoved);
            tracing::info!(%from, %to, "a channel goes by another id");
            Ended::seen(RequestOutcome::Accepted)
        }
        Ok(Followed::Before) => Ended::seen(RequestOutcome::Repeated),
        Err(error) => {
            tracing::error!(%from, %to, %error, "a channel could not be followed to its new id");
            Ended::new(RequestOutcome::Unavailable, StatusCode::SERVICE_UNAVAILABLE)
        }
    }
}

/// A command: the response is the reply whenever it is ready in time.
pub(super) async fn to_command(door: &Door, body: &Verified<Bytes>) -> Ended {
    let known = door.known.get();
    let origin = match command(body, context(door, known)) {
        Decoded::Deliver(_) if known.is_none() => {
            return Ended::new(RequestOutcome::Unavailable, Json(notice(STARTING)));
        }
        Decoded::Deliver(origin) => *origin,
        Decoded::SslCheck | Decoded::Challenge(_) | Decoded::Removed(_) | Decoded::Moved(_) => {
            return Ended::seen(RequestOutcome::Ignored);
        }
        Decoded::Ignored(reason) => {
            door.metrics.ignored(reason.label());
            let (outcome, words) = match reason {
                Ignored::OtherInstallation => (RequestOutcome::Refused, ELSEWHERE),
                _ => (RequestOutcome::Ignored, UNREADABLE),
            };
            return Ended::new(outcome, Json(notice(words)));
        }
    };
    match open(door, &origin).await {
        Opened::Whole => return Ended::seen(RequestOutcome::Accepted),
        Opened::Waiting(view) => return fill(door, view, origin),
        Opened::Late => return Ended::new(RequestOutcome::Accepted, Json(notice(OPENING))),
        Opened::Not => {}
    }
    match door.turns.answer(origin, Over::Conversation).await {
        // Nothing is asked where no form is open.
        Answered::Asks(_) => Ended::seen(RequestOutcome::Ignored),
        Answered::Now(sent) => Ended::new(RequestOutcome::Answered, reply(door, sent.row).await),
        Answered::Later => Ended::new(RequestOutcome::Accepted, Json(notice(CHECKING))),
        Answered::Failed(reference) => {
            let words = failed(&reference);
            Ended::new(RequestOutcome::Unavailable, Json(notice(&words)))
        }
    }
}

/// A button: the response is empty, since Slack shows none; what is said comes by its address.
pub(super) async fn to_interaction(door: &Door, body: &Verified<Bytes>) -> Ended {
    let known = door.known.get();
    let origin = match interaction(body, context(door, known)) {
        Interaction::Suggestion => {
            return Ended::new(RequestOutcome::Ignored, Json(json!({"options": []})));
        }
        Interaction::Outdated => return Ended::new(RequestOutcome::Ignored, Json(told(OUTDATED))),
        Interaction::Filled(_) | Interaction::Pressed(Decoded::Deliver(_)) if known.is_none() => {
            return Ended::new(RequestOutcome::Unavailable, StatusCode::SERVICE_UNAVAILABLE);
        }
        Interaction::Filled(origin) => return filled(door, *origin).await,
        Interaction::Pressed(Decoded::Deliver(origin)) => *origin,
        Interaction::Pressed(Decoded::Ignored(reason)) => return ignored(door, reason),
        Interaction::Pressed(
            Decoded::Challenge(_) | Decoded::SslCheck | Decoded::Removed(_) | Decoded::Moved(_),
        ) => {
            return Ended::seen(RequestOutcome::Ignored);
        }
    };
    pressed(door, origin).await
}

async fn pressed(door: &Door, origin: Origin) -> Ended {
    match open(door, &origin).await {
        Opened::Whole | Opened::Late => return Ended::seen(RequestOutcome::Accepted),
        Opened::Waiting(view) => return fill(door, view, origin),
        Opened::Not => {}
    }
    let reply_to = origin.reply_to.clone();
    match door.turns.answer(origin, Over::Conversation).await {
        // A reply that was meant for the response stays due in the outbox.
        Answered::Now(_) | Answered::Later | Answered::Asks(_) => {
            Ended::seen(RequestOutcome::Accepted)
        }
        Answered::Failed(reference) => {
            if let Some(to) = reply_to {
                say_failed(door, to, reference);
            }
            Ended::seen(RequestOutcome::Unavailable)
        }
    }
}

/// Nothing is on disk that would say it, so this is tried once, after the acknowledgement.
pub(super) fn say_failed(door: &Door, to: ReplyTo, reference: Reference) {
    let client = door.client.clone();
    tokio::spawn(async move {
        let said = client.respond(&to, &notice(&failed(&reference))).await;
        if let Err(failure) = said {
            tracing::error!(%reference, %failure, "a failure could not be told");
        }
    });
}

pub(super) fn failed(reference: &Reference) -> String {
    format!(
        "That failed on my side, and nothing was changed. Please try it again; \
         if it keeps failing, tell whoever runs me the reference {reference}."
    )
}

/// The response that is a reply; its row counts as sent once the response has been written.
async fn reply(door: &Door, row: OutboxRow) -> Response {
    let shown = people(&row.document);
    let names = door.people.names(&row.installation, &shown, NAMES).await;
    let home = door.known.get().and_then(|it| it.home.as_deref());
    let document = linked(&row.document, home);
    let message = blocks::message(&document, &|person| names.of(person));
    let json = message.reply(&Shown::from(&row.target)).to_string();
    let turns = door.turns.clone();
    let body = written(Bytes::from(json), move || turns.written(row));
    with_type(body, "application/json")
}

fn with_type(body: Body, kind: &'static str) -> Response {
    let mut response = Response::new(body);
    let kind = HeaderValue::from_static(kind);
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}

fn ignored(door: &Door, reason: Ignored) -> Ended {
    door.metrics.ignored(reason.label());
    if reason == Ignored::OtherInstallation {
        let no_retry = [(NO_RETRY_HEADER, "1")];
        let refused = (StatusCode::FORBIDDEN, no_retry);
        return Ended::new(RequestOutcome::Refused, refused);
    }
    if reason == Ignored::RateLimited {
        tracing::warn!("events_held_back_by_sender");
    }
    tracing::debug!(reason = reason.label(), "request_ignored");
    Ended::seen(RequestOutcome::Ignored)
}

/// `known` is looked at once in a request: who is let in by it is who is let through.
fn context<'a>(door: &'a Door, known: Option<&'a Identity>) -> Context<'a> {
    Context {
        identity: known,
        hooks: door.client.hooks(),
        secrets: &door.secrets,
        now: door.clock.now(),
    }
}
