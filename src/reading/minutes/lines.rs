//! The messages of a thread, each with its words, what it does with those before it, and of what its words are.

#[cfg(test)]
use super::super::clean::Clean;
use super::super::hedged::says_yes;
use super::super::hints::Features;
use super::super::kinds::of_item;
use super::super::lexicon::Role;
use super::super::sentence::{Kind as Part, Sentence};
use super::super::stance::{self, Stance};
use super::super::talk::segment_named;
use super::super::thread::Said;
use super::super::token::Token;
use super::super::{Context, parley, withdrawn};
#[cfg(test)]
use super::super::{sentence, token};
use crate::plan::{Field, Segment, Shape};
#[cfg(test)]
use crate::text;

/// Of a message so many words count.
const WORDS: usize = 40;
/// Of what a phrase may mean so much does.
const ROLES: usize = 3;
/// A message of so many words is a long one.
const LONG: usize = 5;

/// What is told of a message by its words alone.
#[derive(Debug)]
pub(in crate::reading) struct Told {
    words: Vec<String>,
    /// What it does with the messages before it.
    does: Vec<&'static str>,
    /// Of what its words are.
    kinds: Vec<String>,
    /// The one segment that it names.
    segment: Option<Segment>,
}

impl Told {
    /// What is told of a message that is split already.
    pub(in crate::reading) fn of(
        (folded, stance): (&str, Stance),
        (tokens, sentences): (&[Token<'_>], &[Sentence<'_>]),
        context: &Context<'_>,
    ) -> Self {
        let words = tokens.iter().map(|it| match it.text {
            word if word.starts_with(|c: char| c.is_ascii_digit()) => "#",
            _ => it.key,
        });
        let words = words.filter(|it| *it != "\n").take(WORDS);
        Self {
            words: words.map(str::to_owned).collect(),
            does: does(folded, stance),
            kinds: kinds(sentences),
            segment: segment_named(sentences, context.plan),
        }
    }
}

/// A message.
pub(super) struct Line<'a> {
    pub(super) said: &'a Said,
    words: Vec<String>,
    pub(super) does: Vec<&'static str>,
    kinds: Vec<String>,
    pub(super) segment: Option<Segment>,
}

impl Line<'_> {
    pub(super) fn asks(&self) -> bool {
        self.said.text.contains('?')
    }
}

/// The messages of a thread.
pub(super) struct Lines<'a>(Vec<Line<'a>>);

impl<'a> Lines<'a> {
    /// Messages and what is told of each.
    pub(super) fn of(messages: &'a [Said], told: Vec<Told>) -> Self {
        let lines = messages.iter().zip(told).map(|(said, told)| Line {
            said,
            words: told.words,
            does: told.does,
            kinds: told.kinds,
            segment: told.segment,
        });
        Self(lines.collect())
    }

    #[cfg(test)]
    pub(super) fn new(messages: &'a [Said], context: &Context<'_>) -> Self {
        let told = messages.iter().map(|said| {
            let clean = Clean::new(&said.text);
            let tokens = token::split(&clean.text);
            let sentences = sentence::sentences(&clean.text, &tokens);
            let folded = text::fold(&said.text);
            let stance = stance::stance(&said.text, &folded);
            Told::of((&folded, stance), (&tokens, &sentences), context)
        });
        Self::of(messages, told.collect())
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// The message at a place, counted from 0.
    pub(super) fn get(&self, at: usize) -> Option<&Line<'a>> {
        self.0.get(at)
    }

    pub(super) fn words(&self, at: usize) -> &[String] {
        self.get(at).map_or(&[], |it| it.words.as_slice())
    }

    /// The last question that stands more than one message before.
    pub(super) fn question_before(&self, at: usize) -> Option<usize> {
        let before = self.0.get(..at.saturating_sub(1))?;
        before.iter().rposition(Line::asks)
    }

