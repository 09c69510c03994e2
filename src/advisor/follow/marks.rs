//! Values whose message was edited since, or is gone: said wherever the value is shown.

use super::super::case::Case;
use super::super::proposal::{Gave, Source, SourceState};
use super::super::prose::capitalised;
use super::amended::is_live;
use super::reread::is_told;
use crate::ident::MessageTs;
use crate::lint::RuleResult;
use crate::plan::{self, Change, Field, Segment};
use crate::render::{Block, Inline};

/// How many are told whose message was not read for long.
const MOST_STALE: usize = 3;

/// What is said behind a value in the plan.
pub(in crate::advisor) fn behind(
    case: &Case<'_>,
    field: &Field,
    segment: Option<&Segment>,
) -> Vec<Inline> {
    let mut all = marked(case).filter(|(_, gave)| is_live(case, gave));
    let found = all.find(|(_, gave)| gave.field == field.name && gave.segment.as_ref() == segment);
    found.map_or_else(Vec::new, |(source, gave)| words(source, gave))
}

/// What is said behind a change in the history.
pub(in crate::advisor) fn behind_change(case: &Case<'_>, change: &Change) -> Vec<Inline> {
    let is_from = |ts: &MessageTs| change.link.ts.as_ref() == Some(ts);
    let found = marked(case).find(|(source, gave)| {
        is_from(&source.ts)
            && gave.version == change.version
            && source.channel == change.link.channel
    });
    found.map_or_else(Vec::new, |(source, gave)| words(source, gave))
}

/// What the findings lean on although its message is not what it was.
pub(in crate::advisor) fn under_findings(case: &Case<'_>, found: &[&RuleResult]) -> Option<Block> {
    let read = |gave: &Gave| {
        found.iter().any(|it| {
            it.fields.contains(&gave.field) && (it.segment.is_none() || it.segment == gave.segment)
        })
    };
    let told = marked(case).filter(|(_, gave)| is_live(case, gave) && read(gave));
    let mut told: Vec<_> = told
        .filter_map(|(source, gave)| {
            let field = plan::field(&gave.field)?;
            let segment = case.for_segment(gave.segment.as_ref());
            let name = capitalised(&field.label());
            let mut line = vec![Inline::plain(format!("{name}{segment}"))];
            line.extend(words(source, gave));
            Some(line)
        })
        .collect();
    told.extend(stale(case, read));
    (!told.is_empty()).then_some(Block::Bullets(told))
}

/// Values that findings lean on and whose messages nobody has read for long.
fn stale(case: &Case<'_>, read: impl Fn(&Gave) -> bool) -> Vec<Vec<Inline>> {
    if is_told(case) {
        return Vec::new();
    }
    let sources = case.situation.marked.iter();
    let stale = sources.filter(|it| it.is_stale(case.situation.now));
    let all = stale.flat_map(|source| source.gave.iter().map(move |gave| (source, gave)));
    let told = all
        .filter(|(_, gave)| gave.state == SourceState::Stands && is_live(case, gave) && read(gave));
    told.take(MOST_STALE)
        .filter_map(|(source, gave)| {
            let field = plan::field(&gave.field)?;
            let segment = case.for_segment(gave.segment.as_ref());
            let name = capitalised(&field.label());
            Some(vec![
                Inline::plain(format!("{name}{segment}")),
                Inline::soft(" · its "),
                message(source),
                Inline::soft(" was not re-read since "),
                Inline::When(source.read_at?),
            ])
        })
        .collect()
}

fn message(source: &Source) -> Inline {
    Inline::Message {
        label: "message".to_owned(),
        channel: source.channel.clone(),
        ts: source.ts.clone(),
        thread: source.thread.clone(),
    }
}

fn marked<'a>(case: &'a Case<'_>) -> impl Iterator<Item = (&'a Source, &'a Gave)> {
    let sources = case.situation.marked.iter();
    let all = sources.flat_map(|source| source.gave.iter().map(move |gave| (source, gave)));
    all.filter(|(_, gave)| gave.state != SourceState::Stands)
}

/// ` · source edited since (message)`.
fn words(source: &Source, gave: &Gave) -> Vec<Inline> {
    match gave.state {
        SourceState::Stands => Vec::new(),
        SourceState::Deleted => vec![Inline::soft(" · source changed: its message was deleted")],
        SourceState::Edited => vec![
            Inline::soft(" · source changed: its "),
            message(source),
            Inline::soft(" was edited"),
        ],
    }
}
