//! The wire against a real socket: each way of failing has its name, and none is waited for.

use std::sync::Arc;
use std::time::Duration;

use gtm_advisor::advisor::{Model, ModelFailure};
use gtm_advisor::grounding::Rendered;
use gtm_advisor::ident::Installation;
use gtm_advisor::llm::{Around, LanguageModel, Settings, Wire};
use gtm_advisor::metrics::Metrics;
use serde_json::{Value, json};

use crate::harness::{Act, ModelServer, MovableClock, outside};

/// Long enough for any answer on a busy machine.
const PATIENT: Duration = Duration::from_secs(10);

/// For servers that shall not answer: nothing is gained by waiting.
const IMPATIENT: Duration = Duration::from_millis(300);

fn asked() -> Rendered {
    Rendered {
        prompt: "answer",
        version: 1,
        system: "rules".to_owned(),
        user: "material".to_owned(),
        schema: json!({ "type": "object" }),
        longest_answer: 300,
    }
}

fn model(settings: Settings, clock: Arc<MovableClock>) -> LanguageModel {
    let around = Around {
        clock,
        metrics: Arc::new(Metrics::new()),
        ledger: None,
        jitter: || 0.0,
    };
    LanguageModel::new(settings, around).expect("the settings fit")
}

fn clock() -> Arc<MovableClock> {
    Arc::new(MovableClock::new("2026-03-02T09:00:00Z"))
}

async fn ask(model: &LanguageModel) -> Result<Value, ModelFailure> {
    model.complete(&Installation::new("T1"), &asked()).await
}

/// The outcome, and how many requests that took.
async fn outcome(
    acts: impl IntoIterator<Item = Act>,
    within: Duration,
) -> (Result<Value, ModelFailure>, usize) {
    let server = ModelServer::acting(acts);
    let outcome = ask(&model(server.settings(within), clock())).await;
    (outcome, server.heard().len())
}

async fn check(act: Act, within: Duration, expected: ModelFailure, requests: usize) {
    let named = format!("{act:?}");
    let (outcome, heard) = outcome([act], within).await;
    assert_eq!((outcome, heard), (Err(expected), requests), "{named}");
}

#[test]
fn an_answer_arrives_with_its_request_as_the_wire_has_it() {
    outside(async || {
        let server = ModelServer::acting([Act::Say("{\"a\":1}".to_owned())]);
        let outcome = ask(&model(server.settings(PATIENT), clock())).await;
        assert_eq!(outcome, Ok(json!({ "a": 1 })));
        let [heard] = &server.heard()[..] else {
            panic!("one request")
        };
        assert!(
            heard.head.starts_with("post /v1/chat/completions "),
            "{}",
            heard.head
        );
        assert!(
            heard
                .head
                .contains("\r\nauthorization: bearer hush-key\r\n")
        );
        assert_eq!(heard.body["model"], json!("test-model"));
        assert_eq!(heard.body["response_format"]["type"], json!("json_schema"));
        assert!(heard.body.get("tools").is_none());
    });
}

#[test]
fn the_other_wire_has_its_own_words() {
    outside(async || {
        let answer = json!({
            "content": [{ "type": "tool_use", "name": "answer", "input": { "a": 1 } }],
            "stop_reason": "tool_use",
            "usage": { "input_tokens": 9, "output_tokens": 3 },
        });
        let server = ModelServer::acting([Act::json(&answer)]);
        let settings = Settings {
            wire: Wire::Anthropic,
            ..server.settings(PATIENT)
        };
        assert_eq!(ask(&model(settings, clock())).await, Ok(json!({ "a": 1 })));
        let heard = &server.heard()[0];
        assert!(heard.head.starts_with("post /v1/messages "));
        assert!(heard.head.contains("\r\nx-api-key: hush-key\r\n"));
        assert!(heard.head.contains("\r\nanthropic-version: 2023-06-01\r\n"));
        assert!(!heard.head.contains("authorization"));
        assert_eq!(heard.body["tool_choice"]["name"], json!("answer"));
    });
}

#[test]
fn a_server_that_hangs_drips_or_floods_is_left() {
    outside(async || {
        check(Act::Hang, IMPATIENT, ModelFailure::TooSlow, 1).await;
        check(Act::Drip, IMPATIENT, ModelFailure::TooSlow, 1).await;
        check(Act::Flood, PATIENT, ModelFailure::Flood, 1).await;
        check(Act::Endless, PATIENT, ModelFailure::Flood, 1).await;
        check(Act::Close, PATIENT, ModelFailure::NoConnection, 2).await;
    });
}

#[test]
fn a_server_that_speaks_otherwise_is_named() {
    outside(async || {
        let page = "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 2\r\n\r\n{}";
        check(
            Act::Raw(page.to_owned()),
            PATIENT,
            ModelFailure::WrongType,
            1,
        )
        .await;
        check(
            Act::status("200 OK", "", "{\"choices\":"),
            PATIENT,
            ModelFailure::NotTheWire,
            1,
        )
        .await;
        check(
            Act::json(&json!({ "ok": true })),
            PATIENT,
            ModelFailure::NotTheWire,
            1,
        )
        .await;
        let bomb = "[".repeat(200_000);
        check(
            Act::status("200 OK", "", &bomb),
            PATIENT,
            ModelFailure::NotTheWire,
            1,
        )
        .await;
        check(
            Act::Say("I am a poem.".to_owned()),
            PATIENT,
            ModelFailure::NotJson,
            1,
        )
        .await;
        check(
            Act::Say("{\"a\":".repeat(30_000)),
            PATIENT,
            ModelFailure::NotJson,
            1,
        )
        .await;
        check(
            Act::ended("{\"a\":", "length"),
            PATIENT,
            ModelFailure::Truncated,
            1,
        )
        .await;
        check(
            Act::ended("", "content_filter"),
            PATIENT,
            ModelFailure::Refused,
            1,
        )
        .await;
        let refusal = json!({ "choices": [{ "message": { "content": null, "refusal": "No." } }] });
        check(Act::json(&refusal), PATIENT, ModelFailure::Refused, 1).await;
    });
}

