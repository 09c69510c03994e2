//! What authors are told of functions and keys: each line works, and the guide beside the pages tells
//! the same ones.

use std::collections::BTreeSet;

use super::*;
use crate::lint::{functions, keys};

/// A page that asks or tells an expression.
fn page(when: &str, text: &str) -> String {
    format!(
        "+++\nseverity = \"advice\"\nconfidence = {{ direction = \"low\", number = \"low\" }}\n\
         when = '{when}'\npass = 'Fine.'\n\n[[say]]\ntext = '{text}'\n+++\n# A title\n\n\
         ## What it checks\n\nThis.\n\n## Why it matters\n\nBecause.\n\n## What to change\n\nThat.\n\n\
         ## Sources\n\n- `our-handbook#rules`: ours\n\n## Examples\n\n\
         ```toml finding\n```\n\n```toml pass\n```\n\n```toml unknown\n```\n"
    )
}

#[test]
fn every_example_of_a_function_works_as_it_stands() {
    for line in functions() {
        let page = if line.gives.starts_with("for a message") {
            page("sales.reps > 1", &format!("{{{}}}", line.example))
        } else {
            page(line.example, "Something.")
        };
        let loaded = RuleSet::load(&[("fit/some-rule.md", page.as_str())]);
        assert!(loaded.is_ok(), "{}: {loaded:?}", line.example);
        assert!(line.example.contains(line.name()), "{}", line.call);
    }
}

/// The names in back-ticks in the first column of a table, without what stands in parentheses.
fn first_column(guide: &str, heading: &str) -> BTreeSet<String> {
    let rows = guide
        .lines()
        .skip_while(|line| !line.starts_with(heading))
        .skip(2)
        .take_while(|line| line.starts_with('|'));
    let cells = rows.filter_map(|row| row.split('|').nth(1));
    let names = cells.flat_map(|cell| cell.split('`').skip(1).step_by(2));
    let names = names.map(|name| name.split('(').next().unwrap_or_default());
    names.map(str::to_owned).collect()
}

#[test]
fn the_guide_beside_the_pages_tells_the_same_functions() {
    const GUIDE: &str = include_str!("../../../rules/README.md");
    let told: BTreeSet<_> = functions().iter().map(|it| it.name().to_owned()).collect();
    assert_eq!(first_column(GUIDE, "| function |"), told);
    let keys = keys().iter().filter(|line| line.within.is_empty());
    let told = first_column(GUIDE, "| key |");
    for line in keys {
        let is_it = |told: &String| told.trim_matches(['[', ']']).starts_with(line.key);
        assert!(told.iter().any(is_it), "{}", line.key);
    }
}
