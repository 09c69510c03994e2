//! What a person sees, as pages in `tests/journeys/`: a changed word shows, `BLESS=1` writes them anew.

mod plans;

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use gtm_advisor::advisor::Store;
use gtm_advisor::clock::Clock;
use gtm_advisor::ident::{Channel, Installation};
use gtm_advisor::playground::{Fault, Subscription};
use serde_json::{Value, json};

use crate::harness::{
    ANA, Act, BEN, CHLOE, DEV, GTM_PLAN, ModelServer, Setup, TEAM, TestBot, direct, said, story,
    story_with, transcript,
};

/// Compares a page with what was seen, or writes it.
pub(crate) fn check(name: &str, title: &str, seen: &str) {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/journeys");
    let path = folder.join(format!("{name}.md"));
    let page = format!("# {title}\n\n{seen}");
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, page).expect("the page is written");
        return;
    }
    let known = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        known == page,
        "{} says something else; if this is better, run with BLESS=1:\n\n{page}",
        path.display()
    );
}

/// What one person has seen in a place.
pub(crate) fn seen(bot: &TestBot, channel: &str, person: &str) -> String {
    let seen = transcript(&bot.slack, channel, person);
    // The workspace listens somewhere else each time.
    let home = bot.slack.api_base().replace("/api", "");
    seen.replace(&home, "https://ledgerly.slack.com")
}

#[test]
fn a_price_and_a_motion_that_do_not_fit() {
    story(async |bot| {
        bot.minute_by_minute(ANA, GTM_PLAN, &["help", "set price $49/mo"])
            .await;
        bot.command(BEN, GTM_PLAN, "set motion field").await;
        bot.clock.move_by(60);
        let report = bot.command(ANA, GTM_PLAN, "check").await;
        bot.clock.move_by(60);
        bot.click(ANA, GTM_PLAN, &report, "Share here").await;
        bot.clock.move_by(60);
        bot.click(ANA, GTM_PLAN, &report, "Sales motion: self-serve (PLG)")
            .await;
        bot.clock.move_by(60);
        bot.command(ANA, GTM_PLAN, "check").await;
        bot.command(ANA, GTM_PLAN, "history").await;
        let seen = seen(bot, GTM_PLAN, ANA);
        check(
            "price-and-motion",
            "A price and a motion that do not fit",
            &seen,
        );
    });
}

#[test]
fn a_change_and_its_undo() {
    story(async |bot| {
        bot.command(ANA, GTM_PLAN, "set price $49/mo").await;
        let card = bot.command(BEN, GTM_PLAN, "set price $900/mo").await;
        bot.clock.move_by(60);
        bot.click(BEN, GTM_PLAN, &card, "Undo").await;
        bot.command(BEN, GTM_PLAN, "undo 1").await;
        bot.command(BEN, GTM_PLAN, "undo 1").await;
        check("undo", "A change and its undo", &seen(bot, GTM_PLAN, BEN));
    });
}

#[test]
fn in_a_thread() {
    story(async |bot| {
        let root = bot
            .say(
                BEN,
                GTM_PLAN,
                None,
                "Is 49 a month enough for a field team?",
            )
            .await;
        for words in [
            "set price $49/mo",
            "set motion field",
            "check",
            "chekc",
            "can you help us?",
        ] {
            bot.clock.move_by(60);
            bot.mention_in(ANA, GTM_PLAN, Some(&root.ts), words).await;
        }
        bot.clock.move_by(60);
        bot.mention_in(DEV, GTM_PLAN, Some(&root.ts), "set price $1/mo")
            .await;
        check("thread", "Mentioned in a thread", &seen(bot, GTM_PLAN, DEV));
    });
}

#[test]
fn words_that_cannot_be_read() {
    story(async |bot| {
        for words in [
            "chekc",
            "set prise $49/mo",
            "set price soon",
            "set",
            "undo",
            "explain churn",
            "set motion maybe",
        ] {
            bot.command(ANA, GTM_PLAN, words).await;
        }
        check(
            "errors",
            "Words that cannot be read",
            &seen(bot, GTM_PLAN, ANA),
        );
    });
}

