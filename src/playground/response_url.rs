//! `response_url`: five posts within thirty minutes, to where a command or click came from.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::args::{Args, Refusal};
use super::limits;
use super::methods::content::Content;
use super::model::{Message, Update};
use super::seed;
use super::state::State;

/// Where the posts to a `response_url` go.
#[derive(Debug, Clone)]
pub(super) struct Link {
    pub(super) person: String,
    pub(super) channel: String,
    pub(super) origin: Option<Origin>,
    made: Timestamp,
    uses: usize,
}

/// The message that `replace_original` and `delete_original` mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Origin {
    pub(super) ts: String,
    pub(super) ephemeral: bool,
}

/// The links that are open.
#[derive(Debug, Default)]
pub(super) struct Links {
    open: HashMap<String, Link>,
}

impl Links {
    /// Opens a link.
    pub(super) fn open(&mut self, token: &str, link: Link) {
        let now = link.made;
        self.open
            .retain(|_, old| now.duration_since(old.made) <= 2 * life());
        self.open.insert(token.to_owned(), link);
    }

    /// Uses a link once.
    pub(super) fn take(&mut self, token: &str, now: Timestamp) -> Result<Link, Refusal> {
        let link = self.open.get_mut(token).ok_or("expired_url")?;
        if now.duration_since(link.made) > life() {
            return Err("expired_url".into());
        }
        if link.uses == limits::RESPONSE_URL_USES.max {
            return Err("used_url".into());
        }
        link.uses += 1;
        Ok(link.clone())
    }

    /// A link as it stands, without using it.
    pub(super) fn get(&self, token: &str) -> Option<Link> {
        self.open.get(token).cloned()
    }

    /// From now on this message is the link's original.
    pub(super) fn set_origin(&mut self, token: &str, origin: Origin) {
        if let Some(link) = self.open.get_mut(token) {
            link.origin = Some(origin);
        }
    }
}

fn life() -> SignedDuration {
    let minutes = i64::try_from(limits::RESPONSE_URL_MINUTES.max).expect("thirty");
    SignedDuration::from_mins(minutes)
}

impl Link {
    pub(super) fn new(person: &str, channel: &str, origin: Option<Origin>, now: Timestamp) -> Self {
        Self {
            person: person.to_owned(),
            channel: channel.to_owned(),
            origin,
            made: now,
            uses: 0,
        }
    }

    /// Does what a post says; returns the message that it made or changed.
    pub(super) fn post(
        &self,
        state: &mut State,
        body: &Args,
        now: Timestamp,
    ) -> Result<Option<Message>, Refusal> {
        if body.flag("delete_original") {
            self.delete(state)?;
            return Ok(None);
        }
        let content = Content::read(body)?;
        let replaces = body.flag("replace_original");
        if let Some(origin) = self.origin.as_ref().filter(|_| replaces) {
            return self.replace(state, origin, content).map(Some);
        }
        self.add(state, body, (content, now)).map(Some)
    }

    fn add(
        &self,
        state: &mut State,
        body: &Args,
        (content, now): (Content, Timestamp),
    ) -> Result<Message, Refusal> {
        let ts = state.workspace.next_ts(now);
        let mut message = Message::plain(ts, seed::BOT_USER, &content.text);
        message.blocks = content.blocks;
        if body.text("response_type").as_deref() == Some("in_channel") {
            let root = body.text("thread_ts");
            let known = |ts: &String| state.workspace.message(&self.channel, ts).is_some();
            message.thread_ts = root.filter(known);
            state.post(&self.channel, message.clone())?;
        } else {
            state.whisper(&self.channel, &self.person, message.clone())?;
        }
        Ok(message)
    }

    /// An ephemeral original stays ephemeral, whatever the post asks for.
    fn replace(
        &self,
        state: &mut State,
        origin: &Origin,
        content: Content,
    ) -> Result<Message, Refusal> {
        let mut message = self
            .find(state, origin)
            .cloned()
            .ok_or("message_not_found")?;
        message.text = content.text;
        message.blocks = content.blocks;
        if origin.ephemeral {
            state.whisper(&self.channel, &self.person, message.clone())?;
        } else {
            message.edited = Some(message.ts.clone());
            let channel = self.channel.clone();
            state.commit(Update::Message {
                channel,
                message: message.clone(),
            })?;
        }
        Ok(message)
    }

    fn delete(&self, state: &mut State) -> Result<(), Refusal> {
        let origin = self.origin.as_ref().ok_or("message_not_found")?;
        self.find(state, origin).ok_or("message_not_found")?;
        let (channel, ts) = (self.channel.clone(), origin.ts.clone());
        let gone = if origin.ephemeral {
            Update::EphemeralGone {
                person: self.person.clone(),
                channel,
                ts,
            }
        } else {
            Update::Gone { channel, ts }
        };
        Ok(state.commit(gone)?)
    }

    fn find<'s>(&self, state: &'s State, origin: &Origin) -> Option<&'s Message> {
        if origin.ephemeral {
            state
                .workspace
                .ephemeral(&self.channel, &self.person, &origin.ts)
        } else {
            state.workspace.message(&self.channel, &origin.ts)
        }
    }
}

/// What a slash command's answer in the acknowledgement says: nothing, plain words, or a message.
pub(super) fn read_ack(content_type: &str, body: &str) -> Result<Option<Args>, Refusal> {
    if body.trim().is_empty() {
        return Ok(None);
    }
    let fields = if content_type.starts_with("application/json") {
        match serde_json::from_str(body) {
            Ok(Value::Object(fields)) => fields,
            _ => return Err("invalid_command_response".into()),
        }
    } else {
        super::wire::object([("text", body.into())])
    };
    Ok(Some(Args::from_map(fields)).filter(|args| !args.as_map().is_empty()))
}
