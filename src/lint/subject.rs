//! What is checked: a plan, and what its history tells where there is one.

use crate::plan::{Past, Plan};

/// What a check looks at. A plan file has no history: the rules that read one do not concern it.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The plan.
    pub(crate) plan: &'a Plan,
    /// What its history tells.
    pub(crate) past: Option<&'a Past>,
}

impl<'a> Subject<'a> {
    /// The plan.
    pub fn plan(self) -> &'a Plan {
        self.plan
    }

    /// Another plan with the same history.
    #[must_use]
    pub fn of(self, plan: &'a Plan) -> Self {
        Self { plan, ..self }
    }

    /// A plan with what its history tells.
    pub fn with_past(plan: &'a Plan, past: &'a Past) -> Self {
        Self {
            plan,
            past: Some(past),
        }
    }
}

impl<'a> From<&'a Plan> for Subject<'a> {
    /// A plan alone.
    fn from(plan: &'a Plan) -> Self {
        Self { plan, past: None }
    }
}
