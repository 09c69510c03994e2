//! What becomes of words that were said: cards, and who presses what on them.

use super::{Fate, Proposal};
use crate::advisor::testing::{Talk, click, command, mention, said, text};
use crate::advisor::{
    Asks, Filled, Form, FormKind, InputKind, Part, Role, Said, ThreadRead, Transcript, Turn,
    Unread, opening,
};
use crate::ident::{Channel, MessageTs, Person};
use crate::plan::Door;

const ID: &str = "000000000001";

/// A talk in which somebody said that to the bot.
fn heard(words: &str) -> (Talk, Turn) {
    heard_after(&[], words)
}

fn heard_after(commands: &[&str], words: &str) -> (Talk, Turn) {
    let mut talk = Talk::after(commands);
    let turn = talk.turn(mention(words));
    (talk, turn)
}

fn press(talk: &mut Talk, words: &str) -> Turn {
    talk.turn(click(&words.replace('@', ID)))
}

fn record(talk: &Talk) -> &Proposal {
    talk.proposals.last().expect("a proposal")
}

/// The plan's answers in one line.
fn sheet(talk: &Talk) -> String {
    let plan = talk.plan.as_ref();
    let answers = plan.into_iter().flat_map(|plan| {
        plan.answers().map(|(field, _, answer)| match answer {
            crate::plan::Answer::Known(value) => format!("{}={}", field.name, value.display(field)),
            crate::plan::Answer::NotApplicable(_) => field.name.to_owned(),
        })
    });
    answers.collect::<Vec<_>>().join("; ")
}

const TWO: &str = "we charge $49/mo per seat and close 120 deals a year";

#[test]
fn a_statement_becomes_a_card() {
    let (talk, turn) = heard(TWO);
    assert!(turn.changes.is_empty());
    assert!(!turn.reply.replaces_card);
    let fields: Vec<_> = record(&talk)
        .values
        .iter()
        .map(|it| it.heard.field.as_str())
        .collect();
    assert_eq!(
        fields,
        ["pricing.price", "pricing.per", "sales.deals_per_year"]
    );
    insta::assert_snapshot!(text(&turn));
}

#[test]
fn one_value_is_applied_and_the_rest_stays() {
    let (mut talk, _) = heard(TWO);
    let turn = press(&mut talk, "accept @.0 1");
    assert_eq!(sheet(&talk), "pricing.price=$49 a month");
    let change = &turn.changes[0];
    assert_eq!(change.door, Door::Proposal);
    assert_eq!(change.link.ts, Some(MessageTs::new("1.0")));
    assert!(turn.reply.replaces_card);
    assert_eq!(turn.sources[0].gave[0].version.0, 1);
    insta::assert_snapshot!(text(&turn));
}

#[test]
fn all_are_applied_as_one_act_and_taken_back_as_one() {
    let (mut talk, _) = heard(TWO);
    let turn = press(&mut talk, "accept @.0");
    assert_eq!(turn.changes.len(), 3);
    let shown = text(&turn);
    assert!(shown.contains("Undo: undo 1-3"), "{shown}");
    let turn = talk.turn(click("undo 1-3"));
    assert_eq!(sheet(&talk), "");
    assert!(
        text(&turn).contains("Took back versions 1 to 3."),
        "{}",
        text(&turn)
    );
    // Without a number the newest act is taken back, too.
    let (mut talk, _) = heard(TWO);
    press(&mut talk, "accept @.0");
    talk.turn(command("undo"));
    assert_eq!(sheet(&talk), "");
}

#[test]
fn an_undo_leaves_what_is_open_in_reach() {
    let (mut talk, _) = heard(TWO);
    let shown = text(&press(&mut talk, "accept @.0 1"));
    let undo = "undo 1 card 000000000001";
    assert!(shown.contains(undo), "{shown}");
    let turn = talk.turn(click(undo));
    assert_eq!(sheet(&talk), "");
    let shown = text(&turn);
    assert!(shown.contains("2 more were read here"), "{shown}");
    assert!(shown.contains("accept 000000000001.0 2"), "{shown}");
}

