//! What authors of pages are told: the keys of the front matter, and the names that expressions have
//! beside the fields of the plan.

/// A key of the front matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyLine {
    /// Where it stands: nothing at the top, else `[params.least]` and its like.
    pub within: &'static str,
    /// The key.
    pub key: &'static str,
    /// What it means.
    pub means: &'static str,
    /// A line that works.
    pub example: &'static str,
}

/// A name of expressions that is no field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NameLine {
    /// The name.
    pub name: &'static str,
    /// What its value is, in words.
    pub kind: &'static str,
    /// What it stands for.
    pub means: &'static str,
    /// A condition that reads it.
    pub example: &'static str,
}

const fn key(
    within: &'static str,
    key: &'static str,
    means: &'static str,
    example: &'static str,
) -> KeyLine {
    KeyLine {
        within,
        key,
        means,
        example,
    }
}

const fn name(
    name: &'static str,
    kind: &'static str,
    means: &'static str,
    example: &'static str,
) -> NameLine {
    NameLine {
        name,
        kind,
        means,
        example,
    }
}

/// At the top of the front matter.
const TOP: &str = "";
/// In a threshold.
const PARAM: &str = "[params.least]";
/// In a message or a fix.
const TEXT: &str = "[[say]], [[fix]]";
/// In a soft band.
const BAND: &str = "[[band]]";
/// In `confidence`.
const SURE: &str = "confidence";
/// In `set` of a fix.
const SET: &str = "set";

/// Every key, those that each page has first.
pub(crate) const KEYS: &[KeyLine] = &[
    key(
        TOP,
        "severity",
        "how much a finding weighs: advice, warning or error",
        "severity = \"advice\"",
    ),
    key(
        TOP,
        "confidence",
        "how sure the source is that this pulls the wrong way, and that the boundary is just there",
        "confidence = { direction = \"medium\", number = \"low\" }",
    ),
    key(
        TOP,
        "when",
        "what it finds",
        "when = 'deal_value < params.least'",
    ),
    key(
        TOP,
        "pass",
        "what is said where all is well",
        "pass = 'A deal brings {deal_value}.'",
    ),
    key(
        TOP,
        "say",
        "what a finding says: the first whose `when` holds and whose values are all known",
        "[[say]]",
    ),
    key(
        TOP,
        "fix",
        "what to change, chosen in the same way",
        "[[fix]]",
    ),
    key(
        TOP,
        "params",
        "the numbers that a team may move, each in a table",
        "[params.least]",
    ),
    key(
        TOP,
        "applies",
        "whom it concerns; everybody without it",
        "applies = 'sales.motion == \"field\"'",
    ),
    key(
        TOP,
        "unless",
        "what takes a finding back once it is known to be so",
        "unless = 'sales.assist == \"partners\"'",
    ),
    key(
        TOP,
        "error_when",
        "when a finding is an error",
        "error_when = 'deal_value < params.least * 0.5'",
    ),
    key(
        TOP,
        "warning_when",
        "when it is a warning",
        "warning_when = 'deal_value < params.least * 0.8'",
    ),
    key(
        TOP,
        "advice_when",
        "when it is advice",
        "advice_when = 'plan.stage == \"idea\"'",
    ),
    key(
        TOP,
        "today",
        "the day on which the examples are tried, for a rule that looks at today",
        "today = \"2026-03-04\"",
    ),
    key(
        TOP,
        "level",
        "plan or segment: of what it speaks; what it reads decides, by default",
        "level = \"plan\"",
    ),
    key(
        TOP,
        "let",
        "expressions with a name, each of which may use those above it",
        "let.cost = 'economics.cac * 2'",
    ),
    key(
        TOP,
        "absent_from",
        "the first stage at which `answered(…)` may say no",
        "absent_from = \"product_market_fit\"",
    ),
    key(
        TOP,
        "folds",
        "weaker rules of your own that stand behind this one where both find",
        "folds = [\"our-other-rule\"]",
    ),
    key(
        TOP,
        "softens",
        "rules of your own whose findings this one lowers by one severity",
        "softens = [\"our-other-rule\"]",
    ),
    key(
        TOP,
        "band",
        "a soft band: a finding within a share of the boundary is advice",
        "[[band]]",
    ),
    key(
        PARAM,
        "unit",
        "number, percent, days, months, money, money_per_year, or a field with several choices",
        "unit = \"money_per_year\"",
    ),
    key(
        PARAM,
        "default",
        "the value, as text with its unit; several choices with commas between them",
        "default = \"$30k\"",
    ),
    key(
        PARAM,
        "range",
        "the lowest and the highest value that a team may set; not of choices",
        "range = [\"$1k\", \"$1M\"]",
    ),
    key(
        PARAM,
        "why",
        "why a team might choose another",
        "why = \"Dense territories make smaller deals worth a visit.\"",
    ),
    key(
        TEXT,
        "text",
        "the words, with values of the plan in braces",
        "text = 'A deal brings {deal_value}.'",
    ),
    key(
        TEXT,
        "when",
        "when these words are meant; always, without it",
        "when = 'sales.motion == \"field\"'",
    ),
    key(
        TEXT,
        "set",
        "of a fix: what a button may set",
        "set = [{ field = \"sales.motion\", value = \"plg\" }]",
    ),
    key(
        BAND,
        "value",
        "the expression that is measured",
        "value = 'deal_value'",
    ),
    key(
        BAND,
        "boundary",
        "the parameter that is the boundary",
        "boundary = \"least\"",
    ),
    key(
        BAND,
        "share",
        "the parameter that is the share of it",
        "share = \"near\"",
    ),
    key(
        BAND,
        "when",
        "when this boundary counts, if there are several",
        "when = 'sales.motion == \"field\"'",
    ),
    key(
        SURE,
        "direction",
        "low, medium or high: that this pulls the wrong way",
        "direction = \"medium\"",
    ),
    key(
        SURE,
        "number",
        "low, medium or high: that the boundary is just there",
        "number = \"low\"",
    ),
    key(SET, "field", "the field", "field = \"sales.motion\""),
    key(SET, "value", "its value", "value = \"plg\""),
];

