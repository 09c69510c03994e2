//! The go-to-market plan: a sheet of typed fields, and the append-only history of its changes.

mod change;
mod draft;
mod value;

pub use change::{Change, Door, Edit, MessageLink, Version};
pub use draft::{Answer, Plan, Segment};
pub use value::{Currency, Length, Money, Percent, Period, Price, Range, Value};
