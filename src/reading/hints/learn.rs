//! Fits weights to examples: a logistic model that goes through all examples several times, leaves out some
//! features each time, and takes the mean of several runs.

use std::collections::HashMap;
use std::fmt::Write;

use super::features::Features;
use super::table::SCALE;

/// How often the fit begins anew, and how often it goes through all examples each time; the weights are the
/// mean of those of the later halves.
const RUNS: usize = 3;
const ROUNDS: usize = 10;
/// How much less it steps each round.
const SHORTER: f32 = 0.85;
/// So many in ten features of an example are left out each time, so that none is relied on alone.
const LEFT_OUT: u64 = 4;
/// How far the base of a class steps.
const BASE_STEP: f32 = 0.05;
/// A feature counts that stands in so many examples.
const SEEN: usize = 3;

/// What stands around something, the classes that it may be of, and those that it is of: the first where there
/// is none.
pub(in crate::reading) struct Example {
    pub(in crate::reading) features: Vec<(u64, f32)>,
    pub(in crate::reading) classes: Vec<usize>,
    pub(in crate::reading) right: Vec<usize>,
}

/// The names of features by their numbers.
pub(in crate::reading) type Names = HashMap<u64, String>;

/// The numbers of features, each with how much it counts; their names are remembered.
pub(in crate::reading) fn numbered(features: &Features, names: &mut Names) -> Vec<(u64, f32)> {
    #[expect(clippy::cast_possible_truncation, reason = "a weight needs no more")]
    let share = features.share() as f32;
    let numbers: Vec<u64> = features.numbers().collect();
    for (number, name) in numbers.iter().zip(&features.names) {
        names.entry(*number).or_insert_with(|| name.clone());
    }
    numbers.into_iter().map(|it| (it, share)).collect()
}

/// The weights of each feature for each class, and the base of each class.
pub(in crate::reading) struct Weights {
    width: usize,
    rows: HashMap<u64, usize>,
    values: Vec<f32>,
    base: Vec<f32>,
}

impl Weights {
    fn new(examples: &[&Example], width: usize) -> Self {
        let mut seen: HashMap<u64, usize> = HashMap::new();
        for (number, _) in examples.iter().flat_map(|it| &it.features) {
            *seen.entry(*number).or_default() += 1;
        }
        let mut kept: Vec<u64> = seen
            .into_iter()
            .filter(|it| it.1 >= SEEN)
            .map(|it| it.0)
            .collect();
        kept.sort_unstable();
        Self {
            width,
            values: vec![0.0; kept.len() * width],
            rows: kept
                .into_iter()
                .enumerate()
                .map(|(at, it)| (it, at))
                .collect(),
            base: vec![0.0; width],
        }
    }

    /// Steps towards what an example is.
    fn learn(&mut self, example: &Example, step: f32) {
        let row =
            |(number, share): &(u64, f32)| Some((self.rows.get(number)? * self.width, *share));
        let rows: Vec<(usize, f32)> = example.features.iter().filter_map(row).collect();
        let sum = |class: usize| {
            let parts = rows
                .iter()
                .map(|(row, share)| self.values[row + class] * share);
            parts.sum::<f32>() + self.base[class]
        };
        let scores: Vec<f32> = example.classes.iter().map(|&class| sum(class)).collect();
        let most = scores.iter().copied().fold(f32::MIN, f32::max);
        let all: f32 = scores.iter().map(|it| (it - most).exp()).sum();
        #[expect(clippy::cast_precision_loss, reason = "a place is of few fields")]
        let part = 1.0 / example.right.len().max(1) as f32;
        for (class, score) in example.classes.iter().zip(scores) {
            let is_right = match example.right.as_slice() {
                [] => *class == 0,
                right => right.contains(class),
            };
            let error = (score - most).exp() / all - if is_right { part } else { 0.0 };
            self.base[*class] -= BASE_STEP * error;
            for (row, share) in &rows {
                self.values[row + class] -= step * error * share;
            }
        }
    }

    /// The file of the weights.
    pub(in crate::reading) fn written(
        &self,
        classes: &[String],
        names: &Names,
        least: f32,
    ) -> String {
        let mut text = String::new();
        let scaled = |weight: f32| format!("{:.0}", f64::from(weight) * SCALE);
        for (class, base) in classes.iter().zip(&self.base) {
            let _ = writeln!(text, "{class}\t{}", scaled(*base));
        }
        text.push('\n');
        let mut rows: Vec<(&String, usize)> = self
            .rows
            .iter()
            .map(|(number, row)| (&names[number], *row))
            .collect();
        rows.sort_unstable();
        for (name, row) in rows {
            let row = self.values[row * self.width..(row + 1) * self.width].iter();
            let kept = row.enumerate().filter(|(_, it)| it.abs() >= least);
            let kept: Vec<String> = kept
                .map(|(class, it)| format!("{class}:{}", scaled(*it)))
                .collect();
            if !kept.is_empty() {
                let _ = writeln!(text, "{name}\t{}", kept.join(" "));
            }
        }
        text
    }
}

/// The weights of some examples, of so many classes.
pub(in crate::reading) fn fit(examples: &[&Example], width: usize, first: f32) -> Weights {
    mean(examples, width, first, |weights, round, step, dice| {
        for example in shuffled(examples, round) {
            weights.learn(&example.thinned(dice), step);
        }
    })
}

