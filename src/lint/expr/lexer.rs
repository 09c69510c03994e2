//! Characters to tokens, each with its place in the text.

use super::Mistake;

/// A place in an expression's text, in bytes.
pub(crate) type Span = std::ops::Range<usize>;

/// One word of the language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Token {
    /// A number's digits, with at most one point.
    Number(String),
    /// A quoted string, its escapes resolved.
    Text(String),
    /// A name; keywords are names until the parser looks at them.
    Name(String),
    /// An operator or a bracket.
    Sign(&'static str),
}

/// Longer signs stand before their own beginnings.
const SIGNS: [&str; 23] = [
    "&&", "||", "==", "!=", "<=", ">=", "<", ">", "!", "+", "-", "*", "/", "(", ")", "[", "]", ",",
    ".", "?", ":", "%", "=",
];

/// Cuts `text` into tokens.
pub(crate) fn tokens(text: &str) -> Result<Vec<(Token, Span)>, Mistake> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        }
        let (token, length) = token(&text[at..], first, at)?;
        found.push((token, at..at + length));
        at += length;
    }
    Ok(found)
}

fn token(rest: &str, first: char, at: usize) -> Result<(Token, usize), Mistake> {
    if first.is_ascii_digit() {
        return Ok(number(rest));
    }
    if first.is_ascii_alphabetic() || first == '_' {
        let length = run(rest, |c| c.is_ascii_alphanumeric() || c == '_');
        return Ok((Token::Name(rest[..length].to_owned()), length));
    }
    if first == '"' || first == '\'' {
        return quoted(rest, first, at);
    }
    SIGNS
        .into_iter()
        .find(|sign| rest.starts_with(sign))
        .map(|sign| (Token::Sign(sign), sign.len()))
        .ok_or_else(|| {
            let span = at..at + first.len_utf8();
            let hint = match first {
                '$' => "; money is written `usd(500)`, money a year `usd_per_year(30000)`",
                '&' => "; and is written `&&`",
                '|' => "; or is written `||`",
                _ => "",
            };
            Mistake::new(span, format!("`{first}` means nothing here{hint}"))
        })
}

fn number(rest: &str) -> (Token, usize) {
    let whole = run(rest, |c| c.is_ascii_digit());
    let fraction = rest[whole..]
        .strip_prefix('.')
        .map_or(0, |tail| run(tail, |c| c.is_ascii_digit()));
    let length = if fraction == 0 {
        whole
    } else {
        whole + 1 + fraction
    };
    (Token::Number(rest[..length].to_owned()), length)
}

fn quoted(rest: &str, quote: char, at: usize) -> Result<(Token, usize), Mistake> {
    let mut words = String::new();
    let mut characters = rest.char_indices().skip(1);
    while let Some((place, character)) = characters.next() {
        match character {
            '\\' => {
                let Some((_, escaped @ ('\\' | '"' | '\''))) = characters.next() else {
                    let span = at + place..at + place + 1;
                    return Err(Mistake::new(span, r#"only \\, \" and \' can be escaped"#));
                };
                words.push(escaped);
            }
            end if end == quote => return Ok((Token::Text(words), place + 1)),
            other => words.push(other),
        }
    }
    Err(Mistake::new(
        at..at + rest.len(),
        "this string has no closing quote",
    ))
}

fn run(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|c| !belongs(c)).unwrap_or(text.len())
}
