//! The workspace as it stands. Everything changes by an [`Update`], which is also what the journal
//! keeps and what open pages receive.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::model::{Channel, Kind, Message, Person, Role, Update, View};

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
    views: Vec<View>,
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
            Update::View(view) => match self.views.iter_mut().find(|it| it.id == view.id) {
                Some(old) => *old = view,
                None => self.views.push(view),
            },
            Update::ViewGone { person, id } => {
                self.views.retain(|it| it.person != person || it.id != id);
            }
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

    /// When the newest message was said; nothing where there is none.
    pub(super) fn newest(&self) -> Option<Timestamp> {
        let newest = Timestamp::from_microsecond(self.last_micros).ok();
        newest.filter(|_| self.last_micros > 0)
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

    /// The views that a person has open, oldest first.
    pub(super) fn views(&self, person: &str) -> impl Iterator<Item = &View> {
        self.views.iter().filter(move |it| it.person == person)
    }

    pub(super) fn view(&self, id: &str) -> Option<&View> {
        self.views.iter().find(|it| it.id == id)
    }

    pub(super) fn last_read(&self, person: &str, channel: &str) -> Option<&str> {
        self.read
            .get(&(person.to_owned(), channel.to_owned()))
            .map(String::as_str)
    }

    /// Whether somebody may look into a channel.
    pub(super) fn sees(&self, person: &str, channel: &Channel) -> bool {
        let guest = self
            .person(person)
            .is_none_or(|p| matches!(p.role, Role::Guest | Role::External));
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
            | Update::ViewGone { person: to, .. }
            | Update::Notice { person: to, .. } => to == person,
            Update::View(view) => view.person == person,
        }
    }
}

/// A ts as microseconds; one that is none counts as the beginning of time.
fn micros(ts: &str) -> i64 {
    let (seconds, rest) = ts.split_once('.').unwrap_or((ts, "0"));
    let number = |s: &str| s.parse::<i64>().unwrap_or(0);
    number(seconds) * 1_000_000 + number(rest)
}
