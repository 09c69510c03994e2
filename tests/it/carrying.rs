//! Plans that are carried: pasted, exported, tried as variants, adopted, over restarts and by two
//! people at once.

use futures_util::future::join_all;

use crate::harness::{ANA, BEN, DEV, GTM_PLAN, TestBot, said, story};

const PASTE: &str = "import this:\n```\nplan.stage = \"gtm_fit\"\n[segment.main]\npricing.price = \"$99/mo\"\nsales.motion = \"plg\"\nabout.\"pricing.price\" = { certainty = \"assumption\", source = \"https://example.com/a?b=1&c=<2>\" }\n```";

async fn plan(bot: &TestBot) -> String {
    said(&bot.command(ANA, GTM_PLAN, "plan").await)
}

#[test]
fn a_pasted_plan_waits_for_a_press_also_over_a_restart() {
    story(async |bot| {
        bot.command(ANA, GTM_PLAN, "set price $49/mo").await;
        let answers = bot.mention(ANA, GTM_PLAN, PASTE).await;
        let card = answers.first().expect("a card");
        assert!(
            said(card).contains("would make 4 changes here"),
            "{}",
            said(card)
        );
        assert!(
            plan(bot).await.contains("$49 a month"),
            "nothing is changed"
        );
        bot.restart().await;
        let after = bot.click(BEN, GTM_PLAN, card, "Apply").await;
        let told = after.iter().map(said).collect::<Vec<_>>().join("\n");
        assert!(told.contains("Imported. 4 changes."), "{told}");
        let plan = plan(bot).await;
        assert!(plan.contains("$99 a month"), "{plan}");
        let written = said(&bot.command(ANA, GTM_PLAN, "export").await);
        assert!(
            written.contains("https://example.com/a?b=1&c=<2>"),
            "{written}"
        );
    });
}

#[test]
fn what_is_exported_here_is_imported_there() {
    story(async |bot| {
        for words in [
            "set price $49/mo",
            "assume acv $12k until 2026-05-01",
            "na marketing.motion because not before autumn",
            "segment add smb",
            "set motion plg for smb",
            "owner pricing @ben",
            "waive icp-no-exclusions we learn first until 2026-12-31",
            "decide Which price? $49 | $59",
            "scenario save cheaper price $29/mo for main",
        ] {
            bot.command(ANA, GTM_PLAN, words).await;
        }
        let wrote = said(&bot.command(ANA, GTM_PLAN, "export json").await);
        let json = &wrote[wrote.find('{').expect(&wrote)..=wrote.rfind('}').expect(&wrote)];
        let card = bot.write(ANA, &format!("import {json}")).await;
        let direct = gtm_advisor::playground::seed::direct(ANA);
        let after = bot.click(ANA, &direct, &card[0], "Apply").await;
        let told = after.iter().map(said).collect::<Vec<_>>().join("\n");
        assert!(told.contains("Imported."), "{told}");
        let again = said(&bot.write(ANA, "export json").await[0]);
        let there = &again[again.find('{').expect(&again)..=again.rfind('}').expect(&again)];
        assert_eq!(json, there);
    });
}

#[test]
fn of_two_who_apply_a_paste_at_once_one_does_and_the_other_is_told() {
    story(async |bot| {
        let card = bot
            .command(ANA, GTM_PLAN, &PASTE.replace("import this:", "import"))
            .await;
        let both = join_all([
            bot.click(ANA, GTM_PLAN, &card, "Apply"),
            bot.click(BEN, GTM_PLAN, &card, "Apply"),
        ])
        .await;
        let told: String = both.iter().flatten().map(said).collect();
        assert!(told.contains("Imported."), "{told}");
        let history = said(&bot.command(ANA, GTM_PLAN, "history").await);
        assert!(
            history.contains("v1") && !history.contains("v2"),
            "{history}"
        );
    });
}

#[test]
fn a_guest_presses_apply_and_nothing_happens() {
    story(async |bot| {
        let card = bot
            .command(ANA, GTM_PLAN, &PASTE.replace("import this:", "import"))
            .await;
        bot.click(DEV, GTM_PLAN, &card, "Apply").await;
        assert!(!plan(bot).await.contains("$99 a month"));
    });
}

#[test]
fn a_variant_is_compared_and_adopted_over_a_restart_and_by_one_of_two() {
    story(async |bot| {
        bot.command(ANA, GTM_PLAN, "set price $49/mo").await;
        bot.command(ANA, GTM_PLAN, "set motion plg").await;
        bot.command(BEN, GTM_PLAN, "scenario save cheaper price $29/mo")
            .await;
        bot.command(BEN, GTM_PLAN, "fork steady").await;
        let compared = bot.command(ANA, GTM_PLAN, "scenario compare cheaper").await;
        let other = bot.command(BEN, GTM_PLAN, "scenario compare cheaper").await;
        bot.restart().await;
        let adopted = bot.click(ANA, GTM_PLAN, &compared, "Adopt").await;
        let told = adopted.iter().map(said).collect::<Vec<_>>().join("\n");
        assert!(told.contains("Adopted scenario cheaper."), "{told}");
        let late = bot.click(BEN, GTM_PLAN, &other, "Adopt").await;
        let told = late.iter().map(said).collect::<Vec<_>>().join("\n");
        assert!(told.contains("That is decided already"), "{told}");
        let plans = said(&bot.command(ANA, GTM_PLAN, "plans").await);
        assert!(
            plans.contains("steady") && !plans.contains("cheaper:"),
            "{plans}"
        );
        let fork = bot.command(ANA, GTM_PLAN, "scenario compare steady").await;
        assert!(
            said(&fork).contains("$29 a month → $49 a month"),
            "{}",
            said(&fork)
        );
        bot.command(BEN, GTM_PLAN, "set price $19/mo").await;
        let stale = bot.click(ANA, GTM_PLAN, &fork, "Adopt").await;
        let told = stale.iter().map(said).collect::<Vec<_>>().join("\n");
        assert!(told.contains("Nothing was adopted"), "{told}");
        assert!(told.contains("$29 a month → $19 a month"), "{told}");
        assert!(plan(bot).await.contains("$19 a month"));
    });
}
