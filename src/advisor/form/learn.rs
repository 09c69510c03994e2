//! The form by which a document is taught: a pasted text, or a message with what hangs on it.

use jiff::civil::Date;

use super::{
    Asks, CARRIED, Choice, Fault, Filled, Form, FormKind, Input, InputKind, LONGEST, PIECES, Part,
    field_of,
};
use crate::advisor::case::{Case, private};
use crate::advisor::learn::{Lesson, Offered, Room, opened, pasted, teach};
use crate::advisor::prose::{cut, stopped};
use crate::advisor::{DeskNeeds, Needs, Picked, Role, Shortcut, Turn, act};
use crate::documents::{SharedFile, Unreadable, Visible, limit, title_of};

const TITLE: &str = "title";
const TEXT: &str = "text";
const DATED: &str = "dated";
const WHERE: &str = "where";
const HERE: &str = "here";
const EVERYWHERE: &str = "everywhere";

/// The form with nothing in it.
pub(super) fn empty(everywhere: bool) -> Form {
    let mut text = text(TEXT.to_owned(), String::new());
    "Up to 3,000 characters. For a longer one, share a file and choose “Learn this” in its message’s menu."
        .clone_into(&mut text.hint);
    let mut whom = whom();
    if everywhere && let InputKind::Choice(choices) = &mut whom.kind {
        choices.reverse();
    }
    form(
        vec![
            Part::Ask(title(String::new())),
            Part::Ask(text),
            Part::Ask(day()),
            Part::Ask(whom),
        ],
        String::new(),
        Vec::new(),
    )
}

/// The form with what a message says, or with the files that hang on it.
pub(super) fn of_message(picked: &Picked, files: &[SharedFile]) -> Option<Form> {
    if picked.shortcut != Shortcut::Learn {
        return None;
    }
    let taken = taken(picked, files);
    let mut parts = Vec::new();
    match taken.as_slice() {
        [] => {
            let pieces = pieces(&picked.words);
            let begins = picked.words.lines().next().unwrap_or_default();
            parts.push(Part::Ask(title(cut(begins, 60))));
            parts.extend(
                pieces
                    .into_iter()
                    .enumerate()
                    .map(|(n, piece)| Part::Ask(text(field_of(TEXT, n), piece))),
            );
        }
        taken => {
            let names: Vec<_> = taken.iter().map(|it| cut(&it.name, 60)).collect();
            let others = if taken.len() < files.len() {
                format!(
                    ". It has {} files; the others can be taught by mentioning me with the word learn",
                    files.len()
                )
            } else {
                String::new()
            };
            let names = names.join(", ");
            parts.push(Part::Words(format!("From that message: {names}{others}")));
            if let [only] = taken {
                parts.push(Part::Ask(title(cut(&title_of(&only.name), limit::TITLE))));
            }
        }
    }
    parts.extend([Part::Ask(day()), Part::Ask(whom())]);
    Some(form(parts, picked.link.clone().unwrap_or_default(), taken))
}

/// As many of the message's files as there is room for.
fn taken(picked: &Picked, files: &[SharedFile]) -> Vec<SharedFile> {
    let link = picked.link.as_ref().map_or(0, String::len);
    let mut taken = files.to_vec();
    let length = |it: &Vec<SharedFile>| serde_json::to_string(it).map_or(usize::MAX, |it| it.len());
    while !taken.is_empty() && length(&taken) + link > CARRIED {
        taken.pop();
    }
    taken
}

/// `link` leads to the message that the text is from.
fn form(parts: Vec<Part>, link: String, files: Vec<SharedFile>) -> Form {
    Form {
        kind: FormKind::Learn,
        title: "Teach a document",
        submit: "Learn it",
        parts,
        carries: link,
        files,
    }
}

fn title(initial: String) -> Input {
    Input {
        name: TITLE.to_owned(),
        label: "Title".to_owned(),
        hint: "What answers cite it as".to_owned(),
        optional: false,
        kind: InputKind::Line {
            initial,
            most: limit::TITLE,
        },
    }
}

fn text(name: String, initial: String) -> Input {
    let label = if name == TEXT {
        "Text"
    } else {
        "Text, continued"
    };
    Input {
        optional: name != TEXT,
        name,
        label: label.to_owned(),
        hint: String::new(),
        kind: InputKind::Text { initial },
    }
}

fn day() -> Input {
    Input {
        name: DATED.to_owned(),
        label: "Date of the text".to_owned(),
        hint: "So that readers see how old it is".to_owned(),
        optional: true,
        kind: InputKind::Day { initial: None },
    }
}

fn whom() -> Input {
    Input {
        name: WHERE.to_owned(),
        label: "Who gets answers from it".to_owned(),
        hint: String::new(),
        optional: false,
        kind: InputKind::Choice(vec![
            Choice {
                name: HERE,
                label: "This channel only",
            },
            Choice {
                name: EVERYWHERE,
                label: "Every channel (needs an admin)",
            },
        ]),
    }
}

/// A text cut into what fits one field each, between lines where it can be.
fn pieces(words: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    for line in words.split_inclusive('\n') {
        let mut letters: Vec<char> = line.chars().collect();
        while !letters.is_empty() {
            let last = pieces.last_mut().expect("there is always one");
            let room = LONGEST - last.chars().count();
            let fits = letters.len() <= room;
            if !fits && !last.is_empty() {
                pieces.push(String::new());
                continue;
            }
            last.extend(letters.drain(..letters.len().min(room)));
        }
    }
    pieces.truncate(PIECES);
    pieces
}

