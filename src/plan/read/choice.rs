//! One of a field's choices, or several of them.

use std::collections::BTreeSet;

use super::refusal::Refusal;
use super::{placeholder, words};
use crate::plan::field::{Choice, Field, Items};
use crate::plan::{Value, ValueError};
use crate::text;

/// Reads one choice by its slug, its label or a synonym.
pub(super) fn parse_one(field: &Field, input: &str) -> Result<&'static Choice, ValueError> {
    let wanted = text::key(input);
    let bare = ["a ", "an ", "the ", "our "]
        .iter()
        .find_map(|article| wanted.strip_prefix(article));
    let found = find(field, &wanted).or_else(|| bare.and_then(|bare| find(field, bare)));
    if let Some(choice) = found {
        return Ok(choice);
    }
    if let Some(slugs) = readings(field, &wanted) {
        let named: Vec<String> = slugs.iter().map(|slug| format!("`{slug}`")).collect();
        let problem = format!("that can mean {}", text::series(&named, "or"));
        let each = slugs.iter().map(|&slug| slug.to_owned());
        return Err(Refusal::new(problem).trying(each).of(field, input));
    }
    if placeholder::holds_place(field, input) {
        return Err(placeholder::refusal(field, input));
    }
    Err(unknown(field, input))
}

fn find(field: &Field, wanted: &str) -> Option<&'static Choice> {
    field.choices.iter().find(|choice| {
        text::is_key(wanted, choice.slug)
            || text::is_key(wanted, choice.label)
            || choice
                .synonyms
                .iter()
                .any(|synonym| text::is_key(wanted, synonym))
    })
}

/// The slugs of a word that fits several choices.
fn readings(field: &Field, wanted: &str) -> Option<&'static [&'static str]> {
    let known = field
        .ambiguous
        .iter()
        .find(|(words, _)| text::is_key(wanted, words));
    known.map(|&(_, slugs)| slugs)
}

/// The error of words that are no choice: with what they may be a slip of, else with all choices.
fn unknown(field: &Field, input: &str) -> ValueError {
    let near = near_slugs(field, input);
    let named = |slugs: Vec<&'static str>| -> Vec<String> {
        slugs.iter().map(|slug| format!("`{slug}`")).collect()
    };
    if !near.is_empty() {
        let verb = if near.len() == 1 { "is" } else { "are" };
        let problem = format!(
            "that is no choice of {}; the nearest {verb} {}",
            field.label,
            text::series(&named(near.clone()), "and")
        );
        let each = near.iter().map(|&slug| slug.to_owned());
        return Refusal::new(problem).trying(each).of(field, input);
    }
    let all = named(field.choices.iter().map(|choice| choice.slug).collect());
    let problem = format!(
        "that is no choice of {}; the choices are {}",
        field.label,
        text::series(&all, "and")
    );
    let each = field.choices.iter().map(|choice| choice.slug.to_owned());
    Refusal::new(problem).trying(each).of(field, input)
}

/// The choices one of whose spellings is near, nearest first.
fn near_slugs(field: &Field, input: &str) -> Vec<&'static str> {
    let spellings: Vec<(&'static str, &'static str)> = field
        .choices
        .iter()
        .flat_map(|choice| {
            let own = [choice.slug, choice.label].into_iter();
            own.chain(choice.synonyms.iter().copied())
                .map(|spelling| (spelling, choice.slug))
        })
        .collect();
    let mut near = text::nearest(input, spellings.iter().map(|&(spelling, _)| spelling));
    if near.is_empty() {
        // "14-day free trial" has the words of a choice in it, "key" is a word of one.
        let wanted = format!(" {} ", text::key(input));
        near = spellings
            .iter()
            .map(|&(spelling, _)| spelling)
            .filter(|spelling| {
                let known = format!(" {} ", text::key(spelling));
                wanted.len() > 4 && (wanted.contains(&known) || known.contains(&wanted))
            })
            .collect();
    }
    let mut slugs = Vec::new();
    for near in near {
        for &(_, slug) in spellings.iter().filter(|&&(spelling, _)| spelling == near) {
            if !slugs.contains(&slug) {
                slugs.push(slug);
            }
        }
    }
    slugs.truncate(3);
    slugs
}

/// Reads several choices in one line; all of it may be one choice whose spelling has an "and".
pub(super) fn parse_set_words(field: &Field, input: &str) -> Result<Value, ValueError> {
    match find(field, &text::key(input)) {
        Some(choice) => Ok(Value::Set(BTreeSet::from([choice.slug.to_owned()]))),
        None => parse_set(field, &words::items(input, Items::Phrases)),
    }
}

/// Reads several choices, each by itself; no item at all is the answer "none".
pub(super) fn parse_set(field: &Field, items: &[String]) -> Result<Value, ValueError> {
    let mut slugs = BTreeSet::new();
    if let [only] = items
        && words::is_none(only)
        && find(field, &text::key(only)).is_none()
    {
        return Ok(Value::Set(slugs));
    }
    for item in items {
        slugs.insert(parse_one(field, item)?.slug.to_owned());
    }
    if slugs.len() > field.most {
        let problem = format!(
            "{} takes {} at most, and these are {}",
            field.label,
            field.most,
            slugs.len()
        );
        return Err(field.refuse(&items.join(", "), problem));
    }
    Ok(Value::Set(slugs))
}
