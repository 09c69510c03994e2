//! `stage`: which stage the plan is in, its milestones line by line, and what the next line needs.

use super::case::{Case, button};
use super::prose::{capitalised, sentence};
use crate::plan::{self, Segment, Value, deal_value};
use crate::render::{Block, Document, Inline};
use crate::report::{Line, Milestone, Stand, awaited, cited, milestones};
use crate::sources::SourceRef;

/// The stage that a plan is taken to be at where nobody has said it.
const UNSTATED: &str = "product_market_fit";

/// What people call a stage.
fn label(slug: &str) -> &str {
    let stages = plan::field("plan.stage").map_or(&[][..], |field| field.choices);
    stages
        .iter()
        .find(|choice| choice.slug == slug)
        .map_or(slug, |choice| choice.label)
}

/// The milestones of the stage that is stated and of the one behind it in full, the others counted.
pub(super) fn document(case: &Case<'_>) -> Document {
    let all = milestones(&case.plan, case.ground());
    let stated = match case.plan.value("plan.stage", &Segment::main()) {
        Some(Value::Choice(slug)) => all.iter().position(|it| it.stage == slug),
        _ => None,
    };
    // A stage that is not answered counts as this one, as it does for the rules.
    let current = stated.or_else(|| all.iter().position(|it| it.stage == UNSTATED));
    let current = current.unwrap_or(0);
    let mut blocks = Vec::new();
    for milestone in all.iter().skip(current).take(2) {
        blocks.push(Block::Heading(heading(milestone)));
        let lines = milestone.lines.iter().map(told).collect();
        blocks.push(Block::Bullets(lines));
    }
    blocks.extend(earlier(&all[..current]));
    if let Some(milestone) = all.iter().skip(current).find(|it| it.next().is_some()) {
        blocks.extend(needs(case, milestone));
    }
    blocks.push(Block::Note(small_print(case)));
    if stated.is_none() {
        blocks.push(Block::Actions(stages(&all)));
    }
    Document {
        headline: headline(&all, stated, current),
        blocks,
    }
}

fn headline(all: &[Milestone], stated: Option<usize>, current: usize) -> String {
    let Some(milestone) = all.get(current) else {
        return "The rules here hold no milestones.".to_owned();
    };
    let name = milestone.name.to_lowercase();
    let reached = match (milestone.reached(), milestone.lines.len()) {
        (0, 1) => format!("the one line of its mark, {name}, is not reached yet"),
        (_, 1) => format!("the one line of its mark, {name}, is reached"),
        (0, n) => format!("none of the {n} lines of its mark, {name}, is reached yet"),
        (1, n) => format!("1 of the {n} lines of its mark, {name}, is reached"),
        (have, n) => format!("{have} of the {n} lines of its mark, {name}, are reached"),
    };
    let stage = label(milestone.stage);
    match stated {
        Some(_) => format!("The plan is at {stage}: {reached}."),
        None => {
            format!("Nobody has said which stage the plan is at, so I take {stage}: {reached}.")
        }
    }
}

/// `First traction (product/market fit): 1 of 3`.
pub(super) fn heading(milestone: &Milestone) -> String {
    format!(
        "{} ({}): {} of {}",
        milestone.name,
        label(milestone.stage),
        milestone.reached(),
        milestone.lines.len()
    )
}

/// A line with how the plan stands to it.
pub(super) fn told(line: &Line) -> Vec<Inline> {
    let stand = match line.stand {
        Stand::Reached => "Reached",
        Stand::Open => "Not yet",
        Stand::Unknown => "Not known",
    };
    let segment = line
        .segment
        .as_ref()
        .map_or_else(String::new, |segment| format!(" for {segment}"));
    let now = match line.told.as_str() {
        "" => match awaited(line) {
            Some(field) => format!(" · not answered{segment}: {}", field.label()),
            None => String::new(),
        },
        told => format!(" · now {told}{segment}{}", way(line)),
    };
    vec![
        Inline::strong(format!("{stand}: ")),
        Inline::plain(format!("{}{now}", line.label)),
    ]
}

/// How much of the way is done, where a part can be told.
fn way(line: &Line) -> String {
    match (line.stand, line.percent) {
        (Stand::Open, Some(percent)) => format!(", {percent}% of the way"),
        _ => String::new(),
    }
}

/// The marks behind the plan, in one line.
fn earlier(behind: &[Milestone]) -> Option<Block> {
    let counted = behind.iter().map(|milestone| {
        format!(
            "{} ({} of {})",
            milestone.name.to_lowercase(),
            milestone.reached(),
            milestone.lines.len()
        )
    });
    let words = counted.collect::<Vec<_>>().join(", ");
    (!words.is_empty()).then(|| Block::Note(vec![Inline::plain(format!("Before it: {words}."))]))
}

/// What the next line needs, with the deal value where that says how many customers it takes.
fn needs(case: &Case<'_>, milestone: &Milestone) -> Option<Block> {
    let line = milestone.next()?;
    let now = match line.told.as_str() {
        "" => String::new(),
        told => format!(", now {told}{}", case.for_segment(line.segment.as_ref())),
    };
    let mut words = vec![
        Inline::strong("Next: "),
        Inline::plain(format!("{}{now}.", line.label)),
    ];
    match (line.stand, awaited(line)) {
        (_, Some(field)) => {
            let segment = case.for_segment(line.segment.as_ref());
            words.push(Inline::plain(format!(" {} For example ", field.question)));
            let set = format!("set {} {}{segment}", field.name, field.example());
            words.push(case.code(&set));
        }
        _ => words.extend(customers(case, line)),
    }
    Some(Block::Paragraph(words))
}

/// `calc milestones` says how many customers a revenue takes; it needs one deal value.
fn customers(case: &Case<'_>, line: &Line) -> Vec<Inline> {
    let is_revenue = line.label.contains("recurring revenue");
    let deal = case
        .plan
        .only_segment()
        .and_then(|segment| deal_value(&case.plan, segment).value);
    match deal {
        Some(deal) if is_revenue => vec![
            Inline::plain(format!(
                " How many customers that takes at {deal} a year each: "
            )),
            case.code("calc milestones"),
        ],
        _ => Vec::new(),
    }
}

fn small_print(case: &Case<'_>) -> Vec<Inline> {
    let source = SourceRef {
        id: "gtm-framework".to_owned(),
        section: "milestones".to_owned(),
        url: crate::sources::source("gtm-framework").and_then(|it| it.address.clone()),
    };
    let own = case.typed("explain stage-claims-unsupported");
    let mut words = sentence(&format!(
        "Milestones are signs, not gates, and the source calls some of the numbers illustrations. A year of the monthly revenue is more than the yearly one behind it, so it may come later. Numbers of your own: `{own}`"
    ));
    words.push(Inline::plain(" · Source: "));
    words.push(cited(&source));
    words
}

fn stages(all: &[Milestone]) -> Vec<crate::render::Button> {
    let stages = all.iter().map(|it| it.stage);
    stages
        .map(|stage| button(capitalised(label(stage)), format!("set plan.stage {stage}")))
        .collect()
}
