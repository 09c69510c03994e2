//! Values that a model read in messages: what it is given, and which of what it found is proposed.
//!
//! The reader's own findings come first. A model adds what the reader missed, and only where the
//! quote stands in the message, states something, holds the value, and the value is read by the
//! plan's own reader.

use minijinja::Value;
use serde::Deserialize;

use super::answer::Unfit;
use super::fence::Fence;
use super::prompt::{Inputs, Rendered, Shape, prompt};
use super::schema;
use crate::plan::{Field, Segment, field, fields, scan};
use crate::reading::{Context, Finder, Finding, Reading, Said, is_stated, read_message};
use crate::text::{fold, has_no_form, words};

/// Messages, and what the reader found in them.
#[derive(Debug, Clone, Copy)]
pub struct Heard<'a> {
    /// The messages, oldest first.
    pub messages: &'a [Said],
    /// What reading depends on beside the words.
    pub context: &'a Context<'a>,
    /// What the reader found.
    pub reading: &'a Reading,
}

/// Why a value of a model is not proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Doubt {
    /// There is no field of that name.
    UnknownField,
    /// There is no message of that number.
    NoSuchMessage,
    /// The quote does not stand in the message, letter by letter.
    NotQuoted,
    /// The quote is too long or holds hidden letters.
    OddQuote,
    /// The value does not stand in the quote.
    NotInQuote,
    /// The plan's reader does not read it.
    NotReadable,
    /// The words ask, deny, suppose or tell of others.
    NotStated,
    /// The segment is not one of the plan's, or the message does not name it.
    UnknownSegment,
    /// The reader has these words, or has a value for this field.
    Taken,
    /// Two values were given for one field.
    Disputed,
}

impl Doubt {
    /// The word for logs and metrics.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::UnknownField => "unknown_field",
            Self::NoSuchMessage => "no_such_message",
            Self::NotQuoted => "not_quoted",
            Self::OddQuote => "odd_quote",
            Self::NotInQuote => "not_in_quote",
            Self::NotReadable => "not_readable",
            Self::NotStated => "not_stated",
            Self::UnknownSegment => "unknown_segment",
            Self::Taken => "taken",
            Self::Disputed => "disputed",
        }
    }
}

/// The most values that are looked at.
const LOOKED_AT: usize = 50;

/// The longest quote, in letters.
const LONGEST_QUOTE: usize = 280;

