//! From a file's bytes to passages, within bounds.
//!
//! [`passages`] opens the formats; [`Opener`] has that done by a process of its own, a child of this
//! program under limits of the operating system, so that a hostile file costs a bounded time
//! and memory whatever a parser does with it (docs/adr/0011-hostile-files.md).

mod child;
mod opener;
mod pdf;
#[cfg(test)]
mod tests;
mod word;

pub use child::serve;
pub use opener::Opener;

use crate::documents::{Format, Passage, Unreadable, markdown, plain};

/// The passages of a file, and what it was.
pub fn passages(name: &str, bytes: &[u8]) -> Result<(Format, Vec<Passage>), Unreadable> {
    let format = Format::of(name, bytes)?;
    let text = || std::str::from_utf8(bytes).map_err(|_| Unreadable::OtherKind);
    let found = match format {
        Format::Pdf => pdf::passages(bytes)?,
        Format::Word => word::passages(bytes)?,
        Format::Markdown => markdown(text()?)?,
        Format::Text | Format::Pasted => plain(text()?)?,
    };
    Ok((format, found))
}
