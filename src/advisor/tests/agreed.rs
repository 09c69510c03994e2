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
