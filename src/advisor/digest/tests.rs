//! A channel's digests, week after week.

use super::super::testing::{Talk, text};
use super::super::{Audience, Said};

/// A plan with a contradiction in it.
fn talk() -> Talk {
    Talk::after(&[
        "set price $49/mo",
        "set motion field",
        "set stage product_market_fit",
    ])
}

fn posted(turns: &[super::super::Turn]) -> Vec<String> {
    let heard = turns
        .iter()
        .filter(|turn| turn.reply.audience == Audience::Everyone);
    heard.map(text).collect()
}

#[test]
fn it_is_never_switched_on_by_itself() {
    let mut talk = talk();
    insta::assert_snapshot!(talk.says("digest"));
    assert!(talk.digest.is_none());
}

#[test]
fn whoever_switches_it_on_reads_when_it_comes() {
    let mut talk = talk();
    let on = talk.says("digest on");
    let when = talk.says("digest every other friday at 16:30 new york");
    let status = talk.says("digest status");
    insta::assert_snapshot!([on, when, status].join("\n\n---\n\n"));
}

#[test]
fn what_cannot_be_read_leaves_it_as_it_is() {
    let mut talk = talk();
    talk.says("digest on");
    let before = talk.digest.clone();
    insta::assert_snapshot!(talk.says("digest mondays 9am Atlantis"));
    assert_eq!(talk.digest, before);
}

#[test]
fn it_tells_what_is_different_and_then_rests_until_something_is() {
    let mut talk = talk();
    talk.says("digest on");
    talk.says("set acv $150k");
    talk.says("set channels seo, content");
    let first = posted(&talk.pass("2026-03-09T12:00:00Z"));
    assert_eq!(first.len(), 1, "{first:?}");
    let quiet = talk.pass("2026-03-23T12:00:00Z");
    assert_eq!(quiet.len(), 2);
    assert!(posted(&quiet).is_empty());
    let status = talk.says("digest status");
    assert!(status.contains("nothing had changed"), "{status}");
    talk.says("unset acv");
    let next = posted(&talk.pass("2026-03-30T12:00:00Z"));
    insta::assert_snapshot!([first, next].concat().join("\n\n---\n\n"));
}

#[test]
fn every_fourth_quiet_week_has_a_sign_of_life() {
    let mut talk = talk();
    talk.says("digest on");
    let turns = talk.pass("2026-04-28T12:00:00Z");
    let heard: Vec<_> = turns
        .iter()
        .map(|turn| turn.reply.audience == Audience::Everyone)
        .collect();
    assert_eq!(
        heard,
        [false, false, false, true, false, false, false, true]
    );
}

#[test]
fn it_is_posted_in_quiet_weeks_where_a_team_wants_that() {
    let mut talk = talk();
    talk.says("digest on");
    talk.says("digest quiet always");
    let heard = posted(&talk.pass("2026-03-16T12:00:00Z"));
    assert_eq!(heard.len(), 2);
}

#[test]
fn switched_off_or_asleep_it_stays_silent() {
    let mut talk = talk();
    talk.says("digest on");
    talk.says("digest quiet always");
    talk.says("digest skip");
    assert_eq!(posted(&talk.pass("2026-03-16T12:00:00Z")).len(), 1);
    talk.says("digest snooze 2026-05-01");
    assert_eq!(posted(&talk.pass("2026-05-05T12:00:00Z")).len(), 1);
    talk.says("digest off");
    assert!(talk.pass("2026-07-01T12:00:00Z").is_empty());
}

#[test]
fn after_a_long_absence_there_is_no_flood() {
    let mut talk = talk();
    talk.says("digest on");
    talk.says("digest quiet always");
    talk.now = "2026-06-03T12:00:00Z".parse().expect("an instant");
    let period = talk
        .digest
        .as_ref()
        .and_then(|it| it.next)
        .expect("it is on");
    let turn = talk.turn(Said::DigestDue { period });
    assert_eq!(turn.reply.audience, Audience::Nobody);
    let next = talk
        .digest
        .as_ref()
        .and_then(|it| it.next)
        .expect("it is on");
    assert_eq!(next.to_string(), "2026-06-08T07:00:00Z");
    assert!(
        talk.says("digest status")
            .contains("away for more than 12 hours")
    );
}

#[test]
fn a_late_one_says_so() {
    let mut talk = talk();
    talk.says("digest on");
    talk.says("set acv $150k");
    talk.now = "2026-03-09T11:00:00Z".parse().expect("an instant");
    let period = talk
        .digest
        .as_ref()
        .and_then(|it| it.next)
        .expect("it is on");
    let said = text(&talk.turn(Said::DigestDue { period }));
    assert!(said.contains("This digest is late"), "{said}");
}

#[test]
fn one_that_was_moved_meanwhile_is_not_posted() {
    let mut talk = talk();
    talk.says("digest on");
    let period = talk
        .digest
        .as_ref()
        .and_then(|it| it.next)
        .expect("it is on");
    talk.says("digest fridays 4pm");
    talk.now = period;
    let turn = talk.turn(Said::DigestDue { period });
    assert_eq!(turn.reply.audience, Audience::Nobody);
    assert!(turn.digest.is_none());
}

#[test]
fn a_preview_claims_nothing() {
    let mut talk = talk();
    talk.says("digest on");
    talk.says("set acv $150k");
    let before = talk.digest.clone();
    let preview = talk.says("digest preview");
    assert_eq!(talk.digest, before);
    let posted = posted(&talk.pass("2026-03-09T12:00:00Z"));
    let line = |said: &str| {
        said.lines()
            .next()
            .map(|l| l.split(']').nth(1).map(str::to_owned))
    };
    assert_eq!(line(&preview), line(&posted[0]));
}

#[test]
fn a_year_has_one_outcome_for_each_week_over_both_changes_of_the_clocks() {
    for zone in ["Berlin", "New York", "Kolkata"] {
        let mut talk = talk();
        talk.says("digest quiet always");
        talk.says(&format!("digest mondays 9am {zone}"));
        let mut instants = Vec::new();
        while instants.len() < 52 {
            let due = talk
                .digest
                .as_ref()
                .and_then(|it| it.next)
                .expect("it is on");
            instants.push(due);
            let standing = talk.digest.clone();
            let schedule = &standing.as_ref().expect("it is set").schedule;
            let local = due.to_zoned(schedule.zone.time_zone());
            assert_eq!(
                local.strftime("%a %H:%M").to_string(),
                "Mon 09:00",
                "{zone}"
            );
            talk.pass(&due.to_string());
        }
        instants.dedup();
        assert_eq!(instants.len(), 52, "{zone}");
    }
}
