//! A message as sentences, sentences as clauses, clauses as numbers, phrases, words and signs.

use std::ops::Range;

use super::lexicon::{Lexicon, Role};
use super::token::Token;
use super::words::english;
use crate::plan::{Choice, Field, Scan, scan};

/// What one element of a sentence is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// A number with its unit.
    Number(Scan),
    /// A phrase that the catalogue knows.
    Phrase(&'static [Role]),
    /// A word that means nothing to the catalogue.
    Word,
    /// A sign.
    Sign,
}

/// One element of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Element<'a> {
    pub(super) kind: Kind,
    /// Its folded words.
    pub(super) text: &'a str,
    /// Where it stands in the clean text.
    pub(super) at: Range<usize>,
    /// Whether white space stands before it.
    pub(super) spaced: bool,
}

impl Element<'_> {
    /// What the phrase may mean; nothing for other elements.
    pub(super) fn roles(&self) -> &'static [Role] {
        match self.kind {
            Kind::Phrase(roles) => roles,
            _ => &[],
        }
    }

    /// The choice of that field that the phrase is.
    pub(super) fn choice_of(&self, name: &str) -> Option<&'static Choice> {
        self.roles().iter().find_map(|role| match role {
            Role::Choice(field, choice) if field.name == name => Some(*choice),
            _ => None,
        })
    }

    /// Whether the phrase is the name of a field or a cue for it.
    pub(super) fn names(&self, field: &Field) -> bool {
        self.roles().iter().any(|role| match role {
            Role::Name(named) | Role::Cue(named, _) => named.name == field.name,
            _ => false,
        })
    }

    /// Whether it opens a decision, such as "go with" or "charge".
    pub(super) fn leads_in(&self) -> bool {
        self.roles().iter().any(|role| match role {
            Role::Cue(field, _) => matches!(field.name, "pricing.price" | "sales.motion"),
            _ => false,
        })
    }

    pub(super) fn is_sign(&self, signs: &[&str]) -> bool {
        self.kind == Kind::Sign && signs.contains(&self.text)
    }

    pub(super) fn is_number(&self) -> bool {
        matches!(self.kind, Kind::Number(_))
    }

    /// Whether the word or phrase is one of these words.
    pub(super) fn is_one_of(&self, words: &[&str]) -> bool {
        !self.is_number() && words.contains(&self.text)
    }

    /// Whether it says nothing by itself.
    pub(super) fn is_filler(&self) -> bool {
        !self.is_number()
            && self
                .text
                .split(' ')
                .all(|word| english().fillers.contains(word))
    }
}

/// One sentence.
#[derive(Debug)]
pub(super) struct Sentence<'a> {
    pub(super) elements: Vec<Element<'a>>,
    /// The clauses, as ranges of elements.
    pub(super) clauses: Vec<Range<usize>>,
    /// Whether it ends with a question mark.
    pub(super) is_question: bool,
    /// Whether a line begins with it.
    pub(super) begins_line: bool,
    /// Whether it begins by replacing what was said before: "scratch that, 2%".
    pub(super) corrects: bool,
}

/// Splits a clean text into sentences.
pub(super) fn sentences<'a>(text: &'a str, tokens: &[Token<'a>]) -> Vec<Sentence<'a>> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut begins_line = true;
    for (at, token) in tokens.iter().enumerate() {
        if !ends_sentence(tokens, at) {
            continue;
        }
        if let Some(sentence) = sentence(text, &tokens[start..at]) {
            sentences.push(Sentence {
                is_question: token.text == "?",
                begins_line,
                ..sentence
            });
        } else if token.text == "?"
            && let Some(last) = sentences.last_mut()
            && start == at
        {
            last.is_question = true;
        }
        begins_line = token.text == "\n" || token.text == "•" || (begins_line && start == at);
        start = at + 1;
    }
    sentences.extend(sentence(text, &tokens[start..]).map(|last| Sentence {
        begins_line,
        ..last
    }));
    sentences
}

