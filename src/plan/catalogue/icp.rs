//! The ideal customer profile: who it is, what hurts, how they buy, who is not one.

use super::Kind::{Choice as OneOf, CountRange, List, MoneyRange, Text};
use super::{Choice, Field, choice, each};

const SEGMENTS: &[Choice] = &[
    choice("consumer", "consumer", &["b2c", "consumers", "individuals"]),
    choice(
        "smb",
        "SMB",
        &[
            "sme",
            "small business",
            "small and medium business",
            "small companies",
        ],
    ),
    choice(
        "mid_market",
        "mid-market",
        &["midmarket", "mm", "mid mkt", "mid size", "medium companies"],
    ),
    choice(
        "enterprise",
        "enterprise",
        &["ent", "large enterprise", "large companies", "corporate"],
    ),
];

const URGENCIES: &[Choice] = &[
    choice("low", "low", &["not urgent", "nice to have", "can wait"]),
    choice("medium", "medium", &["moderate", "somewhat urgent", "mid"]),
    choice(
        "high",
        "high",
        &[
            "urgent",
            "very urgent",
            "critical",
            "hair on fire",
            "must have",
        ],
    ),
];

pub(super) static FIELDS: &[Field] = &[
    each(
        "icp.segment",
        OneOf,
        "ICP segment",
        "Who is it for, in one word?",
    )
    .choices(SEGMENTS)
    .aliases(&[
        "segment",
        "customer segment",
        "customer size",
        "ideal customer",
        "target customer",
        "target market",
    ]),
    each(
        "icp.industry",
        List,
        "ICP industry",
        "Which industry or vertical?",
    )
    .aliases(&["industries", "vertical"])
    .like("accounting firms"),
    each(
        "icp.employees",
        CountRange,
        "ICP employees",
        "How many employees do they have?",
    )
    .aliases(&[
        "company size",
        "icp size",
        "headcount",
        "number of employees",
        "employee count",
    ])
    .units(&["employees", "people", "staff", "fte", "person", "seats"]),
    each(
        "icp.revenue",
        MoneyRange,
        "ICP revenue",
        "What revenue do they have?",
    )
    .aliases(&["company revenue", "customer revenue"])
    .units(&["revenue", "in revenue", "of revenue", "turnover", "sales"]),
    each("icp.geography", List, "ICP geography", "Where are they?")
        .aliases(&["regions", "country", "countries", "where", "geo"])
        .like("Germany, Austria")
        .answered_by(&["na"]),
    each(
        "icp.tech_stack",
        List,
        "ICP tech stack",
        "Which tools do they already use?",
    )
    .aliases(&["tools"])
    .like("Salesforce, Slack"),
    each(
        "icp.growth_stage",
        Text,
        "ICP growth stage",
        "Which growth stage are they at?",
    )
    .like("series B"),
    each(
        "icp.buyer",
        List,
        "buyer",
        "Who decides and holds the budget?",
    )
    .aliases(&[
        "decision maker",
        "economic buyer",
        "buyer persona",
        "persona",
    ])
    .like("CFO, head of operations"),
    each("icp.users", List, "users", "Who uses it?").like("accountants, assistants"),
    each(
        "icp.pain",
        Text,
        "pain",
        "Which urgent problem do they have?",
    )
    .aliases(&["pain point", "urgent problem"])
    .like("month-end closing takes nine days"),
    each(
        "icp.signals",
        List,
        "buying signals",
        "Which signals say that they are buying now?",
    )
    .aliases(&["intent signals", "triggers to buy"])
    .like("hiring a controller; changed the ERP"),
    each(
        "icp.buying_process",
        Text,
        "buying process",
        "How do they buy (vendors compared, length, approvals)?",
    )
    .like("three vendors compared, two months, legal signs last"),
    each(
        "icp.urgency",
        OneOf,
        "urgency",
        "How urgent is it for them?",
    )
    .choices(URGENCIES),
    each(
        "icp.people",
        Text,
        "ICP people",
        "For consumer products: who are they (demographics, psychographics, behaviour)?",
    )
    .aliases(&["demographics"])
    .like("runners over 30 who train for a first marathon"),
    each(
        "icp.exclusions",
        List,
        "exclusions",
        "Who is explicitly not a fit?",
    )
    .aliases(&["not a fit", "anti icp", "excluded"])
    .like("agencies, freelancers"),
];
