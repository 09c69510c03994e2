//! A team that asks, with a model that words answers, and with one that hangs, lies, floods or
//! refuses: then they read what they would have read without one.

use std::time::Duration;

use serde_json::{Value, json};

use crate::harness::{ANA, Act, BEN, GTM_PLAN, ModelServer, Setup, TestBot, said, story_with};

const QUESTION: &str = "ask is $49 a month enough for outside sales?";

const MARK: &str = "worded by a language model";

/// Has the bot ask `server`, with that much patience.
pub(super) fn with(server: &ModelServer, within: Duration) -> Setup {
    Setup {
        model: Some(server.settings(within)),
        ..Setup::default()
    }
}

pub(super) async fn switch_on(bot: &TestBot) {
    let shown = said(&bot.command(ANA, GTM_PLAN, "settings model on").await);
    assert!(
        shown.contains("Switched on") && shown.contains("127.0.0.1"),
        "{shown}"
    );
}

/// An answer that copies the first sentence of the first piece of evidence, and cites it.
fn copy(request: &Value) -> String {
    let user = request["messages"][1]["content"]
        .as_str()
        .unwrap_or_default();
    let piece = user.split("<data evidence=E1 ").nth(1).unwrap_or_default();
    let words = piece.split_once('\n').map_or("", |(_, words)| words);
    let words = words.split_once("\n</data").map_or("", |(words, _)| words);
    let first = words
        .split_inclusive(". ")
        .next()
        .unwrap_or_default()
        .trim();
    json!({ "sentences": [{ "text": first, "cites": ["E1"] }] }).to_string()
}

/// An answer that is wrong in every way that a sentence can be.
fn lie(_: &Value) -> String {
    let lie = |text: &str, cites: &[&str]| json!({ "text": text, "cites": cites });
    json!({ "sentences": [
        lie("Yes, $49 is plenty, and 93% of teams agree.", &["E1"]),
        lie("Salesforce did the same with 12 reps.", &["E1", "E99"]),
        lie("<!channel> read <https://evil.example|this> and run /gtm unset price.", &["E1"]),
        lie("Trust me.", &[]),
    ]})
    .to_string()
}

/// What a command and a mention are answered.
pub(super) async fn answers(bot: &TestBot) -> [String; 2] {
    let command = said(&bot.command(ANA, GTM_PLAN, QUESTION).await);
    let message = bot
        .say(BEN, GTM_PLAN, None, &format!("@gtm {QUESTION}"))
        .await;
    // The turn, the model, and what goes out then.
    bot.work().await;
    bot.work().await;
    let thread = bot.thread(GTM_PLAN, &message.ts);
    let [answer] = thread.as_slice() else {
        panic!("one answer in the thread: {thread:#?}")
    };
    [command, said(answer)]
}

/// What a team reads without a model and with one that acts so, and how often that was asked.
fn story_of(act: Act, within: Duration, check: fn([String; 2], [String; 2])) {
    let named = format!("{act:?}");
    let server = ModelServer::bound([act]);
    story_with(with(&server, within), async |bot| {
        server.serve();
        let without = answers(bot).await;
        assert_eq!(server.heard().len(), 0, "nobody has switched it on");
        switch_on(bot).await;
        let with_model = answers(bot).await;
        assert!(server.heard().len() >= 2, "{named}: it was asked each time");
        check(with_model, without);
    });
}

#[test]
fn a_model_that_does_well_words_the_reasons_and_is_named() {
    let within = Duration::from_secs(10);
    story_of(Act::Think(copy), within, |with_model, without| {
        for (worded, plain) in with_model.iter().zip(&without) {
            assert!(
                worded.contains(MARK) && worded.contains("test-model"),
                "{worded}"
            );
            assert!(!plain.contains(MARK));
            let verdict = |text: &str| text.lines().next().unwrap_or_default().to_owned();
            assert_eq!(verdict(worded), verdict(plain));
            assert!(worded.contains("[Share here]") == plain.contains("[Share here]"));
        }
    });
}

#[test]
fn a_model_that_hangs_or_drips_changes_no_answer() {
    for act in [Act::Hang, Act::Drip] {
        let within = Duration::from_millis(300);
        story_of(act, within, |with_model, without| {
            assert_eq!(with_model, without);
        });
    }
}

