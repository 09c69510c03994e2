//! Where in the plan a change goes, and the plan after it.

use super::case::{Case, button};
use super::prose::{capitalised, cut, sentence, stopped};
use super::refusal;
use crate::plan::{ApplyError, Change, Field, Level, Plan, Segment};
use crate::render::{Block, Document};

/// The most segments that are offered as buttons.
const MOST_OFFERED: usize = 5;

/// The segment that a change of `field` concerns; `None` for a field of the whole plan. `typed` is
/// the command without a segment, for those who have to choose one.
pub(super) fn target(
    case: &Case<'_>,
    field: &Field,
    named: Option<&Segment>,
    typed: &str,
) -> Result<Option<Segment>, Document> {
    let segments = case.plan.segments();
    match (field.level, named) {
        (Level::Plan, None) => Ok(None),
        (Level::Plan, Some(segment)) => Err(of_the_whole_plan(case, field, segment, typed)),
        (Level::Segment, Some(segment)) if segments.contains(segment) => Ok(named.cloned()),
        (Level::Segment, Some(segment)) => Err(refusal::no_segment(case, segment.as_str())),
        (Level::Segment, None) => match segments {
            [only] => Ok(Some(only.clone())),
            _ if segments.contains(&Segment::main()) => Ok(Some(Segment::main())),
            _ => Err(which_segment(case, field, typed)),
        },
    }
}

/// The plan after the changes of this turn.
pub(super) fn applied(case: &Case<'_>, changes: &[Change]) -> Result<Plan, Document> {
    let mut after = case.plan.clone();
    for change in changes {
        after.apply(change).map_err(|error| impossible(&error))?;
    }
    Ok(after)
}

/// A change that does not fit the plan.
pub(super) fn impossible(error: &ApplyError) -> Document {
    let mut blocks = vec![Block::Paragraph(sentence(&stopped(&capitalised(
        &error.to_string(),
    ))))];
    if matches!(error, ApplyError::Approved(_)) {
        blocks.push(Block::Actions(vec![button("Unlock", "unlock")]));
    }
    Document {
        headline: "The plan can't take that change, so nothing was changed.".to_owned(),
        blocks,
    }
}

fn of_the_whole_plan(case: &Case<'_>, field: &Field, segment: &Segment, typed: &str) -> Document {
    Document {
        headline: format!(
            "{} holds for the whole plan, not for one segment.",
            field.name
        ),
        blocks: vec![Block::Paragraph(sentence(&format!(
            "Nothing was changed. Without \"for {}\" it works: `{}`",
            segment.as_str(),
            case.typed(&cut(typed, 200))
        )))],
    }
}

fn which_segment(case: &Case<'_>, field: &Field, typed: &str) -> Document {
    let offered: Vec<_> = case.plan.segments().iter().take(MOST_OFFERED).collect();
    let more = match case.plan.segments().len() - offered.len() {
        0 => "",
        _ => " There are more: put the name of yours there.",
    };
    let Some(first) = offered.first() else {
        return refusal::no_segment(case, Segment::main().as_str());
    };
    Document {
        headline: format!("For which segment? Each has its own {}.", field.label()),
        blocks: vec![
            Block::Paragraph(sentence(&format!(
                "Nothing was changed yet. For example `{} for {}`.{more}",
                case.typed(&cut(typed, 200)),
                first.as_str()
            ))),
            Block::Actions(
                offered
                    .iter()
                    .map(|segment| {
                        let name = segment.as_str();
                        button(
                            cut(&format!("For {name}"), 28),
                            format!("{typed} for {name}"),
                        )
                    })
                    .collect(),
            ),
        ],
    }
}
