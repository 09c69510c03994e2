//! How much of a document is taken, and how many of them. A document beyond a bound is refused
//! whole: half of it would answer wrongly.

/// Bytes of a file.
pub const FILE: usize = 5 * 1024 * 1024;
/// Files that are taken at once.
pub const FILES: usize = 5;
/// Bytes that a part of a file may unpack to.
pub const UNPACKED: usize = 16 * 1024 * 1024;
/// Parts of a packed file.
pub const PARTS: usize = 2_000;
/// Steps of reading a part, such as the tags of its markup.
pub const STEPS: usize = 1_000_000;
/// Objects of a PDF.
pub const OBJECTS: usize = 100_000;
/// Pages of a PDF.
pub const PAGES: usize = 400;
/// Characters of a document's text.
pub const LETTERS: usize = 300_000;
/// Characters of a passage: what fits into an answer.
pub const PASSAGE: usize = 1_200;
/// Characters of a title or heading.
pub const TITLE: usize = 80;
/// Documents of one channel, and as many of the workspace as a whole.
pub const DOCUMENTS: usize = 30;
