//! What the team lives with, and where that no longer holds: waivers, the baseline, thresholds,
//! assumptions.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::Report;
use crate::lint::{Lenience, Outcome, RuleResult, RuleSet, Status, rate_note};
use crate::plan::{self, Answer, Currency, Plan, Segment, ThresholdSetting};
use crate::render::{Block, Inline};
use crate::text::{self, capitalised, counted};

/// How many waived findings and thresholds are named.
const NAMED: usize = 8;

/// Something that no longer holds, of which a reader should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// `expired`, `returned`, `unused` or `unknown` of a waiver or threshold; `overdue` of a value
    /// whose day to be validated has passed; `trigger` of one that fired since the last review;
    /// `currencies` where the plan mixes them.
    pub kind: &'static str,
    /// The rule, as it is written there; none for a value.
    pub rule: Option<String>,
    /// The field, for a value.
    pub field: Option<String>,
    /// The segment, where one is named.
    pub segment: Option<Segment>,
    /// What it is, in one sentence; back-ticks mark the rule.
    pub text: String,
}

/// The notices on a plan of which `results` is the check.
pub(super) fn notices(plan: &Plan, results: &[RuleResult]) -> Vec<Notice> {
    let mut notices: Vec<Notice> = Vec::new();
    for result in results {
        let Some(lenience) = &result.lenience else {
            continue;
        };
        if let (Some(text), Some(waiver)) = (lenience.notice(), lenience.waiver()) {
            let notice = Notice {
                kind: lenience.as_str(),
                rule: Some(waiver.rule.as_str().to_owned()),
                field: None,
                segment: waiver.segment.clone(),
                text,
            };
            if !notices.contains(&notice) {
                notices.push(notice);
            }
        }
    }
    notices.extend(unknown(plan, results));
    notices.extend(currencies(plan));
    notices
}

/// That the plan holds amounts in several currencies.
fn currencies(plan: &Plan) -> Option<Notice> {
    let text = mixed(plan)?;
    let first = plan.currencies().next()?.currency;
    let other = plan.currencies().find(|amount| amount.currency != first)?;
    Some(Notice {
        kind: "currencies",
        rule: None,
        field: Some(other.field.name.to_owned()),
        segment: other.segment.cloned(),
        text,
    })
}

/// The same in words.
fn mixed(plan: &Plan) -> Option<String> {
    let amounts: Vec<_> = plan.currencies().collect();
    let amounts = plan::in_two_currencies(&amounts)?;
    Some(format!(
        "the plan mixes currencies ({amounts}), and amounts in two of them are not compared"
    ))
}

/// What a reader of numbers from this plan must know of its currencies.
pub(super) fn about_currencies(plan: &Plan) -> Vec<String> {
    let mut amounts = plan.currencies();
    let foreign = amounts.find(|amount| amount.currency != Currency::USD);
    let rate = foreign.map(|amount| rate_note(amount.currency));
    rate.into_iter()
        .chain(mixed(plan).map(|it| capitalised(&it)))
        .collect()
}

/// Waivers of rules and of segments that there are not.
fn unknown(plan: &Plan, results: &[RuleResult]) -> Vec<Notice> {
    if plan.waivers().next().is_none() {
        return Vec::new();
    }
    let rules: BTreeSet<_> = results.iter().map(|result| &result.rule).collect();
    let mut notices = Vec::new();
    let mut notice = |rule: &str, segment: Option<&Segment>, text: String| {
        notices.push(Notice {
            kind: "unknown",
            rule: Some(rule.to_owned()),
            field: None,
            segment: segment.cloned(),
            text,
        });
    };
    for waiver in plan.waivers() {
        let (rule, segment) = (waiver.rule.as_str(), waiver.segment.as_ref());
        if !rules.contains(&waiver.rule) {
            let near = near(rule, rules.iter().map(|known| known.as_str()));
            notice(
                rule,
                segment,
                format!("`{rule}` is waived, but there is no such rule{near}"),
            );
        } else if let Some(gone) = segment.filter(|it| !plan.segments().contains(it)) {
            notice(
                rule,
                segment,
                format!("`{rule}` is waived for {gone}, but the plan has no such segment"),
            );
        }
    }
    notices
}

/// The rule that was probably meant.
fn near<'a>(rule: &str, known: impl Iterator<Item = &'a str>) -> String {
    let near = text::nearest(rule, known);
    near.first()
        .map_or_else(String::new, |near| format!("; did you mean `{near}`?"))
}

/// That a threshold decides nothing, because no rule reads it as it is written.
pub(super) fn in_vain(whose: &str, own: &ThresholdSetting, rules: &RuleSet) -> Option<Notice> {
    let (rule, param, value) = (own.rule.as_str(), &own.param, &own.value);
    let (kind, text) = if rules.get(rule).is_none() {
        let known = rules.rules().iter().map(|known| known.slug().as_str());
        let near = near(rule, known);
        let text = format!("there is a threshold for `{rule}`, but there is no such rule{near}");
        ("unknown", text)
    } else {
        let problem = rules.read_threshold(rule, param, value).err()?;
        let text = format!("{whose} threshold `{rule}.{param}` ({value}) is not used: {problem}");
        ("unused", text)
    };
    Some(Notice {
        kind,
        rule: Some(rule.to_owned()),
        field: None,
        segment: None,
        text,
    })
}

