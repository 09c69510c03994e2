//! No sentence of a seed document stands in the project: no nine words in a row.
//!
//! The seeds are not kept here. `tests/knowledge/seed-runs.bin` holds a salted hash of each of
//! their runs of nine words, eight bytes each, sorted.

use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

/// How many words a run has.
const RUN: usize = 9;
/// What every hash begins with.
const SALT: &str = "gtm-advisor seed runs 1";

/// Folders and files whose words are ours.
const OURS: [&str; 9] = [
    "knowledge",
    "rules",
    "docs",
    "src",
    "slack",
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
];

fn hash(run: &[String]) -> [u8; 8] {
    let digest = Sha256::digest(format!("{SALT}\n{}", run.join(" ")));
    digest[..8].try_into().expect("a digest has 32 bytes")
}

fn runs() -> Vec<[u8; 8]> {
    let bytes = include_bytes!("../knowledge/seed-runs.bin");
    bytes
        .chunks_exact(8)
        .map(|chunk| chunk.try_into().expect("eight bytes"))
        .collect()
}

fn words(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (line, words) in text.lines().enumerate() {
        let words = words
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty());
        found.extend(words.map(|word| (line + 1, word.to_lowercase())));
    }
    found
}

/// The runs of a text that stand in a seed, each with its line.
fn shared(text: &str, known: &[[u8; 8]]) -> Vec<(usize, String)> {
    let words = words(text);
    let runs = words.windows(RUN).map(|window| {
        let run: Vec<_> = window.iter().map(|(_, word)| word.clone()).collect();
        (window[0].0, run)
    });
    runs.filter(|(_, run)| known.binary_search(&hash(run)).is_ok())
        .map(|(line, run)| (line, run.join(" ")))
        .collect()
}

fn files(path: &Path, found: &mut Vec<PathBuf>) {
    if path.is_dir() {
        let entries = fs::read_dir(path).expect("the folder can be listed");
        let mut entries: Vec<_> = entries
            .map(|entry| entry.expect("an entry").path())
            .collect();
        entries.sort();
        for entry in entries {
            files(&entry, found);
        }
    } else if path.exists() {
        found.push(path.to_owned());
    }
}

#[test]
fn no_sentence_of_a_seed_stands_here() {
    let known = runs();
    assert!(known.len() > 1_000 && known.is_sorted());
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for ours in OURS {
        files(&root.join(ours), &mut found);
    }
    let mut faults = Vec::new();
    for path in found {
        let Ok(text) = fs::read_to_string(&path) else {
            continue;
        };
        let name = path
            .strip_prefix(&root)
            .unwrap_or(&path)
            .display()
            .to_string();
        faults.extend(
            shared(&text, &known)
                .into_iter()
                .map(|(line, run)| format!("{name}:{line}: {run}")),
        );
    }
    assert!(
        faults.is_empty(),
        "words of a seed; say it in your own:\n{}",
        faults.join("\n")
    );
}

#[test]
fn a_shared_run_is_found_wherever_it_breaks() {
    let run = "one two three four five six seven eight nine";
    let known = [hash(&run.split(' ').map(str::to_owned).collect::<Vec<_>>())];
    assert_eq!(
        shared(
            "zero One, two three\nfour – five six seven eight nine!",
            &known
        )
        .len(),
        1
    );
    assert_eq!(
        shared("one two three four five six seven eight ten", &known).len(),
        0
    );
}
