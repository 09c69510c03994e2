//! A thread: who said what in which order, what was agreed, taken back, and left open.

use super::message::{self, Heard};
use super::mood::{Mood, has};
use super::{Conflict, Context, Finding, Reading};
use crate::plan::{self, Field, Kind, Period, Segment, Value};
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

/// What became of a value that was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Open,
    Agreed,
    Withdrawn,
    Disputed,
}

#[derive(Debug, Clone)]
struct Claim {
    finding: Finding,
    mood: Mood,
    state: State,
}

impl Claim {
    fn is_of(&self, field: &Field, segment: Option<&Segment>) -> bool {
        self.finding.field.name == field.name && self.finding.segment.as_ref() == segment
    }

    fn stands(&self) -> bool {
        self.mood == Mood::Said && matches!(self.state, State::Open | State::Agreed)
    }

    fn is_by(&self, speaker: &str) -> bool {
        self.finding.speaker.as_deref() == Some(speaker)
    }
}

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
    /// The field that the last message asked for or spoke of.
    topic: Option<&'static Field>,
}

/// What a message does with the messages before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stance {
    Agrees,
    Refuses,
    Neutral,
}

impl Thread {
    fn hear(&mut self, line: usize, message: &Said, context: &Context<'_>) {
        let folded = text::fold(&message.text);
        let Heard {
            findings,
            questions,
        } = message::hear(&message.text, context, self.topic);
        let stance = stance(&message.text, &folded);
        let says = findings.iter().any(|(mood, _)| *mood == Mood::Said);
        if stance == Stance::Refuses {
            self.refuse(line, &message.speaker, says, &findings);
        } else if stance == Stance::Agrees && !says && !self.agree_on_amount(line, message, &folded)
        {
            self.agree(line);
        }
        let decides = stance == Stance::Agrees || is_decision(&folded);
        let adds = ["also", "and ", "plus ", "+ "]
            .iter()
            .any(|word| folded.starts_with(word))
            || has(&folded, "also");
        for (mood, mut finding) in findings {
            finding.line = line;
            finding.speaker = Some(message.speaker.clone());
            if mood == Mood::Said {
                self.settle(&mut finding, &message.speaker, decides, adds);
            }
            self.claims.push(Claim {
                finding,
                mood,
                state: State::Open,
            });
        }
        if !(stance == Stance::Agrees && !says) {
            self.questions
                .extend(questions.into_iter().map(|question| (line, question)));
        }
        let last = self
            .claims
            .last()
            .filter(|claim| claim.finding.line == line);
        self.topic = last
            .map(|claim| claim.finding.field)
            .or_else(|| message::topic(&message.text));
    }

