//! What is said is so: of triggers, suppositions, dates in reasons, names and small numbers.

use jiff::SignedDuration;

use super::super::testing::{Talk, text};

#[track_caller]
fn says(talk: &mut Talk, words: &str, expected: &str) {
    let told = talk.says(words);
    assert!(told.contains(expected), "{words}: {told}");
}

#[track_caller]
fn says_not(talk: &mut Talk, words: &str, unexpected: &str) {
    let told = talk.says(words);
    assert!(!told.contains(unexpected), "{words}: {told}");
}

/// A plan that has stood for so long that it is no draft any more.
fn settled(commands: &[&str]) -> Talk {
    let mut talk = Talk::after(commands);
    talk.now += SignedDuration::from_hours(15 * 24);
    talk
}

#[test]
fn what_was_taken_back_calls_for_no_review() {
    let mut talk = settled(&["set price $20k a year"]);
    talk.says("set price $30k a year");
    says(
        &mut talk,
        "triggers",
        "price $20,000 a year → $30,000 a year",
    );
    talk.says("set price $40k a year");
    says(
        &mut talk,
        "triggers",
        "price $20,000 a year → $40,000 a year",
    );
    talk.says("unset price");
    talk.says("set price $20k a year");
    says_not(&mut talk, "triggers", "Pricing change: ");
    talk.says("segment add xx");
    says(&mut talk, "triggers", "segment xx");
    talk.says("segment rename xx to yy");
    says(&mut talk, "triggers", "segment yy");
    talk.says("segment remove yy");
    says_not(&mut talk, "triggers", "Another target: ");
}

#[test]
fn the_segment_that_a_plan_begins_with_is_no_other_target() {
    let mut talk = settled(&["segment add smb"]);
    says_not(&mut talk, "triggers", "Another target: ");
    says(&mut talk, "triggers", "No trigger has been noted yet.");
    talk.says("segment add enterprise");
    says(&mut talk, "triggers", "segment enterprise");
}

#[test]
fn what_nobody_could_decide_would_not_go() {
    let mut talk = Talk::after(&["set motion field", "set acv $20k"]);
    says(
        &mut talk,
        "what-if acv=unknown",
        "1 finding could no longer be decided",
    );
}

#[test]
fn a_win_rate_of_nothing_is_the_worst_and_no_way_out() {
    let mut talk = Talk::after(&["set price $99/mo", "set meetings 4", "set win rate 20%"])
        .under_the_built_in_rules();
    says(
        &mut talk,
        "what-if win rate 0%",
        "no finding appears or goes",
    );
    let told = talk.says("sensitivity win rate");
    assert!(!told.contains("at most 0%, touch-cost"), "{told}");
}

#[test]
fn no_boundary_lies_where_no_value_is() {
    let mut talk = Talk::after(&[
        "set price $99/mo",
        "set meetings 4",
        "set win rate 20%",
        "set motion field",
        "set economics.gross_margin 80%",
        "set quota $500k",
        "set reps 4",
    ])
    .under_the_built_in_rules();
    let told = talk.says("sensitivity");
    let rates = told.lines().filter(|line| line.contains("win rate"));
    for line in rates {
        for word in line.split([' ', ',']) {
            let percent = word.strip_suffix('%').and_then(|it| it.parse::<i64>().ok());
            assert!(percent.is_none_or(|it| (0..=100).contains(&it)), "{line}");
        }
    }
}

#[test]
fn until_and_because_may_be_words_of_a_reason() {
    let mut talk = Talk::after(&["set motion field", "set price $20k a year"]);
    says(
        &mut talk,
        "waive field-acv-low we wait until the pilot ends",
        ": we wait until the pilot ends",
    );
    says(
        &mut talk,
        "waive field-acv-low we wait until 2026-12-01",
        "until 2026-12-01: we wait",
    );
    says(
        &mut talk,
        "waive field-acv-low we wait until tomorrow",
        "until 2026-03-03: we wait",
    );
    says(
        &mut talk,
        "waive field-acv-low we wait until 2026-13-01",
        "[only you] I can't read that date",
    );
    says(
        &mut talk,
        "waive field-acv-low we wait until in two weeks",
        "until 2026-03-16: we wait",
    );
    says(
        &mut talk,
        "threshold field-acv-low.max_acv $15k because deals are small because we sell to SMB",
        "because deals are small because we sell to SMB",
    );
}