#[test]
fn a_value_is_corrected_before_it_is_applied() {
    let (mut talk, _) = heard(TWO);
    let how = text(&press(&mut talk, "amend @.0 1"));
    assert!(
        how.contains("/gtm amend 000000000001 1 $49 a month"),
        "{how}"
    );
    let wrong = text(&talk.turn(command("amend 000000000001 1 soon")));
    assert!(wrong.contains("That is not a value for price"), "{wrong}");
    let turn = talk.turn(command("amend 000000000001 1 $59/mo"));
    assert_eq!(sheet(&talk), "pricing.price=$59 a month");
    assert!(!turn.reply.replaces_card, "nothing was pressed");
    let fate = &record(&talk).values[0].fate;
    assert!(
        matches!(
            fate,
            Fate::Accepted {
                corrected: Some(_),
                ..
            }
        ),
        "{fate:?}"
    );
}

/// The form that the Edit button of the first value opens, as the turn fills it.
fn edit_form(talk: &mut Talk) -> Form {
    let turn = press(talk, "amend @.0 1");
    match turn.asks.map(|it| *it) {
        Some(Asks::Fill(form)) => form,
        other => panic!("{other:?}"),
    }
}

fn sent_off(talk: &mut Talk, form: &Form, value: &str) -> Turn {
    let answers = [("value".to_owned(), value.to_owned())];
    talk.turn(Said::Filled(Filled {
        form: form.kind,
        carried: form.carries.clone(),
        answers: answers.into(),
    }))
}

#[test]
fn the_edit_button_opens_a_form_with_what_was_read() {
    let (mut talk, _) = heard(TWO);
    let press = said(click("amend 000000000001.0 1"));
    assert!(opening(&press, true).is_some_and(|form| form.waits()));
    let form = edit_form(&mut talk);
    let Some(Part::Ask(input)) = form.parts.get(1) else {
        panic!("{form:?}");
    };
    assert!(matches!(&input.kind, InputKind::Line { initial, .. } if initial == "$49 a month"));
    assert_eq!(input.hint, "For example: $49 a month");
    let wrong = sent_off(&mut talk, &form, "soon");
    assert!(
        matches!(wrong.asks.as_deref(), Some(Asks::Mend(faults)) if faults[0].input == "value"),
        "{wrong:?}"
    );
    assert_eq!(sheet(&talk), "");
    talk.person = Person::new("U2");
    let turn = sent_off(&mut talk, &form, " $59/mo ");
    assert_eq!(sheet(&talk), "pricing.price=$59 a month");
    assert!(turn.reply.replaces_card, "the card gives way");
    assert_eq!(turn.changes[0].by.as_str(), "U2");
    assert_eq!(turn.changes[0].door, Door::Proposal);
    let fate = &record(&talk).values[0].fate;
    assert!(
        matches!(fate, Fate::Accepted { by, corrected: Some(_), .. } if by.as_str() == "U2"),
        "{fate:?}"
    );
}

#[test]
fn an_edit_that_the_plan_has_left_behind_is_refused_with_the_difference() {
    let (mut talk, _) = heard(TWO);
    let form = edit_form(&mut talk);
    talk.turn(command("set price $39/mo"));
    let turn = sent_off(&mut talk, &form, "$59/mo");
    assert_eq!(sheet(&talk), "pricing.price=$39 a month");
    let shown = text(&turn);
    assert!(shown.contains("the plan has moved on"), "{shown}");
    assert!(shown.contains("now it is $39 a month"), "{shown}");
    assert!(turn.reply.replaces_card && turn.changes.is_empty());
    // The old card's button no longer opens the form, either.
    let again = press(&mut talk, "amend @.0 1");
    assert!(
        again.asks.is_none() && again.reply.replaces_card,
        "{again:?}"
    );
}

#[test]
fn of_two_who_edit_one_value_the_second_is_told_who_was_quicker() {
    let (mut talk, _) = heard(TWO);
    let form = edit_form(&mut talk);
    sent_off(&mut talk, &form, "$59/mo");
    talk.person = Person::new("U2");
    let turn = sent_off(&mut talk, &form, "$69/mo");
    assert_eq!(sheet(&talk), "pricing.price=$59 a month");
    assert!(text(&turn).contains("decided already"), "{}", text(&turn));
    let lost = Filled {
        form: FormKind::Amend,
        carried: "x".to_owned(),
        answers: [("value".to_owned(), "$1/mo".to_owned())].into(),
    };
    let turn = talk.turn(Said::Filled(lost));
    assert!(turn.changes.is_empty() && text(&turn).contains("no such proposal"));
}

