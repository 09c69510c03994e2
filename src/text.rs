//! Words: folding, splitting, edit distance for "did you mean"; counts and lists in a sentence.
//!
//! People type smart quotes, non-breaking spaces and long dashes without meaning anything by them;
//! whatever compares words folds them first.

use std::fmt::Write;
use std::hash::Hasher;

/// The longest word that is compared letter by letter; longer ones are nobody's typing error.
const LONGEST_COMPARED: usize = 64;

/// How many suggestions "did you mean" shows at most.
const MOST_SUGGESTIONS: usize = 3;

/// Lower case, plain quotes, dashes and spaces; runs of white space become one space, ends trimmed.
pub fn fold(words: &str) -> String {
    let mut folded = String::with_capacity(words.len());
    fold_into(words, &mut folded);
    folded
}

/// The same into a string that is used again and again.
pub fn fold_into(words: &str, folded: &mut String) {
    folded.clear();
    if is_plain(words) {
        folded.push_str(words.trim_matches(' '));
        folded.make_ascii_lowercase();
        return;
    }
    let mut rest = words;
    loop {
        let run = rest.bytes().take_while(u8::is_ascii_graphic).count();
        let begin = folded.len();
        folded.push_str(&rest[..run]);
        folded[begin..].make_ascii_lowercase();
        // Nearly all words are parted by one plain space.
        if let Some(after) = rest[run..].strip_prefix(' ') {
            if !folded.is_empty() && !folded.ends_with(' ') {
                folded.push(' ');
            }
            rest = after;
            continue;
        }
        let mut letters = rest[run..].chars();
        let Some(letter) = letters.next() else {
            break;
        };
        rest = letters.as_str();
        let letter = plain(letter);
        if letter.is_whitespace() {
            if !folded.is_empty() && !folded.ends_with(' ') {
                folded.push(' ');
            }
        } else if !is_invisible(letter) {
            folded.extend(letter.to_lowercase());
        }
    }
    folded.truncate(folded.trim_end().len());
}

/// Whether words have plain letters only, and no two spaces beside each other. It looks at all of
/// them, without a way out, since that is done many at once.
fn is_plain(words: &str) -> bool {
    let bytes = words.as_bytes();
    let is_odd = |byte: &u8| !(b' '..=b'~').contains(byte);
    let odd = bytes.iter().fold(false, |odd, byte| odd | is_odd(byte));
    let is_wide = |one: u8, next: u8| one == b' ' && next == b' ';
    let pairs = bytes.iter().zip(bytes.iter().skip(1));
    let wide = pairs.fold(false, |wide, (one, next)| wide | is_wide(*one, *next));
    !odd && !wide
}

/// The plain sign that people mean by a typographic one.
fn plain(letter: char) -> char {
    match letter {
        '\u{2018}' | '\u{2019}' | '\u{201A}' | '\u{201B}' | '\u{2032}' | '\u{00B4}' => '\'',
        '\u{201C}' | '\u{201D}' | '\u{201E}' | '\u{201F}' | '\u{2033}' | '\u{00AB}'
        | '\u{00BB}' => '"',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}' => '-',
        '\u{00A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' => ' ',
        other => other,
    }
}

/// Whether a sign has no width and no meaning for us.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{FEFF}')
        || letter.is_control()
}

