//! From words to intents: which command it is, and what follows it.

use super::agree::name_of_rule;
use super::cursor::Cursor;
use super::entry::{Entry, ReplyKind, Takes};
use super::look::Look;
use super::place::{component, segment, tail};
use super::question::{asked, asks_why};
use super::table::table;
use super::{Help, Intent, ParseError, proposed};
use crate::plan::Version;
use crate::text;

/// Reads a command. No words at all ask for help.
pub fn parse(words: &str) -> Result<Intent, ParseError> {
    let mut cursor = Cursor::new(words);
    if cursor
        .peek()
        .is_some_and(|word| word.folded.starts_with('/'))
    {
        // In a mention people type the slash command out of habit.
        cursor.skip(1);
    }
    if cursor.is_done() {
        return Ok(Intent::Help(Help::Begin));
    }
    command(&mut cursor)
}

fn command(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    let known = matching(cursor).filter(|_| !asks_why(cursor));
    let Some((entry, length)) = known else {
        return asked(cursor).ok_or_else(|| unknown(cursor));
    };
    cursor.skip(length);
    cursor.skip_any(&[":"]);
    cursor.enter(entry);
    (entry.read)(cursor)
}

/// The command that the next words name, by the longest spelling, and how many words that takes.
fn matching(cursor: &Cursor<'_>) -> Option<(&'static Entry, usize)> {
    spellings()
        .filter(|(_, spelling)| begins_with(cursor, spelling))
        .map(|(entry, spelling)| (entry, spelling.split(' ').count()))
        .max_by_key(|&(_, length)| length)
}

fn spellings() -> impl Iterator<Item = (&'static Entry, &'static str)> {
    table().iter().flat_map(|entry| {
        std::iter::once(entry.name)
            .chain(entry.aliases.iter().copied())
            .map(move |spelling| (entry, spelling))
    })
}

fn begins_with(cursor: &Cursor<'_>, spelling: &str) -> bool {
    let mut words = cursor.rest().iter();
    spelling.split(' ').all(|expected| {
        words.next().is_some_and(|word| {
            word.folded == expected
                || word.folded.trim_end_matches(['.', '!', '?', ',']) == expected
        })
    })
}

fn unknown(cursor: &Cursor<'_>) -> ParseError {
    let word = cursor
        .peek()
        .map(|word| word.folded.clone())
        .unwrap_or_default();
    let begun: Vec<_> = table()
        .iter()
        .filter(|entry| entry.name.split(' ').next() == Some(word.as_str()))
        .collect();
    let problem = match begun.as_slice() {
        _ if is_redo(&word) => {
            "To redo, take back the undo: `undo` with its version number".to_owned()
        }
        [] => format!("I don't know the command {}", text::quote(&word)),
        _ => format!("`{word}` is only the beginning of a command"),
    };
    let mut error = cursor.error(1, problem);
    if is_redo(&word) {
        "history".clone_into(&mut error.example);
        return error;
    }
    let near = text::nearest(&word, spellings().map(|(_, spelling)| spelling));
    let near = near.iter().filter_map(|&near| {
        spellings()
            .find(|&(_, spelling)| spelling == near)
            .map(|(entry, _)| entry)
    });
    let rest = cursor.raw(error.at.end..error.input.len()).to_owned();
    for entry in begun.into_iter().chain(near) {
        let repaired = format!("{} {rest}", entry.name).trim_end().to_owned();
        let suggestion = if takes_a_command(entry) || parse(&repaired).is_err() {
            entry.example.to_owned()
        } else {
            repaired
        };
        if !error.suggestions.contains(&suggestion) {
            error.suggestions.push(suggestion);
        }
    }
    if error.suggestions.is_empty() {
        error.suggestions.extend(as_set(cursor));
    }
    if let Some(best) = error.suggestions.first() {
        error.example.clone_from(best);
    }
    error
}

fn is_redo(word: &str) -> bool {
    word == "redo"
}

