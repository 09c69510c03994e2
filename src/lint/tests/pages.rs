//! The pages themselves: format, faults with their place, examples.

use std::collections::BTreeSet;
use std::path::Path;

use super::*;

/// A page that is right in everything; tests break one thing of it each.
const PAGE: &str = r#"+++
severity = "warning"
confidence = { direction = "high", number = "medium" }
applies = 'sales.motion == "field"'
when = 'deal_value <= params.max_acv'
pass = 'Fine.'

[params.max_acv]
unit = "money_per_year"
default = "$100k"
range = ["$5k", "$1M"]
why = "A reason."

[[say]]
text = 'You sell for {deal_value}.'
+++
# A title

## What it checks

Something.

## Why it matters

Because.

## What to change

That.

## Sources

- `gtm-framework#sales-motion-types`: the motions
- `somewhere#page` <https://example.com/page>: more

## Examples

```toml finding
[segment.main]
sales.motion = "field"
pricing.acv = "$5k"
```

```toml pass
[segment.main]
sales.motion = "field"
pricing.acv = "$500k"
```

```toml unknown
[segment.main]
sales.motion = "field"
```
"#;

fn load(page: &str) -> Result<RuleSet, Vec<PageError>> {
    RuleSet::load(&[("fit/some-rule.md", page)])
}

/// Breaks the page by putting `new` in place of `old` and checks where and what the error is.
#[track_caller]
fn refuses(old: &str, new: &str, expected: &str) {
    assert!(PAGE.contains(old), "{old}");
    let errors = load(&PAGE.replacen(old, new, 1)).expect_err(new);
    let [error] = errors.as_slice() else {
        panic!("one error was expected: {errors:?}")
    };
    assert_eq!(error.to_string(), format!("fit/some-rule.md:{expected}"));
}

#[test]
fn a_page_is_what_it_says() {
    let rules = load(PAGE).expect("a good page");
    let rule = rules.get("some-rule").expect("the rule");
    assert_eq!((rule.title(), rule.category()), ("A title", "fit"));
    assert_eq!(rule.scope(), Scope::Segment);
    assert_eq!(
        rule.fields(),
        [
            "pricing.price",
            "pricing.per",
            "pricing.seats",
            "pricing.acv",
            "sales.motion"
        ]
    );
    let texts: Vec<_> = rule.sections().take(3).map(|(_, text)| text).collect();
    assert_eq!(texts, ["Something.", "Because.", "That."]);
    assert_eq!(
        rule.sources()[1].url.as_deref(),
        Some("https://example.com/page")
    );
    let param = &rule.params()[0];
    assert_eq!(
        (param.unit.as_str(), param.default.as_str()),
        ("money a year", "$100,000 a year")
    );
    assert_eq!(rule.examples().len(), 3);
}

#[test]
fn a_rule_about_the_plan_says_of_which_segments_it_reads() {
    refuses(
        "severity = ",
        "level = \"plan\"\nseverity = ",
        "2:1: a rule about the whole plan reads `sales.motion` of no segment; \
         write `any(segments, …)`",
    );
}

#[test]
fn mistakes_in_expressions_have_line_and_column() {
    refuses(
        "sales.motion ==",
        "sales.moton ==",
        "4:12: no name `sales.moton`; did you mean `sales.motion`?",
    );
    refuses(
        "== \"field\"'",
        "== \"feild\"'",
        "4:28: no choice `feild`; did you mean `field`?",
    );
    refuses(
        "deal_value <= params.max_acv",
        "deal_value <= sales.meetings",
        "5:9: the left is money a year, the right is a number: they cannot be compared",
    );
    refuses(
        "params.max_acv'",
        "params.max'",
        "5:23: no name `params.max`; did you mean `params.max_acv`?",
    );
    refuses(
        "deal_value <= params.max_acv",
        "deal_value <=",
        "5:22: the expression ends too early",
    );
    refuses(
        "{deal_value}",
        "{deal_valeu}",
        "15:23: no name `deal_valeu`; did you mean `deal_value`?",
    );
    refuses(
        "{deal_value}",
        "{deal_value",
        "15:22: this brace is never closed",
    );
}

