//! Who is believed: only what was signed, lately, with a secret in force; and what each thing
//! that is no command or event of ours comes to.

use axum::http::{HeaderMap, HeaderValue};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::harness::{
    ANA, Delivered, GTM_PLAN, Setup, TestBot, command_form, event, exchange, said, signed, story,
    story_with,
};

const COMMANDS: &str = "/slack/commands";
const EVENTS: &str = "/slack/events";

/// A command that would change the plan, signed now.
fn command(bot: &TestBot) -> Delivered {
    signed(
        &bot.slack,
        COMMANDS,
        command_form(ANA, "set price $49/mo", "1.2.abc"),
    )
}

async fn status(bot: &TestBot, request: &Delivered) -> u16 {
    bot.deliver(request).await.status().expect("an answer")
}

/// The plan is as it was: empty.
async fn nothing_happened(bot: &TestBot) {
    let history = said(&bot.command(ANA, GTM_PLAN, "history").await);
    assert!(history.contains("Nothing has changed yet"), "{history}");
}

#[test]
fn a_request_outside_the_window_is_refused() {
    story(async |bot| {
        for (moved, expected) in [(301, 401), (-301, 401), (300, 200), (-299, 200)] {
            let words = command_form(ANA, "help", &format!("1.2.{moved}"));
            let request = signed(&bot.slack, COMMANDS, words);
            bot.clock.move_by(moved);
            assert_eq!(status(bot, &request).await, expected, "{moved} s");
            bot.clock.move_by(-moved);
        }
        let stale = command(bot);
        bot.clock.move_by(301);
        assert_eq!(status(bot, &stale).await, 401);
        nothing_happened(bot).await;
    });
}

#[test]
fn a_request_that_was_touched_is_refused() {
    story(async |bot| {
        let good = command(bot);
        let check = async |what: &str, change: &dyn Fn(&mut Delivered)| {
            let mut request = good.clone();
            change(&mut request);
            let delivery = bot.deliver(&request).await;
            assert_eq!(delivery.status(), Some(401), "{what}");
            assert_eq!(delivery.body(), "", "{what}: no word about why");
        };
        check("body", &|it| it.body.push(b' ')).await;
        check("nothing signed", &|it| it.body.clear()).await;
        check("no signature", &|it| {
            drop(it.headers.remove("x-slack-signature"));
        })
        .await;
        check("no time", &|it| {
            drop(it.headers.remove("x-slack-request-timestamp"));
        })
        .await;
        check("two signatures", &|it| {
            let signature = it.headers["x-slack-signature"].clone();
            it.headers.append("x-slack-signature", signature);
        })
        .await;
        check("another time", &|it| {
            it.headers.insert(
                "x-slack-request-timestamp",
                HeaderValue::from(1_772_442_001),
            );
        })
        .await;
        check("no hex", &|it| {
            it.headers
                .insert("x-slack-signature", HeaderValue::from_static("v0=zz"));
        })
        .await;
        check("no text", &|it| {
            let bytes = HeaderValue::from_bytes(b"v0=\xff").expect("a header");
            it.headers.insert("x-slack-signature", bytes);
        })
        .await;
        nothing_happened(bot).await;
    });
}

#[test]
fn during_a_rotation_both_secrets_are_believed_and_no_third() {
    let secrets = |secrets: &[&'static str]| Setup {
        secrets: secrets.to_vec(),
        ..Setup::default()
    };
    story_with(secrets(&["next-secret", "test-secret"]), async |bot| {
        assert_eq!(status(bot, &command(bot)).await, 200);
    });
    story_with(secrets(&["next-secret", "last-secret"]), async |bot| {
        assert_eq!(status(bot, &command(bot)).await, 401);
    });
}

