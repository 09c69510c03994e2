//! The reader's tests: what is read, as people read it back, and what is refused, with its words.

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
fn money() {
    let check = |input: &str, expected: &str| check("economics.cac", input, expected);
    check("$25k", "$25,000");
    check("25,000 USD", "$25,000");
    check("€1.2m", "€1,200,000");
    check("49 bucks", "$49");
    check("1.200,50 €", "€1,200.50");
    check("1,200.50", "$1,200.50");
    check("$0.0004", "$0.0004");
    check("0.125", "$0.1250");
    check("usd 25k", "$25,000");
    check("25 k€", "€25,000");
    check("CHF 1'200", "CHF 1,200");
    check("US$ 25", "$25");
    check("C$25", "CAD 25");
    check("$25 CAD", "CAD 25");
    check("2 cents", "$0.02");
    check("50p", "£0.50");
    check("about $500", "$500");
    check("CAC: $500", "$500");
    check("customer acquisition cost of ~500", "$500");
    check("$500 per customer", "$500");
    check("half a million dollars", "$500,000");
    check("25 grand", "$25,000");
    check("0", "$0");
    check("$25k.", "$25,000");
}

#[test]
fn money_refused() {
    let check = |input: &str, expected: &str| check("economics.cac", input, expected);
    check(
        "1.200 €",
        "! `1.200` can mean 1.200 (write `1.2`) or 1,200 (write `1200`)",
    );
    check("-$5", "! an amount below zero makes no sense here");
    check("$-5", "! an amount below zero makes no sense here");
    check(
        "0.00004",
        "! 0.00004 has more than four decimals, and money is kept exact",
    );
    check(
        "$1 quadrillion",
        "! I do not understand `quadrillion` after the amount",
    );
    check("999999999999999999", "! the amount is too large");
    check("€25 USD", "! two currencies stand beside one amount");
    check("¥500", "! that sign can mean JPY or CNY: write one of them");
    check("$5-$10", "! that is a range, and one amount is needed");
    check(
        "$500 per lead",
        "! that is a price for a unit of use, which belongs to pricing.price",
    );
    check("$500 a month", "! CAC is one amount, not one a month");
    check("cheap", "! there is no amount in it that I can read");
    check("25%", "! I do not understand `%` after the amount");
    check_in(
        "CAD",
        "economics.cac",
        "$25",
        "! `$` can mean USD or CAD: write one of them",
    );
    check_in("CAD", "economics.cac", "25", "CAD 25");
    check_in(
        "GBP",
        "economics.cac",
        "2 cents",
        "! cents can be USD or EUR: write one of them",
    );
    check_in("EUR", "economics.cac", "2 cents", "€0.02");
    check_in("JPY", "economics.cac", "¥500", "JPY 500");
}

#[test]
fn money_of_a_month() {
    check("plan.mrr", "$35k", "$35,000");
    check("plan.mrr", "$35k/mo", "$35,000");
    check(
        "plan.mrr",
        "$420k a year",
        "! current MRR is a month, not a year",
    );
}

#[test]
fn money_a_year() {
    let check = |input: &str, expected: &str| check("pricing.acv", input, expected);
    check("$49/mo", "$588 a year");
    check("$25k a year", "$25,000 a year");
    check("ARR 1.2M", "$1,200,000 a year");
    check("1.2M ARR", "$1,200,000 a year");
    check("$120k", "$120,000 a year");
    check("$25k p.a.", "$25,000 a year");
    check("€5k a quarter", "€20,000 a year");
    check("$25k per customer per year", "$25,000 a year");
    check("MRR 40k", "$480,000 a year");
    check("acv is $25k", "$25,000 a year");
    check(
        "$500 once",
        "! an amount that is paid once is not one a year",
    );
    check(
        "$500 a week",
        "! an amount a week does not make a year exactly",
    );
    check(
        "$49/seat/mo",
        "! that is a price for a seat, which belongs to pricing.price",
    );
    check("$49/mo a year", "! two different periods are given");
}

