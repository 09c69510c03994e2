//! The inverted index: which sections and which of their questions hold a term.

use std::collections::{BTreeSet, HashMap};

use super::entry::{Entry, Section};
use super::form::Form;
use super::query::{Unit, UnitKind, terms, units, units_of};
use super::scope::{Field, Scope};
use super::spelling::Spelling;
use super::thesaurus::Thesaurus;
use super::tokens::{Stems, Token};

/// How fast a repeated term stops to add (BM25's k1).
const SATURATION: f32 = 1.2;
/// How much a field's length counts against it (BM25's b).
const LENGTH: f32 = 0.6;
/// What a word counts that fits any talk.
const GENERIC: f32 = 0.25;
/// What an everyday word counts.
const COMMON: f32 = 0.45;
/// What a number counts: it is rarely the library's, mostly the asker's own.
const NUMBER: f32 = 0.5;

/// A field of a section, and what a term in it counts.
const FIELDS: [f32; 6] = [2.5, 2.5, 0.8, 2.5, 1.5, 1.0];

/// Everything a lookup reads.
#[derive(Debug)]
pub(super) struct Index {
    pub(super) thesaurus: Thesaurus,
    pub(super) scope: Scope,
    spelling: Spelling,
    terms: HashMap<Box<str>, u32>,
    idf: Vec<f32>,
    unknown: f32,
    /// Entry and section of each section in the index.
    pub(super) sections: Vec<(usize, usize)>,
    in_sections: Vec<Vec<(u32, f32)>>,
    /// The terms of each section's names and listed questions, sorted.
    names: Vec<Vec<u32>>,
    in_questions: Vec<Vec<u32>>,
    pub(super) questions: Vec<Asked>,
}

/// One listed question.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked {
    /// The section that lists it, in the index.
    pub(super) section: u32,
    /// Its place in the section's list.
    pub(super) place: u32,
    /// What its words weigh together.
    pub(super) weight: f32,
    /// Its form.
    pub(super) form: Form,
}

/// What was met while building.
#[derive(Default)]
struct Met {
    stems: Stems,
    surfaces: BTreeSet<String>,
}

/// One section's terms by field, before they are weighed.
struct Draft {
    fields: [Vec<u32>; 6],
    questions: Vec<(Vec<u32>, Vec<Unit>)>,
}

impl Index {
    /// Builds the index of some entries.
    pub(super) fn build(entries: &[Entry], thesaurus: Thesaurus, scope: Scope) -> Self {
        let mut index = Self {
            thesaurus,
            scope,
            spelling: Spelling::default(),
            terms: HashMap::new(),
            idf: Vec::new(),
            unknown: 0.0,
            sections: Vec::new(),
            in_sections: Vec::new(),
            names: Vec::new(),
            in_questions: Vec::new(),
            questions: Vec::new(),
        };
        let mut drafts = Vec::new();
        let mut met = Met::default();
        for (place, entry) in entries.iter().enumerate() {
            let named = index.named(entry, &mut met);
            for (at, section) in entry.sections.iter().enumerate() {
                drafts.push(index.draft(&named, section, &mut met));
                index.sections.push((place, at));
            }
        }
        index.weigh(&drafts);
        index.learn_questions(entries, &drafts);
        index.learn_spelling(&met.surfaces);
        index
    }

    /// The terms that all sections of an entry share: title, other names, tags and summary.
    fn named(&mut self, entry: &Entry, met: &mut Met) -> [Vec<u32>; 3] {
        let tags = format!("{} {}", entry.tags.join(" "), entry.summary);
        [
            self.learn(&entry.title, met),
            self.learn(&entry.aliases.join(" . "), met),
            self.learn(&tags, met),
        ]
    }

