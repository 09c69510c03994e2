//! Sentences and short Markdown of our own, turned into document parts.

use crate::render::{Block, Inline};
pub(super) use crate::text::{capitalised, counted};

/// A sentence in which back-ticks mark what one types.
pub(super) fn sentence(words: &str) -> Vec<Inline> {
    let mut inlines = Vec::new();
    for (n, part) in words.split('`').enumerate() {
        match (part, n % 2) {
            ("", _) => {}
            (part, 0) => inlines.push(Inline::plain(part)),
            (part, _) => inlines.push(Inline::code(part)),
        }
    }
    inlines
}

/// A sentence for a place that takes plain words only.
pub(super) fn unmarked(words: &str) -> String {
    words.replace('`', "\"")
}

/// The sentence with a full stop, unless it ends in a sign of its own.
pub(super) fn stopped(words: &str) -> String {
    match words.trim_end() {
        words if words.ends_with(['.', '?', '!', ':', '…']) => words.to_owned(),
        words => format!("{words}."),
    }
}

/// The first `limit` letters of `words`, with a sign where there was more.
pub(super) fn cut(words: &str, limit: usize) -> String {
    match words.char_indices().nth(limit) {
        Some((at, _)) => format!("{}…", words[..at].trim_end()),
        None => words.to_owned(),
    }
}

/// A section of a page: paragraphs, lists, fenced code, and within lines code, bold and links.
pub(super) fn markdown(section: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open = Open::default();
    let mut fence: Option<Vec<&str>> = None;
    for line in section.lines() {
        match (&mut fence, line.trim_start().starts_with("```")) {
            (Some(code), true) => {
                blocks.push(Block::Verbatim(code.join("\n")));
                fence = None;
            }
            (Some(code), false) => code.push(line),
            (None, true) => {
                open.close(&mut blocks);
                fence = Some(Vec::new());
            }
            (None, false) => open.line(line, &mut blocks),
        }
    }
    open.close(&mut blocks);
    if let Some(code) = fence {
        blocks.push(Block::Verbatim(code.join("\n")));
    }
    blocks
}

/// The paragraph and the list that are being read.
#[derive(Default)]
struct Open {
    paragraph: String,
    items: Vec<String>,
}

impl Open {
    fn line(&mut self, line: &str, blocks: &mut Vec<Block>) {
        let trimmed = line.trim();
        let item = trimmed
            .strip_prefix("- ")
            .or_else(|| trimmed.strip_prefix("* "));
        match (item, trimmed, self.items.last_mut()) {
            (Some(item), ..) => {
                self.close_paragraph(blocks);
                self.items.push(item.to_owned());
            }
            (None, "", _) => self.close(blocks),
            (None, words, Some(last)) if line.starts_with(' ') => join(last, words),
            (None, words, _) => {
                self.close_list(blocks);
                join(&mut self.paragraph, words);
            }
        }
    }

    fn close(&mut self, blocks: &mut Vec<Block>) {
        self.close_paragraph(blocks);
        self.close_list(blocks);
    }

    fn close_paragraph(&mut self, blocks: &mut Vec<Block>) {
        let words = std::mem::take(&mut self.paragraph);
        if !words.is_empty() {
            blocks.push(Block::Paragraph(inlines(&words)));
        }
    }

    fn close_list(&mut self, blocks: &mut Vec<Block>) {
        let items = std::mem::take(&mut self.items);
        if !items.is_empty() {
            let items = items.iter().map(|item| inlines(item));
            blocks.push(Block::Bullets(items.collect()));
        }
    }
}

fn join(words: &mut String, more: &str) {
    if !words.is_empty() {
        words.push(' ');
    }
    words.push_str(more);
}

/// Code, bold and links within a line; a mark without its partner is a letter like any other.
fn inlines(line: &str) -> Vec<Inline> {
    let mut found = Vec::new();
    let mut plain = String::new();
    let mut rest = line;
    while let Some(letter) = rest.chars().next() {
        if let Some((inline, after)) = marked(rest) {
            flush(&mut plain, &mut found);
            found.push(inline);
            rest = after;
        } else {
            plain.push(letter);
            rest = &rest[letter.len_utf8()..];
        }
    }
    flush(&mut plain, &mut found);
    found
}

fn flush(plain: &mut String, found: &mut Vec<Inline>) {
    if !plain.is_empty() {
        found.push(Inline::plain(std::mem::take(plain)));
    }
}

/// The marked run that `rest` begins with, and what follows it.
fn marked(rest: &str) -> Option<(Inline, &str)> {
    if let Some(rest) = rest.strip_prefix("**") {
        let (words, after) = rest.split_once("**")?;
        return Some((Inline::strong(words), after));
    }
    if let Some(rest) = rest.strip_prefix('`') {
        let (words, after) = rest.split_once('`')?;
        return Some((Inline::code(words), after));
    }
    if let Some(rest) = rest.strip_prefix('<') {
        let (url, after) = rest
            .split_once('>')
            .filter(|(url, _)| url.starts_with("https://"))?;
        let link = Inline::Link {
            label: url.to_owned(),
            url: url.to_owned(),
        };
        return Some((link, after));
    }
    let (label, after) = rest.strip_prefix('[')?.split_once("](")?;
    let (url, after) = after.split_once(')')?;
    let link = Inline::Link {
        label: label.to_owned(),
        url: url.to_owned(),
    };
    Some((link, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn back_ticks_mark_what_one_types() {
        assert_eq!(
            sentence("Try `set price` now"),
            [
                Inline::plain("Try "),
                Inline::code("set price"),
                Inline::plain(" now")
            ]
        );
        assert_eq!(unmarked("Try `x`"), "Try \"x\"");
    }

    #[test]
    fn a_sentence_ends_once() {
        assert_eq!(stopped("It is"), "It is.");
        assert_eq!(stopped("Is it?"), "Is it?");
    }

    #[test]
    fn words_are_cut_between_letters() {
        assert_eq!(cut("äöü", 2), "äö…");
        assert_eq!(cut("äöü", 3), "äöü");
    }

    #[test]
    fn a_page_becomes_blocks() {
        let page = "One **bold**\nline with `code`.\n\n- a [link](https://example.com)\n- b\n  c\n\n```toml\nx = 1\n```\nEnd *";
        let expected = vec![
            Block::Paragraph(vec![
                Inline::plain("One "),
                Inline::strong("bold"),
                Inline::plain(" line with "),
                Inline::code("code"),
                Inline::plain("."),
            ]),
            Block::Bullets(vec![
                vec![
                    Inline::plain("a "),
                    Inline::Link {
                        label: "link".to_owned(),
                        url: "https://example.com".to_owned(),
                    },
                ],
                vec![Inline::plain("b c")],
            ]),
            Block::Verbatim("x = 1".to_owned()),
            Block::Paragraph(vec![Inline::plain("End *")]),
        ];
        assert_eq!(markdown(page), expected);
    }
}
