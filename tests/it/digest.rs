//! Digests over a real socket, with a clock that the test moves: each period once, or a reason why not.

use gtm_advisor::advisor::{Commit, CommitError, DigestWrite, PlanWrite, Store};
use gtm_advisor::clock::Clock;
use gtm_advisor::digest::Outcome;
use gtm_advisor::ident::{Channel, Installation, Person};
use gtm_advisor::plan::{self, Answer, Author, Door, MessageLink, Percent, Value};
use gtm_advisor::playground::{Fault, Message, seed};
use jiff::SignedDuration;

use crate::harness::{ANA, BEN, CHLOE, GTM_PLAN, TEAM, TestBot, said, story};

const POST: &str = "chat.postMessage";
const DAY: i64 = 24 * 60 * 60;

/// A channel with a plan and a digest each Monday at nine, seen on the Monday before at nine.
async fn set_up(bot: &TestBot) {
    bot.command(ANA, GTM_PLAN, "set price $49/mo").await;
    bot.command(ANA, GTM_PLAN, "digest mondays 9am UTC").await;
    bot.command(BEN, GTM_PLAN, "set motion field").await;
}

/// The digests in the channel.
fn digests(bot: &TestBot) -> Vec<Message> {
    let mut posts = bot.slack.messages(GTM_PLAN);
    let is_one = |words: String| words.contains("Question of the week");
    posts.retain(|it| it.user == seed::BOT_USER && is_one(said(it)));
    posts
}

/// Lets time pass in steps of an hour, as a worker would see it.
async fn pass(bot: &TestBot, seconds: i64) {
    bot.clock.move_by(seconds);
    bot.work().await;
}

#[test]
fn a_period_has_one_digest_also_over_restarts() {
    story(async |bot| {
        set_up(bot).await;
        pass(bot, 7 * DAY - 60).await;
        assert!(digests(bot).is_empty(), "not a minute too early");
        pass(bot, 60).await;
        bot.restart().await;
        bot.work().await;
        pass(bot, DAY).await;
        let posts = digests(bot);
        assert_eq!(posts.len(), 1);
        assert!(
            said(&posts[0]).contains("1 change, 1 new finding"),
            "{}",
            said(&posts[0])
        );
        assert!(!said(&posts[0]).contains("<@"), "nobody is pinged");
    });
}

#[test]
fn a_clock_that_goes_back_brings_none_twice() {
    story(async |bot| {
        set_up(bot).await;
        pass(bot, 7 * DAY).await;
        pass(bot, -3_600).await;
        bot.command(ANA, GTM_PLAN, "digest mondays 9am UTC").await;
        pass(bot, 3_600).await;
        assert_eq!(digests(bot).len(), 1);
    });
}

#[test]
fn an_unclear_outcome_is_looked_up_and_the_digest_not_repeated() {
    story(async |bot| {
        set_up(bot).await;
        bot.expect_a_bad_day();
        bot.slack.faults().inject(POST, &Fault::CloseAfter, 1);
        pass(bot, 7 * DAY).await;
        bot.restart().await;
        pass(bot, 2).await;
        assert_eq!(digests(bot).len(), 1, "said once");
        assert_eq!(bot.calls(POST), 1, "and never again");
    });
}

#[test]
fn after_a_week_away_there_is_no_flood() {
    story(async |bot| {
        set_up(bot).await;
        bot.stop().await;
        bot.clock.move_by(17 * DAY);
        bot.start().await;
        bot.work().await;
        assert!(digests(bot).is_empty());
        let status = said(&bot.command(ANA, GTM_PLAN, "digest status").await);
        assert!(status.contains("away for more than 12 hours"), "{status}");
        pass(bot, 4 * DAY).await;
        assert_eq!(digests(bot).len(), 1);
    });
}

#[test]
fn switched_off_nothing_comes() {
    story(async |bot| {
        set_up(bot).await;
        bot.command(BEN, GTM_PLAN, "digest off").await;
        pass(bot, 30 * DAY).await;
        assert!(digests(bot).is_empty());
    });
}

#[test]
fn a_roll_up_goes_to_one_person_once_a_period_and_shows_what_they_may_see() {
    story(async |bot| {
        bot.command(ANA, seed::BOARD, "set plan.name Secret").await;
        bot.command(ANA, seed::BOARD, "set price $49/mo").await;
        set_up(bot).await;
        for person in [ANA, CHLOE] {
            bot.command(person, GTM_PLAN, "rollup mondays 9am UTC")
                .await;
        }
        pass(bot, 7 * DAY).await;
        bot.restart().await;
        pass(bot, 60).await;
        let told = |person: &str| {
            let direct = seed::direct(person);
            let mut posts = bot.slack.messages(&direct);
            posts.retain(|it| it.user == seed::BOT_USER && said(it).contains("#gtm-plan"));
            posts
        };
        let (ana, chloe) = (told(ANA), told(CHLOE));
        assert_eq!((ana.len(), chloe.len()), (1, 1));
        assert!(
            said(&ana[0]).contains("#board · Secret"),
            "{}",
            said(&ana[0])
        );
        assert!(!said(&chloe[0]).contains("Secret"), "{}", said(&chloe[0]));
        assert!(
            said(&chloe[0]).contains("contradicts itself"),
            "{}",
            said(&chloe[0])
        );
    });
}

