//! Numbers that stand in a text by themselves. A finding names the plan's numbers, the thresholds and
//! what is computed of them; a number in prose is nobody's, and stays where a team moves the threshold.

use super::param::Param;
use crate::lint::expr::{Node, Type};
use crate::lint::wording::is_name_with_number;

/// A number of its own in a page's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Loose {
    /// The byte of the page.
    pub(crate) at: usize,
    /// As it is written.
    pub(crate) written: String,
}

impl Loose {
    /// The first in words that are a part of the page.
    pub(super) fn of_page(page: &str, words: &str) -> Option<Self> {
        let (at, written) = in_words(words)?;
        let begin = words.as_ptr() as usize - page.as_ptr() as usize;
        Some(Self {
            at: begin + at,
            written: written.to_owned(),
        })
    }

    /// What is wrong with it, and what to write.
    pub(crate) fn problem(&self, params: &[Param]) -> String {
        let written = &self.written;
        let digits = |words: &str| {
            words
                .chars()
                .filter(char::is_ascii_digit)
                .collect::<String>()
        };
        let same = params
            .iter()
            .find(|param| digits(&param.default) == digits(written));
        let instead = match same.or(params.first()) {
            Some(param) => format!("`{{params.{}}}`", param.name),
            None => "`{params.least}`, with `[params.least]` above".to_owned(),
        };
        format!(
            "`{written}` is a number of its own; a text names numbers of the plan and thresholds only, in \
             braces: {instead}"
        )
    }
}

/// The first number in words that is a number of its own: the byte, and the word.
pub(super) fn in_words(words: &str) -> Option<(usize, &str)> {
    let mut before = ["", ""];
    for word in words.split_whitespace() {
        let bare = word.trim_matches(|sign: char| !sign.is_alphanumeric());
        if is_number(bare) && !is_name_with_number(before, bare) {
            let at = bare.as_ptr() as usize - words.as_ptr() as usize;
            return Some((at, bare));
        }
        before = [before[1], bare];
    }
    None
}

/// Whether a word or a part of it begins as a number does: `30`, `40%`, `5k`, `top-10`, `EUR500`; not
/// `B2B` or `Q3`.
fn is_number(word: &str) -> bool {
    if !word.contains(char::is_numeric) {
        return false;
    }
    let begins = |part: &str| part.starts_with(char::is_numeric);
    let of_currency = |part: &str| {
        let folded = part.to_lowercase();
        let codes = ["usd", "eur", "gbp", "chf", "inr", "us$"];
        let mut behind = codes.iter().filter_map(|code| folded.strip_prefix(code));
        behind.any(begins)
    };
    word.split(|sign: char| !sign.is_alphanumeric() && sign != '$')
        .any(|part| begins(part.trim_start_matches('$')) || of_currency(part))
}

/// Whether an expression yields a number without reading plan or threshold.
pub(super) fn is_constant(node: &Node, found: &Type) -> bool {
    let mut reads = false;
    node.walk(&mut |below| {
        reads |= !matches!(
            below,
            Node::Constant(_)
                | Node::Call(..)
                | Node::Binary(..)
                | Node::Negated(_)
                | Node::Not(_)
                | Node::Join(_)
                | Node::If(_)
        );
    });
    matches!(found, Type::Unit(_)) && !reads
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_told_from_a_name_that_has_one() {
        let check = |words: &str, expected: Option<(usize, &str)>| {
            assert_eq!(in_words(words), expected, "{words}");
        };
        check("You sell to 42 firms", Some((12, "42")));
        check("we ask for ($30k) at least", Some((13, "30k")));
        check("a win rate of 25%.", Some((14, "25")));
        check("in the top-10", Some((7, "top-10")));
        check("EUR500 a year", Some((0, "EUR500")));
        check("since 2024", Some((6, "2024")));
        check("½ of them", Some((0, "½")));
        check("B2B firms in Q3 with ISO 27001 and SOC 2", None);
        check("the rule of 40, 24/7, by 2FA", None);
        check("no number at all", None);
    }
}
