//! Fits the weights to what the reader takes out of the messages in `tests/reading/`: what it should is meant,
//! what it should not is not. `BLESS=1 cargo test --lib meant -- --nocapture` writes them anew, and prints
//! what they do on sets that they do not know.

use std::collections::{BTreeMap, HashSet};
use std::fmt::Write;
use std::path::Path;

use super::{Meant, SCALE};
use crate::plan::{self, Currency, ParseContext};
use crate::reading::Context;
use crate::reading::hints::fit::{hold_out, sets};
use crate::reading::message::told;
use crate::reading::mood::Mood;
use crate::reading::talk::Talk;
use crate::reading::testing::value;

/// The sets that are left out together, so that neither hints nor weights know them.
const FOLDS: [&[u32]; 6] = [
    &[1, 2, 3, 4, 5, 6, 7, 8, 10, 11],
    &[12, 13, 14, 15, 16],
    &[17, 18],
    &[19, 20, 21],
    &[22],
    &[23, 24, 25],
];
/// How often the fit goes through all examples, and how far it steps at first.
const ROUNDS: usize = 150;
const STEP: f64 = 0.3;
/// How much a large weight costs.
const COST: f64 = 3.0;
/// A sign counts that so many examples have.
const SEEN: usize = 3;
/// A smaller weight is not written.
const WRITTEN: f64 = 0.02;

/// Something that was read: its signs, and whether it should have been.
struct Example {
    set: u32,
    signs: Vec<(String, f64)>,
    meant: bool,
    trap: bool,
}

fn context() -> ParseContext {
    ParseContext {
        currency: Currency::USD,
        today: jiff::civil::date(2026, 3, 2),
    }
}

/// The labels of a case as they are shown, and the names of their fields.
fn labels(block: &str) -> Vec<(String, &str)> {
    let said = block.lines().filter_map(|line| line.strip_prefix("= "));
    let shown = said.map(|said| {
        let (name, words) = said.split_once(": ").expect("a field and a value");
        let (name, segment) = name
            .split_once(" @")
            .map_or((name, None), |(name, it)| (name, Some(it)));
        let field = plan::field(name).expect("a field");
        let of = field.parse(words, &context()).expect("a value");
        let segment = segment.map_or(String::new(), |it| format!(" @{it}"));
        (format!("{name}{segment}: {}", of.display(field)), name)
    });
    shown.collect()
}

/// What the reader takes out of a case before it is doubted; what is a wrong value of a field that was meant
/// is an example of neither.
fn of_case(set: u32, block: &str) -> Vec<Example> {
    let Some(message) = block.lines().find_map(|line| line.strip_prefix("> ")) else {
        return Vec::new();
    };
    let labels = labels(block);
    let marked = |line: &str| ["= ", "~ ", "? "].iter().any(|mark| line.starts_with(mark));
    let trap = !block.lines().any(marked);
    let read = Context {
        plan: None,
        parse: context(),
    };
    let examples = told(
        &message.replace("\\n", "\n"),
        &read,
        &Talk::default(),
        |telling, heard| {
            let said = heard
                .findings
                .iter()
                .filter(|(mood, _)| *mood == Mood::Said);
            let examples = said.filter_map(|(_, it)| {
                let shown = value(it);
                let meant = labels.iter().any(|(label, _)| *label == shown);
                let near = labels.iter().any(|(_, name)| *name == it.field.name);
                (meant || !near).then(|| Example {
                    set,
                    signs: telling.signs(it),
                    meant,
                    trap,
                })
            });
            examples.collect::<Vec<_>>()
        },
    );
    examples.unwrap_or_default()
}

/// What is read of some sets with the hints that are held.
fn of_sets(some: &[u32]) -> Vec<Example> {
    let sets = sets().into_iter().filter(|(set, _)| some.contains(set));
    let blocks = sets.flat_map(|(set, text)| {
        let blocks = text.split("\n\n").flat_map(|block| of_case(set, block));
        blocks.collect::<Vec<_>>()
    });
    blocks.collect()
}

