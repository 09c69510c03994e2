//! The Events API: what is said to the bot or past it, what becomes of messages, and being added to
//! a channel.

use bytes::Bytes;
use jiff::Timestamp;
use serde::Deserialize;

use super::attached::{Attached, shared};
use super::delivery::{Context, Decoded, Ignored, Removed, instant, lenient, place_kind, thread};
use super::heard::heard;
use super::overheard::{self, Fate, Inner};
use super::signature::Verified;
use crate::advisor::{DedupKey, Inbound, Moved, Origin, Place, PlaceKind, Said};
use crate::ident::{Channel, Installation, MessageTs, Person};

/// What arrives at the events address. Everything may be missing; what is not known is ignored.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Envelope {
    #[serde(rename = "type", deserialize_with = "lenient")]
    kind: Option<String>,
    #[serde(deserialize_with = "lenient")]
    challenge: Option<String>,
    #[serde(deserialize_with = "lenient")]
    team_id: Option<String>,
    #[serde(deserialize_with = "lenient")]
    enterprise_id: Option<String>,
    #[serde(deserialize_with = "lenient")]
    context_team_id: Option<String>,
    #[serde(deserialize_with = "lenient")]
    api_app_id: Option<String>,
    #[serde(deserialize_with = "lenient")]
    event_id: Option<String>,
    #[serde(deserialize_with = "lenient")]
    event_time: Option<i64>,
    #[serde(deserialize_with = "lenient")]
    authorizations: Option<Vec<Authorization>>,
    #[serde(deserialize_with = "lenient")]
    event: Option<Event>,
}

/// One installation that may see the event.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Authorization {
    #[serde(deserialize_with = "lenient")]
    enterprise_id: Option<String>,
    #[serde(deserialize_with = "lenient")]
    team_id: Option<String>,
    #[serde(deserialize_with = "lenient")]
    user_id: Option<String>,
    #[serde(deserialize_with = "lenient")]
    is_bot: Option<bool>,
    #[serde(deserialize_with = "lenient")]
    is_enterprise_install: Option<bool>,
}

/// The event itself, of whatever kind.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Event {
    #[serde(rename = "type", deserialize_with = "lenient")]
    kind: Option<String>,
    #[serde(deserialize_with = "lenient")]
    subtype: Option<String>,
    #[serde(deserialize_with = "lenient")]
    user: Option<String>,
    #[serde(deserialize_with = "lenient")]
    inviter: Option<String>,
    #[serde(deserialize_with = "lenient")]
    bot_id: Option<String>,
    #[serde(deserialize_with = "lenient")]
    text: Option<String>,
    #[serde(deserialize_with = "lenient")]
    ts: Option<String>,
    #[serde(rename = "event_ts", deserialize_with = "lenient")]
    at: Option<String>,
    #[serde(deserialize_with = "lenient")]
    thread_ts: Option<String>,
    #[serde(deserialize_with = "lenient")]
    channel: Option<String>,
    #[serde(deserialize_with = "lenient")]
    channel_type: Option<String>,
    #[serde(deserialize_with = "lenient")]
    hidden: Option<bool>,
    #[serde(deserialize_with = "lenient")]
    files: Option<Vec<Attached>>,
    /// The message that was edited, as it is now.
    #[serde(deserialize_with = "lenient")]
    message: Option<Inner>,
    /// The message that was edited or deleted, as it was.
    #[serde(deserialize_with = "lenient")]
    previous_message: Option<Inner>,
    #[serde(deserialize_with = "lenient")]
    deleted_ts: Option<String>,
    /// What a channel went by, and what it goes by now.
    #[serde(rename = "old_channel_id", deserialize_with = "lenient")]
    from: Option<String>,
    #[serde(rename = "new_channel_id", deserialize_with = "lenient")]
    to: Option<String>,
    /// Whose tokens no longer work.
    #[serde(deserialize_with = "lenient")]
    tokens: Option<Tokens>,
}

/// The people and bots whose tokens no longer work.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Tokens {
    #[serde(deserialize_with = "lenient")]
    bot: Option<Vec<String>>,
}

