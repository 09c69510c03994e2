//! A thread: who said what in which order, what was agreed, taken back, and left open.

use super::answers;
use super::claims::{Claim, State, Weight, disputed, distinct, union};
use super::clean::Clean;
use super::frames::Asked;
use super::message::{self, Heard};
use super::mood::Mood;
use super::sentence::{self, Sentence};
use super::stance::{Stance, amounts, is_amount_of, is_decision, stance};
use super::talk::{self, Talk};
use super::token;
use super::{Conflict, Context, Finding, Reading};
use crate::plan::{Field, Kind, Plan, Segment};
use crate::text;

/// One message of a thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Who said it.
    pub speaker: String,
    /// The words.
    pub text: String,
}

/// How long a message can be agreed with by a word such as "ok": so many messages.
const MEMORY: usize = 6;

/// A message of at most so many words leaves the talk where it was: "are you sure?".
const ASIDE: usize = 8;

/// Reads a thread, oldest message first.
pub fn read_thread(messages: &[Said], context: &Context<'_>) -> Reading {
    let mut thread = Thread::default();
    for (place, message) in messages.iter().enumerate() {
        thread.hear(place + 1, message, context);
    }
    thread.finish()
}

#[derive(Default)]
struct Thread {
    claims: Vec<Claim>,
    questions: Vec<(usize, String)>,
    /// The messages that name options, by line, folded.
    options: Vec<(usize, String)>,
    /// What the last message spoke of.
    talk: Talk,
    /// Whether the last message was a question of which nothing was read.
    asked: bool,
}

impl Thread {
    fn hear(&mut self, line: usize, message: &Said, context: &Context<'_>) {
        let folded = text::fold(&message.text);
        let clean = Clean::new(&message.text);
        let tokens = token::split(&clean.text);
        let sentences = sentence::sentences(&clean.text, &tokens);
        let Heard {
            findings,
            questions,
            open,
            ..
        } = message::hear_parsed(&message.text, (&clean, &sentences), context, &self.talk);
        if let Some(field) = talk::taken_back(&sentences) {
            self.take_back(field);
        }
        let stance = stance(&message.text, &folded);
        let says = findings.iter().any(|(mood, _)| *mood == Mood::Said);
        let own = self
            .claims
            .last()
            .is_some_and(|it| it.is_by(&message.speaker));
        if stance == Stance::Refuses && !says && self.asked && !own {
            // What was refused is the question, of which nothing was read.
        } else if stance == Stance::Refuses {
            self.refuse(line, &message.speaker, says, &findings);
        } else if !says && !self.agree_on_option(&folded) && stance == Stance::Agrees {
            let settled = self.agree_on_amount(line, message, &folded);
            if !settled {
                self.agree(line);
            }
        }
        let decides = stance == Stance::Agrees || is_decision(&folded);
        let weight = Weight::of(decides, &folded);
        for (mood, mut finding) in findings {
            finding.line = line;
            finding.speaker = Some(message.speaker.clone());
            if mood == Mood::Said {
                self.settle(&mut finding, &message.speaker, weight);
            }
            self.claims.push(Claim {
                finding,
                mood,
                state: State::Open,
            });
        }
        if says || stance != Stance::Agrees {
            self.questions
                .extend(questions.into_iter().map(|question| (line, question)));
        }
        if folded.contains("option ") || folded.contains("variant ") || folded.contains("scenario ")
        {
            self.options.push((line, folded));
        }
        self.speaks_of(line, (message, &sentences), context.plan);
        // What is answered in words of its own is not told from what goes on to another matter.
        let worded = |asked: &Asked| matches!(asked.field.kind, Kind::Text | Kind::List);
        self.talk.open = open.filter(|asked| !worded(asked));
    }