#[test]
fn alone_with_the_bot() {
    story(async |bot| {
        for words in [
            "hello",
            "next",
            "set acv $50k",
            "plan",
            "fields pricing",
            "explain low-price-enterprise-motion",
        ] {
            bot.write(ANA, words).await;
            bot.clock.move_by(60);
        }
        check(
            "direct",
            "Alone with the bot",
            &seen(bot, &direct(ANA), ANA),
        );
    });
}

#[test]
fn the_numbers_behind_a_plan() {
    story(async |bot| {
        bot.minute_by_minute(
            ANA,
            GTM_PLAN,
            &[
                "calc payback",
                "set acv $12k",
                "set cac $500",
                "calc payback margin=80%",
            ],
        )
        .await;
        let asked = bot.command(ANA, GTM_PLAN, "calc payback").await;
        bot.click(ANA, GTM_PLAN, &asked, "Per trial").await;
        bot.clock.move_by(60);
        bot.minute_by_minute(
            ANA,
            GTM_PLAN,
            &[
                "set win rate 15%",
                "calc payback per=trial",
                "calc payback cac=-1",
                "calc paybak",
                "calc ltv retention=70%",
                "calc churn monthly=2%",
                "calc",
                "share calc milestones",
            ],
        )
        .await;
        check(
            "numbers",
            "The numbers behind a plan",
            &seen(bot, GTM_PLAN, ANA),
        );
    });
}

#[test]
fn where_the_segments_lie() {
    story(async |bot| {
        bot.minute_by_minute(
            ANA,
            GTM_PLAN,
            &[
                "map",
                "set acv $24k",
                "set motion two-stage",
                "map",
                "set deals 60",
                "set marketing motion targeting",
                "share map",
            ],
        )
        .await;
        check("map", "Where the segments lie", &seen(bot, GTM_PLAN, ANA));
    });
}

/// A quarter of a young company: what a channel reads each Monday while its plan takes shape.
#[test]
fn a_quarter_of_digests() {
    let weeks: [&[(&str, &str)]; 12] = [
        &[
            (ANA, "set stage pmf"),
            (ANA, "set price $49/mo"),
            (BEN, "set motion field"),
        ],
        &[
            (BEN, "set industry accounting firms"),
            (BEN, "set employees 5-30"),
        ],
        &[(ANA, "set motion plg"), (ANA, "set trial free trial")],
        &[],
        &[(
            BEN,
            "set channels seo, content, linkedin, cold calls, events, webinars",
        )],
        &[(BEN, "set channels seo, content")],
        &[],
        // What is tried and taken back is no news.
        &[(BEN, "set price $59/mo"), (BEN, "set price $49/mo")],
        &[],
        &[],
        &[
            (ANA, "set cs model help desk"),
            (ANA, "set retention 82%"),
            (
                BEN,
                "set experiments a webinar for firms: 40 sign-ups, 2 trials",
            ),
        ],
        &[
            (ANA, "set price $89/mo"),
            (BEN, "set price $119/mo"),
            (ANA, "set price $99/mo"),
        ],
    ];
    story(async |bot| {
        bot.command(ANA, GTM_PLAN, "digest mondays 9am Berlin")
            .await;
        for week in weeks {
            for (who, words) in week {
                bot.clock.move_by(60);
                bot.command(who, GTM_PLAN, words).await;
            }
            let (team, channel) = (Installation::new(TEAM), Channel::new(GTM_PLAN));
            let standing = bot.store().digest(&team, &channel).await;
            let standing = standing.expect("the store answers").expect("it is on");
            let next = standing.next.expect("it is on");
            let wait = next.duration_since(bot.clock.now());
            bot.clock.move_by(wait.as_secs());
            bot.work().await;
        }
        bot.command(BEN, GTM_PLAN, "digest status").await;
        let mut posts = bot.slack.messages(GTM_PLAN);
        posts.retain(|it| said(it).contains("Question of the week"));
        check("digests", "A quarter of digests", &seen(bot, GTM_PLAN, BEN));
        assert!(posts.len() >= 6, "{}", posts.len());
    });
}

