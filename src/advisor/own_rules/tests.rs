//! A workspace's own rules: shown, put in force, taken out, refused.

use super::super::testing::{Talk, click, command, mention, text};
use super::super::{Asks, Filled, FormKind, OwnPages, Role, Said, SharedText, Turn, opening};
use crate::documents::{SharedFile, Unreadable};
use crate::lint::NEW_PAGE;
use crate::render::{Block, Button};

fn page(least: &str) -> String {
    NEW_PAGE.replace("default = \"$30k\"", &format!("default = \"{least}\""))
}

fn talk() -> Talk {
    let mut talk = Talk::after(&["set motion field", "set acv $20k"]);
    talk.role = Role::Admin;
    talk
}

fn add(talk: &mut Talk, name: &str, page: &str) -> Turn {
    talk.turn(command(&format!("rules add {name}\n{page}")))
}

/// The words behind the first button of a reply with that label.
fn behind(turn: &Turn, label: &str) -> String {
    let is_it = |it: &&Button| it.label == label;
    let blocks = turn.reply.document.blocks.iter();
    let mut buttons = blocks.filter_map(|block| match block {
        Block::Actions(buttons) => buttons.iter().find(is_it),
        _ => None,
    });
    buttons
        .next()
        .unwrap_or_else(|| panic!("{label}: {}", text(turn)))
        .words
        .clone()
}

fn press(talk: &mut Talk, turn: &Turn, label: &str) -> Turn {
    talk.turn(click(&behind(turn, label)))
}

const USE: &str = "Use it in every channel";
const OUT: &str = "Take it out of force";

#[test]
fn a_rule_is_shown_put_in_force_and_taken_back() {
    let mut talk = talk();
    insta::assert_snapshot!("none", talk.says("rules list"));
    // The first check offers a digest, once.
    talk.says("check");
    let before = talk.says("check");
    let shown = add(&mut talk, "fit/our-deals", NEW_PAGE);
    insta::assert_snapshot!("shown", text(&shown));
    assert_eq!(talk.says("check"), before);
    let used = press(&mut talk, &shown, USE);
    insta::assert_snapshot!("used", text(&used));
    insta::assert_snapshot!("check", talk.says("check"));
    insta::assert_snapshot!("page", talk.says("explain our-deals"));
    insta::assert_snapshot!("list", talk.says("rules list"));
    assert!(talk.says("rules").contains("(1 of your own)"));
    assert!(talk.says("what-if acv $40k").contains("our-deals"));
    assert!(talk.says("sensitivity acv").contains("our-deals"));
    let waived = talk.says("waive our-deals we learn first");
    assert!(waived.contains("our-deals"), "{waived}");
    talk.says("undo");
    let threshold = "threshold our-deals.least $5k because our deals are small";
    let settled = talk.says(threshold);
    assert!(settled.contains("settles 1 finding"), "{settled}");
    talk.says("undo");
    let back = press(&mut talk, &used, "Undo");
    insta::assert_snapshot!("back", text(&back));
    let settled = talk.says("check");
    assert!(
        settled.contains("1 settled") && !settled.contains("our-deals"),
        "{settled}"
    );
    // And once more, from what is kept.
    let again = press(&mut talk, &back, "Undo");
    assert!(again.workspace.is_some(), "{}", text(&again));
    assert!(talk.says("check").contains("our-deals"));
}

#[test]
fn a_new_page_takes_the_place_of_the_old_and_one_undo_brings_that_back() {
    let mut talk = talk();
    let shown = add(&mut talk, "fit/our-deals", NEW_PAGE);
    press(&mut talk, &shown, USE);
    let low = page("$25k").replace("$30k", "$25k");
    let shown = add(&mut talk, "fit/our-deals", &low);
    assert!(text(&shown).contains("So far"), "{}", text(&shown));
    let used = press(&mut talk, &shown, USE);
    assert!(talk.says("explain our-deals").contains("$25,000 a year"));
    press(&mut talk, &used, "Undo");
    assert!(talk.says("explain our-deals").contains("$30,000 a year"));
    let same = add(&mut talk, "fit/our-deals", NEW_PAGE);
    assert!(
        text(&same).contains("already, word for word"),
        "{}",
        text(&same)
    );
}