#[test]
fn a_body_that_is_too_large_is_not_read() {
    story(async |bot| {
        let large = "x".repeat(1024 * 1024 + 1);
        let request = signed(&bot.slack, EVENTS, large);
        assert_eq!(status(bot, &request).await, 413);
        let largest = signed(&bot.slack, EVENTS, "x".repeat(1024 * 1024));
        assert_eq!(status(bot, &largest).await, 200, "read, and no event");

        // One that only says how large it is gets the answer before a byte of it.
        let head = "POST /slack/events HTTP/1.1\r\nHost: a\r\nContent-Length: 9999999999\r\n\r\n";
        let answer = exchange(bot.address(), head.as_bytes()).await;
        assert_eq!(answer.status, 413);
        assert_eq!(answer.header("connection"), Some("close"));
    });
}

#[test]
fn a_body_that_does_not_come_is_given_up() {
    story(async |bot| {
        let head = "POST /slack/events HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhalf";
        let mut slow = TcpStream::connect(bot.address())
            .await
            .expect("a connection");
        slow.write_all(head.as_bytes())
            .await
            .expect("it takes the head");
        // Others are served meanwhile.
        assert!(said(&bot.command(ANA, GTM_PLAN, "help").await).contains("/gtm"));
        let mut answer = String::new();
        slow.read_to_string(&mut answer).await.expect("an answer");
        assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
    });
}

#[test]
fn slacks_own_questions_are_answered_and_have_no_effect() {
    story(async |bot| {
        let unsigned = Delivered {
            path: COMMANDS.to_owned(),
            headers: HeaderMap::new(),
            body: b"ssl_check=1&token=x&command=%2Fgtm&text=set+price+%2449&team_id=T01PLAYGND"
                .to_vec(),
        };
        let checked = bot.deliver(&unsigned).await;
        assert_eq!((checked.status(), checked.body()), (Some(200), ""));

        let question = json!({"type": "url_verification", "challenge": "c4f<e>"});
        let answered = bot.deliver_event(&question).await;
        assert_eq!((answered.status(), answered.body()), (Some(200), "c4f<e>"));
        let mut stolen = signed(&bot.slack, EVENTS, question.to_string());
        stolen.headers.remove("x-slack-signature");
        assert_eq!(status(bot, &stolen).await, 401, "not for everybody");
        nothing_happened(bot).await;
    });
}

#[test]
fn what_is_not_known_is_acknowledged_and_left() {
    story(async |bot| {
        let message = bot.say(ANA, GTM_PLAN, None, "hello").await;
        let callback = |change: &dyn Fn(&mut Value)| {
            let mut event = event("message", GTM_PLAN, &message, "Ev1");
            change(&mut event);
            event
        };
        for strange in [
            json!({"type": "app_rate_limited"}),
            json!({"type": "something_new"}),
            json!({}),
            json!({"type": "event_callback"}),
            callback(&|it| it["event"]["type"] = json!("reaction_added")),
            callback(&|it| it["event"]["type"] = json!(7)),
            callback(&|it| it["event"]["channel"] = Value::Null),
            callback(&|it| it["event"]["subtype"] = json!("message_changed")),
            callback(&|it| it["event"]["subtype"] = json!("channel_topic")),
            callback(&|_| ()),
        ] {
            let delivery = bot.deliver_event(&strange).await;
            assert_eq!(
                (delivery.status(), delivery.body()),
                (Some(200), ""),
                "{strange}"
            );
        }
        assert_eq!(bot.work().await, 0, "nothing was worth a turn");
        assert_eq!(bot.calls("chat.postMessage"), 0);
    });
}

#[test]
fn bots_and_the_bot_itself_are_not_answered() {
    story(async |bot| {
        let mention = bot.say(ANA, GTM_PLAN, None, "hello").await;
        for (user, bot_id) in [("U01GTMBOT", json!("B01GTMBOT")), ("U77", json!("B77"))] {
            let mut event = event("app_mention", GTM_PLAN, &mention, "Ev1");
            event["event"]["text"] = json!("<@U01GTMBOT> set price $49/mo");
            event["event"]["user"] = json!(user);
            event["event"]["bot_id"] = bot_id;
            assert_eq!(bot.deliver_event(&event).await.status(), Some(200));
        }
        assert_eq!(bot.work().await, 0);
        nothing_happened(bot).await;
    });
}

