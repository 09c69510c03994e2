//! `waive` and `unwaive`: a finding that the team lives with, for a reason.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::Turn;
use super::act::{self, said};
use super::case::{Case, private};
use super::explain;
use super::prose::cut;
use crate::lint::{self, Outcome, RuleResult};
use crate::plan::{self, Item, ItemKey, Segment, Waiver};
use crate::render::Document;

/// The longest reason.
const LONGEST: usize = 500;

/// Waives a finding.
pub(super) fn turn(case: &Case<'_>, rule: &str, words: &str, until: Option<&str>) -> Turn {
    match waiver(case, rule, words, until) {
        Ok(waiver) => {
            let made = plan::put_item(&case.plan, Item::Waiver(waiver), &case.author());
            act::turn(case, made, "", "It is waived like that already.")
        }
        Err(refusal) => private(refusal),
    }
}

fn waiver(
    case: &Case<'_>,
    rule: &str,
    words: &str,
    until: Option<&str>,
) -> Result<Waiver, Document> {
    let Some(known) = case.situation.rules.get(rule) else {
        return Err(explain::unknown(case, rule));
    };
    let (segment, reason) = segment_first(case, words);
    let reason = reason.strip_prefix("because ").unwrap_or(reason).trim();
    if reason.is_empty() {
        return Err(said(
            "Why is it fine here? Nothing was changed yet.",
            &format!(
                "The reason belongs to it: `{}`",
                case.typed(&format!("waive {rule} we learn first"))
            ),
        ));
    }
    let until = until.map(|words| date(case, words)).transpose()?;
    let results = case.results();
    let found: Vec<&RuleResult> = results
        .iter()
        .filter(|result| result.rule == *known.slug() && result.outcome == Outcome::Finding)
        .filter(|result| segment.is_none() || result.segment == segment)
        .collect();
    if found.is_empty() {
        let headline = format!(
            "{rule} finds nothing{} right now, so there is nothing to waive.",
            case.for_segment(segment.as_ref())
        );
        return Err(said(
            &headline,
            &format!("What is found: `{}`", case.typed("check")),
        ));
    }
    let mut against = BTreeMap::new();
    for result in found {
        against.extend(lint::seen(&case.plan, result));
    }
    Ok(Waiver {
        rule: known.slug().clone(),
        segment,
        reason: cut(reason, LONGEST),
        owner: Some(format!("@{}", case.situation.actor.person)),
        until,
        against,
    })
}

fn date(case: &Case<'_>, words: &str) -> Result<Date, Document> {
    let read = plan::parse_date(words, case.today());
    let date = read.map_err(|error| {
        said(
            "I can't read that date, so nothing was changed.",
            &error.to_string(),
        )
    })?;
    if date < case.today() {
        let headline = format!("{date} is over, so nothing was waived.");
        return Err(said(
            &headline,
            "Name a day to come, or leave the date out.",
        ));
    }
    Ok(date)
}

/// The segment that stands before the reason as `for smb`, if the plan has it.
fn segment_first<'w>(case: &Case<'_>, words: &'w str) -> (Option<Segment>, &'w str) {
    let words = words.trim();
    let named = words.strip_prefix("for ").map(str::trim_start);
    let (name, rest) = match named {
        Some(named) => named.split_once(char::is_whitespace).unwrap_or((named, "")),
        None => return (None, words),
    };
    match Segment::parse(name) {
        Ok(segment) if case.plan.segments().contains(&segment) => {
            let rest = rest.trim_start();
            (Some(segment), rest.trim_start_matches(':').trim_start())
        }
        _ => (None, words),
    }
}

/// Ends a waiver.
pub(super) fn ended(case: &Case<'_>, rule: &str, words: &str) -> Turn {
    let (named, _) = segment_first(case, words);
    let waivers: Vec<_> = case
        .plan
        .waivers()
        .filter(|it| it.rule.as_str() == rule)
        .collect();
    let chosen = match (&named, waivers.as_slice()) {
        (None, [only]) => Some(*only),
        (named, several) => several.iter().find(|it| it.segment == *named).copied(),
    };
    let Some(waiver) = chosen else {
        let rules: Vec<_> = case
            .plan
            .waivers()
            .map(|it| format!("`{}`", it.rule))
            .collect();
        let more = match rules.as_slice() {
            [] => "Nothing is waived here.".to_owned(),
            rules => format!("Waived are {}.", rules.join(", ")),
        };
        return private(said(&format!("{rule} is not waived."), &more));
    };
    let key = ItemKey::Waiver(waiver.rule.clone(), waiver.segment.clone());
    let made = plan::take_item(&case.plan, &key, &case.author());
    act::turn(case, made, "", "It is not waived.")
}
