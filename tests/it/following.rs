//! What is said past the bot: what it hears, what it leaves unheard, and what it says of it.

use gtm_advisor::advisor::Store;
use gtm_advisor::ident::{Channel, Installation, MessageTs};
use gtm_advisor::playground::Subscription;

use crate::harness::{
    ANA, BEN, BOT_USER, DEV, GTM_PLAN, Setup, TEAM, TestBot, said, story, story_with,
};

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
    notes.retain(|it| it.user == BOT_USER && said(it).contains("not what the plan says"));
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

#[test]
fn an_edit_of_a_source_is_proposed_once_and_runs_nothing() {
    story_with(listening(), async |bot| {
        let message = bot.say(ANA, GTM_PLAN, None, "@gtm set price $49/mo").await;
        bot.work().await;
        let edit = bot
            .slack
            .edit_message(ANA, GTM_PLAN, &message.ts, "@gtm set price $59/mo");
        edit.await.expect("her own message");
        let again = bot.last_request();
        bot.deliver(&again).await;
        bot.work().await;
        let cards = bot.thread(GTM_PLAN, &message.ts);
        assert_eq!(cards.len(), 2, "the answer, and the card: {cards:#?}");
        let plan = said(&bot.command(BEN, GTM_PLAN, "plan").await);
        assert!(
            plan.contains("$49") && plan.contains("source changed"),
            "{plan}"
        );
        bot.click(BEN, GTM_PLAN, &cards[1], "Apply").await;
        let plan = said(&bot.command(BEN, GTM_PLAN, "plan").await);
        assert!(
            plan.contains("$59") && !plan.contains("source changed"),
            "{plan}"
        );
    });
}

/// The words that are kept as evidence of what came from a message.
async fn quotes(bot: &TestBot, ts: &str) -> Vec<String> {
    let (team, channel, ts) = (
        Installation::new(TEAM),
        Channel::new(GTM_PLAN),
        MessageTs::new(ts),
    );
    let source = bot.store().source(&team, &channel, &ts).await;
    let gave = source.expect("the store answers").map(|source| source.gave);
    let proposals = bot.store().proposals_of_channel(&team, &channel).await;
    let proposals = proposals.expect("the store answers");
    let values = proposals.into_iter().flat_map(|it| it.values);
    let heard = values
        .map(|it| it.heard)
        .filter(|it| it.said.ts.as_ref() == Some(&ts));
    let kept = gave.into_iter().flatten().filter_map(|gave| gave.quote);
    let all = kept.chain(heard.map(|it| it.quote));
    all.filter(|quote| !quote.is_empty()).collect()
}

#[test]
fn a_note_about_several_messages_forgets_the_one_that_is_deleted() {
    story_with(listening(), async |bot| {
        bot.command(ANA, GTM_PLAN, "set price $49/mo").await;
        bot.command(ANA, GTM_PLAN, "set sales.deals_per_year 100")
            .await;
        bot.command(ANA, GTM_PLAN, "mode follow").await;
        let first = bot.say(BEN, GTM_PLAN, None, "we charge $79 a month").await;
        let second = bot
            .say(ANA, GTM_PLAN, None, "we close 300 deals a year")
            .await;
        bot.work().await;
        bot.clock.move_by(600);
        bot.work().await;
        assert_eq!(notes(bot).len(), 1, "one for both");
        for message in [&first, &second] {
            assert_eq!(quotes(bot, &message.ts).await.len(), 1);
        }
        let gone = bot.slack.delete_message(BEN, GTM_PLAN, &first.ts);
        gone.await.expect("his own message");
        bot.work().await;
        assert_eq!(quotes(bot, &first.ts).await, [""; 0]);
        assert_eq!(quotes(bot, &second.ts).await.len(), 1, "hers stands");
    });
}

#[test]
fn a_message_that_is_deleted_before_its_turn_leaves_no_words() {
    story_with(listening(), async |bot| {
        let words = "@gtm ok team, we charge 49 bucks a month";
        let message = bot.say(ANA, GTM_PLAN, None, words).await;
        let gone = bot.slack.delete_message(ANA, GTM_PLAN, &message.ts);
        gone.await.expect("her own message");
        bot.work().await;
        assert_eq!(quotes(bot, &message.ts).await, [""; 0]);
        // There is nothing left below which the card could stand.
        bot.expect_a_bad_day();
        bot.expect_dead_letters(1);
    });
}

#[test]
fn a_message_that_is_mended_before_its_turn_is_offered_as_mended() {
    story_with(listening(), async |bot| {
        let words = "@gtm we charge 49 bucks a month";
        let message = bot.say(ANA, GTM_PLAN, None, words).await;
        let mended = "@gtm we charge 59 bucks a month";
        let edited = bot.slack.edit_message(ANA, GTM_PLAN, &message.ts, mended);
        edited.await.expect("her own message");
        bot.work().await;
        let told: Vec<_> = bot.thread(GTM_PLAN, &message.ts).iter().map(said).collect();
        assert!(told.iter().any(|it| it.contains("$59")), "{told:#?}");
    });
}

