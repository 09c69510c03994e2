//! Unit economics: what a customer costs, what comes back and when.

use super::Kind::{Choice as OneOf, Money, MoneyPerYear, Months, Percent, Set};
use super::{Choice, Field, choice, each};

const CAC_PER: &[Choice] = &[
    choice(
        "customer",
        "customer",
        &["per customer", "new customer", "won customer", "deal"],
    ),
    choice(
        "opportunity",
        "opportunity",
        &["per opportunity", "opp", "opps"],
    ),
    choice("trial", "trial", &["per trial", "signup", "sign up"]),
    choice("lead", "lead", &["per lead", "mql"]),
];

const CAC_INCLUDES: &[Choice] = &[
    choice(
        "marketing",
        "marketing",
        &["ads", "marketing spend", "marketing cost"],
    ),
    choice(
        "sales",
        "sales",
        &["sales salaries", "commissions", "sales cost"],
    ),
    choice(
        "onboarding",
        "onboarding",
        &["implementation", "onboarding cost"],
    ),
];

pub(super) static FIELDS: &[Field] = &[
    each(
        "economics.cac",
        Money,
        "CAC",
        "What do sales and marketing cost for one new customer?",
    )
    .aliases(&["customer acquisition cost", "acquisition cost"])
    .units(&["customer", "new customer"]),
    each(
        "economics.cac_per",
        OneOf,
        "CAC basis",
        "Is that the cost of one customer, opportunity, trial or lead?",
    )
    .choices(CAC_PER)
    .aliases(&["cac per"]),
    each(
        "economics.cac_includes",
        Set,
        "costs within CAC",
        "What does CAC include?",
    )
    .choices(CAC_INCLUDES)
    .aliases(&["cac includes"]),
    each(
        "economics.sm_spend",
        MoneyPerYear,
        "sales and marketing spend",
        "What do you spend on sales and marketing a year?",
    )
    .aliases(&["s&m spend", "marketing and sales spend"])
    .like("$400k a year"),
    each(
        "economics.meeting_cost",
        Money,
        "cost of a meeting",
        "What does one sales meeting cost?",
    )
    .aliases(&["meeting cost"])
    .units(&["meeting", "sales meeting"])
    .like("$120"),
    each(
        "economics.gross_margin",
        Percent,
        "gross margin",
        "What is the gross margin?",
    )
    .aliases(&["margin"])
    .percent(-1_000, 100)
    .like("80%"),
    each(
        "economics.payback",
        Months,
        "CAC payback",
        "Which CAC payback do you state or target, in months?",
    )
    .aliases(&["payback period", "payback time"])
    .like("11.5 months"),
    each(
        "economics.ltv",
        Money,
        "LTV",
        "What is the lifetime value of a customer?",
    )
    .aliases(&["lifetime value", "customer lifetime value", "clv"])
    .units(&["customer"])
    .like("$12k"),
    each(
        "economics.partner_share",
        Percent,
        "partner share",
        "Which share of revenue is paid to the partner?",
    )
    .aliases(&["revenue share", "partner margin"])
    .percent(0, 100)
    .units(&["revenue", "of revenue"])
    .like("20%"),
];
