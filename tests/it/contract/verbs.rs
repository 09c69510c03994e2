//! The other verbs.

use super::*;

#[test]
fn read_proposes_with_its_keys() {
    let told = told(
        &[
            "read",
            "ok so we charge 49 bucks a month, and for enterprise it's outside sales",
            "--format",
            "json",
        ],
        "",
        0,
    );
    has_keys(
        &told,
        &["proposals", "hypotheses", "questions", "conflicts"],
    );
    let proposals = list(&told["proposals"]);
    for one in proposals {
        has_keys(
            one,
            &["field", "segment", "value", "display", "quote", "replaces"],
        );
        assert!(
            one.get("line").is_none() && one.get("speaker").is_none(),
            "{one}"
        );
    }
    let price = proposals.iter().find(|it| it["field"] == "pricing.price");
    let price = price.expect("the price");
    assert_eq!(
        price["value"],
        json!({ "amount": "49.00", "currency": "USD", "per": "month" })
    );
    assert_eq!(
        (&price["display"], &price["replaces"]),
        (&json!("$49 a month"), &Value::Null)
    );
}

#[test]
fn a_thread_on_standard_input_has_lines_and_speakers() {
    let thread = "ana: we charge $49 a month\nben: our sales cycle is 45 days\nana: what if we sold through partners?\n";
    for words in [
        &["read", "--format", "json"][..],
        &["read", "-", "--format", "json"],
    ] {
        let told = told(words, thread, 0);
        let cycle = list(&told["proposals"])
            .iter()
            .find(|it| it["field"] == "sales.cycle");
        let cycle = cycle.expect("the cycle");
        assert_eq!(
            (&cycle["line"], &cycle["speaker"]),
            (&json!(2), &json!("ben"))
        );
        let tried = &list(&told["hypotheses"])[0];
        has_keys(tried, &["field", "segment", "value", "display", "quote"]);
    }
}

#[test]
fn where_two_disagree_both_values_stand() {
    let told = told(
        &["read", "--format", "json"],
        "ana: we charge $49 a month\nben: we charge $59 a month\n",
        0,
    );
    let conflicts = list(&told["conflicts"]);
    let one = conflicts.first().unwrap_or_else(|| panic!("{told:#}"));
    has_keys(one, &["field", "segment", "values"]);
    assert_eq!(list(&one["values"]).len(), 2, "{one:#}");
}

#[test]
fn read_with_a_plan_says_what_is_replaced() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("plan.toml"), LEDGERLY).expect("room");
    let words = [
        "read",
        "for smb we charge 49 bucks a month",
        "--plan",
        "plan.toml",
        "--format",
        "json",
    ];
    let ran = run_in(folder.path(), &words, "");
    let told: Value = serde_json::from_str(&ran.out).expect(&ran.out);
    let price = &told["proposals"][0];
    assert_eq!(
        (&price["segment"], &price["replaces"]["display"]),
        (&json!("smb"), &json!("$99 a month"))
    );
    refused(&["read", ""], "", "gtm-advisor read \"");
}

#[test]
fn ask_answers_declines_and_says_what_is_not_its_business() {
    let keys = [
        "outcome",
        "verdict",
        "text",
        "citations",
        "results",
        "follow_up",
    ];
    for (question, outcome) in [
        ("is $49 a month enough for outside sales?", "answered"),
        ("what is the weather in Paris today?", "out_of_scope"),
        (
            "who invented CAC payback at hubspot in 2013?",
            "not_in_library",
        ),
    ] {
        let told = told(&["ask", question, "--format", "json"], "", 0);
        has_keys(&told, &keys);
        assert_eq!(told["outcome"], outcome, "{told:#}");
        for citation in list(&told["citations"]) {
            has_keys(
                citation,
                &["entry", "section", "title", "sources", "confidence"],
            );
            for source in list(&citation["sources"]) {
                has_keys(source, &SOURCE);
            }
        }
        for result in list(&told["results"]) {
            is_result(result);
        }
    }
}