/// What the bot says of the digest to whoever asks.
async fn status(bot: &TestBot) -> String {
    said(&bot.command(ANA, GTM_PLAN, "digest status").await)
}

/// The messages that Ana has from the bot alone.
fn told_alone(bot: &TestBot) -> Vec<String> {
    let posts = bot.slack.messages(&seed::direct(ANA));
    let posts = posts.iter().filter(|it| it.user == seed::BOT_USER);
    posts.map(said).collect()
}

#[test]
fn a_channel_that_is_archived_pauses_it_and_whoever_set_it_is_told_once() {
    story(async |bot| {
        set_up(bot).await;
        bot.expect_a_bad_day();
        bot.expect_dead_letters(1);
        let archived = Fault::Error("is_archived".to_owned());
        bot.slack.faults().inject(POST, &archived, 1);
        pass(bot, 7 * DAY).await;
        bot.restart().await;
        pass(bot, 30 * DAY).await;
        assert!(digests(bot).is_empty());
        let told = told_alone(bot);
        assert_eq!(told.len(), 1, "{told:#?}");
        assert!(
            told[0].contains(&format!("It was posted in <#{GTM_PLAN}> every Monday")),
            "{}",
            told[0]
        );
        let rests = status(bot).await;
        assert!(rests.contains("The digest rests"), "{rests}");
        bot.command(BEN, GTM_PLAN, "digest on").await;
        bot.command(BEN, GTM_PLAN, "set motion plg").await;
        // 37 days are two more than five weeks.
        pass(bot, 5 * DAY).await;
        assert_eq!(digests(bot).len(), 1, "it goes on where somebody wants it");
    });
}

#[test]
fn a_revoked_token_ends_it_quietly() {
    story(async |bot| {
        set_up(bot).await;
        bot.expect_a_bad_day();
        bot.expect_dead_letters(1);
        let revoked = Fault::Error("token_revoked".to_owned());
        bot.slack.faults().inject(POST, &revoked, 1);
        pass(bot, 7 * DAY).await;
        let calls = bot.calls(POST);
        pass(bot, 30 * DAY).await;
        assert_eq!(bot.calls(POST), calls, "nothing is tried again");
        assert!(digests(bot).is_empty() && told_alone(bot).is_empty());
    });
}

#[test]
fn an_answer_that_is_lost_where_history_is_refused_is_stated_and_not_repeated() {
    story(async |bot| {
        set_up(bot).await;
        bot.expect_a_bad_day();
        bot.expect_dead_letters(1);
        let refused = Fault::Error("missing_scope".to_owned());
        bot.slack.faults().inject(POST, &Fault::CloseAfter, 1);
        bot.slack
            .faults()
            .inject("conversations.history", &refused, 1);
        pass(bot, 7 * DAY).await;
        for _ in 0..3 {
            pass(bot, 60).await;
        }
        assert_eq!((digests(bot).len(), bot.calls(POST)), (1, 1));
        let status = status(bot).await;
        assert!(status.contains("outcome unknown"), "{status}");
    });
}

#[test]
fn a_schedule_that_is_changed_while_its_digest_is_on_its_way_brings_it_once() {
    story(async |bot| {
        set_up(bot).await;
        bot.expect_a_bad_day();
        let busy = Fault::RateLimited { retry_after: 60 };
        bot.slack.faults().inject(POST, &busy, 1);
        pass(bot, 7 * DAY).await;
        assert!(digests(bot).is_empty(), "it waits");
        bot.command(ANA, GTM_PLAN, "digest mondays 9:05 UTC").await;
        bot.restart().await;
        pass(bot, 90).await;
        pass(bot, DAY).await;
        let posts = digests(bot);
        assert_eq!(posts.len(), 1, "{posts:#?}");
    });
}

#[test]
fn switched_on_again_after_months_it_floods_nobody() {
    story(async |bot| {
        set_up(bot).await;
        bot.command(BEN, GTM_PLAN, "digest off").await;
        pass(bot, 100 * DAY).await;
        bot.command(BEN, GTM_PLAN, "digest on").await;
        pass(bot, 60).await;
        assert!(digests(bot).is_empty(), "not at once");
        // A hundred days are two more than fourteen weeks.
        pass(bot, 5 * DAY).await;
        assert_eq!(digests(bot).len(), 1, "and one of what came meanwhile");
    });
}

