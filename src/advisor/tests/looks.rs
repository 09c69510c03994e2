//! The commands that look at the plan from one side.

use super::super::testing::{Talk, mention};
use super::spoken;

fn told(sets: &[&str], words: &str) -> String {
    Talk::after(sets).under_the_built_in_rules().says(words)
}

#[test]
fn milestones_are_told_line_by_line() {
    let sets = [
        "set stage product_market_fit",
        "set customers 4",
        "set mrr $12k",
        "set retention after 3 months 70%",
        "set arr $144k",
    ];
    let mut talk = Talk::after(&sets).under_the_built_in_rules();
    insta::assert_snapshot!(spoken(&mut talk, &["stage", "unset stage", "stage"]));
}

#[test]
fn a_milestone_counts_from_its_bound_on_and_a_number_must_be_above_it() {
    let reached = told(&["set customers 10", "set mrr $10k"], "stage");
    assert!(reached.contains("2 of the 3 lines"), "{reached}");
    let below = told(&["set customers 9", "set mrr $9,999"], "stage");
    assert!(below.contains("none of the 3 lines"), "{below}");
    let at = told(
        &[
            "set stage product_market_fit",
            "set retention after 3 months 70%",
        ],
        "stage",
    );
    assert!(at.contains("Not yet: more than 70%"), "{at}");
    let above = told(
        &[
            "set stage product_market_fit",
            "set retention after 3 months 71%",
        ],
        "stage",
    );
    assert!(above.contains("Reached: more than 70%"), "{above}");
}

#[test]
fn a_threshold_of_the_team_moves_the_milestone() {
    let mut talk = Talk::after(&["set customers 5"]).under_the_built_in_rules();
    talk.says("threshold stage-claims-unsupported.customers 5 because our deals are large");
    let told = talk.says("stage");
    assert!(
        told.contains("Reached: at least 5 paying customers"),
        "{told}"
    );
}

#[test]
fn one_segment_that_is_not_there_decides() {
    let sets = [
        "set stage gtm_fit",
        "set cac $1k for smb",
        "set acv $6k for smb",
        "set cac $90k for enterprise",
        "set acv $60k for enterprise",
    ];
    let mut talk = Talk::new().under_the_built_in_rules();
    for words in ["segment add smb", "segment add enterprise"]
        .iter()
        .chain(&sets)
    {
        talk.says(words);
    }
    let told = talk.says("stage");
    assert!(told.contains("18 months for enterprise"), "{told}");
}

#[test]
fn what_hangs_on_a_field() {
    let sets = ["set price $49/mo", "set motion field"];
    let mut talk = Talk::after(&sets).under_the_built_in_rules();
    insta::assert_snapshot!(spoken(
        &mut talk,
        &[
            "impact price",
            "impact plan owner",
            "impact prise",
            "impact"
        ]
    ));
}

#[test]
fn a_waiver_that_a_change_would_end_is_named() {
    let sets = [
        "set price $49/mo",
        "set motion field",
        "waive low-price-enterprise-motion we sell to the founder's friends",
    ];
    let told = told(&sets, "impact price");
    assert!(
        told.contains("A change ends the waiver of low-price-enterprise-motion"),
        "{told}"
    );
}

#[test]
fn a_symptom_leads_to_its_causes_in_this_plan() {
    let sets = ["set price $49/mo", "set motion field", "set industry SMBs"];
    let mut talk = Talk::after(&sets).under_the_built_in_rules();
    insta::assert_snapshot!(spoken(
        &mut talk,
        &[
            "diagnose CAC too high",
            "diagnose demos but no deals",
            "diagnose the coffee is cold",
            "diagnose",
        ]
    ));
}

#[test]
fn a_symptom_of_an_empty_plan_says_what_to_answer_first() {
    let told = Talk::new()
        .under_the_built_in_rules()
        .says("diagnose high churn");
    assert!(told.contains("the plan says too little to tell"), "{told}");
    assert!(told.contains("It would help to know:"), "{told}");
    assert!(told.matches("Source:").count() >= 3, "{told}");
}

#[test]
fn two_ways_are_tried_on_the_plan() {
    let sets = ["set price $49/mo", "set motion field"];
    let mut talk = Talk::after(&sets).under_the_built_in_rules();
    insta::assert_snapshot!(spoken(
        &mut talk,
        &[
            "compare plg and field",
            "compare usage | seat",
            "compare usage | field",
            "compare usage",
            "scenario save cheaper price $29/mo; motion plg",
            "compare plan and cheaper",
            "compare 1 2",
        ]
    ));
}

