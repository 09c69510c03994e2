//! Builds the index. A word is stemmed and looked up in the lists once, however often it stands
//! in the library; from then on it is a number.

use super::declined::Declined;
use super::entry::{Entry, Section};
use super::form::Form;
use super::gate::Gates;
use super::grams::{Grams, Learner, Of};
use super::hash::ByWord;
use super::index::{Asked, Index, Lists, weight_of};
use super::query::UnitKind;
use super::scope::{Field, Scope};
use super::spelling::Spelling;
use super::thesaurus::{Spelled, Thesaurus};
use super::tokens::{Stems, Word, folded, place_of};
use super::weights::weigh;

/// Reads the texts of a library.
struct Reader<'a> {
    thesaurus: &'a Thesaurus,
    scope: &'a Scope,
    met: &'a mut Stems,
    /// What is known of each stem, by its number.
    facts: Vec<Option<Fact<'a>>>,
    terms: ByWord<Box<str>, u32>,
    /// The number of each group's term, once it stands somewhere.
    groups: Vec<Option<u32>>,
    /// The units of the question that is being read.
    keys: Vec<Key>,
}

/// What tells units apart, of which a question counts each once: the stem, or the group that stands
/// for several.
type Key = (u32, Option<usize>);

/// What the lists say of a stem.
#[derive(Clone, Copy)]
struct Fact<'a> {
    /// Its term; nothing for a word that is not looked for.
    term: Option<u32>,
    kind: UnitKind,
    spellings: &'a [Spelled],
}

/// One section's terms by field, before they are weighed.
pub(super) struct Draft {
    /// Title, other names, tags, heading, questions and text.
    pub(super) fields: [Vec<u32>; 6],
    /// Its heading and text, as stems.
    said: Vec<u32>,
    questions: Vec<Question>,
}

/// A question, with as much of its units as their weight needs.
struct Question {
    stems: Vec<u32>,
    terms: Vec<u32>,
    /// What each unit is, and how many of the terms in `of_units` are its own.
    units: Vec<(UnitKind, usize)>,
    of_units: Vec<u32>,
    form: Form,
}

/// What the lookup knows beside the entries.
pub(super) struct Data {
    pub(super) thesaurus: Thesaurus,
    pub(super) scope: Scope,
    pub(super) gates: Gates,
}

/// The index of some entries.
pub(super) fn build(
    entries: &[Entry],
    declined: &[Declined],
    Data {
        thesaurus,
        scope,
        gates,
    }: Data,
    mut met: Stems,
) -> Index {
    let mut reader = Reader::new(&thesaurus, &scope, &mut met);
    let mut drafts = Vec::new();
    let mut sections = Vec::new();
    for (place, entry) in entries.iter().enumerate() {
        let named = reader.named(entry);
        for (at, section) in entry.sections.iter().enumerate() {
            drafts.push(reader.draft(&named, section));
            sections.push((place, at));
        }
    }
    let refused: Vec<_> = declined.iter().map(|it| reader.heard(&it.asked)).collect();
    let terms = reader.terms;
    let spelling = spelling(&met, &thesaurus, &scope);
    let mut index = Index {
        thesaurus,
        scope,
        spelling,
        idf: Vec::new(),
        unknown: 0.0,
        sections,
        in_sections: vec![Vec::new(); terms.len()],
        names: Vec::new(),
        in_questions: vec![Vec::new(); terms.len()],
        questions: Vec::new(),
        grams: Grams::default(),
        gates,
        n_answered: drafts.iter().map(|draft| draft.questions.len()).sum(),
        terms,
    };
    index.take_in(&drafts, declined, &refused);
    index.grams = grams(&met, &drafts, declined, &refused);
    index
}