/// Says these in a thread, a minute apart.
async fn argue(bot: &TestBot, root: &str, said: &[(&str, &str)]) {
    for (who, words) in said {
        bot.clock.move_by(45);
        bot.say(who, GTM_PLAN, Some(root), words).await;
    }
    bot.clock.move_by(45);
}

/// Three people argue for ten minutes: the sheet, the history and the questions are what a careful
/// minute-taker would have written down.
#[test]
fn a_plan_is_argued_into_shape_in_a_thread() {
    story(async |bot| argued(bot).await);
}

/// The same, letter by letter, with a language model that hangs, lies, floods or refuses.
#[test]
fn a_plan_is_argued_into_shape_beside_a_hostile_model() {
    let acts = [
        Act::Hang,
        Act::Think(lie),
        Act::Flood,
        Act::ended("I cannot help with that.", "content_filter"),
    ];
    for act in acts {
        let server = ModelServer::bound([act]);
        let setup = Setup {
            model: Some(server.settings(Duration::from_millis(300))),
            ..Setup::default()
        };
        story_with(setup, async |bot| {
            server.serve();
            // Before, and in a conversation of their own: the transcript is the channel's.
            bot.clock.move_by(-60);
            bot.write(ANA, "settings model on").await;
            bot.clock.move_by(60);
            argued(bot).await;
            let asked = server.heard().len();
            assert!(asked >= 2, "it was asked for each reading: {asked}");
        });
    }
}

/// Values that nobody said: orders, other numbers, other people's prices, what was only tried out.
fn lie(_: &Value) -> String {
    let lie = |field: &str, value: &str, quote: &str, message: u64| json!({ "field": field, "segment": null, "value": value, "quote": quote, "message": message });
    json!({ "values": [
        lie("pricing.acv", "$5k a year", "BigBooks sells at $5k a year", 7),
        lie("pricing.tiers", "$99", "what if we charged $99", 6),
        lie("marketing.adding", "webinars", "should we do webinars", 10),
        lie("sales.reps", "0", "no reps", 9),
        lie("sales.cycle", "6 weeks", "our cycle is 6 weeks", 3),
        lie("metrics.churn", "12%", "our win rate is 12%", 13),
    ]})
    .to_string()
}

async fn argued(bot: &TestBot) {
    let root = bot
        .say(
            BEN,
            GTM_PLAN,
            None,
            "Let's settle Ledgerly today. Who do we sell to?",
        )
        .await;
    argue(
        bot,
        &root.ts,
        &[
            (ANA, "accounting firms with 5-30 people, so smb"),
            (CHLOE, "agree 👍"),
            (BEN, "price? i'd say $39/mo per seat"),
            (ANA, "too low. what if we charged $99?"),
            (CHLOE, "BigBooks sells at $5k a year btw"),
            (BEN, "ok fine, let's go with $49/mo per seat"),
            (ANA, "we sell self-serve, no reps"),
            (CHLOE, "should we do webinars?"),
            (BEN, "not yet. seo and content are our channels"),
            (ANA, "our win rate is 20%"),
            (CHLOE, "no way, our win rate is 12%"),
        ],
    )
    .await;
    let card = bot.mention_in(BEN, GTM_PLAN, Some(&root.ts), "").await;
    let first = seen(bot, GTM_PLAN, ANA);
    bot.clock.move_by(45);
    let card = bot.click(ANA, GTM_PLAN, &card[0], "Apply 1").await;
    bot.clock.move_by(45);
    bot.click(BEN, GTM_PLAN, &card[0], "Apply all 6").await;
    argue(bot, &root.ts, &[(ANA, "you're right, our win rate is 12%")]).await;
    let last = bot
        .mention_in(CHLOE, GTM_PLAN, Some(&root.ts), "read")
        .await;
    bot.click(CHLOE, GTM_PLAN, last.last().expect("a card"), "Apply")
        .await;
    bot.clock.move_by(45);
    bot.mention_in(ANA, GTM_PLAN, Some(&root.ts), "history 20")
        .await;
    bot.mention_in(ANA, GTM_PLAN, Some(&root.ts), "plan").await;
    let (_, asked) = first.split_once("<@U01GTMBOT>").expect("the mention");
    let page = format!(
        "{}\n## The first card, before anybody pressed\n\n{}",
        seen(bot, GTM_PLAN, ANA),
        asked.trim_start()
    );
    check("argued", "A plan is argued into shape in a thread", &page);
}

