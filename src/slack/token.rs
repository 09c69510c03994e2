//! What Slack says of the bot's token: who it belongs to, what it may do, and what time it is.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::Timestamp;
use reqwest::header::HeaderMap;
use serde_json::Value;

use super::client::{Arguments, Client};
use super::delivery::Identity;
use super::failure::Failure;
use crate::ident::{Installation, Person};

/// What the answer about a token says, in its body and in its headers.
#[derive(Debug, Clone)]
pub struct TokenAnswer {
    /// Who the token belongs to.
    pub identity: Identity,
    /// What it may do.
    pub scopes: Vec<String>,
    /// What Slack's clock said.
    pub date: Option<Timestamp>,
}

/// What the token may do, as the last answer said: it may change while the bot runs. All clones are
/// one.
#[derive(Debug, Clone)]
pub(super) struct Granted {
    reads_files: Arc<AtomicBool>,
}

impl Default for Granted {
    /// Nobody has said that anything is missing, so that nobody is told so.
    fn default() -> Self {
        Self {
            reads_files: Arc::new(AtomicBool::new(true)),
        }
    }
}

impl Granted {
    /// Takes note of what an answer says.
    pub(super) fn note(&self, headers: &HeaderMap) {
        if let Some(mut scopes) = scopes(headers) {
            let reads = scopes.any(|it| it == "files:read");
            self.reads_files.store(reads, Ordering::Relaxed);
        }
    }
}

fn scopes(headers: &HeaderMap) -> Option<impl Iterator<Item = &str>> {
    let all = headers.get("x-oauth-scopes")?.to_str().ok()?;
    Some(all.split(',').map(str::trim).filter(|it| !it.is_empty()))
}

impl Client {
    /// Whether the bot may read files, as far as Slack has not said otherwise.
    pub fn reads_files(&self) -> bool {
        self.granted.reads_files.load(Ordering::Relaxed)
    }

    /// Asks who the token belongs to.
    pub async fn auth_test(&self) -> Result<Identity, Failure> {
        self.token().await.map(|answer| answer.identity)
    }

    /// Asks who the token belongs to, and what it may do.
    pub async fn token(&self) -> Result<TokenAnswer, Failure> {
        let method = "auth.test";
        let (answer, headers) = self.exchange(method, Arguments::Form(&[])).await?;
        let header = |name: &str| {
            headers
                .get(name)
                .and_then(|it| it.to_str().ok())
                .unwrap_or_default()
        };
        let date = jiff::fmt::rfc2822::parse(header("date"));
        let date = date.ok().map(|it| it.timestamp());
        Ok(TokenAnswer {
            identity: Identity {
                seen: date,
                ..identity(method, &answer)?
            },
            scopes: scopes(&headers).map_or_else(Vec::new, |all| all.map(str::to_owned).collect()),
            date,
        })
    }
}

fn identity(method: &'static str, answer: &Value) -> Result<Identity, Failure> {
    let field = |name: &str| answer[name].as_str().map(str::to_owned);
    let org_wide = answer["is_enterprise_install"] == Value::Bool(true);
    let installation = field("enterprise_id")
        .filter(|_| org_wide)
        .or_else(|| field("team_id"));
    match (installation, field("user_id")) {
        (Some(installation), Some(user)) => Ok(Identity {
            installation: Installation::new(installation),
            user: Person::new(user),
            bot: field("bot_id"),
            home: field("url"),
            seen: None,
        }),
        _ => Err(Failure::unreached(method, "incomplete_answer")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::slack::client::install_tls_provider;

    #[tokio::test]
    async fn the_token_says_what_it_may_do_and_what_time_it_is() {
        install_tls_provider();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a port");
        let base = format!("http://{}/api", listener.local_addr().expect("an address"));
        let headers = [
            ("x-oauth-scopes", "chat:write, commands"),
            ("date", "Mon, 02 Mar 2026 09:00:00 GMT"),
        ];
        let router = axum::Router::new()
            .fallback(async move || (headers, r#"{"ok":true,"team_id":"T1","user_id":"U1"}"#));
        tokio::spawn(async { axum::serve(listener, router).await });
        let client = Client::new(&base, "test-token".into()).expect("a client");
        assert!(client.reads_files(), "nobody has said otherwise");
        let answer = client.token().await.expect("an answer");
        assert_eq!(answer.scopes, ["chat:write", "commands"]);
        assert!(!client.clone().reads_files());
        assert_eq!(
            answer.date,
            Some("2026-03-02T09:00:00Z".parse().expect("a time"))
        );
    }
}
