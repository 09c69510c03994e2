//! What is looked at of a plan, and how it is carried.

use super::{check, seen};
use crate::harness::{ANA, GTM_PLAN, direct, said, story};

#[test]
fn what_would_change_what_has_changed_and_where_it_would_turn() {
    story(async |bot| {
        for words in [
            "set acv $60k",
            "set motion plg",
            "what-if motion field",
            "sensitivity acv",
            "set motion inside_one_stage",
            "diff 2 3",
        ] {
            bot.command(ANA, GTM_PLAN, words).await;
            bot.clock.move_by(60);
        }
        check(
            "what-if",
            "What would change, what has, and where the check would turn",
            &seen(bot, GTM_PLAN, ANA),
        );
    });
}

#[test]
fn a_plan_is_carried_to_another_place_and_back() {
    story(async |bot| {
        bot.minute_by_minute(ANA, GTM_PLAN, &["set acv $60k", "set motion field"])
            .await;
        let wrote = said(&bot.command(ANA, GTM_PLAN, "export json").await);
        let json = &wrote[wrote.find('{').expect(&wrote)..=wrote.rfind('}').expect(&wrote)];
        let there = direct(ANA);
        let card = bot.write(ANA, &format!("import {json}")).await;
        bot.clock.move_by(60);
        bot.click(ANA, &there, &card[0], "Apply").await;
        bot.clock.move_by(60);
        bot.write(ANA, &format!("import {json}")).await;
        check(
            "carry",
            "A plan is carried to another place",
            &seen(bot, &there, ANA),
        );
    });
}
