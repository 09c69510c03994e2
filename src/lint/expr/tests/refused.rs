//! What the checker and the parser refuse, in which words, at which place.

use super::checked;

#[track_caller]
fn refuses(text: &str, at: &str, problem: &str) {
    let mistake = checked(text).expect_err(text);
    assert_eq!(mistake.problem, problem, "{text}");
    assert_eq!(&text[mistake.span.clone()], at, "{text}");
}

#[test]
fn a_wrong_name_or_choice_says_what_was_meant() {
    refuses(
        "m.acw < n.a",
        "m.acw",
        "no name `m.acw`; did you mean `m.acv`?",
    );
    refuses(
        "s.stage == \"erly\"",
        "\"erly\"",
        "no choice `erly`; did you mean `early`?",
    );
    refuses(
        "s.stage in [\"early\", \"lat\"]",
        "\"lat\"",
        "no choice `lat`; did you mean `late`?",
    );
    refuses(
        "siez(s.seen) > 1",
        "siez",
        "no function `siez`; did you mean `size`?",
    );
    refuses(
        "s.stage == \"month_to_month\"",
        "\"month_to_month\"",
        "no choice `month_to_month`; it takes early, late, done",
    );
    refuses(
        "t.cycle_length > n.a",
        "t.cycle_length",
        "no name `t.cycle_length`; did you mean `t.cycle`?",
    );
    refuses(
        "t.nothing > n.a",
        "t.nothing",
        "no name `t.nothing`; t has cycle, payback",
    );
    refuses(
        "margin > n.a",
        "margin",
        "no name `margin`; did you mean `m.margin`?",
    );
    refuses(
        "s.stage == monthly",
        "monthly",
        "no name `monthly`; a choice stands in double quotes: \"monthly\"",
    );
    refuses(
        "n.a > params.least",
        "params.least",
        "no name `params.least`; it needs a table `[params.least]` with unit, default and why",
    );
    refuses(
        "n.a == null",
        "null",
        "no name `null`; whether a field is answered says `answered(…)`, such as \
         `!answered(icp.pain)`",
    );
    refuses(
        "is_vague(n.a)",
        "is_vague",
        "no function `is_vague`; `gtm-advisor rules functions` lists them",
    );
    refuses(
        "answered(\"n.a\")",
        "\"n.a\"",
        "a field stands without quotes: `answered(n.a)`",
    );
}

#[test]
fn what_other_languages_write_is_said_in_this_one() {
    refuses("b.yes and b.no", "and", "`and` is written `&&`");
    refuses("(b.yes OR b.no)", "OR", "`OR` is written `||`");
    refuses("not b.yes", "not", "`not` is written `!`");
    refuses("not(b.yes)", "not", "no function `not`; write `!`");
    refuses(
        "m.margin < 25%",
        "%",
        "a percentage is written `percent(25)`",
    );
    refuses(
        "m.acv < $30",
        "$",
        "`$` means nothing here; money is written `usd(500)`, money a year `usd_per_year(30000)`",
    );
}

#[test]
fn what_cannot_be_compared_or_added_is_said_in_words() {
    refuses(
        "m.acv < 10000",
        "m.acv < 10000",
        "the left is money a year, the right is a number: they cannot be compared; \
         make it a parameter with `unit = \"money_per_year\"`, or write `usd_per_year(10000)`",
    );
    refuses(
        "m.cac < m.acv",
        "m.cac < m.acv",
        "the left is an amount of money, the right is money a year: they cannot be compared; \
         write `m.cac < first_year(m.acv)`",
    );
    refuses(
        "m.price < m.acv",
        "m.price < m.acv",
        "the left is a price (use `per_year(…)`), the right is money a year: they cannot be \
         compared; write `per_year(m.price) < m.acv`",
    );
    refuses(
        "t.cycle > t.payback",
        "t.cycle > t.payback",
        "the left is a number of days, the right is a number of months: they cannot be compared; \
         write `t.cycle / days(30) > t.payback / months(1)`",
    );
    refuses(
        "m.acv + n.a > m.acv",
        "m.acv + n.a",
        "`+` does not go: the left is money a year, the right is a number",
    );
    refuses(
        "t.cycle > 60",
        "t.cycle > 60",
        "the left is a number of days, the right is a number: they cannot be compared; make it a \
         parameter with `unit = \"days\"`, or write `days(60)`",
    );
    refuses(
        "0.25 > m.margin",
        "0.25 > m.margin",
        "the left is a number, the right is a percentage: they cannot be compared; make it a \
         parameter with `unit = \"percent\"`, or write `percent(25)`",
    );
    refuses(
        "m.acv < \"$30k\"",
        "m.acv < \"$30k\"",
        "the left is money a year, the right is a text: they cannot be compared; make it a \
         parameter with `unit = \"money_per_year\"`, or write `usd_per_year(10000)`",
    );
    refuses(
        "s.seen == \"early\"",
        "s.seen == \"early\"",
        "the left is a set, the right is a text: they cannot be compared; write `\"early\" in s.seen`",
    );
    refuses(
        "b.yes == \"yes\"",
        "b.yes == \"yes\"",
        "the left is a yes or no, the right is a text: they cannot be compared; write `b.yes` or \
         `!b.yes`",
    );
    refuses(
        "s.stage in \"early\"",
        "s.stage in \"early\"",
        "`in` does not go: the left is a choice, the right is a text; write `s.stage == \"early\"` \
         or `s.stage in [\"early\"]`",
    );
    refuses(
        "s.stage >= \"late\"",
        "s.stage >= \"late\"",
        "`>=` does not go with a choice; write `s.stage in [\"early\", \"late\"]`",
    );
    refuses(
        "n.a && b.yes",
        "n.a",
        "expected a yes or no, this is a number",
    );
}

#[test]
fn bad_syntax_says_where() {
    refuses("n.a <", "", "the expression ends too early");
    refuses(
        "n.a = 3",
        "=",
        "expected an operator or the end, found `=` (a comparison is `==`)",
    );
    refuses(
        "n.a < 3 < n.b",
        "<",
        "comparisons do not chain; join two with `&&`",
    );
    refuses(
        "size(n.a)",
        "size(n.a)",
        "`size` takes a set, a list or a text",
    );
    refuses("n.a > 1 # n.b", "#", "`#` means nothing here");
    refuses("(n.a > 1", "", "expected `)`, found the end");
}
