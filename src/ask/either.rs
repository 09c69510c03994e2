//! "Inside sales or self-serve?": where the rules object to one of two ways of selling and not to the other,
//! that settles it.

use super::Hypothesis;
use super::compose::{Asking, reading};
use super::hypothesis::parsed;
use super::judge::{judge, supposing};
use super::pair::{Named, pair};
use crate::lint::{RuleResult, Severity};
use crate::plan::deal_value;
use crate::text::capitalised;

/// The field whose choices are weighed.
const MOTION: &str = "sales.motion";

/// Which of two ways the rules leave, and what they say of the other; nothing where a question weighs none, no
/// price is known, or they object to both or to none.
pub(super) fn left_by_the_rules(
    question: &str,
    given: &[Hypothesis],
    asking: &Asking<'_>,
) -> Option<(String, RuleResult)> {
    let (one, other) = pair(question, MOTION)?;
    let plan = supposing(asking.plan, given);
    deal_value(&plan, &plan.segment_or_default(None)).value?;
    let against_one = objection(&one, given, asking);
    let against_other = objection(&other, given, asking);
    let (left, out, result) = match (against_one, against_other) {
        (None, Some(result)) => (one, other, result),
        (Some(result), None) => (other, one, result),
        _ => return None,
    };
    let verdict = format!(
        "{}, and not {}. {}",
        capitalised(&left.called),
        out.called,
        result.message
    );
    Some((verdict, result))
}

/// What the rules find where it is sold that way.
fn objection(named: &Named, given: &[Hypothesis], asking: &Asking<'_>) -> Option<RuleResult> {
    let mut tried = given.to_vec();
    tried.retain(|one| one.field.name != MOTION);
    tried.push(parsed(MOTION, named.slug, reading(asking))?);
    let judgement = judge(asking, &tried);
    let finding = judgement.finding()?;
    (finding.severity > Severity::Advice && finding.fields.contains(MOTION))
        .then(|| finding.clone())
}
