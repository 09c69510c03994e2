//! One request and its answer, bounded in every direction.

use std::net::IpAddr;
use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{Response, Url, header};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

use super::Settings;
use super::wire::Wire;
use crate::advisor::ModelFailure;

/// How long a connection may take to open.
const CONNECT: Duration = Duration::from_secs(3);

/// The largest answer that is read, in bytes.
const LARGEST: usize = 256 * 1024;

/// Sends requests to one server.
pub(super) struct Exchange {
    http: reqwest::Client,
    base: String,
    key: Option<SecretString>,
}

/// An answer, whatever its status.
pub(super) struct Answer {
    pub(super) status: u16,
    /// How long the server wants to be left alone.
    pub(super) after: Option<Duration>,
    pub(super) body: Vec<u8>,
}

impl Answer {
    pub(super) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

impl Exchange {
    pub(super) fn new(url: &Url, settings: &Settings) -> Result<Self, reqwest::Error> {
        // A redirect would take the key and the text to another host.
        let builder = reqwest::Client::builder()
            .redirect(Policy::none())
            .connect_timeout(CONNECT)
            .timeout(settings.within)
            .user_agent(concat!("gtm-advisor/", env!("CARGO_PKG_VERSION")));
        // A proxy stands between this machine and others, never between it and itself.
        let http = if is_loopback(url) {
            builder.no_proxy().build()?
        } else {
            builder.build()?
        };
        Ok(Self {
            http,
            base: settings.base.trim_end_matches('/').to_owned(),
            key: settings.key.clone(),
        })
    }

    pub(super) async fn post(&self, wire: Wire, body: &Value) -> Result<Answer, ModelFailure> {
        let mut request = self
            .http
            .post(format!("{}{}", self.base, wire.path()))
            .header(header::ACCEPT, "application/json")
            .json(body);
        if let Some(version) = wire.version() {
            request = request.header(version.0, version.1);
        }
        request = match (wire, &self.key) {
            (_, None) => request,
            (Wire::OpenAi, Some(key)) => request.bearer_auth(key.expose_secret()),
            (Wire::Anthropic, Some(key)) => request.header("x-api-key", key.expose_secret()),
        };
        let sent = request.send().await;
        // The error's own text holds the address; ours says what happened.
        let response = sent.map_err(|error| failure(&error))?;
        read(response).await
    }
}

fn is_loopback(url: &Url) -> bool {
    url.host_str().is_some_and(|host| {
        let address = host.trim_matches(['[', ']']).parse::<IpAddr>();
        host == "localhost" || address.is_ok_and(|address| address.is_loopback())
    })
}

fn failure(error: &reqwest::Error) -> ModelFailure {
    if error.is_timeout() {
        ModelFailure::TooSlow
    } else {
        ModelFailure::NoConnection
    }
}

async fn read(mut response: Response) -> Result<Answer, ModelFailure> {
    let status = response.status();
    if status.is_redirection() {
        return Err(ModelFailure::Redirected);
    }
    if status.is_success() && !is_json(&response) {
        return Err(ModelFailure::WrongType);
    }
    let after = retry_after(&response);
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| failure(&error))? {
        if body.len() + chunk.len() > LARGEST {
            return Err(ModelFailure::Flood);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Answer {
        status: status.as_u16(),
        after,
        body,
    })
}

fn is_json(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("application/json")
}

/// The wish in seconds; one as a date is a proxy's, and is not waited for.
fn retry_after(response: &Response) -> Option<Duration> {
    let wish = response.headers().get(header::RETRY_AFTER)?;
    let seconds: f64 = wish.to_str().ok()?.trim().parse().ok()?;
    Duration::try_from_secs_f64(seconds).ok()
}
