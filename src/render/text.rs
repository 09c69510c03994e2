//! A document as plain text: for terminals, notifications and screen readers. All of it is there,
//! in reading order.

use super::words::{clean, is_web, joined, one_line, utc};
use super::{Block, Button, Document, Inline, Names, Row};

/// Writes a document as plain text; ends without a line break.
pub fn text(document: &Document, names: Names<'_>) -> String {
    let mut out = one_line(&document.headline);
    let mut last: Option<&Block> = None;
    for block in &document.blocks {
        let words = block_text(block, names);
        if words.trim().is_empty() {
            continue;
        }
        if !out.is_empty() {
            out.push_str(gap(last, block));
        }
        out.push_str(&words);
        last = Some(block);
    }
    out
}

/// What stands between two blocks: small print stays close to what it explains, and so does what
/// follows a heading.
fn gap(last: Option<&Block>, next: &Block) -> &'static str {
    match (last, next) {
        (Some(Block::Heading(_)), _) | (Some(_), Block::Note(_) | Block::Trend(_)) => "\n",
        _ => "\n\n",
    }
}

fn block_text(block: &Block, names: Names<'_>) -> String {
    match block {
        Block::Heading(words) => one_line(words),
        Block::Paragraph(inlines) | Block::Note(inlines) => inline_text(inlines, names),
        Block::Bullets(items) => lines(items.iter().map(|item| bullet(item, names))),
        Block::Rows(rows) => lines(rows.iter().map(|row| row_text(row, names))),
        Block::Verbatim(words) => clean(words).into_owned(),
        Block::Trend(trend) => one_line(&trend.words()),
        Block::Rule => "----".to_owned(),
        Block::Actions(buttons) => lines(buttons.iter().map(button_text)),
    }
}

fn lines(lines: impl Iterator<Item = String>) -> String {
    lines
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

fn bullet(item: &[Inline], names: Names<'_>) -> String {
    let words = inline_text(item, names);
    if words.trim().is_empty() {
        return String::new();
    }
    format!("• {}", words.replace('\n', "\n  "))
}

fn row_text(row: &Row, names: Names<'_>) -> String {
    let name = one_line(&row.name);
    let value = inline_text(&row.value, names).replace('\n', "\n  ");
    match (name.is_empty(), value.trim().is_empty()) {
        (true, _) => value,
        (false, true) => format!("{name}:"),
        (false, false) => format!("{name}: {value}"),
    }
}

fn button_text(button: &Button) -> String {
    let (label, words) = (one_line(&button.label), one_line(&button.words));
    if label.is_empty() || label == words {
        return format!("→ {words}");
    }
    format!("→ {label}: {words}")
}

fn inline_text(inlines: &[Inline], names: Names<'_>) -> String {
    joined(inlines)
        .iter()
        .map(|inline| match inline {
            Inline::Words(words, _) => words.clone(),
            Inline::Code(code) => code.clone(),
            Inline::Link { label, url } => link_text(label, url),
            Inline::Message { label, .. } | Inline::Channel { label, .. } => one_line(label),
            Inline::Person(person) | Inline::Ping(person) => one_line(&names(person)),
            Inline::When(at) => utc(*at),
        })
        .collect()
}

/// A link as words: what it says, then where it leads unless it says just that.
pub fn link_text(label: &str, url: &str) -> String {
    let (label, url) = (one_line(label), one_line(url));
    if label.is_empty() || label == url {
        return url;
    }
    if url.is_empty() {
        return label;
    }
    if is_web(&url) {
        format!("{label} ({url})")
    } else {
        format!("{label} [{url}]")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ident::Person;

    fn check(blocks: Vec<Block>, expected: &str) {
        let document = Document {
            headline: "All good".to_owned(),
            blocks,
        };
        let names = |person: &Person| format!("name of {person}");
        assert_eq!(text(&document, &names), expected);
    }

    #[test]
    fn a_document_without_body_is_its_headline() {
        check(vec![], "All good");
        check(vec![Block::Paragraph(vec![])], "All good");
    }

    #[test]
    fn every_block_is_there_in_order() {
        let at = "2026-11-22T14:05:00Z".parse().expect("a timestamp");
        check(
            vec![
                Block::Heading("Price".to_owned()),
                Block::Paragraph(vec![
                    Inline::plain("Low for "),
                    Inline::strong("outside sales"),
                    Inline::plain(", says "),
                    Inline::Person(Person::new("U1")),
                    Inline::plain("."),
                ]),
                Block::Note(vec![Inline::soft("since "), Inline::When(at)]),
                Block::Bullets(vec![
                    vec![Inline::plain("one\ntwo")],
                    vec![Inline::code("set price 10")],
                    vec![],
                ]),
                Block::Rows(vec![Row {
                    name: "ACV".to_owned(),
                    value: vec![Inline::plain("588")],
                }]),
                Block::Verbatim("  kept\n as is".to_owned()),
                Block::Rule,
                Block::Actions(vec![Button {
                    label: "Undo".to_owned(),
                    words: "undo 3".to_owned(),
                    primary: false,
                }]),
            ],
            "All good\n\nPrice\nLow for outside sales, says name of U1.\nsince 2026-11-22 14:05 UTC\n\n\
             • one\n  two\n• set price 10\n\nACV: 588\n\n  kept\n as is\n\n----\n\n→ Undo: undo 3",
        );
    }

    #[test]
    fn links_say_where_they_lead() {
        let link = |label: &str, url: &str| {
            vec![Block::Paragraph(vec![Inline::Link {
                label: label.to_owned(),
                url: url.to_owned(),
            }])]
        };
        check(
            link("the guide", "https://example.com/a"),
            "All good\n\nthe guide (https://example.com/a)",
        );
        check(
            link("https://example.com", "https://example.com"),
            "All good\n\nhttps://example.com",
        );
        check(
            link("click", "javascript:x"),
            "All good\n\nclick [javascript:x]",
        );
    }
}
