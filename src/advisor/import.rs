//! `import`: a plan that comes as text or as a file. What it would change is shown first; nothing is changed before
//! somebody presses, and not under a plan that has moved on since.

mod shared;
mod text;

use jiff::tz::TimeZone;

use super::act::{self, said};
use super::case::{Case, button, changed, private};
use super::proposal::{Fate, PlanText};
use super::prose::{counted, sentence};
use super::{Proposal, ReadScope, Said, Turn, change, consequences, held, place};
use crate::intent::Proposed;
use crate::plan::{self, Author, Change, Door, FileError, FileFormat, FileProblem, Plan};
use crate::render::{Block, Button, Document, Inline};

pub(super) use shared::{not_taken, understood as understood_file};
pub(super) use text::understood;

use text::{Text, read};

/// How many faults of a text are told.
const MOST_PROBLEMS: usize = 5;

/// How many changes are listed.
const MOST_LISTED: usize = 12;

/// Shows what the text would change, whatever door it came by.
pub(super) fn turn(case: &Case<'_>, text: &str) -> Turn {
    let shared = &case.situation.desk.texts;
    if !shared.is_empty() {
        return shared::turn(case, shared);
    }
    if text.trim().is_empty() {
        return private(doors(case));
    }
    match understood(text, case.today()) {
        Ok((text, other)) => offered(case, text, &other),
        Err(error) => private(unreadable(case, &error, "that")),
    }
}

/// How a plan reaches the bot, for somebody who gave none and sees no form.
fn doors(case: &Case<'_>) -> Document {
    let items = vec![
        vec![
            Inline::plain("Fill in the form, with text or a file: "),
            case.code("import"),
        ],
        vec![
            Inline::plain("Paste it behind the word, or in a code block below it: "),
            case.code("import plan.stage = \"scale\""),
        ],
        vec![Inline::plain(
            "Share a file here and mention me in that message with the word import: .toml, .json, .csv or .md, up to 1 MB",
        )],
    ];
    Document {
        headline: "Which plan? I take TOML, JSON, CSV and Markdown.".to_owned(),
        blocks: vec![
            Block::Bullets(items),
            Block::Note(sentence(&format!(
                "The form that I read is the one that I write: `{}`",
                case.typed("export")
            ))),
        ],
    }
}

/// Takes over what a plan says, at once: a template into an empty plan.
pub(super) fn taken_over(case: &Case<'_>, other: &Plan, opening: &str) -> Turn {
    let made = plan::import(&case.plan, other, &author(case));
    act::turn(case, made, opening, "The plan says all of that already.")
}

fn author(case: &Case<'_>) -> Author {
    Author {
        door: Door::Import,
        ..case.author()
    }
}

/// What a plan would change here: the plan after it, the changes, and a line for each.
struct Difference {
    after: Plan,
    changes: Vec<Change>,
    lines: Vec<String>,
    /// The same to be read: what is alike is summed up.
    told: Vec<String>,
}

impl Difference {
    fn of(case: &Case<'_>, other: &Plan) -> Result<Self, Document> {
        let made = plan::import(&case.plan, other, &author(case));
        let changes = made.map_err(|error| place::impossible(&error))?;
        let after = place::applied(case, &changes)?;
        let edits: Vec<_> = changes
            .iter()
            .flat_map(|change| change.edit.parts())
            .collect();
        let lines = edits
            .iter()
            .map(|edit| change::edit_line(case, edit))
            .collect();
        let told = change::told(case, &edits);
        Ok(Self {
            after,
            changes,
            lines,
            told,
        })
    }
}

