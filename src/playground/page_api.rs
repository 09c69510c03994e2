//! The page's own calls: what it shows and what people do on it.

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Json, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use super::amend::Amendment;
use super::args::Refusal;
use super::model::{Channel, Message, Role, Update};
use super::press::Button;
use super::seed;
use super::state::State as Held;
use super::{Playground, StorageError};

/// Messages of a channel that are loaded at once; thread replies come with them.
const PAGE: usize = 100;

/// A call that did not work, in words for the page.
pub(super) struct Failure(StatusCode, String);

impl Failure {
    /// A refusal with this status, in words for people.
    pub(super) fn new(status: StatusCode, words: String) -> Self {
        Self(status, words)
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        (self.0, Json(json!({"error": self.1}))).into_response()
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self(StatusCode::UNPROCESSABLE_ENTITY, refusal.code)
    }
}

impl From<StorageError> for Failure {
    fn from(error: StorageError) -> Self {
        Self(StatusCode::INTERNAL_SERVER_ERROR, error.to_string())
    }
}

pub(super) type Answered = Result<Json<Value>, Failure>;

#[derive(Deserialize)]
pub(super) struct Who {
    #[serde(rename = "as")]
    person: Option<String>,
}

/// Everything but the messages, for one person.
pub(super) async fn state(State(play): State<Playground>, Query(who): Query<Who>) -> Answered {
    let held = play.state();
    let speaks = |role: Role| !matches!(role, Role::App | Role::Slackbot);
    let known = who.person.and_then(|id| held.workspace.person(&id));
    let me = known
        .filter(|p| speaks(p.role))
        .map_or(seed::ANA, |p| p.id.as_str());
    let seen = held
        .workspace
        .channels()
        .filter(|c| held.workspace.sees(me, c));
    let channels: Vec<Value> = seen.map(|c| channel_json(&held, me, c)).collect();
    let settings = &play.inner.settings;
    Ok(Json(json!({
        "me": me,
        "team": seed::TEAM_NAME,
        "bot": seed::BOT_USER,
        "people": held.workspace.people().collect::<Vec<_>>(),
        "channels": channels,
        "command": settings.command,
        "completions": settings.completions,
        "examples": settings.examples,
        "shortcuts": settings.shortcuts,
        "views": held.workspace.views(me).collect::<Vec<_>>(),
        "now": settings.travel.as_ref().map(|_| play.inner.clock.now()),
        "run": held.feed.run,
        "seq": held.feed.last(),
    })))
}

fn channel_json(held: &Held, me: &str, channel: &Channel) -> Value {
    let read = held
        .workspace
        .last_read(me, &channel.id)
        .unwrap_or_default();
    let messages = held
        .workspace
        .messages(&channel.id)
        .filter(|m| m.in_channel());
    let shown: Vec<&Message> = messages.collect();
    let is_unread = |m: &&&Message| m.ts.as_str() > read && m.user != me;
    let unread = shown.iter().filter(is_unread).count();
    let mut json = json!(channel);
    json["latest"] = shown.last().map_or("", |m| &m.ts).into();
    json["unread"] = unread.into();
    json["read"] = read.into();
    json
}

#[derive(Deserialize)]
pub(super) struct Wanted {
    #[serde(rename = "as")]
    person: String,
    channel: String,
    before: Option<String>,
}

