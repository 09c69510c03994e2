//! Fits the gates to examples: the questions that the sections list against those to decline. Each
//! example is looked up in a library that does not know it, a fifth of them at a time.
//!
//! `BLESS=1 cargo test --lib calibration` writes the weights of `knowledge/gate.toml` anew.

use std::fmt::Write;
use std::path::Path;

use super::declined::{Declined, Why};
use super::entry::Entry;
use super::evidence::{Evidence, Sign};
use super::form::Form;
use super::gate::{Gate, Gates};
use super::library::{Library, library};
use super::score::{Scored, Scores};
use super::tokens::tokens;

/// In how many parts the examples are looked up.
const FOLDS: usize = 5;
/// Of how many listed questions one is an example: there are many more of them than of the others.
const EVERY: usize = 3;
/// How much more than the fitted weights' error the held ones' may be.
const SLACK: f64 = 1.02;
/// How often the fit takes a step; the last ones change nothing any more.
const STEPS: usize = 25;

const N: usize = Sign::ALL.len();

/// One example: its signs, and why it has to be declined, if it has.
struct Example {
    signs: [f64; N],
    declined: Option<Why>,
}

/// Every example.
fn examples() -> Vec<Example> {
    (0..FOLDS).flat_map(examples_of).collect()
}

/// The examples of one part, looked up in a library of all others.
fn examples_of(part: usize) -> Vec<Example> {
    let mut entries: Vec<Entry> = library().entries().to_vec();
    let mut answered = Vec::new();
    let mut number = 0;
    for section in entries.iter_mut().flat_map(|entry| &mut entry.sections) {
        for list in [&mut section.questions, &mut section.voices] {
            list.retain(|asked| {
                number += 1;
                let is_here = number % FOLDS == part;
                if is_here && (number / FOLDS).is_multiple_of(EVERY) {
                    answered.push(asked.clone());
                }
                !is_here
            });
        }
    }
    let declined = Library::declined();
    let numbered = || declined.iter().enumerate();
    let others = numbered().filter(|(number, _)| number % FOLDS != part);
    let others: Vec<Declined> = others.map(|(_, it)| it.clone()).collect();
    let rest = Library::of(entries, &others);
    let declined = numbered().filter(|(number, _)| number % FOLDS == part);
    let declined = declined.map(|(_, it)| (it.asked.clone(), Some(it.why)));
    let answered = answered.into_iter().map(|asked| (asked, None));
    let example = |(asked, declined): (String, Option<Why>)| Example {
        signs: {
            let evidence = evidence(&rest, &asked);
            Sign::ALL.map(|sign| f64::from(evidence.get(sign)))
        },
        declined,
    };
    answered.chain(declined).map(example).collect()
}

fn evidence(library: &Library, words: &str) -> Evidence {
    let tokens = tokens(words);
    let units = library.index.read(&tokens);
    let scores = Scores::of(&library.index, &units, Form::of(words));
    let sounds = library.index.sounds(&tokens);
    let mut compared = scores.compared(&library.index, sounds, |_| 0.0);
    compared.sections.sort_by(Scored::order);
    Evidence::weigh(&tokens, &units, &library.index, &compared)
}

/// A logistic model: what each sign counts, and the bias last.
type Model = [f64; N + 1];

/// What a model gets wrong: its mean log loss, each side counting half, with a slight pull of the
/// weights to nothing.
struct Fit {
    rows: Vec<([f64; N], bool)>,
    spread: [f64; N],
}

impl Fit {
    /// Of examples and on which side of the gate each belongs. What the gate does not weigh is
    /// nothing in all of them.
    fn new<'a>(gate: &Gate, examples: impl Iterator<Item = (&'a Example, bool)>) -> Self {
        let is_weighed = |sign: Sign| gate.weights.iter().any(|(it, _)| *it == sign);
        let row = |signs: &[f64; N]| {
            let weighed = |at: usize| {
                if is_weighed(Sign::ALL[at]) {
                    signs[at]
                } else {
                    0.0
                }
            };
            std::array::from_fn(weighed)
        };
        let rows: Vec<([f64; N], bool)> = examples
            .map(|(example, passes)| (row(&example.signs), passes))
            .collect();
        let n = as_f64(rows.len());
        let spread = std::array::from_fn(|sign| {
            let mean = rows.iter().map(|(row, _)| row[sign]).sum::<f64>() / n;
            let squares = rows.iter().map(|(row, _)| (row[sign] - mean).powi(2));
            (squares.sum::<f64>() / n).sqrt().max(1e-6)
        });
        Self { rows, spread }
    }

    /// What one row counts.
    fn share(&self, is_right: bool) -> f64 {
        let same = self.rows.iter().filter(|(_, it)| *it == is_right).count();
        as_f64(self.rows.len()) / (2.0 * as_f64(same))
    }

    fn error(&self, model: &Model) -> f64 {
        let shares = [false, true].map(|is_right| self.share(is_right));
        let losses = self.rows.iter().map(|(row, is_right)| {
            let chance = chance(model, &row[..]);
            let of_it = if *is_right { chance } else { 1.0 - chance };
            -shares[usize::from(*is_right)] * of_it.max(1e-12).ln()
        });
        let pull = (0..N).map(|sign| (model[sign] * self.spread[sign]).powi(2) / 2.0);
        (losses.sum::<f64>() + pull.sum::<f64>()) / as_f64(self.rows.len())
    }

    /// The model with the least error, by Newton's method.
    fn best(&self) -> Model {
        let mut model = [0.0; N + 1];
        let shares = [false, true].map(|is_right| self.share(is_right));
        for _ in 0..STEPS {
            let mut slope = [0.0; N + 1];
            let mut bend = [[0.0; N + 1]; N + 1];
            for (row, is_right) in &self.rows {
                let row: Model = std::array::from_fn(|at| row.get(at).copied().unwrap_or(1.0));
                let chance = chance(&model, &row[..N]);
                let share = shares[usize::from(*is_right)];
                let off = chance - if *is_right { 1.0 } else { 0.0 };
                for (at, one) in row.iter().enumerate() {
                    slope[at] += share * off * one;
                    for (other, two) in row.iter().enumerate() {
                        bend[at][other] += share * chance * (1.0 - chance) * one * two;
                    }
                }
            }
            for (at, spread) in self.spread.iter().enumerate() {
                slope[at] += model[at] * spread.powi(2);
                bend[at][at] += spread.powi(2);
            }
            let step = solved(bend, slope);
            for (weight, step) in model.iter_mut().zip(step) {
                *weight -= step;
            }
        }
        model
    }
}

