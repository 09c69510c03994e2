//! What was read as JSON: a contract with people's own scripts; keys may be added, none renamed.

use serde_json::{Value as Json, json};

use super::{Conflict, Finder, Finding, Reading};

impl Reading {
    /// The reading as `read --format json` prints it; of a thread with lines and speakers.
    pub fn to_json(&self, of_thread: bool) -> Json {
        let list = |findings: &[Finding]| -> Json {
            findings.iter().map(|it| finding(it, of_thread)).collect()
        };
        json!({
            "proposals": list(&self.proposals),
            "hypotheses": list(&self.hypotheses),
            "questions": self.questions,
            "conflicts": self.conflicts.iter().map(|it| conflict(it, of_thread)).collect::<Json>(),
        })
    }
}

fn finding(finding: &Finding, of_thread: bool) -> Json {
    let old = finding.replaces.as_ref();
    let mut json = json!({
        "field": finding.field.name,
        "segment": finding.segment,
        "value": finding.value.to_json(),
        "display": finding.value.display(finding.field),
        "quote": finding.quote,
        "replaces": old.map(|old| json!({
            "value": old.to_json(),
            "display": old.display(finding.field),
        })),
    });
    if finding.by == Finder::Model {
        json["by"] = json!(finding.by);
    }
    if of_thread {
        json["line"] = json!(finding.line);
        json["speaker"] = json!(finding.speaker);
    }
    json
}

fn conflict(conflict: &Conflict, of_thread: bool) -> Json {
    let values = conflict.values.iter().map(|it| finding(it, of_thread));
    json!({
        "field": conflict.field.name,
        "segment": conflict.segment,
        "values": values.collect::<Json>(),
    })
}
