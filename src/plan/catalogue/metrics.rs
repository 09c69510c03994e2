//! Metrics: the target of each stage, what the plan is steered by, what customers do.

use super::Kind::{Choice as OneOf, Percent, Set, Text};
use super::{Choice, Field, Period, choice, each};

const PRIMARY: &[Choice] = &[
    choice(
        "active_users",
        "active users",
        &[
            "mau",
            "dau",
            "wau",
            "weekly active users",
            "monthly active users",
        ],
    ),
    choice("engagement", "engagement", &["usage", "product engagement"]),
    choice(
        "feedback",
        "feedback",
        &["qualitative feedback", "customer feedback"],
    ),
    choice(
        "retention",
        "retention",
        &["churn", "logo retention", "customer retention"],
    ),
    choice(
        "mrr_growth",
        "MRR growth",
        &["mrr", "arr growth", "revenue growth", "arr"],
    ),
    choice(
        "new_customers",
        "new customers",
        &["new logos", "logos", "customer count"],
    ),
    choice("cac", "CAC", &["customer acquisition cost"]),
    choice("payback", "CAC payback", &["payback", "payback period"]),
    choice("magic_number", "magic number", &["sales efficiency"]),
    choice(
        "nrr",
        "NRR",
        &[
            "net revenue retention",
            "ndr",
            "net dollar retention",
            "net retention",
        ],
    ),
    choice("rule_of_40", "Rule of 40", &["rule of forty"]),
    choice(
        "ltv_cac",
        "LTV:CAC",
        &["ltv to cac", "ltv cac", "ltv cac ratio"],
    ),
    choice(
        "rep_productivity",
        "seller productivity",
        &["rep productivity", "sales productivity", "quota attainment"],
    ),
    choice(
        "mql_conversion",
        "MQL conversion",
        &["mql to customer", "lead conversion"],
    ),
    choice("gross_margin", "gross margin", &["margin"]),
    choice("nps", "NPS", &["net promoter score"]),
    choice("win_rate", "win rate", &["close rate"]),
    choice(
        "pipeline",
        "pipeline",
        &["pipeline coverage", "pipeline value"],
    ),
];

const BASES: &[Choice] = &[
    choice(
        "early_cohort",
        "an early cohort",
        &["early cohort", "first cohort", "one cohort", "cohort"],
    ),
    choice(
        "all_customers",
        "all customers",
        &["all", "everyone", "whole base"],
    ),
];

pub(super) static FIELDS: &[Field] = &[
    each(
        "metrics.awareness",
        Text,
        "awareness target",
        "Which target has awareness, with a number?",
    )
    .like("2,000 visits a month"),
    each(
        "metrics.pipeline",
        Text,
        "pipeline target",
        "Which target has the pipeline, with a number?",
    )
    .like("30 opportunities a quarter"),
    each(
        "metrics.conversion",
        Text,
        "conversion target",
        "Which target has conversion, with a number?",
    )
    .like("15% from trial to paid"),
    each(
        "metrics.retention",
        Text,
        "retention target",
        "Which target has retention, with a number?",
    )
    .like("90% of customers after a year"),
    each(
        "metrics.expansion",
        Text,
        "expansion target",
        "Which target has expansion, with a number?",
    )
    .like("110% net revenue retention"),
    each(
        "metrics.primary",
        Set,
        "primary metrics",
        "Which metrics is the plan steered by?",
    )
    .choices(PRIMARY)
    .aliases(&["north star", "main metrics", "key metrics", "kpis"]),
    each(
        "metrics.retention_3m",
        Percent,
        "retention after 3 months",
        "How many percent of customers are still there after 3 months?",
    )
    .percent(0, 100)
    .like("70%"),
    each(
        "metrics.retention_basis",
        OneOf,
        "retention basis",
        "Whose retention is that: an early cohort's or all customers'?",
    )
    .choices(BASES),
    each(
        "metrics.nrr",
        Percent,
        "NRR",
        "What is net revenue retention today?",
    )
    .aliases(&["net revenue retention", "ndr", "net dollar retention"])
    .percent(0, 10_000)
    .like("105%"),
    each(
        "metrics.nrr_target",
        Percent,
        "NRR target",
        "Which net revenue retention do you target?",
    )
    .aliases(&["target nrr"])
    .percent(0, 10_000)
    .like("115%"),
    each(
        "metrics.churn",
        Percent,
        "monthly churn",
        "How many percent of customers leave each month?",
    )
    .aliases(&["churn rate", "customer churn"])
    .percent(0, 100)
    .per(Period::Month)
    .like("2%"),
];
