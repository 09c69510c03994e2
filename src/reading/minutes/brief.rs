//! Answers of a few words, which are a value of what was spoken of whatever they are by themselves: "marketing
//! then", "yes", "the qc lab".

use std::collections::HashSet;
use std::sync::LazyLock;

use super::super::answers;
use super::super::hedged::{reply, says_yes};
use super::super::thread::Said;
use super::super::{Context, Finding};
use super::topics::About;
use crate::plan::{self, Field, Kind, Segment, Value};
use crate::text;

/// Words with which an answer begins or ends that are none of it.
const OPENING: &[&str] = &[
    "ok", "okay", "so", "then", "yes", "yep", "yeah", "no", "nah", "nope", "fine", "hm", "hmm",
    "true", "right", "well", "and", "but", "the", "our", "a", "an", "just", "only", "still",
    "also", "plus", "it's", "its", "that's", "say", "put", "let's", "lets", "make", "take", "we",
    "use", "go", "with", "i'd", "it", "is", "stay", "keep", "mostly", "usually", "ja", "nein",
    "oui", "non", "dann",
];
const CLOSING: &[&str] = &[
    "then",
    "first",
    "too",
    "only",
    "please",
    "pls",
    "lol",
    "imo",
    "tbh",
    "obviously",
    "always",
    "instead",
    "though",
    "it",
    "is",
    "yes",
    "ok",
    "now",
    "again",
    "still",
    "also",
    "right",
    "for",
    "i",
    "think",
    "guess",
    "mostly",
    "usually",
    "zuerst",
    "as",
    "well",
    "haha",
    "btw",
];

/// Words that hold the place of an answer.
const OPEN: &[&str] = &[
    "tbd",
    "tba",
    "n/a",
    "na",
    "unknown",
    "unclear",
    "open",
    "undecided",
    "later",
    "depends",
];

/// What a few words say of each field that may be spoken of, with how likely it is.
pub(super) fn answers(
    message: &Said,
    (about, segment): (&[About], Option<&Segment>),
    context: &Context<'_>,
) -> Vec<(f64, Finding)> {
    let Some(words) = reply(&message.text) else {
        return Vec::new();
    };
    let mut all = Vec::new();
    for words in forms(words) {
        for (chance, field) in about {
            let value = value(words, field, context);
            all.extend(value.map(|value| {
                let mut finding = answers::finding(field, value, words, context);
                finding.segment = context.segment(field, segment.cloned());
                (*chance, finding)
            }));
        }
    }
    all
}

fn value(words: &str, field: &'static Field, context: &Context<'_>) -> Option<Value> {
    if OPEN.contains(&text::fold(words).as_str()) {
        return None;
    }
    match field.kind {
        Kind::YesNo => says_yes(words).map(Value::YesNo),
        Kind::Choice | Kind::Set if !names_choices(words, field) => None,
        // A date is told by rules, and no word of a talk is one by chance.
        Kind::Date | Kind::ChannelDates => None,
        _ => field.parse(words, &context.parse).ok(),
    }
}

/// Whether words are choices of a field by their names: to say why others are none takes longer than to look.
fn names_choices(words: &str, field: &'static Field) -> bool {
    static NAMES: LazyLock<HashSet<(&str, String)>> = LazyLock::new(|| {
        let fields = plan::fields().iter();
        let names = fields.flat_map(|field| {
            let choices = field.choices.iter().flat_map(|choice| {
                let own = [choice.slug, choice.label].into_iter();
                own.chain(choice.synonyms.iter().copied())
            });
            choices.map(|name| (field.name, text::key(name)))
        });
        names.collect()
    });
    let folded = text::fold(words).replace(" and ", ",");
    let mut items = folded.split([',', '+', '&']).map(text::key);
    items.all(|it| NAMES.contains(&(field.name, it)))
}

/// An answer as it stands, without what only opens or closes it, and up to its first comma.
fn forms(words: &str) -> Vec<&str> {
    let comma = words.find([',', ';', '.']).map(|at| &words[..at]);
    let mut forms = vec![words, bare(words)];
    forms.extend(comma.map(bare));
    forms.retain(|it| !it.is_empty());
    forms.sort_unstable();
    forms.dedup();
    forms
}

fn bare(words: &str) -> &str {
    let is = |word: &str, list: &[&str]| {
        let word = text::fold(word);
        list.contains(&word.trim_matches([',', '.', '!']))
    };
    let mut words = words.trim();
    while let Some((first, rest)) = words.split_once(' ')
        && is(first, OPENING)
    {
        words = rest.trim_start();
    }
    while let Some((rest, last)) = words.rsplit_once(' ')
        && is(last, CLOSING)
    {
        words = rest.trim_end();
    }
    words.trim_matches([',', '.', '!', ' '])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_bare_of_what_opens_and_closes_it() {
        assert_eq!(bare("ok so the qc lab then"), "qc lab");
        assert_eq!(bare("hamburg first"), "hamburg");
        assert_eq!(forms("no, monthly"), ["monthly", "no", "no, monthly"]);
    }
}