/// Whether a letter has no form of its own: by such ones words can be hidden in a text, or turned round.
pub fn has_no_form(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// The months, as English writes them out.
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The number of the month that a folded word names, written out or by its first letters.
pub fn month(name: &str) -> Option<i8> {
    let is_named = |month: &&str| {
        *month == name || month[..3] == *name || (name == "sept" && *month == "september")
    };
    let place = MONTHS.iter().position(is_named)?;
    i8::try_from(place + 1).ok()
}

/// The runs of letters and digits in `words`, as they stand.
pub fn words(words: &str) -> Vec<&str> {
    words
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect()
}

/// The form under which two spellings count as the same: folded words, one space apart, a plural
/// `s` left off, so that `Account-based` is `account based` and `referral` is `referrals`.
pub fn key(spelling: &str) -> String {
    let folded = fold(spelling);
    let singular: Vec<&str> = words(&folded).into_iter().map(singular).collect();
    singular.join(" ")
}

/// Whether that is the [`key`] of a spelling. Most spellings begin with another letter, and no key is made of
/// them.
pub fn is_key(wanted: &str, spelling: &str) -> bool {
    let begins = match spelling.chars().find(|letter| letter.is_alphanumeric()) {
        Some(letter) if letter.is_ascii() => wanted.starts_with(letter.to_ascii_lowercase()),
        _ => true,
    };
    begins && key(spelling) == wanted
}

/// A word without the `s` of a plural.
pub fn singular(word: &str) -> &str {
    match word.strip_suffix('s') {
        Some(stem) if stem.chars().count() > 1 && !stem.ends_with('s') => stem,
        _ => word,
    }
}

/// How many letters must be inserted, left out, replaced or swapped with a neighbour to make one
/// word of the other (Damerau-Levenshtein, each place edited at most once).
pub fn distance(one: &str, other: &str) -> usize {
    let one: Vec<char> = one.chars().collect();
    let other: Vec<char> = other.chars().collect();
    if one.len().max(other.len()) > LONGEST_COMPARED {
        return if one == other {
            0
        } else {
            one.len().max(other.len())
        };
    }
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=other.len()).collect();
    for (i, &a) in one.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, &b) in other.iter().enumerate() {
            let replaced = above[j] + usize::from(a != b);
            let mut cost = replaced.min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && a == other[j - 1] && one[i - 1] == b {
                cost = cost.min(before[j - 1] + 1);
            }
            row.push(cost);
        }
        before = std::mem::replace(&mut above, row);
    }
    above[other.len()]
}

/// Whether one letter inserted, left out or replaced, or two neighbours swapped, make one word of the other:
/// whether their [`distance`] is one.
pub fn is_slip(one: &str, other: &str) -> bool {
    let alike = one.chars().zip(other.chars());
    let alike = alike.take_while(|(one, other)| one == other);
    let begin: usize = alike.map(|(letter, _)| letter.len_utf8()).sum();
    let (one, other) = (&one[begin..], &other[begin..]);
    let alike = one.chars().rev().zip(other.chars().rev());
    let alike = alike.take_while(|(one, other)| one == other);
    let end: usize = alike.map(|(letter, _)| letter.len_utf8()).sum();
    let one: Vec<char> = one[..one.len() - end].chars().collect();
    let other: Vec<char> = other[..other.len() - end].chars().collect();
    match (one.as_slice(), other.as_slice()) {
        ([_], [] | [_]) | ([], [_]) => true,
        ([first, second], [third, fourth]) => first == fourth && second == third,
        _ => false,
    }
}

/// The candidates that `word` may be a slip of, nearest first; none if none is near. Those that
/// are much farther than the nearest are left out.
///
/// A candidate that begins with the word counts as one slip away.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let wanted = fold(word);
    let length = wanted.chars().count();
    let allowed = match length {
        0 => return Vec::new(),
        1..=2 => 0,
        3..=4 => 1,
        5..=8 => 2,
        _ => 3,
    };
    let mut near: Vec<(usize, &str)> = Vec::new();
    for candidate in candidates {
        let folded = fold(candidate);
        let begins = length >= 3 && folded.starts_with(&wanted);
        let slips = if begins && folded != wanted {
            1
        } else {
            distance(&wanted, &folded)
        };
        if slips <= allowed && !near.iter().any(|&(_, known)| known == candidate) {
            near.push((slips, candidate));
        }
    }
    near.sort_by_key(|&(slips, _)| slips);
    let best = near.first().map_or(0, |&(slips, _)| slips);
    near.retain(|&(slips, _)| slips <= best + 1);
    near.into_iter()
        .take(MOST_SUGGESTIONS)
        .map(|(_, candidate)| candidate)
        .collect()
}

/// The words as they are quoted back to whoever typed them: one line, no back-ticks, cut to fit.
pub fn quote(words: &str) -> String {
    const LONGEST_QUOTE: usize = 60;
    let line: String = words
        .chars()
        .map(|letter| if letter.is_whitespace() { ' ' } else { letter })
        .filter(|&letter| letter != '`' && !is_invisible(letter))
        .collect();
    let line = line.trim();
    if line.chars().count() <= LONGEST_QUOTE {
        return format!("`{line}`");
    }
    let cut: String = line.chars().take(LONGEST_QUOTE).collect();
    format!("`{}…`", cut.trim_end())
}

/// `1 rule`, `2 rules`.
pub fn counted(n: usize, noun: &str) -> String {
    match n {
        1 => format!("1 {noun}"),
        _ => format!("{n} {noun}s"),
    }
}

/// The first letter upper case.
pub fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

/// `a, b and c`, with `last` before the last.
pub fn series(items: &[String], last: &str) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., end] => format!("{} {last} {end}", rest.join(", ")),
    }
}

