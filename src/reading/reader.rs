//! One sentence of a message: what its cues and its patterns say, and of which segment.

use std::ops::Range;

use super::clean::Clean;
use super::each::Telling;
use super::evidence;
use super::frames::{Asked, Framed, Framing};
use super::free::Free;
use super::kinds;
use super::message::Heard;
use super::mood::{self, Mood};
use super::numbers::Clause;
use super::segments::{self, Heading};
use super::sentence::{Element, Sentence};
use super::{Context, Found, Question};
use crate::plan::{Field, Level, Segment, Value};

/// A reader of one sentence.
pub(super) struct Reader<'a> {
    pub(super) message: &'a str,
    pub(super) clean: &'a Clean,
    pub(super) sentence: &'a Sentence<'a>,
    pub(super) moods: Vec<Mood>,
    pub(super) segments: Vec<Option<Segment>>,
    pub(super) context: &'a Context<'a>,
    pub(super) topic: Option<&'static Field>,
}

impl<'a> Reader<'a> {
    /// A reader of one sentence without what was said before it.
    pub(super) fn alone(
        message: &'a str,
        clean: &'a Clean,
        sentence: &'a Sentence<'a>,
        context: &'a Context<'a>,
    ) -> Self {
        Self {
            message,
            clean,
            moods: mood::moods(&clean.text, sentence),
            segments: segments::segments(sentence, context.plan, &mut Heading::default()),
            sentence,
            context,
            topic: None,
        }
    }
}

impl<'a> Reader<'a> {
    /// A reader of one sentence of a message, with the segment that the ones before name.
    pub(super) fn after(telling: &Telling<'a>, at: usize, heading: &mut Heading) -> Self {
        let sentence = &telling.sentences[at];
        Self {
            message: telling.message,
            clean: telling.clean,
            moods: telling.moods[at].clone(),
            segments: segments::segments(sentence, telling.context.plan, heading),
            sentence,
            context: telling.context,
            topic: None,
        }
    }
}

