//! Numbers as people write them: `1,200`, `1.200,50`, `12k`, `a dozen`. Exact, never a float.

use super::in_words;
use crate::text::grouped;

/// An exact decimal: `units` divided by ten to the power of `scale`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Decimal {
    pub(super) units: i128,
    pub(super) scale: u32,
}

/// Digits beyond this are nobody's plan, and within it no multiplication here can overflow.
const MOST_DIGITS: usize = 18;

impl Decimal {
    pub(super) const fn whole(units: i128) -> Self {
        Self { units, scale: 0 }
    }

    /// The number in units of ten to the power of minus `scale`, where that is exact and fits.
    pub(super) fn scaled(self, scale: u32) -> Option<i64> {
        let plain = self.trimmed();
        let up = scale.checked_sub(plain.scale)?;
        let units = plain.units.checked_mul(10_i128.checked_pow(up)?)?;
        i64::try_from(units).ok()
    }

    /// Whether the number has at most that many decimals.
    pub(super) fn has_decimals_at_most(self, scale: u32) -> bool {
        self.trimmed().scale <= scale
    }

    pub(super) fn is_negative(self) -> bool {
        self.units < 0
    }

    pub(super) fn is_zero(self) -> bool {
        self.units == 0
    }

    pub(super) fn is_whole(self) -> bool {
        self.trimmed().scale == 0
    }

    pub(super) fn times(self, factor: i128) -> Option<Self> {
        Some(Self {
            units: self.units.checked_mul(factor)?,
            scale: self.scale,
        })
    }

    pub(super) fn plus(self, other: Self) -> Option<Self> {
        let scale = self.scale.max(other.scale);
        let at = |number: Self| {
            number
                .units
                .checked_mul(10_i128.checked_pow(scale - number.scale)?)
        };
        Some(Self {
            units: at(self)?.checked_add(at(other)?)?,
            scale,
        })
    }

    /// The number divided, where the quotient ends within nine decimals.
    pub(super) fn divided(self, by: i128) -> Option<Self> {
        let units = self.units.checked_mul(1_000_000_000)?;
        if units % by != 0 {
            return None;
        }
        Some(
            Self {
                units: units / by,
                scale: self.scale + 9,
            }
            .trimmed(),
        )
    }

    fn trimmed(mut self) -> Self {
        while self.scale > 0 && self.units % 10 == 0 {
            self.units /= 10;
            self.scale -= 1;
        }
        self
    }
}

impl From<i64> for Decimal {
    fn from(units: i64) -> Self {
        Self::whole(units.into())
    }
}

impl std::fmt::Display for Decimal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let plain = self.trimmed();
        let sign = if plain.units < 0 { "-" } else { "" };
        let digits = plain.units.unsigned_abs();
        let power = 10_u128.pow(plain.scale);
        f.write_str(sign)?;
        f.write_str(&grouped(digits / power))?;
        if plain.scale > 0 {
            let width = plain.scale as usize;
            write!(f, ".{:0width$}", digits % power)?;
        }
        Ok(())
    }
}

/// A number as it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Read {
    pub(super) number: Decimal,
    /// The `k` or `million` that the number already includes; 1 where there is none.
    pub(super) factor: i128,
}

/// Why a number cannot be read, in words that complete an error's sentence.
pub(super) type Problem = String;

/// Whether a bare `m` after a number is a million (of money, of things) or not (months).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Em {
    Million,
    Unread,
}

/// Reads the number that folded words begin with; `None` if they begin with none.
pub(super) fn take(words: &str, em: Em) -> Result<Option<(Read, &str)>, Problem> {
    let (negative, rest) = take_sign(words);
    // "a 90-day cycle": the article belongs to what follows the number.
    let rest = match rest.strip_prefix("a ") {
        Some(after) if after.starts_with(|c: char| c.is_ascii_digit()) => after,
        _ => rest,
    };
    let begins_with_digit = rest.starts_with(|c: char| c.is_ascii_digit())
        || (rest.starts_with(['.', ',']) && rest[1..].starts_with(|c: char| c.is_ascii_digit()));
    let (number, rest) = if begins_with_digit {
        let end = run_end(rest);
        (digits(&rest[..end], &rest[end..])?, &rest[end..])
    } else {
        match in_words::take(rest) {
            Some(found) => found,
            None => return Ok(None),
        }
    };
    let (factor, rest) = take_factor(rest, em);
    let number = number.times(if negative { -factor } else { factor });
    let number = number.ok_or_else(|| "the number is too large".to_owned())?;
    Ok(Some((Read { number, factor }, rest.trim_start())))
}

/// Reads `1.200` as a thousand and more, for amounts that are never written with three decimals.
pub(super) fn take_by_points(words: &str) -> Option<(Read, &str)> {
    let rest = words.trim_start();
    let (run, after) = rest.split_at(run_end(rest));
    let (whole, fraction) = run.split_once('.')?;
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let grouped = may_group(whole, fraction) && digits(whole) && digits(fraction);
    let number = decimal(&format!("{whole}{fraction}"), None).filter(|_| grouped)?;
    Some((Read { number, factor: 1 }, after.trim_start()))
}

