//! `baseline`: what is found today is accepted; from then on only what is new interrupts.

use super::Turn;
use super::act;
use super::case::Case;
use crate::lint::Outcome;
use crate::plan::{self, Baseline, Item, ItemKey};

/// Accepts what is found today.
pub(super) fn take(case: &Case<'_>) -> Turn {
    let results = case.results();
    // What a stronger finding tells today was found, too: it is no news once it stands alone.
    let found = results
        .iter()
        .filter(|result| result.outcome == Outcome::Finding);
    let findings = found.map(|result| (result.key(), result.severity.as_str().to_owned()));
    let baseline = Baseline {
        on: Some(case.today()),
        findings: findings.collect(),
    };
    if baseline.findings.is_empty() {
        let nothing = "Nothing is found today, so there is nothing to accept.";
        return act::turn(case, Ok(Vec::new()), "", nothing);
    }
    let made = plan::put_item(&case.plan, Item::Baseline(baseline), &case.author());
    act::turn(case, made, "", "That is the baseline already.")
}

/// Forgets the baseline.
pub(super) fn forget(case: &Case<'_>) -> Turn {
    let made = plan::take_item(&case.plan, &ItemKey::Baseline, &case.author());
    act::turn(case, made, "", "There is no baseline.")
}
