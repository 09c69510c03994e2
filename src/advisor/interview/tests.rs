//! The interview as a conversation.

use jiff::SignedDuration;

use super::super::testing::{Talk, click, command, mention, text};
use super::super::{Audience, Role, Said, Turn};
use crate::ident::{MessageTs, Person};
use crate::intent::Mode;
use crate::plan::{Answer, Door};

/// A talk in which the interview was begun in a thread.
fn begun() -> (Talk, Turn) {
    begun_after(&["set sales motion field"])
}

fn begun_after(commands: &[&str]) -> (Talk, Turn) {
    let mut talk = Talk::after(commands);
    talk.thread = Some(MessageTs::new("1.0"));
    let turn = talk.turn(mention("start"));
    talk.now += SignedDuration::from_mins(1);
    (talk, turn)
}

/// What is asked.
fn asked(talk: &Talk) -> String {
    let interview = talk.attention.interview.as_ref().expect("an interview");
    let asked = interview.asked.as_ref();
    asked.map_or_else(|| "nothing".to_owned(), |it| it.about.field.clone())
}

fn answer(talk: &mut Talk, words: &str) -> String {
    let turn = talk.turn(mention(words));
    talk.now += SignedDuration::from_mins(1);
    text(&turn)
}

#[test]
fn one_question_at_a_time_until_the_verdict() {
    let (mut talk, turn) = begun_after(&[]);
    assert_eq!(turn.reply.audience, Audience::Everyone);
    let mut said = vec![text(&turn)];
    for words in ["we use field reps", "we charge $49/mo per seat", "skip"] {
        said.push(answer(&mut talk, words));
    }
    insta::assert_snapshot!(said.join("\n\n---\n\n"));
}

#[test]
fn the_verdict_names_the_thresholds_in_force() {
    let (mut talk, _) =
        begun_after(&["threshold field-acv-low.max_acv $90k because we sell in one city"]);
    answer(&mut talk, "we use field reps");
    let said = answer(&mut talk, "we charge $49/mo per seat");
    assert!(
        said.contains("Thresholds of your own: field-acv-low.max_acv $90,000 a year"),
        "{said}"
    );
}

#[test]
fn an_answer_is_the_change_of_whoever_gave_it() {
    let (mut talk, _) = begun();
    let field = asked(&talk);
    talk.turn(mention("$49/mo"));
    let change = talk.changes.last().expect("a change");
    assert_eq!(field, "pricing.price");
    assert_eq!((change.by.as_str(), change.door), ("U1", Door::Command));
    assert_eq!(change.link.ts, Some(MessageTs::new("1.0")));
    talk.turn(command("undo"));
    let plan = talk.plan.as_ref().expect("a plan");
    assert_eq!(plan.answered(), 1);
    // What was taken back is asked again, in its turn.
    assert!(answer(&mut talk, "start").contains("list or entry price"));
}

#[test]
fn an_answer_that_is_taken_back_is_asked_for_again() {
    let (mut talk, _) = begun();
    let given = answer(&mut talk, "$49/mo");
    assert!(given.contains("Undo: start back 2"), "{given}");
    answer(&mut talk, "skip");
    let turn = talk.turn(click("start back 2"));
    assert!(turn.reply.replaces_card);
    assert_eq!(asked(&talk), "pricing.price");
    let plan = talk.plan.as_ref().expect("a plan");
    assert_eq!(plan.answered(), 1);
    insta::assert_snapshot!(text(&turn));
}

#[test]
fn what_is_no_answer_says_what_works_and_changes_nothing() {
    let (mut talk, _) = begun();
    let told = answer(&mut talk, "quite a lot");
    assert_eq!(talk.changes.len(), 1);
    assert_eq!(asked(&talk), "pricing.price");
    insta::assert_snapshot!(told);
}

#[test]
fn the_reason_of_a_question_is_the_rules_that_wait_for_it() {
    let (mut talk, _) = begun();
    let typed = answer(&mut talk, "why do you ask?");
    let pressed = talk.turn(click("start why pricing.price"));
    assert_eq!(pressed.reply.audience, Audience::Asker);
    assert!(!pressed.reply.replaces_card);
    insta::assert_snapshot!(typed);
}

#[test]
fn it_stops_and_goes_on_days_later_by_somebody_else() {
    let (mut talk, _) = begun();
    answer(&mut talk, "skip");
    let stopped = answer(&mut talk, "enough for today");
    assert_eq!(asked(&talk), "nothing");
    // Nothing is asked: the words are a statement like any other.
    talk.turn(mention("$49/mo"));
    assert_eq!(talk.changes.len(), 1);
    talk.now += SignedDuration::from_hours(72);
    talk.person = Person::new("U2");
    talk.thread = Some(MessageTs::new("9.0"));
    let resumed = answer(&mut talk, "start");
    let again = answer(&mut talk, "start again");
    insta::assert_snapshot!([stopped, resumed, again].join("\n\n---\n\n"));
}

