//! The verbs of the command line that read a plan's file: what they print, how they refuse, with which
//! status they end. Their JSON is a contract with people's own scripts.

use std::path::Path;

use serde_json::Value;

use crate::harness::{Binary, outside, write};

const PLAN: &str = "\
plan.name = \"Ledgerly\"
plan.stage = \"product_market_fit\"

[segment.main]
pricing.price = \"$49/mo\"
sales.motion = \"field\"
sales.deals_per_year = 40
economics.cac = \"$6k\"
economics.gross_margin = \"80%\"
";

const OTHER: &str = "\
plan.name = \"Ledgerly\"

[segment.main]
pricing.price = \"$99/mo\"
sales.motion = \"plg\"
";

const BAD: &str = "\
pricing.prise = 3
[segment.main]
sales.motion = \"fild\"
";

/// What a verb says in a folder with a plan, another one and one that can't be read.
async fn says(words: &[&str]) -> (Option<i32>, String) {
    let folder = tempfile::tempdir().expect("a folder");
    says_in(folder.path(), words).await
}

pub(crate) async fn says_in(folder: &Path, words: &[&str]) -> (Option<i32>, String) {
    for (name, text) in [
        ("plan.toml", PLAN),
        ("other.toml", OTHER),
        ("bad.toml", BAD),
    ] {
        write(folder, name, text);
    }
    let ended = Binary::start(words, &[], folder).ended().await;
    (ended.code(), ended.output)
}

/// Each line of words, the status that it ends with, and words that it says.
pub(crate) fn check(rows: &[(&str, i32, &[&str])]) {
    outside(async || {
        for (words, status, expected) in rows {
            let words: Vec<_> = words.split(' ').collect();
            let (code, said) = says(&words).await;
            assert_eq!(code, Some(*status), "{words:?}: {said}");
            for expected in *expected {
                assert!(said.contains(expected), "{words:?}: {expected:?} in {said}");
            }
        }
    });
}

/// The JSON of a verb that ends well.
pub(crate) async fn json(words: &[&str]) -> Value {
    let (code, said) = says(words).await;
    assert_eq!(code, Some(0), "{words:?}: {said}");
    serde_json::from_str(&said).expect(&said)
}

#[track_caller]
pub(crate) fn has_keys(value: &Value, keys: &[&str]) {
    for key in keys {
        assert!(value.get(key).is_some(), "{key} in {value}");
    }
}

#[test]
fn calc_computes_and_says_what_is_missing_unknown_or_unreadable() {
    check(&[
        (
            "calc payback cac=6k acv=12k margin=80%",
            0,
            &["6 months", "7.5 months", "Source: "],
        ),
        (
            "calc payback --plan plan.toml",
            0,
            &["From the plan: CAC $6,000"],
        ),
        ("calc payback", 0, &["cac"]),
        ("calc list", 0, &["payback", "funnel", "milestones"]),
        (
            "calc payback cac=6k",
            2,
            &[
                "`payback` needs ACV",
                "This works: gtm-advisor calc payback cac=6k acv=12k",
            ],
        ),
        (
            "calc paybak cac=6k",
            2,
            &[
                "There is no calculator `paybak`",
                "This works: gtm-advisor calc payback",
            ],
        ),
        (
            "calc payback cac=lots acv=12k",
            2,
            &["`cac`: I read `lots`", "This works: "],
        ),
        (
            "calc payback --plan nope.toml",
            2,
            &["nope.toml: no such file or folder"],
        ),
        (
            "calc payback --plan bad.toml",
            2,
            &["bad.toml:1:9: `pricing.prise` is no field"],
        ),
    ]);
}

#[test]
fn calc_prints_its_json() {
    outside(async || {
        let words = [
            "calc",
            "payback",
            "cac=6k",
            "acv=12k",
            "margin=80%",
            "--format",
            "json",
        ];
        let told = json(&words).await;
        has_keys(&told, &["calculator", "title", "inputs", "results"]);
        let first = &told["results"][0];
        has_keys(
            first,
            &["name", "label", "value", "display", "arithmetic", "exact"],
        );
        assert_eq!(
            (&first["name"], &first["display"]),
            (&"simple".into(), &"6 months".into())
        );
        assert_eq!(first["value"]["months"], 6);
        let cac = &told["inputs"][0]["value"];
        assert_eq!(
            (&cac["amount"], &cac["currency"]),
            (&"6000.00".into(), &"USD".into())
        );
    });
}

