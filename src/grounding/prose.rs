//! Whether a sentence is only that: words and figures, no markup, nobody called, nothing hidden.

use crate::text::has_no_form;

/// Why a sentence of a model is dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fault {
    /// There is nothing in it.
    Empty,
    /// It is longer than a sentence.
    TooLong,
    /// It cites nothing.
    Uncited,
    /// It cites what it was not given.
    UnknownCitation,
    /// It has a number that stands in none of its evidence.
    Number,
    /// It names somebody or something that its evidence does not name.
    Name,
    /// Most of its words stand in none of its evidence.
    Unsupported,
    /// It judges for itself, or denies what its evidence says.
    Contradiction,
    /// It has markup, a link, a mention or a command.
    Markup,
    /// It has letters of another script, hidden ones or unusual signs.
    Script,
}

impl Fault {
    /// The word for logs and metrics.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLong => "too_long",
            Self::Uncited => "uncited",
            Self::UnknownCitation => "unknown_citation",
            Self::Number => "number",
            Self::Name => "name",
            Self::Unsupported => "unsupported",
            Self::Contradiction => "contradiction",
            Self::Markup => "markup",
            Self::Script => "script",
        }
    }
}

/// The most letters of a sentence.
const LONGEST: usize = 320;

/// Signs that prose needs, beside letters and ASCII digits.
const SIGNS: &str = " .,;:!?'\"()-–—%$€£/&+=’‘“”…×≥≤→";

/// What is wrong with a sentence's form, if anything.
pub(super) fn fault(sentence: &str) -> Option<Fault> {
    if !sentence.contains(char::is_alphabetic) {
        return Some(Fault::Empty);
    }
    if sentence.chars().count() > LONGEST {
        return Some(Fault::TooLong);
    }
    if sentence.contains(is_markup) || is_link(sentence) || calls(sentence) {
        return Some(Fault::Markup);
    }
    if !sentence.chars().all(is_plain) {
        return Some(Fault::Script);
    }
    None
}

fn is_plain(c: char) -> bool {
    let latin = matches!(c, 'À'..='ɏ') && c.is_alphabetic();
    (c.is_ascii_alphanumeric() || latin || SIGNS.contains(c)) && !has_no_form(c)
}

fn is_markup(c: char) -> bool {
    matches!(
        c,
        '<' | '>'
            | '*'
            | '_'
            | '~'
            | '`'
            | '#'
            | '@'
            | '|'
            | '['
            | ']'
            | '{'
            | '}'
            | '\\'
            | '\n'
            | '\r'
            | '\t'
    )
}

/// Whether a client would make a link of some of it: a scheme, or a name with a top-level domain.
fn is_link(sentence: &str) -> bool {
    let lower = sentence.to_lowercase();
    let domain = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        word.rsplit_once('.').is_some_and(|(name, top)| {
            let host = name.rsplit(['/', '.']).next().unwrap_or_default();
            let top = top.split('/').next().unwrap_or_default();
            let letters = |part: &str| part.len() > 1 && part.chars().all(char::is_alphabetic);
            letters(top) && host.chars().filter(|c| c.is_alphanumeric()).count() > 1
        })
    };
    lower.contains("://")
        || lower.contains("mailto:")
        || lower.contains("www.")
        || lower.split([' ', '(', ')', ',']).any(domain)
}

/// Whether a word is a command or an emoji's name.
fn calls(sentence: &str) -> bool {
    let emoji = |word: &str| word.len() > 2 && word.starts_with(':') && word[1..].contains(':');
    let command = |word: &str| {
        word.strip_prefix('/')
            .is_some_and(|rest| rest.starts_with(char::is_alphabetic))
    };
    sentence
        .split([' ', '(', ')', '"', '“', '”'])
        .any(|word| emoji(word) || command(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(sentence: &str, expected: Option<Fault>) {
        assert_eq!(fault(sentence), expected, "{sentence:?}");
    }

    #[test]
    fn plain_sentences_pass() {
        for sentence in [
            "At $49/mo a field team can't pay for itself (e.g. $588 a year).",
            "LTV / CAC = 3:1, i.e. “healthy” – see R&D.",
            "Für Café-Betreiber costs stay ≥ 20%.",
            "The U.S. market is next.",
        ] {
            check(sentence, None);
        }
    }

    #[test]
    fn nothing_that_a_client_acts_on_passes() {
        for sentence in [
            "See <https://evil.example|our page>.",
            "Read https://evil.example now.",
            "Read www.evil.example now.",
            "Go to evil.com/login now.",
            "Go to evil.com.",
            "Ask <@U123> or <!channel>.",
            "Ask @channel.",
            "This is *bold*.",
            "This is `code`.",
            "Run /gtm unset price.",
            "Say \"/gtm undo\".",
            "Great :tada: news.",
            "A line\nand another.",
            "See [here](x).",
            "mailto:a",
        ] {
            check(sentence, Some(Fault::Markup));
        }
    }

    #[test]
    fn hidden_and_foreign_letters_do_not_pass() {
        for sentence in [
            "The pr\u{200b}ice is low.",
            "The pr\u{456}ce is low.",
            "The \u{202e}price is low.",
            "Ｔhe price is low.",
            "The price is low 🎉.",
            "價格 is low.",
            "The price is 𝟒𝟗.",
        ] {
            check(sentence, Some(Fault::Script));
        }
        check("", Some(Fault::Empty));
        check("  42 … ", Some(Fault::Empty));
        check(&"long ".repeat(100), Some(Fault::TooLong));
    }
}
