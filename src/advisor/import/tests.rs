//! What becomes of a plan that is pasted: shown, applied, dismissed, or refused.

use std::collections::BTreeMap;

use crate::advisor::testing::{Talk, click, command, mention, said, text};
use crate::advisor::{Asks, Fate, Filled, FormKind, LONGEST, Role, Said, Turn, opening};
use crate::plan::Door;

const TEXT: &str = "plan.stage = \"gtm_fit\"\n[segment.main]\npricing.price = \"$99/mo\"\nsales.motion = \"plg\"\n\n[[waiver]]\nrule = \"icp-no-exclusions\"\nreason = \"learning first\"\n";

fn pasted(commands: &[&str]) -> (Talk, Turn) {
    let mut talk = Talk::after(commands);
    let turn = talk.turn(command(&format!("import {TEXT}")));
    (talk, turn)
}

fn press(talk: &mut Talk, words: &str) -> Turn {
    talk.turn(click(&words.replace('@', "000000000001")))
}

#[test]
fn the_difference_is_shown_and_nothing_is_changed() {
    let (talk, turn) = pasted(&["set price $49/mo", "set customers 12"]);
    assert!(turn.changes.is_empty());
    assert_eq!(talk.changes.len(), 2);
    insta::assert_snapshot!(text(&turn));
}

#[test]
fn a_press_applies_all_of_it_as_one_change() {
    let (mut talk, _) = pasted(&["set price $49/mo", "set customers 12"]);
    let turn = press(&mut talk, "accept @.0");
    assert_eq!(
        (turn.changes.len(), turn.changes[0].door),
        (1, Door::Import)
    );
    assert!(turn.reply.replaces_card);
    let told = text(&turn);
    assert!(told.contains("Imported. 4 changes."), "{told}");
    let plan = talk.says("plan");
    assert!(
        plan.contains("$99 a month") && plan.contains("12"),
        "{plan}"
    );
    talk.says("undo");
    assert!(talk.says("plan pricing").contains("$49 a month"));
}

#[test]
fn a_plan_that_moved_on_is_refused_with_the_difference_and_shown_anew() {
    let (mut talk, _) = pasted(&["set price $49/mo"]);
    talk.says("set price $59/mo");
    let turn = press(&mut talk, "accept @.0");
    assert!(turn.changes.is_empty() && turn.reply.replaces_card);
    let told = text(&turn);
    for expected in [
        "Nothing was imported: the plan has moved on since.",
        "Shown before: Price: $49 a month → $99 a month",
        "Now: Price: $59 a month → $99 a month",
        "Apply: accept 000000000001.1",
    ] {
        assert!(told.contains(expected), "{expected}: {told}");
    }
    // The first card's button stands for what it showed.
    let again = press(&mut talk, "accept @.0");
    assert!(again.changes.is_empty(), "{}", text(&again));
    let turn = press(&mut talk, "accept @.2");
    assert!(text(&turn).contains("Imported."), "{}", text(&turn));
}

#[test]
fn a_change_elsewhere_does_not_matter() {
    let (mut talk, _) = pasted(&["set price $49/mo"]);
    talk.says("set customers 12");
    let turn = press(&mut talk, "accept @.0");
    assert!(text(&turn).contains("Imported."), "{}", text(&turn));
}

#[test]
fn a_second_press_is_told_what_happened() {
    let (mut talk, _) = pasted(&[]);
    press(&mut talk, "accept @.0");
    let turn = press(&mut talk, "accept @.0");
    let told = text(&turn);
    assert!(turn.changes.is_empty());
    assert!(
        told.contains("It was applied in version 1 by name of U1"),
        "{told}"
    );
    let (mut talk, _) = pasted(&[]);
    let told = text(&press(&mut talk, "dismiss @.0"));
    assert!(told.contains("Dismissed; the plan is as it was."), "{told}");
    let told = text(&press(&mut talk, "accept @.0"));
    assert!(told.contains("It was dismissed by"), "{told}");
    assert!(talk.changes.is_empty());
}

#[test]
fn what_the_plan_says_by_now_changes_nothing() {
    let (mut talk, _) = pasted(&[]);
    talk.turn(command(&format!("import {TEXT}")));
    press(&mut talk, "accept @.0");
    let told = text(&talk.turn(click("accept 000000000002.0")));
    assert!(told.contains("The plan says all of that by now"), "{told}");
    let told = text(&talk.turn(command(&format!("import {TEXT}"))));
    assert!(told.contains("The plan says all of that already"), "{told}");
}

#[test]
fn an_approved_plan_is_not_offered_an_import() {
    let mut talk = Talk::after(&["set price $49/mo", "approve"]);
    let turn = talk.turn(command(&format!("import {TEXT}")));
    assert!(turn.proposals.is_empty(), "{}", text(&turn));
    assert!(text(&turn).contains("approved"), "{}", text(&turn));
}

