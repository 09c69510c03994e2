//! A measure of meaning, as the use cases see it: given words, how near each section of the library
//! is.

use async_trait::async_trait;

use crate::knowledge::Nearness;

/// A model of meaning.
#[async_trait]
pub trait Meaning: Send + Sync + 'static {
    /// How near the sections of the library are to some words; nothing where that cannot be said
    /// in time. It ends by itself, within a time of its own.
    async fn near(&self, words: &str) -> Option<Nearness>;
}
