//! Slack gives a channel another id: its plan and all that was set there follow, once, told by signed
//! events over a real socket.

use std::time::Duration;

use gtm_advisor::advisor::Store;
use gtm_advisor::failpoint::FailPoint;
use gtm_advisor::ident::{Channel, Installation};
use gtm_advisor::playground::{Fault, Subscription, seed};
use serde_json::{Value, json};

use crate::crash::Desk;
use crate::harness::{
    ANA, BEN, BOT_USER, GTM_PLAN, SALES, Setup, TEAM, TestBot, outside_for, said, signed,
    story_with,
};

/// The fail point that this journey passes and no other does.
pub(crate) const POINTS: [FailPoint; 1] = [FailPoint::ChannelMoved];

const WITHIN: Duration = Duration::from_secs(20);
const DAY: i64 = 24 * 60 * 60;

/// A workspace that sends what is said in channels.
fn listening() -> Setup {
    Setup {
        subscriptions: vec![
            Subscription::AppMention,
            Subscription::DirectMessages,
            Subscription::ChannelMessages,
        ],
        ..Setup::default()
    }
}

/// The news that one channel goes by the id of another.
fn news(from: &str, to: &str, ts: &str, id: &str) -> Value {
    json!({
        "type": "event_callback", "team_id": TEAM, "api_app_id": seed::APP, "event_id": id,
        "authorizations": [{
            "enterprise_id": null, "team_id": TEAM, "user_id": BOT_USER, "is_bot": true,
            "is_enterprise_install": false,
        }],
        "event": {
            "type": "channel_id_changed", "old_channel_id": from, "new_channel_id": to,
            "event_ts": ts,
        },
    })
}

async fn moves(bot: &TestBot, from: &str, to: &str, id: &str) {
    let now = bot.slack.messages(GTM_PLAN).pop().expect("a message").ts;
    let delivery = bot.deliver_event(&news(from, to, &now, id)).await;
    assert_eq!(delivery.status(), Some(200), "{delivery:?}");
}

fn posts_with(bot: &TestBot, channel: &str, words: &str) -> usize {
    let posts = bot.slack.messages(channel).into_iter();
    posts
        .filter(|it| it.user == BOT_USER && said(it).contains(words))
        .count()
}

#[track_caller]
fn holds(said: &str, words: &str) {
    assert!(said.contains(words), "{words:?} is not in: {said}");
}

#[test]
fn all_that_was_set_in_a_channel_follows_it_to_its_new_id_once() {
    story_with(listening(), async |bot| {
        bot.command(ANA, GTM_PLAN, "set price $49/mo").await;
        bot.command(ANA, GTM_PLAN, "digest mondays 9am UTC").await;
        bot.command(BEN, GTM_PLAN, "digest quiet always").await;
        bot.command(ANA, GTM_PLAN, "mode follow").await;
        let policy = ("policy.md", &b"# Discounts\n\nMara approves them.\n"[..]);
        bot.share(ANA, GTM_PLAN, "learn", policy).await;
        let cards = bot.mention(BEN, GTM_PLAN, "our sales cycle is 45 days");
        let card = cards.await.pop().expect("a card");
        moves(bot, GTM_PLAN, SALES, "Ev0MOVE").await;
        // Told again by the same event, and by another one about the same.
        moves(bot, GTM_PLAN, SALES, "Ev0MOVE").await;
        moves(bot, GTM_PLAN, SALES, "Ev1MOVE").await;
        bot.restart().await;

        holds(&said(&bot.command(ANA, SALES, "plan").await), "$49");
        let status = said(&bot.command(ANA, SALES, "digest status").await);
        for words in [
            "every Monday at 09:00",
            "it comes all the same",
            "Ana Reyes",
        ] {
            holds(&status, words);
        }
        holds(&said(&bot.command(ANA, SALES, "mode").await), "follow");
        let documents = said(&bot.command(ANA, SALES, "documents").await);
        holds(&documents, "policy");
        let told = bot.mention(BEN, SALES, "ask who approves discounts?").await;
        holds(&said(told.last().expect("an answer")), "Mara");
        // What waited for somebody's word still does.
        bot.click(ANA, GTM_PLAN, &card, "Apply").await;
        holds(&said(&bot.command(ANA, SALES, "plan").await), "45 days");

        bot.clock.move_by(7 * DAY);
        bot.work().await;
        let week = "Question of the week";
        assert_eq!(posts_with(bot, SALES, week), 1);
        assert_eq!(posts_with(bot, GTM_PLAN, week), 0);
    });
}

