//! The form into which a plan is pasted, or a file of it put. What it would change is shown in the channel, where a press
//! applies it.

use super::{
    Asks, Fault, Filled, Form, FormKind, Input, InputKind, LONGEST, PIECES, Part, field_of,
};
use crate::advisor::case::{Case, private};
use crate::advisor::needs::asked;
use crate::advisor::prose::{capitalised, cut, stopped};
use crate::advisor::{DeskNeeds, Needs, Turn, act, import};
use crate::intent::{Carry, Intent};
use crate::plan::FileError;

const FILE: &str = "file";
const PLAN: &str = "plan";

/// How the names of plan files end.
const ENDINGS: [&str; 5] = ["toml", "json", "csv", "md", "markdown"];

/// How many faults are told at once: they stand below the field, in one line.
const MOST_FAULTS: usize = 3;

/// The form with nothing in it.
pub(super) fn empty(reads_files: bool) -> Form {
    let words = "TOML, JSON, CSV or Markdown, as `export` writes it. I show what it would change; \
                 nothing is changed before somebody presses Apply.";
    let mut parts = vec![Part::Words(words.to_owned())];
    parts.extend(reads_files.then(|| Part::Ask(file())));
    parts.extend((0..PIECES).map(|n| Part::Ask(piece(n, reads_files))));
    Form {
        kind: FormKind::Import,
        title: "Import a plan",
        submit: "Show changes",
        parts,
        carries: String::new(),
        files: Vec::new(),
    }
}

fn file() -> Input {
    Input {
        name: FILE.to_owned(),
        label: "File".to_owned(),
        hint: "TOML, JSON, CSV or Markdown, up to 1 MB".to_owned(),
        optional: true,
        kind: InputKind::Files {
            endings: &ENDINGS,
            most: 1,
        },
    }
}

/// A field for a piece of the plan; where a file may take its place it may stay empty.
fn piece(n: usize, beside_file: bool) -> Input {
    let (label, hint) = match n {
        0 if beside_file => (
            "Plan",
            "In place of a file. Up to 3,000 characters here; a longer one goes on below.",
        ),
        0 => (
            "Plan",
            "Up to 3,000 characters here; a longer one goes on below.",
        ),
        _ => ("Plan, continued", ""),
    };
    Input {
        name: field_of(PLAN, n),
        label: label.to_owned(),
        hint: hint.to_owned(),
        optional: beside_file || n > 0,
        kind: InputKind::Text {
            initial: String::new(),
        },
    }
}

/// The command that does the same.
pub(super) fn as_command() -> Intent {
    Intent::Carry(Carry::Import(String::new()))
}

pub(super) fn needs(filled: &Filled) -> Needs {
    let command = asked(&as_command());
    Needs {
        desk: DeskNeeds {
            texts: filled.answer(FILE).is_some(),
            ..command.desk
        },
        ..command
    }
}

/// Shows what the plan that was chosen or pasted would change.
pub(super) fn turn(case: &Case<'_>, filled: &Filled) -> Turn {
    if let Some(name) = filled.answer(FILE) {
        return of_file(case, filled, name);
    }
    let text = match whole(filled) {
        Ok(text) => text,
        Err(fault) => return mend(fault),
    };
    match import::understood(&text, case.today()) {
        Ok((text, plan)) => import::offered(case, text, &plan),
        Err(error) => mend(Fault {
            input: PLAN.to_owned(),
            words: told(&error),
        }),
    }
}

fn of_file(case: &Case<'_>, filled: &Filled, name: &str) -> Turn {
    let pasted = (0..PIECES).find(|n| filled.answer(&field_of(PLAN, *n)).is_some());
    if let Some(n) = pasted {
        return mend(Fault {
            input: field_of(PLAN, n),
            words: "I take one plan at a time. Send this off with the file or with the text"
                .to_owned(),
        });
    }
    let wrong = |words: String| {
        mend(Fault {
            input: FILE.to_owned(),
            words,
        })
    };
    let [one] = case.situation.desk.texts.as_slice() else {
        return wrong(format!(
            "I cannot get at {}. Share it in a message that mentions me with the word import, or paste the plan",
            cut(name, 60)
        ));
    };
    match &one.text {
        Err(why) => wrong(import::not_taken(case, one, *why)),
        Ok(words) => match import::understood_file(&one.file.name, words, case.today()) {
            Ok((text, plan)) => import::offered(case, text, &plan),
            Err(error) => wrong(told(&error)),
        },
    }
}

/// The fields as one text. A field that is full may have cut off what was pasted into it.
fn whole(filled: &Filled) -> Result<String, Fault> {
    let pieces: Vec<_> = (0..PIECES)
        .map(|n| filled.answer(&field_of(PLAN, n)).unwrap_or_default())
        .collect();
    if pieces.iter().all(|piece| piece.trim().is_empty()) {
        return Err(Fault {
            input: PLAN.to_owned(),
            words:
                "There is no plan in it. Choose a file or paste one line at least, such as plan.stage = \"scale\""
                    .to_owned(),
        });
    }
    for (n, piece) in pieces.iter().enumerate() {
        let goes_on = pieces[n + 1..].iter().any(|it| !it.trim().is_empty());
        if piece.chars().count() >= LONGEST && !goes_on {
            return Err(cut_off(n));
        }
    }
    let mut text = String::new();
    for piece in pieces {
        text.push_str(piece);
        // The end of a line gets lost at the end of a field.
        if !piece.is_empty() && piece.chars().count() < LONGEST && !text.ends_with('\n') {
            text.push('\n');
        }
    }
    Ok(text)
}

fn cut_off(n: usize) -> Fault {
    let last = n + 1 == PIECES;
    let words = if last {
        "The form is full, so the end of the plan may be missing. Share a longer one as a file: mention \
         me in its message with the word import"
    } else {
        "The field above is full, so the end of what was pasted may be missing. Paste the rest here"
    };
    Fault {
        input: field_of(PLAN, if last { n } else { n + 1 }),
        words: words.to_owned(),
    }
}

/// Where it cannot be read, in a line.
fn told(error: &FileError) -> String {
    let shown = error.problems.iter().take(MOST_FAULTS);
    let mut told: Vec<String> = shown.map(ToString::to_string).collect();
    let more = error.problems.len().saturating_sub(MOST_FAULTS);
    if more > 0 {
        told.push(format!("and {more} more"));
    }
    capitalised(&told.join(" · "))
}

/// Asks for another text; who sees no form is told what is wrong.
fn mend(fault: Fault) -> Turn {
    let headline = format!("Nothing was imported. {}", stopped(&fault.words));
    Turn {
        asks: Some(Box::new(Asks::Mend(vec![fault]))),
        ..private(act::said(&headline, ""))
    }
}
