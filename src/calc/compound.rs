//! Rates that compound: powers and roots of a share, without a float.
//!
//! Shares are whole numbers of a millionth of a millionth of a millionth; what is lost lies far
//! beyond the two decimals that are shown.

use super::quantity::Num;
use crate::ratio::Ratio;

/// One whole.
const ONE: i128 = 1_000_000_000_000_000_000;

/// `share` to the power of `times`; a share is between zero and one.
pub(super) fn power(share: Num, times: u32) -> Num {
    from_fixed(fixed(share).map(|share| to_power(share, times)))
}

/// The share whose power of `times` is `share`.
pub(super) fn root(share: Num, times: u32) -> Num {
    let Some(wanted) = fixed(share) else {
        return Num(None);
    };
    let (mut low, mut high) = (0, ONE);
    while low < high {
        let middle = low + (high - low) / 2;
        if to_power(middle, times) < wanted {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    from_fixed(Some(low))
}

fn to_power(share: i128, times: u32) -> i128 {
    (0..times).fold(ONE, |product, _| product * share / ONE)
}

fn fixed(share: Num) -> Option<i128> {
    let scaled = share.0?.times(Ratio::whole(ONE))?;
    let (share, _) = scaled.rounded();
    (0..=ONE).contains(&share).then_some(share)
}

fn from_fixed(share: Option<i128>) -> Num {
    Num(share.and_then(|share| Ratio::new(share, ONE)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn share(hundredths_of_percent: i128) -> Num {
        Num(Ratio::new(hundredths_of_percent, 10_000))
    }

    #[test]
    fn any_share_can_be_raised() {
        assert_eq!(power(share(10_000), 12), Num::of(1));
        assert_eq!(power(share(0), 12), Num::of(0));
        assert!(power(share(9_763), 12).0.is_some());
    }

    #[test]
    fn more_than_a_whole_is_no_share() {
        assert_eq!(power(Num::of(2), 12), Num(None));
        assert_eq!(root(Num::of(-1), 12), Num(None));
    }

    proptest! {
        #[test]
        fn a_root_is_what_its_power_came_from(hundredths in 100_i128..=10_000) {
            let there_and_back = power(root(share(hundredths), 12), 12);
            let (found, _) = there_and_back.0.and_then(|it| it.times(Ratio::whole(1_000_000)))
                .expect("a share").rounded();
            prop_assert_eq!(found, hundredths * 100);
        }
    }
}
