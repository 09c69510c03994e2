//! Modes of a channel, as conversations.

use super::super::testing::{Talk, click, command, mention, text};
use super::super::{Audience, Hearing, Said, Turn};
use crate::ident::MessageTs;
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

/// What somebody says in the channel, not to the bot.
fn hears(talk: &mut Talk, words: &str, ts: &str) -> Turn {
    talk.turn(Said::Overheard {
        words: words.to_owned(),
        ts: MessageTs::new(ts),
    })
}

fn following(commands: &[&str]) -> Talk {
    let mut talk = Talk::after(commands);
    talk.says("mode follow");
    talk
}

/// Time passes, and what comes due is said.
fn told(talk: &mut Talk, minutes: i64) -> Vec<Turn> {
    talk.now += jiff::SignedDuration::from_mins(minutes);
    let mut turns = Vec::new();
    while let Some(at) = talk.attention.due().filter(|at| *at <= talk.now) {
        turns.push(talk.turn(Said::FollowUp { at }));
    }
    turns.retain(|turn| turn.reply.audience != Audience::Nobody);
    turns
}

#[test]
fn a_statement_against_the_plan_gets_one_note_with_both_sides() {
    let mut talk = following(&["set price $49/mo", "set motion plg"]);
    let turn = hears(&mut talk, "ok, we charge $99 a month from now on", "7.1");
    assert_eq!(turn.reply.audience, Audience::Nobody);
    assert!(
        told(&mut talk, 9).is_empty(),
        "people may correct themselves"
    );
    let notes = told(&mut talk, 1);
    assert_eq!(notes.len(), 1);
    insta::assert_snapshot!(text(&notes[0]));
    assert!(told(&mut talk, 600).is_empty(), "it is said once");
}

#[test]
fn several_statements_share_one_note() {
    let mut talk = following(&["set price $49/mo", "set motion plg", "set cycle 6 weeks"]);
    hears(&mut talk, "we charge $99 a month from now on", "7.1");
    talk.now += jiff::SignedDuration::from_mins(3);
    hears(&mut talk, "our sales motion is field sales", "7.2");
    hears(&mut talk, "the sales cycle is 90 days", "7.3");
    let notes = told(&mut talk, 7);
    assert_eq!(notes.len(), 1);
    insta::assert_snapshot!(text(&notes[0]));
}

#[test]
fn a_statement_that_contradicts_the_plan_through_a_rule_is_told_with_the_rule() {
    let mut talk = following(&["set price $49/mo"]);
    hears(&mut talk, "what if we went with field sales?", "7.0");
    assert_eq!(talk.attention.due(), None);
    hears(&mut talk, "ok, our sales motion is field sales", "7.1");
    let notes = told(&mut talk, 10);
    assert_eq!(notes.len(), 1);
    insta::assert_snapshot!(text(&notes[0]));
    // It is said once, and not at all where nobody wants to hear of it.
    hears(&mut talk, "our sales motion is field sales", "7.2");
    assert!(told(&mut talk, 100).is_empty());
    let mut hushed = following(&["set price $49/mo"]);
    hushed.says("hush motion");
    hears(&mut hushed, "our sales motion is field sales", "7.1");
    assert!(told(&mut hushed, 100).is_empty());
}

#[test]
fn what_only_leaves_something_open_is_no_contradiction() {
    let mut talk = following(&["set price $49/mo"]);
    // Self-serve without a trial is worth a warning in the check, and no note.
    hears(&mut talk, "our sales motion is self-serve", "7.1");
    assert_eq!(talk.attention.due(), None);
    // The price that it would contradict is not in the plan any more when the note comes due.
    hears(&mut talk, "our sales motion is field sales", "7.2");
    talk.says("unset price");
    assert!(told(&mut talk, 100).is_empty());
}

