//! What people say, what is refused, and what the clocks do.

use jiff::Timestamp;
use proptest::prelude::*;

use super::*;

fn context() -> Context {
    Context {
        zone: Zone::utc(),
        now: "2026-03-27T12:00:00Z".parse().expect("an instant"),
    }
}

fn read(words: &str) -> Schedule {
    Schedule::read(words, &context()).unwrap_or_else(|error| panic!("{words}: {error}"))
}

fn check(words: &str, expected: &str) {
    assert_eq!(read(words).to_string(), expected, "{words}");
}

fn refused(words: &str, expected: &str) {
    let error = Schedule::read(words, &context()).expect_err(words);
    assert_eq!(error.to_string(), expected, "{words}");
}

#[test]
fn people_say_when_in_many_ways() {
    check("mondays 9am Berlin", "every Monday at 09:00 Europe/Berlin");
    check(
        "Monday at 9:00 Europe/Berlin",
        "every Monday at 09:00 Europe/Berlin",
    );
    check(
        "every monday, 9 o'clock in new york",
        "every Monday at 09:00 America/New_York",
    );
    check("9am", "every Monday at 09:00 UTC");
    check("weekly", "every Monday at 09:00 UTC");
    check(
        "Fridays 4pm SF",
        "every Friday at 16:00 America/Los_Angeles",
    );
    check("fri 16:30 ET", "every Friday at 16:30 America/New_York");
    check(
        "tue & thu 8.30 am london",
        "every Tuesday and Thursday at 08:30 Europe/London",
    );
    check(
        "Mon/Wed/Fri 10h UTC",
        "every Monday, Wednesday and Friday at 10:00 UTC",
    );
    check(
        "weekdays at 08:15 Tokyo",
        "every weekday at 08:15 Asia/Tokyo",
    );
    check("mon-fri noon CET", "every weekday at 12:00 Europe/Brussels");
    check(
        "monday to wednesday 9am",
        "every Monday, Tuesday and Wednesday at 09:00 UTC",
    );
    check("daily 7am", "every day at 07:00 UTC");
    check("fridays at 12pm", "every Friday at 12:00 UTC");
    check("sundays 12am", "every Sunday at 00:00 UTC");
    check("mondays 0930 Munich", "every Monday at 09:30 Europe/Berlin");
    check(
        "mondays 9 a.m. Berlin time",
        "every Monday at 09:00 Europe/Berlin",
    );
    check("mondays 05:00", "every Monday at 05:00 UTC");
    check("mondays 9am utc+2", "every Monday at 09:00 UTC+2");
}

#[test]
fn rarer_than_weekly_is_counted_or_placed_in_the_month() {
    check(
        "every other Friday at 16:30 New York",
        "every 2 weeks on Friday at 16:30 America/New_York from 2026-03-27",
    );
    check(
        "every second friday 9am starting 2026-04-10",
        "every 2 weeks on Friday at 09:00 UTC from 2026-04-10",
    );
    check(
        "biweekly on tuesdays",
        "every 2 weeks on Tuesday at 09:00 UTC from 2026-03-31",
    );
    check(
        "every 3 weeks on Monday 9am",
        "every 3 weeks on Monday at 09:00 UTC from 2026-03-30",
    );
    check(
        "first Monday of the month",
        "every first Monday of the month at 09:00 UTC",
    );
    check(
        "first and third Tuesday of each month 10am Paris",
        "every first and third Tuesday of the month at 10:00 Europe/Paris",
    );
    check(
        "every second friday of the month 9am",
        "every second Friday of the month at 09:00 UTC",
    );
    check(
        "last friday of the month 3pm",
        "every last Friday of the month at 15:00 UTC",
    );
    check("monthly", "every first Monday of the month at 09:00 UTC");
    check(
        "15th of the month 9am",
        "every 15th of the month at 09:00 UTC",
    );
    check(
        "last day of the month at 17:00",
        "every last day of the month at 17:00 UTC",
    );
}

