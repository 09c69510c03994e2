//! The Web API's methods, as a table; each is a function of the workspace and its arguments.

mod chat;
pub(super) mod content;
mod conversations;
mod files;
mod history;
mod reactions;
mod users;
mod views;

use std::sync::Mutex;

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::args::{Args, Refusal};
use super::files::Shared;
use super::limits::{History, Tier};
use super::model::{Channel, Kind};
use super::seed;
use super::state::{State, StorageError};

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
    /// The scopes of which the app needs one; none where any token will do (7.3).
    pub(super) scopes: &'static [&'static str],
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
    /// The files that are shared.
    pub(super) files: &'a Mutex<Shared>,
    /// What the app was given.
    pub(super) scopes: Vec<&'static str>,
}

const fn write(name: &'static str, tier: Tier, run: fn(&mut Context<'_>) -> Answer) -> Method {
    Method {
        name,
        tier,
        takes_json: true,
        scopes: &[],
        run,
    }
}

const fn read(name: &'static str, tier: Tier, run: fn(&mut Context<'_>) -> Answer) -> Method {
    Method {
        name,
        tier,
        takes_json: false,
        scopes: &[],
        run,
    }
}

impl Method {
    const fn with(self, scopes: &'static [&'static str]) -> Self {
        Self { scopes, ..self }
    }
}

const CHAT: &[&str] = &["chat:write"];
const FILES: &[&str] = &["files:write"];
const CHANNELS: &[&str] = &["channels:read", "groups:read"];
const HISTORY: &[&str] = &["channels:history", "groups:history", "im:history"];
const USERS: &[&str] = &["users:read"];

/// "Several hundred a minute", in numbers.
const HUNDREDS: Tier = Tier::Special(300);

/// Every method that the playground has (tiers: 7.3).
pub(super) const METHODS: &[Method] = &[
    write("auth.test", HUNDREDS, users::auth_test),
    write("chat.postMessage", HUNDREDS, chat::post_message).with(CHAT),
    write("chat.update", Tier::Three, chat::update).with(CHAT),
    write("chat.postEphemeral", Tier::Four, chat::post_ephemeral).with(CHAT),
    read("chat.getPermalink", HUNDREDS, chat::permalink),
    read("files.getUploadURLExternal", Tier::Four, files::announce).with(FILES),
    read("files.completeUploadExternal", Tier::Four, files::complete).with(FILES),
    read("conversations.info", Tier::Three, conversations::info).with(CHANNELS),
    write("conversations.open", Tier::Three, conversations::open).with(&["im:write"]),
    read("conversations.members", Tier::Four, conversations::members).with(CHANNELS),
    read("conversations.history", Tier::History, history::channel).with(HISTORY),
    read("conversations.replies", Tier::History, history::thread).with(HISTORY),
    read("users.info", Tier::Four, users::info).with(USERS),
    read("users.conversations", Tier::Three, conversations::of_user).with(CHANNELS),
    write("reactions.add", Tier::Three, reactions::add),
    write("views.open", Tier::Four, views::open),
    write("views.update", Tier::Four, views::update),
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
        self.channel_in("channel")
    }

    /// The same of an argument of another name.
    fn channel_in(&self, argument: &str) -> Result<Channel, Refusal> {
        let wanted = self.args.required(argument)?;
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
        joined(self.channel()?)
    }

    /// The same, if it can still be written to.
    fn open_channel(&self) -> Result<Channel, Refusal> {
        open(self.joined_channel()?)
    }

    /// The channel that an argument of another name says.
    fn open_channel_of(&self, argument: &str) -> Result<Channel, Refusal> {
        open(joined(self.channel_in(argument)?)?)
    }
}

fn joined(channel: Channel) -> Result<Channel, Refusal> {
    if is_member(&channel) {
        Ok(channel)
    } else {
        Err("not_in_channel".into())
    }
}

fn open(channel: Channel) -> Result<Channel, Refusal> {
    if channel.archived {
        Err("is_archived".into())
    } else {
        Ok(channel)
    }
}

fn is_member(channel: &Channel) -> bool {
    channel
        .members
        .iter()
        .any(|member| member == seed::BOT_USER)
}
