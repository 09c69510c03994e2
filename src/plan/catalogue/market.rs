//! The size of the market: companies that fit, and what they could spend.

use super::Kind::{Count, MoneyPerYear};
use super::{Field, each};

const COMPANIES: &[&str] = &[
    "companies",
    "accounts",
    "firms",
    "businesses",
    "customers",
    "logos",
];

pub(super) static FIELDS: &[Field] = &[
    each(
        "market.accounts",
        Count,
        "accounts in the market",
        "How many companies fit this profile?",
    )
    .aliases(&["number of accounts", "addressable accounts", "market size"])
    .units(COMPANIES)
    .like("12,000"),
    each(
        "market.first_list",
        Count,
        "first target list",
        "How many are on the first target list?",
    )
    .aliases(&["target list", "list size"])
    .units(COMPANIES)
    .like("400"),
    each(
        "market.tam",
        MoneyPerYear,
        "TAM",
        "How large is the total market a year?",
    )
    .aliases(&["total addressable market"])
    .like("$2B"),
    each(
        "market.sam",
        MoneyPerYear,
        "SAM",
        "How much of it can you serve?",
    )
    .aliases(&["serviceable addressable market", "serviceable market"])
    .like("$300M"),
    each(
        "market.som",
        MoneyPerYear,
        "SOM",
        "How much of it can you obtain?",
    )
    .aliases(&["serviceable obtainable market", "obtainable market"])
    .like("$12M"),
];