#[test]
fn what_is_on_its_way_goes_to_the_new_id_and_what_is_said_under_the_old_one_is_heard_there() {
    story_with(listening(), async |bot| {
        bot.command(ANA, GTM_PLAN, "set price $49/mo").await;
        bot.say(BEN, GTM_PLAN, None, "@gtm set motion field").await;
        moves(bot, GTM_PLAN, SALES, "Ev0MOVE").await;
        let before = bot.slack.messages(GTM_PLAN).len();
        bot.expect_a_bad_day();
        bot.expect_dead_letters(1);
        // Its thread is of the other channel here, in which Slack knows it by the new id.
        bot.work().await;
        assert_eq!(bot.slack.messages(GTM_PLAN).len(), before);
        let plan = said(&bot.command(ANA, SALES, "plan").await);
        holds(&plan, "$49");
        holds(&plan, "field");
        // It goes by the old id again.
        moves(bot, SALES, GTM_PLAN, "Ev2MOVE").await;
        bot.command(ANA, SALES, "set sales cycle 14 days").await;
        holds(&said(&bot.command(ANA, GTM_PLAN, "plan").await), "14 days");
    });
}

/// The first post under the old id is refused before the news comes.
#[test]
fn a_digest_that_rested_since_its_channel_seemed_gone_goes_on_under_the_new_id() {
    story_with(listening(), async |bot| {
        bot.expect_a_bad_day();
        bot.expect_dead_letters(1);
        bot.command(ANA, GTM_PLAN, "set price $49/mo").await;
        bot.command(ANA, GTM_PLAN, "digest mondays 9am UTC").await;
        bot.command(ANA, GTM_PLAN, "digest quiet always").await;
        let gone = Fault::Error("channel_not_found".to_owned());
        bot.slack.faults().inject("chat.postMessage", &gone, 1);
        bot.clock.move_by(7 * DAY);
        bot.work().await;
        let status = said(&bot.command(ANA, GTM_PLAN, "digest status").await);
        holds(&status, "The digest rests");
        moves(bot, GTM_PLAN, SALES, "Ev0MOVE").await;
        bot.clock.move_by(7 * DAY);
        bot.work().await;
        assert_eq!(posts_with(bot, SALES, "Question of the week"), 1);
    });
}

/// The program dies when all is on disk and nothing was acknowledged; the news comes again.
#[test]
fn a_channel_is_followed_once_over_a_kill() {
    outside_for(WITHIN, async || {
        let desk = Desk::open().await;
        let point = POINTS[0];
        let program = desk.start(Some(point.name())).await;
        for words in ["set price $49/mo", "digest mondays 9am", "mode mute"] {
            let typed = desk.slack.send_command(ANA, GTM_PLAN, words).await;
            assert!(typed.expect("Ana may speak there").delivery.is_taken());
        }
        let ts = format!("{}.000100", jiff::Timestamp::now().as_second());
        let moved = news(GTM_PLAN, SALES, &ts, "Ev0MOVE");
        let deliver = async || {
            let request = signed(&desk.slack, "/slack/events", moved.to_string());
            let (path, headers, body) = (request.path, request.headers, request.body);
            desk.slack.deliver(&path, headers, body).await
        };
        let _ = deliver().await;
        let died = program.ended().await;
        assert_eq!(died.signal(), Some(9), "{point}: {}", died.output);

        let program = desk.start(None).await;
        let again = deliver().await;
        assert!(again.is_taken(), "{again:?}");
        let store = desk.left_by(program).await;
        let team = Installation::new(TEAM);
        let (old, new) = (Channel::new(GTM_PLAN), Channel::new(SALES));
        let plans = (
            store.current_plan(&team, &old).await.expect("it is read"),
            store.current_plan(&team, &new).await.expect("it is read"),
        );
        assert!(plans.0.is_none() && plans.1.is_some(), "{plans:?}");
        let standings = (
            store.digest(&team, &old).await.expect("it is read"),
            store.digest(&team, &new).await.expect("it is read"),
        );
        assert!(standings.0.is_none(), "{}", point.outcome());
        assert!(standings.1.expect("it has moved").next.is_some());
        let attention = store.attention(&team, &new).await.expect("it is read");
        assert!(attention.is_some_and(|it| it.set.is_some()));
        desk.slack.close();
    });
}
