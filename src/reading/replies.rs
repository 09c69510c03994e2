//! What a message asks the next one, and what that says in reply: "who owns the handoff?" "the AE".

use std::ops::Range;

use super::agenda;
use super::answers;
use super::clean::Clean;
use super::frames::Asked;
use super::hedged::{WORDED, is_worded, reply, says_yes, worded};
use super::message::hear;
use super::mood::Mood;
use super::places::is_place;
use super::restated;
use super::sentence::Sentence;
use super::shapes::holder_value;
use super::talk::Talk;
use super::{Context, Finding};
use crate::plan::{self, Field, Kind, Segment, Shape, Value};
use crate::text;

/// A question of at most so many words names what it asks for.
const NAMED: usize = 4;

/// A question that the next message may answer.
#[derive(Debug, Default)]
pub(super) struct Question {
    /// Its words as typed.
    words: String,
    /// What it asks for, where that is known.
    field: Option<&'static Field>,
    /// The segment that it is about.
    segment: Option<Segment>,
    /// What a yes to it says.
    pub(super) assented: Vec<Finding>,
}

impl Question {
    /// The question with which a message ends, of which nothing was read.
    pub(super) fn of(
        message: &str,
        (clean, sentences): (&Clean, &[Sentence<'_>]),
        context: &Context<'_>,
        (open, segment, about): (Option<&Asked>, Option<Segment>, Option<&'static Field>),
    ) -> Option<Self> {
        let asks = sentences.iter().rfind(|it| it.is_question);
        let last = asks.or_else(|| sentences.last())?;
        let (from, to) = (last.elements.first()?, last.elements.last()?);
        let words = message.get(clean.origin(from.at.start..to.at.end))?;
        if !last.is_question && !restated::asks(words) {
            return None;
        }
        let named = || {
            let short = words.split_whitespace().count() <= NAMED;
            short.then(|| agenda::field_of(restated::label(words), context))?
        };
        let field = open.map(|it| it.field).or_else(named);
        // "And smb?" asks for the same of another segment.
        let short = words.split_whitespace().count() <= NAMED;
        let again = segment.is_some() && short;
        let field = match field {
            Some(it) if !(again && it.name == "icp.segment") => Some(it),
            _ if again => about,
            other => other,
        };
        let mut question = Self {
            words: words.to_owned(),
            field,
            segment,
            assented: Vec::new(),
        };
        question.assented = question.assented(message, context);
        Some(question)
    }

    fn talk(&self) -> Talk {
        Talk {
            segment: self.segment.clone(),
            ..Talk::default()
        }
    }

    /// What a yes to the question says: "15% of leads become opps, right?"
    fn assented(&self, message: &str, context: &Context<'_>) -> Vec<Finding> {
        if let Some(paid) = paid_per(&self.words, context) {
            return vec![paid];
        }
        // "And the webinars?" says nothing of them.
        let long = self.words.split_whitespace().count() >= NAMED;
        if !long && !self.words.contains(|it: char| it.is_ascii_digit()) {
            return Vec::new();
        }
        let forms = restated::assented(&self.words).into_iter();
        let mut said = forms.map(|form| said(&form, context, &self.talk()));
        let mut findings = said.find(|it| !it.is_empty()).unwrap_or_default();
        for it in &mut findings {
            if !message.contains(&it.quote) {
                it.quote.clone_from(&self.words);
            }
        }
        findings
    }

    /// What a message says in reply.
    pub(super) fn replied(&self, message: &str, context: &Context<'_>) -> Vec<Finding> {
        let Some(words) = reply(message) else {
            return Vec::new();
        };
        if let Some(yes) = says_yes(words) {
            return self.yes_or_no(message, yes, context);
        }
        if !self.asks_for_value() {
            return Vec::new();
        }
        let mut forms = restated::filled(&self.words, words);
        forms.extend(self.field.map(|it| restated::labelled(&it.label(), words)));
        let mut first = Vec::new();
        for (form, at) in forms {
            let found = self.filled(&form, at, (message, words), context);
            // What is asked for is said, and maybe more.
            let said = |it: &Finding| self.field.is_none_or(|field| field.name == it.field.name);
            if found.iter().any(said) {
                return found;
            }
            if first.is_empty() {
                first = found;
            }
        }
        if !first.is_empty() {
            return first;
        }
        self.in_own_words(words, context).into_iter().collect()
    }

    /// What a question says that is filled in with its reply.
    fn filled(
        &self,
        form: &str,
        at: Range<usize>,
        (message, words): (&str, &str),
        context: &Context<'_>,
    ) -> Vec<Finding> {
        let mut found = said(form, context, &self.talk());
        found.retain(|it| {
            let place = form.find(&it.quote).map(|from| from..from + it.quote.len());
            let touches = place.is_none_or(|it| it.start < at.end && at.start < it.end);
            touches && is_within(it, words)
        });
        let alone = found.len() == 1;
        for it in &mut found {
            if alone {
                worded(it, words, context);
            }
            if !message.contains(&it.quote) {
                words.clone_into(&mut it.quote);
            }
        }
        found
    }

    /// A short reply that is the value itself.
    fn in_own_words(&self, words: &str, context: &Context<'_>) -> Option<Finding> {
        let field = self.field.filter(|it| is_worded(it))?;
        if words.split_whitespace().count() > WORDED {
            return None;
        }
        let asked = text::fold(&self.words);
        let where_it_is = ["where", "countr", "market", "region", "geo", "place"];
        if field.name == "icp.geography" && !where_it_is.iter().any(|it| asked.contains(it)) {
            return None;
        }
        let mut found = agenda::worded(words, field, context)?;
        worded(&mut found, words, context);
        found.segment = context.segment(field, self.segment.clone());
        Some(found)
    }

    /// Whether it asks for a value, and not only whether something is so, or of somebody else.
    fn asks_for_value(&self) -> bool {
        let short = self.words.split_whitespace().count() <= NAMED;
        let elsewhere = text::fold(&self.words).ends_with(" there") && self.segment.is_none();
        !elsewhere && (restated::asks_for_value(&self.words) || (short && self.assented.is_empty()))
    }

    /// What yes or no says to a question for one of them.
    fn yes_or_no(&self, message: &str, yes: bool, context: &Context<'_>) -> Vec<Finding> {
        let asked = self.assented.iter().filter(|it| is_yes_no(it.field));
        let found = asked.map(|it| {
            let says = it.value == Value::YesNo(true);
            (it.field, Value::YesNo(says == yes))
        });
        let named = self.field.filter(|it| is_yes_no(it));
        let named = named.map(|it| (it, Value::YesNo(yes)));
        let all: Vec<(&'static Field, Value)> = found.chain(named).take(1).collect();
        let finding = |(field, value)| {
            let mut found = answers::finding(field, value, message.trim(), context);
            found.segment = context.segment(field, self.segment.clone());
            found
        };
        all.into_iter().map(finding).collect()
    }
}

/// "Per shop?": what the price is for, to which yes is an answer.
fn paid_per(question: &str, context: &Context<'_>) -> Option<Finding> {
    let folded = text::fold(question);
    let words = folded.trim_end_matches(['?', ' ']);
    if !words.starts_with("per ") {
        return None;
    }
    let scan = plan::scan(&format!("1 a month {words}"))?;
    let Shape::Money(amount) = scan.shape else {
        return None;
    };
    let (field, value) = holder_value(plan::field("pricing.price")?, amount.holder?)?;
    Some(answers::finding(field, value, question, context))
}

/// Whether words of their own stand in the reply, and what would be places are some.
fn is_within(it: &Finding, reply: &str) -> bool {
    let reply = text::fold(reply);
    let places = it.field.name == "icp.geography";
    match &it.value {
        Value::List(items) => items
            .iter()
            .map(|it| text::fold(it))
            .all(|it| reply.contains(&it) && (!places || is_place(&it))),
        Value::Text(words) => {
            let words = text::fold(words);
            reply.contains(&words) || words.contains(&reply)
        }
        _ => true,
    }
}

/// Whether a field is said with yes or no.
pub(super) fn is_yes_no(field: &Field) -> bool {
    field.kind == Kind::YesNo
}

/// What some words state.
pub(super) fn said(words: &str, context: &Context<'_>, talk: &Talk) -> Vec<Finding> {
    let heard = hear(words, context, talk).findings.into_iter();
    let said = heard.filter(|(mood, _)| *mood == Mood::Said);
    said.map(|(_, it)| it).collect()
}
