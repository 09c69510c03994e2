//! Documents: what the bot says, as a tree that each surface writes in its own way.

mod document;
mod markdown;
mod people;
mod text;
mod words;

pub use document::{Block, Button, Document, Emphasis, Inline, Row, Trend, TrendLine};
pub use markdown::markdown;
pub use people::{people, pinging};
pub use text::{link_text, text};
pub use words::{clean, is_web, joined, one_line, utc};

/// Gives the name to show for a person.
pub type Names<'a> = &'a dyn Fn(&crate::ident::Person) -> String;
