//! What each function is for, as authors read it, and what is meant by names of other languages.

/// A function as authors are told of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FunctionLine {
    /// How it is called: `months_since(date)`.
    pub call: &'static str,
    /// What it gives.
    pub gives: &'static str,
    /// An expression with it that works on any plan.
    pub example: &'static str,
}

impl FunctionLine {
    /// Its name.
    pub fn name(&self) -> &'static str {
        self.call.split('(').next().unwrap_or_default()
    }
}

const fn line(call: &'static str, gives: &'static str, example: &'static str) -> FunctionLine {
    FunctionLine {
        call,
        gives,
        example,
    }
}

/// Every function, what is needed most often first.
pub(crate) const FUNCTIONS: &[FunctionLine] = &[
    line(
        "answered(field)",
        "whether anybody has answered it",
        "!answered(icp.pain)",
    ),
    line("has(field)", "the same", "has(icp.pain)"),
    line(
        "first_known(a, b)",
        "a, or b while nobody has answered a",
        "first_known(economics.gross_margin, percent(80)) < percent(70)",
    ),
    line(
        "any(set, c, condition)",
        "whether one item of a set or list meets the condition",
        r#"any(marketing.channels, c, c in ["events", "direct_mail"])"#,
    ),
    line(
        "all(set, c, condition)",
        "whether each item does",
        "all(marketing.channels, c, c in marketing.proven)",
    ),
    line(
        "count(set, c, condition)",
        "how many items do",
        "count(marketing.channels, c, c in marketing.proven) < 2",
    ),
    line(
        "any(segments, condition)",
        "whether one segment of the plan meets the condition",
        r#"any(segments, sales.motion == "plg")"#,
    ),
    line(
        "all(segments, condition)",
        "whether each segment does",
        "all(segments, answered(icp.pain))",
    ),
    line(
        "count(segments, condition)",
        "how many segments do",
        r#"count(segments, sales.motion == "field") > 1"#,
    ),
    line(
        "sum(segments, quantity)",
        "what a quantity comes to over the plan's segments",
        "sum(segments, economics.sm_spend) > plan.arr_target",
    ),
    line(
        "size(x)",
        "how many items a set or list has, or characters a text",
        "size(marketing.channels) > 3",
    ),
    line(
        "overlap(a, b)",
        "what is in both sets",
        "size(overlap(marketing.channels, marketing.proven)) == 0",
    ),
    line(
        "without(a, b)",
        "what is in the first set and not in the second",
        "size(without(marketing.channels, marketing.proven)) > 2",
    ),
    line(
        "joined(a, b)",
        "what is in either set",
        "size(joined(marketing.channels, marketing.proven)) > 4",
    ),
    line(
        "share(n)",
        "a number, such as one amount by another, as a percentage",
        "share(economics.sm_spend / plan.arr_target) > percent(60)",
    ),
    line(
        "first_year(x)",
        "the money of twelve months of money a year",
        "economics.cac > first_year(pricing.acv)",
    ),
    line(
        "per_year(price)",
        "what a price comes to in a year",
        "per_year(pricing.price) < usd_per_year(1000)",
    ),
    line(
        "smaller(a, b)",
        "the smaller of two quantities",
        "smaller(pricing.acv, deal_value) < usd_per_year(10000)",
    ),
    line(
        "larger(a, b)",
        "the larger of two quantities",
        "larger(pricing.acv, deal_value) > usd_per_year(10000)",
    ),
    line(
        "low(range)",
        "its low end; unknown if open",
        "low(icp.employees) > 500",
    ),
    line(
        "high(range)",
        "its high end; unknown if open",
        "high(icp.employees) < 10",
    ),
    line(
        "months_since(date)",
        "months since a date, three calendar months being exactly 3",
        "months_since(plan.last_review) > months(6)",
    ),
    line(
        "age(dates, choice)",
        "months since the date of one choice",
        r#"age(marketing.started, "events") > months(9)"#,
    ),
    line(
        "oldest_age(dates, set)",
        "months since the earliest date of a set's choices",
        "oldest_age(marketing.started, marketing.channels) > months(6)",
    ),
    line(
        "usd(n)",
        "an amount of money; prefer a parameter",
        "economics.cac > usd(5000)",
    ),
    line(
        "usd_per_year(n)",
        "money a year",
        "deal_value < usd_per_year(10000)",
    ),
    line(
        "percent(n)",
        "a percentage",
        "economics.gross_margin < percent(70)",
    ),
    line("days(n)", "a number of days", "sales.cycle > days(90)"),
    line(
        "months(n)",
        "a number of months",
        "economics.payback > months(12)",
    ),
    line(
        r#"filled("icp")"#,
        "how many fields of that part of the plan are answered",
        r#"filled("icp") < 4"#,
    ),
    line(
        "twin(a, b, …)",
        "the name of an earlier segment in which all of these are the same, else \"\"",
        r#"twin(icp.industry, sales.motion) != """#,
    ),
    line(
        "open(a, b, …)",
        "for a message: the names of those fields that are not answered",
        "open(icp.pain, icp.buyer)",
    ),
    line(
        "how(deal_value)",
        "for a message: how it comes about",
        "how(deal_value)",
    ),
    line(
        "words(text)",
        "how many words a text has",
        "words(value.benefit) < 5",
    ),
    line(
        "self_words(text)",
        "how often it means the speaker",
        "self_words(value.benefit) > customer_words(value.benefit)",
    ),
    line(
        "customer_words(text)",
        "how often it means the customer",
        "customer_words(value.benefit) == 0",
    ),
    line(
        "says_everyone(text)",
        "whether it leaves nobody out",
        "says_everyone(icp.people)",
    ),
    line(
        "is_specific(text)",
        "whether it says more than that, or a size",
        "!is_specific(icp.people)",
    ),
    line(
        "is_generic(text)",
        "whether it is nothing but praise that any rival could utter",
        "is_generic(value.benefit)",
    ),
    line(
        "has_number(text)",
        "whether it says how much",
        "!has_number(value.outcome)",
    ),
    line(
        "names_several(text)",
        "whether it joins names that might each stand alone",
        "names_several(icp.growth_stage)",
    ),
    line(
        "names_status_quo(text)",
        "whether it names how people manage without a product",
        "names_status_quo(value.alternative)",
    ),
    line(
        "compares(text)",
        "whether it names something to compare with",
        "compares(value.differentiator)",
    ),
    line(
        "shortest_days(text)",
        "the low end of the longest time that a text names",
        "shortest_days(icp.buying_process) > days(90)",
    ),
    line(
        "longest_days(text)",
        "its high end",
        "longest_days(icp.buying_process) > days(180)",
    ),
];