#[test]
fn what_cannot_be_read_says_what_was_understood_and_what_works() {
    refused(
        "",
        "say on which day and when; for example `mondays 9am Berlin`",
    );
    refused(
        "mondays at 4",
        "`4:00` can be morning or afternoon; write `4am` or `4pm`",
    );
    refused(
        "mondays 9am Berlinn",
        "I read Monday, 09:00, but `berlinn` is neither a day, a time nor a city or time zone that I know (did you mean `Berlin`?); for example `mondays 9am Berlin`",
    );
    for said in ["post it", "this week", "send it to me please"] {
        refused(
            said,
            &format!(
                "`{said}` is neither a day, a time nor a city or time zone that I know; for example `mondays 9am Berlin`"
            ),
        );
    }
    refused(
        "the 1st and 15th of the month 9am",
        "I read day 1 and day 15 of the month, which do not go together; say one of them, for example `first Monday of the month 9am Berlin`",
    );
    refused(
        "banana",
        "`banana` is neither a day, a time nor a city or time zone that I know; for example `mondays 9am Berlin`",
    );
    refused(
        "mondys 9am berlin",
        "I read 09:00, but `mondys` is neither a day, a time nor a city or time zone that I know (did you mean `Monday`?); for example `mondays 9am Berlin`",
    );
    refused(
        "mondays 9am CST",
        "`cst` can be America/Chicago or Asia/Shanghai; write one of them, for example `mondays 9am America/Chicago`",
    );
    refused(
        "mondays 9am and 5pm",
        "09:00 and 17:00 are two times and a digest has one; for example `mondays 9am`",
    );
    refused(
        "mondays 25:00",
        "`25:00` is no time of the day; write it as `9am` or `16:30`",
    );
    refused(
        "hourly",
        "a digest comes at most once a day and at least once in 12 weeks; for example `every 2 weeks on Monday 9am Berlin`",
    );
    refused(
        "every 40 weeks on monday",
        "a digest comes at most once a day and at least once in 12 weeks; for example `every 2 weeks on Monday 9am Berlin`",
    );
    refused(
        "32nd of the month",
        "no month has a day 32; say one from 1 to 31, for example `15th of the month 9am Berlin`",
    );
    refused(
        "first monday and friday of the month",
        "I read first, Monday, Friday, which do not go together; say one of them, for example `first Monday of the month 9am Berlin`",
    );
}

fn instants(words: &str, from: &str, count: usize) -> Vec<String> {
    let from: Timestamp = from.parse().expect("tests name instants");
    let schedule = read(words);
    let shown = |instant: jiff::Zoned| instant.strftime("%Y-%m-%dT%H:%M%:z").to_string();
    schedule.instants(from).take(count).map(shown).collect()
}

#[test]
fn the_wall_clock_stays_where_it_is_when_summer_comes() {
    assert_eq!(
        instants("mondays 9am Berlin", "2026-03-22T00:00:00Z", 3),
        [
            "2026-03-23T09:00+01:00",
            "2026-03-30T09:00+02:00",
            "2026-04-06T09:00+02:00"
        ]
    );
    assert_eq!(
        instants("mondays 9am Berlin", "2026-10-20T00:00:00Z", 2),
        ["2026-10-26T09:00+01:00", "2026-11-02T09:00+01:00"]
    );
}

#[test]
fn a_skipped_time_counts_by_the_offset_before_and_a_repeated_one_counts_once() {
    assert_eq!(
        instants("sundays 02:30 Berlin", "2026-03-28T12:00:00Z", 2),
        ["2026-03-29T03:30+02:00", "2026-04-05T02:30+02:00"]
    );
    assert_eq!(
        instants("sundays 02:30 Berlin", "2026-10-24T12:00:00Z", 2),
        ["2026-10-25T02:30+02:00", "2026-11-01T02:30+01:00"]
    );
    assert_eq!(
        instants("sundays 2:30 am New York", "2026-03-07T12:00:00Z", 1),
        ["2026-03-08T03:30-04:00"]
    );
}

#[test]
fn an_instant_is_strictly_after_the_one_before() {
    assert_eq!(
        instants("mondays 9am", "2026-03-30T09:00:00Z", 1),
        ["2026-04-06T09:00+00:00"]
    );
    assert_eq!(
        instants("mondays 9am", "2026-03-30T08:59:59Z", 1),
        ["2026-03-30T09:00+00:00"]
    );
}

#[test]
fn every_other_week_is_counted_from_its_first_day() {
    assert_eq!(
        instants(
            "every other friday 16:30 New York",
            "2026-03-27T22:00:00Z",
            2
        ),
        ["2026-04-10T16:30-04:00", "2026-04-24T16:30-04:00"]
    );
    assert_eq!(
        instants(
            "every other friday 16:30 New York",
            "2026-03-26T22:00:00Z",
            1
        ),
        ["2026-03-27T16:30-04:00"]
    );
}

