//! What every surface does to words before it writes them in its own way.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{Emphasis, Inline};

/// Words without control characters: those say nothing to a reader and much to a terminal. Line
/// ends become `\n`, tabs stay, the rest becomes a space.
pub fn clean(words: &str) -> Cow<'_, str> {
    let odd = |c: char| c.is_control() && c != '\n' && c != '\t';
    if !words.contains(odd) {
        return Cow::Borrowed(words);
    }
    let lines = words.replace("\r\n", "\n").replace('\r', "\n");
    Cow::Owned(lines.replace(odd, " "))
}

/// Words on one line: every run of white space is one blank.
pub fn one_line(words: &str) -> String {
    clean(words)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// An instant as it reads everywhere, for surfaces that do not know the reader's zone.
pub fn utc(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC)
        .strftime("%Y-%m-%d %H:%M UTC")
        .to_string()
}

/// Whether an address may be a link: `http` or `https`, with a host and without white space.
pub fn is_web(url: &str) -> bool {
    let after = |scheme: &str| {
        url.get(..scheme.len())
            .filter(|start| start.eq_ignore_ascii_case(scheme))
            .map(|start| &url[start.len()..])
    };
    after("https://")
        .or_else(|| after("http://"))
        .is_some_and(|rest| {
            !rest.is_empty()
                && !rest.starts_with(['/', '?', '#'])
                && !rest.contains(|c: char| c.is_whitespace() || c.is_control())
        })
}

/// The same runs, cleaned, with neighbours of one weight made one and empty ones left out, so that
/// the marks around two of them never meet.
pub fn joined(inlines: &[Inline]) -> Vec<Inline> {
    let mut runs: Vec<Inline> = Vec::with_capacity(inlines.len());
    for inline in inlines {
        let run = match inline {
            Inline::Words(words, emphasis) => Inline::Words(clean(words).into_owned(), *emphasis),
            Inline::Code(code) if code.trim().is_empty() => {
                Inline::Words(clean(code).into_owned(), Emphasis::Plain)
            }
            Inline::Code(code) => Inline::Code(clean(code).replace('\n', " ")),
            other => other.clone(),
        };
        match (runs.last_mut(), run) {
            (_, Inline::Words(words, _)) if words.is_empty() => {}
            (Some(Inline::Words(last, weight)), Inline::Words(words, emphasis))
                if *weight == emphasis =>
            {
                last.push_str(&words);
            }
            (Some(Inline::Code(last)), Inline::Code(code)) => last.push_str(&code),
            (_, run) => runs.push(run),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_go_and_lines_stay() {
        assert_eq!(clean("a\u{1b}[2Jb\r\nc\td\re"), "a [2Jb\nc\td\ne");
        assert!(matches!(clean("plain\nwords"), Cow::Borrowed(_)));
    }

    #[test]
    fn only_web_addresses_are_links() {
        let check = |url: &str, expected: bool| assert_eq!(is_web(url), expected, "{url}");
        check("https://example.com/a?b=c", true);
        check("HTTP://example.com", true);
        check("https://", false);
        check("https:///etc/passwd", false);
        check("https://a b", false);
        check("javascript:alert(1)", false);
        check("mailto:a@example.com", false);
        check("//example.com", false);
        check("", false);
        check("é", false);
    }

    #[test]
    fn neighbours_of_one_weight_become_one() {
        let runs = joined(&[
            Inline::strong("a"),
            Inline::plain(""),
            Inline::strong("b"),
            Inline::plain("c"),
        ]);
        assert_eq!(runs, [Inline::strong("ab"), Inline::plain("c")]);
    }
}
