//! `share`: the answer to a reading command, shown to the channel.

use super::Turn;
use super::case::Case;
use super::handle::dispatch;
use crate::intent::Intent;

/// Runs the reading command again, as whoever shares it, and shows its answer to everyone.
pub(super) fn turn(case: &Case<'_>, inner: &Intent) -> Turn {
    let shared = Case {
        plan: case.plan.clone(),
        shares: true,
        ..*case
    };
    dispatch(&shared, inner)
}