#[test]
fn of_two_that_claim_a_period_one_is_refused_and_nothing_of_it_is_stored() {
    story(async |bot| {
        set_up(bot).await;
        let (team, channel) = (Installation::new(TEAM), Channel::new(GTM_PLAN));
        let store = bot.store().clone();
        let standing = store.digest(&team, &channel).await;
        let standing = standing.expect("it answers").expect("it is on");
        let period = standing.next.expect("it is due");
        let claim = || {
            let standing = standing.clone();
            let standing = standing.after(period, Outcome::Posted, period);
            let channel = channel.clone();
            Commit {
                digest: Some(DigestWrite { channel, standing }),
                ..Commit::empty(team.clone(), period)
            }
        };
        let both = tokio::join!(store.commit(claim()), store.commit(claim()));
        let stale = [both.0, both.1]
            .iter()
            .filter(|it| matches!(it, Err(CommitError::StaleDigest)))
            .count();
        assert_eq!(stale, 1);
    });
}

/// Changes the win rate so often, a minute apart, and leaves it as it was: what a busy year leaves
/// between two things that matter.
async fn fill(bot: &TestBot, n: i64) {
    let (team, channel) = (Installation::new(TEAM), Channel::new(GTM_PLAN));
    let store = bot.store();
    let id = store
        .current_plan(&team, &channel)
        .await
        .expect("it answers");
    let record = store.plan(&team, &id.expect("a plan")).await;
    let mut plan = record.expect("it answers").expect("a plan").plan;
    let against = plan.version();
    let field = plan::field("sales.win_rate").expect("a field");
    let mut changes = Vec::new();
    for minute in 0..n {
        let rate = if minute % 2 == 0 { 2_100 } else { 2_000 };
        let author = Author {
            by: Person::new(BEN),
            at: bot.clock.now() + SignedDuration::from_mins(minute),
            door: Door::Command,
            link: MessageLink {
                channel: channel.clone(),
                ts: None,
            },
        };
        let answer = Some(Answer::Known(Value::Percent(Percent(rate))));
        for change in plan::set_answer(&plan, field, None, answer, &author) {
            plan.apply(&change).expect("it fits");
            changes.push(change);
        }
    }
    let write = PlanWrite {
        channel,
        plan,
        against,
        changes,
    };
    let commit = Commit {
        plan: Some(write),
        ..Commit::empty(team, bot.clock.now())
    };
    store.commit(commit).await.expect("it is stored");
    bot.clock.move_by(n * 60);
}

#[test]
fn what_calls_for_a_review_stands_until_there_was_one_however_much_is_changed() {
    for n in [60, 2_000] {
        story(async |bot| {
            for words in ["set price $49/mo", "set win rate 20%", "set customers 6"] {
                bot.command(ANA, GTM_PLAN, words).await;
            }
            bot.clock.move_by(40 * DAY);
            bot.command(ANA, GTM_PLAN, "set price $99/mo").await;
            bot.command(ANA, GTM_PLAN, "decide Monthly or annual? monthly | annual")
                .await;
            bot.command(ANA, GTM_PLAN, "digest mondays 9am UTC").await;
            fill(bot, n).await;
            let fired = "ricing change (price $49 a month → $99 a month)";
            for words in [
                "digest preview",
                "digest now",
                "digest all",
                "share digest all",
            ] {
                let said = said(&bot.command(ANA, GTM_PLAN, words).await);
                assert!(said.contains(fired), "{n} {words}: {said}");
                assert!(
                    said.contains("open since 2026-04-11"),
                    "{n} {words}: {said}"
                );
            }
            let preview = said(&bot.command(ANA, GTM_PLAN, "digest preview").await);
            assert!(preview.contains("Nothing changed since"), "{n}: {preview}");
            assert!(
                !preview.contains("First traction"),
                "no milestone moved: {preview}"
            );
            let triggers = said(&bot.command(ANA, GTM_PLAN, "trigger").await);
            assert!(
                triggers.contains("$49 a month → $99 a month"),
                "{n}: {triggers}"
            );

            bot.command(ANA, GTM_PLAN, "set acv $24k").await;
            bot.command(ANA, GTM_PLAN, "set deals 60").await;
            bot.command(ANA, GTM_PLAN, "set customers 8").await;
            fill(bot, n).await;
            let (team, channel) = (Installation::new(TEAM), Channel::new(GTM_PLAN));
            let standing = bot.store().digest(&team, &channel).await;
            let standing = standing.expect("it answers").expect("it is set");
            let next = standing.next.expect("it is on");
            pass(bot, next.duration_since(bot.clock.now()).as_secs()).await;
            let posts = digests(bot);
            let last = said(posts.last().expect("a digest"));
            assert!(last.contains(fired), "{n}: {last}");
            assert!(last.contains("First traction"), "a milestone moved: {last}");
            assert!(
                last.contains("2 changes") || last.contains("3 changes"),
                "{last}"
            );
            let posts = bot.slack.messages(GTM_PLAN);
            let maps = posts.iter().filter(|it| said(it).contains("deals-by-acv"));
            assert!(maps.count() > 0, "{n}: the map moved");

            bot.command(ANA, GTM_PLAN, "set last review today").await;
            let after = said(&bot.command(ANA, GTM_PLAN, "digest preview").await);
            assert!(!after.contains("ricing change"), "{n}: {after}");
        });
    }
}

