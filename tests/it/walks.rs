//! A newcomer and the digest: everything that one may type about it, as pages to read.

use std::fmt::Write;

use crate::harness::{ANA, BEN, DEV, GTM_PLAN, TestBot, direct, said, story};
use crate::journeys::{check, seen};

const HOUR: i64 = 60 * 60;

/// What somebody types, a minute apart, each with its answer.
#[derive(Default)]
struct Page(String);

impl Page {
    fn heading(&mut self, words: &str) {
        writeln!(self.0, "## {words}\n").expect("a string takes it");
    }

    async fn types(&mut self, bot: &TestBot, person: &str, commands: &[&str]) {
        for words in commands {
            let answer = said(&bot.command(person, GTM_PLAN, words).await);
            let answer: Vec<_> = answer.lines().map(|line| format!("> {line}")).collect();
            let name = person.trim_start_matches("U01").to_lowercase();
            let answer = answer.join("\n");
            writeln!(self.0, "**{name}** `/gtm {words}`\n\n{answer}\n").expect("a string takes it");
            bot.clock.move_by(60);
        }
    }
}

/// Lets hours pass, and in each of them what is due be done.
async fn pass(bot: &TestBot, hours: i64) {
    for _ in 0..hours {
        bot.clock.move_by(HOUR);
        bot.work().await;
    }
}

#[test]
fn a_newcomer_switches_the_digest_on_and_off() {
    story(async |bot| {
        let mut page = Page::default();
        page.heading("Before there is anything");
        let early = [
            "digest",
            "digest now",
            "digest preview",
            "digest skip",
            "digest off",
            "digest help",
        ];
        page.types(bot, ANA, &early).await;
        page.types(bot, ANA, &["digest banana", "digest snooze 2 weeks"])
            .await;
        page.heading("Switched on");
        let first = [
            "set price $49/mo",
            "set motion field",
            "digest now --dry-run",
            "digest on",
        ];
        page.types(bot, ANA, &first).await;
        page.types(bot, ANA, &["digest", "digest on"]).await;
        page.types(bot, BEN, &["set motion plg", "digest now", "digest all"])
            .await;
        page.types(bot, DEV, &["digest off"]).await;
        page.heading("Left out, and asleep");
        page.types(
            bot,
            ANA,
            &[
                "digest skip",
                "digest skip",
                "digest status",
                "digest resume",
            ],
        )
        .await;
        let asleep = [
            "digest snooze",
            "digest pause",
            "digest snooze banana",
            "digest snooze yesterday",
            "digest snooze 2 weeks",
            "digest snooze a month",
            "digest snooze until june",
            "digest snooze for 10 days",
            "digest snooze next week",
            "digest snooze 10 years",
            "digest on",
        ];
        page.types(bot, ANA, &asleep).await;
        page.heading("Quiet weeks");
        let quiet = [
            "digest quiet",
            "digest quiet maybe",
            "digest quiet always",
            "digest status",
            "digest quiet change",
        ];
        page.types(bot, ANA, &quiet).await;
        page.heading("Muted, and names that ping");
        page.types(bot, BEN, &["mode mute"]).await;
        page.types(bot, ANA, &["digest", "digest preview", "mode mention"])
            .await;
        let names = [
            "digest names",
            "digest names ping",
            "digest",
            "digest names plain",
        ];
        page.types(bot, ANA, &names).await;
        pass(bot, 8 * 24).await;
        page.heading("A week later");
        page.types(bot, ANA, &["digest status"]).await;
        page.types(bot, BEN, &["digest skip", "digest preview"])
            .await;
        pass(bot, 7 * 24).await;
        page.heading("After the one that was skipped");
        page.types(bot, ANA, &["digest status", "digest preview"])
            .await;
        let off = [
            "digest off",
            "digest off",
            "digest skip",
            "digest snooze 2 weeks",
            "digest status",
            "digest now",
        ];
        page.types(bot, ANA, &off).await;
        check(
            "digest-walk",
            "A newcomer switches the digest on and off",
            &page.0,
        );
    });
}

/// Schedules as people write them, the odd ones too.
const SCHEDULES: [&str; 44] = [
    "digest mondays",
    "digest mondays 9am",
    "digest mondays 9am Berlin",
    "digest every other Friday at 16:30 New York",
    "digest first Monday of the month",
    "digest last workday of the month 5pm London",
    "digest last Friday of the month 5pm London",
    "digest weekdays 8:15",
    "digest mon, wed and fri at noon",
    "digest weekly",
    "digest daily",
    "digest monthly",
    "digest quarterly",
    "digest every 3 days",
    "digest every two days at 8",
    "digest every 2 weeks on tuesday",
    "digest every 20 weeks",
    "digest hourly",
    "digest twice a week",
    "digest 9am",
    "digest at 9",
    "digest monday 9",
    "digest mondays at 25:00",
    "digest mondays 9am Mars",
    "digest mondays 9am CST",
    "digest mondays 9am GMT+2",
    "digest mondays 9am my time",
    "digest tomorrow",
    "digest once",
    "digest in #general mondays",
    "digest mondays 9am for <@U01BEN>",
    "digest every fifth monday",
    "digest 31st of the month",
    "digest every full moon",
    "digest weekdays banana Berlin",
    "digest banana",
    "digest on banana",
    "digest mondays 9am and thursdays 4pm",
    "digest mondays at 9 or 10",
    "digest montags um 9 uhr",
    "digest after standup",
    "digest 0 9 * * 1",
    "digest moday 9am",
    "digest summary please",
];

#[test]
fn schedules_as_people_write_them() {
    story(async |bot| {
        let mut page = Page::default();
        bot.command(ANA, GTM_PLAN, "set price $49/mo").await;
        page.types(bot, ANA, &SCHEDULES).await;
        check("digest-schedules", "When the digest shall come", &page.0);
    });
}

#[test]
fn what_goes_to_one_person() {
    story(async |bot| {
        let mut page = Page::default();
        page.types(
            bot,
            ANA,
            &["rollup", "rollup now", "nudge", "nudge now", "nudge on"],
        )
        .await;
        let plan = [
            "set price $49/mo",
            "set motion field",
            "set plan.owner me",
            "assume price $49/mo until 2026-03-05",
            "decide Monthly or annual? monthly | annual",
        ];
        page.types(bot, ANA, &plan).await;
        page.types(
            bot,
            ANA,
            &[
                "rollup mondays 8am",
                "nudge mondays 9am",
                "rollup now",
                "nudge now",
            ],
        )
        .await;
        pass(bot, 8 * 24).await;
        let later = [
            "rollup status",
            "nudge status",
            "nudge skip",
            "nudge banana",
            "rollup quiet",
            "nudge quiet always",
            "rollup mondays for <@U01BEN>",
            "rollup snooze next month",
            "rollup off",
            "nudge off",
            "nudge off",
        ];
        page.types(bot, ANA, &later).await;
        page.heading("What came to Ana alone");
        page.0.push_str(&seen(bot, &direct(ANA), ANA));
        let all = bot.slack.messages(GTM_PLAN);
        assert!(
            all.iter().all(|it| !said(it).contains("of yours")),
            "{all:#?}"
        );
        check("personal", "What goes to one person", &page.0);
    });
}