#[test]
fn guests_are_not_offered_one() {
    let mut talk = Talk::after(&[]);
    talk.role = Role::Guest;
    let turn = talk.turn(command(&format!("import {TEXT}")));
    assert!(turn.proposals.is_empty(), "{}", text(&turn));
}

/// Every form, with and without a fence, as a command and in a mention.
#[test]
fn a_paste_is_read_in_every_form_and_fence() {
    let plan = crate::plan::read_file(
        TEXT,
        crate::plan::FileFormat::Toml,
        jiff::civil::date(2026, 3, 2),
    );
    let plan = plan.expect("a plan");
    let mut pasted = vec![TEXT.to_owned(), TEXT.replace('"', "\u{201C}")];
    for (form, name) in [
        (crate::plan::FileFormat::Toml, "toml"),
        (crate::plan::FileFormat::Json, "json"),
        (crate::plan::FileFormat::Csv, "csv"),
        (crate::plan::FileFormat::Markdown, "markdown"),
    ] {
        let written = crate::plan::write_file(&plan, form);
        pasted.push(written.clone());
        if name != "markdown" {
            pasted.push(format!("```\n{written}```"));
            pasted.push(format!("```{name}\n{written}\n```"));
            pasted.push(format!("this please:\n```\n{written}```\nthanks"));
        }
    }
    for paste in pasted {
        for said in [
            command(&format!("import {paste}")),
            mention(&format!("import\n{paste}")),
        ] {
            let mut talk = Talk::after(&[]);
            let turn = talk.turn(said);
            let file = turn.proposals.first().and_then(|it| it.file.as_ref());
            let file = file.unwrap_or_else(|| panic!("{paste}: {}", text(&turn)));
            assert_eq!(
                (file.differs.len(), &file.fate),
                (4, &Fate::Open),
                "{paste}"
            );
            let told = text(&press(&mut talk, "accept @.0"));
            assert!(told.contains("Imported."), "{paste}: {told}");
        }
    }
}

#[test]
fn a_bad_paste_says_where_and_changes_nothing() {
    let mut talk = Talk::after(&[]);
    let told = talk.says("import ```\n[segment.main]\npricing.prise = 3\n```");
    assert!(
        told.contains(
            "line 2, column 9: `pricing.prise` is no field; the nearest is `pricing.price`"
        ),
        "{told}"
    );
    assert!(told.contains("/gtm export"), "{told}");
    assert!(talk.proposals.is_empty() && talk.changes.is_empty());
}

#[test]
fn a_large_plan_is_listed_in_part_and_applied_whole() {
    let segment =
        |n: u8| format!("[segment.s{n}]\npricing.price = \"${n}9/mo\"\nsales.motion = \"plg\"\n");
    let paste = (0..40).map(segment).collect::<Vec<_>>().concat();
    let mut talk = Talk::after(&[]);
    let told = talk.says(&format!("import {paste}"));
    assert!(
        told.contains("40 segments added: s0, s1, s2 and 37 more") && told.contains("And 69 more"),
        "{told}"
    );
    let turn = press(&mut talk, "accept @.0");
    let plan = talk.plan.as_ref().expect("a plan");
    assert_eq!(plan.answered(), 80, "{}", text(&turn));
}

/// Sends the form off with these fields.
fn filled(talk: &mut Talk, fields: &[(&str, &str)]) -> Turn {
    let answers = fields
        .iter()
        .map(|(name, it)| ((*name).to_owned(), (*it).to_owned()));
    talk.turn(Said::Filled(Filled {
        form: FormKind::Import,
        carried: String::new(),
        answers: answers.collect::<BTreeMap<_, _>>(),
    }))
}

/// What is wrong, and at which field.
fn faulted(turn: &Turn) -> (&str, &str) {
    let Some(Asks::Mend(faults)) = turn.asks.as_deref() else {
        panic!("nothing is to be mended: {}", text(turn));
    };
    assert_eq!(faults.len(), 1);
    (&faults[0].input, &faults[0].words)
}

#[test]
fn a_form_opens_where_no_plan_is_given_and_words_say_how_else() {
    let mut talk = Talk::after(&[]);
    for (words, opens) in [
        ("import", true),
        ("import  ", true),
        ("import plan.stage = 1", false),
    ] {
        let form = opening(&said(command(words)), true);
        assert_eq!(
            form.is_some_and(|it| it.kind == FormKind::Import),
            opens,
            "{words}"
        );
    }
    assert!(opening(&said(mention("import")), true).is_none());
    insta::assert_snapshot!(text(&talk.turn(mention("import"))));
}

#[test]
fn a_plan_from_the_form_is_shown_applied_and_undone() {
    let mut talk = Talk::after(&["set price $49/mo"]);
    let turn = filled(&mut talk, &[("plan", TEXT)]);
    assert!(turn.asks.is_none() && turn.changes.is_empty());
    let told = text(&turn);
    assert!(
        told.contains("This plan would make 4 changes here."),
        "{told}"
    );
    let told = text(&press(&mut talk, "accept @.0"));
    assert!(told.contains("Imported. 4 changes."), "{told}");
    talk.says("undo");
    assert!(talk.says("plan pricing").contains("$49 a month"));
}

