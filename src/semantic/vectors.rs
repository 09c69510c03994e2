//! The library's vectors: computed once for a model, kept in a file, compared with a question's.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::cache::{self, Kept};
use super::{Encode, EncodeError};
use crate::knowledge::{Meanings, Nearness};

/// How many texts are read at once.
const BATCH: usize = 32;

/// The vectors of all texts of the library.
#[derive(Debug, PartialEq)]
pub struct Vectors {
    dimension: usize,
    sections: usize,
    /// The section that each row is of.
    of: Vec<u32>,
    /// All rows, one after the other.
    rows: Vec<f32>,
}

/// Vectors that are ready, and where they come from.
#[derive(Debug)]
pub struct Prepared {
    /// The vectors.
    pub vectors: Arc<Vectors>,
    /// Whether they were kept from before.
    pub kept: Kept,
    /// Why they could not be kept for the next time.
    pub unkept: Option<String>,
}

/// Takes the library's vectors from `folder`, or computes and keeps them there. Nothing where
/// `is_over` said so before the end.
pub fn prepare(
    encoder: &dyn Encode,
    library: &[Meanings],
    folder: &Path,
    is_over: &dyn Fn() -> bool,
) -> Result<Option<Prepared>, EncodeError> {
    let plan = Plan::of(encoder, library);
    let path = plan.path(folder);
    let dimension = encoder.dimension();
    if let Some(rows) = cache::read(&path, &plan.key, plan.texts.len() * dimension) {
        return Ok(Some(Prepared {
            vectors: Arc::new(plan.with(dimension, rows)),
            kept: Kept::Before,
            unkept: None,
        }));
    }
    let Some(rows) = computed(encoder, &plan.texts, is_over)? else {
        return Ok(None);
    };
    let unkept = cache::write(&path, &plan.key, &rows).err();
    Ok(Some(Prepared {
        vectors: Arc::new(plan.with(dimension, rows)),
        kept: Kept::Computed,
        unkept: unkept.map(|error| format!("{}: {error}", path.display())),
    }))
}

/// How many vectors this model and library have, and whether they are kept in `folder`.
pub(super) fn kept_in(encoder: &dyn Encode, library: &[Meanings], folder: &Path) -> (usize, bool) {
    let plan = Plan::of(encoder, library);
    let path = plan.path(folder);
    let rows = plan.texts.len();
    let is_kept = cache::read(&path, &plan.key, rows * encoder.dimension()).is_some();
    (rows, is_kept)
}

/// What is to be computed.
struct Plan<'a> {
    key: [u8; 32],
    sections: usize,
    of: Vec<u32>,
    texts: Vec<&'a str>,
}

impl<'a> Plan<'a> {
    fn of(encoder: &dyn Encode, library: &'a [Meanings]) -> Self {
        let mut hash = Sha256::new();
        hash.update(encoder.fingerprint());
        let (mut of, mut texts) = (Vec::new(), Vec::new());
        for (section, meanings) in (0_u32..).zip(library) {
            for text in &meanings.texts {
                hash.update(section.to_le_bytes());
                hash.update(text.len().to_le_bytes());
                hash.update(text);
                of.push(section);
                texts.push(text.as_str());
            }
        }
        Self {
            key: hash.finalize().into(),
            sections: library.len(),
            of,
            texts,
        }
    }

    fn path(&self, folder: &Path) -> PathBuf {
        folder.join(cache::name(&self.key))
    }

    fn with(self, dimension: usize, rows: Vec<f32>) -> Vectors {
        Vectors {
            dimension,
            sections: self.sections,
            of: self.of,
            rows,
        }
    }
}

/// The vectors of some texts, in their order. Texts of like length are read together, as each text of
/// a batch costs what the longest does.
fn computed(
    encoder: &dyn Encode,
    texts: &[&str],
    is_over: &dyn Fn() -> bool,
) -> Result<Option<Vec<f32>>, EncodeError> {
    let dimension = encoder.dimension();
    let mut order: Vec<usize> = (0..texts.len()).collect();
    order.sort_by_key(|place| texts[*place].len());
    let mut rows = vec![0.0; texts.len() * dimension];
    for batch in order.chunks(BATCH) {
        if is_over() {
            return Ok(None);
        }
        let read: Vec<&str> = batch.iter().map(|place| texts[*place]).collect();
        let found = encoder.encode(&read)?;
        for (place, row) in batch.iter().zip(found.chunks_exact(dimension)) {
            rows[place * dimension..][..dimension].copy_from_slice(row);
        }
    }
    Ok(Some(rows))
}

impl Vectors {
    /// How many there are.
    pub fn count(&self) -> usize {
        self.of.len()
    }

    /// How many bytes they take.
    pub fn bytes(&self) -> usize {
        size_of_val(self.rows.as_slice()) + size_of_val(self.of.as_slice())
    }

    /// How near each section is to a question: as near as the nearest of its texts.
    pub fn near(&self, question: &[f32]) -> Nearness {
        let mut nearest = vec![f32::NEG_INFINITY; self.sections];
        for (section, row) in self.of.iter().zip(self.rows.chunks_exact(self.dimension)) {
            let best = &mut nearest[*section as usize];
            *best = best.max(product(row, question));
        }
        Nearness::new(nearest)
    }
}

/// The inner product, in eight sums that a processor adds up side by side.
fn product(one: &[f32], other: &[f32]) -> f32 {
    let mut sums = [0.0_f32; 8];
    let (ones, others) = (one.chunks_exact(8), other.chunks_exact(8));
    let rest = ones.remainder().iter().zip(others.remainder());
    let rest: f32 = rest.map(|(a, b)| a * b).sum();
    for (a, b) in ones.zip(others) {
        for (sum, (a, b)) in sums.iter_mut().zip(a.iter().zip(b)) {
            *sum += a * b;
        }
    }
    sums.iter().sum::<f32>() + rest
}
