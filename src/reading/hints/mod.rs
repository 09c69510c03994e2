//! How likely words of a message are the value of a field: what stands around them speaks for a field or
//! for none, each word with how much it does, fitted to the messages in `tests/reading/`.

mod features;
#[cfg(test)]
mod fit;

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;
use std::sync::LazyLock;

use super::quick::Quick;
use crate::plan::{self, Currency, Field, ParseContext, Value};

pub(super) use features::{Around, Features, Spot};

/// A weight in the file is so many times the weight.
const SCALE: f64 = 20.0;

/// What words are that are no value of any field.
const NOTHING: &str = "nothing";
/// What is less likely than nothing by so much is not made up for by the words next to a value.
const FAR: f64 = 6.0;

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

/// The hash of a feature's number: the number itself, which is one already.
#[derive(Debug, Default)]
struct Itself(u64);

impl Hasher for Itself {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }
}

/// The weights of all features.
#[derive(Debug)]
pub(super) struct Hints {
    /// By class: how likely it is by itself.
    base: Vec<f64>,
    nothing: u16,
    of_field: HashMap<&'static str, u16, Quick>,
    /// The values that are implied, and the class of each.
    implied: Vec<Implied>,
    of_implied: Vec<u16>,
    /// By feature: which of all weights are its own.
    of_feature: HashMap<u64, Range<u32>, BuildHasherDefault<Itself>>,
    weights: Vec<(u16, f32)>,
}

/// The sums of the weights of some features, by class.
#[derive(Debug, Clone)]
pub(super) struct Sums(Vec<f64>);

impl Hints {
    /// The hints that were fitted.
    pub(super) fn get() -> &'static Self {
        static HINTS: LazyLock<Hints> = LazyLock::new(|| {
            Hints::parse(include_str!("weights.txt")).expect("a test writes the weights")
        });
        &HINTS
    }

    /// Reads `class<tab>base` a line, then after an empty line `feature<tab>class:weight …`.
    fn parse(text: &str) -> Option<Self> {
        let (classes, features) = text.split_once("\n\n")?;
        let mut hints = Self {
            base: Vec::new(),
            nothing: 0,
            of_field: HashMap::default(),
            implied: Vec::new(),
            of_implied: Vec::new(),
            of_feature: HashMap::default(),
            weights: Vec::new(),
        };
        for (at, line) in classes.lines().enumerate() {
            let at = u16::try_from(at).ok()?;
            let (name, base) = line.split_once('\t')?;
            match Class::parse(name)? {
                Class::Nothing => hints.nothing = at,
                Class::Field(field) => {
                    hints.of_field.insert(field.name, at);
                }
                Class::Implied(implied) => {
                    hints.implied.push(implied);
                    hints.of_implied.push(at);
                }
            }
            hints.base.push(base.parse::<f64>().ok()? / SCALE);
        }
        for line in features.lines() {
            let (feature, weights) = line.split_once('\t')?;
            let start = u32::try_from(hints.weights.len()).ok()?;
            for it in weights.split(' ') {
                let (class, weight) = it.split_once(':')?;
                #[expect(clippy::cast_possible_truncation, reason = "two digits are enough")]
                let weight = (weight.parse::<f64>().ok()? / SCALE) as f32;
                hints.weights.push((class.parse().ok()?, weight));
            }
            let end = u32::try_from(hints.weights.len()).ok()?;
            let number = features::number_of(feature);
            hints.of_feature.insert(number, start..end);
        }
        Some(hints)
    }

    /// The sums of no feature.
    pub(super) fn none(&self) -> Sums {
        Sums(vec![0.0; self.base.len()])
    }

    /// Adds the weights of some features.
    pub(super) fn add(&self, sums: &mut Sums, features: &Features) {
        let share = features.share();
        for number in features.numbers() {
            self.add_one(sums, number, share);
        }
    }

    fn add_one(&self, sums: &mut Sums, number: u64, share: f64) {
        let Some(own) = self.of_feature.get(&number) else {
            return;
        };
        for (class, weight) in &self.weights[own.start as usize..own.end as usize] {
            sums.0[usize::from(*class)] += f64::from(*weight) * share;
        }
    }

    /// How likely words that may be of any of these fields are of each, where all else is nothing.
    pub(super) fn of_fields(&self, sums: &Sums, fields: &[&'static Field]) -> Vec<f64> {
        let classes = fields.iter().map(|it| self.of_field.get(it.name).copied());
        let classes: Vec<Option<u16>> = classes.collect();
        let mut known: Vec<u16> = classes.iter().flatten().copied().collect();
        known.sort_unstable();
        known.dedup();
        let chances = self.chances(sums, &known);
        let chance = |class: Option<u16>| {
            // Of a field that no message speaks of nothing is known.
            let at = class.and_then(|it| known.binary_search(&it).ok());
            at.map_or(0.0, |at| chances[at])
        };
        classes.into_iter().map(chance).collect()
    }

    /// The fields that such words may be of at all: those that are not too far less likely than nothing.
    pub(super) fn likely(&self, sums: &Sums) -> Vec<&'static Field> {
        let score = |class: u16| sums.0[usize::from(class)] + self.base[usize::from(class)];
        let least = score(self.nothing) - FAR;
        let fields = plan::fields().iter();
        let likely = fields.filter(|it| {
            let class = self.of_field.get(it.name);
            class.is_some_and(|&class| score(class) >= least)
        });
        likely.collect()
    }

    /// The values that words may imply, and how likely they do.
    pub(super) fn implied(&self, sums: &Sums) -> Vec<(f64, &Implied)> {
        let chances = self.chances(sums, &self.of_implied).into_iter();
        chances.zip(&self.implied).collect()
    }

    fn chances(&self, sums: &Sums, classes: &[u16]) -> Vec<f64> {
        let score = |class: u16| {
            let at = usize::from(class);
            sums.0[at] + self.base[at]
        };
        let mut odds: Vec<f64> = classes.iter().map(|&it| score(it)).collect();
        let nothing = score(self.nothing);
        let most = odds.iter().copied().fold(nothing, f64::max);
        for it in &mut odds {
            *it = (*it - most).exp();
        }
        let all: f64 = odds.iter().sum();
        let all = all + (nothing - most).exp();
        odds.into_iter().map(|it| it / all).collect()
    }
}
