//! The model of meaning on the command line and at the server's start: only where a setting names
//! its folder.

use std::path::Path;
use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use super::output::note;
use crate::config::{self, Config};
use crate::knowledge::{Nearness, library};
use crate::semantic::{self, Embedding, Encode, Ranker, Standing, measure};

/// The model of a folder that a setting names; what is wrong with it in words, with the setting.
pub(super) fn opened(folder: Option<&Path>) -> Result<Option<Arc<dyn Encode>>, String> {
    let opened = folder.map(semantic::open).transpose();
    opened.map_err(|error| format!("GTM_EMBEDDING_DIR: {error}"))
}

/// The same with where the server keeps its vectors.
pub(super) fn of_server(config: &Config) -> Result<Option<Embedding>, String> {
    let encoder = opened(config.embedding_dir.as_deref())?;
    Ok(encoder.map(|encoder| Embedding {
        encoder,
        kept_in: config.data_dir.clone(),
    }))
}

/// Gets the server's ranker ready, beside its work.
pub(super) fn prepare(ranker: &Ranker, stop: &CancellationToken) {
    let prepared = ranker.prepare(&library().meanings(), &|| stop.is_cancelled());
    if let Err(error) = prepared {
        tracing::error!(%error, "questions are looked up by words alone");
    }
}

/// How near the library's sections are to some words; nothing where no model of meaning is named.
pub(super) fn near(words: &str) -> Result<Option<Nearness>, String> {
    let Some(settings) = config::of_lookup() else {
        return Ok(None);
    };
    let Some(encoder) = opened(Some(&settings.embedding_dir))? else {
        return Ok(None);
    };
    let (sections, kept_in) = (library().meanings(), settings.data_dir);
    let embedding = Embedding { encoder, kept_in };
    let standing = Standing::of(&embedding, &sections);
    let Embedding { encoder, kept_in } = embedding;
    if !standing.is_kept {
        note(format_args!(
            "Computing the library's {} vectors by {}, once: this takes some minutes.",
            standing.vectors, standing.model
        ));
    }
    let prepared = semantic::prepare(&*encoder, &sections, &kept_in, &|| false);
    let Some(prepared) = prepared.map_err(|error| error.to_string())? else {
        return Ok(None);
    };
    if let Some(unkept) = &prepared.unkept {
        note(format_args!(
            "They could not be kept for the next time: {unkept}."
        ));
    }
    let measured = measure(&*encoder, &prepared.vectors, words);
    measured.map(Some).map_err(|error| error.to_string())
}
