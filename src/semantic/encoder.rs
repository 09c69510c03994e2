//! A BERT on the processor: tokens, forward pass, pooling, length 1.

use std::fmt;
use std::path::Path;

use candle_core::{DType, Device, Tensor};
use candle_nn::VarBuilder;
use candle_transformers::models::bert::BertModel;
use sha2::{Digest, Sha256};
use tokenizers::{Tokenizer, TruncationParams};

use super::folder::{ModelFolder, Pooling};
use super::{Encode, EncodeError, FolderError};

/// A token has about five letters and rarely more than this many: what stands farther behind is not
/// read anyway.
const LETTERS_A_TOKEN: usize = 16;

/// A model that was read from a folder.
pub(super) struct Encoder {
    name: String,
    model: BertModel,
    tokenizer: Tokenizer,
    pooling: Pooling,
    dimension: usize,
    letters: usize,
    fingerprint: [u8; 32],
}

impl fmt::Debug for Encoder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Encoder")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

impl Encoder {
    /// Reads the model of a folder, and tries it once.
    pub(super) fn open(folder: &Path) -> Result<Self, FolderError> {
        let read = ModelFolder::read(folder)?;
        let fingerprint = fingerprint(&read);
        let tokenizer = tokenizer(&read)?;
        let dimension = read.config.hidden_size;
        let encoder = Self {
            model: model(&read)?,
            tokenizer,
            pooling: read.pooling,
            dimension,
            letters: read.tokens * LETTERS_A_TOKEN,
            fingerprint,
            name: read.name.clone(),
        };
        let tried = encoder.encode(&["how do we price it?"]);
        let tried = tried.map_err(|error| read.unfit("tokenizer.json", error.0))?;
        if tried.iter().all(|number| number.is_finite()) && tried.iter().any(|it| *it != 0.0) {
            Ok(encoder)
        } else {
            Err(read.unfit(
                "model.safetensors",
                "its numbers lead to no vector; fetch the file again",
            ))
        }
    }

    fn forward(&self, texts: &[&str]) -> Result<Vec<f32>, String> {
        let mut tokens = Vec::with_capacity(texts.len());
        for text in texts {
            let end = text
                .char_indices()
                .nth(self.letters)
                .map_or(text.len(), |(at, _)| at);
            let read = self.tokenizer.encode(&text[..end], true);
            tokens.push(read.map_err(|error| error.to_string())?);
        }
        let longest = tokens
            .iter()
            .map(|one| one.get_ids().len())
            .max()
            .unwrap_or(0);
        if longest == 0 {
            return Ok(vec![0.0; texts.len() * self.dimension]);
        }
        let (mut ids, mut mask) = (Vec::new(), Vec::new());
        for one in &tokens {
            let own = one.get_ids();
            ids.extend_from_slice(own);
            ids.resize(ids.len() + longest - own.len(), 0);
            mask.resize(mask.len() + own.len(), 1.0_f32);
            mask.resize(mask.len() + longest - own.len(), 0.0);
        }
        let shape = (texts.len(), longest);
        self.pooled(ids, mask, shape)
            .map_err(|error| error.to_string())
    }

    fn pooled(
        &self,
        ids: Vec<u32>,
        mask: Vec<f32>,
        shape: (usize, usize),
    ) -> candle_core::Result<Vec<f32>> {
        let ids = Tensor::from_vec(ids, shape, &Device::Cpu)?;
        let mask = Tensor::from_vec(mask, shape, &Device::Cpu)?;
        let states = self.model.forward(&ids, &ids.zeros_like()?, Some(&mask))?;
        let pooled = match self.pooling {
            Pooling::First => states.narrow(1, 0, 1)?.squeeze(1)?,
            Pooling::Mean => {
                let sums = states.broadcast_mul(&mask.unsqueeze(2)?)?.sum(1)?;
                sums.broadcast_div(&mask.sum_keepdim(1)?.maximum(1.0)?)?
            }
        };
        let length = pooled
            .sqr()?
            .sum_keepdim(1)?
            .sqrt()?
            .maximum(f32::MIN_POSITIVE)?;
        pooled.broadcast_div(&length)?.flatten_all()?.to_vec1()
    }
}

impl Encode for Encoder {
    fn name(&self) -> &str {
        &self.name
    }

    fn dimension(&self) -> usize {
        self.dimension
    }

    fn fingerprint(&self) -> [u8; 32] {
        self.fingerprint
    }

    fn encode(&self, texts: &[&str]) -> Result<Vec<f32>, EncodeError> {
        self.forward(texts).map_err(EncodeError)
    }
}

/// A hash of all that the vectors depend on.
fn fingerprint(read: &ModelFolder) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(format!(
        "{:?} {:?} {}",
        read.config, read.pooling, read.tokens
    ));
    for file in [&read.tokenizer, &read.weights] {
        hash.update(file.len().to_le_bytes());
        hash.update(file);
    }
    hash.finalize().into()
}

/// The tokenizer: without padding, which every text of a batch would pay for, and cut at what the
/// model reads.
fn tokenizer(read: &ModelFolder) -> Result<Tokenizer, FolderError> {
    const FILE: &str = "tokenizer.json";
    let unfit = |error: tokenizers::Error| {
        read.unfit(
            FILE,
            format!("it is no tokenizer ({error}); fetch the file again"),
        )
    };
    let mut tokenizer = Tokenizer::from_bytes(&read.tokenizer).map_err(unfit)?;
    let cut = TruncationParams {
        max_length: read.tokens,
        ..TruncationParams::default()
    };
    tokenizer.with_padding(None);
    tokenizer.with_truncation(Some(cut)).map_err(unfit)?;
    let (known, taken) = (tokenizer.get_vocab_size(true), read.config.vocab_size);
    if known > taken {
        return Err(read.unfit(FILE, format!("it knows {known} tokens, and the model takes {taken} (`vocab_size` in `config.json`); the two are of different models")));
    }
    Ok(tokenizer)
}

fn model(read: &ModelFolder) -> Result<BertModel, FolderError> {
    const FILE: &str = "model.safetensors";
    let unfit = |error: candle_core::Error| {
        let error = error.to_string();
        let first = error.lines().next().unwrap_or_default();
        read.unfit(FILE, format!("its weights are not those of `config.json` ({first}); fetch both files again, from one model"))
    };
    let weights = VarBuilder::from_slice_safetensors(&read.weights, DType::F32, &Device::Cpu);
    BertModel::load(weights.map_err(unfit)?, &read.config).map_err(unfit)
}