/// The words as what `set` takes, where they begin with a field.
fn as_set(cursor: &Cursor<'_>) -> Option<String> {
    // More words, or addresses of people and channels, are talk.
    let words = cursor.raw_rest();
    if cursor.rest().len() > 6 || words.contains(['<', '@']) {
        return None;
    }
    let command = format!("set {words}");
    parse(&command).is_ok().then_some(command)
}

/// Whether another command may follow, in which a second slip would be mended in turn, without end.
fn takes_a_command(entry: &Entry) -> bool {
    matches!(entry.takes, Takes::Command | Takes::ReadingCommand)
}

/// Words that people put behind a command without meaning anything more by them.
const FILLERS: [&str; 8] = ["me", "us", "the", "our", "my", "this", "it", "all"];

/// Reads over fillers, and over "plan", which is all that there is to read.
fn skip_the_plan(cursor: &mut Cursor<'_>) {
    while cursor.skip_any(&FILLERS) {}
    cursor.skip_any(&["plan", "plan?", "plan!"]);
}

pub(super) fn check(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    skip_the_plan(cursor);
    let words = cursor.raw_rest().trim_matches(['`', ' ']);
    let is_a_rules_name = words.contains('-') && !words.contains(char::is_whitespace);
    if is_a_rules_name {
        return Ok(Intent::Look(Look::Rule(name_of_rule(cursor)?)));
    }
    cursor.finish("nothing more, or a rule's name such as field-acv-low")?;
    Ok(Intent::Check)
}

pub(super) fn next(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    cursor.skip_any(&["question", "questions", "step", "steps"]);
    cursor.finish("no further words")?;
    Ok(Intent::Next)
}

pub(super) fn map(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    cursor.finish("no further words")?;
    Ok(Intent::Map)
}

pub(super) fn help(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    while cursor.skip_any(&["me", "us", "there", "you", "please", "with", "on"]) {}
    if cursor.is_done() {
        return Ok(Intent::Help(Help::Begin));
    }
    if cursor.skip_any(&["all", "everything", "commands"]) {
        cursor.finish("nothing more")?;
        return Ok(Intent::Help(Help::All));
    }
    let (entry, length) = matching(cursor).ok_or_else(|| {
        let mut error = unknown(cursor);
        "help".clone_into(&mut error.example);
        let word = cursor.joined(1);
        let near = text::nearest(&word, table().iter().map(|entry| entry.name));
        error.suggestions = near.iter().map(|name| format!("help {name}")).collect();
        error
    })?;
    cursor.skip(length);
    cursor.understand(entry.name);
    cursor.finish("one command")?;
    Ok(Intent::Help(Help::One(entry)))
}

pub(super) fn plan(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    if cursor.skip_any(&FILLERS) {
        // "show me the plan" means all of it, "plan plan" the component of that name.
        skip_the_plan(cursor);
    }
    let component = match cursor.peek() {
        Some(word) if word.folded != "for" => Some(component(cursor)?),
        _ => None,
    };
    let segment = tail(cursor)?;
    cursor.finish("a component and a segment")?;
    Ok(Intent::Plan { component, segment })
}

pub(super) fn fields(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    let component = if cursor.is_done() {
        None
    } else {
        Some(component(cursor)?)
    };
    cursor.finish("one component")?;
    Ok(Intent::Fields(component))
}

pub(super) fn undo(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    cursor.skip_all_politeness();
    while cursor.skip_any(&[
        "the", "last", "change", "version", "versions", "that", "it", "this",
    ]) {}
    let span = cursor
        .peek()
        .and_then(|word| span(&word.folded))
        .or_else(|| one_of_card(cursor));
    if let Some((first, last)) = span {
        cursor.skip(1);
        let card = proposed::undone_card(cursor)?;
        cursor.finish("version numbers")?;
        return Ok(Intent::TakeBack { first, last, card });
    }
    let version = match cursor.peek() {
        Some(word) => Some(Version(number(cursor, &word.folded, "a version number")?)),
        None => None,
    };
    cursor.skip(1);
    cursor.finish("one version number")?;
    Ok(Intent::Undo(version))
}