#[test]
fn another_workspace_is_refused_on_every_door() {
    story(async |bot| {
        let form =
            command_form(ANA, "set price $49/mo", "1.2.abc").replace("T01PLAYGND", "T0OTHER");
        let command = bot.deliver(&signed(&bot.slack, COMMANDS, form)).await;
        assert_eq!(command.status(), Some(200), "a person waits for words");
        assert!(
            command.body().contains("another workspace"),
            "{}",
            command.body()
        );

        let message = bot.say(ANA, GTM_PLAN, None, "hello").await;
        let mut event = event("app_mention", GTM_PLAN, &message, "Ev1");
        event["authorizations"][0]["team_id"] = json!("T0OTHER");
        event["event"]["text"] = json!("<@U01GTMBOT> set price $49/mo");
        let refused = bot.deliver_event(&event).await;
        assert_eq!(refused.status(), Some(403));
        assert!(
            matches!(
                refused.outcome,
                gtm_advisor::playground::Outcome::Answered { no_retry: true, .. }
            ),
            "asked not to come again"
        );

        let card = bot.command(ANA, GTM_PLAN, "help").await;
        bot.click(ANA, GTM_PLAN, &card, "What can be set").await;
        let click = bot.last_request();
        let body = String::from_utf8(click.body)
            .expect("a form")
            .replace("T01PLAYGND", "T0OTHER");
        let foreign = signed(&bot.slack, "/slack/interactions", body);
        assert_eq!(status(bot, &foreign).await, 403);
        assert_eq!(bot.work().await, 0);
        nothing_happened(bot).await;
    });
}

#[test]
fn only_post_and_only_known_paths() {
    story(async |bot| {
        let get = "GET /slack/commands HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
        assert_eq!(exchange(bot.address(), get.as_bytes()).await.status, 405);
        let mut elsewhere = command(bot);
        elsewhere.path = "/slack/nothing".to_owned();
        assert_eq!(status(bot, &elsewhere).await, 404);
    });
}

/// An address that leads into the network that the bot runs in.
const FOREIGN: &str = "response_url=http%3A%2F%2F169.254.169.254%2Flatest";

#[test]
fn a_private_answer_without_an_address_of_slacks_is_shown_to_nobody_else() {
    story(async |bot| {
        let form = format!("{}&{FOREIGN}", command_form(ANA, "check", "1.2.abc"));
        let answered = bot.deliver(&signed(&bot.slack, COMMANDS, form)).await;
        let body: Value = serde_json::from_str(answered.body()).expect("a reply");
        assert_eq!(body["response_type"], "ephemeral");

        let card = bot.command(ANA, GTM_PLAN, "help").await;
        bot.click(ANA, GTM_PLAN, &card, "What can be set").await;
        let click = String::from_utf8(bot.last_request().body).expect("a form");
        let address = bot.slack.api_base().replace("/api", "/response");
        let address: String = address.replace(':', "%3A").replace('/', "%2F");
        assert!(click.contains(&address), "{click}");
        let elsewhere = click
            .replace(&address, "http%3A%2F%2F169.254.169.254")
            .replace("%22action_ts%22%3A%221", "%22action_ts%22%3A%222");
        let request = signed(&bot.slack, "/slack/interactions", elsewhere);
        assert_eq!(status(bot, &request).await, 200);
        bot.work().await;
        assert!(
            bot.slack.messages(GTM_PLAN).is_empty(),
            "nothing for everyone"
        );
        assert_eq!(bot.calls("chat.postMessage"), 0);
        bot.expect_dead_letters(1);
    });
}
