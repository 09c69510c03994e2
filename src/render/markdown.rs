//! A document as Markdown, for exports and explanations. User text never becomes markup.

use super::words::{clean, is_web, joined, one_line, utc};
use super::{Block, Button, Document, Emphasis, Inline, Names, Row};

/// Writes a document as Markdown; ends with a line break.
pub fn markdown(document: &Document, names: Names<'_>) -> String {
    let mut parts = Vec::with_capacity(document.blocks.len() + 1);
    parts.push(heading("#", &document.headline));
    parts.extend(document.blocks.iter().map(|block| block_md(block, names)));
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n") + "\n"
}

/// Blocks that may stand side by side have list marks of their own, or they would become one list.
fn block_md(block: &Block, names: Names<'_>) -> String {
    match block {
        Block::Heading(words) => heading("##", words),
        Block::Paragraph(inlines) | Block::Note(inlines) => inline_md(inlines, names),
        Block::Bullets(items) => list("-", items.iter().map(|item| inline_md(item, names))),
        Block::Rows(rows) => list("*", rows.iter().map(|row| row_md(row, names))),
        Block::Verbatim(words) => fenced(words),
        Block::Trend(trend) => inline_md(&[Inline::plain(trend.words())], names),
        Block::Rule => "---".to_owned(),
        Block::Actions(buttons) => list("+", buttons.iter().map(|it| button_md(it, names))),
    }
}

fn heading(mark: &str, words: &str) -> String {
    let words = one_line(words);
    if words.is_empty() {
        return words;
    }
    // A run of `#` at the end would be taken for the heading's own.
    format!("{mark} {}", guarded(&escaped(&words)).replace(" #", " \\#"))
}

fn list(mark: &str, items: impl Iterator<Item = String>) -> String {
    items
        .filter(|item| !item.is_empty())
        .map(|item| format!("{mark} {}", item.replace('\n', "\n  ")))
        .collect::<Vec<_>>()
        .join("\n")
}

fn row_md(row: &Row, names: Names<'_>) -> String {
    let mut inlines = Vec::with_capacity(row.value.len() + 2);
    let name = one_line(&row.name);
    if !name.is_empty() {
        inlines.push(Inline::strong(name));
        inlines.push(Inline::plain(": "));
    }
    inlines.extend(row.value.iter().cloned());
    inline_md(&inlines, names)
}

fn button_md(button: &Button, names: Names<'_>) -> String {
    let command = Inline::code(one_line(&button.words));
    let label = one_line(&button.label);
    if label.is_empty() {
        return inline_md(&[command], names);
    }
    inline_md(
        &[Inline::strong(label), Inline::plain(": "), command],
        names,
    )
}

fn fenced(words: &str) -> String {
    let words = clean(words);
    if words.trim().is_empty() {
        return String::new();
    }
    let fence = "`".repeat(longest_run(&words, '`').max(2) + 1);
    format!("{fence}\n{words}\n{fence}")
}

fn longest_run(words: &str, of: char) -> usize {
    words
        .split(|c| c != of)
        .map(|run| run.chars().count())
        .max()
        .unwrap_or(0)
}

/// One paragraph. Line breaks in it stay line breaks; white space at the ends of lines goes, as
/// any Markdown reader would have it.
fn inline_md(inlines: &[Inline], names: Names<'_>) -> String {
    let runs: Vec<_> = joined(inlines)
        .into_iter()
        .map(|run| named(run, names))
        .collect();
    let mut out = String::new();
    for (i, run) in runs.iter().enumerate() {
        let before = i.checked_sub(1).and_then(|i| edges(&runs[i]).1);
        let after = runs.get(i + 1).and_then(|next| edges(next).0);
        out.push_str(&run_md(run, before, after));
    }
    let lines: Vec<_> = out.trim().lines().map(|it| guarded(it.trim())).collect();
    lines.join("\\\n")
}

/// Turns what depends on the surface into words.
fn named(run: Inline, names: Names<'_>) -> Inline {
    match run {
        Inline::Person(person) | Inline::Ping(person) => Inline::plain(one_line(&names(&person))),
        Inline::Message { label, .. } | Inline::Channel { label, .. } => {
            Inline::plain(one_line(&label))
        }
        Inline::When(at) => Inline::plain(utc(at)),
        Inline::Link { label, url } if !is_web(&url) => {
            Inline::plain(super::link_text(&label, &url))
        }
        other => other,
    }
}

