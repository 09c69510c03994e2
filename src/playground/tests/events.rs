//! Events: who is told of what, how often, and in which envelope.

use super::*;
use crate::playground::seed::{ANA, GTM_PLAN, RANDOM};

fn kinds(desk: &Desk) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let kind = |r: &Received| {
        (
            text(&r.json()["event"]["type"]),
            text(&r.json()["event"]["channel_type"]),
        )
    };
    desk.received().iter().map(kind).collect()
}

#[tokio::test]
async fn a_mention_arrives_in_slacks_envelope() {
    let desk = Desk::new().await;
    let root = desk
        .play
        .send_message(ANA, GTM_PLAN, None, "a plan")
        .await
        .unwrap()
        .message
        .ts;
    assert!(desk.received().is_empty(), "nobody mentioned the bot");
    let sent = desk
        .play
        .send_message(ANA, GTM_PLAN, Some(&root), "@gtm check")
        .await
        .unwrap();
    let body = desk.last().json();
    assert_eq!(body["type"], "event_callback");
    assert_eq!(body["authorizations"][0]["user_id"], "U01GTMBOT");
    assert_eq!(body["event"]["type"], "app_mention");
    assert_eq!(body["event"]["text"], "<@U01GTMBOT> check");
    assert_eq!(body["event"]["thread_ts"], root);
    assert_eq!(body["event"]["ts"], sent.message.ts);
    assert_eq!(sent.deliveries.len(), 1);
}

#[tokio::test]
async fn which_events_come_depends_on_the_subscriptions() {
    let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    let desk = Desk::new().await;
    desk.play
        .send_message(ANA, "D01ANA", None, "hello")
        .await
        .unwrap();
    assert_eq!(kinds(&desk), [pair("message", "im")]);

    let desk =
        Desk::with(|settings| settings.subscriptions.push(Subscription::ChannelMessages)).await;
    desk.play
        .send_message(ANA, GTM_PLAN, None, "@gtm check")
        .await
        .unwrap();
    desk.play
        .send_message(ANA, GTM_PLAN, None, "among us")
        .await
        .unwrap();
    let message = pair("message", "channel");
    assert_eq!(
        kinds(&desk),
        [pair("app_mention", ""), message.clone(), message]
    );
}

#[tokio::test]
async fn a_mention_where_the_bot_is_not_is_explained_to_the_person() {
    let desk = Desk::new().await;
    desk.play
        .send_message(ANA, RANDOM, None, "@gtm check")
        .await
        .unwrap();
    assert!(desk.received().is_empty());
    let hint = desk.play.ephemerals(RANDOM, ANA).remove(0);
    assert!(hint.text.contains("/invite @gtm"), "{}", hint.text);
}

#[tokio::test]
async fn an_event_that_is_not_taken_comes_again_at_once_after_one_minute_and_after_five() {
    let desk = Desk::new().await;
    desk.bot_answers(std::iter::repeat_n(
        Answers::With(503, "text/plain", "".into()),
        5,
    ));
    let sent = desk
        .play
        .send_message(ANA, GTM_PLAN, None, "@gtm check")
        .await
        .unwrap();
    let attempts: Vec<_> = sent
        .deliveries
        .iter()
        .map(|d| (d.attempt, d.status()))
        .collect();
    assert_eq!(attempts, [(0, Some(503)), (1, Some(503))]);

    let number = |r: &Received| r.header("x-slack-retry-num").to_owned();
    let all = async || {
        desk.play.run_due_retries().await;
        desk.received().iter().map(number).collect::<Vec<_>>()
    };
    desk.wait(59);
    assert_eq!(all().await, ["", "1"]);
    desk.wait(1);
    assert_eq!(all().await, ["", "1", "2"]);
    desk.wait(300);
    assert_eq!(all().await, ["", "1", "2", "3"]);
    desk.wait(3_600);
    assert_eq!(
        all().await,
        ["", "1", "2", "3"],
        "three retries and no more"
    );
    let ids: std::collections::HashSet<_> = desk
        .received()
        .iter()
        .map(|r| r.json()["event_id"].to_string())
        .collect();
    assert_eq!(ids.len(), 1, "a retry is the same event");
    assert_eq!(desk.last().header("x-slack-retry-reason"), "http_error");
}

#[tokio::test]
async fn a_bot_that_asks_for_no_retry_gets_none() {
    let desk = Desk::new().await;
    desk.bot_answers([Answers::NoRetry]);
    let sent = desk
        .play
        .send_message(ANA, GTM_PLAN, None, "@gtm check")
        .await
        .unwrap();
    assert_eq!(sent.deliveries.len(), 1);
    desk.wait(3_600);
    assert!(desk.play.run_due_retries().await.is_empty());
}

#[tokio::test]
async fn a_raw_request_goes_as_it_is() {
    let desk = Desk::new().await;
    desk.bot_answers([Answers::With(401, "text/plain", "no".into())]);
    let delivery = desk
        .play
        .deliver("/slack/events", HeaderMap::new(), b"{}".to_vec())
        .await;
    assert_eq!((delivery.status(), delivery.body()), (Some(401), "no"));
    assert_eq!(desk.last().header("x-slack-signature"), "");
}

#[tokio::test]
async fn waiting_for_something_ends_when_it_is_so() {
    let desk = Desk::new().await;
    let found = desk.play.until(|play| play.messages(GTM_PLAN).pop());
    let (message, ts) = tokio::join!(found, desk.post(GTM_PLAN, "here"));
    assert_eq!(message.ts, ts);
}
