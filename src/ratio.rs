//! Exact fractions: what rules and calculators compute with, so that no boundary moves by rounding.

use std::cmp::Ordering;

/// A fraction in lowest terms with a positive denominator; every operation may say "too large".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Ratio {
    numerator: i128,
    denominator: i128,
}

impl Ratio {
    /// A whole number.
    pub(crate) const fn whole(number: i128) -> Self {
        Self {
            numerator: number,
            denominator: 1,
        }
    }

    /// `numerator / denominator`; `None` for a zero denominator or a result out of range.
    pub(crate) fn new(numerator: i128, denominator: i128) -> Option<Self> {
        if denominator == 0 {
            return None;
        }
        if denominator == 1 {
            return Some(Self::whole(numerator));
        }
        let divisor = greatest_common_divisor(numerator.unsigned_abs(), denominator.unsigned_abs());
        let numerator = shrink(numerator, divisor)?;
        let denominator = shrink(denominator, divisor)?;
        if denominator < 0 {
            return Some(Self {
                numerator: numerator.checked_neg()?,
                denominator: denominator.checked_neg()?,
            });
        }
        Some(Self {
            numerator,
            denominator,
        })
    }

    /// The sum, unless it is out of range.
    pub(crate) fn plus(self, other: Self) -> Option<Self> {
        if self.denominator == 1 && other.denominator == 1 {
            return self.numerator.checked_add(other.numerator).map(Self::whole);
        }
        let left = self.numerator.checked_mul(other.denominator)?;
        let right = other.numerator.checked_mul(self.denominator)?;
        let denominator = self.denominator.checked_mul(other.denominator)?;
        Self::new(left.checked_add(right)?, denominator)
    }

    /// The difference, unless it is out of range.
    pub(crate) fn minus(self, other: Self) -> Option<Self> {
        self.plus(other.negated()?)
    }

    /// The product, unless it is out of range.
    pub(crate) fn times(self, other: Self) -> Option<Self> {
        if self.denominator == 1 && other.denominator == 1 {
            return self.numerator.checked_mul(other.numerator).map(Self::whole);
        }
        let first = Self::new(self.numerator, other.denominator)?;
        let second = Self::new(other.numerator, self.denominator)?;
        Self::new(
            first.numerator.checked_mul(second.numerator)?,
            first.denominator.checked_mul(second.denominator)?,
        )
    }

    /// The quotient, unless `other` is zero or the result is out of range.
    pub(crate) fn over(self, other: Self) -> Option<Self> {
        self.times(Self::new(other.denominator, other.numerator)?)
    }

    /// The number with the other sign, unless that is out of range.
    pub(crate) fn negated(self) -> Option<Self> {
        Some(Self {
            numerator: self.numerator.checked_neg()?,
            denominator: self.denominator,
        })
    }

    /// Whether this is zero.
    pub(crate) fn is_zero(self) -> bool {
        self.numerator == 0
    }

    /// The number, if it is a whole one.
    pub(crate) fn as_whole(self) -> Option<i128> {
        (self.denominator == 1).then_some(self.numerator)
    }

    /// The smallest whole number that is not below this one.
    pub(crate) fn ceiling(self) -> i128 {
        let (whole, rest) = self.split();
        if rest == 0 {
            whole
        } else {
            whole.saturating_add(1)
        }
    }

    /// The nearest whole number, halves away from zero, and whether nothing was lost.
    pub(crate) fn rounded(self) -> (i128, Exactness) {
        let whole = self.numerator / self.denominator;
        let rest = (self.numerator % self.denominator).unsigned_abs();
        if rest == 0 {
            return (whole, Exactness::Exact);
        }
        let half = self.denominator.unsigned_abs().div_ceil(2);
        let step = if rest >= half {
            self.numerator.signum()
        } else {
            0
        };
        (whole.saturating_add(step), Exactness::Rounded)
    }
}

/// Whether a rounded number is still the number itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exactness {
    /// Nothing was lost.
    Exact,
    /// Digits were dropped.
    Rounded,
}

