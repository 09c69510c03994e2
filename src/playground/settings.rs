//! What the playground is told by whoever starts it.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;
use serde::Serialize;
use serde_json::Value;

use super::limits::History;
use super::rates::Rates;
use crate::clock::TravelClock;

/// Something to type and what it does: a completion in the composer, or an example.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Completion {
    /// The words; what stands in `<…>` is for the person to fill in.
    pub words: String,
    /// What they do, in a few words.
    pub help: String,
}

/// A message shortcut: an entry in every message's menu.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MenuEntry {
    /// Its `callback_id`.
    pub id: String,
    /// What the menu says.
    pub label: String,
}

/// The message events that the app has subscribed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subscription {
    /// `app_mention`.
    AppMention,
    /// `message.im`.
    DirectMessages,
    /// `message.channels` and `message.groups`.
    ChannelMessages,
}

/// What every app of this kind is given.
const SCOPES: [&str; 9] = [
    "commands",
    "chat:write",
    "files:write",
    "app_mentions:read",
    "im:history",
    "im:write",
    "users:read",
    "channels:read",
    "groups:read",
];

/// What lets an app read files, and ask for them in a form.
pub(super) const FILES_READ: &str = "files:read";

/// What the playground is told.
pub struct Settings {
    /// The bot's address, such as `http://127.0.0.1:3000`; signed requests go there.
    pub bot_url: String,
    /// The playground's own address, which stands in every `response_url` and permalink.
    pub web_api_url: String,
    /// Signs the requests to the bot.
    pub signing_secret: SecretString,
    /// The bot has to show it with every call.
    pub bot_token: SecretString,
    /// Where messages are kept; none keeps them in memory.
    pub folder: Option<PathBuf>,
    /// The slash command.
    pub command: String,
    /// What the composer offers after the command.
    pub completions: Vec<Completion>,
    /// What an empty channel offers to try first, as one would type it.
    pub examples: Vec<Completion>,
    /// The app's message shortcuts.
    pub shortcuts: Vec<MenuEntry>,
    /// The `host:port` that requests may name; besides those of the two addresses.
    pub allowed_hosts: Vec<String>,
    /// A message payload (`{"blocks": […]}`) for the fixture page.
    pub fixture: Option<Value>,
    /// How strictly calls are counted.
    pub rates: Rates,
    /// Which history limits apply to the app.
    pub history: History,
    /// The app's event subscriptions.
    pub subscriptions: Vec<Subscription>,
    /// Whether the app was given what reads files.
    pub reads_files: bool,
    /// How long the bot may take to answer; Slack gives three seconds.
    pub deadline: Duration,
    /// The clock of bot and workspace, where people may set it ahead.
    pub travel: Option<Arc<TravelClock>>,
}

impl Settings {
    /// Settings with Slack's own numbers, in memory, for a bot and a playground at these addresses.
    pub fn new(
        bot_url: impl Into<String>,
        web_api_url: impl Into<String>,
        signing_secret: SecretString,
        bot_token: SecretString,
    ) -> Self {
        let example = |words: &str, help: &str| Completion {
            words: words.into(),
            help: help.into(),
        };
        Self {
            bot_url: bot_url.into(),
            web_api_url: web_api_url.into().trim_end_matches('/').to_owned(),
            signing_secret,
            bot_token,
            folder: None,
            command: "/gtm".to_owned(),
            completions: vec![example("help", "what it can do")],
            examples: vec![
                example("/gtm help", "See what the bot can do"),
                example("/gtm check", "Let it look for what does not add up"),
                example("@gtm check", "Ask in the open; it answers in a thread"),
            ],
            shortcuts: Vec::new(),
            allowed_hosts: Vec::new(),
            fixture: None,
            rates: Rates::Slack { burst: 10 },
            history: History::Internal,
            subscriptions: vec![Subscription::AppMention, Subscription::DirectMessages],
            reads_files: true,
            deadline: Duration::from_secs(3),
            travel: None,
        }
    }

    /// The scopes that the app was given: those of its manifest, and what else it may be given.
    pub(super) fn scopes(&self) -> impl Iterator<Item = &'static str> {
        let hears = self.subscriptions.contains(&Subscription::ChannelMessages);
        let optional = ["channels:history", "groups:history"];
        SCOPES
            .into_iter()
            .chain(optional.into_iter().filter(move |_| hears))
            .chain(self.reads_files.then_some(FILES_READ))
    }

    /// Every `host:port` that a request may name.
    pub(super) fn hosts(&self) -> Vec<String> {
        let own = [&self.bot_url, &self.web_api_url]
            .into_iter()
            .map(|url| host_of(url));
        own.chain(self.allowed_hosts.iter().cloned())
            .flat_map(|host| with_aliases(&host))
            .collect()
    }
}

fn host_of(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split('/')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase()
}

/// A loopback host goes by several names.
fn with_aliases(host: &str) -> Vec<String> {
    const LOOPBACK: [&str; 3] = ["127.0.0.1", "localhost", "[::1]"];
    match host.rsplit_once(':') {
        Some((name, port)) if LOOPBACK.contains(&name) => LOOPBACK
            .iter()
            .map(|name| format!("{name}:{port}"))
            .collect(),
        _ => vec![host.to_owned()],
    }
}
