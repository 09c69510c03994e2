//! Numbers of a team's own in place of the rules', for one channel and for the whole workspace.

use crate::harness::{ANA, BEN, GTM_PLAN, SALES, story};
use crate::journeys::{check, seen};

const FOR_ALL: &str =
    "threshold workspace field-acv-low.max_acv $20k because our territories are dense";

#[test]
fn an_admin_sets_a_number_for_every_channel_and_one_channel_its_own() {
    story(async |bot| {
        let field_team = &["set motion field", "set price $2,000/mo"];
        bot.minute_by_minute(BEN, GTM_PLAN, field_team).await;
        bot.minute_by_minute(BEN, SALES, field_team).await;
        bot.command(BEN, GTM_PLAN, "thresholds").await;
        bot.command(BEN, GTM_PLAN, FOR_ALL).await;
        let offered = bot.command(ANA, GTM_PLAN, FOR_ALL).await;
        bot.clock.move_by(60);
        bot.click(ANA, GTM_PLAN, &offered, "Set it in every channel")
            .await;
        bot.restart().await;
        bot.clock.move_by(60);
        bot.command(ANA, GTM_PLAN, "check field-acv-low").await;
        // The other channel goes by it, until it sets its own.
        bot.command(ANA, SALES, "check field-acv-low").await;
        bot.clock.move_by(60);
        let own = "threshold field-acv-low.max_acv $40k because travel is expensive here";
        bot.command(BEN, SALES, own).await;
        bot.command(ANA, SALES, "check field-acv-low").await;
        bot.command(ANA, SALES, "thresholds").await;
        bot.command(ANA, SALES, "explain field-acv-low").await;
        bot.clock.move_by(60);
        // What was shown no longer holds.
        let late = bot
            .command(ANA, GTM_PLAN, &FOR_ALL.replace("$20k", "$30k"))
            .await;
        let reset = "threshold workspace field-acv-low.max_acv default";
        let reset = bot.command(ANA, GTM_PLAN, reset).await;
        bot.click(ANA, GTM_PLAN, &reset, "Set it in every channel")
            .await;
        bot.click(ANA, GTM_PLAN, &late, "Set it in every channel")
            .await;
        bot.command(ANA, GTM_PLAN, "thresholds").await;
        let page = [(GTM_PLAN, ANA), (GTM_PLAN, BEN), (SALES, ANA)]
            .map(|(channel, person)| seen(bot, channel, person));
        check(
            "thresholds",
            "A threshold for every channel, and one channel with its own",
            &page.join("\n---\n\n"),
        );
    });
}
