//! Which snapshots of a plan are kept: the newest all, older ones one a week.

use jiff::Timestamp;
use jiff::civil::ISOWeekDate;
use jiff::tz::TimeZone;

/// How many of the newest snapshots are all kept.
pub const RECENT: usize = 50;

/// How many snapshots of a plan are kept in all: the newest, and the weeks of almost three years.
pub const MOST_KEPT: usize = 200;

/// The places of the snapshots that go, of those made at these instants, oldest first.
///
/// The newest [`RECENT`] stay. Of older ones the last of each week stays, which is the one that the
/// trend reads; and of those the oldest go where there are more than [`MOST_KEPT`] in all.
pub fn outlived(made: &[Timestamp]) -> Vec<usize> {
    let old = made.len().saturating_sub(RECENT);
    let is_last_of_week = |place: usize| week(made[place]) != week(made[place + 1]);
    let (stay, mut gone): (Vec<usize>, Vec<usize>) =
        (0..old).partition(|place| is_last_of_week(*place));
    let over = (stay.len() + made.len() - old).saturating_sub(MOST_KEPT);
    gone.extend(&stay[..over.min(stay.len())]);
    gone.sort_unstable();
    gone
}

/// The week of an instant, by year and number; weeks begin on Monday, in UTC.
pub(super) fn week(at: Timestamp) -> (i16, i8) {
    let week: ISOWeekDate = at.to_zoned(TimeZone::UTC).date().iso_week_date();
    (week.year(), week.week())
}
