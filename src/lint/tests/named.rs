//! The numbers that the sources name, N1 to N28: `named.txt` says which rule and which threshold
//! hold each of them, and what is said below it, exactly at it and above it.

use std::collections::BTreeSet;
use std::path::Path;

use super::*;

/// Who holds a number, with the lines below it in the table.
struct Holder {
    number: u8,
    head: &'static str,
    below: Vec<&'static str>,
}

/// A rule's threshold as a head of the table names it.
struct Named {
    rule: &'static str,
    param: &'static str,
    default: &'static str,
    is_ours: bool,
}

/// The table, without its remarks.
fn table() -> Vec<Holder> {
    let mut number = 0;
    let mut holders: Vec<Holder> = Vec::new();
    let lines = include_str!("named.txt").lines();
    for line in lines.filter(|line| !line.trim().is_empty() && !line.trim().starts_with('#')) {
        let words = line.trim_start();
        match line.len() - words.len() {
            0 => number = numbered(words),
            2 => holders.push(Holder {
                number,
                head: words,
                below: Vec::new(),
            }),
            _ => holders.last_mut().expect("a head above").below.push(words),
        }
    }
    holders
}

fn numbered(heading: &str) -> u8 {
    let number = heading
        .strip_prefix('N')
        .and_then(|it| it.split(' ').next());
    let number = number.and_then(|it| it.parse().ok());
    number.unwrap_or_else(|| panic!("`{heading}` begins with a number such as N1"))
}

impl Holder {
    /// The threshold that it names; none where a rule or the library holds the number.
    fn threshold(&self) -> Option<Named> {
        let (name, default) = self.head.split_once(" = ")?;
        let (rule, param) = name.split_once('.')?;
        Some(Named {
            rule: rule.trim_start_matches("ours "),
            param,
            default,
            is_ours: rule.starts_with("ours "),
        })
    }

    fn library(&self) -> Option<&'static str> {
        self.head.strip_prefix("library ")
    }

    /// Its plans with their outcomes.
    fn cases(&self) -> Vec<(String, &'static str)> {
        let arrow = |case: &'static str| case.split_once(" -> ").expect("`… -> outcome`");
        if self.threshold().is_none() {
            let cases = self.below.iter().map(|case| arrow(case));
            return cases.map(|(lines, it)| (lines.to_owned(), it)).collect();
        }
        let [given, edge] = self.below[..] else {
            panic!(
                "{}: one line of what is given, one of the boundary",
                self.head
            )
        };
        let given = if given == "-" { "" } else { given };
        let (field, values) = edge
            .split_once(" | ")
            .expect("`field | value -> outcome | …`");
        let values = values.split(" | ").map(arrow);
        values
            .map(|(value, it)| (format!("{given}; {field}: {value}"), it))
            .collect()
    }
}

#[test]
fn every_number_that_the_sources_name_is_held() {
    let numbers: BTreeSet<u8> = table().iter().map(|holder| holder.number).collect();
    assert_eq!(numbers, (1..=28).collect());
}

#[test]
fn each_named_number_is_the_threshold_of_its_rule() {
    for named in table().iter().filter_map(Holder::threshold) {
        let rule = RULES.get(named.rule).expect(named.rule);
        let param = rule.params().iter().find(|it| it.name == named.param);
        let param = param.unwrap_or_else(|| panic!("{} has no {}", named.rule, named.param));
        assert_eq!(
            param.default, named.default,
            "{}.{}",
            named.rule, named.param
        );
        assert!(
            !named.is_ours || param.why.starts_with("Ours: the source "),
            "{}.{} has to say whose number it is: {}",
            named.rule,
            named.param,
            param.why
        );
    }
}

#[test]
fn below_at_and_above_each_named_number() {
    let held = table();
    for holder in held.iter().filter(|it| it.library().is_none()) {
        let slug = holder.threshold().map_or(holder.head, |named| named.rule);
        let cases = holder.cases();
        if holder.threshold().is_some() {
            assert_eq!(cases.len(), 3, "{}: below, at and above", holder.head);
        }
        for (lines, expected) in cases {
            let result = result(slug, &lines);
            assert_eq!(
                word(&result),
                expected,
                "N{}, {slug} on `{lines}`: {}",
                holder.number,
                result.message
            );
        }
    }
}

#[test]
fn what_is_only_told_stands_in_the_library() {
    let library = Path::new(env!("CARGO_MANIFEST_DIR")).join("knowledge");
    for holder in table() {
        let Some(path) = holder.library() else {
            continue;
        };
        let entry = std::fs::read_to_string(library.join(path)).expect(path);
        for words in holder.below {
            assert!(
                entry.contains(words),
                "N{}: {path} lacks `{words}`",
                holder.number
            );
        }
    }
}
