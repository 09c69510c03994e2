//! Meaning in numbers: a sentence-embedding model that is read from a folder and runs in this
//! process.
//!
//! [`open`] reads and checks the folder, [`Ranker`] keeps the library's vectors and measures how
//! near its sections are to a question. Without the Cargo feature `semantic` there is no runtime,
//! and [`open`] says so.

mod cache;
#[cfg(feature = "semantic")]
mod encoder;
#[cfg(feature = "semantic")]
mod folder;
mod ranker;
mod vectors;

use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use cache::Kept;
pub use ranker::{Ranker, Standing, measure};
pub use vectors::{Prepared, Vectors, prepare};

/// Something that turns text into vectors of length 1: the nearer in meaning, the greater their
/// product.
pub trait Encode: Send + Sync + std::fmt::Debug {
    /// What it is called.
    fn name(&self) -> &str;

    /// How many numbers a vector has.
    fn dimension(&self) -> usize;

    /// What tells it from any other model: a hash of all that its vectors depend on.
    fn fingerprint(&self) -> [u8; 32];

    /// The vectors of some texts, one after the other. What is longer than the model reads is cut
    /// off.
    fn encode(&self, texts: &[&str]) -> Result<Vec<f32>, EncodeError>;
}

/// A model, and the folder that its vectors of the library are kept in.
#[derive(Debug, Clone)]
pub struct Embedding {
    /// The model.
    pub encoder: Arc<dyn Encode>,
    /// The folder.
    pub kept_in: PathBuf,
}

/// The model could not read a text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the model of meaning cannot read it: {0}")]
pub struct EncodeError(pub String);

/// Why a folder's model cannot be used: what is wrong, and what would be right.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FolderError {
    /// It has no such file.
    #[error(
        "{} has no `{file}`; a sentence-transformers folder has `config.json`, `tokenizer.json` and `model.safetensors`", .folder.display()
    )]
    Missing {
        /// The folder.
        folder: PathBuf,
        /// The file.
        file: &'static str,
    },
    /// A file cannot be read.
    #[error("{} cannot be read: {detail}", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        detail: String,
    },
    /// A file is larger than any that is read.
    #[error(
        "{} has {bytes} bytes, and at most {limit} are read; take a smaller model, such as all-MiniLM-L6-v2 with 91 MB", .path.display()
    )]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// How large it is.
        bytes: u64,
        /// How large it may be.
        limit: u64,
    },
    /// A file is not what it should be.
    #[error("{}: {detail}", .path.display())]
    Unfit {
        /// The file.
        path: PathBuf,
        /// What is wrong, and what would be right.
        detail: String,
    },
    /// This program was built without a runtime.
    #[error(
        "this program was built without the Cargo feature `semantic`; build it with `--features semantic`, or unset GTM_EMBEDDING_DIR"
    )]
    NotBuilt,
}

/// Reads the model of a folder, and tries it once.
#[cfg(feature = "semantic")]
pub fn open(folder: &Path) -> Result<Arc<dyn Encode>, FolderError> {
    Ok(Arc::new(encoder::Encoder::open(folder)?))
}

/// Says that there is no runtime.
#[cfg(not(feature = "semantic"))]
pub fn open(_: &Path) -> Result<Arc<dyn Encode>, FolderError> {
    Err(FolderError::NotBuilt)
}
