//! The fields of a file: which key is which field, and what its value is.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::node::{Content, Entry, Node};
use super::values::value;
use super::{About, PlanFile, Problem, extra};
use crate::plan::draft::Answers;
use crate::plan::field::{Field, Level, field, fields, find_field};
use crate::plan::{Answer, Currency, ParseContext, Plan, Segment, Value};
use crate::text;

/// A field that the file names, before its value is read.
struct Claim {
    field: &'static Field,
    segment: Option<Segment>,
    at: usize,
    node: Node,
}

/// All that the file names, by what it is.
#[derive(Default)]
struct Claims {
    values: Vec<Claim>,
    not_applicable: Vec<Claim>,
    about: Vec<Claim>,
    segments: Vec<Segment>,
}

/// Tables of the format that this version of the program does not read yet.
const NOT_READ_YET: &[&str] = &["decision", "scenario", "baseline"];

/// Reads a file's content.
pub(super) fn read(root: Node, today: Date) -> Result<PlanFile, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut claims = Claims::default();
    let (mut waivers, mut thresholds) = (Vec::new(), Vec::new());
    for entry in entries_of(root, "a plan", &mut problems) {
        match entry.key.as_str() {
            "segment" => segments(entry, &mut claims, &mut problems),
            "waiver" => waivers = extra::waivers(entry.node, today, &mut problems),
            "threshold" => thresholds = extra::thresholds(entry.node, &mut problems),
            key if NOT_READ_YET.contains(&key) => {
                let message =
                    format!("`{key}` is part of the format but not read yet; take it out");
                problems.push(Problem::new(entry.at, message));
            }
            _ => level(entry, None, &mut claims, &mut problems),
        }
    }
    let plan = plan_of(&claims, today, &mut problems);
    let about = about_of(claims.about, today, &mut problems);
    if problems.is_empty() {
        Ok(PlanFile {
            plan,
            about,
            waivers,
            thresholds,
        })
    } else {
        Err(problems)
    }
}

/// The entries of a table; a problem and none if it is no table.
fn entries_of(node: Node, noun: &str, problems: &mut Vec<Problem>) -> Vec<Entry> {
    match node.content {
        Content::Table(entries) => entries,
        other => {
            let message = format!("{noun} is a table, and this is {}", other.noun());
            problems.push(Problem::new(node.at, message));
            Vec::new()
        }
    }
}

/// Reads the tables of the segments.
fn segments(entry: Entry, claims: &mut Claims, problems: &mut Vec<Problem>) {
    for entry in entries_of(entry.node, "`segment`", problems) {
        let segment = match Segment::parse(&entry.key) {
            Ok(segment) if segment.as_str() == entry.key => segment,
            Ok(segment) => {
                let message = format!("write the segment's name as `{segment}`");
                problems.push(Problem::new(entry.at, message));
                continue;
            }
            Err(message) => {
                problems.push(Problem::new(entry.at, message));
                continue;
            }
        };
        let name = format!("`segment.{segment}`");
        claims.segments.push(segment.clone());
        for inner in entries_of(entry.node, &name, problems) {
            level(inner, Some(&segment), claims, problems);
        }
    }
}

/// Reads one entry of the plan's own level or of a segment's.
fn level(
    entry: Entry,
    segment: Option<&Segment>,
    claims: &mut Claims,
    problems: &mut Vec<Problem>,
) {
    let list = match entry.key.as_str() {
        "na" => &mut claims.not_applicable,
        "about" => &mut claims.about,
        _ => {
            claim("", entry, segment, &mut claims.values, problems);
            return;
        }
    };
    for inner in entries_of(entry.node, &format!("`{}`", entry.key), problems) {
        claim("", inner, segment, list, problems);
    }
}

/// Finds the field that an entry below `path` names, or the fields that its table names.
fn claim(
    path: &str,
    entry: Entry,
    segment: Option<&Segment>,
    claims: &mut Vec<Claim>,
    problems: &mut Vec<Problem>,
) {
    let name = if path.is_empty() {
        entry.key.clone()
    } else {
        format!("{path}.{}", entry.key)
    };
    if let Some(field) = field(&name) {
        match misplaced(field, segment) {
            Some(message) => problems.push(Problem::new(entry.at, message)),
            None if claims
                .iter()
                .any(|c| c.field == field && c.segment.as_ref() == segment) =>
            {
                problems.push(Problem::new(
                    entry.at,
                    format!("`{name}` stands here twice"),
                ));
            }
            None => claims.push(Claim {
                field,
                segment: segment.cloned(),
                at: entry.at,
                node: entry.node,
            }),
        }
        return;
    }
    let is_component = fields().iter().any(|field| field.component() == name);
    match entry.node.content {
        Content::Table(inner) if is_component => {
            for entry in inner {
                claim(&name, entry, segment, claims, problems);
            }
        }
        _ => problems.push(Problem::new(entry.at, unknown(&name, segment))),
    }
}

