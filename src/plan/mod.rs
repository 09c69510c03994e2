//! The go-to-market plan: a sheet of typed fields, and the append-only history of its changes.
//!
//! [`fields`] is the catalogue that everything about a field is derived from; [`Field::parse`]
//! reads a value, [`Value::display`] writes it so that it can be read again. A [`Plan`] is the
//! fold of its [`Change`]s; [`set_answer`] and [`undo`] make new ones.

mod act;
mod apply;
mod beside;
mod catalogue;
mod change;
mod compare;
mod currency;
mod derived;
mod draft;
mod error;
mod field;
mod file;
mod history;
mod item;
mod kind;
mod net;
mod past;
mod read;
mod renumber;
mod rewind;
mod segment;
mod show;
mod template;
#[cfg(test)]
mod testing;
mod undo;
mod value;

pub use act::{
    additions, adopt, approve, import, put_item, restore, say_about, set_item, take_item,
};
pub use catalogue::{Cues, Opening, Openings, Unclear};
pub use change::{ApplyError, Author, Change, Door, Edit, MessageLink, Version};
pub use compare::difference;
pub use currency::{InCurrency, in_two_currencies};
pub use derived::{Derived, deal_value};
pub use draft::{Answer, Plan};
pub use error::{Beside, ValueError};
pub use field::{Choice, Field, Kind, Level, SHARE, field, field_called, fields, find_field};
pub use file::{FileError, FileFormat, FileProblem, PlanFile, read_draft, read_file, write_file};
pub use history::{add_segment, remove_segment, rename_segment, set_answer, set_answers};
pub use item::{
    About, Approval, Baseline, Certainty, Decided, Decision, FindingKey, Item, ItemKey, Objection,
    Scenario, ScenarioAnswer, SectionOwner, ThresholdSetting, Trigger, Waiver,
};
pub use net::{Net, net};
pub use past::{Kept, Past};
pub(crate) use read::days_in;
pub use read::{
    Amount, Holder, MULTIPLES_OF_TEN, ParseContext, SMALL_NUMBERS, Scan, Shape, parse_date, scan,
};
pub use segment::Segment;
pub use template::{Template, templates};
pub use undo::{UndoError, undo};
pub use value::{Currency, Length, Money, Percent, Period, Price, Range, Value};
