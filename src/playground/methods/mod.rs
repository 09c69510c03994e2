//! The Web API's methods, as a table; each is a function of the workspace and its arguments.

mod chat;
pub(super) mod content;
mod conversations;
mod history;
mod reactions;
mod users;

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::args::{Args, Refusal};
use super::limits::{History, Tier};
use super::seed;
use super::state::{State, StorageError};
use super::workspace::{Channel, Kind, Message};

/// What a method answers besides `ok`.
pub(super) type Answer = Result<Map<String, Value>, Refusal>;

/// A method of the Web API.
pub(super) struct Method {
    /// Its name.
    pub(super) name: &'static str,
    /// How often it may be called.
    pub(super) tier: Tier,
    /// Whether a JSON body is read; methods that only read want a form or query (7.1).
    pub(super) takes_json: bool,
    /// What it does.
    pub(super) run: fn(&mut Context<'_>) -> Answer,
}

/// What a method looks at.
pub(super) struct Context<'a> {
    pub(super) state: &'a mut State,
    pub(super) args: &'a Args,
    pub(super) now: Timestamp,
    pub(super) history: History,
    /// The origin of links to messages.
    pub(super) origin: &'a str,
}

const fn write(name: &'static str, tier: Tier, run: fn(&mut Context<'_>) -> Answer) -> Method {
    Method {
        name,
        tier,
        takes_json: true,
        run,
    }
}

const fn read(name: &'static str, tier: Tier, run: fn(&mut Context<'_>) -> Answer) -> Method {
    Method {
        name,
        tier,
        takes_json: false,
        run,
    }
}

/// "Several hundred a minute", in numbers.
const HUNDREDS: Tier = Tier::Special(300);

/// Every method that the playground has (tiers: 7.3).
pub(super) const METHODS: &[Method] = &[
    write("auth.test", HUNDREDS, users::auth_test),
    write("chat.postMessage", HUNDREDS, chat::post_message),
    write("chat.update", Tier::Three, chat::update),
    write("chat.postEphemeral", Tier::Four, chat::post_ephemeral),
    read("chat.getPermalink", HUNDREDS, chat::permalink),
    read("conversations.info", Tier::Three, conversations::info),
    read("conversations.members", Tier::Four, conversations::members),
    read("conversations.history", Tier::History, history::channel),
    read("conversations.replies", Tier::History, history::thread),
    read("users.info", Tier::Four, users::info),
    read("users.conversations", Tier::Three, conversations::of_user),
    write("reactions.add", Tier::Three, reactions::add),
];

/// A method by its name.
pub(super) fn find(name: &str) -> Option<&'static Method> {
    METHODS.iter().find(|method| method.name == name)
}

impl From<StorageError> for Refusal {
    fn from(_: StorageError) -> Self {
        "internal_error".into()
    }
}

impl Context<'_> {
    /// The channel that an argument names, if the bot may know of it: by id, by name, or by the
    /// person for a direct one.
    fn channel(&self) -> Result<Channel, Refusal> {
        let wanted = self.args.required("channel")?;
        let name = wanted.strip_prefix('#').unwrap_or(&wanted);
        let direct = seed::direct(&wanted);
        let is_meant = |c: &&Channel| {
            c.id == wanted || (!c.name.is_empty() && c.name == name) || c.id == direct
        };
        let found = self.state.workspace.channels().find(is_meant);
        let known = found.filter(|c| c.kind == Kind::Public || is_member(c));
        known.cloned().ok_or_else(|| "channel_not_found".into())
    }

    /// The same, if the bot is in it.
    fn joined_channel(&self) -> Result<Channel, Refusal> {
        let channel = self.channel()?;
        if is_member(&channel) {
            Ok(channel)
        } else {
            Err("not_in_channel".into())
        }
    }

    /// The same, if it can still be written to.
    fn open_channel(&self) -> Result<Channel, Refusal> {
        let channel = self.joined_channel()?;
        if channel.archived {
            Err("is_archived".into())
        } else {
            Ok(channel)
        }
    }
}

fn is_member(channel: &Channel) -> bool {
    channel
        .members
        .iter()
        .any(|member| member == seed::BOT_USER)
}

/// A message as the Web API and payloads show it.
pub(super) fn message_json(state: &State, channel: &str, message: &Message) -> Map<String, Value> {
    let mut json = super::workspace::object([
        ("type", "message".into()),
        ("user", message.user.clone().into()),
        ("text", message.text.clone().into()),
        ("ts", message.ts.clone().into()),
        ("team", seed::TEAM.into()),
    ]);
    let mut add = |name: &str, value: Value| json.insert(name.to_owned(), value);
    if message.user == seed::BOT_USER {
        add("bot_id", seed::BOT.into());
        add("app_id", seed::APP.into());
    }
    if !message.blocks.is_empty() {
        add("blocks", message.blocks.clone().into());
    }
    if let Some(subtype) = &message.subtype {
        add("subtype", subtype.clone().into());
    }
    if let Some(ts) = &message.edited {
        add(
            "edited",
            serde_json::json!({"user": message.user, "ts": ts}),
        );
    }
    if !message.reactions.is_empty() {
        let reaction = |r: &super::workspace::Reaction| serde_json::json!({"name": r.name, "users": r.users, "count": r.users.len()});
        add(
            "reactions",
            message.reactions.iter().map(reaction).collect(),
        );
    }
    add_thread(state, channel, message, &mut json);
    json
}

fn add_thread(state: &State, channel: &str, message: &Message, json: &mut Map<String, Value>) {
    let mut add = |name: &str, value: Value| json.insert(name.to_owned(), value);
    if let Some(root) = &message.thread_ts {
        add("thread_ts", root.clone().into());
        if let Some(root) = state.workspace.message(channel, root) {
            add("parent_user_id", root.user.clone().into());
        }
        return;
    }
    let replies: Vec<_> = state
        .workspace
        .messages(channel)
        .filter(|m| m.answers(&message.ts))
        .collect();
    if let Some(latest) = replies.last() {
        add("thread_ts", message.ts.clone().into());
        add("reply_count", replies.len().into());
        add("latest_reply", latest.ts.clone().into());
    }
}
