//! Ranks the sections for some words: the best listed question first, then the words of the
//! section itself, then what the plan says.

use std::collections::HashMap;

use super::entry::{Entry, EntryKind, Section};
use super::evidence::{Evidence, Sign};
use super::form::Form;
use super::gate::Outcome;
use super::index::Lists;
use super::library::Library;
use super::nearness::Nearness;
use super::query::UnitKind;
use super::scope::Field;
use super::score::{BEST_QUESTION, OTHER_QUESTIONS, SPOKEN, Scored, Scores, TOGETHER};
use super::tokens::tokens;

/// What it counts that an entry is about the plan's stage, or about a value of the plan.
const PLAN: f32 = 0.02;
/// What share of the words a section has that says what no source holds, to be told: the second
/// gate does not tell, since just such questions are among those that it declines.
const GAP: f32 = 0.45;
/// What it counts to be the nearest section in meaning; those behind it count less by their rank.
const MEANING: f32 = 0.30;
/// How slowly that sinks: the section at this rank counts half.
const SINKS: f32 = 10.0;
/// How many sections it counts for.
const NEAREST: usize = 50;
/// How many topics are offered where nothing answers.
const NEAR: usize = 3;

/// What the plan tells of where somebody stands.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Context {
    /// The plan's stage.
    pub stage: Option<String>,
    /// Choices of the plan, as their slugs: `plg`, `enterprise`.
    pub choices: Vec<String>,
    /// How near the sections are to the words in meaning, where a model has measured it.
    pub near: Option<Nearness>,
}

/// What a lookup has found.
#[derive(Debug)]
pub struct Found<'a> {
    /// Whether the library answers the words.
    pub outcome: Outcome,
    /// The form of the question.
    pub form: Form,
    /// Whether the best section says of this that no source holds it.
    pub is_gap: bool,
    /// The sections, best first; what is nearest where the library does not answer.
    pub hits: Vec<Hit<'a>>,
    /// What the gates have weighed.
    pub evidence: Evidence,
}

/// All sections ranked for some words.
struct Ranking {
    outcome: Outcome,
    is_gap: bool,
    /// How probable it is that the best section answers.
    answered: f32,
    sections: Vec<Scored>,
    evidence: Evidence,
}

impl Ranking {
    /// Whether this part of the words is answered more surely than another.
    fn is_surer(&self, other: &Self) -> bool {
        self.answered > other.answered
    }

    /// The ranking with what nearness in meaning adds, by reciprocal rank; `nearest` comes best first.
    fn fused(mut self, nearest: impl Iterator<Item = usize>, sections: usize) -> Self {
        let mut place = vec![None; sections];
        for (at, scored) in self.sections.iter().enumerate() {
            place[scored.section] = Some(at);
        }
        for (rank, section) in (0_u16..).zip(nearest.take(NEAREST)) {
            let at = place[section].unwrap_or(self.sections.len());
            if at == self.sections.len() {
                self.sections.push(Scored::unfound(section));
            }
            self.sections[at].meaning = MEANING * SINKS / (SINKS + f32::from(rank));
        }
        self.sections.sort_by(Scored::order);
        self
    }

    /// The ranking of a part, in the light of the whole that it was taken from.
    fn beside(mut self, whole: &Self) -> Self {
        let in_whole: HashMap<usize, f32> = whole
            .sections
            .iter()
            .map(|scored| (scored.section, scored.score()))
            .collect();
        let both = |scored: &Scored| {
            scored.score() + in_whole.get(&scored.section).copied().unwrap_or(0.0)
        };
        self.sections
            .sort_by(|one, other| both(other).total_cmp(&both(one)));
        self
    }
}

/// The sentences of some words, where there are several of some length.
fn sentences(words: &str) -> Vec<&str> {
    let parts = words.split_inclusive(['.', '?', '!', ';', '\n']);
    let parts: Vec<_> = parts
        .map(str::trim)
        .filter(|part| part.split(' ').count() > 3)
        .collect();
    if parts.len() > 1 { parts } else { Vec::new() }
}

/// One section that was found.
#[derive(Debug, Clone)]
pub struct Hit<'a> {
    /// Its entry.
    pub entry: &'a Entry,
    /// The section.
    pub section: &'a Section,
    /// Its score, from 0 to about 2.
    pub score: f32,
    /// What makes up the score.
    pub reasons: Vec<Reason<'a>>,
}

/// A part of a score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Reason<'a> {
    /// A listed question is like the words.
    Question(&'a str, f32),
    /// More of the listed questions are like them.
    Questions(f32),
    /// All of them together are.
    Together(f32),
    /// The words stand in the section or its names.
    Words(f32),
    /// The entry is about the plan's stage or values.
    Plan(f32),
    /// The section is near to the words in meaning.
    Meaning(f32),
}

impl std::fmt::Display for Reason<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Question(listed, adds) => write!(f, "{adds:.2} for \"{listed}\""),
            Self::Questions(adds) => write!(f, "{adds:.2} for its other questions"),
            Self::Together(adds) => write!(f, "{adds:.2} for all its questions together"),
            Self::Words(adds) => write!(f, "{adds:.2} for its words"),
            Self::Plan(adds) => write!(f, "{adds:.2} for the plan"),
            Self::Meaning(adds) => write!(f, "{adds:.2} for meaning"),
        }
    }
}

impl Reason<'_> {
    /// What it adds to the score.
    pub fn adds(&self) -> f32 {
        match self {
            Self::Question(_, adds)
            | Self::Questions(adds)
            | Self::Together(adds)
            | Self::Words(adds)
            | Self::Plan(adds)
            | Self::Meaning(adds) => *adds,
        }
    }
}