fn as_f64(n: usize) -> f64 {
    f64::from(u32::try_from(n).expect("there are fewer examples"))
}

fn chance(model: &Model, row: &[f64]) -> f64 {
    let sum: f64 = row
        .iter()
        .zip(model)
        .map(|(one, weight)| one * weight)
        .sum();
    1.0 / (1.0 + (-(sum + model[N])).exp())
}

/// Solves a system of equations by elimination.
fn solved(mut rows: [[f64; N + 1]; N + 1], mut right: Model) -> Model {
    for at in 0..=N {
        let largest =
            (at..=N).max_by(|one, two| rows[*one][at].abs().total_cmp(&rows[*two][at].abs()));
        let largest = largest.expect("there is a row");
        rows.swap(at, largest);
        right.swap(at, largest);
        for below in at + 1..=N {
            let factor = rows[below][at] / rows[at][at];
            let above = rows[at];
            for (one, taken) in rows[below].iter_mut().zip(above).skip(at) {
                *one -= factor * taken;
            }
            right[below] -= factor * right[at];
        }
    }
    for at in (0..=N).rev() {
        let known: f64 = (at + 1..=N)
            .map(|other| rows[at][other] * right[other])
            .sum();
        right[at] = (right[at] - known) / rows[at][at];
    }
    right
}

/// The model that a gate holds.
fn held(gate: &Gate) -> Model {
    let mut model = [0.0; N + 1];
    model[N] = f64::from(gate.bias);
    for (sign, weight) in &gate.weights {
        model[*sign as usize] = f64::from(*weight);
    }
    model
}

/// A gate as `knowledge/gate.toml` writes it.
fn written(name: &str, gate: &Gate, model: &Model) -> String {
    let (least, bias) = (gate.least, model[N]);
    let mut text = format!("[{name}]\nleast = {least}\nbias = {bias:.3}\n\n[{name}.weights]\n");
    for (sign, _) in &gate.weights {
        let _ = writeln!(text, "{} = {:.3}", sign.name(), model[*sign as usize]);
    }
    text
}

/// What stands above the weights.
const HEAD: &str = "\
# The two gates before an answer, as logistic models: `market` lets through what is about going to market, `held`
# what a section answers. `least` is the least chance that passes and ours to choose: a higher one refuses more. The
# weights are fitted, not chosen: `BLESS=1 cargo test --lib calibration` writes them anew, of the signs that stand
# here, from the sections' questions and knowledge/declined/.

";

#[test]
fn the_gates_weigh_what_the_examples_teach() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("knowledge/gate.toml");
    let text = std::fs::read_to_string(&path).expect("the weights");
    let Gates {
        market,
        held: answered,
    } = Gates::read(&text).expect("the weights can be read");
    let examples = examples();
    let sided = examples
        .iter()
        .map(|it| (it, it.declined != Some(Why::Elsewhere)));
    let about_market = Fit::new(&market, sided);
    let of_market = examples
        .iter()
        .filter(|it| it.declined != Some(Why::Elsewhere));
    let is_held = Fit::new(&answered, of_market.map(|it| (it, it.declined.is_none())));
    let gates = [
        ("market", market, about_market),
        ("held", answered, is_held),
    ];
    if std::env::var_os("BLESS").is_some() {
        let page = gates.map(|(name, gate, fit)| written(name, &gate, &fit.best()));
        std::fs::write(&path, format!("{HEAD}{}", page.join("\n")))
            .expect("the weights are written");
        return;
    }
    for (name, gate, fit) in gates {
        let (ours, best) = (fit.error(&held(&gate)), fit.error(&fit.best()));
        println!("{name}: error {ours:.4}, the least possible {best:.4}");
        assert!(
            ours <= best * SLACK,
            "`{name}` errs by {ours:.4}, the examples teach {best:.4}: fit it anew with BLESS=1"
        );
    }
}
