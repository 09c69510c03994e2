//! Slash commands and buttons: one request to the bot, and its answer shown.

use serde_json::Value;

use super::args::Refusal;
use super::bot::{Delivery, FORM, Request};
use super::envelope::{Click, Command, Pick};
use super::model::Message;
use super::response_url::{Link, Origin, read_ack};
use super::secret;
use super::speak::{escaped, present};
use super::wire::message_json;
use super::{Outcome, Playground, lock};

/// A command that was run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommandResult {
    /// The request and the bot's answer to it.
    pub delivery: Delivery,
    /// What the person sees at once, if anything: the answer, or why there is none.
    pub shown: Option<Message>,
}

/// Which button of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Button<'a> {
    /// The first one that says this.
    Labelled(&'a str),
    /// The one with these ids.
    Ids {
        /// Its block's.
        block: &'a str,
        /// Its own.
        action: &'a str,
    },
}

impl Playground {
    /// Runs the bot's slash command and shows its answer.
    pub async fn send_command(
        &self,
        person: &str,
        channel: &str,
        text: &str,
    ) -> Result<CommandResult, Refusal> {
        let (who, place) = present(&self.state(), person, channel)?;
        let token = self.open_link(Link::new(person, channel, None, self.now()));
        let text = escaped(&self.state(), &who, text.trim());
        let trigger = self.trigger(person);
        let command = Command {
            word: &self.inner.settings.command,
            text: &text,
            person: &who,
            channel: &place,
            response_url: &self.response_url(&token),
            trigger: &trigger,
        };
        let body = command.body();
        let request = Request {
            content_type: FORM,
            body,
            retry: None,
        };
        let delivery = self.inner.bot.send("/slack/commands", request).await;
        let shown = match self.acknowledge(&token, &delivery, &text) {
            Ok(shown) => shown,
            Err(refusal) => Some(self.command_failed(person, channel, &refusal)?),
        };
        Ok(CommandResult { delivery, shown })
    }

    /// Shows what the acknowledgement of a command says.
    fn acknowledge(
        &self,
        token: &str,
        delivery: &Delivery,
        text: &str,
    ) -> Result<Option<Message>, Refusal> {
        let Outcome::Answered {
            status: 200,
            content_type,
            body,
            ..
        } = &delivery.outcome
        else {
            let timed_out = delivery.outcome == Outcome::TimedOut;
            return Err(if timed_out {
                "operation_timeout"
            } else {
                "dispatch_failed"
            }
            .into());
        };
        let Some(args) = read_ack(content_type, body)? else {
            return Ok(None);
        };
        let public = args.text("response_type").as_deref() == Some("in_channel");
        let now = self.now();
        let Some(link) = lock(&self.inner.links).get(token) else {
            return Ok(None);
        };
        let shown = self.change(|state| {
            let typed = format!("{} {text}", self.inner.settings.command);
            if public {
                let ts = state.workspace.next_ts(now);
                let typed = Message::plain(ts, &link.person, typed.trim_end());
                state.post(&link.channel, typed)?;
            }
            link.post(state, &args, now)
        })?;
        if let Some(message) = &shown {
            let origin = Origin {
                ts: message.ts.clone(),
                ephemeral: !public,
            };
            lock(&self.inner.links).set_origin(token, origin);
        }
        Ok(shown)
    }

    fn command_failed(
        &self,
        person: &str,
        channel: &str,
        refusal: &Refusal,
    ) -> Result<Message, Refusal> {
        let command = &self.inner.settings.command;
        let failed = format!("{command} failed with the error \"{}\"", refusal.code);
        let lines: Vec<_> = std::iter::once(&failed)
            .chain(&refusal.messages)
            .cloned()
            .collect();
        self.say_as_slackbot(person, channel, &lines.join("\n"))
    }

    /// Presses a button of a message that the person sees.
    pub async fn click(
        &self,
        person: &str,
        channel: &str,
        ts: &str,
        button: Button<'_>,
    ) -> Result<Delivery, Refusal> {
        let now = self.now();
        let trigger = self.trigger(person);
        let body = {
            let state = self.state();
            let (who, place) = present(&state, person, channel)?;
            let hidden = state.workspace.ephemeral(channel, person, ts);
            let found = hidden.or_else(|| state.workspace.message(channel, ts));
            let message = found.ok_or("message_not_found")?;
            let (block_id, pressed) = find_button(message, button).ok_or("button_not_found")?;
            let origin = Origin {
                ts: ts.to_owned(),
                ephemeral: hidden.is_some(),
            };
            let token = self.open_link(Link::new(person, channel, Some(origin), now));
            let click = Click {
                person: &who,
                channel: &place,
                ts,
                thread_ts: message.thread_ts.as_deref(),
                message: hidden
                    .is_none()
                    .then(|| message_json(&state, channel, message)),
                block_id,
                button: pressed,
                response_url: &self.response_url(&token),
                trigger: &trigger,
            };
            click.body(now)
        };
        Ok(self.interact(body).await)
    }

    /// Chooses an entry of a message's menu, by its `callback_id`.
    pub async fn pick(
        &self,
        person: &str,
        channel: &str,
        (ts, shortcut): (&str, &str),
    ) -> Result<Delivery, Refusal> {
        let now = self.now();
        let trigger = self.trigger(person);
        let body = {
            let state = self.state();
            let (who, place) = present(&state, person, channel)?;
            let found = state.workspace.message(channel, ts);
            let message = found.ok_or("message_not_found")?;
            let token = self.open_link(Link::new(person, channel, None, now));
            let mut json = message_json(&state, channel, message);
            if !message.files.is_empty() {
                json.insert("files".to_owned(), self.files_json(&message.files));
            }
            let pick = Pick {
                person: &who,
                channel: &place,
                callback: shortcut,
                ts,
                message: json,
                response_url: &self.response_url(&token),
                trigger: &trigger,
            };
            pick.body(now)
        };
        Ok(self.interact(body).await)
    }

    /// Sends what somebody did with a message or a form.
    pub(super) async fn interact(&self, body: String) -> Delivery {
        let request = Request {
            content_type: FORM,
            body,
            retry: None,
        };
        self.inner.bot.send("/slack/interactions", request).await
    }

    fn trigger(&self, person: &str) -> String {
        let now = self.now();
        self.state().triggers.give(person, now)
    }

    fn open_link(&self, link: Link) -> String {
        let token = secret::token();
        lock(&self.inner.links).open(&token, link);
        token
    }

    fn response_url(&self, token: &str) -> String {
        format!("{}/response/{token}", self.inner.settings.web_api_url)
    }
}

fn find_button<'m>(message: &'m Message, wanted: Button<'_>) -> Option<(&'m str, &'m Value)> {
    let text = |value: &'m Value, name: &str| value.get(name).and_then(Value::as_str);
    let of_block = |block: &'m Value| {
        let id = text(block, "block_id").unwrap_or_default();
        let elements = block
            .get("elements")
            .and_then(Value::as_array)
            .into_iter()
            .flatten();
        elements
            .chain(block.get("accessory"))
            .map(move |element| (id, element))
    };
    let is_wanted = |block_id: &str, element: &'m Value| match wanted {
        _ if text(element, "type") != Some("button") => false,
        Button::Labelled(label) => element["text"]["text"].as_str() == Some(label),
        Button::Ids { block, action } => {
            block_id == block && text(element, "action_id") == Some(action)
        }
    };
    message
        .blocks
        .iter()
        .flat_map(of_block)
        .find(|(id, element)| is_wanted(id, element))
}