#[test]
fn map_draws_words_and_pictures_and_refuses_other_files() {
    check(&[
        (
            "map plan.toml",
            0,
            &["deals a year", "A $588 a year, 40 deals a year"],
        ),
        (
            "map other.toml",
            0,
            &["To put it on the map: sales.deals_per_year = \"40\""],
        ),
        (
            "map plan.toml --out map.gif",
            2,
            &["map.gif: a picture ends in .svg or .png"],
        ),
        (
            "map plan.toml --out no/such/map.png",
            2,
            &["cannot be written"],
        ),
        ("map bad.toml", 2, &["bad.toml:1:9"]),
        ("map nope.toml", 2, &["nope.toml: no such file or folder"]),
    ]);
    outside(async || {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, begins) in [("map.svg", &b"<svg"[..]), ("map.png", b"\x89PNG")] {
            let (code, said) = says_in(folder.path(), &["map", "plan.toml", "--out", name]).await;
            assert_eq!(code, Some(0), "{said}");
            assert!(said.starts_with("Map of deals a year"), "{said}");
            let picture = std::fs::read(folder.path().join(name)).expect("a picture");
            assert!(picture.starts_with(begins), "{name}");
        }
    });
}

#[test]
fn what_is_exported_is_read_back_as_the_same_plan() {
    outside(async || {
        for form in ["toml", "json", "markdown", "csv"] {
            let folder = tempfile::tempdir().expect("a folder");
            let words = ["export", "plan.toml", "--format", form];
            let (code, written) = says_in(folder.path(), &words).await;
            assert_eq!(code, Some(0), "{written}");
            let ending = if form == "markdown" { "md" } else { form };
            let name = format!("copy.{ending}");
            write(folder.path(), &name, &written);
            let (code, said) = says_in(folder.path(), &["diff", "plan.toml", &name]).await;
            assert_eq!(code, Some(0), "{form}: {said}");
            assert!(!said.contains('→'), "{form}: {said}");
        }
    });
}

#[test]
fn export_import_and_diff_say_what_cannot_be_read() {
    check(&[
        (
            "export bad.toml",
            2,
            &[
                "bad.toml:1:9: `pricing.prise` is no field; the nearest is `pricing.price`",
                "bad.toml:3:",
                "the nearest is `field`",
            ],
        ),
        (
            "export nope.toml",
            2,
            &["nope.toml: no such file or folder"],
        ),
        ("export plan.toml --format yaml", 2, &["yaml"]),
        ("import bad.toml", 2, &["bad.toml:1:9"]),
        (
            "import plan.toml --into nope.toml",
            2,
            &["nope.toml: no such file or folder"],
        ),
        ("import plan.toml", 0, &["pricing.price = \"$49 a month\""]),
        (
            "import plan.toml --into other.toml",
            0,
            &["pricing.price for main: $99 a month → $49 a month"],
        ),
        ("diff plan.toml bad.toml", 2, &["bad.toml:1:9"]),
        (
            "diff plan.toml other.toml",
            0,
            &[
                "sales.motion for main: field sales → self-serve (PLG)",
                "economics.cac for main: $6,000 → not answered",
            ],
        ),
    ]);
}

#[test]
fn diff_prints_its_json() {
    outside(async || {
        let told = json(&["diff", "plan.toml", "other.toml", "--format", "json"]).await;
        let changes = told["changes"].as_array().expect("a list");
        let price = changes.iter().find(|it| it["field"] == "pricing.price");
        let price = price.expect("the price differs");
        has_keys(
            price,
            &["kind", "field", "segment", "old", "new", "display"],
        );
        assert_eq!(price["segment"], "main");
        assert_eq!(price["old"]["amount"], "49.00");
        assert_eq!(price["new"]["per"], "month");
        let same = json(&["diff", "plan.toml", "plan.toml", "--format", "json"]).await;
        assert_eq!(same["changes"].as_array().map(Vec::len), Some(0));
    });
}

#[test]
fn templates_are_listed_printed_and_checked_and_others_refused() {
    check(&[
        ("template list", 0, &["self-serve-saas", "usage-priced-api"]),
        ("template self-serve-saas", 0, &["[segment.", "pricing."]),
        (
            "template nope",
            2,
            &["There is no template `nope`", "self-serve-saas"],
        ),
    ]);
}

