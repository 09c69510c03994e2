//! Refusals offer the command that was typed, and what was agreed on is what was said.

use super::super::testing::{Talk, command, text};
use crate::render::Block;

/// The commands of the buttons under what is said to `words`.
fn buttons(talk: &mut Talk, words: &str) -> Vec<String> {
    let turn = talk.turn(command(words));
    assert!(turn.changes.is_empty(), "{}", text(&turn));
    let blocks = turn.reply.document.blocks.into_iter();
    let actions = blocks.filter_map(|block| match block {
        Block::Actions(buttons) => Some(buttons),
        _ => None,
    });
    actions.flatten().map(|button| button.words).collect()
}

fn two_segments() -> Talk {
    Talk::after(&["segment add smb", "segment add enterprise"])
}

#[test]
fn a_variant_that_lacks_its_segment_is_offered_as_a_variant() {
    let mut talk = two_segments();
    assert_eq!(
        buttons(&mut talk, "scenario save cheaper price $29/mo"),
        [
            "scenario save cheaper pricing.price $29/mo for smb",
            "scenario save cheaper pricing.price $29/mo for enterprise",
        ],
    );
    let told = buttons(
        &mut talk,
        "scenario save cheaper stage scale; price $29/mo; unset trial for smb",
    );
    assert_eq!(
        told[0],
        "scenario save cheaper stage scale; pricing.price $29/mo for smb; unset trial for smb"
    );
    let told = buttons(&mut talk, "scenario save cheaper unset price; stage scale");
    assert_eq!(
        told[0],
        "scenario save cheaper unset price for smb; stage scale"
    );
    let told = talk.says("scenario save cheaper price cheap for smb");
    assert!(
        told.contains("/gtm scenario save cheaper pricing.price "),
        "{told}"
    );
    talk.says("scenario save cheaper pricing.price $29/mo for smb");
    let plan = talk.plan.expect("there is a plan");
    assert_eq!((plan.answered(), plan.scenarios().count()), (0, 1));
}

#[test]
fn an_assumption_that_lacks_its_segment_is_offered_as_one() {
    let mut talk = two_segments();
    assert_eq!(
        buttons(&mut talk, "assume price $49/mo until 2026-12-01"),
        [
            "assume pricing.price $49/mo for smb until 2026-12-01",
            "assume pricing.price $49/mo for enterprise until 2026-12-01",
        ],
    );
    assert_eq!(
        buttons(&mut talk, "guess price")[0],
        "guess pricing.price for smb"
    );
    let told = talk.says("guess price cheap for smb until 2026-12-01");
    assert!(told.contains("/gtm guess pricing.price "), "{told}");
    assert!(told.contains(" for smb until 2026-12-01"), "{told}");
}

/// A plan in which field-acv-low finds something in both segments.
fn two_findings() -> Talk {
    let mut talk = two_segments();
    for segment in ["smb", "enterprise"] {
        talk.says(&format!("set motion field for {segment}"));
        talk.says(&format!("set price $20k a year for {segment}"));
    }
    talk
}

#[test]
fn a_segment_that_the_plan_lacks_is_no_part_of_a_reason() {
    let mut talk = two_findings();
    for words in [
        "waive field-acv-low for smbb we learn first",
        "waive field-acv-low for partners because we learn first",
        "waive field-acv-low for partners: we learn first",
        "na pain for enterprize because x",
        "na pain for partners because x",
    ] {
        let told = talk.says(words);
        assert!(told.contains("The plan has no segment"), "{words}: {told}");
    }
    for (words, said) in [
        (
            "waive field-acv-low for smb: we learn first",
            "for smb: we learn first",
        ),
        (
            "waive field-acv-low for now because we learn",
            ": for now because we learn",
        ),
        (
            "waive field-acv-low for reasons of our own",
            ": for reasons of our own",
        ),
        ("na pain for smb because x", "for smb: not applicable (x)"),
        (
            "na pain because x for enterprise",
            "for enterprise: not applicable (x)",
        ),
    ] {
        let told = talk.says(words);
        assert!(told.contains(said), "{words}: {told}");
    }
}

#[test]
fn a_waiver_ends_only_where_it_was_meant() {
    let mut talk = two_findings();
    talk.says("waive field-acv-low for enterprise because we learn");
    for words in [
        "unwaive field-acv-low for smbb",
        "unwaive field-acv-low whatever",
    ] {
        let told = talk.says(words);
        assert!(told.contains("[only you]"), "{words}: {told}");
        let plan = talk.plan.as_ref().expect("there is a plan");
        assert_eq!(plan.waivers().count(), 1, "{words}");
    }
    let told = talk.says("unwaive field-acv-low for smb");
    assert!(told.contains("not waived for smb alone"), "{told}");
    assert!(told.contains("field-acv-low for enterprise"), "{told}");
    talk.says("unwaive field-acv-low");
    let plan = talk.plan.expect("there is a plan");
    assert_eq!(plan.waivers().count(), 0);
}

