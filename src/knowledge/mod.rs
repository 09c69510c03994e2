//! The knowledge library: entries with sources, the questions that each section answers, and the
//! lookup that finds them or says that it does not hold them.
//!
//! [`Library::built_in`] loads and checks what comes with the program; [`Library::look_up`] ranks
//! its sections for some words and passes two gates: is it go-to-market at all, and does a held
//! section answer this.

mod asked;
mod build;
#[cfg(test)]
mod calibration;
mod declined;
mod entry;
mod evidence;
mod form;
mod gate;
mod grams;
mod hash;
mod index;
mod irregular;
mod library;
mod lookup;
mod nearness;
mod own;
mod page;
mod query;
mod rows;
mod says;
mod scope;
mod score;
mod spelling;
#[cfg(test)]
mod tests;
mod thesaurus;
mod tokens;
mod voices;
mod weights;

pub use entry::{Entry, EntryKind, Section};
pub use evidence::{Bar, Evidence, Sign};
pub use form::Form;
pub use gate::Outcome;
pub use library::{Library, library};
pub use lookup::{Context, Found, Hit, Reason};
pub use nearness::{Meanings, Nearness};
pub use own::{Passed, Shelved};
pub use page::EntryError;