#[test]
fn a_press_under_other_rules_changes_nothing_and_shows_anew() {
    let mut talk = talk();
    let first = add(&mut talk, "fit/our-deals", NEW_PAGE);
    let second = add(&mut talk, "fit/our-others", NEW_PAGE);
    press(&mut talk, &second, USE);
    let late = press(&mut talk, &first, USE);
    assert!(late.workspace.is_none());
    let told = text(&late);
    assert!(
        told.contains("Nothing was changed: the workspace's own rules are others by now."),
        "{told}"
    );
    press(&mut talk, &late, USE);
    assert_eq!(talk.workspace.rules.in_force.len(), 2);
    // A second press says that it is done.
    let told = text(&press(&mut talk, &late, USE));
    assert!(told.contains("in force already"), "{told}");
}

#[test]
fn a_bad_page_is_refused_with_its_place_and_changes_nothing() {
    let mut talk = talk();
    let long = NEW_PAGE.replace(
        "## Sources",
        &format!("{}\n\n## Sources", "x".repeat(40_000)),
    );
    let nested = NEW_PAGE.replace("when = '", &format!("when = '{}", "(".repeat(400)));
    let cases = [
        (
            "fit/our-deals",
            NEW_PAGE.replace("deal_value <", "deal_valeu <"),
            "fit/our-deals.md:5:9: no name `deal_valeu`",
        ),
        (
            "fit/our-deals",
            NEW_PAGE.replace("pricing.acv = \"$20k\"", "pricing.acv = \"$40k\""),
            "this example is not kept",
        ),
        (
            "fit/our-deals",
            NEW_PAGE.replace("pass = '", "pass = '\u{202e}"),
            "the letter U+202E is invisible",
        ),
        ("fit/our-deals", long, "32768 are the most"),
        ("fit/our-deals", nested, "nested deeper than 32 levels"),
        (
            "fit/field-acv-low",
            NEW_PAGE.to_owned(),
            "the name of a rule that comes with the program",
        ),
        (
            "Fit/Our deals",
            NEW_PAGE.to_owned(),
            "a name is one word, and behind it stands the page",
        ),
        (
            "fit/our_deals",
            NEW_PAGE.to_owned(),
            "`fit/our_deals` is no name for a rule",
        ),
        ("", NEW_PAGE.to_owned(), "a rule needs a name"),
        (
            "fit/our-deals",
            "When a deal is small, warn".to_owned(),
            "a page begins with a line `+++`",
        ),
    ];
    for (name, page, expected) in cases {
        let turn = add(&mut talk, name, &page);
        let told = text(&turn);
        assert!(told.contains(expected), "{name}: {told}");
        assert!(turn.workspace.is_none() && turn.kept.is_empty(), "{told}");
        assert!(told.starts_with("[only you] Nothing was"), "{told}");
    }
    assert_eq!(talk.workspace.rules, OwnPages::default());
}

#[test]
fn a_rule_that_another_folds_goes_where_it_is_said_what_that_ends() {
    let mut talk = talk();
    for (name, page) in [
        ("fit/our-deals", NEW_PAGE.to_owned()),
        (
            "fit/our-others",
            NEW_PAGE.replace(
                "severity = \"advice\"",
                "severity = \"warning\"\nfolds = [\"our-deals\"]",
            ),
        ),
    ] {
        let shown = add(&mut talk, name, &page);
        press(&mut talk, &shown, USE);
    }
    let shown = talk.turn(command("rules remove our-deals"));
    let told = text(&shown).replace('`', "");
    let ends = "our-others folds or softens our-deals, and no rule of the workspace is called so";
    assert!(told.contains(ends), "{told}");
    assert_eq!(talk.workspace.rules.in_force.len(), 2);
    press(&mut talk, &shown, OUT);
    assert_eq!(talk.workspace.rules.in_force.len(), 1);
    assert!(!talk.says("check").contains("cannot be used"));
}

