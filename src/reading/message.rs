//! One message: its sentences, their moods, and what their clauses say.

use super::answers;
use super::clean::Clean;
use super::each::Telling;
use super::frames::Asked;
use super::mood::{self, Mood};
use super::possible::Possible;
use super::reader::Reader;
use super::segments::{self, Heading};
use super::sentence::{self, Sentence};
use super::talk::{self, Talk, named};
use super::{Context, Finding, Reading, token};
use crate::plan::{Field, Value};

/// What one message says, before a thread makes sense of it.
#[derive(Debug, Default)]
pub(super) struct Heard {
    /// What was said, with the mood in which it was.
    pub(super) findings: Vec<(Mood, Finding)>,
    /// What has to be asked.
    pub(super) questions: Vec<String>,
    /// The field that was spoken of last.
    pub(super) last: Option<&'static Field>,
    /// What its last sentence asks for.
    pub(super) open: Option<Asked>,
    /// Everything that it could say.
    pub(super) possible: Vec<Possible>,
}

/// A message that is split into its sentences, and the moods of their clauses, sentence by sentence.
#[derive(Clone, Copy)]
pub(super) struct Parsed<'a> {
    pub(super) clean: &'a Clean,
    pub(super) sentences: &'a [Sentence<'a>],
    pub(super) moods: &'a [Vec<Mood>],
}

/// Reads one message.
pub fn read_message(message: &str, context: &Context<'_>) -> Reading {
    let heard = hear(message, context, &Talk::default());
    let mut reading = Reading {
        questions: heard.questions,
        ..Reading::default()
    };
    for (mood, finding) in heard.findings {
        let list = match mood {
            Mood::Said => &mut reading.proposals,
            Mood::Supposed => &mut reading.hypotheses,
            Mood::Asked | Mood::Denied | Mood::Past | Mood::Theirs | Mood::Headed | Mood::Idle => {
                continue;
            }
        };
        // A later statement of one message wins over an earlier one.
        list.retain(|known| known.field != finding.field || known.segment != finding.segment);
        list.push(finding);
    }
    reading
}

/// Hears one message of a talk.
pub(super) fn hear(message: &str, context: &Context<'_>, talk: &Talk) -> Heard {
    let clean = Clean::new(message);
    let tokens = token::split(&clean.text);
    let sentences = sentence::sentences(&clean.text, &tokens);
    let moods = mood::of_sentences(&clean.text, &sentences);
    let parsed = Parsed {
        clean: &clean,
        sentences: &sentences,
        moods: &moods,
    };
    hear_parsed(message, parsed, context, talk)
}

/// The same for a message that is split into its sentences already.
pub(super) fn hear_parsed(
    message: &str,
    Parsed {
        clean,
        sentences,
        moods,
    }: Parsed<'_>,
    context: &Context<'_>,
    talk: &Talk,
) -> Heard {
    if mood::is_sarcastic(message, &clean.text) {
        return Heard::default();
    }
    let telling = Telling {
        message,
        clean,
        sentences,
        moods,
        context,
        talk,
    };
    let mut heard = patterns(&telling, By::Hints);
    telling.weigh(&mut heard);
    if let Some(named) = telling.named() {
        let more = telling.more(&named, &heard.findings);
        heard.findings.extend(more);
    }
    heard.take_answer(message, context, talk.topic);
    heard.take_named(&telling);
    heard.take_profile(&telling);
    heard.let_go_of_prices();
    heard
}

/// What cues and patterns say, and of several segments what is told of each, by whatever words.
pub(super) fn patterns(telling: &Telling<'_>, by: By) -> Heard {
    let (mut heard, ends) = hear_sentences(telling);
    heard.take_each(telling, &ends, by);
    heard
}

/// By what words are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    /// Cues and patterns.
    Patterns,
    /// What the words speak for.
    Hints,
}

/// Hears the words of a message, or a part of them.
pub(super) fn hear_clean(
    message: &str,
    clean: &Clean,
    context: &Context<'_>,
    talk: &Talk,
    by: By,
) -> Heard {
    let tokens = token::split(&clean.text);
    let sentences = sentence::sentences(&clean.text, &tokens);
    let moods = mood::of_sentences(&clean.text, &sentences);
    let telling = Telling {
        message,
        clean,
        sentences: &sentences,
        moods: &moods,
        context,
        talk,
    };
    match by {
        By::Patterns => hear_sentences(&telling).0,
        By::Hints => {
            let mut heard = Heard::default();
            telling.weigh(&mut heard);
            heard
        }
    }
}