fn ends_sentence(tokens: &[Token<'_>], at: usize) -> bool {
    let token = &tokens[at];
    let next = tokens.get(at + 1);
    match token.text {
        ";" => !lists(tokens, at),
        "\n" | "!" | "?" | "•" | "…" => true,
        "." => {
            let short = at.checked_sub(1).map(|before| tokens[before].text);
            let is_short = short.is_some_and(|word| english().shortened.contains(word));
            next.is_none_or(|next| next.spaced || !next.is_word) && !is_short
        }
        _ => false,
    }
}

/// Whether a `;` parts the items behind the one label of its line: "signals: a failed audit; a new manager".
fn lists(tokens: &[Token<'_>], at: usize) -> bool {
    let ends = |it: &Token<'_>| matches!(it.text, "\n" | "!" | "?" | "•" | "…");
    let start = tokens[..at].iter().rposition(ends).map_or(0, |it| it + 1);
    let end = tokens[at..]
        .iter()
        .position(ends)
        .map_or(tokens.len(), |it| at + it);
    let mut labels = (start..end).filter(|&it| tokens[it].text == ":");
    labels
        .next()
        .is_some_and(|label| label < at && label - start <= LABEL)
        && labels.next().is_none()
}

/// A label has at most so many words.
const LABEL: usize = 8;

/// The sentence of some tokens, which ends without a question mark within a line.
fn sentence<'a>(text: &'a str, tokens: &[Token<'a>]) -> Option<Sentence<'a>> {
    let elements = elements(text, tokens);
    if elements.is_empty() {
        return None;
    }
    let correction = correction(&elements, 0).filter(|end| *end < elements.len());
    let clauses = clauses(&elements, correction.unwrap_or(0));
    let corrects = correction.is_some();
    Some(Sentence {
        elements,
        clauses,
        is_question: false,
        begins_line: false,
        corrects,
    })
}

/// Words behind which "up to" or "over" names where a value went, and no range.
const MOVES: &[&str] = &[
    "went", "gone", "goes", "going", "moved", "came", "climbed", "jumped", "crept", "ticked",
    "turning", "turn", "turns", "turned", "just", "rolled", "tipped", "got", "pushed", "now",
];

/// Reads tokens into elements.
fn elements<'a>(text: &'a str, tokens: &[Token<'a>]) -> Vec<Element<'a>> {
    let lexicon = Lexicon::get();
    let end = tokens.last().map_or(0, Token::end);
    let mut elements = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let mut taken = 1;
        let moves =
            matches!(token.text, "up" | "over") && at > 0 && MOVES.contains(&tokens[at - 1].text);
        let kind = if let Some(found) = number_at(text, tokens, at, end).filter(|_| !moves) {
            let last = token.start + found.length;
            taken = tokens[at..]
                .iter()
                .take_while(|token| token.start < last)
                .count()
                .max(1);
            Kind::Number(found)
        } else if !token.is_word {
            Kind::Sign
        } else if let Some(phrase) = lexicon.longest(&tokens[at..]) {
            taken = phrase.tokens;
            Kind::Phrase(phrase.roles)
        } else if let Some(phrase) = lexicon.slip(token.text) {
            Kind::Phrase(phrase.roles)
        } else {
            Kind::Word
        };
        let last = match &kind {
            Kind::Number(found) => token.start + found.length,
            _ => tokens[at + taken - 1].end(),
        };
        elements.push(Element {
            kind,
            text: &text[token.start..last],
            at: token.start..last,
            spaced: token.spaced,
        });
        at += taken;
    }
    elements
}

/// The number that begins with that token: at the beginning of a word only.
fn number_at(text: &str, tokens: &[Token<'_>], at: usize, end: usize) -> Option<Scan> {
    let token = &tokens[at];
    let before = at.checked_sub(1).and_then(|at| tokens.get(at));
    let glued = !token.spaced && before.is_some_and(|it| it.is_word || "-/@#.:+".contains(it.text));
    let label = before.is_some_and(|it| it.text == ":" || it.text == "(") || token.spaced;
    if glued && !label {
        return None;
    }
    let found = scan(&text[token.start..end])?;
    let behind = text[token.start + found.length..end].chars().next();
    let parts = behind.is_some_and(|c| matches!(c, '/' | ':' | '-')) && {
        let rest = &text[token.start + found.length + 1..end];
        rest.starts_with(|c: char| c.is_ascii_digit())
    };
    (!parts).then_some(found)
}

/// The clauses of a sentence.
fn clauses(elements: &[Element<'_>], from: usize) -> Vec<Range<usize>> {
    let mut clauses = Vec::new();
    let mut start = from;
    for at in from..elements.len() {
        let Some(next) = begins_clause(elements, at) else {
            continue;
        };
        if start < at {
            clauses.push(start..at);
        }
        start = next;
    }
    if start < elements.len() {
        clauses.push(start..elements.len());
    }
    clauses
}

/// Whether the part before a comma only denies: "no free trial, demo only".
fn denies(before: &[Element<'_>]) -> bool {
    let part = before.rsplit(|it| it.is_sign(&[","])).next();
    part.and_then(<[_]>::first)
        .is_some_and(|it| it.is_one_of(&["no", "not", "without"]))
}

/// Where the words behind a correction begin: "20k, sorry, 25k".
fn corrects(elements: &[Element<'_>], at: usize) -> Option<usize> {
    let parted = at > 0 && is_pause(elements, at);
    correction(elements, at).filter(|_| parted)
}

fn is_pause(elements: &[Element<'_>], at: usize) -> bool {
    elements
        .get(at)
        .is_some_and(|it| it.is_sign(&[",", "-", ":", "(", "."]))
}

/// Where the words begin behind a phrase that replaces what was said before.
fn correction(elements: &[Element<'_>], at: usize) -> Option<usize> {
    let words_from = |at: usize| (at..elements.len()).find(|&at| !is_pause(elements, at));
    let from = words_from(at)?;
    if !english().correcting.begin_like(elements[from].text) {
        return None;
    }
    let phrase = |length: usize| {
        let words = elements.get(from..from + length)?;
        let words: Vec<&str> = words.iter().map(|it| it.text).collect();
        let known = english().correcting.contains(&words.join(" "));
        let end = from + length;
        // A lone word must be parted from the value that it brings: "no reps" is no correction.
        let parted = length > 1
            || is_pause(elements, end)
            || elements.get(end).is_some_and(Element::is_number);
        (known && parted).then_some(end)
    };
    let end = [3, 2, 1].into_iter().find_map(phrase)?;
    words_from(end)
}

/// Where the clause begins that the element at `at` parts from the one before, if it does.
fn begins_clause(elements: &[Element<'_>], at: usize) -> Option<usize> {
    if let Some(next) = corrects(elements, at) {
        return Some(next);
    }
    let element = &elements[at];
    if english().breaks.contains(element.text) && at > 0 {
        return Some(at + 1);
    }
    let dash = element.is_sign(&["-"])
        && element.spaced
        && elements.get(at + 1).is_some_and(|next| next.spaced);
    let joins =
        element.is_sign(&[",", ")", "("]) || element.is_one_of(&["and", "then", "so"]) || dash;
    if !joins || at == 0 {
        return None;
    }
    let mut next = at + 1;
    if element.is_sign(&["("])
        && elements
            .get(next)
            .is_some_and(|it| english().past.contains(it.text) || it.text == "previously")
    {
        return Some(next);
    }
    while elements
        .get(next)
        .is_some_and(|it| it.is_one_of(&["and", "so", "then", "ok"]))
    {
        next += 1;
    }
    goes_on_anew(elements, at, next).then_some(next)
}

/// Whether the words from `next` on, which the sign or word at `at` joins, are a clause of their own.
fn goes_on_anew(elements: &[Element<'_>], at: usize, next: usize) -> bool {
    let element = &elements[at];
    let Some(starter) = elements.get(next) else {
        return false;
    };
    let opening = element.is_sign(&[","])
        && at <= 3
        && elements[..at].iter().all(|it| {
            it.text
                .split(' ')
                .all(|word| english().opening.contains(word))
        });
    if opening {
        return true;
    }
    if starter.text.starts_with("that's") {
        return false;
    }
    if element.is_sign(&[","]) && starter.choice() && denies(&elements[..at]) {
        return true;
    }
    let begins = starter
        .text
        .split(' ')
        .next()
        .is_some_and(|word| english().starters.contains(word));
    // "and $99/mo for SMBs": a cue begins a new clause, a choice goes on with the list.
    let named = elements[next..].iter().take(3).find(|it| !it.is_filler());
    let cue = named.is_some_and(|it| {
        it.roles().iter().any(|role| matches!(role, Role::Name(_)))
            && !it
                .roles()
                .iter()
                .any(|role| matches!(role, Role::Choice(..)))
    });
    begins || cue
}
