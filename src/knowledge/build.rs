//! Builds the index. A word is stemmed and looked up in the lists once, however often it stands
//! in the library; from then on it is a number.

use super::asked::{Question, Questions, listed};
use super::declined::Declined;
use super::entry::{Entry, Section};
use super::form::{Form, Sign};
use super::gate::Gates;
use super::grams::{Grams, Learner, Of};
use super::hash::ByWord;
use super::index::Index;
use super::query::UnitKind;
use super::rows::Rows;
use super::scope::{Field, Scope};
use super::spelling::Spelling;
use super::thesaurus::{Spelled, Thesaurus};
use super::tokens::{Stems, Word, place_of};
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
    /// All questions.
    asked: Questions,
    /// The words that are being read, what they tell of a form, and what tells their units apart.
    words: Vec<Word>,
    about: Vec<About<'a>>,
    signs: Vec<Sign>,
    counted: Counted,
}

/// The last question that each unit was counted in, of which a question counts each once: by the
/// number of its stem, or of the group that stands for several.
#[derive(Default)]
struct Counted {
    question: u32,
    stems: Vec<u32>,
    groups: Vec<u32>,
}

/// A word of a text, with what the lists say of it there.
#[derive(Clone, Copy)]
struct About<'a> {
    fact: Fact<'a>,
    /// How many words the longest spelling takes that stands there; 0 where none does.
    longest: usize,
}

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
    pub(super) questions: Vec<Question>,
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
    let (terms, asked) = (reader.terms, reader.asked);
    let spelling = spelling(&met, &thesaurus, &scope);
    let mut index = Index {
        thesaurus,
        scope,
        spelling,
        idf: Vec::new(),
        unknown: 0.0,
        sections,
        in_sections: Rows::default(),
        names: Vec::new(),
        in_questions: Rows::default(),
        questions: Vec::new(),
        grams: Grams::default(),
        gates,
        n_answered: drafts.iter().map(|draft| draft.questions.len()).sum(),
        terms,
    };
    weigh(&mut index, &drafts);
    let answered = drafts.iter().flat_map(|draft| &draft.questions);
    let all: Vec<_> = answered.chain(&refused).cloned().collect();
    index.take_in(&asked, &all, &listed(&drafts, declined));
    index.grams = grams(&met, &asked, &drafts, declined, &refused);
    index
}

/// What all texts teach of the words and pairs in them.
fn grams(
    met: &Stems,
    asked: &Questions,
    drafts: &[Draft],
    declined: &[Declined],
    refused: &[Question],
) -> Grams {
    let words = drafts.iter().map(|draft| draft.said.len()).sum::<usize>() + asked.stems.len();
    let mut learner = Learner::new(met, words);
    let stems = |question: &Question| &asked.stems[question.stems.clone()];
    for (section, draft) in drafts.iter().enumerate() {
        learner.hear(Of::Section(section), &draft.said);
        for question in &draft.questions {
            learner.hear(Of::Section(section), stems(question));
        }
    }
    for (declined, question) in declined.iter().zip(refused) {
        learner.hear(Of::Declined(declined.why), stems(question));
    }
    learner.learned(drafts.len())
}

