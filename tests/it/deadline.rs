//! A slow neighbour, a short patience, a client that hangs up: the turn goes on and is answered.

use std::time::Duration;

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use gtm_advisor::playground::{Gate, Subscription};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use crate::harness::{
    ANA, GTM_PLAN, Setup, TestBot, command_form, said, signed, story, story_with,
};

/// As in production: the bot gives its turn 1.5 seconds, Slack gives the bot 3.
fn as_served() -> Setup {
    Setup {
        answer_within: Duration::from_millis(1_500),
        patience: Duration::from_secs(3),
        subscriptions: vec![Subscription::AppMention],
        ..Setup::default()
    }
}

#[test]
fn past_the_deadline_it_says_checking_and_the_answer_follows_once() {
    story_with(as_served(), async |bot| {
        let gate = bot.slack.faults().hold("users.info");
        let slack = bot.slack.clone();
        let early = slack.send_command(ANA, GTM_PLAN, "set price $49/mo").await;
        let early = early.expect("Ana may speak there");
        assert!(early.delivery.is_taken(), "in time: {:?}", early.delivery);
        let shown = early.shown.as_ref().map(said);
        assert_eq!(shown.as_deref(), Some("Checking…"));
        assert!(
            slack.messages(GTM_PLAN).is_empty(),
            "nothing is decided yet"
        );

        gate.open();
        bot.work().await;
        let answers = slack.messages(GTM_PLAN);
        let [answer] = answers.as_slice() else {
            panic!("one answer: {answers:#?}");
        };
        assert!(said(answer).contains("$49"), "{}", said(answer));
        assert_eq!(bot.calls("response_url"), 1);
        bot.clock.move_by(60);
        assert_eq!(bot.work().await, 0, "and never again");
    });
}

/// Somebody types a command that opens a form, and Slack has not opened it when Slack must be answered.
async fn late(bot: &TestBot) -> (Gate, String) {
    let gate = bot.slack.faults().hold("views.open");
    let early = bot.slack.send_command(ANA, GTM_PLAN, "learn").await;
    let early = early.expect("Ana may speak there");
    assert!(early.delivery.is_taken(), "in time: {:?}", early.delivery);
    assert!(bot.slack.views(ANA).is_empty());
    let shown = early.shown.as_ref().map(said).unwrap_or_default();
    (gate, shown)
}

#[test]
fn a_form_that_opens_late_is_the_only_answer() {
    story_with(as_served(), async |bot| {
        let (gate, shown) = late(bot).await;
        assert!(shown.contains("It opens in a moment"), "{shown}");
        gate.open();
        bot.work().await;
        assert_eq!(bot.slack.views(ANA).len(), 1);
        bot.clock.move_by(60);
        bot.work().await;
        assert_eq!(
            bot.calls("response_url"),
            0,
            "and nothing is said beside it"
        );
    });
}

#[test]
fn a_form_that_is_refused_late_is_answered_once_in_its_place() {
    story_with(as_served(), async |bot| {
        bot.expect_a_bad_day();
        let (gate, _) = late(bot).await;
        bot.clock.move_by(4);
        gate.open();
        bot.work().await;
        bot.clock.move_by(60);
        bot.work().await;
        assert!(bot.slack.views(ANA).is_empty());
        let told = bot.slack.ephemerals(GTM_PLAN, ANA);
        let answers = told.iter().filter(|it| said(it).contains("Paste text"));
        assert_eq!(
            (bot.calls("response_url"), answers.count()),
            (1, 1),
            "{told:#?}"
        );
    });
}

#[test]
fn a_client_that_hangs_up_does_not_cancel_the_turn() {
    story(async |bot| {
        let gate = bot.slack.faults().hold("users.info");
        let form = command_form(ANA, "set price $49/mo", "1.2.abc");
        let request = signed(&bot.slack, "/slack/commands", form);
        let mut client = TcpStream::connect(bot.address())
            .await
            .expect("a connection");
        let head = head(&request.headers, request.body.len());
        client
            .write_all(head.as_bytes())
            .await
            .expect("it takes the head");
        client
            .write_all(&request.body)
            .await
            .expect("it takes the body");
        gate.arrived().await;
        drop(client);
        gate.open();
        bot.work().await;
        let history = said(&bot.command(ANA, GTM_PLAN, "history").await);
        assert!(history.contains("1 change so far"), "{history}");
        // The body could not be written, so the answer goes out the other way.
        let answers = bot.slack.messages(GTM_PLAN);
        assert_eq!(answers.len(), 1, "{answers:#?}");
        assert!(said(&answers[0]).contains("$49"));
    });
}

fn head(headers: &HeaderMap, length: usize) -> String {
    let line = |(name, value): (&HeaderName, &HeaderValue)| {
        let value = value.to_str().expect("text");
        [name.as_str(), ": ", value, "\r\n"].concat()
    };
    let lines: String = headers.iter().map(line).collect();
    format!("POST /slack/commands HTTP/1.1\r\nHost: a\r\nContent-Length: {length}\r\n{lines}\r\n")
}

#[test]
fn a_slow_turn_holds_up_nobody_elses() {
    story(async |bot| {
        let gate = bot.slack.faults().hold("users.info");
        let slow = bot.slack.send_command(ANA, GTM_PLAN, "set price $49/mo");
        let others = async {
            gate.arrived().await;
            let reading = bot.slack.send_command(ANA, GTM_PLAN, "help").await;
            gate.open();
            reading.expect("Ana may speak there")
        };
        let (slow, reading) = tokio::join!(slow, others);
        let shown = reading.shown.as_ref().map(said).unwrap_or_default();
        assert!(shown.contains("/gtm set price"), "{shown}");
        let slow = slow.expect("Ana may speak there").shown.expect("an answer");
        assert!(said(&slow).contains("$49"), "{}", said(&slow));
        bot.work().await;
    });
}

/// The name of whoever changed something stands in the answer; it is not waited for for long.
async fn history_within(bot: &TestBot) -> String {
    said(&bot.command(ANA, GTM_PLAN, "history").await)
}

#[test]
fn names_that_do_not_come_are_left_out() {
    story(async |bot| {
        bot.command(ANA, GTM_PLAN, "set price $49/mo").await;
        bot.restart().await;
        let gate = bot.slack.faults().hold("users.info");
        let nameless = history_within(bot).await;
        assert!(nameless.contains("someone"), "{nameless}");
        gate.open();
        let named = history_within(bot).await;
        assert!(named.contains("Ana Reyes"), "{named}");
    });
}
