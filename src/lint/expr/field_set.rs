//! Fields by their place in the catalogue: a set of them is a few machine words.

use crate::plan::Level;

/// A field as expressions hold it: its name, whose it is, and its place in the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Name {
    /// The name, such as `pricing.acv`.
    pub(crate) text: &'static str,
    /// Whether it is answered for the plan or for each segment.
    pub(crate) level: Level,
    /// The place in the catalogue's order.
    pub(crate) place: usize,
}

/// How many machine words a set has.
const WORDS: usize = 4;

/// The most fields that a catalogue may have.
#[cfg(test)]
pub(crate) const MOST_FIELDS: usize = WORDS * 64;

/// A set of fields, by place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub(crate) struct FieldSet([u64; WORDS]);

impl FieldSet {
    /// The set of one field.
    pub(crate) fn of(place: usize) -> Self {
        let mut set = Self::default();
        set.insert(place);
        set
    }

    /// Takes the field in.
    pub(crate) fn insert(&mut self, place: usize) {
        self.0[place / 64] |= 1 << (place % 64);
    }

    /// Takes all fields of `other` in.
    pub(crate) fn extend(&mut self, other: Self) {
        for (word, more) in self.0.iter_mut().zip(other.0) {
            *word |= more;
        }
    }

    /// Whether some field is in both.
    pub(crate) fn meets(self, other: Self) -> bool {
        self.0.iter().zip(other.0).any(|(one, two)| one & two != 0)
    }

    /// Whether there is none in it.
    pub(crate) fn is_empty(&self) -> bool {
        self.0 == [0; WORDS]
    }

    /// How many fields it has.
    pub(crate) fn len(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// The places, in the catalogue's order.
    pub(crate) fn places(self) -> impl Iterator<Item = usize> {
        let words = self.0.into_iter().enumerate();
        words.flat_map(|(word, bits)| ones(bits).map(move |bit| word * 64 + bit))
    }
}

/// The places of the bits that are set, from the lowest up.
fn ones(mut bits: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let lowest = (bits != 0).then_some(bits.trailing_zeros() as usize);
        bits &= bits.wrapping_sub(1);
        lowest
    })
}

impl FromIterator<usize> for FieldSet {
    fn from_iter<I: IntoIterator<Item = usize>>(places: I) -> Self {
        let mut set = Self::default();
        for place in places {
            set.insert(place);
        }
        set
    }
}
