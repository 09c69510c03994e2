//! Golden plans: real companies by their published figures, and invented ones that hang together.
//! None of them may draw an error; each invented one draws exactly the findings that its head names.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::harness::{Binary, outside};

const TODAY: &str = "2026-11-28";

/// The plan files of a folder under `tests/golden/`, by name.
pub(crate) fn plans(folder: &str) -> Vec<(PathBuf, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(folder);
    let files = std::fs::read_dir(&folder).expect("a folder of plans");
    let mut paths: Vec<_> = files.map(|file| file.expect("a file").path()).collect();
    paths.sort();
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).expect("a plan");
        (path, text)
    };
    paths.into_iter().map(read).collect()
}

/// What the built binary says about a plan; panics where it sees a contradiction.
async fn checked(path: &Path) -> Value {
    let file = path.to_str().expect("a path in UTF-8");
    let words = ["check", file, "--format", "json", "--as-of", TODAY];
    let folder = tempfile::tempdir().expect("a folder");
    let ended = Binary::start(&words, &[], folder.path()).ended().await;
    assert_eq!(ended.code(), Some(0), "{file}: {}", ended.output);
    serde_json::from_str(&ended.output).expect(file)
}

/// The rules with an open finding that no other stands for, each with its severity.
fn findings(report: &Value) -> BTreeSet<(String, String)> {
    let word = |result: &Value, key: &str| result[key].as_str().unwrap_or_default().to_owned();
    let results = report["results"].as_array().expect("results");
    let open = results.iter().filter(|result| {
        result["outcome"] == "finding"
            && result["status"] == "open"
            && result["folded_into"].is_null()
    });
    open.map(|result| (word(result, "rule"), word(result, "severity")))
        .collect()
}

fn assert_no_error(path: &Path, found: &BTreeSet<(String, String)>) {
    let errors: Vec<_> = found
        .iter()
        .filter(|(_, severity)| severity == "error")
        .collect();
    assert!(errors.is_empty(), "{}: {errors:?}", path.display());
}

#[test]
fn a_real_company_draws_no_error() {
    outside(async || {
        let plans = plans("real");
        assert!(plans.len() >= 12, "only {} real companies", plans.len());
        for (path, _) in &plans {
            let report = checked(path).await;
            assert_ne!(
                report["verdict"]["state"],
                "not_enough",
                "{}",
                path.display()
            );
            assert_no_error(path, &findings(&report));
        }
    });
}

#[test]
fn an_invented_company_draws_the_findings_that_it_names() {
    outside(async || {
        let plans = plans("invented");
        assert!(plans.len() >= 20, "only {} invented companies", plans.len());
        for (path, text) in &plans {
            let found = findings(&checked(path).await);
            assert_no_error(path, &found);
            let found: BTreeSet<_> = found.into_iter().map(|(rule, _)| rule).collect();
            assert_eq!(found, expected(text), "{}", path.display());
        }
    });
}

#[test]
fn what_needs_attention_is_counted_as_often_as_it_is_told() {
    outside(async || {
        for (path, _) in plans("real") {
            let report = checked(&path).await;
            let results = report["results"].as_array().expect("results");
            let warned: BTreeSet<_> = results
                .iter()
                .filter(|result| {
                    result["outcome"] == "finding"
                        && result["severity"] == "warning"
                        && result["folded_into"].is_null()
                        && result["missing"].as_array().is_some_and(Vec::is_empty)
                })
                .map(|result| result["rule"].as_str())
                .collect();
            let said = match warned.len() {
                0 => continue,
                1 => "1 thing needs attention".to_owned(),
                n => format!("{n} things need attention"),
            };
            let verdict = report["verdict"]["text"].as_str().expect("a verdict");
            assert!(verdict.contains(&said), "{}: {verdict}", path.display());
        }
    });
}

#[test]
fn no_field_is_counted_or_asked_for_twice() {
    outside(async || {
        for (path, text) in plans("invented") {
            let report = checked(&path).await;
            let answered = text
                .lines()
                .filter(|line| line.contains(" = ") && !line.starts_with('#'))
                .count();
            let counted = report["coverage"]["have"].as_u64().expect("a number");
            let name = path.display();
            assert!(
                counted <= answered as u64,
                "{name}: {counted} of {answered}"
            );
            for question in report["next"].as_array().expect("questions") {
                let is_of_plan = question["field"]
                    .as_str()
                    .is_some_and(|it| it.starts_with("plan."));
                assert_eq!(
                    question["segment"].is_null(),
                    is_of_plan,
                    "{name}: {question}"
                );
            }
        }
    });
}

/// The rules in the line `# Expected findings: …` of a plan's head.
fn expected(text: &str) -> BTreeSet<String> {
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix("# Expected findings: "));
    let line = line.expect("a line that names the findings");
    let rules = line.split(", ").filter(|rule| *rule != "none");
    rules.map(str::to_owned).collect()
}

/// What is wrong with the sources of a real plan: each value but the plan's name has a year and a
/// place beside it, and an address in its note.
fn unsourced(text: &str) -> Vec<String> {
    let lines: Vec<_> = text.lines().collect();
    let mut wrong = Vec::new();
    for (place, line) in lines.iter().enumerate() {
        let Some((field, _)) = line.split_once(" = ") else {
            continue;
        };
        if field == "plan.name" || field.starts_with("about.") {
            continue;
        }
        let note = lines.get(place + 1).copied().unwrap_or_default();
        let is_noted = note.starts_with(&format!("about.\"{field}\" = "));
        if !is_noted
            || !(note.contains("source = \"http://") || note.contains("source = \"https://"))
        {
            wrong.push(format!("{field}: no address"));
        }
        if !line
            .rsplit_once(" # ")
            .is_some_and(|(_, said)| says_when(said))
        {
            wrong.push(format!("{field}: no year"));
        }
    }
    wrong
}

/// `2019: "88,000 paid customers"`, or how the value was computed.
fn says_when(said: &str) -> bool {
    said.split_once(": ").is_some_and(|(year, place)| {
        let is_year = year
            .parse()
            .is_ok_and(|year: u16| (1990..=2026).contains(&year));
        is_year && (place.contains('"') || place.contains("computed"))
    })
}

#[test]
fn each_published_value_has_its_address_and_year() {
    for (path, text) in plans("real") {
        assert_eq!(unsourced(&text), Vec::<String>::new(), "{}", path.display());
    }
    let sourced = "plan.arr = \"$2M\" # 2020: \"two million\"\n\
        about.\"plan.arr\" = { certainty = \"fact\", source = \"https://example.com\" }\n";
    assert_eq!(unsourced(sourced), Vec::<String>::new());
    let check = |text: &str, expected: &[&str]| assert_eq!(unsourced(text), expected, "{text}");
    check(
        "plan.arr = \"$2M\"",
        &["plan.arr: no address", "plan.arr: no year"],
    );
    check(&sourced.replace("https://", ""), &["plan.arr: no address"]);
    check(&sourced.replace("2020", "recently"), &["plan.arr: no year"]);
    check(
        &sourced.replace("about.\"plan.arr\"", "about.\"plan.mrr\""),
        &["plan.arr: no address"],
    );
}
