//! Commands and clicks: what the bot is sent, and what the page shows of its answer.

use super::*;
use crate::playground::seed::{ANA, BEN, BOARD, DEV, GTM_PLAN, RANDOM};

const JSON: &str = "application/json";

fn buttons() -> Value {
    json!([{"type": "actions", "block_id": "b", "elements": [
        {"type": "button", "action_id": "undo", "value": "v1",
         "text": {"type": "plain_text", "text": "Undo"}}]}])
}

#[tokio::test]
async fn a_command_arrives_as_slack_sends_it() {
    let desk = Desk::new().await;
    desk.play
        .send_command(ANA, BOARD, "owner pricing @ben & #sales <now>")
        .await
        .unwrap();
    let got = desk.last();
    assert_eq!(got.path, "/slack/commands");
    assert_eq!(
        got.header("content-type"),
        "application/x-www-form-urlencoded"
    );
    assert_eq!(got.header("x-slack-request-timestamp"), "1700000000");
    let signed = desk.play.signature(got.body.as_bytes());
    assert_eq!(got.header("x-slack-signature"), signed["x-slack-signature"]);
    assert_eq!(got.field("command"), "/gtm");
    assert_eq!(
        got.field("text"),
        "owner pricing <@U01BEN> &amp; <#C01SALES|sales> &lt;now&gt;"
    );
    assert_eq!(got.field("channel_name"), "privategroup");
    assert_eq!(
        (got.field("user_id"), got.field("team_id")),
        (ANA.into(), "T01PLAYGND".into())
    );
    assert!(got.field("response_url").starts_with(&desk.url));
}

#[tokio::test]
async fn the_answer_is_private_unless_it_asks_to_be_public() {
    let desk = Desk::new().await;
    desk.bot_answers([
        Answers::With(200, "text/plain", "plain".into()),
        Answers::With(
            200,
            JSON,
            json!({"response_type": "ephemeral", "text": "private"}),
        ),
        Answers::With(
            200,
            JSON,
            json!({"response_type": "in_channel", "text": "public"}),
        ),
    ]);
    for _ in 0..4 {
        desk.play
            .send_command(ANA, GTM_PLAN, "check")
            .await
            .unwrap();
    }
    assert_eq!(
        texts(&desk.play.ephemerals(GTM_PLAN, ANA)),
        ["plain", "private"]
    );
    assert!(desk.play.ephemerals(GTM_PLAN, BEN).is_empty());
    assert_eq!(
        texts(&desk.play.messages(GTM_PLAN)),
        ["/gtm check", "public"]
    );
}

#[tokio::test]
async fn a_command_that_fails_says_so_as_slack_does() {
    let desk = Desk::with(|settings| settings.deadline = Duration::from_millis(200)).await;
    let blocks = json!({"blocks": [{"type": "header"}]});
    desk.bot_answers([
        Answers::Never,
        Answers::With(500, "text/plain", "oops".into()),
        Answers::With(200, JSON, "{".into()),
        Answers::With(200, JSON, blocks),
    ]);
    for expected in [
        "/gtm failed with the error \"operation_timeout\"",
        "/gtm failed with the error \"dispatch_failed\"",
        "/gtm failed with the error \"invalid_command_response\"",
        "/gtm failed with the error \"invalid_blocks\"\n\
         [ERROR] missing required field: text [json-pointer:/blocks/0]",
    ] {
        let result = desk
            .play
            .send_command(ANA, GTM_PLAN, "check")
            .await
            .unwrap();
        assert_eq!(result.shown.unwrap().text, expected);
    }
    assert_eq!(desk.play.ephemerals(GTM_PLAN, ANA).len(), 4);
}

#[tokio::test]
async fn a_bot_that_is_down_is_a_failed_dispatch() {
    let desk = Desk::with(|settings| "http://127.0.0.1:9".clone_into(&mut settings.bot_url)).await;
    let result = desk
        .play
        .send_command(ANA, GTM_PLAN, "check")
        .await
        .unwrap();
    assert_eq!(result.delivery.outcome, Outcome::Unreachable);
    assert_eq!(
        result.shown.unwrap().text,
        "/gtm failed with the error \"dispatch_failed\""
    );
}

#[tokio::test]
async fn a_response_url_takes_five_posts() {
    let desk = Desk::new().await;
    desk.play.send_command(ANA, RANDOM, "check").await.unwrap();
    let url = desk.last().field("response_url");
    for n in 1..=5 {
        assert_eq!(
            desk.respond(&url, json!({"text": n.to_string()})).await.0,
            200
        );
    }
    assert_eq!(
        desk.respond(&url, json!({"text": "6"})).await,
        (404, "used_url".into())
    );
    let seen = desk.play.ephemerals(RANDOM, ANA);
    assert_eq!(
        texts(&seen),
        ["1", "2", "3", "4", "5"],
        "also where the bot is no member"
    );
}

