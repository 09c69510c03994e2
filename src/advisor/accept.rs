//! `accept`, `amend`, `dismiss`: what becomes of values that were read out of a conversation.

use super::case::{Case, changed, private};
use super::proposal::{
    self, Fate, Gave, Heard, Opening, Proposal, ProposedValue, Source, SourceState,
};
use super::prose::{capitalised, counted, cut, sentence, stopped};
use super::{Said, Turn, act, change, consequences, form, import, place};
use crate::intent::{CardOf, Proposed};
use crate::plan::{self, Answer, Author, Change, Door, Edit, Plan, Value, Version};
use crate::render::{Block, Document, Inline};

/// Does what a button of a card says.
pub(super) fn turn(case: &Case<'_>, what: &Proposed) -> Turn {
    let found = case.proposal();
    if let Some((proposal, file)) = found.and_then(|it| Some((it, it.file.as_ref()?))) {
        return import::decided(case, proposal, file, what);
    }
    let chosen = match Chosen::of(case, what) {
        Ok(chosen) => chosen,
        Err(refusal) => return *refusal,
    };
    match what {
        Proposed::Accept(..) => chosen.accepted(None),
        Proposed::Dismiss(..) => chosen.dismissed(),
        Proposed::Amend(_, number, words) => chosen.amended(*number, words),
    }
}

/// The values of a proposal that somebody has chosen; all of them are open.
struct Chosen<'a> {
    case: &'a Case<'a>,
    proposal: &'a Proposal,
    /// Their places in the proposal.
    places: Vec<usize>,
    /// Whether the card was written before the proposal was renewed.
    is_old_card: bool,
}

impl<'a> Chosen<'a> {
    /// What was chosen, or what is said instead: that it is decided, gone, or never was.
    fn of(case: &'a Case<'a>, what: &Proposed) -> Result<Self, Box<Turn>> {
        let CardOf { proposal, edition } = what.card();
        let Some(found) = case.proposal().filter(|it| it.id == *proposal) else {
            return Err(Box::new(private(unknown(case))));
        };
        if found.superseded_by.is_some() {
            return Err(Box::new(outdated(case)));
        }
        let number = match what {
            Proposed::Accept(_, number) | Proposed::Dismiss(_, number) => *number,
            Proposed::Amend(_, number, _) => Some(*number),
        };
        let places: Vec<usize> = match number {
            Some(number) if number <= found.values.len() => vec![number - 1],
            Some(_) => return Err(Box::new(private(unknown(case)))),
            None => found.on_card().map(|(number, _)| number - 1).collect(),
        };
        let is_decided = |&place: &usize| !found.values[place].is_open();
        if places.is_empty() || places.iter().any(is_decided) {
            let decided = number.map(|number| &found.values[number - 1]);
            return Err(Box::new(private(settled(case, found, decided))));
        }
        Ok(Self {
            case,
            proposal: found,
            places,
            is_old_card: edition.is_some_and(|edition| edition != found.edition),
        })
    }

