//! Facts and hypotheses in a question: amounts, counts and choices that the plan has a field for.

use super::amounts::amounts;
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
    found.extend(cared_for(&words, context));
    found.extend(charged(&words, context));
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

/// The choice of a field that some words name, unless they mean something else as often as not.
pub(super) fn named(field: &'static Field, words: &str) -> Option<&'static str> {
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

/// Numbers before a noun that a field counts.
fn counts(words: &[&str], context: ParseContext) -> Vec<Hypothesis> {
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let Some(digits) = number(word) else {
            continue;
        };
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

/// `1 csm for 60 clinics`: how many accounts one of those who care has, whatever a team calls its
/// customers.
fn cared_for(words: &[&str], context: ParseContext) -> Option<Hypothesis> {
    const WHO: [&str; 2] = ["csm", "csms"];
    let place = words.iter().position(|word| WHO.contains(word))?;
    let count = |at: usize| -> Option<u64> { number(words.get(at)?)?.parse().ok() };
    let people = place.checked_sub(1).and_then(count);
    let others = (0..words.len()).filter(|at| people.is_none() || at + 1 != place);
    let accounts = others
        .filter(|at| is_of_things(words.get(at + 1).copied()))
        .find_map(count)?;
    let people = people.unwrap_or(1);
    let is_whole = people > 0 && accounts.is_multiple_of(people);
    let each = is_whole.then(|| (accounts / people).to_string())?;
    parsed("cs.accounts_per_csm", &each, context)
}

/// Whether a word behind a number is one that can be counted as customers are.
fn is_of_things(word: Option<&str>) -> bool {
    const MEASURES: [&str; 12] = [
        "month", "months", "day", "days", "week", "weeks", "year", "years", "bucks", "dollars",
        "percent", "times",
    ];
    word.is_some_and(|word| {
        word.ends_with('s') && !MEASURES.contains(&word) && !word.starts_with("csm")
    })
}

/// The digits of a number, in digits or in words.
fn number(word: &str) -> Option<&str> {
    let spelled = NUMBERS.iter().find(|(spelled, _)| *spelled == word);
    let digits = spelled.map_or(word, |(_, digits)| digits);
    let is_number = !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit());
    is_number.then_some(digits)
}

/// `should we charge per seat`: by what the price counts, where a question supposes one way alone.
fn charged(words: &[&str], context: ParseContext) -> Option<Hypothesis> {
    const WAYS: [(&str, &str); 10] = [
        ("per seat", "seat"),
        ("per user", "seat"),
        ("by seat", "seat"),
        ("seat pricing", "seat"),
        ("seat based", "seat"),
        ("seat-based", "seat"),
        ("per use", "usage"),
        ("usage pricing", "usage"),
        ("usage based", "usage"),
        ("usage-based", "usage"),
    ];
    // What stands behind "instead of" is what they leave.
    let kept = words.iter().take_while(|word| **word != "instead").copied();
    let said = format!(" {} ", kept.collect::<Vec<_>>().join(" "));
    let is_choice = words.contains(&"or") || words.contains(&"vs") || words.contains(&"versus");
    let mut ways = WAYS
        .iter()
        .filter(|(spelled, _)| said.contains(&format!(" {spelled} ")));
    let (quote, slug) = ways.next().filter(|_| !is_choice)?;
    let is_one = ways.all(|(_, other)| other == slug);
    let mut read = parsed("pricing.model", slug, context).filter(|_| is_one)?;
    (*quote).clone_into(&mut read.quote);
    Some(read)
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
