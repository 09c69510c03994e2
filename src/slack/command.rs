//! Slash commands.

use bytes::Bytes;
use serde::Deserialize;

use super::delivery::{Context, Decoded, Ignored, place_kind};
use super::heard::heard;
use super::signature::Verified;
use crate::advisor::{DedupKey, Inbound, Origin, Place, Said, Trigger};
use crate::ident::{Channel, Person};

/// The fields of a command's form that the bot reads.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Form {
    ssl_check: Option<String>,
    text: Option<String>,
    team_id: Option<String>,
    enterprise_id: Option<String>,
    is_enterprise_install: Option<String>,
    channel_id: Option<String>,
    user_id: Option<String>,
    response_url: Option<String>,
    trigger_id: Option<String>,
}

/// Whether a body is Slack's check that the address answers. It may come unsigned, so nothing
/// may follow from it but an empty answer.
pub fn is_ssl_check(body: &[u8]) -> bool {
    serde_urlencoded::from_bytes::<Form>(body)
        .is_ok_and(|form| form.ssl_check.as_deref() == Some("1"))
}

/// Reads a verified request to the commands address.
pub fn command(body: &Verified<Bytes>, context: Context<'_>) -> Decoded {
    let Ok(form) = serde_urlencoded::from_bytes::<Form>(body.get()) else {
        return Decoded::Ignored(Ignored::Malformed);
    };
    if form.ssl_check.as_deref() == Some("1") {
        return Decoded::SslCheck;
    }
    match typed(form, context) {
        Ok(origin) => Decoded::Deliver(Box::new(origin)),
        Err(reason) => Decoded::Ignored(reason),
    }
}

fn typed(form: Form, context: Context<'_>) -> Result<Origin, Ignored> {
    let given = |field: Option<String>| field.filter(|it| !it.is_empty());
    let org_wide = form.is_enterprise_install.as_deref() == Some("true");
    let org = given(form.enterprise_id).filter(|_| org_wide);
    let installation = context.admit(org.or_else(|| given(form.team_id)))?;
    let channel = Channel::new(given(form.channel_id).ok_or(Ignored::Malformed)?);
    let by = Person::new(given(form.user_id).ok_or(Ignored::Malformed)?);
    let trigger = given(form.trigger_id);
    let key = match &trigger {
        Some(id) => format!("trigger:{id}"),
        // Without an id a repeat cannot be told from somebody who asks twice.
        None => format!("unnamed:{by}:{}", context.now.as_nanosecond()),
    };
    let own = context.identity.map(|own| own.user.as_str());
    Ok(Origin {
        inbound: Inbound {
            installation,
            place: Place {
                kind: place_kind(&channel),
                channel,
                thread: None,
            },
            by,
            said: Said::Command {
                words: heard(form.text.as_deref().unwrap_or_default(), own).words,
            },
            at: context.now,
            files: Vec::new(),
        },
        dedup: vec![DedupKey(key)],
        reply_to: context.reply_to(form.response_url),
        trigger: trigger.map(Trigger),
    })
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::slack::hooks::Hooks;
    use crate::slack::signature::{Secrets, taken_as_verified};

    const HOOK: &str = "https%3A%2F%2Fhooks.slack.com%2Fcommands%2F1";

    fn decode(body: &str) -> Decoded {
        let hooks = Hooks::new("https://slack.com/api");
        let context = Context {
            identity: None,
            hooks: &hooks,
            secrets: &Secrets::new([]),
            now: Timestamp::UNIX_EPOCH,
        };
        command(&taken_as_verified(body.to_owned()), context)
    }

    fn delivered(body: &str) -> Origin {
        match decode(body) {
            Decoded::Deliver(origin) => *origin,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_command_says_who_typed_what_where() {
        let body = format!(
            "command=%2Fgtm&text=set+price+%2449%2Fmo+%26amp%3B+%F0%9F%9A%80&team_id=T1&channel_id=C1\
             &user_id=U1&trigger_id=1.2.a&response_url={HOOK}&is_enterprise_install=false&unknown=1"
        );
        let origin = delivered(&body);
        assert_eq!(
            origin.inbound.said,
            Said::Command {
                words: "set price $49/mo & 🚀".to_owned()
            }
        );
        assert_eq!(origin.inbound.installation.as_str(), "T1");
        assert_eq!(origin.inbound.place.channel.as_str(), "C1");
        assert_eq!(origin.inbound.by.as_str(), "U1");
        assert_eq!(origin.dedup, [DedupKey("trigger:1.2.a".to_owned())]);
        let reply_to = origin.reply_to.expect("an address");
        assert_eq!(reply_to.response_url, "https://hooks.slack.com/commands/1");
    }

    #[test]
    fn an_organisations_installation_is_its_own() {
        let body = "team_id=T1&enterprise_id=E1&channel_id=C1&user_id=U1&trigger_id=1&is_enterprise_install=";
        assert_eq!(
            delivered(&format!("{body}true"))
                .inbound
                .installation
                .as_str(),
            "E1"
        );
        assert_eq!(
            delivered(&format!("{body}false"))
                .inbound
                .installation
                .as_str(),
            "T1"
        );
    }

    #[test]
    fn only_slack_is_answered() {
        let body = "team_id=T1&channel_id=C1&user_id=U1&trigger_id=1&response_url=";
        assert_eq!(
            delivered(&format!("{body}https%3A%2F%2Fexample.com")).reply_to,
            None
        );
        assert_eq!(delivered(body).reply_to, None);
    }

    #[test]
    fn a_check_of_the_address_is_no_command() {
        assert!(is_ssl_check(b"ssl_check=1&token=x"));
        assert!(!is_ssl_check(b"ssl_check=0"));
        assert!(!is_ssl_check(b"text=ssl_check%3D1"));
        assert_eq!(decode("ssl_check=1&token=x"), Decoded::SslCheck);
    }

    #[test]
    fn what_lacks_a_place_or_a_person_is_malformed() {
        let check = |body| assert_eq!(decode(body), Decoded::Ignored(Ignored::Malformed), "{body}");
        check("");
        check("%ff%fe");
        check("text=check");
        check("team_id=&channel_id=C1&user_id=U1");
        check("team_id=T1&user_id=U1");
        check("team_id=T1&channel_id=C1");
    }
}