#[test]
fn the_words_of_a_deleted_message_are_erased_and_the_value_stays() {
    story_with(listening(), async |bot| {
        let words = "@gtm ok team, we charge 49 bucks a month";
        let message = bot.say(ANA, GTM_PLAN, None, words).await;
        bot.work().await;
        let card = bot.thread(GTM_PLAN, &message.ts).pop().expect("a card");
        bot.click(BEN, GTM_PLAN, &card, "Apply").await;
        assert_eq!(quotes(bot, &message.ts).await.len(), 2);
        let gone = bot.slack.delete_message(ANA, GTM_PLAN, &message.ts);
        gone.await.expect("her own message");
        bot.work().await;
        assert_eq!(quotes(bot, &message.ts).await, [""; 0]);
        let plan = said(&bot.command(BEN, GTM_PLAN, "plan").await);
        assert!(
            plan.contains("$49") && plan.contains("was deleted"),
            "{plan}"
        );
    });
}

/// In a followed channel a thread that the bot was called into is gathered, over a restart, and
/// proposed in one card once it has gone quiet.
#[test]
fn a_thread_that_the_bot_was_called_into_is_proposed_once_it_is_quiet() {
    story_with(listening(), async |bot| {
        bot.command(ANA, GTM_PLAN, "set price $49/mo").await;
        bot.command(ANA, GTM_PLAN, "mode follow").await;
        let root = bot.say(BEN, GTM_PLAN, None, "pricing, once more").await;
        bot.mention_in(ANA, GTM_PLAN, Some(&root.ts), "check").await;
        let answered = bot.thread(GTM_PLAN, &root.ts).len();
        for (who, words) in [
            (BEN, "we close 120 deals a year"),
            (ANA, "lunch?"),
            (BEN, "and our ACV is 25k"),
        ] {
            bot.clock.move_by(60);
            bot.say(who, GTM_PLAN, Some(&root.ts), words).await;
            bot.work().await;
        }
        bot.restart().await;
        bot.clock.move_by(14 * 60);
        bot.work().await;
        assert_eq!(bot.thread(GTM_PLAN, &root.ts).len(), answered, "not quiet");
        bot.clock.move_by(60);
        bot.work().await;
        let cards = bot.thread(GTM_PLAN, &root.ts);
        assert_eq!(cards.len(), answered + 1);
        let card = cards.last().expect("a card");
        let told = said(card);
        assert!(told.contains("120") && told.contains("$25,000"), "{told}");
        bot.click(BEN, GTM_PLAN, card, "Apply all 2").await;
        let plan = said(&bot.command(ANA, GTM_PLAN, "plan").await);
        assert!(plan.contains("120") && plan.contains("$25,000"), "{plan}");
        bot.clock.move_by(3_600);
        bot.work().await;
        assert_eq!(bot.thread(GTM_PLAN, &root.ts).len(), answered + 1, "once");
    });
}

/// Without events of messages, what a finding leans on is read again after a day: what became of the
/// message is said, and where it may not be read, since when it was not.
#[test]
fn without_events_a_source_is_read_again_when_it_is_shown() {
    story(async |bot| {
        bot.expect_a_bad_day();
        let words = "we charge $49/mo and our sales motion is field sales";
        let message = bot.say(ANA, GTM_PLAN, None, &format!("@gtm {words}")).await;
        bot.work().await;
        let card = bot.thread(GTM_PLAN, &message.ts).pop().expect("a card");
        bot.click(ANA, GTM_PLAN, &card, "Apply all 2").await;
        bot.clock.move_by(25 * 3_600);
        let refused = gtm_advisor::playground::Fault::Error("missing_scope".to_owned());
        bot.slack
            .faults()
            .inject("conversations.replies", &refused, 1);
        let unread = said(&bot.command(BEN, GTM_PLAN, "check").await);
        assert!(unread.contains("was not re-read since"), "{unread}");
        let read = said(&bot.command(BEN, GTM_PLAN, "check").await);
        assert!(
            !read.contains("re-read") && !read.contains("source changed"),
            "{read}"
        );
        let edit = bot
            .slack
            .edit_message(ANA, GTM_PLAN, &message.ts, "@gtm never mind");
        edit.await.expect("her own message");
        let fresh = said(&bot.command(BEN, GTM_PLAN, "check").await);
        assert!(
            !fresh.contains("source changed"),
            "not within a day: {fresh}"
        );
        bot.clock.move_by(25 * 3_600);
        let edited = said(&bot.command(BEN, GTM_PLAN, "check").await);
        assert!(edited.contains("was edited"), "{edited}");
    });
}
