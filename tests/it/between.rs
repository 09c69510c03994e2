//! A digest on its way, cut at each step and begun anew, while something else happens: each period has
//! one digest, or says why not.

use gtm_advisor::playground::{Fault, Subscription, seed};
use serde_json::json;

use crate::harness::{ANA, BEN, GTM_PLAN, Setup, TEAM, TestBot, said, signed, story, story_with};

const POST: &str = "chat.postMessage";
const HOUR: i64 = 60 * 60;
const WEEK: i64 = 7 * 24 * HOUR;

/// How far a digest has come when the program ends.
#[derive(Debug, Clone, Copy)]
enum Step {
    /// It is due, and nobody has seen that.
    Due,
    /// Its period is claimed, and it waits in the outbox.
    Claimed,
    /// It is on disk that it is being sent, and it was not.
    Begun,
    /// It was sent, and that is not on disk.
    Called,
    /// It was sent, and that is on disk.
    Sent,
}

const STEPS: [Step; 5] = [
    Step::Due,
    Step::Claimed,
    Step::Begun,
    Step::Called,
    Step::Sent,
];

/// A plan with news, and a digest that is as far as that; the program has ended and begun anew.
async fn cut_at(bot: &mut TestBot, step: Step) {
    bot.expect_a_bad_day();
    for words in [
        "set acv $12k",
        "set deals 40",
        "digest mondays 9am UTC",
        // Nothing that moves on the map: no picture comes with it.
        "set win rate 20%",
    ] {
        bot.command(ANA, GTM_PLAN, words).await;
    }
    let fault = match step {
        Step::Due => {
            bot.stop().await;
            bot.clock.move_by(WEEK);
            bot.start().await;
            return;
        }
        Step::Claimed => Some(Fault::RateLimited { retry_after: 60 }),
        Step::Begun => Some(Fault::CloseBefore),
        Step::Called => Some(Fault::CloseAfter),
        Step::Sent => None,
    };
    if let Some(fault) = fault {
        bot.slack.faults().inject(POST, &fault, 1);
    }
    bot.clock.move_by(WEEK);
    bot.work().await;
    bot.restart().await;
}

/// A day goes by, with all that comes due in it.
async fn a_day(bot: &TestBot) {
    for _ in 0..24 {
        bot.work().await;
        bot.clock.move_by(HOUR);
    }
    bot.work().await;
}

fn digests(bot: &TestBot) -> usize {
    let posts = bot.slack.messages(GTM_PLAN);
    let is_one = |words: String| words.contains("Question of the week");
    posts
        .iter()
        .filter(|it| it.user == seed::BOT_USER && is_one(said(it)))
        .count()
}

/// What `happens` at each step leads to: how many digests there are, how many dead letters, and what
/// `digest status` says.
fn check(happens: &impl AsyncFn(&TestBot), expected: [(usize, usize, &str); 5]) {
    for (step, (posts, dead, told)) in STEPS.into_iter().zip(expected) {
        story(async |bot| {
            cut_at(bot, step).await;
            bot.expect_dead_letters(dead);
            happens(bot).await;
            a_day(bot).await;
            assert_eq!(digests(bot), posts, "{step:?}");
            let status = said(&bot.command(ANA, GTM_PLAN, "digest status").await);
            assert!(status.contains(told), "{step:?}: {status}");
        });
    }
}

const POSTED: (usize, usize, &str) = (1, 0, "09:00 UTC, posted");

#[test]
fn whatever_step_it_was_cut_at_it_is_there_once() {
    check(&async |_| {}, [POSTED; 5]);
}

#[test]
fn the_plan_changes_meanwhile() {
    let happens = async |bot: &TestBot| {
        bot.command(BEN, GTM_PLAN, "set trial free trial").await;
    };
    check(&happens, [POSTED; 5]);
}

#[test]
fn its_time_is_changed_meanwhile() {
    let happens = async |bot: &TestBot| {
        bot.command(BEN, GTM_PLAN, "digest mondays 9:30 UTC").await;
    };
    let later = (1, 0, "09:30 UTC, posted");
    let quiet = (1, 0, "09:30 UTC, not posted: nothing had changed");
    check(&happens, [later, quiet, quiet, quiet, quiet]);
}

