//! What is said past the bot: what it hears, what it leaves unheard, and what it says of it.

use gtm_advisor::playground::Subscription;

use crate::harness::{ANA, BEN, DEV, GTM_PLAN, Setup, TestBot, said, story, story_with};

/// A workspace that sends what is said in channels.
fn listening() -> Setup {
    Setup {
        subscriptions: vec![
            Subscription::AppMention,
            Subscription::DirectMessages,
            Subscription::ChannelMessages,
        ],
        ..Setup::default()
    }
}

/// All that the store holds.
async fn stored(bot: &TestBot) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("all");
    bot.store().export_to(&file).await.expect("it is exported");
    std::fs::read(file).expect("it was written")
}

/// How many verified requests concerned nobody.
fn unconcerned(bot: &TestBot) -> u64 {
    let line = "gtm_ignored_total{reason=\"not_for_us\"} ";
    let metrics = bot.metrics();
    let count = metrics.lines().find_map(|it| it.strip_prefix(line));
    count.map_or(0, |count| count.parse().expect("a number"))
}

#[test]
fn what_concerns_no_plan_is_counted_and_never_stored() {
    story_with(listening(), async |bot| {
        bot.command(ANA, GTM_PLAN, "set price $49/mo").await;
        let before = stored(bot).await;
        let message = bot
            .say(BEN, GTM_PLAN, None, "we charge $99 a month from now on")
            .await;
        let edit = bot
            .slack
            .edit_message(BEN, GTM_PLAN, &message.ts, "sorry, $89 a month");
        let deletion = bot.slack.delete_message(BEN, GTM_PLAN, &message.ts);
        for fate in [edit.await, deletion.await] {
            let deliveries = fate.expect("his own message").deliveries;
            assert_eq!(deliveries[0].status(), Some(200), "{deliveries:?}");
        }
        assert_eq!(bot.work().await, 0, "nothing waits");
        assert!(stored(bot).await == before, "something was stored");
        assert_eq!(unconcerned(bot), 3);
    });
}

#[test]
fn a_mention_that_comes_as_a_message_too_is_answered_once() {
    story_with(listening(), async |bot| {
        let answers = bot.mention(ANA, GTM_PLAN, "check").await;
        assert_eq!(answers.len(), 1);
    });
}

#[test]
fn following_without_the_right_to_hear_is_refused_and_says_what_is_missing() {
    story(async |bot| {
        let refused = said(&bot.command(ANA, GTM_PLAN, "mode follow").await);
        for word in ["channels:history", "groups:history", "message.channels"] {
            assert!(refused.contains(word), "{refused}");
        }
        let status = said(&bot.command(ANA, GTM_PLAN, "mode").await);
        assert!(status.contains("when I am asked"), "{status}");
    });
}

#[test]
fn a_guest_reads_the_mode_and_does_not_choose_it() {
    story_with(listening(), async |bot| {
        let status = said(&bot.command(DEV, GTM_PLAN, "mode").await);
        assert!(status.contains("when I am asked"), "{status}");
        let refused = said(&bot.command(DEV, GTM_PLAN, "mode follow").await);
        assert!(refused.contains("guest"), "{refused}");
    });
}

#[test]
fn a_muted_channel_hears_nothing_and_commands_go_on() {
    story_with(listening(), async |bot| {
        bot.command(ANA, GTM_PLAN, "mode mute").await;
        let before = bot.slack.messages(GTM_PLAN).len();
        let change = bot.command(ANA, GTM_PLAN, "set price $49/mo").await;
        assert!(said(&change).contains("$49"), "{}", said(&change));
        let shared = said(&bot.command(ANA, GTM_PLAN, "share plan").await);
        assert!(shared.contains("muted"), "{shared}");
        assert_eq!(bot.slack.messages(GTM_PLAN).len(), before);
        let answers = bot.mention(BEN, GTM_PLAN, "set price $99/mo").await;
        assert_eq!(answers.len(), 1);
        assert!(said(&answers[0]).contains("muted"), "{}", said(&answers[0]));
        let plan = said(&bot.command(BEN, GTM_PLAN, "plan").await);
        assert!(plan.contains("$49") && !plan.contains("$99"), "{plan}");
        bot.command(ANA, GTM_PLAN, "mode mention").await;
        let answers = bot.mention(BEN, GTM_PLAN, "set price $99/mo").await;
        assert!(said(&answers[0]).contains("$99"), "{}", said(&answers[0]));
    });
}
