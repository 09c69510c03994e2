//! Fits the hints to the messages in `tests/reading/`: a multinomial logistic model over words and pairs
//! of words. `BLESS=1 cargo test --lib hints` writes the weights anew.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write;
use std::path::{Path, PathBuf};

use super::{Hints, NOTHING, SCALE};
use crate::plan::{self, Currency, ParseContext, Value};
use crate::reading::clean::Clean;

/// How often the fit goes through all examples.
const ROUNDS: usize = 8;
/// How far it steps at first, and how much less each round.
const STEP: f64 = 2.0;
const SHORTER: f64 = 0.8;
/// How far the base of a class steps.
const BASE_STEP: f64 = 0.05;
/// A smaller part of the error changes nothing.
const LEAST: f64 = 0.01;
/// A word counts that stands in so many messages.
const SEEN: usize = 2;
/// A smaller weight is not written.
const WRITTEN: f64 = 0.2;
/// A field is left out that has fewer examples.
const EXAMPLES: usize = 8;

/// A message as its features, and its class.
struct Example {
    set: u32,
    features: BTreeSet<String>,
    class: String,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// The messages that say one thing or nothing.
fn examples() -> Vec<Example> {
    let mut sets: BTreeMap<u32, String> = BTreeMap::new();
    for file in std::fs::read_dir(root().join("tests/reading")).expect("the folder of cases") {
        let path = file.expect("an entry").path();
        let name = path
            .file_stem()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        if let Some(set) = name.strip_prefix("messages-") {
            let text = std::fs::read_to_string(&path).expect("a file of cases");
            sets.insert(set.parse().expect("a number"), text);
        }
    }
    let mut examples = Vec::new();
    for (set, text) in sets {
        for block in text.split("\n\n") {
            examples.extend(example(set, block));
        }
    }
    examples
}

/// The class of a value: a field that is one of a few has a class for each.
fn class(name: &str, value: &str) -> String {
    let field = plan::field(name).expect("a field");
    let context = ParseContext {
        currency: Currency::USD,
        today: jiff::civil::date(2026, 3, 2),
    };
    match field.parse(value, &context) {
        Ok(Value::YesNo(says)) => format!("{name}={}", if says { "yes" } else { "no" }),
        Ok(Value::Choice(slug)) => format!("{name}={slug}"),
        _ => name.to_owned(),
    }
}

fn example(set: u32, block: &str) -> Option<Example> {
    let message = block.lines().find_map(|line| line.strip_prefix("> "))?;
    let mut classes: BTreeSet<String> = BTreeSet::new();
    for line in block.lines() {
        if let Some(rest) = line.strip_prefix("= ").or_else(|| line.strip_prefix("~ ")) {
            let (name, value) = rest.split_once(": ")?;
            let name = name.split(" @").next().unwrap_or(name);
            classes.insert(class(name, value));
        }
    }
    if classes.len() > 1 {
        return None;
    }
    let clean = Clean::new(&message.replace("\\n", "\n"));
    Some(Example {
        set,
        features: super::features::features(&clean.text),
        class: classes
            .into_iter()
            .next()
            .unwrap_or_else(|| NOTHING.to_owned()),
    })
}

/// The weights by word, and the base of each class.
struct Fitted {
    classes: Vec<String>,
    base: Vec<f64>,
    words: BTreeMap<String, BTreeMap<usize, f64>>,
}

/// The words of each example by number, and its class.
struct Counted<'a> {
    numbers: BTreeMap<&'a str, usize>,
    classes: Vec<String>,
    rows: Vec<(Vec<usize>, usize)>,
}

fn rows<'a>(examples: &[&'a Example]) -> Counted<'a> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for example in examples {
        *counts.entry(&example.class).or_default() += 1;
        for word in &example.features {
            *seen.entry(word).or_default() += 1;
        }
    }
    // A value with few examples is only of its field.
    let name = |class: &str| match class.split_once('=') {
        Some((field, _)) if counts[class] < EXAMPLES => field.to_owned(),
        _ => class.to_owned(),
    };
    let classes: BTreeSet<String> = counts.keys().map(|class| name(class)).collect();
    let classes: Vec<String> = classes.into_iter().collect();
    let mut numbers: BTreeMap<&'a str, usize> = BTreeMap::new();
    let mut rows = Vec::new();
    for example in examples {
        let own = name(&example.class);
        let class = classes.binary_search(&own).expect("it is of the examples");
        let mut words = Vec::new();
        for word in example
            .features
            .iter()
            .filter(|word| seen[word.as_str()] >= SEEN)
        {
            let next = numbers.len();
            words.push(*numbers.entry(word).or_insert(next));
        }
        rows.push((words, class));
    }
    Counted {
        numbers,
        classes,
        rows,
    }
}

