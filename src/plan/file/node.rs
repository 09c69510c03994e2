//! A file's content with the place of everything in it, whatever the form.

use jiff::civil::Date;

/// A value in a file.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Node {
    /// The byte of the file where it begins.
    pub(super) at: usize,
    pub(super) content: Content,
}

/// What a value in a file is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Content {
    Words(String),
    /// A number by its digits, as they stand.
    Number(String),
    Date(Date),
    /// A time of day, or a date with one.
    Time,
    YesNo(bool),
    Null,
    Array(Vec<Node>),
    Table(Vec<Entry>),
}

/// A key with its value.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry {
    pub(super) key: String,
    /// The byte of the file where the key begins.
    pub(super) at: usize,
    pub(super) node: Node,
}

impl Content {
    /// What it is, in words.
    pub(super) fn noun(&self) -> &'static str {
        match self {
            Self::Words(_) => "text",
            Self::Number(_) => "a number",
            Self::Date(_) => "a date",
            Self::Time => "a time",
            Self::YesNo(_) => "true or false",
            Self::Null => "null",
            Self::Array(_) => "a list",
            Self::Table(_) => "a table",
        }
    }
}

/// A number's digits in a spelling that has one reading: in a file the dot is always the decimal
/// sign, while people's `1.125` could be a thousand and some. `None` for what is no plain decimal.
pub(super) fn plain_number(digits: &str) -> Option<String> {
    let digits = digits.strip_prefix('+').unwrap_or(digits).replace('_', "");
    let unsigned = digits.strip_prefix('-').unwrap_or(&digits);
    if !unsigned
        .bytes()
        .all(|sign| sign.is_ascii_digit() || sign == b'.')
    {
        return None;
    }
    let Some((whole, part)) = digits.split_once('.') else {
        return Some(digits);
    };
    let part = part.trim_end_matches('0');
    Some(match part.len() {
        0 => whole.to_owned(),
        3 => format!("{whole}.{part}0"),
        _ => format!("{whole}.{part}"),
    })
}
