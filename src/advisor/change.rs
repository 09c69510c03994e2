//! What people read about one change of the plan.

use super::case::{Case, button};
use super::prose::{capitalised, counted, cut, sentence, stopped, unmarked};
use super::{Proposal, consequences, held};
use crate::plan::{self, Answer, Change, Edit, Field, Plan, Segment, Version};
use crate::render::{Block, Document, Inline, Row};

/// A value longer than this is cut in a line and told in full below it.
const LINE: usize = 80;

/// A value longer than this is cut everywhere; the plan keeps all of it.
const MOST_LETTERS: usize = 1_000;

/// More changes than this are counted in the headline and listed below it.
const MOST_IN_HEADLINE: usize = 3;

/// How many changes are listed.
const MOST_LISTED: usize = 5;

/// One field's step from an answer to another.
pub(super) struct Step<'a> {
    pub(super) field: &'static Field,
    pub(super) segment: Option<&'a Segment>,
    pub(super) old: Option<&'a Answer>,
    pub(super) new: Option<&'a Answer>,
}

impl<'a> Step<'a> {
    /// The step that a change makes, if it is one of a field that the catalogue still has.
    pub(super) fn of(edit: &'a Edit) -> Option<Self> {
        match edit {
            Edit::Field {
                field,
                segment,
                old,
                new,
            } => Some(Self {
                field: plan::field(field)?,
                segment: segment.as_ref(),
                old: old.as_ref(),
                new: new.as_ref(),
            }),
            Edit::AddSegment { .. }
            | Edit::RemoveSegment { .. }
            | Edit::RestoreSegment { .. }
            | Edit::RenameSegment { .. }
            | Edit::Item { .. }
            | Edit::Together { .. } => None,
        }
    }

    /// `Price for smb: $39 a month → $49 a month`.
    fn line(&self, case: &Case<'_>) -> String {
        let name = capitalised(&self.field.label());
        let segment = case.for_segment(self.segment);
        let new = cut(&one_line(&shown(self.field, self.new)), LINE);
        match self.old {
            None => format!("{name}{segment}: {new}"),
            old => {
                let old = cut(&one_line(&shown(self.field, old)), LINE);
                format!("{name}{segment}: {old} → {new}")
            }
        }
    }

    /// The values in full, where a line had to cut them.
    fn rows(&self) -> Option<Block> {
        let row = |name: &str, answer| {
            let words = shown(self.field, answer);
            let is_cut = words.contains('\n') || words.chars().count() > LINE;
            is_cut.then(|| Row {
                name: name.to_owned(),
                value: vec![Inline::plain(cut(&words, MOST_LETTERS))],
            })
        };
        let rows: Vec<_> = [row("Now", self.new), row("Before", self.old)]
            .into_iter()
            .flatten()
            .collect();
        (!rows.is_empty()).then_some(Block::Rows(rows))
    }
}

/// A change in one line; people stand in it as `@U1`.
pub(super) fn line(case: &Case<'_>, change: &Change) -> String {
    let parts: Vec<_> = change.edit.parts().iter().collect();
    joined(case, &parts)
}

/// Edits in one line: the first few, and how many more.
pub(super) fn joined(case: &Case<'_>, edits: &[&Edit]) -> String {
    let lines: Vec<_> = edits
        .iter()
        .take(MOST_IN_HEADLINE)
        .map(|edit| edit_line(case, edit))
        .collect();
    match edits.len().checked_sub(lines.len()) {
        Some(more) if more > 0 => format!("{} and {more} more", lines.join("; ")),
        _ => lines.join("; "),
    }
}

/// An edit in one line; people stand in it as `@U1`.
pub(super) fn edit_line(case: &Case<'_>, edit: &Edit) -> String {
    if let Some(step) = Step::of(edit) {
        return step.line(case);
    }
    match edit {
        Edit::Field { field, .. } => format!("{field} changed"),
        Edit::AddSegment { segment } => format!("Segment {segment} added"),
        Edit::RemoveSegment { segment, .. } => format!("Segment {segment} removed"),
        Edit::RestoreSegment { segment, .. } => format!("Segment {segment} brought back"),
        Edit::RenameSegment { from, to, .. } => format!("Segment {from} renamed to {to}"),
        Edit::Item { old, new } => held::line(case, old.as_deref(), new.as_deref()),
        Edit::Together { edits } => counted(edits.len(), "change"),
    }
}

/// Edits in one line each; many segments that are added are one line.
pub(super) fn told(case: &Case<'_>, edits: &[&Edit]) -> Vec<String> {
    let (added, rest): (Vec<&Edit>, Vec<&Edit>) = edits
        .iter()
        .copied()
        .partition(|edit| matches!(edit, Edit::AddSegment { .. }));
    if added.len() <= MOST_IN_HEADLINE {
        return edits.iter().map(|edit| edit_line(case, edit)).collect();
    }
    let names = added.iter().filter_map(|edit| match edit {
        Edit::AddSegment { segment } => Some(segment.as_str()),
        _ => None,
    });
    let names: Vec<_> = names.take(MOST_IN_HEADLINE).collect();
    let sum = format!(
        "{} segments added: {} and {} more",
        added.len(),
        names.join(", "),
        added.len() - names.len()
    );
    let rest = rest.into_iter().map(|edit| edit_line(case, edit));
    std::iter::once(sum).chain(rest).collect()
}