/// Names of other languages, and what is written here.
const MEANT: &[(&[&str], &str)] = &[
    (
        &[
            "known", "is_known", "defined", "is_set", "isset", "exists", "present", "given",
        ],
        "whether a field is answered says `answered(…)`",
    ),
    (
        &["unknown", "missing", "is_null", "is_none"],
        "that a field is not answered says `!answered(…)`",
    ),
    (
        &[
            "days_since",
            "weeks_since",
            "years_since",
            "since",
            "months_between",
            "days_between",
            "date_diff",
            "datediff",
            "elapsed",
        ],
        "how long ago a date is says `months_since(date)`",
    ),
    (
        &["date", "now", "day", "month", "year", "timestamp", "today"],
        "the day of the check is `today`, and how long ago a date is says `months_since(…)`",
    ),
    (&["abs", "absolute"], "write `larger(a - b, b - a)`"),
    (
        &["min", "minimum", "least", "lowest"],
        "write `smaller(a, b)`",
    ),
    (
        &["max", "maximum", "most", "highest"],
        "write `larger(a, b)`",
    ),
    (
        &["intersect", "intersection", "both", "common"],
        "what two sets share is `overlap(a, b)`",
    ),
    (
        &["union", "merge"],
        "what is in either of two sets is `joined(a, b)`",
    ),
    (
        &["difference", "except", "minus"],
        "what is in a set and not in another is `without(a, b)`",
    ),
    (
        &["len", "length", "n_items"],
        "how many items there are is `size(…)`",
    ),
    (&["empty", "is_empty"], "write `size(…) == 0`"),
    (
        &["contains", "includes", "has_any", "member", "one_of"],
        "write `\"seo\" in marketing.channels`, or `any(set, c, c in other)` for one of several",
    ),
    (&["some", "exists_one"], "write `any(set, c, condition)`"),
    (
        &["every", "each", "forall"],
        "write `all(set, c, condition)`",
    ),
    (
        &[
            "eur", "gbp", "chf", "euro", "dollar", "dollars", "money", "cents",
        ],
        "money is written `usd(…)`, money a year `usd_per_year(…)`; other currencies meet it at a rate of 1.00",
    ),
    (&["weeks", "week"], "a week is `days(7)`"),
    (&["years"], "a year is `months(12)`"),
    (
        &["pct", "percentage", "ratio", "fraction"],
        "a number as a percentage is `share(…)`, one that is written down `percent(25)`",
    ),
    (
        &[
            "annual",
            "yearly",
            "annualize",
            "annualise",
            "annualized",
            "year_of",
        ],
        "a price a year is `per_year(price)`, the money of twelve months `first_year(…)`",
    ),
    (
        &["if", "iif", "when", "ternary"],
        "write `condition ? one : other`",
    ),
    (
        &["between"],
        "write `a >= params.least && a <= params.most`",
    ),
    (
        &["avg", "average", "mean"],
        "write `sum(segments, a) / count(segments, true)`",
    ),
    (
        &["round", "floor", "ceil"],
        "numbers are exact, and messages round them",
    ),
];

/// What is written here for a function that other languages have.
pub(super) fn meant_function(name: &str) -> Option<&'static str> {
    let folded = name.to_ascii_lowercase();
    let mut known = MEANT.iter();
    let found = known.find(|(names, _)| names.contains(&folded.as_str()));
    found.map(|(_, instead)| *instead)
}

#[test]
fn every_function_is_told_and_nothing_else() {
    use std::collections::BTreeSet;

    let told: BTreeSet<_> = FUNCTIONS.iter().map(FunctionLine::name).collect();
    let known: BTreeSet<_> = super::functions::Function::names().collect();
    assert_eq!(told, known);
    for (names, _) in MEANT {
        let taken: Vec<_> = names.iter().filter(|name| known.contains(*name)).collect();
        assert_eq!(taken, Vec::<&&str>::new());
    }
}