/// The same thread, which may not be read just now.
fn throttled(talk: &mut Talk) -> String {
    talk.thread = Some(MessageTs::new("1.0"));
    talk.thread_read = Some(ThreadRead {
        transcript: Transcript {
            messages: Vec::new(),
            total: None,
            stopped: Some(Unread::Throttled(jiff::SignedDuration::from_secs(42))),
        },
        after: None,
        proposals: talk.proposals.clone(),
    });
    text(&talk.turn(mention("read")))
}

#[test]
fn a_thread_that_may_not_be_read_is_told_from_the_record() {
    let (mut talk, _) = heard(TWO);
    press(&mut talk, "accept @.0 1");
    press(&mut talk, "dismiss @.0 2");
    let some = throttled(&mut talk);
    for told in [
        "this is what I read before",
        "Decided already",
        "Price: $49 a month",
        "applied in version 1",
        "“we charge $49/mo per seat”",
        "dismissed by",
        "accept 000000000001.0 3",
    ] {
        assert!(some.contains(told), "{told}: {some}");
    }
    talk.thread_read = None;
    talk.thread = None;
    press(&mut talk, "accept @.0 3");
    let all = throttled(&mut talk);
    assert!(
        all.contains("all that I read in it before is decided"),
        "{all}"
    );
    assert!(
        all.contains("120") && all.contains("Read it again"),
        "{all}"
    );
}

#[test]
fn a_value_that_the_plan_has_is_not_said_to_be_applied() {
    let (mut talk, _) = heard(TWO);
    talk.turn(command("set price $59/mo"));
    let version = talk.plan.as_ref().expect("there is a plan").version();
    let turn = talk.turn(command("amend 000000000001 1 $59/mo"));
    let told = text(&turn);
    assert!(!told.contains("Applied 0"), "{told}");
    assert_eq!(talk.plan.as_ref().expect("a plan").version(), version);
}

#[test]
fn what_is_dismissed_changes_nothing() {
    let (mut talk, _) = heard(TWO);
    let turn = press(&mut talk, "dismiss @.0 3");
    insta::assert_snapshot!(text(&turn));
    press(&mut talk, "dismiss @.0");
    assert_eq!(
        (sheet(&talk).as_str(), record(&talk).open().count()),
        ("", 0)
    );
}

#[test]
fn a_card_that_the_plan_has_left_behind_is_refused_with_the_difference() {
    let (mut talk, _) = heard("we charge $49/mo");
    talk.turn(command("set price $39/mo"));
    let turn = press(&mut talk, "accept @.0 1");
    assert_eq!(sheet(&talk), "pricing.price=$39 a month");
    assert!(turn.reply.replaces_card);
    insta::assert_snapshot!(text(&turn));
    // Another's screen still shows the old card.
    let late = press(&mut talk, "accept @.0 1");
    assert!(late.changes.is_empty(), "{}", text(&late));
    press(&mut talk, "accept @.2 1");
    assert_eq!(sheet(&talk), "pricing.price=$49 a month");
}

#[test]
fn what_the_plan_has_by_now_is_proposed_no_more() {
    let (mut talk, _) = heard("we charge $49/mo");
    talk.turn(command("set price $49/mo"));
    let turn = press(&mut talk, "accept @.0 1");
    assert!(turn.changes.is_empty());
    assert!(
        text(&turn).contains("The plan has all of this by now."),
        "{}",
        text(&turn)
    );
}

#[test]
fn a_second_click_is_told_what_happened() {
    let (mut talk, _) = heard(TWO);
    press(&mut talk, "accept @.0 1");
    let again = press(&mut talk, "accept @.0 1");
    assert!(again.changes.is_empty() && !again.reply.replaces_card);
    insta::assert_snapshot!(text(&again));
    press(&mut talk, "accept @.0");
    let all = text(&press(&mut talk, "dismiss @.0"));
    assert!(all.contains("applied in version 3"), "{all}");
}

