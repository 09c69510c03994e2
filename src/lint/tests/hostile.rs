//! Rules that mean harm: refused at load or stopped within a budget that the message names.

use super::*;
use crate::lint::{LARGEST_OWN, MOST_EXAMPLES, MOST_OWN};

fn page(front: &str) -> String {
    format!(
        "+++\nseverity = 'warning'\nconfidence = {{ direction = 'high', number = 'low' }}\n\
         pass = 'Fine.'\n{front}\n[[say]]\ntext = 'Found.'\n[[fix]]\ntext = 'Mend it.'\n+++\n\
         # Title\n\n## What it checks\n\nA.\n\n## Why it matters\n\nB.\n\n## What to change\n\nC.\n\n\
         ## Sources\n\n- `ours#title`: d\n\n## Examples\n\n```toml finding\n```\n\n\
         ```toml pass\n```\n\n```toml unknown\n```\n"
    )
}

#[track_caller]
fn refused(front: &str, budget: &str) {
    let page = page(front);
    let errors = RULES
        .with_own(&[("fit/ours.md", page.as_str())])
        .expect_err("it is refused");
    assert!(errors[0].message.contains(budget), "{}", errors[0]);
}

#[test]
fn what_is_too_deep_too_long_or_unknown_is_refused_at_load() {
    let nested = format!("when = '{}true{}'", "(".repeat(400), ")".repeat(400));
    refused(&nested, "nested deeper than 32 levels");
    let choices = "\"plg\", ".repeat(400);
    let list = format!("when = 'sales.motion in [{choices}\"plg\"]'");
    refused(&list, "at most 2000 characters");
    refused("when = 'icp.segment.matches(\"(a+)+$\")'", "found `(`");
    refused("when = 'matches(icp.industry, \"(a+)+$\")'", "`matches`");
}

#[test]
fn shorthands_that_double_each_other_are_refused_at_load() {
    let mut wide = String::from("when = 'a30 > 0'\n[let]\na0 = 'plan.customers'\n");
    let mut deep = String::from("when = 'a40 > 0'\n[let]\na0 = 'plan.customers'\n");
    for n in 0..40 {
        let next = n + 1;
        wide.extend([format!("a{next} = 'a{n} + a{n}'\n")]);
        deep.extend([format!("a{next} = 'a{n} + 1'\n")]);
    }
    refused(&wide, "more than 2000 parts");
    refused(&deep, "nested deeper than 32 levels");
}

#[test]
fn pages_have_a_size_and_a_number() {
    let long = format!("when = 'true' # {}", "x".repeat(LARGEST_OWN));
    refused(&long, "32768 are the most");
    let page = page("when = 'plan.customers > 3'");
    let paths: Vec<String> = (0..=MOST_OWN).map(|n| format!("fit/ours-{n}.md")).collect();
    let pages: Vec<_> = paths
        .iter()
        .map(|path| (path.as_str(), page.as_str()))
        .collect();
    let errors = RULES.with_own(&pages).expect_err("too many");
    assert!(
        errors[0].message.contains("50 are the most"),
        "{}",
        errors[0]
    );
}

#[test]
fn an_endless_comprehension_is_stopped_and_says_which_budget() {
    let items: Vec<String> = (0..20).map(|n| format!("item{n}")).collect();
    let plan = plan(&format!("icp.exclusions: {}", items.join(", ")));
    let front = "when = 'any(icp.exclusions, a, any(icp.exclusions, b, any(icp.exclusions, c, a == b && b == c && a != c)))'";
    let page = page(front);
    let rules = RULES
        .with_own(&[("fit/ours.md", page.as_str())])
        .expect("nothing is wrong with its form");
    let results = check(&rules, &plan, &Thresholds::default(), TODAY);
    let ours = results.iter().find(|it| it.rule.as_str() == "ours");
    let ours = ours.expect("it has a result");
    assert_eq!(ours.outcome, Outcome::Unknown);
    assert_eq!(
        ours.message,
        "Cannot be decided: it takes more than 20000 steps, the most that a rule has"
    );
}