/// A minus or plus before the number.
fn take_sign(words: &str) -> (bool, &str) {
    let words = words.trim_start();
    for minus in ["-", "minus "] {
        if let Some(rest) = words.strip_prefix(minus) {
            return (true, rest.trim_start());
        }
    }
    (false, words.strip_prefix('+').unwrap_or(words).trim_start())
}

/// Where the digits and separators of the number end.
fn run_end(words: &str) -> usize {
    let mut end = 0;
    let bytes = words.as_bytes();
    while end < bytes.len() {
        let digit_at = |place: usize| bytes.get(place).is_some_and(u8::is_ascii_digit);
        let three_digits = (1..=3).all(|n| digit_at(end + n)) && !digit_at(end + 4);
        match bytes[end] {
            b'0'..=b'9' => end += 1,
            b'.' | b',' | b'\'' | b'_' if digit_at(end + 1) => end += 1,
            // A space groups thousands: `25 000`.
            b' ' if three_digits => end += 1,
            _ => break,
        }
    }
    end
}

/// What digits and separators mean before these words, where they have one meaning.
fn digits(run: &str, after: &str) -> Result<Decimal, Problem> {
    let odd = || format!("`{run}` is not a number that I can read");
    if run.bytes().filter(u8::is_ascii_digit).count() > MOST_DIGITS {
        return Err("the number has too many digits".to_owned());
    }
    if run.bytes().all(|byte| byte.is_ascii_digit()) {
        return decimal(run, None).ok_or_else(odd);
    }
    let grouping = |sign: char| matches!(sign, ' ' | '\'' | '_');
    if run.contains(grouping)
        && !well_grouped(run.split(['.', ',']).next().unwrap_or(run), grouping)
    {
        return Err(odd());
    }
    let plain: String = run.chars().filter(|&sign| !grouping(sign)).collect();
    let was_grouped = plain.len() != run.len();
    let commas = plain.matches(',').count();
    let dots = plain.matches('.').count();
    match (commas, dots) {
        (0, 0) => decimal(&plain, None).ok_or_else(odd),
        // The last sign is the decimal one, the other groups thousands.
        (1.., 1..) => {
            let dot_last = plain.rfind('.') > plain.rfind(',');
            let (group, point) = if dot_last { (',', '.') } else { ('.', ',') };
            let one_point = plain.matches(point).count() == 1;
            let (whole, _) = plain.rsplit_once(point).ok_or_else(odd)?;
            let fine = one_point && !was_grouped && well_grouped(whole, |sign| sign == group);
            let plain: String = plain.chars().filter(|&sign| sign != group).collect();
            if fine {
                decimal(&plain, Some(point)).ok_or_else(odd)
            } else {
                Err(odd())
            }
        }
        (2.., 0) | (0, 2..) => {
            let fine = !was_grouped && well_grouped(&plain, |sign| matches!(sign, '.' | ','));
            let plain: String = plain.chars().filter(char::is_ascii_digit).collect();
            if fine {
                decimal(&plain, None).ok_or_else(odd)
            } else {
                Err(odd())
            }
        }
        (1, 0) if was_grouped => decimal(&plain, Some(',')).ok_or_else(odd),
        (1, 0) => one_comma(&plain).ok_or_else(odd),
        (0, 1) => {
            let (whole, fraction) = plain.split_once('.').ok_or_else(odd)?;
            if may_group(whole, fraction) && !was_grouped && !in_billions(after) {
                return Err(format!(
                    "`{run}` can mean {whole}.{fraction} (write `{}`) or {whole},{fraction} (write `{whole}{fraction}`)",
                    one_reading(whole, fraction),
                ));
            }
            decimal(&plain, Some('.')).ok_or_else(odd)
        }
    }
}

/// Whether the number counts billions: nobody means 2,525 of them by `2.525B`.
fn in_billions(after: &str) -> bool {
    const BILLION: i128 = 1_000_000_000;
    take_factor(after, Em::Unread).0 >= BILLION
}

/// A spelling of the decimal reading of `1.200` that has no other reading.
fn one_reading(whole: &str, fraction: &str) -> String {
    match fraction.trim_end_matches('0') {
        "" => whole.to_owned(),
        short if short.len() < 3 => format!("{whole}.{short}"),
        full => format!("{whole}.{full}0"),
    }
}

/// A number with one comma: `1,200` groups thousands, as in English; `49,90` can only be a decimal.
fn one_comma(plain: &str) -> Option<Decimal> {
    let (whole, fraction) = plain.split_once(',')?;
    if may_group(whole, fraction) {
        return decimal(&format!("{whole}{fraction}"), None);
    }
    decimal(plain, Some(','))
}

/// Whether one separator between these digits could group thousands.
fn may_group(whole: &str, fraction: &str) -> bool {
    fraction.len() == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0')
}