#[test]
fn mistakes_in_front_matter_have_line_and_column() {
    refuses(
        "+++\nseverity",
        "severity",
        "1:1: a page begins with a line `+++`",
    );
    refuses(
        "\n+++\n# A",
        "\n# A",
        "53:1: the front matter ends with a line `+++`",
    );
    refuses(
        "severity = \"warning\"",
        "severity = \"grave\"",
        "2:12: no severity `grave`; write advice, warning, error",
    );
    refuses(
        "money_per_year",
        "money_a_year",
        "9:9: no unit `money_a_year`; write number, percent, days, months, money, money_per_year or the name of a set field",
    );
    refuses(
        "default = \"$100k\"",
        "default = \"$2M\"",
        "10:12: $2,000,000 a year lies outside the range of `max_acv`, $5,000 a year to $1,000,000 a year",
    );
    refuses(
        "pass = 'Fine.'",
        "pass = 'Fine.'\nfolds = ['other-rule']",
        "1:1: `folds` or `softens` names `other-rule`, which no page has",
    );
    refuses(
        "pass = 'Fine.'",
        "pass = 'Fine.'\nabsent_from = 'seed'",
        "7:16: no stage `seed`",
    );
    refuses(
        "[[say]]",
        "[[fix]]\ntext = 'x'\nset = [{ field = 'sales.moton', value = 'plg' }]\n[[say]]",
        "16:19: no field `sales.moton`; did you mean `sales.motion`?",
    );
}

#[test]
fn what_the_front_matter_lacks_is_said_in_the_words_of_the_page() {
    refuses(
        "default = \"$100k\"",
        "default = 60",
        "10:11: `default` takes text in quotes: write `default = \"$60\"`",
    );
    refuses(
        "unit = \"money_per_year\"",
        "unit = \"percent\"",
        "10:12: the unit is `percent`, and `$100k` does not read as that: write \"25%\", or another unit",
    );
    refuses(
        "when = '",
        "wen = '",
        "5:1: no key `wen`; did you mean `when`?",
    );
    refuses(
        "pass = 'Fine.'\n",
        "",
        "2:1: the key `pass` is missing; write `pass = 'A deal brings {deal_value}.'`",
    );
    refuses(
        "direction = \"high\"",
        "direction = \"sure\"",
        "3:28: no confidence `sure`; write low, medium, high",
    );
    refuses(
        "[[say]]",
        "[say]",
        "14:1: there may be several: write `[[say]]`, with two brackets on either side",
    );
    refuses(
        "applies = 'sales.motion == \"field\"'",
        "applies = \"sales.motion == \"field\"\"",
        "4:29: what holds double quotes stands in single ones: `applies = 'sales.motion == \"field\"'`",
    );
}

#[test]
fn mistakes_in_the_body_have_line_and_column() {
    refuses(
        "## Why it matters",
        "## Why",
        "23:1: expected `## Why it matters`, found `Why`",
    );
    refuses(
        "\nBecause.\n",
        "",
        "23:1: the section `## Why it matters` is empty",
    );
    refuses("# A title\n", "", "18:1: the page begins with `# Title`");
    refuses(
        "- `gtm-framework#sales",
        "- `gtm-framework sales",
        "33:1: a source is written ``- `id#section`: what it says``",
    );
    refuses(
        "```toml unknown",
        "```toml pass",
        "36:12: an example marked `unknown` is missing",
    );
    refuses(
        "```toml unknown",
        "```toml perhaps",
        "50:1: an example is fenced as ```toml finding, ```toml finding error, ```toml pass, \
         ```toml unknown or ```toml not_applicable",
    );
}

