//! Questions that the next sentence answers: "What would they do otherwise? Outsource it."

use super::table::Frames;
use super::{Framed, Framing, line, values};
use crate::plan::{Field, Kind, Value};
use crate::reading::Found;
use crate::reading::mood::Mood;

/// An answer begins within so many words.
const BEGINS: usize = 4;

/// An answer in words has at most so many.
const WORDS: usize = 20;

impl Framing<'_> {
    /// The field that the sentence asks for, if it is one of the questions of the tables.
    pub(in crate::reading) fn asks(&self) -> Option<&'static Field> {
        let frames = Frames::get();
        let pieces = line::pieces(frames, self.sentence);
        let fits = self.fits(frames, &pieces);
        fits.iter()
            .find(|fit| fit.frame.asks)
            .map(|fit| fit.frame.field)
    }

    /// What the sentence says to a question for that field.
    pub(in crate::reading) fn answer(&self, field: &'static Field) -> Option<Framed> {
        let frames = Frames::get();
        let pieces = line::pieces(frames, self.sentence);
        let states = matches!(self.moods.first(), Some(Mood::Said | Mood::Denied));
        if self.sentence.is_question || !states || pieces.len() > WORDS {
            return None;
        }
        let (value, place) = match field.kind {
            Kind::Text | Kind::List => values::words(self, field, &pieces, 0)?,
            Kind::YesNo => match pieces.first()?.text {
                "yes" | "yep" | "yeah" | "yup" | "sure" | "absolutely" => {
                    (Value::YesNo(true), 0..1)
                }
                "no" | "nope" | "nah" | "nobody" => (Value::YesNo(false), 0..1),
                _ => return None,
            },
            _ => (0..BEGINS.min(pieces.len())).find_map(|at| {
                let (value, end) = values::number(self, field, &pieces, at)
                    .or_else(|| values::choices(frames, field, &pieces, at))?;
                Some((value, at..end))
            })?,
        };
        let elements = pieces[place.start].element..pieces[place.end - 1].element + 1;
        let segment = self.segments[elements.clone()]
            .iter()
            .rev()
            .flatten()
            .next()
            .cloned();
        Some(Framed {
            mood: Mood::Said,
            segment: segment.filter(|_| field.name != "icp.segment"),
            value: elements.clone(),
            weak: false,
            found: Found {
                field,
                value,
                elements,
                holder: None,
            },
        })
    }
}
