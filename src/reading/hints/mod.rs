//! Which field a message speaks of where no pattern fits: words that speak for a field, each with how
//! much it does, fitted to the messages in `tests/reading/`.
//!
//! This only names a field. The value must stand in the words and fit it, and be stated.

mod features;
#[cfg(test)]
mod fit;

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use crate::plan::{self, Field};

/// A weight in the file is so many times the weight.
const SCALE: f64 = 20.0;

/// A field of which words may speak, or nothing of a plan.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Likely {
    pub(super) chance: f64,
    pub(super) field: Option<&'static Field>,
    /// The likeliest value that the words say without naming it, and its chance.
    pub(super) says: Option<(f64, &'static str)>,
}

/// What the words may be of: a field, a value of a field, or nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Class {
    field: Option<&'static Field>,
    value: Option<&'static str>,
}

impl Class {
    fn parse(name: &str) -> Option<Self> {
        if name == NOTHING {
            return Some(Self {
                field: None,
                value: None,
            });
        }
        let (name, value) = name
            .split_once('=')
            .map_or((name, None), |(name, value)| (name, Some(value)));
        let field = plan::field(name)?;
        let slugs = field.choices.iter().map(|choice| choice.slug);
        let value = match value {
            None => None,
            Some(value) => Some(slugs.chain(["yes", "no", "none"]).find(|it| *it == value)?),
        };
        Some(Self {
            field: Some(field),
            value,
        })
    }
}

/// What a message is that speaks of no field.
const NOTHING: &str = "nothing";

/// The weights of all words.
#[derive(Debug)]
pub(super) struct Hints {
    classes: Vec<Class>,
    base: Vec<f64>,
    words: HashMap<String, Vec<(u16, f64)>>,
}

impl Hints {
    /// The hints that were fitted.
    pub(super) fn get() -> &'static Self {
        static HINTS: LazyLock<Hints> = LazyLock::new(|| {
            Hints::parse(include_str!("weights.txt")).expect("a test writes the weights")
        });
        &HINTS
    }

    /// Reads `class base` a line, then after an empty line `word class:weight …`.
    fn parse(text: &str) -> Option<Self> {
        let (classes, words) = text.split_once("\n\n")?;
        let mut hints = Self {
            classes: Vec::new(),
            base: Vec::new(),
            words: HashMap::new(),
        };
        for line in classes.lines().filter(|line| !line.starts_with("//")) {
            let (name, base) = line.split_once(' ')?;
            hints.classes.push(Class::parse(name)?);
            hints.base.push(base.parse::<f64>().ok()? / SCALE);
        }
        for line in words.lines() {
            let (word, weights) = line.split_once(' ')?;
            let weights = weights.split(' ').map(|it| {
                let (class, weight) = it.split_once(':')?;
                Some((class.parse().ok()?, weight.parse::<f64>().ok()? / SCALE))
            });
            hints.words.insert(
                word.to_owned(),
                weights.collect::<Option<Vec<(u16, f64)>>>()?,
            );
        }
        Some(hints)
    }

    /// How likely each field is for a clean text, the likeliest first.
    pub(super) fn of(&self, text: &str) -> Vec<Likely> {
        let mut likely: Vec<Likely> = Vec::new();
        for (chance, class) in self.chances(&features::features(text)) {
            let says = class.value.map(|value| (chance, value));
            match likely.iter_mut().find(|it| it.field == class.field) {
                Some(known) => {
                    known.chance += chance;
                    known.says = known.says.or(says);
                }
                None => likely.push(Likely {
                    chance,
                    field: class.field,
                    says,
                }),
            }
        }
        likely.sort_by(|one, other| other.chance.total_cmp(&one.chance));
        likely
    }

    /// How likely each class is, the likeliest first.
    fn chances(&self, features: &BTreeSet<String>) -> Vec<(f64, Class)> {
        let known = features.iter().filter_map(|word| self.words.get(word));
        let known: Vec<&Vec<(u16, f64)>> = known.collect();
        let mut sums = self.base.clone();
        #[expect(clippy::cast_precision_loss, reason = "a message has few words")]
        let share = 1.0 / (known.len().max(1) as f64).sqrt();
        for (class, weight) in known.into_iter().flatten() {
            sums[usize::from(*class)] += weight * share;
        }
        let most = sums.iter().copied().fold(f64::MIN, f64::max);
        let parts: Vec<f64> = sums.iter().map(|sum| (sum - most).exp()).collect();
        let all: f64 = parts.iter().sum();
        let chances = parts.iter().map(|part| part / all);
        let mut chances: Vec<(f64, Class)> = chances.zip(self.classes.iter().copied()).collect();
        chances.sort_by(|one, other| other.0.total_cmp(&one.0));
        chances
    }
}