#[test]
fn the_first_of_every_other_week_is_the_next_one() {
    let read_at = |now: &str| {
        let now = now.parse().expect("an instant");
        let context = Context { now, ..context() };
        let schedule =
            Schedule::read("every other friday 9am", &context).expect("it is a schedule");
        schedule.next(now).expect("there is a next one").date()
    };
    assert_eq!(read_at("2026-03-27T08:00:00Z"), Date::constant(2026, 3, 27));
    assert_eq!(read_at("2026-03-27T10:00:00Z"), Date::constant(2026, 4, 3));
    assert_eq!(read_at("2026-03-28T10:00:00Z"), Date::constant(2026, 4, 3));
}

#[test]
fn places_in_a_month_hold_in_short_months_too() {
    assert_eq!(
        instants("last day of the month 9am", "2026-01-31T12:00:00Z", 3),
        [
            "2026-02-28T09:00+00:00",
            "2026-03-31T09:00+00:00",
            "2026-04-30T09:00+00:00"
        ]
    );
    assert_eq!(
        instants("first monday of the month 9am", "2026-02-01T12:00:00Z", 3),
        [
            "2026-02-02T09:00+00:00",
            "2026-03-02T09:00+00:00",
            "2026-04-06T09:00+00:00"
        ]
    );
    assert_eq!(
        instants("last friday of the month 9am", "2026-01-31T12:00:00Z", 2),
        ["2026-02-27T09:00+00:00", "2026-03-27T09:00+00:00"]
    );
}

fn any_schedule() -> impl Strategy<Value = Schedule> {
    let zone = prop_oneof![
        Just("Europe/Berlin"),
        Just("America/New_York"),
        Just("Asia/Kolkata")
    ];
    let days = prop::collection::btree_set((0_i8..7).prop_map(Day), 1..7);
    let nth = prop_oneof![
        Just(Nth::First),
        Just(Nth::Second),
        Just(Nth::Fourth),
        Just(Nth::Last)
    ];
    let from = Date::constant(2026, 3, 27);
    let days = prop_oneof![
        days.clone().prop_map(Days::Weekly),
        (2_u8..=12, days).prop_map(move |(every, on)| Days::Weeks { every, on, from }),
        (
            prop::collection::btree_set(nth, 1..3),
            (0_i8..7).prop_map(Day)
        )
            .prop_map(|(nth, day)| Days::Nth { nth, day }),
        (1_i8..=31).prop_map(Days::OfMonth),
    ];
    (days, 0_i8..24, 0_i8..60, zone).prop_map(|(days, hour, minute, zone)| Schedule {
        days,
        at: Time::constant(hour, minute, 0, 0),
        zone: Zone::named(zone).expect("tests name zones"),
    })
}

proptest! {
    #[test]
    fn what_is_written_reads_back(schedule in any_schedule()) {
        prop_assert_eq!(read(&schedule.to_string()), schedule);
    }

    #[test]
    fn any_words_are_read_or_refused(words in "\\PC{0,60}") {
        let _ = Schedule::read(&words, &context());
    }

    #[test]
    fn instants_grow_and_fall_on_their_days(schedule in any_schedule(), second in 1_770_000_000_i64..1_800_000_000) {
        let from = Timestamp::from_second(second).expect("a second of this decade");
        let mut last = from;
        for instant in schedule.instants(from).take(12) {
            prop_assert!(instant.timestamp() > last);
            prop_assert!(schedule.days.include(instant.date()));
            last = instant.timestamp();
        }
    }
}

#[test]
fn odd_words_are_read_or_said_to_be_odd() {
    check(
        "mon+thu 8:15 Tokyo",
        "every Monday and Thursday at 08:15 Asia/Tokyo",
    );
    check(
        "mon&fri 9am utc+2",
        "every Monday and Friday at 09:00 UTC+2",
    );
    let days = "a digest comes on days of the week or of the month, not every 3 days; \
                for example `mondays and thursdays 9am Berlin`";
    refused("every 3 days 9am", days);
    let rhythm = "a digest comes at most once a day and at least once in 12 weeks; \
                  for example `every 2 weeks on Monday 9am Berlin`";
    refused("every 13 weeks", rhythm);
    check("every 1 day", "every day at 09:00 UTC");
    refused(
        "last workday of the month 5pm London",
        "`last` goes with one day of the week; for example `last Friday of the month 9am Berlin`",
    );
    refused(
        "every fifth monday",
        "not every month has a fifth Monday; for example `last Monday of the month 9am Berlin`",
    );
    refused(
        "weekdays at teatime London",
        "I read every weekday, but `teatime` is neither a day, a time nor a city or time zone that I know; \
         for example `mondays 9am Berlin`",
    );
}

