//! What a team does to a plan over a month, as a page to read: it is approved, unlocked, tried out and
//! taken back.

use crate::harness::{ANA, BEN, GTM_PLAN, story};
use crate::journeys::{check, seen};

/// Everything that a team does to a plan over a month: approved, unlocked, tried out, taken back.
#[test]
fn a_plan_that_a_team_lives_with() {
    story(async |bot| {
        bot.minute_by_minute(
            ANA,
            GTM_PLAN,
            &[
                "set price $49/mo",
                "set motion plg",
                "set win rate 25%",
                &format!("owner pricing <@{BEN}>"),
                "assume win rate until 2026-06-30",
                "na partner share because we sell direct",
                "decide Who pays for the pilot? the customer | we do",
                "decisions",
                "approve",
                "set price $59/mo",
                "unlock",
                "set price $59/mo",
                "scenario save cheaper price $29/mo",
                "scenario save visits motion field",
                "scenario compare cheaper",
                "what-if price $99/mo",
                "sensitivity ACV",
                "undo",
                "diff 3 9",
                "restore 5",
                "history 20",
                "check",
            ],
        )
        .await;
        let compared = bot.command(ANA, GTM_PLAN, "scenario compare cheaper").await;
        bot.click(ANA, GTM_PLAN, &compared, "Adopt").await;
        check(
            "month",
            "A plan that a team lives with",
            &seen(bot, GTM_PLAN, ANA),
        );
    });
}
