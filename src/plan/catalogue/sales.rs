//! Sales: how it is sold, by whom, how fast and how well.

use super::Kind::{Choice as OneOf, Count, Days, List, MoneyPerYear, Percent, Set, Text, YesNo};
use super::{Choice, Field, choice, each};

const MOTIONS: &[Choice] = &[
    choice(
        "plg",
        "self-serve (PLG)",
        &[
            "self serve",
            "self service",
            "product led",
            "product led growth",
            "no touch",
            "selfserve",
            "bottom up",
        ],
    ),
    choice(
        "inside_one_stage",
        "inside sales, one stage",
        &[
            "one stage",
            "1 stage",
            "single stage",
            "inside one stage sales",
            "full cycle ae",
            "full cycle reps",
        ],
    ),
    choice(
        "inside_two_stage",
        "inside sales, two stages",
        &[
            "two stage",
            "2 stage",
            "two stage sales",
            "sdr and ae",
            "sdr plus ae",
            "sdr to ae",
        ],
    ),
    choice(
        "field",
        "field sales",
        &["outside sales", "outside", "field reps", "on site sales"],
    ),
    choice(
        "named_accounts",
        "named accounts",
        &[
            "named account",
            "strategic accounts",
            "key accounts",
            "key account sales",
        ],
    ),
    choice(
        "partner",
        "through partners",
        &[
            "partner led",
            "channel sales",
            "partners",
            "indirect",
            "channel",
            "resellers",
            "reseller led",
            "partner sales",
        ],
    ),
];

const ASSISTS: &[Choice] = &[
    choice(
        "sales_assist",
        "sales assist",
        &[
            "assisted",
            "product specialists",
            "assist",
            "sales assisted",
        ],
    ),
    choice(
        "partner",
        "partner",
        &["partner led", "channel sales", "through partners"],
    ),
    choice("field", "field sales", &["outside sales", "field reps"]),
    choice("inside", "inside sales", &["inside reps", "remote sales"]),
];

const ROUTES: &[Choice] = &[
    choice(
        "direct",
        "direct",
        &["direct sales", "own sales", "sales team"],
    ),
    choice(
        "self_serve",
        "self-serve",
        &["self service", "website", "online", "in product"],
    ),
    choice(
        "partners",
        "partners",
        &["through partners", "partner", "agencies"],
    ),
    choice(
        "marketplaces",
        "marketplaces",
        &["app store", "aws marketplace", "cloud marketplace"],
    ),
    choice(
        "resellers",
        "resellers",
        &["vars", "distributors", "value added resellers"],
    ),
];

const PARTNER_REASONS: &[Choice] = &[
    choice(
        "implementation",
        "implementation",
        &["they implement", "delivery", "services"],
    ),
    choice(
        "reach",
        "reach",
        &["distribution", "access to customers", "geographic reach"],
    ),
    choice(
        "trust",
        "trust",
        &["credibility", "trusted adviser", "trusted advisor"],
    ),
    choice(
        "integration",
        "integration",
        &["technical integration", "tech integration"],
    ),
];

const WIN_RATE_BASES: &[Choice] = &[
    choice(
        "opportunities",
        "opportunities",
        &["opps", "opportunity", "created opportunities", "deals"],
    ),
    choice(
        "trials",
        "trials",
        &["trial", "trial to paid", "signups", "sign ups"],
    ),
    choice("leads", "leads", &["lead", "mqls"]),
];

const ROLES: &[Choice] = &[
    choice(
        "sdr",
        "SDR",
        &[
            "bdr",
            "sales development rep",
            "sales development representative",
        ],
    ),
    choice(
        "mdr",
        "MDR",
        &[
            "market development rep",
            "marketing development rep",
            "inbound rep",
        ],
    ),
    choice("ae", "AE", &["account executive", "closer"]),
    choice(
        "se",
        "SE",
        &[
            "sales engineer",
            "solutions engineer",
            "presales",
            "pre sales",
        ],
    ),
    choice(
        "account_manager",
        "account manager",
        &["am", "kam", "key account manager"],
    ),
    choice("partner_manager", "partner manager", &["channel manager"]),
    choice(
        "csm",
        "CSM",
        &["customer success manager", "customer success"],
    ),
];

const INBOUND_OWNERS: &[Choice] = &[
    choice("sdr", "SDR", &["bdr", "sales development"]),
    choice("mdr", "MDR", &["market development", "inbound rep"]),
    choice("ae", "AE", &["account executive", "sellers"]),
    choice("marketing", "marketing", &["marketing team"]),
    choice("nobody", "nobody", &["no one", "no owner", "none"]),
];

const SELLERS: &[&str] = &[
    "reps",
    "sellers",
    "aes",
    "salespeople",
    "sales reps",
    "people",
    "hires",
];

