//! A sentence-transformers folder, read and checked before anything is made of it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use candle_transformers::models::bert::Config;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::FolderError;

/// How large each kind of file may be.
const SMALL: u64 = 1 << 20;
const TOKENIZER: u64 = 64 << 20;
const WEIGHTS: u64 = 1 << 30;
/// At most so many tokens of a text are read, even where the model could take more.
const MOST_TOKENS: usize = 256;

/// What a folder holds, by its files.
pub(super) struct ModelFolder {
    /// Its name.
    pub(super) name: String,
    /// How the model is built.
    pub(super) config: Config,
    /// How a text's vector is made of its tokens'.
    pub(super) pooling: Pooling,
    /// How many tokens of a text are read.
    pub(super) tokens: usize,
    /// The tokenizer's file.
    pub(super) tokenizer: Vec<u8>,
    /// The weights' file.
    pub(super) weights: Vec<u8>,
    folder: PathBuf,
}

/// How a text's vector is made of its tokens'.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pooling {
    /// Their mean.
    Mean,
    /// The first one.
    First,
}

/// The parts of `config.json` that say whether it is a model of the kind that is run.
#[derive(Deserialize)]
struct Kind {
    model_type: Option<String>,
}

#[derive(Deserialize)]
struct PoolingFile {
    #[serde(default)]
    pooling_mode_cls_token: bool,
    #[serde(default)]
    pooling_mode_mean_tokens: bool,
}

#[derive(Deserialize)]
struct LimitFile {
    max_seq_length: Option<usize>,
}

#[derive(Deserialize)]
struct Module {
    r#type: String,
}

impl ModelFolder {
    /// Reads the folder's files; each is refused before it is read if it is too large.
    pub(super) fn read(folder: &Path) -> Result<Self, FolderError> {
        let files = Files(folder);
        let config = config(&files)?;
        modules(&files)?;
        let pooling = pooling(&files)?;
        let limit: Option<LimitFile> = files.json("sentence_bert_config.json")?;
        let limit = limit.and_then(|limit| limit.max_seq_length);
        let most = config.max_position_embeddings.min(MOST_TOKENS);
        let name = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
        let name = name.file_name().unwrap_or(folder.as_os_str());
        Ok(Self {
            name: name.to_string_lossy().into_owned(),
            tokens: limit.unwrap_or(most).clamp(3, most.max(3)),
            config,
            pooling,
            tokenizer: files.needed("tokenizer.json", TOKENIZER)?,
            weights: files.needed("model.safetensors", WEIGHTS)?,
            folder: folder.to_owned(),
        })
    }

    /// That a file is not what it should be.
    pub(super) fn unfit(&self, file: &str, detail: impl Into<String>) -> FolderError {
        Files(&self.folder).unfit(file, detail)
    }
}

struct Files<'a>(&'a Path);

impl Files<'_> {
    fn unfit(&self, file: &str, detail: impl Into<String>) -> FolderError {
        FolderError::Unfit {
            path: self.0.join(file),
            detail: detail.into(),
        }
    }

    fn needed(&self, file: &'static str, limit: u64) -> Result<Vec<u8>, FolderError> {
        let missing = || FolderError::Missing {
            folder: self.0.to_owned(),
            file,
        };
        self.bytes(file, limit)?.ok_or_else(missing)
    }

    /// The bytes of a file; nothing where there is none.
    fn bytes(&self, file: &str, limit: u64) -> Result<Option<Vec<u8>>, FolderError> {
        let path = self.0.join(file);
        let unreadable = |error: &io::Error| FolderError::Unreadable {
            path: path.clone(),
            detail: error.to_string(),
        };
        let about = match fs::metadata(&path) {
            Ok(about) => about,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(unreadable(&error)),
        };
        if !about.is_file() {
            return Err(self.unfit(file, "it is no file"));
        }
        if about.len() > limit {
            return Err(FolderError::TooLarge {
                path,
                bytes: about.len(),
                limit,
            });
        }
        fs::read(&path)
            .map(Some)
            .map_err(|error| unreadable(&error))
    }

    /// A small file of JSON; nothing where there is none.
    fn json<T: DeserializeOwned>(&self, file: &str) -> Result<Option<T>, FolderError> {
        let Some(bytes) = self.bytes(file, SMALL)? else {
            return Ok(None);
        };
        let read =
            serde_json::from_slice(&bytes).map_err(|error| self.unfit(file, error.to_string()));
        read.map(Some)
    }
}

/// The model's structure, checked as far as the weights do not check it.
fn config(files: &Files<'_>) -> Result<Config, FolderError> {
    const FILE: &str = "config.json";
    let bytes = files.needed(FILE, SMALL)?;
    let read = |error: serde_json::Error| files.unfit(FILE, error.to_string());
    let kind: Kind = serde_json::from_slice(&bytes).map_err(read)?;
    match kind.model_type.as_deref() {
        Some("bert") => {}
        Some(other) => {
            return Err(files.unfit(FILE, format!("the model is of the type `{other}`, and only `bert` is run, such as all-MiniLM-L6-v2 or bge-small-en-v1.5")));
        }
        None => {
            return Err(files.unfit(FILE, "it names no `model_type`; one that is run has `bert`"));
        }
    }
    let config: Config = serde_json::from_slice(&bytes).map_err(read)?;
    let whole = config.num_attention_heads > 0
        && config.hidden_size > 0
        && config
            .hidden_size
            .is_multiple_of(config.num_attention_heads);
    if !whole {
        let (size, heads) = (config.hidden_size, config.num_attention_heads);
        return Err(files.unfit(FILE, format!("a hidden size of {size} cannot be shared among {heads} attention heads; it is a multiple of them")));
    }
    if config.max_position_embeddings < 3 || config.type_vocab_size == 0 {
        return Err(files.unfit(
            FILE,
            "a model reads at least three positions and knows at least one type of token",
        ));
    }
    Ok(config)
}

/// Whether the folder names a part that is not run.
fn modules(files: &Files<'_>) -> Result<(), FolderError> {
    const FILE: &str = "modules.json";
    let modules: Option<Vec<Module>> = files.json(FILE)?;
    for module in modules.unwrap_or_default() {
        let name = module.r#type.rsplit('.').next().unwrap_or_default();
        if !matches!(name, "Transformer" | "Pooling" | "Normalize") {
            return Err(files.unfit(FILE, format!("it has a part `{name}`, which is not run; take a model of transformer, pooling and normalisation alone")));
        }
    }
    Ok(())
}

fn pooling(files: &Files<'_>) -> Result<Pooling, FolderError> {
    const FILE: &str = "1_Pooling/config.json";
    let pooling: Option<PoolingFile> = files.json(FILE)?;
    match pooling {
        None => Ok(Pooling::Mean),
        Some(it) if it.pooling_mode_mean_tokens && !it.pooling_mode_cls_token => Ok(Pooling::Mean),
        Some(it) if it.pooling_mode_cls_token && !it.pooling_mode_mean_tokens => Ok(Pooling::First),
        Some(_) => Err(files.unfit(FILE, "a text's vector is either the mean of its tokens (`pooling_mode_mean_tokens`) or the first one (`pooling_mode_cls_token`); this is another way")),
    }
}
