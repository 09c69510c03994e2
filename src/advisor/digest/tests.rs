//! A channel's digests, week after week.

use super::super::testing::{Talk, text};
use super::super::{Audience, Said};
use crate::render;

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
fn a_sign_of_life_comes_by_weeks_however_often_a_digest_is_due() {
    for (schedule, days) in [
        ("daily 9am", [28, 56]),
        ("mondays and thursdays 9am", [28, 56]),
        ("every other monday 9am", [35, 63]),
        // What comes each month is silent once before.
        ("monthly", [63, 126]),
    ] {
        let mut talk = talk();
        talk.says(&format!("digest {schedule} UTC"));
        let begun = talk.now.to_zoned(jiff::tz::TimeZone::UTC).date();
        let mut spoke = Vec::new();
        while spoke.len() < 2 {
            let due = talk.digest.as_ref().and_then(|it| it.next);
            let due = due.expect("it is on");
            if posted(&talk.pass(&due.to_string())).len() == 1 {
                let day = due.to_zoned(jiff::tz::TimeZone::UTC).date();
                spoke.push((day - begun).get_days());
            }
        }
        assert_eq!(spoke, days, "{schedule}");
    }
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
fn the_trend_says_of_how_many_weeks_it_tells() {
    let mut talk = talk();
    talk.says("digest on");
    talk.says("digest quiet always");
    talk.pass("2026-03-16T12:00:00Z");
    talk.says("digest off");
    talk.pass("2026-04-07T12:00:00Z");
    talk.says("digest on");
    let digest = posted(&talk.pass("2026-04-13T12:00:00Z")).concat();
    let told = "4 of the last 7 weeks (2 Mar to 13 Apr).";
    assert!(digest.contains(told), "{digest}");
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
    let turn = talk.turn(Said::DigestDue { period });
    let sent_at = |now: &str| {
        let document = turn.reply.document.clone();
        let now = now.parse().expect("an instant");
        render::text(&super::sent_at(document, period, now), &|_| String::new())
    };
    let late = sent_at("2026-03-09T11:00:00Z");
    assert!(
        late.contains("· late: it was due 2026-03-09 08:00 UTC"),
        "{late}"
    );
    assert_eq!(
        late.lines().count(),
        text(&turn).lines().count(),
        "it takes no line of its own"
    );
    assert!(!sent_at("2026-03-09T08:14:00Z").contains("late"));
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

/// A team with all kinds of things that come up within a few weeks.
fn busy() -> Talk {
    let mut talk = Talk::new().under_the_built_in_rules();
    let today = talk.now;
    talk.now = "2026-02-02T10:00:00Z".parse().expect("an instant");
    talk.says("set price $49/mo");
    talk.now = today;
    for words in [
        "set motion field",
        "set stage product_market_fit",
        "set plan.owner @U7",
        "set customers 6",
        "set last review 2025-10-01",
        "set review cadence 6 months",
        "set channel start dates seo 2025-12-01, events 2025-08-01, webinars 2026-02-20",
        "assume win rate 20% until 2026-03-20",
        "decide Monthly or annual? monthly | annual",
    ] {
        let turn = talk.turn(super::super::testing::command(words));
        assert!(!turn.changes.is_empty(), "{words}: {}", text(&turn));
    }
    talk
}

#[test]
fn a_busy_week_keeps_to_ten_lines_and_all_of_it_is_a_press_away() {
    let mut talk = busy();
    talk.says("digest on");
    talk.now = "2026-03-04T12:00:00Z".parse().expect("an instant");
    for words in [
        "set price $99/mo",
        "set new initiatives new region",
        "set acv $150k",
        "set icp industry accounting firms",
        "vote d1 annual",
        "set customers 8",
        "waive icp-too-broad because we learn first until 2026-03-31",
    ] {
        talk.says(words);
    }
    let turns = talk.pass("2026-03-23T12:00:00Z");
    let digests = posted(&turns);
    for turn in &turns {
        let lines = &turn.reply.document.blocks;
        let lines: usize = lines
            .iter()
            .map(|block| match block {
                crate::render::Block::Bullets(items) => items.len(),
                crate::render::Block::Actions(_) => 0,
                _ => 1,
            })
            .sum();
        assert!(lines < 10, "with the verdict ten at most");
    }
    let all = talk.says("digest all");
    insta::assert_snapshot!([digests.join("\n\n---\n\n"), all].join("\n\n===\n\n"));
}

#[test]
fn what_has_come_up_is_news_once() {
    let mut talk = Talk::new().under_the_built_in_rules();
    talk.says("set channel start dates seo 2025-12-20");
    talk.says("digest on");
    let heard: Vec<_> = talk
        .pass("2026-04-13T12:00:00Z")
        .iter()
        .map(|turn| turn.reply.audience == Audience::Everyone)
        .collect();
    // Three months are over on the 20th: said on the Monday after, and then it rests.
    assert_eq!(heard, [false, false, true, false, false, false]);
}

#[test]
fn a_waived_finding_is_not_said_to_be_settled() {
    let mut talk = talk();
    talk.says("digest on");
    talk.says("waive low-price-enterprise-motion because it is a pilot until 2026-06-30");
    let posted = posted(&talk.pass("2026-03-09T12:00:00Z")).concat();
    assert!(posted.contains("Waived: "), "{posted}");
    assert!(!posted.contains("ettled"), "{posted}");
}

#[test]
fn the_same_question_is_not_asked_week_after_week() {
    let mut talk = Talk::after(&["set price $49/mo"]).under_the_built_in_rules();
    talk.says("digest on");
    talk.says("digest quiet always");
    let posted = posted(&talk.pass("2026-03-16T12:00:00Z"));
    let question = |said: &String| {
        said.split("Question of the week: ")
            .nth(1)
            .map(str::to_owned)
    };
    assert_eq!(posted.len(), 2);
    assert_ne!(question(&posted[0]), question(&posted[1]));
}

#[test]
fn what_the_rules_moved_is_not_said_to_be_the_plans_doing() {
    let mut talk = talk();
    talk.says("digest quiet always");
    talk.says("digest on");
    let mut talk = talk.under_the_built_in_rules();
    talk.says("digest quiet always");
    let said = posted(&talk.pass("2026-03-09T12:00:00Z")).concat();
    assert!(
        said.contains("% answered (by the rules)") || said.contains("(by the rules) answered"),
        "{said}"
    );
}

#[test]
fn a_check_between_two_digests_does_not_stand_in_for_the_last_one() {
    let mut talk = talk();
    talk.says("digest on");
    talk.now = "2026-03-04T10:00:00Z".parse().expect("an instant");
    talk.says("set acv $150k");
    talk.says("check");
    let said = posted(&talk.pass("2026-03-09T12:00:00Z")).concat();
    assert!(
        said.contains("Settled: "),
        "since the digest, not the check: {said}"
    );
}

#[test]
fn what_the_library_has_not_looked_at_for_a_year_is_told_with_what_rests_on_it() {
    let said = |year: i16| {
        let mut talk = Talk::new().under_the_built_in_rules();
        talk.now = format!("{year}-01-03T12:00:00Z")
            .parse()
            .expect("an instant");
        talk.says("set price $49/mo");
        talk.says("digest on");
        talk.says("set motion field");
        let posted = posted(&talk.pass(&format!("{year}-01-10T12:00:00Z"))).concat();
        (
            posted,
            talk.says("digest all"),
            talk.says("ask when do we hire sellers?"),
        )
    };
    let old = "more than 12 months ago";
    let (digest, all, answer) = said(2040);
    for words in [&digest, &all, &answer] {
        assert!(words.contains(old), "{words}");
    }
    assert!(
        all.contains("last reviewed more than 12 months ago"),
        "{all}"
    );
    let (digest, all, answer) = said(2027);
    for words in [&digest, &all, &answer] {
        assert!(!words.contains(old), "{words}");
    }
    assert!(answer.contains("reviewed 20"), "{answer}");
}

/// What the digests of the next week say.
fn next_week(talk: &mut Talk) -> String {
    posted(&talk.pass("2026-03-09T12:00:00Z")).concat()
}

#[test]
fn what_was_changed_again_and_again_is_one_difference() {
    let mut talk = talk();
    talk.says("digest on");
    talk.says("set channels seo");
    talk.says("set customers 6");
    for price in ["$59/mo", "$69/mo", "$79/mo", "$89/mo", "$99/mo"] {
        talk.says(&format!("set price {price}"));
    }
    let said = next_week(&mut talk);
    assert!(
        said.contains("since the digest was switched on: 3 changes")
            || said.contains("Since the digest was switched on: 3 changes"),
        "{said}"
    );
    assert!(said.contains("Price: $49 a month → $99 a month"), "{said}");
    assert!(said.contains("5 edits"), "{said}");
    assert!(
        said.contains("Channels: SEO") && said.contains("customers: 6"),
        "{said}"
    );
    assert!(!said.contains("$89"), "{said}");
}

#[test]
fn what_came_back_leaves_a_quiet_week() {
    let mut talk = talk();
    talk.says("digest on");
    talk.says("set price $99/mo");
    talk.says("set price $49/mo");
    talk.says("set channels seo");
    talk.says("undo");
    assert_eq!(next_week(&mut talk), "");
    let all = talk.says("digest all");
    assert!(all.contains("Nothing changed since the digest"), "{all}");
}

#[test]
fn what_was_put_up_and_settled_in_one_week_is_told_as_settled() {
    let mut talk = talk();
    talk.says("digest on");
    talk.says("decide Monthly or annual? monthly | annual");
    talk.says("vote d1 annual");
    talk.says("decide d1 annual");
    let said = next_week(&mut talk);
    assert!(
        said.contains("Decided d1: annual (Monthly or annual?)"),
        "{said}"
    );
}

#[test]
fn of_several_old_errors_the_first_is_named_and_the_others_counted() {
    let mut talk = Talk::new().under_the_built_in_rules();
    for words in [
        "set price $49/mo",
        "set motion field",
        "set cs model accounts",
    ] {
        talk.says(words);
    }
    talk.says("digest on");
    talk.says("set plan.name Atlas");
    let said = next_week(&mut talk);
    let still = said.lines().find(|line| line.contains("Still open: "));
    assert!(still.is_some_and(|it| it.contains(" and 1 more")), "{said}");
}

#[test]
fn what_was_tried_is_told_once_and_what_the_plan_gained_by_name() {
    let mut talk = Talk::new().under_the_built_in_rules();
    for words in [
        "set stage pmf",
        "set price $49/mo",
        "set motion plg",
        "set trial free trial",
        "set experiments a price test: no effect",
    ] {
        talk.says(words);
    }
    talk.says("digest on");
    talk.says("set experiments a price test: no effect; a webinar: 40 sign-ups");
    talk.says("set cs model help desk");
    let said = next_week(&mut talk);
    assert!(said.contains("2 changes"), "{said}");
    assert!(said.contains("Tried: a webinar: 40 sign-ups."), "{said}");
    assert!(!said.contains("no effect"), "{said}");
    assert!(said.contains("Gained: effort where it counts."), "{said}");
    let all = talk.says("digest all");
    for words in [
        "A webinar: 40 sign-ups",
        "Effort where it counts ✓",
        "One message in every channel · not answered: problem, benefit",
        "why gtm strategy matters",
    ] {
        assert!(all.contains(words), "{words}: {all}");
    }
    talk.says("unset cs model");
    talk.now = "2026-03-10T10:00:00Z".parse().expect("an instant");
    let said = posted(&talk.pass("2026-03-16T12:00:00Z")).concat();
    assert!(said.contains("Lost: effort where it counts."), "{said}");
    let all = talk.says("digest all");
    assert!(all.contains("No new one was noted. At this stage"), "{all}");
}

#[test]
fn an_overdue_review_is_told_once_and_a_new_finding_is_not_called_new_under_its_heading() {
    let mut talk = Talk::new().under_the_built_in_rules();
    for words in [
        "set price $49/mo",
        "set motion plg",
        "set trial free trial",
        "set growth rate 10%",
        "set last review 2025-09-04",
    ] {
        talk.says(words);
    }
    talk.says("digest on");
    talk.says("set motion field");
    let said = next_week(&mut talk);
    assert!(
        said.contains("Review: overdue since 2026-03-04, 6 months after"),
        "{said}"
    );
    assert!(!said.contains("review-overdue"), "{said}");
    let all = talk.says("digest all");
    assert_eq!(all.matches("2026-03-04").count(), 1, "{all}");
    assert!(!all.contains("review-overdue"), "{all}");
    assert!(
        all.contains("nobody has set how often; this time is from GTM Definition"),
        "{all}"
    );
    let heading = all.find("New findings").expect("it has one");
    assert!(
        all[heading..].contains("low-price-enterprise-motion"),
        "{all}"
    );
    assert!(!all.contains("New: "), "{all}");
}

/// A week with more changes than lines tells an answer and not a vote, and names the other answers.
#[test]
fn answers_go_before_votes_and_what_has_no_line_is_named() {
    let mut talk = busy();
    talk.says("digest on");
    talk.now = "2026-03-04T12:00:00Z".parse().expect("an instant");
    for words in [
        "set price $99/mo",
        "set margin 75%",
        "set churn 2%",
        "vote d1 annual",
    ] {
        talk.says(words);
    }
    let posted = posted(&talk.pass("2026-03-09T12:00:00Z")).concat();
    assert!(posted.contains("Monthly churn: 2%"), "{posted}");
    assert!(!posted.contains("Vote on d1"), "{posted}");
    let named = posted.contains("also: ") && posted.contains("gross margin");
    assert!(named || posted.contains("Gross margin: 75%"), "{posted}");
}
