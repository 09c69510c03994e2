//! Calls to Slack's Web API and to the addresses that take replies.

use std::net::IpAddr;
use std::time::Duration;

use reqwest::header::HeaderMap;
use reqwest::redirect::Policy;
use reqwest::{Response, StatusCode, header};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::Value;

use super::delivery::lenient;
use super::failure::{Class, Failure};
use super::hooks::Hooks;
use super::token::Granted;
use crate::advisor::ReplyTo;
use crate::ident::{Channel, MessageTs, Person};

/// How long a connection may take to open.
const CONNECT: Duration = Duration::from_secs(3);

/// How long a whole call may take.
const TOTAL: Duration = Duration::from_secs(10);

/// The largest answer that is read, in bytes.
const LARGEST: usize = 1024 * 1024;

/// Makes the cryptography for TLS known to the process; once, before the first client. A second
/// call changes nothing.
pub fn install_tls_provider() {
    // An error means that one is installed already.
    let _ = rustls::crypto::ring::default_provider().install_default();
}

/// Why there is no client.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// The address of the API cannot be read.
    #[error("the Slack API's address is not one: {0}")]
    Base(String),
    /// The HTTP client cannot be set up.
    #[error("the HTTP client cannot be set up: {0}")]
    Http(#[from] reqwest::Error),
}

/// One bot token's client.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    base: String,
    token: SecretString,
    hooks: Hooks,
    /// What the token may do.
    pub(super) granted: Granted,
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client")
            .field("base", &self.base)
            .finish_non_exhaustive()
    }
}

/// A call's arguments: reads take forms, writes take JSON.
#[derive(Debug, Clone, Copy)]
pub enum Arguments<'a> {
    /// As a form.
    Form(&'a [(&'a str, &'a str)]),
    /// As JSON.
    Json(&'a Value),
}

/// A person as Slack describes them.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct User {
    /// The workspace that they belong to.
    #[serde(deserialize_with = "lenient")]
    pub team_id: Option<String>,
    /// The name that they log in with.
    #[serde(deserialize_with = "lenient")]
    pub name: Option<String>,
    /// Their time zone, by its IANA name.
    #[serde(deserialize_with = "lenient")]
    pub tz: Option<String>,
    /// The name that stands in their passport.
    #[serde(deserialize_with = "lenient")]
    pub real_name: Option<String>,
    /// What they say of themselves.
    #[serde(deserialize_with = "lenient")]
    pub profile: Option<Profile>,
    /// Their place in an organisation of several workspaces.
    #[serde(deserialize_with = "lenient")]
    pub enterprise_user: Option<EnterpriseUser>,
    /// Their account is closed.
    #[serde(deserialize_with = "lenient")]
    pub deleted: Option<bool>,
    /// An admin.
    #[serde(deserialize_with = "lenient")]
    pub is_admin: Option<bool>,
    /// An owner.
    #[serde(deserialize_with = "lenient")]
    pub is_owner: Option<bool>,
    /// The owner.
    #[serde(deserialize_with = "lenient")]
    pub is_primary_owner: Option<bool>,
    /// A guest.
    #[serde(deserialize_with = "lenient")]
    pub is_restricted: Option<bool>,
    /// A guest in one channel.
    #[serde(deserialize_with = "lenient")]
    pub is_ultra_restricted: Option<bool>,
    /// Of another organisation, met in no channel that is shared.
    #[serde(deserialize_with = "lenient")]
    pub is_stranger: Option<bool>,
}

/// What a person says of themselves.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Profile {
    /// The name that they want to be shown.
    #[serde(deserialize_with = "lenient")]
    pub display_name: Option<String>,
    /// Their full name.
    #[serde(deserialize_with = "lenient")]
    pub real_name: Option<String>,
}

/// A person's place in an organisation of several workspaces.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct EnterpriseUser {
    /// The organisation.
    #[serde(deserialize_with = "lenient")]
    pub enterprise_id: Option<String>,
}

fn is_loopback(url: &reqwest::Url) -> bool {
    url.host_str().is_some_and(|host| {
        let address = host.trim_matches(['[', ']']).parse::<IpAddr>();
        host == "localhost" || address.is_ok_and(|address| address.is_loopback())
    })
}

impl Client {
    /// A client of the API at `base`, such as `https://slack.com/api`. Needs
    /// [`install_tls_provider`].
    pub fn new(base: &str, token: SecretString) -> Result<Self, ClientError> {
        Self::within(base, token, TOTAL)
    }

