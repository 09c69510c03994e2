//! Slack on a bad day: an answer is late, comes another way, or is seen to be lost. It is never
//! silently gone, and never said twice where that can be known.

use gtm_advisor::admin::{Answer, Ask, Desk};
use gtm_advisor::playground::{Fault, Message, Update};

use crate::harness::{ANA, BEN, GTM_PLAN, SALES, TestBot, said, story};

const POST: &str = "chat.postMessage";

/// What `@gtm check` on a day with these faults has come to after the first try.
async fn mention_on(bot: &mut TestBot, faults: &[(&str, Fault)]) -> Message {
    bot.expect_a_bad_day();
    for (method, fault) in faults {
        bot.slack.faults().inject(method, fault, 1);
    }
    let message = bot.say(ANA, GTM_PLAN, None, "@gtm check").await;
    bot.work().await;
    message
}

/// Waits as long as a first failure makes anybody wait, and goes on.
async fn a_moment_later(bot: &TestBot) {
    bot.clock.move_by(2);
    bot.work().await;
}

#[test]
fn too_many_requests_are_waited_for_as_long_as_asked_even_over_a_restart() {
    story(async |bot| {
        let fault = Fault::RateLimited { retry_after: 30 };
        let message = mention_on(bot, &[(POST, fault)]).await;
        assert_eq!(bot.calls(POST), 1);
        bot.restart().await;
        bot.clock.move_by(29);
        bot.work().await;
        assert_eq!(bot.calls(POST), 1, "not a second too early");
        bot.clock.move_by(11);
        bot.work().await;
        assert_eq!(bot.thread(GTM_PLAN, &message.ts).len(), 1);
    });
}

#[test]
fn waits_that_were_asked_for_are_no_failures() {
    story(async |bot| {
        let faults = bot.slack.faults();
        faults.inject(POST, &Fault::RateLimited { retry_after: 5 }, 12);
        faults.inject(POST, &Fault::ServerError, 1);
        let message = mention_on(bot, &[]).await;
        for calls in 2..=13 {
            // As long as it was asked for, and the spread: not longer each time. What holds the method
            // back in this process goes by the machine's own clock.
            bot.restart().await;
            bot.clock.move_by(7);
            bot.work().await;
            assert_eq!(bot.calls(POST), calls);
        }
        a_moment_later(bot).await;
        assert_eq!(bot.calls("conversations.replies"), 1, "looked up first");
        assert_eq!(bot.thread(GTM_PLAN, &message.ts).len(), 1);
    });
}

#[test]
fn an_error_page_is_unclear_and_looked_up_before_it_is_said_again() {
    story(async |bot| {
        let message = mention_on(bot, &[(POST, Fault::ServerError)]).await;
        assert!(bot.thread(GTM_PLAN, &message.ts).is_empty());
        a_moment_later(bot).await;
        assert_eq!(bot.calls("conversations.replies"), 1, "looked up first");
        assert_eq!(bot.thread(GTM_PLAN, &message.ts).len(), 1);
    });
}

#[test]
fn what_was_said_though_nobody_heard_so_is_found_and_not_repeated() {
    story(async |bot| {
        let message = mention_on(bot, &[(POST, Fault::CloseAfter)]).await;
        assert_eq!(bot.thread(GTM_PLAN, &message.ts).len(), 1, "it was done");
        assert_eq!(bot.health().await.outbox.rows, 1, "and nobody knows");
        bot.restart().await;
        a_moment_later(bot).await;
        assert_eq!(bot.thread(GTM_PLAN, &message.ts).len(), 1, "once");
        assert_eq!(
            (bot.calls(POST), bot.calls("conversations.replies")),
            (1, 1)
        );
    });
}

#[test]
fn where_nothing_can_be_looked_up_an_answer_comes_twice_rather_than_never() {
    story(async |bot| {
        let no_scope = Fault::Error("missing_scope".to_owned());
        let faults = [
            (POST, Fault::CloseAfter),
            ("conversations.replies", no_scope),
        ];
        let message = mention_on(bot, &faults).await;
        a_moment_later(bot).await;
        assert_eq!(bot.thread(GTM_PLAN, &message.ts).len(), 2);
    });
}

#[test]
fn a_connection_that_breaks_before_is_tried_again() {
    story(async |bot| {
        let message = mention_on(bot, &[(POST, Fault::CloseBefore)]).await;
        a_moment_later(bot).await;
        assert_eq!(bot.thread(GTM_PLAN, &message.ts).len(), 1);
    });
}

#[test]
fn refused_blocks_go_out_as_text_with_the_same_content() {
    story(async |bot| {
        bot.command(ANA, GTM_PLAN, "set price $49/mo").await;
        bot.command(ANA, GTM_PLAN, "set motion field").await;
        let refused = Fault::Error("invalid_blocks".to_owned());
        let message = mention_on(bot, &[(POST, refused)]).await;
        let answers = bot.thread(GTM_PLAN, &message.ts);
        let [answer] = answers.as_slice() else {
            panic!("one answer: {answers:#?}");
        };
        assert!(answer.blocks.is_empty());
        for part in [
            "low-price-enterprise-motion",
            "$588 a year",
            "To change:",
            "Source",
        ] {
            assert!(answer.text.contains(part), "no {part} in:\n{}", answer.text);
        }
    });
}