/// The field that some words of a message name or ask for, and of which they say nothing.
pub(super) fn asked_for(
    message: &str,
    clean: &Clean,
    context: &Context<'_>,
) -> Option<&'static Field> {
    let tokens = token::split(&clean.text);
    let sentences = sentence::sentences(&clean.text, &tokens);
    let reader = Reader::alone(message, clean, sentences.last()?, context);
    let framing = reader.framing(None);
    let asked = reader.asks().map(|asked| asked.field);
    asked.or_else(|| framing.label())
}

/// The value of a field that some words of a message are, beside another value of it.
pub(super) fn answer_of(
    message: &str,
    clean: &Clean,
    context: &Context<'_>,
    (field, other): (&'static Field, Option<&Value>),
) -> Option<Finding> {
    let tokens = token::split(&clean.text);
    let sentences = sentence::sentences(&clean.text, &tokens);
    let reader = Reader::alone(message, clean, sentences.first()?, context);
    let asked = Asked::of(field, other);
    let mut heard = Heard::default();
    reader.take(&asked, &mut heard);
    heard.findings.pop().map(|(_, it)| it)
}

/// Words of a sentence that says what is missing.
const MISSING: &[&str] = &[
    "need", "needs", "missing", "lacks", "open", "i need", "we need",
];

/// An amount so many times smaller than another one of its field is of something else.
const FAR: i64 = 300;

/// The amount that a value is.
fn amount(value: &Value) -> Option<i64> {
    match value {
        Value::Money(money) | Value::MoneyPerYear(money) => Some(money.ten_thousandths),
        _ => None,
    }
}

/// How many findings and questions there are at the end of a sentence.
type End = (usize, usize);

/// Hears the sentences of a message one after the other.
fn hear_sentences(telling: &Telling<'_>) -> (Heard, Vec<End>) {
    let Telling {
        message,
        clean,
        context,
        talk,
        ..
    } = *telling;
    let topic = talk.topic;
    let mut heard = Heard::default();
    let mut ends = Vec::with_capacity(telling.sentences.len());
    let mut heading = Heading::of(talk.segment_of(&clean.text));
    let mut asked = None;
    let mut open = talk.open.clone();
    for (sentence, moods) in telling.sentences.iter().zip(telling.moods) {
        let reader = Reader {
            message,
            clean,
            moods: moods.clone(),
            segments: segments::segments(sentence, context.plan, &mut heading),
            sentence,
            context,
            topic: if sentence.corrects {
                heard.last.or(topic)
            } else {
                asked.or(topic)
            },
        };
        let known = heard.findings.len();
        reader.read(&mut heard);
        if let Some(asked) = open.take().filter(|_| heard.findings.len() == known) {
            reader.take(&asked, &mut heard);
        }
        if heard.findings.len() == known && !sentence.is_question {
            heard.last = reader.framing(None).label().or(heard.last);
        }
        open = reader.asks();
        // "Urgency? High": the question names what the next sentence answers.
        asked = (sentence.is_question && sentence.elements.len() <= talk::LABEL)
            .then(|| named(sentence, true))
            .flatten();
        ends.push((heard.findings.len(), heard.questions.len()));
    }
    heard.open = open;
    (heard, ends)
}

impl Heard {
    /// Takes in what is told of each segment, in the place of what was heard in the same sentences.
    fn take_each(&mut self, telling: &Telling<'_>, ends: &[End], by: By) {
        let Some(named) = telling.named() else { return };
        let before = |at: usize| at.checked_sub(1).map_or((0, 0), |at| ends[at]);
        let (from, to) = (before(named.sentences.start), before(named.sentences.end));
        let heard = &self.findings[from.0..to.0];
        if named.is_told(heard) {
            return;
        }
        let Some(mut each) = telling.read(&named, by) else {
            return;
        };
        each.retain(|(_, it)| !is_contract_value(it, heard));
        let more = heard.iter().filter(|(_, it)| {
            let of_one = it.segment.as_ref().is_none_or(|it| !it.is_main());
            let said = each.iter().any(|(_, other)| {
                let within = other.quote.contains(&it.quote) || it.quote.contains(&other.quote);
                let same = other.segment == it.segment && within;
                same || other.field.name == it.field.name
            });
            of_one && !said
        });
        let more: Vec<_> = more.cloned().collect();
        each.extend(more);
        self.last = each.last().map(|(_, it)| it.field).or(self.last);
        self.findings.splice(from.0..to.0, each);
        self.questions.drain(from.1..to.1);
    }

    /// Lets go of an amount that another segment's makes a price: "SMB at 49 bucks, enterprise 25k ACV".
    fn let_go_of_prices(&mut self) {
        let amounts: Vec<(&'static Field, i64)> = self
            .findings
            .iter()
            .filter_map(|(_, it)| Some((it.field, amount(&it.value)?)))
            .collect();
        self.findings.retain(|(_, it)| {
            let Some(own) = amount(&it.value) else {
                return true;
            };
            let of_field = amounts.iter().filter(|(field, _)| *field == it.field);
            let most = of_field.map(|(_, amount)| *amount).max().unwrap_or(own);
            most / own.max(1) < FAR
        });
    }

    /// "I need the buyer. I'd say it's the CFO": a sentence says what is missing, the next one answers.
    fn take_named(&mut self, telling: &Telling<'_>) {
        if !self.findings.is_empty() {
            return;
        }
        let misses = |it: &Sentence<'_>| it.elements.iter().any(|it| it.is_one_of(MISSING));
        let answer = telling.sentences.windows(2).find_map(|pair| {
            let [first, second] = pair else { return None };
            let asks = misses(first) && !second.is_question;
            let field = named(first, true).filter(|_| asks)?;
            let (from, to) = (second.elements.first()?, second.elements.last()?);
            let origin = telling.clean.origin(from.at.start..to.at.end);
            answers::answered(telling.message.get(origin)?, telling.context, field)
        });
        self.findings.extend(answer.map(|it| (Mood::Said, it)));
    }

    /// Takes in what the message answers to a question for that field.
    fn take_answer(&mut self, message: &str, context: &Context<'_>, topic: Option<&'static Field>) {
        let Some(topic) = topic else { return };
        let whom = topic.name == "icp.industry" && !message.contains('?');
        let read = self
            .findings
            .iter()
            .any(|(_, it)| it.field.name == topic.name);
        let words = match self.findings.is_empty() {
            true if whom && answers::answered(message, context, topic).is_none() => {
                answers::opening(message)
            }
            true => message,
            false if whom && !read => answers::opening(message),
            false => return,
        };
        let Some(mut finding) = answers::answered(words, context, topic) else {
            return;
        };
        // The rest of the answer may name the segment.
        let named = self.findings.iter().find_map(|(_, it)| it.segment.clone());
        if let Some(named) = named.filter(|it| !it.is_main()) {
            finding.segment = Some(named);
        }
        self.findings.insert(0, (Mood::Said, finding));
        let placed = self
            .findings
            .iter()
            .any(|(_, it)| it.field.name == "icp.geography");
        if whom && !placed {
            let place = answers::place_beside(message, context);
            self.findings.extend(place.map(|it| (Mood::Said, it)));
        }
    }
}

/// "SMB pays $99/mo, enterprise 55k a year": an amount a year of no currency was heard as a contract's.
fn is_contract_value(it: &Finding, heard: &[(Mood, Finding)]) -> bool {
    it.field.name == "pricing.price"
        && !it.quote.contains(['$', '\u{20ac}', '\u{a3}'])
        && !["usd", "eur", "gbp"]
            .iter()
            .any(|it_is| it.quote.to_lowercase().contains(it_is))
        && heard
            .iter()
            .any(|(_, other)| other.field.name == "pricing.acv" && other.segment == it.segment)
}

#[cfg(test)]
mod tests {
    use crate::reading::testing::{read, value};

    #[test]
    fn beside_a_contract_of_another_segment_a_small_amount_is_a_price() {
        let reading = read("for SMB self serve at 49 bucks, for enterprise field sales, 25k ACV");
        let shown: Vec<String> = reading.proposals.iter().map(value).collect();
        assert_eq!(
            shown,
            [
                "sales.motion @smb: self-serve (PLG)",
                "sales.motion @enterprise: field sales",
                "pricing.acv @enterprise: $25,000 a year",
            ]
        );
    }
}