#[test]
fn prices() {
    let check = |input: &str, expected: &str| check("pricing.price", input, expected);
    check("$49/mo", "$49 a month");
    check("$499 a year", "$499 a year");
    check("2 cents per call", "$0.02 per unit");
    check("49 bucks a month", "$49 a month");
    check("49 € monthly", "€49 a month");
    check("$0.0004 per request", "$0.0004 per unit");
    check("$5 per 1,000 calls", "$0.0050 per unit");
    check("$999 one-time", "$999 once");
    check("$499/yr", "$499 a year");
    check("monthly $49", "$49 a month");
    check("PRICE = $49/MO", "$49 a month");
    check(
        "$49",
        "! that can mean $49 a month, $49 a year, $49 once or $49 per unit",
    );
    check(
        "$49/user/month",
        "! that says two things: pricing.price is $49 a month, and pricing.per is seat; set each",
    );
    check(
        "$300 a quarter",
        "! a price is kept a month, a year, once or per unit",
    );
    check(
        "$1 per 7 calls",
        "! the price of one unit has more than four decimals",
    );
    check(
        "$49 a month per call",
        "! a price is for a period or for a unit of use, not for both",
    );
    check(
        "$49 per moon",
        "! I do not understand `per moon` after the amount",
    );
}

#[test]
fn several_prices() {
    let check = |input: &str, expected: &str| check("pricing.tiers", input, expected);
    check("$49/mo, $149/mo", "$49 a month; $149 a month");
    check(
        "$49, $149 and $499 a month",
        "$49 a month; $149 a month; $499 a month",
    );
    check("$1,200/yr; $2,400/yr", "$1,200 a year; $2,400 a year");
    check(
        "$49, $149",
        "! that can mean $49 a month, $49 a year, $49 once or $49 per unit",
    );
}

#[test]
fn percentages() {
    let check = |input: &str, expected: &str| check("plan.growth_rate", input, expected);
    check("25%", "25% a year");
    check("-135 %", "-135% a year");
    check("1,900 %", "1,900% a year");
    check("25", "25% a year");
    check("12.5 percent", "12.5% a year");
    check("0.25%", "0.25% a year");
    check("80% a year", "80% a year");
    check("0", "0% a year");
    check(
        "0.25",
        "! that can mean 0.25% a year or 25% a year; write the % sign",
    );
    check(
        "1.1",
        "! that can mean 1.1% a year or 110% a year; write the % sign",
    );
    check("5% a month", "! growth rate counts a year, not a month");
    check("10,001%", "! growth rate goes from -1,000% to 10,000%");
    check("-1,001%", "! growth rate goes from -1,000% to 10,000%");
    check(
        "1.234%",
        "! `1.234` can mean 1.234 (write `1.2340`) or 1,234 (write `1234`)",
    );
    check("1.2345%", "! a percentage has at most two decimals");
    check("10-20%", "! that is a range, and one number is needed");
    check("fast", "! there is no percentage in it that I can read");
}

#[test]
fn percentages_have_the_bounds_of_their_field() {
    check("sales.win_rate", "101%", "! win rate goes from 0% to 100%");
    check("sales.win_rate", "1.5", "1.5%");
    check("metrics.churn", "3% a month", "3% a month");
    check(
        "metrics.churn",
        "30% a year",
        "! monthly churn counts a month, not a year",
    );
    check("economics.gross_margin", "-20%", "-20%");
    check(
        "economics.gross_margin",
        "101%",
        "! gross margin goes from -1,000% to 100%",
    );
    check(
        "sales.win_rate",
        "25% a month",
        "! win rate is not counted a month",
    );
}

