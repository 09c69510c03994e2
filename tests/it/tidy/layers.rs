//! Who may import whom, and what the pure layers may not name.

use super::source::{imports, words};

/// One top-level module and its layer. A module imports lower layers only.
pub(super) const LAYERS: &[(&str, u8)] = &[
    ("clock", 0),
    ("failpoint", 0),
    ("ident", 0),
    ("metrics", 0),
    ("ratio", 0),
    ("text", 0),
    ("documents", 1),
    ("plan", 1),
    ("render", 1),
    ("sources", 1),
    ("calc", 2),
    ("intent", 2),
    ("knowledge", 2),
    ("lint", 2),
    ("reading", 2),
    ("map", 2),
    ("digest", 3),
    ("ask", 3),
    ("grounding", 3),
    ("report", 3),
    ("advisor", 4),
    ("llm", 5),
    ("semantic", 5),
    ("extract", 5),
    ("slack", 5),
    ("store", 5),
    ("turns", 5),
    ("admin", 6),
    ("http", 6),
    ("playground", 6),
    ("worker", 6),
    ("cli", 7),
    ("config", 7),
    ("telemetry", 7),
    ("main", 8),
];

/// Imports that the numbers allow and the design does not, with the reason.
const NEVER: &[(&str, &str, &str)] = &[(
    "playground",
    "slack",
    "the stand-in for Slack would otherwise agree with the adapter's mistakes",
)];

/// Imports that the numbers forbid and the design needs, with the reason.
const ALSO: &[(&str, &str, &str)] = &[
    (
        "ask",
        "report",
        "what is missing and what comes next is the report's to say",
    ),
    ("digest", "report", "a digest tells one report from another"),
    ("cli", "config", "the composition root reads the settings"),
    ("cli", "telemetry", "the composition root starts the log"),
];

/// The highest layer that does no I/O and reads no clock.
const PURE: u8 = 4;

/// The composition root, which plugs the real clock in.
const ROOT: u8 = 7;

/// Names that no pure layer uses: whole words, or paths.
const IMPURE: &[&str] = &[
    "axum",
    "hyper",
    "reqwest",
    "sled",
    "tokio",
    "std::env",
    "std::fs",
    "std::io",
    "std::net",
    "std::process",
    "std::thread",
    "SystemTime",
    "Instant",
    "Timestamp::now",
    "Zoned::now",
    "getrandom",
    "Uuid::now_v7",
];

/// Ways to ask the machine for the time of day.
const CLOCKS: &[&str] = &["Timestamp::now", "Zoned::now", "SystemTime::now"];

/// The layer of a top-level module.
pub(super) fn layer(module: &str) -> Option<u8> {
    LAYERS
        .iter()
        .find(|(name, _)| *name == module)
        .map(|(_, layer)| *layer)
}

/// Faults of one file's imports. `code` is blanked and without tests.
pub(super) fn check_imports(module: &str, depth: usize, code: &str) -> Vec<String> {
    let Some(own) = layer(module) else {
        return vec![format!(
            "`{module}` has no layer in tests/it/tidy/layers.rs"
        )];
    };
    let mut faults = Vec::new();
    for (line, target) in imports(code, depth) {
        let Some(other) = layer(&target).filter(|_| target != module) else {
            continue;
        };
        if let Some((_, _, reason)) = NEVER
            .iter()
            .find(|(from, to, _)| *from == module && *to == target)
        {
            faults.push(format!(
                "{line}: `{module}` may not import `{target}`: {reason}"
            ));
        } else if other >= own
            && !ALSO
                .iter()
                .any(|(from, to, _)| *from == module && *to == target)
        {
            faults.push(format!(
                "{line}: `{module}` (layer {own}) imports `{target}` (layer {other})"
            ));
        }
    }
    faults
}

