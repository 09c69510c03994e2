//! The go-to-market plan: a sheet of typed fields, and the append-only history of its changes.
//!
//! [`fields`] is the catalogue that everything about a field is derived from; [`Field::parse`]
//! reads a value, [`Value::display`] writes it so that it can be read again.

mod catalogue;
mod change;
mod currency;
mod draft;
mod error;
mod field;
mod read;
mod show;
mod value;

pub use change::{Change, Door, Edit, MessageLink, Version};
pub use draft::{Answer, Plan, Segment};
pub use error::ValueError;
pub use field::{Choice, Field, Kind, Level, field, fields, find_field};
pub use read::{ParseContext, parse_date};
pub use value::{Currency, Length, Money, Percent, Period, Price, Range, Value};
