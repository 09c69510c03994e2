//! People speak, and the bot hears of what concerns it.

use serde_json::{Map, Value};

use super::Playground;
use super::args::Refusal;
use super::bot::{Delivery, JSON, Request};
use super::envelope;
use super::escape::escape;
use super::model::{Channel, File, Kind, Message, Person, Role, Update};
use super::seed;
use super::settings::Subscription;
use super::state::State;

/// A message that was sent, and how its events fared so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// The message.
    pub message: Message,
    /// The deliveries, with the retry at once where the first one failed.
    pub deliveries: Vec<Delivery>,
}

impl Playground {
    /// Says something in a channel or thread, and waits for the events' first deliveries.
    pub async fn send_message(
        &self,
        person: &str,
        channel: &str,
        thread: Option<&str>,
        text: &str,
    ) -> Result<Sent, Refusal> {
        self.tell_the_bot(person, self.say(person, channel, thread, text)?)
            .await
    }

    /// The same with a file.
    pub async fn share_file(
        &self,
        person: &str,
        place: (&str, Option<&str>),
        text: &str,
        file: (&str, Vec<u8>),
    ) -> Result<Sent, Refusal> {
        self.tell_the_bot(person, self.share(person, place, text, file)?)
            .await
    }

    async fn tell_the_bot(
        &self,
        person: &str,
        (message, events): (Message, Vec<String>),
    ) -> Result<Sent, Refusal> {
        let mut deliveries = Vec::new();
        for event in events {
            deliveries.extend(self.deliver_event(person, event).await);
        }
        Ok(Sent {
            message,
            deliveries,
        })
    }

    /// Puts a message there; returns it with the events that it causes.
    pub(super) fn say(
        &self,
        person: &str,
        channel: &str,
        thread: Option<&str>,
        text: &str,
    ) -> Result<(Message, Vec<String>), Refusal> {
        self.put(person, (channel, thread), text, Vec::new())
    }

    /// Puts a message with files there.
    pub(super) fn put(
        &self,
        person: &str,
        (channel, thread): (&str, Option<&str>),
        text: &str,
        files: Vec<File>,
    ) -> Result<(Message, Vec<String>), Refusal> {
        let now = self.now();
        self.change(|state| {
            let (person, channel) = present(state, person, channel)?;
            if text.trim().is_empty() && files.is_empty() {
                return Err("no_text".into());
            }
            let ts = state.workspace.next_ts(now);
            let mut message = Message::plain(ts, &person.id, &escaped(state, &person, text.trim()));
            if !files.is_empty() {
                message.subtype = Some("file_share".to_owned());
                message.files = files;
            }
            if let Some(thread) = thread {
                let root = state
                    .workspace
                    .message(&channel.id, thread)
                    .ok_or("thread_not_found")?;
                message.thread_ts = Some(root.thread_ts.clone().unwrap_or(root.ts.clone()));
            }
            state.post(&channel.id, message.clone())?;
            self.mention_outside(state, &channel, &message)?;
            let events = self.events_of(&channel, &message);
            Ok((
                message,
                events
                    .into_iter()
                    .map(|e| envelope::event_body(&e, now))
                    .collect(),
            ))
        })
    }

    /// Slack tells somebody who mentions an app in a channel that it is not in.
    fn mention_outside(
        &self,
        state: &mut State,
        channel: &Channel,
        message: &Message,
    ) -> Result<(), Refusal> {
        if !mentions_bot(message) || has_bot(channel) {
            return Ok(());
        }
        let words = format!(
            "You mentioned <@{}>, but they’re not in this channel. To add them, type `/invite @gtm`.",
            seed::BOT_USER
        );
        Ok(state.slackbot(&channel.id, &message.user, (&words, self.now()))?)
    }

    fn events_of(&self, channel: &Channel, message: &Message) -> Vec<Map<String, Value>> {
        let has = |subscription| self.inner.settings.subscriptions.contains(&subscription);
        let files = self.files_json(&message.files);
        let event = |kind| {
            let mut event = envelope::message_event(kind, channel, message);
            if !message.files.is_empty() {
                event.insert("files".to_owned(), files.clone());
                if kind == "message" {
                    event.insert("subtype".to_owned(), "file_share".into());
                }
            }
            event
        };
        if !has_bot(channel) {
            return Vec::new();
        }
        if channel.kind == Kind::Direct {
            return has(Subscription::DirectMessages)
                .then(|| event("message"))
                .into_iter()
                .collect();
        }
        let mention =
            (has(Subscription::AppMention) && mentions_bot(message)).then(|| event("app_mention"));
        let plain = has(Subscription::ChannelMessages).then(|| event("message"));
        mention.into_iter().chain(plain).collect()
    }

