//! The program itself, asked with `--model`.

use std::process::{Command, Output};
use std::time::Duration;

use serde_json::{Value, json};

use crate::harness::{Act, ModelServer, outside_for};

/// What a run may take on a busy machine.
const LIMIT: Duration = Duration::from_mins(2);

/// Runs the program against a server that acts so.
async fn run(server: &ModelServer, words: &[&str], timeout: &str) -> Output {
    let base = server.base();
    let settings = [
        ("GTM_LLM_PROVIDER", "openai"),
        ("GTM_LLM_MODEL", "test-model"),
        ("GTM_LLM_API_KEY", "hush-key"),
        ("GTM_LLM_BASE_URL", &base),
        ("GTM_LLM_TIMEOUT", timeout),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()));
    let words: Vec<String> = words.iter().map(|&word| word.to_owned()).collect();
    let running = tokio::task::spawn_blocking(move || {
        Command::new(env!("CARGO_BIN_EXE_gtm-advisor"))
            .args(words)
            .env_clear()
            .envs(settings)
            .output()
            .expect("the binary runs")
    });
    running.await.expect("it ends")
}

async fn json_of(server: &ModelServer, words: &[&str], timeout: &str) -> Value {
    let words = [words, &["--format", "json"]].concat();
    let output = run(server, &words, timeout).await;
    let shown = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        output.status.success() && !shown.contains("hush"),
        "{shown}"
    );
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {shown}"))
}

#[test]
fn an_answer_is_the_same_whatever_the_model_does() {
    outside_for(LIMIT, async || {
        let ask = ["ask", "is $49 a month enough for outside sales?"];
        let with_model = [&ask[..], &["--model"]].concat();
        let server = ModelServer::acting([Act::Hang]);
        let plain = json_of(&server, &ask, "1s").await;
        assert_eq!(server.heard().len(), 0, "without --model nothing is sent");
        let lie = json!({ "sentences": [{ "text": "Yes, 93% do it.", "cites": ["E1"] }] });
        for (act, timeout, outcome) in [
            (Act::Hang, "1s", "too_slow"),
            (Act::Say(lie.to_string()), "60s", "too_little"),
            (Act::Flood, "60s", "flood"),
            (Act::ended("", "content_filter"), "60s", "refused"),
        ] {
            server.act(act);
            let mut answer = json_of(&server, &with_model, timeout).await;
            let model = answer
                .as_object_mut()
                .and_then(|answer| answer.remove("model"));
            assert_eq!(model.expect("it says so")["outcome"], json!(outcome));
            assert_eq!(answer, plain, "{outcome}");
        }
    });
}

#[test]
fn what_a_model_finds_beside_the_reader_is_marked_and_checked() {
    outside_for(LIMIT, async || {
        let value = |field: &str, value: &str, quote: &str| json!({ "field": field, "segment": null, "value": value, "quote": quote, "message": 1 });
        let words = "we charge $49 a month; between coffee and champagne lie 45 days";
        let found = json!({ "values": [
            value("sales.cycle", "45 days", "between coffee and champagne lie 45 days"),
            value("pricing.price", "$99 a month", "we charge $99 a month"),
            value("sales.win_rate", "20%", "we charge $49 a month"),
        ]});
        let server = ModelServer::acting([Act::Say(found.to_string())]);
        let plain = json_of(&server, &["read", words], "60s").await;
        let read = json_of(&server, &["read", words, "--model"], "60s").await;
        let by_model = |read: &Value| -> Vec<Value> {
            let proposals = read["proposals"].as_array().into_iter().flatten();
            proposals
                .filter(|it| it["by"] == "model")
                .cloned()
                .collect()
        };
        assert_eq!(by_model(&plain), Vec::<Value>::new());
        let [one] = &by_model(&read)[..] else {
            panic!("{read:#}")
        };
        assert_eq!(
            (&one["field"], &one["display"]),
            (&json!("sales.cycle"), &json!("45 days"))
        );
        assert_eq!(
            read["model"]["dropped"],
            json!(["not_quoted", "not_in_quote"])
        );
        let kept = read["proposals"].as_array().map_or(0, Vec::len);
        assert_eq!(kept, plain["proposals"].as_array().map_or(0, Vec::len) + 1);
    });
}

#[test]
fn a_model_that_is_not_named_is_said_to_be_missing() {
    let output = Command::new(env!("CARGO_BIN_EXE_gtm-advisor"))
        .args(["ask", "when do we hire?", "--model"])
        .env_clear()
        .output()
        .expect("the binary runs");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(
        said.contains("Set GTM_LLM_PROVIDER and GTM_LLM_MODEL"),
        "{said}"
    );
}
