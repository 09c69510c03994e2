//! Lengths of time that a text names.

use crate::plan;
use crate::ratio::Ratio;

/// The low and high end of the longest time that a text names, in days: "3 vendors, 30-60 days"
/// gives 30 and 60.
pub(super) fn stated_days(words: &str) -> Result<(Ratio, Ratio), String> {
    let folded = words.to_lowercase();
    let mut parts = Vec::new();
    let is_part = |c: char| c.is_ascii_digit() || c == '.';
    for chunk in folded.split(|c: char| !(c.is_alphanumeric() || c == '.')) {
        let cut = chunk.find(|c| !is_part(c)).unwrap_or(chunk.len());
        let (digits, letters) = chunk.split_at(cut);
        parts.extend(
            [digits, letters]
                .into_iter()
                .filter(|part| !part.is_empty()),
        );
    }
    let mut longest: Option<(Ratio, Ratio)> = None;
    for (place, part) in parts.iter().enumerate() {
        let Some(days) = days_in(part) else { continue };
        let Some((low, high)) = numbers_before(&parts[..place]) else {
            continue;
        };
        let ends = low
            .times(days)
            .zip(high.times(days))
            .ok_or_else(|| "a number in it is too large to compute with".to_owned())?;
        if longest.is_none_or(|(_, known)| ends.1 > known) {
            longest = Some(ends);
        }
    }
    longest.ok_or_else(|| "the text names no length of time".to_owned())
}

fn days_in(word: &str) -> Option<Ratio> {
    let word = word.trim_end_matches('.');
    // Among other words a letter alone is more often a million or a quarter's name.
    let says_enough = word.len() > 1 || word == "d";
    let days = plan::days_in(word).filter(|_| says_enough)?;
    Some(Ratio::whole(days.into()))
}

/// `30`, `30 60`, `30 to 60`, `three`, `a`, `half a`: the number or the range that ends these words.
fn numbers_before(parts: &[&str]) -> Option<(Ratio, Ratio)> {
    let half = Ratio::new(1, 2)?;
    let (high, before) = match parts {
        [.., whole, "and", "a", "half"] | [.., whole, "and", "half"] => {
            let sum = number_word(whole)?.plus(half)?;
            return Some((sum, sum));
        }
        [.., "half"] | [.., "half", "a"] => return Some((half, half)),
        [before @ .., last] => (number_word(last)?, before),
        [] => return None,
    };
    let mut before = before.iter().rev();
    let before = before.find(|word| !matches!(**word, "to" | "or" | "and"));
    let before = before.and_then(|word| number_word(word));
    let low = before.filter(|low| *low < high).unwrap_or(high);
    Some((low, high))
}

fn number_word(word: &str) -> Option<Ratio> {
    const WORDS: [&str; 13] = [
        "a", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve",
    ];
    if let Some(place) = WORDS.iter().position(|known| *known == word) {
        return Some(Ratio::whole(i128::try_from(place.max(1)).ok()?));
    }
    let (whole, fraction) = word.split_once('.').unwrap_or((word, ""));
    let digits = format!("{whole}{fraction}");
    let scale = 10_i128.checked_pow(u32::try_from(fraction.len()).ok()?)?;
    Ratio::new(digits.parse().ok()?, scale)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(words: &str, expected: Option<(i128, i128)>) {
        let expected = expected.map(|(low, high)| (Ratio::whole(low), Ratio::whole(high)));
        assert_eq!(stated_days(words).ok(), expected, "{words}");
    }

    #[test]
    fn half_a_year_is_half_of_one() {
        let days = |text: &str| stated_days(text).map(|(low, _)| low);
        assert_eq!(days("takes half a year").ok(), Ratio::new(365, 2));
        assert_eq!(days("two and a half years").ok(), Ratio::new(1825, 2));
        assert_eq!(days("half year").ok(), Ratio::new(365, 2));
    }

    #[test]
    fn the_longest_time_in_a_text_is_found() {
        check("compares 3-5 vendors, 30-60 day cycle", Some((30, 60)));
        check("six weeks, then legal takes 10 days", Some((42, 42)));
        check("a quarter", Some((90, 90)));
        check("takes half a quarter", Some((45, 45)));
        check("a fortnight", Some((14, 14)));
        check("$5m, then 30 days", Some((30, 30)));
        check("2 to 3 months with two approvals", Some((60, 90)));
        check("90days", Some((90, 90)));
        check("1.5 months", Some((45, 45)));
        check("compares four vendors", None);
        check("", None);
        check("99999999999999999999999999999999999999999999 days", None);
    }
}
