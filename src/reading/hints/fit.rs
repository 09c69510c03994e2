//! Fits the hints to the messages in `tests/reading/`: a logistic model over what stands around each place
//! in which a value may stand, which is of one of its candidates or of none.
//! `BLESS=1 cargo test --release --lib hints` writes the weights anew, in about four minutes once it is built.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use super::features::word;
use super::learn::{Example, Names, fit, numbered};
use super::vocabulary::Vocabulary;
use super::{Around, Features, Hints, NOTHING};
use crate::plan::{self, Currency, Field, Kind, ParseContext, Value};
use crate::reading::clean::Clean;
use crate::reading::each::Telling;
use crate::reading::frames::How;
use crate::reading::guess::Place;
use crate::reading::message::{self, By};
use crate::reading::minutes::is_same;
use crate::reading::mood;
use crate::reading::talk::Talk;
use crate::reading::{Context, Found};
use crate::reading::{sentence, token};

/// How far the fit steps at first.
const STEP: f32 = 2.0;
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
pub(in crate::reading) struct Message {
    set: u32,
    pub(in crate::reading) text: String,
    pub(in crate::reading) says: Vec<(&'static Field, Value)>,
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
pub(in crate::reading) fn messages() -> Vec<Message> {
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

/// A word is taught by so many messages.
const TAUGHT: usize = 3;

/// The words that messages teach.
fn taught(messages: &[Message]) -> BTreeSet<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for message in messages {
        let clean = Clean::new(&message.text);
        let tokens = token::split(&clean.text);
        let words: BTreeSet<&str> = tokens.iter().filter_map(word).collect();
        for it in words
            .into_iter()
            .filter(|it| it.starts_with(char::is_alphabetic))
        {
            *counts.entry(it.to_owned()).or_default() += 1;
        }
    }
    counts.retain(|_, count| *count >= TAUGHT);
    counts.into_keys().collect()
}

/// The classes, and the words that are known.
struct Classes {
    names: Vec<String>,
    numbers: HashMap<String, usize>,
    vocabulary: Vocabulary,
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
        Self {
            names,
            numbers,
            vocabulary: Vocabulary::of(taught(messages).into_iter()),
        }
    }
}

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
    let around = Around::new(&clean.text, &classes.vocabulary);
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
            around.of_sentence(spot.sentence, sentence),
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

/// The fields of which the message says what a place may be.
fn named_there(message: &Message, place: &Place) -> Vec<String> {
    let said = place.options.iter().filter(|it| {
        let mut says = message.says.iter();
        let found = it.found.as_ref();
        says.any(|(field, value)| {
            found.is_some_and(|it| it.field == *field && is_same(field, &it.value, value))
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

/// The share of the places of which what they are is the likeliest, of those that are something.
fn right(hints: &Hints, examples: &[Example]) -> f64 {
    let said: Vec<&Example> = examples.iter().filter(|it| !it.right.is_empty()).collect();
    let found = said.iter().filter(|example| {
        let mut sums = hints.table.none();
        for (number, share) in &example.features {
            hints.table.add_one(&mut sums, *number, f64::from(*share));
        }
        let classes: Vec<u16> = example.classes[1..]
            .iter()
            .filter_map(|&it| it.try_into().ok())
            .collect();
        let chances = hints.chances((&sums, &Features::default()), &classes);
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

/// The file of the weights of some examples.
fn fitted(examples: &[Example], classes: &Classes, names: &Names) -> String {
    let examples: Vec<&Example> = examples.iter().collect();
    fit(&examples, classes.names.len(), STEP).written(&classes.names, names, WRITTEN)
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
    let written = fitted(&seen, &classes, &names);
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
        let written = fitted(&examples, &classes, &names);
        let at = folder().join("src/reading/hints");
        std::fs::write(at.join("weights.txt"), written).expect("the weights");
        let words: Vec<String> = taught(&all).into_iter().collect();
        std::fs::write(at.join("words.txt"), words.join("\n") + "\n").expect("the words");
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