#[test]
fn counts() {
    let check = |input: &str, expected: &str| check("plan.customers", input, expected);
    check("1,200", "1,200");
    check("12k", "12,000");
    check("a dozen", "12");
    check("two dozen customers", "24");
    check("1.5k", "1,500");
    check("none", "0");
    check("none yet", "! I do not understand `yet` after the number");
    check("customers: 8", "8");
    check("twenty-five", "25");
    check("-3", "! a count is zero or more");
    check("2.5", "! 2.5 is not a whole number");
    check("5-10", "! that is a range, and one number is needed");
    check(
        "8 apples",
        "! I do not understand `apples` after the number",
    );
    check("lots", "! there is no number in it that I can read");
    check("a few", "! I do not understand `few` after the number");
    check("$8", "! there is no number in it that I can read");
}

#[test]
fn counts_keep_their_period() {
    check("sales.deals_per_year", "120 deals a year", "120");
    check(
        "sales.deals_per_year",
        "10 a month",
        "! deals a year counts a year, not a month",
    );
    check("marketing.leads_per_month", "200 leads/mo", "200");
    check("sales.reps", "2 AEs", "2");
    check("sales.meetings", "4 meetings", "4");
}

#[test]
fn lengths_in_days() {
    let check = |input: &str, expected: &str| check("sales.cycle", input, expected);
    check("45", "45 days");
    check("90 days", "90 days");
    check("1 day", "1 day");
    check("6 weeks", "42 days");
    check("3 months", "90 days");
    check("a quarter", "90 days");
    check("a year", "365 days");
    check("half a year", "182.5 days");
    check("two weeks", "14 days");
    check("a fortnight", "14 days");
    check("90d", "90 days");
    check(
        "a 90-day cycle",
        "! I do not understand `day cycle` as a unit of time",
    );
    check("sales cycle: 45 days", "45 days");
    check("Q3", "! Q3 is a date; `a quarter` is a length");
    check(
        "6m",
        "! `m` can mean minutes or months; write `mo` for months",
    );
    check("30-60 days", "! that is a range, and one length is needed");
    check("-5 days", "! a length of time is zero or more");
    check("2 hours", "! I do not understand `hours` as a unit of time");
    check("0.001 days", "! a length has at most two decimals of days");
    check("10,000 years", "! the length is too large");
}

#[test]
fn lengths_in_months() {
    let check = |input: &str, expected: &str| check("economics.payback", input, expected);
    check("11.99 months", "11.99 months");
    check("12", "12 months");
    check("6m", "6 months");
    check("18 mo", "18 months");
    check("a quarter", "3 months");
    check("1.5 years", "18 months");
    check("90 days", "3 months");
    check("6 weeks", "1.4 months");
    check("quarterly", "3 months");
    check("every 6 months", "6 months");
    check("twice a year", "6 months");
    check("year", "12 months");
    check(
        "100 days",
        "! with 30 days to a month that is no exact number of months",
    );
    check("Q3 2026", "! Q3 is a date; `a quarter` is a length");
    let refused = named("economics.payback").parse("100 days", &context());
    assert_eq!(
        refused.map_err(|error| error.example),
        Err("3.33 months".to_owned())
    );
}

#[test]
fn dates() {
    // Today is Wednesday, 4 March 2026.
    let check = |input: &str, expected: &str| check("plan.last_review", input, expected);
    check("2026-03-01", "2026-03-01");
    check("next Monday", "2026-03-09");
    check("next Wednesday", "2026-03-11");
    check("last Friday", "2026-02-27");
    check("Monday", "! that can mean 2026-03-09 or 2026-03-02");
    check("March 2026", "2026-03-01");
    check("Mar 2026", "2026-03-01");
    check("1 March 2026", "2026-03-01");
    check("March 1st, 2026", "2026-03-01");
    check("Q3", "2026-07-01");
    check("Q3 2027", "2027-07-01");
    check("2027 Q1", "2027-01-01");
    check("today", "2026-03-04");
    check("yesterday", "2026-03-03");
    check("in 2 weeks", "2026-03-18");
    check("in March 2026", "2026-03-01");
    check("a month ago", "2026-02-04");
    check("next quarter", "2026-04-01");
    check("last month", "2026-02-01");
    check("1.3.2026", "2026-03-01");
    check("25/12/2026", "2026-12-25");
    check("12/25/2026", "2026-12-25");
    check("3/3/2026", "2026-03-03");
    check("03/04/2026", "! that can mean 2026-03-04 or 2026-04-03");
    check("2026-02-30", "! the calendar has no such day");
    check("30 February 2026", "! the calendar has no such day");
    check("2026-03", "2026-03-01");
    check("1.3.26", "! the year needs four digits");
    check("9999-01-01", "! the year 9999 is not one that a plan has");
    check("soon", "! there is no date in it that I can read");
    check("12", "! there is no date in it that I can read");
}

