//! What Slack sends to the bot: forms of commands, envelopes of events, payloads of clicks.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::model::{Channel, Kind, Message, Person};
use super::secret;
use super::seed;
use super::wire::object;

/// A slash command as its form fields.
pub(super) struct Command<'a> {
    pub(super) word: &'a str,
    pub(super) text: &'a str,
    pub(super) person: &'a Person,
    pub(super) channel: &'a Channel,
    pub(super) response_url: &'a str,
    pub(super) trigger: &'a str,
}

impl Command<'_> {
    /// The form-encoded body.
    pub(super) fn body(&self) -> String {
        let channel_name = channel_name(self.channel);
        let fields = [
            ("team_id", seed::TEAM),
            ("team_domain", seed::TEAM_DOMAIN),
            ("channel_id", &self.channel.id),
            ("channel_name", channel_name),
            ("user_id", &self.person.id),
            ("user_name", &self.person.name),
            ("command", self.word),
            ("text", self.text),
            ("api_app_id", seed::APP),
            ("is_enterprise_install", "false"),
            ("response_url", self.response_url),
            ("trigger_id", self.trigger),
        ];
        serde_urlencoded::to_string(fields).expect("pairs of text are a form")
    }
}

fn channel_name(channel: &Channel) -> &str {
    match channel.kind {
        Kind::Public => &channel.name,
        Kind::Private => "privategroup",
        Kind::Direct => "directmessage",
    }
}

/// The event that a new message causes.
pub(super) fn message_event(
    kind: &str,
    channel: &Channel,
    message: &Message,
) -> Map<String, Value> {
    let mut event = object([
        ("type", kind.into()),
        ("user", message.user.clone().into()),
        ("text", message.text.clone().into()),
        ("ts", message.ts.clone().into()),
        ("client_msg_id", uuid::Uuid::now_v7().to_string().into()),
        ("team", seed::TEAM.into()),
        ("channel", channel.id.clone().into()),
        ("event_ts", message.ts.clone().into()),
    ]);
    if let Some(root) = &message.thread_ts {
        event.insert("thread_ts".to_owned(), root.clone().into());
    }
    if kind == "message" {
        event.insert("channel_type".to_owned(), channel_type(channel).into());
    }
    event
}

fn channel_type(channel: &Channel) -> &'static str {
    match channel.kind {
        Kind::Public => "channel",
        Kind::Private => "group",
        Kind::Direct => "im",
    }
}

/// What tells of a message without being one that people see.
pub(super) fn hidden_event(channel: &Channel, at: &str) -> Map<String, Value> {
    object([
        ("type", "message".into()),
        ("hidden", true.into()),
        ("channel", channel.id.clone().into()),
        ("channel_type", channel_type(channel).into()),
        ("ts", at.into()),
        ("event_ts", at.into()),
    ])
}

/// An event in its envelope.
pub(super) fn event_body(event: &Map<String, Value>, now: Timestamp) -> String {
    let id = secret::token().to_uppercase();
    json!({
        "type": "event_callback",
        "team_id": seed::TEAM,
        "context_team_id": seed::TEAM,
        "context_enterprise_id": null,
        "api_app_id": seed::APP,
        "authorizations": [{
            "enterprise_id": null,
            "team_id": seed::TEAM,
            "user_id": seed::BOT_USER,
            "is_bot": true,
            "is_enterprise_install": false,
        }],
        "is_ext_shared_channel": false,
        "event_id": format!("Ev{}", &id[..11]),
        "event_time": now.as_second(),
        "event_context": format!("EC{}", &id[11..22]),
        "event": event,
    })
    .to_string()
}

/// A message that was picked from its menu.
pub(super) struct Pick<'a> {
    pub(super) person: &'a Person,
    pub(super) channel: &'a Channel,
    pub(super) callback: &'a str,
    pub(super) ts: &'a str,
    pub(super) message: Map<String, Value>,
    pub(super) response_url: &'a str,
    pub(super) trigger: &'a str,
}

