//! The page: its files, and the routes of its own calls.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::middleware;
use axum::response::{Html, IntoResponse, Json, Redirect, Response};
use axum::routing::{get, post};
use serde_json::json;

use super::{Playground, blocks, guard, live, page_api};

const INDEX: &str = include_str!("page/index.html");
const FIXTURE: &str = include_str!("page/fixture.html");

macro_rules! assets {
    ($($name:literal: $kind:ident;)*) => {
        /// The page's files: name, content type, text.
        const ASSETS: &[(&str, &str, &str)] =
            &[$(($name, $kind, include_str!(concat!("page/", $name)))),*];
    };
}

const JS: &str = "text/javascript; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const SVG: &str = "image/svg+xml";

assets! {}

pub(super) fn router(playground: &Playground) -> Router {
    Router::new()
        .route("/", get(|| async { Html(INDEX) }))
        .route("/archives/{channel}/{message}", get(open_message))
        .route("/playground/assets/{name}", get(asset))
        .route("/playground/fixture", get(|| async { Html(FIXTURE) }))
        .route("/playground/fixture.json", get(fixture))
        .route("/playground/live", get(live::live))
        .route("/playground/state", get(page_api::state))
        .route("/playground/messages", get(page_api::messages))
        .route("/playground/say", post(page_api::say))
        .route("/playground/click", post(page_api::click))
        .route("/playground/read", post(page_api::read))
        .route("/playground/dismiss", post(page_api::dismiss))
        .layer(middleware::from_fn(guard::strict_headers))
        .layer(middleware::from_fn_with_state(
            playground.clone(),
            guard::same_origin,
        ))
        .with_state(playground.clone())
}

async fn asset(Path(name): Path<String>) -> Response {
    match ASSETS.iter().find(|(known, ..)| *known == name) {
        Some((_, kind, text)) => {
            let headers = [
                (header::CONTENT_TYPE, *kind),
                (header::CACHE_CONTROL, "no-cache"),
            ];
            (headers, *text).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// A permalink opens the page at its message; the page reads the rest of the address.
async fn open_message(Path((channel, message)): Path<(String, String)>) -> Response {
    let is_id = |id: &str| id.chars().all(|c| c.is_ascii_alphanumeric());
    let digits = message.strip_prefix('p').unwrap_or_default();
    match digits
        .len()
        .checked_sub(6)
        .and_then(|dot| digits.split_at_checked(dot))
    {
        Some((seconds, micros)) if is_id(&channel) && is_id(digits) => {
            Redirect::to(&format!("/#{channel}/{seconds}.{micros}")).into_response()
        }
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

/// The fixture's payload with its ids filled in, or what Slack would say of it.
async fn fixture(State(playground): State<Playground>) -> Response {
    let Some(payload) = &playground.inner.settings.fixture else {
        return (
            StatusCode::NOT_FOUND,
            Json(json!({"error": "There is no fixture"})),
        )
            .into_response();
    };
    let given = payload.get("blocks").and_then(serde_json::Value::as_array);
    match blocks::check(given.map_or(&[], Vec::as_slice)) {
        Ok(blocks) => Json(json!({"text": payload["text"], "blocks": blocks})).into_response(),
        Err(messages) => {
            let answer = json!({"error": "invalid_blocks", "messages": messages});
            (StatusCode::UNPROCESSABLE_ENTITY, Json(answer)).into_response()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// User text must reach the page as text only, and nothing may run or be styled inline, or the
    /// content policy would be a promise that the page does not keep.
    #[test]
    fn the_page_writes_text_as_text_and_has_nothing_inline() {
        let banned = [
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
            "new Function",
            "createContextualFragment",
            "DOMParser",
            "srcdoc",
            "style=",
            "onclick=",
            "onload=",
            "javascript:",
            "http://",
            "https://",
        ];
        let pages = [
            ("index.html", "html", INDEX),
            ("fixture.html", "html", FIXTURE),
        ];
        for (name, kind, text) in ASSETS.iter().chain(&pages) {
            for word in banned
                .iter()
                .filter(|word| *kind != SVG || !word.starts_with("http"))
            {
                assert!(!text.contains(word), "{name} contains {word}");
            }
            assert!(text.lines().count() <= 400, "{name} is too long");
        }
    }

    #[test]
    fn every_file_of_the_page_is_served_and_every_served_file_is_asked_for() {
        let all: String = ASSETS
            .iter()
            .map(|(_, _, text)| *text)
            .chain([INDEX, FIXTURE])
            .collect();
        for (name, ..) in ASSETS {
            assert!(all.contains(name), "nobody asks for {name}");
        }
    }
}
