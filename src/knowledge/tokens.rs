//! Words as the index sees them: folded, stemmed, numbers read.

use std::collections::HashMap;

use rust_stemmers::{Algorithm, Stemmer};

use crate::text::fold;

/// One word or number.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    /// As it was written, folded.
    pub(super) surface: String,
    /// What is compared.
    pub(super) stem: String,
    /// Whether it is a number.
    pub(super) is_number: bool,
    /// Whether that number is an amount of money.
    pub(super) is_money: bool,
}

/// The words and numbers of a text.
pub(super) fn tokens(words: &str) -> Vec<Token> {
    Stems::default().tokens(words)
}

/// The stems of words that were met before: most words of a library stand in it often.
#[derive(Debug, Default)]
pub(super) struct Stems {
    known: HashMap<String, (String, bool)>,
}

impl Stems {
    /// The words and numbers of a text.
    pub(super) fn tokens(&mut self, words: &str) -> Vec<Token> {
        let folded = fold(words).replace('\'', "");
        let mut found: Vec<Token> = Vec::new();
        let mut rest = folded.as_str();
        while let Some(start) = rest.find(char::is_alphanumeric) {
            let money = rest[..start].ends_with(['$', '€', '£']);
            rest = &rest[start..];
            let end = end_of(rest);
            let token = self.token(&rest[..end], money);
            let names_money = CURRENCIES.contains(&token.surface.as_str());
            if let (true, Some(before)) = (names_money, found.last_mut()) {
                before.is_money |= before.is_number;
            }
            found.push(token);
            rest = &rest[end..];
        }
        found
    }

    fn token(&mut self, surface: &str, is_money: bool) -> Token {
        if !self.known.contains_key(surface) {
            let number = number(surface);
            let stem = match number {
                Some(number) => format!("#{number}"),
                None => stem(surface),
            };
            self.known
                .insert(surface.to_owned(), (stem, number.is_some()));
        }
        let (stem, is_number) = &self.known[surface];
        Token {
            surface: surface.to_owned(),
            stem: stem.clone(),
            is_number: *is_number,
            is_money: is_money && *is_number,
        }
    }
}

/// Words behind a number that make it an amount.
const CURRENCIES: [&str; 8] = [
    "bucks", "buck", "dollar", "dollars", "usd", "eur", "euro", "euros",
];

/// Where the word or number ends that `rest` begins with: a number keeps its point and commas.
fn end_of(rest: &str) -> usize {
    let is_number = rest.starts_with(|c: char| c.is_ascii_digit());
    let mut letters = rest.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let next = letters.peek().map(|(_, next)| *next);
        let joins = is_number
            && matches!(letter, '.' | ',')
            && next.is_some_and(|next| next.is_ascii_digit());
        if !letter.is_alphanumeric() && !joins {
            return at;
        }
    }
    rest.len()
}

/// The stem of a folded word.
fn stem(word: &str) -> String {
    if word.len() <= 2 || !word.is_ascii() {
        word.to_owned()
    } else {
        Stemmer::create(Algorithm::English).stem(word).into_owned()
    }
}

/// A whole number, where the word is one: `30k`, `1,200`, `1.2m`.
fn number(word: &str) -> Option<u64> {
    if !word.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let digits = word.trim_end_matches(char::is_alphabetic);
    let factor = match &word[digits.len()..] {
        "" => 1,
        "k" => 1_000,
        "m" | "mio" | "mn" => 1_000_000,
        _ => return None,
    };
    let plain = digits.replace(',', "");
    let (whole, part) = plain.split_once('.').unwrap_or((&plain, ""));
    let whole: u64 = whole.parse().ok()?;
    let part: u64 = match part {
        "" => 0,
        part => {
            let scale = 10_u64.checked_pow(u32::try_from(part.len()).ok()?)?;
            part.parse::<u64>().ok()?.checked_mul(factor)? / scale
        }
    };
    whole.checked_mul(factor)?.checked_add(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_stemmed_and_numbers_read() {
        let check = |words: &str, expected: &str| {
            let stems: Vec<_> = tokens(words).into_iter().map(|token| token.stem).collect();
            assert_eq!(stems.join(" "), expected, "{words:?}");
        };
        check("What's your pricing?", "what your price");
        check("$49/mo", "#49 mo");
        check("10\u{2013}20 interviews", "#10 #20 interview");
        check("1.2M ARR, 1,200 leads", "#1200000 arr #1200 lead");
        check("t2d3 and a 2-stage team", "t2d3 and a #2 stage team");
        check("", "");
        check("99999999999999999999999", "99999999999999999999999");
    }

    #[test]
    fn an_amount_is_known_by_its_sign_or_its_word() {
        let check = |words: &str, expected: bool| {
            assert_eq!(
                tokens(words).iter().any(|token| token.is_money),
                expected,
                "{words}"
            );
        };
        check("$49", true);
        check("49 bucks", true);
        check("49 leads", false);
    }
}
