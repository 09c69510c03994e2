//! `compare`: two ways side by side, each tried on the plan: pricing models, motions and other
//! choices, scenarios, the plan as it is.

use super::ask::source_line;
use super::case::{Answer, Case, button};
use super::prose::{capitalised, counted, cut, markdown, sentence};
use super::{change, next};
use crate::ask::Cited;
use crate::knowledge::library;
use crate::lint::{RuleResult, Severity};
use crate::plan::{self, Field, Kind, Level, Plan, Segment, Value, set_answer};
use crate::render::{Block, Document, Inline};
use crate::report::{cited, next_questions};

/// How many findings of one side are told.
const MOST_FINDINGS: usize = 3;

/// How many differences between two scenarios are listed.
const MOST_LISTED: usize = 10;

/// The fields whose choices people compare first; the others follow in the catalogue's order.
const FIRST: [&str; 4] = [
    "pricing.model",
    "sales.motion",
    "cs.model",
    "marketing.motion",
];

/// What the library holds on a choice.
const SECTIONS: &[(&str, &str, &str)] = &[
    ("pricing.model", "usage", "pricing-models#usage"),
    ("pricing.model", "seat", "pricing-models#seat"),
    ("pricing.model", "tiered", "pricing-models#tiered"),
    ("pricing.model", "freemium", "pricing-models#freemium"),
    ("pricing.model", "custom", "pricing-models#custom"),
    ("sales.motion", "plg", "sales-motions#plg"),
    ("sales.motion", "inside_one_stage", "sales-motions#inside"),
    (
        "sales.motion",
        "inside_two_stage",
        "motion-design#two-stage-today",
    ),
    ("sales.motion", "field", "sales-motions#field"),
    ("sales.motion", "named_accounts", "ladders#sales"),
    ("sales.motion", "partner", "sales-motions#partner"),
    ("cs.model", "community", "cs-models#tech-touch"),
    ("cs.model", "help_desk", "cs-models#tech-touch"),
    ("cs.model", "volume", "cs-models#low-touch"),
    ("cs.model", "segment", "cs-models#low-touch"),
    ("cs.model", "accounts", "cs-models#high-touch"),
    ("pricing.trial", "free_trial", "conversion-benchmarks#trial"),
    ("pricing.trial", "free_tier", "free-plan#when-it-fits"),
];

/// One way, tried on the plan.
struct Side {
    label: String,
    /// Whether it is what the plan says now.
    is_now: bool,
    /// What the check says of the plan with it.
    results: Vec<RuleResult>,
    /// What the library says of it.
    held: Option<Cited>,
    /// The command that makes it the plan.
    choose: Option<String>,
}

/// Compares two choices of one field, or two scenarios, in one segment where the plan has several.
pub(super) fn answer(case: &Case<'_>, one: &str, two: &str, segment: Option<&Segment>) -> Answer {
    if let (Some(a), Some(b)) = (scenario(case, one), scenario(case, two)) {
        return Ok(scenarios(case, (one, &a), (two, &b)));
    }
    let Some((field, a, b)) = choices(case, one, two) else {
        return Err(unknown(case, one, two));
    };
    let segment = match (field.level, segment, case.plan.only_segment()) {
        (Level::Plan, ..) => None,
        (_, Some(named), _) if case.plan.segments().contains(named) => Some(named.clone()),
        (_, Some(named), _) => return Err(super::refusal::no_segment(case, named.as_str())),
        (_, None, Some(only)) => Some(only.clone()),
        (_, None, None) => return Err(which_segment(case, one, two)),
    };
    let sides = [a, b].map(|value| side(case, field, segment.as_ref(), value));
    let mut document = told(case, &sides);
    let concerned: Vec<_> = sides[0]
        .results
        .iter()
        .filter(|result| result.fields.contains(field.name) && result.segment == segment)
        .cloned()
        .collect();
    if let Some(asked) = next_questions(&case.plan, &concerned).first() {
        let mut words = vec![Inline::plain("It would help to know: ")];
        words.extend(next::line(case, asked));
        document.blocks.push(Block::Paragraph(words));
    }
    let buttons = sides.iter().filter(|side| !side.is_now);
    let buttons = buttons.filter_map(|side| {
        let label = cut(&format!("Choose {}", side.label), 30);
        Some(button(label, side.choose.clone()?))
    });
    document.blocks.push(Block::Actions(buttons.collect()));
    Ok(document)
}