#[test]
fn an_absence_rule_may_show_whom_it_does_not_concern_in_place_of_what_is_unknown() {
    let absence = PAGE.replace("pass = ", "absent_from = 'gtm_fit'\npass = ");
    let other = absence.replace("toml unknown", "toml not_applicable");
    assert!(load(&absence).is_ok() && load(&other).is_ok());
    let neither = absence.replace("toml unknown", "toml pass");
    let errors = load(&neither).expect_err("no third example");
    assert!(
        errors[0].message.contains("`unknown` is missing"),
        "{}",
        errors[0]
    );
    let plain = PAGE.replace("toml unknown", "toml not_applicable");
    assert!(load(&plain).is_err());
}

#[test]
fn one_page_cannot_take_the_name_of_another_nor_fold_in_a_circle() {
    let pages = [("fit/one.md", PAGE), ("target/one.md", PAGE)];
    let errors = RuleSet::load(&pages).expect_err("the same slug twice");
    assert_eq!(
        errors[0].to_string(),
        "target/one.md:1:1: another page is called `one` too"
    );
    let one = PAGE.replace("pass = ", "folds = ['two']\npass = ");
    let two = PAGE.replace("pass = ", "folds = ['one']\npass = ");
    let pages = [("fit/one.md", one.as_str()), ("fit/two.md", two.as_str())];
    let errors = RuleSet::load(&pages).expect_err("a circle");
    let expected = "`one` folds itself by way of `two`; of two rules that say the same let only the stronger fold the other";
    assert_eq!(errors[0].message, expected);
}

#[test]
fn every_fault_of_every_page_is_reported_at_once() {
    let bad = PAGE.replace("deal_value <=", "deal_velue <=");
    let pages = [
        ("fit/one.md", bad.as_str()),
        ("fit/two.md", "no page"),
        ("x.md", PAGE),
    ];
    let errors = RuleSet::load(&pages).expect_err("three bad pages");
    let paths: Vec<_> = errors.iter().map(|error| error.path.as_str()).collect();
    assert_eq!(paths, ["fit/one.md", "fit/two.md", "x.md"]);
}

#[test]
fn the_hash_follows_the_pages() {
    let one = load(PAGE).expect("a page");
    let two = load(&PAGE.replace("Because.", "Because!")).expect("a page");
    assert_eq!(one.hash(), load(PAGE).expect("a page").hash());
    assert_ne!(one.hash(), two.hash());
    assert_eq!(one.hash().len(), 16);
}

/// What a rule says about an example: of several segments the one that says most.
pub(super) fn outcome_of(rule: &Rule, example: &Example) -> RuleResult {
    let told = example.told(TODAY).unwrap_or_else(|error| {
        panic!("{}, example in line {}: {error}", rule.slug(), example.line)
    });
    let results = check(&RULES, told.subject(), &Thresholds::default(), TODAY);
    let mut results = results
        .into_iter()
        .filter(|result| result.rule == *rule.slug());
    results.next().expect("a result of each rule")
}

#[test]
fn every_example_is_as_its_page_says() {
    for rule in RULES.rules() {
        for example in rule.examples() {
            let result = outcome_of(rule, example);
            let place = format!("{}, example in line {}", rule.slug(), example.line);
            assert_eq!(
                result.outcome, example.outcome,
                "{place}: {}",
                result.message
            );
            if let Some(severity) = example.severity {
                assert_eq!(result.severity, severity, "{place}: {}", result.message);
            }
            let found = result.outcome == Outcome::Finding;
            assert_eq!(result.fix.is_some(), found, "{place}");
            assert_ne!(result.message, rule.title(), "{place}: no wording fits");
            let waits = result.outcome == Outcome::Unknown;
            assert!(
                !waits || !result.missing.is_empty(),
                "{place}: waits for nothing"
            );
        }
    }
}

