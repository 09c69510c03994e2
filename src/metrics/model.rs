//! What the language model did and took.

use std::sync::atomic::AtomicU64;
use std::time::Duration;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct CallLabels {
    prompt: &'static str,
    outcome: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct DirectionLabel {
    direction: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct DropLabels {
    prompt: &'static str,
    reason: &'static str,
}

/// Upper bounds in seconds.
const SECONDS: [f64; 8] = [0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 60.0];

/// The numbers of the language model. Labels are words of the program, never of a person or model.
#[derive(Debug)]
pub struct ModelMetrics {
    calls: Family<CallLabels, Counter>,
    seconds: Histogram,
    tokens: Family<DirectionLabel, Counter>,
    dollars: Counter<f64, AtomicU64>,
    dropped: Family<DropLabels, Counter>,
}

impl Default for ModelMetrics {
    fn default() -> Self {
        Self {
            calls: Family::default(),
            seconds: Histogram::new(SECONDS),
            tokens: Family::default(),
            dollars: Counter::default(),
            dropped: Family::default(),
        }
    }
}

impl ModelMetrics {
    /// A call ended after `took`; `outcome` is one of the port's own words.
    pub fn call(&self, prompt: &'static str, outcome: &'static str, took: Duration) {
        self.calls
            .get_or_create(&CallLabels { prompt, outcome })
            .inc();
        self.seconds.observe(took.as_secs_f64());
    }

    /// A call took so many tokens, and so many US dollars where prices are known.
    pub fn tokens(&self, sent: u64, received: u64, dollars: Option<f64>) {
        for (direction, tokens) in [("sent", sent), ("received", received)] {
            self.tokens
                .get_or_create(&DirectionLabel { direction })
                .inc_by(tokens);
        }
        self.dollars.inc_by(dollars.unwrap_or(0.0));
    }

    /// Something that a model said was not believed; `reason` is one of the gates' own words.
    pub fn dropped(&self, prompt: &'static str, reason: &'static str) {
        self.dropped
            .get_or_create(&DropLabels { prompt, reason })
            .inc();
    }

    pub(super) fn register(&self, registry: &mut Registry) {
        registry.register(
            "model_calls",
            "Calls of the language model, by how they ended",
            self.calls.clone(),
        );
        registry.register(
            "model_seconds",
            "How long calls of the language model took",
            self.seconds.clone(),
        );
        registry.register(
            "model_tokens",
            "Tokens that the language model took",
            self.tokens.clone(),
        );
        registry.register(
            "model_dollars",
            "What those tokens cost in US dollars, where GTM_LLM_PRICES says so",
            self.dollars.clone(),
        );
        registry.register(
            "model_dropped",
            "What the language model said and was not believed, by reason",
            self.dropped.clone(),
        );
    }
}
