//! The form in which a workspace's own rule is written: it begins with a page that works. What the rule
//! would find is shown in the channel, where a press puts it in force.

use super::{Asks, Fault, Filled, Form, FormKind, Input, InputKind, LONGEST, Part, field_of};
use crate::advisor::case::{Case, private};
use crate::advisor::own_rules::{self, Fault as PageFault};
use crate::advisor::prose::{capitalised, stopped};
use crate::advisor::{Turn, act};
use crate::intent::{Intent, OwnRules};
use crate::lint::{NEW_PAGE, PageError};

const NAME: &str = "name";
const PAGE: &str = "page";

/// How many fields a page is laid out in; a longer one comes as a file.
const PIECES: usize = 4;

/// How many faults are told at once: they stand below the field, in one line.
const MOST_FAULTS: usize = 3;

/// The form that waits: whoever may not add a rule is told so before writing one.
pub(super) fn waiting() -> Form {
    form(vec![Part::Words("One moment …".to_owned())])
}

/// The form with a name, and a page to begin with.
pub(in crate::advisor) fn blank(name: Option<&str>) -> Asks {
    let words = "A rule is one page: when it finds something, what it says, and examples that try it. \
                 For admins of the workspace: you see what it would find, and a press puts it in force.";
    let mut parts = vec![Part::Words(words.to_owned()), Part::Ask(name_of(name))];
    parts.extend((0..PIECES).map(|n| Part::Ask(piece(n))));
    Asks::Fill(form(parts))
}

fn form(parts: Vec<Part>) -> Form {
    Form {
        kind: FormKind::Rule,
        title: "Add a rule",
        submit: "Show what it finds",
        parts,
        carries: String::new(),
        files: Vec::new(),
    }
}

fn name_of(name: Option<&str>) -> Input {
    Input {
        name: NAME.to_owned(),
        label: "Name".to_owned(),
        hint: "<category>/<name>, such as fit/our-deals. The name of a rule of yours gives it a new page."
            .to_owned(),
        optional: false,
        kind: InputKind::Line {
            initial: name.unwrap_or("fit/our-deals").to_owned(),
            most: 121,
        },
    }
}

fn piece(n: usize) -> Input {
    let (label, initial) = match n {
        0 => ("Page", NEW_PAGE),
        _ => ("Page, continued", ""),
    };
    Input {
        name: field_of(PAGE, n),
        label: label.to_owned(),
        hint: String::new(),
        optional: n > 0,
        kind: InputKind::Text {
            initial: initial.to_owned(),
        },
    }
}

/// The command that does the same.
pub(super) fn as_command() -> Intent {
    Intent::OwnRules(OwnRules::Add {
        name: None,
        page: String::new(),
    })
}

/// Shows what the page would find.
pub(super) fn turn(case: &Case<'_>, filled: &Filled) -> Turn {
    let name = filled.answer(NAME).unwrap_or_default();
    let page = match whole(filled) {
        Ok(page) => page,
        Err(fault) => return mend(fault),
    };
    match own_rules::offered(case, name, &page) {
        Ok(turn) => turn,
        Err(PageFault::Name(problem)) => mend(Fault {
            input: NAME.to_owned(),
            words: capitalised(&problem),
        }),
        Err(PageFault::Text(errors)) => mend(Fault {
            input: PAGE.to_owned(),
            words: told(&errors),
        }),
    }
}

/// The fields as one page. One that is full may have cut off what was pasted into it.
fn whole(filled: &Filled) -> Result<String, Fault> {
    let mut page = String::new();
    for n in 0..PIECES {
        let input = field_of(PAGE, n);
        let piece = filled.answer(&input).unwrap_or_default();
        let next = filled.answer(&field_of(PAGE, n + 1));
        if piece.chars().count() >= LONGEST && next.is_none_or(|it| it.trim().is_empty()) {
            let words = "This field is full, so the end of the page may be missing. Go on in the next one, or \
                         share the page as a file with the words rules add";
            return Err(Fault {
                input,
                words: words.to_owned(),
            });
        }
        page.push_str(piece);
        // The end of a line gets lost at the end of a field.
        if !piece.is_empty() && piece.chars().count() < LONGEST && !page.ends_with('\n') {
            page.push('\n');
        }
    }
    Ok(page)
}

/// What is wrong with it, in a line.
fn told(errors: &[PageError]) -> String {
    let told: Vec<_> = errors
        .iter()
        .take(MOST_FAULTS)
        .map(|error| {
            format!(
                "Line {}, column {}: {}",
                error.line, error.column, error.message
            )
        })
        .collect();
    told.join(" · ")
}

/// Asks for another page; who sees no form is told what is wrong.
fn mend(fault: Fault) -> Turn {
    let headline = format!("Nothing was added. {}", stopped(&fault.words));
    Turn {
        asks: Some(Box::new(Asks::Mend(vec![fault]))),
        ..private(act::said(&headline, ""))
    }
}