    fn draft(&mut self, named: &[Vec<u32>; 3], section: &Section, met: &mut Met) -> Draft {
        let questions: Vec<_> = section
            .questions
            .iter()
            .map(|words| {
                let tokens = met.stems.tokens(words);
                let units = units_of(&tokens, &self.thesaurus, &self.scope);
                (self.learn_tokens(&tokens, met), units)
            })
            .collect();
        let [title, aliases, tags] = named.clone();
        Draft {
            fields: [
                title,
                aliases,
                tags,
                self.learn(&section.heading, met),
                questions
                    .iter()
                    .flat_map(|(terms, _)| terms)
                    .copied()
                    .collect(),
                self.learn(&section.body, met),
            ],
            questions,
        }
    }

    /// The terms of a text, known from now on.
    fn learn(&mut self, words: &str, met: &mut Met) -> Vec<u32> {
        let tokens = met.stems.tokens(words);
        self.learn_tokens(&tokens, met)
    }

    fn learn_tokens(&mut self, tokens: &[Token], met: &mut Met) -> Vec<u32> {
        for token in tokens {
            if !met.surfaces.contains(&token.surface) {
                met.surfaces.insert(token.surface.clone());
            }
        }
        let terms = terms(tokens, &self.thesaurus, &self.scope);
        terms.into_iter().map(|term| self.number(term)).collect()
    }

    fn number(&mut self, term: String) -> u32 {
        let next = u32::try_from(self.terms.len()).expect("memory holds fewer words");
        *self.terms.entry(term.into_boxed_str()).or_insert(next)
    }

    /// Weighs each term in each section, and each term by how few sections have it.
    #[expect(clippy::cast_precision_loss, reason = "counts are small")]
    fn weigh(&mut self, drafts: &[Draft]) {
        let mut lengths = [0.0_f32; 6];
        for draft in drafts {
            for (sum, field) in lengths.iter_mut().zip(&draft.fields) {
                *sum += field.len() as f32 / drafts.len() as f32;
            }
        }
        self.in_sections = vec![Vec::new(); self.terms.len()];
        for (place, draft) in drafts.iter().enumerate() {
            let place = u32::try_from(place).expect("memory holds fewer sections");
            let mut weights: HashMap<u32, f32> = HashMap::new();
            for ((field, factor), average) in draft.fields.iter().zip(FIELDS).zip(lengths) {
                let long = 1.0 - LENGTH + LENGTH * field.len() as f32 / average.max(1.0);
                for term in field {
                    *weights.entry(*term).or_default() += factor / long;
                }
            }
            let named = [0, 1, 3, 4].map(|field| draft.fields[field].as_slice());
            let mut named = named.concat();
            named.sort_unstable();
            named.dedup();
            self.names.push(named);
            for (term, weight) in weights {
                let saturated = weight / (weight + SATURATION);
                self.in_sections[term as usize].push((place, saturated));
            }
        }
        let n = drafts.len() as f32;
        let rarity = |df: usize| (1.0 + (n - df as f32 + 0.5) / (df as f32 + 0.5)).ln();
        self.idf = self
            .in_sections
            .iter()
            .map(|list| rarity(list.len()))
            .collect();
        self.unknown = rarity(0);
    }

    fn learn_questions(&mut self, entries: &[Entry], drafts: &[Draft]) {
        self.in_questions = vec![Vec::new(); self.terms.len()];
        for (section, draft) in drafts.iter().enumerate() {
            let (entry, at) = self.sections[section];
            let listed = &entries[entry].sections[at].questions;
            for (place, (terms, units)) in draft.questions.iter().enumerate() {
                let number = u32::try_from(self.questions.len()).expect("memory holds fewer");
                for term in terms {
                    let list = &mut self.in_questions[*term as usize];
                    if list.last() != Some(&number) {
                        list.push(number);
                    }
                }
                self.questions.push(Asked {
                    section: u32::try_from(section).expect("memory holds fewer sections"),
                    place: u32::try_from(place).expect("a list is short"),
                    weight: units.iter().map(|unit| self.weight(unit)).sum(),
                    form: Form::of(&listed[place]),
                });
            }
        }
    }

