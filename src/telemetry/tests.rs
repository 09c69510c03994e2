//! What reaches the log and what cannot.

use std::io::Write;
use std::sync::{Arc, Mutex};

use axum::body::Body;
use axum::http::{Request, StatusCode};
use http_body_util::BodyExt;
use tower::ServiceExt;

use super::*;
use crate::metrics::{Endpoint, Metrics, RequestOutcome};

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// What the log holds after `work`.
fn logged(log_filter: &str, format: Format, work: impl FnOnce()) -> String {
    let lines = Lines::default();
    let writer = lines.clone();
    let subscriber = subscriber(log_filter, format, move || writer.clone()).expect("a good filter");
    tracing::subscriber::with_default(subscriber, work);
    let bytes = lines.0.lock().unwrap().clone();
    String::from_utf8(bytes).expect("text")
}

#[test]
fn a_line_is_one_json_object_with_its_fields() {
    let text = logged("info", Format::Json, || {
        tracing::info!(event = "turn_committed", version = 7);
    });
    let line: serde_json::Value = serde_json::from_str(&text).expect("one object");
    assert_eq!(line["event"], "turn_committed");
    assert_eq!(line["version"], 7);
    assert_eq!(line["level"], "INFO");
    assert_eq!(line["target"], "gtm_advisor::telemetry::tests");
}

#[test]
fn the_filter_decides_what_we_say() {
    let say = || tracing::debug!(event = "small");
    assert_eq!(logged("info", Format::Json, say), "");
    assert!(logged("info,gtm_advisor=debug", Format::Human, say).contains("small"));
    assert!(subscriber("gtm_advisor=loud", Format::Json, std::io::sink).is_err());
}

#[test]
fn a_library_is_not_heard_below_info() {
    let say = || {
        tracing::trace!(target: "hyper::proto", "a body");
        tracing::debug!(target: "gtm_advisory", "a body");
        tracing::info!(target: "hyper::proto", "connected");
    };
    let text = logged("trace", Format::Json, say);
    assert!(
        !text.contains("a body") && text.contains("connected"),
        "{text}"
    );
}

#[test]
fn what_holds_a_secret_prints_as_nothing() {
    use crate::advisor::ReplyTo;
    use secrecy::SecretString;
    let reply_to = ReplyTo {
        response_url: "https://hooks.test/hush".to_owned(),
    };
    let token = SecretString::from("hush");
    let text = logged("trace", Format::Json, || tracing::error!(?reply_to, ?token));
    assert!(
        text.contains("ReplyTo(..)") && !text.contains("hush"),
        "{text}"
    );
}

#[test]
fn a_panic_is_logged_without_what_it_carries() {
    let report = || {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(log_panic));
        let formatted = std::panic::catch_unwind(|| panic!("read {}", String::from("hush")));
        let written = std::panic::catch_unwind(|| panic!("a lease without a plan"));
        std::panic::set_hook(before);
        assert!(formatted.is_err() && written.is_err());
    };
    let text = logged("info", Format::Json, report);
    assert!(
        text.contains("telemetry/tests.rs") && text.contains("a lease without a plan"),
        "{text}"
    );
    assert!(!text.contains("hush"), "{text}");
}

#[tokio::test]
async fn the_admin_port_shows_metrics_and_nothing_else() {
    let metrics = Arc::new(Metrics::new());
    metrics.request(
        Endpoint::Events,
        RequestOutcome::Accepted,
        std::time::Duration::ZERO,
    );
    let ask = async |path: &str| {
        let request = Request::get(path).body(Body::empty()).unwrap();
        router(metrics.clone()).oneshot(request).await.unwrap()
    };
    let shown = ask("/metrics").await;
    assert_eq!(shown.status(), StatusCode::OK);
    assert!(
        shown.headers()["content-type"]
            .to_str()
            .unwrap()
            .starts_with("application/openmetrics-text")
    );
    let text = String::from_utf8(
        shown
            .into_body()
            .collect()
            .await
            .unwrap()
            .to_bytes()
            .to_vec(),
    )
    .unwrap();
    assert!(
        text.contains(r#"gtm_requests_total{endpoint="events",outcome="accepted"} 1"#),
        "{text}"
    );
    assert_eq!(ask("/slack/commands").await.status(), StatusCode::NOT_FOUND);
}
