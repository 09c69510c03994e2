//! The same thing twice, or thirty-two times at once, happens once.

use futures_util::future::join_all;
use gtm_advisor::playground::Message;
use serde_json::json;

use crate::harness::{
    ANA, GTM_PLAN, Setup, TestBot, command_form, event, said, signed, story, story_with,
};

/// The number of changes that the plan has seen.
async fn changes(bot: &TestBot) -> usize {
    let history = said(&bot.command(ANA, GTM_PLAN, "history").await);
    history.matches("*v").count()
}

/// A mention that the workspace keeps to itself: its events are the test's to send.
async fn quiet_mention(bot: &TestBot, words: &str) -> Message {
    bot.say(ANA, GTM_PLAN, None, &format!("@gtm {words}")).await
}

fn quiet() -> Setup {
    Setup {
        subscriptions: Vec::new(),
        ..Setup::default()
    }
}

#[test]
fn a_repeated_command_gets_the_same_reply_and_no_second_effect() {
    story(async |bot| {
        bot.command(ANA, GTM_PLAN, "set price $49/mo").await;
        let request = bot.last_request();
        let first = bot.deliver(&request).await;
        bot.clock.move_by(290);
        let second = bot.deliver(&request).await;
        assert_eq!(first.status(), Some(200));
        assert!(first.body().contains("$49"), "{}", first.body());
        assert_eq!(first.body(), second.body(), "byte for byte");
        assert_eq!(changes(bot).await, 1);
    });
}

#[test]
fn a_repeated_reading_command_gets_the_same_reply_though_the_plan_moved_on() {
    story(async |bot| {
        bot.command(ANA, GTM_PLAN, "plan").await;
        let request = bot.last_request();
        let first = bot.deliver(&request).await;
        bot.command(ANA, GTM_PLAN, "set price $49/mo").await;
        assert_eq!(bot.deliver(&request).await.body(), first.body());
    });
}

#[test]
fn the_same_words_in_a_new_command_are_a_new_command() {
    story(async |bot| {
        let first = bot.command(ANA, GTM_PLAN, "set price $49/mo").await;
        let second = bot.command(ANA, GTM_PLAN, "set price $49/mo").await;
        assert_ne!(said(&first), said(&second));
        assert!(said(&second).contains("already"), "{}", said(&second));
        assert_eq!(changes(bot).await, 1);
    });
}

#[test]
fn a_repeated_event_is_acknowledged_and_answered_once() {
    story(async |bot| {
        let answers = bot.mention(ANA, GTM_PLAN, "set price $49/mo").await;
        assert_eq!(answers.len(), 1);
        let request = bot.last_request();
        for _ in 0..2 {
            let repeat = bot.deliver(&request).await;
            assert_eq!((repeat.status(), repeat.body()), (Some(200), ""));
            bot.work().await;
        }
        bot.restart().await;
        assert_eq!(bot.deliver(&request).await.status(), Some(200));
        assert_eq!(bot.work().await, 0, "nor after a restart");
        assert_eq!(bot.calls("chat.postMessage"), 1);
        assert_eq!(changes(bot).await, 1);
    });
}

#[test]
fn a_mention_that_comes_as_two_events_is_one_in_either_order() {
    for order in [["app_mention", "message"], ["message", "app_mention"]] {
        story_with(quiet(), async |bot| {
            let message = quiet_mention(bot, "set price $49/mo").await;
            for (n, kind) in order.into_iter().enumerate() {
                let event = event(kind, GTM_PLAN, &message, &format!("Ev{n}"));
                assert_eq!(bot.deliver_event(&event).await.status(), Some(200));
            }
            bot.work().await;
            assert_eq!(bot.thread(GTM_PLAN, &message.ts).len(), 1, "{order:?}");
            assert_eq!(changes(bot).await, 1);
        });
    }
}

#[test]
fn the_same_message_under_a_new_event_id_is_the_same_message() {
    story_with(quiet(), async |bot| {
        let message = quiet_mention(bot, "set price $49/mo").await;
        for id in ["Ev1", "Ev2", "Ev3"] {
            let event = event("app_mention", GTM_PLAN, &message, id);
            assert_eq!(bot.deliver_event(&event).await.status(), Some(200));
            bot.work().await;
        }
        assert_eq!(bot.thread(GTM_PLAN, &message.ts).len(), 1);
    });
}

#[test]
fn thirty_two_duplicates_at_once_are_one() {
    story_with(quiet(), async |bot| {
        let message = quiet_mention(bot, "set price $49/mo").await;
        let events: Vec<_> = (0..32)
            .map(|n| {
                let kind = if n % 2 == 0 { "app_mention" } else { "message" };
                event(kind, GTM_PLAN, &message, &format!("Ev{}", n % 3))
            })
            .collect();
        let delivered = join_all(events.iter().map(|event| bot.deliver_event(event))).await;
        assert!(
            delivered
                .iter()
                .all(gtm_advisor::playground::Delivery::is_taken)
        );
        bot.work().await;
        assert_eq!(bot.thread(GTM_PLAN, &message.ts).len(), 1);

        let form = command_form(ANA, "set motion field", "1.2.same");
        let request = signed(&bot.slack, "/slack/commands", form);
        let delivered = join_all((0..32).map(|_| bot.deliver(&request))).await;
        for one in &delivered {
            assert_eq!(one.status(), Some(200));
            assert_eq!(
                one.body(),
                delivered[0].body(),
                "all of them the same reply"
            );
        }
        assert!(
            delivered[0].body().contains("field"),
            "{}",
            delivered[0].body()
        );
        assert_eq!(changes(bot).await, 2, "one each");
    });
}

#[test]
fn a_button_pressed_twice_by_the_network_is_pressed_once() {
    story(async |bot| {
        let card = bot.command(ANA, GTM_PLAN, "set price $49/mo").await;
        bot.click(ANA, GTM_PLAN, &card, "Undo").await;
        let request = bot.last_request();
        let repeat = bot.deliver(&request).await;
        assert_eq!((repeat.status(), repeat.body()), (Some(200), ""));
        bot.work().await;
        assert_eq!(changes(bot).await, 2, "the set and one undo");
        assert_eq!(bot.calls("response_url"), 1);
    });
}

#[test]
fn events_of_two_apps_may_share_an_id() {
    story_with(quiet(), async |bot| {
        let first = quiet_mention(bot, "set price $49/mo").await;
        let second = quiet_mention(bot, "check").await;
        let mut other = event("app_mention", GTM_PLAN, &first, "Ev1");
        other["api_app_id"] = json!("A0OTHER");
        assert_eq!(bot.deliver_event(&other).await.status(), Some(200));
        let own = event("app_mention", GTM_PLAN, &second, "Ev1");
        assert_eq!(bot.deliver_event(&own).await.status(), Some(200));
        bot.work().await;
        assert_eq!(bot.thread(GTM_PLAN, &second.ts).len(), 1);
    });
}