/// The mean of the weights of several runs; `learn` goes once through all that teaches.
fn mean(
    examples: &[&Example],
    width: usize,
    first: f32,
    learn: impl Fn(&mut Weights, usize, f32, &mut Dice),
) -> Weights {
    let mut mean = Mean::new(&Weights::new(examples, width));
    let mut dice = Dice::default();
    let mut last = None;
    for run in 0..RUNS {
        let mut weights = Weights::new(examples, width);
        let mut step = first;
        for round in 0..ROUNDS {
            learn(&mut weights, run * ROUNDS + round, step, &mut dice);
            if round >= ROUNDS / 2 {
                mean.take(&weights);
            }
            step *= SHORTER;
        }
        last = Some(weights);
    }
    mean.of(last.expect("there is a run"))
}

/// The sums of the weights of several rounds.
struct Mean {
    rounds: f32,
    values: Vec<f32>,
    base: Vec<f32>,
}

impl Mean {
    fn new(weights: &Weights) -> Self {
        Self {
            rounds: 0.0,
            values: vec![0.0; weights.values.len()],
            base: vec![0.0; weights.base.len()],
        }
    }

    fn take(&mut self, weights: &Weights) {
        self.rounds += 1.0;
        let values = self.values.iter_mut().zip(&weights.values);
        let base = self.base.iter_mut().zip(&weights.base);
        for (sum, weight) in values.chain(base) {
            *sum += weight;
        }
    }

    fn of(self, weights: Weights) -> Weights {
        let share = |it: f32| it / self.rounds;
        Weights {
            values: self.values.into_iter().map(share).collect(),
            base: self.base.into_iter().map(share).collect(),
            ..weights
        }
    }
}

/// Numbers that look like chance, and are the same each time (xorshift).
struct Dice(u64);

impl Default for Dice {
    fn default() -> Self {
        Self(0x9E37_79B9_7F4A_7C15)
    }
}

impl Dice {
    /// A number below ten.
    fn throw(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 32) % 10
    }
}

impl Example {
    /// The example with some of its features, which count the more for it.
    fn thinned(&self, dice: &mut Dice) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "a number below ten")]
        let more = 10.0 / (10 - LEFT_OUT) as f32;
        let kept = self.features.iter().filter(|_| dice.throw() >= LEFT_OUT);
        Self {
            features: kept.map(|(it, share)| (*it, share * more)).collect(),
            classes: self.classes.clone(),
            right: self.right.clone(),
        }
    }
}

/// All examples in an order that looks like none, and is the same each time.
fn shuffled<'a>(examples: &'a [&'a Example], round: usize) -> impl Iterator<Item = &'a Example> {
    order(examples.len(), round).map(|at| examples[at])
}

/// The places of so many things in such an order.
fn order(count: usize, round: usize) -> impl Iterator<Item = usize> {
    let mut order: Vec<(u64, usize)> = (0..count)
        .map(|at| {
            let mut mixed =
                (at as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ ((round as u64 + 1) << 17);
            mixed ^= mixed >> 29;
            (mixed.wrapping_mul(0xBF58_476D_1CE4_E5B9), at)
        })
        .collect();
    order.sort_unstable();
    order.into_iter().map(|(_, at)| at)
}

/// Things of which at most one is meant: the features of each, and which it is.
pub(in crate::reading) struct Choice {
    pub(in crate::reading) options: Vec<Vec<(u64, f32)>>,
    pub(in crate::reading) right: Option<usize>,
}

/// The weights of a choice between things, or none of them: one class, by which the best is told.
pub(in crate::reading) fn choose(choices: &[Choice], first: f32) -> Weights {
    let example = |features: &Vec<(u64, f32)>| Example {
        features: features.clone(),
        classes: vec![0],
        right: Vec::new(),
    };
    let all: Vec<Example> = choices
        .iter()
        .flat_map(|it| &it.options)
        .map(example)
        .collect();
    let all: Vec<&Example> = all.iter().collect();
    mean(&all, 1, first, |weights, round, step, dice| {
        for at in order(choices.len(), round) {
            weights.learn_choice(&choices[at], step, dice);
        }
    })
}

impl Weights {
    /// Steps towards the thing that is meant.
    fn learn_choice(&mut self, choice: &Choice, step: f32, dice: &mut Dice) {
        #[expect(clippy::cast_precision_loss, reason = "a number below ten")]
        let more = 10.0 / (10 - LEFT_OUT) as f32;
        let rows = |features: &Vec<(u64, f32)>, dice: &mut Dice| -> Vec<(usize, f32)> {
            let kept = features.iter().filter(|_| dice.throw() >= LEFT_OUT);
            kept.filter_map(|(it, share)| Some((*self.rows.get(it)?, share * more)))
                .collect()
        };
        let options: Vec<Vec<(usize, f32)>> =
            choice.options.iter().map(|it| rows(it, dice)).collect();
        let score = |rows: &Vec<(usize, f32)>| {
            rows.iter()
                .map(|(row, share)| self.values[*row] * share)
                .sum::<f32>()
                + self.base[0]
        };
        let scores: Vec<f32> = options.iter().map(score).collect();
        let most = scores.iter().copied().fold(0.0, f32::max);
        let all = scores.iter().map(|it| (it - most).exp()).sum::<f32>() + (-most).exp();
        for (at, (rows, score)) in options.iter().zip(&scores).enumerate() {
            let is_right = choice.right == Some(at);
            let error = (score - most).exp() / all - if is_right { 1.0 } else { 0.0 };
            self.base[0] -= BASE_STEP * error;
            for (row, share) in rows {
                self.values[*row] -= step * error * share;
            }
        }
    }
}
