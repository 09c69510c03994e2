//! How likely a row of the sheet is to stand: sums of weights that were fitted to the threads in `tests/reading/`.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::super::hints::{Features, Table};
use super::features::{Beside, around, of_field};
use super::lines::Lines;

/// What the one class is called.
#[cfg(test)]
pub(super) const CLASS: &str = "stands";

/// What speaks for a row to stand.
#[derive(Debug)]
pub(super) struct Model(Table);

impl Model {
    /// The model that was fitted.
    pub(super) fn get() -> &'static Self {
        static MODEL: LazyLock<Model> = LazyLock::new(|| {
            Model::parse(include_str!("weights.txt")).expect("a test writes the weights")
        });
        &MODEL
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        Table::parse(text).map(Self)
    }

    fn score(&self, features: &[Features]) -> f64 {
        let mut sums = self.0.none();
        for part in features {
            self.0.add(&mut sums, part);
        }
        sums.of(0)
    }
}

/// The rows of one thread being weighed; what speaks for all rows of a message is added up once.
pub(super) struct Weighing<'a> {
    model: &'a Model,
    lines: &'a Lines<'a>,
    of_line: HashMap<usize, f64>,
    of_field: HashMap<(usize, &'static str), f64>,
}

impl<'a> Weighing<'a> {
    pub(super) fn new(model: &'a Model, lines: &'a Lines<'a>) -> Self {
        Self {
            model,
            lines,
            of_line: HashMap::new(),
            of_field: HashMap::new(),
        }
    }

    /// How likely each row of a matter is, of which one stands at most.
    pub(super) fn chances(&mut self, beside: &Beside<'_>) -> Vec<f64> {
        let mut scores = Vec::new();
        for row in &beside.matter.rows {
            let (model, lines) = (self.model, self.lines);
            let (at, field) = (row.last(), row.finding().field.name);
            let line = self.of_line.entry(at);
            let line = *line.or_insert_with(|| model.score(&around(lines, at)));
            let field = self.of_field.entry((at, field));
            let field =
                *field.or_insert_with_key(|(at, field)| model.score(&of_field(lines, *at, field)));
            let state = model.score(&[row.state(beside)]);
            scores.push(model.0.base(0) + line + field + state);
        }
        let most = scores.iter().copied().fold(0.0, f64::max);
        let odds = scores.iter().map(|it| (it - most).exp());
        let all = odds.clone().sum::<f64>() + (-most).exp();
        odds.map(|it| it / all).collect()
    }
}