    /// A client whose calls end within `total`.
    pub fn within(base: &str, token: SecretString, total: Duration) -> Result<Self, ClientError> {
        let base = base.trim_end_matches('/');
        let url = reqwest::Url::parse(base).map_err(|e| ClientError::Base(e.to_string()))?;
        if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
            return Err(ClientError::Base("it must begin with https://".to_owned()));
        }
        // A redirect would take the token or a capability to another host.
        let builder = reqwest::Client::builder()
            .redirect(Policy::none())
            .connect_timeout(CONNECT)
            .timeout(total)
            .user_agent(concat!("gtm-advisor/", env!("CARGO_PKG_VERSION")));
        // A proxy stands between this machine and others, never between it and itself.
        let http = if is_loopback(&url) {
            builder.no_proxy().build()?
        } else {
            builder.build()?
        };
        Ok(Self {
            http,
            hooks: Hooks::new(base),
            base: base.to_owned(),
            token,
            granted: Granted::default(),
        })
    }

    /// Which addresses may take replies.
    pub fn hooks(&self) -> &Hooks {
        &self.hooks
    }

    /// A request about a file's bytes.
    pub(super) fn request(
        &self,
        method: reqwest::Method,
        url: reqwest::Url,
        with_token: bool,
    ) -> reqwest::RequestBuilder {
        let request = self.http.request(method, url);
        if with_token {
            request.bearer_auth(self.token.expose_secret())
        } else {
            request
        }
    }

    /// Calls a method; the answer is one with `ok:true`.
    pub async fn call(
        &self,
        method: &'static str,
        arguments: Arguments<'_>,
    ) -> Result<Value, Failure> {
        self.exchange(method, arguments)
            .await
            .map(|(answer, _)| answer)
    }

    /// Posts a message; `body` is [`super::kit::Message::post`]'s.
    pub async fn post_message(&self, body: &Value) -> Result<Option<MessageTs>, Failure> {
        let answer = self.call("chat.postMessage", Arguments::Json(body)).await?;
        Ok(answer["ts"].as_str().map(MessageTs::new))
    }

    /// The conversation of one person with the bot.
    pub async fn open_direct(&self, person: &Channel) -> Result<Channel, Failure> {
        let method = "conversations.open";
        let arguments = [("users", person.as_str())];
        let opened = self.call(method, Arguments::Form(&arguments)).await?;
        let id = opened["channel"]["id"].as_str();
        id.map(Channel::new)
            .ok_or_else(|| Failure::unreached(method, "incomplete_answer"))
    }

    /// Asks who somebody is.
    pub async fn user(&self, person: &Person) -> Result<User, Failure> {
        let method = "users.info";
        let arguments = [("user", person.as_str())];
        let mut answer = self.call(method, Arguments::Form(&arguments)).await?;
        serde_json::from_value(answer["user"].take())
            .map_err(|_| Failure::unreached(method, "incomplete_answer"))
    }

    /// Reads a page of a channel's or thread's messages; the answer has Slack's own shape.
    pub async fn messages(
        &self,
        channel: &Channel,
        thread: Option<&MessageTs>,
        page: Page<'_>,
    ) -> Result<Value, Failure> {
        let mut arguments = vec![
            ("channel", channel.as_str()),
            ("include_all_metadata", "true"),
            ("limit", if page.is_long { Page::LONG } else { Page::SIZE }),
        ];
        arguments.extend(page.oldest.map(|it| ("oldest", it)));
        arguments.extend(page.cursor.map(|it| ("cursor", it)));
        let method = match thread {
            Some(root) => {
                arguments.push(("ts", root.as_str()));
                "conversations.replies"
            }
            None => "conversations.history",
        };
        self.call(method, Arguments::Form(&arguments)).await
    }

    /// Posts to the address that came with a command or click.
    pub async fn respond(&self, to: &ReplyTo, body: &Value) -> Result<(), Failure> {
        let method = "response_url";
        let Some(url) = self.hooks.accept(&to.response_url) else {
            return Err(Failure {
                class: Class::OurBug,
                ..Failure::unreached(method, "foreign_address")
            });
        };
        let sent = self.http.post(url).json(body).send().await;
        let response = sent.map_err(|error| transport(method, &error))?;
        let (status, text) = read(method, response).await?;
        let code = refusal(&text);
        match (status.is_success(), code) {
            (true, None) => Ok(()),
            (_, Some(code)) if super::failure::class_of(&code) != Class::Unknown => {
                Err(Failure::refused(method, &code))
            }
            // An address that is used up or too old is answered in no documented way.
            _ => Err(Failure {
                class: Class::TooLate,
                ..Failure::unreached(method, &format!("http_{}", status.as_u16()))
            }),
        }
    }

    /// The same, with the answer's headers.
    pub(super) async fn exchange(
        &self,
        method: &'static str,
        arguments: Arguments<'_>,
    ) -> Result<(Value, HeaderMap), Failure> {
        let request = self
            .http
            .post(format!("{}/{method}", self.base))
            .bearer_auth(self.token.expose_secret());
        let request = match arguments {
            Arguments::Form(fields) => request.form(fields),
            Arguments::Json(body) => request
                .header(header::CONTENT_TYPE, "application/json; charset=utf-8")
                .body(body.to_string()),
        };
        let sent = request.send().await;
        let response = sent.map_err(|error| transport(method, &error))?;
        let headers = response.headers().clone();
        self.granted.note(&headers);
        let (status, text) = read(method, response).await?;
        let answer = serde_json::from_slice::<Value>(&text).ok();
        match answer {
            Some(answer) if answer["ok"] == Value::Bool(true) => Ok((answer, headers)),
            Some(answer) if answer["error"].is_string() => {
                let code = answer["error"].as_str().unwrap_or_default();
                Err(Failure::refused(method, code))
            }
            // A page where JSON should be: a proxy, or Slack in trouble.
            _ if status.is_success() => Err(Failure::unclear(method, "unreadable_answer")),
            _ => Err(Failure::unreached(
                method,
                &format!("http_{}", status.as_u16()),
            )),
        }
    }
}

