//! The page: its files, and the routes of its own calls.

use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{StatusCode, header};
use axum::middleware;
use axum::response::{Html, IntoResponse, Json, Redirect, Response};
use axum::routing::{get, post};
use serde_json::json;

use super::{Playground, blocks, files, guard, live, page_api, travel, views};

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

assets! {
    "api.js": JS;
    "avatar.js": JS;
    "blocks.css": CSS;
    "blocks.js": JS;
    "chart.js": JS;
    "chosen.js": JS;
    "channel.js": JS;
    "complete.js": JS;
    "composer.css": CSS;
    "composer.js": JS;
    "dates.js": JS;
    "dom.js": JS;
    "emoji.js": JS;
    "favicon.svg": SVG;
    "fixture.css": CSS;
    "fixture.js": JS;
    "icons.js": JS;
    "layout.css": CSS;
    "live.js": JS;
    "main.js": JS;
    "markdown.js": JS;
    "message.js": JS;
    "messages.css": CSS;
    "modal.css": CSS;
    "modal.js": JS;
    "mrkdwn.js": JS;
    "notices.js": JS;
    "richtext.js": JS;
    "route.js": JS;
    "sidebar.css": CSS;
    "sidebar.js": JS;
    "store.js": JS;
    "theme.css": CSS;
    "thread.js": JS;
    "timeline.js": JS;
    "travel.js": JS;
}

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
        .route("/playground/amend", post(page_api::amend))
        .route(
            "/playground/share",
            post(files::share).layer(DefaultBodyLimit::max(files::LARGEST)),
        )
        .route(
            "/playground/choose",
            post(files::choose).layer(DefaultBodyLimit::max(files::LARGEST)),
        )
        .route("/playground/picture/{id}", get(files::picture))
        .route("/playground/click", post(page_api::click))
        .route("/playground/pick", post(page_api::pick))
        .route("/playground/submit", post(views::sent_off))
        .route("/playground/close", post(views::closed))
        .route("/playground/read", post(page_api::read))
        .route("/playground/dismiss", post(page_api::dismiss))
        .route("/playground/travel", post(travel::travel))
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
    use std::collections::BTreeSet;

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
        for (name, _, text) in ASSETS.iter().chain(&pages) {
            // The name of SVG's namespace looks like an address and is none.
            let text = text.replace("http://www.w3.org/2000/svg", "");
            for word in banned {
                assert!(!text.contains(word), "{name} contains {word}");
            }
            assert!(text.lines().count() <= 400, "{name} is too long");
        }
    }

    #[test]
    fn what_the_page_asks_for_is_what_is_served() {
        let texts = ASSETS.iter().map(|(_, _, text)| *text);
        let all: String = texts.chain([INDEX, FIXTURE]).collect();
        let after = |mark: &'static str| {
            let named = |rest: &str| rest.split(['"', '\'']).next().map(str::to_owned);
            all.split(mark)
                .skip(1)
                .filter_map(named)
                .collect::<Vec<_>>()
        };
        let asked: BTreeSet<_> = [after("/playground/assets/"), after("from './")]
            .concat()
            .into_iter()
            .collect();
        let served = ASSETS.iter().map(|(name, ..)| (*name).to_owned()).collect();
        assert_eq!(asked, served);
    }
}