/// A stretch of a channel with its threads, and what this person alone sees.
pub(super) async fn messages(
    State(play): State<Playground>,
    Query(wanted): Query<Wanted>,
) -> Answered {
    let held = play.state();
    visible(&held, &wanted.person, &wanted.channel)?;
    let workspace = &held.workspace;
    let is_wanted =
        |m: &&Message| m.in_channel() && wanted.before.as_ref().is_none_or(|before| m.ts < *before);
    let mut newest: Vec<&Message> = workspace
        .messages(&wanted.channel)
        .rev()
        .filter(is_wanted)
        .take(PAGE + 1)
        .collect();
    let more = newest.len() > PAGE;
    newest.truncate(PAGE);
    let roots: std::collections::HashSet<&str> = newest.iter().map(|m| m.ts.as_str()).collect();
    let belongs = |m: &&Message| {
        roots.contains(m.ts.as_str())
            || m.thread_ts
                .as_deref()
                .is_some_and(|root| roots.contains(root))
    };
    let found: Vec<&Message> = workspace
        .messages(&wanted.channel)
        .filter(belongs)
        .collect();
    let hidden: Vec<&Message> = workspace
        .ephemerals(&wanted.channel, &wanted.person)
        .collect();
    Ok(Json(
        json!({"messages": found, "ephemerals": hidden, "more": more}),
    ))
}

fn visible(held: &Held, person: &str, channel: &str) -> Result<(), Refusal> {
    let found = held.workspace.channel(channel);
    let seen = found.is_some_and(|c| held.workspace.sees(person, c));
    if seen {
        Ok(())
    } else {
        Err("channel_not_found".into())
    }
}

#[derive(Deserialize)]
pub(super) struct Typed {
    #[serde(rename = "as")]
    person: String,
    channel: String,
    thread: Option<String>,
    text: String,
}

/// What stands in a composer is sent: a message, or a command if it begins with a slash.
pub(super) async fn say(State(play): State<Playground>, Json(typed): Json<Typed>) -> Answered {
    if typed.text.starts_with('/') {
        return command(&play, &typed).await;
    }
    let thread = typed.thread.as_deref();
    let (message, events) = play.say(&typed.person, &typed.channel, thread, &typed.text)?;
    // Slack does not let anybody wait for an app, so neither does the page.
    tokio::spawn(async move {
        for event in events {
            play.deliver_event(&typed.person, event).await;
        }
    });
    Ok(Json(json!({"ts": message.ts})))
}

#[derive(Deserialize)]
pub(super) struct Amended {
    #[serde(rename = "as")]
    person: String,
    channel: String,
    ts: String,
    /// What it says from now on; none takes it back.
    text: Option<String>,
}

/// Somebody changes or takes back what they have said.
pub(super) async fn amend(State(play): State<Playground>, Json(it): Json<Amended>) -> Answered {
    let how = match &it.text {
        Some(text) => Amendment::Edit(text),
        None => Amendment::Delete,
    };
    let (_, event) = play.amend(&it.person, (&it.channel, &it.ts), how)?;
    if let Some(event) = event {
        tokio::spawn(async move { play.deliver_event(&it.person, event).await });
    }
    Ok(Json(json!({})))
}

async fn command(play: &Playground, typed: &Typed) -> Answered {
    let (word, rest) = typed
        .text
        .split_once(char::is_whitespace)
        .unwrap_or((&typed.text, ""));
    if typed.thread.is_some() {
        let refusal = format!("{word} is not supported in threads. Sorry!");
        return Err(Failure(StatusCode::UNPROCESSABLE_ENTITY, refusal));
    }
    visible(&play.state(), &typed.person, &typed.channel)?;
    if word == play.inner.settings.command {
        play.send_command(&typed.person, &typed.channel, rest)
            .await?;
    } else if word == "/invite" {
        play.invite(&typed.person, &typed.channel, rest.trim())?;
    } else {
        let refusal = format!(
            "`{word}` is not a valid command. In Slack, all messages that start with the \"/\" \
             character are interpreted as commands.\nIf you are trying to send a message and not \
             run a command, try preceding the \"/\" with an empty space."
        );
        play.say_as_slackbot(&typed.person, &typed.channel, &refusal)?;
    }
    Ok(Json(json!({})))
}

#[derive(Deserialize)]
pub(super) struct Pressed {
    #[serde(rename = "as")]
    person: String,
    channel: String,
    ts: String,
    block: String,
    action: String,
}

