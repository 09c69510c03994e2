//! Words as the index sees them: folded, stemmed, numbers read.

use std::borrow::Cow;
use std::sync::LazyLock;

use rust_stemmers::{Algorithm, Stemmer};

use super::form::Sign;
use super::hash::ByWord;
use crate::text::fold_into;

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

/// A text as words are looked for in it: folded, without apostrophes.
pub(super) fn folded(words: &str) -> String {
    let mut folded = String::with_capacity(words.len());
    folded_into(words, &mut folded);
    folded
}

fn folded_into(words: &str, folded: &mut String) {
    fold_into(words, folded);
    if folded.contains('\'') {
        folded.retain(|letter| letter != '\'');
    }
}

/// The stems of words that were met before: most words of a library stand in it often.
#[derive(Debug, Default)]
pub(super) struct Stems {
    /// By its surface, the number of each word that was met.
    known: ByWord<Box<str>, u32>,
    words: Vec<Met>,
    /// The same by the letters of short plain words, which nearly all are.
    short: ByWord<u128, u32>,
    /// By itself, the number of each stem.
    numbers: ByWord<Box<str>, u32>,
    by_number: Vec<Box<str>>,
    /// The text that is being read, folded.
    folded: String,
}

/// A word of a text, by what is known of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    /// The number of its stem.
    pub(super) stem: u32,
    /// What it tells of a question's form.
    pub(super) sign: Sign,
}

/// A word that was met.
#[derive(Debug)]
struct Met {
    word: Word,
    is_number: bool,
    is_in_text: bool,
}

impl Stems {
    /// Every word that was met in a text.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        let known = self.known.iter();
        known
            .filter(|(_, place)| self.words[**place as usize].is_in_text)
            .map(|(word, _)| &**word)
    }

    /// How many stems there are; they are numbered from 0.
    pub(super) fn count(&self) -> usize {
        self.by_number.len()
    }

    /// A stem by its number.
    pub(super) fn stem(&self, number: u32) -> &str {
        &self.by_number[number as usize]
    }

    /// The number of a stem that was met.
    pub(super) fn number(&self, stem: &str) -> Option<u32> {
        self.numbers.get(stem).copied()
    }

    /// Reads the words of a text into `found`.
    pub(super) fn read(&mut self, words: &str, found: &mut Vec<Word>) {
        self.each(words, found, |met| met.is_in_text = true);
    }

    /// The same for words that somebody typed: they may be slips, and are not held as right.
    pub(super) fn hear(&mut self, words: &str, found: &mut Vec<Word>) {
        self.each(words, found, |_| ());
    }

    fn each(&mut self, words: &str, found: &mut Vec<Word>, note: impl Fn(&mut Met)) {
        found.clear();
        if self.each_plain(words, found, &note).is_some() {
            return;
        }
        let mut folded = std::mem::take(&mut self.folded);
        folded_into(words, &mut folded);
        found.clear();
        each_word(&folded, |surface, _| {
            let place = self.meet(surface);
            let met = &mut self.words[place];
            note(met);
            found.push(met.word);
        });
        self.folded = folded;
    }

    /// The same in one pass, for a text of short words in plain letters; none for another one, of which
    /// some words may have been met by then.
    fn each_plain(
        &mut self,
        words: &str,
        found: &mut Vec<Word>,
        note: &impl Fn(&mut Met),
    ) -> Option<()> {
        let (mut letters, mut length) = ([0_u8; SHORT], 0);
        for byte in words.bytes() {
            match FOLDED[usize::from(byte)] {
                ODD => return None,
                DROPPED => {}
                PARTS if length == 0 => {}
                PARTS => {
                    // The rest of a number may follow.
                    if letters[0].is_ascii_digit() && matches!(byte, b'.' | b',') {
                        return None;
                    }
                    let met = self.met_short(letters, length);
                    note(met);
                    found.push(met.word);
                    (letters, length) = ([0; SHORT], 0);
                }
                letter => {
                    *letters.get_mut(length)? = letter;
                    length += 1;
                }
            }
        }
        if length > 0 {
            let met = self.met_short(letters, length);
            note(met);
            found.push(met.word);
        }
        Some(())
    }

    fn met_short(&mut self, letters: [u8; SHORT], length: usize) -> &mut Met {
        let key = u128::from_le_bytes(letters);
        let place = if let Some(place) = self.short.get(&key) {
            *place
        } else {
            let surface = str::from_utf8(&letters[..length]).expect("plain letters");
            let place = u32::try_from(self.meet(surface)).expect("memory holds fewer words");
            self.short.insert(key, place);
            place
        };
        &mut self.words[place as usize]
    }

    /// The words and numbers of a text.
    pub(super) fn tokens(&mut self, words: &str) -> Vec<Token> {
        let mut found: Vec<Token> = Vec::new();
        each_word(&folded(words), |surface, is_money| {
            let token = self.token(surface, is_money);
            let names_money = CURRENCIES.contains(&surface);
            if let (true, Some(before)) = (names_money, found.last_mut()) {
                before.is_money |= before.is_number;
            }
            found.push(token);
        });
        found
    }

    fn token(&mut self, surface: &str, is_money: bool) -> Token {
        let place = self.meet(surface);
        let met = &self.words[place];
        Token {
            surface: surface.to_owned(),
            stem: self.stem(met.word.stem).to_owned(),
            is_number: met.is_number,
            is_money: is_money && met.is_number,
        }
    }

    /// The place of a word, known from now on.
    fn meet(&mut self, surface: &str) -> usize {
        if let Some(place) = self.known.get(surface) {
            return *place as usize;
        }
        let number = number(surface);
        let stem = match number {
            Some(number) => Cow::Owned(format!("#{number}")),
            None => stem(surface),
        };
        let word = Word {
            stem: place_of(&mut self.numbers, &stem),
            sign: Sign::of(surface),
        };
        let met = Met {
            word,
            is_number: number.is_some(),
            is_in_text: false,
        };
        if word.stem as usize == self.by_number.len() {
            self.by_number.push(stem.into());
        }
        let place = place_of(&mut self.known, surface) as usize;
        self.words.push(met);
        place
    }
}

