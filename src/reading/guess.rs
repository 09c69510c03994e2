//! What a message says in words that no pattern knows: its words speak for one field, and one value of
//! that field stands in them. And the other way round: what was read of a field for which the words
//! speak least, where they speak clearly for another or for nothing, is let go.

use std::ops::Range;

use super::each::Telling;
use super::frames::Guessed;
use super::hints::{Hints, Likely};
use super::message::Heard;
use super::mood::{self, Mood};
use super::reader::Reader;
use super::segments::Heading;
use super::sentence::Sentence;
use super::{Finding, Found};
use crate::plan::{Field, Kind, Value};

/// A message of more words says more than one thing, and one of fewer too little.
const WORDS: std::ops::RangeInclusive<usize> = 4..=60;
/// Fewer words than these are no sign against what was read in them.
const DOUBTED: usize = 6;

/// The least chance that the words speak for a field, of all that have a value in them.
const SURE: f64 = 0.4;
/// So likely one sentence of several speaks for the likeliest field, where something is taken in.
const CLEAR: f64 = 0.5;
/// A class of a smaller chance is not tried.
const TRIED: f64 = 0.12;
/// So likely words speak for a set's field where all of it that stands in them is meant.
const COMPLETE: f64 = 0.5;
/// So likely the words speak for nothing, or for another field, where what was read is let go,
const NOTHING: f64 = 0.7;
const OTHER: f64 = 0.5;
/// and less likely than this for its own.
const UNLIKELY: f64 = 0.02;

/// Words name a field that is among so many of their likeliest, with so great a chance.
const LABELLED: usize = 3;
const LABELS: f64 = 0.2;

