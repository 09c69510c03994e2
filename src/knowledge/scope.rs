//! Which words carry what: none, little, go-to-market, or another field. Read from
//! `knowledge/scope.toml`.

use std::collections::{BTreeMap, HashSet};

use serde::Deserialize;

use super::hash::ByWord;
use super::tokens::{Stems, Token};

/// What a word tells of a question's field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    /// Nothing, and it is not looked for either.
    Stop,
    /// Nothing: it fits any talk.
    Generic,
    /// Little: it is an everyday word.
    Common,
    /// Going to market.
    Market,
    /// Something else.
    Elsewhere,
}

/// The topic whose phrases are places where customers may be met.
const PLACES: &str = "places";
/// What a place is when it is asked about as a way to customers.
const CHANNEL: &str = "channel";

/// The lists.
#[derive(Debug, Default)]
pub(super) struct Scope {
    fields: ByWord<String, Field>,
    words: Vec<String>,
    orders: Vec<Vec<String>>,
    beside: Vec<Vec<String>>,
    places: Vec<Vec<String>>,
    channel: Vec<String>,
    verbs: HashSet<String>,
    things: HashSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    stop: String,
    generic: String,
    common: String,
    market: String,
    elsewhere: BTreeMap<String, String>,
    beside: BTreeMap<String, Vec<String>>,
    orders: Orders,
    writing: Writing,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Orders {
    phrases: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Writing {
    verbs: String,
    things: String,
}

impl Scope {
    /// Reads the lists. A word in two of them belongs to the first.
    pub(super) fn read(words: &str, met: &mut Stems) -> Result<Self, String> {
        let file: File = toml::from_str(words).map_err(|error| error.to_string())?;
        let mut scope = Self {
            orders: file
                .orders
                .phrases
                .iter()
                .map(|phrase| stems(phrase, met))
                .collect(),
            places: listed(file.beside.get(PLACES).into_iter().flatten(), met),
            beside: {
                let others = file.beside.iter().filter(|(topic, _)| *topic != PLACES);
                listed(others.flat_map(|(_, phrases)| phrases), met)
            },
            channel: stems(CHANNEL, met),
            verbs: stems(&file.writing.verbs, met).into_iter().collect(),
            things: stems(&file.writing.things, met).into_iter().collect(),
            ..Self::default()
        };
        scope.learn(&file.stop, Field::Stop, met);
        scope.learn(&file.generic, Field::Generic, met);
        scope.learn(&file.market, Field::Market, met);
        for list in file.elsewhere.values() {
            scope.learn(list, Field::Elsewhere, met);
        }
        scope.learn(&file.common, Field::Common, met);
        Ok(scope)
    }

    fn learn(&mut self, words: &str, field: Field, met: &mut Stems) {
        for token in met.tokens(words) {
            if !token.is_number {
                self.words.push(token.surface);
                self.fields.entry(token.stem).or_insert(field);
            }
        }
    }

    /// What a word tells; nothing where no list has it.
    pub(super) fn field(&self, token: &Token) -> Option<Field> {
        self.field_of(&token.stem)
    }

    /// What a stem tells.
    pub(super) fn field_of(&self, stem: &str) -> Option<Field> {
        self.fields.get(stem).copied()
    }

    /// Every word of the lists, as it is written.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(String::as_str)
    }

    /// The topics beside the library that stand in some words, each by its stems.
    pub(super) fn beside(&self, tokens: &[Token]) -> impl Iterator<Item = &[String]> {
        let is_at = |phrase: &[String], at: usize| {
            let window = tokens.get(at..at + phrase.len());
            window.is_some_and(|window| window.iter().map(|token| &token.stem).eq(phrase))
        };
        let channel = (0..tokens.len()).find(|at| is_at(&self.channel, *at));
        let places = self.places.iter().filter(move |phrase| {
            let mut ends = (0..tokens.len()).filter(|at| is_at(phrase, *at));
            // "our YouTube channel" is not a place that is asked about as a channel.
            ends.any(|at| channel.is_none_or(|channel| channel == at + phrase.len()))
        });
        let stands = move |phrase: &&Vec<String>| (0..tokens.len()).any(|at| is_at(phrase, at));
        let others = self.beside.iter().filter(stands);
        others.chain(places).map(Vec::as_slice)
    }

    /// Whether the words order the bot about instead of asking it something.
    pub(super) fn is_order(&self, tokens: &[Token]) -> bool {
        self.orders.iter().any(|phrase| {
            tokens
                .windows(phrase.len())
                .any(|window| window.iter().map(|token| &token.stem).eq(phrase))
        })
    }

    /// Whether something is to be written: a verb of writing near the beginning and a piece of
    /// writing behind it.
    pub(super) fn is_writing(&self, tokens: &[Token]) -> bool {
        let content = |token: &&Token| self.field(token) != Some(Field::Stop);
        let verb = tokens.iter().filter(content).take(1);
        let mut rest = tokens.iter().skip(1);
        verb.into_iter()
            .any(|token| self.verbs.contains(&token.stem))
            && rest.any(|token| self.things.contains(&token.stem))
    }
}

fn listed<'a>(phrases: impl Iterator<Item = &'a String>, met: &mut Stems) -> Vec<Vec<String>> {
    phrases.map(|phrase| stems(phrase, met)).collect()
}

fn stems(words: &str, met: &mut Stems) -> Vec<String> {
    met.tokens(words)
        .into_iter()
        .map(|token| token.stem)
        .collect()
}
