//! The channels, which several fields of marketing share.

use super::{Choice, choice};

/// The channels by which a plan can reach customers.
pub(super) const CHANNELS: &[Choice] = &[
    choice(
        "content",
        "content",
        &[
            "content marketing",
            "blog",
            "blogging",
            "newsletter",
            "podcast",
            "youtube",
        ],
    ),
    choice(
        "seo",
        "SEO",
        &[
            "google",
            "search engine optimization",
            "search engine optimisation",
            "organic search",
            "organic",
        ],
    ),
    choice("webinars", "webinars", &["online events", "virtual events"]),
    choice(
        "paid_search",
        "paid search",
        &[
            "google ads",
            "adwords",
            "sem",
            "ppc",
            "search ads",
            "bing ads",
        ],
    ),
    choice(
        "paid_social",
        "paid social",
        &[
            "linkedin ads",
            "facebook ads",
            "meta ads",
            "instagram ads",
            "social ads",
            "reddit ads",
        ],
    ),
    choice(
        "social",
        "social media",
        &[
            "organic social",
            "twitter",
            "x/twitter",
            "instagram",
            "tiktok",
        ],
    ),
    choice(
        "community",
        "community",
        &[
            "communities",
            "slack community",
            "slack communities",
            "forum",
            "forums",
            "reddit",
        ],
    ),
    choice(
        "product",
        "product",
        &[
            "in product",
            "product virality",
            "viral loop",
            "product led",
            "plg",
            "word of mouth in the product",
        ],
    ),
    choice(
        "outbound_email",
        "outbound email",
        &[
            "cold email",
            "cold mail",
            "cold outreach",
            "email outreach",
            "outbound mail",
            "email sequences",
        ],
    ),
    choice(
        "linkedin",
        "LinkedIn outreach",
        &[
            "linkedin",
            "linkedin messages",
            "linkedin outbound",
            "li outreach",
            "li messages",
            "linkedin dms",
            "social selling",
        ],
    ),
    choice(
        "cold_calls",
        "cold calls",
        &[
            "cold calling",
            "calling",
            "phone",
            "telesales",
            "outbound calls",
        ],
    ),
    choice(
        "direct_mail",
        "direct mail",
        &["gifts", "gifting", "postal mail", "letters"],
    ),
    choice(
        "events",
        "events",
        &[
            "conferences",
            "trade shows",
            "tradeshows",
            "trade fairs",
            "meetups",
            "dinners",
        ],
    ),
    choice(
        "referrals",
        "referrals",
        &[
            "referral program",
            "word of mouth",
            "customer referrals",
            "wom",
        ],
    ),
    choice(
        "affiliates",
        "affiliates",
        &["affiliate program", "affiliate marketing", "influencers"],
    ),
    choice(
        "integrations",
        "integrations",
        &[
            "integration partners",
            "technology partners",
            "tech partners",
        ],
    ),
    choice(
        "resellers",
        "reseller partners",
        &[
            "partners",
            "partner",
            "channel partners",
            "partnerships",
            "vars",
            "agencies",
            "distributors",
        ],
    ),
    choice(
        "marketplaces",
        "marketplaces",
        &[
            "app store",
            "app stores",
            "aws marketplace",
            "app exchange",
            "appexchange",
            "review sites",
        ],
    ),
    choice(
        "analysts",
        "analysts",
        &["analyst relations", "gartner", "forrester"],
    ),
    choice("pr", "PR", &["public relations", "press", "media"]),
];

/// Words that name several channels at once.
pub(super) const SEVERAL_CHANNELS: &[(&str, &[&str])] = &[
    ("ads", &["paid_search", "paid_social"]),
    ("paid", &["paid_search", "paid_social"]),
    ("paid ads", &["paid_search", "paid_social"]),
    ("advertising", &["paid_search", "paid_social"]),
    ("performance marketing", &["paid_search", "paid_social"]),
    ("email", &["outbound_email", "content"]),
    ("email marketing", &["outbound_email", "content"]),
    ("inbound", &["content", "seo"]),
    ("outbound", &["outbound_email", "cold_calls", "linkedin"]),
];