#[test]
fn its_zone_is_changed_meanwhile() {
    let happens = async |bot: &TestBot| {
        bot.command(BEN, GTM_PLAN, "digest mondays 9am New York")
            .await;
    };
    let later = (1, 0, "13:00 UTC, posted");
    let quiet = (1, 0, "13:00 UTC, not posted: nothing had changed");
    check(&happens, [later, quiet, quiet, quiet, quiet]);
}

#[test]
fn it_is_switched_off_meanwhile() {
    let happens = async |bot: &TestBot| {
        bot.command(BEN, GTM_PLAN, "digest off").await;
    };
    let withdrawn = (0, 0, "not posted: it was switched off or muted");
    check(
        &happens,
        [(0, 0, "none yet"), withdrawn, withdrawn, POSTED, POSTED],
    );
}

#[test]
fn its_channel_is_muted_meanwhile() {
    let happens = async |bot: &TestBot| {
        bot.command(BEN, GTM_PLAN, "mode mute").await;
    };
    let withdrawn = (0, 0, "not posted: it was switched off or muted");
    let muted = (0, 0, "not posted: I was muted here");
    check(&happens, [muted, withdrawn, withdrawn, POSTED, POSTED]);
}

#[test]
fn its_channel_is_archived_meanwhile() {
    let happens = async |bot: &TestBot| {
        let archived = Fault::Error("is_archived".to_owned());
        bot.slack.faults().inject(POST, &archived, 1);
    };
    let rests = (0, 1, "The digest rests: I could not post here");
    check(&happens, [rests, rests, rests, POSTED, POSTED]);
}

#[test]
fn the_clock_jumps_ahead_meanwhile() {
    let happens = async |bot: &TestBot| bot.clock.move_by(48 * HOUR);
    let missed = (0, 0, "not posted: I was away for more than 12 hours");
    let late = (0, 1, "not posted: Slack did not take it within 12 hours");
    check(&happens, [missed, late, late, POSTED, POSTED]);
}

#[test]
fn the_clock_goes_back_meanwhile() {
    let happens = async |bot: &TestBot| bot.clock.move_by(-HOUR);
    check(&happens, [POSTED; 5]);
}

#[test]
fn the_clock_runs_ahead_for_a_while_and_is_set_right() {
    let hours_ahead = [2, 13, 400 * 24];
    for hours in hours_ahead {
        let happens = async |bot: &TestBot| {
            bot.clock.move_by(hours * HOUR);
            bot.work().await;
            bot.clock.move_by(-hours * HOUR);
        };
        // What was on its way and seemed too late is given up, and says so; the rest is posted.
        let late = (0, 1, "not posted: Slack did not take it within 12 hours");
        match hours {
            2 => check(&happens, [POSTED; 5]),
            _ => check(&happens, [POSTED, late, late, POSTED, POSTED]),
        }
    }
}

/// A clock that shows a year to come for a day, in which a digest of that time is posted, costs no
/// digest of this year.
#[test]
fn after_a_clock_that_ran_ahead_each_week_has_its_digest() {
    for (step, expected) in STEPS.into_iter().zip([4, 3, 3, 4, 4]) {
        story(async |bot| {
            cut_at(bot, step).await;
            let dead = matches!(step, Step::Claimed | Step::Begun);
            bot.expect_dead_letters(usize::from(dead));
            bot.command(BEN, GTM_PLAN, "digest quiet always").await;
            let ahead = 405 * 24 * HOUR;
            bot.clock.move_by(ahead);
            a_day(bot).await;
            bot.clock.move_by(-ahead - 24 * HOUR);
            for _ in 0..15 {
                a_day(bot).await;
            }
            // This week's where it is still to be had, that of the year to come, and two more weeks'.
            assert_eq!(digests(bot), expected, "{step:?}");
        });
    }
}