#[test]
fn what_if_tells_what_appears_and_goes() {
    let told = told(
        &["what-if", "-", "sales.motion=plg", "--format", "json"],
        CONTRADICTS,
        0,
    );
    has_keys(&told, &["appear", "go", "questions"]);
    for result in list(&told["appear"]).iter().chain(list(&told["go"])) {
        is_result(result);
    }
    let go = list(&told["go"])
        .iter()
        .any(|it| it["rule"] == "low-price-enterprise-motion");
    assert!(go, "{told:#}");
    refused(
        &["what-if", "-", "prise=99"],
        CONTRADICTS,
        "did you mean `pricing.price=",
    );
    refused(
        &["what-if", "-", "sales.motion=plg"],
        LEDGERLY,
        "say which, such as `smb/sales.motion=plg`",
    );
}

#[test]
fn explain_tells_a_rule_or_a_term_as_data() {
    let keys = [
        "rule",
        "category",
        "title",
        "severity",
        "confidence",
        "fields",
        "thresholds",
        "sources",
        "sections",
    ];
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("plan.toml"), CONTRADICTS).expect("room");
    let explained = |words: &str| {
        let words: Vec<_> = words.split(' ').collect();
        let ran = run_in(folder.path(), &words, "");
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{words:?}");
        serde_json::from_str::<Value>(&ran.out).expect(&ran.out)
    };
    let page = explained("explain low-price-enterprise-motion --format json");
    has_keys(&page, &keys);
    assert!(page.get("results").is_none(), "{page:#}");
    for section in list(&page["sections"]) {
        has_keys(section, &["heading", "text"]);
    }
    let rule = "explain low-price-enterprise-motion --plan plan.toml --format json";
    let in_plan = explained(rule);
    has_keys(&in_plan, &keys);
    for threshold in list(&in_plan["in_force"]) {
        has_keys(threshold, &["name", "value", "reason"]);
    }
    let results = list(&in_plan["results"]);
    assert_eq!(results.len(), 1, "{in_plan:#}");
    is_result(&results[0]);
    assert_eq!(results[0]["outcome"], "finding");
    let term = explained("explain ACV --format json");
    has_keys(&term, &["term", "entry", "text", "sources", "standing"]);
    refused(
        &["explain", "feild-acv-low", "--format", "json"],
        "",
        "field-acv-low",
    );
}

#[test]
fn what_if_and_sensitivity_run_own_rules_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    std::fs::create_dir_all(at.join("ours/fit")).expect("room");
    let page = run(&["rules", "new", "fit/our-deals"], "").out;
    std::fs::write(at.join("ours/fit/our-deals.md"), page).expect("room");
    let plan = "[segment.main]\nsales.motion = \"field\"\npricing.acv = \"$31k\"\n";
    std::fs::write(at.join("plan.toml"), plan).expect("room");
    let names_ours = |words: &str| {
        let words: Vec<_> = words.split(' ').collect();
        let ran = run_in(at, &words, "");
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{words:?}");
        ran.out.contains("our-deals")
    };
    let lower = "what-if plan.toml pricing.acv=$20k --format json";
    assert!(!names_ours(lower));
    assert!(names_ours(&format!("{lower} --rules ours")));
    let turns = "sensitivity plan.toml pricing.acv --format json";
    assert!(!names_ours(turns));
    assert!(names_ours(&format!("{turns} --rules ours")));
    let nowhere = ["what-if", "-", "pricing.acv=$20k", "--rules", "nowhere"];
    refused(&nowhere, plan, "nowhere");
}

#[test]
fn lookup_finds_at_most_so_many() {
    let told_of = |limit: &str| {
        told(
            &[
                "lookup",
                "how long do we give a channel",
                "--limit",
                limit,
                "--format",
                "json",
            ],
            "",
            0,
        )
    };
    let two = told_of("2");
    let results = list(&two["results"]);
    assert_eq!(results.len(), 2);
    for result in results {
        has_keys(result, &["entry", "section", "title", "score", "sources"]);
        assert!(result["score"].is_number());
        for source in list(&result["sources"]) {
            has_keys(source, &SOURCE);
        }
    }
    assert_eq!(list(&told_of("1")["results"]).len(), 1);
    assert_eq!(results[0]["section"], told_of("1")["results"][0]["section"]);
}

