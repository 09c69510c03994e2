//! The plan as an earlier version had it, by taking its newest changes back.

use super::undo::inverse;
use super::{Change, Item, Plan, UndoError, Version};

impl Plan {
    /// The plan before `newest`, which are the changes that led to it last, oldest first.
    pub fn before(&self, newest: &[Change]) -> Result<Self, UndoError> {
        let mut earlier = self.clone();
        for change in newest.iter().rev() {
            let version = earlier.version();
            if change.version != version {
                return Err(UndoError::OutOfReach(change.version));
            }
            let back = inverse(&earlier, version, &change.edit)?;
            earlier
                .make(&back)
                .map_err(|error| super::undo::changed_since(version, error))?;
            earlier.sheet.version = Version(version.0 - 1);
        }
        Ok(earlier)
    }

    /// The plan with the thresholds of `other` in place of its own.
    #[must_use]
    pub fn with_thresholds_of(&self, other: &Self) -> Self {
        let mut plan = self.clone();
        let is_threshold = |item: &Item| matches!(item, Item::Threshold(_));
        plan.sheet.items.retain(|item| !is_threshold(item));
        let theirs = other.sheet.items.iter().filter(|item| is_threshold(item));
        plan.sheet.items.extend(theirs.cloned());
        plan.sheet.items.sort_by_key(Item::key);
        plan
    }
}