#[test]
fn what_can_never_arrive_is_a_dead_letter_and_can_be_put_back() {
    for code in ["channel_not_found", "invalid_auth", "is_archived"] {
        story(async |bot| {
            let refused = Fault::Error(code.to_owned());
            let message = mention_on(bot, &[(POST, refused)]).await;
            let desk = Desk {
                store: bot.store().clone(),
                clock: bot.clock.clone(),
                doctor: None,
            };
            let letters = desk.answer(Ask::DeadLetters { limit: 10 }).await;
            let Answer::DeadLetters { letters } = letters else {
                panic!("{letters:?}");
            };
            let [letter] = letters.as_slice() else {
                panic!("one letter: {letters:?}");
            };
            assert!(letter.reason.contains(code), "{}", letter.reason);
            assert_eq!(
                (letter.queue.as_str(), letter.channel.as_str()),
                ("outbox", GTM_PLAN)
            );
            let id = letter.id.clone();
            drop(letters);
            let replayed = desk.answer(Ask::Replay { id: id.clone() }).await;
            assert_eq!(replayed, Answer::Replayed { found: true });
            bot.work().await;
            assert_eq!(bot.thread(GTM_PLAN, &message.ts).len(), 1);
            let again = desk.answer(Ask::Replay { id }).await;
            assert_eq!(again, Answer::Replayed { found: false });
        });
    }
}

#[test]
fn a_dead_letter_stops_nobody_elses_answer() {
    story(async |bot| {
        let refused = Fault::Error("restricted_action".to_owned());
        mention_on(bot, &[(POST, refused)]).await;
        bot.expect_dead_letters(1);
        assert_eq!(bot.mention(BEN, GTM_PLAN, "check").await.len(), 1);
    });
}

#[test]
fn answers_keep_their_order_within_a_channel_and_pass_each_other_across() {
    story(async |bot| {
        bot.expect_a_bad_day();
        bot.slack.faults().inject(POST, &Fault::CloseBefore, 1);
        let root = bot.say(ANA, GTM_PLAN, None, "Which price?").await;
        for price in ["$1/mo", "$2/mo", "$3/mo"] {
            let words = format!("@gtm set price {price}");
            bot.say(ANA, GTM_PLAN, Some(&root.ts), &words).await;
        }
        bot.work().await;
        assert!(
            bot.thread(GTM_PLAN, &root.ts).is_empty(),
            "nobody overtakes the first"
        );
        assert_eq!(
            bot.mention(ANA, SALES, "check").await.len(),
            1,
            "another channel"
        );
        a_moment_later(bot).await;
        let answers: Vec<_> = bot.thread(GTM_PLAN, &root.ts).iter().map(said).collect();
        assert_eq!(answers.len(), 3);
        for (answer, price) in answers.iter().zip(["$1 ", "$2 ", "$3 "]) {
            let first = answer.lines().next().unwrap_or_default();
            assert!(
                first.contains(price) || first.contains(price.trim()),
                "{answers:#?}"
            );
        }
    });
}

#[test]
fn an_answer_that_has_become_useless_is_given_up_and_seen() {
    story(async |bot| {
        let fault = Fault::RateLimited { retry_after: 7_200 };
        let message = mention_on(bot, &[(POST, fault)]).await;
        bot.restart().await;
        bot.clock.move_by(7_201);
        bot.work().await;
        assert!(
            bot.thread(GTM_PLAN, &message.ts).is_empty(),
            "an hour late helps nobody"
        );
        assert_eq!(bot.health().await.dead_letters.rows, 1);
        bot.expect_dead_letters(1);
    });
}

#[test]
fn a_refused_click_is_answered_when_slack_is_well_again() {
    story(async |bot| {
        bot.expect_a_bad_day();
        let card = bot.command(ANA, GTM_PLAN, "set price $49/mo").await;
        bot.slack
            .faults()
            .inject("response_url", &Fault::ServerError, 1);
        let seen = bot.click(ANA, GTM_PLAN, &card, "Check the plan").await;
        assert!(seen.is_empty(), "{seen:#?}");
        a_moment_later(bot).await;
        assert_eq!(bot.slack.ephemerals(GTM_PLAN, ANA).len(), 1);
    });
}

#[test]
fn a_channel_that_was_archived_meanwhile_takes_the_answer_down_with_it() {
    story(async |bot| {
        bot.expect_a_bad_day();
        bot.say(ANA, GTM_PLAN, None, "@gtm check").await;
        let mut channel = bot.slack.channel(GTM_PLAN).expect("a channel");
        channel.archived = true;
        bot.slack
            .set(Update::Channel(channel))
            .expect("kept in memory");
        bot.work().await;
        assert_eq!(bot.health().await.dead_letters.rows, 1);
        bot.expect_dead_letters(1);
    });
}