#[test]
fn in_several_segments_a_comparison_asks_for_which() {
    let mut talk = Talk::new().under_the_built_in_rules();
    for words in ["segment add smb", "segment add big", "set acv $3k for smb"] {
        talk.says(words);
    }
    let told = talk.says("compare plg | field");
    assert!(told.contains("for which one?"), "{told}");
    let told = talk.says("compare plg | field for smb");
    assert!(told.contains("fits better than field sales"), "{told}");
    let told = talk.says("compare plg | field for mid");
    assert!(told.contains("mid"), "{told}");
}

#[test]
fn a_rule_is_explained_with_what_holds_in_this_plan() {
    let sets = ["set acv $90k", "set motion field", "set buyer CFO"];
    let mut talk = Talk::after(&sets).under_the_built_in_rules();
    for words in [
        "threshold field-acv-low.max_acv $95k because our field team is small",
        "waive field-needs-stakeholders we know the founders until 2026-06-30",
    ] {
        let told = talk.says(words);
        assert!(told.starts_with("[everyone]"), "{told}");
    }
    let told = talk.says("explain field-acv-low");
    for expected in [
        "Thresholds in force",
        "max_acv: $95,000 a year here in place of $100,000 a year (may be $5,000 a year to $1,000,000 a year), because our field team is small · set by name of U1 on ",
        "hopeless_acv: $5,000 a year (may be $500 a year to $50,000 a year). ",
        "In this plan",
        "• Warning: You sell",
    ] {
        assert!(told.contains(expected), "{expected:?} is missing: {told}");
    }
    for term in ["explain ACV", "explain payback"] {
        let told = talk.says(term);
        assert!(!told.contains("There is no rule"), "{told}");
    }
    let told = talk.says("explain field-needs-stakeholders");
    assert!(told.contains("Waived until 2026-06-30"), "{told}");
    assert!(told.contains("we know the founders"), "{told}");
}

#[test]
fn one_rule_is_told_also_where_it_passes_or_waits() {
    let mut talk = Talk::after(&["set motion field"]).under_the_built_in_rules();
    let told = talk.says("check field-acv-low");
    assert!(told.contains("field-acv-low is unknown."), "{told}");
    assert!(told.contains("For example /gtm set pricing."), "{told}");
    talk.says("set acv $120k");
    let told = talk.says("check field-acv-low");
    assert!(told.contains("field-acv-low passes."), "{told}");
    assert!(told.contains("passes: "), "{told}");
    talk.says("set acv $4k");
    let told = talk.says("check `field-acv-low`");
    assert!(told.contains("field-acv-low finds something."), "{told}");
    assert!(told.contains("To change: "), "{told}");
    let told = talk.says("check field-acv-lo");
    assert!(told.contains("There is no rule"), "{told}");
}

#[test]
fn a_rule_may_be_named_with_its_category() {
    let sets = ["set acv $90k", "set motion field"];
    let mut talk = Talk::after(&sets).under_the_built_in_rules();
    for words in [
        "explain fit/field-acv-low",
        "check fit/field-acv-low",
        "threshold fit/field-acv-low.max_acv $95k because our field team is small",
        "waive fit/field-acv-low we learn first",
        "unwaive fit/field-acv-low",
    ] {
        let told = talk.says(words);
        assert!(!told.contains("There is no rule"), "{words}: {told}");
        assert!(told.contains("field-acv-low"), "{words}: {told}");
    }
    assert!(
        talk.says("explain field-acv-low")
            .contains("$95,000 a year here")
    );
    for words in ["explain pricing/field-acv-low", "check fit/field-acv-lw"] {
        let told = talk.says(words);
        assert!(told.contains("There is no rule"), "{words}: {told}");
        assert!(told.contains("explain field-acv-low"), "{words}: {told}");
    }
}

#[test]
fn what_is_neither_a_rule_nor_a_term_is_not_explained_by_something_else() {
    let mut talk = Talk::new().under_the_built_in_rules();
    for word in ["nope", "nonsense", "banana", "fit/nope"] {
        let told = talk.says(&format!("explain {word}"));
        assert!(
            told.contains(&format!("There is no rule \"{word}\"")),
            "{told}"
        );
    }
    for word in [
        "ACV",
        "retension",
        "SLA",
        "vertragswert",
        "cost of winning a customer",
        "LTV/CAC",
    ] {
        let told = talk.says(&format!("explain {word}"));
        assert!(!told.contains("There is no rule"), "{word}: {told}");
    }
}

