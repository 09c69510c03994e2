//! Modes of a channel, as conversations.

use super::super::testing::{Talk, click, command, mention, text};
use super::super::{Audience, Hearing};
use crate::intent::Mode;

#[test]
fn each_mode_says_what_it_means_and_what_following_needs() {
    let mut talk = Talk::new();
    let usual = talk.says("mode");
    let follow = talk.says("mode follow");
    let again = talk.says("mode follow");
    let mute = talk.says("mode mute");
    let back = talk.says("mode mention");
    insta::assert_snapshot!([usual, follow, again, mute, back].join("\n\n---\n\n"));
}

#[test]
fn who_is_read_along_with_is_told_so_and_muting_is_private() {
    let mut talk = Talk::new();
    let mut check = |words: &str, expected| {
        let turn = talk.turn(command(words));
        assert_eq!(turn.reply.audience, expected, "{words}: {}", text(&turn));
    };
    check("mode mute", Audience::Asker);
    check("mode follow", Audience::Everyone);
    check("mode mute", Audience::Everyone);
    check("mode mention", Audience::Asker);
}

#[test]
fn what_following_lacks_is_said_plainly() {
    let mut talk = Talk::new();
    let private = || Some("groups:history".to_owned());
    talk.hearing = Hearing::Lacks {
        public: Some("channels:history".to_owned()),
        private: private(),
    };
    let refused = talk.says("mode follow");
    assert_eq!(talk.attention.mode, Mode::Mention, "{refused}");
    talk.hearing = Hearing::Lacks {
        public: None,
        private: private(),
    };
    let half = talk.says("mode follow");
    assert_eq!(talk.attention.mode, Mode::Follow, "{half}");
    talk.hearing = Hearing::Unknown;
    let unknown = talk.says("mode");
    insta::assert_snapshot!([refused, half, unknown].join("\n\n---\n\n"));
}

#[test]
fn a_muted_channel_answers_whoever_asks_and_nobody_else() {
    let mut talk = Talk::after(&["set price $49/mo"]);
    talk.says("mode mute");
    for words in ["set price $59/mo", "undo", "digest now", "history"] {
        let turn = talk.turn(command(words));
        assert_eq!(turn.reply.audience, Audience::Asker, "{words}");
    }
    let turn = talk.turn(click("set price $69/mo"));
    assert_eq!(turn.reply.audience, Audience::Asker);
    assert_eq!(turn.changes.len(), 1, "buttons still work");
    let shared = talk.says("share plan");
    let mentioned = talk.turn(mention("set price $9/mo"));
    assert!(mentioned.changes.is_empty());
    insta::assert_snapshot!([shared, text(&mentioned)].join("\n\n---\n\n"));
}

#[test]
fn a_muted_channel_has_no_digest_and_says_so() {
    let mut talk = Talk::after(&["set price $49/mo"]);
    talk.says("digest mondays 9am Berlin");
    talk.says("mode mute");
    let turns = talk.pass("2026-03-10T00:00:00Z");
    assert_eq!(turns.len(), 1);
    assert_eq!(turns[0].reply.audience, Audience::Nobody);
    let status = talk.says("digest status");
    assert!(status.contains("I was muted here"), "{status}");
}

#[test]
fn a_mode_that_is_none_says_which_there_are() {
    let mut talk = Talk::new();
    let told = talk.says("mode loud");
    assert!(told.contains("mention") && told.contains("mute"), "{told}");
    assert_eq!(talk.attention.mode, Mode::Mention);
}
