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
use super::rows::Rows;
use super::says::{Heard, Says};
use super::tokens::Stems;
use crate::text::Fnv;

/// In how many texts a gram must stand to be known.
const FEWEST: u32 = 2;
/// What every number is heard as: which one it is belongs to the asker.
const NUMBER: &str = "#";

/// The place of a stem that was not heard yet.
const UNHEARD: u32 = u32::MAX;

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
    /// The sections whose questions have each, with its weight among all that they have.
    sections: Rows<(u32, f32)>,
    n_sections: usize,
}

#[derive(Debug)]
struct Gram {
    rarity: f32,
    says: Says,
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
    /// The place of each stem that was heard, by its number.
    alone: Vec<u32>,
    places: ByKey,
    /// In how many texts each gram stands, and the last of them.
    found_in: Vec<(u32, u32)>,
    /// Who each text is of, and where its grams end.
    texts: Vec<(Of, usize)>,
    /// The grams of all texts, one behind the other.
    heard: Vec<u32>,
}

/// The grams of a text, each with how often it stands there.
type Counted = [(u32, u32)];

impl Learner {
    /// A learner of texts of so many words together, whose stems are numbered by `met`.
    pub(super) fn new(met: &Stems, words: usize) -> Self {
        let numbers = 0..u32::try_from(met.count()).expect("memory holds fewer words");
        Self {
            alone: vec![UNHEARD; met.count()],
            hashes: numbers.map(|number| hash(met.stem(number))).collect(),
            // Two words in three bring a pair that is new.
            places: ByKey::with_capacity_and_hasher(words * 2 / 3, BuildHasherDefault::new()),
            found_in: Vec::with_capacity(words * 2 / 3),
            texts: Vec::new(),
            heard: Vec::with_capacity(2 * words),
        }
    }

    /// Takes a text in, as the numbers of its stems.
    pub(super) fn hear(&mut self, of: Of, stems: &[u32]) {
        let text = u32::try_from(self.texts.len()).expect("memory holds fewer texts");
        let mut before = None;
        for stem in stems {
            let number = *stem as usize;
            let own = self.hashes[number];
            if self.alone[number] == UNHEARD {
                self.alone[number] = self.place(own);
            }
            self.note(self.alone[number], text);
            if let Some(before) = before.replace(own) {
                let place = self.place(pair(before, own));
                self.note(place, text);
            }
        }
        self.texts.push((of, self.heard.len()));
    }

    fn note(&mut self, place: u32, text: u32) {
        self.heard.push(place);
        let (found_in, last) = &mut self.found_in[place as usize];
        if *last != text {
            *last = text;
            *found_in += 1;
        }
    }

    fn place(&mut self, key: u64) -> u32 {
        let next = u32::try_from(self.found_in.len()).expect("memory holds fewer grams");
        let place = *self.places.entry(key).or_insert(next);
        if place == next {
            self.found_in.push((0, u32::MAX));
        }
        place
    }

    /// What the texts teach of `n_sections` sections.
    pub(super) fn learned(self, n_sections: usize) -> Grams {
        let (found_in, kept) = self.kept();
        let now = |place: u32| Some(kept[place as usize]).filter(|now| *now != RARE);
        let mut places = ByKey::with_capacity_and_hasher(found_in.len(), BuildHasherDefault::new());
        let known = self.places.iter();
        places.extend(known.filter_map(|(key, place)| Some((*key, now(*place)?))));
        let (mut texts, mut begin) = (Vec::with_capacity(self.texts.len()), 0);
        let (mut counts, mut text) = (Vec::with_capacity(self.heard.len()), Vec::new());
        for (of, end) in self.texts {
            text.clear();
            text.resize(end - begin, 0);
            let mut length = 0;
            // A rare gram is written over by the next one: which are rare cannot be guessed.
            for place in &self.heard[begin..end] {
                let now = kept[*place as usize];
                text[length] = now;
                length += usize::from(now != RARE);
            }
            counted(&mut text[..length], &mut counts);
            begin = end;
            texts.push((of, counts.len()));
        }
        let texts = Texts { texts, counts };
        let known = texts.weighed(&found_in);
        Grams {
            sections: texts.lean(&known, n_sections),
            places,
            known,
            n_sections,
        }
    }

    /// In how many texts each gram stands that is not rare, and each gram's place among these.
    fn kept(&self) -> (Vec<u32>, Vec<u32>) {
        let (mut found_in, mut kept) = (Vec::new(), vec![RARE; self.found_in.len()]);
        for ((texts, _), place) in self.found_in.iter().zip(&mut kept) {
            if *texts >= FEWEST {
                *place = u32::try_from(found_in.len()).expect("memory holds fewer grams");
                found_in.push(*texts);
            }
        }
        (found_in, kept)
    }
}