    /// Makes room for a value that was stated: the same speaker's earlier one goes, and with a
    /// decision everybody's.
    fn settle(&mut self, finding: &mut Finding, speaker: &str, decides: bool, adds: bool) {
        for claim in &mut self.claims {
            if !claim.is_of(finding.field, finding.segment.as_ref()) || claim.mood != Mood::Said {
                continue;
            }
            let same = claim.finding.value == finding.value;
            if adds
                && let Some(both) =
                    union(&claim.finding.value, &finding.value).filter(|_| claim.stands())
            {
                finding.value = both;
                claim.state = State::Withdrawn;
            } else if decides || same || claim.is_by(speaker) {
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
            if claim.finding.line == last && claim.state == State::Disputed {
                claim.state = State::Withdrawn;
            } else if claim.finding.line == last && claim.state == State::Open {
                claim.mood = Mood::Said;
                claim.state = State::Agreed;
            } else if rival && claim.mood == Mood::Said {
                claim.state = State::Withdrawn;
            }
        }
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
        self.settle(&mut finding, &message.speaker, true, false);
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
            if claim.is_by(speaker) && (!says || same_field) {
                claim.state = State::Withdrawn;
            } else if !says && claim.mood == Mood::Said {
                claim.state = State::Disputed;
            }
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
            let supposed = self
                .claims
                .iter()
                .filter(of)
                .rfind(|it| it.mood == Mood::Supposed && it.state == State::Open);
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
        let said = values.iter().map(|it| {
            let value = it.value.display(field);
            it.speaker
                .as_ref()
                .map_or(value.clone(), |speaker| format!("{value} ({speaker})"))
        });
        let said: Vec<String> = said.collect();
        self.questions
            .push(format!("{}: {}?", field.label(), said.join(" or ")));
        self.conflicts.push(Conflict {
            field,
            segment,
            values,
        });
    }
}

fn distinct(standing: &[&Claim]) -> usize {
    let mut values: Vec<&Value> = Vec::new();
    for claim in standing {
        if !values.contains(&&claim.finding.value) {
            values.push(&claim.finding.value);
        }
    }
    values.len()
}

fn disputed(claim: &Claim) -> String {
    let field = claim.finding.field;
    format!(
        "{}: {} was disputed; what is it?",
        field.label(),
        claim.finding.value.display(field)
    )
}

/// Both sets or lists in one.
fn union(one: &Value, other: &Value) -> Option<Value> {
    match (one, other) {
        (Value::Set(one), Value::Set(other)) => {
            Some(Value::Set(one.union(other).cloned().collect()))
        }
        (Value::List(one), Value::List(other)) => {
            let new = other.iter().filter(|item| !one.contains(item));
            Some(Value::List(one.iter().chain(new).cloned().collect()))
        }
        _ => None,
    }
}

/// Beginnings of a message that agrees.
const AGREEING: &[&str] = &[
    "ok",
    "okay",
    "yes",
    "yep",
    "yeah",
    "yup",
    "agreed",
    "agree",
    "i agree",
    "+1",
    "sounds good",
    "sounds right",
    "works for me",
    "let's do it",
    "lets do it",
    "let's do that",
    "let's go with",
    "lets go with",
    "let's take",
    "deal",
    "fine",
    "lgtm",
    "perfect",
    "great",
    "love it",
    "makes sense",
    "done",
    "approved",
    "you're right",
    "you are right",
    "sure",
    "good",
    "cool",
    "alright",
    "all right",
    "that works",
    "same here",
    "same",
    "absolutely",
    "exactly",
    "go for it",
    "ship it",
    "decided",
    "confirmed",
    "right",
    "k",
    "true",
    "fair",
    "settled",
    "i'm in",
    "im in",
    "i'm fine with",
    "we're agreed",
    "all agreed",
    "done deal",
    "happy with that",
    "go with",
    "going with",
    "let's lock",
    "locked",
    "final",
];

/// Beginnings of a message that refuses.
const REFUSING: &[&str] = &[
    "no",
    "nope",
    "nah",
    "scrap that",
    "scrap it",
    "forget that",
    "forget it",
    "disagree",
    "i disagree",
    "that's wrong",
    "thats wrong",
    "not that",
    "strike that",
    "never mind",
    "nevermind",
    "cancel that",
    "wait no",
    "wait, no",
    "hold on",
    "don't",
    "i don't think",
    "not sure about",
    "no way",
    "ignore that",
    "ignore my last",
    "my bad",
    "correction",
    "sorry, no",
    "i take that back",
    "let's not",
    "lets not",
    "hmm no",
    "actually no",
    "actually, no",
    "that was wrong",
    "wrong",
    "drop that",
    "undo that",
    "take that back",
    "not convinced",
];

/// Small pictures that agree or refuse.
const PICTURES: &[(&str, Stance)] = &[
    (":+1:", Stance::Agrees),
    (":thumbsup:", Stance::Agrees),
    (":white_check_mark:", Stance::Agrees),
    (":heavy_check_mark:", Stance::Agrees),
    ("👍", Stance::Agrees),
    ("✅", Stance::Agrees),
    (":100:", Stance::Agrees),
    (":ok_hand:", Stance::Agrees),
    (":-1:", Stance::Refuses),
    (":thumbsdown:", Stance::Refuses),
    ("👎", Stance::Refuses),
];

fn stance(typed: &str, folded: &str) -> Stance {
    if folded.contains('?') {
        return Stance::Neutral;
    }
    let begins = |phrases: &[&str]| {
        phrases.iter().any(|phrase| {
            folded
                .strip_prefix(phrase)
                .is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '\''))
        })
    };
    if begins(REFUSING) {
        return Stance::Refuses;
    }
    if begins(AGREEING)
        || has(folded, "works for me")
        || has(folded, "let's go with that")
        || has(folded, "i'm ok with that")
    {
        let hedged = [" but ", "not sure", "unless", "if "]
            .iter()
            .any(|hedge| folded.contains(hedge));
        return if hedged {
            Stance::Neutral
        } else {
            Stance::Agrees
        };
    }
    let picture = PICTURES
        .iter()
        .find(|(mark, _)| typed.trim_start().starts_with(mark));
    picture.map_or(Stance::Neutral, |&(_, stance)| stance)
}

/// Whether a message settles what was argued.
fn is_decision(folded: &str) -> bool {
    [
        "decided",
        "decision:",
        "agreed",
        "it is",
        "final",
        "settled",
        "we'll go with",
        "we go with",
        "let's go with",
        "going with",
        "lock in",
        "to summarize",
        "summary",
        "to recap",
        "recap",
        "tl;dr",
        "conclusion",
        "then",
        "instead",
    ]
    .iter()
    .any(|phrase| has(folded, phrase.trim_end_matches(':')))
}

/// The amounts of money in folded words, as typed.
fn amounts(folded: &str) -> Vec<String> {
    let mut amounts = Vec::new();
    let mut at = 0;
    while at < folded.len() {
        let rest = &folded[at..];
        let begins = at == 0 || folded[..at].ends_with(|c: char| !c.is_alphanumeric() && c != '.');
        if begins && let Some(found) = plan::scan(rest).filter(|found| found.length > 0) {
            amounts.push(rest[..found.length].to_owned());
            at += found.length;
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    amounts
}

/// Whether words are the amount of a value, with its period left out or not.
fn is_amount_of(words: &str, finding: &Finding) -> bool {
    let Some(field) = plan::field(finding.field.name) else {
        return false;
    };
    let context = plan::ParseContext {
        currency: match &finding.value {
            Value::Price(price) => price.amount.currency,
            Value::MoneyPerYear(money) | Value::Money(money) => money.currency,
            _ => plan::Currency::USD,
        },
        today: jiff::civil::date(2026, 1, 1),
    };
    let whole = match (&finding.value, field.kind) {
        (Value::Price(price), Kind::Price) => {
            let period = match price.per {
                Period::Month => "a month",
                Period::Year => "a year",
                Period::Once => "once",
                Period::Unit => "per unit",
            };
            format!("{words} {period}")
        }
        _ => words.to_owned(),
    };
    field
        .parse(&whole, &context)
        .or_else(|_| field.parse(words, &context))
        .is_ok_and(|value| value == finding.value)
}
