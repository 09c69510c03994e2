//! Letters that no reader sees, or that turn what they read round: no page has any.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::error::Fault;
use crate::text;

/// Picks how a sign is drawn, as many emoji end; it hides nothing.
const DRAWN_IN_COLOUR: char = '\u{fe0f}';

/// Refuses a page with such a letter, be it typed or, in the front matter that begins at byte
/// `start`, written as an escape.
pub(super) fn refuse(page: &str, front: &str, start: usize) -> Result<(), Fault> {
    let mut begin = 0;
    for line in page.split_inclusive('\n') {
        let typed = || line.char_indices().find(|(_, letter)| is_hidden(*letter));
        if !is_plain(line)
            && let Some((at, letter)) = typed()
        {
            return Err(fault(begin + at, letter));
        }
        begin += line.len();
    }
    // No letter is escaped without a backslash.
    if !front.contains('\\') {
        return Ok(());
    }
    // What is no TOML is refused where it is read.
    let escaped = DeTable::parse(front).ok();
    match escaped.and_then(|table| in_table(table.get_ref())) {
        Some((at, letter)) => Err(fault(start + at, letter)),
        None => Ok(()),
    }
}

/// Whether a line has nothing but letters that show, as most have.
fn is_plain(line: &str) -> bool {
    line.is_ascii()
        && line
            .bytes()
            .all(|byte| byte >= b' ' && byte != b'\x7f' || byte == b'\n')
}

fn is_hidden(letter: char) -> bool {
    let is_layout = matches!(letter, '\n' | '\t' | DRAWN_IN_COLOUR);
    !is_layout && (letter.is_control() || text::has_no_form(letter))
}

fn fault(at: usize, letter: char) -> Fault {
    let code = u32::from(letter);
    Fault::new(
        at,
        format!(
            "the letter U+{code:04X} is invisible and may turn round what people read; take it out"
        ),
    )
}

/// The first such letter of a table's names and values, with the byte at which its text begins.
fn in_table(table: &DeTable<'_>) -> Option<(usize, char)> {
    let found = table.iter().filter_map(|(name, value)| {
        let in_name = in_text(name.get_ref(), name.span().start);
        in_name.or_else(|| in_value(value))
    });
    found.min()
}

fn in_value(value: &Spanned<DeValue<'_>>) -> Option<(usize, char)> {
    match value.get_ref() {
        DeValue::String(text) => in_text(text, value.span().start),
        DeValue::Array(items) => items.iter().find_map(in_value),
        DeValue::Table(table) => in_table(table),
        _ => None,
    }
}

fn in_text(text: &str, at: usize) -> Option<(usize, char)> {
    text.chars()
        .find(|letter| is_hidden(*letter))
        .map(|it| (at, it))
}