/// What all texts teach of the words and pairs in them.
fn grams(met: &Stems, drafts: &[Draft], declined: &[Declined], refused: &[Question]) -> Grams {
    let mut learner = Learner::new(met);
    for (section, draft) in drafts.iter().enumerate() {
        learner.hear(Of::Section(section), &draft.said);
        for question in &draft.questions {
            learner.hear(Of::Section(section), &question.stems);
        }
    }
    for (declined, question) in declined.iter().zip(refused) {
        learner.hear(Of::Declined(declined.why), &question.stems);
    }
    learner.learned(drafts.len())
}

impl<'a> Reader<'a> {
    fn new(thesaurus: &'a Thesaurus, scope: &'a Scope, met: &'a mut Stems) -> Self {
        Self {
            groups: vec![None; thesaurus.count()],
            thesaurus,
            scope,
            met,
            facts: Vec::new(),
            terms: ByWord::default(),
            keys: Vec::new(),
        }
    }

    /// The terms that all sections of an entry share: title, other names, tags and summary.
    fn named(&mut self, entry: &Entry) -> [Vec<u32>; 3] {
        let tags = format!("{} {}", entry.tags.join(" "), entry.summary);
        [
            self.terms_of(&entry.title),
            self.terms_of(&entry.aliases.join(" . ")),
            self.terms_of(&tags),
        ]
    }

    fn draft(&mut self, named: &[Vec<u32>; 3], section: &Section) -> Draft {
        let listed = section.questions.iter();
        let mut questions: Vec<_> = listed.map(|words| self.listed(words)).collect();
        questions.extend(section.voices.iter().map(|words| self.heard(words)));
        let [title, aliases, tags] = named.clone();
        let [heading, body] = [&section.heading, &section.body].map(|words| self.read(words));
        let said = heading.iter().chain(&body).map(|word| word.stem).collect();
        let [heading, body] = [heading, body].map(|words| self.terms(&words));
        let asked = questions.iter().flat_map(|question| &question.terms);
        Draft {
            fields: [
                title,
                aliases,
                tags,
                heading,
                asked.copied().collect(),
                body,
            ],
            said,
            questions,
        }
    }

    fn listed(&mut self, words: &str) -> Question {
        let words = self.read(words);
        self.question(&words)
    }

    fn heard(&mut self, words: &str) -> Question {
        let words = self.met.hear(&folded(words));
        self.question(&words)
    }

    fn question(&mut self, words: &[Word]) -> Question {
        let signs: Vec<_> = words.iter().map(|word| word.sign).collect();
        let mut question = Question {
            stems: words.iter().map(|word| word.stem).collect(),
            terms: self.terms(words),
            units: Vec::with_capacity(words.len()),
            of_units: Vec::with_capacity(words.len() + 4),
            form: Form::of_signs(&signs),
        };
        self.weigh(words, &mut question);
        question
    }

    fn terms_of(&mut self, words: &str) -> Vec<u32> {
        let words = self.read(words);
        self.terms(&words)
    }

    fn read(&mut self, words: &str) -> Vec<Word> {
        self.met.read(&folded(words))
    }

    /// The terms of some words: every stem, and every spelling that stands in them.
    fn terms(&mut self, words: &[Word]) -> Vec<u32> {
        let mut found = Vec::with_capacity(words.len() + 4);
        for (at, word) in words.iter().enumerate() {
            let fact = self.fact(word.stem);
            found.extend(fact.term);
            for spelled in fact.spellings {
                if stands(spelled, &words[at..]) {
                    found.push(self.term_of_group(spelled.group));
                }
            }
        }
        found
    }