#[test]
fn every_fix_sets_what_its_field_takes() {
    for rule in RULES.rules() {
        for example in rule.examples() {
            for set in outcome_of(rule, example)
                .fix
                .into_iter()
                .flat_map(|fix| fix.set)
            {
                let context = ParseContext {
                    currency: Currency::USD,
                    today: TODAY,
                };
                let field = field(set.field).expect("a field of the catalogue");
                let value = field
                    .parse(&set.value, &context)
                    .expect("a value of the field");
                assert_eq!(set.normalised(), Some(value), "{}", rule.slug());
                let of_segment = field.level == crate::plan::Level::Segment;
                let expected = of_segment.then(Segment::main);
                assert_eq!(set.segment, expected, "{}", rule.slug());
            }
        }
    }
}

/// `include_dir` embeds what was there at the last build; this fails if a page was left out.
#[test]
fn what_is_embedded_is_what_is_on_disk() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let mut on_disk = BTreeSet::new();
    for category in std::fs::read_dir(root).expect("the rules").flatten() {
        let Ok(pages) = std::fs::read_dir(category.path()) else {
            continue;
        };
        for page in pages.flatten() {
            let name = page.file_name().into_string().expect("a plain name");
            on_disk.insert(name.trim_end_matches(".md").to_owned());
        }
    }
    let loaded = RULES.rules().iter().map(|rule| rule.slug().to_string());
    assert_eq!(on_disk, loaded.collect::<BTreeSet<_>>());
}

#[test]
fn every_page_fixes_what_it_finds_and_says_why_a_threshold_may_change() {
    for rule in RULES.rules() {
        assert!(!rule.fix.is_empty(), "{} proposes nothing", rule.slug());
        for param in rule.params() {
            assert!(param.why.len() > 20, "{}: {}", rule.slug(), param.name);
        }
    }
}

#[test]
fn every_source_that_a_page_cites_is_listed() {
    let rules = RuleSet::built_in().expect("the pages load");
    for rule in rules.rules() {
        for source in rule.sources() {
            let listed = crate::sources::source(&source.id).is_some();
            assert!(listed, "{} cites {}", rule.slug(), source.id);
        }
    }
}

#[test]
fn the_guide_lists_every_unit_confidence_and_severity() {
    const GUIDE: &str = include_str!("../../../CONTRIBUTING.md");
    let listed: Vec<_> = GUIDE
        .lines()
        .skip_while(|line| !line.starts_with("| unit |"))
        .skip(2)
        .map_while(|line| line.strip_prefix("| `")?.split('`').next())
        .collect();
    assert_eq!(listed, crate::lint::units());
    for words in [
        crate::lint::Confidence::ALL.map(crate::lint::Confidence::as_str),
        Severity::ALL.map(Severity::as_str),
    ] {
        let [one, two, three] = words;
        let all = format!("`{one}`, `{two}` or `{three}`");
        assert!(GUIDE.contains(&all), "{all}");
    }
}

#[test]
fn what_the_guide_writes_for_a_unit_is_read_as_one() {
    const GUIDE: &str = include_str!("../../../CONTRIBUTING.md");
    let rows = GUIDE
        .lines()
        .skip_while(|line| !line.starts_with("| unit |"))
        .skip(2)
        .take_while(|line| line.starts_with("| `"));
    for row in rows {
        let cells: Vec<_> = row
            .split('|')
            .map(|cell| cell.trim().trim_matches('`'))
            .collect();
        let (unit, value, expression) = (cells[1], cells[2], cells[3]);
        let page = PAGE
            .replace("\"money_per_year\"", &format!("\"{unit}\""))
            .replace("default = \"$100k\"", &format!("default = {value}"))
            .replace("range = [\"$5k\", \"$1M\"]\n", "")
            .replace(
                "deal_value <= params.max_acv",
                &format!("params.max_acv == {expression}"),
            );
        let rules = load(&page);
        assert!(rules.is_ok(), "{row}: {rules:?}");
    }
}