/// Faults of a pure layer's file. `code` is blanked and without tests.
pub(super) fn check_purity(module: &str, code: &str) -> Vec<String> {
    if layer(module).is_none_or(|layer| layer > PURE) {
        return Vec::new();
    }
    let line = |at: usize| code[..at].matches('\n').count() + 1;
    let mut faults: Vec<String> = named(code, IMPURE)
        .map(|(line, name)| format!("{line}: `{module}` is pure and names `{name}`"))
        .collect();
    faults.extend(
        grouped_std(code)
            .map(|(at, name)| format!("{}: `{module}` is pure and names `std::{name}`", line(at))),
    );
    faults
}

/// Faults of a file that asks the machine for the time of day: below the composition root the time
/// comes in through `clock::Clock`, so that tests can move it.
pub(super) fn check_clock(module: &str, code: &str) -> Vec<String> {
    if layer(module).is_none_or(|own| own <= PURE || own >= ROOT) {
        return Vec::new();
    }
    named(code, CLOCKS)
        .map(|(line, name)| format!("{line}: `{module}` calls `{name}` instead of its `Clock`"))
        .collect()
}

/// Where one of `names` stands in code as a word or path of its own.
fn named<'a>(
    code: &'a str,
    names: &'static [&'static str],
) -> impl Iterator<Item = (usize, &'static str)> + 'a {
    let alone = |name: &str, at: usize| {
        let before = code[..at].chars().next_back();
        let after = code[at + name.len()..].chars().next();
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        !before.into_iter().chain(after).any(is_word)
    };
    names
        .iter()
        .flat_map(move |name| code.match_indices(name).map(move |(at, _)| (at, *name)))
        .filter(move |(at, name)| alone(name, *at))
        .map(|(at, name)| (code[..at].matches('\n').count() + 1, name))
}

/// Banned parts of `std` that are imported in a group: `use std::{fs, io}`.
fn grouped_std(code: &str) -> impl Iterator<Item = (usize, &str)> {
    code.match_indices("std::{").flat_map(|(at, _)| {
        let group = code[at..].split_inclusive(';').next().unwrap_or_default();
        words(group)
            .filter(|(_, word)| {
                IMPURE
                    .iter()
                    .any(|name| name.strip_prefix("std::") == Some(word))
            })
            .map(move |(_, word)| (at, word))
    })
}

#[test]
fn an_import_upwards_sideways_or_barred_is_a_fault() {
    let faults = |module, code| check_imports(module, 1, code);
    assert_eq!(faults("plan", "use crate::text::fold;"), [""; 0]);
    assert_eq!(faults("plan", "use crate::plan::value::Value;"), [""; 0]);
    assert_eq!(faults("cli", "use crate::config::Config;"), [""; 0]);
    assert_eq!(
        faults("plan", "\nuse crate::advisor::Turn;"),
        ["2: `plan` (layer 1) imports `advisor` (layer 4)"]
    );
    assert_eq!(
        faults("store", "use crate::slack::Client;"),
        ["1: `store` (layer 5) imports `slack` (layer 5)"]
    );
    assert_eq!(
        faults("lint", "use super::intent::Intent;"),
        ["1: `lint` (layer 2) imports `intent` (layer 2)"]
    );
    assert!(
        faults(
            "playground",
            "use crate::{render::Document, slack::Blocks};"
        )[0]
        .contains("`playground` may not import `slack`")
    );
    assert_eq!(faults("helpers", "").len(), 1);
}

#[test]
fn a_pure_layer_that_reaches_outside_is_a_fault() {
    let faults = |module, code| check_purity(module, code).len();
    assert_eq!(
        faults("plan", "use std::fmt; let instantly = tokio_like();"),
        0
    );
    assert_eq!(faults("plan", "let now = std::time::Instant::now();"), 1);
    assert_eq!(faults("lint", "use std::{fmt, fs};"), 1);
    assert_eq!(faults("advisor", "tokio::spawn(x); std::env::var(y)"), 2);
    assert_eq!(faults("store", "use std::fs;"), 0);
}

#[test]
fn the_time_comes_in_through_the_clock() {
    let faults = |module, code| check_clock(module, code).len();
    assert_eq!(faults("store", "let now = Timestamp::now();"), 1);
    assert_eq!(faults("worker", "let now = self.clock.now();"), 0);
    assert_eq!(faults("cli", "let now = Timestamp::now();"), 0);
}
