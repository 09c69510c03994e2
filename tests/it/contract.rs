//! The contract of the command line, sentence by sentence: verbs, exit statuses, keys of JSON, standard
//! input, errors. People's own scripts lean on it: keys may be added, none is renamed.

use std::process::{Command, Stdio};

use serde_json::{Value, json};

mod check;
mod files;
mod values;
mod verbs;

/// What a run of the program left.
struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

/// Runs the program in a folder of its own, with that on standard input.
fn run_in(folder: &std::path::Path, words: &[&str], input: &str) -> Ran {
    let typed = folder.join(".typed");
    std::fs::write(&typed, input).expect("room");
    let output = Command::new(env!("CARGO_BIN_EXE_gtm-advisor"))
        .args(words)
        .env_clear()
        .current_dir(folder)
        .stdin(Stdio::from(std::fs::File::open(&typed).expect("a file")))
        .output()
        .expect("the program runs");
    Ran {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).expect("UTF-8"),
        err: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

fn run(words: &[&str], input: &str) -> Ran {
    let folder = tempfile::tempdir().expect("a folder");
    run_in(folder.path(), words, input)
}

/// The JSON of a run that ends with this status; all of it stands on standard output.
#[track_caller]
fn told(words: &[&str], input: &str, code: i32) -> Value {
    let ran = run(words, input);
    assert_eq!(ran.code, Some(code), "{words:?}: {}{}", ran.out, ran.err);
    assert_eq!(ran.err, "", "{words:?}");
    serde_json::from_str(&ran.out).expect(&ran.out)
}

/// A refusal: status 2, nothing on standard output, and these words on standard error.
#[track_caller]
fn refused(words: &[&str], input: &str, expected: &str) {
    let ran = run(words, input);
    assert_eq!(ran.code, Some(2), "{words:?}: {}{}", ran.out, ran.err);
    assert_eq!(ran.out, "", "{words:?}");
    assert!(ran.err.contains(expected), "{words:?}: {}", ran.err);
    // What the library for arguments says has its own form.
    let is_ours = !ran.err.starts_with("error:");
    assert!(
        !is_ours || !ran.err.trim_end().ends_with('.'),
        "{words:?}: {}",
        ran.err
    );
}

#[track_caller]
fn has_keys(value: &Value, keys: &[&str]) {
    for key in keys {
        assert!(value.get(key).is_some(), "{key} in {value:#}");
    }
}

#[track_caller]
fn list(value: &Value) -> &Vec<Value> {
    value.as_array().expect("a list")
}

const LEDGERLY: &str = r#"plan.name = "Ledgerly 2026"
plan.stage = "product_market_fit"
plan.arr_target = "$1.2M"

[segment.smb]
icp.industry = ["accounting firms"]
icp.employees = "5-30"
icp.buyer = ["managing partner"]
pricing.price = "$99/mo"
sales.motion = "plg"
marketing.channels = ["seo", "content"]
cs.model = "help_desk"

[segment.enterprise]
pricing.acv = "$120k"
sales.motion = "field"
na."marketing.motion" = "not decided before Q3"   # not applicable, with the reason
about."pricing.acv" = { certainty = "assumption", validate_by = "2026-05-01", owner = "@ana", source = "https://example.com/deal" }

[[waiver]]
rule = "icp-no-exclusions"
segment = "smb"
reason = "learning first"
owner = "@ana"
until = 2026-06-30

[[threshold]]
rule = "plg-acv-high"
param = "max_acv"
value = "$15k"
reason = "our median self-serve deal"
"#;

/// A field team on a price for which people buy on their own: an error.
const CONTRADICTS: &str = r#"plan.stage = "product_market_fit"
[segment.main]
icp.industry = ["accounting firms"]
icp.employees = "5-30"
pricing.price = "$49/mo"
sales.motion = "field"
"#;

/// The keys of a citation's source.
const SOURCE: [&str; 3] = ["id", "section", "url"];

/// The keys of a result of a check.
const RESULT: [&str; 11] = [
    "rule",
    "outcome",
    "severity",
    "segment",
    "message",
    "fix",
    "fields",
    "missing",
    "sources",
    "status",
    "folded_into",
];

/// Whether a value stands there as plan-model.md normalises the values of its field's kind.
#[track_caller]
fn is_value_of(name: &str, value: &Value) {
    use gtm_advisor::plan::Kind;
    let field = gtm_advisor::plan::field(name).expect(name);
    let has = |key: &str| value[key].is_string() || value[key].is_number();
    let is_money = |value: &Value| value["amount"].is_string() && value["currency"].is_string();
    let is_end = |value: &Value| value.is_null() || value.is_number() || is_money(value);
    let fits = match field.kind {
        Kind::Text => value.is_string(),
        Kind::Choice => value
            .as_str()
            .is_some_and(|slug| field.choice(slug).is_some()),
        Kind::Set => list(value).iter().all(|slug| {
            slug.as_str()
                .is_some_and(|slug| field.choice(slug).is_some())
        }),
        Kind::List => list(value).iter().all(Value::is_string),
        Kind::YesNo => value.is_boolean(),
        Kind::Count => value.is_u64(),
        Kind::Percent => value["percent"].is_string(),
        Kind::Days => has("days"),
        Kind::Months => has("months"),
        Kind::Date => value.as_str().is_some_and(|day| day.len() == 10),
        Kind::Money => is_money(value),
        Kind::MoneyPerYear => is_money(value) && value["per"] == "year",
        Kind::Price => is_money(value) && value["per"].is_string(),
        Kind::Prices => list(value).iter().all(is_money),
        Kind::CountRange | Kind::MoneyRange => is_end(&value["low"]) && is_end(&value["high"]),
        Kind::ChannelDates => value.is_object(),
    };
    assert!(fits, "{name} is a {}: {value}", field.kind.words());
}

#[track_caller]
fn is_result(result: &Value) {
    has_keys(result, &RESULT);
    let outcome = result["outcome"].as_str().expect("a word");
    assert!(["finding", "pass", "unknown", "not_applicable"].contains(&outcome));
    let severity = result["severity"].as_str().expect("a word");
    assert!(["error", "warning", "advice"].contains(&severity));
    assert!(["open", "waived"].contains(&result["status"].as_str().expect("a word")));
    for source in list(&result["sources"]) {
        has_keys(source, &SOURCE);
    }
    if let Some(fix) = result["fix"].as_object() {
        assert!(fix["text"].is_string());
        for set in list(&fix["set"]) {
            has_keys(set, &["field", "segment", "value", "display"]);
            let name = set["field"].as_str().expect("a name");
            is_value_of(name, &set["value"]);
            assert!(set["display"].is_string(), "{set}");
        }
    }
    for field in list(&result["missing"]) {
        let name = field.as_str().expect("a name");
        assert!(gtm_advisor::plan::field(name).is_some(), "{name}");
    }
}