/// What is said where the bot may not read along, where it has read too much, and where a message is
/// picked out.
#[test]
fn a_thread_that_stays_closed() {
    story(async |bot| {
        bot.expect_a_bad_day();
        let root = bot.say(BEN, GTM_PLAN, None, "our ACV is 25k").await;
        let refused = Fault::Error("missing_scope".to_owned());
        bot.slack
            .faults()
            .inject("conversations.replies", &refused, 1);
        bot.mention_in(ANA, GTM_PLAN, Some(&root.ts), "").await;
        bot.clock.move_by(60);
        bot.pick(ANA, GTM_PLAN, &root.ts).await;
        bot.clock.move_by(60);
        let wait = Fault::RateLimited { retry_after: 42 };
        bot.slack.faults().inject("conversations.replies", &wait, 1);
        bot.mention_in(ANA, GTM_PLAN, Some(&root.ts), "read").await;
        bot.mention_in(ANA, GTM_PLAN, Some(&root.ts), "we close 40 deals a year")
            .await;
        bot.mention_in(ANA, GTM_PLAN, Some(&root.ts), "read").await;
        bot.mention_in(ANA, GTM_PLAN, Some(&root.ts), "accept the offer")
            .await;
        bot.command(ANA, GTM_PLAN, "read").await;
        check(
            "closed-thread",
            "A thread that stays closed",
            &seen(bot, GTM_PLAN, ANA),
        );
    });
}

/// A channel that is followed: what the bot makes of what people say to one another.
#[test]
fn in_a_followed_channel() {
    let setup = Setup {
        subscriptions: vec![
            Subscription::AppMention,
            Subscription::DirectMessages,
            Subscription::ChannelMessages,
        ],
        ..Setup::default()
    };
    story_with(setup, async |bot| {
        bot.command(ANA, GTM_PLAN, "set price $49/mo").await;
        bot.command(ANA, GTM_PLAN, "set motion plg").await;
        bot.command(BEN, GTM_PLAN, "mode follow").await;
        for (who, words) in [
            (BEN, "lunch at 12?"),
            (BEN, "what if we charged $99 a month?"),
            (ANA, "no idea, competitors take $120 a month"),
            (
                BEN,
                "ok, decided with Chloe: we charge $99 a month from May on",
            ),
            (ANA, "and our sales motion is field sales then"),
        ] {
            bot.clock.move_by(60);
            bot.say(who, GTM_PLAN, None, words).await;
            bot.work().await;
        }
        bot.clock.move_by(600);
        bot.work().await;
        let mut notes = bot.slack.messages(GTM_PLAN);
        notes.retain(|it| said(it).contains("not what the plan says"));
        let note = notes.pop().expect("a note");
        let told = seen(bot, GTM_PLAN, BEN);
        check("follow", "In a followed channel", &told);
        bot.clock.move_by(60);
        bot.click(BEN, GTM_PLAN, &note, "Keep the plan").await;
        let root = bot.say(ANA, GTM_PLAN, None, "@gtm set cycle 6 weeks").await;
        bot.work().await;
        bot.clock.move_by(60);
        let edited = bot
            .slack
            .edit_message(ANA, GTM_PLAN, &root.ts, "@gtm set cycle 9 weeks");
        edited.await.expect("her own message");
        bot.work().await;
        let gone = bot.slack.delete_message(ANA, GTM_PLAN, &root.ts);
        gone.await.expect("her own message");
        bot.work().await;
        for words in ["plan", "hush motion", "mode", "mode mute"] {
            bot.clock.move_by(60);
            bot.command(BEN, GTM_PLAN, words).await;
        }
        bot.mention(BEN, GTM_PLAN, "check").await;
        let seen = seen(bot, GTM_PLAN, BEN);
        let title = "In a followed channel, after the note: kept, edited, deleted, muted";
        check("follow-on", title, &seen);
    });
}

