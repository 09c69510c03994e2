//! A subject: something to measure, and how to get it ready.

/// What is measured; each call is one more of the same.
pub(crate) type Routine = Box<dyn FnMut()>;

/// Calls that are prepared where they are counted from outside, so that the preparation costs
/// the same however many of them are made.
pub(crate) const PREPARED: usize = 1_000;

/// Something to measure.
#[derive(Clone, Copy)]
pub(crate) struct Subject {
    /// Its name.
    pub(crate) name: &'static str,
    /// How many operations one call is.
    pub(crate) operations: u32,
    /// The most calls that are prepared at once.
    pub(crate) most_calls: usize,
    /// Whether its instructions are counted.
    pub(crate) is_countable: bool,
    /// Gets so many calls ready; none of that is measured.
    prepare: fn(usize) -> Routine,
}

impl Subject {
    /// A subject with one operation a call.
    pub(crate) fn new(name: &'static str, prepare: fn(usize) -> Routine) -> Self {
        Self {
            name,
            operations: 1,
            most_calls: usize::MAX,
            is_countable: true,
            prepare,
        }
    }

    /// With so many operations a call.
    pub(crate) fn of(self, operations: u32) -> Self {
        Self { operations, ..self }
    }

    /// With no more than so many calls prepared at once.
    pub(crate) fn at_most(self, most_calls: usize) -> Self {
        Self { most_calls, ..self }
    }

    /// Whose instructions depend on how its threads meet, so that a count says nothing.
    pub(crate) fn on_threads(self) -> Self {
        self.uncounted()
    }

    /// Whose instructions are not counted, because its preparation would take minutes.
    pub(crate) fn uncounted(self) -> Self {
        Self {
            is_countable: false,
            ..self
        }
    }

    /// Gets so many calls ready.
    pub(crate) fn prepare(&self, calls: usize) -> Routine {
        (self.prepare)(calls)
    }

    /// Prepares as many calls as ever, and makes `times` of them.
    pub(crate) fn run_once(&self, times: usize) {
        let prepared = PREPARED.min(self.most_calls);
        let mut routine = self.prepare(prepared);
        for _ in 0..times.min(prepared) {
            routine();
        }
    }
}
