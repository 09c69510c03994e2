//! What is said past the bot: what it hears, what it leaves unheard, and what it says of it.

use gtm_advisor::playground::Subscription;

use crate::harness::{ANA, BEN, BOT_USER, DEV, GTM_PLAN, Setup, TestBot, said, story, story_with};

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

/// What the bot has said in the channel and its threads that nobody asked for.
fn notes(bot: &TestBot) -> Vec<gtm_advisor::playground::Message> {
    let mut notes = bot.slack.messages(GTM_PLAN);
    notes.retain(|it| it.user == BOT_USER && said(it).contains("says something else"));
    notes
}

#[test]
fn chatter_in_a_followed_channel_is_never_stored() {
    story_with(listening(), async |bot| {
        bot.command(ANA, GTM_PLAN, "set price $49/mo").await;
        bot.command(ANA, GTM_PLAN, "mode follow").await;
        bot.work().await;
        let before = stored(bot).await;
        for words in [
            "lunch at 12?",
            "what if we charged $99 a month?",
            "competitor X charges $99 a month",
            "see ticket 4711, it took 3 weeks",
        ] {
            bot.say(BEN, GTM_PLAN, None, words).await;
        }
        assert_eq!(bot.work().await, 0, "nothing waits");
        assert!(stored(bot).await == before, "something was stored");
        assert_eq!(unconcerned(bot), 4);
    });
}

#[test]
fn a_contradiction_is_told_once_over_restarts_in_the_thread_where_it_was_said() {
    story_with(listening(), async |bot| {
        bot.command(ANA, GTM_PLAN, "set price $49/mo").await;
        bot.command(ANA, GTM_PLAN, "mode follow").await;
        let message = bot
            .say(BEN, GTM_PLAN, None, "ok, we charge $99 a month from now on")
            .await;
        bot.work().await;
        assert!(notes(bot).is_empty(), "it waits for more");
        bot.restart().await;
        bot.clock.move_by(600);
        bot.restart().await;
        bot.work().await;
        bot.restart().await;
        bot.work().await;
        let notes = notes(bot);
        assert_eq!(notes.len(), 1);
        assert_eq!(notes[0].thread_ts.as_deref(), Some(message.ts.as_str()));
        let told = said(&notes[0]);
        for word in ["$49 a month", "$99 a month", "we charge", "version 1"] {
            assert!(told.contains(word), "{word}: {told}");
        }
        bot.click(BEN, GTM_PLAN, &notes[0], "Update the plan").await;
        let plan = said(&bot.command(ANA, GTM_PLAN, "plan").await);
        assert!(plan.contains("$99"), "{plan}");
    });
}

#[test]
fn keeping_the_plan_and_asking_for_no_more_leave_it_as_it_is() {
    story_with(listening(), async |bot| {
        bot.command(ANA, GTM_PLAN, "set price $49/mo").await;
        bot.command(ANA, GTM_PLAN, "mode follow").await;
        bot.say(BEN, GTM_PLAN, None, "we charge $99 a month").await;
        bot.work().await;
        bot.clock.move_by(600);
        bot.work().await;
        let note = notes(bot).pop().expect("a note");
        let hushed = bot
            .click(ANA, GTM_PLAN, &note, "Don't raise this again")
            .await;
        assert!(said(&hushed[0]).contains("not brought up"), "{hushed:?}");
        let kept = bot.click(ANA, GTM_PLAN, &note, "Keep the plan").await;
        assert!(said(&kept[0]).contains("as it was"), "{kept:?}");
        bot.clock.move_by(7_200);
        bot.say(BEN, GTM_PLAN, None, "we charge $79 a month").await;
        bot.work().await;
        bot.clock.move_by(7_200);
        bot.work().await;
        let plan = said(&bot.command(ANA, GTM_PLAN, "plan").await);
        assert!(plan.contains("$49"), "{plan}");
        assert!(
            notes(bot).is_empty(),
            "the card gave way, and no other came"
        );
    });
}