impl Reader<'_> {
    /// Takes in a value of the sentence.
    pub(super) fn take_found(&self, mood: Mood, found: &Found, heard: &mut Heard) {
        let named = self.in_part(found).or_else(|| self.named(found));
        let named = named.or_else(|| self.segments.iter().flatten().next().cloned());
        let named = named.or_else(|| self.only_segment());
        // The words that speak for it are those around the value.
        let mut clauses = self.sentence.clauses.iter();
        let around = clauses.find(|clause| clause.contains(&found.elements.start));
        let elements = match around {
            Some(clause) => clause.start..clause.end.max(found.elements.end),
            None => found.elements.clone(),
        };
        let found = Found {
            elements,
            ..found.clone()
        };
        self.push(mood, &found, named, heard);
    }

    /// Of several segments the one that is named between the same commas: "payback 7 SMB, 16 enterprise".
    fn in_part(&self, found: &Found) -> Option<Segment> {
        let elements = &self.sentence.elements;
        let parts = |it: &Element<'_>| it.is_sign(&[",", ";", "/", "|"]);
        let at = found.elements.start;
        let start = elements[..at].iter().rposition(parts);
        let end = elements[at..].iter().position(parts);
        let part = start.map_or(0, |it| it + 1)..end.map_or(elements.len(), |it| at + it);
        if part.len() == elements.len() {
            return None;
        }
        let named = elements[part].iter();
        let mut named = named.filter_map(|it| segments::known(it, self.context.plan));
        let first = named.next()?;
        named.all(|it| it == first).then_some(first)
    }

    /// The one segment that the sentence names, however it does: "a typical enterprise deal". To whom all is sold
    /// is no part of those: "we sell to enterprise banks".
    fn only_segment(&self) -> Option<Segment> {
        let plan = self.context.plan;
        let elements = &self.sentence.elements;
        let named = elements.iter().enumerate();
        let named = named.filter(|(at, _)| !segments::is_target(&elements[..*at]));
        let mut named = named.filter_map(|(_, it)| segments::known(it, plan));
        let first = named.next()?;
        named.all(|it| it == first).then_some(first)
    }

    /// The mood of the clause around an element.
    pub(super) fn mood_at(&self, element: usize) -> Option<Mood> {
        let mut clauses = self.sentence.clauses.iter().zip(&self.moods);
        let around = clauses.find(|(clause, _)| clause.contains(&element));
        around.map(|(_, mood)| *mood)
    }

    pub(super) fn read(&self, heard: &mut Heard) {
        let free = Free {
            clean: self.clean,
            message: self.message,
            sentence: self.sentence,
            moods: &self.moods,
            context: self.context.parse,
        };
        let mut framed = self.framing(heard.last).read();
        let is_open = |it: &Found| evidence::is_open_figure(it, &self.sentence.elements);
        framed.retain(|it| !kinds::are_numbers(&it.found.value) && !is_open(&it.found));
        let mut of_words = free.read();
        of_words.retain(|it| !is_open(it));
        // A labelled text holds what is said within it.
        framed.retain(|it| !of_words.iter().any(|text| it.stands_in(text)));
        of_words.retain(|it| !framed.iter().any(|framed| framed.covers(it)));
        let (mut said, questions) = self.of_clauses();
        let answered = |text: &String| framed.iter().any(|it| self.answers(it, text));
        heard
            .questions
            .extend(questions.into_iter().filter(|text| !answered(text)));
        // Words of a text are no values of other fields.
        said.retain(|(_, it)| !of_words.iter().any(|text| text.holds(it)));
        let yields = |it: &Framed| {
            let mut said = said.iter();
            said.any(|(mood, other)| *mood == it.mood && it.yields_to(other))
        };
        framed.retain(|it| !yields(it));
        said.retain(|(_, it)| !framed.iter().any(|framed| framed.covers(it)));
        let parted = framed.iter().any(|it| it.segment.is_some());
        said.retain(|(_, it)| !parted || it.field.name != "icp.segment");
        for found in of_words {
            let taken = said.iter().any(|(_, it)| it.field == found.field);
            if !taken {
                said.push((self.mood_of_words(&found), found));
            }
        }
        said.sort_by_key(|(_, found)| found.elements.start);
        heard.questions.extend(self.parted(&mut said));
        self.push_all(said, framed, heard);
    }

    /// What the clauses' cues say, and what has to be asked about them.
    fn of_clauses(&self) -> (Vec<(Mood, Found)>, Vec<String>) {
        let (mut said, mut asked) = (Vec::new(), Vec::new());
        let mut topic = self.topic;
        for (clause, &mood) in self.sentence.clauses.iter().zip(&self.moods) {
            let clause = self.clause(clause, topic);
            if matches!(mood, Mood::Said | Mood::Denied | Mood::Past) {
                let answers = clause.answers().into_iter();
                said.extend(answers.map(|found| (Mood::Said, found)));
            }
            let (numbers, unclear) = clause.numbers();
            // "Quota was 500k, it's 600k now": what was is spoken of, too.
            if let Some(last) = numbers.last() {
                topic = Some(last.field);
            }
            if mood.is_idle() {
                continue;
            }
            let (choices, open) = clause.choices();
            let found = numbers.into_iter().chain(choices);
            said.extend(found.map(|found| (mood, found)));
            if mood == Mood::Said {
                let questions = unclear.into_iter().chain(open).chain(clause.figures());
                asked.extend(questions.map(|question: Question| question.text));
            }
        }
        (said, asked)
    }

    /// Takes in what cues and what patterns say, in the order in which it is said.
    fn push_all(&self, said: Vec<(Mood, Found)>, framed: Vec<Framed>, heard: &mut Heard) {
        let said = said.into_iter().map(|(mood, found)| {
            let named = self.named(&found);
            (mood, found, named)
        });
        let framed = framed.into_iter().map(|it| (it.mood, it.found, it.segment));
        let mut all: Vec<(Mood, Found, Option<Segment>)> = said.chain(framed).collect();
        all.sort_by_key(|(_, found, _)| found.elements.start);
        heard.last = all.last().map(|(_, found, _)| found.field).or(heard.last);
        for (mood, found, named) in all {
            self.push(mood, &self.with_line_before(&found, heard), named, heard);
        }
    }

    /// The segment that stands last among the words of a value.
    fn named(&self, found: &Found) -> Option<Segment> {
        let segments = self.segments[found.elements.clone()].iter();
        segments.rev().flatten().next().cloned()
    }

    /// A set with what the line before said of it: "renewals: automated" and "activation: automated".
    fn with_line_before(&self, found: &Found, heard: &Heard) -> Found {
        let mut found = found.clone();
        let before = heard.findings.last().filter(|(mood, it)| {
            *mood == Mood::Said
                && it.field.name == found.field.name
                && it.segment.as_ref().is_none_or(Segment::is_main)
        });
        if self.sentence.begins_line
            && let (Value::Set(set), Some((_, before))) = (&mut found.value, before)
            && let Value::Set(more) = &before.value
        {
            set.extend(more.iter().cloned());
        }
        found
    }

    /// Whether a question is about words whose meaning a pattern has said.
    fn answers(&self, framed: &Framed, question: &str) -> bool {
        let value = &self.sentence.elements[framed.value.clone()];
        value
            .first()
            .is_some_and(|first| question.contains(first.text))
    }

    pub(super) fn framing(&self, last: Option<&'static Field>) -> Framing<'_> {
        Framing {
            message: self.message,
            clean: self.clean,
            sentence: self.sentence,
            moods: &self.moods,
            segments: &self.segments,
            context: self.context.parse,
            last,
        }
    }

    /// The field that the sentence asks for, where the next one may answer.
    pub(super) fn asks(&self) -> Option<Asked> {
        let asks = self.sentence.is_question;
        asks.then(|| self.framing(None).asks()).flatten()
    }

    /// Takes in what the sentence says to the question before it.
    pub(super) fn take(&self, asked: &Asked, heard: &mut Heard) {
        if let Some(it) = self.framing(None).answer(asked) {
            heard.last = Some(asked.field);
            self.push(it.mood, &it.found, it.segment, heard);
        }
    }

    /// "Field for the big ones, self-serve for the rest": two values, each for somebody whom no segment
    /// names, are asked about.
    fn parted(&self, said: &mut Vec<(Mood, Found)>) -> Option<String> {
        let unnamed = |found: &Found| {
            let end = found.elements.end;
            let behind = self.sentence.elements.get(end);
            behind.is_some_and(|it| it.text == "for" || it.text.starts_with("for "))
                && self.segments[found.elements.start].is_none()
                && found.field.level == Level::Segment
        };
        let (first, second) = said.windows(2).find_map(|pair| {
            let [(Mood::Said, first), (Mood::Said, second)] = pair else {
                return None;
            };
            let two = first.field == second.field && first.value != second.value;
            (two && unnamed(first) && unnamed(second)).then(|| (first.clone(), second.clone()))
        })?;
        said.retain(|(_, it)| it.field != first.field);
        let shown = |found: &Found| found.value.display(found.field);
        Some(format!(
            "{}: {} or {}? Name the segment of each",
            first.field.label(),
            shown(&first),
            shown(&second)
        ))
    }

    /// The mood of free words, whose own phrases may hold a negation: "not a fit: agencies".
    fn mood_of_words(&self, found: &Found) -> Mood {
        let clauses = &self.sentence.clauses;
        let at = clauses
            .iter()
            .position(|clause| clause.contains(&found.elements.start));
        match at.map(|at| self.moods[at]) {
            Some(mood @ (Mood::Supposed | Mood::Asked)) => mood,
            _ => Mood::Said,
        }
    }

    fn clause<'b>(&'b self, range: &Range<usize>, topic: Option<&'static Field>) -> Clause<'b> {
        let end = mood::denial(&self.sentence.elements, range).filter(|&at| at > range.start);
        Clause {
            elements: &self.sentence.elements,
            range: range.start..end.unwrap_or(range.end),
            context: self.context.parse,
            topic,
        }
    }
}
