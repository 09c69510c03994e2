//! Words that hold the place of an answer and give none: "tbd", "n/a", "?", a lone dash.
//!
//! Taken as they stand they would count as answers, and rules would pass on them; so no field takes
//! them, whatever door they come by.

use crate::plan::ValueError;
use crate::plan::field::{Field, Kind};
use crate::text;

/// What people write where they do not know yet, or where a question does not fit.
const PLACEHOLDERS: &[&str] = &[
    "tbd",
    "tba",
    "tbc",
    "to be decided",
    "to be defined",
    "to be determined",
    "to be done",
    "to be confirmed",
    "to be announced",
    "todo",
    "to do",
    "fixme",
    "n/a",
    "na",
    "n.a",
    "not applicable",
    "unknown",
    "not known",
    "not known yet",
    "not decided yet",
    "no answer",
    "no answer yet",
    "no idea",
    "don't know",
    "we don't know",
    "don't know yet",
    "we don't know yet",
    "idk",
    "null",
    "undefined",
    "placeholder",
    "fill in",
    "fill me in",
];

/// The same where words are asked for. A number of "none yet" is another matter.
const IN_WORDS: &[&str] = &["none yet", "nothing yet", "not yet"];

/// Whether the words hold the place of an answer to this field.
pub(super) fn holds_place(field: &Field, words: &str) -> bool {
    let folded = text::fold(words);
    let bare = unqualified(&folded);
    if field.answers.contains(&bare) {
        return false;
    }
    let in_words = matches!(field.kind, Kind::Text | Kind::List);
    (bare.is_empty() && !folded.is_empty())
        || PLACEHOLDERS.contains(&bare)
        || (in_words && IN_WORDS.contains(&bare))
        || matches!(bare, "xx" | "xxx" | "xxxx" | "xxxxx")
        || is_left_for_later(bare)
}

/// The words without signs around them, and without what only says that it is so today.
fn unqualified(folded: &str) -> &str {
    const BEFORE: &[&str] = &["still ", "currently ", "is ", "it's ", "it is "];
    const BEHIND: &[&str] = &[
        " for now",
        " so far",
        " right now",
        " at the moment",
        " at this stage",
        " currently",
        " still",
    ];
    let mut bare = folded;
    loop {
        let before = bare;
        bare = bare.trim_matches(|sign: char| is_punctuation(sign) || sign.is_whitespace());
        bare = BEFORE
            .iter()
            .fold(bare, |bare, it| bare.strip_prefix(it).unwrap_or(bare));
        bare = BEHIND
            .iter()
            .fold(bare, |bare, it| bare.strip_suffix(it).unwrap_or(bare));
        if bare == before {
            return bare;
        }
    }
}

/// Whether the words say when or by whom it will be known, and nothing else: "tbd by Ana",
/// "todo: ask sales".
fn is_left_for_later(bare: &str) -> bool {
    let rest = |word| bare.strip_prefix(word);
    rest("tbd").is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        || rest("todo").is_some_and(|rest| rest.trim_start().starts_with([':', '-', '(']))
}

/// Whether a sign says nothing by itself; a pictogram does.
fn is_punctuation(sign: char) -> bool {
    sign.is_ascii_punctuation()
        || matches!(
            sign,
            '\u{2010}'..='\u{2027}' | '\u{2212}' | '\u{00BF}' | '\u{00A1}' | '\u{00B7}'
        )
}

/// The refusal of such words: how a field is left open, and how it is marked as not applicable.
pub(super) fn refusal(field: &Field, words: &str) -> ValueError {
    let problem = "that holds the place of an answer and gives none; leave the field open until you know, or mark it as not applicable (`na`) with the reason";
    ValueError {
        leaves_open: true,
        ..field.refuse(words, problem)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::testing::context;
    use crate::plan::{ParseContext, Value, field};

    fn read(name: &str, words: &str) -> Result<Value, ValueError> {
        field(name).expect("a field").parse(words, &context())
    }

    #[test]
    fn a_placeholder_answers_no_field() {
        let words = [
            "tbd",
            "TBD.",
            "?",
            "??",
            "-",
            "—",
            "n/a",
            "N/A",
            "n.a.",
            "na",
            "todo",
            "ToDo!",
            "xxx",
            "none yet",
            "unknown",
            "…",
            "...",
            "(tbd)",
            "To be defined",
            "TBD by Ana",
            "todo: ask",
            "“tbd”",
            "Unknown",
            "_",
            "don’t know yet",
            "n/a for now",
            "still TBD",
            "unknown so far",
        ];
        for words in words {
            for name in ["icp.pain", "icp.industry", "plan.name", "value.alternative"] {
                if (name, words) == ("icp.industry", "none yet") {
                    // There are none: that is an answer of a list.
                    continue;
                }
                let error = read(name, words).expect_err(words);
                assert!(error.leaves_open, "{name}: {words}: {error}");
            }
        }
        for name in [
            "pricing.acv",
            "sales.motion",
            "marketing.channels",
            "sales.cycle",
            "plan.last_review",
            "sales.playbook",
            "icp.employees",
            "plan.currency",
            "marketing.started",
            "pricing.tiers",
            "economics.gross_margin",
        ] {
            for words in ["tbd", "n/a", "?", "-", "…"] {
                let error = read(name, words).expect_err(words);
                assert!(error.leaves_open, "{name}: {words}: {error}");
            }
        }
    }

    #[test]
    fn one_among_the_members_of_a_set_or_list_is_refused_too() {
        for (name, words) in [
            ("icp.buyer", "CFO; tbd"),
            ("icp.buyer", "CFO, ?"),
            ("marketing.channels", "seo, tbd"),
            ("icp.buyer", "CFO and none yet"),
        ] {
            let error = read(name, words).expect_err(words);
            assert!(error.leaves_open, "{name}: {words}: {error}");
        }
        let items = ["seo", "n/a"].map(str::to_owned);
        let channels = field("marketing.channels").expect("a field");
        let context: ParseContext = context();
        let error = channels.parse_items(&items, &context).expect_err("n/a");
        assert!(error.leaves_open, "{error}");
    }

    #[test]
    fn what_only_looks_alike_is_an_answer() {
        for (name, words) in [
            ("icp.geography", "NA"),
            ("icp.geography", "NA and EMEA"),
            ("value.alternative", "none"),
            ("value.alternative", "nothing"),
            ("positioning.compared_to", "TBC Bank"),
            ("positioning.category", "to-do lists"),
            ("plan.name", "Todoist"),
            ("plan.name", "🚀"),
            ("plan.name", "X"),
            (
                "icp.pain",
                "nobody knows who approved what: it is unknown until the audit",
            ),
            ("icp.exclusions", "none"),
            ("icp.exclusions", "none yet"),
            ("marketing.proven", "none yet"),
            ("sales.playbook", "not yet"),
        ] {
            assert!(read(name, words).is_ok(), "{name}: {words}");
        }
    }

    #[test]
    fn the_refusal_says_how_to_leave_it_open() {
        let error = read("icp.pain", "tbd").expect_err("no answer").to_string();
        assert_eq!(
            error,
            "I read `tbd`; that holds the place of an answer and gives none; leave the field open \
             until you know, or mark it as not applicable (`na`) with the reason. Try `month-end closing takes nine days`"
        );
    }
}