#[test]
fn a_plan_from_all_sides() {
    story(async |bot| {
        bot.minute_by_minute(
            BEN,
            GTM_PLAN,
            &[
                "set industry accounting firms",
                "set price $49/mo",
                "set motion field",
                "set stage product_market_fit",
                "set customers 4",
                "set channels seo, events, webinars",
            ],
        )
        .await;
        bot.minute_by_minute(
            ANA,
            GTM_PLAN,
            &[
                "stage",
                "diagnose CAC too high",
                "compare plg | field",
                "impact price",
            ],
        )
        .await;
        bot.command(ANA, GTM_PLAN, "trigger fired CAC has doubled")
            .await;
        bot.clock.move_by(60);
        let triggers = bot.command(ANA, GTM_PLAN, "trigger").await;
        bot.click(ANA, GTM_PLAN, &triggers, "Reviewed today").await;
        bot.clock.move_by(60);
        bot.minute_by_minute(
            ANA,
            GTM_PLAN,
            &[
                "fork visits",
                "set motion plg",
                "plans",
                "diagnose deals taste of soap",
            ],
        )
        .await;
        let seen = seen(bot, GTM_PLAN, ANA);
        check("all-sides", "A plan from all sides", &seen);
    });
}

/// A guided interview: begun by one, gone on with by two others, over a restart and the weekend.
#[test]
fn an_interview_from_start_to_verdict() {
    let setup = Setup {
        subscriptions: vec![
            Subscription::AppMention,
            Subscription::DirectMessages,
            Subscription::ChannelMessages,
        ],
        ..Setup::default()
    };
    story_with(setup, async |bot| {
        bot.command(ANA, GTM_PLAN, "start").await;
        bot.work().await;
        let first = asked_last(bot);
        pressed(bot, ANA, "Why do you ask?").await;
        pressed(bot, BEN, "self-serve (PLG)").await;
        for (who, wait, words) in [
            (ANA, 60, "quite a lot"),
            (ANA, 60, "we charge $49/mo per seat"),
            // Two at once: the second has not read what is asked by then.
            (BEN, 60, "product-market fit"),
            (CHLOE, 2, "scale"),
            (ANA, 60, "no idea"),
        ] {
            bot.clock.move_by(wait);
            bot.mention_in(who, GTM_PLAN, Some(&first.ts), words).await;
        }
        bot.restart().await;
        bot.clock.move_by(3 * 24 * 3_600);
        bot.command(CHLOE, GTM_PLAN, "start").await;
        bot.work().await;
        let second = asked_last(bot);
        assert_ne!(second.ts, first.ts, "a thread of its own");
        pressed(bot, CHLOE, "help desk").await;
        for (who, words) in [
            (BEN, "hm, which ones do we count?"),
            (CHLOE, "seo and content"),
        ] {
            bot.clock.move_by(60);
            bot.say(who, GTM_PLAN, Some(&second.ts), words).await;
            bot.work().await;
        }
        pressed(bot, BEN, "Undo").await;
        for words in ["enough for today", "history 20"] {
            bot.clock.move_by(60);
            bot.mention_in(ANA, GTM_PLAN, Some(&second.ts), words).await;
        }
        check(
            "start",
            "An interview from start to verdict",
            &seen(bot, GTM_PLAN, ANA),
        );
    });
}

/// The message with the question that was asked last.
fn asked_last(bot: &TestBot) -> gtm_advisor::playground::Message {
    let mut asked = bot.slack.messages(GTM_PLAN);
    asked.retain(|it| said(it).contains("[Stop]"));
    asked.pop().expect("a question")
}

/// Presses a button of the newest message that has it, a minute later.
async fn pressed(bot: &TestBot, who: &str, label: &str) {
    bot.clock.move_by(60);
    let mut asked = bot.slack.messages(GTM_PLAN);
    asked.retain(|it| said(it).contains(&format!("[{label}]")));
    let card = asked.pop().expect(label);
    bot.click(who, GTM_PLAN, &card, label).await;
}