/// The number of a word, known from now on.
pub(super) fn place_of(known: &mut ByWord<Box<str>, u32>, word: &str) -> u32 {
    if let Some(place) = known.get(word) {
        return *place;
    }
    let next = u32::try_from(known.len()).expect("memory holds fewer words");
    known.insert(word.into(), next);
    next
}

/// Calls `met` with each word and number of a folded text, and whether a sign of money stands
/// before it.
fn each_word(folded: &str, mut met: impl FnMut(&str, bool)) {
    let mut rest = folded;
    while let Some(start) = begin_of(rest) {
        let is_money = rest[..start].ends_with(['$', '€', '£']);
        rest = &rest[start..];
        let end = end_of(rest);
        met(&rest[..end], is_money);
        rest = &rest[end..];
    }
}

/// Where the first word or number begins. Most stand one plain sign away.
fn begin_of(rest: &str) -> Option<usize> {
    let near = rest.bytes().take(2);
    let near = near
        .take_while(u8::is_ascii)
        .position(|it| PLAIN[usize::from(it)]);
    near.or_else(|| rest.find(char::is_alphanumeric))
}

/// Words behind a number that make it an amount.
const CURRENCIES: [&str; 8] = [
    "bucks", "buck", "dollar", "dollars", "usd", "eur", "euro", "euros",
];

/// Which bytes are plain letters and digits: looked up, since every byte of the library is asked.
static PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        plain[byte as usize] = byte.is_ascii_alphanumeric();
        byte += 1;
    }
    plain
};

/// Letters of a word that is short.
const SHORT: usize = 16;

/// What parts words, what is left out of one, and what is folded in other ways.
const PARTS: u8 = 0;
const DROPPED: u8 = 1;
const ODD: u8 = 2;

/// What each byte of a text is once it is folded.
static FOLDED: [u8; 256] = {
    let mut folded = [ODD; 256];
    let mut byte = b' ';
    while byte < 127 {
        folded[byte as usize] = if byte.is_ascii_alphanumeric() {
            byte.to_ascii_lowercase()
        } else {
            PARTS
        };
        byte += 1;
    }
    folded[b'\n' as usize] = PARTS;
    folded[b'\'' as usize] = DROPPED;
    folded
};

/// Where the word or number ends that `rest` begins with: a number keeps its point and commas.
fn end_of(rest: &str) -> usize {
    let is_number = rest.starts_with(|c: char| c.is_ascii_digit());
    // Nearly all words are plain and end at a plain sign.
    let bytes = rest.as_bytes();
    let is_plain = |byte: &u8| PLAIN[usize::from(*byte)];
    let plain = bytes.iter().position(|byte| !is_plain(byte));
    let plain = plain.unwrap_or(bytes.len());
    let joins = |next: u8| is_number && matches!(next, b'.' | b',');
    match bytes.get(plain) {
        None => return plain,
        Some(next) if plain > 0 && next.is_ascii() && !joins(*next) => return plain,
        Some(_) => {}
    }
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
pub(super) fn stem(word: &str) -> Cow<'_, str> {
    if word.len() <= 2 || !word.is_ascii() {
        return Cow::Borrowed(word);
    }
    match stems().get(word) {
        Some(stem) => Cow::Borrowed(stem),
        None => Stemmer::create(Algorithm::English).stem(word),
    }
}

/// The stems of the library's own words: stemming takes longer than all else that is done with a word,
/// so that the build has done it.
fn stems() -> &'static ByWord<&'static str, &'static str> {
    static STEMS: LazyLock<ByWord<&str, &str>> = LazyLock::new(|| {
        let lines = include_str!(concat!(env!("OUT_DIR"), "/stems.txt")).lines();
        let stems = lines.map(|line| line.split_once(' ').unwrap_or((line, line)));
        stems.collect()
    });
    &STEMS
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
    use proptest::prelude::*;

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
    fn the_stems_that_the_build_has_made_are_the_stemmers() {
        let stemmer = Stemmer::create(Algorithm::English);
        assert!(stems().len() > 5_000, "{}", stems().len());
        for (word, made) in stems() {
            assert_eq!(stemmer.stem(word), *made, "{word}");
        }
    }

    proptest! {
        #[test]
        fn a_text_is_read_in_one_pass_as_in_two(text in "([a-zA-Z0-9]{1,18}|[ .,'$\n\t-]|[é’\u{200B}]){0,20}") {
            let read = |plain: bool| {
                let (mut stems, mut found) = (Stems::default(), Vec::new());
                if plain {
                    stems.read(&text, &mut found);
                } else {
                    each_word(&folded(&text), |surface, _| {
                        let place = stems.meet(surface);
                        found.push(stems.words[place].word);
                    });
                }
                let words = found.iter().map(|word| stems.stem(word.stem).to_owned());
                words.collect::<Vec<_>>()
            };
            prop_assert_eq!(read(true), read(false));
        }
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
