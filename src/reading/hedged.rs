//! The words of a reply, without those that only say how sure somebody is.

use super::answers;
use super::{Context, Finding};
use crate::plan::{Field, Kind};
use crate::text;

/// A reply has at most so many words before it says more.
const REPLY: usize = 10;
/// A reply in words of its own has at most so many.
pub(super) const WORDED: usize = 6;

/// Whether a field is said in words of its own.
pub(super) fn is_worded(field: &Field) -> bool {
    matches!(field.kind, Kind::Text | Kind::List)
}

/// Words with which a reply begins that says nothing of what was asked.
const OPEN: &[&str] = &[
    "dunno",
    "idk",
    "good",
    "ask",
    "depends",
    "let",
    "later",
    "maybe",
    "not",
    "who",
    "why",
    "what",
    "when",
    "where",
    "which",
    "how",
    "tell",
    "wait",
    "hm",
    "hmm",
    "sorry",
    "thx",
    "thanks",
    "lol",
    "haha",
    "i'm",
    "i'll",
    "i'd",
    "same",
    "see",
    "nothing",
    "nobody",
    "undecided",
    "unclear",
    "open",
    "pass",
    "don't",
    "can't",
    "never",
    "next",
    "need",
];

/// The words with which a message replies, before it says more.
pub(super) fn reply(message: &str) -> Option<&str> {
    let message = message.trim();
    if message.contains('?') || message.is_empty() {
        return None;
    }
    let ends = [". ", "\n", " - ", " – ", "; ", "! ", " ("];
    let end = ends.iter().filter_map(|it| message.find(it)).min();
    let first = &message[..end.unwrap_or(message.len())];
    let words = answers::without_opinion(first.trim_end_matches(['.', '!', ',']));
    let words = without_hedges(words.trim_end_matches(|it: char| !is_of_value(it)));
    let count = words.split_whitespace().count();
    let first = text::fold(words.split([' ', ',']).next().unwrap_or_default());
    let open = OPEN.contains(&first.as_str()) && !words.contains(|it: char| it.is_ascii_digit());
    let open = open && says_yes(words).is_none();
    (count > 0 && count <= REPLY && !open).then_some(words)
}

/// What a value may end with.
fn is_of_value(letter: char) -> bool {
    letter.is_alphanumeric() || "%€$£+)\"'>".contains(letter)
}

/// A reply without the words that only say how sure or how glad it is.
fn without_hedges(words: &str) -> &str {
    const BEFORE: &[&str] = &[
        "roughly",
        "about",
        "around",
        "probably",
        "mostly",
        "mainly",
        "only",
        "just",
        "well",
        "oh",
        "uh",
        "hm,",
        "well,",
        "so",
        "currently",
        "usually",
        "still",
    ];
    const BEHIND: &[&str] = &[
        "tbh",
        "imo",
        "honestly",
        "i think",
        "i guess",
        "lol",
        "mostly",
        "mainly",
        "only",
        "for now",
        "pls",
        "please",
        "really",
        "basically",
        "obviously",
    ];
    let mut words = words.trim();
    loop {
        let folded = text::fold(words);
        let (first, rest) = words.split_once(' ').unwrap_or((words, ""));
        if !rest.is_empty() && BEFORE.contains(&text::fold(first).as_str()) {
            words = rest.trim_start();
            continue;
        }
        let tail = BEHIND.iter().find(|it| {
            let before = folded.strip_suffix(**it);
            before.is_some_and(|it| it.ends_with([' ', ',']))
        });
        let cut = tail.and_then(|it| words.get(..words.len().checked_sub(it.len())?));
        match cut {
            Some(cut) => words = cut.trim_end_matches([' ', ',']),
            None => return words,
        }
    }
}

/// Whether words begin by saying yes or no.
pub(super) fn says_yes(words: &str) -> Option<bool> {
    let folded = text::fold(words);
    let begins = |known: &[&str]| {
        known.iter().any(|it| {
            let rest = folded.strip_prefix(it);
            rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '\''))
        })
    };
    let yes = [
        "yes",
        "yep",
        "yeah",
        "yup",
        "sure",
        "of course",
        "ofc",
        "always",
        "absolutely",
        "definitely",
        "correct",
        "right",
        "we do",
        "they do",
        "we are",
        "it is",
        "indeed",
        "exactly",
    ];
    let no = [
        "no",
        "nope",
        "nah",
        "not yet",
        "not really",
        "not anymore",
        "never",
        "we don't",
        "they don't",
        "none",
        "not at all",
        "not today",
    ];
    begins(&yes)
        .then_some(true)
        .or_else(|| begins(&no).then_some(false))
}

/// Gives a text the words of the reply.
pub(super) fn worded(found: &mut Finding, words: &str, context: &Context<'_>) {
    let short = words.split_whitespace().count() <= WORDED;
    let first = text::fold(words.split([' ', ',']).next().unwrap_or_default());
    if !is_worded(found.field) || !short || OPEN.contains(&first.as_str()) {
        return;
    }
    let mut own = words;
    while let Some((first, rest)) = own.split_once(' ')
        && ["the", "our", "a", "an", "their", "we", "it's", "that's"]
            .contains(&text::fold(first).as_str())
    {
        own = rest;
    }
    if let Ok(value) = found.field.parse(own, &context.parse) {
        found.value = value;
    }
}
