//! `plan`: what the plan says. A small plan is shown whole, a big one as an overview of its parts.

use super::case::{Answer, Case, button};
use super::change::shown;
use super::prose::{capitalised, counted, cut, sentence};
use super::{follow, next, refusal};
use crate::intent::components;
use crate::plan::{self, Field, Level, Segment};
use crate::render::{Block, Document, Inline, Row};

/// A plan with at most this many answers is shown whole.
const MOST_ROWS: usize = 24;

/// Values are cut so that all of them together stay below this many letters.
const MOST_LETTERS: usize = 6_000;

/// No value is cut below this many letters.
const LEAST_LETTERS: usize = 120;

/// One answer of the plan.
struct Entry<'a> {
    field: &'static Field,
    segment: Option<&'a Segment>,
    value: String,
    /// What is said of where it came from.
    source: Vec<Inline>,
}

/// The plan, or the part of it that was asked for.
pub(super) fn answer(
    case: &Case<'_>,
    component: Option<&'static str>,
    segment: Option<&Segment>,
) -> Answer {
    if let Some(segment) = segment.filter(|segment| !case.plan.segments().contains(segment)) {
        return Err(refusal::no_segment(case, segment.as_str()));
    }
    let entries: Vec<_> = entries(case)
        .into_iter()
        .filter(|entry| component.is_none_or(|component| entry.field.component() == component))
        .filter(|entry| segment.is_none() || entry.segment == segment)
        .collect();
    let scope = Scope { component, segment };
    if entries.is_empty() {
        return Ok(empty(case, &scope));
    }
    if component.is_none() && entries.len() > MOST_ROWS {
        Ok(overview(case, &scope, &entries))
    } else {
        Ok(sheet(case, &scope, &entries))
    }
}

fn entries<'a>(case: &'a Case<'_>) -> Vec<Entry<'a>> {
    case.plan
        .answers()
        .map(|(field, segment, answer)| Entry {
            field,
            segment,
            value: shown(field, Some(answer)),
            source: follow::behind(case, field, segment),
        })
        .collect()
}

/// Which part of the plan was asked for.
struct Scope<'a> {
    component: Option<&'static str>,
    segment: Option<&'a Segment>,
}

impl Scope<'_> {
    /// The fields of this part, counted once for each segment that holds them.
    fn size(&self, case: &Case<'_>) -> usize {
        let segments = self.segment.map_or(case.plan.segments().len(), |_| 1);
        plan::fields()
            .iter()
            .filter(|field| {
                self.component
                    .is_none_or(|component| field.component() == component)
            })
            .map(|field| match (field.level, self.segment) {
                (Level::Plan, None) => 1,
                (Level::Plan, Some(_)) => 0,
                (Level::Segment, _) => segments,
            })
            .sum()
    }

    fn headline(&self, case: &Case<'_>, answered: usize) -> String {
        let what = match (self.component, self.segment) {
            (Some(component), _) => title(component),
            (None, Some(_)) => "The plan".to_owned(),
            (None, None) => name(case).unwrap_or_else(|| "The plan".to_owned()),
        };
        let segment = self
            .segment
            .map(|s| format!(" for {}", s.as_str()))
            .unwrap_or_default();
        format!(
            "{what}{segment}: {answered} of {} answered.",
            counted(self.size(case), "field")
        )
    }
}

/// The plan's name, where it has one.
fn name(case: &Case<'_>) -> Option<String> {
    let field = plan::field("plan.name")?;
    let answer = case.plan.answer(field, None)?;
    Some(cut(
        &super::change::one_line(&shown(field, Some(answer))),
        80,
    ))
}

