//! A server that speaks as a language model does, or does not: on a real socket of the loopback.

use std::collections::VecDeque;
use std::net::{SocketAddr, TcpListener as StdListener};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use gtm_advisor::advisor::ModelCaps;
use gtm_advisor::llm::{Settings, Wire};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

use super::{listen, lock};

/// What the server does with one request.
#[derive(Debug, Clone)]
pub(crate) enum Act {
    /// Answers with that content, as chat completions do.
    Say(String),
    /// Answers with what this makes of the request.
    Think(fn(&Value) -> String),
    /// Answers with those bytes and closes.
    Raw(String),
    /// Never answers.
    Hang,
    /// Answers with one byte now and then.
    Drip,
    /// Says that much is to come, and sends it.
    Flood,
    /// Sends pieces without an end, and says of none that it is the last.
    Endless,
    /// Closes without a word.
    Close,
}

impl Act {
    /// That status, those header lines, that body.
    pub(crate) fn status(status: &str, headers: &str, body: &str) -> Self {
        Self::Raw(format!(
            "HTTP/1.1 {status}\r\ncontent-type: application/json\r\n{headers}content-length: {}\r\nconnection: close\r\n\r\n{body}",
            body.len()
        ))
    }

    /// A whole answer as the wire has it.
    pub(crate) fn json(body: &Value) -> Self {
        Self::status("200 OK", "", &body.to_string())
    }

    /// An answer that ended for that reason.
    pub(crate) fn ended(content: &str, reason: &str) -> Self {
        let message = json!({ "role": "assistant", "content": content });
        Self::json(&json!({ "choices": [{ "message": message, "finish_reason": reason }] }))
    }
}

/// One request that has arrived.
#[derive(Debug, Clone)]
pub(crate) struct Heard {
    /// The request line and the headers, in small letters.
    pub(crate) head: String,
    /// The body.
    pub(crate) body: Value,
}

/// The server.
pub(crate) struct ModelServer {
    listener: StdListener,
    address: SocketAddr,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    acts: Mutex<VecDeque<Act>>,
    heard: Mutex<Vec<Heard>>,
    hung_up: Notify,
}

impl ModelServer {
    /// A server that does so, one act a request; the last one again and again.
    pub(crate) fn acting(acts: impl IntoIterator<Item = Act>) -> Self {
        let server = Self::bound(acts);
        server.serve();
        server
    }

    /// The same, whose address is known before its runtime runs.
    pub(crate) fn bound(acts: impl IntoIterator<Item = Act>) -> Self {
        let (listener, address) = listen();
        let shared = Arc::new(Shared::default());
        lock(&shared.acts).extend(acts);
        Self {
            listener,
            address,
            shared,
        }
    }

    /// Begins to serve.
    pub(crate) fn serve(&self) {
        let listener = self.listener.try_clone().expect("the socket");
        let listener = TcpListener::from_std(listener).expect("a socket");
        let serving = self.shared.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, serving.clone()));
            }
        });
    }

    /// From now on it does so.
    pub(crate) fn act(&self, act: Act) {
        *lock(&self.shared.acts) = VecDeque::from([act]);
    }

    /// Its base address.
    pub(crate) fn base(&self) -> String {
        format!("http://{}/v1", self.address)
    }

    /// What has arrived.
    pub(crate) fn heard(&self) -> Vec<Heard> {
        lock(&self.shared.heard).clone()
    }

    /// Waits until somebody who waited for an answer has gone.
    pub(crate) async fn hung_up(&self) {
        self.shared.hung_up.notified().await;
    }

    /// Settings for a bot that asks it.
    pub(crate) fn settings(&self, within: Duration) -> Settings {
        Settings {
            wire: Wire::OpenAi,
            base: self.base(),
            model: "test-model".to_owned(),
            key: Some("hush-key".into()),
            within,
            caps: ModelCaps {
                tokens_a_month: 1_000_000,
                calls_a_minute: 1_000,
            },
            prices: None,
        }
    }
}

async fn serve(mut stream: TcpStream, shared: Arc<Shared>) {
    let Some(heard) = hear(&mut stream).await else {
        return;
    };
    let request = heard.body.clone();
    lock(&shared.heard).push(heard);
    let act = {
        let mut acts = lock(&shared.acts);
        match acts.len() {
            0 | 1 => acts.front().cloned(),
            _ => acts.pop_front(),
        }
    };
    let act = act.expect("it knows what to do");
    // Whoever has heard enough closes; a write into that is no failure of the test.
    let _ = play(&act, &request, &mut stream, &shared).await;
}

async fn play(
    act: &Act,
    request: &Value,
    stream: &mut TcpStream,
    shared: &Shared,
) -> std::io::Result<()> {
    let said = |content: &str| {
        json!({
            "choices": [{ "message": { "role": "assistant", "content": content }, "finish_reason": "stop" }],
            "usage": { "prompt_tokens": 400, "completion_tokens": 50 },
        })
    };
    match act {
        Act::Say(content) => {
            Box::pin(play(&Act::json(&said(content)), request, stream, shared)).await
        }
        Act::Think(think) => {
            Box::pin(play(
                &Act::json(&said(&think(request))),
                request,
                stream,
                shared,
            ))
            .await
        }
        Act::Raw(bytes) => stream.write_all(bytes.as_bytes()).await,
        Act::Close => Ok(()),
        Act::Hang => gone(stream, shared).await,
        Act::Drip => {
            stream
                .write_all(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 9000\r\n\r\n{")
                .await?;
            let mut pace = tokio::time::interval(Duration::from_millis(20));
            loop {
                pace.tick().await;
                stream.write_all(b" ").await?;
            }
        }
        Act::Flood => {
            stream
                .write_all(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 900000000\r\n\r\n")
                .await?;
            loop {
                stream.write_all(&[b' '; 16 * 1024]).await?;
            }
        }
        Act::Endless => {
            stream
                .write_all(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n")
                .await?;
            loop {
                stream.write_all(b"5\r\n{\"a\":\r\n").await?;
            }
        }
    }
}

/// Waits until the other side closes.
async fn gone(stream: &mut TcpStream, shared: &Shared) -> std::io::Result<()> {
    let mut rest = [0; 64];
    while stream.read(&mut rest).await.unwrap_or(0) > 0 {}
    shared.hung_up.notify_one();
    Ok(())
}

/// Reads one request.
async fn hear(stream: &mut TcpStream) -> Option<Heard> {
    let mut bytes = Vec::new();
    let head = loop {
        if let Some(end) = bytes.windows(4).position(|it| it == b"\r\n\r\n") {
            break end;
        }
        stream
            .read_buf(&mut bytes)
            .await
            .ok()
            .filter(|read| *read > 0)?;
    };
    let lines = String::from_utf8_lossy(&bytes[..head]).to_lowercase();
    let length = lines
        .lines()
        .find_map(|line| line.strip_prefix("content-length:"))
        .and_then(|length| length.trim().parse::<usize>().ok())
        .unwrap_or(0);
    while bytes.len() < head + 4 + length {
        stream
            .read_buf(&mut bytes)
            .await
            .ok()
            .filter(|read| *read > 0)?;
    }
    let body = serde_json::from_slice(&bytes[head + 4..]).unwrap_or(Value::Null);
    Some(Heard { head: lines, body })
}
