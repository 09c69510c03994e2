//! A server that answers as it was told, for the tests of this folder.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use super::client::{Client, install_tls_provider};

/// One request as it came.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    pub(crate) path: String,
    pub(crate) authorization: Option<String>,
    pub(crate) body: String,
}

impl Call {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).expect("JSON")
    }

    pub(crate) fn form(&self) -> Vec<(String, String)> {
        let address = format!("http://127.0.0.1/?{}", self.body);
        let address = reqwest::Url::parse(&address).expect("a form");
        let pairs = address.query_pairs();
        pairs
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect()
    }
}

/// What to answer.
#[derive(Debug, Clone)]
pub(crate) enum Answer {
    Json(Value),
    Status(u16, &'static str),
    Wait(&'static str),
    Redirect(&'static str),
    Silence,
}

#[derive(Debug, Clone, Default)]
struct Script {
    called: Arc<tokio::sync::Notify>,
    calls: Arc<Mutex<Vec<Call>>>,
    answers: Arc<Mutex<HashMap<String, VecDeque<Answer>>>>,
}

/// The server; it lives as long as the test's runtime.
#[derive(Debug)]
pub(crate) struct Fake {
    pub(crate) base: String,
    script: Script,
}

impl Fake {
    pub(crate) async fn start() -> Self {
        install_tls_provider();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a port");
        let base = format!("http://{}/api", listener.local_addr().expect("an address"));
        let script = Script::default();
        let router = Router::new().fallback(answer).with_state(script.clone());
        tokio::spawn(async { axum::serve(listener, router).await });
        Self { base, script }
    }

    /// The answers to the next calls of a path; after them, `{"ok":true,"ts":"9.9"}`.
    pub(crate) fn will(&self, path: &str, answers: impl IntoIterator<Item = Answer>) {
        let mut all = self.script.answers.lock().expect("a lock");
        all.entry(path.to_owned()).or_default().extend(answers);
    }

    pub(crate) fn calls(&self) -> Vec<Call> {
        self.script.calls.lock().expect("a lock").clone()
    }

    pub(crate) fn paths(&self) -> Vec<String> {
        self.calls().into_iter().map(|call| call.path).collect()
    }

    /// Waits for the first call of a path.
    pub(crate) async fn called(&self, path: &str) -> Call {
        loop {
            let next = self.script.called.notified();
            if let Some(call) = self.calls().into_iter().find(|call| call.path == path) {
                return call;
            }
            next.await;
        }
    }

    pub(crate) fn client(&self) -> Client {
        Client::new(&self.base, "test-token".into()).expect("a client")
    }
}

async fn answer(
    State(script): State<Script>,
    uri: Uri,
    headers: HeaderMap,
    body: axum::body::Bytes,
) -> Response {
    let body = String::from_utf8_lossy(&body).into_owned();
    let path = uri.path().to_owned();
    script.calls.lock().expect("a lock").push(Call {
        path: path.clone(),
        authorization: headers
            .get("authorization")
            .map(|it| it.to_str().expect("ASCII").to_owned()),
        body,
    });
    script.called.notify_one();
    let next = {
        let mut answers = script.answers.lock().expect("a lock");
        answers.get_mut(&path).and_then(VecDeque::pop_front)
    };
    match next {
        None => axum::Json(serde_json::json!({"ok": true, "ts": "9.9"})).into_response(),
        Some(Answer::Json(value)) => axum::Json(value).into_response(),
        Some(Answer::Status(code, body)) => {
            let status = axum::http::StatusCode::from_u16(code).expect("a status");
            (status, body).into_response()
        }
        Some(Answer::Redirect(to)) => {
            (axum::http::StatusCode::FOUND, [("location", to)]).into_response()
        }
        Some(Answer::Wait(seconds)) => (
            axum::http::StatusCode::TOO_MANY_REQUESTS,
            [("retry-after", seconds)],
        )
            .into_response(),
        Some(Answer::Silence) => std::future::pending().await,
    }
}
