//! Facts and hypotheses in a question: amounts, counts and choices that the plan has a field for.

use crate::plan::{Field, ParseContext, Value, field};
use crate::text::{fold, key};

/// A value that a question states or supposes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hypothesis {
    /// The field.
    pub field: &'static Field,
    /// The value.
    pub value: Value,
    /// The words that it was read from.
    pub quote: String,
}

/// Fields whose choices are read by their own words.
const CHOICES: [&str; 3] = ["sales.motion", "icp.segment", "plan.stage"];

/// Words of a choice that mean something else as often as not.
const COMMON: [&str; 8] = [
    "account",
    "idea",
    "partner",
    "channel",
    "scale",
    "segment",
    "community",
    "growth",
];

/// Words by which a question sets a second motion beside one that it only names.
const BESIDE: [&str; 7] = [
    "beside",
    "besides",
    "top",
    "alongside",
    "second",
    "additional",
    "next",
];

/// Nouns that a number may stand before, and the field it then answers. The first word that must
/// stand anywhere in the question decides between two fields of one noun.
const COUNTED: &[(&[&str], &str, &str)] = &[
    (&["interview", "conversation"], "", "value.interviews"),
    (
        &["customer", "prospect", "company", "companies"],
        "talked",
        "value.interviews",
    ),
    (
        &["customer", "prospect", "company", "companies"],
        "interviewed",
        "value.interviews",
    ),
    (
        &["rep", "seller", "ae", "salespeople", "salesperson"],
        "hire",
        "sales.reps_planned",
    ),
    (
        &["rep", "seller", "ae", "salespeople", "salesperson"],
        "hiring",
        "sales.reps_planned",
    ),
    (&["rep", "seller", "ae", "salespeople"], "", "sales.reps"),
    (&["customer"], "paying", "plan.customers"),
    (&["meeting", "call", "visit", "demo"], "", "sales.meetings"),
    (&["account", "customer"], "csm", "cs.accounts_per_csm"),
];

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

/// Small numbers in words.
const NUMBERS: [(&str, &str); 10] = [
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
    ("ten", "10"),
    ("twelve", "12"),
];

impl Hypothesis {
    /// Whether it only says where somebody stands: almost every rule reads that.
    pub(super) fn is_setting(&self) -> bool {
        matches!(self.field.name, "icp.segment" | "plan.stage")
    }
}

/// What a question states or supposes, one value for each field. A field for which it names two
/// values is left out: it weighs them against each other.
pub(super) fn read(question: &str, context: ParseContext) -> Vec<Hypothesis> {
    let folded = fold(question);
    let words: Vec<&str> = folded
        .split(' ')
        .map(|word| word.trim_matches(['?', '!', ',', ';', ':', '"', '(', ')', '.', '\'']))
        .filter(|word| !word.is_empty())
        .collect();
    let mut found = choices(&words);
    if words.iter().any(|word| BESIDE.contains(word)) {
        let second = second_motion(&words, &found, context);
        found.retain(|one| one.field.name != "sales.motion");
        found.extend(second);
    }
    found.extend(amounts(&words, context));
    found.extend(counts(&words, context));
    if !found
        .iter()
        .any(|one| one.field.name == "sales.reps_planned")
    {
        found.extend(hires(&words, context));
    }
    settled(&found)
}

/// The way of selling that a question sets beside the first.
fn second_motion(
    words: &[&str],
    found: &[Hypothesis],
    context: ParseContext,
) -> Option<Hypothesis> {
    let motions = found.iter().filter(|one| one.field.name == "sales.motion");
    let named = motions.into_iter().find_map(|one| match &one.value {
        Value::Choice(slug) => match slug.as_str() {
            "field" | "named_accounts" => Some("field"),
            "inside_one_stage" | "inside_two_stage" => Some("inside"),
            "partner" => Some("partner"),
            _ => None,
        },
        _ => None,
    });
    let sells = ["team", "sales", "motion", "reps", "sellers"];
    let is_enterprise = words
        .windows(2)
        .any(|two| two[0] == "enterprise" && sells.contains(&two[1]));
    let assist = field("sales.assist")?;
    let called = || {
        words
            .windows(2)
            .find_map(|two| self::named(assist, &two.join(" ")))
    };
    let slug = named.or(is_enterprise.then_some("field")).or_else(called)?;
    parsed("sales.assist", slug, context)
}

/// One value for each field, and none where there are several.
fn settled(found: &[Hypothesis]) -> Vec<Hypothesis> {
    let mut kept: Vec<Hypothesis> = Vec::new();
    for one in found {
        let same = found.iter().filter(|other| other.field == one.field);
        let agrees = same.clone().all(|other| other.value == one.value);
        let is_known = kept.iter().any(|known| known.field == one.field);
        if agrees && !is_known {
            kept.push(one.clone());
        }
    }
    kept
}

