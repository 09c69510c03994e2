//! What `rules test` says of a page, and what the program tells those who write one.

use super::{
    COSTLY, MANY, REVIEW, REVIEW_EXAMPLES, SPEND, SPEND_EXAMPLES, folder, holds, page, review, said,
};
use crate::harness::outside_for;

/// What `rules test` says of a page whose front matter has `new` in the place of `old`.
async fn tested(front: &str, examples: &[(&str, &str)], old: &str, new: &str) -> String {
    assert!(front.contains(old), "{old}");
    let at = folder(&[("our-rule", page(&front.replacen(old, new, 1), examples))]);
    said(at.path(), "rules test team").await.1
}

/// What `rules test` says of these fronts, each in a page of its own; all pages are tested at once.
async fn fronts(rows: Vec<(String, &str)>) {
    let pages: Vec<_> = (0..)
        .zip(&rows)
        .map(|(n, (front, _))| (format!("our-{n}"), page(front, &SPEND_EXAMPLES)))
        .collect();
    let named: Vec<_> = pages
        .iter()
        .map(|(name, text)| (name.as_str(), text.clone()))
        .collect();
    let at = folder(&named);
    let (code, told) = said(at.path(), "rules test team").await;
    assert_eq!(code, Some(1), "{told}");
    for ((name, _), (front, expected)) in named.iter().zip(&rows) {
        let of_it = format!("ours/{name}.md:");
        let line = told.lines().find(|line| line.starts_with(&of_it));
        let line = line.unwrap_or_else(|| panic!("nothing of {front} in {told}"));
        assert!(line.contains(expected), "{front}: {line}");
    }
}

