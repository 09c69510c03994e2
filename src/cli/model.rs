//! The language model on the command line: asked only where `--model` says so, with the settings of
//! the environment. Whatever it does, the answer without it stands.

use std::sync::Arc;

use serde_json::{Value, json};

use super::clock::SystemClock;
use crate::advisor::{Model, ModelAbout, ModelFailure};
use crate::config;
use crate::grounding::{Doubt, Fault, Rendered, Unfit};
use crate::ident::Installation;
use crate::llm::{Around, LanguageModel, jitter};
use crate::metrics::Metrics;
use crate::slack::client::install_tls_provider;

/// What became of asking the model.
pub(super) struct Asked {
    about: ModelAbout,
    /// `used`, or why not.
    outcome: &'static str,
    why: Option<String>,
    dropped: Vec<&'static str>,
}

/// The model that the environment names.
pub(super) fn named() -> Result<LanguageModel, String> {
    let config = config::load().map_err(|error| error.to_string())?;
    let settings = config.model.ok_or(
        "No language model is named. Set GTM_LLM_PROVIDER and GTM_LLM_MODEL, or leave out --model",
    )?;
    install_tls_provider();
    let around = Around {
        clock: Arc::new(SystemClock),
        metrics: Arc::new(Metrics::new()),
        ledger: None,
        jitter,
    };
    LanguageModel::new(settings, around).map_err(|error| error.to_string())
}

/// Asks, and waits for the answer.
pub(super) fn ask(model: &LanguageModel, asked: &Rendered) -> Result<Value, ModelFailure> {
    let nobody = Installation::new("command-line");
    super::runtime().block_on(model.complete(&nobody, asked))
}

impl Asked {
    fn new(model: &LanguageModel, outcome: &'static str) -> Self {
        Self {
            about: model.about().clone(),
            outcome,
            why: None,
            dropped: Vec::new(),
        }
    }

    /// It was of use.
    pub(super) fn used(model: &LanguageModel, dropped: Vec<&'static str>) -> Self {
        Self {
            dropped,
            ..Self::new(model, "used")
        }
    }

    /// It gave no answer.
    pub(super) fn failed(model: &LanguageModel, failure: ModelFailure) -> Self {
        Self {
            why: Some(failure.to_string()),
            ..Self::new(model, failure.as_str())
        }
    }

    /// Nothing of its answer is believed.
    pub(super) fn unfit(model: &LanguageModel, unfit: Unfit) -> Self {
        Self {
            why: Some(unfit.to_string()),
            outcome: unfit.as_str(),
            dropped: faults(&unfit.dropped()),
            ..Self::new(model, "")
        }
    }

    /// For scripts.
    pub(super) fn to_json(&self) -> Value {
        json!({
            "outcome": self.outcome,
            "host": self.about.host,
            "model": self.about.model,
            "dropped": self.dropped,
        })
    }

    /// For people, where it was of no use.
    pub(super) fn apology(&self) -> Option<String> {
        let why = self.why.as_ref()?;
        Some(format!("Without the model at {}: {why}.", self.about.host))
    }
}

/// The words of some faults.
pub(super) fn faults(faults: &[Fault]) -> Vec<&'static str> {
    faults.iter().map(|fault| fault.as_str()).collect()
}

/// The words of some doubts.
pub(super) fn doubts(doubts: &[Doubt]) -> Vec<&'static str> {
    doubts.iter().map(|doubt| doubt.as_str()).collect()
}
