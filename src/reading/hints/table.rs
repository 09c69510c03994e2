//! Weights by feature and class: what a fit writes, and what is read from it.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

use super::features::{Features, number_of};

/// A weight in a file is so many times the weight.
pub(in crate::reading) const SCALE: f64 = 20.0;

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
pub(in crate::reading) struct Table {
    /// By class: what it is called, and how likely it is by itself.
    names: Vec<String>,
    base: Vec<f64>,
    /// By feature: which of all weights are its own.
    of_feature: HashMap<u64, Range<u32>, BuildHasherDefault<Itself>>,
    weights: Vec<(u16, f32)>,
}

/// The sums of the weights of some features, by class.
#[derive(Debug, Clone)]
pub(in crate::reading) struct Sums(Vec<f64>);

impl Sums {
    /// What the features alone speak for a class.
    pub(in crate::reading) fn of(&self, class: u16) -> f64 {
        self.0[usize::from(class)]
    }
}

impl Table {
    /// Reads `class<tab>base` a line, then after an empty line `feature<tab>class:weight …`.
    pub(in crate::reading) fn parse(text: &str) -> Option<Self> {
        let (classes, features) = text.split_once("\n\n")?;
        let mut table = Self {
            names: Vec::new(),
            base: Vec::new(),
            of_feature: HashMap::default(),
            weights: Vec::new(),
        };
        for line in classes.lines() {
            let (name, base) = line.split_once('\t')?;
            table.names.push(name.to_owned());
            table.base.push(base.parse::<f64>().ok()? / SCALE);
        }
        for line in features.lines() {
            let (feature, weights) = line.split_once('\t')?;
            let start = u32::try_from(table.weights.len()).ok()?;
            for it in weights.split(' ') {
                let (class, weight) = it.split_once(':')?;
                #[expect(clippy::cast_possible_truncation, reason = "two digits are enough")]
                let weight = (weight.parse::<f64>().ok()? / SCALE) as f32;
                table.weights.push((class.parse().ok()?, weight));
            }
            let end = u32::try_from(table.weights.len()).ok()?;
            table.of_feature.insert(number_of(feature), start..end);
        }
        Some(table)
    }

    /// What the classes are called, in their order.
    pub(in crate::reading) fn names(&self) -> &[String] {
        &self.names
    }

    /// The sums of no feature.
    pub(in crate::reading) fn none(&self) -> Sums {
        Sums(vec![0.0; self.base.len()])
    }

    /// Adds the weights of some features.
    pub(in crate::reading) fn add(&self, sums: &mut Sums, features: &Features) {
        let share = features.share();
        for number in features.numbers() {
            self.add_one(sums, number, share);
        }
    }

    pub(super) fn add_one(&self, sums: &mut Sums, number: u64, share: f64) {
        let Some(own) = self.of_feature.get(&number) else {
            return;
        };
        for (class, weight) in &self.weights[own.start as usize..own.end as usize] {
            sums.0[usize::from(*class)] += f64::from(*weight) * share;
        }
    }

    /// What speaks for a class whatever its features.
    pub(in crate::reading) fn base(&self, class: u16) -> f64 {
        self.base[usize::from(class)]
    }

    /// What speaks for a class.
    pub(in crate::reading) fn score(&self, sums: &Sums, class: u16) -> f64 {
        sums.of(class) + self.base(class)
    }

    /// How likely each of some classes is, where it is one of them or `nothing`.
    pub(in crate::reading) fn chances(
        &self,
        sums: &Sums,
        nothing: Option<u16>,
        classes: &[u16],
    ) -> Vec<f64> {
        let mut odds: Vec<f64> = classes.iter().map(|&it| self.score(sums, it)).collect();
        let nothing = nothing.map_or(f64::MIN, |it| self.score(sums, it));
        let most = odds.iter().copied().fold(nothing, f64::max);
        for it in &mut odds {
            *it = (*it - most).exp();
        }
        let all: f64 = odds.iter().sum();
        let all = all + (nothing - most).exp();
        odds.into_iter().map(|it| it / all).collect()
    }
}
