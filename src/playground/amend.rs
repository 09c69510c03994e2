//! People change or take back what they have said, and the bot hears of it where it has subscribed.

use serde_json::{Map, Value};

use super::Playground;
use super::args::Refusal;
use super::envelope;
use super::model::{Channel, Kind, Message, Update};
use super::settings::Subscription;
use super::speak::{Sent, escaped, has_bot, present};
use super::state::State;
use super::wire::message_json;

/// What a person does with a message of theirs.
#[derive(Debug, Clone, Copy)]
pub(super) enum Amendment<'a> {
    /// It says something else.
    Edit(&'a str),
    /// It is gone.
    Delete,
}

impl Playground {
    /// Changes what somebody has said, and waits for the event's first delivery.
    pub async fn edit_message(
        &self,
        person: &str,
        channel: &str,
        ts: &str,
        text: &str,
    ) -> Result<Sent, Refusal> {
        self.amend_message(person, (channel, ts), Amendment::Edit(text))
            .await
    }

    /// Takes back what somebody has said, and waits for the event's first delivery.
    pub async fn delete_message(
        &self,
        person: &str,
        channel: &str,
        ts: &str,
    ) -> Result<Sent, Refusal> {
        self.amend_message(person, (channel, ts), Amendment::Delete)
            .await
    }

    async fn amend_message(
        &self,
        person: &str,
        place: (&str, &str),
        how: Amendment<'_>,
    ) -> Result<Sent, Refusal> {
        let (message, event) = self.amend(person, place, how)?;
        let mut deliveries = Vec::new();
        if let Some(event) = event {
            deliveries.extend(self.deliver_event(person, event).await);
        }
        Ok(Sent {
            message,
            deliveries,
        })
    }

    /// Changes or removes a message; returns it with the event that it causes, if the app hears it.
    pub(super) fn amend(
        &self,
        person: &str,
        (channel, ts): (&str, &str),
        how: Amendment<'_>,
    ) -> Result<(Message, Option<String>), Refusal> {
        let now = self.now();
        self.change(|state| {
            let (person, channel) = present(state, person, channel)?;
            let found = state.workspace.message(&channel.id, ts).cloned();
            let before = found.ok_or("message_not_found")?;
            if before.user != person.id {
                return Err("cant_update_message".into());
            }
            let at = state.workspace.next_ts(now);
            let old = message_json(state, &channel.id, &before);
            let mut after = before.clone();
            if let Amendment::Edit(text) = how {
                if text.trim().is_empty() {
                    return Err("no_text".into());
                }
                after.text = escaped(state, &person, text.trim());
                after.edited = Some(at.clone());
            }
            commit(state, &channel.id, &after, how)?;
            let fate = match how {
                Amendment::Edit(_) => ("message", message_json(state, &channel.id, &after).into()),
                Amendment::Delete => ("deleted_ts", Value::from(ts)),
            };
            let event = self
                .hears(&channel)
                .then(|| changed_event(&channel, (&at, old), fate));
            Ok((after, event.map(|it| envelope::event_body(&it, now))))
        })
    }

    /// Whether the app has subscribed to what is said there, and is there.
    fn hears(&self, channel: &Channel) -> bool {
        let needed = match channel.kind {
            Kind::Direct => Subscription::DirectMessages,
            Kind::Public | Kind::Private => Subscription::ChannelMessages,
        };
        has_bot(channel) && self.inner.settings.subscriptions.contains(&needed)
    }
}

fn commit(
    state: &mut State,
    channel: &str,
    after: &Message,
    how: Amendment<'_>,
) -> Result<(), Refusal> {
    let channel = channel.to_owned();
    let update = match how {
        Amendment::Edit(_) => Update::Message {
            channel,
            message: after.clone(),
        },
        Amendment::Delete => Update::Gone {
            channel,
            ts: after.ts.clone(),
        },
    };
    Ok(state.commit(update)?)
}

/// The event of an edit or a deletion; it is a message of its own that nobody sees.
fn changed_event(
    channel: &Channel,
    (at, before): (&str, Map<String, Value>),
    (name, fate): (&str, Value),
) -> Map<String, Value> {
    let mut event = envelope::hidden_event(channel, at);
    let subtype = match name {
        "message" => "message_changed",
        _ => "message_deleted",
    };
    event.insert("subtype".to_owned(), subtype.into());
    event.insert("previous_message".to_owned(), before.into());
    event.insert(name.to_owned(), fate);
    event
}
