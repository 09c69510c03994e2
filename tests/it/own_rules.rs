//! Rules of one's own through the command line, by what its guide says of them.

use std::path::Path;

use serde_json::Value;

use crate::harness::{Binary, outside, write};
use crate::verbs::{check, has_keys, json, says_in};

#[test]
fn own_rules_are_begun_tested_and_run() {
    outside(async || {
        let folder = tempfile::tempdir().expect("a folder");
        let at = folder.path();
        let (code, page) = says_in(at, &["rules", "new", "fit/our-deals"]).await;
        assert_eq!(code, Some(0), "{page}");
        std::fs::create_dir_all(at.join("ours/fit")).expect("a folder");
        write(&at.join("ours/fit"), "our-deals.md", &page);
        for pages in ["ours/fit/our-deals.md", "ours"] {
            let (code, said) = says_in(at, &["rules", "test", pages]).await;
            assert_eq!(code, Some(0), "{said}");
            assert_eq!(said.trim(), "1 page keeps what it promises.");
        }
        let words = ["check", "plan.toml", "--rules", "ours", "--format", "json"];
        let (_, said) = says_in(at, &words).await;
        let report: Value = serde_json::from_str(&said).expect(&said);
        let results = report["results"].as_array().expect("a list");
        let own = results.iter().find(|it| it["rule"] == "our-deals");
        let own = own.expect("the own rule runs");
        assert_eq!(own["outcome"], "finding", "{own}");
        let broken = page.replace("pricing.acv = \"$20k\"", "pricing.acv = \"$40k\"");
        write(&at.join("ours/fit"), "our-deals.md", &broken);
        let (code, said) = says_in(at, &["rules", "test", "ours"]).await;
        assert_eq!(code, Some(1), "{said}");
        assert!(said.contains("fit/our-deals.md:"), "{said}");
        // An example that lacks an answer is told by the name that it would write.
        let lacks = page.replace("pricing.acv = \"$20k\"", "");
        write(&at.join("ours/fit"), "our-deals.md", &lacks);
        let (_, said) = says_in(at, &["rules", "test", "ours"]).await;
        assert!(
            said.contains("(the example has no `pricing.price`, `pricing.acv`)"),
            "{said}"
        );
        let elsewhere = page.replace(
            "sales.motion = \"field\"\npricing",
            "sales.motion = \"plg\"\npricing",
        );
        write(&at.join("ours/fit"), "our-deals.md", &elsewhere);
        let (_, said) = says_in(at, &["rules", "test", "ours"]).await;
        assert!(
            said.contains("found not_applicable") && said.contains("(it reads `sales.motion`"),
            "{said}"
        );
        let misnamed = page.replace("sales.motion", "sales.motoin");
        write(&at.join("ours/fit"), "our-deals.md", &misnamed);
        let (code, said) = says_in(at, &["check", "plan.toml", "--rules", "ours"]).await;
        assert_eq!(code, Some(2), "{said}");
        assert!(said.contains("fit/our-deals.md:4:"), "{said}");
    });
}

#[test]
fn rules_and_their_thresholds_are_found_by_name() {
    check(&[
        ("rules", 0, &["low-price-enterprise-motion"]),
        (
            "rules list",
            0,
            &[
                "field-acv-low",
                "max_acv = $100,000 a year (money a year; may be $",
                "source: ",
            ],
        ),
        ("rules fit", 0, &["field-acv-low"]),
        (
            "rules nope",
            2,
            &["There is no category `nope`; there are "],
        ),
        (
            "rules nwe",
            2,
            &["There is no category `nwe`; did you mean `gtm-advisor rules new`?"],
        ),
        (
            "rules econmics",
            2,
            &["did you mean `gtm-advisor rules economics`?"],
        ),
        (
            "explain nope",
            2,
            &[
                "There is no rule of the name `nope`.",
                "The library has no term of that name either",
            ],
        ),
        (
            "thresholds field-acv-low",
            0,
            &["field-acv-low.max_acv = $100,000 a year (money a year; may be $"],
        ),
        (
            "thresholds field-acv-lw",
            2,
            &["Did you mean `field-acv-low`?"],
        ),
        (
            "thresholds --plan plan.toml",
            0,
            &[
                "No threshold of the plan's own",
                "[[threshold]]\nrule = \"field-acv-low\"",
            ],
        ),
        (
            "rules test nowhere.md",
            2,
            &["nowhere.md: no such file or folder"],
        ),
        (
            "check plan.toml --rules nowhere",
            2,
            &["nowhere: no such file or folder"],
        ),
        (
            "rules new Fit/Deals",
            2,
            &["`Fit/Deals` is no name for a rule"],
        ),
        (
            "rules new fit/field-acv-low",
            2,
            &["there is a rule `field-acv-low` already"],
        ),
        (
            "explain field-acv-low",
            0,
            &[
                "Why it matters",
                "Thresholds",
                "max_acv: $100,000 a year (money a year; may be $",
            ],
        ),
        (
            "explain field-acv-lo",
            2,
            &["There is no rule of the name `field-acv-lo`. Did you mean `field-acv-low`?"],
        ),
    ]);
}