/// The same of conditions.
async fn conditions(rows: &[(&str, &'static str)]) {
    let old = "share(economics.sm_spend / plan.arr_target) > params.most";
    let rows = rows.iter();
    fronts(
        rows.map(|(when, expected)| (SPEND.replace(old, when), *expected))
            .collect(),
    )
    .await;
}

#[test]
fn functions_keys_and_names_are_listed_by_the_program() {
    outside_for(MANY, async || {
        let at = folder(&[]);
        let at = at.path();
        for (line, expected) in [
            (
                "rules functions",
                &[
                    "months_since(date)",
                    "any(set, c, condition)",
                    "any(segments, condition)",
                ][..],
            ),
            (
                "rules keys",
                &["absent_from", "[params.least]", "today = \"2026-03-04\""],
            ),
            (
                "fields deal_value",
                &[
                    "deal_value (money a year; in rules only)",
                    "deal_value < params.least",
                ],
            ),
            ("fields today", &["The day of the check"]),
            ("fields", &["in rules only: deal_value, today, segments"]),
            ("fields today --format json", &["\"names\": ["]),
            (
                "rules functions --format json",
                &["\"call\": \"months_since(date)\""],
            ),
        ] {
            let (code, told) = said(at, line).await;
            assert_eq!(code, Some(0), "{line}: {told}");
            holds(&told, expected);
        }
    });
    outside_for(MANY, async || {
        conditions(&[
            (
                "known(sales.reps)",
                "no function `known`; whether a field is answered says `answered(…)`",
            ),
            (
                "days_since(plan.last_review) > 3",
                "says `months_since(date)`",
            ),
            (
                "months_between(today, plan.last_review) > 3",
                "says `months_since(date)`",
            ),
            ("abs(sales.reps) > 3", "write `larger(a - b, b - a)`"),
            ("min(sales.reps, 3) > 3", "write `smaller(a, b)`"),
            (
                "size(intersect(marketing.channels, marketing.proven)) > 0",
                "is `overlap(a, b)`",
            ),
            ("date(2026) > today", "the day of the check is `today`"),
            ("economics.cac > eur(3)", "money is written `usd(…)`"),
            (
                "is_vague(icp.pain)",
                "`gtm-advisor rules functions` lists them",
            ),
        ])
        .await;
    });
}

#[test]
fn what_does_not_go_together_says_what_to_write() {
    outside_for(MANY, async || {
        conditions(&[
            (
                "economics.sm_spend / plan.arr_target > params.most",
                "they cannot be compared; write `share(economics.sm_spend / plan.arr_target) > \
                 params.most`, or `economics.sm_spend > plan.arr_target * params.most`",
            ),
            (
                "economics.cac > pricing.acv",
                "write `economics.cac > first_year(pricing.acv)`",
            ),
            (
                "plan.arr > plan.mrr * 12",
                "write `first_year(plan.arr) > plan.mrr * 12`",
            ),
            ("sales.cycle > months(3)", "write `sales.cycle > days(90)`"),
            (
                "sales.cycle > plan.horizon",
                "write `sales.cycle / days(30) > plan.horizon / months(1)`",
            ),
            (
                "today - plan.last_review > months(6)",
                "write `months_since(plan.last_review) > months(6)`",
            ),
            (
                "plan.last_review < today - months(6)",
                "how long ago a date is says `months_since(…)`",
            ),
            (
                "economics.cac > pricing.price",
                "first_year(per_year(pricing.price))`",
            ),
            (
                "sales.cycle > params.most",
                "give `params.most` the `unit = \"days\"`",
            ),
            (
                "any(marketing.channels in marketing.proven)",
                "whether one of several is in it says `any(marketing.channels, c, c in marketing.proven)`; \
                 what the two share is `overlap(marketing.channels, marketing.proven)`",
            ),
            (
                "marketing.channels in [\"events\", \"seo\"]",
                "says `any(marketing.channels, c, c in [\"events\", \"seo\"])`",
            ),
            (
                "any(segments, s, s.sales.motion == \"plg\")",
                "a segment needs no name: leave `s` out",
            ),
            (
                "economics.cac / pricing.acv > 1",
                "a year of it is `months(12)`",
            ),
            (
                "marketing.channels contains \"seo\"",
                "a set is asked the other way round: `\"seo\" in marketing.channels`",
            ),
            ("sales.reps > 1 & sales.reps < 3", "and is written `&&`"),
            (
                "icp.geography in [\"US\"]",
                "says `any(icp.geography, c, c in [\"US\"])`",
            ),
            (
                "per_year(pricing.price) < pricing.market_price * params.most",
                "write `per_year(pricing.market_price) * params.most`",
            ),
            (
                "size(segments) > 3",
                "how many there are is `count(segments, true)`",
            ),
            (
                "count(marketing.channels) > 3",
                "how many items a set has is `size(set)`",
            ),
        ])
        .await;
    });
}

#[test]
fn a_page_that_would_mislead_is_refused() {
    let range = "[\"10%\", \"200%\"]";
    let say = "'You spend {economics.sm_spend}; we allow {params.most}.'";
    let choices = "\"events, direct_mail\"";
    let rows = [
        (SPEND, say, "' '", ":14:9: this text is empty"),
        (
            SPEND,
            "> params.most",
            "> percent(60)",
            "7:9: `most` is never read: no condition has `params.most`",
        ),
        (
            SPEND,
            "\"60%\"",
            "\"0.75\"",
            "that can mean 0.75% or 75%; write the % sign",
        ),
        (
            SPEND,
            range,
            "[\"200%\", \"10%\"]",
            "10:11: the lower end comes first: write `range = [\"10%\", \"200%\"]`",
        ),
        (
            SPEND,
            "default = \"60%\"\n",
            "",
            "the key `default` is missing; write `default = \"25%\"`",
        ),
        (
            SPEND,
            range,
            "\"10%-200%\"",
            "a range has two ends: write `range = [\"5%\", \"90%\"]`",
        ),
        (
            SPEND,
            "\"60%\"",
            "60%",
            "text stands in quotes: `default = \"60%\"`",
        ),
        (
            SPEND,
            "\"60%\"",
            "60",
            "`default` takes text in quotes: write `default = \"60%\"`",
        ),
        (
            SPEND,
            "severity",
            "author = \"me\"\nseverity",
            "no key `author`; `gtm-advisor rules keys` explains those that there are",
        ),
        (
            COSTLY,
            choices,
            "[\"events\", \"direct_mail\"]",
            "write all in one, `default = \"events, direct_mail\"`",
        ),
        (
            COSTLY,
            choices,
            "\"events, billboards\"",
            "I read `billboards`; that is no choice of channels; the choices are `content`",
        ),
        (
            COSTLY,
            choices,
            "\"events, direct_mial\"",
            "the nearest is `direct_mail`",
        ),
    ];
    let rows = rows.map(|(front, old, new, expected)| {
        assert!(front.contains(old), "{old}");
        (front.replacen(old, new, 1), expected)
    });
    outside_for(MANY, async || fronts(rows.to_vec()).await);
}

const TEAMS: &str = "\
severity = \"advice\"
confidence = { direction = \"medium\", number = \"low\" }
when = 'count(segments, sales.motion == \"field\") > params.most'
pass = 'Few segments are sold in the field.'

[params.most]
unit = \"number\"
default = \"1\"
why = \"A large team carries two.\"

[[say]]
text = 'More than {params.most} segments are sold in the field.'
";

#[test]
fn a_rule_that_asks_all_segments_together_is_about_the_plan() {
    let (one, two) = (
        "sales.motion = \"field\"",
        "[segment.b]\nsales.motion = \"field\"",
    );
    let finding = format!("[segment.a]\n{one}\n{two}");
    let pass = format!("[segment.a]\nsales.motion = \"plg\"\n{two}");
    let examples = [
        ("finding", finding.as_str()),
        ("pass", pass.as_str()),
        ("unknown", "[segment.a]\nicp.pain = \"queues\""),
    ];
    outside_for(MANY, async || {
        let at = folder(&[("our-teams", page(TEAMS, &examples))]);
        let (code, told) = said(at.path(), "rules test team").await;
        assert_eq!(
            (code, told.as_str()),
            (Some(0), "1 page keeps what it promises.")
        );
        let (_, told) = said(at.path(), "check plan.toml --rules team --rule our-teams").await;
        assert_eq!(told.matches("• ").count(), 1, "{told}");
    });
}

#[test]
fn a_page_brings_the_day_of_its_examples() {
    outside_for(MANY, async || {
        let at = folder(&[("our-review", review())]);
        let (code, told) = said(at.path(), "rules test team --as-of 2026-03-04").await;
        assert_eq!(
            (code, told.as_str()),
            (Some(0), "1 page keeps what it promises.")
        );
        let (code, told) = said(at.path(), "rules test team --as-of 2027-03-04").await;
        assert_eq!(code, Some(1), "{told}");
        holds(
            &told,
            &["the rule looks at today, 2027-03-04 here; a line `today = \"2026-03-04\"`"],
        );
        let (_, told) = said(at.path(), "rules test team").await;
        holds(&told, &["`--as-of 2026-03-04` tests on a fixed day"]);
        let fixed = page(
            &format!("today = \"2026-03-04\"\n{REVIEW}"),
            &REVIEW_EXAMPLES,
        );
        let at = folder(&[("our-review", fixed)]);
        for line in ["rules test team", "rules test team --as-of 2027-03-04"] {
            let (code, told) = said(at.path(), line).await;
            assert_eq!(
                (code, told.as_str()),
                (Some(0), "1 page keeps what it promises.")
            );
        }
        let told = tested(REVIEW, &REVIEW_EXAMPLES, "when", "today = \"soon\"\nwhen").await;
        holds(
            &told,
            &["`soon` is no date; write it like `today = \"2026-03-04\"`"],
        );
    });
}

#[test]
fn a_threshold_whose_edge_no_example_stands_at_is_noted() {
    outside_for(MANY, async || {
        let off = SPEND_EXAMPLES.map(|(outcome, plan)| (outcome, plan.replace("600k", "500k")));
        let off: Vec<_> = off
            .iter()
            .map(|(outcome, plan)| (*outcome, plan.as_str()))
            .collect();
        let at = folder(&[("our-spend", page(SPEND, &off))]);
        let (code, told) = said(at.path(), "rules test team").await;
        assert_eq!(code, Some(0), "{told}");
        holds(
            &told,
            &["ours/our-spend.md: no example stands at the edge of `most`, 60%"],
        );
    });
}
