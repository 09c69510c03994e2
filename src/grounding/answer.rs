//! The wording of an answer: what a model is given for it, and which of its sentences are shown.
//!
//! The verdict is never the model's. Each of its sentences must cite what it was given, and nothing
//! in it may go beyond what it cites.

use std::collections::BTreeSet;

use minijinja::Value;
use rust_stemmers::{Algorithm, Stemmer};
use serde::Deserialize;

use super::fence::Fence;
use super::prompt::{Inputs, Rendered, Shape, prompt};
use super::prose::{self, Fault};
use super::words::{JUDGEMENTS, OPENERS};
use super::{number, schema};
use crate::text::fold;

/// One piece of what an answer leans on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// Its words: a finding, a passage, a value of the plan.
    pub words: String,
    /// Whether the verdict leans on it.
    pub leads: bool,
}

/// An answer that the rules and the library have given, for a model to word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The question.
    pub question: String,
    /// The verdict, which stays as it is.
    pub verdict: String,
    /// What it leans on.
    pub evidence: Vec<Evidence>,
}

/// A sentence that may be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Its words.
    pub text: String,
    /// What it cites, by place in [`Told::evidence`]; at least one.
    pub cites: Vec<usize>,
}

/// What is left of a model's wording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worded {
    /// The sentences, in order.
    pub sentences: Vec<Sentence>,
    /// Why others were dropped.
    pub dropped: Vec<Fault>,
}

/// Why nothing of a model's wording is shown.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// It does not have the shape that was asked for.
    #[error("the answer does not have the shape that was asked for")]
    Shape,
    /// Too little of it stands in what it was given.
    #[error("too little of the answer stands in what it was given")]
    TooLittle {
        /// Why sentences were dropped.
        dropped: Vec<Fault>,
    },
}

impl Unfit {
    /// The word for logs and metrics.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Shape => "shape",
            Self::TooLittle { .. } => "too_little",
        }
    }

    /// Why sentences were dropped.
    pub fn dropped(self) -> Vec<Fault> {
        match self {
            Self::Shape => Vec::new(),
            Self::TooLittle { dropped } => dropped,
        }
    }
}

/// The most sentences that are looked at, and that are shown.
const LOOKED_AT: usize = 12;
const SHOWN: usize = 5;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reply {
    sentences: Vec<Said>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Said {
    text: String,
    cites: Vec<String>,
}

/// The request for the wording of an answer.
pub fn ask_answer(told: &Told) -> Rendered {
    let pieces = told.evidence.iter().map(|piece| piece.words.as_str());
    let own = [told.question.as_str(), told.verdict.as_str()];
    let fence = Fence::around(own.into_iter().chain(pieces.clone()));
    let ids: Vec<String> = (1..=told.evidence.len()).map(|n| format!("E{n}")).collect();
    let evidence = ids.iter().zip(pieces);
    let evidence: Vec<String> = evidence
        .map(|(id, words)| fence.data(&format!("evidence={id}"), words))
        .collect();
    let inputs = Inputs::from([
        (
            "question",
            Value::from(fence.data("question", &told.question)),
        ),
        ("verdict", Value::from(fence.data("verdict", &told.verdict))),
        ("evidence", Value::from(evidence)),
    ]);
    prompt(Shape::Answer).render(inputs, schema::answer(&ids))
}

/// What of a model's answer may be shown.
pub fn read_answer(reply: &serde_json::Value, told: &Told) -> Result<Worded, Unfit> {
    let reply = Reply::deserialize(reply).map_err(|_| Unfit::Shape)?;
    let given = reply.sentences.len().min(LOOKED_AT);
    let gate = Gate::new(told);
    let (mut sentences, mut dropped) = (Vec::new(), Vec::new());
    for said in reply.sentences.into_iter().take(LOOKED_AT) {
        match gate.pass(&said) {
            Ok(sentence) if sentences.contains(&sentence) => {}
            Ok(sentence) => sentences.push(sentence),
            Err(fault) => dropped.push(fault),
        }
    }
    sentences.truncate(SHOWN);
    let leads = |sentence: &Sentence| sentence.cites.iter().any(|at| told.evidence[*at].leads);
    if sentences.len() * 2 < given || !sentences.iter().any(leads) {
        return Err(Unfit::TooLittle { dropped });
    }
    Ok(Worded { sentences, dropped })
}

/// Holds sentences against what was told.
struct Gate<'a> {
    told: &'a Told,
    stemmer: Stemmer,
}