/// The values whose day to be validated has passed.
pub(super) fn overdue(plan: &Plan, today: Date) -> Vec<Notice> {
    let notices = plan.overdue(today).into_iter().filter_map(|about| {
        let field = plan::field(&about.field)?;
        let value = match plan.answer(field, about.segment.as_ref())? {
            Answer::Known(value) => format!(" ({})", value.display(field)),
            Answer::NotApplicable(_) => String::new(),
        };
        let segment = about.segment.as_ref();
        let of = segment.filter(|_| plan.segments().len() > 1);
        let of = of.map_or_else(String::new, |segment| format!(" for {segment}"));
        let date = about.validate_by?;
        let text = format!(
            "{}{of}{value} was to be validated by {date}, and nobody has said what came of it",
            field.label()
        );
        Some(Notice {
            kind: "overdue",
            rule: None,
            field: Some(field.name.to_owned()),
            segment: segment.cloned(),
            text,
        })
    });
    notices.collect()
}

/// The triggers that fired since the last review.
pub(super) fn fired(plan: &Plan) -> Vec<Notice> {
    let notices = plan.open_triggers().map(|trigger| Notice {
        kind: "trigger",
        rule: None,
        field: Some("plan.last_review".to_owned()),
        segment: None,
        text: format!(
            "trigger {} fired on {} ({}), and the plan has not been reviewed since",
            trigger.id, trigger.on, trigger.what
        ),
    });
    notices.collect()
}

impl Report {
    /// What is waived, which thresholds are the team's own, and what no longer holds.
    pub(super) fn lenience(&self) -> Vec<Block> {
        let mut blocks = Vec::new();
        let waived: Vec<_> = self.results.iter().filter(|it| is_waived(it)).collect();
        let (by_reason, accepted): (Vec<_>, Vec<_>) = waived
            .into_iter()
            .partition(|it| matches!(it.lenience.as_deref(), Some(Lenience::Waived(_))));
        if !by_reason.is_empty() {
            blocks.push(Block::Note(self.waived(&by_reason)));
        }
        if !accepted.is_empty() {
            let n = counted(accepted.len(), "finding");
            let words = format!("The baseline accepts {n}; only what is new counts.");
            blocks.push(Block::Note(vec![Inline::plain(words)]));
        }
        let own = [
            ("Thresholds of your own: ", &self.thresholds),
            ("Thresholds of your workspace: ", &self.of_workspace),
        ];
        let own = own.into_iter().filter(|(_, those)| !those.is_empty());
        blocks.extend(own.map(|(whose, those)| Block::Note(named(whose, those))));
        blocks.extend(self.notices.iter().take(NAMED).map(told));
        blocks
    }

    /// What no longer holds of one rule's waivers and thresholds.
    pub(super) fn notices_of(&self, rule: &str) -> impl Iterator<Item = Block> {
        let of_it = |notice: &&Notice| notice.rule.as_deref() == Some(rule);
        self.notices.iter().filter(of_it).take(NAMED).map(told)
    }

    fn waived(&self, findings: &[&RuleResult]) -> Vec<Inline> {
        let mut words = vec![Inline::plain("Waived: ")];
        for (n, result) in findings.iter().take(NAMED).enumerate() {
            let Some(waiver) = result.lenience.as_deref().and_then(Lenience::waiver) else {
                continue;
            };
            if n > 0 {
                words.push(Inline::plain("; "));
            }
            words.push(Inline::code(result.rule.as_str()));
            let segment = result.segment.as_ref().filter(|_| self.segments.len() > 1);
            let segment = segment.map_or_else(String::new, |it| format!(" for {it}"));
            let until = waiver
                .until
                .map_or_else(String::new, |date| format!(", until {date}"));
            words.push(Inline::plain(format!(
                "{segment} ({}{until})",
                waiver.reason
            )));
        }
        words.push(Inline::plain(match findings.len().checked_sub(NAMED) {
            Some(more) if more > 0 => format!(" and {more} more."),
            _ => ".".to_owned(),
        }));
        words
    }
}

fn told(notice: &Notice) -> Block {
    let mut words = marked(&capitalised(&notice.text));
    words.push(Inline::plain("."));
    Block::Note(words)
}

fn named(whose: &str, thresholds: &[ThresholdSetting]) -> Vec<Inline> {
    let mut words = vec![Inline::plain(whose)];
    for (n, own) in thresholds.iter().take(NAMED).enumerate() {
        if n > 0 {
            words.push(Inline::plain("; "));
        }
        words.push(Inline::code(format!("{}.{}", own.rule, own.param)));
        words.push(Inline::plain(format!(" {} ({})", own.value, own.reason)));
    }
    words.push(Inline::plain(match thresholds.len().checked_sub(NAMED) {
        Some(more) if more > 0 => format!(" and {more} more."),
        _ => ".".to_owned(),
    }));
    words
}

fn is_waived(result: &RuleResult) -> bool {
    result.outcome == Outcome::Finding
        && result.status == Status::Waived
        && result.folded_into.is_none()
}

/// A sentence in which back-ticks mark what one types.
fn marked(words: &str) -> Vec<Inline> {
    let parts = words.split('`').enumerate();
    let parts = parts.filter(|(_, part)| !part.is_empty());
    parts
        .map(|(n, part)| {
            if n % 2 == 0 {
                Inline::plain(part)
            } else {
                Inline::code(part)
            }
        })
        .collect()
}