/// A whole number with a comma between thousands.
pub fn grouped(number: u128) -> String {
    let mut grouped = String::new();
    write_grouped(&mut grouped, number);
    grouped
}

/// Writes the same behind what stands there.
pub fn write_grouped(out: &mut String, number: u128) {
    let begin = out.len();
    // Nearly all numbers fit into 64 bits, which are quicker to spell.
    let _ = match u64::try_from(number) {
        Ok(small) => write!(out, "{small}"),
        Err(_) => write!(out, "{number}"),
    };
    let mut comma = out.len();
    while comma - begin > 3 {
        comma -= 3;
        out.insert(comma, ',');
    }
}

/// A hash of words that is the same everywhere and always (FNV-1a); who chooses the words can choose its value.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xCBF2_9CE4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn counts_and_lists_read_like_a_sentence() {
        assert_eq!(
            (counted(1, "rule"), counted(0, "rule")),
            ("1 rule".to_owned(), "0 rules".to_owned())
        );
        assert_eq!(
            (capitalised("éclair"), capitalised("")),
            ("Éclair".to_owned(), String::new())
        );
        let items = ["a", "b", "c"].map(str::to_owned);
        let check = |n: usize, expected: &str| assert_eq!(series(&items[..n], "or"), expected);
        check(0, "");
        check(1, "a");
        check(2, "a or b");
        check(3, "a, b or c");
        for (number, expected) in [
            (0, "0"),
            (999, "999"),
            (1_000, "1,000"),
            (12_345_678, "12,345,678"),
        ] {
            assert_eq!(grouped(number), expected);
        }
        assert_eq!(
            grouped(u128::from(u64::MAX) + 1),
            "18,446,744,073,709,551,616"
        );
    }

    #[test]
    fn folding_makes_typography_plain() {
        let check = |input: &str, expected: &str| assert_eq!(fold(input), expected, "{input:?}");
        check("  We’re  “All-In” ", "we're \"all-in\"");
        check("5\u{2013}30", "5-30");
        check("\u{2212}135\u{00A0}%", "-135 %");
        check("1\u{202F}200\t€", "1 200 €");
        check("\u{FEFF}seo\u{200B}", "seo");
        check(" Just Plain ", "just plain");
        check("two  Spaces", "two spaces");
        check("", "");
    }

    #[test]
    fn keys_ignore_case_punctuation_and_plurals() {
        let check = |input: &str, expected: &str| assert_eq!(key(input), expected, "{input:?}");
        check("Account-based", "account based");
        check("inside_two_stage", "inside two stage");
        check("Referrals", "referral");
        check("business", "business");
        check("CS", "cs");
        check("!!", "");
    }

    #[test]
    fn a_distance_counts_slips() {
        let check = |one: &str, other: &str, expected: usize| {
            assert_eq!(distance(one, other), expected, "{one} {other}");
            assert_eq!(distance(other, one), expected, "{other} {one}");
        };
        check("", "", 0);
        check("abc", "", 3);
        check("field", "field", 0);
        check("feild", "field", 1);
        check("fields", "field", 1);
        check("filed", "field", 1);
        check("pricng", "pricing", 1);
        check("kitten", "sitting", 3);
    }

    #[test]
    fn near_words_come_nearest_first() {
        let names = ["industry", "industries", "employees", "field", "plg"];
        let check = |word: &str, expected: &[&str]| {
            assert_eq!(nearest(word, names), expected, "{word}");
        };
        check("industy", &["industry"]);
        check("indus", &["industry", "industries"]);
        check("Feild", &["field"]);
        check("zzz", &[]);
        check("pl", &[]);
        check("", &[]);
    }

    #[test]
    fn quotes_are_one_short_line() {
        assert_eq!(quote(" a\n`b` "), "`a b`");
        assert_eq!(quote(&"x".repeat(100)), format!("`{}…`", "x".repeat(60)));
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(words in ".{0,40}") {
            prop_assert_eq!(fold(&fold(&words)), fold(&words));
        }

        #[test]
        fn a_slip_is_a_distance_of_one(one in "[abé]{0,6}", other in "[abé]{0,6}") {
            prop_assert_eq!(is_slip(&one, &other), distance(&one, &other) == 1);
        }

        #[test]
        fn distances_never_exceed_the_longer_word(one in ".{0,12}", other in ".{0,12}") {
            let longer = one.chars().count().max(other.chars().count());
            prop_assert!(distance(&one, &other) <= longer);
            prop_assert_eq!(distance(&one, &one), 0);
        }
    }
}