#[test]
fn chatter_questions_and_what_fits_never_get_a_note() {
    let mut talk = following(&[
        "set price $49/mo",
        "set motion plg",
        "set channels seo, content",
    ]);
    for (n, words) in [
        "lunch at 12?",
        "what if we charged $99 a month?",
        "should we charge $99 a month?",
        "we should not charge $99 a month",
        "competitor X charges $99 a month",
        "last year we charged $99 a month",
        "if churn stays low we could charge $99 a month",
        "ticket 4711 costs 99 dollars lol",
        "we charge $49 a month",
        "we charge $588 a year",
        "we do webinars",
        "our churn is 3% a month",
    ]
    .iter()
    .enumerate()
    {
        let turn = hears(&mut talk, words, &format!("7.{n}"));
        assert_eq!(turn.attention, None, "{words}: kept");
        assert!(turn.changes.is_empty(), "{words}");
    }
    assert!(told(&mut talk, 100).is_empty());
}

#[test]
fn who_corrects_themselves_in_time_is_not_told() {
    let mut talk = following(&["set price $49/mo"]);
    hears(&mut talk, "we charge $99 a month", "7.1");
    hears(&mut talk, "sorry, we charge $49 a month", "7.2");
    assert!(told(&mut talk, 100).is_empty());
    hears(&mut talk, "we charge $99 a month", "7.3");
    talk.says("set price $99/mo");
    assert!(told(&mut talk, 100).is_empty(), "the plan says so by now");
}

#[test]
fn the_same_contradiction_is_not_said_again_and_another_not_within_the_hour() {
    let mut talk = following(&["set price $49/mo"]);
    hears(&mut talk, "we charge $99 a month", "7.1");
    assert_eq!(told(&mut talk, 10).len(), 1);
    hears(&mut talk, "we charge $99 a month", "7.2");
    assert!(told(&mut talk, 20).is_empty());
    hears(&mut talk, "we charge $79 a month", "7.3");
    assert!(told(&mut talk, 20).is_empty());
    assert_eq!(told(&mut talk, 60).len(), 1);
}

#[test]
fn what_is_hushed_is_not_brought_up_until_the_plan_changes() {
    let mut talk = following(&["set price $49/mo"]);
    hears(&mut talk, "we charge $99 a month", "7.1");
    let hushed = talk.says("hush price");
    assert!(told(&mut talk, 100).is_empty());
    hears(&mut talk, "we charge $89 a month", "7.2");
    assert!(told(&mut talk, 100).is_empty());
    let status = talk.says("mode");
    let back = talk.says("unhush price");
    let none = talk.says("unhush price");
    hears(&mut talk, "we charge $79 a month", "7.3");
    assert_eq!(told(&mut talk, 100).len(), 1);
    talk.says("hush price");
    talk.says("set price $59/mo");
    hears(&mut talk, "we charge $69 a month", "7.4");
    assert_eq!(
        told(&mut talk, 100).len(),
        1,
        "the plan says something else"
    );
    insta::assert_snapshot!([hushed, status, back, none].join("\n\n---\n\n"));
}

#[test]
fn a_channel_that_is_not_followed_any_more_is_told_nothing() {
    for mode in ["mention", "mute"] {
        let mut talk = following(&["set price $49/mo"]);
        hears(&mut talk, "we charge $99 a month", "7.1");
        talk.says(&format!("mode {mode}"));
        assert_eq!(talk.attention.due(), None);
        hears(&mut talk, "we charge $99 a month", "7.2");
        assert!(told(&mut talk, 100).is_empty());
    }
}

fn edits(talk: &mut Talk, words: &str, ts: &str, addressed: bool) -> Turn {
    talk.turn(Said::Edited {
        words: words.to_owned(),
        ts: MessageTs::new(ts),
        addressed,
    })
}

fn deletes(talk: &mut Talk, ts: &str) -> Turn {
    talk.turn(Said::Deleted {
        ts: MessageTs::new(ts),
    })
}

