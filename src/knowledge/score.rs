//! Scores of all sections for some words, from the index.

use std::cmp::Ordering;

use super::declined::Why;
use super::form::Form;
use super::grams::Sounds;
use super::index::{Index, Lists, Posting, counts};
use super::query::Unit;

/// What the best of a section's listed questions counts.
pub(super) const BEST_QUESTION: f32 = 0.10;
/// … the average of its three best.
pub(super) const OTHER_QUESTIONS: f32 = 0.20;
/// … how much the section speaks of the words, in its text and all its questions.
pub(super) const SPOKEN: f32 = 0.15;
/// … how like the words all its questions are, taken together.
pub(super) const TOGETHER: f32 = 2.0;
/// What it counts that a listed question has the same form.
const SAME_FORM: f32 = 0.08;
/// How the words asked and the words listed share in what two questions have in common.
const ASKED: f32 = 0.55;
/// How many places of a list a lookup reads before it looks only at what it has found.
const BUDGET: usize = 20_000;
/// How many of these it looks at.
const CANDIDATES: usize = 200;

/// One section's score in its parts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scored {
    pub(super) section: usize,
    /// The best question, and how like the words it is.
    pub(super) asked: usize,
    pub(super) question: f32,
    /// How like the three best questions are, on average.
    pub(super) others: f32,
    /// How much of the words the section itself has, from 0 to 1.
    pub(super) words: f32,
    /// How much more it speaks of them than all sections on average, as a logarithm.
    pub(super) spoken: f32,
    /// How like the words all its questions are, taken together, from 0 to 1.
    pub(super) together: f32,
    /// What the plan adds.
    pub(super) prior: f32,
    /// What its nearness in meaning adds.
    pub(super) meaning: f32,
}

impl Scored {
    /// A section in which nothing of the words was found.
    pub(super) fn unfound(section: usize) -> Self {
        Self {
            section,
            asked: 0,
            question: 0.0,
            others: 0.0,
            words: 0.0,
            spoken: 0.0,
            together: 0.0,
            prior: 0.0,
            meaning: 0.0,
        }
    }

    /// All parts together.
    pub(super) fn score(&self) -> f32 {
        BEST_QUESTION * self.question
            + OTHER_QUESTIONS * self.others
            + SPOKEN * self.spoken
            + TOGETHER * self.together
            + self.prior
            + self.meaning
    }

    /// The best first; equal ones in the library's order.
    pub(super) fn order(one: &Self, other: &Self) -> Ordering {
        let by_score = other.score().total_cmp(&one.score());
        by_score.then(one.section.cmp(&other.section))
    }
}

/// The three questions most like the words: how like each is, and its number.
type Three = [(f32, usize); 3];

/// What some words are like.
pub(super) struct Compared {
    /// All sections that have anything of them.
    pub(super) sections: Vec<Scored>,
    /// How like the three nearest questions are, on average, that no section answers.
    pub(super) not_held: f32,
    /// … that are about something else.
    pub(super) elsewhere: f32,
    /// What they sound like.
    pub(super) sounds: Sounds,
}

/// How much of the words each question and each section has.
pub(super) struct Scores {
    /// What the words weigh together.
    total: f32,
    form: Form,
    questions: Vec<f32>,
    sections: Vec<f32>,
    /// How much each section speaks of the words, and what they count for that together.
    spoken: Vec<f32>,
    counted: f32,
    scratch: [Scratch; 3],
}

/// A unit's weight, what it counts for how much a section speaks of it, and its terms that the index
/// has.
struct Wanted {
    weight: f32,
    counts: f32,
    terms: Vec<(usize, f32)>,
}

impl Scores {
    /// Looks the units up.
    pub(super) fn of(index: &Index, units: &[Unit], form: Form) -> Self {
        let mut wanted: Vec<Wanted> = units.iter().map(|unit| wanted(index, unit)).collect();
        let total = wanted.iter().map(|one| one.weight).sum();
        let counted = wanted.iter().map(|one| one.counts).sum();
        let length = |one: &Wanted| -> usize {
            let lists = one.terms.iter();
            lists
                .map(|(term, _)| index.in_questions(*term).len() + index.in_sections(*term).len())
                .sum()
        };
        wanted.sort_by_key(length);
        let mut scores = Self {
            total,
            form,
            questions: vec![0.0; index.questions.len()],
            sections: vec![0.0; index.sections.len()],
            spoken: vec![0.0; index.sections.len()],
            counted,
            scratch: Default::default(),
        };
        let mut read = 0;
        let mut rest = Vec::new();
        for one in &wanted {
            let length = length(one);
            if read > 0 && read + length > BUDGET {
                rest.push(one);
            } else {
                read += length;
                scores.add(index, one);
            }
        }
        if !rest.is_empty() {
            scores.add_to_candidates(index, &rest);
        }
        scores
    }

    /// Adds a unit wherever it stands, by the best of its terms, which come best first.
    fn add(&mut self, index: &Index, one: &Wanted) {
        let [of_questions, of_sections, of_spoken] = &mut self.scratch;
        let mut asked = Best::new(&mut self.questions, of_questions);
        for (term, share) in &one.terms {
            for place in index.in_questions(*term) {
                asked.raise(*place, one.weight * share);
            }
        }
        let mut held = Best::new(&mut self.sections, of_sections);
        let mut spoken = Best::new(&mut self.spoken, of_spoken);
        for (term, share) in &one.terms {
            for posting in index.in_sections(*term) {
                held.raise(posting.section, one.weight * share * posting.held);
                spoken.raise(posting.section, one.counts * share * posting.spoken);
            }
        }
    }

