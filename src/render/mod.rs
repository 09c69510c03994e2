//! Documents: what the bot says, as a tree that each surface writes in its own way.

mod document;

pub use document::{Block, Button, Document, Emphasis, Inline, Row};
