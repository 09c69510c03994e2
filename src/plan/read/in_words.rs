//! Numbers in words.

use super::number::{Decimal, split_word};

/// The words for the whole numbers from zero to nineteen, in order.
pub const SMALL: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];

/// The words for the multiples of ten below a hundred, in order.
pub const TENS: [&str; 10] = [
    "zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
];

/// A number in words: `twelve`, `twenty-five`, `half a`, and the `a` of `a dozen` or `a quarter`.
pub(super) fn take(words: &str) -> Option<(Decimal, &str)> {
    let (word, rest) = split_word(words);
    let half = Decimal { units: 5, scale: 1 };
    match word {
        "half" => {
            let rest = rest.trim_start();
            let (article, after) = split_word(rest);
            let rest = if matches!(article, "a" | "an") {
                after
            } else {
                rest
            };
            return Some((half, rest));
        }
        "a" | "an" => return Some((Decimal::whole(1), rest)).filter(|_| !rest.trim().is_empty()),
        _ => {}
    }
    let (number, rest) = take_below_hundred(words)?;
    let after = rest.strip_prefix([' ', '-']).map(split_word);
    let Some(("hundred", after)) = after else {
        return Some((Decimal::whole(number), rest));
    };
    // "One hundred and five".
    let more = after.strip_prefix(" and").unwrap_or(after);
    let more = more.strip_prefix([' ', '-']).and_then(take_below_hundred);
    let (more, rest) = more.unwrap_or((0, after));
    Some((Decimal::whole(number * 100 + more), rest))
}

/// A whole number below a hundred in words.
fn take_below_hundred(words: &str) -> Option<(i128, &str)> {
    let (word, rest) = split_word(words);
    let place = |list: &[&str], word: &str| list.iter().position(|&known| known == word);
    if let Some(small) = place(&SMALL, word) {
        return Some((i128::try_from(small).ok()?, rest));
    }
    let tens = i128::try_from(place(&TENS, word)?).ok()? * 10;
    let ones = rest.strip_prefix(['-', ' ']).map(split_word);
    if let Some((word, after)) = ones
        && let Some(ones @ 1..=9) = place(&SMALL, word)
    {
        return Some((tens + i128::try_from(ones).ok()?, after));
    }
    Some((tens, rest))
}
