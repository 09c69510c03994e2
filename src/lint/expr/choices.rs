//! Choices by their place in the list that they stand in: a set of them is one machine word.

use std::ops::{BitAnd, BitOr, Sub};

/// The most choices that a field may have.
#[cfg(test)]
pub(crate) const MOST_CHOICES: usize = 64;

/// A set of choices, by place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Choices(u64);

impl Choices {
    /// Takes a choice in.
    pub(crate) fn insert(&mut self, place: u8) {
        self.0 |= 1 << (place % 64);
    }

    /// Whether the choice is in it.
    pub(crate) fn contains(self, place: u8) -> bool {
        self.0 & (1 << (place % 64)) != 0
    }

    /// How many there are.
    pub(crate) fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// The places, in the order of the list.
    pub(crate) fn places(self) -> impl Iterator<Item = u8> {
        (0..64).filter(move |place| self.contains(*place))
    }
}

impl FromIterator<u8> for Choices {
    fn from_iter<I: IntoIterator<Item = u8>>(places: I) -> Self {
        let mut choices = Self::default();
        for place in places {
            choices.insert(place);
        }
        choices
    }
}

impl BitAnd for Choices {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

impl BitOr for Choices {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl Sub for Choices {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }
}
