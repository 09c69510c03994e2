//! Words and pairs of neighbouring words by where they are asked with. They tell what a section is
//! asked about, all its questions taken together, and whether a question sounds like those that are
//! answered or like those that are declined.
//!
//! The first is the cosine of two vectors, each gram weighed by its rarity: of the question, and of
//! the mean of a section's questions and its text (Rocchio's classifier: Manning, Raghavan, Schütze,
//! *Introduction to Information Retrieval*, 14.2). The second is what naive Bayes sums (13.2).

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::declined::Why;
use super::hash::Fnv;
use super::says::{Heard, Says};
use super::tokens::Stems;

/// In how many texts a gram must stand to be known.
const FEWEST: u32 = 2;
/// What every number is heard as: which one it is belongs to the asker.
const NUMBER: &str = "#";

/// Who a text is of.
#[derive(Debug, Clone, Copy)]
pub(super) enum Of {
    /// A section, by its number in the index.
    Section(usize),
    /// A question that is declined.
    Declined(Why),
}

/// What is known of all grams that stand in several texts.
#[derive(Debug, Default)]
pub(super) struct Grams {
    places: ByKey,
    known: Vec<Gram>,
    n_sections: usize,
}

#[derive(Debug)]
struct Gram {
    rarity: f32,
    says: Says,
    /// The sections whose questions have it, with its weight among all that they have.
    sections: Vec<(u32, f32)>,
}

/// What some words are heard to ask.
#[derive(Debug, Default)]
pub(super) struct Sounds {
    /// How like all questions of each section together, by its number, from 0 to 1.
    pub(super) together: Vec<f32>,
    /// What they say together.
    pub(super) says: Says,
    /// What the gram says that speaks most for something else.
    pub(super) most_elsewhere: f32,
}

/// A gram by its hash.
type ByKey = HashMap<u64, u32, BuildHasherDefault<AsItIs>>;

/// A hash of what is a hash already.
#[derive(Debug, Default, Clone, Copy)]
struct AsItIs(u64);