/// `3-6`: the versions of one act.
fn span(word: &str) -> Option<(Version, Version)> {
    let (first, last) = word.split_once('-')?;
    let number = |word: &str| word.trim_start_matches(['v', '#']).parse::<u64>().ok();
    let (first, last) = (number(first)?, number(last)?);
    (0 < first && first <= last).then_some((Version(first), Version(last)))
}

/// `3 card 3f2a91c0b7d4`: one version, beside whose undo a card stays in reach.
fn one_of_card(cursor: &Cursor<'_>) -> Option<(Version, Version)> {
    let [version, mark, _] = cursor.rest() else {
        return None;
    };
    let version = Version(
        version
            .folded
            .parse()
            .ok()
            .filter(|_| mark.folded == "card")?,
    );
    Some((version, version))
}

pub(super) fn history(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    cursor.skip_all_politeness();
    if cursor.skip_any(&["all", "everything"]) {
        cursor.finish("one number")?;
        return Ok(Intent::History(Some(usize::MAX)));
    }
    let number = match cursor.peek() {
        Some(word) => Some(number(cursor, &word.folded, "a number of changes")?),
        None => None,
    };
    cursor.skip(1);
    cursor.finish("one number")?;
    // More changes than memory can count are as good as all of them.
    let n = number.map(|n| usize::try_from(n).unwrap_or(usize::MAX));
    Ok(Intent::History(n))
}

pub(super) fn number(cursor: &Cursor<'_>, word: &str, what: &str) -> Result<u64, ParseError> {
    let digits = word.trim_start_matches(['v', '#']);
    match digits.parse() {
        Ok(number) if number > 0 => Ok(number),
        _ => {
            let problem = format!("{} is not {what}", text::quote(word));
            let mut error = cursor.error(1, problem);
            error.example = format!("{} 3", error.understood);
            Err(error)
        }
    }
}

pub(super) fn explain(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    if cursor.is_done() {
        return Err(cursor.error(0, "`explain` needs the name of a rule; `rules` lists them"));
    }
    Ok(Intent::Explain(name_of_rule(cursor)?))
}

/// Reads a question; all words are its own.
pub(super) fn ask(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    if cursor.is_done() {
        return Err(cursor.error(0, "`ask` needs a question"));
    }
    let question = cursor.raw_rest().trim().to_owned();
    cursor.skip(cursor.rest().len());
    Ok(Intent::Ask(question))
}

pub(super) fn rules(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    if cursor.is_done() {
        return Ok(Intent::Rules(None));
    }
    Ok(Intent::Rules(Some(slug(cursor)?)))
}

/// What stands behind `calc` is for the calculators to read.
#[expect(
    clippy::unnecessary_wraps,
    reason = "the table holds readers of one form"
)]
pub(super) fn calc(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    cursor.skip_politeness();
    let words = cursor.raw_rest().to_owned();
    cursor.skip(cursor.rest().len());
    Ok(Intent::Calc(words))
}

/// The remaining words in the form of a slug.
fn slug(cursor: &mut Cursor<'_>) -> Result<String, ParseError> {
    let all = cursor.rest().len();
    let slug = text::words(&cursor.joined(all)).join("-");
    if slug.is_empty() {
        return Err(cursor.error(all, "A name has letters or digits"));
    }
    cursor.skip(all);
    Ok(slug)
}

pub(super) fn add_segment(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    if cursor.is_done() {
        return Err(cursor.error(0, "`segment add` needs a name"));
    }
    Ok(Intent::AddSegment(segment(cursor)?))
}

pub(super) fn share(cursor: &mut Cursor<'_>) -> Result<Intent, ParseError> {
    if cursor.is_done() {
        return Err(cursor.error(0, "`share` needs the command whose answer it shall show"));
    }
    if let Some((entry, length)) = matching(cursor)
        && (entry.reply != ReplyKind::Reading || takes_a_command(entry))
    {
        let problem = format!(
            "`share` works with commands that only read, not with `{}`",
            entry.name
        );
        return Err(cursor.error(length, problem));
    }
    Ok(Intent::Share(Box::new(command(cursor)?)))
}
