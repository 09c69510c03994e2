//! What is counted, as types: a label is one of a closed list or a word that is written into the
//! program, so that no id and no text of a person can become one.
//!
//! Counting is no I/O, which is why every layer may do it; `telemetry` serves the numbers.

use std::sync::atomic::AtomicU64;
use std::time::Duration;

use prometheus_client::encoding::text::encode;
use prometheus_client::encoding::{EncodeLabelSet, EncodeLabelValue, LabelValueEncoder};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::Registry;

pub use meaning::{MeaningMetrics, MeaningOutcome};
pub use model::ModelMetrics;

macro_rules! label {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)+
        }

        impl $name {
            /// The label's value.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)+
                }
            }
        }

        impl EncodeLabelValue for $name {
            fn encode(&self, encoder: &mut LabelValueEncoder<'_>) -> Result<(), std::fmt::Error> {
                EncodeLabelValue::encode(&self.as_str(), encoder)
            }
        }
    };
}

mod meaning;
mod model;

label! {
    /// Which door a request came to.
    Endpoint {
        /// Events.
        Events = "events",
        /// Slash commands.
        Commands = "commands",
        /// Buttons, modals and shortcuts.
        Interactions = "interactions",
        /// Any other path.
        Other = "other",
    }
}

label! {
    /// How a request ended.
    RequestOutcome {
        /// Answered within the request.
        Answered = "answered",
        /// Stored; the answer follows.
        Accepted = "accepted",
        /// A repeat, with no second effect.
        Repeated = "repeated",
        /// Verified, but of no concern to us.
        Ignored = "ignored",
        /// Not verified, or not readable.
        Refused = "refused",
        /// Could not be stored or was shed: the sender tries again.
        Unavailable = "unavailable",
    }
}

label! {
    /// A queue on disk.
    Queue {
        /// What was received and waits for its turn.
        Inbox = "inbox",
        /// What waits to be delivered.
        Outbox = "outbox",
    }
}

label! {
    /// How a turn ended.
    TurnOutcome {
        /// Committed.
        Committed = "committed",
        /// A repeat of one that was committed.
        Repeated = "repeated",
        /// Failed; it is tried again.
        Failed = "failed",
        /// Failed for good; whoever asked was told so.
        GivenUp = "given_up",
    }
}

