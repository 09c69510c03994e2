//! How a plan has come along, week by week.

use jiff::Timestamp;
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;

use super::Snapshot;
use super::thin::week;

/// How the plan stood at the last check of a week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WeekPoint {
    /// The Monday of the week, in UTC.
    pub week: Date,
    /// When that check was made.
    pub at: Timestamp,
    /// How much was answered, in percent.
    pub coverage: usize,
    /// How much of it fitted together, in percent by weight; none where nothing was decided.
    pub coherence: Option<usize>,
    /// How many findings were open.
    pub open: usize,
}

/// One point for each week in which there was a check, oldest first, from snapshots in the order in
/// which they were made. A week without a check has none: nobody knows how the plan stood.
pub fn trend(snapshots: &[Snapshot]) -> Vec<WeekPoint> {
    let weeks = snapshots.chunk_by(|one, next| week(one.at) == week(next.at));
    weeks
        .filter_map(|week| week.last().map(WeekPoint::of))
        .collect()
}

impl WeekPoint {
    /// The point that a snapshot makes.
    pub fn of(snapshot: &Snapshot) -> Self {
        let date = snapshot.at.to_zoned(TimeZone::UTC).date();
        let days = date.weekday().since(Weekday::Monday);
        Self {
            week: date.saturating_sub(jiff::Span::new().days(days)),
            at: snapshot.at,
            coverage: snapshot.coverage.percent(),
            coherence: snapshot.coherence.map(super::Share::percent),
            open: snapshot.open().count(),
        }
    }
}
