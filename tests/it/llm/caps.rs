//! What a workspace may use of the model, over restarts.

use std::sync::Arc;
use std::time::Duration;

use gtm_advisor::advisor::{Model, ModelCaps, ModelFailure, Store};
use gtm_advisor::grounding::Rendered;
use gtm_advisor::ident::Installation;
use gtm_advisor::llm::{Around, LanguageModel, Settings};
use gtm_advisor::metrics::Metrics;
use gtm_advisor::store::{RecordStore, SealingKeys};
use serde_json::json;

use crate::harness::{Act, ModelServer, MovableClock, outside};

fn asked() -> Rendered {
    Rendered {
        prompt: "answer",
        version: 1,
        system: String::new(),
        user: String::new(),
        schema: json!({}),
        longest_answer: 999,
    }
}

async fn open(folder: &std::path::Path) -> Arc<RecordStore> {
    let store = RecordStore::open(folder, SealingKeys::none()).await;
    Arc::new(store.expect("nobody else has the folder"))
}

fn model(
    server: &ModelServer,
    caps: ModelCaps,
    store: &Arc<RecordStore>,
    clock: &Arc<MovableClock>,
) -> LanguageModel {
    let settings = Settings {
        caps,
        ..server.settings(Duration::from_secs(10))
    };
    let around = Around {
        clock: clock.clone(),
        metrics: Arc::new(Metrics::new()),
        ledger: Some(store.clone()),
        jitter: || 0.0,
    };
    LanguageModel::new(settings, around).expect("the settings fit")
}

#[test]
fn a_months_tokens_and_a_minutes_calls_outlive_a_restart() {
    outside(async || {
        let folder = tempfile::tempdir().expect("a folder");
        let clock = Arc::new(MovableClock::new("2026-03-02T09:00:00Z"));
        let server = ModelServer::acting([Act::Say("{}".to_owned())]);
        // Each call is booked with 1,000 tokens and takes 450.
        let caps = ModelCaps {
            tokens_a_month: 2_000,
            calls_a_minute: 2,
        };
        let (one, other) = (Installation::new("T1"), Installation::new("T2"));
        let store = open(folder.path()).await;
        let before = model(&server, caps, &store, &clock);
        for _ in 0..2 {
            assert_eq!(before.complete(&one, &asked()).await, Ok(json!({})));
        }
        drop(before);
        store.close().await.expect("it closes");
        drop(store);

        let store = open(folder.path()).await;
        let after = model(&server, caps, &store, &clock);
        assert_eq!(
            after.complete(&one, &asked()).await,
            Err(ModelFailure::OverRate)
        );
        assert_eq!(
            after.complete(&other, &asked()).await,
            Ok(json!({})),
            "a workspace of its own"
        );
        clock.move_by(60);
        assert_eq!(after.complete(&one, &asked()).await, Ok(json!({})));
        let used = store
            .model_use(&one)
            .await
            .expect("it reads")
            .expect("it was used");
        assert_eq!((used.calls, used.tokens), (3, 3 * 450));
        let over = after.complete(&one, &asked()).await;
        assert_eq!(
            over,
            Err(ModelFailure::OverBudget),
            "another 1,000 would be too many"
        );
        assert_eq!(server.heard().len(), 4, "what is refused is not sent");
        clock.move_by(31 * 24 * 3_600);
        assert_eq!(
            after.complete(&one, &asked()).await,
            Ok(json!({})),
            "a new month"
        );
        store.close().await.expect("it closes");
    });
}

#[test]
fn a_call_that_never_said_what_it_took_counts_with_the_most() {
    outside(async || {
        let folder = tempfile::tempdir().expect("a folder");
        let clock = Arc::new(MovableClock::new("2026-03-02T09:00:00Z"));
        let server = ModelServer::acting([Act::ended("{}", "stop")]);
        let caps = ModelCaps {
            tokens_a_month: 10_000,
            calls_a_minute: 100,
        };
        let store = open(folder.path()).await;
        let model = model(&server, caps, &store, &clock);
        let one = Installation::new("T1");
        assert_eq!(model.complete(&one, &asked()).await, Ok(json!({})));
        server.act(Act::status("401 Unauthorized", "", "{}"));
        assert_eq!(
            model.complete(&one, &asked()).await,
            Err(ModelFailure::Rejected)
        );
        let used = store
            .model_use(&one)
            .await
            .expect("it reads")
            .expect("it was used");
        assert_eq!(used.tokens, 2_000);
        store.close().await.expect("it closes");
    });
}