label! {
    /// How one call to deliver an effect ended.
    DeliveryClass {
        /// It has happened.
        Sent = "sent",
        /// It has surely not happened; tried again.
        Later = "later",
        /// Nobody can say.
        Unclear = "unclear",
        /// It will never happen.
        Never = "never",
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RequestLabels {
    endpoint: Endpoint,
    outcome: RequestOutcome,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ReasonLabel {
    reason: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct QueueLabel {
    queue: Queue,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct TurnLabel {
    outcome: TurnOutcome,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ClassLabel {
    class: DeliveryClass,
}

/// Upper bounds in seconds. A request has 3 s at the sender's, a command 1.5 s of ours.
const SECONDS: [f64; 11] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 1.5, 2.5, 3.0];

/// Upper bounds of lateness in seconds: a late one says so from 15 minutes on, an hour is what many at
/// once may take, and after 12 hours none is sent.
const LATE: [f64; 9] = [
    5.0, 15.0, 60.0, 300.0, 900.0, 1_800.0, 3_600.0, 14_400.0, 43_200.0,
];

/// All numbers of one process.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    requests: Family<RequestLabels, Counter>,
    request_seconds: Histogram,
    verify_failures: Family<ReasonLabel, Counter>,
    ignored: Family<ReasonLabel, Counter>,
    queue_depth: Family<QueueLabel, Gauge>,
    queue_oldest_seconds: Family<QueueLabel, Gauge<f64, AtomicU64>>,
    turns: Family<TurnLabel, Counter>,
    turn_seconds: Histogram,
    deliveries: Family<ClassLabel, Counter>,
    digest_late_seconds: Histogram,
    dead_letters: Family<QueueLabel, Counter>,
    dead_letter_rows: Gauge,
    store_bytes: Gauge,
    store_overlong_values: Gauge,
    /// Of the language model.
    pub model: ModelMetrics,
    /// Of the lookup by meaning.
    pub meaning: MeaningMetrics,
}

impl Default for Metrics {
    fn default() -> Self {
        Self::new()
    }
}

impl Metrics {
    /// All numbers at zero.
    pub fn new() -> Self {
        let metrics = Self {
            registry: Registry::with_prefix("gtm"),
            requests: Family::default(),
            request_seconds: Histogram::new(SECONDS),
            verify_failures: Family::default(),
            ignored: Family::default(),
            queue_depth: Family::default(),
            queue_oldest_seconds: Family::default(),
            turns: Family::default(),
            turn_seconds: Histogram::new(SECONDS),
            deliveries: Family::default(),
            digest_late_seconds: Histogram::new(LATE),
            dead_letters: Family::default(),
            dead_letter_rows: Gauge::default(),
            store_bytes: Gauge::default(),
            store_overlong_values: Gauge::default(),
            model: ModelMetrics::default(),
            meaning: MeaningMetrics::default(),
        };
        metrics.registered()
    }

    /// A request to `endpoint` ended after `took`.
    pub fn request(&self, endpoint: Endpoint, outcome: RequestOutcome, took: Duration) {
        self.requests
            .get_or_create(&RequestLabels { endpoint, outcome })
            .inc();
        self.request_seconds.observe(took.as_secs_f64());
    }

    /// A request was not believed; `reason` is one of the verifier's own words.
    pub fn verify_failure(&self, reason: &'static str) {
        self.verify_failures
            .get_or_create(&ReasonLabel { reason })
            .inc();
    }

    /// A request was believed and concerns nobody here; `reason` is one of the decoder's own words.
    pub fn ignored(&self, reason: &'static str) {
        self.ignored.get_or_create(&ReasonLabel { reason }).inc();
    }

    /// A queue holds `depth` rows, the oldest of which has waited for `oldest`.
    pub fn queue(&self, queue: Queue, depth: usize, oldest: Duration) {
        let label = QueueLabel { queue };
        self.queue_depth
            .get_or_create(&label)
            .set(i64::try_from(depth).unwrap_or(i64::MAX));
        self.queue_oldest_seconds
            .get_or_create(&label)
            .set(oldest.as_secs_f64());
    }

    /// A turn ended after `took`.
    pub fn turn(&self, outcome: TurnOutcome, took: Duration) {
        self.turns.get_or_create(&TurnLabel { outcome }).inc();
        self.turn_seconds.observe(took.as_secs_f64());
    }

    /// One call to deliver an effect ended.
    pub fn delivery(&self, class: DeliveryClass) {
        self.deliveries.get_or_create(&ClassLabel { class }).inc();
    }

    /// A digest, roll-up or nudge was delivered so long after its period.
    pub fn digest_late(&self, late: Duration) {
        self.digest_late_seconds.observe(late.as_secs_f64());
    }

    /// A row was given up.
    pub fn dead_letter(&self, queue: Queue) {
        self.dead_letters.get_or_create(&QueueLabel { queue }).inc();
    }

    /// The store holds `bytes` on disk, `dead_letters` rows that were given up, and `overlong` values
    /// outside its engine's own file, which must stay none.
    pub fn store(&self, bytes: u64, dead_letters: usize, overlong: usize) {
        let rows = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        self.store_bytes
            .set(i64::try_from(bytes).unwrap_or(i64::MAX));
        self.dead_letter_rows.set(rows(dead_letters));
        self.store_overlong_values.set(rows(overlong));
    }

    /// The numbers in the `OpenMetrics` text format.
    pub fn encode(&self) -> String {
        let mut text = String::new();
        encode(&mut text, &self.registry).expect("writing to a String cannot fail");
        text
    }

    fn registered(mut self) -> Self {
        let version = Info::new([("version", env!("CARGO_PKG_VERSION"))]);
        self.registry
            .register("build", "The version that runs", version);
        self.register_requests();
        self.register_work();
        self.register_store();
        self.model.register(&mut self.registry);
        self.meaning.register(&mut self.registry);
        self
    }

    fn register_requests(&mut self) {
        let (r, requests) = (&mut self.registry, self.requests.clone());
        r.register("requests", "Requests by door and outcome", requests);
        let seconds = self.request_seconds.clone();
        r.register("request_seconds", "How long requests took", seconds);
        let failures = self.verify_failures.clone();
        r.register(
            "verify_failures",
            "Requests that were not believed, by reason",
            failures,
        );
        let ignored = self.ignored.clone();
        r.register(
            "ignored",
            "Requests that concern nobody here, by reason",
            ignored,
        );
    }

    fn register_work(&mut self) {
        let (r, turns) = (&mut self.registry, self.turns.clone());
        r.register("turns", "Turns by outcome", turns);
        r.register(
            "turn_seconds",
            "How long turns took",
            self.turn_seconds.clone(),
        );
        let deliveries = self.deliveries.clone();
        r.register(
            "deliveries",
            "Calls to deliver an effect, by how they ended",
            deliveries,
        );
        r.register(
            "digest_late_seconds",
            "How long after its period a digest, roll-up or nudge was delivered",
            self.digest_late_seconds.clone(),
        );
        let dead = self.dead_letters.clone();
        r.register("dead_letters", "Rows that were given up", dead);
    }

    fn register_store(&mut self) {
        let (r, depth) = (&mut self.registry, self.queue_depth.clone());
        r.register("queue_depth", "Rows that wait in a queue", depth);
        let oldest = self.queue_oldest_seconds.clone();
        r.register(
            "queue_oldest_seconds",
            "How long a queue's oldest row has waited",
            oldest,
        );
        let dead = self.dead_letter_rows.clone();
        r.register(
            "dead_letter_rows",
            "Rows that were given up and are still kept",
            dead,
        );
        r.register(
            "store_bytes",
            "Bytes of the store on disk",
            self.store_bytes.clone(),
        );
        let overlong = self.store_overlong_values.clone();
        let help = "Values outside the engine's own file; must stay 0";
        r.register("store_overlong_values", help, overlong);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_counted_is_shown() {
        let metrics = Metrics::new();
        metrics.request(
            Endpoint::Commands,
            RequestOutcome::Answered,
            Duration::from_millis(40),
        );
        metrics.request(
            Endpoint::Commands,
            RequestOutcome::Answered,
            Duration::from_millis(4),
        );
        metrics.verify_failure("expired");
        metrics.ignored("own");
        metrics.queue(Queue::Outbox, 3, Duration::from_millis(2500));
        metrics.turn(TurnOutcome::Committed, Duration::from_millis(7));
        metrics.delivery(DeliveryClass::Sent);
        metrics.dead_letter(Queue::Inbox);
        metrics.store(4096, 2, 0);
        metrics
            .model
            .call("answer", "answered", Duration::from_secs(1));
        metrics.model.tokens(900, 80, Some(0.25));
        metrics.model.dropped("answer", "number");
        let text = metrics.encode();
        for line in [
            r#"gtm_requests_total{endpoint="commands",outcome="answered"} 2"#,
            r#"gtm_request_seconds_bucket{le="0.05"} 2"#,
            r#"gtm_request_seconds_bucket{le="0.005"} 1"#,
            r#"gtm_verify_failures_total{reason="expired"} 1"#,
            r#"gtm_ignored_total{reason="own"} 1"#,
            r#"gtm_queue_depth{queue="outbox"} 3"#,
            r#"gtm_queue_oldest_seconds{queue="outbox"} 2.5"#,
            r#"gtm_turns_total{outcome="committed"} 1"#,
            r#"gtm_deliveries_total{class="sent"} 1"#,
            r#"gtm_dead_letters_total{queue="inbox"} 1"#,
            "gtm_dead_letter_rows 2",
            "gtm_store_bytes 4096",
            "gtm_store_overlong_values 0",
            r#"gtm_model_calls_total{prompt="answer",outcome="answered"} 1"#,
            r#"gtm_model_tokens_total{direction="sent"} 900"#,
            "gtm_model_dollars_total 0.25",
            r#"gtm_model_dropped_total{prompt="answer",reason="number"} 1"#,
        ] {
            assert!(
                text.lines().any(|shown| shown == line),
                "no line {line} in\n{text}"
            );
        }
        assert!(text.ends_with("# EOF\n"));
    }

    #[test]
    fn a_gauge_shows_the_last_value() {
        let metrics = Metrics::new();
        metrics.queue(Queue::Inbox, 9, Duration::from_mins(1));
        metrics.queue(Queue::Inbox, 0, Duration::ZERO);
        let text = metrics.encode();
        assert!(
            text.contains("gtm_queue_depth{queue=\"inbox\"} 0\n"),
            "{text}"
        );
        assert!(
            text.contains("gtm_queue_oldest_seconds{queue=\"inbox\"} 0.0\n"),
            "{text}"
        );
    }
}