/// The first and the last character of a run as a Markdown reader meets it.
fn edges(run: &Inline) -> (Option<char>, Option<char>) {
    match run {
        Inline::Words(words, _) => (words.chars().next(), words.chars().next_back()),
        Inline::Code(_) => (Some('`'), Some('`')),
        _ => (Some('['), Some(')')),
    }
}

/// Whether marks of emphasis work beside this neighbour: not inside a word.
fn open_edge(neighbour: Option<char>) -> bool {
    neighbour.is_none_or(|c| c.is_whitespace() || c.is_ascii_punctuation())
}

fn run_md(run: &Inline, left: Option<char>, right: Option<char>) -> String {
    match run {
        Inline::Words(words, emphasis) => {
            let inner = words.trim();
            let start = words.len() - words.trim_start().len();
            let (before, after) = (&words[..start], &words[start + inner.len()..]);
            let open =
                (open_edge(left) || !before.is_empty()) && (open_edge(right) || !after.is_empty());
            let mark = match emphasis {
                Emphasis::Strong if open && !inner.is_empty() => "**",
                Emphasis::Soft if open && !inner.is_empty() => "_",
                _ => "",
            };
            format!("{before}{mark}{}{mark}{after}", escaped(inner))
        }
        Inline::Code(code) => code_span(code),
        Inline::Link { label, url } => link_md(label, url),
        Inline::Person(_)
        | Inline::Ping(_)
        | Inline::When(_)
        | Inline::Message { .. }
        | Inline::Channel { .. } => String::new(),
    }
}

fn code_span(code: &str) -> String {
    let fence = "`".repeat(longest_run(code, '`') + 1);
    let pad = if code.starts_with(['`', ' ']) || code.ends_with(['`', ' ']) {
        " "
    } else {
        ""
    };
    format!("{fence}{pad}{code}{pad}{fence}")
}

fn link_md(label: &str, url: &str) -> String {
    let label = one_line(label);
    let label = if label.is_empty() { url } else { &label };
    let mut address = String::with_capacity(url.len());
    for c in url.chars() {
        match c {
            '(' => address.push_str("%28"),
            ')' => address.push_str("%29"),
            '<' => address.push_str("%3C"),
            '>' => address.push_str("%3E"),
            '\\' => address.push_str("%5C"),
            '&' => address.push_str("&amp;"),
            c => address.push(c),
        }
    }
    format!("[{}]({address})", escaped(label))
}