impl Hasher for AsItIs {
    fn write(&mut self, _: &[u8]) {
        unreachable!("grams are kept by one number");
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// Takes texts in, one by one.
pub(super) struct Learner {
    /// The hash of each stem, by its number.
    hashes: Vec<u64>,
    places: ByKey,
    /// In how many texts each gram stands.
    found_in: Vec<u32>,
    texts: Vec<(Of, Counted)>,
}

/// The grams of a text, each with how often it stands there.
type Counted = Vec<(u32, u32)>;

impl Learner {
    /// A learner of texts whose stems are numbered by `met`.
    pub(super) fn new(met: &Stems) -> Self {
        let numbers = 0..u32::try_from(met.count()).expect("memory holds fewer words");
        Self {
            hashes: numbers.map(|number| hash(met.stem(number))).collect(),
            places: ByKey::default(),
            found_in: Vec::new(),
            texts: Vec::new(),
        }
    }

    /// Takes a text in, as the numbers of its stems.
    pub(super) fn hear(&mut self, of: Of, stems: &[u32]) {
        let mut grams = Vec::with_capacity(2 * stems.len());
        let mut before = None;
        for stem in stems {
            let own = self.hashes[*stem as usize];
            for key in keys(before.replace(own), own) {
                grams.push(self.place(key));
            }
        }
        let counted = counted(grams);
        for (place, _) in &counted {
            self.found_in[*place as usize] += 1;
        }
        self.texts.push((of, counted));
    }

    fn place(&mut self, key: u64) -> u32 {
        let next = u32::try_from(self.found_in.len()).expect("memory holds fewer grams");
        let place = *self.places.entry(key).or_insert(next);
        if place == next {
            self.found_in.push(0);
        }
        place
    }

    /// What the texts teach of `n_sections` sections.
    pub(super) fn learned(mut self, n_sections: usize) -> Grams {
        self.forget_rare();
        let mut known = self.weighed();
        self.lean(&mut known, n_sections);
        Grams {
            places: self.places,
            known,
            n_sections,
        }
    }

    /// Forgets what stands in one text only, and counts the rest anew.
    fn forget_rare(&mut self) {
        let mut kept = vec![None; self.found_in.len()];
        let mut next = 0;
        for (place, found_in) in self.found_in.iter().enumerate() {
            if *found_in >= FEWEST {
                kept[place] = Some(next);
                next += 1;
            }
        }
        self.places.retain(|_, place| match kept[*place as usize] {
            Some(now) => {
                *place = now;
                true
            }
            None => false,
        });
        self.found_in.retain(|found_in| *found_in >= FEWEST);
        for (_, text) in &mut self.texts {
            text.retain_mut(|(place, _)| match kept[*place as usize] {
                Some(now) => {
                    *place = now;
                    true
                }
                None => false,
            });
        }
    }

    /// Each gram with its rarity and what it says, in no section yet.
    #[expect(clippy::cast_precision_loss, reason = "counts are small")]
    fn weighed(&self) -> Vec<Gram> {
        let mut heard = vec![Heard::default(); self.found_in.len()];
        let mut all = Heard::default();
        for (of, text) in &self.texts {
            for (place, _) in text {
                heard[*place as usize].add(*of);
                all.add(*of);
            }
        }
        let texts = self.texts.len() as f32;
        let gram = |(found_in, heard): (&u32, &Heard)| Gram {
            rarity: ((1.0 + texts) / (1.0 + *found_in as f32)).ln() + 1.0,
            says: heard.says(&all, self.found_in.len()),
            sections: Vec::new(),
        };
        self.found_in.iter().zip(&heard).map(gram).collect()
    }

    /// Gives each gram the sections that are asked with it.
    fn lean(&self, known: &mut [Gram], n_sections: usize) {
        let mut of_section: Vec<Vec<&Counted>> = vec![Vec::new(); n_sections];
        for (of, text) in &self.texts {
            if let Of::Section(section) = of {
                of_section[*section].push(text);
            }
        }
        let mut sums = vec![0.0_f32; known.len()];
        for (section, texts) in (0_u32..).zip(of_section) {
            let mut touched = Vec::new();
            for text in texts {
                for (place, weight) in unit_vector(text, known) {
                    let sum = &mut sums[place as usize];
                    if *sum == 0.0 {
                        touched.push(place);
                    }
                    *sum += weight;
                }
            }
            let squares = touched.iter().map(|place| sums[*place as usize].powi(2));
            let length = squares.sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
            for place in touched {
                let sum = std::mem::take(&mut sums[place as usize]);
                known[place as usize].sections.push((section, sum / length));
            }
        }
    }
}

impl Grams {
    /// Whether a word stands in several texts.
    pub(super) fn knows(&self, stem: &str) -> bool {
        self.places.contains_key(&hash(stem))
    }

    /// What some words sound like, by their stems.
    pub(super) fn hear(&self, stems: impl Iterator<Item = impl AsRef<str>>) -> Sounds {
        let mut grams = Vec::new();
        let mut before = None;
        for stem in stems {
            let own = hash(stem.as_ref());
            let keys = keys(before.replace(own), own).into_iter();
            grams.extend(keys.filter_map(|key| self.places.get(&key).copied()));
        }
        let counted = counted(grams);
        let mut sounds = Sounds {
            together: vec![0.0; self.n_sections],
            ..Sounds::default()
        };
        for (place, weight) in unit_vector(&counted, &self.known) {
            let gram = &self.known[place as usize];
            for (section, of_section) in &gram.sections {
                sounds.together[*section as usize] += weight * of_section;
            }
            sounds.says.add(gram.says);
            sounds.most_elsewhere = sounds.most_elsewhere.max(gram.says.elsewhere);
        }
        sounds
    }

    /// How many bytes they take, about.
    pub(super) fn bytes(&self) -> usize {
        let sections: usize = self.known.iter().map(|gram| gram.sections.len()).sum();
        self.known.len() * (size_of::<Gram>() + size_of::<(u64, u32)>())
            + sections * size_of::<(u32, f32)>()
    }
}

/// The hash of a stem.
fn hash(stem: &str) -> u64 {
    let mut hasher = Fnv::default();
    let heard = if stem.starts_with(NUMBER) {
        NUMBER
    } else {
        stem
    };
    hasher.write(heard.as_bytes());
    hasher.finish()
}

/// What a word and its pair with the word before it are kept by.
fn keys(before: Option<u64>, own: u64) -> impl IntoIterator<Item = u64> {
    let pair =
        before.map(|before| before.rotate_left(23).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ own);
    [Some(own), pair].into_iter().flatten()
}

/// Each place once, with how often it stands there.
fn counted(mut places: Vec<u32>) -> Counted {
    places.sort_unstable();
    let runs = places.chunk_by(|one, other| one == other);
    runs.map(|run| (run[0], u32::try_from(run.len()).unwrap_or(u32::MAX)))
        .collect()
}

/// A text as a vector of length 1: the rarer a gram, and the oftener it stands there, the more.
#[expect(clippy::cast_precision_loss, reason = "counts are small")]
fn unit_vector(text: &Counted, known: &[Gram]) -> Vec<(u32, f32)> {
    let weight = |place: u32, count: u32| {
        let often = if count == 1 {
            1.0
        } else {
            1.0 + (count as f32).ln()
        };
        often * known[place as usize].rarity
    };
    let mut vector: Vec<(u32, f32)> = text
        .iter()
        .map(|(place, count)| (*place, weight(*place, *count)))
        .collect();
    let squares = vector.iter().map(|(_, weight)| weight * weight);
    let length = squares.sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
    for (_, weight) in &mut vector {
        *weight /= length;
    }
    vector
}
