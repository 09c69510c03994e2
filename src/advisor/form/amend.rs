//! The form in which a value of a proposal is edited before it is applied.

use serde::{Deserialize, Serialize};

use super::{Asks, Fault, Filled, Form, FormKind, Input, InputKind, LONGEST, Part};
use crate::advisor::case::Case;
use crate::advisor::needs::asked;
use crate::advisor::proposal::{self, ProposedValue};
use crate::advisor::{Needs, Turn, accept};
use crate::intent::{self, CardOf, Intent, Proposed};
use crate::plan::{Field, Kind};

/// The name of the one answer.
const VALUE: &str = "value";

/// The most characters of a value that stands in a line.
const LINE: usize = 300;

/// What the form carries.
#[derive(Debug, Serialize, Deserialize)]
struct Carried {
    /// The command, without the value.
    command: String,
    /// Whether it was opened from the card itself, which then gives way to what comes of it.
    on_card: bool,
}

/// The form that waits for the value that is to be edited.
pub(super) fn waiting(what: &Proposed) -> Option<Form> {
    let Proposed::Amend(_, _, words) = what else {
        return None;
    };
    words.is_empty().then(|| {
        let wait = Part::Words("Looking the value up …".to_owned());
        form(vec![wait], String::new())
    })
}

/// The form with the value as it was read.
pub(in crate::advisor) fn asking(
    case: &Case<'_>,
    (card, number): (&str, usize),
    value: &ProposedValue,
) -> Option<Asks> {
    let field = value.heard.field()?;
    let initial = value.heard.value.display(field);
    let parts = vec![
        Part::Words(format!(
            "{}\nRead from: “{}”",
            proposal::step(case, value),
            value.heard.quote
        )),
        Part::Ask(Input {
            name: VALUE.to_owned(),
            label: "What the plan should say".to_owned(),
            hint: format!("For example: {}", field.example()),
            optional: false,
            kind: kind(field, initial),
        }),
    ];
    let carried = Carried {
        command: format!("amend {card} {number}"),
        on_card: accept::is_on_card(case),
    };
    let carried = serde_json::to_string(&carried).ok()?;
    Some(Asks::Fill(form(parts, carried)))
}

fn kind(field: &Field, initial: String) -> InputKind {
    let long = initial.chars().count() > LINE;
    match field.kind {
        Kind::Text | Kind::List => InputKind::Text { initial },
        _ if long => InputKind::Text { initial },
        _ => InputKind::Line {
            initial,
            most: LINE.min(LONGEST),
        },
    }
}

fn form(parts: Vec<Part>, carries: String) -> Form {
    Form {
        kind: FormKind::Amend,
        title: "Edit before applying",
        submit: "Apply",
        parts,
        carries,
        files: Vec::new(),
    }
}

/// What is wrong with the value, shown where it was given.
pub(in crate::advisor) fn mend(words: String) -> Asks {
    Asks::Mend(vec![Fault {
        input: VALUE.to_owned(),
        words,
    }])
}

/// The command that does the same as any such form.
pub(super) fn as_command() -> Intent {
    let card = CardOf {
        proposal: crate::ident::ProposalId::new(""),
        edition: None,
    };
    Intent::Proposed(Proposed::Amend(card, 1, String::new()))
}

/// The command that this form stands for, with the value that was given.
fn command(filled: &Filled) -> Option<Proposed> {
    let carried: Carried = serde_json::from_str(&filled.carried).ok()?;
    let value = filled.answer(VALUE)?.trim().to_owned();
    match intent::parse(&carried.command).ok()? {
        Intent::Proposed(Proposed::Amend(card, number, _)) => {
            Some(Proposed::Amend(card, number, value))
        }
        _ => None,
    }
}

/// Whether the form was opened from a card.
pub(in crate::advisor) fn is_of_card(filled: &Filled) -> bool {
    let carried = serde_json::from_str::<Carried>(&filled.carried);
    filled.form == FormKind::Amend && carried.is_ok_and(|it| it.on_card)
}

pub(super) fn needs(filled: &Filled) -> Needs {
    match command(filled) {
        Some(what) => asked(&Intent::Proposed(what)),
        None => asked(&as_command()),
    }
}

/// Applies the value that was given.
pub(super) fn turn(case: &Case<'_>, filled: &Filled) -> Turn {
    match command(filled) {
        Some(what) => accept::turn(case, &what),
        None => accept::valueless(case),
    }
}
