//! Money, prices, percentages and counts.

use super::{check, check_in};

#[test]
fn money() {
    let check = |input: &str, expected: &str| check("economics.cac", input, expected);
    check("$25k", "$25,000");
    check("25,000 USD", "$25,000");
    check("€1.2m", "€1,200,000");
    check("49 bucks", "$49");
    check("1.200,50 €", "€1,200.50");
    check("1.200 €", "€1,200");
    check("€12.500", "€12,500");
    check("eur 1.200", "€1,200");
    check("1,20 €", "€1.20");
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
        "$1.200",
        "! `1.200` can mean 1.200 (write `1.2`) or 1,200 (write `1200`)",
    );
    check(
        "1.200 francs",
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
    check("none", "none");
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
