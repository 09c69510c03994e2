//! Turns as conversations: what was said, and the reply that came of it.

mod agreed;
mod exact;
mod looks;
mod told;

use std::fmt::Write as _;

use proptest::prelude::*;

use super::testing::{Talk, click, command, mention, said as said_of, text};
use super::*;
use crate::ident::MessageTs;
use crate::plan::Door;
use crate::render::{Block, Inline};

/// A conversation as people see it: each command, then its reply.
pub(super) fn spoken(talk: &mut Talk, commands: &[&str]) -> String {
    let mut told = String::new();
    for words in commands {
        writeln!(told, "> /gtm {words}\n{}\n", talk.says(words)).expect("writing to a string");
    }
    told
}

#[test]
fn the_first_conversation_finds_the_contradiction_and_loses_it_again() {
    let mut talk = Talk::new();
    let told = spoken(
        &mut talk,
        &[
            "",
            "set price $49/mo",
            "set motion field",
            "check",
            "undo",
            "check",
        ],
    );
    insta::assert_snapshot!(told);
}

#[test]
fn the_flagship_finding_is_told_once_with_reason_fix_and_source() {
    let mut talk =
        Talk::after(&["set price $49/mo", "set motion field"]).under_the_built_in_rules();
    let told = talk.says("check");
    assert_eq!(
        told.matches("low-price-enterprise-motion").count(),
        1,
        "{told}"
    );
    assert!(!told.contains("field-acv-low"), "{told}");
    assert!(
        told.contains("To change:") && told.contains("Source:"),
        "{told}"
    );
    talk.says("undo");
    let told = talk.says("check");
    assert!(!told.contains("low-price-enterprise-motion"), "{told}");
}

#[test]
fn a_check_tells_what_moved_since_the_last_one() {
    let mut talk = Talk::after(&["set price $49/mo", "set motion plg", "set stage scale"])
        .under_the_built_in_rules();
    let first = talk.says("check");
    assert!(!first.contains("Since the check"), "{first}");
    assert_eq!(talk.snapshots.len(), 1);
    talk.says("share check");
    assert_eq!(talk.snapshots.len(), 1, "the same again is no news");
    talk.says("set motion field");
    talk.says("add segment smb");
    let second = talk.says("check");
    let moved = second.lines().find(|line| line.contains("Since the check"));
    insta::assert_snapshot!(moved.expect("something moved"));
    assert_eq!(talk.snapshots.len(), 2);
    talk.now = "2026-03-04T10:00:00Z".parse().expect("an instant");
    let third = talk.says("check");
    assert!(!third.contains("Since the check"), "nothing moved: {third}");
    assert_eq!(talk.snapshots.len(), 3, "another day has its own");
}

#[test]
fn commands_that_are_no_check_keep_none() {
    let mut talk = Talk::after(&["set price $49/mo"]);
    for words in [
        "plan",
        "next",
        "what-if price $99/mo",
        "help",
        "set motion plg",
        "digest preview",
    ] {
        talk.says(words);
        assert!(talk.snapshots.is_empty(), "{words}");
    }
    talk.turn(mention(""));
    assert_eq!(talk.snapshots.len(), 1, "a bare mention checks");
    assert!(
        Talk::new().turn(command("check")).snapshot.is_none(),
        "there is no plan yet"
    );
}

#[test]
fn a_digest_that_is_posted_keeps_what_it_found() {
    let mut talk = Talk::after(&["set price $49/mo", "set motion plg"]);
    talk.says("digest on");
    assert_eq!(talk.snapshots.len(), 1, "what it is compared with");
    talk.says("set stage scale");
    let turns = talk.pass("2026-03-10T12:00:00Z");
    assert_eq!(turns.len(), 1);
    assert_eq!(talk.snapshots.len(), 2);
}

#[test]
fn a_value_with_two_readings_offers_both_and_one_that_says_two_things_sets_both() {
    let mut talk = Talk::after(&["segment add smb"]);
    let told = spoken(
        &mut talk,
        &[
            "set price 49 for smb",
            "set nrr 1.1",
            "set motion inside",
            "set motion reps",
            "set price $49/seat/mo for smb",
            "set price $49/seat/mo for smb",
            "undo",
            "assume price $49/seat/mo until 2026-12-01",
        ],
    );
    insta::assert_snapshot!(told);
}

#[test]
fn what_is_for_one_person_is_not_said_in_the_open() {
    let said = "That answer is for you alone, and here everybody would read it.";
    for words in ["rollup now", "nudge now", "feedback"] {
        let needed = needs(&said_of(mention(words)));
        assert!(!needed.plans, "{words} looks at other channels");
        let mut talk = Talk::after(&["set price $49/mo"]);
        let turn = talk.turn(mention(words));
        assert_eq!(turn.reply.document.headline, said, "{words}");
        let told = talk.says(words);
        assert!(!told.contains(said), "{words}: {told}");
    }
}

