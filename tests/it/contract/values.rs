//! The normalised form of values.

use super::*;

/// What `diff` from nothing to this line says of the value.
#[track_caller]
fn value(line: &str) -> Value {
    let folder = tempfile::tempdir().expect("a folder");
    let text = if line.starts_with("plan.") {
        line.to_owned()
    } else {
        format!("[segment.main]\n{line}")
    };
    std::fs::write(folder.path().join("new.toml"), text).expect("room");
    std::fs::write(folder.path().join("old.toml"), "").expect("room");
    let ran = run_in(
        folder.path(),
        &["diff", "old.toml", "new.toml", "--format", "json"],
        "",
    );
    assert_eq!(ran.code, Some(0), "{line}: {}", ran.err);
    let told: Value = serde_json::from_str(&ran.out).expect(&ran.out);
    told["changes"][0]["new"].clone()
}

#[test]
fn each_kind_of_value_has_its_form() {
    let usd = |amount: &str| json!({ "amount": amount, "currency": "USD" });
    for (line, expected) in [
        ("economics.cac = \"$6k\"", usd("6000.00")),
        (
            "pricing.acv = \"$49/mo\"",
            json!({ "amount": "588.00", "currency": "USD", "per": "year" }),
        ),
        (
            "pricing.price = \"€49 a month\"",
            json!({ "amount": "49.00", "currency": "EUR", "per": "month" }),
        ),
        (
            "pricing.price = \"$499 a year\"",
            json!({ "amount": "499.00", "currency": "USD", "per": "year" }),
        ),
        (
            "pricing.price = \"$500 once\"",
            json!({ "amount": "500.00", "currency": "USD", "per": "once" }),
        ),
        (
            "pricing.price = \"2 cents per call\"",
            json!({ "amount": "0.02", "currency": "USD", "per": "unit" }),
        ),
        ("sales.cycle = \"45 days\"", json!({ "days": 45 })),
        ("plan.horizon = \"6 months\"", json!({ "months": 6 })),
        ("sales.win_rate = \"25%\"", json!({ "percent": "25" })),
        ("icp.employees = \"5-30\"", json!({ "low": 5, "high": 30 })),
        (
            "icp.employees = \"500+\"",
            json!({ "low": 500, "high": null }),
        ),
        (
            "icp.employees = \"up to 200\"",
            json!({ "low": null, "high": 200 }),
        ),
        ("sales.meetings = 4", json!(4)),
        ("sales.meetings = \"a dozen\"", json!(12)),
        ("plan.last_review = 2026-03-01", json!("2026-03-01")),
        ("plan.last_review = \"2026-03-01\"", json!("2026-03-01")),
        ("cs.services = true", json!(true)),
        ("cs.services = \"not yet\"", json!(false)),
        ("sales.motion = \"self-serve\"", json!("plg")),
        (
            "marketing.channels = \"SEO, cold email\"",
            json!(["outbound_email", "seo"]),
        ),
        ("marketing.channels = []", json!([])),
        ("icp.buyer = [\"CFO\"]", json!(["CFO"])),
        (
            "marketing.started = { seo = \"2026-01-15\" }",
            json!({ "seo": "2026-01-15" }),
        ),
        ("icp.pain = \"month ends\"", json!("month ends")),
    ] {
        assert_eq!(value(line), expected, "{line}");
    }
    let revenue = value("icp.revenue = \"$1M to $10M\"");
    assert_eq!(revenue["low"]["amount"], "1000000.00", "{revenue}");
    assert_eq!(revenue["high"]["currency"], "USD", "{revenue}");
}

#[test]
fn a_spelling_that_fits_two_readings_or_none_is_refused_with_one_that_works() {
    for (line, place, expected) in [
        (
            "sales.win_rate = 0.25",
            "-:2:18: ",
            "write the % sign. Try `25%`",
        ),
        ("pricing.price = \"49\"", "-:2:17: ", "Try `$49 a month`"),
        (
            "sales.motion = \"inside\"",
            "-:2:16: ",
            "`inside_one_stage` or `inside_two_stage`",
        ),
        ("sales.cycle = \"$49\"", "-:2:15: ", "Try `45 days`"),
        (
            "sales.motion = \"fild\"",
            "-:2:16: ",
            "the nearest is `field`",
        ),
        (
            "pricing.prise = 3",
            "-:2:9: ",
            "the nearest is `pricing.price`",
        ),
        ("sales.meetings = -4", "-:2:18: ", "zero or more"),
        (
            "economics.cac = \"$1.00001\"",
            "-:2:17: ",
            "more than four decimals",
        ),
    ] {
        let text = format!("[segment.main]\n{line}");
        refused(&["check", "-"], &text, place);
        refused(&["check", "-"], &text, expected);
    }
}