impl Telling<'_> {
    /// Whether the words speak for nothing of a plan.
    pub(super) fn is_idle(&self) -> bool {
        let likely = Hints::get().of(&self.clean.text);
        let first = likely.first();
        first.is_some_and(|it| it.field.is_none() && it.chance >= NOTHING)
    }

    /// Lets go what the words do not speak for, and takes in what they do where nothing else was read: of
    /// the whole message where it is short, and of each of its sentences.
    pub(super) fn weigh(&self, heard: &mut Heard) {
        let words = self.clean.text.split_whitespace().count();
        if words < *WORDS.start() {
            return;
        }
        let short = WORDS.contains(&words);
        let likely = Hints::get().of(&self.clean.text);
        let doubted = words >= DOUBTED && short && is_of_one_field(&heard.findings);
        if doubted {
            heard
                .findings
                .retain(|(_, it)| !is_doubtful(&likely, it.field) || !self.is_doubtful_there(it));
        }
        let open = heard.findings.is_empty() && heard.questions.is_empty();
        if open && short {
            self.guess(self.sentences, &likely, heard);
        } else if doubted {
            self.complete(&likely, heard);
        }
        if self.sentences.len() > 1 {
            self.weigh_sentences(heard);
        }
    }

    /// Takes in what a sentence of several speaks for of which nothing was read.
    fn weigh_sentences(&self, heard: &mut Heard) {
        for sentence in self.sentences {
            let words = self.clean.text[span(sentence)].split_whitespace().count();
            let said = heard
                .findings
                .iter()
                .any(|(_, it)| self.stands_in(it, sentence));
            if said || sentence.is_question || !WORDS.contains(&words) {
                continue;
            }
            let likely = Hints::get().of(&self.clean.text[span(sentence)]);
            let mut more = Heard::default();
            if likely.first().is_some_and(|it| it.chance >= CLEAR) {
                self.guess(std::slice::from_ref(sentence), &likely, &mut more);
            }
            let known = |it: &Finding| {
                heard
                    .findings
                    .iter()
                    .any(|(_, other)| other.field == it.field)
            };
            more.findings.retain(|(_, it)| !known(it));
            heard.findings.extend(more.findings);
        }
    }

    /// Whether the sentence of a value does not speak for its field either.
    fn is_doubtful_there(&self, it: &Finding) -> bool {
        let mut sentences = self.sentences.iter();
        let there = sentences.find(|sentence| self.stands_in(it, sentence));
        there.is_none_or(|sentence| {
            let words = &self.clean.text[span(sentence)];
            is_doubtful(&Hints::get().of(words), it.field)
        })
    }

    /// Whether the words of a value are words of that sentence.
    fn stands_in(&self, it: &Finding, sentence: &Sentence<'_>) -> bool {
        let typed = self.message.get(self.clean.origin(span(sentence)));
        typed.is_some_and(|typed| typed.contains(&it.quote))
    }

    /// Adds to the set that was read what else of it stands in the words, where they speak for its field.
    fn complete(&self, likely: &[Likely], heard: &mut Heard) {
        let [(_, known)] = heard.findings.as_slice() else {
            return;
        };
        let field = known.field;
        let chance = likely
            .iter()
            .find(|it| it.field == Some(field))
            .map_or(0.0, |it| it.chance);
        if field.kind != Kind::Set || chance < COMPLETE {
            return;
        }
        let mut more = Heard::default();
        self.guess_value(self.sentences, (chance, field), &mut more);
        if let (Some((_, more)), Some((_, known))) =
            (more.findings.pop(), heard.findings.first_mut())
            && let (Value::Set(all), Value::Set(some)) = (&more.value, &known.value)
            && all.is_superset(some)
        {
            known.value = more.value;
        }
    }

    /// Takes in the value of the likeliest field that has one in the words.
    fn guess(&self, sentences: &[Sentence<'_>], likely: &[Likely], heard: &mut Heard) {
        let mut left = 1.0;
        for it in likely.iter().take_while(|it| it.chance >= TRIED) {
            let Some(field) = it.field.filter(|_| it.chance / left >= SURE) else {
                return;
            };
            match field.kind {
                Kind::Text | Kind::List => self.guess_words(sentences, field, heard),
                Kind::YesNo => {}
                _ => self.guess_value(sentences, (it.chance, field), heard),
            }
            if heard.findings.is_empty()
                && let Some((_, value)) = it.says.filter(|(chance, _)| chance / left >= SURE)
            {
                self.guess_answer(sentences, (field, value), heard);
            }
            if !heard.findings.is_empty() {
                return;
            }
            // Of what has no value in the words nothing can be said.
            left -= it.chance;
        }
    }

    /// Takes in the one value of a field.
    fn guess_value(
        &self,
        sentences: &[Sentence<'_>],
        (chance, field): (f64, &'static Field),
        heard: &mut Heard,
    ) {
        let mut heading = Heading::default();
        let mut known: Vec<(usize, Guessed)> = Vec::new();
        for (at, sentence) in sentences.iter().enumerate() {
            let reader = Reader::after(self, sentence, &mut heading);
            let values = reader.framing(None).values_of(field, chance);
            known.extend(values.into_iter().map(|it| (at, it)));
        }
        let Some((at, mut last)) = known.pop() else {
            return;
        };
        for (_, other) in known {
            match (&mut last.found.value, other.found.value) {
                (Value::Set(one), Value::Set(more)) => one.extend(more),
                (one, other) if *one == other => {}
                _ => return,
            }
        }
        let mut heading = Heading::default();
        let reader = Reader::after(self, &sentences[at], &mut heading);
        reader.take_found(last.mood, &last.found, heard);
    }

    /// Takes in the words that are the text or the list of a field.
    fn guess_words(&self, sentences: &[Sentence<'_>], field: &'static Field, heard: &mut Heard) {
        let speaks = |words: &str| {
            let likely = Hints::get().of(words);
            let own = likely
                .iter()
                .take(LABELLED)
                .find(|it| it.field == Some(field));
            own.is_some_and(|it| it.chance >= LABELS)
        };
        let mut heading = Heading::default();
        let mut asked = false;
        for sentence in sentences {
            let reader = Reader::after(self, sentence, &mut heading);
            if let Some(it) = reader.framing(None).words_of(field, asked, speaks) {
                reader.take_found(it.mood, &it.found, heard);
                return;
            }
            asked = sentence.is_question;
        }
    }

    /// Takes in a value that the words say without naming it.
    fn guess_answer(
        &self,
        sentences: &[Sentence<'_>],
        (field, value): (&'static Field, &str),
        heard: &mut Heard,
    ) {
        let states = |it: &Mood| matches!(it, Mood::Said | Mood::Denied | Mood::Headed);
        let said = sentences.iter().find(|sentence| {
            let moods = mood::moods(&self.clean.text, sentence);
            !sentence.is_question && moods.iter().all(states)
        });
        let (Some(sentence), Ok(value)) = (said, field.parse(value, &self.context.parse)) else {
            return;
        };
        let found = Found {
            field,
            value,
            elements: 0..sentence.elements.len(),
            holder: None,
        };
        let reader = Reader::after(self, sentence, &mut Heading::default());
        reader.take_found(Mood::Said, &found, heard);
    }
}

/// Where the words of a sentence stand.
fn span(sentence: &Sentence<'_>) -> Range<usize> {
    let (first, last) = (sentence.elements.first(), sentence.elements.last());
    first.map_or(0, |it| it.at.start)..last.map_or(0, |it| it.at.end)
}

/// Whether something was read, and all of it of one field.
fn is_of_one_field(findings: &[(Mood, Finding)]) -> bool {
    let mut stated = findings.iter();
    let first = stated.next();
    first.is_some_and(|(mood, first)| {
        let one =
            |(mood, it): &(Mood, Finding)| *mood == Mood::Said && it.field.name == first.field.name;
        *mood == Mood::Said && stated.all(one)
    })
}

/// Whether the words speak clearly for something else than a field.
fn is_doubtful(likely: &[Likely], field: &'static Field) -> bool {
    let Some(first) = likely.first() else {
        return false;
    };
    let own = likely.iter().find(|it| it.field == Some(field));
    let least = if first.field.is_none() {
        NOTHING
    } else {
        OTHER
    };
    first.chance >= least && own.is_none_or(|it| it.chance < UNLIKELY)
}

#[cfg(test)]
mod tests {
    use crate::reading::testing::{read, value};

    fn check(message: &str, expected: &[&str]) {
        let reading = read(message);
        let shown = reading
            .proposals
            .iter()
            .map(|it| format!("{} <- {}", value(it), it.quote));
        assert_eq!(shown.collect::<Vec<_>>(), expected, "{message}");
    }

    #[test]
    fn words_that_speak_for_a_field_name_it_where_no_pattern_does() {
        check(
            "our success people mind 40 clinics each",
            &["cs.accounts_per_csm: 40 <- our success people mind 40 clinics each"],
        );
    }

    #[test]
    fn each_sentence_speaks_for_itself() {
        check(
            "Food was weird, the sauna was great. We talked hiring (later), the office (never). \
             What we did settle: win rate in the plan is 22 %. Photos follow",
            &["sales.win_rate: 22% <- win rate in the plan is 22 %"],
        );
    }

    #[test]
    fn words_that_speak_for_nothing_say_nothing() {
        check("my bike has 21 gears and a new chain", &[]);
        check("the gym lost 3% of its members", &[]);
        check("we pay $49 a month for Notion", &[]);
        check("Pricing. 49 a seat.", &[]);
    }
}
