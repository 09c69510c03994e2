//! The review of the whole plan: from what it is counted, how often it comes, when it is due.

use jiff::civil::Date;
use jiff::{Span, ToSpan};

use crate::ident::RuleSlug;
use crate::plan::{Length, Plan, Value};
use crate::ratio::Ratio;
use crate::report::Ground;
use crate::sources::SourceRef;

/// The rule that finds an overdue review: its thresholds are how often a plan is reviewed that says
/// nothing of it.
const RULE: &str = "review-overdue";

/// What the time until a review is counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Since {
    /// The last one.
    Review(Date),
    /// The approval that stands: the team went through the whole plan for it.
    Approval(Date),
    /// The plan's first change.
    Beginning(Date),
}

impl Since {
    /// The day.
    pub fn day(self) -> Date {
        match self {
            Self::Review(day) | Self::Approval(day) | Self::Beginning(day) => day,
        }
    }
}

/// Hundredths in a month, and of a percent in a whole.
const MONTH: i64 = 100;
const PERCENT: i64 = 10_000;

/// Where it stands how often a plan is reviewed: one for a launch, one that grows fast, any other.
const LAUNCH: &str = "gtm-definition#product-gtm-vs-company-gtm";
const FAST: &str = "gtm-plain-english#when-should-a-company-update-its-gtm-strategy";
const USUAL: &str = "gtm-definition#chapter-110-15-min-read";

/// A threshold of the rule as it is in force, in such parts of its unit.
fn hundredths(ground: Ground<'_>, param: &str, parts: i64) -> Option<i64> {
    let (amount, _) = ground
        .rules
        .amount_in_force(RULE, param, ground.thresholds)?;
    let amount = amount.times(Ratio::whole(parts.into()))?;
    i64::try_from(amount.ceiling()).ok()
}

/// The source of a threshold that nobody has set.
fn by(ground: Ground<'_>, param: &str, source: &'static str) -> Option<&'static str> {
    let own = ground.thresholds.get(&RuleSlug::new(RULE), param);
    own.is_none().then_some(source)
}

/// How often a plan is reviewed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cadence {
    /// In months.
    pub every: Length,
    /// Where the time comes from that nobody has set; none for the plan's own.
    pub source: Option<&'static str>,
}

impl Cadence {
    /// The cadence of a plan: its own, or what the rule has for one like it. A plan for one product is
    /// reviewed at a share of its horizon, one that grows fast more often than others.
    fn of(plan: &Plan, ground: Ground<'_>) -> Option<Self> {
        let main = plan.segment_or_default(None);
        let months = |name: &str| match plan.value(name, &main) {
            Some(Value::Months(length)) => Some(*length),
            _ => None,
        };
        if let Some(every) = months("plan.review_every") {
            let source = None;
            return Some(Self { every, source });
        }
        let thresholds = ground.thresholds.and(plan.thresholds());
        let ground = Ground {
            thresholds: &thresholds,
            ..ground
        };
        let is_product = matches!(plan.value("plan.scope", &main), Some(Value::Choice(scope)) if scope == "product");
        if let Some(horizon) = months("plan.horizon").filter(|_| is_product) {
            let share = hundredths(ground, "launch_share", PERCENT)?;
            return Some(Self {
                every: Length(horizon.0.saturating_mul(share) / PERCENT),
                source: by(ground, "launch_share", LAUNCH),
            });
        }
        let fast = hundredths(ground, "fast_growth", PERCENT)?;
        let (param, source) = match plan.value("plan.growth_rate", &main) {
            Some(Value::Percent(rate)) if rate.0 >= fast => ("fast_months", FAST),
            _ => ("usual_months", USUAL),
        };
        Some(Self {
            every: Length(hundredths(ground, param, MONTH)?),
            source: by(ground, param, source),
        })
    }

    /// The source, where nobody has set the time.
    pub fn source(self) -> Option<SourceRef> {
        SourceRef::named(self.source?)
    }
}

/// From what the next review is counted, how often one comes, and when it is due. A plan that was
/// neither reviewed nor approved is young from its first change on, where that is known.
pub(super) fn due(
    plan: &Plan,
    ground: Ground<'_>,
    begun: Option<Date>,
) -> Option<(Since, Cadence, Date)> {
    let approved = plan.approval().map(|it| Since::Approval(it.on));
    let since = plan
        .last_review()
        .map(Since::Review)
        .or(approved)
        .or(begun.map(Since::Beginning))?;
    let cadence = Cadence::of(plan, ground)?;
    let due = since.day().checked_add(spanning(cadence.every.0)).ok()?;
    Some((since, cadence, due))
}

/// Hundredths of a month as whole months and days.
fn spanning(hundredths: i64) -> Span {
    let hundredths = hundredths.clamp(0, 120_000);
    let days = hundredths % 100 * 30 / 100;
    (hundredths / 100).months().days(days)
}
