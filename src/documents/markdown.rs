//! Markdown: sections below their headings. Only headings are read as such; all else is text.

use super::{Passage, Passages, Unreadable};

/// The passages of a Markdown text.
pub fn markdown(text: &str) -> Result<Vec<Passage>, Unreadable> {
    let mut passages = Passages::default();
    let mut paragraph = String::new();
    let mut fence: Option<&str> = None;
    for line in text.lines() {
        let begun = line.trim_start();
        let mark = ["```", "~~~"]
            .into_iter()
            .find(|mark| begun.starts_with(mark));
        if let Some(mark) = mark {
            fence = match fence {
                Some(open) if open == mark => None,
                Some(open) => Some(open),
                None => Some(mark),
            };
            continue;
        }
        let heading = heading(begun).filter(|_| fence.is_none());
        if heading.is_some() || begun.is_empty() {
            passages.paragraph(&paragraph)?;
            paragraph.clear();
        }
        if let Some(words) = heading {
            passages.heading(words);
        } else {
            paragraph.push_str(begun);
            paragraph.push(' ');
        }
    }
    passages.paragraph(&paragraph)?;
    passages.finish()
}

/// The words of a heading, where the line is one.
fn heading(line: &str) -> Option<&str> {
    let words = line.trim_start_matches('#');
    let level = line.len() - words.len();
    let is_heading = (1..=6).contains(&level) && words.starts_with(' ');
    is_heading.then(|| words.trim().trim_end_matches('#').trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_stands_below_its_heading() {
        let text = "Intro.\n\n# Prices #\nWe charge $49.\n\n```\n# not a heading\n```\n## Terms\n- Net 30\n- #1 priority\n";
        let found = markdown(text).unwrap();
        let told: Vec<_> = found
            .iter()
            .map(|one| (one.heading.as_str(), one.text.as_str()))
            .collect();
        assert_eq!(
            told,
            [
                ("", "Intro."),
                ("Prices", "We charge $49.\n\n# not a heading"),
                ("Terms", "- Net 30 - #1 priority"),
            ]
        );
    }
}