/// Which messages to read.
#[derive(Debug, Clone, Copy, Default)]
pub struct Page<'a> {
    /// None older than this.
    pub oldest: Option<&'a str>,
    /// Where the page before has ended.
    pub cursor: Option<&'a str>,
    /// Whether as many as Slack advises are wanted; an app that may have fewer gets fewer.
    pub is_long: bool,
}

impl Page<'_> {
    /// Messages a page: all that an app outside the marketplace may have.
    const SIZE: &'static str = "15";

    /// Messages a page of a whole thread.
    const LONG: &'static str = "200";
}

/// What it means that no answer came.
pub(super) fn transport(method: &'static str, error: &reqwest::Error) -> Failure {
    // The error's own text holds the address, which for a reply is a capability.
    if error.is_connect() {
        Failure::unreached(method, "no_connection")
    } else if error.is_timeout() {
        Failure::unclear(method, "timeout")
    } else if error.is_builder() {
        Failure::unreached(method, "bad_request")
    } else {
        Failure::unclear(method, "broken_connection")
    }
}

/// Reads an answer that is not too large; the statuses that mean the same for every call end here.
async fn read(
    method: &'static str,
    mut response: Response,
) -> Result<(StatusCode, Vec<u8>), Failure> {
    let status = response.status();
    if status == StatusCode::TOO_MANY_REQUESTS {
        let seconds = response.headers().get(header::RETRY_AFTER);
        return Err(Failure::rate(
            method,
            seconds.and_then(|it| it.to_str().ok()),
        ));
    }
    if status.is_server_error() {
        let code = format!("http_{}", status.as_u16());
        return Err(Failure::unclear(method, &code));
    }
    let mut text = Vec::new();
    while let Some(chunk) = response
        .chunk()
        .await
        .map_err(|error| transport(method, &error))?
    {
        if text.len() + chunk.len() > LARGEST {
            return Err(Failure::unclear(method, "answer_too_large"));
        }
        text.extend_from_slice(&chunk);
    }
    Ok((status, text))
}