    /// Remembers what the message spoke of.
    fn speaks_of(
        &mut self,
        line: usize,
        (message, sentences): (&Said, &[Sentence<'_>]),
        plan: Option<&Plan>,
    ) {
        let last = self.claims.last().filter(|it| it.finding.line == line);
        self.asked = last.is_none() && message.text.trim_end().ends_with('?');
        self.talk.topic = last
            .map(|claim| claim.finding.field)
            .or_else(|| talk::topic(&message.text, sentences))
            .or(self
                .talk
                .topic
                .filter(|_| message.text.split_whitespace().count() <= ASIDE));
        self.talk.segment = talk::segment_asked(sentences, plan);
        let spoken = self.claims.last().and_then(|it| it.finding.segment.clone());
        self.talk.spoken = spoken.filter(|it| !it.is_main());
    }

    /// Makes room for a value that was stated: the same speaker's earlier one goes, and with a
    /// decision everybody's.
    fn settle(&mut self, finding: &mut Finding, speaker: &str, weight: Weight) {
        for claim in &mut self.claims {
            if !claim.is_of(finding.field, finding.segment.as_ref()) || claim.mood != Mood::Said {
                continue;
            }
            let same = claim.finding.value == finding.value;
            if weight == Weight::Adds
                && let Some(both) =
                    union(&claim.finding.value, &finding.value).filter(|_| claim.stands())
            {
                finding.value = both;
                claim.state = State::Withdrawn;
            } else if weight == Weight::Decides || same || claim.is_by(speaker) {
                claim.state = State::Withdrawn;
            }
        }
    }

    /// The line of the last message that can be agreed with.
    fn last_line(&self, line: usize) -> Option<usize> {
        let last = self
            .claims
            .iter()
            .rev()
            .find(|claim| claim.state != State::Withdrawn)?;
        (line - last.finding.line <= MEMORY).then_some(last.finding.line)
    }

    /// "Ok, let's go with that": what was said, tried or asked last is agreed.
    fn agree(&mut self, line: usize) {
        let Some(last) = self.last_line(line) else {
            return;
        };
        let agreed: Vec<Claim> = self
            .claims
            .iter()
            .filter(|claim| claim.finding.line == last)
            .cloned()
            .collect();
        for claim in &mut self.claims {
            let rival = agreed
                .iter()
                .any(|it| claim.is_of(it.finding.field, it.finding.segment.as_ref()));
            if claim.finding.line == last && matches!(claim.state, State::Disputed | State::Refused)
            {
                claim.state = State::Withdrawn;
            } else if claim.finding.line == last && claim.state == State::Open {
                claim.mood = Mood::Said;
                claim.state = State::Agreed;
            } else if rival && claim.finding.line != last && claim.mood == Mood::Said {
                claim.state = State::Withdrawn;
            }
        }
    }

    /// "Option B": what an earlier message says behind that name is agreed, its other options are not.
    fn agree_on_option(&mut self, folded: &str) -> bool {
        let named = |(line, earlier): &(usize, String)| {
            let words = earlier[answers::option(folded, earlier)?].to_owned();
            Some((*line, words))
        };
        let Some((line, words)) = self.options.iter().rev().find_map(named) else {
            return false;
        };
        let mut agreed = Vec::new();
        for claim in self.claims.iter_mut().filter(|it| it.finding.line == line) {
            if words.contains(&text::fold(&claim.finding.quote)) {
                (claim.mood, claim.state) = (Mood::Said, State::Agreed);
                agreed.push((claim.finding.field, claim.finding.segment.clone()));
            } else {
                claim.state = State::Withdrawn;
            }
        }
        for claim in self.claims.iter_mut().filter(|it| it.state == State::Open) {
            if agreed
                .iter()
                .any(|(field, segment)| claim.is_of(field, segment.as_ref()))
            {
                claim.state = State::Withdrawn;
            }
        }
        !agreed.is_empty()
    }

    /// "Fine, $69 it is": the amount of a value that is open.
    fn agree_on_amount(&mut self, line: usize, message: &Said, folded: &str) -> bool {
        let amounts = amounts(folded);
        let found = self.claims.iter().rev().find(|claim| {
            claim.stands()
                && amounts
                    .iter()
                    .any(|words| is_amount_of(words, &claim.finding))
        });
        let Some(found) = found.cloned() else {
            return false;
        };
        let mut finding = Finding {
            line,
            speaker: Some(message.speaker.clone()),
            quote: message.text.clone(),
            ..found.finding
        };
        self.settle(&mut finding, &message.speaker, Weight::Decides);
        self.claims.push(Claim {
            finding,
            mood: Mood::Said,
            state: State::Agreed,
        });
        true
    }

    /// "Scrap that": one's own words are taken back, another's are disputed.
    fn refuse(&mut self, line: usize, speaker: &str, says: bool, new: &[(Mood, Finding)]) {
        let Some(last) = self.last_line(line) else {
            return;
        };
        for claim in self
            .claims
            .iter_mut()
            .filter(|claim| claim.finding.line == last)
        {
            let same_field = new
                .iter()
                .any(|(_, it)| claim.is_of(it.field, it.segment.as_ref()));
            if claim.is_by(speaker) && claim.mood == Mood::Said && (!says || same_field) {
                claim.state = State::Withdrawn;
            } else if !says && claim.mood == Mood::Said {
                claim.state = State::Disputed;
            } else if claim.mood != Mood::Said {
                claim.state = State::Refused;
            }
        }
    }

    /// What was said of a field that is named goes.
    fn take_back(&mut self, field: &Field) {
        let of_field = |it: &&mut Claim| it.finding.field.name == field.name && it.stands();
        for claim in self.claims.iter_mut().filter(of_field) {
            claim.state = State::Withdrawn;
        }
    }

    fn finish(self) -> Reading {
        let mut reading = Reading::default();
        let mut done: Vec<(&'static str, Option<Segment>)> = Vec::new();
        for claim in &self.claims {
            let (field, segment) = (claim.finding.field, claim.finding.segment.clone());
            if done.contains(&(field.name, segment.clone())) {
                continue;
            }
            done.push((field.name, segment.clone()));
            let of = |it: &&Claim| it.is_of(field, segment.as_ref());
            let standing: Vec<&Claim> = self
                .claims
                .iter()
                .filter(of)
                .filter(|it| it.stands())
                .collect();
            match distinct(&standing) {
                0 => reading.questions.extend(
                    self.claims
                        .iter()
                        .filter(of)
                        .filter(|it| it.state == State::Disputed)
                        .map(disputed),
                ),
                1 => reading
                    .proposals
                    .extend(standing.last().map(|it| it.finding.clone())),
                _ => reading.disagree(field, segment.clone(), &standing),
            }
            let supposed = self.claims.iter().filter(of).rfind(|it| {
                it.mood == Mood::Supposed && matches!(it.state, State::Open | State::Refused)
            });
            reading
                .hypotheses
                .extend(supposed.map(|it| it.finding.clone()));
        }
        reading.proposals.sort_by_key(|finding| finding.line);
        let settled: Vec<String> = reading
            .proposals
            .iter()
            .map(|it| it.field.label())
            .collect();
        let open = self.questions.into_iter().map(|(_, question)| question);
        reading.questions.extend(
            open.filter(|question| !settled.iter().any(|label| question.starts_with(label))),
        );
        reading
    }
}

impl Reading {
    /// Two people said two things: a question and no winner.
    fn disagree(&mut self, field: &'static Field, segment: Option<Segment>, standing: &[&Claim]) {
        let mut values: Vec<Finding> = Vec::new();
        for claim in standing {
            if !values.iter().any(|it| it.value == claim.finding.value) {
                values.push(claim.finding.clone());
            }
        }
        let conflict = Conflict {
            field,
            segment,
            values,
        };
        self.questions.push(conflict.question());
        self.conflicts.push(conflict);
    }
}
