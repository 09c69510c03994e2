//! Fits the hints to the messages in `tests/reading/`: a logistic model over what stands around each place
//! in which a value may stand, which is of one of its candidates or of none.
//! `BLESS=1 cargo test --release --lib hints` writes the weights anew, in about four minutes once it is built.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write;
use std::path::{Path, PathBuf};

use super::{Around, Features, Hints, NOTHING, SCALE};
use crate::plan::{self, Currency, Field, Kind, ParseContext, Value};
use crate::reading::clean::Clean;
use crate::reading::each::Telling;
use crate::reading::frames::How;
use crate::reading::guess::Place;
use crate::reading::message::{self, By};
use crate::reading::mood;
use crate::reading::talk::Talk;
use crate::reading::{Context, Found};
use crate::reading::{sentence, token};

/// How often the fit begins anew, and how often it goes through all examples each time; the weights are the
/// mean of those of the later halves.
const RUNS: usize = 3;
const ROUNDS: usize = 10;
/// How far it steps at first, and how much less each round.
const STEP: f32 = 2.0;
const SHORTER: f32 = 0.85;
/// So many in ten features of an example are left out each time, so that none is relied on alone.
const LEFT_OUT: u64 = 4;
/// How far the base of a class steps.
const BASE_STEP: f32 = 0.05;
/// A feature counts that stands in so many examples.
const SEEN: usize = 3;
/// A smaller weight is not written.
const WRITTEN: f32 = 0.4;
/// A value is implied by words where it has so many examples.
const EXAMPLES: usize = 8;

fn context() -> ParseContext {
    ParseContext {
        currency: Currency::USD,
        today: jiff::civil::date(2026, 3, 2),
    }
}