    fn values(&self) -> impl Iterator<Item = &'a ProposedValue> {
        self.places
            .iter()
            .map(|&place| &self.proposal.values[place])
    }

    /// Writes the values into the plan, unless it has moved on under one of them.
    fn accepted(self, corrected: Option<&Value>) -> Turn {
        let case = self.case;
        if let Some(approval) = case.plan.approval() {
            return private(approved(case, &approval.on.to_string()));
        }
        if self.is_old_card || self.values().any(|value| value.has_moved(&case.plan)) {
            return self.renewed();
        }
        let mut after = case.plan.clone();
        let (mut changes, mut next) = (Vec::new(), self.proposal.clone());
        let mut sources = Vec::new();
        for &place in &self.places {
            let heard = &self.proposal.values[place].heard;
            let value = corrected.cloned().unwrap_or_else(|| heard.value.clone());
            let made = made(case, &after, heard, &value);
            let applied = made.iter().try_for_each(|change| after.apply(change));
            if let Err(error) = applied {
                return private(place::impossible(&error));
            }
            if made.is_empty() {
                // The plan says so by now: nothing of it was written.
                next.values[place].fate = Fate::Dismissed {
                    by: case.situation.actor.person.clone(),
                    at: case.situation.now,
                };
                continue;
            }
            next.values[place].fate = Fate::Accepted {
                by: case.situation.actor.person.clone(),
                at: case.situation.now,
                version: after.version(),
                corrected: corrected.cloned(),
            };
            sources.extend(source(case, heard, &value, after.version()));
            changes.extend(made);
        }
        let document = if changes.is_empty() {
            self.said_already(corrected, &next)
        } else {
            self.told(&after, &changes, &next)
        };
        let mut turn = changed(changes, document);
        turn.proposals = vec![next];
        turn.sources = sources;
        self.in_place_of_card(turn)
    }

    /// The plan says what was read, or what it was corrected to.
    fn said_already(&self, corrected: Option<&Value>, next: &Proposal) -> Document {
        let told = self.values().filter_map(|value| {
            let heard = &value.heard;
            let field = heard.field()?;
            let place = self.case.for_segment(heard.segment.as_ref());
            let value = corrected.unwrap_or(&heard.value).display(field);
            let name = capitalised(&field.label());
            Some(format!("{name}{place} is {} already.", cut(&value, 80)))
        });
        let told: Vec<_> = told.collect();
        Document {
            headline: told.join(" "),
            blocks: proposal::rest(self.case, next),
        }
    }

    /// What was accepted, from which words, what follows from it, and what is still open.
    fn told(&self, after: &Plan, changes: &[Change], next: &Proposal) -> Document {
        let fields = changes.iter().flat_map(|change| change.edit.parts());
        let fields = fields.filter(|edit| matches!(edit, Edit::Field { .. }));
        let lines: Vec<String> = fields
            .map(|edit| change::edit_line(self.case, edit))
            .collect();
        let heard = self.values().map(|value| &value.heard);
        let mut blocks = Vec::new();
        let headline = match lines.as_slice() {
            [one] => {
                blocks.extend(heard.map(|it| Block::Note(proposal::provenance(it))));
                stopped(one)
            }
            all => {
                let told = all.iter().zip(heard).map(|(line, heard)| {
                    let mut words = vec![Inline::strong(line.as_str()), Inline::plain("\n")];
                    words.extend(proposal::provenance(heard));
                    words
                });
                blocks.push(Block::Bullets(told.collect()));
                format!("Applied {}.", counted(all.len(), "value"))
            }
        };
        blocks.extend(consequences::blocks(self.case, after, changes));
        blocks.extend(change::closing_of_act(changes, next));
        blocks.extend(proposal::rest(self.case, next));
        Document { headline, blocks }
    }

    /// Nothing is written: the difference, and a fresh card.
    fn renewed(self) -> Turn {
        let case = self.case;
        let mut next = self.proposal.clone();
        let moved: Vec<Vec<Inline>> = self
            .proposal
            .values
            .iter()
            .filter(|value| value.is_open() && value.has_moved(&case.plan))
            .map(|value| sentence(&proposal::moved(case, value.old.as_ref(), value)))
            .collect();
        next.renew(&case.plan);
        let mut document = proposal::card(case, &next, Opening::Renewed);
        if !moved.is_empty() {
            document.blocks.insert(0, Block::Bullets(moved));
        }
        let mut turn = private(document);
        turn.proposals = vec![next];
        self.in_place_of_card(turn)
    }

    fn dismissed(self) -> Turn {
        let case = self.case;
        let mut next = self.proposal.clone();
        for &place in &self.places {
            next.values[place].fate = Fate::Dismissed {
                by: case.situation.actor.person.clone(),
                at: case.situation.now,
            };
        }
        let lines = self.values().map(|value| {
            let mut words = vec![Inline::plain(format!("{}\n", proposal::step(case, value)))];
            words.extend(proposal::provenance(&value.heard));
            words
        });
        let mut blocks = vec![Block::Bullets(lines.collect())];
        blocks.push(Block::Note(vec![
            Inline::plain("by "),
            Inline::Person(case.situation.actor.person.clone()),
        ]));
        blocks.extend(proposal::rest(case, &next));
        let document = Document {
            headline: "Dismissed; the plan is as it was.".to_owned(),
            blocks,
        };
        let mut turn = changed(Vec::new(), document);
        turn.proposals = vec![next];
        self.in_place_of_card(turn)
    }

    /// The value as somebody corrects it.
    fn amended(self, number: usize, words: &str) -> Turn {
        let case = self.case;
        let heard = &self.proposal.values[number - 1].heard;
        let Some(field) = heard.field() else {
            return private(unknown(case));
        };
        let typed = format!("amend {} {number} ", self.proposal.id);
        if words.trim().is_empty() {
            let example = case.typed(&format!("{typed}{}", heard.value.display(field)));
            return self.asked_anew(number, &example);
        }
        match field.parse(words, &case.context()) {
            Ok(value) => self.accepted(Some(&value)),
            Err(error) => Turn {
                asks: Some(Box::new(form::mend(format!(
                    "I read {}: {}. This works: {}",
                    error.understood, error.problem, error.example
                )))),
                ..private(act::said(
                    &format!(
                        "That is not a value for {}, so nothing was changed.",
                        field.label()
                    ),
                    &format!(
                        "I read {}: {}. This works: `{}`",
                        error.understood,
                        error.problem,
                        case.typed(&format!("{typed}{}", error.example))
                    ),
                ))
            },
        }
    }

    /// Asks for another value: in a form, or by the command that takes it.
    fn asked_anew(self, number: usize, example: &str) -> Turn {
        let value = &self.proposal.values[number - 1];
        if self.is_old_card || value.has_moved(&self.case.plan) {
            return self.renewed();
        }
        let asks = form::asking(self.case, (&self.proposal.card(), number), value);
        Turn {
            asks: asks.map(Box::new),
            ..private(act::said(
                "With another value? Nothing is changed yet.",
                &format!("Type it behind this: `{example}`"),
            ))
        }
    }

    /// The card with the pressed button gives way to what came of it.
    fn in_place_of_card(&self, mut turn: Turn) -> Turn {
        turn.reply.replaces_card = is_on_card(self.case);
        turn
    }
}

