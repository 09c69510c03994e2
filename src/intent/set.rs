//! `set` and `unset`: a field, a value, a segment.

use std::ops::Range;

use super::cursor::{Cursor, joined};
use super::place::{components, tail};
use super::words::Word;
use super::{Given, Intent, ParseError};
use crate::plan::{self, Field, Kind, Segment};
use crate::text;

/// The most words that a field's name or alias has.
const NAME_WORDS: usize = 5;

/// The most commands that an error suggests.
const MOST_SUGGESTIONS: usize = 3;

/// The most words that a segment's name is written in.
const SEGMENT_WORDS: usize = 3;

pub(super) fn set(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    let field = field(cursor)?;
    cursor.understand(field.name);
    let whole = cursor.raw_rest();
    let named = named_before_the_value(cursor, field)?;
    skip_separator(cursor, field);
    if !is_free(field) {
        cursor.skip_politeness();
    }
    if cursor.is_done() {
        return Err(no_value(cursor, field));
    }
    if let Some(error) = owner_of_a_section(cursor, field) {
        return Err(error);
    }
    let value = unquoted(cursor.raw_rest()).to_owned();
    let value = match named {
        // "for teams to work together" may be what a sentence begins with.
        Some(segment) if is_free(field) => Given::Either {
            whole: unquoted(whole).to_owned(),
            value,
            segment,
        },
        Some(segment) => Given::For { value, segment },
        None => given(cursor, field)?,
    };
    Ok(Intent::Set { field, value })
}

pub(super) fn unset(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    let field = field(cursor)?;
    cursor.understand(field.name);
    let segment = tail(cursor)?;
    cursor.finish("a field and at most a segment")?;
    Ok(Intent::Unset { field, segment })
}

/// The words are read beside the plan, whose segments they may name.
pub(super) fn what_if(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    while cursor.skip_any(&["the", "our", "we", "set", "charged", "had"]) {}
    if cursor.is_done() {
        let mut error = cursor.error(0, "`what-if` needs a field and a value");
        "what-if price $99/mo".clone_into(&mut error.example);
        return Err(error);
    }
    Ok(Intent::WhatIf(cursor.raw_rest().trim().to_owned()))
}

pub(super) fn sensitivity(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    while cursor.skip_any(&["of", "to", "for", "all", "everything"]) {}
    if cursor.is_done() {
        return Ok(Intent::Sensitivity(None));
    }
    let field = field(cursor)?;
    cursor.finish("at most one field")?;
    Ok(Intent::Sensitivity(Some(field)))
}