pub(super) fn needs() -> Needs {
    Needs {
        role: true,
        desk: DeskNeeds {
            documents: true,
            files: true,
            ..DeskNeeds::default()
        },
        ..Needs::default()
    }
}

/// Learns what was filled in.
pub(super) fn turn(case: &Case<'_>, filled: &Filled) -> Turn {
    match lesson(case, filled) {
        Ok((lesson, offered)) => teach(case, &lesson, offered, &[]),
        Err(faults) => mend(faults),
    }
}

/// Asks for other answers; who sees no form is told the first thing that is wrong.
fn mend(faults: Vec<Fault>) -> Turn {
    let first = faults.first().map(|it| stopped(&it.words));
    let headline = format!("Nothing was learned. {}", first.unwrap_or_default());
    Turn {
        asks: Some(Box::new(Asks::Mend(faults))),
        ..private(act::said(&headline, ""))
    }
}

fn lesson(case: &Case<'_>, filled: &Filled) -> Result<(Lesson, Vec<Offered>), Vec<Fault>> {
    let mut faults = Vec::new();
    let visible = visible(case, filled).unwrap_or_else(|fault| {
        faults.push(fault);
        Visible::Workspace
    });
    let dated = dated(case, filled).unwrap_or_else(|fault| {
        faults.push(fault);
        None
    });
    let offered = offered(case, filled).unwrap_or_else(|fault| {
        faults.push(fault);
        Vec::new()
    });
    let lesson = Lesson { visible, dated };
    if faults.is_empty() && lesson.room(case, &offered) == Room::Full {
        faults.push(fault(
            WHERE,
            format!(
                "{} documents are kept there at most. Remove one that is out of date first: {}",
                limit::DOCUMENTS,
                case.typed("documents")
            ),
        ));
    }
    if faults.is_empty() {
        Ok((lesson, offered))
    } else {
        Err(faults)
    }
}

fn visible(case: &Case<'_>, filled: &Filled) -> Result<Visible, Fault> {
    if filled.answer(WHERE) != Some(EVERYWHERE) {
        return Ok(Visible::Channel(case.inbound.place.channel.clone()));
    }
    if case.situation.actor.role == Role::Admin {
        return Ok(Visible::Workspace);
    }
    let words = "Only admins of the workspace teach every channel. Choose “This channel only”";
    Err(fault(WHERE, words))
}

fn dated(case: &Case<'_>, filled: &Filled) -> Result<Option<Date>, Fault> {
    let Some(words) = filled.answer(DATED) else {
        return Ok(None);
    };
    let Ok(day) = words.parse::<Date>() else {
        return Err(fault(DATED, "Choose a day, such as 2026-03-01"));
    };
    // Somewhere on earth it is tomorrow already.
    let latest = case.today().tomorrow().unwrap_or(Date::MAX);
    if day > latest {
        return Err(fault(
            DATED,
            format!(
                "{day} is still to come. Choose the day that the text is of, or leave it empty"
            ),
        ));
    }
    Ok(Some(day))
}

/// What is offered: the files of the message, or what stands in the text fields.
fn offered(case: &Case<'_>, filled: &Filled) -> Result<Vec<Offered>, Fault> {
    let titled = filled.answer(TITLE).map(str::trim);
    let titled = titled.filter(|it| !it.is_empty());
    let files = &case.situation.desk.files;
    if files.is_empty() {
        let pieces = (0..PIECES).filter_map(|n| filled.answer(&field_of(TEXT, n)));
        let text: String = pieces.collect();
        let offered = pasted(&text, titled).map_err(|why| fault(TEXT, told(why)))?;
        let link = Some(filled.carried.clone()).filter(|it| !it.is_empty());
        return Ok(vec![Offered { link, ..offered }]);
    }
    let (mut offered, refused) = opened(files);
    if let Some((name, why)) = refused.first() {
        // With several files there is no title to show it at.
        let input = if files.len() == 1 { TITLE } else { WHERE };
        let words = format!("I cannot take {}: {why}", cut(name, 60));
        return Err(fault(input, words));
    }
    if let ([only], Some(titled)) = (offered.as_mut_slice(), titled) {
        titled.clone_into(&mut only.title);
    }
    Ok(offered)
}

fn told(why: Unreadable) -> String {
    match why {
        Unreadable::NoText | Unreadable::Empty => {
            "There is no text in it. Paste a sentence that answers may cite".to_owned()
        }
        other => format!("I cannot take it: {other}"),
    }
}

fn fault(input: &str, words: impl Into<String>) -> Fault {
    Fault {
        input: input.to_owned(),
        words: words.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_laid_out_in_fields_and_comes_back_whole() {
        let check = |words: &str, expected: &[usize]| {
            let found = pieces(words);
            let lengths: Vec<_> = found.iter().map(|it| it.chars().count()).collect();
            assert_eq!(lengths, expected);
            assert!(words.starts_with(&found.concat()));
        };
        check("", &[0]);
        check("short", &[5]);
        check(&"é".repeat(3_001), &[3_000, 1]);
        let lines = format!("{}\n{}\n", "a".repeat(2_000), "b".repeat(1_500));
        check(&lines, &[2_001, 1_501]);
        check(&"x".repeat(20_000), &[3_000; 5]);
    }
}