#[test]
fn a_redirect_is_not_followed_and_takes_no_key_along() {
    outside(async || {
        let other = ModelServer::acting([Act::Say("{}".to_owned())]);
        let location = format!("location: {}/chat/completions\r\n", other.base());
        for status in [
            "301 Moved",
            "302 Found",
            "307 Temporary Redirect",
            "308 Permanent Redirect",
        ] {
            check(
                Act::status(status, &location, ""),
                PATIENT,
                ModelFailure::Redirected,
                1,
            )
            .await;
        }
        assert_eq!(other.heard().len(), 0);
    });
}

#[test]
fn what_passes_is_tried_once_more_and_what_does_not_is_not() {
    outside(async || {
        check(
            Act::status("401 Unauthorized", "", "{}"),
            PATIENT,
            ModelFailure::Rejected,
            1,
        )
        .await;
        check(
            Act::status("404 Not Found", "", "{}"),
            PATIENT,
            ModelFailure::Rejected,
            1,
        )
        .await;
        check(
            Act::status("500 Oops", "", "{}"),
            PATIENT,
            ModelFailure::Down,
            2,
        )
        .await;
        check(
            Act::status("529 Overloaded", "", "{}"),
            PATIENT,
            ModelFailure::Down,
            2,
        )
        .await;
        let soon = "retry-after: 0\r\n";
        check(
            Act::status("429 Slow down", soon, "{}"),
            PATIENT,
            ModelFailure::Limited,
            2,
        )
        .await;
        // A wish that is longer than the answer has time for ends it at once.
        let late = "retry-after: 3600\r\n";
        check(
            Act::status("429 Slow down", late, "{}"),
            PATIENT,
            ModelFailure::Limited,
            1,
        )
        .await;
        let good = || Act::Say("{}".to_owned());
        for passing in [Act::status("503 Busy", soon, "{}"), Act::Close] {
            let (outcome, requests) = outcome([passing, good()], PATIENT).await;
            assert_eq!((outcome, requests), (Ok(json!({})), 2));
        }
    });
}

#[test]
fn a_server_that_knows_fewer_shapes_is_asked_in_words_that_it_knows() {
    outside(async || {
        let old = r#"{"error":{"message":"[{'loc': ('body', 'response_format', 'type'), 'msg': \"Input should be 'text' or 'json_object'\"}]"}}"#;
        let picky =
            r#"{"error":{"message":"Unsupported value: 'temperature' does not support 0"}}"#;
        let server = ModelServer::acting([
            Act::status("500 Oops", "", old),
            Act::status("400 Bad Request", "", picky),
            Act::Say("{}".to_owned()),
        ]);
        let model = model(server.settings(PATIENT), clock());
        assert_eq!(ask(&model).await, Ok(json!({})));
        assert_eq!(ask(&model).await, Ok(json!({})));
        let heard = server.heard();
        assert_eq!(heard.len(), 4, "what it does not know is offered once");
        let last = &heard[3].body;
        assert_eq!(last["response_format"]["type"], json!("json_object"));
        assert!(last.get("temperature").is_none());
    });
}

#[test]
fn a_server_that_fails_again_and_again_is_left_alone_for_a_while() {
    outside(async || {
        let server = ModelServer::acting([Act::status("401 Unauthorized", "", "{}")]);
        let clock = clock();
        let model = model(server.settings(PATIENT), clock.clone());
        for _ in 0..5 {
            assert_eq!(ask(&model).await, Err(ModelFailure::Rejected));
        }
        for _ in 0..3 {
            assert_eq!(ask(&model).await, Err(ModelFailure::Resting));
        }
        assert_eq!(server.heard().len(), 5);
        clock.move_by(30);
        server.act(Act::Say("{}".to_owned()));
        assert_eq!(ask(&model).await, Ok(json!({})));
        assert_eq!(ask(&model).await, Ok(json!({})));
    });
}

#[test]
fn who_drops_a_call_cancels_it() {
    outside(async || {
        let server = ModelServer::acting([Act::Hang]);
        let model = Arc::new(model(server.settings(PATIENT), clock()));
        let asking = tokio::spawn({
            let model = model.clone();
            async move { ask(&model).await }
        });
        while server.heard().is_empty() {
            tokio::task::yield_now().await;
        }
        asking.abort();
        server.hung_up().await;
    });
}

#[test]
fn more_calls_than_places_are_refused_at_once() {
    outside(async || {
        let server = ModelServer::acting([Act::Hang]);
        let model = Arc::new(model(server.settings(PATIENT), clock()));
        for _ in 0..4 {
            let model = model.clone();
            tokio::spawn(async move { ask(&model).await });
        }
        while server.heard().len() < 4 {
            tokio::task::yield_now().await;
        }
        assert_eq!(ask(&model).await, Err(ModelFailure::Busy));
    });
}
