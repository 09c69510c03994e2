//! The form into which a plan is pasted. What it would change is shown in the channel, where a press
//! applies it.

use super::{
    Asks, Fault, Filled, Form, FormKind, Input, InputKind, LONGEST, PIECES, Part, field_of,
};
use crate::advisor::case::{Case, private};
use crate::advisor::prose::{capitalised, stopped};
use crate::advisor::{Turn, act, import};
use crate::intent::{Carry, Intent};
use crate::plan::FileError;

const PLAN: &str = "plan";

/// How many faults are told at once: they stand below the field, in one line.
const MOST_FAULTS: usize = 3;

/// The form with nothing in it.
pub(super) fn empty() -> Form {
    let words = "TOML, JSON, CSV or Markdown, as `export` writes it. I show what it would change; \
                 nothing is changed before somebody presses Apply.";
    let mut parts = vec![Part::Words(words.to_owned())];
    parts.extend((0..PIECES).map(|n| Part::Ask(piece(n))));
    Form {
        kind: FormKind::Import,
        title: "Import a plan",
        submit: "Show changes",
        parts,
        carries: String::new(),
        files: Vec::new(),
    }
}

fn piece(n: usize) -> Input {
    let (label, hint) = match n {
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
        optional: n > 0,
        kind: InputKind::Text {
            initial: String::new(),
        },
    }
}

/// The command that does the same.
pub(super) fn as_command() -> Intent {
    Intent::Carry(Carry::Import(String::new()))
}

/// Shows what the plan that was pasted would change.
pub(super) fn turn(case: &Case<'_>, filled: &Filled) -> Turn {
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

/// The fields as one text. A field that is full may have cut off what was pasted into it.
fn whole(filled: &Filled) -> Result<String, Fault> {
    let pieces: Vec<_> = (0..PIECES)
        .map(|n| filled.answer(&field_of(PLAN, n)).unwrap_or_default())
        .collect();
    if pieces.iter().all(|piece| piece.trim().is_empty()) {
        return Err(Fault {
            input: PLAN.to_owned(),
            words:
                "There is no plan in it. Paste one line at least, such as plan.stage = \"scale\""
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
