//! The workspace itself: people, channels, messages. Everything changes by an [`Update`], which is
//! also what the journal keeps and what open pages receive.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// What somebody may do here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Runs the workspace.
    Admin,
    /// A full member.
    Member,
    /// Sees only the channels that they were added to.
    Guest,
    /// The bot that is being tried.
    App,
    /// Who speaks for the workspace: errors of commands, refusals.
    Slackbot,
}

/// Somebody who can be spoken as, or the bot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// `U…`.
    pub id: String,
    /// What one types after `@`.
    pub name: String,
    /// The full name.
    pub real_name: String,
    /// What they do.
    pub title: String,
    /// Their IANA time zone.
    pub tz: String,
    /// What they may do.
    pub role: Role,
}

/// The sort of a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Open to every full member.
    Public,
    /// Seen by its members only.
    Private,
    /// Between one person and the app.
    Direct,
}

/// A conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Channel {
    /// `C…`, or `D…` for a direct one.
    pub id: String,
    /// The name without `#`; empty for a direct one.
    pub name: String,
    /// What it is about.
    pub topic: String,
    /// Its sort.
    pub kind: Kind,
    /// Ids of who is in it.
    pub members: Vec<String>,
    /// Closed for good: read only.
    #[serde(default)]
    pub archived: bool,
}

/// An emoji that people put on a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reaction {
    /// The emoji's name without colons.
    pub name: String,
    /// Who put it.
    pub users: Vec<String>,
}

/// A message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Its identity in the channel; sorts by time.
    pub ts: String,
    /// The author's id.
    pub user: String,
    /// The words, in Slack's own markup.
    pub text: String,
    /// Its blocks, with every id filled in; empty for plain words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blocks: Vec<Value>,
    /// The thread's first message, for a reply.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thread_ts: Option<String>,
    /// `thread_broadcast` and the like.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subtype: Option<String>,
    /// When it was last edited, as a ts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edited: Option<String>,
    /// The app's metadata.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Value>,
    /// What people put on it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reactions: Vec<Reaction>,
}

impl Message {
    /// A message with words only.
    pub fn plain(ts: impl Into<String>, user: &str, text: &str) -> Self {
        Self {
            ts: ts.into(),
            user: user.to_owned(),
            text: text.to_owned(),
            blocks: Vec::new(),
            thread_ts: None,
            subtype: None,
            edited: None,
            metadata: None,
            reactions: Vec::new(),
        }
    }

    /// Whether the channel itself shows it (and not only its thread).
    pub fn in_channel(&self) -> bool {
        self.thread_ts.is_none() || self.subtype.as_deref() == Some("thread_broadcast")
    }

    /// Whether it answers in that thread.
    pub fn answers(&self, root: &str) -> bool {
        self.thread_ts.as_deref() == Some(root)
    }
}

/// One thing that happened in the workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Update {
    /// Somebody is here, or changed.
    Person(Person),
    /// A conversation is here, or changed.
    Channel(Channel),
    /// A message is here, or changed.
    Message {
        /// Where.
        channel: String,
        /// What it is now.
        message: Message,
    },
    /// A message is gone.
    Gone {
        /// Where.
        channel: String,
        /// Which.
        ts: String,
    },
    /// Somebody has read a channel up to a message.
    Read {
        /// Who.
        person: String,
        /// Where.
        channel: String,
        /// Up to which message.
        ts: String,
    },
    /// One person alone sees a message; lost at a restart, as in Slack.
    Ephemeral {
        /// Who.
        person: String,
        /// Where.
        channel: String,
        /// What.
        message: Message,
    },
    /// An ephemeral message is gone.
    EphemeralGone {
        /// Whose.
        person: String,
        /// Where.
        channel: String,
        /// Which.
        ts: String,
    },
    /// Something went wrong between the playground and the bot; shown once, kept nowhere.
    Notice {
        /// Who is told.
        person: String,
        /// What happened.
        text: String,
    },
}

impl Update {
    /// Whether it outlives a restart.
    pub(super) fn is_kept(&self) -> bool {
        !matches!(
            self,
            Self::Ephemeral { .. } | Self::EphemeralGone { .. } | Self::Notice { .. }
        )
    }
}

/// An ephemeral message with its reader and place.
#[derive(Debug, Clone)]
struct Ephemeral {
    person: String,
    channel: String,
    message: Message,
}

/// Ephemeral messages kept in memory; the oldest go first.
const EPHEMERALS: usize = 1_000;

/// Everything there is.
#[derive(Debug, Default)]
pub(super) struct Workspace {
    people: BTreeMap<String, Person>,
    channels: BTreeMap<String, Channel>,
    messages: BTreeMap<String, BTreeMap<String, Message>>,
    read: BTreeMap<(String, String), String>,
    ephemerals: Vec<Ephemeral>,
    last_micros: i64,
}

