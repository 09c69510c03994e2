//! The playground over real HTTP, with a bot that does what a test tells it.

mod commands;
mod events;
mod page;
mod web_api;

use std::collections::VecDeque;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use tokio::net::TcpListener;

use super::*;

/// A clock that stands still until it is moved.
#[derive(Debug)]
struct StillClock(AtomicI64);

impl Clock for StillClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(self.0.load(Ordering::SeqCst)).unwrap()
    }
}

/// A request that the bot received.
#[derive(Debug, Clone)]
struct Received {
    path: String,
    headers: HeaderMap,
    body: String,
}

impl Received {
    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    fn field(&self, name: &str) -> String {
        let fields: Vec<(String, String)> = serde_urlencoded::from_str(&self.body).unwrap();
        fields
            .into_iter()
            .find(|(field, _)| field == name)
            .unwrap()
            .1
    }

    fn payload(&self) -> Value {
        serde_json::from_str(&self.field("payload")).unwrap()
    }

    fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }
}

/// How the bot answers next.
#[derive(Debug, Clone)]
enum Answers {
    With(u16, &'static str, Value),
    NoRetry,
    Never,
}

#[derive(Debug, Default)]
struct Script {
    received: Vec<Received>,
    answers: VecDeque<Answers>,
}

/// A playground on a port of its own, and the bot behind it.
struct Desk {
    play: Playground,
    url: String,
    client: reqwest::Client,
    clock: Arc<StillClock>,
    script: Arc<Mutex<Script>>,
}

const TOKEN: &str = "test-token";

impl Desk {
    async fn new() -> Self {
        Self::with(|_| {}).await
    }

    async fn with(adjust: impl FnOnce(&mut Settings)) -> Self {
        let script = Arc::new(Mutex::new(Script::default()));
        let bot_url = serve_bot(Arc::clone(&script)).await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let mut settings = Settings::new(bot_url, &url, "test-secret".into(), TOKEN.into());
        settings.rates = Rates::Off;
        adjust(&mut settings);
        let clock = Arc::new(StillClock(AtomicI64::new(1_700_000_000)));
        let play = Playground::open(settings, Arc::<StillClock>::clone(&clock))
            .await
            .unwrap();
        let app = play.page().merge(play.web_api());
        tokio::spawn(async move { axum::serve(listener, app).await });
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(bot::no_roots())
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        Self {
            play,
            url,
            client,
            clock,
            script,
        }
    }

    fn wait(&self, seconds: i64) {
        self.clock.0.fetch_add(seconds, Ordering::SeqCst);
    }

    /// The bot's next answers, in order; after them it acknowledges everything.
    fn bot_answers(&self, answers: impl IntoIterator<Item = Answers>) {
        lock(&self.script).answers.extend(answers);
    }

    fn received(&self) -> Vec<Received> {
        lock(&self.script).received.clone()
    }

    fn last(&self) -> Received {
        self.received().pop().unwrap()
    }

    async fn raw(&self, method: &str, args: &Value) -> reqwest::Result<reqwest::Response> {
        let url = format!("{}/api/{method}", self.url);
        let body = args.to_string();
        let json = "application/json; charset=utf-8";
        let request = self
            .client
            .post(url)
            .bearer_auth(TOKEN)
            .header(header::CONTENT_TYPE, json);
        request.body(body).send().await
    }

    /// A call with a JSON body, whatever the method.
    async fn json(&self, method: &str, args: Value) -> Value {
        self.raw(method, &args).await.unwrap().json().await.unwrap()
    }

    /// A call with a form.
    async fn form(&self, method: &str, args: &[(&str, &str)]) -> Value {
        let url = format!("{}/api/{method}", self.url);
        let request = self.client.post(url).bearer_auth(TOKEN).form(args);
        request.send().await.unwrap().json().await.unwrap()
    }

    /// Posts as the bot; returns the message's ts.
    async fn post(&self, channel: &str, text: &str) -> String {
        let answer = self
            .json(
                "chat.postMessage",
                json!({"channel": channel, "text": text}),
            )
            .await;
        answer["ts"].as_str().unwrap().to_owned()
    }

    /// A post to a `response_url`: status and error.
    async fn respond(&self, url: &str, body: Value) -> (u16, String) {
        let response = self.client.post(url).json(&body).send().await.unwrap();
        let status = response.status().as_u16();
        let answer: Value = response.json().await.unwrap();
        (
            status,
            answer["error"].as_str().unwrap_or_default().to_owned(),
        )
    }
}

async fn serve_bot(script: Arc<Mutex<Script>>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let app = Router::new().fallback(move |request: Request| answer(Arc::clone(&script), request));
    tokio::spawn(async move { axum::serve(listener, app).await });
    url
}

async fn answer(script: Arc<Mutex<Script>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    let next = {
        let mut script = lock(&script);
        script.received.push(Received {
            path: parts.uri.path().to_owned(),
            headers: parts.headers,
            body: String::from_utf8(body.to_vec()).unwrap(),
        });
        script.answers.pop_front()
    };
    match next {
        None => StatusCode::OK.into_response(),
        Some(Answers::With(status, kind, Value::String(body))) => (
            StatusCode::from_u16(status).unwrap(),
            [(header::CONTENT_TYPE, kind)],
            body,
        )
            .into_response(),
        Some(Answers::With(status, kind, body)) => {
            let body = body.to_string();
            (
                StatusCode::from_u16(status).unwrap(),
                [(header::CONTENT_TYPE, kind)],
                body,
            )
                .into_response()
        }
        Some(Answers::NoRetry) => (
            StatusCode::INTERNAL_SERVER_ERROR,
            [("x-slack-no-retry", "1")],
        )
            .into_response(),
        Some(Answers::Never) => std::future::pending().await,
    }
}

fn texts(messages: &[Message]) -> Vec<&str> {
    messages.iter().map(|m| m.text.as_str()).collect()
}
