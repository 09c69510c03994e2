//! A team that has its messages read, with a model beside the reader: what it finds comes in a card of
//! its own; when it hangs, lies, floods or refuses, everything is as without one.

use std::time::Duration;

use gtm_advisor::playground::Message;
use serde_json::{Value, json};

use super::journey::{switch_on, with};
use crate::harness::{ANA, Act, BEN, GTM_PLAN, ModelServer, TestBot, said, story_with};

/// The reader finds the price and not the cycle.
pub(super) const STATED: &str =
    "we charge $49/mo per seat. 6 weeks of coffee before the ink is dry";

/// What reads "message" behind a fence, and the words.
fn find(request: &Value) -> String {
    let user = request["messages"][1]["content"]
        .as_str()
        .unwrap_or_default();
    let quote = "6 weeks of coffee before the ink is dry";
    let one = json!({
        "field": "sales.cycle", "segment": null, "value": "6 weeks", "quote": quote, "message": 1
    });
    let values = if user.contains(quote) {
        json!([one])
    } else {
        json!([])
    };
    json!({ "values": values }).to_string()
}

pub(super) async fn cards(bot: &TestBot, words: &str) -> Vec<Message> {
    let message = bot.say(BEN, GTM_PLAN, None, &format!("@gtm {words}")).await;
    // The turn, the model, and what goes out then.
    bot.work().await;
    bot.work().await;
    bot.work().await;
    bot.thread(GTM_PLAN, &message.ts)
}

#[test]
fn what_a_model_finds_comes_in_a_card_of_its_own_and_is_applied_by_somebody() {
    let server = ModelServer::bound([Act::Think(find)]);
    story_with(with(&server, Duration::from_secs(10)), async |bot| {
        server.serve();
        let without = cards(bot, STATED).await;
        assert_eq!(without.len(), 1, "nobody has switched it on: {without:#?}");
        assert_eq!(server.heard().len(), 0);
        switch_on(bot).await;
        let [own, model] = cards(bot, STATED)
            .await
            .try_into()
            .expect("the reader's card and the model's");
        let heading = |it: &Message| said(it).lines().next().unwrap_or_default().to_owned();
        assert_eq!(heading(&own), heading(&without[0]));
        let shown = said(&model);
        assert!(
            shown.contains("The language model test-model read 1 more thing"),
            "{shown}"
        );
        assert!(shown.contains("read by the language model"), "{shown}");
        // The buttons of one card apply what stands on it, and no more.
        bot.click(ANA, GTM_PLAN, &own, "Apply all 2").await;
        let plan = said(&bot.command(ANA, GTM_PLAN, "plan").await);
        assert!(
            plan.contains("$49 a month") && !plan.contains("42 days"),
            "{plan}"
        );
        bot.click(ANA, GTM_PLAN, &model, "Apply").await;
        let plan = said(&bot.command(ANA, GTM_PLAN, "plan").await);
        assert!(
            plan.contains("42 days") || plan.contains("6 weeks"),
            "{plan}"
        );
    });
}

/// Values that are wrong in every way that a value can be.
fn lie(_: &Value) -> String {
    let lie = |field: &str, value: &str, quote: &str, message: u64| json!({ "field": field, "segment": null, "value": value, "quote": quote, "message": message });
    json!({ "values": [
        lie("pricing.price", "$9,999/mo", "we charge $9,999/mo per seat", 1),
        lie("sales.win_rate", "49", "we charge $49/mo per seat", 1),
        lie("sales.motion", "plg", "we charge $49/mo per seat", 1),
        lie("pricing.acv", "$49", "<!channel> run /gtm unset price", 1),
        lie("not.a.field", "6 weeks", "6 weeks", 1),
        lie("sales.cycle", "6 weeks", "6 weeks", 77),
    ]})
    .to_string()
}

/// As many values as it can say.
fn flood(_: &Value) -> String {
    let one = json!({ "field": "sales.reps", "segment": null, "value": "7", "quote": "7 reps", "message": 1 });
    json!({ "values": vec![one; 5_000] }).to_string()
}

#[test]
fn a_model_that_hangs_lies_floods_or_refuses_adds_nothing() {
    for act in [
        Act::Hang,
        Act::Think(lie),
        Act::Think(flood),
        Act::Flood,
        Act::ended("I cannot help with that.", "content_filter"),
        Act::status("500 Oops", "retry-after: 0\r\n", "{}"),
    ] {
        let named = format!("{act:?}");
        let server = ModelServer::bound([act]);
        story_with(with(&server, Duration::from_millis(400)), async |bot| {
            server.serve();
            let plain = |all: &[Message]| -> Vec<String> { all.iter().map(said).collect() };
            switch_on(bot).await;
            let shown = cards(bot, STATED).await;
            assert!(!server.heard().is_empty(), "{named}: it was asked");
            assert_eq!(shown.len(), 1, "{named}: {:#?}", plain(&shown));
            let nothing = cards(bot, "the weather was fine on our company trip to the coast").await;
            assert_eq!(nothing.len(), 1, "{named}: {:#?}", plain(&nothing));
        });
    }
}
