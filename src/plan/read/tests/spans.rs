//! Lengths of time, dates and ranges.

use super::{check, named};
use crate::plan::testing::context;

#[test]
fn lengths_in_days() {
    let check = |input: &str, expected: &str| check("sales.cycle", input, expected);
    check("45", "45 days");
    check("90 days", "90 days");
    check("1 day", "1 day");
    check("6 weeks", "42 days");
    check("3 months", "90 days");
    check("a quarter", "90 days");
    check("a year", "365 days");
    check("half a year", "182.5 days");
    check("two weeks", "14 days");
    check("a fortnight", "14 days");
    check("90d", "90 days");
    check("6 wks", "42 days");
    check(
        "a 90-day cycle",
        "! I do not understand `day cycle` as a unit of time",
    );
    check("sales cycle: 45 days", "45 days");
    check("Q3", "! Q3 is a date; `a quarter` is a length");
    check(
        "6m",
        "! `m` can mean minutes or months; write `mo` for months",
    );
    check("30-60 days", "! that is a range, and one length is needed");
    check("-5 days", "! a length of time is zero or more");
    check("2 hours", "! I do not understand `hours` as a unit of time");
    check("0.001 days", "! a length has at most two decimals of days");
    check("10,000 years", "! the length is too large");
}

#[test]
fn lengths_in_months() {
    let check = |input: &str, expected: &str| check("economics.payback", input, expected);
    check("11.99 months", "11.99 months");
    check("12", "12 months");
    check("6m", "6 months");
    check("18 mo", "18 months");
    check("a quarter", "3 months");
    check("1.5 years", "18 months");
    check("90 days", "3 months");
    check("6 weeks", "1.4 months");
    check("quarterly", "3 months");
    check("every 6 months", "6 months");
    check("twice a year", "6 months");
    check("year", "12 months");
    check(
        "100 days",
        "! with 30 days to a month that is no exact number of months",
    );
    check("Q3 2026", "! Q3 is a date; `a quarter` is a length");
    let refused = named("economics.payback").parse("100 days", &context());
    assert_eq!(
        refused.map_err(|error| error.example),
        Err("3.33 months".to_owned())
    );
}

#[test]
fn dates() {
    // Today is Wednesday, 4 March 2026.
    let check = |input: &str, expected: &str| check("plan.last_review", input, expected);
    check("2026-03-01", "2026-03-01");
    check("next Monday", "2026-03-09");
    check("next Wednesday", "2026-03-11");
    check("last Friday", "2026-02-27");
    check("Monday", "! that can mean 2026-03-09 or 2026-03-02");
    check("March 2026", "2026-03-01");
    check("Mar 2026", "2026-03-01");
    check("1 March 2026", "2026-03-01");
    check("March 1st, 2026", "2026-03-01");
    check("Q3", "2026-07-01");
    check("Q3 2027", "2027-07-01");
    check("2027 Q1", "2027-01-01");
    check("today", "2026-03-04");
    check("yesterday", "2026-03-03");
    check("in 2 weeks", "2026-03-18");
    check("in March 2026", "2026-03-01");
    check("a month ago", "2026-02-04");
    check("next quarter", "2026-04-01");
    check("last month", "2026-02-01");
    check("1.3.2026", "2026-03-01");
    check("25/12/2026", "2026-12-25");
    check("12/25/2026", "2026-12-25");
    check("3/3/2026", "2026-03-03");
    check("03/04/2026", "! that can mean 2026-03-04 or 2026-04-03");
    check("2026-02-30", "! the calendar has no such day");
    check("30 February 2026", "! the calendar has no such day");
    check("2026-03", "2026-03-01");
    check("1.3.26", "! the year needs four digits");
    check("9999-01-01", "! the year 9999 is not one that a plan has");
    check("soon", "! there is no date in it that I can read");
    check("12", "! there is no date in it that I can read");
}

#[test]
fn ranges_of_counts() {
    let check = |input: &str, expected: &str| check("icp.employees", input, expected);
    check("50-500", "50–500");
    check("5 to 30", "5–30");
    check("5 – 30 employees", "5–30");
    check("between 5 and 30", "5–30");
    check("from 5 to 30 people", "5–30");
    check("up to 200", "up to 200");
    check("500+", "500+");
    check("200 max", "up to 200");
    check("500 or more", "500+");
    check("at least 500", "500+");
    check("over 500", "501+");
    check("under 200", "up to 199");
    check("1,000-5,000", "1,000–5,000");
    check("1k-5k", "1,000–5,000");
    check("500-1k", "500–1,000");
    check("0-10k", "0–10,000");
    check("50-50", "50–50");
    check(
        "5-10k",
        "! that can mean 5 to 10,000 or 5,000 to 10,000; write both ends in full",
    );
    check(
        "50",
        "! one number is not a range: it can mean exactly that, at least that (`50+`) or at most that (`up to 50`)",
    );
    check("30-5", "! the range ends below its beginning");
    check("small", "! there is no range in it that I can read");
    check("5-30 bananas", "! I do not understand `bananas`");
    check("2.5-3", "! 2.5 is not a whole number");
}

#[test]
fn ranges_of_money() {
    let check = |input: &str, expected: &str| check("icp.revenue", input, expected);
    check("$1M-$10M", "$1,000,000 to $10,000,000 a year");
    check("€1m to €10m", "€1,000,000 to €10,000,000 a year");
    check("1M to 10M EUR a year", "€1,000,000 to €10,000,000 a year");
    check("up to $5M in revenue", "up to $5,000,000 a year");
    check("$10M+", "$10,000,000+ a year");
    check("$100k-$200k a month", "$1,200,000 to $2,400,000 a year");
    check(
        "$1-10M",
        "! that can mean 1 to 10,000,000 or 1,000,000 to 10,000,000; write both ends in full",
    );
    check("$1M-€10M", "! the ends of the range have two currencies");
    check(
        "under $10M",
        "! the ends of a range belong to it: write `up to` or `at least`",
    );
}