#[test]
fn of_two_who_answer_at_once_the_first_counts_and_the_second_is_told() {
    let (mut talk, _) = begun();
    let at = talk.now;
    talk.turn(mention("$49/mo"));
    talk.now = at + SignedDuration::from_secs(2);
    talk.person = Person::new("U2");
    let told = text(&talk.turn(mention("$59/mo")));
    assert_eq!(talk.changes.len(), 2, "{told}");
    assert_ne!(asked(&talk), "pricing.price");
    // A button of the question that was answered says so, too, and what is asked stays in reach.
    talk.now += SignedDuration::from_mins(1);
    let late = talk.turn(click("start answer pricing.price $39/mo"));
    assert_eq!(talk.changes.len(), 2);
    insta::assert_snapshot!([told, text(&late)].join("\n\n---\n\n"));
}

#[test]
fn who_does_not_apply_says_why() {
    let (mut talk, _) = begun();
    let asks = answer(&mut talk, "n/a");
    assert!(asks.contains("The reason belongs to it"), "{asks}");
    answer(&mut talk, "n/a because the product is free");
    let plan = talk.plan.as_ref().expect("a plan");
    let price = crate::plan::field("pricing.price").expect("a field");
    let segment = plan.segments().first();
    let reason = "the product is free".to_owned();
    let answer = plan.answer(price, segment);
    assert_eq!(answer, Some(&Answer::NotApplicable(reason)));
}

#[test]
fn guests_are_told_that_they_may_not_answer() {
    let (mut talk, _) = begun();
    talk.role = Role::Guest;
    let told = answer(&mut talk, "$49/mo");
    assert!(told.contains("as a guest"), "{told}");
    assert_eq!(talk.changes.len(), 1);
    assert!(answer(&mut talk, "why?").contains("I ask for"));
}

#[test]
fn commands_and_questions_stay_what_they_are() {
    let (mut talk, _) = begun();
    let check = answer(&mut talk, "check");
    assert!(!check.contains("does not answer"), "{check}");
    let question = answer(&mut talk, "is $49 a month enough for field sales?");
    assert_eq!(talk.changes.len(), 1, "{question}");
    assert_eq!(asked(&talk), "pricing.price");
}

#[test]
fn a_command_outside_of_a_thread_opens_one() {
    let mut talk = Talk::new();
    let turn = talk.turn(command("start"));
    assert_eq!(turn.reply.audience, Audience::Asker);
    assert!(turn.opened.is_some());
    let mut muted = Talk::new();
    muted.attention.mode = Mode::Mute;
    let turn = muted.turn(command("start"));
    assert_eq!(turn.reply.audience, Audience::Asker);
    assert!(turn.opened.is_none());
    assert!(
        text(&turn).contains("/gtm set sales.motion"),
        "{}",
        text(&turn)
    );
}

#[test]
fn a_value_said_in_the_thread_counts_and_talk_does_not() {
    let (mut talk, _) = begun();
    let hear = |talk: &mut Talk, words: &str| {
        talk.turn(Said::Overheard {
            words: words.to_owned(),
            ts: MessageTs::new("7.0"),
        })
    };
    for talked in [
        "hm, what do you think?",
        "$49/mo?",
        "skip",
        "let me look it up",
    ] {
        let turn = hear(&mut talk, talked);
        assert_eq!(turn.reply.audience, Audience::Nobody, "{talked}");
    }
    let turn = hear(&mut talk, "$49/mo");
    assert_eq!(turn.changes[0].link.ts, Some(MessageTs::new("7.0")));
    assert_eq!(turn.reply.audience, Audience::Everyone);
}

#[test]
fn an_answer_that_is_edited_is_proposed_and_one_that_says_the_same_stands() {
    let (mut talk, _) = begun();
    answer(&mut talk, "$49/mo");
    let edit = |words: &str| Said::Edited {
        words: words.to_owned(),
        ts: MessageTs::new("1.0"),
        addressed: true,
    };
    let same = talk.turn(edit("$49 / mo"));
    assert_eq!(same.reply.audience, Audience::Nobody);
    assert!(talk.sources.iter().all(|it| !it.is_marked()));
    let turn = talk.turn(edit("$59/mo"));
    assert!(turn.changes.is_empty(), "an edit changes nothing by itself");
    assert!(
        text(&turn).contains("$49 a month → $59 a month"),
        "{}",
        text(&turn)
    );
}