/// A message and what it says.
struct Message {
    set: u32,
    text: String,
    says: Vec<(&'static Field, Value)>,
}

impl Message {
    fn of_block(set: u32, block: &str) -> Option<Self> {
        let text = block.lines().find_map(|line| line.strip_prefix("> "))?;
        let labels = block.lines().filter_map(|line| {
            let label = line
                .strip_prefix("= ")
                .or_else(|| line.strip_prefix("~ "))?;
            let (name, value) = label.split_once(": ")?;
            let field = plan::field(name.split(" @").next()?)?;
            Some((field, field.parse(value, &context()).ok()?))
        });
        Some(Self {
            set,
            text: text.replace("\\n", "\n"),
            says: labels.collect(),
        })
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// The messages of all sets, in their order.
fn messages() -> Vec<Message> {
    let mut sets: BTreeMap<u32, String> = BTreeMap::new();
    for file in std::fs::read_dir(folder().join("tests/reading")).expect("the folder of cases") {
        let path = file.expect("an entry").path();
        let name = path.file_stem().expect("a name").to_string_lossy();
        if let Some(set) = name.strip_prefix("messages-") {
            let text = std::fs::read_to_string(&path).expect("a file of cases");
            sets.insert(set.parse().expect("a number"), text);
        }
    }
    let blocks = sets.iter().flat_map(|(set, text)| {
        let blocks = text.split("\n\n");
        blocks.filter_map(|block| Message::of_block(*set, block))
    });
    blocks.collect()
}

/// The class of a value that words may imply.
fn implied(field: &Field, value: &Value) -> String {
    format!("{}={}", field.name, value.display(field))
}

/// The classes, and the features by their numbers.
struct Classes {
    names: Vec<String>,
    numbers: HashMap<String, usize>,
}

impl Classes {
    /// A class for each field that messages speak of, and for each value that many say.
    fn of(messages: &[Message]) -> Self {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        let mut fields: BTreeSet<&str> = BTreeSet::new();
        for (field, value) in messages.iter().flat_map(|it| &it.says) {
            fields.insert(field.name);
            if matches!(field.kind, Kind::YesNo | Kind::Choice | Kind::Set) {
                *counts.entry(implied(field, value)).or_default() += 1;
            }
        }
        counts.retain(|_, count| *count >= EXAMPLES);
        let names = [NOTHING].into_iter().chain(fields).map(str::to_owned);
        let names: Vec<String> = names.chain(counts.into_keys()).collect();
        let numbers = names.iter().enumerate();
        let numbers = numbers.map(|(at, name)| (name.clone(), at)).collect();
        Self { names, numbers }
    }
}

/// A place: what stands around it, what it may be, and which of that it is.
struct Example {
    features: Vec<(u64, f32)>,
    classes: Vec<usize>,
    right: Vec<usize>,
}

/// The names of features by their numbers.
type Names = HashMap<u64, String>;

/// The examples in one message.
fn examples(message: &Message, classes: &Classes, names: &mut Names) -> Vec<Example> {
    let clean = Clean::new(&message.text);
    let tokens = token::split(&clean.text);
    let sentences = sentence::sentences(&clean.text, &tokens);
    let context = Context {
        plan: None,
        parse: context(),
    };
    let moods = mood::of_sentences(&clean.text, &sentences);
    let telling = Telling {
        message: &message.text,
        clean: &clean,
        sentences: &sentences,
        moods: &moods,
        context: &context,
        talk: &Talk::default(),
    };
    let heard = message::patterns(&telling, By::Patterns);
    let fields: Vec<&'static Field> = message.says.iter().map(|(field, _)| *field).collect();
    let all: Vec<&'static Field> = plan::fields().iter().collect();
    let all = vec![all; sentences.len()];
    let places = telling.places(&heard.findings, &fields, &all);
    let around = Around::new(&clean.text);
    let known = places.iter().flat_map(|it| &it.options);
    let known: Vec<&Found> = known.filter_map(|it| it.found.as_ref()).collect();
    let unnamed = message.says.iter().filter(|(field, value)| {
        let is_it = |it: &&Found| it.field == *field && it.value == *value;
        classes.numbers.contains_key(&implied(field, value)) && !known.iter().any(is_it)
    });
    let unnamed: Vec<&(&'static Field, Value)> = unnamed.collect();
    let mut examples = Vec::new();
    for place in &places {
        let right = if place.how == How::Implied {
            implied_there(&telling, place, &unnamed, &heard.findings)
        } else {
            Some(named_there(message, place))
        };
        let Some(right) = right else { continue };
        let of_place: Vec<String> = match place.how {
            How::Implied => classes
                .names
                .iter()
                .filter(|it| it.contains('='))
                .cloned()
                .collect(),
            _ => place
                .options
                .iter()
                .map(|it| it.field.name.to_owned())
                .collect(),
        };
        let number = |name: &String| classes.numbers.get(name).copied();
        let sentence = &sentences[place.sentence];
        let spot = telling.spot(&places, place);
        let parts = [
            around.of_message(sentences.len()),
            around.of_sentence(spot.sentence, sentence.is_question),
            around.of_spot(&spot),
        ];
        let of_place: BTreeSet<usize> = of_place.iter().filter_map(number).collect();
        examples.push(Example {
            features: parts.iter().flat_map(|it| numbered(it, names)).collect(),
            classes: [0].into_iter().chain(of_place).collect(),
            right: right.iter().filter_map(number).collect(),
        });
    }
    examples
}

fn numbered(features: &Features, names: &mut Names) -> Vec<(u64, f32)> {
    #[expect(clippy::cast_possible_truncation, reason = "a weight needs no more")]
    let share = features.share() as f32;
    let numbers: Vec<u64> = features.numbers().collect();
    for (number, name) in numbers.iter().zip(&features.names) {
        names.entry(*number).or_insert_with(|| name.clone());
    }
    numbers.into_iter().map(|it| (it, share)).collect()
}

/// Whether both say the same, in whatever letters and with or without an article.
fn is_same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Text(one), Value::Text(other)) => bare(one) == bare(other),
        (Value::List(one), Value::List(other)) => {
            let mut both = one.iter().zip(other);
            one.len() == other.len() && both.all(|(one, other)| bare(one) == bare(other))
        }
        _ => one == other,
    }
}

/// Words in small letters, without an article before them.
fn bare(words: &str) -> String {
    let words = words.to_lowercase();
    let articles = ["a ", "an ", "the ", "our "];
    let bare = articles.iter().find_map(|it| words.strip_prefix(it));
    bare.unwrap_or(&words).to_owned()
}

/// The fields of which the message says what a place may be.
fn named_there(message: &Message, place: &Place) -> Vec<String> {
    let said = place.options.iter().filter(|it| {
        let mut says = message.says.iter();
        let found = it.found.as_ref();
        says.any(|(field, value)| {
            found.is_some_and(|it| it.field == *field && is_same(&it.value, value))
        })
    });
    said.map(|it| it.field.name.to_owned()).collect()
}

/// The values that a sentence implies; `None` where nobody can tell which sentence of several does.
fn implied_there(
    telling: &Telling<'_>,
    place: &Place,
    unnamed: &[&(&'static Field, Value)],
    read: &[(crate::reading::mood::Mood, crate::reading::Finding)],
) -> Option<Vec<String>> {
    if telling.sentences.len() == 1 {
        return Some(
            unnamed
                .iter()
                .map(|(field, value)| implied(field, value))
                .collect(),
        );
    }
    let mut there = Vec::new();
    for (field, value) in unnamed {
        let of_it =
            |it: &crate::reading::Finding| it.field.name == field.name && it.value == *value;
        let (_, it) = read.iter().find(|(_, it)| of_it(it))?;
        if telling.stands_in(it, &telling.sentences[place.sentence]) {
            there.push(implied(field, value));
        }
    }
    Some(there)
}

/// The weights of each feature for each class, and the base of each class.
struct Weights {
    width: usize,
    rows: HashMap<u64, usize>,
    values: Vec<f32>,
    base: Vec<f32>,
}

impl Weights {
    fn new(examples: &[Example], width: usize) -> Self {
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
    fn written(&self, classes: &Classes, names: &Names) -> String {
        let mut text = String::new();
        let scaled = |weight: f32| format!("{:.0}", f64::from(weight) * SCALE);
        for (class, base) in classes.names.iter().zip(&self.base) {
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
            let kept = row.enumerate().filter(|(_, it)| it.abs() >= WRITTEN);
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

fn fit(examples: &[Example], width: usize) -> Weights {
    let mut mean = Mean::new(&Weights::new(examples, width));
    let mut dice = Dice::default();
    let mut last = None;
    for run in 0..RUNS {
        let mut weights = Weights::new(examples, width);
        let mut step = STEP;
        for round in 0..ROUNDS {
            for example in shuffled(examples, run * ROUNDS + round) {
                weights.learn(&example.thinned(&mut dice), step);
            }
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
fn shuffled(examples: &[Example], round: usize) -> impl Iterator<Item = &Example> {
    let mut order: Vec<(u64, usize)> = (0..examples.len())
        .map(|at| {
            let mut mixed =
                (at as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ ((round as u64 + 1) << 17);
            mixed ^= mixed >> 29;
            (mixed.wrapping_mul(0xBF58_476D_1CE4_E5B9), at)
        })
        .collect();
    order.sort_unstable();
    order.into_iter().map(|(_, at)| &examples[at])
}

/// The share of the places of which what they are is the likeliest, of those that are something.
fn right(hints: &Hints, examples: &[Example]) -> f64 {
    let said: Vec<&Example> = examples.iter().filter(|it| !it.right.is_empty()).collect();
    let found = said.iter().filter(|example| {
        let mut sums = hints.none();
        for (number, share) in &example.features {
            hints.add_one(&mut sums, *number, f64::from(*share));
        }
        let classes: Vec<u16> = example.classes[1..]
            .iter()
            .filter_map(|&it| it.try_into().ok())
            .collect();
        let chances = hints.chances(&sums, &classes);
        let most = chances.iter().copied().fold(0.0, f64::max);
        let likeliest = chances.iter().position(|it| *it >= most);
        most >= 0.5 && likeliest.is_some_and(|at| example.right.contains(&example.classes[at + 1]))
    });
    #[expect(clippy::cast_precision_loss, reason = "there are few places")]
    let share = found.count() as f64 / said.len().max(1) as f64;
    share
}

fn all_examples(messages: &[Message], classes: &Classes, names: &mut Names) -> Vec<Example> {
    let examples = messages.iter().flat_map(|it| examples(it, classes, names));
    examples.collect()
}

#[test]
fn places_in_messages_that_the_fit_has_not_seen_are_told() {
    let mut all = messages();
    all.retain(|it| it.set <= 5);
    let classes = Classes::of(&all);
    let (tested, seen): (Vec<Message>, Vec<Message>) = all.into_iter().partition(|it| it.set == 5);
    let mut names = Names::default();
    let seen = all_examples(&seen, &classes, &mut names);
    let tested = all_examples(&tested, &classes, &mut names);
    let written = fit(&seen, classes.names.len()).written(&classes, &names);
    let hints = Hints::parse(&written).expect("what is written is read");
    let share = right(&hints, &tested);
    println!("{share:.3} of {} places", tested.len());
    assert!(share >= 0.4, "{share:.3}");
}

#[test]
fn the_weights_are_those_of_the_messages() {
    let mut all = messages();
    let classes = Classes::of(&all);
    let mut names = Names::default();
    if std::env::var_os("BLESS").is_some() {
        let examples = all_examples(&all, &classes, &mut names);
        let written = fit(&examples, classes.names.len()).written(&classes, &names);
        std::fs::write(folder().join("src/reading/hints/weights.txt"), written)
            .expect("the weights");
        return;
    }
    let mut at = 0;
    all.retain(|_| {
        at += 1;
        at % 10 == 0
    });
    let share = right(Hints::get(), &all_examples(&all, &classes, &mut names));
    assert!(share >= 0.9, "{share:.3}: run with BLESS=1");
}