#[test]
fn setting_and_taking_back() {
    let mut talk = Talk::new();
    let told = spoken(
        &mut talk,
        &[
            "set price $49/mo",
            "set price 49 dollars a month",
            "set price $59/mo",
            "unset price",
            "unset price",
            "undo",
            "undo 1",
            "undo 99",
            "history",
        ],
    );
    insta::assert_snapshot!(told);
}

#[test]
fn what_cannot_be_read_changes_nothing_and_says_what_works() {
    let mut talk = Talk::after(&["set price $49/mo"]);
    let told = spoken(
        &mut talk,
        &[
            "sett price $59/mo",
            "set prise $59/mo",
            "set win rate 0.25",
            "set motion telepathy",
            "set price $59/mo for smb",
            "set stage scale for main",
            "set sales 12",
            "set price",
            "forecast price=$99",
            "explain low-price-enterprise-motoin",
            "rules fti",
            "plan pricng",
        ],
    );
    insta::assert_snapshot!(told);
    assert_eq!(talk.changes.len(), 1);
}

#[test]
fn a_plan_that_is_bent_to_other_customers_is_told_so_at_once() {
    let mut talk = Talk::new().under_the_built_in_rules();
    for words in [
        "set price $49/mo",
        "set motion plg",
        "set cs model help desk",
    ] {
        talk.says(words);
    }
    assert!(
        !talk
            .says("set segment smb")
            .contains("segment-changed-in-place")
    );
    for words in [
        "set price $59/mo",
        "set motion inside one stage",
        "set cs model volume",
    ] {
        talk.says(words);
    }
    let moved = talk.says("set segment enterprise");
    assert!(
        moved.contains("3 answers still stand from before"),
        "{moved}"
    );
    let back = talk.says("undo");
    assert!(back.contains("segment-changed-in-place"), "{back}");
}

#[test]
fn segments() {
    let mut talk = Talk::new();
    let told = spoken(
        &mut talk,
        &[
            "segment add smb",
            "segment add enterprise",
            "segment add SMB",
            "set price $49/mo",
            "set price $49/mo for smb",
            "set problem too slow for smb",
            "set problem too slow for everyone",
            "set problem too slow for everyone for smb",
            "plan for smb",
            "next",
        ],
    );
    insta::assert_snapshot!(told);
}

#[test]
fn reading_commands_on_an_empty_plan() {
    let mut talk = Talk::new();
    let told = spoken(
        &mut talk,
        &[
            "help",
            "check",
            "plan",
            "plan pricing",
            "next",
            "history",
            "undo",
            "unset price",
        ],
    );
    insta::assert_snapshot!(told);
}

#[test]
fn reference_commands() {
    let mut talk = Talk::after(&["set price $49/mo"]);
    let told = spoken(
        &mut talk,
        &[
            "help",
            "help all",
            "help set",
            "help check",
            "fields",
            "fields sales",
            "rules",
            "rules fit",
            "explain low-price-enterprise-motion",
            "share plan",
        ],
    );
    insta::assert_snapshot!(told);
}

#[test]
fn other_doors() {
    let mut talk = Talk::new();
    let mut told = String::new();
    for said in [
        Said::Invited,
        mention(""),
        mention("is 49 a month enough for outside sales?"),
        mention("check"),
        mention("set price $49/mo"),
        click("undo 1"),
        click("share check"),
    ] {
        let what = format!("{said:?}");
        writeln!(told, "> {what}\n{}\n", text(&talk.turn(said))).expect("writing to a string");
    }
    insta::assert_snapshot!(told);
}

#[test]
fn a_change_knows_its_door_and_message() {
    let mut talk = Talk::new();
    let turn = talk.turn(mention("set price $49/mo"));
    assert_eq!(turn.changes[0].door, Door::Command);
    assert_eq!(
        turn.changes[0].link.ts.as_ref().map(MessageTs::as_str),
        Some("1.0")
    );
    let turn = talk.turn(click("set price $59/mo"));
    assert_eq!(turn.changes[0].door, Door::Button);
    let turn = talk.turn(click("undo 2"));
    assert_eq!(turn.changes[0].door, Door::Undo);
    assert!(turn.reply.replaces_card, "the pressed undo button goes");
}

#[test]
fn an_undo_offers_to_do_it_again_and_that_offers_undo() {
    let mut talk = Talk::after(&["set price $49/mo", "undo"]);
    let again = talk.turn(click("undo 2"));
    let document = format!("{:?}", again.reply.document);
    assert!(
        document.contains("Did version 1 again. Price: $49 a month."),
        "{document}"
    );
    assert!(
        document.contains("Undo") && !document.contains("Redo"),
        "{document}"
    );
    let back = format!("{:?}", talk.turn(click("undo 3")).reply.document);
    assert!(back.contains("Took back version 3."), "{back}");
    assert!(back.contains("Redo"), "{back}");
}