pub(super) static FIELDS: &[Field] = &[
    each("sales.motion", OneOf, "sales motion", "How is it sold?")
        .choices(MOTIONS)
        .aliases(&["motion", "sales model", "go to market motion", "gtm motion"])
        .ambiguous(&[
            ("inside", &["inside_one_stage", "inside_two_stage"]),
            ("inside sales", &["inside_one_stage", "inside_two_stage"]),
            ("remote sales", &["inside_one_stage", "inside_two_stage"]),
            ("enterprise sales", &["field", "named_accounts"]),
            (
                "sales led",
                &["inside_one_stage", "inside_two_stage", "field"],
            ),
        ]),
    each(
        "sales.assist",
        Set,
        "second motion",
        "Who else sells here, beside the main motion (or `none`)?",
    )
    .choices(ASSISTS)
    .aliases(&["hybrid motion", "second motions"]),
    each(
        "sales.cycle",
        Days,
        "sales cycle",
        "How many days from first contact to close?",
    )
    .aliases(&[
        "sales cycle length",
        "cycle length",
        "deal cycle",
        "time to close",
    ]),
    each(
        "sales.meetings",
        Count,
        "sales meetings",
        "How many sales meetings has a typical deal?",
    )
    .aliases(&["number of meetings", "meetings per deal"])
    .units(&["meetings", "sales meetings", "calls", "demos"])
    .like("4"),
    each(
        "sales.route",
        Set,
        "routes to market",
        "By which routes do customers buy?",
    )
    .choices(ROUTES)
    .aliases(&["routes", "route to market"]),
    each(
        "sales.partner_reason",
        Set,
        "reason for partners",
        "Why through a partner?",
    )
    .choices(PARTNER_REASONS)
    .aliases(&["why partners"]),
    each(
        "sales.lead_to_opportunity",
        Percent,
        "lead-to-opportunity rate",
        "How many percent of leads become opportunities?",
    )
    .percent(0, 100)
    .units(&["leads", "of leads"])
    .like("12%"),
    each(
        "sales.win_rate_basis",
        OneOf,
        "win rate basis",
        "Won of what: opportunities, trials or leads?",
    )
    .choices(WIN_RATE_BASES),
    each(
        "sales.win_rate",
        Percent,
        "win rate",
        "How many percent of created opportunities do you win (trial to paid for self-serve)?",
    )
    .aliases(&["close rate", "closing rate"])
    .percent(0, 100),
    each(
        "sales.deals_per_year",
        Count,
        "deals a year",
        "How many new deals a year?",
    )
    .aliases(&["deals", "new deals", "deals per year", "number of deals"])
    .units(&["deals", "new deals", "customers", "new customers"])
    .per(super::Period::Year),
    each(
        "sales.reps",
        Count,
        "sellers today",
        "How many quota-carrying sellers have you today?",
    )
    .aliases(&[
        "sellers",
        "sales reps",
        "quota carrying sellers",
        "number of reps",
    ])
    .units(SELLERS)
    .like("3"),
    each(
        "sales.reps_planned",
        Count,
        "sellers planned",
        "How many sellers will you hire within the horizon?",
    )
    .aliases(&[
        "planned reps",
        "hiring plan",
        "planned sellers",
        "sales hires",
    ])
    .units(SELLERS)
    .like("2"),
    each(
        "sales.quota",
        MoneyPerYear,
        "quota",
        "What is the yearly quota of one seller?",
    )
    .units(&["rep", "seller", "ae", "head"])
    .like("$600k"),
    each(
        "sales.founder_led",
        YesNo,
        "founder-led sales",
        "Do founders still close the deals?",
    )
    .aliases(&["founder sales"]),
    each(
        "sales.playbook",
        YesNo,
        "sales playbook",
        "Is there a written, repeatable playbook?",
    ),
    each(
        "sales.roles",
        Set,
        "sales roles",
        "Which roles are in the motion?",
    )
    .choices(ROLES),
    each(
        "sales.inbound_owner",
        OneOf,
        "owner of inbound leads",
        "Who takes inbound leads?",
    )
    .choices(INBOUND_OWNERS),
    each(
        "sales.handoff_owner",
        Text,
        "owner of the handoff",
        "Who owns the handoff from sales to customer success?",
    )
    .aliases(&["handoff"])
    .like("the account executive, until the kickoff is held"),
    each(
        "sales.territories",
        Text,
        "territories",
        "How are accounts or territories owned?",
    )
    .aliases(&["account ownership"])
    .like("by region, one seller for each"),
    each(
        "sales.process",
        List,
        "sales process",
        "Which stages lead from first touch to signature?",
    )
    .aliases(&["sales stages", "pipeline stages"])
    .like("discovery, demo, proposal, signature"),
];