/// The place of a gram that is forgotten.
const RARE: u32 = u32::MAX;

/// Texts by the grams that are known.
struct Texts {
    /// Who each is of, and where its grams end.
    texts: Vec<(Of, usize)>,
    counts: Vec<(u32, u32)>,
}

impl Texts {
    fn iter(&self) -> impl Iterator<Item = (Of, &Counted)> {
        let begins = std::iter::once(0).chain(self.texts.iter().map(|(_, end)| *end));
        let bounds = begins.zip(&self.texts);
        bounds.map(|(begin, (of, end))| (*of, &self.counts[begin..*end]))
    }

    /// Each gram with its rarity and what it says.
    #[expect(clippy::cast_precision_loss, reason = "counts are small")]
    fn weighed(&self, found_in: &[u32]) -> Vec<Gram> {
        let mut heard = vec![Heard::default(); found_in.len()];
        let mut all = Heard::default();
        for (of, text) in self.iter() {
            for (place, _) in text {
                heard[*place as usize].add(of);
                all.add(of);
            }
        }
        let texts = self.texts.len() as f32;
        let gram = |(in_texts, heard): (&u32, &Heard)| Gram {
            rarity: ((1.0 + texts) / (1.0 + *in_texts as f32)).ln() + 1.0,
            says: heard.says(&all, found_in.len()),
        };
        found_in.iter().zip(&heard).map(gram).collect()
    }

    /// The sections that are asked with each gram. A section's texts stand together.
    fn lean(&self, known: &[Gram], n_sections: usize) -> Rows<(u32, f32)> {
        let mut sums = vec![0.0_f32; known.len()];
        let (mut placed, mut touched, mut vector) = (Vec::new(), Vec::new(), Vec::new());
        let mut texts = self.iter().peekable();
        for section in 0..n_sections {
            let is_its = |(of, _): &(Of, &Counted)| matches!(of, Of::Section(it) if *it == section);
            while let Some((_, text)) = texts.next_if(is_its) {
                unit_vector(text, known, &mut vector);
                for (place, weight) in &vector {
                    let sum = &mut sums[*place as usize];
                    if *sum == 0.0 {
                        touched.push(*place);
                    }
                    *sum += weight;
                }
            }
            let squares = touched.iter().map(|place| sums[*place as usize].powi(2));
            let length = squares.sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
            let section = u32::try_from(section).expect("memory holds fewer sections");
            for place in touched.drain(..) {
                let sum = std::mem::take(&mut sums[place as usize]);
                placed.push((place, (section, sum / length)));
            }
        }
        Rows::of(known.len(), &placed)
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
        let (mut counts, mut vector) = (Vec::with_capacity(grams.len()), Vec::new());
        counted(&mut grams, &mut counts);
        unit_vector(&counts, &self.known, &mut vector);
        let mut sounds = Sounds {
            together: vec![0.0; self.n_sections],
            ..Sounds::default()
        };
        for (place, weight) in vector {
            let gram = &self.known[place as usize];
            for (section, of_section) in self.sections.get(place as usize) {
                sounds.together[*section as usize] += weight * of_section;
            }
            sounds.says.add(gram.says);
            sounds.most_elsewhere = sounds.most_elsewhere.max(gram.says.elsewhere);
        }
        sounds
    }

    /// How many bytes they take, about.
    pub(super) fn bytes(&self) -> usize {
        self.known.len() * (size_of::<Gram>() + size_of::<(u64, u32)>()) + self.sections.bytes()
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
    let pair = before.map(|before| pair(before, own));
    [Some(own), pair].into_iter().flatten()
}

fn pair(before: u64, own: u64) -> u64 {
    before.rotate_left(23).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ own
}

/// Adds each place once, with how often it stands there.
fn counted(places: &mut [u32], counts: &mut Vec<(u32, u32)>) {
    places.sort_unstable();
    let begin = counts.len();
    for place in places {
        match counts[begin..].last_mut() {
            Some((last, count)) if *last == *place => *count += 1,
            _ => counts.push((*place, 1)),
        }
    }
}

/// A text as a vector of length 1: the rarer a gram, and the oftener it stands there, the more.
#[expect(clippy::cast_precision_loss, reason = "counts are small")]
fn unit_vector(text: &Counted, known: &[Gram], vector: &mut Vec<(u32, f32)>) {
    let weight = |place: u32, count: u32| {
        let often = if count == 1 {
            1.0
        } else {
            1.0 + (count as f32).ln()
        };
        often * known[place as usize].rarity
    };
    vector.clear();
    let weighed = text.iter();
    vector.extend(weighed.map(|(place, count)| (*place, weight(*place, *count))));
    let squares = vector.iter().map(|(_, weight)| weight * weight);
    let length = squares.sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
    for (_, weight) in vector {
        *weight /= length;
    }
}
