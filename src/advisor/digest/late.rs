//! What comes by a schedule and is late says so, where it goes out: it may have waited until then.

use jiff::Timestamp;

use crate::digest;
use crate::render::{Block, Document, Inline};

/// What goes out at `now` of what was due at `period`.
pub fn sent_at(mut document: Document, period: Timestamp, now: Timestamp) -> Document {
    if !digest::is_late(period, now) {
        return document;
    }
    // Beside the small print that is there: it takes no line of its own.
    let note = document
        .blocks
        .iter_mut()
        .rev()
        .find_map(|block| match block {
            Block::Note(note) => Some(note),
            _ => None,
        });
    match note {
        Some(note) => note.extend([Inline::plain(" · late: it was due "), Inline::When(period)]),
        None => document.blocks.push(Block::Note(vec![
            Inline::plain("Late: it was due "),
            Inline::When(period),
        ])),
    }
    document
}