/// The most bytes of messages that are sent; the newest are.
const SENT: usize = 12 * 1024;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reply {
    values: Vec<Claim>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Claim {
    field: String,
    segment: Option<String>,
    value: String,
    quote: String,
    message: usize,
}

/// The request for the values of messages.
pub fn ask_values(heard: &Heard<'_>) -> Rendered {
    let sent = newest(heard.messages);
    let texts = || sent.iter().map(|(_, said)| said.text.as_str());
    let fence = Fence::around(texts());
    let shown: Vec<String> = sent
        .iter()
        .map(|(number, said)| fence.data(&format!("message={number}"), &said.text))
        .collect();
    let names: Vec<String> = fields()
        .iter()
        .filter(|field| !has(heard.reading, field))
        .map(|field| format!("{}: {}", field.name, field.label()))
        .collect();
    let segments = heard.context.plan.map_or(&[][..], |plan| plan.segments());
    let segments: Vec<String> = segments
        .iter()
        .filter(|segment| !segment.is_main())
        .map(|segment| format!("\"{segment}\""))
        .collect();
    let segments = match segments.as_slice() {
        [] => "none".to_owned(),
        some => some.join(", "),
    };
    let inputs = Inputs::from([
        ("fields", Value::from(names)),
        ("segments", Value::from(segments)),
        ("messages", Value::from(shown)),
    ]);
    prompt(Shape::Values).render(inputs, schema::values())
}

/// The newest messages that may be sent, oldest first, each with its number.
fn newest(messages: &[Said]) -> Vec<(usize, &Said)> {
    let mut left = SENT;
    let mut sent: Vec<(usize, &Said)> = Vec::new();
    for (place, said) in messages.iter().enumerate().rev() {
        let Some(rest) = left.checked_sub(said.text.len()) else {
            break;
        };
        left = rest;
        sent.push((place + 1, said));
    }
    sent.reverse();
    sent
}

/// What of a model's values may be proposed, and why others may not.
pub fn read_values(
    reply: &serde_json::Value,
    heard: &Heard<'_>,
) -> Result<(Vec<Finding>, Vec<Doubt>), Unfit> {
    let reply = Reply::deserialize(reply).map_err(|_| Unfit::Shape)?;
    let (mut found, mut doubts) = (Vec::<Finding>::new(), Vec::new());
    let mut disputed: Vec<Finding> = Vec::new();
    for claim in reply.values.iter().take(LOOKED_AT) {
        match examine(claim, heard) {
            Err(doubt) => doubts.push(doubt),
            Ok(finding) => {
                let known = found.iter().find(|known| same_place(known, &finding));
                match known {
                    None => found.push(finding),
                    Some(known) if known.value == finding.value => {}
                    Some(_) => disputed.push(finding),
                }
            }
        }
    }
    // Of two values for one field neither is proposed: nobody says which one holds.
    doubts.extend(disputed.iter().map(|_| Doubt::Disputed));
    found.retain(|known| !disputed.iter().any(|other| same_place(known, other)));
    Ok((found, doubts))
}

fn same_place(one: &Finding, other: &Finding) -> bool {
    one.field == other.field && one.segment == other.segment
}

fn examine(claim: &Claim, heard: &Heard<'_>) -> Result<Finding, Doubt> {
    let field = field(&claim.field).ok_or(Doubt::UnknownField)?;
    let at = claim.message.checked_sub(1).ok_or(Doubt::NoSuchMessage)?;
    let message = heard.messages.get(at).ok_or(Doubt::NoSuchMessage)?;
    let quote = claim.quote.trim();
    if quote.chars().count() > LONGEST_QUOTE || quote.chars().any(is_odd) {
        return Err(Doubt::OddQuote);
    }
    if quote.is_empty() || !stands_in(quote, &message.text) {
        return Err(Doubt::NotQuoted);
    }
    let value = claim.value.trim();
    if value.is_empty() || !stands_in(&fold(value), &fold(quote)) {
        return Err(Doubt::NotInQuote);
    }
    let read = field.parse(value, &heard.context.parse);
    let read = read.map_err(|_| Doubt::NotReadable)?;
    let parses = |words: &str| field.parse(words, &heard.context.parse).ok() == Some(read.clone());
    if is_cut(&fold(value), &fold(quote), parses) {
        return Err(Doubt::NotInQuote);
    }
    let value = read;
    if !is_stated(&message.text, quote) {
        return Err(Doubt::NotStated);
    }
    let segment = segment(claim, field, &message.text, heard)?;
    let taken = is_taken(claim, field, segment.as_ref(), heard.reading);
    if taken || is_of_another(claim, field, &message.text, heard) {
        return Err(Doubt::Taken);
    }
    let replaces = heard.context.replaced(field, segment.as_ref());
    Ok(Finding {
        field,
        segment,
        replaces: replaces.filter(|old| *old != value),
        value,
        quote: quote.to_owned(),
        line: claim.message,
        speaker: Some(message.speaker.clone()).filter(|name| !name.is_empty()),
        by: Finder::Model,
    })
}

fn is_odd(c: char) -> bool {
    c.is_control() && c != '\n' || has_no_form(c)
}

/// Whether words stand in a text as words of their own: "$49" does not stand in "$490".
fn stands_in(words: &str, text: &str) -> bool {
    let joins = |one: Option<char>, two: Option<char>| {
        let inner = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        inner(one) && inner(two)
    };
    text.match_indices(words).any(|(at, _)| {
        let end = at + words.len();
        let before = text[..at].chars().next_back();
        let after = text[end..].chars().next();
        let number_goes_on = matches!(after, Some('.' | ',' | '%'))
            && words.ends_with(|c: char| c.is_ascii_digit())
            && (after == Some('%') || text[end + 1..].starts_with(|c: char| c.is_ascii_digit()));
        let number_begins = matches!(before, Some('.' | ',' | '$' | '€' | '£' | '-'))
            && words.starts_with(|c: char| c.is_ascii_digit())
            && (matches!(before, Some('$' | '€' | '£'))
                || text[..at - 1].ends_with(|c: char| c.is_ascii_digit()));
        !joins(before, words.chars().next())
            && !joins(words.chars().next_back(), after)
            && !number_goes_on
            && !number_begins
    })
}

/// Whether a number is only a part of what the quote says, and the whole means something else: "45" of
/// "45 days", "$1.2" of "$1.2 million", "20" of "20-25".
fn is_cut(words: &str, quote: &str, parses: impl Fn(&str) -> bool) -> bool {
    let whole = |at: usize| {
        let rest = &quote[at..];
        let length = scan(rest).map_or(0, |it| it.length);
        length <= words.len() || parses(&rest[..length])
    };
    let mut places = quote.match_indices(words).map(|(at, _)| at);
    !places.any(whole)
}

fn segment(
    claim: &Claim,
    field: &Field,
    message: &str,
    heard: &Heard<'_>,
) -> Result<Option<Segment>, Doubt> {
    let segments = heard.context.plan.map_or(&[][..], |plan| plan.segments());
    let named = match claim.segment.as_deref().map(str::trim) {
        None | Some("") => None,
        Some(name) => {
            let known = segments.iter().find(|known| known.as_str() == name);
            let known = known.ok_or(Doubt::UnknownSegment)?;
            if !stands_in(&fold(known.as_str()), &fold(message)) {
                return Err(Doubt::UnknownSegment);
            }
            Some(known.clone())
        }
    };
    let is_open = segments.len() > 1 && !segments.iter().any(Segment::is_main);
    let segment = heard.context.segment(field, named.clone());
    if segment.is_some() && named.is_none() && is_open {
        return Err(Doubt::UnknownSegment);
    }
    Ok(segment)
}

/// Whether the reader has a finding for this field there.
fn has(reading: &Reading, field: &Field) -> bool {
    let lists = reading.proposals.iter().chain(&reading.hypotheses);
    let in_lists = lists.into_iter().any(|it| it.field.name == field.name);
    in_lists
        || reading
            .conflicts
            .iter()
            .any(|it| it.field.name == field.name)
}

/// Whether the reader has a value for the field, or has given these words to another one.
fn is_taken(claim: &Claim, field: &Field, segment: Option<&Segment>, reading: &Reading) -> bool {
    let disputed = reading.conflicts.iter();
    let mut disputed = disputed.flat_map(|conflict| &conflict.values);
    let value = fold(&claim.value);
    let takes = |finding: &Finding| {
        let here = finding.field == field && finding.segment.as_ref() == segment;
        let words = finding.line == claim.message && stands_in(&value, &fold(&finding.quote));
        here || words
    };
    let mut read = reading.proposals.iter().chain(&reading.hypotheses);
    read.any(takes) || disputed.any(takes) || is_asked(&value, reading)
}

/// Whether the message by itself gives these words to another field, whichever message the value is cited from.
fn is_of_another(claim: &Claim, field: &Field, message: &str, heard: &Heard<'_>) -> bool {
    let alone = read_message(message, heard.context);
    let value = fold(&claim.value);
    let here = |it: &&Finding| stands_in(&value, &fold(&it.quote));
    let mut read = alone.proposals.iter().filter(here).peekable();
    read.peek().is_some() && read.all(|it| it.field != field)
}

/// Whether the reader asks about these very words, because they have two readings.
fn is_asked(value: &str, reading: &Reading) -> bool {
    let asks = |question: &String| stands_in(value, &fold(question));
    !words(value).is_empty() && reading.questions.iter().any(asks)
}
