//! What a file says beside the plan: waivers, thresholds, and what is known about single values.

use jiff::civil::Date;

use super::Problem;
use super::node::{Content, Node};
use super::record::Record;
use crate::ident::RuleSlug;
use crate::plan::Segment;

/// What the team knows about one value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// The field's name.
    pub field: &'static str,
    /// The segment, for a field that is held for each segment.
    pub segment: Option<Segment>,
    /// How sure it is, such as `assumption`.
    pub certainty: Option<String>,
    /// When it shall have been validated.
    pub validate_by: Option<Date>,
    /// Who looks after it.
    pub owner: Option<String>,
    /// Where it comes from.
    pub source: Option<String>,
}

/// A rule that the team has waived. Whether there is such a rule is the rule engine's to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiver {
    /// The rule.
    pub rule: RuleSlug,
    /// The segment that it is waived for; all where none is named.
    pub segment: Option<Segment>,
    /// Why.
    pub reason: String,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Until when, that day included.
    pub until: Option<Date>,
}

/// A threshold that the team has set itself. Its value is checked by the rule that has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThresholdSetting {
    /// The rule.
    pub rule: RuleSlug,
    /// The rule's parameter.
    pub param: String,
    /// The value as it is spelled.
    pub value: String,
    /// Why.
    pub reason: String,
}

/// Reads the list of waivers.
pub(super) fn waivers(node: Node, today: Date, problems: &mut Vec<Problem>) -> Vec<Waiver> {
    const KEYS: &[&str] = &["rule", "segment", "reason", "owner", "until"];
    let nodes = tables(node, "waiver", problems);
    let read = nodes.into_iter().filter_map(|node| {
        let mut record = Record::open(node, "waiver", KEYS, problems)?;
        let rule = record.needed("rule");
        let segment = segment(&mut record);
        let reason = record.needed("reason");
        let owner = record.words("owner");
        let until = record.date("until", today);
        record.close();
        Some(Waiver {
            rule: RuleSlug::new(rule?),
            segment,
            reason: reason?,
            owner,
            until,
        })
    });
    read.collect()
}

/// Reads the list of thresholds.
pub(super) fn thresholds(node: Node, problems: &mut Vec<Problem>) -> Vec<ThresholdSetting> {
    const KEYS: &[&str] = &["rule", "param", "value", "reason"];
    let nodes = tables(node, "threshold", problems);
    let read = nodes.into_iter().filter_map(|node| {
        let mut record = Record::open(node, "threshold", KEYS, problems)?;
        let rule = record.needed("rule");
        let param = record.needed("param");
        let value = record.needed("value");
        let reason = record.needed("reason");
        record.close();
        let rule = RuleSlug::new(rule?);
        Some(ThresholdSetting {
            rule,
            param: param?,
            value: value?,
            reason: reason?,
        })
    });
    read.collect()
}

/// Reads what is known about one value.
pub(super) fn about(
    (field, segment): (&'static str, Option<Segment>),
    node: Node,
    today: Date,
    problems: &mut Vec<Problem>,
) -> Option<About> {
    const KEYS: &[&str] = &["certainty", "validate_by", "owner", "source"];
    let mut record = Record::open(node, "note about a value", KEYS, problems)?;
    let about = About {
        field,
        segment,
        certainty: record.words("certainty"),
        validate_by: record.date("validate_by", today),
        owner: record.words("owner"),
        source: record.words("source"),
    };
    record.close();
    Some(about)
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
fn tables(node: Node, noun: &str, problems: &mut Vec<Problem>) -> Vec<Node> {
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