    /// Adds common units only to what the rarer ones have found best.
    fn add_to_candidates(&mut self, index: &Index, rest: &[&Wanted]) {
        for question in best_places(&self.questions) {
            for one in rest {
                let holds = |term: usize| {
                    let place = u32::try_from(question).unwrap_or(u32::MAX);
                    index.in_questions(term).binary_search(&place).is_ok()
                };
                let shares = one.terms.iter().filter(|(term, _)| holds(*term));
                let best = shares.map(|(_, share)| *share).fold(0.0, f32::max);
                self.questions[question] += one.weight * best;
            }
        }
        for section in best_places(&self.sections) {
            for one in rest {
                let terms = one.terms.iter();
                let found = terms
                    .filter_map(|(term, share)| Some((share, posting(index, *term, section)?)));
                let (mut held, mut spoken) = (0.0_f32, 0.0_f32);
                for (share, posting) in found {
                    held = held.max(share * posting.held);
                    spoken = spoken.max(share * posting.spoken);
                }
                self.sections[section] += one.weight * held;
                self.spoken[section] += one.counts * spoken;
            }
        }
    }

    /// All sections that have anything of the words, and how like questions to decline they are.
    pub(super) fn compared(
        &self,
        index: &Index,
        sounds: Sounds,
        prior: impl Fn(usize) -> f32,
    ) -> Compared {
        let mut best: Vec<Three> = vec![[(0.0, 0); 3]; self.sections.len()];
        let mut not_held = Three::default();
        let mut elsewhere = Three::default();
        for (number, common) in self.questions.iter().enumerate() {
            if *common > 0.0 {
                let asked = &index.questions[number];
                let alike = self.alike(*common, asked.weight, asked.form);
                let three = match asked.lists {
                    Lists::Section { section, .. } => &mut best[section as usize],
                    Lists::Declined(Why::NotHeld) => &mut not_held,
                    Lists::Declined(Why::Elsewhere) => &mut elsewhere,
                };
                insert(three, (alike, number));
            }
        }
        Compared {
            sections: self.scored(&best, &sounds.together, prior),
            not_held: average(&not_held),
            elsewhere: average(&elsewhere),
            sounds,
        }
    }

    fn scored(
        &self,
        best: &[Three],
        together: &[f32],
        prior: impl Fn(usize) -> f32,
    ) -> Vec<Scored> {
        let total = self.total.max(f32::MIN_POSITIVE);
        let counted = self.counted.max(f32::MIN_POSITIVE);
        let scored = self.sections.iter().zip(best).enumerate();
        scored
            .filter(|(_, (words, best))| **words > 0.0 || best[0].0 > 0.0)
            .map(|(section, (words, best))| Scored {
                section,
                asked: best[0].1,
                question: best[0].0,
                others: average(best),
                words: words / total,
                spoken: self.spoken[section] / counted,
                together: together[section],
                prior: prior(section),
                meaning: 0.0,
            })
            .collect()
    }

    /// How like a listed question is, from 0 to 1.
    fn alike(&self, common: f32, weight: f32, form: Form) -> f32 {
        let both = ASKED * self.total + (1.0 - ASKED) * weight;
        let alike = (common / both.max(f32::MIN_POSITIVE)).min(1.0);
        let same = self.form == form && form != Form::Other;
        let bonus = if same { SAME_FORM } else { 0.0 };
        alike * (1.0 - SAME_FORM) + bonus * alike.min(0.5) * 2.0
    }
}

/// How like the three are on average.
fn average(three: &Three) -> f32 {
    three.iter().map(|(alike, _)| alike).sum::<f32>() / 3.0
}

fn wanted(index: &Index, unit: &Unit) -> Wanted {
    let terms = unit.terms.iter();
    Wanted {
        weight: index.weight(unit),
        counts: counts(unit.kind),
        terms: terms
            .filter_map(|(term, share)| Some((index.term(term)?, *share)))
            .collect(),
    }
}

/// What one unit has added to each place so far.
#[derive(Default)]
struct Scratch {
    added: Vec<f32>,
    touched: Vec<u32>,
}

/// Sums to which one unit adds: at each place what is best, and not the sum of its terms.
struct Best<'a> {
    sums: &'a mut [f32],
    scratch: &'a mut Scratch,
}

impl<'a> Best<'a> {
    fn new(sums: &'a mut [f32], scratch: &'a mut Scratch) -> Self {
        scratch.added.resize(sums.len(), 0.0);
        for place in scratch.touched.drain(..) {
            scratch.added[place as usize] = 0.0;
        }
        Self { sums, scratch }
    }

    fn raise(&mut self, place: u32, to: f32) {
        let added = &mut self.scratch.added[place as usize];
        if *added == 0.0 {
            self.scratch.touched.push(place);
        }
        if to > *added {
            self.sums[place as usize] += to - *added;
            *added = to;
        }
    }
}

/// A term in a section; nothing where it does not stand there.
pub(super) fn posting(index: &Index, term: usize, section: usize) -> Option<Posting> {
    let list = index.in_sections(term);
    let place = list.binary_search_by_key(&section, |posting| posting.section as usize);
    place.ok().map(|place| list[place])
}

/// The places with the greatest sums.
fn best_places(sums: &[f32]) -> Vec<usize> {
    let mut places: Vec<usize> = (0..sums.len()).filter(|place| sums[*place] > 0.0).collect();
    if places.len() > CANDIDATES {
        places.select_nth_unstable_by(CANDIDATES, |one, other| {
            sums[*other].total_cmp(&sums[*one]).then(one.cmp(other))
        });
        places.truncate(CANDIDATES);
    }
    places
}

fn insert(best: &mut Three, new: (f32, usize)) {
    let mut new = new;
    for place in best {
        if new.0 > place.0 {
            std::mem::swap(place, &mut new);
        }
    }
}