/// A logistic model of the examples: all of them together push the weights, each less the more it has moved.
fn fit(examples: &[&Example]) -> String {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for (sign, _) in examples.iter().flat_map(|it| &it.signs) {
        *seen.entry(sign).or_default() += 1;
    }
    seen.retain(|_, count| *count >= SEEN);
    let names: Vec<&str> = seen.keys().copied().collect();
    let row = |it: &&Example| -> Vec<(usize, f64)> {
        let signs = it.signs.iter();
        let known = signs
            .filter_map(|(sign, much)| Some((names.binary_search(&sign.as_str()).ok()?, *much)));
        known.collect()
    };
    let rows: Vec<Vec<(usize, f64)>> = examples.iter().map(row).collect();
    let base = names.len();
    let (mut weights, mut moved) = (vec![0.0; base + 1], vec![1e-6; base + 1]);
    for _ in 0..ROUNDS {
        let mut push: Vec<f64> = weights.iter().map(|it| COST * it).collect();
        push[base] = 0.0;
        for (row, example) in rows.iter().zip(examples) {
            let sum = weights[base]
                + row
                    .iter()
                    .map(|(at, much)| weights[*at] * much)
                    .sum::<f64>();
            let error = 1.0 / (1.0 + (-sum).exp()) - f64::from(u8::from(example.meant));
            push[base] += error;
            for (at, much) in row {
                push[*at] += error * much;
            }
        }
        for ((weight, moved), push) in weights.iter_mut().zip(&mut moved).zip(push) {
            *moved += push * push;
            *weight -= STEP * push / moved.sqrt();
        }
    }
    let mut text = format!("{:.0}\n", weights[base] * SCALE);
    for (name, weight) in names
        .iter()
        .zip(&weights)
        .filter(|(_, it)| it.abs() >= WRITTEN)
    {
        let _ = writeln!(text, "{name} {:.0}", weight * SCALE);
    }
    text
}

/// How many of some examples are let go that were meant, and how many stay that were not.
fn counts(meant: &Meant, examples: &[&Example], least: f64) -> [usize; 3] {
    let stays = |it: &&&Example| meant.chance(&it.signs) >= least;
    let lost = examples.iter().filter(|it| it.meant && !stays(it)).count();
    let wrong = examples.iter().filter(|it| !it.meant && stays(it)).count();
    let traps = examples.iter().filter(|it| it.trap && stays(it)).count();
    [lost, wrong, traps]
}

fn fit_anew() {
    let mut all = Vec::new();
    for fold in FOLDS {
        hold_out(fold);
        all.extend(of_sets(fold));
    }
    hold_out(&[]);
    for fold in &FOLDS[2..] {
        let (tested, seen): (Vec<&Example>, Vec<&Example>) =
            all.iter().partition(|it| fold.contains(&it.set));
        let meant = Meant::parse(&fit(&seen)).expect("what is written is read");
        for least in [0.0, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9] {
            let [lost, wrong, traps] = counts(&meant, &tested, least);
            println!(
                "sets {fold:?} of {} least {least}: lost {lost}, wrong {wrong}, of traps {traps}",
                tested.len()
            );
        }
    }
    let written = fit(&all.iter().collect::<Vec<_>>());
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/reading/meant/weights.txt");
    std::fs::write(path, written).expect("the weights");
}

#[test]
fn the_weights_are_those_of_what_is_read() {
    if std::env::var_os("BLESS").is_some() {
        fit_anew();
        return;
    }
    let known: HashSet<u32> = FOLDS.iter().flat_map(|it| it.iter().copied()).collect();
    let all = of_sets(&known.into_iter().collect::<Vec<_>>());
    let all: Vec<&Example> = all.iter().collect();
    let [lost, wrong, _] = counts(Meant::get(), &all, super::LEAST);
    let [_, before, _] = counts(Meant::get(), &all, 0.0);
    assert!(
        lost * 50 <= all.len(),
        "{lost} of {}: run with BLESS=1",
        all.len()
    );
    assert!(
        wrong * 10 <= before * 9,
        "{wrong} of {before}: run with BLESS=1"
    );
}
