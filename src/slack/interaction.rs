//! Buttons. Their value is the command that they run; it is as untrusted as typed text.

use bytes::Bytes;
use serde::Deserialize;

use super::attached::{Attached, shared};
use super::delivery::{Context, Decoded, Ignored, instant, lenient, place_kind, thread};
use super::heard::heard;
use super::links::address;
use super::signature::Verified;
use super::submission::{Unfit, View, submission};
use crate::advisor::{DedupKey, Inbound, Origin, Picked, Place, Said, Shortcut, Trigger};
use crate::ident::{Channel, MessageTs, Person};

/// The one field of the form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Form {
    payload: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Payload {
    #[serde(rename = "type", deserialize_with = "lenient")]
    kind: Option<String>,
    #[serde(deserialize_with = "lenient")]
    user: Option<User>,
    #[serde(deserialize_with = "lenient")]
    team: Option<Id>,
    #[serde(deserialize_with = "lenient")]
    enterprise: Option<Id>,
    #[serde(deserialize_with = "lenient")]
    is_enterprise_install: Option<bool>,
    #[serde(deserialize_with = "lenient")]
    channel: Option<Id>,
    #[serde(deserialize_with = "lenient")]
    container: Option<Container>,
    #[serde(deserialize_with = "lenient")]
    message: Option<Message>,
    #[serde(deserialize_with = "lenient")]
    response_url: Option<String>,
    #[serde(deserialize_with = "lenient")]
    callback_id: Option<String>,
    #[serde(deserialize_with = "lenient")]
    trigger_id: Option<String>,
    #[serde(deserialize_with = "lenient")]
    actions: Option<Vec<Action>>,
    #[serde(deserialize_with = "lenient")]
    view: Option<View>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Id {
    #[serde(deserialize_with = "lenient")]
    id: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct User {
    #[serde(deserialize_with = "lenient")]
    id: Option<String>,
    #[serde(deserialize_with = "lenient")]
    team_id: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Container {
    #[serde(deserialize_with = "lenient")]
    message_ts: Option<String>,
    #[serde(deserialize_with = "lenient")]
    thread_ts: Option<String>,
    #[serde(deserialize_with = "lenient")]
    channel_id: Option<String>,
    #[serde(deserialize_with = "lenient")]
    is_ephemeral: Option<bool>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Message {
    #[serde(deserialize_with = "lenient")]
    text: Option<String>,
    #[serde(deserialize_with = "lenient")]
    user: Option<String>,
    #[serde(deserialize_with = "lenient")]
    bot_id: Option<String>,
    #[serde(deserialize_with = "lenient")]
    ts: Option<String>,
    #[serde(deserialize_with = "lenient")]
    thread_ts: Option<String>,
    #[serde(deserialize_with = "lenient")]
    files: Option<Vec<Attached>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Action {
    #[serde(rename = "type", deserialize_with = "lenient")]
    kind: Option<String>,
    #[serde(rename = "action_id", deserialize_with = "lenient")]
    id: Option<String>,
    #[serde(rename = "action_ts", deserialize_with = "lenient")]
    at: Option<String>,
    #[serde(deserialize_with = "lenient")]
    value: Option<String>,
}

/// What a verified request to the interactions address wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Interaction {
    /// Something was pressed, or nothing that concerns us.
    Pressed(Decoded),
    /// A form was sent off; its answer stands in the response.
    Filled(Box<Origin>),
    /// The same with one that cannot be opened any more.
    Outdated,
    /// A menu asks for its options.
    Suggestion,
}

/// Reads a verified request to the interactions address.
pub fn interaction(body: &Verified<Bytes>, context: Context<'_>) -> Interaction {
    let payload = serde_urlencoded::from_bytes::<Form>(body.get())
        .ok()
        .and_then(|form| form.payload)
        .and_then(|json| serde_json::from_str::<Payload>(&json).ok());
    let Some(payload) = payload else {
        return Interaction::Pressed(Decoded::Ignored(Ignored::Malformed));
    };
    let outcome = match payload.kind.as_deref() {
        Some("view_submission") => return sent_off(&payload, context),
        Some("block_suggestion") => return Interaction::Suggestion,
        Some("block_actions") => pressed(payload, context),
        Some("message_action") => picked(payload, context),
        Some(_) => Err(Ignored::OtherRequest),
        None => Err(Ignored::Malformed),
    };
    Interaction::Pressed(match outcome {
        Ok(origin) => Decoded::Deliver(Box::new(origin)),
        Err(reason) => Decoded::Ignored(reason),
    })
}

fn sent_off(payload: &Payload, context: Context<'_>) -> Interaction {
    let by = payload.user.as_ref().and_then(|user| user.id.clone());
    let view = payload.view.as_ref();
    let read = view.ok_or(Unfit::Ignored(Ignored::Malformed));
    match read.and_then(|view| submission(view, (payload.installation(), by), context)) {
        Ok(origin) => Interaction::Filled(Box::new(origin)),
        Err(Unfit::Outdated) => Interaction::Outdated,
        Err(Unfit::Ignored(reason)) => Interaction::Pressed(Decoded::Ignored(reason)),
    }
}

fn pressed(payload: Payload, context: Context<'_>) -> Result<Origin, Ignored> {
    let action = payload.actions.as_ref().and_then(|all| all.first());
    let button = action.filter(|it| it.kind.as_deref().is_none_or(|kind| kind == "button"));
    let button = button.ok_or(Ignored::NoCommand)?;
    let words = button.value.clone().ok_or(Ignored::NoCommand)?;
    let installation = context.admit(payload.installation())?;
    let channel = Channel::new(payload.channel().ok_or(Ignored::NoCommand)?);
    let by = payload.user.as_ref().and_then(|user| user.id.clone());
    let card = payload.card();
    let key = format!(
        "click:{channel}:{}:{}:{}",
        card.as_deref().unwrap_or_default(),
        button.id.as_deref().unwrap_or_default(),
        button.at.as_deref().ok_or(Ignored::Malformed)?,
    );
    let kept = card.clone().filter(|_| !payload.is_ephemeral());
    Ok(Origin {
        inbound: Inbound {
            installation,
            place: Place {
                kind: place_kind(&channel),
                channel,
                thread: thread(payload.thread(), card.as_deref()),
            },
            by: Person::new(by.ok_or(Ignored::Malformed)?),
            said: Said::Click {
                words,
                card: kept.map(MessageTs::new),
            },
            at: context.now,
            files: Vec::new(),
        },
        dedup: vec![DedupKey(key)],
        reply_to: context.reply_to(payload.response_url),
        trigger: payload.trigger_id.map(Trigger),
    })
}

/// A message was picked from its menu.
fn picked(payload: Payload, context: Context<'_>) -> Result<Origin, Ignored> {
    let shortcut = payload.callback_id.as_deref().and_then(Shortcut::of);
    let shortcut = shortcut.ok_or(Ignored::OtherRequest)?;
    let installation = context.admit(payload.installation())?;
    let channel = Channel::new(payload.channel().ok_or(Ignored::Malformed)?);
    let by = payload.user.as_ref().and_then(|user| user.id.clone());
    let message = payload.message.as_ref().ok_or(Ignored::Malformed)?;
    let ts = message.ts.clone().ok_or(Ignored::Malformed)?;
    let trigger = payload.trigger_id.as_deref().ok_or(Ignored::Malformed)?;
    let own = context.identity.map(|own| own.user.as_str());
    let author = message.user.clone().filter(|_| message.bot_id.is_none());
    let home = context.identity.and_then(|own| own.home.as_deref());
    let root = thread(message.thread_ts.clone(), Some(&ts));
    let picked = Picked {
        words: heard(message.text.as_deref().unwrap_or_default(), own).words,
        by: author
            .filter(|it| own != Some(it.as_str()))
            .map(Person::new),
        at: instant(&ts, context.now),
        ts: MessageTs::new(&ts),
        shortcut,
        link: home.map(|home| address(home, &channel, &MessageTs::new(&ts), root.as_ref())),
    };
    let files = shared(message.files.as_deref().unwrap_or_default());
    let trigger = Trigger(trigger.to_owned());
    Ok(Origin {
        inbound: Inbound {
            installation,
            place: Place {
                kind: place_kind(&channel),
                channel,
                thread: root,
            },
            by: Person::new(by.ok_or(Ignored::Malformed)?),
            said: Said::Picked(picked),
            at: context.now,
            files,
        },
        dedup: vec![DedupKey(format!("trigger:{}", trigger.0))],
        reply_to: context.reply_to(payload.response_url),
        trigger: Some(trigger),
    })
}

impl Payload {
    /// An organisation-wide installation has no team here.
    fn installation(&self) -> Option<String> {
        let id = |it: &Option<Id>| it.as_ref().and_then(|it| it.id.clone());
        let org_wide = self.is_enterprise_install == Some(true);
        id(&self.enterprise)
            .filter(|_| org_wide)
            .or_else(|| id(&self.team))
            .or_else(|| self.user.as_ref().and_then(|user| user.team_id.clone()))
    }

    fn channel(&self) -> Option<String> {
        let own = self.channel.as_ref().and_then(|it| it.id.clone());
        own.or_else(|| self.container.as_ref().and_then(|it| it.channel_id.clone()))
    }

    /// The message that holds the button.
    fn card(&self) -> Option<String> {
        let contained = self.container.as_ref().and_then(|it| it.message_ts.clone());
        contained.or_else(|| self.message.as_ref().and_then(|it| it.ts.clone()))
    }

    fn thread(&self) -> Option<String> {
        let of_message = self.message.as_ref().and_then(|it| it.thread_ts.clone());
        of_message.or_else(|| self.container.as_ref().and_then(|it| it.thread_ts.clone()))
    }

    /// An ephemeral message cannot be found again by its id.
    fn is_ephemeral(&self) -> bool {
        self.container.as_ref().and_then(|it| it.is_ephemeral) == Some(true)
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use serde_json::{Value, json};

    use super::*;
    use crate::advisor::PlaceKind;
    use crate::slack::hooks::Hooks;
    use crate::slack::signature::{Secrets, taken_as_verified};

    fn decode(payload: &str) -> Interaction {
        let hooks = Hooks::new("https://slack.com/api");
        let context = Context {
            identity: None,
            hooks: &hooks,
            secrets: &Secrets::new([]),
            now: Timestamp::UNIX_EPOCH,
        };
        let form = serde_urlencoded::to_string([("payload", payload)]).expect("a form");
        interaction(&taken_as_verified(form), context)
    }

    fn press(over: &Value) -> Value {
        let mut payload = json!({
            "type": "block_actions", "user": {"id": "U1", "team_id": "T1"},
            "team": {"id": "T1", "domain": "acme"}, "is_enterprise_install": false,
            "api_app_id": "A1", "trigger_id": "1.2.a",
            "container": {"type": "message", "message_ts": "1700000000.000200",
                          "channel_id": "C1", "is_ephemeral": false},
            "channel": {"id": "C1", "name": "gtm"},
            "message": {"ts": "1700000000.000200", "thread_ts": "1700000000.000100"},
            "response_url": "https://hooks.slack.com/actions/1",
            "actions": [{"type": "button", "action_id": "run.0", "block_id": "b",
                         "value": "undo 3", "action_ts": "1700000001.5"}],
        });
        for (name, value) in over.as_object().cloned().unwrap_or_default() {
            payload[name] = value;
        }
        payload
    }

    fn delivered(over: &Value) -> Origin {
        match decode(&press(over).to_string()) {
            Interaction::Pressed(Decoded::Deliver(origin)) => *origin,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_button_says_who_pressed_which_command() {
        let origin = delivered(&json!({}));
        assert_eq!(
            origin.inbound.said,
            Said::Click {
                words: "undo 3".to_owned(),
                card: Some(MessageTs::new("1700000000.000200"))
            }
        );
        assert_eq!(
            origin.inbound.place,
            Place {
                channel: Channel::new("C1"),
                thread: Some(MessageTs::new("1700000000.000100")),
                kind: PlaceKind::Channel
            }
        );
        assert_eq!(origin.inbound.by.as_str(), "U1");
        assert_eq!(
            origin.dedup[0].0,
            "click:C1:1700000000.000200:run.0:1700000001.5"
        );
        assert!(origin.reply_to.is_some());
    }

    #[test]
    fn an_ephemeral_card_has_no_lasting_id() {
        let container = json!({"message_ts": "1.2", "channel_id": "C1", "is_ephemeral": true});
        let origin = delivered(&json!({"container": container, "message": null}));
        assert!(matches!(
            origin.inbound.said,
            Said::Click { card: None, .. }
        ));
        assert_eq!(origin.inbound.place.thread, None);
        assert_eq!(origin.dedup[0].0, "click:C1:1.2:run.0:1700000001.5");
    }

    #[test]
    fn an_organisations_installation_has_no_team() {
        let org = json!({"team": null, "enterprise": {"id": "E1"}, "is_enterprise_install": true});
        assert_eq!(delivered(&org).inbound.installation.as_str(), "E1");
        let none = json!({"team": null});
        assert_eq!(delivered(&none).inbound.installation.as_str(), "T1");
    }

    #[test]
    fn what_carries_no_command_is_ignored() {
        let check = |payload: &str, expected| {
            assert_eq!(
                decode(payload),
                Interaction::Pressed(Decoded::Ignored(expected)),
                "{payload}"
            );
        };
        let over = |over: Value| press(&over).to_string();
        check(&over(json!({"actions": []})), Ignored::NoCommand);
        check(
            &over(json!({"actions": [{"type": "button", "action_ts": "1", "url": "x"}]})),
            Ignored::NoCommand,
        );
        check(
            &over(json!({"actions": [{"type": "static_select", "value": "x", "action_ts": "1"}]})),
            Ignored::NoCommand,
        );
        check(&over(json!({"user": {}})), Ignored::Malformed);
        check(
            &over(json!({"type": "view_submission"})),
            Ignored::Malformed,
        );
        check(&over(json!({"type": "other"})), Ignored::OtherRequest);
        check("{", Ignored::Malformed);
        check("", Ignored::Malformed);
    }

    #[test]
    fn a_picked_message_says_who_said_what() {
        let pick = |over: &Value| {
            let mut payload = json!({
                "type": "message_action", "callback_id": "read_into_plan", "trigger_id": "1.2.a",
                "user": {"id": "U1"}, "team": {"id": "T1"}, "channel": {"id": "C1"},
                "message_ts": "1700000000.000200", "response_url": "https://hooks.slack.com/app/1",
                "message": {"ts": "1700000000.000200", "thread_ts": "1700000000.000100",
                            "user": "U2", "text": "we charge &lt;$49"},
            });
            for (name, value) in over.as_object().cloned().unwrap_or_default() {
                payload[name] = value;
            }
            decode(&payload.to_string())
        };
        let Interaction::Pressed(Decoded::Deliver(origin)) = pick(&json!({})) else {
            panic!("a delivery");
        };
        let Said::Picked(picked) = &origin.inbound.said else {
            panic!("{origin:?}");
        };
        assert_eq!(
            (
                picked.words.as_str(),
                picked.by.as_ref().map(Person::as_str)
            ),
            ("we charge <$49", Some("U2"))
        );
        assert_eq!(origin.inbound.by.as_str(), "U1");
        assert_eq!(
            origin.inbound.place.thread,
            Some(MessageTs::new("1700000000.000100"))
        );
        assert_eq!(origin.dedup[0].0, "trigger:1.2.a");
        assert!(origin.reply_to.is_some());
        let other = Interaction::Pressed(Decoded::Ignored(Ignored::OtherRequest));
        assert_eq!(pick(&json!({"callback_id": "other"})), other);
    }

    #[test]
    fn a_menu_that_asks_is_told_apart() {
        assert_eq!(
            decode(r#"{"type":"block_suggestion","action_id":"a","value":"x"}"#),
            Interaction::Suggestion
        );
    }
}
