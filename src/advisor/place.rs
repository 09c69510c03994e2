//! Where in the plan a change goes, and the plan after it.

use super::case::{Case, button};
use super::prose::{capitalised, cut, sentence, stopped};
use super::refusal;
use crate::plan::{ApplyError, Change, Field, Level, Plan, Segment};
use crate::render::{Block, Document};
use crate::text;

/// The most segments that are offered as buttons.
const MOST_OFFERED: usize = 5;

/// A command around the place of its segment, so that what is offered to somebody who has to choose
/// one is what they typed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Typed<'t> {
    /// What stands before the place.
    pub(super) before: &'t str,
    /// What stands behind it.
    pub(super) behind: &'t str,
}

impl<'t> From<&'t String> for Typed<'t> {
    fn from(before: &'t String) -> Self {
        Self { before, behind: "" }
    }
}

impl<'t> From<&'t str> for Typed<'t> {
    fn from(before: &'t str) -> Self {
        Self { before, behind: "" }
    }
}

impl Typed<'_> {
    fn without_place(self) -> String {
        self.at("")
    }

    fn for_segment(self, segment: &Segment) -> String {
        self.at(&format!(" for {segment}"))
    }

    fn at(self, place: &str) -> String {
        format!("{}{place}{}", self.before, self.behind)
    }
}

/// The segment that a change of `field` concerns; `None` for a field of the whole plan. `typed` is
/// the command without a segment, for those who have to choose one.
pub(super) fn target<'t>(
    case: &Case<'_>,
    field: &Field,
    named: Option<&Segment>,
    typed: impl Into<Typed<'t>>,
) -> Result<Option<Segment>, Document> {
    let typed = typed.into();
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

/// Words that follow `for` at the head of a reason and name no segment: `for now because …`.
const NO_SEGMENTS: [&str; 6] = ["now", "us", "me", "today", "this", "that"];

/// The segment that stands before a reason as `for smb`, and the reason without `because`. Words in
/// which a segment was meant that the plan does not have are refused, not made a part of the reason.
pub(super) fn before_reason<'w>(
    case: &Case<'_>,
    words: &'w str,
) -> Result<(Option<Segment>, &'w str), Document> {
    let words = words.trim();
    let Some(named) = words.strip_prefix("for ").map(str::trim_start) else {
        return Ok((None, reason(words).0));
    };
    let (name, rest) = named.split_once(char::is_whitespace).unwrap_or((named, ""));
    let (name, is_closed) = match name.strip_suffix([':', ',']) {
        Some(name) => (name, true),
        None => (name, false),
    };
    let (reason, is_led) = reason(rest);
    let Ok(segment) = Segment::parse(name) else {
        return Ok((None, words));
    };
    let segments = case.plan.segments();
    if segments.contains(&segment) {
        return Ok((Some(segment), reason));
    }
    let known = segments.iter().map(Segment::as_str);
    let is_meant = is_closed || is_led || reason.is_empty();
    let is_slip = text::nearest(segment.as_str(), known).first().is_some();
    if (is_meant || is_slip) && !NO_SEGMENTS.contains(&segment.as_str()) {
        return Err(refusal::no_segment(case, segment.as_str()));
    }
    Ok((None, words))
}

/// The reason without the word that leads to it, and whether there was one.
pub(super) fn reason(words: &str) -> (&str, bool) {
    let words = words.trim();
    let rest = ["because ", "since ", ":"]
        .into_iter()
        .find_map(|lead| words.strip_prefix(lead));
    match rest {
        Some(rest) => (rest.trim(), true),
        None if words == "because" => ("", true),
        None => (words, false),
    }
}

fn of_the_whole_plan(
    case: &Case<'_>,
    field: &Field,
    segment: &Segment,
    typed: Typed<'_>,
) -> Document {
    Document {
        headline: format!(
            "{} holds for the whole plan, not for one segment.",
            field.name
        ),
        blocks: vec![Block::Paragraph(sentence(&format!(
            "Nothing was changed. Without \"for {}\" it works: `{}`",
            segment.as_str(),
            case.typed(&cut(&typed.without_place(), 200))
        )))],
    }
}

fn which_segment(case: &Case<'_>, field: &Field, typed: Typed<'_>) -> Document {
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
                "Nothing was changed yet. For example `{}`.{more}",
                case.typed(&cut(&typed.for_segment(first), 200))
            ))),
            Block::Actions(
                offered
                    .iter()
                    .map(|segment| {
                        let name = cut(&format!("For {segment}"), 28);
                        button(name, typed.for_segment(segment))
                    })
                    .collect(),
            ),
        ],
    }
}