    fn learn_spelling(&mut self, met: &BTreeSet<String>) {
        let known = met.iter().map(String::as_str);
        let words = known
            .chain(self.thesaurus.words())
            .chain(self.scope.words())
            .filter(|word| word.starts_with(char::is_alphabetic));
        let mut sorted: Vec<&str> = words.collect();
        sorted.sort_unstable();
        sorted.dedup();
        let mut spelling = Spelling::default();
        for word in sorted {
            spelling.learn(word);
        }
        self.spelling = spelling;
    }

    /// What a unit weighs: the rarer the heavier.
    pub(super) fn weight(&self, unit: &Unit) -> f32 {
        match unit.kind {
            UnitKind::Number { .. } => NUMBER,
            UnitKind::Word(Some(Field::Generic)) => GENERIC * self.rarity(unit),
            UnitKind::Word(Some(Field::Common)) => COMMON * self.rarity(unit),
            _ => self.rarity(unit),
        }
    }

    fn rarity(&self, unit: &Unit) -> f32 {
        let full = unit.terms.iter().filter(|(_, share)| *share > 0.5);
        let known = full.filter_map(|(term, _)| self.idf_of(term));
        known.fold(self.unknown, f32::min)
    }

    fn idf_of(&self, term: &str) -> Option<f32> {
        let place = self.terms.get(term)?;
        Some(self.idf[*place as usize])
    }

    /// Whether any section has the unit.
    pub(super) fn knows(&self, unit: &Unit) -> bool {
        unit.terms
            .iter()
            .any(|(term, _)| self.terms.contains_key(term.as_str()))
    }

    /// Whether any listed question or name has the unit: then it is a word of the field.
    pub(super) fn asks_with(&self, unit: &Unit) -> bool {
        let asked = |term: &str| {
            let place = self.term(term);
            place.is_some_and(|term| !self.in_questions(term).is_empty())
        };
        unit.terms
            .iter()
            .any(|(term, share)| *share > 0.5 && asked(term))
    }

    /// The units of a question, with typing errors mended.
    pub(super) fn read(&self, words: &str) -> Vec<Unit> {
        let mut units = units(words, &self.thesaurus, &self.scope);
        for unit in &mut units {
            if unit.kind == UnitKind::Word(None)
                && !self.knows(unit)
                && let Some(word) = self.spelling.correct(&unit.surface)
            {
                unit.corrected(word, &self.thesaurus, &self.scope);
            }
        }
        units
    }

    /// The number of a term.
    pub(super) fn term(&self, term: &str) -> Option<usize> {
        self.terms.get(term).map(|place| *place as usize)
    }

    /// The sections that hold a term, by number, with its weight there.
    pub(super) fn in_sections(&self, term: usize) -> &[(u32, f32)] {
        &self.in_sections[term]
    }

    /// Whether a section's names or listed questions have a term.
    pub(super) fn names(&self, section: usize, term: usize) -> bool {
        let term = u32::try_from(term).unwrap_or(u32::MAX);
        self.names[section].binary_search(&term).is_ok()
    }

    /// The questions that hold a term, by number.
    pub(super) fn in_questions(&self, term: usize) -> &[u32] {
        &self.in_questions[term]
    }

    /// How many bytes the index takes, about.
    pub(super) fn bytes(&self) -> usize {
        let sections: usize = self.in_sections.iter().map(Vec::len).sum();
        let questions: usize = self.in_questions.iter().map(Vec::len).sum();
        let names: usize = self.names.iter().map(Vec::len).sum();
        let terms: usize = self.terms.keys().map(|term| term.len() + 24).sum();
        sections * size_of::<(u32, f32)>()
            + (questions + names) * size_of::<u32>()
            + self.questions.len() * size_of::<Asked>()
            + terms
            + self.spelling.bytes()
    }
}
