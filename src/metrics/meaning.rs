//! What the lookup by meaning did and took.

use std::time::Duration;

use prometheus_client::encoding::{EncodeLabelSet, EncodeLabelValue, LabelValueEncoder};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

label! {
    /// How a question to the model of meaning ended.
    MeaningOutcome {
        /// It took part in the ranking.
        Used = "used",
        /// The library's own vectors are not ready yet.
        NotReady = "not_ready",
        /// Other questions were before it for too long.
        Busy = "busy",
        /// It did not end in time.
        TooSlow = "too_slow",
        /// The model could not read it.
        Failed = "failed",
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OutcomeLabel {
    outcome: MeaningOutcome,
}

/// Upper bounds in seconds.
const SECONDS: [f64; 7] = [0.005, 0.01, 0.02, 0.04, 0.08, 0.16, 0.32];

/// The numbers of the lookup by meaning.
#[derive(Debug)]
pub struct MeaningMetrics {
    lookups: Family<OutcomeLabel, Counter>,
    seconds: Histogram,
    vectors: Gauge,
}

impl Default for MeaningMetrics {
    fn default() -> Self {
        Self {
            lookups: Family::default(),
            seconds: Histogram::new(SECONDS),
            vectors: Gauge::default(),
        }
    }
}

impl MeaningMetrics {
    /// A question ended after `took`.
    pub fn lookup(&self, outcome: MeaningOutcome, took: Duration) {
        self.lookups.get_or_create(&OutcomeLabel { outcome }).inc();
        if outcome == MeaningOutcome::Used {
            self.seconds.observe(took.as_secs_f64());
        }
    }

    /// How many questions ended so.
    pub fn lookups(&self, outcome: MeaningOutcome) -> u64 {
        self.lookups.get_or_create(&OutcomeLabel { outcome }).get()
    }

    /// So many vectors of the library are ready.
    pub fn ready(&self, vectors: usize) {
        self.vectors.set(i64::try_from(vectors).unwrap_or(i64::MAX));
    }

    pub(super) fn register(&self, registry: &mut Registry) {
        registry.register(
            "meaning_lookups",
            "Questions to the model of meaning, by how they ended",
            self.lookups.clone(),
        );
        registry.register(
            "meaning_seconds",
            "How long those took that took part in the ranking",
            self.seconds.clone(),
        );
        registry.register(
            "meaning_vectors",
            "Vectors of the library that are ready",
            self.vectors.clone(),
        );
    }
}