/// The card: what would change, what the check would then say, and what to press.
pub(super) fn offered(case: &Case<'_>, text: Text, other: &Plan) -> Turn {
    let difference = match Difference::of(case, other) {
        Ok(difference) => difference,
        Err(refusal) => return private(refusal),
    };
    if difference.changes.is_empty() {
        return private(said("The plan says all of that already.", ""));
    }
    let proposal = Proposal {
        id: case.situation.fresh_proposal.clone(),
        revision: 0,
        channel: case.inbound.place.channel.clone(),
        // No thread was read: what stands for a thread is another proposal.
        thread: None,
        against: case.plan.version(),
        edition: 0,
        asked_by: case.inbound.by.clone(),
        made_at: case.situation.now,
        read: ReadScope::default(),
        values: Vec::new(),
        hypotheses: Vec::new(),
        conflicts: Vec::new(),
        questions: Vec::new(),
        file: Some(PlanText {
            text: text.words,
            format: Some(text.format),
            differs: difference.lines.clone(),
            fate: Fate::Open,
        }),
        superseded_by: None,
    };
    let n = counted(difference.lines.len(), "change");
    let headline = format!("This plan would make {n} here. Nothing is changed yet.");
    let mut document = card(case, &proposal, &difference, headline);
    if !text.left_open.is_empty() {
        let note = Block::Note(sentence(
            "Some of it only holds the place of an answer and stays open:",
        ));
        document
            .blocks
            .splice(0..0, [note].into_iter().chain(places(&text.left_open)));
    }
    let mut turn = changed(Vec::new(), document);
    turn.proposals = vec![proposal];
    turn
}

fn card(
    case: &Case<'_>,
    proposal: &Proposal,
    difference: &Difference,
    headline: String,
) -> Document {
    let mut blocks = vec![listed(&difference.told)];
    if let Some(more) = difference
        .told
        .len()
        .checked_sub(MOST_LISTED)
        .filter(|&more| more > 0)
    {
        blocks.push(Block::Note(sentence(&format!("And {more} more."))));
    }
    blocks.extend(consequences::blocks(
        case,
        &difference.after,
        &difference.changes,
    ));
    blocks.push(Block::Note(sentence(
        "Only what the text says is taken over; what it does not mention stays. One undo takes all of it back.",
    )));
    let card = proposal.card();
    blocks.push(Block::Actions(vec![
        Button {
            primary: true,
            ..button("Apply", format!("accept {card}"))
        },
        button("Dismiss", format!("dismiss {card}")),
    ]));
    Document { headline, blocks }
}

/// Places of a text with what is wrong there, the first of them.
fn places(problems: &[FileProblem]) -> Vec<Block> {
    let shown = problems.iter().take(MOST_PROBLEMS);
    let shown = shown.map(|problem| vec![Inline::plain(problem.to_string())]);
    let mut blocks = vec![Block::Bullets(shown.collect())];
    if problems.len() > MOST_PROBLEMS {
        let more = problems.len() - MOST_PROBLEMS;
        blocks.push(Block::Note(sentence(&format!("And {more} more."))));
    }
    blocks
}

fn listed(lines: &[String]) -> Block {
    let shown = lines.iter().take(MOST_LISTED);
    Block::Bullets(shown.map(|line| held::peopled(line)).collect())
}

/// Does what a button of the card says.
pub(super) fn decided(
    case: &Case<'_>,
    proposal: &Proposal,
    file: &PlanText,
    what: &Proposed,
) -> Turn {
    let turn = match (&file.fate, what) {
        (Fate::Open, Proposed::Accept(card, _)) => {
            let is_old_card = card
                .edition
                .is_some_and(|edition| edition != proposal.edition);
            accepted(case, proposal, file, is_old_card)
        }
        (Fate::Open, Proposed::Dismiss(..)) => dismissed(case, proposal, file),
        (Fate::Open, Proposed::Amend(..)) => {
            return private(said(
                "An imported plan is applied as a whole, or not at all.",
                &format!(
                    "Afterwards one value is changed like any other: `{}`",
                    case.typed("set price $59/mo")
                ),
            ));
        }
        (fate, _) => return private(settled(fate)),
    };
    in_place_of_card(case, turn)
}

fn in_place_of_card(case: &Case<'_>, mut turn: Turn) -> Turn {
    turn.reply.replaces_card = matches!(&case.inbound.said, Said::Click { card: Some(_), .. });
    turn
}

