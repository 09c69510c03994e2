//! `check`.

use super::*;

const JSON: [&str; 6] = ["check", "-", "--format", "json", "--as-of", "2026-03-04"];

#[test]
fn the_status_is_0_without_an_error_1_with_one_and_2_where_nothing_can_be_read() {
    assert_eq!(run(&["check", "-"], CONTRADICTS).code, Some(1));
    let mended = CONTRADICTS.replace("field", "plg");
    assert_eq!(run(&["check", "-"], &mended).code, Some(0));
    refused(
        &["check", "-"],
        "[segment.main]\nsales.motion = \"fild\"",
        "-:2:16: ",
    );
    refused(
        &["check", "nope.toml"],
        "",
        "nope.toml: no such file or folder",
    );
    refused(&["check", "."], "", ".: is a folder; name the plan in it");
    refused(&["check"], "", "<FILE>");
    refused(&["check", "-", "--as-of", "soon"], "", "2026-03-02");
    refused(&["check", "-", "--format", "yaml"], "", "text, json");
}

#[test]
fn the_report_has_its_keys() {
    let report = told(&JSON, LEDGERLY, 1);
    has_keys(
        &report,
        &[
            "plan",
            "verdict",
            "coverage",
            "coherence",
            "results",
            "next",
        ],
    );
    has_keys(&report["verdict"], &["state", "text"]);
    has_keys(&report["coverage"], &["have", "of", "percent", "by"]);
    for part in report["coverage"]["by"]
        .as_object()
        .expect("parts")
        .values()
    {
        has_keys(part, &["have", "of"]);
    }
    for result in list(&report["results"]) {
        is_result(result);
    }
    assert!((1..=3).contains(&list(&report["next"]).len()));
    for question in list(&report["next"]) {
        has_keys(question, &["field", "segment", "question", "decides"]);
        assert!(list(&question["decides"])[0].is_string());
    }
}

#[test]
fn nothing_decided_has_no_coherence() {
    let report = told(&JSON, "", 0);
    assert_eq!(report["coherence"], Value::Null);
    assert_eq!(report["verdict"]["state"], "not_enough");
}

#[test]
fn below_five_answers_nothing_is_an_error_for_being_absent() {
    for answers in 0..5 {
        let fields = [
            "pricing.acv = \"$120k\"",
            "pricing.seats = 3",
            "market.accounts = 40",
            "cs.services = true",
        ];
        let text = format!("[segment.main]\n{}", fields[..answers].join("\n"));
        let report = told(&JSON, &text, 0);
        assert_eq!(report["verdict"]["state"], "not_enough", "{text}");
    }
}

#[test]
fn states_are_of_four_kinds() {
    let report = told(&JSON, CONTRADICTS, 1);
    assert_eq!(report["verdict"]["state"], "contradictions");
    let report = told(&JSON, &CONTRADICTS.replace("field", "plg"), 0);
    assert_eq!(report["verdict"]["state"], "gaps");
}

#[test]
fn a_waived_error_does_not_count() {
    let waiver = "\n[[waiver]]\nrule = \"low-price-enterprise-motion\"\nreason = \"a pilot\"\n";
    let one = told(&JSON, CONTRADICTS, 1);
    let errors = |report: &Value| -> Vec<Value> {
        let results = list(&report["results"]).iter();
        let errors = results.filter(|it| it["outcome"] == "finding" && it["severity"] == "error");
        errors.cloned().collect()
    };
    let names: Vec<_> = errors(&one).iter().map(|it| it["rule"].clone()).collect();
    assert!(
        names.contains(&json!("low-price-enterprise-motion")),
        "{names:?}"
    );
    let folded = "\n[[waiver]]\nrule = \"field-acv-low\"\nreason = \"a pilot\"\n";
    let report = told(&JSON, &format!("{CONTRADICTS}{waiver}{folded}"), 0);
    let found = errors(&report);
    assert!(
        found
            .iter()
            .all(|it| it["status"] == "waived" || !it["folded_into"].is_null()),
        "{found:#?}"
    );
}