/// The error in what a reply's address answers: JSON, or a bare word.
fn refusal(text: &[u8]) -> Option<String> {
    if let Ok(answer) = serde_json::from_slice::<Value>(text) {
        let refused = answer["ok"] == Value::Bool(false);
        return refused.then(|| answer["error"].as_str().unwrap_or_default().to_owned());
    }
    let word = std::str::from_utf8(text).ok()?.trim();
    (!word.is_empty() && word != "ok").then(|| word.to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::slack::fake::{Answer, Fake};

    fn to(fake: &Fake) -> ReplyTo {
        ReplyTo {
            response_url: fake.base.replace("/api", "/hook"),
        }
    }

    #[tokio::test]
    async fn a_call_carries_the_token_and_nothing_prints_it() {
        let fake = Fake::start().await;
        let client = fake.client();
        let answer = json!({"ok": true, "team_id": "T1", "user_id": "UBOT", "bot_id": "B1",
                            "enterprise_id": "E1", "is_enterprise_install": false});
        fake.will("/api/auth.test", [Answer::Json(answer)]);
        let identity = client.auth_test().await.expect("an identity");
        assert_eq!(identity.installation.as_str(), "T1");
        assert_eq!(identity.user.as_str(), "UBOT");
        assert_eq!(identity.bot.as_deref(), Some("B1"));
        let sent = fake.calls()[0].authorization.clone();
        assert_eq!(sent.as_deref(), Some("Bearer test-token"));
        assert!(!format!("{client:?}").contains("test-token"));
    }

    #[tokio::test]
    async fn an_organisations_token_is_the_organisations() {
        let fake = Fake::start().await;
        let answer = json!({"ok": true, "team_id": "T1", "user_id": "UBOT",
                            "enterprise_id": "E1", "is_enterprise_install": true});
        fake.will("/api/auth.test", [Answer::Json(answer)]);
        let identity = fake.client().auth_test().await.expect("an identity");
        assert_eq!(identity.installation.as_str(), "E1");
    }

    #[tokio::test]
    async fn every_way_to_fail_is_told_apart() {
        let fake = Fake::start().await;
        let mut client = fake.client();
        let large = Answer::Json(json!({"ok": true, "x": "y".repeat(LARGEST)}));
        let refused = Answer::Json(json!({"ok": false, "error": "is_archived"}));
        let check = async |client: &Client, answer, code: &str, maybe_done| {
            fake.will("/api/chat.postMessage", [answer]);
            let failure = client
                .post_message(&json!({}))
                .await
                .expect_err("a failure");
            assert_eq!(
                (failure.code.as_str(), failure.maybe_done),
                (code, maybe_done)
            );
        };
        check(&client, refused, "is_archived", false).await;
        check(
            &client,
            Answer::Status(200, "<html>"),
            "unreadable_answer",
            true,
        )
        .await;
        check(
            &client,
            Answer::Status(200, "{}"),
            "unreadable_answer",
            true,
        )
        .await;
        check(&client, Answer::Status(502, "<html>"), "http_502", true).await;
        check(&client, Answer::Status(403, "<html>"), "http_403", false).await;
        check(&client, Answer::Status(302, ""), "http_302", false).await;
        check(&client, Answer::Wait("7"), "ratelimited", false).await;
        check(&client, large, "answer_too_large", true).await;
        let soon = Duration::from_millis(100);
        client = Client::within(&fake.base, "test-token".into(), soon).expect("a client");
        check(&client, Answer::Silence, "timeout", true).await;
    }

    #[tokio::test]
    async fn who_does_not_listen_was_not_reached() {
        install_tls_provider();
        let free = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a port");
        let base = format!("http://{}/api", free.local_addr().expect("an address"));
        drop(free);
        let client = Client::new(&base, "test-token".into()).expect("a client");
        let failure = client.auth_test().await.expect_err("a failure");
        assert_eq!(
            (failure.code.as_str(), failure.maybe_done),
            ("no_connection", false)
        );
    }

    #[tokio::test]
    async fn a_reply_goes_to_its_address_without_the_token() {
        let fake = Fake::start().await;
        let client = fake.client();
        fake.will("/hook", [Answer::Status(200, "ok")]);
        let body = json!({"text": "hi"});
        assert_eq!(client.respond(&to(&fake), &body).await, Ok(()));
        assert_eq!(fake.calls()[0].authorization, None);
        assert_eq!(fake.calls()[0].json(), body);
        let elsewhere = ReplyTo {
            response_url: "https://example.com/hook".to_owned(),
        };
        let failure = client
            .respond(&elsewhere, &body)
            .await
            .expect_err("refused");
        assert_eq!(failure.code, "foreign_address");
    }

    #[tokio::test]
    async fn a_used_up_address_is_told_from_refused_blocks() {
        let fake = Fake::start().await;
        let client = fake.client();
        let check = async |answer, class| {
            fake.will("/hook", [answer]);
            let failure = client
                .respond(&to(&fake), &json!({}))
                .await
                .expect_err("refused");
            assert_eq!(failure.class, class, "{failure}");
        };
        check(Answer::Status(404, "expired_url"), Class::TooLate).await;
        check(Answer::Status(404, "<html>"), Class::TooLate).await;
        check(
            Answer::Json(json!({"ok": false, "error": "used_url"})),
            Class::TooLate,
        )
        .await;
        check(Answer::Status(400, "invalid_blocks"), Class::OurBug).await;
        check(
            Answer::Json(json!({"ok": false, "error": "invalid_blocks"})),
            Class::OurBug,
        )
        .await;
        check(Answer::Wait("1"), Class::Rate).await;
        check(Answer::Status(500, ""), Class::Transient).await;
    }

    #[test]
    fn only_an_address_is_a_base() {
        install_tls_provider();
        for base in ["", "slack.com/api", "ftp://slack.com/api"] {
            assert!(Client::new(base, "test-token".into()).is_err(), "{base}");
        }
    }
}