#[test]
fn a_digest_says_when_it_comes_next() {
    let words = [
        "digest",
        "when",
        "mondays 9am Berlin",
        "--from",
        "2026-03-24T00:00:00Z",
        "--count",
        "2",
        "--format",
        "json",
    ];
    let told = told(&words, "", 0);
    has_keys(&told, &["spec", "next"]);
    assert_eq!(
        told["next"],
        json!(["2026-03-30T09:00:00+02:00", "2026-04-06T09:00:00+02:00"])
    );
    let begun = [
        "digest",
        "when",
        "mondays 9am starting May 4",
        "--from",
        "2026-03-20T12:00:00Z",
    ];
    refused(&begun, "", "`every other Monday 9am from 2026-03-23`");
    refused(
        &["digest", "when", "blursday"],
        "",
        "for example `mondays 9am Berlin`",
    );
    refused(
        &["digest", "when", "mondays 9am Berlin", "--from", "soon"],
        "",
        "2026-03-28",
    );
}

#[test]
fn a_digest_says_which_of_its_times_the_clocks_skip_or_repeat() {
    let lines = |zone: &str, from: &str| {
        let words = ["digest", "when", "sundays 02:30", "--zone", zone];
        let ran = run(
            &[&words[..], &["--from", from, "--count", "1"]].concat(),
            "",
        );
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        ran.out
    };
    // A zone is named as it is in the schedule's words.
    assert_eq!(
        lines("Berlin", "2026-03-28"),
        "Every Sunday at 02:30 Europe/Berlin\n  Sun 2026-03-29 03:30 +02:00 (02:30 is skipped that day)\n"
    );
    assert_eq!(
        lines("Munich, Germany", "2026-10-24"),
        "Every Sunday at 02:30 Europe/Berlin\n  Sun 2026-10-25 02:30 +02:00 (02:30 comes twice that day; this is the first)\n"
    );
    refused(
        &["digest", "when", "mondays", "--zone", "Berlinn"],
        "",
        "did you mean `Berlin`?",
    );
}

#[test]
fn explain_calc_and_the_rest_end_as_their_help_says() {
    for words in [
        &["explain", "field-acv-low"][..],
        &["explain", "ACV"],
        &["calc", "payback", "cac=6k", "acv=12k"],
        &["calc", "list"],
        &["rules"],
        &["rules", "list"],
        &["rules", "list", "fit", "--format", "json"],
        &["rules", "new", "fit/our-deals"],
        &["export", "-", "--format", "json"],
        &["import", "-"],
        &["diff", "-", "-"],
        &["fields"],
        &["template", "list"],
        &["map", "-"],
        &["sensitivity", "-"],
        &["manifest"],
        &["doctor"],
        &["--help"],
        &["--version"],
    ] {
        let ran = run(words, CONTRADICTS);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{words:?}");
        assert!(!ran.out.is_empty(), "{words:?}");
    }
    for (words, expected) in [
        (
            &["explain", "no-such-rule-here"][..],
            "There is no rule of the name `no-such-rule-here`",
        ),
        (&["calc", "paybak"], "There is no calculator `paybak`"),
        (
            &["diff", "-", "nope.toml"],
            "nope.toml: no such file or folder",
        ),
        (
            &["import", "nope.toml"],
            "nope.toml: no such file or folder",
        ),
        (&["restore", "nope"], "nope: no such file or folder"),
        (&["nonsense"], "unrecognized subcommand"),
    ] {
        let ran = run(words, CONTRADICTS);
        assert_eq!(
            (ran.code, ran.out.as_str()),
            (Some(2), ""),
            "{words:?}: {}",
            ran.err
        );
        assert!(ran.err.contains(expected), "{words:?}: {}", ran.err);
    }
}

#[test]
fn import_says_what_one_plan_would_change_in_another() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("plan.toml"), CONTRADICTS).expect("room");
    let words = ["import", "-", "--into", "plan.toml", "--format", "json"];
    let ran = run_in(
        folder.path(),
        &words,
        "[segment.main]\nsales.motion = \"plg\"\n",
    );
    let told: Value = serde_json::from_str(&ran.out).expect(&ran.out);
    let change = &told["changes"][0];
    assert_eq!(
        (&change["field"], &change["old"], &change["new"]),
        (&json!("sales.motion"), &json!("field"), &json!("plg"))
    );
    assert_eq!(
        std::fs::read_to_string(folder.path().join("plan.toml")).expect("a file"),
        CONTRADICTS
    );
}