/// Whoever reads a message sees all of it, in the order in which it stands there.
#[test]
fn what_is_invisible_or_turns_words_round_is_refused_with_its_place() {
    let cases = [
        (
            "when = 'plan.customers > 3' # \u{202e}",
            "5:31: the letter U+202E",
        ),
        (
            "when = 'plan.customers > 3'\n[let]\nx = \"1 \\u200B\"",
            "7:5: the letter U+200B",
        ),
        (
            "when = 'plan.customers > 3'\n[params.p]\nunit = 'number'\ndefault = '1'\nwhy = \"\\U0001D173 \\u001b[31m\"",
            "9:7: the letter U+001B",
        ),
    ];
    for (front, expected) in cases {
        let page = page(front);
        let errors = RULES.with_own(&[("fit/ours.md", page.as_str())]);
        let told = errors.expect_err("it is refused")[0].to_string();
        assert!(
            told.starts_with(&format!("fit/ours.md:{expected}")),
            "{told}"
        );
    }
    for letter in ['\u{2066}', '\u{feff}', '\u{ad}', '\u{7}', '\u{e0041}'] {
        let page =
            page("when = 'plan.customers > 3'").replace("# Title", &format!("# Ti{letter}tle"));
        let errors = RULES.with_own(&[("fit/ours.md", page.as_str())]);
        let told = errors.expect_err("it is refused")[0].to_string();
        assert!(told.contains(":11:5: the letter U+"), "{told}");
    }
    // What people really write stands.
    let page =
        page("when = 'plan.customers > 3'").replace("# Title", "# Größe, naïveté, 価格 ⚠\u{fe0f}");
    RULES
        .with_own(&[("fit/ours.md", page.as_str())])
        .expect("nothing is hidden in it");
}

#[test]
fn an_address_that_is_none_is_refused() {
    let page = page("when = 'plan.customers > 3'")
        .replace("`ours#title`", "`ours#title` <javascript:alert(1)>");
    let errors = RULES
        .with_own(&[("fit/ours.md", page.as_str())])
        .expect_err("no address");
    assert!(
        errors[0]
            .message
            .contains("`javascript:alert(1)` is no address"),
        "{}",
        errors[0]
    );
}

#[test]
fn examples_have_a_number() {
    let more = "\n```toml pass\n```\n".repeat(MOST_EXAMPLES);
    let page = page("when = 'plan.customers > 3'") + &more;
    let errors = RULES
        .with_own(&[("fit/ours.md", page.as_str())])
        .expect_err("too many");
    assert!(
        errors[0]
            .message
            .contains("has 43 examples; 40 are the most"),
        "{}",
        errors[0]
    );
}

/// The steps that all own rules have together are shared out: the more of them and the more segments,
/// the fewer for each, and nobody else pays.
#[test]
fn own_rules_share_their_steps_and_starve_nobody() {
    let nested = "any(segments, any(segments, plan.customers > 3 && plan.customers < 2))";
    let greedy = page(&format!("level = 'plan'\nwhen = '{nested}'"));
    let modest = page("when = 'plan.customers > 3'");
    let paths: Vec<String> = (0..MOST_OWN)
        .map(|n| format!("fit/ours-{n:02}.md"))
        .collect();
    let pages: Vec<_> = paths
        .iter()
        .enumerate()
        .map(|(n, path)| {
            (
                path.as_str(),
                if n == 0 {
                    modest.as_str()
                } else {
                    greedy.as_str()
                },
            )
        })
        .collect();
    let rules = RULES
        .with_own(&pages)
        .expect("nothing is wrong with their form");
    let mut plan = plan("plan.customers: 4");
    for n in 0..99 {
        let segment = crate::plan::Segment::parse(&format!("s{n}")).expect("a name");
        for change in crate::plan::add_segment(&plan, &segment, &author()).expect("it is new") {
            plan.apply(&change).expect("a change made against the plan");
        }
    }
    let results = check(&rules, &plan, &Thresholds::default(), TODAY);
    let of = |slug: &str| {
        results
            .iter()
            .find(|it| it.rule.as_str() == slug)
            .expect("a result")
    };
    assert_eq!(of("ours-00").outcome, Outcome::Finding);
    assert_eq!(of("ours-01").outcome, Outcome::Unknown);
    assert_eq!(
        of("ours-01").message,
        "Cannot be decided: it takes more than 1010 steps, the most that a rule of your own has on a plan of this size"
    );
    let built_in = check(&RULES, &plan, &Thresholds::default(), TODAY);
    let others: Vec<_> = results
        .iter()
        .filter(|it| !it.rule.as_str().starts_with("ours-"))
        .cloned()
        .collect();
    assert_eq!(others, built_in);
    // A part of the set judges as the whole.
    let part = check(
        &rules.concerning("plan.customers"),
        &plan,
        &Thresholds::default(),
        TODAY,
    );
    let found = part
        .iter()
        .find(|it| it.rule.as_str() == "ours-01")
        .expect("a result");
    assert_eq!(found, of("ours-01"));
}