/// Words with every character escaped that could be markup anywhere in a line.
fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len() + 8);
    let mut chars = words.chars().peekable();
    while let Some(c) = chars.next() {
        let markup = match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '~' | '|' => true,
            // Before a link it would make a picture of it.
            '!' => chars.peek().is_none(),
            _ => false,
        };
        if markup {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// A line whose first characters are no mark of a heading, list or rule.
fn guarded(line: &str) -> String {
    if line.starts_with(['#', '+', '-', '=']) {
        return format!("\\{line}");
    }
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if digits > 0 && line[digits..].starts_with(['.', ')']) {
        return format!("{}\\{}", &line[..digits], &line[digits..]);
    }
    line.to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Parser, Tag};

    use super::*;
    use crate::ident::Person;

    fn written(blocks: Vec<Block>) -> String {
        let document = Document {
            headline: String::new(),
            blocks,
        };
        markdown(&document, &|person: &Person| format!("<{person}> *x*"))
    }

    fn check(inlines: Vec<Inline>, expected: &str) {
        assert_eq!(
            written(vec![Block::Paragraph(inlines)]),
            format!("{expected}\n")
        );
    }

    #[test]
    fn user_text_never_becomes_markup() {
        let plain = |words: &str, expected: &str| check(vec![Inline::plain(words)], expected);
        plain("a *b* _c_ `d`", r"a \*b\* \_c\_ \`d\`");
        plain("# no heading", r"\# no heading");
        plain(
            "- no list\n1. nor this\n2) nor that",
            "\\- no list\\\n1\\. nor this\\\n2\\) nor that",
        );
        plain("<b>&amp;", r"\<b\>\&amp;");
        plain(
            "1.5 is no list, 50% is fine",
            r"1\.5 is no list, 50% is fine",
        );
        plain("a\n===", "a\\\n\\===");
    }

    #[test]
    fn weight_stands_outside_blanks_and_never_inside_words() {
        check(
            vec![
                Inline::plain("a"),
                Inline::strong(" b "),
                Inline::plain("c"),
            ],
            "a **b** c",
        );
        check(vec![Inline::plain("a"), Inline::strong("b")], "ab");
        check(vec![Inline::strong("a"), Inline::soft("b")], "ab");
        check(
            vec![Inline::strong("a"), Inline::plain(": "), Inline::soft("b")],
            "**a**: _b_",
        );
    }

    #[test]
    fn code_and_links_keep_what_they_hold() {
        check(vec![Inline::code("a`b")], "``a`b``");
        check(vec![Inline::code("`")], "`` ` ``");
        let link = |label: &str, url: &str| Inline::Link {
            label: label.to_owned(),
            url: url.to_owned(),
        };
        check(
            vec![
                Inline::plain("see!"),
                link("a]b", "https://example.com/(x)?a=1&b=2"),
            ],
            r"see\![a\]b](https://example.com/%28x%29?a=1&amp;b=2)",
        );
        check(
            vec![link("x", "javascript:alert(1)")],
            r"x \[javascript:alert(1)\]",
        );
    }

    #[test]
    fn every_block_has_a_form() {
        let blocks = vec![
            Block::Heading("Price #".to_owned()),
            Block::Bullets(vec![vec![Inline::plain("- a\nb")], vec![]]),
            Block::Rows(vec![Row {
                name: "ACV".to_owned(),
                value: vec![Inline::Person(Person::new("U1"))],
            }]),
            Block::Verbatim("```\ncode".to_owned()),
            Block::Rule,
            Block::Note(vec![Inline::soft("small")]),
            Block::Actions(vec![Button {
                label: "Undo".to_owned(),
                words: "undo 3".to_owned(),
                primary: true,
            }]),
        ];
        assert_eq!(
            written(blocks),
            "## Price \\#\n\n- \\- a\\\n  b\n\n* **ACV**: \\<U1\\> \\*x\\*\n\n````\n```\ncode\n````\n\n---\n\n_small_\n\n+ **Undo**: `undo 3`\n",
        );
    }

    /// What a reader of the Markdown sees, with white space made one blank.
    fn seen(markdown: &str) -> String {
        let mut words = String::new();
        for event in Parser::new(markdown) {
            match event {
                Event::Text(text) | Event::Code(text) => words.push_str(&text),
                Event::SoftBreak | Event::HardBreak | Event::End(_) => words.push(' '),
                Event::Start(Tag::Image { .. } | Tag::HtmlBlock | Tag::BlockQuote(_))
                | Event::Html(_)
                | Event::InlineHtml(_) => words.push_str("MARKUP"),
                _ => {}
            }
        }
        words.split_whitespace().collect()
    }

    fn squeezed(words: &str) -> String {
        words.split_whitespace().collect()
    }

    fn inline() -> impl Strategy<Value = Inline> {
        let words = r"[ab 1\n#+=.)(!*_`~<>&|\[\]\\\-]{0,12}";
        prop_oneof![
            words.prop_map(Inline::plain),
            words.prop_map(Inline::strong),
            words.prop_map(Inline::soft),
            words.prop_map(Inline::code),
            words.prop_map(|label| Inline::Link {
                label: format!("l{label}"),
                url: "https://example.com".to_owned()
            }),
        ]
    }

    fn words_of(inlines: &[Inline]) -> String {
        inlines
            .iter()
            .map(|inline| match inline {
                Inline::Words(words, _) | Inline::Code(words) => squeezed(words),
                Inline::Link { label, .. } => squeezed(label),
                _ => String::new(),
            })
            .collect()
    }

    proptest! {
        #[test]
        fn a_reader_sees_the_words_and_nothing_else(
            inlines in proptest::collection::vec(inline(), 0..6),
            heading in r"[ab 1#*_.\-]{0,8}",
        ) {
            let expected = words_of(&inlines);
            for block in [Block::Paragraph(inlines.clone()), Block::Bullets(vec![inlines])] {
                let md = written(vec![Block::Heading(heading.clone()), block]);
                prop_assert_eq!(seen(&md), squeezed(&heading) + &expected, "{}", md);
            }
        }
    }
}