/// What waits for its next try by a clock ahead, and all that stands behind it, goes out when the clock
/// is set right.
#[test]
fn an_answer_that_was_put_off_by_a_clock_ahead_blocks_nobody() {
    story(async |bot| {
        bot.expect_a_bad_day();
        bot.command(ANA, GTM_PLAN, "set price $49/mo").await;
        let ahead = 400 * 24 * HOUR;
        bot.clock.move_by(ahead);
        bot.slack.faults().inject(POST, &Fault::CloseBefore, 1);
        bot.mention(ANA, GTM_PLAN, "check").await;
        bot.clock.move_by(-ahead);
        let before = bot.slack.messages(GTM_PLAN).len();
        bot.work().await;
        assert_eq!(bot.slack.messages(GTM_PLAN).len(), before + 1);
    });
}

/// A note told by a clock ahead does not hold back those of the year that it was set right to.
#[test]
fn a_note_that_a_clock_ahead_has_put_off_comes() {
    let listening = Setup {
        subscriptions: vec![
            Subscription::AppMention,
            Subscription::DirectMessages,
            Subscription::ChannelMessages,
        ],
        ..Setup::default()
    };
    story_with(listening, async |bot| {
        bot.command(ANA, GTM_PLAN, "set price $49/mo").await;
        bot.command(ANA, GTM_PLAN, "mode follow").await;
        let ahead = 400 * 24 * HOUR;
        let notes = || bot.calls(POST);
        let hears = async |words: &str| {
            bot.say(BEN, GTM_PLAN, None, words).await;
            bot.work().await;
        };
        bot.clock.move_by(ahead);
        hears("we charge $99 a month from now on").await;
        bot.clock.move_by(HOUR);
        bot.work().await;
        assert_eq!(notes(), 1);
        // Heard while it is ahead, and not told yet.
        hears("we charge $79 a month from now on").await;
        bot.clock.move_by(-ahead);
        bot.work().await;
        bot.clock.move_by(HOUR);
        bot.work().await;
        assert_eq!(notes(), 2);
        hears("our price is $89 a month").await;
        bot.clock.move_by(2 * HOUR);
        bot.work().await;
        assert_eq!(notes(), 3);
    });
}

#[test]
fn the_workspace_removes_the_app_meanwhile() {
    let happens = async |bot: &TestBot| {
        // When the token was seen to work is told by the real clock, and it went after that.
        let news = json!({
            "type": "event_callback", "team_id": TEAM, "api_app_id": seed::APP, "event_id": "Ev0GONE",
            "event_time": jiff::Timestamp::now().as_second(), "event": {"type": "app_uninstalled", "event_ts": "1.1"},
        });
        let request = signed(&bot.slack, "/slack/events", news.to_string());
        assert_eq!(bot.deliver(&request).await.status(), Some(200));
    };
    let anew = |posts| (posts, 0, "nobody has switched it on");
    check(&happens, [anew(0), anew(0), anew(0), anew(1), anew(1)]);
}

#[test]
fn what_was_not_posted_is_news_the_next_time() {
    story(async |bot| {
        cut_at(bot, Step::Claimed).await;
        bot.command(BEN, GTM_PLAN, "digest off").await;
        a_day(bot).await;
        bot.command(BEN, GTM_PLAN, "digest on").await;
        bot.clock.move_by(WEEK - 24 * HOUR);
        bot.work().await;
        let posts = bot.slack.messages(GTM_PLAN);
        let told = said(posts.last().expect("a digest"));
        assert!(told.contains("Win rate: 20% · Ana Reyes"), "{told}");
    });
}

#[test]
fn the_picture_of_a_digest_that_was_taken_back_goes_quietly_too() {
    story(async |bot| {
        bot.expect_a_bad_day();
        for words in ["set acv $12k", "set deals 40", "digest mondays 9am UTC"] {
            bot.command(ANA, GTM_PLAN, words).await;
        }
        bot.command(ANA, GTM_PLAN, "set acv $48k").await;
        let busy = Fault::RateLimited { retry_after: 60 };
        bot.slack.faults().inject(POST, &busy, 1);
        bot.clock.move_by(WEEK);
        bot.work().await;
        bot.command(ANA, GTM_PLAN, "digest off").await;
        a_day(bot).await;
        assert_eq!(digests(bot), 0);
        assert_eq!(bot.calls("files.getUploadURLExternal"), 0);
    });
}