impl Ord for Ratio {
    /// Compares across, or where that would overflow by continued fractions: exact either way.
    fn cmp(&self, other: &Self) -> Ordering {
        if self.denominator == other.denominator {
            return self.numerator.cmp(&other.numerator);
        }
        let across = (
            self.numerator.checked_mul(other.denominator),
            other.numerator.checked_mul(self.denominator),
        );
        if let (Some(left), Some(right)) = across {
            return left.cmp(&right);
        }
        let (mut left, mut right) = (*self, *other);
        let mut flipped = false;
        loop {
            let (whole_left, rest_left) = left.split();
            let (whole_right, rest_right) = right.split();
            let order = match whole_left.cmp(&whole_right) {
                Ordering::Equal if rest_left == 0 || rest_right == 0 => rest_left.cmp(&rest_right),
                order => order,
            };
            if order != Ordering::Equal || rest_left == 0 || rest_right == 0 {
                return if flipped { order.reverse() } else { order };
            }
            left = Self {
                numerator: left.denominator,
                denominator: rest_left,
            };
            right = Self {
                numerator: right.denominator,
                denominator: rest_right,
            };
            flipped = !flipped;
        }
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ratio {
    fn split(self) -> (i128, i128) {
        (
            self.numerator.div_euclid(self.denominator),
            self.numerator.rem_euclid(self.denominator),
        )
    }
}

fn greatest_common_divisor(mut left: u128, mut right: u128) -> u128 {
    while right != 0 {
        // Two numbers of 64 bits, as nearly all are, divide in one instruction.
        if let (Ok(left), Ok(right)) = (u64::try_from(left), u64::try_from(right)) {
            return small_divisor(left, right).into();
        }
        (left, right) = (right, left % right);
    }
    left
}

fn small_divisor(mut left: u64, mut right: u64) -> u64 {
    while right != 0 {
        (left, right) = (right, left % right);
    }
    left
}

fn shrink(number: i128, divisor: u128) -> Option<i128> {
    if divisor == 1 {
        return Some(number);
    }
    let magnitude = number.unsigned_abs() / divisor;
    if number < 0 {
        0_i128.checked_sub_unsigned(magnitude)
    } else {
        i128::try_from(magnitude).ok()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ratio(numerator: i128, denominator: i128) -> Ratio {
        Ratio::new(numerator, denominator).expect("a small fraction")
    }

    #[test]
    fn thirds_add_up_exactly() {
        let third = ratio(1, 3);
        assert_eq!(
            third.plus(third).and_then(|two| two.plus(third)),
            Some(Ratio::whole(1))
        );
    }

    #[test]
    fn the_extremes_say_too_large_instead_of_panicking() {
        let low = Ratio::whole(i128::MIN);
        assert_eq!(low.negated(), None);
        assert_eq!(low.minus(Ratio::whole(1)), None);
        assert_eq!(low.times(low), None);
        assert_eq!(Ratio::new(1, i128::MIN), None);
        assert_eq!(Ratio::new(1, 0), None);
        assert_eq!(low.over(Ratio::whole(0)), None);
        assert!(low < Ratio::whole(i128::MAX));
    }

    #[test]
    fn rounding_takes_halves_away_from_zero() {
        assert_eq!(ratio(5, 2).rounded(), (3, Exactness::Rounded));
        assert_eq!(ratio(-5, 2).rounded(), (-3, Exactness::Rounded));
        assert_eq!(ratio(7, 3).rounded(), (2, Exactness::Rounded));
        assert_eq!(ratio(6, 3).rounded(), (2, Exactness::Exact));
    }

    #[test]
    fn a_part_of_one_needs_a_whole_one() {
        assert_eq!(ratio(16_000, 3).ceiling(), 5_334);
        assert_eq!(ratio(6, 3).ceiling(), 2);
        assert_eq!(ratio(-1, 3).ceiling(), 0);
    }

    proptest! {
        #[test]
        fn order_agrees_with_cross_multiplication(
            a in -1_000_000_i128..1_000_000, b in 1_i128..1_000_000,
            c in -1_000_000_i128..1_000_000, d in 1_i128..1_000_000,
        ) {
            prop_assert_eq!(ratio(a, b).cmp(&ratio(c, d)), (a * d).cmp(&(c * b)));
        }

        #[test]
        fn no_operation_panics(a in any::<i128>(), b in any::<i128>(), c in any::<i128>(), d in any::<i128>()) {
            if let (Some(left), Some(right)) = (Ratio::new(a, b), Ratio::new(c, d)) {
                let _ = (left.plus(right), left.minus(right), left.times(right), left.over(right));
                prop_assert_eq!(left.cmp(&right), right.cmp(&left).reverse());
                let _ = left.rounded();
            }
        }
    }
}