#[test]
fn growing_accounts_are_told_only_where_another_finding_weighs_less_for_it() {
    let rule = "land-and-expand-shift";
    let sets = ["set acv $30k", "set motion inside_one_stage"];
    let mut talk = Talk::after(&sets).under_the_built_in_rules();
    for words in ["set nrr 106%", "check", "what-if nrr 108%"] {
        let said = talk.says(words);
        assert!(!said.contains(rule), "{words}: {said}");
    }
    for words in ["what-if motion field", "set motion field", "check"] {
        let said = talk.says(words);
        assert!(said.contains(rule), "{words}: {said}");
    }
}

#[test]
fn the_history_leads_to_the_message_in_which_a_command_stood() {
    let mut talk = Talk::after(&["set price $49/mo"]);
    let leads = |talk: &mut Talk| talk.says("history").contains("command · message · ");
    assert!(!leads(&mut talk), "a slash command stands in no message");
    talk.turn(mention("set acv $30k"));
    assert!(leads(&mut talk));
}

#[test]
fn an_assumption_past_its_day_is_reported() {
    let is_overdue = |talk: &mut Talk| talk.says("check").contains("was to be validated");
    let mut talk = Talk::after(&["assume price $49/mo until 2026-03-02"]);
    assert!(!is_overdue(&mut talk), "the day itself is not over");
    talk.now = "2026-03-03T10:00:00Z".parse().expect("an instant");
    let told = talk.says("check");
    let expected = "Price ($49 a month) was to be validated by 2026-03-02, and nobody has said what came of it.";
    assert!(told.contains(expected), "{told}");
    talk.says("assume price until 2026-03-03");
    assert!(!is_overdue(&mut talk));
    talk.now = "2026-03-04T10:00:00Z".parse().expect("an instant");
    assert!(is_overdue(&mut talk));
    talk.says("fact price");
    assert!(!is_overdue(&mut talk));
}

#[test]
fn triggers_are_listed_noted_and_closed_by_a_review() {
    let sets = ["set CAC $900", "set channels seo, events"];
    let mut talk = Talk::after(&sets).under_the_built_in_rules();
    insta::assert_snapshot!(spoken(
        &mut talk,
        &[
            "trigger fired CAC has doubled on 2026-02-20",
            "trigger fired the office moves",
            "trigger CAC has doubled",
            "trigger fired a new competitor on 2027-01-01",
        ]
    ));
    let told = talk.says("trigger");
    for expected in [
        "2 triggers have fired and wait for a review of the plan.",
        "• t1: CAC has doubled · 2026-02-20 · noted by name of U1 · look at CAC, channels, sales motion, ICP industry",
        "Nobody has said it yet.",
        "• The competition changes",
    ] {
        assert!(told.contains(expected), "{expected:?} is missing: {told}");
    }
    talk.says("set plan.last_review 2026-02-21");
    talk.says("set plan.revision_triggers CAC above $500");
    let told = talk.says("trigger");
    assert!(told.contains("1 trigger has fired"), "{told}");
    assert!(!told.contains("• t1:"), "{told}");
    assert!(told.contains("• CAC above $500"), "{told}");
}

#[test]
fn an_open_trigger_stands_in_the_check_until_the_review() {
    let mut talk = Talk::after(&["trigger fired a new competitor"]);
    let told = talk.says("check");
    let expected = "Trigger t1 fired on 2026-03-02 (a new competitor), and the plan has not been reviewed since.";
    assert!(told.contains(expected), "{told}");
    talk.says("set plan.last_review 2026-03-02");
    assert!(!talk.says("check").contains("Trigger t1"));
    talk.says("undo");
    talk.says("undo 1");
    assert!(!talk.says("check").contains("Trigger t1"));
}

#[test]
fn a_fork_keeps_its_answers_while_the_plan_goes_on() {
    let mut talk = Talk::new().under_the_built_in_rules();
    insta::assert_snapshot!(spoken(
        &mut talk,
        &[
            "fork enterprise",
            "plans",
            "set price $49/mo",
            "fork enterprise",
            "set price $99/mo",
            "scenario save enterprise motion field",
            "plans",
            "scenario compare enterprise",
            "fork enterprise",
        ]
    ));
}

#[test]
fn copies_are_many_only_while_the_plan_stays_small() {
    let mut talk = Talk::new();
    for n in 0..50 {
        for field in ["pricing.price", "pricing.acv", "pricing.market_price"] {
            talk.learn(field, "$49 a year", &format!("s{n}"));
        }
    }
    for n in 0..6 {
        let told = talk.says(&format!("fork copy-{n}"));
        assert!(told.starts_with("[everyone]"), "{told}");
    }
    let told = talk.says("fork copy-6");
    assert!(told.contains("hold 1000 answers at most"), "{told}");
    assert!(talk.says("plans").len() < 4_000);
}
