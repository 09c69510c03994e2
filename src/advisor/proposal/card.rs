//! The card: what was read, from which words, and what to press.

use super::shown::{answer_of, place, provenance, step, value};
use super::{Heard, Proposal, ProposedValue, ReadBy};
use crate::advisor::ModelAbout;
use crate::advisor::case::{Case, button};
use crate::advisor::consequences;
use crate::advisor::prose::{capitalised, counted, cut, sentence, stopped};
use crate::plan::{self, Answer, Change, Plan};
use crate::render::{Block, Button, Document, Inline};

/// How many things are told that were tried out, or have to be asked.
const MOST_TOLD: usize = 3;

/// What a card begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::advisor) enum Opening<'a> {
    /// It is new, and was read from what these words name.
    Read(&'a str),
    /// The plan has moved on since it was read.
    Renewed,
    /// It is shown again; these words say why.
    Kept(&'a str),
    /// The message that the plan has its value from was edited.
    Edited,
    /// This language model found it, beside what the reader has read.
    Model(&'a ModelAbout),
}

/// The card of a proposal that is open.
pub(in crate::advisor) fn card(
    case: &Case<'_>,
    proposal: &Proposal,
    opening: Opening<'_>,
) -> Document {
    let mut blocks = values(case, proposal);
    blocks.extend(disputes(case, proposal));
    if proposal.open().next().is_some() {
        blocks.extend(foreseen(case, proposal));
    }
    blocks.extend(small_print(case, proposal, opening));
    Document {
        headline: headline(proposal, opening),
        blocks,
    }
}

/// The values of a proposal that are still open, below what became of the others.
pub(in crate::advisor) fn rest(case: &Case<'_>, proposal: &Proposal) -> Vec<Block> {
    let open = proposal.open().count();
    if open == 0 {
        return Vec::new();
    }
    let words = match open {
        1 => "One more was read here:".to_owned(),
        n => format!("{n} more were read here:"),
    };
    let mut blocks = vec![Block::Rule, Block::Paragraph(vec![Inline::strong(words)])];
    blocks.extend(values(case, proposal));
    blocks
}

fn headline(proposal: &Proposal, opening: Opening<'_>) -> String {
    let n = proposal.open().count();
    match (opening, n) {
        (Opening::Renewed, 0) => "The plan has all of this by now.".to_owned(),
        (Opening::Renewed, _) => {
            "Nothing was applied: the plan has moved on since I read this.".to_owned()
        }
        (Opening::Kept(words), _) => words.to_owned(),
        (Opening::Edited, _) => {
            "A message that a value of the plan came from says something else now.".to_owned()
        }
        (Opening::Model(model), n) => format!(
            "The language model {} read {n} more {}; please look twice.",
            model.model,
            if n == 1 { "thing" } else { "things" },
        ),
        (Opening::Read(from), 0) if proposal.conflicts.is_empty() => {
            format!("I read nothing {from} that would change the plan.")
        }
        (Opening::Read(from), 0) => format!("I read no decision {from} yet."),
        (Opening::Read(from), n) => format!("I read {} {from}.", counted(n, "thing")),
    }
}

/// Each open value with its words and buttons, and the buttons for all of them.
fn values(case: &Case<'_>, proposal: &Proposal) -> Vec<Block> {
    let shown: Vec<_> = proposal.on_card().collect();
    let mut blocks: Vec<Block> = shown
        .iter()
        .flat_map(|(number, value)| one(case, proposal, *number, value))
        .collect();
    let left = proposal.open().count() - shown.len();
    if left > 0 {
        blocks.push(Block::Note(vec![Inline::plain(format!(
            "And {left} more: they follow when these are decided."
        ))]));
    }
    if shown.len() > 1 {
        let card = proposal.card();
        blocks.push(Block::Actions(vec![
            Button {
                primary: true,
                ..button(
                    format!("Apply all {}", shown.len()),
                    format!("accept {card}"),
                )
            },
            button("Dismiss all", format!("dismiss {card}")),
        ]));
    }
    blocks
}

fn one(case: &Case<'_>, proposal: &Proposal, number: usize, value: &ProposedValue) -> [Block; 2] {
    let is_only = proposal.open().count() == 1;
    let label = |verb: &str| {
        if is_only {
            verb.to_owned()
        } else {
            format!("{verb} {number}")
        }
    };
    let lead = if is_only {
        String::new()
    } else {
        format!("{number}. ")
    };
    let mut words = vec![Inline::strong(format!("{lead}{}", step(case, value)))];
    words.push(Inline::plain("\n"));
    words.extend(provenance(&value.heard));
    if value.read_by == ReadBy::Model {
        words.push(Inline::soft(" · read by the language model"));
    }
    let card = proposal.card();
    [
        Block::Paragraph(words),
        Block::Actions(vec![
            Button {
                primary: is_only,
                ..button(label("Apply"), format!("accept {card} {number}"))
            },
            button(label("Edit"), format!("amend {card} {number}")),
            button(label("Dismiss"), format!("dismiss {card} {number}")),
        ]),
    ]
}

/// What people disagree about, what was only tried out, and what has to be asked.
fn disputes(case: &Case<'_>, proposal: &Proposal) -> Vec<Block> {
    let mut blocks = Vec::new();
    let open: Vec<_> = proposal
        .conflicts
        .iter()
        .map(|it| conflict(case, it))
        .collect();
    if !open.is_empty() {
        blocks.push(Block::Paragraph(vec![Inline::strong(
            "You do not agree yet, so I propose nothing:",
        )]));
        blocks.push(Block::Bullets(open));
    }
    let tried: Vec<_> = proposal
        .hypotheses
        .iter()
        .take(MOST_TOLD)
        .map(|it| {
            let mut words = vec![Inline::plain(format!(
                "{}: {} · ",
                place(case, it),
                value(it)
            ))];
            words.extend(provenance(it));
            words
        })
        .collect();
    if !tried.is_empty() {
        blocks.push(Block::Paragraph(vec![Inline::strong(
            "Tried out, not proposed:",
        )]));
        blocks.push(Block::Bullets(tried));
    }
    let asked = proposal.questions.iter().take(MOST_TOLD);
    let asked: Vec<_> = asked
        .map(|it| vec![Inline::plain(capitalised(it))])
        .collect();
    if !asked.is_empty() {
        blocks.push(Block::Paragraph(vec![Inline::strong("I could not tell:")]));
        blocks.push(Block::Bullets(asked));
    }
    blocks
}

/// `Price: $49 a month (Ana, message) or $59 a month (Ben, message)?`
fn conflict(case: &Case<'_>, sides: &[Heard]) -> Vec<Inline> {
    let mut words = Vec::new();
    for (at, side) in sides.iter().enumerate() {
        let lead = match at {
            0 => format!("{}: ", place(case, side)),
            _ => " or ".to_owned(),
        };
        words.push(Inline::plain(format!("{lead}{} (", value(side))));
        words.push(Inline::Person(side.by.clone()));
        if let Some(link) = super::message(&side.said, side.thread.as_ref()) {
            words.push(Inline::plain(", "));
            words.push(link);
        }
        words.push(Inline::plain(")"));
    }
    words.push(Inline::plain("?"));
    words
}

/// What the check would say if all that the card shows were accepted.
fn foreseen(case: &Case<'_>, proposal: &Proposal) -> Vec<Block> {
    let (after, changes) = supposed(case, proposal);
    let blocks = consequences::blocks(case, &after, &changes);
    if blocks.is_empty() {
        return blocks;
    }
    let words = match proposal.on_card().count() {
        1 => "If it is applied:",
        _ => "If all of it is applied:",
    };
    let mut all = vec![Block::Rule];
    // The next question alone follows from nothing.
    if blocks.len() > 1 {
        all.push(Block::Paragraph(vec![Inline::soft(words)]));
    }
    all.extend(blocks);
    all
}

/// The plan with all that the card shows.
pub(in crate::advisor) fn supposed(case: &Case<'_>, proposal: &Proposal) -> (Plan, Vec<Change>) {
    let mut after = case.plan.clone();
    let mut made = Vec::new();
    for (_, value) in proposal.on_card() {
        let Some(field) = value.heard.field() else {
            continue;
        };
        let new = Some(Answer::Known(value.heard.value.clone()));
        let segment = value.heard.named_segment();
        for change in plan::set_answer(&after, field, segment, new, &case.author()) {
            // What cannot be made is said when somebody presses the button.
            if after.apply(&change).is_ok() {
                made.push(change);
            }
        }
    }
    (after, made)
}

fn small_print(case: &Case<'_>, proposal: &Proposal, opening: Opening<'_>) -> Option<Block> {
    proposal.open().next()?;
    let approved = case.plan.approval().map(|approval| {
        format!(
            "The plan has been approved since {}: unlock it first with `{}`.",
            approval.on,
            case.typed("unlock")
        )
    });
    let words = approved.unwrap_or_else(|| match opening {
        Opening::Read(_) | Opening::Kept(_) | Opening::Edited | Opening::Model(_) => {
            "Nothing is changed until somebody applies it.".to_owned()
        }
        Opening::Renewed => "Each value now stands against what the plan says today.".to_owned(),
    });
    Some(Block::Note(sentence(&words)))
}

impl Proposal {
    /// How a button of its card names it.
    pub(in crate::advisor) fn card(&self) -> String {
        format!("{}.{}", self.id, self.edition)
    }
}

/// What has changed in the plan under a value since it was read: `Price was $39 a month when I read
/// this; now it is $59 a month.`
pub(in crate::advisor) fn moved(
    case: &Case<'_>,
    before: Option<&Answer>,
    value: &ProposedValue,
) -> String {
    let heard = &value.heard;
    let now = value.current(&case.plan);
    cut(
        &stopped(&format!(
            "{} was {} when I read this; now it is {}",
            place(case, heard),
            answer_of(heard, before),
            answer_of(heard, now)
        )),
        400,
    )
}