#[test]
fn ranges_of_counts() {
    let check = |input: &str, expected: &str| check("icp.employees", input, expected);
    check("50-500", "50–500");
    check("5 to 30", "5–30");
    check("5 – 30 employees", "5–30");
    check("between 5 and 30", "5–30");
    check("from 5 to 30 people", "5–30");
    check("up to 200", "up to 200");
    check("500+", "500+");
    check("500 or more", "500+");
    check("at least 500", "500+");
    check("over 500", "501+");
    check("under 200", "up to 199");
    check("1,000-5,000", "1,000–5,000");
    check("1k-5k", "1,000–5,000");
    check("500-1k", "500–1,000");
    check("0-10k", "0–10,000");
    check("50-50", "50–50");
    check(
        "5-10k",
        "! that can mean 5 to 10,000 or 5,000 to 10,000; write both ends in full",
    );
    check(
        "50",
        "! one number is not a range: it can mean exactly that, at least that (`50+`) or at most that (`up to 50`)",
    );
    check("30-5", "! the range ends below its beginning");
    check("small", "! there is no range in it that I can read");
    check("5-30 bananas", "! I do not understand `bananas`");
    check("2.5-3", "! 2.5 is not a whole number");
}

#[test]
fn ranges_of_money() {
    let check = |input: &str, expected: &str| check("icp.revenue", input, expected);
    check("$1M-$10M", "$1,000,000 to $10,000,000 a year");
    check("€1m to €10m", "€1,000,000 to €10,000,000 a year");
    check("1M to 10M EUR a year", "€1,000,000 to €10,000,000 a year");
    check("up to $5M in revenue", "up to $5,000,000 a year");
    check("$10M+", "$10,000,000+ a year");
    check("$100k-$200k a month", "$1,200,000 to $2,400,000 a year");
    check(
        "$1-10M",
        "! that can mean 1 to 10,000,000 or 1,000,000 to 10,000,000; write both ends in full",
    );
    check("$1M-€10M", "! the ends of the range have two currencies");
    check(
        "under $10M",
        "! the ends of a range belong to it: write `up to` or `at least`",
    );
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
        "! that is no choice of sales motion; did you mean `field`",
    );
    check(
        "magic",
        "! that is no choice of sales motion, which are `plg`, `inside_one_stage`, `inside_two_stage`, `field`, `named_accounts` and `partner`",
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
    check("[seo, content]", "content, SEO");
    check("seo + linkedin ads & events", "events, paid social, SEO");
    check("[]", "none");
    check("none", "none");
    check("seo, ads", "! that can mean `paid_search` or `paid_social`");
    check(
        "seo, chanels",
        "! that is no choice of channels, which are `content`, `seo`, `webinars`, `paid_search`, `paid_social`, `social`, `community`, `product`, `outbound_email`, `linkedin`, `cold_calls`, `direct_mail`, `events`, `referrals`, `affiliates`, `integrations`, `resellers`, `marketplaces`, `analysts` and `pr`",
    );
    check(
        "webinar, evnts",
        "! that is no choice of channels; did you mean `events`",
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
        "! that is no choice of channel start dates; did you mean `seo`",
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