impl Library {
    /// The sections that answer `words`, at most `limit`, or that the library does not answer
    /// them. Equal words give equal results.
    pub fn look_up(&self, words: &str, context: &Context, limit: usize) -> Found<'_> {
        let mut ranking = self.ranking(words, context);
        // In a tale, one sentence is the question, and the rest hides it; not where the whole of it is
        // about what no source holds.
        if ranking.outcome == Outcome::NotHeld && !ranking.is_gap {
            let parts = sentences(words).into_iter();
            let parts = parts.map(|part| self.ranking(part, context));
            let answered = parts.filter(|part| part.outcome == Outcome::Held);
            let surest =
                answered.reduce(|best, part| if part.is_surer(&best) { part } else { best });
            if let Some(part) = surest {
                ranking = part.beside(&ranking);
            }
        }
        if let Some(near) = &context.near {
            ranking = self.fused(ranking, near);
        }
        let limit = if ranking.outcome == Outcome::Held {
            limit
        } else {
            limit.min(NEAR)
        };
        let hits = ranking
            .sections
            .iter()
            .take(limit)
            .map(|scored| self.hit(scored));
        Found {
            outcome: ranking.outcome,
            is_gap: ranking.is_gap,
            form: Form::of(words),
            hits: hits.collect(),
            evidence: ranking.evidence,
        }
    }

    /// Whether one of the words is an expression of going to market, as the thesaurus has them.
    pub fn has_a_term_in(&self, words: &str) -> bool {
        let units = self.index.read(&tokens(words));
        units.iter().any(|unit| unit.kind == UnitKind::Concept)
    }

    /// Whether the words speak of anything, and not only in words that fit any talk.
    pub fn speaks_of_something(&self, words: &str) -> bool {
        let telling = |kind| {
            let is_plain = matches!(kind, UnitKind::Word(Some(Field::Generic | Field::Common)));
            !is_plain && !matches!(kind, UnitKind::Number { .. })
        };
        self.index
            .read(&tokens(words))
            .iter()
            .any(|unit| telling(unit.kind))
    }

    fn ranking(&self, words: &str, context: &Context) -> Ranking {
        let tokens = tokens(words);
        let units = self.index.read(&tokens);
        let scores = Scores::of(&self.index, &units, Form::of(words));
        let sounds = self.index.sounds(&tokens);
        let prior = |section| self.prior(section, context);
        let mut compared = scores.compared(&self.index, sounds, prior);
        compared.sections.sort_by(Scored::order);
        let evidence = Evidence::weigh(&tokens, &units, &self.index, &compared);
        let best = compared.sections.first();
        let kind = best.map(|best| self.at(best.section).0.kind);
        let outcome = self.index.gates.decide(&evidence, kind);
        Ranking {
            outcome,
            is_gap: outcome == Outcome::NotHeld
                && kind == Some(EntryKind::Gap)
                && evidence.get(Sign::Words) >= GAP,
            answered: self.index.gates.held.chance(&evidence),
            sections: compared.sections,
            evidence,
        }
    }

    /// A ranking fused with nearness in meaning. Where the gates have found an answer, what the
    /// sources do not contain takes no part: it is none.
    fn fused(&self, ranking: Ranking, near: &Nearness) -> Ranking {
        let sections = self.index.sections.len();
        let is_held = ranking.outcome == Outcome::Held;
        let is_answer = |section: usize| self.at(section).0.kind != EntryKind::Gap;
        let nearest = near.nearest(sections).into_iter();
        ranking.fused(
            nearest.filter(|section| !is_held || is_answer(*section)),
            sections,
        )
    }

    fn at(&self, section: usize) -> (&Entry, &Section) {
        let (entry, place) = self.index.sections[section];
        let entry = &self.entries()[entry];
        (entry, &entry.sections[place])
    }

    /// What the plan adds to a section.
    fn prior(&self, section: usize, context: &Context) -> f32 {
        let (entry, _) = self.at(section);
        let stage = context.stage.as_ref();
        let at_stage = stage.is_some_and(|stage| entry.stages.contains(stage));
        let about = |choice: &String| {
            let choice = choice.replace('_', "-");
            entry.tags.contains(&choice)
        };
        let mut prior = 0.0;
        if at_stage {
            prior += PLAN;
        }
        if context.choices.iter().any(about) {
            prior += PLAN;
        }
        prior
    }

    fn hit(&self, scored: &Scored) -> Hit<'_> {
        let (entry, section) = self.at(scored.section);
        let listed = match self.index.questions[scored.asked].lists {
            Lists::Section { place, .. } => section.asked().nth(place as usize),
            Lists::Declined(_) => None,
        };
        let mut reasons = Vec::new();
        if let Some(listed) = listed.filter(|_| scored.question > 0.0) {
            reasons.push(Reason::Question(listed, BEST_QUESTION * scored.question));
            reasons.push(Reason::Questions(OTHER_QUESTIONS * scored.others));
        }
        let is_nothing = scored.words == 0.0 && scored.meaning > 0.0;
        if scored.together > 0.0 {
            reasons.push(Reason::Together(TOGETHER * scored.together));
        }
        if !is_nothing {
            reasons.push(Reason::Words(SPOKEN * scored.spoken));
        }
        if scored.prior > 0.0 {
            reasons.push(Reason::Plan(scored.prior));
        }
        if scored.meaning > 0.0 {
            reasons.push(Reason::Meaning(scored.meaning));
        }
        Hit {
            entry,
            section,
            score: scored.score(),
            reasons,
        }
    }
}