#[test]
fn what_is_folded_says_into_which() {
    let report = told(&JSON, CONTRADICTS, 1);
    let results = list(&report["results"]);
    let weaker = results.iter().find(|it| it["rule"] == "field-acv-low");
    assert_eq!(
        weaker.expect("the rule")["folded_into"],
        "low-price-enterprise-motion"
    );
}

#[test]
fn results_about_the_whole_plan_have_no_segment() {
    let report = told(&JSON, LEDGERLY, 1);
    let stage = list(&report["results"])
        .iter()
        .find(|it| it["rule"] == "stage-missing");
    assert_eq!(stage.expect("the rule")["segment"], Value::Null);
    let of_segments = list(&report["results"])
        .iter()
        .filter(|it| it["rule"] == "icp-missing");
    let segments: Vec<_> = of_segments.map(|it| it["segment"].clone()).collect();
    assert_eq!(segments, [json!("enterprise"), json!("smb")]);
}

#[test]
fn rules_that_need_a_history_do_not_apply_to_a_file() {
    let report = told(&JSON, LEDGERLY, 1);
    for rule in ["single-contributor", "segment-changed-in-place"] {
        let found = list(&report["results"])
            .iter()
            .filter(|it| it["rule"] == rule);
        for result in found {
            assert_eq!(result["outcome"], "not_applicable", "{result:#}");
        }
    }
}

#[test]
fn the_same_input_gives_the_same_bytes_whatever_the_order() {
    let mut lines: Vec<_> = CONTRADICTS.lines().collect();
    lines[2..].reverse();
    let turned = lines.join("\n");
    let one = run(&JSON, CONTRADICTS);
    let two = run(&JSON, &turned);
    assert_eq!(one.out, two.out);
    assert_eq!(one.out, run(&JSON, CONTRADICTS).out);
}

#[test]
fn as_of_sets_today() {
    let plan = format!("plan.last_review = 2026-01-10\n{CONTRADICTS}");
    let outcome = |day: &str| {
        let report = told(
            &["check", "-", "--format", "json", "--as-of", day],
            &plan,
            1,
        );
        let results = list(&report["results"]).clone();
        let review = results
            .into_iter()
            .find(|it| it["rule"] == "review-overdue");
        review.expect("the rule")["outcome"].clone()
    };
    assert_eq!(
        (outcome("2026-02-01"), outcome("2027-02-01")),
        (json!("pass"), json!("finding"))
    );
}

#[test]
fn standard_input_is_read_in_every_form() {
    let expected = run(&JSON, LEDGERLY).out;
    for form in ["toml", "json", "markdown", "csv"] {
        let written = run(&["export", "-", "--format", form], LEDGERLY);
        assert_eq!(written.code, Some(0), "{}", written.err);
        assert_eq!(run(&JSON, &written.out).out, expected, "{form}");
    }
}

#[test]
fn a_threshold_that_decides_nothing_is_told_and_not_counted_as_the_teams_own() {
    for (param, value, problem) in [
        ("max_acv", "20 days", "I read `20 days`"),
        ("max_acv", "$1", "outside the range of `max_acv`"),
        ("nope", "$20k", "has no threshold `nope`"),
    ] {
        let plan = format!(
            "[[threshold]]\nrule = \"plg-acv-high\"\nparam = \"{param}\"\nvalue = \"{value}\"\nreason = \"r\"\n"
        );
        let report = told(&JSON, &plan, 0);
        assert_eq!(report["thresholds"], serde_json::json!([]), "{value}");
        let notices = list(&report["notices"]);
        assert_eq!(notices.len(), 1, "{notices:?}");
        assert_eq!(notices[0]["kind"], "unused");
        assert_eq!(notices[0]["rule"], "plg-acv-high");
        let words = notices[0]["text"].as_str().expect("words");
        assert!(words.contains(problem), "{words}");
        let shown = run(&["check", "-"], &plan).out;
        assert!(!shown.contains("Thresholds of your own"), "{shown}");
        assert!(shown.contains("is not used"), "{shown}");
    }
    let plan = "[[threshold]]\nrule = \"plg-acv-high\"\nparam = \"max_acv\"\nvalue = \"$20k\"\nreason = \"r\"\n";
    let report = told(&JSON, plan, 0);
    assert_eq!(list(&report["thresholds"]).len(), 1);
    assert_eq!(report["notices"], serde_json::json!([]));
}

