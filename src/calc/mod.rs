//! Calculators: the field's formulas, computed exactly, with inputs, basis and source shown.
//!
//! One table, [`calculators`], declares them; reading, help, the reference page and the tests derive from it.
//! [`read`] reads what was typed, [`run`] computes it, with the plan's values where nothing was
//! typed, [`document`] and [`json`] write the outcome. Numbers are exact fractions until they are
//! shown; `≈` marks what was rounded then.

mod calculator;
mod compound;
mod document;
mod inputs;
mod outcome;
mod proof;
mod quantity;
mod reference;
mod refusal;
mod table;
mod words;
mod working;

pub use calculator::{Calculator, Input, Need};
pub use document::{Room, document, explanation, json, list};
pub use inputs::{Given, Origin};
pub use outcome::{Outcome, run};
pub use quantity::{Per, Quantity, Unit};
pub use reference::reference;
pub use refusal::CalcError;
pub use table::{Group, calculators, groups};
pub use words::{Asked, Request, read};
pub use working::{Line, Question, Role};

#[cfg(test)]
mod tests;
