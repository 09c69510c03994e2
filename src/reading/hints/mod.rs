//! How likely words of a message are the value of a field: what stands around them speaks for a field or
//! for none, each word with how much it does, fitted to the messages in `tests/reading/`.

mod features;
#[cfg(test)]
mod fit;
#[cfg(test)]
mod learn;
mod table;
mod vocabulary;

use std::sync::LazyLock;

use crate::plan::{self, Currency, Field, ParseContext, Value};

pub(super) use features::{Around, Features, Spot};
#[cfg(test)]
pub(super) use fit::messages;
#[cfg(test)]
pub(super) use learn::{Choice, Example, Names, choose, fit, numbered};
pub(super) use table::{Sums, Table};
pub(super) use vocabulary::Vocabulary;

/// A value that is less likely is not implied.
const FAINT: f64 = 0.000_5;

/// What words are that are no value of any field.
const NOTHING: &str = "nothing";
/// A value that words say without naming it: "cancel whenever you want".
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Implied {
    pub(super) field: &'static Field,
    pub(super) value: Value,
}

/// What the weights are of: a field, a value that is only implied, or nothing.
#[derive(Debug, Clone, PartialEq)]
enum Class {
    Nothing,
    Field(&'static Field),
    Implied(Implied),
}

impl Class {
    fn parse(name: &str) -> Option<Self> {
        if name == NOTHING {
            return Some(Self::Nothing);
        }
        let Some((name, value)) = name.split_once('=') else {
            return Some(Self::Field(plan::field(name)?));
        };
        let field = plan::field(name)?;
        // No value that is implied is an amount or a date, so that neither currency nor day matters.
        let context = ParseContext {
            currency: Currency::USD,
            today: jiff::civil::Date::constant(2026, 1, 1),
        };
        let value = field.parse(value, &context).ok()?;
        Some(Self::Implied(Implied { field, value }))
    }
}

/// What speaks for which field.
#[derive(Debug)]
pub(super) struct Hints {
    table: Table,
    nothing: u16,
    /// By the place of a field in the catalogue: its class.
    of_field: Vec<Option<u16>>,
    /// The values that are implied, and the class of each.
    implied: Vec<Implied>,
    of_implied: Vec<u16>,
}

impl Hints {
    /// The hints that were fitted.
    pub(super) fn get() -> &'static Self {
        static HINTS: LazyLock<Hints> = LazyLock::new(|| {
            Hints::parse(include_str!("weights.txt")).expect("a test writes the weights")
        });
        &HINTS
    }

    fn parse(text: &str) -> Option<Self> {
        let table = Table::parse(text)?;
        let (mut nothing, mut of_field) = (0, vec![None; plan::fields().len()]);
        let (mut implied, mut of_implied) = (Vec::new(), Vec::new());
        for (at, name) in table.names().iter().enumerate() {
            let at = u16::try_from(at).ok()?;
            match Class::parse(name)? {
                Class::Nothing => nothing = at,
                Class::Field(field) => {
                    of_field[field.place()] = Some(at);
                }
                Class::Implied(it) => {
                    implied.push(it);
                    of_implied.push(at);
                }
            }
        }
        Some(Self {
            table,
            nothing,
            of_field,
            implied,
            of_implied,
        })
    }

    /// The sums of no feature.
    pub(super) fn none(&self) -> Sums {
        self.table.none()
    }

    /// Adds the weights of some features.
    pub(super) fn add(&self, sums: &mut Sums, features: &Features) {
        self.table.add(sums, features);
    }

    /// How likely words with these features that may be of any of these fields are of each, where all else is
    /// nothing.
    pub(super) fn of_fields(
        &self,
        (sums, features): (&Sums, &Features),
        fields: &[&'static Field],
    ) -> Vec<f64> {
        let classes = fields.iter().map(|it| self.of_field[it.place()]);
        let classes: Vec<Option<u16>> = classes.collect();
        let mut known: Vec<u16> = classes.iter().flatten().copied().collect();
        known.sort_unstable();
        known.dedup();
        let chances = self.chances((sums, features), &known);
        let chance = |class: Option<u16>| {
            // Of a field that no message speaks of nothing is known.
            let at = class.and_then(|it| known.binary_search(&it).ok());
            at.map_or(0.0, |at| chances[at])
        };
        classes.into_iter().map(chance).collect()
    }

    /// The fields that such words may be of at all: those that are less likely than nothing by no more than `far`.
    pub(super) fn likely(&self, sums: &Sums, far: f64) -> Vec<&'static Field> {
        let score = |class: u16| self.table.score(sums, class);
        let least = score(self.nothing) - far;
        let fields = plan::fields().iter().zip(&self.of_field);
        let likely = fields.filter(|(_, class)| class.is_some_and(|it| score(it) >= least));
        likely.map(|(field, _)| field).collect()
    }

    /// The values that words with these features may imply, with how likely they do.
    pub(super) fn implied(&self, sums: &Sums, features: &Features) -> Vec<(f64, &Implied)> {
        let chances = self.chances((sums, features), &self.of_implied);
        let implied = chances.into_iter().zip(&self.implied);
        implied.filter(|(chance, _)| *chance >= FAINT).collect()
    }

    fn chances(&self, what: (&Sums, &Features), classes: &[u16]) -> Vec<f64> {
        self.table.chances(what, Some(self.nothing), classes)
    }
}