/// Reads a field by the longest of its spellings that stands here.
pub(super) fn field(cursor: &mut Cursor<'_>) -> Result<&'static Field, ParseError> {
    while cursor.skip_any(&["the", "our", "my"]) {}
    if cursor.is_done() {
        let command = cursor.error(0, "").understood;
        return Err(cursor.error(0, format!("`{command}` needs a field; `fields` lists them")));
    }
    for n in (1..=name_words(cursor.rest())).rev() {
        // A word of signs alone, such as an emoji, belongs to the value: it is no part of a name.
        if text::key(&cursor.rest()[n - 1].folded).is_empty() {
            continue;
        }
        if let Some(field) = plan::field_called(&cursor.joined(n)) {
            cursor.skip(n);
            return Ok(field);
        }
    }
    Err(no_field(cursor))
}

/// How many of the words may belong to a field's name: those before a sign that ends it.
fn name_words(words: &[Word]) -> usize {
    words
        .iter()
        .take(NAME_WORDS)
        .take_while(|word| !matches!(word.folded.as_str(), "=" | ":"))
        .count()
}

/// The error for words that name no field, or more than one.
fn no_field(cursor: &Cursor<'_>) -> ParseError {
    let Some((length, near)) = nearest(cursor) else {
        return no_near_field(cursor);
    };
    let typed = cursor.joined(length);
    let name = text::quote(&typed);
    let shared = |field: &&'static Field| text::key(field.last_part()) == text::key(&typed);
    let problem = if near.iter().all(shared) {
        format!("{name} is the name of several fields")
    } else {
        format!("I don't know the field {name}")
    };
    let mut error = cursor.error(length, problem);
    let rest = cursor.raw(error.at.end..error.input.len());
    let rest = rest.trim_start_matches(['=', ':']).trim_start();
    let command = error.understood.clone();
    for field in near.iter().take(MOST_SUGGESTIONS) {
        error.suggestions.push(match (&*command, rest) {
            ("set", "") => format!("set {} {}", field.name, field.example()),
            _ => format!("{command} {} {rest}", field.name)
                .trim_end()
                .to_owned(),
        });
    }
    if let (Some(best), "set") = (near.first(), &*command) {
        error.example = format!("set {} {}", best.name, best.example());
    }
    error
}

fn no_near_field(cursor: &Cursor<'_>) -> ParseError {
    let word = cursor.joined(1);
    let component = components()
        .into_iter()
        .find(|name| text::key(name) == text::key(&word));
    let Some(component) = component else {
        let problem = format!(
            "I don't know the field {}; `fields` lists them",
            text::quote(&word)
        );
        return cursor.error(1, problem);
    };
    let problem = format!("`{component}` is a part of the plan with several fields");
    let mut error = cursor.error(1, problem);
    error.suggestions.push(format!("fields {component}"));
    error.example = format!("fields {component}");
    error
}

/// The fields that the next words may be a slip of, nearest first, and how many words that takes.
fn nearest(cursor: &Cursor<'_>) -> Option<(usize, Vec<&'static Field>)> {
    let found = (1..=name_words(cursor.rest())).filter_map(|n| {
        let words = cursor.joined(n);
        let mut near = plan::find_field(&words).err()?;
        near.retain(|field| text::key(field.component()) != text::key(&words));
        let fewest = near.iter().map(|field| slips(&words, field)).min()?;
        near.retain(|field| slips(&words, field) <= fewest + 1);
        Some((n, near, fewest))
    });
    found
        .min_by_key(|&(n, _, fewest)| (fewest, std::cmp::Reverse(n)))
        .map(|(n, near, _)| (n, near))
}

/// How far `words` are from the nearest spelling of a field.
fn slips(words: &str, field: &Field) -> usize {
    let label = field.label();
    [field.name, field.last_part(), label.as_str()]
        .into_iter()
        .chain(field.aliases.iter().copied())
        .map(|spelling| text::distance(words, spelling))
        .min()
        .unwrap_or(usize::MAX)
}

/// "set owner pricing @ana" names who owns a section, which no field of the plan holds.
fn owner_of_a_section(cursor: &Cursor<'_>, field: &Field) -> Option<ParseError> {
    let [section, person] = cursor.rest() else {
        return None;
    };
    let is_person = cursor.raw(person.at.clone()).starts_with(['@', '<']);
    let sections = components();
    let section = sections.iter().find(|it| **it == section.folded)?;
    (field.name == "plan.owner" && is_person).then(|| {
        let command = format!("owner {section} {}", cursor.raw(person.at.clone()));
        let problem = format!("`plan.owner` is one person; who owns `{section}` is set by `owner`");
        let mut error = cursor.error(0, problem);
        error.suggestions = vec![command.clone()];
        error.example = command;
        error
    })
}

fn no_value(cursor: &Cursor<'_>, field: &Field) -> ParseError {
    let problem = format!("`{}` needs a value. {}", field.name, field.question);
    let mut error = cursor.error(0, problem);
    error.example = format!("set {} {}", field.name, field.example());
    error
}

/// `set price for smb to …`: the segment stands between the field and a separator, or a second `for`.
fn named_before_the_value(
    cursor: &mut Cursor<'_>,
    field: &Field,
) -> Result<Option<Segment>, ParseError> {
    let words = cursor.rest();
    let mut behind = words.iter().take(SEGMENT_WORDS + 2).skip(1);
    let ends = |word: &Word| is_separator(word) || (is_free(field) && word.folded == "for");
    let length = match (words.first(), behind.position(ends)) {
        (Some(first), Some(length)) if first.folded == "for" && length > 0 => length,
        _ => return Ok(None),
    };
    let name = joined(&words[1..=length]).replace(' ', "-");
    match Segment::parse(&name) {
        Ok(segment) => {
            cursor.skip(1 + length);
            Ok(Some(segment))
        }
        // Words that are no name are a sentence.
        Err(_) if is_free(field) => Ok(None),
        Err(problem) => {
            cursor.skip(1);
            Err(cursor.error(length, problem))
        }
    }
}

fn is_separator(word: &Word) -> bool {
    matches!(word.folded.as_str(), "=" | ":" | "to" | "->" | "→")
}

/// Skips what may stand between a field and its value. Words of a sentence are kept for a field
/// that takes sentences.
fn skip_separator(cursor: &mut Cursor<'_>, field: &Field) {
    cursor.skip_any(&["=", ":", "to", "->", "→"]);
    if !is_free(field) {
        cursor.skip_any(&["is", "are", "as", "at"]);
    }
}

/// Whether any words at all are a value of the field.
fn is_free(field: &Field) -> bool {
    matches!(field.kind, Kind::Text | Kind::List)
}

/// The value, and the segment that may be named behind it.
pub(super) fn given(cursor: &Cursor<'_>, field: &Field) -> Result<Given, ParseError> {
    let raw = cursor.raw_rest();
    let words = cursor.rest();
    if let Some(end) = closing_quote(raw) {
        let behind = text::fold(&raw[end..]);
        let inner = unquoted(&raw[..end]).to_owned();
        return match behind.strip_prefix("for ") {
            _ if behind.is_empty() => Ok(Given::Whole(inner)),
            Some(name) => match Segment::parse(&name.replace(' ', "-")) {
                Ok(segment) => Ok(Given::For {
                    value: inner,
                    segment,
                }),
                Err(problem) => Err(cursor.error(words.len(), problem)),
            },
            None => Ok(Given::Whole(raw.to_owned())),
        };
    }
    let whole = unquoted(raw).to_owned();
    let Some((segment, before)) = last_for(words, field) else {
        return Ok(Given::Whole(whole));
    };
    let value = unquoted(cursor.raw(before)).to_owned();
    Ok(Given::Either {
        whole,
        value,
        segment,
    })
}

/// The segment behind the last `for`, and where the words before it stand.
fn last_for(words: &[Word], field: &Field) -> Option<(Segment, Range<usize>)> {
    let at = words.iter().rposition(|word| word.folded == "for")?;
    let (before, name) = (words.get(..at)?, words.get(at + 1..)?);
    let longest = if is_free(field) { 1 } else { SEGMENT_WORDS };
    if name.is_empty() || name.len() > longest {
        return None;
    }
    let name = joined(name).replace(' ', "-");
    let name = if is_free(field) {
        name.as_str()
    } else {
        name.trim_end_matches(['.', '!', ','])
    };
    let segment = Segment::parse(name).ok()?;
    Some((segment, before.first()?.at.start..before.last()?.at.end))
}

/// Where the quotation ends with which `raw` begins.
fn closing_quote(raw: &str) -> Option<usize> {
    let is_quote = |letter: char| matches!(letter, '"' | '\u{201C}' | '\u{201D}' | '\u{201E}');
    let mut letters = raw.char_indices();
    letters.next().filter(|&(_, letter)| is_quote(letter))?;
    letters
        .find(|&(_, letter)| is_quote(letter))
        .map(|(at, letter)| at + letter.len_utf8())
}

/// The value without the quotes or the marks that wrap it as a whole.
fn unquoted(raw: &str) -> &str {
    let range = super::words::unwrapped(raw);
    let inner = &raw[range];
    match closing_quote(inner) {
        Some(end) if end == inner.len() => inner
            .trim_matches(['"', '\u{201C}', '\u{201D}', '\u{201E}'])
            .trim(),
        _ => inner,
    }
}