impl<'a> Gate<'a> {
    fn new(told: &'a Told) -> Self {
        Self {
            told,
            stemmer: Stemmer::create(Algorithm::English),
        }
    }

    fn pass(&self, said: &Said) -> Result<Sentence, Fault> {
        let (text, inline) = without_markers(&said.text);
        if let Some(fault) = prose::fault(&text) {
            return Err(fault);
        }
        let mut cites = Vec::new();
        for id in said.cites.iter().chain(&inline) {
            let at = self.place(id).ok_or(Fault::UnknownCitation)?;
            if !cites.contains(&at) {
                cites.push(at);
            }
        }
        if cites.is_empty() {
            return Err(Fault::Uncited);
        }
        let evidence: Vec<&str> = cites
            .iter()
            .map(|at| self.told.evidence[*at].words.as_str())
            .collect();
        if number::unfounded(&text, &evidence).is_some() {
            return Err(Fault::Number);
        }
        if self.contradicts(&text, &evidence) {
            return Err(Fault::Contradiction);
        }
        if !self.is_supported(&text, &evidence) {
            return Err(Fault::Unsupported);
        }
        if self.names_others(&text, &evidence) {
            return Err(Fault::Name);
        }
        Ok(Sentence { text, cites })
    }

    /// The place of the evidence with that id.
    fn place(&self, id: &str) -> Option<usize> {
        let number: usize = id.trim().strip_prefix('E')?.parse().ok()?;
        let at = number.checked_sub(1)?;
        (at < self.told.evidence.len() && !id.contains('+')).then_some(at)
    }

    /// Whether a word is written like a name and stands nowhere in what was told. The first word
    /// of a sentence always is; there the words that begin sentences are no names.
    fn names_others(&self, text: &str, evidence: &[&str]) -> bool {
        let known = self.known(evidence);
        let names = text
            .split_whitespace()
            .enumerate()
            .flat_map(|(place, word)| {
                word.split(|c: char| !c.is_alphanumeric())
                    .filter(|part| part.starts_with(char::is_uppercase) && *part != "I")
                    .map(move |part| (place, fold(part)))
            });
        let mut others =
            names.filter(|(place, name)| *place > 0 || !OPENERS.contains(&name.as_str()));
        others.any(|(_, name)| !known.contains(&self.stem(&name)))
    }

    /// Whether at least half of the words that carry meaning stand in what was told.
    fn is_supported(&self, text: &str, evidence: &[&str]) -> bool {
        let known = self.known(evidence);
        let own = self.stems(text);
        let meaning: Vec<&String> = own.iter().filter(|stem| stem.len() > 3).collect();
        let held = meaning.iter().filter(|stem| known.contains(**stem)).count();
        held * 2 >= meaning.len()
    }

    /// Whether the sentence judges for itself: the verdict has done so. It says yes or no, or has a
    /// word of judgement that its evidence has not, or denies what the nearest sentence of its
    /// evidence says, or the other way round.
    fn contradicts(&self, text: &str, evidence: &[&str]) -> bool {
        let own = self.stems(text);
        let told: BTreeSet<String> = evidence.iter().flat_map(|it| self.stems(it)).collect();
        let judged = JUDGEMENTS.iter().map(|word| self.stem(word));
        let mut judged = judged.filter(|word| own.contains(word));
        answers(text)
            || judged.any(|word| !told.contains(&word))
            || self.turns_around(text, evidence)
    }

