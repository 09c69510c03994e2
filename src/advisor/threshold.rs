//! `threshold` and `thresholds`: numbers of the team's own in place of the rules', for a channel's
//! plan or for every plan of the workspace.

mod listed;
mod workspace;

#[cfg(test)]
mod tests;

use super::Turn;
use super::act::{self, said};
use super::case::{Case, private};
use super::explain;
use super::prose::{capitalised, cut, stopped};
use crate::ident::RuleSlug;
use crate::intent::{OwnThreshold, Reach};
use crate::lint::Rule;
use crate::plan::{self, Item, ItemKey, ThresholdSetting};
use crate::render::Document;
use crate::text;

pub(super) use listed::list;

/// The longest reason.
const LONGEST: usize = 500;

/// Sets the threshold, or makes what stands behind it hold again.
pub(super) fn turn(case: &Case<'_>, own: &OwnThreshold) -> Turn {
    let Some(rule) = case.situation.rules.named(&own.rule) else {
        return match (&own.reach, &own.set) {
            // A rule that there is no more can be left behind.
            (Reach::Workspace(state), None) => workspace::turn(case, own, state.as_deref()),
            _ => private(explain::unknown(case, &own.rule)),
        };
    };
    let own = &OwnThreshold {
        rule: rule.slug().as_str().to_owned(),
        ..own.clone()
    };
    if own.param.is_empty() {
        let problem = format!("say which number of `{}`, behind a dot", own.rule);
        return private(refused(case, rule, own, &problem));
    }
    if let Some((value, _)) = &own.set
        && let Err(problem) = read(case, own, value)
    {
        return private(refused(case, rule, own, &problem));
    }
    match &own.reach {
        Reach::Channel => here(case, own),
        Reach::Workspace(state) => workspace::turn(case, own, state.as_deref()),
    }
}

fn read(case: &Case<'_>, own: &OwnThreshold, value: &str) -> Result<String, String> {
    let rules = case.situation.rules;
    rules.read_threshold(&own.rule, &own.param, value)
}

/// The value as the rule's own is written; as it was typed where the rule cannot read it.
pub(super) fn shown(case: &Case<'_>, own: &ThresholdSetting) -> String {
    let rules = case.situation.rules;
    rules.shown_threshold(own.rule.as_str(), &own.param, &own.value)
}

fn setting(own: &OwnThreshold, value: &str, reason: &str) -> ThresholdSetting {
    ThresholdSetting {
        rule: RuleSlug::new(&*own.rule),
        param: own.param.clone(),
        value: value.to_owned(),
        reason: cut(reason, LONGEST),
    }
}

fn here(case: &Case<'_>, own: &OwnThreshold) -> Turn {
    let Some((value, reason)) = &own.set else {
        let key = ItemKey::Threshold(RuleSlug::new(&*own.rule), own.param.clone());
        let made = plan::take_item(&case.plan, &key, &case.author());
        return act::turn(case, made, "", &holds_already(case, own));
    };
    let item = Item::Threshold(setting(own, value, reason));
    let made = plan::put_item(&case.plan, item, &case.author());
    act::turn(case, made, "", "The threshold is that already.")
}

/// What is said to somebody who takes back what this channel has not set.
fn holds_already(case: &Case<'_>, own: &OwnThreshold) -> String {
    let workspace = &case.situation.workspace;
    match workspace.threshold(&own.rule, &own.param) {
        None => "The rule's own threshold holds already.".to_owned(),
        Some(it) => format!(
            "This channel has set none: the workspace's {} holds.",
            shown(case, &it.setting)
        ),
    }
}

fn refused(case: &Case<'_>, rule: &Rule, own: &OwnThreshold, problem: &str) -> Document {
    let params: Vec<_> = rule
        .params()
        .iter()
        .map(|param| format!("`{}` ({})", param.name, param.default))
        .collect();
    let slug = rule.slug().as_str();
    let place = match own.reach {
        Reach::Channel => "",
        Reach::Workspace(_) => "workspace ",
    };
    // The one that was meant, as far as that is known.
    let names = rule.params().iter().map(|param| param.name.as_str());
    let near = text::nearest(&own.param, names).into_iter().next();
    let meant = rule
        .params()
        .iter()
        .find(|it| Some(it.name.as_str()) == near);
    let has = match meant.or(rule.params().first()) {
        None => format!("{slug} has no threshold"),
        Some(meant) => {
            let works = format!(
                "threshold {place}{slug}.{} {} because of our own deals",
                meant.name, meant.default
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
        &format!("{} {}", stopped(&capitalised(problem)), stopped(&has)),
    )
}
