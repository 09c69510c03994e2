//! The fields of the whole plan: what it is for, where the company stands, how it is kept alive.

use super::Kind::{Choice as OneOf, Count, Date, List, Money, MoneyPerYear, Months, Percent, Set};
use super::Kind::{Text, YesNo};
use super::{Choice, Field, Format, Period, choice, once};

const PRODUCT_KINDS: &[Choice] = &[
    choice(
        "infrastructure",
        "infrastructure",
        &["infra", "cloud infrastructure", "devops"],
    ),
    choice("api", "API", &["developer api", "apis"]),
    choice(
        "data",
        "data",
        &["data product", "analytics", "data platform"],
    ),
    choice(
        "collaboration",
        "collaboration",
        &["team collaboration", "productivity"],
    ),
    choice(
        "workflow",
        "workflow",
        &["workflow automation", "automation"],
    ),
    choice(
        "vertical",
        "vertical software",
        &["vertical saas", "industry software"],
    ),
    choice("security", "security", &["cybersecurity", "infosec"]),
    choice(
        "services",
        "services",
        &["agency", "consulting", "consultancy"],
    ),
];

const SCOPES: &[Choice] = &[
    choice(
        "product",
        "one product",
        &["product launch", "launch", "feature", "one feature"],
    ),
    choice(
        "company",
        "whole company",
        &["the whole company", "company plan", "everything"],
    ),
];

const STAGES: &[Choice] = &[
    choice(
        "inception",
        "inception",
        &[
            "idea",
            "pre seed",
            "pre product",
            "pre pmf",
            "just starting",
        ],
    ),
    choice(
        "product_market_fit",
        "product-market fit",
        &["pmf", "product market fit stage", "finding pmf"],
    ),
    choice(
        "gtm_fit",
        "go-to-market fit",
        &["go to market fit", "gtm", "early scale"],
    ),
    choice("scale", "scale", &["scaling", "scale up"]),
];

const INITIATIVES: &[Choice] = &[
    choice(
        "new_product",
        "new product",
        &["a second product", "product launch"],
    ),
    choice(
        "new_segment",
        "new segment",
        &["new market", "second segment"],
    ),
    choice(
        "move_upmarket",
        "move upmarket",
        &["upmarket", "moving upmarket", "going upmarket"],
    ),
    choice(
        "move_downmarket",
        "move downmarket",
        &["downmarket", "moving downmarket", "going downmarket"],
    ),
    choice(
        "new_region",
        "new region",
        &["new country", "new geography", "expansion to a new region"],
    ),
    choice(
        "pricing_change",
        "pricing change",
        &["new pricing", "price change", "price increase"],
    ),
];

pub(super) static FIELDS: &[Field] = &[
    once("plan.name", Text, "plan name", "What is this plan for?").like("Ledgerly 2026"),
    once(
        "plan.product_kind",
        OneOf,
        "kind of product",
        "What kind of product is it?",
    )
    .choices(PRODUCT_KINDS)
    .aliases(&["product type"]),
    once(
        "plan.scope",
        OneOf,
        "plan scope",
        "A launch of one product or feature, or the whole company's plan?",
    )
    .choices(SCOPES),
    once(
        "plan.currency",
        Text,
        "currency",
        "In which currency do you plan?",
    )
    .format(Format::Currency)
    .like("USD"),
    once(
        "plan.horizon",
        Months,
        "plan horizon",
        "How many months does it cover?",
    )
    .aliases(&["planning horizon", "plan length"]),
    once(
        "plan.stage",
        OneOf,
        "company stage",
        "Which stage are you at?",
    )
    .choices(STAGES)
    .ambiguous(&[
        ("growth", &["gtm_fit", "scale"]),
        ("growth stage", &["gtm_fit", "scale"]),
    ]),
    once("plan.owner", Text, "plan owner", "Who owns the plan?").like("@ana"),
    once(
        "plan.last_review",
        Date,
        "last review",
        "When was it last reviewed as a whole?",
    )
    .aliases(&["last reviewed", "reviewed"]),
    once(
        "plan.review_every",
        Months,
        "review cadence",
        "How often do you review it?",
    )
    .aliases(&["review interval", "review rhythm"])
    .like("6 months"),
    once(
        "plan.revision_triggers",
        List,
        "revision triggers",
        "What would make you revise it early?",
    )
    .aliases(&["triggers"])
    .sentences()
    .like("CAC doubles; a new competitor appears"),
    once(
        "plan.teams_aligned",
        YesNo,
        "teams aligned",
        "Do marketing, sales and product work from the same definitions?",
    ),
    once(
        "plan.definitions_governed",
        YesNo,
        "definitions governed",
        "Is someone keeping pipeline stages, attribution and definitions consistent?",
    ),
    once(
        "plan.arr",
        MoneyPerYear,
        "current ARR",
        "What is your current ARR?",
    )
    .aliases(&["annual recurring revenue"])
    .like("$400k"),
    once(
        "plan.mrr",
        Money,
        "current MRR",
        "What is your current MRR?",
    )
    .aliases(&["monthly recurring revenue"])
    .per(Period::Month)
    .like("$35k"),
    once(
        "plan.arr_target",
        MoneyPerYear,
        "ARR target",
        "Which ARR do you want at the end of the horizon?",
    )
    .aliases(&["target arr", "arr goal", "revenue target"])
    .like("$1.2M"),
    once(
        "plan.customers",
        Count,
        "paying customers",
        "How many paying customers do you have today?",
    )
    .aliases(&["number of customers", "customer count"])
    .units(&["customers", "paying customers", "clients", "accounts"]),
    once(
        "plan.growth_rate",
        Percent,
        "growth rate",
        "How fast does revenue grow a year, in percent?",
    )
    .aliases(&["growth", "yearly growth"])
    .per(Period::Year)
    .like("80%"),
    once(
        "plan.profit_margin",
        Percent,
        "profit margin",
        "What is your profit margin (it may be negative)?",
    )
    .percent(-1_000, 100)
    .like("-20%"),
    once(
        "plan.move_months",
        Months,
        "time for the move",
        "How long do you give the move to a new market?",
    )
    .aliases(&["move time"])
    .like("18 months"),
    once(
        "plan.new_initiative",
        Set,
        "new initiatives",
        "What is changing?",
    )
    .choices(INITIATIVES)
    .aliases(&["initiative"]),
];
