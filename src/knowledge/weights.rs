//! What each term weighs in each section, as BM25 counts it, and how rare it is.

use super::build::Draft;
use super::index::{FIELDS, Index, LENGTH, Posting, SATURATION, spoken};
use super::rows::Rows;

/// Weighs each term in each section, and each term by how few sections have it.
#[expect(clippy::cast_precision_loss, reason = "counts are small")]
pub(super) fn weigh(index: &mut Index, drafts: &[Draft]) {
    let averages = average_lengths(drafts);
    let mut sums = vec![0.0_f32; index.terms.len()];
    let mut touched: Vec<u32> = Vec::new();
    let mut placed = Vec::new();
    let mut named_in = vec![u32::MAX; index.terms.len()];
    for (place, draft) in (0_u32..).zip(drafts) {
        for ((field, factor), average) in draft.fields.iter().zip(FIELDS).zip(averages) {
            let long = 1.0 - LENGTH + LENGTH * field.len() as f32 / average.max(1.0);
            for term in field {
                let sum = &mut sums[*term as usize];
                if *sum == 0.0 {
                    touched.push(*term);
                }
                *sum += factor / long;
            }
        }
        for term in touched.drain(..) {
            let weight = std::mem::take(&mut sums[term as usize]);
            let posting = Posting {
                section: place,
                held: weight / (weight + SATURATION),
                spoken: weight,
            };
            placed.push((term, posting));
        }
        let fields = [0, 1, 3, 4].map(|field| draft.fields[field].as_slice());
        let mut names = Vec::new();
        for term in fields.into_iter().flatten() {
            let last = std::mem::replace(&mut named_in[*term as usize], place);
            if last != place {
                names.push(*term);
            }
        }
        names.sort_unstable();
        names.shrink_to_fit();
        index.names.push(names);
    }
    let n = drafts.len() as f32;
    let rarity = |df: usize| (1.0 + (n - df as f32 + 0.5) / (df as f32 + 0.5)).ln();
    index.in_sections = Rows::of(index.terms.len(), &placed);
    for term in 0..index.terms.len() {
        let list = index.in_sections.get_mut(term);
        let average = list.iter().map(|it| it.spoken).sum::<f32>() / n;
        index.idf.push(rarity(list.len()));
        for posting in list {
            posting.spoken = spoken(posting.spoken, average);
        }
    }
    index.unknown = rarity(0);
}

#[expect(clippy::cast_precision_loss, reason = "counts are small")]
fn average_lengths(drafts: &[Draft]) -> [f32; 6] {
    let mut lengths = [0.0_f32; 6];
    for draft in drafts {
        for (sum, field) in lengths.iter_mut().zip(&draft.fields) {
            *sum += field.len() as f32 / drafts.len() as f32;
        }
    }
    lengths
}