/// Reads a verified request to the events address.
pub fn event(body: &Verified<Bytes>, context: Context<'_>) -> Decoded {
    let Ok(envelope) = serde_json::from_slice::<Envelope>(body.get()) else {
        return Decoded::Ignored(Ignored::Malformed);
    };
    match envelope.kind.as_deref() {
        Some("url_verification") => match envelope.challenge {
            Some(challenge) => Decoded::Challenge(challenge),
            None => Decoded::Ignored(Ignored::Malformed),
        },
        Some("event_callback") => {
            let decoded = match &envelope.event {
                Some(event) if event.ends_all() => removed(&envelope, context),
                Some(event) if event.kind.as_deref() == Some("channel_id_changed") => {
                    moved(&envelope, event, context)
                }
                _ => callback(envelope, context).map(|it| Decoded::Deliver(Box::new(it))),
            };
            decoded.unwrap_or_else(Decoded::Ignored)
        }
        Some("app_rate_limited") => Decoded::Ignored(Ignored::RateLimited),
        Some(_) => Decoded::Ignored(Ignored::OtherRequest),
        None => Decoded::Ignored(Ignored::Malformed),
    }
}

impl Event {
    /// Whether it says that the workspace has removed the app. The two events that do come in any
    /// order, and either is enough; a person who takes back their own token is none of it.
    fn ends_all(&self) -> bool {
        match self.kind.as_deref() {
            Some("app_uninstalled") => true,
            Some("tokens_revoked") => {
                let bots = self.tokens.as_ref().and_then(|it| it.bot.as_ref());
                bots.is_some_and(|bots| !bots.is_empty())
            }
            _ => false,
        }
    }
}

/// Whose app was removed when. It need not be the workspace that is served now: what was kept for
/// another one goes too.
fn removed(envelope: &Envelope, context: Context<'_>) -> Result<Decoded, Ignored> {
    let id = envelope.installation().filter(|id| !id.is_empty());
    let installation = id.map(Installation::new).ok_or(Ignored::Malformed)?;
    let at = envelope.event_time.map(Timestamp::from_second);
    let at = at.and_then(Result::ok).unwrap_or(context.now);
    let own = context
        .identity
        .filter(|it| it.installation == installation);
    if own.and_then(|it| it.seen).is_some_and(|seen| at < seen) {
        return Err(Ignored::InstalledSince);
    }
    Ok(Decoded::Removed(Removed { installation, at }))
}

/// Which channel goes by which id from now on.
fn moved(envelope: &Envelope, event: &Event, context: Context<'_>) -> Result<Decoded, Ignored> {
    let (Some(from), Some(to)) = (&event.from, &event.to) else {
        return Err(Ignored::Malformed);
    };
    let installation = context.admit(envelope.installation())?;
    let at = event.at.as_deref().unwrap_or_default();
    let mut dedup = vec![DedupKey(format!("moved:{from}:{to}:{at}"))];
    dedup.extend(envelope.key());
    Ok(Decoded::Moved(Moved {
        installation,
        from: Channel::new(from),
        to: Channel::new(to),
        at: instant(at, context.now),
        dedup,
    }))
}

fn callback(mut envelope: Envelope, context: Context<'_>) -> Result<Origin, Ignored> {
    let mut event = envelope.event.take().ok_or(Ignored::Malformed)?;
    let files = shared(&event.files.take().unwrap_or_default());
    let kind = event.kind.as_deref().ok_or(Ignored::Malformed)?;
    if !matches!(kind, "app_mention" | "message" | "member_joined_channel") {
        return Err(Ignored::OtherEvent);
    }
    let installation = context.admit(envelope.installation())?;
    let own = envelope.own_user(context);
    let channel = Channel::new(event.channel.clone().ok_or(Ignored::Malformed)?);
    let heard = if kind == "member_joined_channel" {
        joined(&event, &channel, own.as_deref())?
    } else {
        match event.subtype.as_deref() {
            Some("message_changed" | "message_deleted") => changed(event, channel, own.as_deref())?,
            _ => message(&event, channel, own.as_deref(), context)?,
        }
    };
    let mut dedup = vec![heard.key];
    dedup.extend(envelope.key());
    Ok(Origin {
        inbound: Inbound {
            installation,
            place: heard.place,
            by: heard.by,
            said: heard.said,
            at: instant(heard.ts.as_deref().unwrap_or_default(), context.now),
            files,
        },
        dedup,
        reply_to: None,
        trigger: None,
    })
}

