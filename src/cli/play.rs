//! The playground, for whoever has no Slack at hand: a workspace of its own on this machine.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use crate::advisor::Shortcut;
use crate::clock::TravelClock;
use crate::config::Credentials;
use crate::intent;
use crate::plan;
use crate::playground::{
    self, Completion, MenuEntry, OpenError, Playground, Settings, Subscription, draw_secret,
};
use crate::slack::blocks;
use crate::slack::kit::Shown;

/// Opens the playground behind the bot's own listener at `address`, and the credentials with which
/// the bot belongs to it. Both secrets are drawn anew at each start.
pub(super) async fn open_playground(
    address: SocketAddr,
    folder: PathBuf,
    command: &str,
    clock: Arc<TravelClock>,
) -> Result<(Credentials, Playground), OpenError> {
    let own = format!("http://{address}");
    let (secret, token) = (draw_secret(), draw_secret());
    let settings = Settings {
        folder: Some(folder),
        command: command.to_owned(),
        completions: completions(),
        shortcuts: shortcuts(),
        examples: examples(command),
        fixture: Some(
            blocks::message(&blocks::fixture(), &|_| "Ana".to_owned()).reply(&Shown::default()),
        ),
        travel: Some(clock.clone()),
        // So that following can be tried; what concerns no plan is dropped as anywhere.
        subscriptions: vec![
            Subscription::AppMention,
            Subscription::DirectMessages,
            Subscription::ChannelMessages,
        ],
        ..Settings::new(&own, &own, secret.clone(), token.clone())
    };
    let playground = playground::Playground::open(settings, clock).await?;
    let credentials = Credentials {
        signing_secrets: vec![secret],
        bot_token: token,
        api_base: playground.api_base(),
    };
    Ok((credentials, playground))
}

/// What most plans begin with; offered before the rest of what can be set.
const FIRST: [&str; 6] = [
    "pricing.price",
    "sales.motion",
    "plan.stage",
    "marketing.channels",
    "pricing.acv",
    "icp.industry",
];

/// All commands, then what `set` can set.
fn completions() -> Vec<Completion> {
    let commands = intent::completions("")
        .into_iter()
        .map(|command| Completion {
            words: command.words,
            help: command.hint,
        });
    let first = FIRST.into_iter().filter_map(plan::field);
    let rest = plan::fields()
        .iter()
        .filter(|field| !FIRST.contains(&field.name));
    let settings = first.chain(rest).map(|field| Completion {
        words: format!("set {} {}", field.name, field.example()),
        help: field.question.to_owned(),
    });
    commands.chain(settings).collect()
}

/// The entries of a message's menu.
fn shortcuts() -> Vec<MenuEntry> {
    let entry = |it: &Shortcut| MenuEntry {
        id: it.id().to_owned(),
        label: it.label().to_owned(),
    };
    Shortcut::ALL.iter().map(entry).collect()
}

/// What an empty channel offers to try first: the shortest way to a finding.
fn examples(command: &str) -> Vec<Completion> {
    let example = |words: &str, help: &str| Completion {
        words: format!("{command} {words}"),
        help: help.to_owned(),
    };
    vec![
        example("set price $49/mo", "Say what the product costs"),
        example("set motion field", "Say how it is sold"),
        example("check", "See whether the two fit"),
    ]
}