#[test]
fn fields_say_what_a_plan_may_hold_and_how_a_rule_reads_it() {
    check(&[
        (
            "fields",
            0,
            &[
                "pricing: for each segment",
                "pricing.commitment",
                "How is it sold?",
            ],
        ),
        (
            "fields pricing.commitment",
            0,
            &[
                "pricing.commitment (one choice; for each segment)",
                "Which commitment does a customer sign?",
                "choices: none, monthly, annual, multi_year",
                "in a rule: pricing.commitment == \"none\"",
            ],
        ),
        ("fields acv", 0, &["pricing.acv (money a year"]),
        (
            "fields plan",
            0,
            &["plan.stage (one choice; once for the whole plan)"],
        ),
        (
            "fields sales.cycle_lenght",
            2,
            &["There is no field and no part of the plan `sales.cycle_lenght`"],
        ),
        (
            "fields pricing.prise",
            2,
            &["Did you mean `pricing.price`?"],
        ),
    ]);
    outside(async || {
        let told = json(&["fields", "--format", "json"]).await;
        let all = told["fields"].as_array().expect("a list");
        assert_eq!(all.len(), gtm_advisor::plan::fields().len());
        let cycle = all.iter().find(|it| it["name"] == "sales.cycle");
        let cycle = cycle.expect("the cycle");
        has_keys(
            cycle,
            &[
                "name",
                "component",
                "level",
                "kind",
                "unit",
                "choices",
                "question",
            ],
        );
        assert_eq!(
            (&cycle["level"], &cycle["kind"], &cycle["unit"]),
            (&"segment".into(), &"days".into(), &"days".into())
        );
    });
}

#[test]
fn one_rule_is_told_also_where_it_passes_or_waits() {
    check(&[
        (
            "check plan.toml --rule payback-long",
            0,
            &["payback-long finds something.", "advice: "],
        ),
        (
            "check other.toml --rule low-price-enterprise-motion",
            0,
            &["low-price-enterprise-motion does not apply."],
        ),
        (
            "check other.toml --rule payback-long",
            0,
            &[
                "payback-long is unknown.",
                "unknown: Waits for CAC",
                "To decide it: ",
            ],
        ),
        (
            "check plan.toml --rule low-price-enterprise-motion",
            1,
            &["error: You sell with a field team"],
        ),
        (
            "check plan.toml --rule low-price-entreprise-motion",
            2,
            &[
                "There is no rule of the name",
                "Did you mean `low-price-enterprise-motion`?",
            ],
        ),
        (
            "explain no-such-thing-here",
            2,
            &["There is no rule of the name `no-such-thing-here`"],
        ),
    ]);
}

