//! The value proposition, in parts, and what backs it.

use super::Kind::{Count, Set, Text};
use super::{Choice, Field, choice, each};

const VALIDATIONS: &[Choice] = &[
    choice(
        "interviews",
        "interviews",
        &["customer interviews", "user interviews", "discovery calls"],
    ),
    choice(
        "landing_page",
        "landing page",
        &["landing page test", "smoke test", "fake door"],
    ),
    choice(
        "win_loss",
        "win/loss analysis",
        &["win loss interviews", "win loss reviews"],
    ),
    choice(
        "trial_conversion",
        "trial conversion",
        &["trial to paid", "conversion of trials"],
    ),
    choice(
        "paid_pilot",
        "paid pilot",
        &["pilot", "paid poc", "paid proof of concept"],
    ),
];

pub(super) static FIELDS: &[Field] = &[
    each(
        "value.problem",
        Text,
        "problem",
        "Which problem do you solve?",
    )
    .aliases(&["problem statement"])
    .like("closing the books by hand is slow and full of errors"),
    each(
        "value.benefit",
        Text,
        "benefit",
        "What does the customer gain?",
    )
    .aliases(&["key benefit"])
    .like("the books close in two days"),
    each(
        "value.alternative",
        Text,
        "alternative",
        "What would they do without you?",
    )
    .aliases(&["alternatives"])
    .like("spreadsheets and overtime"),
    each(
        "value.differentiator",
        Text,
        "differentiator",
        "What can only you say?",
    )
    .aliases(&["differentiation", "usp"])
    .like("the only one that reads paper receipts"),
    each(
        "value.outcome",
        Text,
        "outcome in numbers",
        "What is the outcome in numbers?",
    )
    .aliases(&["quantified outcome", "roi"])
    .like("nine days of closing become two"),
    each(
        "value.interviews",
        Count,
        "interviews held",
        "How many customer interviews have you held with companies of this profile?",
    )
    .aliases(&["number of interviews"])
    .units(&[
        "interviews",
        "customer interviews",
        "calls",
        "conversations",
        "prospects",
        "buyers",
        "users",
    ])
    .like("12"),
    each(
        "value.validation",
        Set,
        "validation",
        "How is the value proposition tested?",
    )
    .choices(VALIDATIONS)
    .aliases(&["validated by"]),
];
