//! How near sections are to some words in meaning, as a model above has measured it.
//!
//! The lookup takes part in it by rank alone: what the numbers of one model mean is no other's.

use super::entry::{Entry, Section};
use super::library::Library;

/// How near in meaning each section is to some words, in the order of [`Library::meanings`]: the
/// greater the nearer.
#[derive(Debug, Clone, PartialEq)]
pub struct Nearness(Vec<f32>);

/// A section's texts, to be compared by meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meanings {
    /// The questions that it answers, then what it says.
    pub texts: Vec<String>,
}

impl Nearness {
    /// One number for each section.
    pub fn new(sections: Vec<f32>) -> Self {
        Self(sections)
    }

    /// All sections, the nearest first; equal ones in the library's order. None where it was
    /// measured on another library.
    pub fn nearest(&self, sections: usize) -> Vec<usize> {
        if self.0.len() != sections {
            return Vec::new();
        }
        let mut order: Vec<usize> = (0..sections).filter(|it| self.0[*it].is_finite()).collect();
        order.sort_by(|one, other| {
            let by_nearness = self.0[*other].total_cmp(&self.0[*one]);
            by_nearness.then(one.cmp(other))
        });
        order
    }
}

impl Library {
    /// What of each section is to be compared by meaning, in the order in which [`Nearness`] counts
    /// them.
    pub fn meanings(&self) -> Vec<Meanings> {
        let sections = self.entries().iter().flat_map(|entry| {
            let sections = entry.sections.iter();
            sections.map(move |section| Meanings::of(entry, section))
        });
        sections.collect()
    }
}

impl Meanings {
    fn of(entry: &Entry, section: &Section) -> Self {
        let own = format!("{}: {}. {}", entry.title, section.heading, section.body);
        let texts = section.asked().cloned().chain([own]).collect();
        Self { texts }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_come_first_and_equal_ones_in_order() {
        let near = Nearness::new(vec![0.1, 0.9, f32::NAN, 0.9, 0.5]);
        assert_eq!(near.nearest(5), [1, 3, 4, 0]);
        // Of another library.
        assert_eq!(near.nearest(4), [0; 0]);
    }
}
