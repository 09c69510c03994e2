//! The map in a digest's thread: shown when it moved, missing at worst, never there twice.

use std::time::Duration;

use gtm_advisor::advisor::{Commit, DedupKey, DigestWrite, Store};
use gtm_advisor::failpoint::FailPoint;
use gtm_advisor::ident::{Channel, Installation};
use gtm_advisor::playground::{Fault, Message, Playground, seed};

use crate::crash::Desk;
use crate::harness::{ANA, GTM_PLAN, TEAM, TestBot, outside_for, said, story};

const ADDRESS: &str = "files.getUploadURLExternal";
const SHOW: &str = "files.completeUploadExternal";
const WEEK: i64 = 7 * 24 * 60 * 60;

/// How long a program may take for what a case waits for.
const WITHIN: Duration = Duration::from_secs(45);

/// The points at which a picture's way can be cut; `crash.rs` has the others.
pub(crate) const POINTS: [FailPoint; 3] = [
    FailPoint::PictureBeforeUpload,
    FailPoint::PictureBeforeShow,
    FailPoint::PictureAfterShow,
];

/// What moves a segment on the map.
const MOVES: [&str; 3] = ["set acv $12k", "set deals 40", "set motion field"];

/// A plan on the map, a digest each Monday, and a deal value that makes it move.
async fn set_up(bot: &TestBot) {
    for words in MOVES {
        bot.command(ANA, GTM_PLAN, words).await;
    }
    bot.command(ANA, GTM_PLAN, "digest mondays 9am UTC").await;
    bot.command(ANA, GTM_PLAN, "set acv $48k").await;
}

async fn pass(bot: &TestBot, seconds: i64) {
    bot.clock.move_by(seconds);
    bot.work().await;
}

fn digests(slack: &Playground) -> Vec<Message> {
    let mut posts = slack.messages(GTM_PLAN);
    posts.retain(|it| it.user == seed::BOT_USER && said(it).contains("Question of the week"));
    posts
}

/// What stands below the digests.
fn below(slack: &Playground) -> Vec<Message> {
    let digests = digests(slack);
    let mut messages = slack.messages(GTM_PLAN);
    messages.retain(|it| digests.iter().any(|digest| it.answers(&digest.ts)));
    messages
}

fn pictures(slack: &Playground) -> usize {
    below(slack)
        .iter()
        .filter(|it| !it.files.is_empty())
        .count()
}

#[test]
fn the_map_is_shown_in_the_thread_when_it_moved_and_not_otherwise() {
    story(async |bot| {
        set_up(bot).await;
        pass(bot, WEEK).await;
        let shown = below(&bot.slack);
        assert_eq!(shown.len(), 1);
        let file = &shown[0].files[0];
        let ending = std::path::Path::new(&file.name).extension();
        assert_eq!(ending, Some("png".as_ref()), "{file:?}");
        assert!(file.alt.contains("48,000"), "read out: {}", file.alt);
        bot.command(ANA, GTM_PLAN, "set customers 20").await;
        pass(bot, WEEK).await;
        assert_eq!(digests(&bot.slack).len(), 2);
        assert_eq!(pictures(&bot.slack), 1, "nothing on the map is different");
    });
}

#[test]
fn without_the_permission_the_grid_stands_in() {
    story(async |bot| {
        set_up(bot).await;
        bot.expect_a_bad_day();
        let missing = Fault::Error("missing_scope".to_owned());
        bot.slack.faults().inject(ADDRESS, &missing, 1);
        pass(bot, WEEK).await;
        let shown = below(&bot.slack);
        assert_eq!(shown.len(), 1);
        assert!(shown[0].files.is_empty());
        assert!(said(&shown[0]).contains("ACV"), "{}", said(&shown[0]));
    });
}

#[test]
fn what_fails_before_it_is_seen_is_done_again() {
    let down = Fault::Error("service_unavailable".to_owned());
    for (step, fault) in [(ADDRESS, Fault::ServerError), (SHOW, down)] {
        story(async |bot| {
            set_up(bot).await;
            bot.expect_a_bad_day();
            bot.slack.faults().inject(step, &fault, 1);
            pass(bot, WEEK).await;
            pass(bot, 60).await;
            assert_eq!(pictures(&bot.slack), 1, "{step}");
        });
    }
}

#[test]
fn a_lost_answer_is_not_asked_for_twice() {
    for (fault, expected) in [(Fault::CloseAfter, 1), (Fault::CloseBefore, 0)] {
        story(async |bot| {
            set_up(bot).await;
            bot.expect_a_bad_day();
            bot.expect_dead_letters(1);
            bot.slack.faults().inject(SHOW, &fault, 1);
            pass(bot, WEEK).await;
            bot.restart().await;
            pass(bot, 600).await;
            assert_eq!(pictures(&bot.slack), expected);
            assert_eq!(bot.calls(SHOW), 1, "and never again");
            assert_eq!(digests(&bot.slack).len(), 1);
            let status = said(&bot.command(ANA, GTM_PLAN, "digest status").await);
            assert!(status.contains("posted"), "the digest itself is: {status}");
        });
    }
}

#[test]
fn without_its_digest_there_is_no_picture() {
    story(async |bot| {
        set_up(bot).await;
        bot.expect_a_bad_day();
        bot.expect_dead_letters(2);
        let gone = Fault::Error("is_archived".to_owned());
        bot.slack.faults().inject("chat.postMessage", &gone, 1);
        pass(bot, WEEK).await;
        assert_eq!(bot.calls(ADDRESS), 0);
        assert_eq!(pictures(&bot.slack), 0);
    });
}

/// A digest with a moved map that is due as soon as the program starts again.
async fn prepare(desk: &Desk) {
    let program = desk.start(None).await;
    let on = ["digest mondays 9am UTC", "set acv $48k"];
    for words in MOVES.into_iter().chain(on) {
        let told = desk.slack.send_command(ANA, GTM_PLAN, words).await;
        told.expect("Ana may speak there");
    }
    let store = desk.left_by(program).await;
    let (team, channel) = (Installation::new(TEAM), Channel::new(GTM_PLAN));
    let standing = store.digest(&team, &channel).await.expect("it can be read");
    let mut standing = standing.expect("it is on");
    let now = jiff::Timestamp::now();
    standing.next = Some(now);
    let commit = Commit {
        claims: vec![DedupKey("sooner".to_owned())],
        digest: Some(DigestWrite { channel, standing }),
        ..Commit::empty(team, now)
    };
    store.commit(commit).await.expect("it is sooner");
    store.close().await.expect("it closes");
}

/// Dies at a point on the picture's way, and comes back.
async fn die(point: FailPoint, expected: usize) {
    let desk = Desk::open().await;
    prepare(&desk).await;
    let died = desk.start(Some(&format!("{point}:1"))).await.ended().await;
    assert_eq!(died.signal(), Some(9), "{point}: {}", died.output);
    let mut program = desk.start(None).await;
    // Nobody can say whether it was shown, so it is left alone.
    program.until("an effect is given up").await;
    program.terminate();
    program.ended().await;
    assert_eq!(
        pictures(&desk.slack),
        expected,
        "{point}: {}",
        point.outcome()
    );
    assert_eq!(digests(&desk.slack).len(), 1, "{point}");
    desk.slack.close();
}

#[test]
fn a_program_that_dies_on_the_way_shows_it_once_or_not_at_all() {
    outside_for(WITHIN, async || {
        for point in POINTS {
            die(point, usize::from(point == FailPoint::PictureAfterShow)).await;
        }
    });
}