/// Choices that are named, by the longest spelling at each place.
fn choices(words: &[&str]) -> Vec<Hypothesis> {
    let mut found = Vec::new();
    for field in CHOICES.into_iter().filter_map(field) {
        let mut at = 0;
        while at < words.len() {
            let longest = (1..=4.min(words.len() - at)).rev();
            let spelled = longest.filter_map(|n| {
                let quote = words[at..at + n].join(" ");
                Some((n, named(field, &quote)?, quote))
            });
            let Some((n, slug, quote)) = spelled.into_iter().next() else {
                at += 1;
                continue;
            };
            if is_one_of_two(words, at, n) {
                at += n;
                continue;
            }
            let value = Value::Choice(slug.to_owned());
            found.push(Hypothesis {
                field,
                value,
                quote,
            });
            at += n;
        }
    }
    found
}

/// Whether the `n` words at a place are weighed against others: `direct or through partners`.
fn is_one_of_two(words: &[&str], at: usize, n: usize) -> bool {
    let before = &words[at.saturating_sub(2)..at];
    let after = words.get(at + n..).unwrap_or_default();
    before.contains(&"or") || (after.first() == Some(&"or") && after.get(1) != Some(&"not"))
}

fn named(field: &'static Field, words: &str) -> Option<&'static str> {
    let wanted = key(words);
    if wanted.is_empty() || COMMON.contains(&wanted.as_str()) {
        return None;
    }
    let spelled = |spelling: &str| key(spelling) == wanted;
    let mut choices = field.choices.iter();
    let choice = choices.find(|choice| {
        spelled(choice.slug)
            || spelled(choice.label)
            || choice.synonyms.iter().any(|word| spelled(word))
    })?;
    Some(choice.slug)
}

/// The words around an amount, and its place among them.
#[derive(Clone, Copy)]
struct Near<'a> {
    words: &'a [&'a str],
    at: usize,
}

/// Amounts of money, percentages and durations.
fn amounts(words: &[&str], context: ParseContext) -> Vec<Hypothesis> {
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
    let period = period?;
    let quote = if period.is_empty() {
        amount
    } else {
        format!("{amount} {period}")
    };
    Some(("pricing.price", quote))
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
    let name = meant(MEASURED, near).or_else(|| lost_a_month(near))?;
    let lasts = matches!(name, "economics.payback" | "sales.cycle");
    let is_time = ["day", "days", "week", "weeks", "month", "months"].contains(&unit);
    if word.ends_with('%') && !lasts {
        return Some((name, word.to_owned()));
    }
    (lasts && is_time).then(|| (name, format!("{word} {unit}")))
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
        .filter_map(|(nouns, name)| Some((distance(nouns)?, *name)));
    named.min_by_key(|(far, _)| *far).map(|(_, name)| name)
}

/// Numbers before a noun that a field counts.
fn counts(words: &[&str], context: ParseContext) -> Vec<Hypothesis> {
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let spelled = NUMBERS.iter().find(|(spelled, _)| spelled == word);
        let digits = spelled.map_or(*word, |(_, digits)| digits);
        if !digits.chars().all(|c| c.is_ascii_digit()) {
            continue;
        }
        let after = &words[at + 1..words.len().min(at + 4)];
        let counted = COUNTED.iter().find(|(nouns, beside, _)| {
            let stands =
                |word: &&str| nouns.contains(&word.trim_end_matches('s')) || nouns.contains(word);
            let is_said = beside.is_empty() || words.contains(beside);
            is_said && after.iter().any(stands)
        });
        if let Some((_, _, name)) = counted {
            found.extend(parsed(name, digits, context));
        }
    }
    found
}

/// "Should we hire reps?" supposes at least one.
fn hires(words: &[&str], context: ParseContext) -> Option<Hypothesis> {
    let hires = words
        .iter()
        .position(|word| ["hire", "hiring", "recruit"].contains(word))?;
    let sellers = [
        "rep",
        "seller",
        "ae",
        "salespeople",
        "salesperson",
        "sale",
        "sdr",
    ];
    let after = words[hires + 1..].iter().take(5);
    let mut after = after.map(|word| word.trim_end_matches('s'));
    let whom = after.find(|word| sellers.contains(word))?;
    let mut read = parsed("sales.reps_planned", "1", context)?;
    read.quote = format!("{} … {whom}", words[hires]);
    Some(read)
}

pub(super) fn parsed(name: &str, words: &str, context: ParseContext) -> Option<Hypothesis> {
    let field = field(name)?;
    let value = field.parse(words, &context).ok()?;
    Some(Hypothesis {
        field,
        value,
        quote: words.to_owned(),
    })
}
