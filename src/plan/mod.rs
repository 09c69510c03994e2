//! The go-to-market plan: a sheet of typed fields, and the append-only history of its changes.
//!
//! [`fields`] is the catalogue that everything about a field is derived from; [`Field::parse`]
//! reads a value, [`Value::display`] writes it so that it can be read again. A [`Plan`] is the
//! fold of its [`Change`]s; [`set_answer`] and [`undo`] make new ones.

mod beside;
mod catalogue;
mod change;
mod currency;
mod derived;
mod draft;
mod error;
mod field;
mod file;
mod history;
mod past;
mod read;
mod segment;
mod show;
#[cfg(test)]
mod testing;
mod value;

pub use change::{ApplyError, Author, Change, Door, Edit, MessageLink, Version};
pub use derived::{Derived, deal_value};
pub use draft::{Answer, Plan};
pub use error::ValueError;
pub use field::{Choice, Field, Kind, Level, field, field_called, fields, find_field};
pub use file::{
    About, FileError, FileFormat, FileProblem, PlanFile, ThresholdSetting, Waiver, read_file,
};
pub use history::{UndoError, add_segment, remove_segment, rename_segment, set_answer, undo};
pub use past::{Kept, Past};
pub use read::{ParseContext, parse_date};
pub use segment::Segment;
pub use value::{Currency, Length, Money, Percent, Period, Price, Range, Value};
