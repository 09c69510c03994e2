//! What the documents promise: links that lead somewhere, tests that exist, decisions in order.

use std::fs;

use super::source::{Keep, blanked, functions};
use super::{files, relative, root, sources};

/// All Markdown of the repository, with its path.
fn pages() -> Vec<(String, String)> {
    files(&root(), ".md")
        .iter()
        .map(|path| {
            (
                relative(path),
                fs::read_to_string(path).expect("a page is text"),
            )
        })
        .collect()
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The targets of a page's relative links, outside fenced code.
fn links(text: &str) -> Vec<String> {
    let prose: String = text.split("```").step_by(2).collect();
    prose
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next())
        .map(|target| target.split('#').next().unwrap_or_default().to_owned())
        .filter(|target| {
            !target.is_empty() && !target.contains("://") && !target.starts_with("mailto:")
        })
        .collect()
}

/// Names of tests that a section of a page points at: `` `name_of_a_test` `` with three words or more.
fn tests_named(section: &str) -> Vec<String> {
    let quoted = section.split('`').skip(1).step_by(2);
    quoted
        .filter(|word| {
            word.matches('_').count() >= 2
                && word
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        })
        .map(str::to_owned)
        .collect()
}

/// The part of a page below a heading, up to the next heading of the same rank.
fn section<'a>(page: &'a str, heading: &str) -> &'a str {
    let start = page
        .find(&format!("\n{heading}\n"))
        .unwrap_or_else(|| panic!("no heading {heading}"))
        + heading.len()
        + 2;
    let rank = heading.split(' ').next().unwrap_or_default();
    let rest = &page[start..];
    rest.find(&format!("\n{rank} "))
        .map_or(rest, |end| &rest[..end])
}

/// The numbers of decisions must follow each other from 1.
fn numbering_faults(names: &[String]) -> Vec<String> {
    names
        .iter()
        .enumerate()
        .filter(|(n, name)| !name.starts_with(&format!("{:04}-", n + 1)))
        .map(|(n, name)| format!("{name} is not number {:04}", n + 1))
        .collect()
}

/// Whether something that looks like a credential stands in a text.
fn holds_a_token(text: &str) -> bool {
    let beginnings = ["xoxb", "xoxp", "xoxa", "xoxe", "xapp", "xoxr"];
    beginnings.iter().any(|beginning| {
        text.match_indices(&format!("{beginning}-"))
            .any(|(at, found)| {
                let rest = &text[at + found.len()..];
                rest.chars()
                    .take_while(|c| c.is_ascii_alphanumeric() || *c == '-')
                    .count()
                    >= 6
            })
    })
}

#[test]
fn links_lead_somewhere() {
    let pages = pages();
    assert!(pages.len() >= 8, "only {} pages were found", pages.len());
    let mut faults = Vec::new();
    for (path, text) in &pages {
        let folder = root()
            .join(path)
            .parent()
            .expect("a page is in a folder")
            .to_owned();
        let dead = links(text)
            .into_iter()
            .filter(|target| !folder.join(target).exists());
        faults.extend(dead.map(|target| format!("{path}: {target} does not exist")));
        if text.lines().any(|line| line.starts_with("<<<<<<< ")) {
            faults.push(format!("{path}: a merge was left unfinished"));
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn invariants_name_tests_that_exist() {
    let known: Vec<String> = sources()
        .iter()
        .flat_map(|file| functions(&blanked(&file.text, Keep::Code)))
        .map(|function| function.name)
        .collect();
    let architecture = read("ARCHITECTURE.md");
    let security = read("SECURITY.md");
    for section in [
        section(&architecture, "## Invariants"),
        section(&security, "## What is stored"),
    ] {
        let named = tests_named(section);
        assert!(named.len() >= 3, "only {named:?} are named");
        for name in named {
            assert!(known.contains(&name), "no test is called `{name}`");
        }
    }
}

#[test]
fn the_documents_have_their_form() {
    let lines = read("ARCHITECTURE.md").lines().count();
    assert!(
        lines <= 200,
        "ARCHITECTURE.md has {lines} lines, 200 at most"
    );
    assert!(
        read("CHANGELOG.md").contains("\n## Unreleased\n"),
        "CHANGELOG.md has no `## Unreleased`"
    );
    let decisions: Vec<String> = files(&root().join("docs/adr"), ".md")
        .iter()
        .map(|path| relative(path).replace("docs/adr/", ""))
        .collect();
    assert!(!decisions.is_empty());
    assert_eq!(numbering_faults(&decisions), [""; 0]);
    for name in &decisions {
        let text = read(&format!("docs/adr/{name}"));
        for heading in [
            "\nStatus: ",
            "\n## Context\n",
            "\n## Decision\n",
            "\n## Consequences\n",
        ] {
            assert!(
                text.contains(heading),
                "docs/adr/{name} has no `{}`",
                heading.trim()
            );
        }
    }
}

#[test]
fn every_dependency_has_its_reason() {
    let manifest: toml::Table = read("Cargo.toml").parse().expect("a manifest");
    let reasons = read("docs/adr/0006-dependencies.md");
    for part in ["dependencies", "dev-dependencies"] {
        let table = manifest[part].as_table().expect("a table");
        let missing: Vec<&String> = table
            .keys()
            .filter(|name| !reasons.contains(&format!("| `{name}` |")))
            .collect();
        assert!(
            missing.is_empty(),
            "docs/adr/0006-dependencies.md says nothing about {missing:?}"
        );
    }
}

#[test]
fn nothing_that_looks_like_a_token_is_kept() {
    for ending in [
        ".rs",
        ".md",
        ".toml",
        ".yaml",
        ".json",
        ".sh",
        ".py",
        ".js",
        ".html",
        "justfile",
        "Dockerfile",
    ] {
        for path in files(&root(), ending) {
            let text = fs::read_to_string(&path).unwrap_or_default();
            assert!(
                !holds_a_token(&text),
                "{} holds something like a token",
                relative(&path)
            );
        }
    }
}

#[test]
fn these_checks_can_fail() {
    assert_eq!(
        links("[a](docs/a.md#b) [c](https://c.test) ```[d](e)``` [f](#g)"),
        ["docs/a.md"]
    );
    assert_eq!(
        tests_named("see `a_b_c` and `plan` and `two_words`"),
        ["a_b_c"]
    );
    assert_eq!(section("\n## A\nx\n### y\n## B\nz", "## A"), "x\n### y");
    assert_eq!(
        numbering_faults(&["0001-a.md".to_owned(), "0003-b.md".to_owned()]),
        ["0003-b.md is not number 0002"]
    );
    assert!(holds_a_token(&format!("{}-{}", "xoxb", "1234567")));
    assert!(!holds_a_token("it begins with `xoxb-`"));
}