/// A plan whose price was set by a message.
fn priced() -> Talk {
    let mut talk = Talk::after(&["set motion field"]);
    talk.turn(mention("set price $49/mo"));
    talk
}

#[test]
fn an_edited_command_runs_nothing_and_is_proposed() {
    let mut talk = priced();
    let card = edits(&mut talk, "set price $59/mo", "1.0", true);
    assert!(card.changes.is_empty());
    let (plan, history, check) = (talk.says("plan"), talk.says("history"), talk.says("check"));
    let applied = talk.turn(click("accept 000000000001.0 1"));
    let after = talk.says("plan");
    assert!(
        after.contains("$59") && !after.contains("source changed"),
        "{after}"
    );
    insta::assert_snapshot!(
        [text(&card), plan, history, check, text(&applied)].join("\n\n---\n\n")
    );
}

#[test]
fn a_deleted_message_leaves_the_value_and_takes_its_words() {
    let mut talk = Talk::new();
    let card = talk.turn(mention("we charge $49 a month"));
    assert!(!card.proposals.is_empty(), "{}", text(&card));
    talk.turn(click("accept 000000000001.0 1"));
    assert!(talk.sources[0].gave[0].quote.is_some());
    let turn = deletes(&mut talk, "1.0");
    assert_eq!(turn.reply.audience, Audience::Nobody);
    assert_eq!(talk.sources[0].gave[0].quote, None);
    let quotes = talk.proposals.iter().flat_map(|it| &it.values);
    let quotes: String = quotes.map(|it| it.heard.quote.as_str()).collect();
    assert_eq!(quotes, "");
    insta::assert_snapshot!([talk.says("plan"), talk.says("history")].join("\n\n---\n\n"));
}

#[test]
fn an_edit_that_says_the_same_marks_nothing() {
    let mut talk = priced();
    let turn = edits(&mut talk, "set price 49 bucks a month", "1.0", true);
    assert_eq!(turn.reply.audience, Audience::Nobody, "{}", text(&turn));
    assert!(!talk.says("plan").contains("source changed"));
}

#[test]
fn an_edit_that_says_nothing_of_it_any_more_marks_and_proposes_nothing() {
    let mut talk = priced();
    let turn = edits(&mut talk, "never mind", "1.0", true);
    assert_eq!(turn.reply.audience, Audience::Nobody, "{}", text(&turn));
    assert!(talk.says("plan").contains("source changed"));
    talk.says("set price $79/mo");
    assert!(
        !talk.says("plan").contains("source changed"),
        "it has another source"
    );
}

#[test]
fn a_muted_channel_is_marked_and_told_nothing() {
    let mut talk = priced();
    talk.says("mode mute");
    let turn = edits(&mut talk, "set price $59/mo", "1.0", true);
    assert_eq!(turn.reply.audience, Audience::Nobody, "{}", text(&turn));
    assert!(talk.says("plan").contains("source changed"));
}

#[test]
fn what_waits_follows_the_message_that_it_was_read_from() {
    let mut talk = following(&["set price $49/mo"]);
    hears(&mut talk, "we charge $99 a month", "7.1");
    edits(&mut talk, "we charge $89 a month", "7.1", false);
    let notes = told(&mut talk, 100);
    assert!(text(&notes[0]).contains("$89"), "{}", text(&notes[0]));
    hears(&mut talk, "we charge $79 a month", "7.2");
    deletes(&mut talk, "7.2");
    assert!(told(&mut talk, 100).is_empty());
}

#[test]
fn a_statement_that_is_taken_back_is_no_longer_offered() {
    let mut talk = Talk::new();
    talk.turn(mention("we charge $49 a month"));
    deletes(&mut talk, "1.0");
    let refused = talk.turn(click("accept 000000000001.0 1"));
    assert!(refused.changes.is_empty(), "{}", text(&refused));
}