#[test]
fn own_rules_are_explained_listed_and_kept_apart_from_built_in_ones() {
    outside(async || {
        let folder = tempfile::tempdir().expect("a folder");
        let at = folder.path();
        let (_, page) = says_in(at, &["rules", "new", "fit/our-deals"]).await;
        for folder in ["ours/fit", "ours/house-rules", "taken/fit", "flat"] {
            std::fs::create_dir_all(at.join(folder)).expect("a folder");
        }
        write(&at.join("ours/fit"), "our-deals.md", &page);
        write(&at.join("ours/house-rules"), "our-size.md", &page);
        write(&at.join("ours"), "README.md", "What is here.");
        write(&at.join("flat"), "our-deals.md", &page);
        write(&at.join("taken/fit"), "field-acv-low.md", &page);
        for (words, status, expected) in [
            ("rules test ours", 0, "2 pages keep what they promise."),
            (
                "rules test ours/fit flat",
                1,
                "another page is called `our-deals` too",
            ),
            (
                "rules list --short --rules ours",
                0,
                "house-rules\n  our-size",
            ),
            (
                "rules list house-rules --rules ours",
                0,
                "house-rules/our-size (advice",
            ),
            (
                "rules house-rules --rules ours",
                0,
                "house-rules\n  our-size",
            ),
            (
                "explain our-deals --rules ours",
                0,
                "our-deals (fit, advice)",
            ),
            (
                "explain our-deals",
                2,
                "There is no rule of the name `our-deals`",
            ),
            (
                "check plan.toml --rules ours/fit/our-deals.md --rule our-deals",
                0,
                "our-deals finds something.",
            ),
            (
                "check plan.toml --rules flat --rule our-deals",
                0,
                "our-deals finds something.",
            ),
            (
                "check plan.toml --rules plan.toml",
                2,
                "plan.toml: a rule's page ends in .md",
            ),
            (
                "check plan.toml --rules nowhere",
                2,
                "nowhere: no such file or folder",
            ),
            (
                "rules test taken",
                1,
                "`field-acv-low` is the name of a rule that comes with the program; choose another",
            ),
            ("rules test taken/fit/field-acv-low.md", 1, "choose another"),
        ] {
            let words: Vec<_> = words.split(' ').collect();
            let (code, said) = says_in(at, &words).await;
            assert_eq!(code, Some(status), "{words:?}: {said}");
            assert!(said.contains(expected), "{words:?}: {said}");
        }
    });
}

#[test]
fn the_pages_of_the_program_are_tested_as_they_would_run() {
    outside(async || {
        let at = Path::new(env!("CARGO_MANIFEST_DIR"));
        let ended = Binary::start(&["rules", "test", "rules"], &[], at)
            .ended()
            .await;
        assert_eq!(ended.code(), Some(0), "{}", ended.output);
        let alone = ["rules", "test", "rules/fit/low-price-enterprise-motion.md"];
        let ended = Binary::start(&alone, &[], at).ended().await;
        assert_eq!(ended.output, "1 page keeps what it promises.");
    });
}

/// What a server judges by, the command line judges by, too.
#[test]
fn the_variable_of_a_server_names_own_rules_on_the_command_line() {
    outside(async || {
        let folder = tempfile::tempdir().expect("a folder");
        let at = folder.path();
        let (_, page) = says_in(at, &["rules", "new", "fit/our-deals"]).await;
        for ours in ["ours/fit", "others/fit"] {
            std::fs::create_dir_all(at.join(ours)).expect("a folder");
        }
        write(&at.join("ours/fit"), "our-deals.md", &page);
        write(&at.join("others/fit"), "our-others.md", &page);
        let run = async |words: &[&str], named: &str| {
            let settings = [("GTM_RULES_DIR", named)];
            let ended = Binary::start(words, &settings, at).ended().await;
            (ended.code(), ended.output)
        };
        for (words, expected) in [
            ("rules", "our-deals"),
            ("rules list fit", "fit/our-deals (advice;"),
            ("explain our-deals", "our-deals (fit, advice)"),
            (
                "check plan.toml --rule our-deals",
                "our-deals finds something.",
            ),
            ("what-if plan.toml sales.motion=plg", "our-deals"),
            (
                "check plan.toml --rules others --rule our-others",
                "our-others finds something.",
            ),
        ] {
            let words: Vec<_> = words.split(' ').collect();
            let (_, said) = run(&words, "ours").await;
            assert!(said.contains(expected), "{words:?}: {said}");
        }
        // A page that breaks its promises is found where the variable has it.
        std::fs::create_dir_all(at.join("broken/fit")).expect("a folder");
        let broken = page.replace("when = 'deal_value <", "when = 'deal_value >");
        write(&at.join("broken/fit"), "our-broken.md", &broken);
        let (_, said) = run(&["check", "plan.toml"], "broken").await;
        let expected = "gtm-advisor rules test broken says which";
        assert!(said.contains(expected), "{said}");
        // The option goes before the variable, and an empty one names nothing.
        let check = [
            "check",
            "plan.toml",
            "--rules",
            "others",
            "--rule",
            "our-deals",
        ];
        let (code, said) = run(&check, "ours").await;
        assert_eq!(code, Some(2), "{said}");
        let (code, said) = run(&["check", "plan.toml", "--rule", "our-deals"], "").await;
        assert_eq!(code, Some(2), "{said}");
        assert!(said.contains("or GTM_RULES_DIR"), "{said}");
        let (code, said) = run(&["check", "plan.toml"], "nowhere").await;
        assert_eq!(code, Some(2), "{said}");
        let expected = "GTM_RULES_DIR: nowhere: no such file or folder";
        assert!(said.contains(expected), "{said}");
    });
}
