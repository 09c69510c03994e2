//! What people do, and what they then see.

use std::collections::BTreeMap;

use gtm_advisor::playground::{Button, CommandResult, Message, View, seed};
use serde_json::Value;

use super::{TestBot, lock};

impl TestBot {
    /// Types a command; returns what the person sees at once.
    pub(crate) async fn command(&self, person: &str, channel: &str, words: &str) -> Message {
        let result = self.try_command(person, channel, words).await;
        assert!(result.delivery.is_taken(), "{words}: {:?}", result.delivery);
        result.shown.unwrap_or_else(|| panic!("{words}: silence"))
    }

    /// Types commands, with a minute after each.
    pub(crate) async fn minute_by_minute(&self, person: &str, channel: &str, commands: &[&str]) {
        for words in commands {
            self.command(person, channel, words).await;
            self.clock.move_by(60);
        }
    }

    /// Types a command; returns what came of it.
    pub(crate) async fn try_command(
        &self,
        person: &str,
        channel: &str,
        words: &str,
    ) -> CommandResult {
        let result = self.slack.send_command(person, channel, words).await;
        let result = result.expect("somebody who may speak there");
        if let Ok(body) = serde_json::from_str::<Value>(result.delivery.body()) {
            lock(&self.acks).push(body);
        }
        self.running().app.drain().await;
        result
    }

    /// Mentions the bot in a channel; returns the answers in the thread that this opens.
    pub(crate) async fn mention(&self, person: &str, channel: &str, words: &str) -> Vec<Message> {
        self.mention_in(person, channel, None, words).await
    }

    /// Mentions the bot, in a thread perhaps; returns the answers that came of it.
    pub(crate) async fn mention_in(
        &self,
        person: &str,
        channel: &str,
        thread: Option<&str>,
        words: &str,
    ) -> Vec<Message> {
        let message = self
            .say(person, channel, thread, &format!("@gtm {words}"))
            .await;
        self.work().await;
        let root = message.thread_ts.as_deref().unwrap_or(&message.ts);
        let answers = self.thread(channel, root);
        answers
            .into_iter()
            .filter(|it| it.ts > message.ts)
            .collect()
    }

    /// Mentions the bot in a message with a file; returns the answers.
    pub(crate) async fn share(
        &self,
        person: &str,
        channel: &str,
        words: &str,
        (name, bytes): (&str, &[u8]),
    ) -> Vec<Message> {
        let words = format!("@gtm {words}");
        let file = (name, bytes.to_vec());
        let sent = self
            .slack
            .share_file(person, (channel, None), &words, file)
            .await;
        let message = sent.expect("somebody who may speak there").message;
        self.work().await;
        self.thread(channel, &message.ts)
    }

    /// Says something that the bot takes, but does not work on yet.
    pub(crate) async fn say(
        &self,
        person: &str,
        channel: &str,
        thread: Option<&str>,
        words: &str,
    ) -> Message {
        let sent = self
            .slack
            .send_message(person, channel, thread, words)
            .await;
        let sent = sent.expect("somebody who may speak there");
        for delivery in &sent.deliveries {
            assert!(delivery.is_taken(), "{words}: {delivery:?}");
        }
        sent.message
    }

    /// Writes to the bot directly; returns its answers.
    pub(crate) async fn write(&self, person: &str, words: &str) -> Vec<Message> {
        let channel = seed::direct(person);
        let message = self.say(person, &channel, None, words).await;
        self.work().await;
        let after = |it: &Message| it.ts > message.ts && it.user == seed::BOT_USER;
        self.slack
            .messages(&channel)
            .into_iter()
            .filter(after)
            .collect()
    }

    /// Presses a button of a message; returns the messages that are new or have changed since.
    pub(crate) async fn click(
        &self,
        person: &str,
        channel: &str,
        message: &Message,
        label: &str,
    ) -> Vec<Message> {
        let before = self.seen(person, channel);
        let button = Button::Labelled(label);
        let pressed = self.slack.click(person, channel, &message.ts, button).await;
        let pressed = pressed.unwrap_or_else(|error| panic!("[{label}]: {error}: {message:#?}"));
        assert!(pressed.is_taken(), "[{label}]: {pressed:?}");
        self.work().await;
        let mut after = self.seen(person, channel);
        after.retain(|it| !before.contains(it));
        after
    }