    /// Whether one of the sentence and the nearest one of its evidence is negated, and not the other.
    fn turns_around(&self, text: &str, evidence: &[&str]) -> bool {
        let meaning = |text: &str| -> BTreeSet<String> {
            let stems = self.stems(text).into_iter();
            stems
                .filter(|stem| stem.len() > 3 && !is_negation(stem))
                .collect()
        };
        let own = meaning(text);
        let sentences = evidence
            .iter()
            .flat_map(|it| it.split_inclusive(&['.', ';', '\n']));
        let shared = |sentence: &str| own.intersection(&meaning(sentence)).count();
        let nearest = sentences.max_by_key(|sentence| shared(sentence));
        let Some(nearest) = nearest.filter(|sentence| shared(sentence) * 2 >= own.len()) else {
            return false;
        };
        is_negated(text) != is_negated(nearest)
    }

    /// The stems of the evidence, of the question and of the verdict.
    fn known(&self, evidence: &[&str]) -> BTreeSet<String> {
        let own = [self.told.question.as_str(), self.told.verdict.as_str()];
        let texts = own.iter().chain(evidence);
        texts.flat_map(|text| self.stems(text)).collect()
    }

    fn stems(&self, text: &str) -> BTreeSet<String> {
        let folded = fold(text);
        let words = folded.split(|c: char| !c.is_alphanumeric());
        let words = words.filter(|word| !word.is_empty());
        words.map(|word| self.stem(word)).collect()
    }

    fn stem(&self, word: &str) -> String {
        self.stemmer.stem(word).into_owned()
    }
}

/// Whether a sentence begins by saying yes or no.
fn answers(text: &str) -> bool {
    let lower = text.to_lowercase();
    let first = lower
        .split(|c: char| !c.is_alphabetic())
        .next()
        .unwrap_or_default();
    match first {
        "yes" | "yeah" | "sure" | "absolutely" | "definitely" | "correct" => true,
        // "No team pays for that" denies nothing but that.
        "no" => lower[2..].starts_with([',', '.', '!', ':', ';', '–', '-']),
        _ => false,
    }
}

fn is_negated(text: &str) -> bool {
    let folded = fold(text);
    let contracted = folded.contains("n't") || folded.contains("cannot");
    contracted
        || folded
            .split(|c: char| !c.is_alphanumeric())
            .any(is_negation)
}

fn is_negation(word: &str) -> bool {
    matches!(
        word,
        "no" | "not"
            | "never"
            | "nobody"
            | "none"
            | "nothing"
            | "without"
            | "cannot"
            | "neither"
            | "nor"
            | "hardly"
    )
}

/// A sentence without citations that stand in its words, such as "[E1]", and those.
fn without_markers(text: &str) -> (String, Vec<String>) {
    let mut left = String::new();
    let mut found = Vec::new();
    let mut rest = text.trim();
    while let Some(at) = rest.find(['[', '(']) {
        let close = if rest[at..].starts_with('[') {
            ']'
        } else {
            ')'
        };
        let end = rest[at..].find(close).map(|end| at + end);
        let Some(inside) = end.map(|end| &rest[at + 1..end]) else {
            break;
        };
        let ids: Vec<&str> = inside
            .split([',', ';', ' '])
            .filter(|id| !id.is_empty())
            .collect();
        let is_id = |id: &&str| {
            id.strip_prefix('E')
                .is_some_and(|n| !n.is_empty() && n.chars().all(|c| c.is_ascii_digit()))
        };
        let cut = at + 1 + inside.len() + 1;
        if !ids.is_empty() && ids.iter().all(is_id) {
            left.push_str(rest[..at].trim_end());
            found.extend(ids.into_iter().map(str::to_owned));
        } else {
            left.push_str(&rest[..cut]);
        }
        rest = &rest[cut..];
    }
    left.push_str(rest);
    (left.trim().to_owned(), found)
}