#[test]
fn a_guest_proposes_and_does_not_apply() {
    let mut talk = Talk::new();
    talk.role = Role::Guest;
    let card = text(&talk.turn(mention(TWO)));
    assert!(card.contains("I read 3 things here."), "{card}");
    for words in ["accept @.0 1", "dismiss @.0", "amend @.0 1 $59/mo"] {
        let turn = press(&mut talk, words);
        assert!(turn.changes.is_empty() && turn.proposals.is_empty());
        assert!(text(&turn).contains("you can read and propose, not change it"));
    }
}

#[test]
fn an_approved_plan_is_unlocked_first() {
    let (mut talk, card) = heard_after(&["set stage pmf", "approve"], "we charge $49/mo");
    assert!(
        text(&card).contains("The plan has been approved since 2026-03-02"),
        "{}",
        text(&card)
    );
    let refused = press(&mut talk, "accept @.0 1");
    assert!(refused.changes.is_empty());
    insta::assert_snapshot!(text(&refused));
    talk.turn(command("unlock"));
    press(&mut talk, "accept @.0 1");
    assert!(sheet(&talk).contains("pricing.price=$49 a month"));
}

#[test]
fn a_proposal_of_another_channel_is_none() {
    let (mut talk, _) = heard(TWO);
    let unknown = text(&press(&mut talk, "accept ffffffffffff.0 1"));
    talk.proposals[0].channel = Channel::new("C2");
    assert_eq!(text(&press(&mut talk, "accept @.0 1")), unknown);
    assert_eq!(text(&press(&mut talk, "accept @.0 9")), unknown);
    assert!(
        unknown.contains("I know no such proposal here"),
        "{unknown}"
    );
}

#[test]
fn a_newer_card_takes_the_place_of_an_older() {
    let (mut talk, _) = heard(TWO);
    talk.proposals[0].superseded_by = Some(crate::ident::ProposalId::new("000000000002"));
    let turn = press(&mut talk, "accept @.0 1");
    assert!(turn.changes.is_empty() && turn.reply.replaces_card);
    assert!(
        text(&turn).contains("a newer card stands further down"),
        "{}",
        text(&turn)
    );
}

#[test]
fn what_is_tried_out_and_what_is_unclear_is_told_and_not_proposed() {
    let (talk, turn) = heard("what if we charged $99/mo? our price is mid five figures");
    assert!(talk.proposals.is_empty());
    insta::assert_snapshot!(text(&turn));
}

#[test]
fn commands_and_slips_stay_commands() {
    let mut talk = Talk::new();
    for words in [
        "set prise $49/mo",
        "chekc",
        "set price soon",
        "check it out",
    ] {
        let turn = talk.turn(mention(words));
        assert!(turn.proposals.is_empty(), "{words}: {}", text(&turn));
    }
    assert!(talk.plan.is_none());
}

#[test]
fn a_value_of_one_segment_too_many_is_refused_and_the_others_are_still_there() {
    let (mut talk, _) = heard(TWO);
    for n in 0..100 {
        talk.learn("sales.cycle", "30 days", &format!("s{n}"));
    }
    let before = talk.plan.clone();
    let heard = talk.proposals[0].values.iter_mut();
    for value in heard {
        value.heard.segment = Some(crate::plan::Segment::parse("more").expect("a name"));
    }
    for words in ["accept @.0 1", "accept @.0", "amend @.0 1 $59/mo"] {
        let turn = press(&mut talk, words);
        let told = text(&turn);
        assert!(
            told.contains("A plan has 100 segments at most, and this would make 101"),
            "{words}: {told}"
        );
        assert!(turn.changes.is_empty() && talk.plan == before, "{words}");
        assert!(
            record(&talk)
                .values
                .iter()
                .all(super::ProposedValue::is_open)
        );
    }
    talk.turn(command("segment remove s7"));
    let turn = press(&mut talk, "accept @.0 1");
    assert!(!turn.changes.is_empty(), "{}", text(&turn));
}