    /// Finds the units of a question whose terms are known, the longest spelling first at each place.
    fn weigh(&mut self, words: &[Word], question: &mut Question) {
        self.keys.clear();
        let mut at = 0;
        while at < words.len() {
            let rest = &words[at..];
            let fact = self.fact(rest[0].stem);
            let standing = fact.spellings.iter().filter(|one| stands(one, rest));
            let standing: Vec<_> = standing.collect();
            let lengths = standing.iter().map(|one| one.numbers.len());
            let length = lengths.max().unwrap_or(1);
            let mut longest = standing.iter().filter(|one| one.numbers.len() == length);
            let group = longest.clone().next().map(|one| one.group);
            let is_stop = fact.kind == UnitKind::Word(Some(Field::Stop));
            let key = if length == 1 {
                (rest[0].stem, None)
            } else {
                (0, group)
            };
            if (group.is_some() || !is_stop) && !self.keys.contains(&key) {
                self.keys.push(key);
                let before = question.of_units.len();
                question.of_units.extend(fact.term.filter(|_| length == 1));
                let groups = longest.by_ref().filter_map(|one| self.groups[one.group]);
                question.of_units.extend(groups);
                let kind = group.map_or(fact.kind, |_| UnitKind::Concept);
                question
                    .units
                    .push((kind, question.of_units.len() - before));
            }
            at += length;
        }
    }

    fn term_of_group(&mut self, group: usize) -> u32 {
        if let Some(term) = self.groups[group] {
            return term;
        }
        let term = place_of(&mut self.terms, self.thesaurus.term(group));
        self.groups[group] = Some(term);
        term
    }

    fn fact(&mut self, stem: u32) -> Fact<'a> {
        let place = stem as usize;
        if place >= self.facts.len() {
            self.facts.resize(self.met.count(), None);
        }
        if let Some(fact) = self.facts[place] {
            return fact;
        }
        let word = self.met.stem(stem);
        let field = self.scope.field_of(word);
        let is_stop = field == Some(Field::Stop);
        let fact = Fact {
            term: (!is_stop).then(|| place_of(&mut self.terms, word)),
            kind: if word.starts_with('#') {
                UnitKind::Number { money: false }
            } else {
                UnitKind::Word(field)
            },
            spellings: self.thesaurus.spellings(word),
        };
        self.facts[place] = Some(fact);
        fact
    }
}

/// Whether a spelling stands at the beginning of some words, of which the first is its first.
fn stands(spelled: &Spelled, words: &[Word]) -> bool {
    let numbers = &spelled.numbers;
    let is_same = |(one, other): (&u32, &Word)| *one == other.stem;
    numbers.len() <= words.len() && numbers.iter().zip(words).skip(1).all(is_same)
}

impl Index {
    /// Takes sections and questions in.
    fn take_in(&mut self, drafts: &[Draft], declined: &[Declined], refused: &[Question]) {
        weigh(self, drafts);
        for (section, draft) in (0_u32..).zip(drafts) {
            for (place, question) in (0_u32..).zip(&draft.questions) {
                self.learn(question, Lists::Section { section, place });
            }
        }
        for (declined, question) in declined.iter().zip(refused) {
            self.learn(question, Lists::Declined(declined.why));
        }
    }

    /// Takes a question in.
    fn learn(&mut self, question: &Question, lists: Lists) {
        let number = u32::try_from(self.questions.len()).expect("memory holds fewer");
        for term in &question.terms {
            let list = &mut self.in_questions[*term as usize];
            if list.last() != Some(&number) {
                list.push(number);
            }
        }
        let mut rest = question.of_units.as_slice();
        let weights = question.units.iter().map(|(kind, own)| {
            let (terms, others) = rest.split_at(*own);
            rest = others;
            let known = terms.iter().map(|term| self.idf[*term as usize]);
            weight_of(*kind, known.fold(self.unknown, f32::min))
        });
        self.questions.push(Asked {
            lists,
            weight: weights.sum(),
            form: question.form,
        });
    }
}

/// Every word that is known as it is written, for the mending of slips.
fn spelling(met: &Stems, thesaurus: &Thesaurus, scope: &Scope) -> Spelling {
    let words = met.words().chain(thesaurus.words()).chain(scope.words());
    let mut sorted: Vec<&str> = words
        .filter(|word| word.starts_with(char::is_alphabetic))
        .collect();
    sorted.sort_unstable();
    sorted.dedup();
    let mut spelling = Spelling::default();
    for word in sorted {
        spelling.learn(word);
    }
    spelling
}