/// A digest that Slack makes wait says how late it is, and none goes out after its grace.
#[test]
fn what_waits_in_the_outbox_says_that_it_is_late_and_ends_with_its_period() {
    const HOUR: i64 = 3_600;
    for (hours, is_posted) in [(11, true), (12, false)] {
        story(async |bot| {
            bot.expect_a_bad_day();
            bot.expect_dead_letters(usize::from(!is_posted));
            set_up(bot).await;
            let busy = Fault::RateLimited { retry_after: 1_800 };
            bot.slack.faults().inject(POST, &busy, 2);
            // Seen six hours late already: what it may wait is counted from its period.
            pass(bot, 7 * DAY + 6 * HOUR).await;
            assert!(digests(bot).is_empty());
            // How long Slack wants to be left alone is measured by the real clock, within one run.
            bot.restart().await;
            pass(bot, HOUR).await;
            assert!(digests(bot).is_empty());
            bot.restart().await;
            pass(bot, (hours - 7) * HOUR).await;
            let posts = digests(bot);
            assert_eq!(posts.len(), usize::from(is_posted), "after {hours} hours");
            for post in posts {
                let said = said(&post);
                assert!(said.contains("late: it was due"), "{said}");
            }
            if !is_posted {
                pass(bot, DAY).await;
                let status = said(&bot.command(ANA, GTM_PLAN, "digest status").await);
                assert!(
                    status.contains("Slack did not take it within 12 hours"),
                    "{status}"
                );
            }
        });
    }
}

/// The bot was away from one period to the next, of which the first had its digest in the outbox: the
/// second tells what nobody has read, beside what came after it.
#[test]
fn what_was_too_late_is_news_in_the_next_one_however_long_the_bot_was_away() {
    story(async |bot| {
        bot.expect_a_bad_day();
        bot.expect_dead_letters(1);
        set_up(bot).await;
        pass(bot, 7 * DAY).await;
        bot.command(BEN, GTM_PLAN, "set churn 3%").await;
        let busy = Fault::RateLimited { retry_after: 1_800 };
        bot.slack.faults().inject(POST, &busy, 1);
        pass(bot, 7 * DAY).await;
        assert_eq!(digests(bot).len(), 1);
        bot.command(BEN, GTM_PLAN, "set trial free trial").await;
        bot.stop().await;
        bot.clock.move_by(7 * DAY);
        bot.start().await;
        bot.work().await;
        let posts = digests(bot);
        assert_eq!(posts.len(), 2);
        let told = said(&posts[1]);
        assert!(told.contains("churn"), "{told}");
        assert!(told.contains("free trial"), "{told}");
        let status = said(&bot.command(ANA, GTM_PLAN, "digest status").await);
        assert!(status.contains("did not take it within 12"), "{status}");
    });
}

/// A roll-up and a nudge say so, too.
#[test]
fn what_goes_to_one_person_says_that_it_is_late() {
    story(async |bot| {
        bot.command(ANA, GTM_PLAN, "set price $49/mo").await;
        bot.command(ANA, GTM_PLAN, "rollup mondays 9am UTC").await;
        pass(bot, 7 * DAY + 7_200).await;
        let told = told_alone(bot);
        assert!(
            told.iter().any(|it| it.contains("late: it was due")),
            "{told:?}"
        );
    });
}

/// Only where a team asked for it, and never everybody.
#[test]
fn names_ping_where_somebody_asked_for_that() {
    story(async |bot| {
        set_up(bot).await;
        bot.command(ANA, GTM_PLAN, "set plan.name <!channel> @here plan")
            .await;
        bot.command(ANA, GTM_PLAN, "digest names ping").await;
        pass(bot, 7 * DAY).await;
        let posts = digests(bot);
        let raw = format!("{:?}", posts[0]);
        assert!(raw.contains(&format!("<@{BEN}>")), "{raw}");
        for everybody in ["<!channel>", "<!here>", "<!everyone>", "<!subteam"] {
            assert!(!raw.contains(everybody), "{raw}");
        }
    });
}
