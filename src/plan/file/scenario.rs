//! The scenarios of a file: tables of the plan's own form, with the differing fields only.

use super::Problem;
use super::node::{Content, Entry, Node};
use super::sheet::{Beside, Claims, answers, entries_of};
use crate::plan::field::{Level, field};
use crate::plan::item::{Item, Scenario, ScenarioAnswer};
use crate::plan::{ParseContext, Segment};
use crate::text;

/// Reads the scenarios by their names.
pub(super) fn scenarios(
    node: Node,
    context: ParseContext,
    problems: &mut Vec<Problem>,
) -> Vec<Beside> {
    let mut scenarios = Vec::new();
    for entry in entries_of(node, "`scenario`", problems) {
        match Scenario::parse_name(&entry.key) {
            Ok(name) if name == entry.key => {
                scenarios.push((entry.at, scenario(name, entry, context, problems)));
            }
            Ok(name) => {
                let message = format!("write the scenario's name as `{name}`");
                problems.push(Problem::new(entry.at, message));
            }
            Err(message) => problems.push(Problem::new(entry.at, message)),
        }
    }
    scenarios
}

fn scenario(
    name: String,
    entry: Entry,
    context: ParseContext,
    problems: &mut Vec<Problem>,
) -> Item {
    let mut claims = Claims::default();
    let mut differing = Vec::new();
    for entry in entries_of(entry.node, &format!("`scenario.{name}`"), problems) {
        if entry.key == "unset" {
            differing.extend(unset(entry.node, problems));
            continue;
        }
        let before = problems.len();
        claims.take(entry, problems);
        // A scenario's segments stand one level deeper than the plan's.
        for problem in &mut problems[before..] {
            let deeper = format!("`[scenario.{name}.segment.main]`");
            problem.message = problem.message.replace("`[segment.main]`", &deeper);
        }
    }
    let given = answers(&claims, context, problems).into_iter();
    differing.extend(given.map(|(field, segment, answer)| ScenarioAnswer {
        field: field.name.to_owned(),
        segment,
        answer: Some(answer),
    }));
    differing.sort_by(|one, two| (&one.field, &one.segment).cmp(&(&two.field, &two.segment)));
    let answers = differing;
    Item::Scenario(Scenario { name, answers })
}

/// Reads the places that the scenario leaves unknown: `pricing.price for smb`.
fn unset(node: Node, problems: &mut Vec<Problem>) -> Vec<ScenarioAnswer> {
    let Content::Array(places) = node.content else {
        let message = format!("`unset` is a list, and this is {}", node.content.noun());
        problems.push(Problem::new(node.at, message));
        return Vec::new();
    };
    let mut answers = Vec::new();
    for place in places {
        match place_of(&place.content) {
            Ok((field, segment)) => answers.push(ScenarioAnswer {
                field,
                segment,
                answer: None,
            }),
            Err(message) => problems.push(Problem::new(place.at, message)),
        }
    }
    answers
}

fn place_of(content: &Content) -> Result<(String, Option<Segment>), String> {
    let Content::Words(words) = content else {
        return Err(format!(
            "a place is text such as \"pricing.price for smb\", and this is {}",
            content.noun()
        ));
    };
    let (name, segment) = match words.split_once(" for ") {
        Some((name, segment)) => (name.trim(), Some(Segment::parse(segment)?)),
        None => (words.trim(), None),
    };
    let field = field(name).ok_or_else(|| format!("{} is no field", text::quote(name)))?;
    match (field.level, segment) {
        (Level::Plan, _) => Ok((field.name.to_owned(), None)),
        (Level::Segment, segment) => {
            let segment = segment.unwrap_or_else(Segment::main);
            Ok((field.name.to_owned(), Some(segment)))
        }
    }
}