/// Every answer of the part, as far as there is room.
fn sheet(case: &Case<'_>, scope: &Scope<'_>, entries: &[Entry<'_>]) -> Document {
    let letters = (MOST_LETTERS / entries.len().min(MOST_ROWS)).max(LEAST_LETTERS);
    let mut blocks = Vec::new();
    let mut open: Option<(&str, Vec<Row>)> = None;
    for entry in entries.iter().take(MOST_ROWS) {
        let component = entry.field.component();
        if open.as_ref().is_none_or(|(of, _)| *of != component) {
            blocks.extend(open.take().into_iter().flat_map(part));
            open = Some((component, Vec::new()));
        }
        if let Some((_, rows)) = &mut open {
            rows.push(Row {
                name: format!(
                    "{}{}",
                    capitalised(&entry.field.label()),
                    case.for_segment(entry.segment)
                ),
                value: std::iter::once(Inline::plain(cut(&entry.value, letters)))
                    .chain(entry.source.iter().cloned())
                    .collect(),
            });
        }
    }
    blocks.extend(open.into_iter().flat_map(part));
    if let Some(more) = entries
        .len()
        .checked_sub(MOST_ROWS)
        .filter(|&more| more > 0)
    {
        blocks.push(rest(case, scope, more));
    }
    blocks.extend(question(case));
    Document {
        headline: scope.headline(case, entries.len()),
        blocks,
    }
}

fn part((component, rows): (&str, Vec<Row>)) -> [Block; 2] {
    [Block::Heading(title(component)), Block::Rows(rows)]
}

/// How to see the answers for which there was no room.
fn rest(case: &Case<'_>, scope: &Scope<'_>, more: usize) -> Block {
    let segment = scope.segment.or_else(|| case.plan.segments().first());
    let words = match (scope.component, segment) {
        (Some(component), Some(segment)) => format!("plan {component} for {}", segment.as_str()),
        _ => "plan pricing".to_owned(),
    };
    Block::Note(sentence(&format!(
        "And {more} more. For example: `{}`",
        case.typed(&words)
    )))
}

/// A component's name as a heading.
fn title(component: &str) -> String {
    match component {
        "plan" => "General".to_owned(),
        "icp" => "Ideal customer".to_owned(),
        "cs" => "Customer success".to_owned(),
        other => capitalised(other),
    }
}

/// How much of each component is answered, each with a button.
fn overview(case: &Case<'_>, scope: &Scope<'_>, entries: &[Entry<'_>]) -> Document {
    let mut rows = Vec::new();
    let mut buttons = Vec::new();
    for component in components() {
        let part = Scope {
            component: Some(component),
            segment: scope.segment,
        };
        let (have, of) = (answered(entries, component), part.size(case));
        if of == 0 {
            continue;
        }
        rows.push(Row {
            name: title(component),
            value: vec![Inline::plain(format!("{have} of {of} answered"))],
        });
        if have > 0 {
            let segment = scope
                .segment
                .map(|s| format!(" for {}", s.as_str()))
                .unwrap_or_default();
            buttons.push(button(
                title(component),
                format!("plan {component}{segment}"),
            ));
        }
    }
    let mut blocks = vec![Block::Rows(rows)];
    let segments = case.plan.segments();
    if segments.len() > 1 && scope.segment.is_none() {
        blocks.push(Block::Note(segment_names(case, segments)));
    }
    blocks.extend(question(case));
    blocks.push(Block::Actions(buttons));
    Document {
        headline: scope.headline(case, entries.len()),
        blocks,
    }
}

fn answered(entries: &[Entry<'_>], component: &str) -> usize {
    entries
        .iter()
        .filter(|entry| entry.field.component() == component)
        .count()
}

fn segment_names(case: &Case<'_>, segments: &[Segment]) -> Vec<Inline> {
    let names: Vec<_> = segments.iter().take(10).map(Segment::as_str).collect();
    let more = match segments.len() - names.len() {
        0 => String::new(),
        n => format!(" and {n} more"),
    };
    sentence(&format!(
        "{}: {}{more}. One of them: `{}`",
        counted(segments.len(), "segment"),
        names.join(", "),
        case.typed(&format!(
            "plan for {}",
            names.first().copied().unwrap_or_default()
        ))
    ))
}

fn question(case: &Case<'_>) -> Option<Block> {
    let questions = next::questions(case);
    let mut words = vec![Inline::plain("Next: ")];
    words.extend(next::line(case, questions.first()?));
    Some(Block::Paragraph(words))
}

fn empty(case: &Case<'_>, scope: &Scope<'_>) -> Document {
    let what = match scope.component {
        Some(component) => format!("{}: nothing is answered yet", title(component)),
        None => "The plan is empty".to_owned(),
    };
    let mut blocks: Vec<_> = question(case).into_iter().collect();
    if let Some(component) = scope.component {
        blocks.push(Block::Note(sentence(&format!(
            "What can be set here: `{}`",
            case.typed(&format!("fields {component}"))
        ))));
    }
    Document {
        headline: format!(
            "{what}{}.",
            scope
                .segment
                .map(|s| format!(" for {}", s.as_str()))
                .unwrap_or_default()
        ),
        blocks,
    }
}