/// What an event says, before it is known in which installation.
struct Happened {
    place: Place,
    by: Person,
    said: Said,
    ts: Option<String>,
    key: DedupKey,
}

fn message(
    event: &Event,
    channel: Channel,
    own: Option<&str>,
    context: Context<'_>,
) -> Result<Happened, Ignored> {
    by_a_person(event, own, context)?;
    let by = event.user.clone().ok_or(Ignored::Malformed)?;
    let ts = event.ts.clone().ok_or(Ignored::Malformed)?;
    let text = event.text.as_deref().unwrap_or_default();
    let heard = heard(text, own);
    let kind = kind_of(event, &channel);
    let (words, id) = (heard.words, MessageTs::new(&ts));
    // In a shared channel the mention may be of this bot's user in another installation.
    let unsaid = own.is_none() || !text.contains("<@");
    let named = heard.mentioned || event.kind.as_deref() == Some("app_mention") && unsaid;
    let said = match kind {
        PlaceKind::Direct => Said::Direct { words, ts: id },
        PlaceKind::Channel if named => Said::Mention { words, ts: id },
        PlaceKind::Channel => Said::Overheard { words, ts: id },
    };
    Ok(Happened {
        key: DedupKey(format!("said:{channel}:{ts}")),
        place: Place {
            channel,
            thread: thread(event.thread_ts.clone(), Some(&ts)),
            kind,
        },
        by: Person::new(by),
        said,
        ts: Some(ts),
    })
}

fn kind_of(event: &Event, channel: &Channel) -> PlaceKind {
    match event.channel_type.as_deref() {
        Some("im") => PlaceKind::Direct,
        Some(_) => PlaceKind::Channel,
        None => place_kind(channel),
    }
}

/// What became of a message that was there before.
fn changed(event: Event, channel: Channel, own: Option<&str>) -> Result<Happened, Ignored> {
    let kind = kind_of(&event, &channel);
    let at = event.at.clone().or(event.ts).unwrap_or_default();
    let fate = if event.subtype.as_deref() == Some("message_changed") {
        overheard::edited(event.message, event.previous_message.as_ref(), &at, own)?
    } else {
        overheard::deleted(event.deleted_ts, event.previous_message.as_ref(), own)?
    };
    let Fate {
        mut said,
        by,
        thread: root,
        key,
        ts,
    } = fate;
    if let (Said::Edited { addressed, .. }, PlaceKind::Direct) = (&mut said, kind) {
        *addressed = true;
    }
    Ok(Happened {
        key: DedupKey(format!("{channel}:{key}")),
        place: Place {
            channel,
            thread: thread(root, Some(&ts)),
            kind,
        },
        by: Person::new(by),
        said,
        ts: Some(at),
    })
}

/// Only what a person wrote, and wrote now, is answered: bots that answer bots never end.
fn by_a_person(event: &Event, own: Option<&str>, context: Context<'_>) -> Result<(), Ignored> {
    let own_bot = context.identity.and_then(|it| it.bot.as_deref());
    if own.is_some() && event.user.as_deref() == own
        || own_bot.is_some() && event.bot_id.as_deref() == own_bot
    {
        return Err(Ignored::Own);
    }
    match event.subtype.as_deref() {
        None | Some("file_share" | "thread_broadcast") => {}
        Some("bot_message") => return Err(Ignored::Bot),
        Some(_) => return Err(Ignored::OtherMessage),
    }
    if event.bot_id.is_some() {
        return Err(Ignored::Bot);
    }
    if event.hidden == Some(true) {
        return Err(Ignored::OtherMessage);
    }
    Ok(())
}

fn joined(event: &Event, channel: &Channel, own: Option<&str>) -> Result<Happened, Ignored> {
    let who = event.user.as_deref().ok_or(Ignored::Malformed)?;
    if own != Some(who) {
        return Err(Ignored::NotForUs);
    }
    let ts = event.at.clone();
    let when = ts.as_deref().unwrap_or("unknown");
    Ok(Happened {
        key: DedupKey(format!("joined:{channel}:{when}")),
        place: Place {
            channel: channel.clone(),
            thread: None,
            kind: place_kind(channel),
        },
        // Slack leaves the inviter out when a bot joins by itself.
        by: Person::new(event.inviter.as_deref().unwrap_or(who)),
        said: Said::Invited,
        ts,
    })
}

