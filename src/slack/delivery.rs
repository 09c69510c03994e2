//! What a request from Slack turns out to be, once it has been read.

use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::hooks::Hooks;
use super::signature::Secrets;
use crate::advisor::{Moved, Origin, PlaceKind, ReplyTo};
use crate::ident::{Channel, Installation, MessageTs, Person};

/// Who the bot is in an installation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The installation.
    pub installation: Installation,
    /// The bot's user, whom people mention.
    pub user: Person,
    /// The bot's id as an author of messages.
    pub bot: Option<String>,
    /// The workspace's own address.
    pub home: Option<String>,
    /// When Slack said all this, by its own clock: then the app was installed there.
    pub seen: Option<Timestamp>,
}

impl Identity {
    /// A bot of which no more is known.
    pub fn new(installation: Installation, user: Person) -> Self {
        Self {
            installation,
            user,
            bot: None,
            home: None,
            seen: None,
        }
    }
}

/// What decoding has to know beside the request.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// Who the bot is, once that is known. A request of another installation is then refused.
    pub identity: Option<&'a Identity>,
    /// Where replies may go.
    pub hooks: &'a Hooks,
    /// What opens the forms that come back.
    pub secrets: &'a Secrets,
    /// The instant of the request.
    pub now: Timestamp,
}

/// What a verified request turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decoded {
    /// Slack asks for this text back.
    Challenge(String),
    /// Slack checks that the address answers.
    SslCheck,
    /// Somebody said or did something that concerns the bot.
    Deliver(Box<Origin>),
    /// A workspace has removed the app.
    Removed(Removed),
    /// A channel goes by another id from now on.
    Moved(Moved),
    /// Nothing to do.
    Ignored(Ignored),
}

/// That a workspace has removed the app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removed {
    /// The workspace.
    pub installation: Installation,
    /// When, by Slack's clock.
    pub at: Timestamp,
}

/// Why a request has no effect. A repeat of it would have none either.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ignored {
    /// It cannot be read, or lacks what it must have.
    Malformed,
    /// A kind of request that the bot does not take.
    OtherRequest,
    /// A kind of event that the bot does not follow.
    OtherEvent,
    /// A kind of message that nobody wrote to be answered.
    OtherMessage,
    /// It belongs to an installation that this bot does not serve.
    OtherInstallation,
    /// A message that concerns no plan: not said to the bot, in a channel that it does not follow,
    /// and of which no value came.
    NotForUs,
    /// The bot's own message.
    Own,
    /// Another bot's message.
    Bot,
    /// A message that reads as before: only its link previews or the like are new.
    Unchanged,
    /// Slack holds events back because there were too many.
    RateLimited,
    /// Something was pressed that carries no command.
    NoCommand,
    /// The app was removed, and has been installed again since.
    InstalledSince,
}

impl Ignored {
    /// A short word for counting.
    pub fn label(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::OtherRequest => "other_request",
            Self::OtherEvent => "other_event",
            Self::OtherMessage => "other_message",
            Self::OtherInstallation => "other_installation",
            Self::NotForUs => "not_for_us",
            Self::Own => "own",
            Self::Bot => "bot",
            Self::Unchanged => "unchanged",
            Self::RateLimited => "rate_limited",
            Self::NoCommand => "no_command",
            Self::InstalledSince => "installed_since",
        }
    }
}

impl Context<'_> {
    /// The installation, unless it is one that this bot does not serve.
    pub(super) fn admit(&self, id: Option<String>) -> Result<Installation, Ignored> {
        let id = id.filter(|id| !id.is_empty()).ok_or(Ignored::Malformed)?;
        let served = self
            .identity
            .is_none_or(|own| own.installation.as_str() == id);
        served
            .then(|| Installation::new(id))
            .ok_or(Ignored::OtherInstallation)
    }

    /// Where the reply may go, if the address is one of Slack's.
    pub(super) fn reply_to(&self, response_url: Option<String>) -> Option<ReplyTo> {
        response_url
            .filter(|url| self.hooks.accept(url).is_some())
            .map(|response_url| ReplyTo { response_url })
    }
}

/// A direct message has an id of its own kind; nothing else about ids is relied upon.
pub(super) fn place_kind(channel: &Channel) -> PlaceKind {
    if channel.as_str().starts_with('D') {
        PlaceKind::Direct
    } else {
        PlaceKind::Channel
    }
}

/// The root of the thread that a message stands in; a root does not stand in its own thread.
pub(super) fn thread(thread_ts: Option<String>, ts: Option<&str>) -> Option<MessageTs> {
    thread_ts
        .filter(|root| !root.is_empty() && Some(root.as_str()) != ts)
        .map(MessageTs::new)
}

/// The instant in a message's identity, or `now` if there is none to read.
pub(super) fn instant(ts: &str, now: Timestamp) -> Timestamp {
    let (seconds, micros) = ts.split_once('.').unwrap_or((ts, "0"));
    let micros = format!("{micros:0<6}");
    let read = seconds.parse().ok().zip(micros.parse::<i32>().ok());
    read.and_then(|(s, us)| Timestamp::new(s, us.checked_mul(1000)?).ok())
        .unwrap_or(now)
}

/// Reads a field if it has the expected shape; an unexpected one counts as not there, so that
/// one odd field never loses a whole delivery.
pub(super) fn lenient<'de, D, T>(from: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    Ok(serde_json::from_value(Value::deserialize(from)?).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_says_when_it_was_written() {
        let now = Timestamp::from_second(5).expect("a timestamp");
        let check = |ts: &str, expected: &str| assert_eq!(instant(ts, now).to_string(), expected);
        check("1700000000.000100", "2023-11-14T22:13:20.0001Z");
        check("1700000000", "2023-11-14T22:13:20Z");
        check("1700000000.1", "2023-11-14T22:13:20.1Z");
        check("", "1970-01-01T00:00:05Z");
        check("x.y", "1970-01-01T00:00:05Z");
        check("99999999999999.000000", "1970-01-01T00:00:05Z");
        check("1700000000.9999999999", "1970-01-01T00:00:05Z");
    }
}
