//! Shares that may be of a month or of a year: "churn is 9%", "growth is 20%".

use super::Found;
use crate::plan::{Field, Value};
use crate::text;

/// From how many hundredths of a percent on churn may be a year's.
const YEARLY: i64 = 400;

/// How words begin that name a period.
const PERIODS: [&str; 11] = [
    "month", "mo", "year", "yr", "yoy", "annual", "quarter", "week", "p.m", "p.a", "pm",
];

/// Growth by itself, in so few words, may be anything's; among other figures it is the plan's.
const FEW: usize = 5;

/// Whether a share may as well be a year's as a month's where a message names no period.
pub(super) fn is_open(found: &Found, message: &str) -> bool {
    let words = || message.split([' ', '/', '\n']).filter(|it| !it.is_empty());
    let is_open = match (found.field.name, &found.value) {
        ("metrics.churn", Value::Percent(it)) => it.0 >= YEARLY,
        ("plan.growth_rate", _) => words().count() <= FEW && !message.contains("revenue"),
        _ => false,
    };
    let named =
        |word: &str| PERIODS.iter().any(|it| word.starts_with(it)) || text::month(word).is_some();
    is_open && !words().any(named)
}

/// How words begin that name a year,
const YEARS: [&str; 5] = ["year", "yr", "yoy", "annual", "p.a"];
/// and a shorter time.
const SHORTER: [&str; 9] = [
    "month", "mo", "mom", "quarter", "qoq", "week", "p.m", "m", "q",
];

/// Whether a field holds a year's share.
pub(super) fn is_yearly(field: &Field) -> bool {
    field.name == "plan.growth_rate"
}

/// "Growing 8% m/m": whether the words from a yearly share on say that it is of a shorter time.
pub(super) fn is_shorter(words: &str) -> bool {
    let of = |names: &[&str], word: &str| {
        let is = |name: &&str| word == *name || (name.len() > 3 && word.starts_with(*name));
        names.iter().any(is)
    };
    let behind = words.split_once('%').map_or("", |(_, behind)| behind);
    let mut words = behind
        .split([' ', '/', ',', '.'])
        .filter(|it| !it.is_empty());
    let yearly = words.clone().any(|it| of(&YEARS, it));
    !yearly && words.any(|it| of(&SHORTER, it))
}

#[cfg(test)]
mod tests {
    use crate::reading::testing::{read, value};

    fn check(message: &str, proposals: &[&str], questions: usize) {
        let reading = read(message);
        let shown: Vec<String> = reading.proposals.iter().map(value).collect();
        assert_eq!(shown, proposals, "{message}");
        assert_eq!(reading.questions.len(), questions, "{message}");
    }

    #[test]
    fn churn_that_may_be_a_years_is_asked_for() {
        check("churn is 9%", &[], 1);
        check("churn is 9% a month", &["metrics.churn: 9% a month"], 0);
        check("churn is 9% in our mid market", &[], 1);
        check("churn in march is 9%", &["metrics.churn: 9% a month"], 0);
        check("churn is 1.2%", &["metrics.churn: 1.2% a month"], 0);
    }

    #[test]
    fn growth_of_a_month_is_none_of_a_year() {
        check("we grow 15% month over month", &[], 1);
        check("ARR growing 8% m/m", &[], 1);
        check("MRR growth 5% a month", &[], 1);
        check(
            "ARR growth of 120% y/y",
            &["plan.growth_rate: 120% a year"],
            0,
        );
    }

    #[test]
    fn growth_of_nothing_in_particular_is_asked_for() {
        check("growth is 20%", &[], 1);
        check("growth is 20% yoy", &["plan.growth_rate: 20% a year"], 0);
        check(
            "revenue growth is 20%",
            &["plan.growth_rate: 20% a year"],
            0,
        );
    }
}
