//! The reader's tests: what is read, as people read it back, and what is refused, with its words.

mod amounts;
mod spans;

use crate::plan::testing::context;
use crate::plan::{Currency, Field, ParseContext, field};

fn named(name: &str) -> &'static Field {
    field(name).expect("tests name fields of the catalogue")
}

/// Checks how an input reads back, or what is wrong with it (after a `!`).
fn check(name: &str, input: &str, expected: &str) {
    check_in("USD", name, input, expected);
}

fn check_in(currency: &str, name: &str, input: &str, expected: &str) {
    let currency = Currency::of_code(currency).expect("tests name currencies in use");
    let context = ParseContext {
        currency,
        ..context()
    };
    let found = match named(name).parse(input, &context) {
        Ok(value) => value.display(named(name)),
        Err(error) => format!("! {}", error.problem),
    };
    assert_eq!(found, expected, "{name} {input:?}");
}

#[test]
fn choices() {
    let check = |input: &str, expected: &str| check("sales.motion", input, expected);
    check("field", "field sales");
    check("Outside sales", "field sales");
    check("self-serve", "self-serve (PLG)");
    check("PLG", "self-serve (PLG)");
    check("inside_two_stage", "inside sales, two stages");
    check("the named accounts", "named accounts");
    check(
        "inside sales",
        "! that can mean `inside_one_stage` or `inside_two_stage`",
    );
    check(
        "feild",
        "! that is no choice of sales motion; the nearest is `field`",
    );
    check(
        "magic",
        "! that is no choice of sales motion; the choices are `plg`, `inside_one_stage`, `inside_two_stage`, `field`, `named_accounts` and `partner`",
    );
}

#[test]
fn words_around_a_choice_are_not_guessed_away() {
    check(
        "pricing.trial",
        "14-day free trial with a card",
        "! that is no choice of trial; the nearest is `free_trial`",
    );
    check(
        "sales.motion",
        "strategic",
        "! that is no choice of sales motion; the nearest is `named_accounts`",
    );
}

#[test]
fn sets() {
    let check = |input: &str, expected: &str| check("marketing.channels", input, expected);
    check(
        "SEO, cold email and partners",
        "outbound email, reseller partners, SEO",
    );
    check("seo", "SEO");
    check("partnerships, x/twitter", "reseller partners, social media");
    check("[seo, content]", "content, SEO");
    check("seo + linkedin ads & events", "events, paid social, SEO");
    check("[]", "none");
    check("none", "none");
    check("seo, ads", "! that can mean `paid_search` or `paid_social`");
    check(
        "seo, chanels",
        "! that is no choice of channels; the choices are `content`, `seo`, `webinars`, `paid_search`, `paid_social`, `social`, `community`, `product`, `outbound_email`, `linkedin`, `cold_calls`, `direct_mail`, `events`, `referrals`, `affiliates`, `integrations`, `resellers`, `marketplaces`, `analysts` and `pr`",
    );
    check(
        "webinar, evnts",
        "! that is no choice of channels; the nearest is `events`",
    );
}

#[test]
fn sets_have_the_most_items_of_their_field() {
    check("marketing.main", "seo, content", "content, SEO");
    check(
        "marketing.main",
        "seo, content, events",
        "! main channels takes 2 at most, and these are 3",
    );
    check("sales.roles", "SDRs and AEs", "AE, SDR");
}

#[test]
fn texts_and_lists() {
    check(
        "icp.pain",
        "  Month-end   closing\u{0}  ",
        "Month-end   closing",
    );
    check(
        "icp.pain",
        &"x".repeat(2_001),
        "! that has 2001 characters, and 2000 is the most",
    );
    check(
        "icp.buyer",
        "CFO, CTO and head of data",
        "CFO; CTO; head of data",
    );
    check("icp.buyer", "CFO and CTO", "CFO; CTO");
    check(
        "icp.buyer",
        "\"research and development\", CFO",
        "\"research and development\"; CFO",
    );
    check("icp.buyer", "a; b, c", "a; \"b, c\"");
    check("icp.buyer", "none", "none");
    check("icp.buyer", "R&D lead", "R&D lead");
    check(
        "icp.buyer",
        &vec!["x"; 51].join(","),
        "! these are 51 items, and 50 is the most",
    );
    check(
        "marketing.experiments",
        "tested ads, no result",
        "tested ads, no result",
    );
    check("plan.currency", "eur", "EUR");
    check("plan.currency", "€", "EUR");
    check(
        "plan.currency",
        "gold",
        "! that is no currency whose ISO 4217 code I know",
    );
}