/// The first field of which both are choices.
fn choices(case: &Case<'_>, one: &str, two: &str) -> Option<(&'static Field, Value, Value)> {
    let context = case.context();
    let first = FIRST.iter().filter_map(|name| plan::field(name));
    let has_choices = |field: &&Field| matches!(field.kind, Kind::Choice | Kind::Set);
    first
        .chain(plan::fields().iter().filter(has_choices))
        .find_map(|field| {
            let read = |words: &str| field.parse(words, &context).ok().filter(is_one);
            let (a, b) = (read(one)?, read(two)?);
            (a != b).then_some((field, a, b))
        })
}

fn is_one(value: &Value) -> bool {
    match value {
        Value::Choice(_) => true,
        Value::Set(slugs) => slugs.len() == 1,
        _ => false,
    }
}

fn slug(value: &Value) -> &str {
    match value {
        Value::Choice(slug) => slug,
        Value::Set(slugs) => slugs.first().map_or("", String::as_str),
        _ => "",
    }
}

fn side(case: &Case<'_>, field: &'static Field, segment: Option<&Segment>, value: Value) -> Side {
    let slug = slug(&value).to_owned();
    let label = value.display(field);
    let answer = plan::Answer::Known(value);
    let is_now = case.plan.answer(field, segment) == Some(&answer);
    let mut after = case.plan.clone();
    let changes = set_answer(&after, field, segment, Some(answer), &case.author());
    for change in &changes {
        after
            .apply(change)
            .expect("a change made against the plan fits it");
    }
    let held = SECTIONS
        .iter()
        .find(|(of, choice, _)| *of == field.name && *choice == slug)
        .and_then(|(.., section)| section.split_once('#'))
        .and_then(|(entry, anchor)| library().section(entry, anchor))
        .map(|(entry, section)| Cited { entry, section });
    Side {
        label,
        is_now,
        results: case.results_after(&after, &changes),
        held,
        choose: Some(format!(
            "set {} {slug}{}",
            field.name,
            case.for_segment(segment)
        )),
    }
}

/// The plan under a scenario of that name; "plan" and "now" are the plan as it is.
fn scenario(case: &Case<'_>, words: &str) -> Option<Plan> {
    if matches!(words, "plan" | "the plan" | "now" | "current") {
        return Some(case.plan.clone());
    }
    let mut scenarios = case.plan.scenarios();
    let scenario = scenarios.find(|scenario| scenario.name == words)?;
    Some(case.plan.under(scenario))
}

fn scenarios(case: &Case<'_>, (one, a): (&str, &Plan), (two, b): (&str, &Plan)) -> Document {
    let side = |name: &str, plan: &Plan| Side {
        label: name.to_owned(),
        is_now: false,
        results: case.results_after(plan, &[]),
        held: None,
        choose: None,
    };
    let mut document = told(case, &[side(one, a), side(two, b)]);
    let edits = plan::difference(a, b);
    let lines: Vec<_> = edits
        .iter()
        .take(MOST_LISTED)
        .map(|edit| vec![Inline::plain(change::edit_line(case, edit))])
        .collect();
    let title = format!("From {one} to {two}");
    document
        .blocks
        .splice(0..0, [Block::Heading(title), Block::Bullets(lines)]);
    document
}

/// Both sides: the verdict, what is found with one and not with the other, what the library holds.
fn told(case: &Case<'_>, sides: &[Side; 2]) -> Document {
    let [one, two] = sides;
    let only_one = only(one, two);
    let only_two = only(two, one);
    let mut blocks = Vec::new();
    for (side, found) in [(one, &only_one), (two, &only_two)] {
        let now = if side.is_now { " (as the plan is)" } else { "" };
        blocks.push(Block::Heading(format!("{}{now}", capitalised(&side.label))));
        if let Some(held) = &side.held {
            blocks.extend(markdown(&held.section.body));
            blocks.push(source_line(held, case.today()));
        }
        if !(only_one.is_empty() && only_two.is_empty()) {
            blocks.extend(findings(case, found));
        }
    }
    Document {
        headline: verdict(sides, &only_one, &only_two),
        blocks,
    }
}

