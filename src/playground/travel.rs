//! Time travel: the page sets the clock of bot and workspace ahead, to see what comes due.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Json;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::json;

use super::Playground;
use super::page_api::{Answered, Failure};

/// Where to.
#[derive(Deserialize)]
pub(super) struct Journey {
    to: Timestamp,
}

/// Sets the clock ahead; what comes due by that comes by itself.
pub(super) async fn travel(
    State(play): State<Playground>,
    Json(journey): Json<Journey>,
) -> Answered {
    let clock = play.inner.settings.travel.as_ref();
    let went = clock.is_some_and(|clock| clock.travel(journey.to));
    if !went {
        let refusal = "Time goes forward only, by at most 400 days at once".to_owned();
        return Err(Failure::new(StatusCode::UNPROCESSABLE_ENTITY, refusal));
    }
    Ok(Json(json!({ "now": play.inner.clock.now() })))
}