/// A button is pressed; the answer says whether the app took it.
pub(super) async fn click(
    State(play): State<Playground>,
    Json(pressed): Json<Pressed>,
) -> Answered {
    let button = Button::Ids {
        block: &pressed.block,
        action: &pressed.action,
    };
    let delivery = play
        .click(&pressed.person, &pressed.channel, &pressed.ts, button)
        .await?;
    match delivery.trouble() {
        None => Ok(Json(json!({}))),
        Some(trouble) => {
            let words = format!("The app did not take the click: {trouble}");
            Err(Failure(StatusCode::BAD_GATEWAY, words))
        }
    }
}

#[derive(Deserialize)]
pub(super) struct PickedFrom {
    #[serde(rename = "as")]
    person: String,
    channel: String,
    ts: String,
    shortcut: String,
}

/// A message is picked from its menu.
pub(super) async fn pick(
    State(play): State<Playground>,
    Json(picked): Json<PickedFrom>,
) -> Answered {
    let delivery = play
        .pick(
            &picked.person,
            &picked.channel,
            (&picked.ts, &picked.shortcut),
        )
        .await?;
    match delivery.trouble() {
        None => Ok(Json(json!({}))),
        Some(trouble) => {
            let words = format!("The app did not take the message: {trouble}");
            Err(Failure(StatusCode::BAD_GATEWAY, words))
        }
    }
}

#[derive(Deserialize)]
pub(super) struct Place {
    #[serde(rename = "as")]
    person: String,
    channel: String,
    ts: String,
}

/// A channel was read up to a message.
pub(super) async fn read(State(play): State<Playground>, Json(place): Json<Place>) -> Answered {
    let Place {
        person,
        channel,
        ts,
    } = place;
    visible(&play.state(), &person, &channel)?;
    play.change(|held| {
        let before = held
            .workspace
            .last_read(&person, &channel)
            .unwrap_or_default();
        if before >= ts.as_str() {
            return Ok(());
        }
        held.commit(Update::Read {
            person,
            channel,
            ts,
        })
    })?;
    Ok(Json(json!({})))
}

/// An ephemeral message is put away.
pub(super) async fn dismiss(State(play): State<Playground>, Json(place): Json<Place>) -> Answered {
    let Place {
        person,
        channel,
        ts,
    } = place;
    play.change(|held| {
        held.commit(Update::EphemeralGone {
            person,
            channel,
            ts,
        })
    })?;
    Ok(Json(json!({})))
}

impl Playground {
    /// `/invite @name`: adds somebody, or the app, to a channel.
    fn invite(&self, person: &str, channel: &str, typed: &str) -> Result<(), Failure> {
        let name = typed.trim_start_matches('@').to_lowercase();
        let found = {
            let held = self.state();
            let is_meant =
                |p: &&super::Person| p.name == name || p.real_name.to_lowercase() == name;
            let person = held.workspace.people().find(is_meant).map(|p| p.id.clone());
            person.zip(held.workspace.channel(channel).cloned())
        };
        match found {
            Some((new, place)) if !place.members.contains(&new) => self.join(person, place, &new),
            Some(_) => {
                self.say_as_slackbot(person, channel, &format!("`{typed}` is already here."))?;
                Ok(())
            }
            None => {
                let words =
                    format!("I read `{typed}`; there is nobody of that name. Try `/invite @gtm`.");
                self.say_as_slackbot(person, channel, &words)?;
                Ok(())
            }
        }
    }

    fn join(&self, by: &str, mut channel: Channel, new: &str) -> Result<(), Failure> {
        let now = self.now();
        channel.members.push(new.to_owned());
        self.change(|held| {
            let id = channel.id.clone();
            held.commit(Update::Channel(channel))?;
            let ts = held.workspace.next_ts(now);
            let mut message = Message::plain(ts, new, &format!("was added by <@{by}>."));
            message.subtype = Some("channel_join".to_owned());
            held.post(&id, message)
        })?;
        Ok(())
    }
}
