//! Requests made by hand, as Slack would make them.

use axum::http::{HeaderMap, HeaderValue, header};
use gtm_advisor::playground::{self, Message, Playground, seed};
use serde_json::{Value, json};

use super::{TestBot, lock};

/// A request that has reached the bot, or shall.
#[derive(Debug, Clone)]
pub(crate) struct Delivered {
    pub(crate) path: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl TestBot {
    /// The requests that have reached the bot so far.
    pub(crate) fn requests(&self) -> Vec<Delivered> {
        lock(&self.requests).clone()
    }

    /// The newest of them.
    pub(crate) fn last_request(&self) -> Delivered {
        self.requests().pop().expect("a request")
    }

    /// Sends a request as it is.
    pub(crate) async fn deliver(&self, request: &Delivered) -> playground::Delivery {
        let mut headers = request.headers.clone();
        for own in [header::HOST, header::CONTENT_LENGTH] {
            headers.remove(own);
        }
        let Delivered { path, body, .. } = request;
        self.slack.deliver(path, headers, body.clone()).await
    }

    /// Signs an event now and sends it.
    pub(crate) async fn deliver_event(&self, event: &Value) -> playground::Delivery {
        let request = signed(&self.slack, "/slack/events", event.to_string());
        self.deliver(&request).await
    }
}

/// A request that is signed now.
pub(crate) fn signed(slack: &Playground, path: &str, body: String) -> Delivered {
    let mut headers = slack.signature(body.as_bytes());
    let kind = if body.starts_with('{') {
        "application/json"
    } else {
        "application/x-www-form-urlencoded"
    };
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    Delivered {
        path: path.to_owned(),
        headers,
        body: body.into_bytes(),
    }
}

/// The event that a message causes.
pub(crate) fn event(kind: &str, channel: &str, message: &Message, id: &str) -> Value {
    json!({
        "type": "event_callback",
        "team_id": seed::TEAM,
        "api_app_id": seed::APP,
        "authorizations": [{
            "enterprise_id": null, "team_id": seed::TEAM, "user_id": seed::BOT_USER,
            "is_bot": true, "is_enterprise_install": false,
        }],
        "event_id": id,
        "event": {
            "type": kind, "channel": channel, "channel_type": "channel", "user": message.user,
            "text": message.text, "ts": message.ts, "event_ts": message.ts,
            "thread_ts": message.thread_ts,
        },
    })
}

/// A slash command's form; its answer can go nowhere but into the response.
pub(crate) fn command_form(person: &str, words: &str, trigger: &str) -> String {
    let fields = [
        ("team_id", seed::TEAM),
        ("channel_id", seed::GTM_PLAN),
        ("user_id", person),
        ("command", "/gtm"),
        ("text", words),
        ("api_app_id", seed::APP),
        ("trigger_id", trigger),
    ];
    serde_urlencoded::to_string(fields).expect("a form")
}
