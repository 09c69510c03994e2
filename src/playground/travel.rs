//! Time travel: the page sets the clock of bot and workspace ahead, to see what comes due.
//!
//! A journey stops wherever something comes due on its way, and lasts until that is done: however
//! many weeks it spans and however fast one press follows another, nothing is passed over that would
//! have come to whoever had waited.

use async_trait::async_trait;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Json;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::json;

use super::Playground;
use super::page_api::{Answered, Failure};
use crate::clock::TravelClock;

/// The bot, as far as whoever travels waits for it.
#[async_trait]
pub trait Companion: Send + Sync {
    /// The first instant after now, and not after `until`, at which it has something to do.
    async fn next_stop(&self, until: Timestamp) -> Option<Timestamp>;

    /// Waits until what it has to do by now is done; not for ever.
    async fn settled(&self);
}

/// Where to: the instant that the button named when it was pressed.
#[derive(Deserialize)]
pub(super) struct Journey {
    to: Timestamp,
}

/// Sets the clock ahead; what comes due by that comes by itself.
pub(super) async fn travel(
    State(play): State<Playground>,
    Json(journey): Json<Journey>,
) -> Answered {
    let inner = &play.inner;
    let refused = |words: &str| Failure::new(StatusCode::UNPROCESSABLE_ENTITY, words.to_owned());
    let Some(clock) = inner.settings.travel.as_deref() else {
        return Err(refused("Time goes by itself here"));
    };
    // One after the other: a press that names the same instant finds it reached.
    let _alone = inner.journey.lock().await;
    if !clock.reaches(journey.to) {
        return Err(refused(
            "Time goes ahead by at most 400 days at once; name a nearer day",
        ));
    }
    go(&play, clock, journey.to).await;
    Ok(Json(json!({ "now": inner.clock.now() })))
}

/// Goes there, from stop to stop. Who is there already stays.
async fn go(play: &Playground, clock: &TravelClock, to: Timestamp) {
    let Some(bot) = play.inner.companion.get() else {
        clock.travel(to);
        return;
    };
    bot.settled().await;
    while let Some(stop) = bot.next_stop(to).await {
        clock.travel(stop);
        bot.settled().await;
    }
    if clock.travel(to) {
        bot.settled().await;
    }
}
