//! What the rules say about their own examples, all of it on one page to be read aloud:
//! `docs/messages.md`. A change of any word shows there; `BLESS=1` writes the page anew.

use std::fmt::Write;
use std::path::Path;

use super::*;

const OPENING: &str = "\
# What the rules say

Each rule on the examples of its page: what it finds and proposes, what it says where all is well, and what it waits for.
A test writes this page (`BLESS=1 cargo test messages`) and fails where it is not what the rules say now.
";

/// One rule's messages, each once, in the order of its examples.
fn of_rule(rule: &Rule) -> String {
    let mut lines: Vec<String> = Vec::new();
    for example in rule.examples() {
        let line = line(&pages::outcome_of(rule, example));
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    format!(
        "\n### {}: {}\n\n{}",
        rule.slug(),
        rule.title(),
        lines.concat()
    )
}

fn line(result: &RuleResult) -> String {
    let label = match result.outcome {
        Outcome::Finding => result.severity.as_str(),
        other => other.as_str(),
    };
    let mut line = format!("- *{}*: {}\n", label.replace('_', " "), result.message);
    if let Some(fix) = &result.fix {
        let _ = writeln!(line, "  - to change: {}", fix.text);
        for set in &fix.set {
            let _ = writeln!(line, "  - sets {} to {}", set.field, set.value);
        }
    }
    if let Some(note) = &result.note {
        let _ = writeln!(line, "  - note: {note}");
    }
    line
}

#[test]
fn the_page_of_messages_is_what_the_rules_say() {
    let mut page = OPENING.to_owned();
    let mut category = "";
    for rule in RULES.rules() {
        if rule.category() != category {
            category = rule.category();
            let _ = write!(page, "\n## {category}\n");
        }
        page.push_str(&of_rule(rule));
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/messages.md");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, page).expect("the page is written");
        return;
    }
    let known = std::fs::read_to_string(&path).unwrap_or_default();
    let differs = known
        .lines()
        .zip(page.lines())
        .find(|(old, new)| old != new);
    assert!(
        known == page,
        "docs/messages.md is not what the rules say; read the difference after BLESS=1. First: {differs:?}"
    );
}
