//! How likely a row of the sheet is to stand: sums of weights that were fitted to the threads in `tests/reading/`.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::super::hints::{Features, Table};
use super::Row;
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

    /// What speaks for something with such features.
    pub(super) fn score(&self, features: &[Features]) -> f64 {
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

    /// How likely each row of a matter is, of which one stands at most, and that people disagree about it.
    pub(super) fn chances<'r>(&mut self, beside: &Beside<'r>) -> Chances<'r> {
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
        let argued = beside.matter.may_be_argued();
        let dispute = argued.then(|| self.model.score(&[beside.matter.dispute(beside)]));
        let dispute = dispute.map(|it| self.model.0.base(0) + it);
        let all = scores.iter().copied().chain(dispute);
        let most = all.clone().fold(0.0, f64::max);
        let odds = |score: f64| (score - most).exp();
        let sum = all.map(odds).sum::<f64>() + odds(0.0);
        let rows = scores.iter().zip(&beside.matter.rows);
        Chances {
            rows: rows
                .map(|(score, row)| (odds(*score) / sum, *row))
                .collect(),
            dispute: dispute.map_or(0.0, |it| odds(it) / sum),
        }
    }
}

/// How likely the rows of a matter are.
pub(super) struct Chances<'r> {
    rows: Vec<(f64, &'r Row)>,
    /// That people disagree about it.
    pub(super) dispute: f64,
}

impl<'r> Chances<'r> {
    /// The likeliest row.
    pub(super) fn best(&self) -> Option<(f64, &'r Row)> {
        let rows = self.rows.iter().copied();
        rows.max_by(|one, other| one.0.total_cmp(&other.0))
    }

    /// What the rules found.
    pub(super) fn of_rules(&self) -> Option<(f64, &'r Row)> {
        self.rows.iter().copied().find(|(_, row)| row.is_of_rules())
    }
}
