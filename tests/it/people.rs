//! Several people at once: two who write, guests who read, and somebody nobody can look up.

use futures_util::future::join_all;
use gtm_advisor::playground::Fault;

use crate::harness::{ANA, BEN, CHLOE, DEV, GTM_PLAN, TestBot, said, story};

async fn shows(bot: &TestBot, words: &str) -> String {
    said(&bot.command(ANA, GTM_PLAN, words).await)
}

#[test]
fn what_two_people_set_at_once_lands_both_times() {
    story(async |bot| {
        let both = join_all([
            bot.command(ANA, GTM_PLAN, "set price $49/mo"),
            bot.command(BEN, GTM_PLAN, "set motion field"),
        ])
        .await;
        let versions: Vec<_> = both.iter().map(said).collect();
        assert!(
            versions.iter().any(|it| it.contains("version 1")),
            "{versions:#?}"
        );
        assert!(
            versions.iter().any(|it| it.contains("version 2")),
            "{versions:#?}"
        );
        let history = shows(bot, "history").await;
        for part in ["v1", "v2", "Ana Reyes", "Ben Okafor", "$49", "field"] {
            assert!(history.contains(part), "no {part} in:\n{history}");
        }
    });
}

#[test]
fn forty_changes_from_every_door_leave_no_gap() {
    story(async |bot| {
        bot.command(ANA, GTM_PLAN, "set price $1/mo").await;
        let commands = (2..=30).map(async |n| {
            let who = [ANA, BEN, CHLOE][n % 3];
            let set = format!("set price ${n}/mo");
            said(&bot.command(who, GTM_PLAN, &set).await)
        });
        let mentions = (31..=40).map(async |n| {
            bot.say(BEN, GTM_PLAN, None, &format!("@gtm set price ${n}/mo"))
                .await;
            bot.work().await;
            String::new()
        });
        let (said, _) = tokio::join!(join_all(commands), join_all(mentions));
        let news: std::collections::BTreeSet<_> = said.iter().collect();
        assert_eq!(news.len(), said.len(), "each has its own version");
        let history = shows(bot, "history 20").await;
        assert!(history.contains("The newest 20 of 40 changes"), "{history}");
        for version in 21..=40 {
            assert!(
                history.contains(&format!("v{version}")),
                "no v{version} in:\n{history}"
            );
        }
    });
}

#[test]
fn undo_is_refused_when_the_field_moved_on_and_names_both_values() {
    story(async |bot| {
        let card = bot.command(ANA, GTM_PLAN, "set price $49/mo").await;
        bot.command(BEN, GTM_PLAN, "set price $900/mo").await;
        let answer = bot.click(ANA, GTM_PLAN, &card, "Undo").await;
        let [answer] = answer.as_slice() else {
            panic!("one answer: {answer:#?}");
        };
        assert_ne!(answer.ts, card.ts, "the card stays");
        let answer = said(answer);
        assert!(
            answer.contains("$49") && answer.contains("$900"),
            "{answer}"
        );
        assert!(
            bot.slack
                .messages(GTM_PLAN)
                .iter()
                .all(|it| said(it) != answer),
            "private"
        );
        assert!(shows(bot, "plan").await.contains("$900"));
    });
}

#[test]
fn a_guest_reads_and_changes_nothing() {
    story(async |bot| {
        let card = bot.command(ANA, GTM_PLAN, "set price $49/mo").await;
        let report = said(&bot.command(DEV, GTM_PLAN, "plan").await);
        assert!(report.contains("$49"), "{report}");
        for words in ["set price $1/mo", "unset price", "undo", "segment add smb"] {
            let refused = bot.command(DEV, GTM_PLAN, words).await;
            assert!(
                said(&refused).contains("guest"),
                "{words}: {}",
                said(&refused)
            );
            assert_eq!(bot.slack.ephemerals(GTM_PLAN, DEV).last(), Some(&refused));
        }
        let mentioned = bot.mention(DEV, GTM_PLAN, "set price $1/mo").await;
        assert_eq!(mentioned.len(), 1);
        assert!(
            said(&mentioned[0]).contains("guest"),
            "{}",
            said(&mentioned[0])
        );
        let pressed = bot.click(DEV, GTM_PLAN, &card, "Undo").await;
        assert_eq!(pressed.len(), 1);
        assert!(said(&pressed[0]).contains("guest"), "{}", said(&pressed[0]));
        assert!(shows(bot, "history").await.contains("1 change so far"));
    });
}

#[test]
fn who_cannot_be_looked_up_counts_as_a_guest_until_they_can() {
    story(async |bot| {
        bot.expect_a_bad_day();
        bot.slack
            .faults()
            .inject("users.info", &Fault::ServerError, 1);
        let refused = said(&bot.command(ANA, GTM_PLAN, "set price $49/mo").await);
        assert!(refused.contains("guest"), "{refused}");
        let done = said(&bot.command(ANA, GTM_PLAN, "set price $49/mo").await);
        assert!(done.contains("version 1"), "{done}");
    });
}

#[test]
fn reading_asks_slack_for_nobodys_role() {
    story(async |bot| {
        for words in ["check", "plan", "next", "help", "rules", "fields"] {
            bot.command(DEV, GTM_PLAN, words).await;
        }
        assert_eq!(bot.calls("users.info"), 0);
    });
}
