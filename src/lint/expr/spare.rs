//! Where one side decides, the other need not be evaluated.

use super::evaluator::{Evaluator, Gate, Value};
use super::gap::Gap;
use super::kleene::{both, kleene};
use super::node::{Guarded, If, Join};
use super::syntax::Binary;

impl<'a> Evaluator<'a> {
    /// `&&` or `||`.
    pub(super) fn join(&mut self, join: &'a Join) -> Result<bool, Box<Gap>> {
        let left = self.truth(&join.left);
        let decisive = join.operator == Binary::Or;
        if left == Ok(decisive) && self.spares(&join.right) {
            return left;
        }
        let right = self.truth(&join.right.node);
        kleene(join.operator, left, right)
    }

    /// Whether an expression whose value changes nothing need not be evaluated: it is known what it
    /// reads, which counts as looked at.
    pub(crate) fn spares(&mut self, guarded: &Guarded) -> bool {
        let Some(reads) = &guarded.reads else {
            return false;
        };
        let is_told = reads.absence && self.gate != Gate::Open;
        if is_told || self.source.has_foreign_money() {
            return false;
        }
        self.trace.fields.extend(reads.fields);
        self.trace.params.extend(reads.params);
        for name in &reads.derived {
            let (_, fields) = self.source.derived(name, self.segment);
            self.trace.fields.extend(fields);
        }
        true
    }

    /// With an unknown condition the choice is known only where both branches agree.
    pub(super) fn choose(&mut self, choice: &'a If) -> Value<'a> {
        let If { condition, yes, no } = choice;
        let condition = self.truth(condition);
        match condition {
            Ok(true) if self.spares(no) => return self.value(&yes.node),
            Ok(false) if self.spares(yes) => return self.value(&no.node),
            _ => {}
        }
        let (yes, no) = (self.value(&yes.node), self.value(&no.node));
        match condition {
            Ok(true) => yes,
            Ok(false) => no,
            Err(gap) => match both(yes, no) {
                Ok((yes, no)) if yes == no => Ok(yes),
                Ok(_) => Err(gap),
                Err(more) => Err(gap.and(more)),
            },
        }
    }
}