impl Envelope {
    /// The installation that the event was sent for, which in a shared channel need not be the
    /// one where it happened.
    fn installation(&self) -> Option<String> {
        let first = self.authorizations.as_ref().and_then(|all| all.first());
        let authorized = first.and_then(|it| {
            let org = it.is_enterprise_install == Some(true);
            let org = it.enterprise_id.clone().filter(|_| org);
            org.or_else(|| it.team_id.clone())
        });
        authorized
            .or_else(|| self.context_team_id.clone())
            .or_else(|| self.team_id.clone())
            .or_else(|| self.enterprise_id.clone())
    }

    /// The bot's user in that installation.
    fn own_user(&self, context: Context<'_>) -> Option<String> {
        let first = self.authorizations.as_ref().and_then(|all| all.first());
        first
            .filter(|it| it.is_bot == Some(true))
            .and_then(|it| it.user_id.clone())
            .or_else(|| context.identity.map(|own| own.user.as_str().to_owned()))
    }

    /// Two apps that one message mentions have been seen to share an event's id.
    fn key(&self) -> Option<DedupKey> {
        let id = self.event_id.as_deref()?;
        let app = self.api_app_id.as_deref().unwrap_or_default();
        Some(DedupKey(format!("event:{app}:{id}")))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::slack::delivery::Identity;
    use crate::slack::hooks::Hooks;
    use crate::slack::signature::{Secrets, taken_as_verified};

    fn decode(body: impl Into<Bytes>) -> Decoded {
        let hooks = Hooks::new("https://slack.com/api");
        let identity = Identity {
            installation: Installation::new("T1"),
            user: Person::new("UBOT"),
            bot: Some("B1".to_owned()),
            home: None,
            seen: Some(Timestamp::from_second(1_700_000_000).expect("a timestamp")),
        };
        let context = Context {
            identity: Some(&identity),
            hooks: &hooks,
            secrets: &Secrets::new([]),
            now: Timestamp::from_second(1_700_000_009).expect("a timestamp"),
        };
        event(&taken_as_verified(body), context)
    }

    fn check_removed(event: &Value, over: &Value, expected: Option<(&str, i64)>) {
        let mut body = envelope(event);
        for (name, value) in over.as_object().expect("an object") {
            body[name] = value.clone();
        }
        let decoded = decode(body.to_string());
        let expected = expected.map(|(id, second)| {
            Decoded::Removed(Removed {
                installation: Installation::new(id),
                at: Timestamp::from_second(second).expect("a timestamp"),
            })
        });
        match expected {
            Some(expected) => assert_eq!(decoded, expected, "{body}"),
            None => assert!(
                matches!(decoded, Decoded::Ignored(_)),
                "{body}: {decoded:?}"
            ),
        }
    }

    #[test]
    fn a_removed_app_is_told_by_either_event_for_any_workspace() {
        let uninstalled = json!({"type": "app_uninstalled"});
        let revoked = |tokens: Value| json!({"type": "tokens_revoked", "tokens": tokens});
        let now = json!({"event_time": 1_700_000_005});
        let here = Some(("T1", 1_700_000_005));
        check_removed(&uninstalled, &now, here);
        check_removed(
            &revoked(json!({"oauth": ["U1"], "bot": ["UBOT"]})),
            &now,
            here,
        );
        // Somebody took back their own token.
        check_removed(&revoked(json!({"oauth": ["U1"], "bot": []})), &now, None);
        check_removed(&revoked(json!({"oauth": ["U1"]})), &now, None);
        check_removed(&revoked(json!("all")), &now, None);
        // Another workspace, or an organisation.
        let elsewhere = json!({"event_time": 1_700_000_005, "team_id": "T2", "authorizations": []});
        check_removed(&uninstalled, &elsewhere, Some(("T2", 1_700_000_005)));
        let org = json!({"event_time": 1_700_000_005, "authorizations": [
            {"enterprise_id": "E1", "team_id": null, "is_enterprise_install": true}]});
        check_removed(&uninstalled, &org, Some(("E1", 1_700_000_005)));
        // Without an instant it is told now.
        check_removed(
            &uninstalled,
            &json!({"event_time": "x"}),
            Some(("T1", 1_700_000_009)),
        );
        let nobody = json!({"team_id": null, "authorizations": null});
        check_removed(&uninstalled, &nobody, None);
    }

    #[test]
    fn a_channel_with_another_id_is_told_to_the_installation_that_it_is_of() {
        let told = |over: &Value| {
            let mut event = json!({
                "type": "channel_id_changed", "old_channel_id": "G1", "new_channel_id": "C9",
                "event_ts": "1700000003.000200",
            });
            for (name, value) in over.as_object().expect("an object") {
                event[name] = value.clone();
            }
            decode(envelope(&event).to_string())
        };
        let Decoded::Moved(moved) = told(&json!({})) else {
            panic!("a channel has moved");
        };
        assert_eq!(moved.installation, Installation::new("T1"));
        assert_eq!((moved.from.as_str(), moved.to.as_str()), ("G1", "C9"));
        assert_eq!(moved.at.as_microsecond(), 1_700_000_003_000_200);
        // The same event again, and another one about the same.
        let keys: Vec<_> = moved.dedup.iter().map(|key| key.0.as_str()).collect();
        assert_eq!(keys, ["moved:G1:C9:1700000003.000200", "event:A1:Ev1"]);
        for odd in [
            json!({"new_channel_id": null}),
            json!({"old_channel_id": 7}),
        ] {
            assert_eq!(told(&odd), Decoded::Ignored(Ignored::Malformed));
        }
    }

    #[test]
    fn an_app_that_is_installed_again_is_not_removed_by_older_news() {
        let uninstalled = json!({"type": "app_uninstalled"});
        let before = json!({"event_time": 1_699_999_999});
        let decoded = {
            let mut body = envelope(&uninstalled);
            body["event_time"] = before["event_time"].clone();
            decode(body.to_string())
        };
        assert_eq!(decoded, Decoded::Ignored(Ignored::InstalledSince));
        // Of another workspace nobody knows that it is installed.
        let elsewhere = json!({"event_time": 1_699_999_999, "team_id": "T2", "authorizations": []});
        check_removed(&uninstalled, &elsewhere, Some(("T2", 1_699_999_999)));
    }

    fn envelope(event: &Value) -> Value {
        json!({
            "type": "event_callback", "team_id": "T1", "api_app_id": "A1", "event_id": "Ev1",
            "event_time": 1_700_000_000,
            "authorizations": [{"enterprise_id": null, "team_id": "T1", "user_id": "UBOT",
                                "is_bot": true, "is_enterprise_install": false}],
            "event": event,
        })
    }

    fn mention(over: &Value) -> Value {
        let mut event = json!({
            "type": "app_mention", "user": "U1", "text": "<@UBOT> check",
            "ts": "1700000000.000100", "channel": "C1", "event_ts": "1700000000.000100",
        });
        for (name, value) in over.as_object().cloned().unwrap_or_default() {
            event[name] = value;
        }
        event
    }

    fn delivered(event: &Value) -> Origin {
        match decode(envelope(event).to_string()) {
            Decoded::Deliver(origin) => *origin,
            other => panic!("{other:?}"),
        }
    }

    fn check_ignored(over: &Value, expected: Ignored) {
        let event = mention(over);
        let decoded = decode(envelope(&event).to_string());
        assert_eq!(decoded, Decoded::Ignored(expected), "{event}");
    }

    #[test]
    fn a_challenge_comes_back() {
        assert_eq!(
            decode(r#"{"type":"url_verification","challenge":"abc"}"#),
            Decoded::Challenge("abc".to_owned())
        );
    }

    #[test]
    fn a_mention_says_who_said_what_where() {
        let origin = delivered(&mention(&json!({})));
        assert_eq!(origin.inbound.installation.as_str(), "T1");
        assert_eq!(origin.inbound.by.as_str(), "U1");
        assert_eq!(origin.inbound.place.channel.as_str(), "C1");
        assert_eq!(origin.inbound.place.thread, None);
        assert_eq!(origin.inbound.at.to_string(), "2023-11-14T22:13:20.0001Z");
        assert_eq!(
            origin.inbound.said,
            Said::Mention {
                words: "check".to_owned(),
                ts: MessageTs::new("1700000000.000100")
            }
        );
        let keys: Vec<_> = origin.dedup.iter().map(|key| key.0.as_str()).collect();
        assert_eq!(keys, ["said:C1:1700000000.000100", "event:A1:Ev1"]);
    }

    #[test]
    fn a_mention_is_the_same_by_either_event() {
        let by_message = mention(&json!({"type": "message", "channel_type": "channel"}));
        assert_eq!(delivered(&by_message), delivered(&mention(&json!({}))));
    }

    #[test]
    fn replies_name_their_root_and_roots_none() {
        let thread = |ts: &str| {
            delivered(&mention(&json!({"thread_ts": ts})))
                .inbound
                .place
                .thread
        };
        assert_eq!(
            thread("1600000000.000001"),
            Some(MessageTs::new("1600000000.000001"))
        );
        assert_eq!(thread("1700000000.000100"), None);
    }

    #[test]
    fn direct_messages_need_no_mention() {
        let check = |over: Value, expected: &str| match delivered(&mention(&over)).inbound {
            Inbound {
                said: Said::Direct { words, .. },
                place,
                ..
            } => {
                assert_eq!(words, expected);
                assert_eq!(place.kind, PlaceKind::Direct);
            }
            other => panic!("{other:?}"),
        };
        check(
            json!({"type": "message", "channel_type": "im", "channel": "D1", "text": "check"}),
            "check",
        );
        check(
            json!({"type": "message", "channel": "D1", "text": "<@UBOT> help"}),
            "help",
        );
        check(
            json!({"type": "message", "channel": "D1", "subtype": "file_share", "text": null}),
            "",
        );
    }

    #[test]
    fn what_nobody_said_to_us_is_ignored() {
        check_ignored(&json!({"user": "UBOT"}), Ignored::Own);
        check_ignored(&json!({"user": "UBOT", "bot_id": "B1"}), Ignored::Own);
        check_ignored(&json!({"bot_id": "B1"}), Ignored::Own);
        check_ignored(&json!({"bot_id": "B2"}), Ignored::Bot);
        check_ignored(
            &json!({"subtype": "bot_message", "user": null}),
            Ignored::Bot,
        );
        check_ignored(&json!({"subtype": "message_changed"}), Ignored::Malformed);
        check_ignored(&json!({"subtype": "message_deleted"}), Ignored::Malformed);
        check_ignored(&json!({"subtype": "channel_topic"}), Ignored::OtherMessage);
        check_ignored(&json!({"hidden": true}), Ignored::OtherMessage);
        check_ignored(&json!({"type": "reaction_added"}), Ignored::OtherEvent);
        check_ignored(&json!({"user": null}), Ignored::Malformed);
        check_ignored(&json!({"ts": 5}), Ignored::Malformed);
        check_ignored(&json!({"channel": {"id": "C1"}}), Ignored::Malformed);
    }

    #[test]
    fn what_is_said_past_us_is_overheard() {
        let check = |over: Value, expected: &str| match delivered(&mention(&over)).inbound {
            Inbound {
                said: Said::Overheard { words, ts },
                place,
                ..
            } => {
                assert_eq!(
                    (words.as_str(), ts.as_str()),
                    (expected, "1700000000.000100")
                );
                assert_eq!(place.kind, PlaceKind::Channel);
            }
            other => panic!("{other:?}"),
        };
        check(
            json!({"type": "message", "channel_type": "channel", "text": "hi"}),
            "hi",
        );
        check(
            json!({"type": "message", "channel_type": "group", "text": "we charge &lt; $50"}),
            "we charge < $50",
        );
        check(json!({"type": "message", "text": "<@U2> hi"}), "@U2 hi");
        check(json!({"text": "<@UOTHER> check"}), "@UOTHER check");
        let broadcast = json!({"type": "message", "text": "hi", "subtype": "thread_broadcast",
                               "thread_ts": "1600000000.000001", "root": {}});
        check(broadcast, "hi");
    }

    /// An edit or deletion as Slack tells it.
    fn fate(subtype: &str, over: &Value) -> Value {
        let message = json!({"type": "message", "user": "U1", "text": "now $59",
                             "ts": "1700000000.000100", "thread_ts": "1600000000.000001",
                             "edited": {"user": "U1", "ts": "1700000050.000000"}});
        let before = json!({"type": "message", "user": "U1", "text": "now $49",
                            "ts": "1700000000.000100", "thread_ts": "1600000000.000001"});
        let mut event = json!({
            "type": "message", "subtype": subtype, "hidden": true, "channel": "C1",
            "channel_type": "channel", "ts": "1700000050.000100",
            "event_ts": "1700000050.000100", "previous_message": before,
        });
        match subtype {
            "message_changed" => event["message"] = message,
            _ => event["deleted_ts"] = json!("1700000000.000100"),
        }
        for (name, value) in over.as_object().cloned().unwrap_or_default() {
            event[name] = value;
        }
        event
    }

    #[test]
    fn an_edit_says_what_the_message_says_now_and_is_no_message_to_us() {
        let origin = delivered(&fate("message_changed", &json!({})));
        assert_eq!(
            origin.inbound.said,
            Said::Edited {
                words: "now $59".to_owned(),
                ts: MessageTs::new("1700000000.000100"),
                addressed: false,
            }
        );
        let thread = origin.inbound.place.thread.expect("it is a reply");
        assert_eq!(thread.as_str(), "1600000000.000001");
        assert_eq!(origin.inbound.by.as_str(), "U1");
        assert_eq!(origin.inbound.at.as_second(), 1_700_000_050);
        assert_eq!(
            origin.dedup[0].0,
            "C1:edited:1700000000.000100:1700000050.000000"
        );
        // Said to us, it still runs nothing: it is an edit and no mention.
        let message = json!({"user": "U1", "text": "<@UBOT> set price $59",
                             "ts": "1700000000.000100"});
        let origin = delivered(&fate("message_changed", &json!({"message": message})));
        assert!(matches!(
            origin.inbound.said,
            Said::Edited { addressed: true, ref words, .. } if words == "set price $59"
        ));
        assert_eq!(origin.inbound.place.thread, None);
        let direct = json!({"channel": "D1", "channel_type": "im"});
        let origin = delivered(&fate("message_changed", &direct));
        assert!(matches!(
            origin.inbound.said,
            Said::Edited {
                addressed: true,
                ..
            }
        ));
        assert_eq!(origin.inbound.place.kind, PlaceKind::Direct);
    }

    #[test]
    fn a_deletion_says_which_message_is_gone() {
        let origin = delivered(&fate("message_deleted", &json!({})));
        let gone = Said::Deleted {
            ts: MessageTs::new("1700000000.000100"),
        };
        assert_eq!(origin.inbound.said, gone);
        assert_eq!(origin.dedup[0].0, "C1:deleted:1700000000.000100");
        // What is left of a thread's root whose replies stay.
        let message = json!({"subtype": "tombstone", "user": "USLACKBOT", "hidden": true,
                             "text": "This message was deleted.", "ts": "1700000000.000100"});
        let origin = delivered(&fate("message_changed", &json!({"message": message})));
        assert_eq!(origin.inbound.said, gone);
        assert_eq!(origin.inbound.by.as_str(), "U1");
        assert_eq!(origin.dedup[0].0, "C1:deleted:1700000000.000100");
        // Nobody need say whose it was.
        let origin = delivered(&fate("message_deleted", &json!({"previous_message": null})));
        assert_eq!(origin.inbound.said, gone);
    }

    #[test]
    fn what_became_of_a_message_of_no_person_is_ignored() {
        let check = |subtype: &str, over: Value, expected| {
            let decoded = decode(envelope(&fate(subtype, &over)).to_string());
            assert_eq!(decoded, Decoded::Ignored(expected), "{over}");
        };
        let inner = |over: Value| {
            let mut message = json!({"user": "U1", "text": "new", "ts": "1.1"});
            for (name, value) in over.as_object().cloned().unwrap_or_default() {
                message[name] = value;
            }
            json!({"message": message.clone(), "previous_message": {"text": "old", "ts": "1.1",
                   "user": message["user"], "bot_id": message["bot_id"],
                   "subtype": message["subtype"]}})
        };
        let unfurled = json!({"message": {"user": "U1", "text": "now $49", "ts": "1.1"}});
        check("message_changed", unfurled, Ignored::Unchanged);
        for subtype in ["message_changed", "message_deleted"] {
            check(subtype, inner(json!({"user": "UBOT"})), Ignored::Own);
            check(subtype, inner(json!({"bot_id": "B2"})), Ignored::Bot);
            check(
                subtype,
                inner(json!({"subtype": "bot_message"})),
                Ignored::Bot,
            );
            check(
                subtype,
                inner(json!({"subtype": "channel_topic"})),
                Ignored::OtherMessage,
            );
        }
        check(
            "message_changed",
            json!({"message": {"text": "x"}}),
            Ignored::Malformed,
        );
        let nothing = json!({"deleted_ts": null, "previous_message": null});
        check("message_deleted", nothing, Ignored::Malformed);
    }

    #[test]
    fn broadcast_replies_and_edited_mentions_are_answered() {
        delivered(&mention(
            &json!({"subtype": "thread_broadcast", "root": {}}),
        ));
        delivered(&mention(&json!({"edited": {"user": "U1", "ts": "1.0"}})));
    }

    #[test]
    fn being_added_is_an_invitation_by_whoever_did_it() {
        let join = json!({"type": "member_joined_channel", "user": "UBOT", "inviter": "U7",
                          "channel": "C1", "channel_type": "C", "event_ts": "1700000000.000300"});
        let origin = delivered(&join);
        assert_eq!(origin.inbound.said, Said::Invited);
        assert_eq!(origin.inbound.by.as_str(), "U7");
        assert_eq!(origin.dedup[0].0, "joined:C1:1700000000.000300");
        let other = mention(&json!({"type": "member_joined_channel", "user": "U2"}));
        assert_eq!(
            decode(envelope(&other).to_string()),
            Decoded::Ignored(Ignored::NotForUs)
        );
    }

    #[test]
    fn the_installation_is_the_one_that_was_authorized() {
        let of = |over: Value| {
            let mut body = envelope(&mention(&json!({})));
            for (name, value) in over.as_object().cloned().unwrap_or_default() {
                body[name] = value;
            }
            let hooks = Hooks::new("");
            let context = Context {
                identity: None,
                hooks: &hooks,
                secrets: &Secrets::new([]),
                now: Timestamp::UNIX_EPOCH,
            };
            match event(&taken_as_verified(body.to_string()), context) {
                Decoded::Deliver(origin) => origin.inbound.installation.as_str().to_owned(),
                other => panic!("{other:?}"),
            }
        };
        let org = json!([{"enterprise_id": "E1", "team_id": "T1", "is_enterprise_install": true}]);
        assert_eq!(of(json!({"authorizations": org})), "E1");
        let shared = json!([{"team_id": "T2", "user_id": "UBOT", "is_bot": true}]);
        assert_eq!(of(json!({"authorizations": shared})), "T2");
        assert_eq!(
            of(json!({"authorizations": null, "context_team_id": "T3"})),
            "T3"
        );
        assert_eq!(of(json!({"authorizations": []})), "T1");
    }

    #[test]
    fn another_installation_is_refused() {
        let mut body = envelope(&mention(&json!({})));
        body["authorizations"][0]["team_id"] = json!("T9");
        assert_eq!(
            decode(body.to_string()),
            Decoded::Ignored(Ignored::OtherInstallation)
        );
    }

    #[test]
    fn long_and_odd_texts_arrive_whole() {
        let long = "🚀価e\u{301} ".repeat(12_000);
        let origin = delivered(&mention(&json!({"text": format!("<@UBOT> {long}")})));
        let Said::Mention { words, .. } = origin.inbound.said else {
            panic!("a mention");
        };
        assert_eq!(words, long.trim());
    }

    #[test]
    fn what_cannot_be_read_is_ignored() {
        let check =
            |body: &str, expected| assert_eq!(decode(body.to_owned()), Decoded::Ignored(expected));
        check("", Ignored::Malformed);
        check("{", Ignored::Malformed);
        check("[]", Ignored::Malformed);
        check("{}", Ignored::Malformed);
        check(r#"{"type":"event_callback"}"#, Ignored::Malformed);
        check(r#"{"type":"event_callback","event":5}"#, Ignored::Malformed);
        check(r#"{"type":"url_verification"}"#, Ignored::Malformed);
        check(r#"{"type":"something_new"}"#, Ignored::OtherRequest);
        check(
            r#"{"type":"app_rate_limited","team_id":"T1"}"#,
            Ignored::RateLimited,
        );
        check(&"[".repeat(100_000), Ignored::Malformed);
        assert_eq!(
            decode(Bytes::from_static(b"\xff\xfe{}")),
            Decoded::Ignored(Ignored::Malformed)
        );
    }
}
