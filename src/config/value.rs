//! Values from their spellings. A `Wrong` never holds the value: for a secret it must not.

use std::net::SocketAddr;

use reqwest::Url;
use secrecy::SecretString;
use tracing_subscriber::EnvFilter;

use super::reader::Wrong;
use crate::ident::Installation;
use crate::store::{KeyError, SealingKeys};

pub(super) fn address(text: &str) -> Result<SocketAddr, Wrong> {
    let numeric = text
        .strip_prefix("localhost:")
        .map(|port| format!("127.0.0.1:{port}"));
    numeric
        .as_deref()
        .unwrap_or(text)
        .parse()
        .map_err(|_| "an address is an IP address, a colon and a port".to_owned())
}

pub(super) fn address_or_off(text: &str) -> Result<Option<SocketAddr>, Wrong> {
    if text.eq_ignore_ascii_case("off") {
        return Ok(None);
    }
    address(text)
        .map(Some)
        .map_err(|wrong| format!("{wrong}, or `off`"))
}

/// A slash command as Slack takes it: a slash, then lower-case letters, digits, `-` and `_`.
pub(super) fn command(text: &str) -> Result<String, Wrong> {
    let Some(name) = text.strip_prefix('/') else {
        return Err("a command begins with a slash".to_owned());
    };
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_');
    if name.is_empty() || name.len() > 31 || !name.chars().all(fits) {
        return Err(
            "a command is a slash and up to 31 lower-case letters, digits, `-` or `_`".to_owned(),
        );
    }
    Ok(text.to_owned())
}

/// The Web API's base; plain HTTP is for a stand-in on the same machine or network.
pub(super) fn api_base(text: &str) -> Result<String, Wrong> {
    let url = web_url(text)?;
    if url.path() == "/" {
        return Err("the base contains the path too".to_owned());
    }
    Ok(without_end_slash(&url))
}

pub(super) fn public_url(text: &str) -> Result<String, Wrong> {
    let url = web_url(text)?;
    if url.path() != "/" {
        return Err("the paths below it are fixed, so it has none of its own".to_owned());
    }
    Ok(without_end_slash(&url))
}

pub(super) fn web_url(text: &str) -> Result<Url, Wrong> {
    let url = Url::parse(text).map_err(|_| "that is no web address".to_owned())?;
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        return Err("the address begins with https:// (or http:// for tests)".to_owned());
    }
    if url.query().is_some()
        || url.fragment().is_some()
        || !url.username().is_empty()
        || url.password().is_some()
    {
        return Err("the address has no user name, `?` or `#`".to_owned());
    }
    Ok(url)
}

pub(super) fn without_end_slash(url: &Url) -> String {
    url.as_str().trim_end_matches('/').to_owned()
}

/// One or several signing secrets, separated by commas.
pub(super) fn signing_secrets(text: &str) -> Result<Vec<SecretString>, Wrong> {
    let secrets: Vec<SecretString> = items(text).map(one_secret).collect::<Result<_, _>>()?;
    if secrets.is_empty() {
        return Err("there is nothing between the commas".to_owned());
    }
    if items(text).any(is_token) {
        return Err("that is a token, not the signing secret".to_owned());
    }
    Ok(secrets)
}

pub(super) fn bot_token(text: &str) -> Result<SecretString, Wrong> {
    if is_token(text) && !text.contains("xoxb-") {
        return Err("that is a token of another kind (an app-level, user or configuration token), not the bot's".to_owned());
    }
    one_secret(text)
}

/// The kinds of token that Slack issues all begin so.
fn is_token(text: &str) -> bool {
    text.starts_with("xox") || text.starts_with("xapp-")
}

pub(super) fn one_secret(text: &str) -> Result<SecretString, Wrong> {
    if text
        .chars()
        .any(|c| c.is_whitespace() || c.is_control() || !c.is_ascii())
    {
        return Err(
            "it has a space, a line break or another character inside that no such secret has"
                .to_owned(),
        );
    }
    Ok(SecretString::from(text))
}

/// Keys in hexadecimal, separated by commas; the first one seals. The store says what is wrong.
pub(super) fn sealing_keys(text: &str) -> Result<SealingKeys, Wrong> {
    SealingKeys::parse(&SecretString::from(text)).map_err(|error| match error {
        KeyError::NotAKey { position } => {
            format!("key {position} is not 64 hexadecimal digits (several are separated by commas)")
        }
        KeyError::Twice { position } => format!("key {position} stands there twice"),
    })
}

pub(super) fn teams(text: &str) -> Result<Vec<Installation>, Wrong> {
    items(text).map(team).collect()
}

fn team(text: &str) -> Result<Installation, Wrong> {
    let id = text.strip_prefix(['T', 'E']).unwrap_or("");
    if id.is_empty()
        || !id
            .chars()
            .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
    {
        return Err("a team is its id, `T…` for a workspace or `E…` for an organisation, separated by commas".to_owned());
    }
    Ok(Installation::new(text))
}

/// A filter that the log takes. A lone word that is no level would be read as the name of a
/// module and silence everything else, so it is refused.
pub(super) fn log_filter(text: &str) -> Result<String, Wrong> {
    const LEVELS: [&str; 6] = ["off", "error", "warn", "info", "debug", "trace"];
    for directive in items(text) {
        let is_level = LEVELS
            .iter()
            .any(|level| level.eq_ignore_ascii_case(directive));
        if !is_level && !directive.contains('=') {
            return Err(format!(
                "`{directive}` is no level ({}) and no `module=level`",
                LEVELS.join(", ")
            ));
        }
    }
    EnvFilter::builder()
        .parse(text)
        .map_err(|error| format!("it is no log filter ({error})"))?;
    Ok(text.to_owned())
}

fn items(text: &str) -> impl Iterator<Item = &str> {
    text.split(',')
        .map(str::trim)
        .filter(|item| !item.is_empty())
}
