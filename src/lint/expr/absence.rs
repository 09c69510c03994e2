//! What is read of answers that are not there, and of segments side by side.

use std::borrow::Cow;

use super::evaluator::{Evaluator, Gate, Reading, Value};
use super::field_set::{FieldSet, Name};
use super::gap::Gap;
use super::kleene::both;
use super::node::Node;
use super::show::join;
use super::value::V;
use crate::plan::{Field, field};

impl<'a> Evaluator<'a> {
    /// Whether anybody has answered it.
    pub(super) fn answered(&mut self, inner: &'a Node) -> Result<bool, Box<Gap>> {
        match self.value(inner) {
            Ok(_) => Ok(true),
            Err(gap) if !gap.not_applicable.is_empty() || gap.no_history => Err(gap),
            Err(gap) if !gap.notes.is_empty() => Ok(true),
            Err(mut gap) if self.gate == Gate::TooEarly => {
                gap.too_early = true;
                Err(gap)
            }
            Err(gap) => {
                self.trace.absent.extend(gap.missing);
                Ok(false)
            }
        }
    }

    /// How many of these fields have an answer. Those that do not apply count, unless they are all
    /// there is: then there is nothing to count.
    pub(super) fn filled(&mut self, names: &[Name]) -> Value<'a> {
        let (mut n_filled, mut open, mut elsewhere) =
            (0_i128, FieldSet::default(), FieldSet::default());
        for name in names {
            self.trace.fields.insert(name.place);
            match self.source.field(*name, self.segment) {
                Reading::Unanswered(_) => open.insert(name.place),
                Reading::NotApplicable(_) => elsewhere.insert(name.place),
                _ => n_filled += 1,
            }
        }
        if n_filled > 0 {
            let n_elsewhere = i128::try_from(elsewhere.len()).unwrap_or(i128::MAX);
            return Ok(Cow::Owned(V::number(n_filled.saturating_add(n_elsewhere))));
        }
        if elsewhere.is_empty() && self.gate != Gate::TooEarly {
            self.trace.absent.extend(open);
            return Ok(Cow::Owned(V::number(0)));
        }
        Err(Box::new(Gap {
            too_early: elsewhere.is_empty(),
            missing: if elsewhere.is_empty() {
                open
            } else {
                FieldSet::default()
            },
            not_applicable: elsewhere,
            ..Gap::default()
        }))
    }

    /// The labels of those fields that nobody has answered, as words within a sentence.
    pub(super) fn open(&mut self, names: &[Name]) -> String {
        let labels = self.unanswered(names).into_iter();
        let labels: Vec<_> = labels.filter_map(field).map(Field::label).collect();
        join(labels.iter().map(String::as_str).collect())
    }

    fn unanswered(&self, names: &[Name]) -> Vec<&'static str> {
        let is_open = |name: &&Name| {
            let reading = self.source.field(**name, self.segment);
            matches!(reading, Reading::Unanswered(_))
        };
        names.iter().filter(is_open).map(|name| name.text).collect()
    }

    /// The name of the first earlier segment in which all parts are the same as in this one, or an
    /// empty text.
    pub(super) fn twin(&mut self, parts: &'a [Node]) -> Value<'a> {
        let Some(here) = self.segment else {
            return Ok(Cow::Owned(V::text("")));
        };
        let mut found = Ok(Cow::Owned(V::text("")));
        for earlier in 0..here {
            match self.alike(parts, here, earlier) {
                Ok(true) => {
                    found = Ok(Cow::Owned(V::text(self.source.segment_name(earlier))));
                    break;
                }
                Ok(false) => {}
                Err(gap) => {
                    found = Err(found
                        .err()
                        .map_or(gap.clone(), |other: Box<Gap>| other.and(gap)));
                }
            }
        }
        self.segment = Some(here);
        found
    }

    /// All parts are evaluated, so that the trace does not depend on the values.
    fn alike(&mut self, parts: &'a [Node], here: usize, earlier: usize) -> Result<bool, Box<Gap>> {
        let (mut differs, mut unsure) = (false, None);
        for part in parts {
            self.segment = Some(here);
            let one = self.value(part);
            self.segment = Some(earlier);
            let other = self.value(part);
            match both(one, other) {
                Ok((one, other)) => differs |= !is_same(&one, &other),
                Err(gap) => {
                    unsure = Some(unsure.map_or(gap.clone(), |other: Box<Gap>| other.and(gap)));
                }
            }
        }
        match unsure {
            Some(gap) if !differs => Err(gap),
            _ => Ok(!differs),
        }
    }
}

/// Texts are the same whatever their capitals and spaces.
fn is_same(one: &V, other: &V) -> bool {
    match (one, other) {
        (V::Text(one), V::Text(other)) => {
            let folded = |words: &str| {
                let words = words.split_whitespace().map(str::to_lowercase);
                words.collect::<Vec<_>>()
            };
            folded(one.words()) == folded(other.words())
        }
        _ => one == other,
    }
}