/// Whether it was pressed on a card that can give way to what comes of it, or asked in a form that was
/// opened from one.
pub(super) fn is_on_card(case: &Case<'_>) -> bool {
    match &case.inbound.said {
        Said::Click { card, .. } => card.is_some(),
        Said::Filled(filled) => form::is_of_card(filled),
        _ => false,
    }
}

/// What is said where a form came back without what it carried.
pub(super) fn valueless(case: &Case<'_>) -> Turn {
    private(unknown(case))
}

/// The changes that write a value, by whoever accepts it, from the message that said it.
fn made(case: &Case<'_>, plan: &Plan, heard: &Heard, value: &Value) -> Vec<Change> {
    let Some(field) = heard.field() else {
        return Vec::new();
    };
    let author = Author {
        door: Door::Proposal,
        link: heard.said.clone(),
        ..case.author()
    };
    let new = Some(Answer::Known(value.clone()));
    plan::set_answer(plan, field, heard.named_segment(), new, &author)
}

fn source(case: &Case<'_>, heard: &Heard, value: &Value, version: Version) -> Option<Source> {
    Some(Source {
        channel: heard.said.channel.clone(),
        ts: heard.said.ts.clone()?,
        thread: heard.thread.clone(),
        by: heard.by.clone(),
        read_at: Some(case.situation.now),
        gave: vec![Gave {
            field: heard.field.clone(),
            segment: heard.segment.clone(),
            version,
            value: value.clone(),
            quote: Some(heard.quote.clone()),
            state: SourceState::Stands,
        }],
    })
}

fn unknown(case: &Case<'_>) -> Document {
    act::said(
        "I know no such proposal here, so nothing was changed.",
        &format!(
            "Proposals are kept for 14 days. To have a thread read again, mention me in it; to write a value yourself: `{}`",
            case.typed("set price $49/mo")
        ),
    )
}

/// The thread was read again since.
fn outdated(case: &Case<'_>) -> Turn {
    let mut turn = private(act::said(
        "This thread was read again since: a newer card stands further down.",
        "Nothing was changed by this one.",
    ));
    turn.reply.replaces_card = is_on_card(case);
    turn
}

/// Somebody was quicker: who, when, and what they did.
fn settled(case: &Case<'_>, proposal: &Proposal, value: Option<&ProposedValue>) -> Document {
    let last = || proposal.values.iter().max_by_key(|value| value.fate.at());
    let Some(value) = value.or_else(last) else {
        return unknown(case);
    };
    let (by, at, what) = match &value.fate {
        Fate::Accepted {
            by, at, version, ..
        } => (by, at, format!("applied in version {version}")),
        Fate::Dismissed { by, at } => (by, at, "dismissed".to_owned()),
        Fate::Open => return unknown(case),
    };
    let words = vec![
        Inline::strong(proposal::step(case, value)),
        Inline::plain(format!("\n{what} by ")),
        Inline::Person(by.clone()),
        Inline::plain(", "),
        Inline::When(*at),
    ];
    Document {
        headline: "That is decided already, so nothing was changed.".to_owned(),
        blocks: vec![Block::Paragraph(words)],
    }
}

fn approved(case: &Case<'_>, since: &str) -> Document {
    Document {
        headline: format!(
            "The plan has been approved since {since}, so nothing was applied; the proposal waits."
        ),
        blocks: vec![
            Block::Paragraph(sentence(&format!(
                "Unlock it with `{}`, then press the button again.",
                case.typed("unlock")
            ))),
            Block::Actions(vec![super::case::button("Unlock", "unlock")]),
        ],
    }
}