#[test]
fn guests_read_and_change_nothing() {
    for role in [Role::Guest, Role::External] {
        let mut talk = Talk::after(&["set price $49/mo"]);
        talk.role = role;
        for words in ["set price $59/mo", "undo", "unset price", "segment add smb"] {
            let turn = talk.turn(command(words));
            assert!(turn.changes.is_empty(), "{words}");
            assert_eq!(turn.reply.audience, Audience::Asker);
            assert!(
                turn.reply.document.headline.contains("not change it"),
                "{}",
                text(&turn)
            );
        }
        assert!(talk.says("plan").contains("$49 a month"));
    }
}

#[test]
fn only_private_answers_in_channels_offer_to_be_shared() {
    let mut talk = Talk::after(&["set price $49/mo"]);
    let offers = |turn: &Turn| {
        turn.reply.document.blocks.iter().any(|block| match block {
            Block::Actions(buttons) => buttons.iter().any(|button| button.words == "share check"),
            _ => false,
        })
    };
    assert!(offers(&talk.turn(command("check"))));
    assert!(offers(&talk.turn(click("check"))));
    assert!(!offers(&talk.turn(mention("check"))));
    assert!(!offers(&talk.turn(Said::Direct {
        words: "check".to_owned(),
        ts: MessageTs::new("3.0"),
    })));
    let shared = talk.turn(click("share check"));
    assert!(!offers(&shared));
    assert_eq!(shared.reply.audience, Audience::Everyone);
}

/// The letters and blocks of a reply.
fn size(turn: &Turn) -> (usize, usize) {
    let document = &turn.reply.document;
    let letters = serde_json::to_string(document)
        .expect("a document is JSON")
        .chars()
        .count();
    (letters, document.blocks.len())
}

#[test]
fn replies_stay_small_on_a_large_plan() {
    let mut talk = Talk::new();
    let long = "long words ".repeat(181);
    for n in 0..50 {
        let segment = format!("s{n}");
        talk.learn("pricing.price", "$49/mo", &segment);
        talk.learn("sales.motion", "field", &segment);
        talk.learn("value.problem", &long, &segment);
        talk.learn("value.benefit", &long, &segment);
    }
    for words in [
        "check",
        "plan",
        "plan value",
        "plan for s1",
        "plan value for s1",
        "next",
        "history",
        "history 500",
        "fields",
        "rules",
        "help",
        "stage",
        "impact price",
        "diagnose CAC too high",
        "compare plg | field for s1",
        "trigger",
        "plans",
        "explain field-acv-low",
        "set price $1",
        "set price $1 for s7",
        "undo",
        "set problem x for nobody",
    ] {
        let turn = talk.turn(command(words));
        let (letters, blocks) = size(&turn);
        assert!(
            letters < 14_000 && blocks < 45,
            "{words}: {letters} {blocks}: {}",
            text(&turn)
        );
    }
    let turn = talk.turn(command(&format!("set problem {long} more for s7")));
    assert!(
        !turn.changes.is_empty() && size(&turn).0 < 9_000,
        "{}",
        text(&turn)
    );
    insta::assert_snapshot!(spoken(
        &mut talk,
        &["plan", "plan pricing", "history 3", "check"]
    ));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_words_get_one_reply_with_something_in_it(
        words in prop::collection::vec(
            "set|unset|undo|plan|price|problem|for|smb|main|to|\\$49/mo|share|check|[^ ]{0,8}|`|\\*|\"",
            0..8,
        ),
    ) {
        let mut talk = Talk::after(&["set price $49/mo"]);
        for said in [command(&words.join(" ")), mention(&words.join(" ")), click(&words.join(" "))] {
            let turn = talk.turn(said);
            prop_assert!(!turn.reply.document.headline.trim().is_empty());
            prop_assert!(size(&turn).0 < 14_000);
            prop_assert!(turn.changes.is_empty() || turn.reply.audience == Audience::Everyone);
        }
    }
}

#[test]
fn nobody_is_pinged_by_a_name_in_a_value() {
    let mut talk = Talk::new();
    let turn = talk.turn(command("set problem <!channel> <@U9> https://example.com"));
    let document = turn.reply.document;
    let persons = document.blocks.iter().filter_map(|block| match block {
        Block::Note(inlines) | Block::Paragraph(inlines) => Some(inlines),
        _ => None,
    });
    for inline in persons.flatten() {
        if let Inline::Person(person) = inline {
            assert_eq!(person.as_str(), "U1");
        }
    }
    assert!(
        document.headline.contains("<!channel>"),
        "kept as words: {}",
        document.headline
    );
}
