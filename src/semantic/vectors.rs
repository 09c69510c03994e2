//! The library's vectors: computed once for a model, kept in a file, compared with a question's.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::cache::{self, Kept};
use super::{Encode, EncodeError};
use crate::knowledge::{Meanings, Nearness};

/// How many texts are read at once.
const BATCH: usize = 32;
/// So many of a section's texts, those nearest to a question, say how near it is.
const NEAREST: u8 = 3;

/// The vectors of all texts of the library.
#[derive(Debug, PartialEq)]
pub struct Vectors {
    dimension: usize,
    sections: usize,
    /// The section that each row is of.
    of: Vec<u32>,
    /// All rows, one after the other.
    rows: Vec<f32>,
    /// How long the mean of each section's rows is: the shorter, the more they differ.
    lengths: Vec<f32>,
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
        let mut means = vec![Mean::of(dimension); self.sections];
        for (section, row) in self.of.iter().zip(rows.chunks_exact(dimension)) {
            means[*section as usize].add(row);
        }
        Vectors {
            dimension,
            sections: self.sections,
            of: self.of,
            rows,
            lengths: means.iter().map(Mean::length).collect(),
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
        size_of_val(self.rows.as_slice())
            + size_of_val(self.of.as_slice())
            + size_of_val(self.lengths.as_slice())
    }

    /// How near each section is to a question: its three nearest texts, and all its texts taken together.
    pub fn near(&self, question: &[f32]) -> Nearness {
        let mut alike = vec![Alike::default(); self.sections];
        for (section, row) in self.of.iter().zip(self.rows.chunks_exact(self.dimension)) {
            alike[*section as usize].add(product(row, question));
        }
        let near = alike.iter().zip(&self.lengths);
        Nearness::new(near.map(|(it, length)| it.near(*length)).collect())
    }
}

/// The mean of some rows, as their sum and number.
#[derive(Clone)]
struct Mean {
    sum: Vec<f32>,
    rows: f32,
}

impl Mean {
    fn of(dimension: usize) -> Self {
        Self {
            sum: vec![0.0; dimension],
            rows: 0.0,
        }
    }

    fn add(&mut self, row: &[f32]) {
        self.rows += 1.0;
        for (sum, part) in self.sum.iter_mut().zip(row) {
            *sum += part;
        }
    }

    fn length(&self) -> f32 {
        product(&self.sum, &self.sum).sqrt() / self.rows
    }
}

/// How like a question the texts of a section are.
#[derive(Default, Clone)]
struct Alike {
    /// The likest, the first best.
    nearest: [f32; NEAREST as usize],
    sum: f32,
    texts: f32,
}

impl Alike {
    fn add(&mut self, mut alike: f32) {
        self.texts += 1.0;
        self.sum += alike;
        for place in &mut self.nearest {
            if alike > *place {
                std::mem::swap(place, &mut alike);
            }
        }
    }

    /// A section without texts is near to nothing.
    fn near(&self, length: f32) -> f32 {
        let count = self.texts.min(f32::from(NEAREST));
        let together = self.sum / self.texts / length;
        self.nearest.iter().sum::<f32>() / count + together
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

#[cfg(test)]
mod tests {
    use super::*;

    fn vectors(sections: usize, of: &[u32], rows: &[f32]) -> Vectors {
        let plan = Plan {
            key: [0; 32],
            sections,
            of: of.to_vec(),
            texts: vec![""; of.len()],
        };
        plan.with(2, rows.to_vec())
    }

    #[test]
    fn a_section_is_near_by_several_of_its_texts_and_not_by_one_alone() {
        let east = [1.0, 0.0];
        let one_of_three = vectors(
            3,
            &[0, 0, 0, 1, 1, 1],
            &[1.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.8, 0.6, 0.8, 0.6, 0.8, 0.6],
        );
        // The last section has no text.
        assert_eq!(one_of_three.near(&east).nearest(3), [1, 0]);
    }

    #[test]
    fn a_section_of_one_text_is_as_near_as_that() {
        let two = vectors(2, &[0, 1], &[0.6, 0.8, 0.8, 0.6]);
        assert_eq!(two.near(&[1.0, 0.0]).nearest(2), [1, 0]);
    }
}