impl<'a> Reader<'a> {
    fn new(thesaurus: &'a Thesaurus, scope: &'a Scope, met: &'a mut Stems) -> Self {
        Self {
            groups: vec![None; thesaurus.count()],
            counted: Counted {
                groups: vec![0; thesaurus.count()],
                ..Counted::default()
            },
            thesaurus,
            scope,
            met,
            facts: Vec::new(),
            terms: ByWord::default(),
            asked: Questions::default(),
            words: Vec::new(),
            about: Vec::new(),
            signs: Vec::new(),
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
        let mut said = Vec::new();
        let [heading, body] = [&section.heading, &section.body].map(|words| {
            let terms = self.terms_of(words);
            said.extend(self.words.iter().map(|word| word.stem));
            terms
        });
        let asked = match (questions.first(), questions.last()) {
            (Some(first), Some(last)) => first.terms.start..last.terms.end,
            _ => 0..0,
        };
        let asked = self.asked.terms[asked].to_vec();
        Draft {
            fields: [title, aliases, tags, heading, asked, body],
            said,
            questions,
        }
    }

    fn listed(&mut self, words: &str) -> Question {
        self.met.read(words, &mut self.words);
        self.question()
    }

    fn heard(&mut self, words: &str) -> Question {
        self.met.hear(words, &mut self.words);
        self.question()
    }

    /// The question whose words were read.
    fn question(&mut self) -> Question {
        let words = std::mem::take(&mut self.words);
        let mut asked = std::mem::take(&mut self.asked);
        let begin = asked.ends();
        self.signs.clear();
        self.signs.extend(words.iter().map(|word| word.sign));
        asked.stems.extend(words.iter().map(|word| word.stem));
        self.terms(&words, &mut asked.terms);
        self.weigh(&words, &mut asked);
        let end = asked.ends();
        (self.words, self.asked) = (words, asked);
        Question {
            stems: begin[0]..end[0],
            terms: begin[1]..end[1],
            units: begin[2]..end[2],
            of_units: begin[3]..end[3],
            form: Form::of_signs(&self.signs),
        }
    }

    /// The terms of a text, whose words stay read.
    fn terms_of(&mut self, words: &str) -> Vec<u32> {
        self.met.read(words, &mut self.words);
        let words = std::mem::take(&mut self.words);
        let mut found = Vec::with_capacity(words.len() + 4);
        self.terms(&words, &mut found);
        self.words = words;
        found
    }

    /// The terms of some words: every stem, and every spelling that stands in them.
    fn terms(&mut self, words: &[Word], found: &mut Vec<u32>) {
        let mut about = std::mem::take(&mut self.about);
        about.clear();
        for (at, word) in words.iter().enumerate() {
            let fact = self.fact(word.stem);
            if let Some(term) = fact.term {
                found.push(term);
            }
            let mut longest = 0;
            for spelled in fact.spellings {
                if stands(spelled, &words[at..]) {
                    longest = longest.max(spelled.numbers.len());
                    found.push(self.term_of_group(spelled.group));
                }
            }
            about.push(About { fact, longest });
        }
        self.about = about;
    }

    /// Finds the units of a question whose terms were just found, the longest spelling first at each place.
    fn weigh(&mut self, words: &[Word], asked: &mut Questions) {
        self.counted.question += 1;
        let mut at = 0;
        while at < words.len() {
            let About { fact, longest } = self.about[at];
            let rest = &words[at..];
            at += longest.max(1);
            let is_longest = |one: &&Spelled| one.numbers.len() == longest && stands(one, rest);
            let standing = fact.spellings.iter().filter(is_longest);
            let is_new = match longest {
                0 if fact.kind == UnitKind::Word(Some(Field::Stop)) => false,
                0 | 1 => self.counted.is_new_stem(rest[0].stem),
                _ => standing
                    .clone()
                    .next()
                    .is_some_and(|one| self.counted.is_new_group(one.group)),
            };
            if !is_new {
                continue;
            }
            let before = asked.of_units.len();
            if let Some(term) = fact.term.filter(|_| longest <= 1) {
                asked.of_units.push(term);
            }
            let mut kind = fact.kind;
            if longest > 0 {
                kind = UnitKind::Concept;
                let groups = standing.filter_map(|one| self.groups[one.group]);
                asked.of_units.extend(groups);
            }
            let own = u32::try_from(asked.of_units.len() - before);
            asked
                .units
                .push((kind, own.expect("a unit has a few terms")));
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
            self.counted.stems.resize(self.met.count(), 0);
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

impl Counted {
    /// Whether the question has not counted a stem yet; from now on it has.
    fn is_new_stem(&mut self, stem: u32) -> bool {
        let last = &mut self.stems[stem as usize];
        std::mem::replace(last, self.question) != self.question
    }

    /// The same of a group.
    fn is_new_group(&mut self, group: usize) -> bool {
        let last = &mut self.groups[group];
        std::mem::replace(last, self.question) != self.question
    }
}

/// Whether a spelling stands at the beginning of some words, of which the first is its first. Nearly
/// all that do not stand there part at their second.
fn stands(spelled: &Spelled, words: &[Word]) -> bool {
    let Some(second) = spelled.numbers.get(1) else {
        return true;
    };
    let is_same = |(one, other): (&u32, &Word)| *one == other.stem;
    words.get(1).is_some_and(|word| word.stem == *second)
        && spelled.numbers.len() <= words.len()
        && spelled.numbers.iter().zip(words).skip(2).all(is_same)
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