/// Two currencies in one plan are told once, and what a rule waits for is no answer that is there.
#[test]
fn mixed_currencies_are_told_in_the_report_in_what_if_and_in_sensitivity() {
    let plan = "[segment.main]\nsales.motion = \"plg\"\npricing.acv = \"$588\"\npricing.price = \"€49/mo\"\npricing.per = \"account\"\n";
    let report = told(&JSON, plan, 0);
    let notice = &list(&report["notices"])[0];
    assert_eq!(notice["kind"], "currencies");
    let text = "the plan mixes currencies (price is in EUR, ACV in USD), and amounts in two of them are not compared";
    assert_eq!(notice["text"], text);
    let said = run(&["check", "-"], plan).out;
    assert!(
        said.contains("The plan mixes currencies (price is in EUR, ACV in USD)"),
        "{said}"
    );
    let rate = "Thresholds are in US dollars; EUR counts at a rate of 1.00";
    let boundaries = told(&["sensitivity", "-", "--format", "json"], plan, 0);
    assert_eq!(boundaries["notes"][0], rate);
    let supposed = told(
        &["what-if", "-", "pricing.acv=$60k", "--format", "json"],
        plan,
        0,
    );
    assert_eq!(supposed["notes"][0], rate);
    let said = run(&["what-if", "-", "pricing.acv=$60k"], plan).out;
    assert!(said.contains(rate), "{said}");
}

#[test]
fn the_text_asks_three_questions_and_counts_each_part() {
    let plan = "[segment.main]\nsales.motion = \"field\"\nicp.industry = [\"banks\"]\nicp.buyer = [\"CFO\"]\nsales.reps = 2\nsales.cycle = \"90 days\"\n";
    let said = run(&["check", "-"], plan).out;
    let report = told(&JSON, plan, 0);
    let next = list(&report["next"]);
    assert_eq!(next.len(), 3);
    for question in next {
        let words = question["question"].as_str().expect("words");
        assert!(said.contains(words), "{words}: {said}");
    }
    let by = &report["coverage"]["by"]["icp"];
    let part = format!("icp {}/{}", by["have"], by["of"]);
    assert!(
        said.contains("By part: ") && said.contains(&part),
        "{part}: {said}"
    );
    // No question whose rules another decides already.
    let empty = told(&JSON, "", 0);
    let decides: Vec<_> = list(&empty["next"])
        .iter()
        .map(|it| &it["decides"])
        .collect();
    assert_ne!(decides[1], decides[2]);
}

/// A fix that sets several choices gives them as an array, whatever its page spells.
#[test]
fn what_a_fix_sets_is_a_value_of_its_kind() {
    let plan =
        "[segment.main]\nsales.motion = \"plg\"\nsales.assist = []\npricing.acv = \"$60k\"\n";
    let report = told(&JSON, plan, 1);
    let mut sets = Vec::new();
    for result in list(&report["results"]) {
        super::is_result(result);
        if let Some(set) = result["fix"]["set"].as_array() {
            sets.extend(set.iter().cloned());
        }
    }
    let assist = sets.iter().find(|set| set["field"] == "sales.assist");
    let assist = assist.expect("the fix of plg-acv-high");
    assert!(assist["value"].is_array(), "{assist}");
}

/// Each kind of field, as the differences between two files give it.
#[test]
fn every_field_is_given_in_the_form_of_its_kind() {
    let mut whole = String::new();
    let mut of_segment = String::from("[segment.main]\n");
    for field in gtm_advisor::plan::fields() {
        let line = format!("{} = {:?}\n", field.name, field.example());
        match field.level {
            gtm_advisor::plan::Level::Plan => whole.push_str(&line),
            gtm_advisor::plan::Level::Segment => of_segment.push_str(&line),
        }
    }
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("empty.toml"), "").expect("room");
    let ran = super::run_in(
        folder.path(),
        &["import", "-", "--into", "empty.toml", "--format", "json"],
        &(whole + &of_segment),
    );
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let told: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    let changes = list(&told["changes"]);
    assert_eq!(changes.len(), gtm_advisor::plan::fields().len());
    for change in changes {
        super::is_value_of(change["field"].as_str().expect("a name"), &change["new"]);
    }
}