/// The weights of each word for each class, and the base of each class.
struct Weights {
    width: usize,
    words: Vec<f64>,
    base: Vec<f64>,
}

impl Weights {
    /// Steps towards the class of an example.
    fn learn(&mut self, (words, class): &(Vec<usize>, usize), step: f64) {
        #[expect(clippy::cast_precision_loss, reason = "a message has few words")]
        let share = 1.0 / (words.len().max(1) as f64).sqrt();
        let width = self.width;
        let mut sums = self.base.clone();
        for word in words {
            let row = &self.words[word * width..(word + 1) * width];
            for (sum, weight) in sums.iter_mut().zip(row) {
                *sum += weight * share;
            }
        }
        let most = sums.iter().copied().fold(f64::MIN, f64::max);
        let all: f64 = sums.iter().map(|sum| (sum - most).exp()).sum();
        for (at, sum) in sums.iter().enumerate() {
            let error = (sum - most).exp() / all - f64::from(u8::from(at == *class));
            if error.abs() < LEAST {
                continue;
            }
            self.base[at] -= BASE_STEP * error;
            for word in words {
                self.words[word * width + at] -= step * error * share;
            }
        }
    }
}

fn fit(examples: &[&Example]) -> Fitted {
    let Counted {
        numbers,
        classes,
        rows,
    } = rows(examples);
    let width = classes.len();
    let mut weights = Weights {
        width,
        words: vec![0.0; numbers.len() * width],
        base: vec![0.0; width],
    };
    let mut step = STEP;
    for round in 0..ROUNDS {
        for row in shuffled(&rows, round) {
            weights.learn(row, step);
        }
        step *= SHORTER;
    }
    let words = numbers.iter().map(|(word, at)| {
        let row = weights.words[at * width..(at + 1) * width]
            .iter()
            .enumerate();
        let kept = row.filter(|(_, weight)| weight.abs() >= WRITTEN);
        let kept = kept.map(|(class, weight)| (class, *weight)).collect();
        ((*word).to_owned(), kept)
    });
    Fitted {
        words: words.collect(),
        base: weights.base,
        classes,
    }
}

/// All rows in an order that looks like none, and is the same each time.
fn shuffled(
    rows: &[(Vec<usize>, usize)],
    round: usize,
) -> impl Iterator<Item = &(Vec<usize>, usize)> {
    let mut order: Vec<(u64, usize)> = (0..rows.len())
        .map(|at| {
            let mut mixed =
                (at as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ ((round as u64 + 1) << 17);
            mixed ^= mixed >> 29;
            (mixed.wrapping_mul(0xBF58_476D_1CE4_E5B9), at)
        })
        .collect();
    order.sort_unstable();
    order.into_iter().map(|(_, at)| &rows[at])
}

impl Fitted {
    fn written(&self) -> String {
        let mut text = String::new();
        let scaled = |weight: f64| format!("{:.0}", weight * SCALE);
        for (class, base) in self.classes.iter().zip(&self.base) {
            let _ = writeln!(text, "{class} {}", scaled(*base));
        }
        text.push('\n');
        for (word, weights) in &self.words {
            if weights.is_empty() {
                continue;
            }
            let weights: Vec<String> = weights
                .iter()
                .map(|(class, weight)| format!("{class}:{}", scaled(*weight)))
                .collect();
            let _ = writeln!(text, "{word} {}", weights.join(" "));
        }
        text
    }
}

/// The share of the messages whose class is found.
fn right(hints: &Hints, examples: &[&Example]) -> f64 {
    let found = examples.iter().filter(|example| {
        let field = example.class.split('=').next().and_then(plan::field);
        hints
            .chances(&example.features)
            .first()
            .is_some_and(|(_, class)| class.field == field)
    });
    #[expect(clippy::cast_precision_loss, reason = "there are few messages")]
    let share = found.count() as f64 / examples.len() as f64;
    share
}

#[test]
fn the_fields_of_messages_that_the_fit_has_not_seen_are_found() {
    let all = examples();
    let held = |example: &&Example| (19..=21).contains(&example.set);
    let (tested, seen): (Vec<&Example>, Vec<&Example>) = all.iter().partition(held);
    let fitted = fit(&seen);
    let written = fitted.written();
    let hints = Hints::parse(&written).expect("what is written is read");
    let share = right(&hints, &tested);
    println!("{share:.3} of {} messages", tested.len());
    assert!(share >= 0.7, "{share:.3}");
}

#[test]
fn the_weights_are_those_of_the_messages() {
    let all = examples();
    let all: Vec<&Example> = all.iter().collect();
    let path = root().join("src/reading/hints/weights.txt");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, fit(&all).written()).expect("the weights");
        return;
    }
    let share = right(Hints::get(), &all);
    assert!(share >= 0.95, "{share:.3}: run with BLESS=1");
}