/// Whether the separators stand before every third digit from the end.
fn well_grouped(whole: &str, separates: impl Fn(char) -> bool) -> bool {
    let mut groups = whole.split(separates);
    let first = groups.next().unwrap_or_default();
    (1..=3).contains(&first.len())
        && !first.starts_with('0')
        && groups.all(|group| group.len() == 3 && group.bytes().all(|b| b.is_ascii_digit()))
}

/// Digits with at most one decimal sign.
fn decimal(plain: &str, point: Option<char>) -> Option<Decimal> {
    let (whole, fraction) = match point {
        Some(point) => plain.split_once(point)?,
        None => (plain, ""),
    };
    let mut digits = whole.bytes().chain(fraction.bytes()).peekable();
    digits.peek()?;
    let units = digits.try_fold(0_i64, |units, digit| {
        let digit = digit.is_ascii_digit().then(|| i64::from(digit - b'0'))?;
        units.checked_mul(10)?.checked_add(digit)
    });
    Some(Decimal {
        units: units?.into(),
        scale: u32::try_from(fraction.len()).ok()?,
    })
}

/// The letters that `words` begins with, and the rest.
pub(super) fn split_word(words: &str) -> (&str, &str) {
    words.split_at(
        words
            .find(|letter: char| !letter.is_alphabetic())
            .unwrap_or(words.len()),
    )
}

/// A `k`, `million` or `dozen` after the number.
fn take_factor(words: &str, em: Em) -> (i128, &str) {
    let (word, rest) = split_word(words.trim_start());
    let factor = match word {
        "dozen" | "dozens" => 12,
        "hundred" => 100,
        "k" | "thousand" | "grand" | "tsd" => 1_000,
        "lakh" | "lakhs" | "lac" | "lacs" => 100_000,
        "crore" | "crores" | "cr" => 10_000_000,
        "m" if em == Em::Million => 1_000_000,
        "mm" | "mn" | "mio" | "mln" | "mil" | "million" | "millions" => 1_000_000,
        "b" | "bn" | "billion" | "billions" => 1_000_000_000,
        _ => return (1, words),
    };
    (factor, rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(input: &str, expected: &str) {
        let read = match take(input, Em::Million) {
            Ok(Some((read, rest))) => format!("{}|{rest}", read.number),
            Ok(None) => "nothing".to_owned(),
            Err(problem) => format!("error: {problem}"),
        };
        assert_eq!(read, expected, "{input:?}");
    }

    #[test]
    fn digits_and_separators() {
        check("1,200", "1,200|");
        check("1,200.50 usd", "1,200.5|usd");
        check("1.200,50 €", "1,200.5|€");
        check("1.200.000", "1,200,000|");
        check("1 200 €", "1,200|€");
        check("25 000 usd", "25,000|usd");
        check("1'200", "1,200|");
        check("49,90", "49.9|");
        check("0,125", "0.125|");
        check("0.125", "0.125|");
        check(".5", "0.5|");
        check("1.2345", "1.2345|");
        check("12.", "12|.");
        check("-135 %", "-135|%");
        check("+5", "5|");
        check("minus 3", "-3|");
    }

    #[test]
    fn billions_are_not_counted_in_thousands() {
        check("2.525b", "2,525,000,000|");
        check("1.204 billion", "1,204,000,000|");
    }

    #[test]
    fn two_readings_are_named() {
        check(
            "1.200",
            "error: `1.200` can mean 1.200 (write `1.2`) or 1,200 (write `1200`)",
        );
        check(
            "12.345",
            "error: `12.345` can mean 12.345 (write `12.3450`) or 12,345 (write `12345`)",
        );
        check(
            "1.000k",
            "error: `1.000` can mean 1.000 (write `1`) or 1,000 (write `1000`)",
        );
    }

    #[test]
    fn wrong_groups_are_refused() {
        check(
            "1,20,000",
            "error: `1,20,000` is not a number that I can read",
        );
        check("1.2.3", "error: `1.2.3` is not a number that I can read");
        check(
            "1,200,50.3",
            "error: `1,200,50.3` is not a number that I can read",
        );
        check(
            "1234567890123456789",
            "error: the number has too many digits",
        );
    }

    #[test]
    fn factors_and_words() {
        check("12k", "12,000|");
        check("1.2m", "1,200,000|");
        check("2 bn", "2,000,000,000|");
        check("2,9 mln", "2,900,000|");
        check("a dozen", "12|");
        check("half a dozen", "6|");
        check("two dozen", "24|");
        check("a hundred calls", "100|calls");
        check("60 lakh", "6,000,000|");
        check("12 crore by march", "120,000,000|by march");
        check("one hundred and five percent", "105|percent");
        check("two hundred fifty", "250|");
        check("two hundred thousand", "200,000|");
        check("three hundred and more", "300|and more");
        check("twenty-five reps", "25|reps");
        check("25 grand", "25,000|");
        check("a quarter", "1|quarter");
        check("half a year", "0.5|year");
        check("a", "nothing");
        check("some", "nothing");
        check("", "nothing");
    }

    #[test]
    fn an_em_may_be_left_alone() {
        assert_eq!(
            take("6m", Em::Unread).map(|read| read.map(|(_, rest)| rest)),
            Ok(Some("m"))
        );
    }
}
