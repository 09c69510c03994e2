//! The port's own side: one question at a time, on a thread of its own, in bounded time.

use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use tokio::sync::Semaphore;
use tokio::time::{Instant as Deadline, timeout_at};

use super::cache::Kept;
use super::vectors::{Prepared, Vectors, kept_in, prepare};
use super::{Embedding, Encode, EncodeError};
use crate::advisor::Meaning;
use crate::knowledge::{Meanings, Nearness};
use crate::metrics::{MeaningOutcome, Metrics};

/// Measures how near the library's sections are to questions.
#[derive(Debug)]
pub struct Ranker {
    embedding: Embedding,
    prepared: OnceLock<Prepared>,
    turn: Arc<Semaphore>,
    metrics: Arc<Metrics>,
    within: Duration,
}

/// How it stands with the library's vectors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The model.
    pub model: String,
    /// How many vectors the library has.
    pub vectors: usize,
    /// Whether they lie ready in a file.
    pub is_kept: bool,
}

impl Standing {
    /// Looks what of a model's vectors is kept.
    pub fn of(embedding: &Embedding, library: &[Meanings]) -> Self {
        let encoder = &*embedding.encoder;
        let (vectors, is_kept) = kept_in(encoder, library, &embedding.kept_in);
        Self {
            model: encoder.name().to_owned(),
            vectors,
            is_kept,
        }
    }
}

impl Ranker {
    /// How long a question waits for its turn and its vector in production: a fifth of what a
    /// command has for its whole answer.
    pub const WITHIN: Duration = Duration::from_millis(300);

    /// A ranker that has no vectors of the library yet. What takes longer than `within` is looked up
    /// by words alone.
    pub fn new(embedding: Embedding, metrics: Arc<Metrics>, within: Duration) -> Self {
        Self {
            embedding,
            prepared: OnceLock::new(),
            turn: Arc::new(Semaphore::new(1)),
            metrics,
            within,
        }
    }

    /// Gets the library's vectors ready: from their folder, or by computing them, unless `is_over` says
    /// so before the end. Until then questions are looked up by words alone.
    pub fn prepare(
        &self,
        library: &[Meanings],
        is_over: &dyn Fn() -> bool,
    ) -> Result<(), EncodeError> {
        let Embedding { encoder, kept_in } = &self.embedding;
        let began = Instant::now();
        let Some(prepared) = prepare(&**encoder, library, kept_in, is_over)? else {
            return Ok(());
        };
        let vectors = prepared.vectors.count();
        let seconds = began.elapsed().as_secs();
        let is_kept = prepared.kept == Kept::Before;
        tracing::info!(
            model = encoder.name(),
            vectors,
            is_kept,
            seconds,
            "questions are looked up by meaning, too"
        );
        if let Some(unkept) = &prepared.unkept {
            tracing::warn!(unkept, "the vectors are computed anew at the next start");
        }
        self.metrics.meaning.ready(vectors);
        // Set once: whoever came second computed the same.
        let _ = self.prepared.set(prepared);
        Ok(())
    }

    /// How it stands, in a line for operators.
    pub fn told(&self) -> String {
        let model = self.embedding.encoder.name();
        match self.prepared.get() {
            None => format!(
                "the library's vectors by {model} are being computed; until then questions are looked up by words alone"
            ),
            Some(Prepared { vectors, kept, .. }) => {
                let kept = match kept {
                    Kept::Before => "kept from before",
                    Kept::Computed => "computed at this start",
                };
                format!(
                    "{} vectors by {model}, {kept}, in {} KiB of memory",
                    vectors.count(),
                    vectors.bytes() / 1024
                )
            }
        }
    }

    async fn measured(&self, words: &str) -> Result<Nearness, MeaningOutcome> {
        let vectors = self.prepared.get().ok_or(MeaningOutcome::NotReady)?;
        let (vectors, encoder) = (vectors.vectors.clone(), self.embedding.encoder.clone());
        let until = Deadline::now() + self.within;
        let turn = timeout_at(until, self.turn.clone().acquire_owned()).await;
        let Ok(Ok(turn)) = turn else {
            return Err(MeaningOutcome::Busy);
        };
        let words = words.to_owned();
        let work = tokio::task::spawn_blocking(move || {
            // Held to the end, also when nobody waits any more: never two at once.
            let _turn = turn;
            measure(&*encoder, &vectors, &words)
        });
        match timeout_at(until, work).await {
            Err(_) => Err(MeaningOutcome::TooSlow),
            Ok(Ok(Ok(near))) => Ok(near),
            Ok(Ok(Err(_)) | Err(_)) => Err(MeaningOutcome::Failed),
        }
    }
}

/// How near the library's sections are to some words.
pub fn measure(
    encoder: &dyn Encode,
    vectors: &Vectors,
    words: &str,
) -> Result<Nearness, EncodeError> {
    Ok(vectors.near(&encoder.encode(&[words])?))
}

#[async_trait]
impl Meaning for Ranker {
    async fn near(&self, words: &str) -> Option<Nearness> {
        let began = Instant::now();
        let measured = self.measured(words).await;
        let outcome = measured.as_ref().err().copied();
        let outcome = outcome.unwrap_or(MeaningOutcome::Used);
        self.metrics.meaning.lookup(outcome, began.elapsed());
        measured.ok()
    }
}