/// Why a field cannot stand there.
fn misplaced(field: &Field, segment: Option<&Segment>) -> Option<String> {
    let name = field.name;
    match (field.level, segment) {
        (Level::Plan, Some(segment)) => Some(format!(
            "`{name}` is about the whole plan; move it out of segment `{segment}`, above the segments"
        )),
        (Level::Segment, None) => Some(format!(
            "`{name}` is held for each segment; put it under `[segment.main]`"
        )),
        _ => None,
    }
}

/// Says that a name is no field, with the nearest that is one.
fn unknown(name: &str, segment: Option<&Segment>) -> String {
    let level = if segment.is_some() {
        Level::Segment
    } else {
        Level::Plan
    };
    let near = match find_field(name) {
        Ok(field) => vec![field],
        Err(near) => near,
    };
    let nearest = near
        .iter()
        .find(|field| field.level == level)
        .or(near.first());
    let quoted = text::quote(name);
    if let Some(field) = nearest {
        return format!("{quoted} is no field; the nearest is `{}`", field.name);
    }
    let own = ["segment", "na", "about", "waiver", "threshold"];
    let component = name.split('.').next().unwrap_or_default();
    let known = fields().iter().map(Field::component).chain(own);
    match text::nearest(component, known).first() {
        Some(near) => format!("{quoted} is no field; `{near}` is the nearest name"),
        None => format!("{quoted} is no field"),
    }
}

fn about_of(claims: Vec<Claim>, today: Date, problems: &mut Vec<Problem>) -> Vec<About> {
    let read = claims.into_iter().filter_map(|claim| {
        extra::about(
            (claim.field.name, claim.segment),
            claim.node,
            today,
            problems,
        )
    });
    read.collect()
}

/// The currency of amounts that name none: the plan's, wherever in the file it stands.
fn currency_of(values: &[Claim], today: Date) -> Currency {
    let context = ParseContext {
        currency: Currency::USD,
        today,
    };
    let claim = values
        .iter()
        .find(|claim| claim.field.name == "plan.currency");
    let value = claim.and_then(|claim| value(claim.field, &claim.node, context).ok());
    match value {
        Some(Value::Text(code)) => Currency::of_code(&code).unwrap_or(Currency::USD),
        _ => Currency::USD,
    }
}

/// Reads all values, and makes the plan of them.
fn plan_of(claims: &Claims, today: Date, problems: &mut Vec<Problem>) -> Plan {
    let context = ParseContext {
        currency: currency_of(&claims.values, today),
        today,
    };
    let mut whole = Answers::new();
    let mut by_segment: BTreeMap<Segment, Answers> = BTreeMap::new();
    let mut put = |claim: &Claim, answer: Answer| -> bool {
        let answers = match &claim.segment {
            None => &mut whole,
            Some(segment) => by_segment.entry(segment.clone()).or_default(),
        };
        answers
            .insert(claim.field.name.to_owned(), answer)
            .is_none()
    };
    for claim in &claims.values {
        match value(claim.field, &claim.node, context) {
            Ok(value) => drop(put(claim, Answer::Known(value))),
            Err(found) => problems.extend(found),
        }
    }
    for claim in &claims.not_applicable {
        let name = claim.field.name;
        let problem = match &claim.node.content {
            Content::Words(reason) if !reason.trim().is_empty() => {
                let answer = Answer::NotApplicable(reason.trim().to_owned());
                if put(claim, answer) {
                    continue;
                }
                Problem::new(
                    claim.at,
                    format!("`{name}` has a value and is not applicable, too"),
                )
            }
            _ => Problem::new(
                claim.node.at,
                format!("say in words why `{name}` does not apply"),
            ),
        };
        problems.push(problem);
    }
    Plan::of_sheet(claims.segments.clone(), whole, by_segment)
}
