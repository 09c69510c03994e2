//! Each section has been read alone, with the questions that it lists, and answers them:
//! `tests/knowledge/read-alone.md` says of which text that holds. Who changes a section reads it again.

use std::collections::BTreeMap;
use std::fmt::Write;

use gtm_advisor::knowledge::{Section, library};
use sha2::{Digest, Sha256};

const TABLE: &str = include_str!("../knowledge/read-alone.md");

/// What a section was read as: its heading, its text and its listed questions.
fn text_of(section: &Section) -> String {
    let mut text = format!("{}\n{}\n", section.heading, section.body);
    for question in &section.questions {
        let _ = writeln!(text, "{question}");
    }
    let digest = Sha256::digest(text.as_bytes());
    digest[..4].iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// Section, and the text it was read as, of each row.
fn rows() -> BTreeMap<&'static str, &'static str> {
    let rows = TABLE.lines().filter_map(|line| line.strip_prefix("| `"));
    rows.map(|row| {
        let (section, rest) = row.split_once("` | ").expect("a row begins with a section");
        let (text, verdict) = rest.split_once(" | ").expect("a row has three columns");
        assert!(
            verdict.starts_with("answers"),
            "{section}: a section that does not answer is rewritten"
        );
        (section, text)
    })
    .collect()
}

#[test]
fn every_section_was_read_alone_as_it_stands() {
    let mut rows = rows();
    let mut unread = String::new();
    for entry in library().entries() {
        for section in &entry.sections {
            let name = format!("{}#{}", entry.id, section.anchor);
            let text = text_of(section);
            if rows.remove(name.as_str()) != Some(text.as_str()) {
                let _ = writeln!(unread, "{name} | {text}");
            }
        }
    }
    assert!(
        unread.is_empty(),
        "read these alone, with nothing but their text: does each answer all questions that it lists? \
         Rewrite what does not, drop what it cannot answer, and put the text's number into \
         tests/knowledge/read-alone.md:\n{unread}"
    );
    assert!(rows.is_empty(), "no sections any more: {rows:?}");
}
