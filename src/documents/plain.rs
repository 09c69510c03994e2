//! Plain text: paragraphs between empty lines.

use super::{Passage, Passages, Unreadable};

/// The passages of a plain text.
pub fn plain(text: &str) -> Result<Vec<Passage>, Unreadable> {
    let mut passages = Passages::default();
    let mut paragraph = String::new();
    for line in text.lines() {
        if line.trim().is_empty() {
            passages.paragraph(&paragraph)?;
            paragraph.clear();
        } else {
            paragraph.push_str(line);
            paragraph.push(' ');
        }
    }
    passages.paragraph(&paragraph)?;
    passages.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_stand_between_empty_lines() {
        let found = plain("One\nline.\n\n\nAnother\u{7}.\r\n").unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].text, "One line.\n\nAnother.");
        assert_eq!(plain(" \n"), Err(Unreadable::NoText));
    }
}