#[test]
fn a_text_that_names_a_number_of_its_own_is_refused_with_its_place_and_what_to_write() {
    let begin = crate::lint::NEW_PAGE;
    let check = |from: &str, to: &str, expected: Option<&str>| {
        assert!(begin.contains(from), "{from}");
        let page = begin.replacen(from, to, 1);
        let loaded = RULES.with_own(&[("fit/ours.md", page.as_str())]);
        let told = loaded.map(drop).map_err(|errors| errors[0].to_string());
        assert_eq!(told.err().as_deref(), expected, "{to}");
    };
    let least = "a text names numbers of the plan and thresholds only, in braces: `{params.least}`";
    let problem = |place: &str, number: &str| {
        format!("fit/ours.md:{place}: `{number}` is a number of its own; {least}")
    };
    let said = problem("15:81", "30k");
    check("we ask for {params.least}", "we ask for $30k", Some(&said));
    let mended = problem("18:42", "2");
    check("or sell a larger deal", "or sell 2 deals", Some(&mended));
    let passed = problem("6:16", "3");
    check(
        "A deal brings {deal_value}",
        "One of 3 brings {deal_value}",
        Some(&passed),
    );
    let literal = problem("15:81", "usd(100)");
    check(
        "we ask for {params.least}",
        "we ask for {usd(100)}",
        Some(&literal),
    );
    let heading = problem("20:22", "30k");
    check(
        "# The title of the rule",
        "# Deals of less than 30k",
        Some(&heading),
    );
    check(
        "which carries",
        "which by ISO 27001, in Q3 and 24/7, carries",
        None,
    );
    check(
        "{params.least} at least",
        "{params.least * 2} at least",
        None,
    );
}

#[test]
fn own_rules_name_each_other_and_no_rule_of_the_program() {
    let begin = crate::lint::NEW_PAGE;
    let page = |line: &str| begin.replacen("pass = ", &format!("{line}\npass = "), 1);
    let (folds, softens) = (page("folds = ['second']"), page("softens = ['first']"));
    let one = [("fit/first.md", folds.as_str())];
    let both = [one[0], ("fit/second.md", softens.as_str())];
    let error = |found: Result<RuleSet, Vec<PageError>>| {
        found.map(drop).expect_err("it is refused")[0].to_string()
    };
    assert_eq!(
        error(RULES.with_own(&one)),
        "fit/first.md:1:1: `folds` or `softens` names `second`, which no page has"
    );
    // A workspace gives its pages one after the other.
    let rules = RULES.with_own_one_by_one(&one).expect("the other may come");
    let awaited: Vec<_> = rules
        .awaited()
        .map(|(rule, name)| (rule.slug().as_str(), name))
        .collect();
    assert_eq!(awaited, [("first", "second")]);
    let rules = RULES.with_own_one_by_one(&both).expect("there it is");
    assert_eq!(rules.awaited().count(), 0);
    let ours = page("folds = ['field-acv-low']");
    let ours = [("fit/ours.md", ours.as_str())];
    for found in [RULES.with_own(&ours), RULES.with_own_one_by_one(&ours)] {
        let told = error(found);
        assert!(told.contains("`field-acv-low`"), "{told}");
    }
    assert!(error(RULES.with_own_one_by_one(&ours)).contains("comes with the program"));
}
