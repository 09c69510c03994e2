//! What a check says: one result for each rule and segment, as data; `report` and `render` word it.

use std::borrow::Cow;
use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Fields, Lenience};
use crate::ident::RuleSlug;
use crate::plan::{Currency, FindingKey, ParseContext, Segment, Value, field};
use crate::sources::{Confidence, SourceRef};

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing.
    Advice,
    /// Usually a mistake at this stage.
    Warning,
    /// The plan contradicts itself or loses money as written.
    Error,
}

impl Severity {
    /// All of them, the lightest first.
    pub const ALL: [Self; 3] = [Self::Advice, Self::Warning, Self::Error];

    /// One step weaker; advice stays advice.
    #[must_use]
    pub fn lowered(self) -> Self {
        match self {
            Self::Error => Self::Warning,
            Self::Warning | Self::Advice => Self::Advice,
        }
    }

    /// The severity of that word; a word that is none weighs the least.
    pub fn named(word: &str) -> Self {
        match word {
            "error" => Self::Error,
            "warning" => Self::Warning,
            _ => Self::Advice,
        }
    }

    /// The word that people and JSON read.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Advice => "advice",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// What a rule says about a segment or the whole plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Something does not add up.
    Finding,
    /// A deciding input has not been answered.
    Unknown,
    /// It adds up.
    Pass,
    /// The rule does not concern this plan or segment.
    NotApplicable,
}

impl Outcome {
    /// The word that people and JSON read.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Finding => "finding",
            Self::Unknown => "unknown",
            Self::Pass => "pass",
            Self::NotApplicable => "not_applicable",
        }
    }
}

/// Whether a finding still asks for something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Nobody has waived it.
    #[default]
    Open,
    /// The team lives with it, for a reason it gave.
    Waived,
}

/// What a finding proposes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What to do, in words.
    pub text: String,
    /// The values that a button can set, where there are any.
    pub set: Vec<FixSet>,
}

/// One value that a fix would set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FixSet {
    /// The field.
    pub field: &'static str,
    /// The segment; `None` for a field of the whole plan.
    pub segment: Option<Segment>,
    /// The value, in a spelling that the field's parser takes.
    pub value: String,
}

impl FixSet {
    /// The value itself. What a page sets stands in no currency but the thresholds' and names no
    /// day by another, which a test of all pages holds.
    pub fn normalised(&self) -> Option<Value> {
        let context = ParseContext {
            currency: Currency::USD,
            today: Date::constant(2026, 1, 1),
        };
        field(self.field)?.parse(&self.value, &context).ok()
    }
}

/// One rule's word on one segment, or on the whole plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleResult {
    /// The rule.
    pub rule: RuleSlug,
    /// The folder of its page: `fit`, `channels`, …
    pub category: Arc<str>,
    /// What it says.
    pub outcome: Outcome,
    /// How much that weighs; for an unknown, how much the finding would weigh before any band.
    pub severity: Severity,
    /// The segment; `None` for a rule about the whole plan.
    pub segment: Option<Segment>,
    /// The result in words, with the plan's own numbers.
    pub message: Cow<'static, str>,
    /// What to do about a finding.
    pub fix: Option<Fix>,
    /// The fields that were read, in catalogue order.
    pub fields: Fields,
    /// The unanswered fields that an unknown outcome waits for, or whose absence is what was found,
    /// in catalogue order.
    pub missing: Fields,
    /// Where the rule comes from.
    pub sources: Arc<[SourceRef]>,
    /// The weaker of the source's confidence in the direction and in the number.
    pub confidence: Confidence,
    /// Open unless a waiver or the baseline says otherwise.
    pub status: Status,
    /// What the plan's waivers and baseline mean for it.
    pub lenience: Option<Box<Lenience>>,
    /// The stronger finding that says the same.
    pub folded_into: Option<RuleSlug>,
    /// What a reader must know beside the message: a threshold of the team's own, a softening.
    pub note: Option<String>,
    /// For a finding of a rule that says how to read others: how many findings it lowered here.
    pub lowered: Option<usize>,
}

impl RuleResult {
    /// What it is a result of, whatever it says today.
    pub fn key(&self) -> FindingKey {
        FindingKey {
            rule: self.rule.clone(),
            segment: self.segment.clone(),
        }
    }

    /// Whether it finds nothing wrong, only that something is not answered yet.
    pub fn is_absence(&self) -> bool {
        self.outcome == Outcome::Finding && !self.missing.is_empty()
    }

    /// Whether it finds nothing wrong, only that other findings weigh less here.
    pub fn is_context(&self) -> bool {
        self.lowered.is_some()
    }

    /// Whether it is a finding that counts: neither waived, nor told by a stronger one, nor context
    /// for no other finding.
    pub fn is_open_finding(&self) -> bool {
        self.is_finding_of_its_own() && self.status == Status::Open && !self.is_idle()
    }

    /// Whether it would only say how to read other findings, and there are none.
    pub fn is_idle(&self) -> bool {
        self.lowered == Some(0)
    }

    /// Whether it is a finding that no stronger one tells, waived or not.
    pub fn is_finding_of_its_own(&self) -> bool {
        self.outcome == Outcome::Finding && self.folded_into.is_none()
    }
}
