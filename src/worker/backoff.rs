//! How long to wait before something is tried again.

use jiff::SignedDuration;

/// The first wait.
const FIRST: SignedDuration = SignedDuration::from_secs(1);

/// No wait is longer, unless the other side asks for it.
const LONGEST: SignedDuration = SignedDuration::from_mins(5);

/// Nothing is spread wider.
const WIDEST: SignedDuration = SignedDuration::from_secs(10);

/// The wait after the `failures`-th failure in a row (from 1): it doubles, up to five minutes; where
/// the other side said how long, it is that. `seed` spreads tries that failed together over a
/// quarter of the wait, or ten seconds.
pub(super) fn wait(failures: u32, asked: Option<SignedDuration>, seed: &str) -> SignedDuration {
    let doubled = FIRST * 2_i32.saturating_pow(failures.saturating_sub(1).min(16));
    let wait = asked.unwrap_or_else(|| doubled.min(LONGEST));
    let part = i32::try_from(crc32fast::hash(seed.as_bytes()) % 100).unwrap_or(0);
    wait + (wait / 4).min(WIDEST) * part / 100
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_a_bound_and_honour_the_other_side() {
        let seconds = |failures| wait(failures, None, "").as_secs();
        assert_eq!([1, 2, 4, 8], [1, 2, 3, 4].map(seconds));
        assert_eq!(seconds(40), LONGEST.as_secs());
        let asked = Some(SignedDuration::from_secs(600));
        assert_eq!(wait(1, asked, "").as_secs(), 600);
        let asked = Some(SignedDuration::from_secs(5));
        assert_eq!(wait(9, asked, "").as_secs(), 5, "it is not made longer");
    }

    #[test]
    fn tries_that_failed_together_are_spread() {
        let waits: std::collections::BTreeSet<_> = (0..20)
            .map(|n| wait(5, None, &format!("row {n}")))
            .collect();
        assert!(waits.len() > 10, "{waits:?}");
        let (low, high) = (SignedDuration::from_secs(16), SignedDuration::from_secs(20));
        assert!(waits.iter().all(|w| (low..=high).contains(w)));
    }
}
