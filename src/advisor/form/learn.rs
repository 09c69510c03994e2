//! The form by which a document is taught: a pasted text, or a message with what hangs on it.

use jiff::civil::Date;

use super::{
    Asks, CARRIED, Choice, Fault, Filled, Form, FormKind, Input, InputKind, LONGEST, PIECES, Part,
    field_of,
};
use crate::advisor::case::{Case, private};
use crate::advisor::learn::{Offered, opened, pasted, teach};
use crate::advisor::lesson::{Lesson, Room};
use crate::advisor::prose::{cut, stopped};
use crate::advisor::{DeskNeeds, Needs, OpenedFile, Picked, Role, Shortcut, Turn, act};
use crate::documents::{ENDINGS, SharedFile, Unreadable, Visible, limit, title_of};

const TITLE: &str = "title";
const FILES: &str = "files";
const TEXT: &str = "text";
const DATED: &str = "dated";
const WHERE: &str = "where";
const HERE: &str = "here";
const EVERYWHERE: &str = "everywhere";

/// The form with nothing in it; with a field for files where the bot may read them.
pub(super) fn empty(everywhere: bool, files: Option<Input>) -> Form {
    let mut text = text(TEXT.to_owned(), String::new());
    let hint = if files.is_some() {
        "In place of files. Up to 3,000 characters."
    } else {
        "Up to 3,000 characters. I may not read files here: the permission `files:read` is missing."
    };
    hint.clone_into(&mut text.hint);
    let mut whom = whom();
    if everywhere && let InputKind::Choice(choices) = &mut whom.kind {
        choices.reverse();
    }
    let mut asked = vec![title(String::new())];
    asked.extend(files);
    asked.extend([text, day(), whom]);
    let parts = asked.into_iter().map(Part::Ask).collect();
    form(parts, String::new(), Vec::new())
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
        hint: "What answers cite it as; left empty, the file’s name or the first words".to_owned(),
        optional: true,
        kind: InputKind::Line {
            initial,
            most: limit::TITLE,
        },
    }
}

/// The field for files.
pub(super) fn files() -> Input {
    Input {
        name: FILES.to_owned(),
        label: "Files".to_owned(),
        hint: format!(
            "Markdown, text, PDF or Word (.docx), up to {} MB each",
            limit::FILE / 1024 / 1024
        ),
        optional: true,
        kind: InputKind::Files {
            endings: &ENDINGS,
            most: limit::FILES,
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
        name,
        optional: true,
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

/// What is offered: files, or what stands in the text fields.
fn offered(case: &Case<'_>, filled: &Filled) -> Result<Vec<Offered>, Fault> {
    let titled = filled.answer(TITLE).map(str::trim);
    let titled = titled.filter(|it| !it.is_empty());
    let pieces = (0..PIECES).filter_map(|n| filled.answer(&field_of(TEXT, n)));
    let text: String = pieces.collect();
    let chosen = filled.answer(FILES);
    let files = &case.situation.desk.files;
    match (files.as_slice(), chosen) {
        ([], Some(names)) => Err(fault(FILES, unreachable(names))),
        ([], None) => of_text(&text, titled, filled),
        (_, Some(_)) if !text.trim().is_empty() => Err(fault(
            TEXT,
            "Files and a text at once are too much for one title. Send this off with one of them, then teach the other",
        )),
        (files, _) => of_files(files, titled, chosen.is_some()),
    }
}

fn of_text(text: &str, titled: Option<&str>, filled: &Filled) -> Result<Vec<Offered>, Fault> {
    let offered = pasted(text, titled).map_err(|why| fault(TEXT, told(why)))?;
    let link = Some(filled.carried.clone()).filter(|it| !it.is_empty());
    Ok(vec![Offered { link, ..offered }])
}

/// The files that were chosen in the form, or else those of the message.
fn of_files(
    files: &[OpenedFile],
    titled: Option<&str>,
    chosen: bool,
) -> Result<Vec<Offered>, Fault> {
    let (mut offered, refused) = opened(files);
    if !refused.is_empty() {
        // The form of a message has no field for its files, and with several of them no title.
        let input = match files {
            _ if chosen => FILES,
            [_] => TITLE,
            _ => WHERE,
        };
        let why = refused
            .iter()
            .map(|(name, why)| format!("{}: {why}", cut(name, 60)));
        let why: Vec<_> = why.collect();
        return Err(fault(input, format!("I cannot take {}", why.join(" · "))));
    }
    match (offered.as_mut_slice(), titled) {
        ([only], Some(titled)) => titled.clone_into(&mut only.title),
        (several, Some(_)) => {
            let words = format!(
                "One title cannot name {} files. Leave it empty: each is cited by its own name",
                several.len()
            );
            return Err(fault(TITLE, words));
        }
        _ => {}
    }
    Ok(offered)
}

fn unreachable(names: &str) -> String {
    format!(
        "I cannot get at {}. Share it in a message and choose “Learn this” in its menu, or paste the text",
        cut(names, 60)
    )
}

fn told(why: Unreadable) -> String {
    match why {
        Unreadable::NoText | Unreadable::Empty => {
            "There is nothing to learn yet. Choose a file or paste a sentence that answers may cite"
                .to_owned()
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
