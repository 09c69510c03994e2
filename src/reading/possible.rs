//! What a message of a thread could say: also what it says too little for by itself, for others may have asked for it.

use super::Finding;
use super::each::Telling;
use super::frames::How;
use super::guess::{Place, Weighed};
use super::hints::{Around, Vocabulary};
use super::mood::Mood;
use crate::plan::Field;

/// What is likelier than this may be what is meant, or than this where its message speaks of its field.
const LIKELY: f64 = 0.03;
const FAINT: f64 = 0.003;

/// In a reply no field is looked for that is less likely than nothing by so much.
const FAR: f64 = 3.0;

/// A value that a message may say.
#[derive(Debug, Clone)]
pub(super) struct Possible {
    pub(super) chance: f64,
    /// The mood of its clause.
    pub(super) mood: Mood,
    pub(super) finding: Finding,
}

impl Telling<'_> {
    /// Every value that the words of a message behind its first `from` bytes could be, where it is likely or of one
    /// of the fields of which it speaks.
    pub(super) fn possible(&self, from: usize, about: &[&'static Field]) -> Vec<Possible> {
        let around = Around::new(&self.clean.text, Vocabulary::get());
        let sums = self.of_sentences(&around);
        let places = self.likely_places((&[], about), &sums, FAR);
        let behind = |place: &Place| {
            let origin = self.clean.origin(place.at.0..place.at.1);
            place.how == How::Implied || origin.start >= from
        };
        let mut weighed = self.weighed((&places, behind), &around, &sums);
        let likely = |it: &Weighed<'_>| {
            it.chance >= LIKELY || (it.chance >= FAINT && about.contains(&it.field))
        };
        weighed.retain(likely);
        weighed.iter().filter_map(|it| self.said_of(it)).collect()
    }

    /// What is said where the likely ones of these values are.
    pub(super) fn possible_of(&self, weighed: &[Weighed<'_>]) -> Vec<Possible> {
        let likely = weighed.iter().filter(|it| it.chance >= LIKELY);
        likely.filter_map(|it| self.said_of(it)).collect()
    }

    fn said_of(&self, it: &Weighed<'_>) -> Option<Possible> {
        let (_, finding) = self.heard_in(Mood::Said, it).findings.into_iter().next()?;
        Some(Possible {
            chance: it.chance,
            mood: it.place.mood.unwrap_or(Mood::Said),
            finding,
        })
    }
}
