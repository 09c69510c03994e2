//! Pricing: how you charge, how much, how an account begins and grows.

use super::Kind::{Choice as OneOf, Count, MoneyPerYear, Price, Prices, Set, Text};
use super::{Choice, Field, choice, each};

const MODELS: &[Choice] = &[
    choice(
        "usage",
        "usage",
        &[
            "usage based",
            "pay as you go",
            "payg",
            "metered",
            "consumption",
            "pay per use",
            "per api call",
            "per request",
            "per transaction",
            "by usage",
            "usage-based",
        ],
    ),
    choice(
        "seat",
        "per seat",
        &[
            "seat based",
            "per user",
            "user based",
            "per license",
            "seats",
        ],
    ),
    choice(
        "tiered",
        "tiered",
        &["tiers", "packages", "good better best", "plans"],
    ),
    choice(
        "freemium",
        "freemium",
        &["free plan plus paid", "free and paid"],
    ),
    choice(
        "flat",
        "flat",
        &["flat rate", "flat fee", "fixed price", "one price"],
    ),
    choice(
        "custom",
        "custom",
        &[
            "custom quote",
            "custom pricing",
            "contact sales",
            "quote based",
            "negotiated",
        ],
    ),
];

const PER: &[Choice] = &[
    choice(
        "account",
        "account",
        &[
            "per account",
            "customer",
            "per customer",
            "company",
            "per company",
            "workspace",
        ],
    ),
    choice(
        "seat",
        "seat",
        &[
            "per seat",
            "user",
            "per user",
            "license",
            "per license",
            "head",
            "agent",
        ],
    ),
    choice(
        "unit",
        "unit of use",
        &["per unit", "unit", "per use", "per call", "usage"],
    ),
];

const COMMITMENTS: &[Choice] = &[
    choice(
        "none",
        "none",
        &["no commitment", "cancel any time", "cancel anytime"],
    ),
    choice(
        "monthly",
        "monthly",
        &["month to month", "month by month", "a month", "one month"],
    ),
    choice(
        "annual",
        "annual",
        &[
            "yearly",
            "annually",
            "annual contract",
            "annual prepay",
            "annual upfront",
            "annual only",
            "paid yearly",
            "billed yearly",
            "12 months",
            "one year",
            "a year",
            "1 year",
        ],
    ),
    choice(
        "multi_year",
        "multi-year",
        &[
            "multi year contract",
            "several years",
            "2 years",
            "3 years",
            "two years",
            "three years",
        ],
    ),
];

const TRIALS: &[Choice] = &[
    choice("none", "none", &["no trial", "nothing"]),
    choice(
        "free_trial",
        "free trial",
        &[
            "trial",
            "14 day trial",
            "30 day trial",
            "time limited trial",
        ],
    ),
    choice(
        "free_tier",
        "free tier",
        &["free plan", "freemium", "free forever", "free version"],
    ),
    choice(
        "paid_pilot",
        "paid pilot",
        &["paid poc", "paid proof of concept"],
    ),
    choice("demo", "demo", &["sales demo", "live demo", "product demo"]),
];

const EXPANSIONS: &[Choice] = &[
    choice("seats", "seats", &["more seats", "more users", "users"]),
    choice("usage", "usage", &["more usage", "volume", "consumption"]),
    choice(
        "tiers",
        "tiers",
        &["upgrades", "higher tiers", "plan upgrades", "upsell"],
    ),
    choice(
        "add_ons",
        "add-ons",
        &["addons", "modules", "cross sell", "cross selling"],
    ),
    choice(
        "services",
        "services",
        &["professional services", "consulting", "implementation"],
    ),
];

const SUPPORTS: &[Choice] = &[
    choice(
        "community",
        "community",
        &["forum", "community forum", "docs"],
    ),
    choice("email", "email", &["e-mail", "email support", "tickets"]),
    choice(
        "chat",
        "chat",
        &["live chat", "slack channel", "shared slack channel"],
    ),
    choice("phone", "phone", &["phone support", "telephone", "hotline"]),
    choice(
        "dedicated_csm",
        "dedicated CSM",
        &[
            "csm",
            "customer success manager",
            "dedicated customer success manager",
        ],
    ),
];

const SEATS: &[&str] = &["seats", "users", "licenses", "licences", "units", "people"];

const DEALS: &[&str] = &["customer", "account", "deal", "contract"];

pub(super) static FIELDS: &[Field] = &[
    each("pricing.model", Set, "pricing model", "How do you charge?").choices(MODELS),
    each(
        "pricing.price",
        Price,
        "price",
        "What is the list or entry price?",
    )
    .aliases(&[
        "list price",
        "entry price",
        "price point",
        "monthly price",
        "subscription price",
    ]),
    each(
        "pricing.per",
        OneOf,
        "priced per",
        "Is that price for an account, a seat or a unit of use?",
    )
    .choices(PER)
    .aliases(&["price per", "value metric"]),
    each(
        "pricing.seats",
        Count,
        "seats of a first deal",
        "How many seats (or units) has a typical first deal?",
    )
    .aliases(&["number of seats"])
    .units(SEATS)
    .like("10"),
    each(
        "pricing.tiers",
        Prices,
        "price tiers",
        "What are the tiers' prices?",
    ),
    each(
        "pricing.commitment",
        OneOf,
        "commitment",
        "Which commitment does a customer sign?",
    )
    .choices(COMMITMENTS)
    .aliases(&["contract length", "contract term"]),
    each(
        "pricing.acv",
        MoneyPerYear,
        "ACV",
        "What is the first-year contract value of a typical deal?",
    )
    .aliases(&[
        "annual contract value",
        "contract value",
        "average contract value",
        "average deal",
        "acv per deal",
        "deal size",
        "average deal size",
        "first year value",
    ])
    .units(DEALS)
    .like("$25k"),
    each("pricing.trial", OneOf, "trial", "How can they try it?")
        .choices(TRIALS)
        .ambiguous(&[("pilot", &["paid_pilot", "free_trial"])])
        .like("free_trial"),
    each(
        "pricing.expansion",
        Set,
        "expansion path",
        "How does an account grow?",
    )
    .choices(EXPANSIONS)
    .aliases(&["account growth"]),
    each(
        "pricing.support",
        Set,
        "support in the tiers",
        "Which support do the tiers include?",
    )
    .choices(SUPPORTS)
    .aliases(&["support"]),
    each(
        "pricing.packaging",
        Text,
        "packaging",
        "What separates the tiers (features, limits)?",
    )
    .aliases(&["packages"])
    .like("tiers differ by the number of entities and by approvals"),
    each(
        "pricing.market_price",
        Price,
        "market price",
        "What do comparable products cost?",
    )
    .aliases(&["competitor price", "competitors price"])
    .like("$80 a month"),
    each(
        "pricing.rationale",
        Text,
        "price rationale",
        "Why this price?",
    )
    .aliases(&["pricing rationale", "why this price"])
    .like("one tenth of the hours that it saves"),
];
