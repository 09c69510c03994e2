//! Digests over a real socket, with a clock that the test moves: each period once, or a reason why not.

use gtm_advisor::playground::{Fault, Message, seed};

use crate::harness::{ANA, BEN, CHLOE, GTM_PLAN, TestBot, said, story};

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
    posts.retain(|it| it.user == seed::BOT_USER && said(it).contains("Since the last digest:"));
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
