//! How what is known and what is not combine (strong Kleene logic).

use super::gap::Gap;
use super::syntax::Binary;

/// Both values, or what stands in the way of either.
pub(super) fn both<T>(
    left: Result<T, Box<Gap>>,
    right: Result<T, Box<Gap>>,
) -> Result<(T, T), Box<Gap>> {
    match (left, right) {
        (Ok(left), Ok(right)) => Ok((left, right)),
        (Err(one), Err(two)) => Err(one.and(two)),
        (Err(gap), _) | (_, Err(gap)) => Err(gap),
    }
}

/// What stands in the way of either of two values, one of which is not known.
pub(super) fn in_the_way<T>(left: Result<T, Box<Gap>>, right: Result<T, Box<Gap>>) -> Box<Gap> {
    match (left, right) {
        (Err(one), Err(two)) => one.and(two),
        (Err(gap), _) | (_, Err(gap)) => gap,
        (Ok(_), Ok(_)) => Box::default(),
    }
}

/// `&&` or `||`: a false side decides the first, a true one the second, whatever the other is.
pub(super) fn kleene(
    join: Binary,
    left: Result<bool, Box<Gap>>,
    right: Result<bool, Box<Gap>>,
) -> Result<bool, Box<Gap>> {
    let decisive = join == Binary::Or;
    match (left, right) {
        (Ok(side), _) | (_, Ok(side)) if side == decisive => Ok(decisive),
        (Ok(_), Ok(_)) => Ok(!decisive),
        (Err(one), Err(two)) => Err(one.and(two)),
        (Err(gap), _) | (_, Err(gap)) => Err(gap),
    }
}

/// One more, where the condition is met.
pub(super) fn counted(
    so_far: Result<i128, Box<Gap>>,
    met: Result<bool, Box<Gap>>,
) -> Result<i128, Box<Gap>> {
    let (so_far, one) = both(so_far, met.map(i128::from))?;
    Ok(so_far + one)
}
