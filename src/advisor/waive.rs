//! `waive` and `unwaive`: a finding that the team lives with, for a reason.

use std::collections::BTreeMap;

use super::Turn;
use super::act::{self, said};
use super::case::{Case, private};
use super::prose::cut;
use super::{explain, place, refusal, until};
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
    let Some(known) = case.situation.rules.named(rule) else {
        return Err(explain::unknown(case, rule));
    };
    let rule = known.slug().as_str();
    let (segment, reason) = place::before_reason(case, words)?;
    if reason.is_empty() {
        return Err(said(
            "Why is it fine here? Nothing was changed yet.",
            &format!(
                "The reason belongs to it: `{}`",
                case.typed(&format!(
                    "waive {rule}{} we learn first",
                    case.for_segment(segment.as_ref())
                ))
            ),
        ));
    }
    let day = |words| until::day(case, words, "nothing was waived");
    let until = until.map(day).transpose()?;
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

/// Ends a waiver.
pub(super) fn ended(case: &Case<'_>, rule: &str, words: &str) -> Turn {
    // A rule that there is no more can still be named.
    let known = case.situation.rules.named(rule);
    let rule = known.map_or(rule, |known| known.slug().as_str());
    let named = match only_segment(case, rule, words) {
        Ok(named) => named,
        Err(refusal) => return private(refusal),
    };
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
        return private(not_waived(case, rule, named.as_ref()));
    };
    let key = ItemKey::Waiver(waiver.rule.clone(), waiver.segment.clone());
    let made = plan::take_item(&case.plan, &key, &case.author());
    act::turn(case, made, "", "It is not waived.")
}

/// The segment, where one is named; any other words would end a waiver that nobody meant.
fn only_segment(case: &Case<'_>, rule: &str, words: &str) -> Result<Option<Segment>, Document> {
    let words = words.trim();
    if words.is_empty() {
        return Ok(None);
    }
    let Some(name) = words.strip_prefix("for ") else {
        let example = case.typed(&format!("unwaive {rule}"));
        return Err(said(
            "That takes a rule and at most a segment, so nothing was changed.",
            &format!("This works: `{example}`"),
        ));
    };
    let name = name.trim().trim_end_matches(['.', '!']);
    match Segment::parse(&name.replace(' ', "-")) {
        Ok(segment) if case.plan.segments().contains(&segment) => Ok(Some(segment)),
        Ok(segment) => Err(refusal::no_segment(case, segment.as_str())),
        Err(_) => Err(refusal::no_segment(case, name)),
    }
}

fn not_waived(case: &Case<'_>, rule: &str, segment: Option<&Segment>) -> Document {
    let waived = case.plan.waivers().map(|it| match &it.segment {
        Some(segment) => format!("`{} for {segment}`", it.rule),
        None => format!("`{}`", it.rule),
    });
    let waived: Vec<_> = waived.collect();
    let more = match waived.as_slice() {
        [] => "Nothing is waived here.".to_owned(),
        waived => format!("What is waived here: {}.", waived.join(", ")),
    };
    let place = segment.map_or_else(String::new, |it| format!(" for {it} alone"));
    said(&format!("{rule} is not waived{place}."), &more)
}