#[test]
fn a_decision_stands_until_it_is_taken_back() {
    let mut talk = Talk::after(&["decide Which price? $49/mo | $99/mo | $49/mo"]);
    let plan = talk.plan.as_ref().expect("there is a plan");
    let decision = plan.decisions().next().expect("there is a decision");
    assert_eq!(decision.options, ["$49/mo", "$99/mo"]);
    let told = talk.says("decide d1 $49/mo");
    assert!(told.contains("Decided d1: $49/mo"), "{told}");
    for words in ["decide d1 $99/mo", "decide d1 $49/mo", "vote d1 $99/mo"] {
        let told = talk.says(words);
        assert!(told.contains("[only you] d1 is decided: $49/mo"), "{told}");
        assert!(told.contains("/gtm undo 2"), "{told}");
    }
    let told = talk.says("undo 2");
    assert!(told.contains("d1 is open again"), "{told}");
    let told = talk.says("decide d7 $49");
    assert!(told.contains("[only you] There is no decision"), "{told}");
}

#[test]
fn an_objection_that_is_taken_back_is_no_new_approval() {
    let mut talk = Talk::after(&[
        "set price $49/mo",
        "approve",
        "object the price was never tested",
    ]);
    let told = talk.says("undo");
    assert!(
        told.contains("An objection to the approval is taken back"),
        "{told}"
    );
}

#[test]
fn what_is_accepted_is_neither_settled_nor_fits() {
    let mut talk =
        Talk::after(&["set motion field", "set price $20k a year"]).under_the_built_in_rules();
    talk.says("check");
    talk.says("baseline");
    let told = talk.says("check");
    assert!(told.contains("accepted."), "{told}");
    assert!(!told.contains("settled"), "{told}");
    for words in [
        "set name Ledgerly",
        "set stage scale",
        "set pain invoices by hand",
    ] {
        talk.says(words);
    }
    talk.says("baseline");
    let told = talk.says("check");
    assert!(told.contains("Beside what the team accepts"), "{told}");
}

#[test]
fn what_can_no_longer_be_judged_is_not_settled() {
    let mut talk =
        Talk::after(&["set motion field", "set price $20k a year"]).under_the_built_in_rules();
    talk.says("check");
    talk.says("unset price");
    let told = talk.says("check");
    assert!(told.contains("1 no longer to be judged"), "{told}");
}

/// The options stand right below their question, above what the plan would know next.
#[test]
fn a_question_is_followed_by_its_options_and_votes_go_by_its_number() {
    let mut talk = Talk::new().under_the_built_in_rules();
    let turn = talk.turn(command("decide Which motion? field | plg"));
    let [Block::Actions(options), Block::Note(_), ..] = &turn.reply.document.blocks[..] else {
        panic!("{:?}", turn.reply.document.blocks);
    };
    let labels: Vec<_> = options.iter().map(|it| it.label.as_str()).collect();
    assert_eq!(labels, ["field", "plg"]);
    let settles = "`/gtm decide d1` settles it";
    assert!(text(&turn).contains(&settles.replace('`', "")));
    let voted = talk.says("vote 1 plg");
    assert!(voted.contains("Vote on d1: field 0, plg 1"), "{voted}");
}

#[test]
fn what_is_assumed_is_validated_by_a_day_to_come() {
    let mut talk = Talk::after(&["set churn 3%"]);
    let said = talk.says("assume churn until 2026-02-01");
    assert!(
        said.contains("2026-02-01 is over, so nothing was changed"),
        "{said}"
    );
    assert!(!talk.says("plan metrics").contains("assumption"), "{said}");
    let said = talk.says("assume churn until next quarter");
    assert!(said.contains("to be validated by 2026-04-01"), "{said}");
}

/// Who changes what was assumed reads that it is an assumption no more.
#[test]
fn a_note_that_ends_with_its_value_is_told_for_what_it_was() {
    let mut talk = Talk::after(&["set churn 3%", "assume churn until 2026-05-01"]);
    let said = talk.says("set churn 2%");
    let ends = "Monthly churn is no longer an assumption, to be validated by 2026-05-01";
    assert!(said.contains(ends), "{said}");
}
