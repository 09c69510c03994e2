//! Customer success and the journey: how customers are looked after from the first touch on.

use super::Kind::{Choice as OneOf, Count, Set, Text, YesNo};
use super::{Choice, Field, choice, each};

const MODELS: &[Choice] = &[
    choice(
        "community",
        "community",
        &["forum", "community led", "self help"],
    ),
    choice(
        "help_desk",
        "help desk",
        &["helpdesk", "support desk", "support tickets", "ticketing"],
    ),
    choice(
        "volume",
        "volume",
        &["pooled", "pooled csm", "scaled", "scaled cs", "digital csm"],
    ),
    choice(
        "segment",
        "by segment",
        &["segment csm", "csm by segment", "segmented"],
    ),
    choice(
        "accounts",
        "by account",
        &[
            "dedicated",
            "dedicated csm",
            "high touch",
            "named csm",
            "account based",
        ],
    ),
];

/// Words of the three-tier reading of customer success, each of which is two of our forms.
const TIERS: &[(&str, &[&str])] = &[
    ("tech touch", &["community", "help_desk"]),
    ("low touch", &["volume", "segment"]),
];

const OBJECTIVES: &[Choice] = &[
    choice(
        "adoption",
        "adoption",
        &["usage", "product adoption", "activation"],
    ),
    choice(
        "retention",
        "retention",
        &["renewal", "renewals", "churn reduction", "less churn"],
    ),
    choice(
        "expansion",
        "expansion",
        &["upsell", "upsells", "cross sell", "growth"],
    ),
    choice(
        "advocacy",
        "advocacy",
        &["references", "referrals", "advocates", "nps"],
    ),
];

const AUTOMATIONS: &[Choice] = &[
    choice("onboarding", "onboarding", &["setup", "welcome emails"]),
    choice("activation", "activation", &["first value", "adoption"]),
    choice("renewal", "renewal", &["renewals", "renewal reminders"]),
];

const STAGES: &[Choice] = &[
    choice("awareness", "awareness", &["discovery", "attention"]),
    choice("evaluation", "evaluation", &["consideration", "trial"]),
    choice("purchase", "purchase", &["buying", "closing", "checkout"]),
    choice("onboarding", "onboarding", &["implementation", "setup"]),
    choice("adoption", "adoption", &["usage", "activation"]),
    choice("renewal", "renewal", &["retention", "renewals"]),
    choice("expansion", "expansion", &["upsell", "growth"]),
];

pub(super) static FIELDS: &[Field] = &[
    each(
        "cs.model",
        OneOf,
        "customer success model",
        "How are customers looked after?",
    )
    .choices(MODELS)
    .ambiguous(TIERS)
    .aliases(&["customer success", "cs", "care model"]),
    each(
        "cs.accounts_per_csm",
        Count,
        "accounts for each CSM",
        "How many accounts has each CSM?",
    )
    .aliases(&["accounts per csm", "csm ratio", "csm load"])
    .units(&[
        "accounts",
        "customers",
        "accounts per csm",
        "customers per csm",
    ])
    .like("80"),
    each(
        "cs.onboarding",
        Text,
        "onboarding",
        "How do they reach first value?",
    )
    .like("a guided import of last month's books"),
    each(
        "cs.paid_support",
        YesNo,
        "paid support",
        "Is support or service charged for?",
    ),
    each(
        "cs.services",
        YesNo,
        "services offered",
        "Do you offer services (implementation, training)?",
    )
    .aliases(&["services"]),
    each(
        "cs.objectives",
        Set,
        "customer success objectives",
        "What are the objectives of customer success?",
    )
    .choices(OBJECTIVES),
    each(
        "cs.measured",
        Set,
        "objectives with a metric",
        "Which of these objectives have a metric?",
    )
    .choices(OBJECTIVES),
    each(
        "cs.automation",
        Set,
        "lifecycle automation",
        "Which lifecycle steps are automated?",
    )
    .choices(AUTOMATIONS),
    each(
        "journey.stages",
        Set,
        "designed journey stages",
        "Which parts of the customer's journey are designed?",
    )
    .choices(STAGES)
    .aliases(&["customer journey", "journey"]),
];