#[test]
fn of_two_forms_sent_off_at_once_each_stands_for_what_it_showed() {
    let mut talk = Talk::after(&["set price $49/mo"]);
    filled(
        &mut talk,
        &[("plan", "[segment.main]\npricing.price = \"$59/mo\"")],
    );
    filled(
        &mut talk,
        &[("plan", "[segment.main]\npricing.price = \"$69/mo\"")],
    );
    let turn = talk.turn(click("accept 000000000002.0"));
    assert!(text(&turn).contains("$69 a month"), "{}", text(&turn));
    let turn = talk.turn(click("accept 000000000001.0"));
    assert!(turn.changes.is_empty());
    let told = text(&turn);
    assert!(
        told.contains("Now: Price: $69 a month → $59 a month"),
        "{told}"
    );
}

#[test]
fn what_cannot_be_read_is_said_at_the_field() {
    let check = |fields: &[(&str, &str)], input: &str, expected: &str| {
        let mut talk = Talk::after(&[]);
        let turn = filled(&mut talk, fields);
        assert_eq!(faulted(&turn), (input, expected));
        assert!(talk.proposals.is_empty() && talk.changes.is_empty());
    };
    check(
        &[("plan", "[segment.main]\npricing.prise = 3")],
        "plan",
        "Line 2, column 9: `pricing.prise` is no field; the nearest is `pricing.price`",
    );
    let empty = "There is no plan in it. Choose a file or paste one line at least, such as plan.stage = \"scale\"";
    check(&[("plan", " \n ")], "plan", empty);
    check(&[], "plan", empty);
    let wrong = ["a", "b", "c", "d", "e"].map(|n| format!("plan.no{n} = 1\n"));
    let wrong = wrong.concat();
    let mut talk = Talk::after(&[]);
    let turn = filled(&mut talk, &[("plan", &wrong)]);
    let (_, told) = faulted(&turn);
    assert_eq!(told.matches("is no field").count(), 3, "{told}");
    assert!(told.ends_with(" · and 2 more"), "{told}");
}

/// A field takes so much and no more: what was cut off is missed rather than lost.
#[test]
fn a_plan_over_several_fields_is_one_and_a_full_field_asks_for_the_rest() {
    let segment = |n: usize| {
        let pain = "icp.pain = \"closing takes nine days\"";
        format!("[segment.s{n}]\npricing.price = \"${n}9/mo\"\n{pain}\n")
    };
    let long: String = (0..100).map(segment).collect();
    let cut: String = long.chars().take(LONGEST).collect();
    let mut talk = Talk::after(&[]);
    let turn = filled(&mut talk, &[("plan", &cut)]);
    let (input, told) = faulted(&turn);
    assert_eq!(input, "plan_2");
    assert!(
        told.contains("the end of what was pasted may be missing"),
        "{told}"
    );
    let rest: String = long.chars().skip(LONGEST).collect();
    let (second, third) = rest.split_at(rest[..2_500].rfind("[segment").expect("a segment"));
    let names = ["plan", "plan_2", "plan_3"];
    let fields: Vec<_> = names
        .into_iter()
        .zip([cut.as_str(), second.trim_end(), third])
        .collect();
    assert!(
        fields.iter().all(|(_, it)| it.len() <= LONGEST),
        "{}",
        third.len()
    );
    let turn = filled(&mut talk, &fields);
    assert!(turn.asks.is_none(), "{:?}", turn.asks);
    let file = turn.proposals[0].file.as_ref().expect("a plan");
    assert_eq!(file.differs.len(), 300);
}

#[test]
fn a_guest_and_an_approved_plan_are_told_so_in_place_of_the_form() {
    let mut talk = Talk::after(&["set price $49/mo", "approve"]);
    let turn = filled(&mut talk, &[("plan", TEXT)]);
    assert!(
        turn.proposals.is_empty() && text(&turn).contains("approved"),
        "{}",
        text(&turn)
    );
    talk.role = Role::Guest;
    let turn = filled(&mut talk, &[("plan", TEXT)]);
    assert!(
        turn.proposals.is_empty() && text(&turn).contains("guest"),
        "{}",
        text(&turn)
    );
}

#[test]
fn places_left_open_are_told_and_the_rest_is_offered() {
    let mut talk = Talk::after(&[]);
    let plan = "[segment.main]\npricing.price = \"$99/mo\"\nicp.pain = \"tbd\"\n";
    let told = text(&talk.turn(command(&format!("import {plan}"))));
    for expected in [
        "This plan would make 1 change here",
        "line 3, column 12: icp.pain: `tbd` is no answer, so it counts as open",
        "Apply: accept",
    ] {
        assert!(told.contains(expected), "{expected}: {told}");
    }
    press(&mut talk, "accept @.0");
    assert!(talk.says("plan").contains("$99 a month"));
}