#[test]
fn a_draft_is_told_as_one_and_put_in_force_by_the_name_of_its_rule() {
    let mut talk = talk();
    add(&mut talk, "fit/our-deals", NEW_PAGE);
    add(
        &mut talk,
        "fit/our-deals",
        &page("$25k").replace("$30k", "$25k"),
    );
    insta::assert_snapshot!("drafts", talk.says("rules list"));
    let shown = talk.turn(command("rules use our-deals"));
    assert!(shown.workspace.is_none(), "it is shown first");
    press(&mut talk, &shown, USE);
    assert!(talk.says("explain our-deals").contains("$25,000 a year"));
    for n in 1..=6 {
        let name = format!("fit/our-draft-{n}");
        add(&mut talk, &name, NEW_PAGE);
    }
    let told = talk.says("rules list");
    assert!(told.contains("And 2 older."), "{told}");
}

#[test]
fn only_own_rules_are_removed() {
    let mut talk = talk();
    for (words, expected) in [
        (
            "rules remove field-acv-low",
            "field-acv-low comes with the program, so nothing was changed.",
        ),
        (
            "rules remove nothing-such",
            "The workspace has no rule \"nothing-such\" of its own.",
        ),
        (
            "rules use 3f2a91c0b7d4",
            "There is no page 3f2a91c0b7d4, so nothing was changed.",
        ),
        (
            "rules use nothing-such",
            "There is no page nothing-such, so nothing was changed.",
        ),
    ] {
        let told = talk.says(words);
        assert!(told.contains(expected), "{words}: {told}");
    }
    let shown = add(&mut talk, "fit/our-deals", NEW_PAGE);
    press(&mut talk, &shown, USE);
    let shown = talk.turn(command("rules remove our-deals"));
    assert!(
        text(&shown).contains("This settles 1 finding"),
        "{}",
        text(&shown)
    );
    let out = press(&mut talk, &shown, OUT);
    assert!(
        text(&out).contains("is out of force in every channel"),
        "{}",
        text(&out)
    );
    assert!(talk.says("rules list").contains("Not in force"));
}

#[test]
fn others_than_admins_change_nothing() {
    let mut talk = talk();
    let shown = add(&mut talk, "fit/our-deals", NEW_PAGE);
    for role in [Role::Member, Role::Guest, Role::External] {
        talk.role = role;
        let told = text(&press(&mut talk, &shown, USE));
        assert!(
            told.contains("only an admin of the workspace adds rules of its own"),
            "{told}"
        );
        let told = text(&add(&mut talk, "fit/our-deals", NEW_PAGE));
        assert!(
            told.contains("only an admin of the workspace adds rules of its own"),
            "{told}"
        );
    }
    assert!(talk.workspace.rules.in_force.is_empty());
}

#[test]
fn a_page_is_read_in_a_fence_and_from_a_file() {
    let mut talk = talk();
    for words in [
        format!("rules add fit/our-deals ```{NEW_PAGE}```"),
        format!("rules add fit/our-deals\n```\n{NEW_PAGE}\n```"),
        format!("rules add fit/our-deals {NEW_PAGE}"),
    ] {
        let turn = talk.turn(mention(&words));
        assert!(turn.workspace.is_some(), "{words}: {}", text(&turn));
        assert!(
            text(&turn).contains("3 examples, all kept"),
            "{}",
            text(&turn)
        );
    }
    assert_eq!(talk.workspace.rules.aside.len(), 1);
    let file = |name: &str, text| SharedText {
        file: SharedFile {
            id: "F1".to_owned(),
            name: name.to_owned(),
            address: String::new(),
            link: None,
            bytes: None,
        },
        text,
    };
    let windows = format!("\u{feff}{}", NEW_PAGE.replace('\n', "\r\n"));
    talk.desk.texts = vec![file("Our-Deals.md", Ok(windows))];
    let turn = talk.turn(mention("rules add"));
    assert!(text(&turn).contains("in ours"), "{}", text(&turn));
    let turn = talk.turn(mention("rules add fit/our-deals"));
    assert!(text(&turn).contains("in fit"), "{}", text(&turn));
    assert_eq!(talk.workspace.rules.aside.len(), 2);
    talk.desk.texts = vec![file("x.md", Err(Unreadable::TooLarge))];
    let turn = talk.turn(mention("rules add"));
    assert!(
        text(&turn).contains("I could not take x.md"),
        "{}",
        text(&turn)
    );
}

