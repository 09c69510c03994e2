//! Amounts of money, percentages and durations in a question, and the fields that they answer.

use super::Hypothesis;
use super::hypothesis::parsed;
use crate::plan::ParseContext;

/// Words around an amount of money, and the field that it then answers.
const MONEY: &[(&[&str], &str)] = &[
    (&["cac"], "economics.cac"),
    (&["ltv"], "economics.ltv"),
    (&["quota"], "sales.quota"),
    (&["arr", "mrr", "ote"], OF_NO_FIELD),
    (&["acv", "deal", "contract"], "pricing.acv"),
];

/// What an amount is that no field of the plan holds.
const OF_NO_FIELD: &str = "";
/// … if the noun that says so stands so near to it.
const BESIDE: usize = 2;

/// Words by which customers are said to go, and what is then lost a month.
const GOING: [&str; 7] = [
    "lose", "loose", "losing", "lost", "leave", "leaving", "cancel",
];

/// Words around a percentage or a duration, and the field that it then answers.
const MEASURED: &[(&[&str], &str)] = &[
    (&["win"], "sales.win_rate"),
    (&["churn"], "metrics.churn"),
    (&["nrr"], "metrics.nrr"),
    (&["margin"], "economics.gross_margin"),
    (&["payback"], "economics.payback"),
    (&["cycle", "close"], "sales.cycle"),
];

/// The words around an amount, and its place among them.
#[derive(Clone, Copy)]
struct Near<'a> {
    words: &'a [&'a str],
    at: usize,
}

/// Amounts of money, percentages and durations.
pub(super) fn amounts(words: &[&str], context: ParseContext) -> Vec<Hypothesis> {
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        if !word.contains(|c: char| c.is_ascii_digit()) {
            continue;
        }
        let first = at.saturating_sub(4);
        let near = Near {
            words: &words[first..words.len().min(at + 7)],
            at: at - first,
        };
        let after = &words[at + 1..words.len().min(at + 4)];
        let read = money(word, near, after).or_else(|| measured(word, near, after));
        if let Some((name, quote)) = read {
            found.extend(parsed(name, &quote, context));
            if name == "sales.win_rate" && is_of_free_users(near) {
                found.extend(parsed("sales.win_rate_basis", "trials", context));
            }
        }
    }
    found
}

fn money(word: &str, near: Near<'_>, after: &[&str]) -> Option<(&'static str, String)> {
    let currency = ["bucks", "dollars", "usd", "eur", "euro", "euros", "dollar"];
    let signed = word.contains(['$', '€', '£']);
    let paid = after.first().is_some_and(|next| currency.contains(next));
    let rest = &after[usize::from(paid)..];
    let period = period(word, rest);
    let thousands = word.ends_with('k') || word.ends_with('m');
    if !(signed || paid || period.is_some() || thousands) || word.ends_with('%') {
        return None;
    }
    let amount = match after.first() {
        Some(currency) if paid => format!("{word} {currency}"),
        _ => word.to_owned(),
    };
    if let Some(name) = meant(MONEY, near) {
        return Some((name, amount));
    }
    if period.is_none() && word.ends_with('k') && is_of_a_deal(near) {
        return Some(("pricing.acv", amount));
    }
    let period = period?;
    let quote = if period.is_empty() {
        amount
    } else {
        format!("{amount} {period}")
    };
    Some(("pricing.price", quote))
}

/// Whether an amount of thousands without a period is what a deal brings: `at $4k`, `a $4k product`. A
/// price a month is said to be one.
fn is_of_a_deal(near: Near<'_>) -> bool {
    const SOLD: [&str; 5] = ["product", "tool", "app", "software", "sale"];
    let next = near.words.get(near.at + 1).copied().unwrap_or_default();
    let before = near.at.checked_sub(1).map(|at| near.words[at]);
    SOLD.contains(&next) || (before == Some("at") && !matches!(next, "arr" | "mrr"))
}

/// The period that an amount is for; empty if the amount itself says it (`$49/mo`).
fn period(word: &str, rest: &[&str]) -> Option<String> {
    if word.contains('/') {
        return Some(String::new());
    }
    let per = match rest {
        ["a" | "per" | "each" | "/", unit, ..]
        | [unit @ ("monthly" | "yearly" | "annually"), ..] => *unit,
        _ => return None,
    };
    match per {
        "month" | "mo" | "monthly" => Some("a month".to_owned()),
        "year" | "yr" | "yearly" | "annually" => Some("a year".to_owned()),
        _ => None,
    }
}

fn measured(word: &str, near: Near<'_>, after: &[&str]) -> Option<(&'static str, String)> {
    let unit = after.first().copied().unwrap_or_default();
    if word.ends_with('%') && is_of_free_users(near) {
        return Some(("sales.win_rate", paying(word, near)?));
    }
    let name = meant(MEASURED, near).or_else(|| lost_a_month(near))?;
    let lasts = matches!(name, "economics.payback" | "sales.cycle");
    let is_time = ["day", "days", "week", "weeks", "month", "months"].contains(&unit);
    if word.ends_with('%') && !lasts {
        return Some((name, word.to_owned()));
    }
    (lasts && is_time).then(|| (name, format!("{word} {unit}")))
}

/// Whether a share is one of those who use the product for nothing and come to pay: `3% free to paid`.
fn is_of_free_users(near: Near<'_>) -> bool {
    const FREE: [&str; 9] = [
        "free", "trial", "trials", "freemium", "signup", "signups", "sign-ups", "users", "tier",
    ];
    const PAY: [&str; 11] = [
        "paid",
        "pay",
        "pays",
        "paying",
        "convert",
        "converts",
        "converting",
        "conversion",
        "upgrade",
        "upgrades",
        "upgrading",
    ];
    let says = |some: &[&str]| near.words.iter().any(|word| some.contains(word));
    says(&FREE) && says(&PAY)
}

/// The share of those who pay, also where the others are counted: `90% of our users never pay`.
fn paying(word: &str, near: Near<'_>) -> Option<String> {
    const NOT: [&str; 5] = ["never", "not", "don't", "dont", "won't"];
    if !near.words.iter().any(|word| NOT.contains(word)) {
        return Some(word.to_owned());
    }
    let share: u32 = word.trim_end_matches('%').parse().ok()?;
    Some(format!("{}%", 100_u32.checked_sub(share)?))
}

/// `we lose 2% of our customers every month`: churn that nobody calls so.
fn lost_a_month(near: Near<'_>) -> Option<&'static str> {
    let says = |some: &[&str]| near.words.iter().any(|word| some.contains(word));
    let is_lost = says(&GOING) && says(&["customers", "accounts", "users", "clients"]);
    (is_lost && says(&["month", "monthly"])).then_some("metrics.churn")
}

/// The field whose noun stands next to the amount; of two as near, the one further up the table.
fn meant(table: &[(&[&str], &'static str)], near: Near<'_>) -> Option<&'static str> {
    let distance = |nouns: &[&str]| {
        let places = near.words.iter().enumerate();
        let stands = places.filter(|(_, word)| nouns.contains(&word.trim_end_matches('s')));
        stands.map(|(place, _)| place.abs_diff(near.at)).min()
    };
    let named = table
        .iter()
        .filter_map(|(nouns, name)| Some((distance(nouns)?, *name)))
        .filter(|(far, name)| *name != OF_NO_FIELD || *far <= BESIDE);
    named.min_by_key(|(far, _)| *far).map(|(_, name)| name)
}