/// What the channel reads about `changes`: each step, what follows from them, who made them and
/// how to undo them.
pub(super) fn document(
    case: &Case<'_>,
    after: &Plan,
    changes: &[Change],
    opening: &str,
) -> Document {
    let parts: Vec<_> = changes
        .iter()
        .flat_map(|change| change.edit.parts())
        .collect();
    let lines = told(case, &parts);
    let mut headline: Vec<_> = [opening]
        .into_iter()
        .filter(|o| !o.is_empty())
        .map(str::to_owned)
        .collect();
    let mut blocks = Vec::new();
    if parts.len() > MOST_IN_HEADLINE {
        headline.push(format!("{}.", counted(parts.len(), "change")));
        blocks.extend(listed(case, &lines));
    } else {
        // A headline names nobody, so what names people is said below it.
        let (named, plain): (Vec<_>, Vec<_>) =
            lines.iter().partition(|line| held::names_people(line));
        headline.extend(plain.into_iter().map(|line| unmarked(&stopped(line))));
        if headline.is_empty() {
            headline.push("Noted.".to_owned());
        }
        let steps = parts.iter().filter_map(|edit| Step::of(edit));
        blocks.extend(steps.filter_map(|step| step.rows()));
        blocks.extend(
            named
                .into_iter()
                .map(|line| Block::Paragraph(held::peopled(&stopped(line)))),
        );
    }
    blocks.extend(consequences::blocks(case, after, changes));
    blocks.extend(closing(case.tail(), changes));
    Document {
        headline: headline.join(" "),
        blocks,
    }
}

/// The first lines of many.
fn listed(case: &Case<'_>, lines: &[String]) -> Vec<Block> {
    let told = lines
        .iter()
        .take(MOST_LISTED)
        .map(|line| held::peopled(line));
    let mut blocks = vec![Block::Bullets(told.collect())];
    if let Some(more) = lines
        .len()
        .checked_sub(MOST_LISTED)
        .filter(|&more| more > 0)
    {
        let history = case.typed("history 20");
        blocks.push(Block::Note(sentence(&format!(
            "And {more} more: `{history}`"
        ))));
    }
    blocks
}

/// The version that a change does again: it takes back an undo of it. Each further undo takes back
/// what the one before it did.
pub(super) fn done_again(tail: &[Change], change: &Change) -> Option<Version> {
    let undone = |version| tail.iter().find(|it| it.version == version)?.undoes;
    let mut origin = change.undoes?;
    let mut again = false;
    while let Some(before) = undone(origin) {
        origin = before;
        again = !again;
    }
    again.then_some(origin)
}

/// Who made the changes, and what to press.
fn closing(tail: &[Change], changes: &[Change]) -> Vec<Block> {
    let Some(last) = changes.last() else {
        return Vec::new();
    };
    let mut small = Vec::new();
    if let ([_], Some(step)) = (changes, Step::of(&last.edit)) {
        small.push(Inline::code(step.field.name));
        small.push(Inline::plain(" · "));
    }
    small.push(Inline::plain(format!("version {} · by ", last.version)));
    small.push(Inline::Person(last.by.clone()));
    let back = match (changes, last.undoes) {
        ([_], Some(_)) if done_again(tail, last).is_none() => {
            button("Redo", format!("undo {}", last.version))
        }
        ([_], _) | (_, None) => button("Undo", format!("undo {}", last.version)),
        // One version would bring back one change of many.
        (_, Some(_)) => button("What was changed", "history"),
    };
    vec![
        Block::Note(small),
        Block::Actions(vec![back, button("Check the plan", "check")]),
    ]
}

/// The same for an act of several changes that were made out of a proposal; what is still open on it
/// stays in reach when the act is taken back.
pub(super) fn closing_of_act(changes: &[Change], proposal: &Proposal) -> Vec<Block> {
    let (Some(first), Some(last)) = (changes.first(), changes.last()) else {
        return Vec::new();
    };
    let versions = match changes {
        [one] => one.version.to_string(),
        _ => format!("{}-{}", first.version, last.version),
    };
    let kept = match proposal.open().next() {
        Some(_) => format!(" card {}", proposal.id),
        None => String::new(),
    };
    let word = if changes.len() == 1 {
        "version"
    } else {
        "versions"
    };
    vec![
        Block::Note(vec![
            Inline::plain(format!("{word} {versions} · applied by ")),
            Inline::Person(last.by.clone()),
        ]),
        Block::Actions(vec![
            button("Undo", format!("undo {versions}{kept}")),
            button("Check the plan", "check"),
        ]),
    ]
}

/// An answer as people read it.
pub(super) fn shown(field: &Field, answer: Option<&Answer>) -> String {
    match answer {
        Some(Answer::Known(value)) => value.display(field),
        Some(Answer::NotApplicable(reason)) => format!("not applicable ({reason})"),
        None => "not answered".to_owned(),
    }
}

/// The words on one line.
pub(super) fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