impl Pick<'_> {
    /// The form-encoded body with its one field.
    pub(super) fn body(&self, now: Timestamp) -> String {
        let team = json!({"id": seed::TEAM, "domain": seed::TEAM_DOMAIN});
        let payload = json!({
            "type": "message_action",
            "callback_id": self.callback,
            "trigger_id": self.trigger,
            "action_ts": format!("{}.000000", now.as_second()),
            "api_app_id": seed::APP,
            "team": team,
            "enterprise": null,
            "is_enterprise_install": false,
            "user": {"id": self.person.id, "name": self.person.name, "team_id": seed::TEAM},
            "channel": {"id": self.channel.id, "name": channel_name(self.channel)},
            "message_ts": self.ts,
            "message": self.message,
            "response_url": self.response_url,
        });
        serde_urlencoded::to_string([("payload", payload.to_string())])
            .expect("pairs of text are a form")
    }
}

/// A view that was sent off.
pub(super) struct Submission<'a> {
    pub(super) person: &'a Person,
    pub(super) view: Map<String, Value>,
    pub(super) trigger: &'a str,
}

impl Submission<'_> {
    /// The form-encoded body with its one field.
    pub(super) fn body(&self) -> String {
        let payload = json!({
            "type": "view_submission",
            "trigger_id": self.trigger,
            "api_app_id": seed::APP,
            "team": {"id": seed::TEAM, "domain": seed::TEAM_DOMAIN},
            "enterprise": null,
            "is_enterprise_install": false,
            "user": {"id": self.person.id, "name": self.person.name, "team_id": seed::TEAM},
            "view": self.view,
            "response_urls": [],
        });
        serde_urlencoded::to_string([("payload", payload.to_string())])
            .expect("pairs of text are a form")
    }
}

/// A click on a button.
pub(super) struct Click<'a> {
    pub(super) person: &'a Person,
    pub(super) channel: &'a Channel,
    pub(super) ts: &'a str,
    pub(super) thread_ts: Option<&'a str>,
    /// The message as JSON; none for an ephemeral one, which Slack does not send along.
    pub(super) message: Option<Map<String, Value>>,
    pub(super) block_id: &'a str,
    pub(super) button: &'a Value,
    pub(super) response_url: &'a str,
    pub(super) trigger: &'a str,
}

impl Click<'_> {
    /// The form-encoded body with its one field.
    pub(super) fn body(&self, now: Timestamp) -> String {
        let payload = self.payload(now).to_string();
        serde_urlencoded::to_string([("payload", payload)]).expect("pairs of text are a form")
    }

    fn payload(&self, now: Timestamp) -> Value {
        let mut container = object([
            ("type", "message".into()),
            ("message_ts", self.ts.into()),
            ("channel_id", self.channel.id.clone().into()),
            ("is_ephemeral", self.message.is_none().into()),
        ]);
        if let Some(root) = self.thread_ts {
            container.insert("thread_ts".to_owned(), root.into());
        }
        let name = channel_name(self.channel);
        let mut payload = object([
            ("type", "block_actions".into()),
            ("user", self.user()),
            ("api_app_id", seed::APP.into()),
            ("container", container.into()),
            ("trigger_id", self.trigger.into()),
            (
                "team",
                json!({"id": seed::TEAM, "domain": seed::TEAM_DOMAIN}),
            ),
            ("enterprise", Value::Null),
            ("is_enterprise_install", false.into()),
            ("channel", json!({"id": self.channel.id, "name": name})),
            ("state", json!({"values": {}})),
            ("response_url", self.response_url.into()),
            ("actions", json!([self.action(now)])),
        ]);
        if let Some(message) = &self.message {
            payload.insert("message".to_owned(), message.clone().into());
        }
        payload.into()
    }

    fn user(&self) -> Value {
        json!({
            "id": self.person.id,
            "username": self.person.name,
            "name": self.person.name,
            "team_id": seed::TEAM,
        })
    }

    fn action(&self, now: Timestamp) -> Value {
        let micros = now.as_microsecond();
        let mut action = object([
            ("type", "button".into()),
            ("block_id", self.block_id.into()),
            (
                "action_ts",
                format!("{}.{:06}", micros / 1_000_000, micros % 1_000_000).into(),
            ),
        ]);
        for name in ["action_id", "text", "value", "style", "url"] {
            if let Some(value) = self.button.get(name) {
                action.insert(name.to_owned(), value.clone());
            }
        }
        action.into()
    }
}