#[tokio::test]
async fn a_response_url_lives_thirty_minutes() {
    let desk = Desk::new().await;
    desk.play
        .send_command(ANA, GTM_PLAN, "check")
        .await
        .unwrap();
    let url = desk.last().field("response_url");
    desk.wait(30 * 60);
    assert_eq!(desk.respond(&url, json!({"text": "in time"})).await.0, 200);
    desk.wait(1);
    assert_eq!(
        desk.respond(&url, json!({"text": "late"})).await,
        (404, "expired_url".into())
    );
    let unknown = format!("{}/response/none", desk.url);
    assert_eq!(
        desk.respond(&unknown, json!({"text": "x"})).await,
        (404, "expired_url".into())
    );
}

#[tokio::test]
async fn a_response_url_replaces_and_deletes_the_commands_private_answer() {
    let desk = Desk::new().await;
    desk.bot_answers([Answers::With(200, "text/plain", "checking…".into())]);
    desk.play
        .send_command(ANA, GTM_PLAN, "check")
        .await
        .unwrap();
    let url = desk.last().field("response_url");
    let done = json!({"replace_original": true, "response_type": "in_channel", "text": "done"});
    desk.respond(&url, done).await;
    assert_eq!(texts(&desk.play.ephemerals(GTM_PLAN, ANA)), ["done"]);
    assert!(
        desk.play.messages(GTM_PLAN).is_empty(),
        "a private message can't become public"
    );
    desk.respond(&url, json!({"delete_original": true})).await;
    assert!(desk.play.ephemerals(GTM_PLAN, ANA).is_empty());
    assert_eq!(desk.respond(&url, json!({})).await, (400, "no_text".into()));
}

#[tokio::test]
async fn a_click_arrives_with_its_message_and_may_replace_it() {
    let desk = Desk::new().await;
    let root = desk
        .play
        .send_message(ANA, GTM_PLAN, None, "?")
        .await
        .unwrap()
        .message
        .ts;
    let post = json!({"channel": GTM_PLAN, "thread_ts": root, "text": "set", "blocks": buttons()});
    let ts = desk.json("chat.postMessage", post).await["ts"]
        .as_str()
        .unwrap()
        .to_owned();
    desk.play
        .click(BEN, GTM_PLAN, &ts, Button::Labelled("Undo"))
        .await
        .unwrap();
    let payload = desk.last().payload();
    assert_eq!(desk.last().path, "/slack/interactions");
    assert_eq!(payload["type"], "block_actions");
    assert_eq!(payload["user"]["id"], BEN);
    assert_eq!(payload["message"]["ts"], ts);
    assert_eq!(payload["container"]["thread_ts"], root);
    let action = &payload["actions"][0];
    assert_eq!(
        (&action["action_id"], &action["block_id"]),
        (&json!("undo"), &json!("b"))
    );
    assert_eq!(action["value"], "v1");

    let url = payload["response_url"].as_str().unwrap();
    desk.respond(url, json!({"replace_original": true, "text": "undone"}))
        .await;
    let message = desk.play.messages(GTM_PLAN).pop().unwrap();
    assert_eq!((message.text.as_str(), message.blocks.len()), ("undone", 0));
    let public = json!({"response_type": "in_channel", "thread_ts": root, "text": "more"});
    desk.respond(url, public).await;
    assert_eq!(
        desk.play.messages(GTM_PLAN).pop().unwrap().thread_ts,
        Some(root)
    );
}

#[tokio::test]
async fn a_click_on_a_private_message_carries_no_message() {
    let desk = Desk::new().await;
    desk.bot_answers([Answers::With(
        200,
        JSON,
        json!({"text": "set", "blocks": buttons()}),
    )]);
    let shown = desk
        .play
        .send_command(ANA, GTM_PLAN, "set")
        .await
        .unwrap()
        .shown
        .unwrap();
    let ids = Button::Ids {
        block: "b",
        action: "undo",
    };
    assert!(
        desk.play
            .click(ANA, GTM_PLAN, &shown.ts, ids)
            .await
            .unwrap()
            .is_taken()
    );
    let payload = desk.last().payload();
    assert_eq!(payload["container"]["is_ephemeral"], true);
    assert_eq!(payload.get("message"), None);
    let by_ben = desk.play.click(BEN, GTM_PLAN, &shown.ts, ids).await;
    assert_eq!(
        by_ben.unwrap_err().code,
        "message_not_found",
        "others don't see it"
    );
}

#[tokio::test]
async fn nobody_speaks_where_they_are_not() {
    let desk = Desk::new().await;
    let refusal = |result: Result<CommandResult, Refusal>| result.unwrap_err().code;
    assert_eq!(
        refusal(desk.play.send_command(DEV, BOARD, "").await),
        "channel_not_found"
    );
    assert_eq!(
        refusal(desk.play.send_command(DEV, RANDOM, "").await),
        "channel_not_found"
    );
    assert_eq!(
        refusal(desk.play.send_command("U01GTMBOT", GTM_PLAN, "").await),
        "user_not_found"
    );
    assert!(desk.received().is_empty());
}