#[test]
fn what_if_tells_what_appears_and_goes_and_keeps_the_file() {
    check(&[
        (
            "what-if plan.toml sales.motion=plg",
            0,
            &["low-price-enterprise-motion"],
        ),
        (
            "what-if plan.toml prise=99",
            2,
            &["`prise=99` names no field", "did you mean `pricing.price="],
        ),
        ("what-if plan.toml sales.motion=fild", 2, &["fild", "field"]),
        (
            "what-if plan.toml smb/sales.motion=plg",
            2,
            &["the plan has no segment `smb`; it has main"],
        ),
        ("what-if plan.toml", 2, &["<VALUES>"]),
        (
            "what-if nope.toml price=1",
            2,
            &["nope.toml: no such file or folder"],
        ),
    ]);
    outside(async || {
        let words = [
            "what-if",
            "plan.toml",
            "sales.motion=plg",
            "--format",
            "json",
        ];
        let told = json(&words).await;
        has_keys(&told, &["appear", "go", "questions"]);
        let go = told["go"].as_array().expect("a list");
        let gone = go
            .iter()
            .find(|it| it["rule"] == "low-price-enterprise-motion");
        has_keys(
            gone.expect("it goes"),
            &[
                "rule", "outcome", "severity", "segment", "message", "sources",
            ],
        );
        let question = &told["questions"][0];
        has_keys(question, &["field", "segment", "question", "decides"]);
    });
}

#[test]
fn sensitivity_names_the_nearest_turn() {
    check(&[
        ("sensitivity plan.toml pricing.price", 0, &["$50 a month"]),
        (
            "sensitivity plan.toml prise",
            2,
            &["there is no field `prise`; did you mean `pricing.price`?"],
        ),
        ("sensitivity bad.toml", 2, &["bad.toml:1:9"]),
    ]);
    outside(async || {
        let words = [
            "sensitivity",
            "plan.toml",
            "pricing.price",
            "--format",
            "json",
        ];
        let told = json(&words).await;
        let flips = told["flips"].as_array().expect("a list");
        let turns = |flip: &&Value| {
            let turns = flip["turns"].as_array().expect("a list");
            turns
                .iter()
                .any(|it| it["rule"] == "low-price-enterprise-motion" && it["to"] == "pass")
        };
        let flip = flips
            .iter()
            .find(turns)
            .expect("the price of the enterprise motion");
        has_keys(flip, &["field", "segment", "now", "last", "at", "turns"]);
        assert_eq!(
            (&flip["last"], &flip["at"]),
            (&"$49 a month".into(), &"$50 a month".into())
        );
    });
}

#[test]
fn a_rule_is_explained_with_the_thresholds_and_waivers_of_a_plan() {
    const OWN: &str = "
[[threshold]]
rule = \"field-acv-low\"
param = \"max_acv\"
value = \"$80k\"
reason = \"our field team is small\"

[[waiver]]
rule = \"field-acv-low\"
reason = \"we learn first\"
until = 2026-12-31
";
    outside(async || {
        let folder = tempfile::tempdir().expect("a folder");
        write(folder.path(), "own.toml", &format!("{PLAN}{OWN}"));
        let words = ["explain", "field-acv-low", "--plan", "own.toml"];
        let (code, said) = says_in(folder.path(), &words).await;
        assert_eq!(code, Some(0), "{said}");
        for expected in [
            "- max_acv: $80,000 a year in place of $100,000 a year (money a year; may be $5,000 a year to $1,000,000 a year), because our field team is small",
            "- error: You sell with a field team",
            "- waived until 2026-12-31: we learn first",
        ] {
            assert!(said.contains(expected), "{expected:?} is missing: {said}");
        }
        let words = ["explain", "field-acv-low", "--plan", "nope.toml"];
        let (code, said) = says_in(folder.path(), &words).await;
        assert_eq!(code, Some(2), "{said}");
        assert!(said.contains("nope.toml: no such file or folder"), "{said}");
    });
}

#[test]
fn a_value_past_its_day_is_told_and_counts_for_nothing_else() {
    outside(async || {
        let folder = tempfile::tempdir().expect("a folder");
        let text = format!(
            "{OTHER}about.\"pricing.price\" = {{ certainty = \"assumption\", validate_by = \"2026-03-01\" }}\n"
        );
        write(folder.path(), "late.toml", &text);
        for (day, is_late) in [("2026-03-01", false), ("2026-03-02", true)] {
            let words = ["check", "late.toml", "--as-of", day, "--format", "json"];
            let (code, said) = says_in(folder.path(), &words).await;
            assert_eq!(code, Some(0), "{said}");
            let report: Value = serde_json::from_str(&said).expect(&said);
            let notices = report["notices"].as_array().expect("a list");
            let late = notices.iter().find(|it| it["kind"] == "overdue");
            assert_eq!(late.is_some(), is_late, "{day}: {said}");
            if let Some(late) = late {
                assert_eq!(
                    (&late["field"], &late["segment"]),
                    (&"pricing.price".into(), &"main".into())
                );
            }
        }
    });
}