/// What is found with one side and not, or more weakly, with the other.
fn only<'a>(side: &'a Side, other: &Side) -> Vec<&'a RuleResult> {
    let stands = |result: &RuleResult| {
        other.results.iter().any(|it| {
            (&it.rule, &it.segment) == (&result.rule, &result.segment)
                && it.is_open_finding()
                && it.severity >= result.severity
        })
    };
    let mut only: Vec<_> = side
        .results
        .iter()
        .filter(|it| it.is_open_finding() && !it.is_absence() && !stands(it))
        .collect();
    only.sort_by_key(|result| std::cmp::Reverse(result.severity));
    only
}

fn weight(found: &[&RuleResult]) -> usize {
    let weights = found.iter().map(|result| match result.severity {
        Severity::Error => 9,
        Severity::Warning => 3,
        Severity::Advice => 1,
    });
    weights.sum()
}

fn verdict([one, two]: &[Side; 2], only_one: &[&RuleResult], only_two: &[&RuleResult]) -> String {
    let (a, b) = (weight(only_one), weight(only_two));
    let (better, worse, found, other) = match a.cmp(&b) {
        std::cmp::Ordering::Less => (one, two, only_two, only_one),
        std::cmp::Ordering::Greater => (two, one, only_one, only_two),
        std::cmp::Ordering::Equal if a == 0 => {
            return format!(
                "As far as the plan is answered, the rules see no difference between {} and {}.",
                one.label, two.label
            );
        }
        std::cmp::Ordering::Equal => {
            return format!(
                "In this plan as much speaks against {} as against {}.",
                one.label, two.label
            );
        }
    };
    let against = counted(found.len(), "finding");
    let own = match other.len() {
        0 => "nothing".to_owned(),
        n => counted(n, "finding"),
    };
    format!(
        "In this plan {} fits better than {}: {against} against {}, {own} against {}.",
        better.label, worse.label, worse.label, better.label
    )
}

fn findings(case: &Case<'_>, found: &[&RuleResult]) -> Vec<Block> {
    if found.is_empty() {
        return vec![Block::Paragraph(vec![Inline::plain(
            "Nothing is found with it that is not found with the other too.",
        )])];
    }
    let lines = found.iter().take(MOST_FINDINGS).map(|result| {
        let mut words = vec![
            Inline::strong(format!(
                "{}{}. ",
                capitalised(result.severity.as_str()),
                case.for_segment(result.segment.as_ref())
            )),
            Inline::plain(cut(&result.message, 400)),
            Inline::plain("\n"),
            Inline::code(result.rule.as_str()),
        ];
        if let Some(source) = result.sources.first() {
            words.push(Inline::plain(" · Source: "));
            words.push(cited(source));
        }
        words
    });
    let mut blocks = vec![Block::Bullets(lines.collect())];
    if let Some(more) = found.len().checked_sub(MOST_FINDINGS).filter(|&n| n > 0) {
        blocks.push(Block::Note(vec![Inline::plain(format!(
            "And {more} more."
        ))]));
    }
    blocks
}

fn which_segment(case: &Case<'_>, one: &str, two: &str) -> Document {
    let segments = case.plan.segments().iter().take(10);
    let buttons = segments
        .map(|it| button(it.as_str(), format!("compare {one} | {two} for {it}")))
        .collect();
    Document {
        headline: "The plan has several segments; for which one?".to_owned(),
        blocks: vec![Block::Actions(buttons)],
    }
}

fn unknown(case: &Case<'_>, one: &str, two: &str) -> Document {
    let [one, two] = [one, two].map(|it| cut(it, 40).replace('`', "\""));
    Document {
        headline: format!("I find no field of which \"{one}\" and \"{two}\" are both choices."),
        blocks: vec![
            Block::Paragraph(sentence(&format!(
                "This works: `{}`, `{}`, two versions (`{}`) or two scenarios.",
                case.typed("compare usage | seat"),
                case.typed("compare plg | field"),
                case.typed("compare 3 | 7"),
            ))),
            Block::Actions(vec![
                button("Scenarios", "scenario list"),
                button("Fields", "fields"),
            ]),
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_section_and_choice_exists() {
        for (name, choice, section) in SECTIONS {
            let field = plan::field(name).expect(name);
            assert!(
                field.choices.iter().any(|it| it.slug == *choice),
                "{choice}"
            );
            let (entry, anchor) = section.split_once('#').expect(section);
            assert!(library().section(entry, anchor).is_some(), "{section}");
        }
    }
}
