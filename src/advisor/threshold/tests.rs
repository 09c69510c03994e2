//! What a threshold of the channel or of the workspace does, and who may set one.

use super::super::Role;
use super::super::testing::{Talk, click, command, text};
use crate::render::{Block, Button};

const SET: &str = "threshold workspace field-acv-low.max_acv $4k because our field team is small";

fn talk() -> Talk {
    let mut talk = Talk::after(&["set motion field", "set price $500 a month"]);
    talk.role = Role::Admin;
    talk
}

/// The words behind the first button of a reply with that label.
fn behind(turn: &super::super::Turn, label: &str) -> String {
    let is_it = |it: &&Button| it.label == label;
    let blocks = turn.reply.document.blocks.iter();
    let mut buttons = blocks.filter_map(|block| match block {
        Block::Actions(buttons) => buttons.iter().find(is_it),
        _ => None,
    });
    buttons.next().expect(label).words.clone()
}

#[test]
fn nothing_is_set_before_somebody_presses() {
    let mut talk = talk();
    let offered = talk.turn(command(SET));
    assert!(offered.workspace.is_none());
    insta::assert_snapshot!("offered", text(&offered));
    let set = talk.turn(click(&behind(&offered, "Set it in every channel")));
    assert_eq!(
        set.workspace.as_ref().map(|it| it.thresholds.len()),
        Some(1)
    );
    assert!(set.changes.is_empty());
    insta::assert_snapshot!("set", text(&set));
    insta::assert_snapshot!("check_under_the_workspaces", talk.says("check"));
    insta::assert_snapshot!(
        "explain_under_the_workspaces",
        talk.says("explain field-acv-low")
    );
    let back = talk.turn(click(&behind(&set, "Undo")));
    assert_eq!(
        back.workspace.as_ref().map(|it| it.thresholds.len()),
        Some(0)
    );
    insta::assert_snapshot!("set_back", text(&back));
}

#[test]
fn a_press_under_other_thresholds_sets_nothing_and_shows_anew() {
    let mut talk = talk();
    let first = talk.turn(command(SET));
    let second = talk.turn(command(&SET.replace("$4k", "$9k")));
    talk.turn(click(&behind(&second, "Set it in every channel")));
    let late = talk.turn(click(&behind(&first, "Set it in every channel")));
    assert!(late.workspace.is_none());
    let told = text(&late);
    assert!(
        told.contains("Nothing was changed: the workspace's thresholds are others by now"),
        "{told}"
    );
    assert!(told.contains("$9,000 a year"), "{told}");
    let set = talk.turn(click(&behind(&late, "Set it in every channel")));
    assert_eq!(set.workspace.unwrap().thresholds[0].setting.value, "$4k");
    // The second of two presses finds it done.
    let again = talk.turn(click(&behind(&late, "Set it in every channel")));
    assert!(again.workspace.is_none());
    assert!(text(&again).contains("is that already"), "{}", text(&again));
}

#[test]
fn the_channels_own_goes_before_the_workspaces_and_that_before_the_rules() {
    let mut talk = talk();
    let finds = |talk: &mut Talk| talk.says("check field-acv-low").contains("finds something");
    assert!(finds(&mut talk), "$6,000 is below the rule's own");
    let offered = talk.turn(command(SET));
    talk.turn(click(&behind(&offered, "Set it in every channel")));
    assert!(!finds(&mut talk), "and above the workspace's");
    let told = talk.says("threshold field-acv-low.max_acv $9k because we learned here");
    assert!(told.contains("is $9,000 a year here"), "{told}");
    let told = talk.says("history");
    assert!(told.contains("is $9,000 a year here"), "{told}");
    assert!(finds(&mut talk), "and below the channel's");
    insta::assert_snapshot!("both_listed", talk.says("thresholds"));
    // Whatever way it was typed, it is told as the rule's own is written.
    let told = talk.says("check");
    assert!(
        told.contains("field-acv-low.max_acv $9,000 a year ("),
        "{told}"
    );
    insta::assert_snapshot!("both_explained", talk.says("explain field-acv-low"));
    let told = talk.says(&SET.replace("$4k", "$5k"));
    assert!(
        told.contains("This channel has set $9,000 a year itself"),
        "{told}"
    );
    talk.says("threshold field-acv-low.max_acv default");
    assert!(!finds(&mut talk), "the workspace's holds again");
    let told = talk.says("threshold field-acv-low.max_acv default");
    assert!(
        told.contains("the workspace's $4,000 a year holds"),
        "{told}"
    );
    let reset = talk.turn(command("threshold workspace field-acv-low.max_acv default"));
    insta::assert_snapshot!("reset_offered", text(&reset));
    talk.turn(click(&behind(&reset, "Set it in every channel")));
    assert!(finds(&mut talk), "and the rule's own");
    insta::assert_snapshot!("none_listed", talk.says("thresholds"));
}

#[test]
fn only_admins_set_them_and_everybody_sees_them() {
    let mut talk = talk();
    let offered = talk.turn(command(SET));
    let press = behind(&offered, "Set it in every channel");
    for role in [Role::Member, Role::Guest, Role::External] {
        talk.role = role;
        for said in [command(SET), click(&press)] {
            let turn = talk.turn(said);
            assert!(turn.workspace.is_none(), "{role:?}");
            assert!(
                text(&turn).starts_with("[only you] Nothing was changed"),
                "{role:?}"
            );
        }
    }
    insta::assert_snapshot!("not_an_admin", talk.says(SET));
    talk.role = Role::Admin;
    talk.turn(click(&press));
    talk.role = Role::Guest;
    let told = talk.says("thresholds");
    assert!(told.contains("field-acv-low.max_acv"), "{told}");
    let headline = "1 number of the workspace's, in place of the rules' own.";
    assert!(told.contains(headline), "{told}");
}

#[test]
fn what_cannot_be_set_is_refused_with_what_can() {
    let mut talk = talk().under_the_built_in_rules();
    for (n, words) in [
        "threshold workspace field-acv-low.max_acv soon because we are quick",
        "threshold workspace field-acv-low.max_acv $90m because we are quick",
        "threshold workspace field-acv-low.least $4k because we are quick",
        "threshold workspace field-acv-lw.max_acv $4k because we are quick",
        "threshold workspace field-acv-low.max_acv $4k",
        "threshold workspace",
        "threshold workspace field-acv-low.max_acv default",
        "threshold field-acv-low $4k because we are quick",
        "threshold field-acv-lw $4k because we are quick",
    ]
    .iter()
    .enumerate()
    {
        let turn = talk.turn(command(words));
        assert!(turn.workspace.is_none(), "{words}");
        insta::assert_snapshot!(format!("refused_{n}"), text(&turn));
    }
}
