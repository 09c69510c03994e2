//! The bot as the playground sees it: an address that takes signed requests.

use std::sync::Arc;
use std::time::Duration;

use axum::http::{HeaderMap, HeaderValue, header};
use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;

use crate::clock::Clock;

/// One request to the bot and what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Where it went, such as `/slack/events`.
    pub path: String,
    /// 0 for the first attempt, else the number of the retry.
    pub attempt: u8,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of a request to the bot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The bot answered in time.
    Answered {
        /// The HTTP status.
        status: u16,
        /// The content type, empty if there was none.
        content_type: String,
        /// The body.
        body: String,
        /// Whether the bot asked not to be sent this again.
        no_retry: bool,
    },
    /// No answer within Slack's deadline.
    TimedOut,
    /// No connection.
    Unreachable,
}

impl Delivery {
    /// Whether the bot took the request (any 2xx).
    pub fn is_taken(&self) -> bool {
        matches!(
            self.outcome,
            Outcome::Answered {
                status: 200..=299,
                ..
            }
        )
    }

    /// The HTTP status, if there was an answer.
    pub fn status(&self) -> Option<u16> {
        match self.outcome {
            Outcome::Answered { status, .. } => Some(status),
            Outcome::TimedOut | Outcome::Unreachable => None,
        }
    }

    /// The body of the answer, empty if there was none.
    pub fn body(&self) -> &str {
        match &self.outcome {
            Outcome::Answered { body, .. } => body,
            Outcome::TimedOut | Outcome::Unreachable => "",
        }
    }

    /// What went wrong, for people.
    pub(super) fn trouble(&self) -> Option<String> {
        match &self.outcome {
            _ if self.is_taken() => None,
            Outcome::Answered { status, .. } => Some(format!("it answered with HTTP {status}")),
            Outcome::TimedOut => Some("it did not answer in time".to_owned()),
            Outcome::Unreachable => Some("it can't be reached".to_owned()),
        }
    }

    /// `x-slack-retry-reason` of the attempt after this one; none if there shall be none.
    pub(super) fn retry_reason(&self) -> Option<&'static str> {
        match &self.outcome {
            _ if self.is_taken() => None,
            Outcome::Answered { no_retry: true, .. } => None,
            Outcome::Answered { .. } => Some("http_error"),
            Outcome::TimedOut => Some("http_timeout"),
            Outcome::Unreachable => Some("connection_failed"),
        }
    }
}

/// Sends signed requests.
pub(super) struct Bot {
    client: reqwest::Client,
    url: String,
    secret: SecretString,
    deadline: Duration,
    clock: Arc<dyn Clock>,
}

/// A body with its content type and further headers.
#[derive(Debug, Clone)]
pub(super) struct Request {
    pub(super) content_type: &'static str,
    pub(super) body: String,
    pub(super) retry: Option<(u8, &'static str)>,
}

pub(super) const JSON: &str = "application/json";
pub(super) const FORM: &str = "application/x-www-form-urlencoded";

impl Bot {
    pub(super) fn new(
        url: &str,
        secret: SecretString,
        deadline: Duration,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, reqwest::Error> {
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(no_roots())
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .build()?;
        Ok(Self {
            client,
            url: url.trim_end_matches('/').to_owned(),
            secret,
            deadline,
            clock,
        })
    }

    /// Signs a request as Slack does and sends it.
    pub(super) async fn send(&self, path: &str, request: Request) -> Delivery {
        let mut headers = self.sign(request.body.as_bytes());
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static(request.content_type),
        );
        if let Some((number, reason)) = request.retry {
            headers.insert("x-slack-retry-num", HeaderValue::from(u16::from(number)));
            headers.insert("x-slack-retry-reason", HeaderValue::from_static(reason));
        }
        let attempt = request.retry.map_or(0, |(number, _)| number);
        let outcome = self
            .send_raw(path, headers, request.body.into_bytes())
            .await;
        Delivery {
            path: path.to_owned(),
            attempt,
            outcome,
        }
    }

    /// The two headers of a signed request.
    pub(super) fn sign(&self, body: &[u8]) -> HeaderMap {
        let timestamp = self.clock.now().as_second();
        let signature = signature(&self.secret, timestamp, body);
        let signature = HeaderValue::try_from(signature).expect("hex digits are a header value");
        let mut headers = HeaderMap::new();
        headers.insert("x-slack-request-timestamp", HeaderValue::from(timestamp));
        headers.insert("x-slack-signature", signature);
        headers
    }

    /// Sends a request as it is.
    pub(super) async fn send_raw(&self, path: &str, headers: HeaderMap, body: Vec<u8>) -> Outcome {
        let request = self
            .client
            .post(format!("{}{path}", self.url))
            .headers(headers)
            .body(body);
        let exchange = async {
            let response = request.send().await?;
            let status = response.status().as_u16();
            let header = |name: &str| {
                let value = response
                    .headers()
                    .get(name)
                    .and_then(|value| value.to_str().ok());
                value.unwrap_or_default().to_owned()
            };
            let content_type = header("content-type");
            let no_retry = header("x-slack-no-retry") == "1";
            let body = response.text().await?;
            Ok::<_, reqwest::Error>(Outcome::Answered {
                status,
                content_type,
                body,
                no_retry,
            })
        };
        match tokio::time::timeout(self.deadline, exchange).await {
            Err(_) => Outcome::TimedOut,
            Ok(Err(_)) => Outcome::Unreachable,
            Ok(Ok(answered)) => answered,
        }
    }
}

/// `X-Slack-Signature` of a body.
fn signature(secret: &SecretString, timestamp: i64, body: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.expose_secret().as_bytes())
        .expect("a key of any length will do");
    mac.update(format!("v0:{timestamp}:").as_bytes());
    mac.update(body);
    format!("v0={}", hex::encode(mac.finalize().into_bytes()))
}

/// The bot is on this machine and speaks plain HTTP, so no certificate is ever trusted.
pub(super) fn no_roots() -> rustls::ClientConfig {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("the provider has the default versions")
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_are_those_of_the_reference() {
        let secret = SecretString::from("gtm-test-secret");
        let body = br#"{"type":"url_verification","challenge":"abc"}"#;
        assert_eq!(
            signature(&secret, 1_700_000_000, body),
            "v0=ade963d471f2b46a6e122bea337efd2fe5269de73d5866b9b1f2ff1a8a5a0c19"
        );
    }
}