    /// Sends an event; if the bot does not take it, once more at once, then later.
    pub(super) async fn deliver_event(&self, person: &str, body: String) -> Vec<Delivery> {
        let first = self.send_event(body.clone(), None).await;
        let Some(reason) = first.retry_reason() else {
            return vec![first];
        };
        if let Some(trouble) = first.trouble() {
            self.notice(
                person,
                format!("The app did not take this message: {trouble}"),
            );
        }
        let second = self.retry_event(body, (1, reason)).await;
        vec![first, second]
    }

    /// Sends the events again whose time has come (a task does it every second, too).
    pub async fn run_due_retries(&self) -> Vec<Delivery> {
        let mut deliveries = Vec::new();
        for retry in self.inner.retries.take_due(self.now()) {
            deliveries.push(
                self.retry_event(retry.body, (retry.number, retry.reason))
                    .await,
            );
        }
        deliveries
    }

    /// Sends an event again and plans the next attempt if this one fails, too.
    async fn retry_event(&self, body: String, attempt: (u8, &'static str)) -> Delivery {
        let delivery = self.send_event(body.clone(), Some(attempt)).await;
        if let Some(reason) = delivery.retry_reason() {
            self.inner
                .retries
                .plan(body, attempt.0 + 1, reason, self.now());
        }
        delivery
    }

    async fn send_event(&self, body: String, retry: Option<(u8, &'static str)>) -> Delivery {
        self.inner
            .bot
            .send(
                "/slack/events",
                Request {
                    content_type: JSON,
                    body,
                    retry,
                },
            )
            .await
    }

    /// Tells a page that something went wrong; it is shown once.
    fn notice(&self, person: &str, text: String) {
        let person = person.to_owned();
        // A notice is never written to the journal, so there is nothing that can fail.
        let _ = self.change(|state| state.commit(Update::Notice { person, text }));
    }

    /// Shows one person what the workspace itself has to say.
    pub(super) fn say_as_slackbot(
        &self,
        person: &str,
        channel: &str,
        words: &str,
    ) -> Result<Message, Refusal> {
        let now = self.now();
        self.change(|state| {
            let ts = state.workspace.next_ts(now);
            let message = Message::plain(ts, seed::SLACKBOT, words);
            state.whisper(channel, person, message.clone())?;
            Ok(message)
        })
    }
}

/// A person and a channel that they may speak in.
pub(super) fn present(
    state: &State,
    person: &str,
    channel: &str,
) -> Result<(Person, Channel), Refusal> {
    let person = state.workspace.person(person).ok_or("user_not_found")?;
    if matches!(person.role, Role::App | Role::Slackbot) {
        return Err("user_not_found".into());
    }
    let found = state
        .workspace
        .channel(channel)
        .filter(|c| state.workspace.sees(&person.id, c));
    let channel = found.ok_or("channel_not_found")?;
    if !channel.members.contains(&person.id) {
        return Err("not_in_channel".into());
    }
    if channel.archived {
        return Err("is_archived".into());
    }
    Ok((person.clone(), channel.clone()))
}

/// Typed text as it is sent on; only channels that the person sees become links.
pub(super) fn escaped(state: &State, person: &Person, typed: &str) -> String {
    let people: Vec<_> = state.workspace.people().collect();
    let channels: Vec<_> = state
        .workspace
        .channels()
        .filter(|c| state.workspace.sees(&person.id, c))
        .collect();
    escape(typed, &people, &channels)
}

pub(super) fn has_bot(channel: &Channel) -> bool {
    channel
        .members
        .iter()
        .any(|member| member == seed::BOT_USER)
}

fn mentions_bot(message: &Message) -> bool {
    let name = format!("<@{}", seed::BOT_USER);
    message.text.match_indices(&name).any(|(at, _)| {
        matches!(
            message.text.as_bytes().get(at + name.len()),
            Some(b'>' | b'|')
        )
    })
}
