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
