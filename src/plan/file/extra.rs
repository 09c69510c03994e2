//! What a file says beside the plan: waivers, thresholds, and what is known about single values.

use jiff::civil::Date;

use super::Problem;
use super::node::{Content, Node};
use super::record::Record;
use super::sheet::{Beside, entries_of};
use crate::ident::RuleSlug;
use crate::plan::item::{
    About, Baseline, Certainty, FindingKey, Item, SectionOwner, ThresholdSetting, Waiver,
};
use crate::plan::{Field, Segment, fields};
use crate::text;

/// Reads the list of waivers.
pub(super) fn waivers(node: Node, today: Date, problems: &mut Vec<Problem>) -> Vec<Beside> {
    const KEYS: &[&str] = &["rule", "segment", "reason", "owner", "until", "against"];
    let nodes = tables(node, "waiver", problems);
    let read = nodes.into_iter().filter_map(|node| {
        let at = node.at;
        let mut record = Record::open(node, "waiver", KEYS, problems)?;
        let rule = record.needed("rule");
        let segment = segment(&mut record);
        let reason = record.needed("reason");
        let owner = record.words("owner");
        let until = record.date("until", today);
        let against = record.words_by_key("against");
        record.close();
        let waiver = Waiver {
            rule: slug(&rule?),
            segment,
            reason: reason?,
            owner,
            until,
            against,
        };
        Some((at, Item::Waiver(waiver)))
    });
    read.collect()
}

/// Reads the list of thresholds.
pub(super) fn thresholds(node: Node, problems: &mut Vec<Problem>) -> Vec<Beside> {
    const KEYS: &[&str] = &["rule", "param", "value", "reason"];
    let nodes = tables(node, "threshold", problems);
    let read = nodes.into_iter().filter_map(|node| {
        let at = node.at;
        let mut record = Record::open(node, "threshold", KEYS, problems)?;
        let rule = record.needed("rule");
        let param = record.needed("param");
        let value = record.needed("value");
        let reason = record.needed("reason");
        record.close();
        let rule = slug(&rule?);
        let own = ThresholdSetting {
            rule,
            param: param?,
            value: value?,
            reason: reason?,
        };
        Some((at, Item::Threshold(own)))
    });
    read.collect()
}

/// Reads what is known about one value.
pub(super) fn about(
    (field, segment): (&'static str, Option<Segment>),
    node: Node,
    today: Date,
    problems: &mut Vec<Problem>,
) -> Option<Item> {
    const KEYS: &[&str] = &["certainty", "validate_by", "owner", "source"];
    let mut record = Record::open(node, "note about a value", KEYS, problems)?;
    let about = About {
        field: field.to_owned(),
        segment,
        certainty: certainty(&mut record),
        validate_by: record.date("validate_by", today),
        owner: record.words("owner"),
        source: record.words("source"),
    };
    record.close();
    Some(Item::About(about))
}

fn certainty(record: &mut Record<'_>) -> Option<Certainty> {
    let at = record.place_of("certainty");
    let words = record.words("certainty")?;
    match Certainty::parse(&words) {
        Ok(certainty) => Some(certainty),
        Err(message) => record.refuse(at, message),
    }
}

/// Reads the baseline.
pub(super) fn baseline(node: Node, today: Date, problems: &mut Vec<Problem>) -> Option<Beside> {
    let stands_at = node.at;
    let mut record = Record::open(node, "baseline", &["on", "findings"], problems)?;
    let on = record.date("on", today);
    let at = record.place_of("findings");
    let mut findings = std::collections::BTreeMap::new();
    for (key, severity) in record.words_by_key("findings") {
        match finding(&key) {
            Ok(finding) => drop(findings.insert(finding, severity)),
            Err(message) => drop(record.refuse::<()>(at, message)),
        }
    }
    record.close();
    Some((stands_at, Item::Baseline(Baseline { on, findings })))
}

/// Reads `rule` or `rule for segment`.
fn finding(words: &str) -> Result<FindingKey, String> {
    let (rule, segment) = match words.split_once(" for ") {
        Some((rule, segment)) => (rule, Some(Segment::parse(segment)?)),
        None => (words, None),
    };
    Ok(FindingKey {
        rule: slug(rule),
        segment,
    })
}

/// Reads who looks after which section.
pub(super) fn owners(node: Node, problems: &mut Vec<Problem>) -> Vec<Beside> {
    let components: Vec<_> = fields().iter().map(Field::component).collect();
    let mut owners = Vec::new();
    for entry in entries_of(node, "`owner`", problems) {
        if !components.contains(&entry.key.as_str()) {
            let near = text::nearest(&entry.key, components.iter().copied());
            let near = near.first();
            let near = near.map_or_else(String::new, |near| format!("; the nearest is `{near}`"));
            let message = format!("`{}` is no section of the plan{near}", entry.key);
            problems.push(Problem::new(entry.at, message));
            continue;
        }
        match &entry.node.content {
            Content::Words(owner) if !owner.trim().is_empty() => {
                let owner = SectionOwner {
                    component: entry.key,
                    owner: owner.trim().to_owned(),
                };
                owners.push((entry.at, Item::Owner(owner)));
            }
            other => {
                let noun = other.noun();
                let message = format!("an owner is a name such as \"@ana\", and this is {noun}");
                problems.push(Problem::new(entry.node.at, message));
            }
        }
    }
    owners
}

/// The rule's name; lists of rules write its category before it.
fn slug(rule: &str) -> RuleSlug {
    RuleSlug::new(rule.rsplit('/').next().unwrap_or(rule).trim())
}

fn segment(record: &mut Record<'_>) -> Option<Segment> {
    let node = record.take("segment")?;
    let name = match &node.content {
        Content::Words(words) => Segment::parse(words),
        other => Err(format!("`segment` is text, and this is {}", other.noun())),
    };
    match name {
        Ok(segment) => Some(segment),
        Err(message) => record.refuse(node.at, message),
    }
}

/// The tables of a list of tables.
pub(super) fn tables(node: Node, noun: &str, problems: &mut Vec<Problem>) -> Vec<Node> {
    match node.content {
        Content::Array(nodes) => nodes,
        other => {
            let message = format!(
                "`{noun}` is a list of tables (`[[{noun}]]`), and this is {}",
                other.noun()
            );
            problems.push(Problem::new(node.at, message));
            Vec::new()
        }
    }
}
