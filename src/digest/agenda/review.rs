//! The review of the whole plan: from what it is counted, how often it comes, when it is due.

use jiff::civil::Date;
use jiff::{Span, ToSpan};

use crate::plan::{Length, Percent, Plan, Value};
use crate::sources::SourceRef;

/// Hundredths of a month between two reviews where the plan names none: the short end of the sources'
/// 6 to 12 months, and a quarter for who at least doubles in a year. A plan for one product is reviewed
/// at half of its horizon.
const REVIEW: (i64, i64) = (600, 300);

/// Growth from which a plan is reviewed each quarter.
const FAST: Percent = Percent(10_000);

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

/// How often a plan is reviewed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cadence {
    /// In months.
    pub every: Length,
    /// Where the time comes from that nobody has set; none for the plan's own.
    pub source: Option<&'static str>,
}

impl Cadence {
    /// The cadence of a plan: its own, or what the sources say of one like it.
    fn of(plan: &Plan) -> Self {
        let main = plan.segment_or_default(None);
        let months = |name: &str| match plan.value(name, &main) {
            Some(Value::Months(length)) => Some(*length),
            _ => None,
        };
        let by = |every, source| Self {
            every,
            source: Some(source),
        };
        if let Some(every) = months("plan.review_every") {
            return Self {
                every,
                source: None,
            };
        }
        let is_product = matches!(plan.value("plan.scope", &main), Some(Value::Choice(scope)) if scope == "product");
        if let Some(horizon) = months("plan.horizon").filter(|_| is_product) {
            return by(
                Length(horizon.0 / 2),
                "gtm-definition#product-gtm-vs-company-gtm",
            );
        }
        match plan.value("plan.growth_rate", &main) {
            Some(Value::Percent(rate)) if *rate >= FAST => by(
                Length(REVIEW.1),
                "gtm-plain-english#when-should-a-company-update-its-gtm-strategy",
            ),
            _ => by(Length(REVIEW.0), "gtm-definition#chapter-110-15-min-read"),
        }
    }

    /// The source, where nobody has set the time.
    pub fn source(self) -> Option<SourceRef> {
        SourceRef::named(self.source?)
    }
}

/// From what the next review is counted, how often one comes, and when it is due. A plan that was
/// neither reviewed nor approved is young from its first change on, where that is known.
pub(super) fn due(plan: &Plan, begun: Option<Date>) -> Option<(Since, Cadence, Date)> {
    let approved = plan.approval().map(|it| Since::Approval(it.on));
    let since = plan
        .last_review()
        .map(Since::Review)
        .or(approved)
        .or(begun.map(Since::Beginning))?;
    let cadence = Cadence::of(plan);
    let due = since.day().checked_add(spanning(cadence.every.0)).ok()?;
    Some((since, cadence, due))
}

/// Hundredths of a month as whole months and days.
fn spanning(hundredths: i64) -> Span {
    let hundredths = hundredths.clamp(0, 120_000);
    let days = hundredths % 100 * 30 / 100;
    (hundredths / 100).months().days(days)
}