#[test]
fn a_model_that_lies_floods_refuses_or_fails_changes_no_answer() {
    for act in [
        Act::Think(lie),
        Act::Flood,
        Act::Endless,
        Act::ended("I cannot help with that.", "content_filter"),
        Act::ended("{\"sentences\":[{\"text\":\"A", "length"),
        Act::Say("{\"sentences\": 7}".to_owned()),
        Act::status("429 Slow down", "retry-after: 9999\r\n", "{}"),
        Act::status("500 Oops", "retry-after: 0\r\n", "{}"),
        Act::status("302 Found", "location: http://127.0.0.1:1/\r\n", ""),
        Act::Close,
    ] {
        let within = Duration::from_secs(10);
        story_of(act, within, |with_model, without| {
            assert_eq!(with_model, without);
        });
    }
}

#[test]
fn the_answer_stands_before_the_model_is_asked_and_goes_out_by_itself() {
    let server = ModelServer::bound([Act::Hang]);
    let within = Duration::from_secs(2);
    story_with(with(&server, within), async |bot| {
        server.serve();
        switch_on(bot).await;
        let message = bot
            .say(BEN, GTM_PLAN, None, &format!("@gtm {QUESTION}"))
            .await;
        bot.work_what_is_due().await;
        let waiting = bot.health().await.outbox.rows + bot.thread(GTM_PLAN, &message.ts).len();
        assert_eq!(waiting, 1, "it is on disk, or out already");
        // Nobody else in the channel waits for the model.
        let other = bot.say(ANA, GTM_PLAN, None, "@gtm plan").await;
        bot.work_what_is_due().await;
        assert_eq!(bot.thread(GTM_PLAN, &other.ts).len(), 1);
        // Whatever has become of the model: after its time and a little more the answer is sent.
        bot.clock.move_by(2 + 5);
        bot.work_what_is_due().await;
        assert_eq!(bot.thread(GTM_PLAN, &message.ts).len(), 1);
        bot.work().await;
        bot.work().await;
        assert_eq!(
            bot.thread(GTM_PLAN, &message.ts).len(),
            1,
            "and never again"
        );
    });
}

#[test]
fn only_an_admin_switches_it_on_and_nobody_else_is_told() {
    let server = ModelServer::bound([Act::Think(copy)]);
    let within = Duration::from_secs(10);
    story_with(with(&server, within), async |bot| {
        server.serve();
        let refused = said(&bot.command(BEN, GTM_PLAN, "settings model on").await);
        assert!(refused.contains("only an admin"), "{refused}");
        let [command, mention] = answers(bot).await;
        assert!(!command.contains(MARK) && !mention.contains(MARK));
        switch_on(bot).await;
        bot.restart().await;
        let shown = said(&bot.command(BEN, GTM_PLAN, "settings").await);
        assert!(
            shown.contains("Switched on by") && shown.contains("test-model"),
            "{shown}"
        );
        let off = said(&bot.command(ANA, GTM_PLAN, "settings model off").await);
        assert!(off.contains("Switched off"), "{off}");
        let [command, mention] = answers(bot).await;
        assert!(!command.contains(MARK) && !mention.contains(MARK));
        assert_eq!(server.heard().len(), 0, "it was never asked");
        let seen = bot.slack.messages(GTM_PLAN);
        assert!(
            seen.iter().all(|it| !said(it).contains("witched o")),
            "{seen:#?}"
        );
    });
}

#[test]
fn what_is_sent_is_the_question_and_what_the_answer_leans_on() {
    let server = ModelServer::bound([Act::Think(copy)]);
    let within = Duration::from_secs(10);
    story_with(with(&server, within), async |bot| {
        server.serve();
        switch_on(bot).await;
        for words in [
            "set problem invoices get lost in mailboxes",
            "set sales motion field",
        ] {
            bot.command(ANA, GTM_PLAN, words).await;
        }
        bot.command(ANA, GTM_PLAN, QUESTION).await;
        let [heard] = &server.heard()[..] else {
            panic!("one request")
        };
        let body = heard.body.to_string();
        assert!(body.contains("is $49 a month enough for outside sales?"));
        for secret in ["mailboxes", "C0", ANA, BEN, "Ana", "xoxb", "hush-key"] {
            assert!(!body.contains(secret), "{secret}: {body}");
        }
    });
}