impl Workspace {
    /// Takes in what happened.
    pub(super) fn apply(&mut self, update: &Update) {
        match update.clone() {
            Update::Person(person) => {
                self.people.insert(person.id.clone(), person);
            }
            Update::Channel(channel) => {
                self.channels.insert(channel.id.clone(), channel);
            }
            Update::Message { channel, message } => {
                self.last_micros = self.last_micros.max(micros(&message.ts));
                self.messages
                    .entry(channel)
                    .or_default()
                    .insert(message.ts.clone(), message);
            }
            Update::Gone { channel, ts } => {
                self.messages.entry(channel).or_default().remove(&ts);
            }
            Update::Read {
                person,
                channel,
                ts,
            } => {
                self.read.insert((person, channel), ts);
            }
            Update::Ephemeral {
                person,
                channel,
                message,
            } => {
                self.last_micros = self.last_micros.max(micros(&message.ts));
                self.whisper(Ephemeral {
                    person,
                    channel,
                    message,
                });
            }
            Update::EphemeralGone {
                person,
                channel,
                ts,
            } => self
                .ephemerals
                .retain(|e| e.person != person || e.channel != channel || e.message.ts != ts),
            Update::Notice { .. } => {}
        }
    }

    fn whisper(&mut self, new: Ephemeral) {
        let same = |e: &&mut Ephemeral| {
            e.person == new.person && e.channel == new.channel && e.message.ts == new.message.ts
        };
        if let Some(old) = self.ephemerals.iter_mut().find(same) {
            *old = new;
            return;
        }
        self.ephemerals.push(new);
        let surplus = self.ephemerals.len().saturating_sub(EPHEMERALS);
        self.ephemerals.drain(..surplus);
    }

    /// A new message's identity: now, or a microsecond after the newest one.
    pub(super) fn next_ts(&mut self, now: Timestamp) -> String {
        self.last_micros = now.as_microsecond().max(self.last_micros + 1);
        format!(
            "{}.{:06}",
            self.last_micros / 1_000_000,
            self.last_micros % 1_000_000
        )
    }

    /// Everything that outlives a restart, as updates that build it again.
    pub(super) fn snapshot(&self) -> Vec<Update> {
        let people = self.people.values().cloned().map(Update::Person);
        let channels = self.channels.values().cloned().map(Update::Channel);
        let messages = self.messages.iter().flat_map(|(channel, messages)| {
            messages.values().map(|m| Update::Message {
                channel: channel.clone(),
                message: m.clone(),
            })
        });
        let read = self
            .read
            .iter()
            .map(|((person, channel), ts)| Update::Read {
                person: person.clone(),
                channel: channel.clone(),
                ts: ts.clone(),
            });
        people.chain(channels).chain(messages).chain(read).collect()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.people.is_empty()
    }

    pub(super) fn people(&self) -> impl Iterator<Item = &Person> {
        self.people.values()
    }

    pub(super) fn person(&self, id: &str) -> Option<&Person> {
        self.people.get(id)
    }

    pub(super) fn channels(&self) -> impl Iterator<Item = &Channel> {
        self.channels.values()
    }

    pub(super) fn channel(&self, id: &str) -> Option<&Channel> {
        self.channels.get(id)
    }

    /// A channel's messages and replies, oldest first.
    pub(super) fn messages(&self, channel: &str) -> impl DoubleEndedIterator<Item = &Message> {
        self.messages
            .get(channel)
            .into_iter()
            .flat_map(BTreeMap::values)
    }

    pub(super) fn message(&self, channel: &str, ts: &str) -> Option<&Message> {
        self.messages.get(channel)?.get(ts)
    }

    pub(super) fn ephemerals<'a>(
        &'a self,
        channel: &'a str,
        person: &'a str,
    ) -> impl Iterator<Item = &'a Message> {
        self.ephemerals
            .iter()
            .filter(move |e| e.channel == channel && e.person == person)
            .map(|e| &e.message)
    }

    pub(super) fn ephemeral(&self, channel: &str, person: &str, ts: &str) -> Option<&Message> {
        let is_meant =
            |e: &&Ephemeral| e.channel == channel && e.person == person && e.message.ts == ts;
        self.ephemerals.iter().find(is_meant).map(|e| &e.message)
    }

    pub(super) fn last_read(&self, person: &str, channel: &str) -> Option<&str> {
        self.read
            .get(&(person.to_owned(), channel.to_owned()))
            .map(String::as_str)
    }

    /// Whether somebody may look into a channel.
    pub(super) fn sees(&self, person: &str, channel: &Channel) -> bool {
        let guest = self.person(person).is_none_or(|p| p.role == Role::Guest);
        channel.members.iter().any(|m| m == person) || (channel.kind == Kind::Public && !guest)
    }

    /// Whom an update concerns.
    pub(super) fn concerns(&self, update: &Update, person: &str) -> bool {
        match update {
            Update::Person(_) => true,
            Update::Channel(channel) => self.sees(person, channel),
            Update::Message { channel, .. } | Update::Gone { channel, .. } => {
                self.channel(channel).is_some_and(|c| self.sees(person, c))
            }
            Update::Read { person: to, .. }
            | Update::Ephemeral { person: to, .. }
            | Update::EphemeralGone { person: to, .. }
            | Update::Notice { person: to, .. } => to == person,
        }
    }
}

/// A ts as microseconds; one that is none counts as the beginning of time.
fn micros(ts: &str) -> i64 {
    let (seconds, rest) = ts.split_once('.').unwrap_or((ts, "0"));
    let number = |s: &str| s.parse::<i64>().unwrap_or(0);
    number(seconds) * 1_000_000 + number(rest)
}

/// A JSON object from name-value pairs.
pub(super) fn object<const N: usize>(pairs: [(&str, Value); N]) -> Map<String, Value> {
    pairs
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}
