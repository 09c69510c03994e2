//! The fields of a file: which key is which field, and what its value is.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use jiff::civil::Date;

use super::node::{Content, Entry, Node};
use super::values::{Reading, value};
use super::{Problem, Read, extra, meeting, scenario};
use crate::plan::draft::Answers;
use crate::plan::field::{Choice, Field, Level, field, fields, find_field};
use crate::plan::segment::MOST_SEGMENTS;
use crate::plan::{Answer, Currency, Item, ItemKey, ParseContext, Plan, Segment, Value};
use crate::text;

/// A field that the file names, before its value is read.
struct Claim {
    field: &'static Field,
    segment: Option<Segment>,
    at: usize,
    node: Node,
}

/// Fields that a file names, each once.
#[derive(Default)]
struct Claimed {
    list: Vec<Claim>,
    seen: HashSet<(&'static str, Option<Segment>)>,
}

/// All that the file names, by what it is.
#[derive(Default)]
pub(super) struct Claims {
    values: Claimed,
    not_applicable: Claimed,
    about: Claimed,
    segments: Vec<Segment>,
}

/// An answer with its place in the plan.
pub(super) type Placed = (&'static Field, Option<Segment>, Answer);

/// What stands beside the answers, with its place in the file.
pub(super) type Beside = (usize, Item);

/// Reads a file's content.
pub(super) fn read(root: Node, today: Date) -> Result<Read, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut claims = Claims::default();
    let mut scenarios = None;
    let mut items = Vec::new();
    for entry in entries_of(root, "a plan", &mut problems) {
        match entry.key.as_str() {
            "waiver" => items.extend(extra::waivers(entry.node, today, &mut problems)),
            "threshold" => items.extend(extra::thresholds(entry.node, &mut problems)),
            "decision" => items.extend(meeting::decisions(entry.node, today, &mut problems)),
            "trigger" => items.extend(meeting::triggers(entry.node, today, &mut problems)),
            "baseline" => items.extend(extra::baseline(entry.node, today, &mut problems)),
            "owner" => items.extend(extra::owners(entry.node, &mut problems)),
            "scenario" => scenarios = Some(entry.node),
            _ => claims.take(entry, &mut problems),
        }
    }
    let context = ParseContext {
        currency: currency_of(&claims.values.list, today),
        today,
    };
    if let Some(node) = scenarios {
        items.extend(scenario::scenarios(node, context, &mut problems));
    }
    let items = each_once(items, &mut problems);
    let plan = plan_of(claims, items, context, &mut problems);
    if problems.iter().all(|problem| problem.leaves_open) {
        Ok((plan, problems))
    } else {
        Err(problems)
    }
}

/// The items of a file; a plan holds one of a key, so a second one is a slip.
fn each_once(items: Vec<Beside>, problems: &mut Vec<Problem>) -> Vec<Item> {
    let mut seen = BTreeSet::new();
    let once = items.into_iter().filter_map(|(at, item)| {
        if seen.insert(item.key()) {
            return Some(item);
        }
        let message = format!("there are two {}", several(&item.key()));
        problems.push(Problem::new(at, message));
        None
    });
    once.collect()
}

/// What there is too much of.
fn several(key: &ItemKey) -> String {
    match key {
        ItemKey::Waiver(rule, None) => format!("waivers of `{rule}`"),
        ItemKey::Waiver(rule, Some(segment)) => format!("waivers of `{rule}` for {segment}"),
        ItemKey::Threshold(rule, param) => format!("thresholds `{rule}.{param}`"),
        ItemKey::Decision(id) => format!("decisions `{id}`"),
        ItemKey::Trigger(id) => format!("triggers `{id}`"),
        ItemKey::Scenario(name) => format!("scenarios `{name}`"),
        ItemKey::Owner(component) => format!("owners of `{component}`"),
        ItemKey::About(field, _) => format!("notes about `{field}`"),
        ItemKey::Baseline => "baselines".to_owned(),
        ItemKey::Approval => "approvals".to_owned(),
    }
}

impl Claims {
    /// Takes an entry of the outermost level: segments, or fields of the whole plan.
    pub(super) fn take(&mut self, entry: Entry, problems: &mut Vec<Problem>) {
        match entry.key.as_str() {
            "segment" => segments(entry, self, problems),
            _ => level(entry, None, self, problems),
        }
    }
}

/// The entries of a table; a problem and none if it is no table.
pub(super) fn entries_of(node: Node, noun: &str, problems: &mut Vec<Problem>) -> Vec<Entry> {
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
    for (n, entry) in entries_of(entry.node, "`segment`", problems)
        .into_iter()
        .enumerate()
    {
        if n == MOST_SEGMENTS {
            let message = format!(
                "a plan has {MOST_SEGMENTS} segments at most; put those together that are sold in the same way"
            );
            problems.push(Problem::new(entry.at, message));
            return;
        }
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
    claims: &mut Claimed,
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
            None if !claims.seen.insert((field.name, segment.cloned())) => {
                problems.push(Problem::new(
                    entry.at,
                    format!("`{name}` stands here twice"),
                ));
            }
            None => claims.list.push(Claim {
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
        // The nearest name is looked for only where it is told.
        _ => problems.push(Problem::unknown(entry.at, name, segment.cloned())),
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

/// What a plan may hold at its own level beside the components of fields.
const OWN: [&str; 10] = [
    "segment",
    "na",
    "about",
    "waiver",
    "threshold",
    "decision",
    "scenario",
    "trigger",
    "baseline",
    "owner",
];

/// Says that a name is no field, with the nearest that is one.
pub(super) fn unknown(name: &str, segment: Option<&Segment>) -> String {
    let quoted = text::quote(name);
    if segment.is_none()
        && let Some(near) = text::nearest(name, OWN).first()
    {
        return format!("{quoted} is no part of a plan; `{near}` is the nearest");
    }
    let sizes = field("icp.segment").map_or(&[][..], |it| it.choices);
    let key = text::key(name);
    let called = |it: &&Choice| {
        let names = [it.slug, it.label].into_iter();
        let mut names = names.chain(it.synonyms.iter().copied());
        names.any(|name| text::key(name) == key)
    };
    if let Some(size) = sizes.iter().find(called) {
        let table = size.slug.replace('_', "-");
        return format!("{quoted} is no field; a segment is written `[segment.{table}]`");
    }
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
    if let Some(field) = nearest {
        return format!("{quoted} is no field; the nearest is `{}`", field.name);
    }
    let component = name.split('.').next().unwrap_or_default();
    let known = fields().iter().map(Field::component).chain(OWN);
    match text::nearest(component, known).first() {
        Some(near) => format!("{quoted} is no field; `{near}` is the nearest name"),
        None => format!("{quoted} is no field; one is written like plan.name or icp.pain"),
    }
}

fn about_of(claims: Vec<Claim>, today: Date, problems: &mut Vec<Problem>) -> Vec<Item> {
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
    let value = claim.and_then(|claim| value(claim.field, &claim.node, context).value);
    match value {
        Some(Value::Text(code)) => Currency::of_code(&code).unwrap_or(Currency::USD),
        _ => Currency::USD,
    }
}

/// Reads all values, and makes the plan of them.
fn plan_of(
    claims: Claims,
    mut items: Vec<Item>,
    context: ParseContext,
    problems: &mut Vec<Problem>,
) -> Plan {
    let mut whole = Answers::new();
    let mut by_segment: BTreeMap<Segment, Answers> = BTreeMap::new();
    for (field, segment, answer) in answers(&claims, context, problems) {
        let answers = match segment {
            None => &mut whole,
            Some(segment) => by_segment.entry(segment).or_default(),
        };
        answers.insert(field.name.to_owned(), answer);
    }
    items.extend(about_of(claims.about.list, context.today, problems));
    Plan::of_sheet(claims.segments, whole, by_segment, items)
}

/// Reads the answers that a file gives, each with its place.
pub(super) fn answers(
    claims: &Claims,
    context: ParseContext,
    problems: &mut Vec<Problem>,
) -> Vec<Placed> {
    let mut answers = Vec::new();
    for claim in &claims.values.list {
        let Reading {
            value,
            problems: found,
        } = value(claim.field, &claim.node, context);
        problems.extend(found);
        if let Some(value) = value {
            answers.push((claim.field, claim.segment.clone(), Answer::Known(value)));
        }
    }
    let given = answers.iter();
    let given: HashSet<_> = given
        .map(|(field, of, _)| (field.name, of.clone()))
        .collect();
    let has_value = |claim: &Claim| given.contains(&(claim.field.name, claim.segment.clone()));
    for claim in &claims.not_applicable.list {
        match not_applicable(claim, has_value(claim)) {
            Ok(answer) => answers.push((claim.field, claim.segment.clone(), answer)),
            Err(problem) => problems.push(problem),
        }
    }
    answers
}

/// The reason why a field does not apply, if no value stands there.
fn not_applicable(claim: &Claim, has_value: bool) -> Result<Answer, Problem> {
    let name = claim.field.name;
    match &claim.node.content {
        Content::Words(reason) if !reason.trim().is_empty() => {
            if has_value {
                let message = format!("`{name}` has a value and is not applicable, too");
                return Err(Problem::new(claim.at, message));
            }
            Ok(Answer::NotApplicable(reason.trim().to_owned()))
        }
        _ => Err(Problem::new(
            claim.node.at,
            format!("say in words why `{name}` does not apply"),
        )),
    }
}
