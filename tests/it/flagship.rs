//! The thin line through everything: a price and a motion that do not fit, from every door.

use crate::harness::{ANA, BEN, BOT_USER, GTM_PLAN, SALES, TestBot, direct, said, story};

const RULE: &str = "low-price-enterprise-motion";

/// Sets the two fields that do not fit.
async fn set_both(bot: &TestBot) {
    bot.command(ANA, GTM_PLAN, "set price $49/mo").await;
    bot.command(BEN, GTM_PLAN, "set motion field").await;
}

/// Whether `words` stand in `text` exactly once.
fn once(text: &str, words: &str) {
    assert_eq!(text.matches(words).count(), 1, "`{words}` once in:\n{text}");
}

#[test]
fn a_price_below_what_a_field_team_costs_is_found_once_with_reason_fix_and_source() {
    story(async |bot| {
        let first = bot.command(ANA, GTM_PLAN, "set price $49/mo").await;
        assert!(said(&first).contains("$49"), "{}", said(&first));
        assert!(
            !said(&first).contains(RULE),
            "one field contradicts nothing"
        );
        let second = bot.command(BEN, GTM_PLAN, "set motion field").await;
        once(&said(&second), RULE);

        let report = said(&bot.command(ANA, GTM_PLAN, "check").await);
        once(&report, RULE);
        let reason = "with a field team, but a deal brings only $49 a month × 12 = $588 a year";
        for part in [reason, "To change:", "Source: GTM Definition"] {
            once(&report, part);
        }
        assert!(report.contains("[Share here]"), "{report}");
    });
}

#[test]
fn a_change_is_seen_by_everyone_and_a_check_by_who_asked() {
    story(async |bot| {
        set_both(bot).await;
        let before = bot.slack.messages(GTM_PLAN).len();
        let report = bot.command(ANA, GTM_PLAN, "check").await;
        assert_eq!(bot.slack.messages(GTM_PLAN).len(), before);
        assert_eq!(bot.slack.ephemerals(GTM_PLAN, ANA).last(), Some(&report));
        assert!(bot.slack.ephemerals(GTM_PLAN, BEN).is_empty());

        let shared = bot.click(ANA, GTM_PLAN, &report, "Share here").await;
        let [shared] = shared.as_slice() else {
            panic!("one message: {shared:#?}");
        };
        assert!(bot.slack.messages(GTM_PLAN).contains(shared));
        once(&said(shared), RULE);
    });
}

#[test]
fn undo_restores_what_was_there_and_takes_the_cards_place() {
    story(async |bot| {
        bot.command(ANA, GTM_PLAN, "set price $49/mo").await;
        let card = bot.command(BEN, GTM_PLAN, "set price $900/mo").await;
        let changed = bot.click(ANA, GTM_PLAN, &card, "Undo").await;
        let [undone] = changed.as_slice() else {
            panic!("one message: {changed:#?}");
        };
        assert_eq!(undone.ts, card.ts, "the card itself");
        assert!(said(undone).contains("$49"), "{}", said(undone));
        let plan = said(&bot.command(ANA, GTM_PLAN, "plan").await);
        assert!(plan.contains("$49") && !plan.contains("$900"), "{plan}");
    });
}

#[test]
fn what_was_set_survives_a_restart() {
    story(async |bot| {
        set_both(bot).await;
        bot.restart().await;
        let report = said(&bot.command(ANA, GTM_PLAN, "check").await);
        once(&report, RULE);
        let history = said(&bot.command(ANA, GTM_PLAN, "history").await);
        assert!(
            history.contains("Ana Reyes") && history.contains("Ben Okafor"),
            "{history}"
        );
    });
}

#[test]
fn a_mention_is_answered_in_its_thread() {
    story(async |bot| {
        set_both(bot).await;
        let answers = bot.mention(ANA, GTM_PLAN, "check").await;
        let [answer] = answers.as_slice() else {
            panic!("one answer: {answers:#?}");
        };
        assert_eq!(answer.user, BOT_USER);
        once(&said(answer), RULE);

        let root = bot.say(BEN, GTM_PLAN, None, "Is 49 enough?").await;
        let answers = bot.mention_in(ANA, GTM_PLAN, Some(&root.ts), "check").await;
        assert_eq!(answers.len(), 1);
        assert_eq!(answers[0].thread_ts, Some(root.ts));
    });
}

#[test]
fn the_name_alone_in_a_thread_checks_the_plan() {
    story(async |bot| {
        set_both(bot).await;
        let answers = bot.mention(ANA, GTM_PLAN, "").await;
        assert_eq!(answers.len(), 1);
        once(&said(&answers[0]), RULE);
    });
}

#[test]
fn a_direct_message_works_like_a_command() {
    story(async |bot| {
        let answers = bot.write(ANA, "set price $49/mo").await;
        let [answer] = answers.as_slice() else {
            panic!("one answer: {answers:#?}");
        };
        assert!(said(answer).contains("$49"), "{}", said(answer));
        let plan = bot.command(ANA, &direct(ANA), "plan").await;
        assert!(said(&plan).contains("$49"), "{}", said(&plan));
    });
}

#[test]
fn each_channel_has_a_plan_of_its_own() {
    story(async |bot| {
        set_both(bot).await;
        let other = said(&bot.command(ANA, SALES, "plan").await);
        assert!(!other.contains("$49"), "{other}");
    });
}

#[test]
fn unknown_words_get_the_closest_command() {
    story(async |bot| {
        let answer = bot.command(ANA, GTM_PLAN, "chekc").await;
        assert!(said(&answer).contains("check"), "{}", said(&answer));
        assert!(
            bot.slack.messages(GTM_PLAN).is_empty(),
            "an error is private"
        );

        let answers = bot.mention(ANA, GTM_PLAN, "chekc").await;
        assert_eq!(answers.len(), 1, "and in the thread for a mention");
        assert!(said(&answers[0]).contains("check"), "{}", said(&answers[0]));
        assert!(
            bot.slack.ephemerals(GTM_PLAN, ANA).len() == 1,
            "no second private one"
        );

        let answers = bot
            .mention(BEN, GTM_PLAN, "we talked about our new pricing today")
            .await;
        assert_eq!(answers.len(), 1);
        assert!(
            said(&answers[0]).contains("set price $49/mo"),
            "{}",
            said(&answers[0])
        );
    });
}

#[test]
fn a_value_that_cannot_be_read_is_refused_with_one_that_can() {
    story(async |bot| {
        let answer = said(&bot.command(ANA, GTM_PLAN, "set price soon").await);
        assert!(
            answer.contains("soon") && answer.contains("/gtm set pricing.price"),
            "{answer}"
        );
        assert!(bot.slack.messages(GTM_PLAN).is_empty());
        let plan = said(&bot.command(ANA, GTM_PLAN, "history").await);
        assert!(plan.contains("Nothing has changed yet"), "{plan}");
    });
}