#[test]
fn a_segment_is_removed_and_renamed_in_either_order_of_words() {
    let mut talk = Talk::after(&["segment add smb", "segment add big"]);
    says(&mut talk, "rename segment smb to small", "[everyone]");
    says(&mut talk, "remove segment small", "[everyone]");
    says(&mut talk, "add segment small", "[everyone]");
    says(&mut talk, "delete segment small", "[everyone]");
}

#[test]
fn a_sentence_may_begin_with_for() {
    let mut talk = Talk::after(&["segment add smb"]);
    says(
        &mut talk,
        "set problem for teams to work together",
        "for teams to work together",
    );
    let mut talk = Talk::after(&["segment add smb", "segment add big"]);
    says(
        &mut talk,
        "set pain for smb to pile up invoices",
        "for smb: pile up invoices",
    );
    says(
        &mut talk,
        "set pain for big for teams to work together",
        "for big: for teams to work together",
    );
}

#[test]
fn a_price_counts_where_there_is_no_acv() {
    let mut talk = Talk::after(&["set motion field", "na acv because nobody knows"]);
    says_not(&mut talk, "check", "price and ACV");
    talk.says("set price $2000 a month");
    talk.says("waive field-acv-low we learn first");
    let plan = talk.plan.as_ref().expect("there is a plan");
    let waiver = plan.waivers().next().expect("it is waived");
    let against: Vec<_> = waiver.against.keys().collect();
    assert!(
        against.iter().any(|it| it.starts_with("pricing.price")),
        "{against:?}"
    );
}

#[test]
fn politeness_is_no_number() {
    let mut talk = Talk::after(&["set price $49/mo"]);
    says(&mut talk, "history please", "v1 Price");
    says(&mut talk, "export toml please", "pricing.price");
    says(&mut talk, "export please", "pricing.price");
    says(&mut talk, "undo 1 please", "Took back version 1");
    talk.says("set price $59/mo");
    says(&mut talk, "undo please!", "Took back version 3");
}

#[test]
fn small_words_are_right() {
    let mut talk = Talk::after(&["set price $10k once", "set seats 5"]);
    says(&mut talk, "template foo", "There is no template \"foo\".");
    says(&mut talk, "owner pricing @ana", "looked after by @ana");
    says(
        &mut talk,
        "owner pricing Nobody",
        "Pricing has no owner any more",
    );
    talk.says("approve");
    says(
        &mut talk,
        "object it is too early",
        "objects to the approval",
    );
    says(
        &mut talk,
        "object it is too early",
        "[only you] That is noted already.",
    );
}

#[test]
fn the_baseline_knows_what_was_told_with_another_finding() {
    let mut talk = Talk::after(&["set motion field", "set price $500 a year"]);
    says(&mut talk, "baseline", "Accepted 1 finding as the baseline");
    says_not(&mut talk, "set price $6000 a year", "field-acv-low");
}

#[test]
fn bent_quotes_in_a_value_come_back_as_they_were() {
    let mut talk = Talk::after(&["set pain he says \u{201C}no more spreadsheets\u{201D}"]);
    let file = crate::plan::write_file(
        talk.plan.as_ref().expect("there is a plan"),
        crate::plan::FileFormat::Toml,
    );
    let told = talk.says(&format!("import {file}"));
    assert!(told.contains("says all of that already"), "{told}");
    let bent = file
        .replace(['\u{201C}', '\u{201D}'], "")
        .replace('"', "\u{201D}");
    let told = text(&talk.turn(super::super::testing::command(&format!("import {bent}"))));
    assert!(told.contains("would make 1 change"), "{told}");
}