#[test]
fn yes_and_no() {
    let check = |input: &str, expected: &str| check("sales.playbook", input, expected);
    check("yes", "yes");
    check("We do", "yes");
    check("not yet", "no");
    check("No, not yet!", "no");
    check("we don’t", "no");
    check("true", "yes");
    check("maybe", "! sales playbook is yes or no");
    check("1", "! sales playbook is yes or no");
}

#[test]
fn start_dates() {
    let check = |input: &str, expected: &str| check("marketing.started", input, expected);
    check(
        "seo: 2026-01-15, content since March 2026",
        "content: 2026-03-01, SEO: 2026-01-15",
    );
    check(
        "cold email January 1, 2026; seo 2026-02",
        "outbound email: 2026-01-01, SEO: 2026-02-01",
    );
    check("seo", "! a channel and its start date are needed");
    check("seo: 2026-01-15, seo: 2026-01-16", "! `seo` has two dates");
    check(
        "soe: 2026-01-15",
        "! that is no choice of channel start dates; the nearest is `seo`",
    );
}

#[test]
fn errors_say_what_was_read_what_is_wrong_and_what_works() {
    let check = |name: &str, input: &str, expected: &str| {
        let error = named(name)
            .parse(input, &context())
            .expect_err("the input is refused");
        assert_eq!(error.to_string(), expected);
    };
    check(
        "pricing.price",
        "$49",
        "I read `$49` as $49; that can mean $49 a month, $49 a year, $49 once or $49 per unit. Try `$49 a month`",
    );
    check(
        "metrics.churn",
        "0.25",
        "I read `0.25`; that can mean 0.25% a month or 25% a month; write the % sign. Try `25% a month`",
    );
    check(
        "plan.stage",
        " ",
        "I read nothing; company stage needs a value. Try `inception`",
    );
}

#[test]
fn values_have_their_json() {
    let check = |name: &str, input: &str, expected: &str| {
        let value = named(name)
            .parse(input, &context())
            .expect("the input is read");
        assert_eq!(value.to_json().to_string(), expected, "{name}");
    };
    check(
        "economics.cac",
        "$588",
        r#"{"amount":"588.00","currency":"USD"}"#,
    );
    check(
        "pricing.acv",
        "$49/mo",
        r#"{"amount":"588.00","currency":"USD","per":"year"}"#,
    );
    check(
        "pricing.price",
        "€0.0004 per call",
        r#"{"amount":"0.0004","currency":"EUR","per":"unit"}"#,
    );
    check(
        "pricing.price",
        "$9.5/mo",
        r#"{"amount":"9.50","currency":"USD","per":"month"}"#,
    );
    check("sales.cycle", "45 days", r#"{"days":45}"#);
    check("economics.payback", "11.99 months", r#"{"months":11.99}"#);
    check("sales.win_rate", "25%", r#"{"percent":"25"}"#);
    check("plan.growth_rate", "1,900.5%", r#"{"percent":"1900.5"}"#);
    check("icp.employees", "5-30", r#"{"low":5,"high":30}"#);
    check("icp.employees", "500+", r#"{"low":500,"high":null}"#);
    check(
        "icp.revenue",
        "up to $5M",
        r#"{"low":null,"high":{"amount":"5000000.00","currency":"USD","per":"year"}}"#,
    );
    check("plan.customers", "1,200", "1200");
    check("plan.last_review", "2026-03-01", r#""2026-03-01""#);
    check("sales.playbook", "yes", "true");
    check("sales.motion", "outside sales", r#""field""#);
    check("marketing.channels", "seo, content", r#"["content","seo"]"#);
    check("icp.buyer", "CFO, CTO", r#"["CFO","CTO"]"#);
    check(
        "pricing.tiers",
        "$49/mo",
        r#"[{"amount":"49.00","currency":"USD","per":"month"}]"#,
    );
    check(
        "marketing.started",
        "seo: 2026-01-15",
        r#"{"seo":"2026-01-15"}"#,
    );
    check("plan.name", "Ledgerly", r#""Ledgerly""#);
}
