//! Weights by feature and class: what a fit writes, and what is read from it.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

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

/// A feature with weights for more classes has a row of all of them: adding up whole rows is faster.
const MANY: usize = 40;

/// What is less likely than the likeliest by so much is not likely at all.
const FAR: f64 = 16.0;

/// So many weights of a row are added at once.
const AT_ONCE: usize = 8;

/// Where the weights of a feature are.
#[derive(Debug, Clone, Copy)]
enum Own {
    Few { start: u32, count: u16 },
    Row { start: u32 },
}

/// The weights of all features, each so many times as large as it counts.
#[derive(Debug)]
pub(in crate::reading) struct Table {
    /// By class: what it is called, and how likely it is by itself.
    names: Vec<String>,
    base: Vec<f64>,
    of_feature: HashMap<u64, Own, BuildHasherDefault<Itself>>,
    /// The weights of features that have few, with their classes.
    few: Vec<(u16, i16)>,
    /// The rows of those that have many.
    rows: Vec<i16>,
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
            few: Vec::new(),
            rows: Vec::new(),
        };
        for line in classes.lines() {
            let (name, base) = line.split_once('\t')?;
            table.names.push(name.to_owned());
            table.base.push(base.parse::<f64>().ok()? / SCALE);
        }
        for line in features.lines() {
            let (feature, weights) = line.split_once('\t')?;
            let own = table.take(weights)?;
            table.of_feature.insert(number_of(feature), own);
        }
        Some(table)
    }

    /// Takes in the weights of a feature.
    fn take(&mut self, weights: &str) -> Option<Own> {
        let start = self.few.len();
        for it in weights.split(' ') {
            let (class, weight) = it.split_once(':')?;
            let class: u16 = class.parse().ok()?;
            if usize::from(class) >= self.width() {
                return None;
            }
            self.few.push((class, weight.parse().ok()?));
        }
        let count = self.few.len() - start;
        if count <= MANY {
            return Some(Own::Few {
                start: u32::try_from(start).ok()?,
                count: u16::try_from(count).ok()?,
            });
        }
        let row = self.rows.len();
        self.rows.resize(row + self.width(), 0);
        for (class, weight) in self.few.drain(start..) {
            self.rows[row + usize::from(class)] = weight;
        }
        Some(Own::Row {
            start: u32::try_from(row).ok()?,
        })
    }

    fn width(&self) -> usize {
        self.base.len()
    }

    /// What the classes are called, in their order.
    pub(in crate::reading) fn names(&self) -> &[String] {
        &self.names
    }

    /// The sums of no feature.
    pub(in crate::reading) fn none(&self) -> Sums {
        Sums(vec![0.0; self.width()])
    }

    /// Adds the weights of some features.
    pub(in crate::reading) fn add(&self, sums: &mut Sums, features: &Features) {
        let share = features.share() / SCALE;
        let own = self.added(features, add_row);
        for (sum, own) in sums.0.iter_mut().zip(own) {
            *sum += f64::from(own) * share;
        }
    }

    /// Adds the weights of one feature, which counts so much.
    #[cfg(test)]
    pub(super) fn add_one(&self, sums: &mut Sums, number: u64, share: f64) {
        let mut add =
            |class: usize, weight: i16| sums.0[class] += f64::from(weight) * share / SCALE;
        match self.of_feature.get(&number) {
            Some(Own::Few { start, count }) => {
                let few = self.few[*start as usize..].iter().take((*count).into());
                few.for_each(|(class, weight)| add(usize::from(*class), *weight));
            }
            Some(Own::Row { start }) => {
                let row = self.rows[*start as usize..].iter().take(self.width());
                row.enumerate()
                    .for_each(|(class, weight)| add(class, *weight));
            }
            None => {}
        }
    }

    /// The weights of some features added up, those of rows as `add` does.
    fn added(&self, features: &Features, add: impl Fn(&mut [i16], &[i16])) -> Vec<i16> {
        let mut own = vec![0_i16; self.width()];
        for number in features.numbers() {
            match self.of_feature.get(&number) {
                Some(Own::Few { start, count }) => {
                    let start = *start as usize;
                    for (class, weight) in &self.few[start..start + usize::from(*count)] {
                        let sum = &mut own[usize::from(*class)];
                        *sum = sum.saturating_add(*weight);
                    }
                }
                Some(Own::Row { start }) => {
                    let start = *start as usize;
                    add(&mut own, &self.rows[start..start + self.width()]);
                }
                None => {}
            }
        }
        own
    }

    /// What speaks for some classes, by what the sums and some features more do: those of many rows are added up
    /// for these alone.
    fn scores(&self, sums: &Sums, features: &Features, classes: &[u16]) -> Vec<f64> {
        let most = classes.len() * AT_ONCE >= self.width();
        let own = self.added(features, |own, row| {
            if most {
                return add_row(own, row);
            }
            for class in classes {
                let class = usize::from(*class);
                own[class] = own[class].saturating_add(row[class]);
            }
        });
        let share = features.share() / SCALE;
        let score =
            |&class: &u16| self.score(sums, class) + f64::from(own[usize::from(class)]) * share;
        classes.iter().map(score).collect()
    }

    /// What speaks for a class whatever its features.
    pub(in crate::reading) fn base(&self, class: u16) -> f64 {
        self.base[usize::from(class)]
    }

    /// What speaks for a class.
    pub(in crate::reading) fn score(&self, sums: &Sums, class: u16) -> f64 {
        sums.of(class) + self.base(class)
    }

    /// How likely each of some classes is by the sums and some features more, where it is one of them or `nothing`.
    pub(in crate::reading) fn chances(
        &self,
        (sums, features): (&Sums, &Features),
        nothing: Option<u16>,
        classes: &[u16],
    ) -> Vec<f64> {
        let all: Vec<u16> = classes.iter().copied().chain(nothing).collect();
        let mut odds = self.scores(sums, features, &all);
        let most = odds.iter().copied().fold(f64::MIN, f64::max);
        for it in &mut odds {
            *it = if most - *it < FAR {
                (*it - most).exp()
            } else {
                0.0
            };
        }
        let all: f64 = odds.iter().sum();
        odds.truncate(classes.len());
        odds.into_iter().map(|it| it / all).collect()
    }
}

fn add_row(sums: &mut [i16], row: &[i16]) {
    for (sum, weight) in sums.iter_mut().zip(row) {
        *sum = sum.saturating_add(*weight);
    }
}