#[test]
fn what_is_stated_in_a_thread_that_it_was_called_into_is_proposed_when_it_goes_quiet() {
    let mut talk = following(&["set motion plg"]);
    talk.thread = Some(MessageTs::new("5.0"));
    talk.turn(mention("check"));
    hears(&mut talk, "we charge $99 a month", "7.1");
    talk.now += jiff::SignedDuration::from_mins(10);
    hears(&mut talk, "no wait, we charge $89 a month", "7.2");
    hears(&mut talk, "the sales cycle is 30 days", "7.3");
    assert!(told(&mut talk, 14).is_empty());
    let cards = told(&mut talk, 1);
    assert_eq!(cards.len(), 1);
    insta::assert_snapshot!(text(&cards[0]));
    assert!(told(&mut talk, 600).is_empty(), "it is proposed once");
}

#[test]
fn a_thread_that_it_was_not_called_into_is_left_alone() {
    let mut talk = following(&["set motion plg"]);
    talk.thread = Some(MessageTs::new("5.0"));
    let turn = hears(&mut talk, "we charge $99 a month", "7.1");
    assert_eq!(turn.attention, None);
}

/// A thread read again, in which somebody says that.
fn again(said: &[(&str, &str)]) -> super::super::Reread {
    let messages = said.iter().map(|(ts, words)| super::super::ThreadMessage {
        ts: MessageTs::new(*ts),
        by: Some(crate::ident::Person::new("U1")),
        at: "2026-03-02T10:00:00Z".parse().expect("an instant"),
        words: (*words).to_owned(),
        to_bot: false,
    });
    super::super::Reread {
        root: MessageTs::new("1.0"),
        transcript: super::super::Transcript {
            messages: messages.collect(),
            total: None,
            stopped: None,
        },
    }
}

/// A talk whose finding leans on what a message said two days ago.
fn leaning() -> Talk {
    let mut talk = Talk::new();
    talk.turn(mention(
        "we charge $49/mo and our sales motion is field sales",
    ));
    talk.turn(click("accept 000000000001.0"));
    talk.now += jiff::SignedDuration::from_hours(48);
    talk
}

#[test]
fn without_events_a_source_is_read_again_when_it_is_evidence_or_its_age_is_said() {
    let mut talk = leaning();
    let old = talk.says("check");
    assert!(old.contains("was not re-read since 2026-03-02"), "{old}");
    // The words stand: nothing is said of them.
    talk.reread = Some(again(&[(
        "1.0",
        "ok so we charge $49/mo and our sales motion is field sales, folks",
    )]));
    let fresh = talk.says("check");
    assert!(
        !fresh.contains("re-read") && !fresh.contains("source changed"),
        "{fresh}"
    );
    // They say something else, or are gone.
    talk.now += jiff::SignedDuration::from_hours(48);
    talk.reread = Some(again(&[("1.0", "we charge $59/mo")]));
    let edited = talk.says("check");
    assert!(edited.contains("was edited"), "{edited}");
    let mut talk = leaning();
    talk.reread = Some(again(&[("2.0", "what did I say there?")]));
    let gone = talk.says("check");
    assert!(gone.contains("its message was deleted"), "{gone}");
    assert!(
        talk.sources
            .iter()
            .flat_map(|it| &it.gave)
            .all(|it| it.quote.is_none())
    );
}

#[test]
fn what_could_not_be_read_again_stays_as_it_was_known() {
    let mut talk = leaning();
    let mut read = again(&[]);
    read.transcript.stopped = Some(super::super::Unread::Throttled(
        jiff::SignedDuration::from_secs(42),
    ));
    talk.reread = Some(read);
    let told = talk.says("check");
    assert!(told.contains("was not re-read since 2026-03-02"), "{told}");
    // Where events tell of edits nothing has to be read again.
    talk.reread = None;
    talk.says("mode follow");
    assert!(!talk.says("check").contains("re-read"));
}
