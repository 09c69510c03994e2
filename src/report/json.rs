//! The report as JSON: a contract with people's own scripts; keys may be added, none renamed.

use serde_json::{Map, Value, json};

use super::{Coherence, Coverage, Notice, Question, Report, Share};
use crate::lint::{Fix, Lenience, RuleResult, SourceRef, Status};
use crate::plan::{self, ThresholdSetting};

impl Report {
    /// The report as `check --format json` prints it.
    pub fn to_json(&self) -> Value {
        let mut report = json!({
            "plan": { "name": self.plan, "segments": self.segments },
            "verdict": { "state": self.verdict.state.slug(), "text": self.verdict.text },
            "coverage": coverage(&self.coverage),
            "coherence": self.coherence.map(coherence),
            "results": self.results.iter().map(result_json).collect::<Vec<_>>(),
            "next": self.next.iter().map(question).collect::<Vec<_>>(),
            "thresholds": self.thresholds.iter().map(threshold).collect::<Vec<_>>(),
            "notices": self.notices.iter().map(notice).collect::<Vec<_>>(),
        });
        if !self.of_workspace.is_empty() {
            let those = self.of_workspace.iter().map(threshold);
            report["workspace_thresholds"] = those.collect();
        }
        if let Some(movement) = &self.movement {
            report["movement"] = movement.to_json();
        }
        report
    }
}

fn coverage(coverage: &Coverage) -> Value {
    let by: Map<_, _> = coverage
        .by
        .iter()
        .map(|(component, part)| {
            (
                (*component).to_owned(),
                json!({ "have": part.have, "of": part.of }),
            )
        })
        .collect();
    let Share { have, of } = coverage.all;
    json!({ "have": have, "of": of, "percent": coverage.all.percent(), "by": by })
}

fn coherence(coherence: Coherence) -> Value {
    json!({
        "passes": coherence.rules.have,
        "decided": coherence.rules.of,
        "weighted": { "have": coherence.weighted.have, "of": coherence.weighted.of },
        "percent": coherence.weighted.percent(),
    })
}

/// One result, as `check` and `ask` print it.
pub fn result_json(result: &RuleResult) -> Value {
    json!({
        "rule": result.rule,
        "category": &*result.category,
        "outcome": result.outcome.as_str(),
        "severity": result.severity.as_str(),
        "segment": result.segment,
        "message": result.message,
        "fix": result.fix.as_ref().map(fix),
        "fields": result.fields,
        "missing": result.missing,
        "sources": result.sources.iter().map(source_json).collect::<Vec<_>>(),
        "confidence": result.confidence.as_str(),
        "status": match result.status {
            Status::Open => "open",
            Status::Waived => "waived",
        },
        "waiver": result.lenience.as_deref().map(lenience),
        "folded_into": result.folded_into,
        "note": result.note,
    })
}

fn lenience(lenience: &Lenience) -> Value {
    let waiver = lenience.waiver();
    json!({
        "kind": lenience.as_str(),
        "reason": waiver.map(|waiver| &waiver.reason),
        "owner": waiver.and_then(|waiver| waiver.owner.as_ref()),
        "until": waiver.and_then(|waiver| waiver.until),
    })
}

fn threshold(own: &ThresholdSetting) -> Value {
    json!({
        "rule": own.rule,
        "param": own.param,
        "value": own.value,
        "reason": own.reason,
    })
}

fn notice(notice: &Notice) -> Value {
    json!({
        "kind": notice.kind,
        "rule": notice.rule,
        "field": notice.field,
        "segment": notice.segment,
        "text": notice.text,
    })
}

fn fix(fix: &Fix) -> Value {
    let set: Vec<_> = fix
        .set
        .iter()
        .map(|set| {
            let value = set.normalised();
            json!({
                "field": set.field,
                "segment": set.segment,
                "value": value.as_ref().map_or_else(|| json!(set.value), plan::Value::to_json),
                "display": value.zip(plan::field(set.field)).map_or_else(
                    || set.value.clone(),
                    |(value, field)| value.display(field),
                ),
            })
        })
        .collect();
    json!({ "text": fix.text, "set": set })
}

/// A source, as citations print it.
pub fn source_json(source: &SourceRef) -> Value {
    json!({ "id": source.id, "section": source.section, "url": source.url })
}

pub(super) fn question(question: &Question) -> Value {
    json!({
        "field": question.field.name,
        "segment": question.segment,
        "question": question.field.question,
        "decides": question.decides,
    })
}