#[test]
fn the_form_begins_with_a_page_that_works_and_says_what_is_wrong_at_its_field() {
    let form = opening(&super::super::testing::said(command("rules add")), true).expect("a form");
    assert_eq!((form.kind, form.waits()), (FormKind::Rule, true));
    let mut talk = talk();
    let asked = talk.turn(command("rules add fit/ours"));
    let Some(Asks::Fill(form)) = asked.asks.as_deref() else {
        panic!("{}", text(&asked));
    };
    assert_eq!((form.kind, form.waits()), (FormKind::Rule, false));
    let mut filled = |name: &str, page: &str| {
        talk.turn(Said::Filled(Filled {
            form: FormKind::Rule,
            carried: String::new(),
            answers: [("name", name), ("page", page)]
                .map(|(name, answer)| (name.to_owned(), answer.to_owned()))
                .into(),
        }))
    };
    let turn = filled("fit/our-deals", NEW_PAGE.trim_end());
    assert!(
        turn.asks.is_none() && turn.workspace.is_some(),
        "{}",
        text(&turn)
    );
    for (name, page, input, expected) in [
        (
            "Our deals",
            NEW_PAGE.to_owned(),
            "name",
            "is no name for a rule",
        ),
        (
            "fit/ours",
            NEW_PAGE.replace("deal_value <", "deal_valeu <"),
            "page",
            "Line 5, column 9: no name",
        ),
        ("fit/ours", "x".repeat(3_000), "page", "This field is full"),
    ] {
        let turn = filled(name, &page);
        let Some(Asks::Mend(faults)) = turn.asks.as_deref() else {
            panic!("{}", text(&turn));
        };
        assert_eq!(faults[0].input, input);
        assert!(faults[0].words.contains(expected), "{}", faults[0].words);
    }
}

#[test]
fn pages_that_cannot_be_used_are_told_wherever_the_plan_is_checked() {
    let mut talk = talk();
    for name in ["fit/our-deals", "fit/our-others"] {
        let shown = add(&mut talk, name, NEW_PAGE);
        press(&mut talk, &shown, USE);
    }
    // As if a newer program no longer took the page.
    talk.pages[0].text = NEW_PAGE.replace("deal_value", "deal_valeu");
    let told = talk.says("check");
    assert!(told.contains("1 rule of the workspace's own cannot be used and did not judge. fit/our-deals.md:5:9: no name"), "{told}");
    assert!(told.contains("our-others"), "{told}");
    assert!(
        talk.says("rules list")
            .contains("not used: fit/our-deals.md:5:9")
    );
    // It keeps nothing else from being mended.
    let shown = talk.turn(command("rules remove our-deals"));
    press(&mut talk, &shown, OUT);
    assert!(!talk.says("check").contains("cannot be used"));
}

#[test]
fn two_pages_that_name_each_other_come_and_go_one_by_one() {
    let mut talk = talk();
    let naming = |line: &str| NEW_PAGE.replacen("pass = ", &format!("{line}\npass = "), 1);
    let first = add(&mut talk, "fit/first", &naming("folds = ['second']"));
    let told = text(&first);
    let waits = "first folds or softens second, and no rule of the workspace is called so";
    assert!(told.replace('`', "").contains(waits), "{told}");
    press(&mut talk, &first, USE);
    let second = add(&mut talk, "fit/second", &naming("softens = ['first']"));
    let told = text(&second);
    assert!(!told.contains("is called so"), "{told}");
    press(&mut talk, &second, USE);
    assert_eq!(talk.workspace.rules.in_force.len(), 2);
    assert!(!talk.says("check").contains("cannot be used"));
    // Each may go before the other, too.
    let gone = talk.turn(command("rules remove second"));
    assert!(
        text(&gone).replace('`', "").contains(waits),
        "{}",
        text(&gone)
    );
    press(&mut talk, &gone, OUT);
    assert!(!talk.says("check").contains("cannot be used"));
    assert_eq!(talk.workspace.rules.in_force.len(), 1);
    // Two that fold each other say which of them gives way.
    let circle = add(&mut talk, "fit/second", &naming("folds = ['first']"));
    let told = text(&circle);
    assert!(
        told.contains("let only the stronger fold the other"),
        "{told}"
    );
}

#[test]
fn whoever_may_not_add_a_rule_is_told_before_a_form_is_filled_in() {
    let mut talk = talk();
    talk.role = Role::Member;
    let refused = talk.turn(command("rules add"));
    assert!(refused.asks.is_none());
    assert!(text(&refused).contains("admin"), "{}", text(&refused));
}