    /// Chooses "Learn this" in a message's menu, and returns the form that opens.
    pub(crate) async fn learn_this(&self, person: &str, channel: &str, ts: &str) -> View {
        let picked = self.slack.pick(person, channel, (ts, "learn_this")).await;
        let picked = picked.expect("a message that can be picked");
        assert!(picked.is_taken(), "{picked:?}");
        self.form(person)
    }

    /// Types a command that opens a form, and returns it.
    pub(crate) async fn opened(&self, person: &str, channel: &str, words: &str) -> View {
        let result = self.try_command(person, channel, words).await;
        assert!(result.delivery.is_taken(), "{words}: {:?}", result.delivery);
        assert!(result.shown.is_none(), "{words}: {:?}", result.shown);
        self.form(person)
    }

    /// The newest form that a person has open.
    pub(crate) fn form(&self, person: &str) -> View {
        self.slack.views(person).pop().expect("a form")
    }

    /// The newest form of a person, once the turn has put into it what it has to ask or to say.
    pub(crate) async fn told_form(&self, person: &str) -> View {
        loop {
            let view = self.form(person);
            if !view.view.to_string().contains(" …\"") {
                return view;
            }
            tokio::task::yield_now().await;
        }
    }

    /// Chooses files in a form; returns what stands for them among the answers.
    pub(crate) fn choose(&self, person: &str, files: &[(&str, &[u8])]) -> String {
        let chosen = files.iter().map(|(name, bytes)| {
            let sent = self.slack.choose_file(person, (name, bytes.to_vec()));
            sent.expect("somebody who is here")
        });
        chosen.collect::<Vec<_>>().join(",")
    }

    /// Sends a form off; returns what is wrong by input, and the messages that are new.
    pub(crate) async fn fill(
        &self,
        (person, channel): (&str, &str),
        view: &View,
        answers: &[(&str, &str)],
    ) -> (serde_json::Map<String, Value>, Vec<Message>) {
        let before = self.seen(person, channel);
        let mut filled = standing(&view.view);
        let given = answers.iter();
        filled.extend(given.map(|(name, it)| ((*name).to_owned(), (*it).to_owned())));
        let done = self.slack.submit(person, &view.id, &filled).await;
        let done = done.expect("a form that is open");
        self.work().await;
        let mut after = self.seen(person, channel);
        after.retain(|it| !before.contains(it));
        (done.errors, after)
    }

    /// Chooses "Read into the plan" in a message's menu; returns what the person sees of it.
    pub(crate) async fn pick(&self, person: &str, channel: &str, ts: &str) -> Vec<Message> {
        let before = self.seen(person, channel);
        let picked = self
            .slack
            .pick(person, channel, (ts, "read_into_plan"))
            .await;
        let picked = picked.expect("a message that can be picked");
        assert!(picked.is_taken(), "{picked:?}");
        self.work().await;
        let mut after = self.seen(person, channel);
        after.retain(|it| !before.contains(it));
        after
    }

    /// The bot's messages in a thread.
    pub(crate) fn thread(&self, channel: &str, root: &str) -> Vec<Message> {
        let mut messages = self.slack.messages(channel);
        messages.retain(|it| it.answers(root) && it.user == seed::BOT_USER);
        messages
    }

    /// All that a person sees in a channel, threads included.
    pub(crate) fn seen(&self, person: &str, channel: &str) -> Vec<Message> {
        let mut seen = self.slack.messages(channel);
        seen.extend(self.slack.ephemerals(channel, person));
        seen
    }

    /// What the bot has counted.
    pub(crate) fn metrics(&self) -> String {
        self.running().app.metrics.encode()
    }

    /// How often a method was called.
    pub(crate) fn calls(&self, method: &str) -> usize {
        let calls = self.slack.calls();
        calls.iter().filter(|call| call.method == method).count()
    }
}

/// What stands in a form before anybody has touched it.
fn standing(view: &Value) -> BTreeMap<String, String> {
    let blocks = view["blocks"].as_array().into_iter().flatten();
    let standing = blocks.filter_map(|block| {
        let name = block["block_id"].as_str()?.to_owned();
        let element = &block["element"];
        let places = [
            &element["initial_value"],
            &element["initial_date"],
            &element["initial_option"]["value"],
        ];
        let held = places.into_iter().find_map(Value::as_str)?;
        Some((name, held.to_owned()))
    });
    standing.collect()
}
