//! Shares that may be of a month or of a year: "churn is 9%".

use super::Found;
use crate::plan::Value;
use crate::text;

/// From how many hundredths of a percent on churn may be a year's.
const YEARLY: i64 = 400;

/// How words begin that name a period.
const PERIODS: [&str; 10] = [
    "month", "mo", "year", "yr", "annual", "quarter", "week", "p.m", "p.a", "pm",
];

/// Whether churn may as well be a year's as a month's where a message names no period.
pub(super) fn is_open(found: &Found, message: &str) -> bool {
    let high = matches!(found.value, Value::Percent(it) if it.0 >= YEARLY);
    let named = |word: &str| {
        PERIODS.iter().any(|it| word.starts_with(it)) || text::month_begun(word).is_some()
    };
    found.field.name == "metrics.churn" && high && !message.split([' ', '/', '\n']).any(named)
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
        check("churn is 1.2%", &["metrics.churn: 1.2% a month"], 0);
    }
}
