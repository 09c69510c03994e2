//! Marketing: how it reaches them, by which channels, since when and why.

use super::Kind::{ChannelDates, Choice as OneOf, Count, List, Months, Set, YesNo};
use super::channels::{CHANNELS, SEVERAL_CHANNELS};
use super::{Choice, Field, Period, choice, each};

const MOTIONS: &[Choice] = &[
    choice(
        "inbound",
        "inbound (1:everyone)",
        &["inbound marketing", "1 to everyone", "pull"],
    ),
    choice(
        "prospecting",
        "prospecting (1:many)",
        &[
            "outbound",
            "outbound prospecting",
            "1 to many",
            "one to many",
        ],
    ),
    choice(
        "account_based",
        "account-based (1:few)",
        &["abm", "account based marketing", "1 to few", "one to few"],
    ),
    choice(
        "targeting",
        "targeting (1:1)",
        &["1 to 1", "one to one", "one on one"],
    ),
];

const REASONS: &[Choice] = &[
    choice(
        "icp_attention",
        "the profile's attention",
        &[
            "icp attention",
            "our icp is there",
            "our customers are there",
            "customers are there",
            "attention",
        ],
    ),
    choice(
        "competitors",
        "competitors",
        &["competitors use them", "competition"],
    ),
    choice(
        "ability",
        "ability",
        &["we are good at it", "skills", "we know how", "strength"],
    ),
    choice(
        "cost",
        "cost",
        &["cheap", "capital efficiency", "low cost", "budget"],
    ),
    choice(
        "long_term_asset",
        "a long-term asset",
        &["asset", "long term", "compounds", "compounding"],
    ),
    choice(
        "preference",
        "preference",
        &["founder preference", "we like it", "gut feeling", "gut"],
    ),
];

const ENGINES: &[Choice] = &[
    choice("reputation", "reputation", &["reviews", "recommendations"]),
    choice(
        "user_base",
        "user base",
        &["users", "network effects", "installed base"],
    ),
    choice(
        "ease_of_use",
        "ease of use",
        &["product", "usability", "product experience"],
    ),
    choice("events", "events", &["conferences", "trade shows"]),
    choice("content", "content", &["content marketing", "blog"]),
    choice(
        "thought_leadership",
        "thought leadership",
        &["expertise", "keynotes"],
    ),
    choice(
        "relationships",
        "relationships",
        &["network", "personal relationships"],
    ),
    choice("brand", "brand", &["brand awareness", "brand marketing"]),
];

const SCORES: &[Choice] = &[
    choice("fit", "fit", &["icp fit", "profile fit", "firmographics"]),
    choice(
        "intent",
        "intent",
        &["buying intent", "behaviour", "behavior", "intent data"],
    ),
];

/// A field that holds channels.
const fn channels(name: &'static str, label: &'static str, ask: &'static str) -> Field {
    each(name, Set, label, ask)
        .choices(CHANNELS)
        .ambiguous(SEVERAL_CHANNELS)
}

pub(super) static FIELDS: &[Field] = &[
    each(
        "marketing.motion",
        OneOf,
        "marketing motion",
        "How does marketing reach them?",
    )
    .choices(MOTIONS)
    .aliases(&["marketing model"]),
    channels(
        "marketing.channels",
        "channels",
        "Which channels are in use or planned now?",
    )
    .aliases(&["marketing channels", "acquisition channels"])
    .like("SEO, cold email and partners"),
    channels(
        "marketing.proven",
        "proven channels",
        "Which channels already bring customers repeatably?",
    )
    .aliases(&["repeatable channels"]),
    channels(
        "marketing.main",
        "main channels",
        "Which are the main channels (two at most)?",
    )
    .at_most(2)
    .aliases(&["main channel", "primary channels"]),
    channels(
        "marketing.adding",
        "channels being added",
        "Which channels are you adding now?",
    )
    .aliases(&["new channels", "adding channels"]),
    channels(
        "marketing.stopped",
        "stopped channels",
        "Which channels have you stopped?",
    ),
    each(
        "marketing.stopped_after",
        Months,
        "time before stopping",
        "What is the shortest time that a stopped channel was given?",
    )
    .like("3 months"),
    each(
        "marketing.chosen_by",
        Set,
        "reason for the channels",
        "Why these channels?",
    )
    .choices(REASONS)
    .aliases(&["why these channels", "channel reason"]),
    each(
        "marketing.engine",
        Set,
        "growth engine",
        "What makes growth happen?",
    )
    .choices(ENGINES),
    each(
        "marketing.scoring",
        Set,
        "lead scoring",
        "What are leads scored by?",
    )
    .choices(SCORES),
    each(
        "marketing.started",
        ChannelDates,
        "channel start dates",
        "When did each channel start?",
    )
    .choices(CHANNELS)
    .ambiguous(SEVERAL_CHANNELS)
    .aliases(&["channels started", "channel dates"])
    .like("seo: 2026-01-15, content: 2026-03-01"),
    each(
        "marketing.experiments",
        List,
        "experiments",
        "Which experiments were run: what was tested, and the result?",
    )
    .sentences()
    .like("a webinar for CFOs: 40 sign-ups, no deal; a price test: no effect"),
    each(
        "marketing.channel_age",
        Months,
        "age of the unproven channel",
        "How old is the oldest channel that is still unproven?",
    )
    .like("4 months"),
    channels(
        "marketing.icp_channels",
        "where the profile is",
        "Where does this profile really spend its attention?",
    )
    .aliases(&["icp channels", "customer channels"]),
    each(
        "marketing.lead_sla",
        YesNo,
        "lead SLA",
        "Do sales and marketing share a lead definition and a follow-up SLA?",
    )
    .aliases(&["sla"]),
    each(
        "marketing.leads_per_month",
        Count,
        "leads a month",
        "How many leads a month?",
    )
    .aliases(&["leads", "monthly leads", "number of leads"])
    .units(&["leads", "new leads", "mqls"])
    .per(Period::Month),
];
