//! An answer as data; whoever shows it decides on its form.

use std::collections::BTreeSet;

use super::Hypothesis;
use crate::documents::{Document, Passage};
use crate::knowledge::{Entry, Form, Outcome, Section};
use crate::lint::RuleResult;
use crate::plan::{Field, Segment};
use crate::text;

/// A shorter word with a slip may be too many others.
const LEAST_WITH_A_SLIP: usize = 5;

/// What the bot says to a question.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Whether it answers.
    pub outcome: Outcome,
    /// The form of the question.
    pub form: Form,
    /// The verdict, in a sentence or two.
    pub verdict: String,
    /// What was read out of the question and tried on the plan.
    pub tried: Vec<Hypothesis>,
    /// What it states or supposes, tried or not.
    pub given: Vec<Hypothesis>,
    /// Why, at most three.
    pub reasons: Vec<Reason>,
    /// Where two sources differ, what each says and which of them counts here.
    pub dispute: Option<Cited>,
    /// What the rules say, the deciding one first.
    pub results: Vec<RuleResult>,
    /// The question whose answer would change the verdict.
    pub follow_up: Option<FollowUp>,
    /// The nearest topics, where it does not answer.
    pub near: Vec<Cited>,
    /// Whether it names what may be behind something noticed, each cause from a section of its own.
    pub is_diagnosis: bool,
}

/// Yes or no, where the question asks for one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Polarity {
    /// What was asked about fits, so a question for "enough" is answered with yes.
    Plain,
    /// The question names the fault ("too many?"), so what does not fit is answered with yes.
    Fault,
}

/// One reason with its evidence.
#[derive(Debug, Clone)]
pub struct Reason {
    /// The words.
    pub words: String,
    /// Where they come from.
    pub said: Said,
}

/// Where a reason comes from.
#[derive(Debug, Clone)]
pub enum Said {
    /// A section of the library.
    Library(Cited),
    /// A rule, on the plan with what the question supposes.
    Rule(Box<RuleResult>),
    /// A passage of a document that the workspace has taught.
    Own(Box<OwnCited>),
}

/// A passage of a workspace's own document, cited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnCited {
    /// The document.
    pub document: Document,
    /// The passage.
    pub passage: Passage,
}

/// A section of the library, cited.
#[derive(Debug, Clone)]
pub struct Cited {
    /// The entry.
    pub entry: &'static Entry,
    /// The section.
    pub section: &'static Section,
}

/// A question back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FollowUp {
    /// The field that it asks for.
    pub field: &'static Field,
    /// The segment, where the plan has several.
    pub segment: Option<Segment>,
}

impl Cited {
    /// `entry#anchor`.
    pub fn name(&self) -> String {
        format!("{}#{}", self.entry.id, self.section.anchor)
    }

    /// Whether the entry or its section is called by these words, and not only about them.
    pub fn is_called(&self, words: &str) -> bool {
        let Self { entry, section } = self;
        let names = [&entry.id, &entry.title, &section.heading];
        let mut names = names.into_iter().chain(&entry.aliases).chain(&entry.tags);
        names.any(|name| text::key(name).contains(&text::key(words)))
    }

    /// Whether the words stand in what the entry or its section says or is called, one of them with a
    /// slip. Questions that lead here are not asked: they hold whatever people say beside their matter.
    pub fn speaks_of(&self, words: &str) -> bool {
        let Self { entry, section } = self;
        let names = [&entry.id, &entry.title, &section.heading];
        let names = names.into_iter().chain(&entry.aliases).chain(&entry.tags);
        let names: Vec<_> = names.map(|name| text::key(name)).collect();
        let names: Vec<_> = names.iter().flat_map(|name| text::words(name)).collect();
        let body = text::key(&section.body);
        let told: BTreeSet<_> = text::words(&body)
            .into_iter()
            .chain(names.clone())
            .collect();
        let asked = text::key(words);
        let is_told = |word: &&str| {
            let may_have_a_slip = word.chars().count() >= LEAST_WITH_A_SLIP;
            told.contains(word)
                || (may_have_a_slip && !text::nearest(word, names.iter().copied()).is_empty())
        };
        text::words(&asked).iter().any(is_told)
    }

    /// What people read: the entry's title and the section's heading.
    pub fn title(&self) -> String {
        if self.entry.title == self.section.heading {
            self.entry.title.clone()
        } else {
            format!("{}: {}", self.entry.title, self.section.heading)
        }
    }
}

impl Answer {
    /// An answer that is a verdict and nothing else.
    pub(super) fn bare(outcome: Outcome, form: Form, verdict: String) -> Self {
        Self {
            outcome,
            form,
            verdict,
            tried: Vec::new(),
            given: Vec::new(),
            reasons: Vec::new(),
            dispute: None,
            results: Vec::new(),
            follow_up: None,
            near: Vec::new(),
            is_diagnosis: false,
        }
    }

    /// Every section that the answer leans on, once each, in the order of the answer.
    pub fn citations(&self) -> Vec<&Cited> {
        let reasons = self.reasons.iter().filter_map(|reason| match &reason.said {
            Said::Library(cited) => Some(cited),
            Said::Rule(_) | Said::Own(_) => None,
        });
        let mut found: Vec<&Cited> = Vec::new();
        for cited in reasons.chain(&self.dispute) {
            if !found.iter().any(|known| known.name() == cited.name()) {
                found.push(cited);
            }
        }
        found
    }
}