fn accepted(case: &Case<'_>, proposal: &Proposal, file: &PlanText, is_old_card: bool) -> Turn {
    // "Next Monday" is counted from the day on which it was pasted.
    let pasted_on = proposal.made_at.to_zoned(TimeZone::UTC).date();
    let format = file
        .format
        .unwrap_or_else(|| FileFormat::of_text(&file.text));
    let difference = match read(&file.text, format, pasted_on) {
        Ok(file) => Difference::of(case, &file.plan),
        Err(error) => return private(unreadable(case, &error, "that")),
    };
    let difference = match difference {
        Ok(difference) => difference,
        Err(refusal) => return private(refusal),
    };
    if difference.changes.is_empty() {
        let document = said(
            "The plan says all of that by now, so nothing was changed.",
            "",
        );
        return with_fate(proposal, private(document), dismissal(case));
    }
    if is_old_card || difference.lines != file.differs {
        return renewed(case, proposal, file, &difference);
    }
    let document = change::document(case, &difference.after, &difference.changes, "Imported.");
    let fate = Fate::Accepted {
        by: case.situation.actor.person.clone(),
        at: case.situation.now,
        version: difference.after.version(),
        corrected: None,
    };
    with_fate(proposal, changed(difference.changes, document), fate)
}

/// Nothing is changed: what has moved since, and a fresh card.
fn renewed(case: &Case<'_>, proposal: &Proposal, file: &PlanText, difference: &Difference) -> Turn {
    let mut next = proposal.clone();
    next.edition += 1;
    next.against = case.plan.version();
    next.file = Some(PlanText {
        differs: difference.lines.clone(),
        ..file.clone()
    });
    let headline =
        "Nothing was imported: the plan has moved on since. By now it would change this."
            .to_owned();
    let mut document = card(case, &next, difference, headline);
    let gone = file
        .differs
        .iter()
        .filter(|it| !difference.lines.contains(it));
    let new = difference
        .lines
        .iter()
        .filter(|it| !file.differs.contains(it));
    let gone = gone.map(|line| format!("Shown before: {line}"));
    let new = new.map(|line| format!("Now: {line}"));
    let moved: Vec<String> = gone.chain(new).collect();
    if !moved.is_empty() {
        let note = Block::Paragraph(vec![Inline::strong("What is different from what you saw:")]);
        document.blocks.insert(0, Block::Rule);
        document.blocks.insert(0, listed(&moved));
        document.blocks.insert(0, note);
    }
    let mut turn = changed(Vec::new(), document);
    turn.proposals = vec![next];
    turn
}

fn dismissed(case: &Case<'_>, proposal: &Proposal, file: &PlanText) -> Turn {
    let n = counted(file.differs.len(), "change");
    let document = Document {
        headline: "Dismissed; the plan is as it was.".to_owned(),
        blocks: vec![Block::Note(vec![
            Inline::plain(format!("A plan with {n} · by ")),
            Inline::Person(case.situation.actor.person.clone()),
        ])],
    };
    with_fate(proposal, changed(Vec::new(), document), dismissal(case))
}

fn dismissal(case: &Case<'_>) -> Fate {
    Fate::Dismissed {
        by: case.situation.actor.person.clone(),
        at: case.situation.now,
    }
}

fn with_fate(proposal: &Proposal, mut turn: Turn, fate: Fate) -> Turn {
    let mut next = proposal.clone();
    if let Some(file) = &mut next.file {
        file.fate = fate;
    }
    turn.proposals = vec![next];
    turn
}

/// Somebody was quicker: who, when, and what they did.
fn settled(fate: &Fate) -> Document {
    let mut words = match fate {
        Fate::Accepted {
            by, at, version, ..
        } => vec![
            Inline::plain(format!("It was applied in version {version} by ")),
            Inline::Person(by.clone()),
            Inline::plain(", "),
            Inline::When(*at),
        ],
        Fate::Dismissed { by, at } => vec![
            Inline::plain("It was dismissed by "),
            Inline::Person(by.clone()),
            Inline::plain(", "),
            Inline::When(*at),
        ],
        Fate::Open => Vec::new(),
    };
    words.push(Inline::plain("."));
    Document {
        headline: "That is decided already, so nothing was changed.".to_owned(),
        blocks: vec![Block::Paragraph(words)],
    }
}

fn unreadable(case: &Case<'_>, error: &FileError, what: &str) -> Document {
    let mut blocks = places(&error.problems);
    blocks.push(Block::Note(sentence(&format!(
        "The form that I read is the one that I write: `{}`",
        case.typed("export")
    ))));
    Document {
        headline: match error.problems.len() {
            1 => format!("One place in {what} can't be read, so nothing was changed."),
            n => format!("{n} places in {what} can't be read, so nothing was changed."),
        },
        blocks,
    }
}

#[cfg(test)]
mod tests;
