//! What people write stays words: nothing comes alive, nothing is lost, however long it is.

use gtm_advisor::advisor::{Commit, Committed, PlanWrite, Store};
use gtm_advisor::clock::Clock;
use gtm_advisor::ident::{Channel, Installation, Person, PlanId};
use gtm_advisor::plan::{self, Author, Door, MessageLink, ParseContext, Plan, Segment};
use serde_json::Value;

use crate::harness::{ANA, GTM_PLAN, TEAM, TestBot, said, story};

/// All text that the bot has sent so far, as it was sent.
fn sent(bot: &TestBot) -> String {
    let calls = bot.slack.calls();
    let args = calls
        .iter()
        .map(|call| Value::Object(call.args.clone()).to_string());
    let seen = bot.seen(ANA, GTM_PLAN).into_iter();
    let seen = seen.filter(|it| it.user != ANA);
    let shown = seen.map(|it| format!("{} {}", it.text, Value::Array(it.blocks)));
    args.chain(shown).collect::<Vec<_>>().join("\n")
}

#[test]
fn nobody_is_called_by_words_that_somebody_typed() {
    story(async |bot| {
        let loud = "<!channel> <!here> <!everyone> @channel @here <@U01BEN> <!subteam^S1>";
        let set = format!("set value.problem {loud} lose hours");
        bot.command(ANA, GTM_PLAN, &set).await;
        for words in [
            "plan",
            "history",
            "check",
            &format!("nonsense {loud}"),
            "undo",
        ] {
            bot.command(ANA, GTM_PLAN, words).await;
        }
        bot.mention(ANA, GTM_PLAN, &set).await;
        bot.mention(ANA, GTM_PLAN, &format!("explain {loud}")).await;
        bot.mention(ANA, GTM_PLAN, &format!("{loud} {loud}")).await;
        let all = sent(bot);
        for live in ["<!", "<@", "<#"] {
            let lines: Vec<_> = all.lines().filter(|it| it.contains(live)).collect();
            // A date is written with the same signs, by the bot alone.
            let bad: Vec<_> = lines
                .iter()
                .filter(|it| it.replace("<!date^", "").contains(live))
                .collect();
            assert!(bad.is_empty(), "`{live}` came out live: {bad:#?}");
        }
    });
}

#[test]
fn markup_is_shown_as_it_was_typed() {
    story(async |bot| {
        let typed = "R&D <b>loses</b> *hours* & `days` > weeks";
        bot.command(ANA, GTM_PLAN, &format!("set value.problem {typed}"))
            .await;
        let plan = bot.command(ANA, GTM_PLAN, "plan").await;
        let raw = Value::Array(plan.blocks.clone()).to_string();
        assert!(raw.contains("R&amp;D &lt;b&gt;loses&lt;/b&gt;"), "{raw}");
        let shown = said(&plan).replace(['\u{200b}', '\u{2060}', '\u{feff}'], "");
        assert!(shown.contains("R&D <b>loses</b>"), "{shown}");
    });
}

#[test]
fn a_text_of_two_thousand_letters_is_kept_whole() {
    story(async |bot| {
        let long = "Finance teams lose hours — 価格 🚀 & more. ".repeat(60);
        let long: String = long.chars().take(1_990).collect::<String>() + "the-end";
        let answer = bot
            .command(ANA, GTM_PLAN, &format!("set value.problem {long}"))
            .await;
        assert!(said(&answer).contains("version 1"), "{}", said(&answer));
        let plan = said(&bot.command(ANA, GTM_PLAN, "plan value").await);
        assert!(plan.contains("the-end"), "{plan}");
        bot.restart().await;
        let answers = bot.mention(ANA, GTM_PLAN, "plan value").await;
        assert!(
            said(&answers[0]).contains("the-end"),
            "{}",
            said(&answers[0])
        );
    });
}

/// Fills a channel's plan with changes, as so many commands would have.
async fn given(bot: &TestBot, edits: impl IntoIterator<Item = (String, Option<String>)>) {
    let (installation, store) = (Installation::new(TEAM), bot.store());
    let price = plan::field("pricing.price").expect("a field");
    let author = Author {
        by: Person::new(ANA),
        at: bot.clock.now(),
        door: Door::Command,
        link: MessageLink {
            channel: Channel::new(GTM_PLAN),
            ts: None,
        },
    };
    let context = ParseContext {
        currency: Plan::new(PlanId::new("p")).currency(),
        today: jiff::civil::date(2026, 3, 2),
    };
    let mut plan = Plan::new(PlanId::new("01954f00-0000-7000-8000-000000000000"));
    let edits: Vec<_> = edits.into_iter().collect();
    for edits in edits.chunks(50) {
        let against = plan.version();
        let mut changes = Vec::new();
        for (words, segment) in edits {
            let segment = segment
                .as_deref()
                .map(|it| Segment::parse(it).expect("a segment"));
            let value = price.parse(words, &context).expect("a price");
            let new = Some(plan::Answer::Known(value));
            for change in plan::set_answer(&plan, price, segment.as_ref(), new, &author) {
                plan.apply(&change).expect("it follows");
                changes.push(change);
            }
        }
        let commit = Commit {
            plan: Some(PlanWrite {
                channel: Channel::new(GTM_PLAN),
                plan: plan.clone(),
                against,
                changes,
            }),
            ..Commit::empty(installation.clone(), bot.clock.now())
        };
        let done = store.commit(commit).await.expect("room");
        assert_eq!(done, Committed::Done);
    }
}

#[test]
fn fifty_segments_fit_into_a_message() {
    story(async |bot| {
        let prices = (1..=50).map(|n| (format!("${n}/mo"), Some(format!("segment-{n}"))));
        given(bot, prices).await;
        bot.command(ANA, GTM_PLAN, "set motion field for segment-50")
            .await;
        for words in [
            "plan",
            "check",
            "history 20",
            "next",
            "set price $5/mo for nobody",
        ] {
            let answer = bot.command(ANA, GTM_PLAN, words).await;
            assert!(!said(&answer).is_empty());
        }
        let one = said(&bot.command(ANA, GTM_PLAN, "plan for segment-37").await);
        assert!(one.contains("$37"), "{one}");
        bot.restart().await;
        let answers = bot.mention(ANA, GTM_PLAN, "check").await;
        assert_eq!(answers.len(), 1);
        assert!(
            said(&answers[0]).contains("segment-50"),
            "{}",
            said(&answers[0])
        );
    });
}

#[test]
fn five_hundred_changes_are_all_there() {
    story(async |bot| {
        given(bot, (1..=500).map(|n| (format!("${n}/mo"), None))).await;
        bot.restart().await;
        let history = said(&bot.command(ANA, GTM_PLAN, "history").await);
        assert!(
            history.contains("The newest 10 of 500 changes"),
            "{history}"
        );
        assert!(
            history.contains("$500") && history.contains("v491"),
            "{history}"
        );
        let undone = said(&bot.command(ANA, GTM_PLAN, "undo").await);
        assert!(
            undone.contains("$499") && undone.contains("version 501"),
            "{undone}"
        );
        let old = said(&bot.command(ANA, GTM_PLAN, "undo 3").await);
        assert!(old.contains("too old"), "{old}");
    });
}