/// A line with the key that works, of the place that has it first.
pub(super) fn example_of(wanted: &str) -> Option<&'static str> {
    let known = KEYS.iter().find(|known| known.key == wanted);
    known.map(|known| known.example)
}

/// Every name of expressions that is no field.
pub(crate) const NAMES: &[NameLine] = &[
    name(
        "deal_value",
        "money a year",
        "What a deal brings in its first year: the stated ACV, else the price a year by its seats.",
        "deal_value < params.least",
    ),
    name(
        "today",
        "a date",
        "The day of the check; `today = \"2026-03-04\"` in a page gives its examples a day of their own.",
        "plan.last_review > today",
    ),
    name(
        "segments",
        "the plan's segments",
        "Within `any`, `all`, `count` and `sum`, whose condition is asked of each segment in turn.",
        "any(segments, sales.motion == \"plg\")",
    ),
    name(
        "history.answers",
        "a number",
        "How many answers the plan has; a plan file has no history.",
        "history.answers > 20",
    ),
    name(
        "history.one_person",
        "yes or no",
        "Whether one person gave all answers that were ever given.",
        "history.one_person",
    ),
    name(
        "history.kept_answers",
        "a number",
        "How many answers of the segment were given while `icp.segment` was another one, and have stood since.",
        "history.kept_answers > 3",
    ),
    name(
        "history.label_before",
        "one choice",
        "That other one.",
        "history.label_before != icp.segment",
    ),
];

#[test]
fn every_key_and_every_name_is_told() {
    use super::front::read;
    use super::names::DERIVED;

    let told: Vec<_> = NAMES.iter().map(|line| line.name).collect();
    for (known, _) in DERIVED {
        assert!(told.contains(&known), "{known}");
    }
    let known_within = |front: &str, within: &str| {
        let fault = read(front, 0).expect_err("there is no such key");
        let (_, known) = fault.message.split_once(": ").expect("they are listed");
        let mut known: Vec<_> = known.split(", ").map(str::to_owned).collect();
        let told = KEYS.iter().filter(|line| line.within == within);
        let mut told: Vec<_> = told.map(|line| line.key.to_owned()).collect();
        known.sort_unstable();
        told.sort_unstable();
        assert_eq!(known, told, "{within}");
    };
    known_within("zzzzzzzz = 1", TOP);
    known_within("[params.least]\nzzzzzzzz = 1", PARAM);
    known_within("[[say]]\nzzzzzzzz = 1", TEXT);
    known_within("[[band]]\nzzzzzzzz = 1", BAND);
    known_within("confidence = { zzzzzzzz = 1 }", SURE);
    known_within("[[fix]]\nset = [{ zzzzzzzz = 1 }]", SET);
}