#[test]
fn times_are_said_in_words_too() {
    check("mondays at nine", "every Monday at 09:00 UTC");
    check("mondays at half past nine", "every Monday at 09:30 UTC");
    check("quarter to 9 am mondays", "every Monday at 08:45 UTC");
    check(
        "quarter past twelve on fridays",
        "every Friday at 12:15 UTC",
    );
    check("monday morning", "every Monday at 09:00 UTC");
    check("monday morning 8am", "every Monday at 08:00 UTC");
    check("mondays at 4 in the morning", "every Monday at 04:00 UTC");
    check(
        "sunday night 8pm LA",
        "every Sunday at 20:00 America/Los_Angeles",
    );
    check(
        "thursdays 3 in the afternoon",
        "every Thursday at 15:00 UTC",
    );
    check("monday evening 8", "every Monday at 20:00 UTC");
    check("FRIDAY @ 4PM our time", "every Friday at 16:00 UTC");
    refused(
        "monday evening",
        "say at which hour; for example `mondays 6pm Berlin`",
    );
    refused(
        "mondays at four",
        "`4:00` can be morning or afternoon; write `4am` or `4pm`",
    );
}

#[test]
fn what_is_no_rhythm_is_refused_with_one_that_is() {
    check(
        "end of the month 5pm",
        "every last day of the month at 17:00 UTC",
    );
    check("start of each month", "every 1st of the month at 09:00 UTC");
    for word in ["tomorrow", "next"] {
        let said = format!("{word} monday 9am");
        let why = format!(
            "a digest comes again and again, not just `{word}`; for example `mondays 9am Berlin`"
        );
        refused(&said, &why);
    }
    refused(
        "twice a week",
        "`twice` names no days; for example `mondays and thursdays 9am Berlin`",
    );
    refused(
        "0 9 * * 1",
        "`0 9 * * 1` is neither a day, a time nor a city or time zone that I know; for example `mondays 9am Berlin`",
    );
    for words in [
        "mondays 9am from 2026-05-04",
        "every other monday 9am from 2029-05-07",
    ] {
        let error = Schedule::read(words, &context()).expect_err(words);
        assert!(
            matches!(error, ScheduleError::Start(..)),
            "{words}: {error}"
        );
        let works = error.to_string();
        let works = works
            .rsplit('`')
            .nth(1)
            .expect("an input that works")
            .to_owned();
        read(&works);
    }
}

#[test]
fn nothing_comes_before_the_first_day_that_was_named() {
    assert_eq!(
        instants(
            "every other monday 9am starting 2026-04-20",
            "2026-03-20T12:00:00Z",
            2
        ),
        ["2026-04-20T09:00+00:00", "2026-05-04T09:00+00:00"]
    );
}

#[test]
fn a_zone_that_can_be_several_is_asked_about() {
    for (said, first, other) in [
        ("CST", "America/Chicago", "Asia/Shanghai"),
        ("IST", "Asia/Kolkata", "Europe/Dublin, Asia/Jerusalem"),
        ("Portland", "America/Los_Angeles", "America/New_York"),
        ("Cambridge", "Europe/London", "America/New_York"),
        ("San Jose", "America/Los_Angeles", "America/Costa_Rica"),
    ] {
        let words = format!("mondays 9am {said}");
        let error = Schedule::read(&words, &context())
            .expect_err(&words)
            .to_string();
        assert!(error.contains(first), "{error}");
        let other = other.replace(", Asia/J", " or Asia/J");
        assert!(error.contains(&other), "{error}");
        read(&format!("mondays 9am {first}"));
    }
    refused(
        "mondays 9am UTC+5:30",
        "`utc+5:30` is not a whole number of hours that a zone has; name a city there, for example `mondays 9am Kolkata`",
    );
}
