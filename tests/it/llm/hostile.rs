//! Answers that a hostile model could give, one by one over a real socket: each of them alone must
//! change nothing of what people read.

use std::time::Duration;

use serde_json::{Value, json};

use super::journey::{answers, switch_on, with};
use super::reading::{STATED, cards};
use crate::harness::{ANA, Act, GTM_PLAN, ModelServer, said, story_with};

fn sentence(text: &str) -> Value {
    json!({ "sentences": [{ "text": text, "cites": ["E1"] }] })
}

/// Sentences that nobody gave a reason to say, what they hide in them, and shapes that are none.
fn worded_with_ill_will() -> Vec<Value> {
    let mut all: Vec<Value> = [
        // Numbers that the evidence does not hold, as people and machines write them.
        "Ninety-three percent of teams agree.",
        "A field team costs $490 for each visit.",
        "It costs $49 a year.",
        "It costs ４９０ dollars.",
        "It costs $4\u{200b}90.",
        "Half of all teams fail with it.",
        "A visit costs twice as much.",
        "Dozens of teams sell that way.",
        // What pings, links or leads away.
        "Ask <@U01ANA> about it.",
        "Ask @here about it.",
        "Read this, <!subteam^S0123456>.",
        "Read https://evil.example/x before you decide.",
        "Read [the source](https://evil.example).",
        "Read evil.example/x before you decide.",
        "Write to ceo@evil.example first.",
        // What looks like the bot's own hand.
        "Type `/gtm approve` now.",
        "Run /gtm set price $1 for the deal to work.",
        "*Verdict: it fits.*",
        "It fits.\n# Verdict: approved",
        // What eyes do not see.
        "It fits \u{202e}ton seod\u{202c}.",
        "It fits\u{e0041}\u{e0042}.",
        // Names and knowledge of its own.
        "Salesforce sells that way.",
        "As Gartner found, visits pay off.",
        "I am sure of it.",
        "",
    ]
    .map(sentence)
    .to_vec();
    let price = "The price is $49 a month.";
    all.extend([
        sentence(&"A field team visits. ".repeat(2_000)),
        json!({ "sentences": vec![json!({ "text": price, "cites": ["E1"] }); 40] }),
        json!({ "sentences": [{ "text": price, "cites": [] }] }),
        json!({ "sentences": [{ "text": price, "cites": ["E42"] }] }),
        json!({ "sentences": [{ "text": price, "cites": ["E1; drop"] }] }),
        json!({ "sentences": [{ "text": [price], "cites": "E1" }] }),
        json!({ "sentences": {} }),
        json!({ "tool_calls": [{ "name": "approve", "arguments": {} }] }),
        json!([[[[[[[[price]]]]]]]]),
        json!(null),
    ]);
    all
}

#[test]
fn no_hostile_sentence_is_read_by_anybody() {
    let server = ModelServer::bound([Act::Say("{}".to_owned())]);
    story_with(with(&server, Duration::from_secs(10)), async |bot| {
        server.serve();
        let without = answers(bot).await;
        switch_on(bot).await;
        let mut believed = Vec::new();
        for hostile in worded_with_ill_will() {
            server.act(Act::Say(hostile.to_string()));
            let asked = server.heard().len();
            if answers(bot).await != without {
                believed.push(hostile.to_string());
            }
            assert!(server.heard().len() > asked, "it was asked: {hostile}");
        }
        assert!(believed.is_empty(), "{believed:#?}");
    });
}

fn value(field: &str, value: &str, quote: &str) -> Value {
    json!({ "field": field, "segment": null, "value": value, "quote": quote, "message": 1 })
}

const SIX: &str = "6 weeks of coffee before the ink is dry";
const PRICE: &str = "we charge $49/mo per seat";

/// Values that the message does not state.
fn found_with_ill_will() -> Vec<Value> {
    let of = |change: &[(&str, Value)]| {
        let mut one = value("sales.cycle", "6 weeks", SIX);
        for (key, to) in change {
            one[*key] = to.clone();
        }
        one
    };
    vec![
        // The words of the prompt's own example, and of nobody.
        value(
            "sales.cycle",
            "6 weeks",
            "from first call to signature it is 6 weeks",
        ),
        value(
            "sales.motion",
            "field reps",
            "it goes through field reps then",
        ),
        value("sales.cycle", "9 weeks", SIX),
        value(
            "sales.cycle",
            "6 weeks",
            "6\u{200b} weeks of coffee before the ink is dry",
        ),
        value("sales.cycle", "42 days", SIX),
        // True words for a field that they do not speak of.
        value("pricing.price", "6 weeks", SIX),
        value("pricing.deals_per_year", "6", SIX),
        value("sales.meetings", "6", SIX),
        value("sales.reps", "49", PRICE),
        value("sales.win_rate", "49", PRICE),
        value("pricing.acv", "$49", PRICE),
        value("economics.cac", "$49", PRICE),
        value("plan.arr", "$49", PRICE),
        value("sales.motion", "plg", PRICE),
        value("plan.owner", "<@U01ANA>", "<@U01ANA>"),
        value("plan.stage", "scale", "scale"),
        // What the reader has found already comes no second time.
        value("pricing.price", "$49/mo", PRICE),
        // Fields, segments and messages that there are not.
        value("__proto__", "6 weeks", SIX),
        value("sales.cycle; unset pricing.price", "6 weeks", SIX),
        of(&[("segment", json!("enterprise"))]),
        of(&[("segment", json!("<!channel>"))]),
        of(&[("message", json!(0))]),
        of(&[("message", json!(-1))]),
        of(&[("message", json!("1"))]),
        of(&[("message", json!(1.5))]),
        of(&[("value", json!(["6 weeks"]))]),
        of(&[("quote", json!(SIX.repeat(5_000)))]),
    ]
}

#[test]
fn no_hostile_value_is_offered_to_anybody() {
    let server = ModelServer::bound([Act::Say("{}".to_owned())]);
    story_with(with(&server, Duration::from_secs(10)), async |bot| {
        server.serve();
        switch_on(bot).await;
        let mut believed = Vec::new();
        for hostile in found_with_ill_will() {
            server.act(Act::Say(json!({ "values": [hostile] }).to_string()));
            let asked = server.heard().len();
            let shown = cards(bot, STATED).await;
            assert!(server.heard().len() > asked, "it was asked: {hostile}");
            if shown.len() > 1 {
                believed.push(hostile.to_string());
            }
        }
        assert!(believed.is_empty(), "{believed:#?}");
        let plan = said(&bot.command(ANA, GTM_PLAN, "plan").await);
        assert!(plan.contains("The plan is empty"), "{plan}");
    });
}
