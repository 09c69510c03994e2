//! `threshold`: a number of the team's own in place of a rule's.

use super::Turn;
use super::act::{self, said};
use super::case::{Case, private};
use super::explain;
use super::prose::{cut, stopped};
use crate::ident::RuleSlug;
use crate::lint::Rule;
use crate::plan::{self, Item, ItemKey, ThresholdSetting};
use crate::render::Document;

/// The longest reason.
const LONGEST: usize = 500;

/// Sets the threshold, or makes the rule's own hold again.
pub(super) fn turn(
    case: &Case<'_>,
    rule: &str,
    param: &str,
    set: Option<&(String, String)>,
) -> Turn {
    let Some(known) = case.situation.rules.get(rule) else {
        return private(explain::unknown(case, rule));
    };
    let key = ItemKey::Threshold(RuleSlug::new(rule), param.to_owned());
    let Some((value, reason)) = set else {
        let made = plan::take_item(&case.plan, &key, &case.author());
        return act::turn(case, made, "", "The rule's own threshold holds already.");
    };
    if let Err(problem) = case.situation.rules.read_threshold(rule, param, value) {
        return private(refused(case, known, &problem));
    }
    let own = ThresholdSetting {
        rule: RuleSlug::new(rule),
        param: param.to_owned(),
        value: value.clone(),
        reason: cut(reason, LONGEST),
    };
    let made = plan::put_item(&case.plan, Item::Threshold(own), &case.author());
    act::turn(case, made, "", "The threshold is that already.")
}

fn refused(case: &Case<'_>, rule: &Rule, problem: &str) -> Document {
    let params: Vec<_> = rule
        .params()
        .iter()
        .map(|param| format!("`{}` ({})", param.name, param.default))
        .collect();
    let slug = rule.slug().as_str();
    let has = match rule.params().first() {
        None => format!("{slug} has no threshold"),
        Some(first) => {
            let works = format!(
                "threshold {slug}.{} {} because of our own deals",
                first.name, first.default
            );
            format!(
                "Its own: {}. For example `{}`",
                params.join(", "),
                case.typed(&works)
            )
        }
    };
    said(
        "The threshold is as it was.",
        &format!(
            "{} {}",
            stopped(&super::prose::capitalised(problem)),
            stopped(&has)
        ),
    )
}