    /// By whom a message is, against that at another place.
    pub(super) fn speaker(&self, at: usize, than: usize) -> &'static str {
        match (self.get(at), self.get(than)) {
            (Some(it), Some(than)) if it.said.speaker == than.said.speaker => "same",
            (Some(_), _) => "other",
            (None, _) => "end",
        }
    }

    /// Whether a message names a field, or says one of its choices.
    pub(super) fn names(&self, at: usize, field: &Field) -> bool {
        let of_field = |it: &String| {
            it.split_once(':')
                .is_some_and(|(_, name)| name == field.name)
        };
        self.get(at).is_some_and(|it| it.kinds.iter().any(of_field))
    }

    /// Adds of what the words of a message are.
    pub(super) fn add_kinds(&self, features: &mut Features, name: &str, at: usize) {
        for kind in self.get(at).into_iter().flat_map(|it| &it.kinds) {
            features.add(&[name, kind]);
        }
    }

    /// Adds the words of a message: each, in pairs, the first and the last.
    pub(super) fn add_words(&self, features: &mut Features, name: &str, at: usize) {
        let words = self.words(at);
        let word = |at: usize| words.get(at).map_or("", String::as_str);
        for it in words {
            features.add(&[name, ":", it]);
        }
        for pair in words.windows(2) {
            features.add(&[name, "2:", &pair[0], "_", &pair[1]]);
        }
        features.add(&[name, "<:", word(0)]);
        features.add(&[name, "<<:", word(0), "_", word(1)]);
        features.add(&[name, ">:", words.last().map_or("", String::as_str)]);
        features.add(&[name, "#:", &words.len().min(LONG).to_string()]);
    }
}

/// What a message does with those before it.
fn does(folded: &str, stance: Stance) -> Vec<&'static str> {
    let all = [
        ("agrees", stance == Stance::Agrees),
        ("refuses", stance == Stance::Refuses),
        ("asks", folded.contains('?')),
        ("decides", stance::is_decision(folded)),
        ("doubts", stance::is_doubt(folded)),
        ("corrects", stance::is_put_right(folded)),
        ("proposes", parley::proposes(folded)),
        ("objects", parley::objects(folded)),
        ("parks", parley::parks(folded)),
        ("computes", parley::computes(folded)),
        ("retracts", withdrawn::retracts(folded).is_some()),
        ("concedes", withdrawn::concedes(folded)),
        ("yes", says_yes(folded) == Some(true)),
        ("no", says_yes(folded) == Some(false)),
    ];
    let all = all.into_iter();
    all.filter_map(|(name, does)| does.then_some(name))
        .collect()
}

/// Of what words are: places, roles, trades, shapes of numbers, names and choices of fields.
fn kinds(sentences: &[Sentence<'_>]) -> Vec<String> {
    let mut kinds: Vec<String> = Vec::new();
    for it in sentences.iter().flat_map(|it| &it.elements) {
        match &it.kind {
            Part::Number(scan) => kinds.push(shape(&scan.shape).to_owned()),
            Part::Phrase(roles) => kinds.extend(roles.iter().take(ROLES).map(role)),
            _ => kinds.extend(of_item(it.text).map(|it| it.name().to_owned())),
        }
    }
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

fn role(role: &Role) -> String {
    match role {
        Role::Name(field) => format!("name:{}", field.name),
        Role::Cue(field, _) => format!("cue:{}", field.name),
        Role::Choice(field, _) | Role::Several(field, _) => format!("choice:{}", field.name),
    }
}

fn shape(shape: &Shape) -> &'static str {
    match shape {
        Shape::Money(amount) if amount.unit => "money per unit",
        Shape::Money(amount) if amount.period.is_empty() => "money",
        Shape::Money(_) => "money a period",
        Shape::MoneyRange => "money range",
        Shape::Percent => "percent",
        Shape::Length => "length",
        Shape::Range => "range",
        Shape::Plain { large: true } => "large",
        Shape::Plain { large: false } => "plain",
    }
}
