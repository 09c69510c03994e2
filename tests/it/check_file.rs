//! `gtm-advisor check`: the same check for a plan in a file; its status and its JSON are a contract
//! with people's own scripts.

use std::path::Path;

use serde_json::Value;

use crate::harness::{Binary, outside, write};

const CONTRADICTS: &str = "\
[segment.main.pricing]
price = \"$49/mo\"

[segment.main.sales]
motion = \"field\"
";

const FITS: &str = "\
[segment.main.pricing]
price = \"$49/mo\"

[segment.main.sales]
motion = \"plg\"
";

async fn check(folder: &Path, words: &[&str]) -> (Option<i32>, String) {
    let words: Vec<_> = ["check"].iter().chain(words).copied().collect();
    let ended = Binary::start(&words, &[], folder).ended().await;
    (ended.code(), ended.output)
}

#[test]
fn the_status_tells_a_contradiction_from_none_and_from_what_cannot_be_read() {
    outside(async || {
        let folder = tempfile::tempdir().expect("a folder");
        write(folder.path(), "bad.toml", CONTRADICTS);
        write(folder.path(), "good.toml", FITS);
        let (code, said) = check(folder.path(), &["bad.toml"]).await;
        assert_eq!(code, Some(1), "{said}");
        assert!(said.contains("low-price-enterprise-motion"), "{said}");
        let (code, said) = check(folder.path(), &["good.toml"]).await;
        assert_eq!(code, Some(0), "{said}");
        assert!(!said.contains("low-price-enterprise-motion"), "{said}");
        for missing in ["nothing.toml", "plan.txt", "."] {
            let (code, said) = check(folder.path(), &[missing]).await;
            assert_eq!(code, Some(2), "{said}");
            assert!(said.starts_with(missing), "{said}");
        }
    });
}

#[test]
fn json_has_its_keys_and_is_the_same_byte_for_byte() {
    outside(async || {
        let folder = tempfile::tempdir().expect("a folder");
        write(folder.path(), "plan.toml", CONTRADICTS);
        let words = ["plan.toml", "--format", "json", "--as-of", "2026-03-02"];
        let (code, first) = check(folder.path(), &words).await;
        let (_, second) = check(folder.path(), &words).await;
        assert_eq!(code, Some(1));
        assert_eq!(first, second);
        let report: Value = serde_json::from_str(&first).expect("JSON");
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
        let results = report["results"].as_array().expect("a list");
        let found = results
            .iter()
            .find(|it| it["rule"] == "low-price-enterprise-motion");
        let found = found.expect("the finding");
        has_keys(
            found,
            &[
                "rule",
                "category",
                "outcome",
                "severity",
                "segment",
                "message",
                "fix",
                "fields",
                "missing",
                "sources",
                "confidence",
                "status",
                "folded_into",
            ],
        );
        has_keys(&found["fix"], &["text", "set"]);
        has_keys(&found["sources"][0], &["id", "section", "url"]);
        assert_eq!(found["outcome"], "finding");
        assert_eq!(found["severity"], "error");
        assert_eq!(
            report["verdict"]["state"], "not_enough",
            "two fields are no plan"
        );
    });
}

fn has_keys(value: &Value, keys: &[&str]) {
    for key in keys {
        assert!(value.get(key).is_some(), "no `{key}` in {value:#}");
    }
}

#[test]
fn what_cannot_be_read_is_named_by_line_and_column() {
    outside(async || {
        let folder = tempfile::tempdir().expect("a folder");
        let cases = [
            ("open.toml", "[segment.main.pricing\n", "open.toml:1:22:"),
            (
                "word.toml",
                "[segment.main.pricing]\nprice = \"soon\"\n",
                "word.toml:2:9:",
            ),
            (
                "field.toml",
                "[segment.main.pricing]\nprise = \"$4\"\n",
                "field.toml:2:1:",
            ),
            (
                "place.json",
                "{\n  \"segment\": {\"main\": {\"pricing\": {\"price\": true}}}\n}",
                "place.json:2:",
            ),
        ];
        for (name, text, place) in cases {
            write(folder.path(), name, text);
            let (code, said) = check(folder.path(), &[name]).await;
            assert_eq!(code, Some(2), "{said}");
            assert!(said.starts_with(place), "{place} expected: {said}");
        }
    });
}
