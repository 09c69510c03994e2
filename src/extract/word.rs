//! Word (.docx): the paragraphs of its main part. Pictures, embedded files and fields are not looked
//! into; a file with macros is refused whole.

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use zip::ZipArchive;
use zip::result::ZipError;

use crate::documents::{Passage, Passages, Unreadable, limit};

/// Where the text stands.
const MAIN: &str = "word/document.xml";

/// The passages of a Word file.
pub(super) fn passages(bytes: &[u8]) -> Result<Vec<Passage>, Unreadable> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| why(&error))?;
    if archive.len() > limit::PARTS {
        return Err(Unreadable::TooMuch);
    }
    if archive.file_names_raw().any(is_macro) {
        return Err(Unreadable::Macros);
    }
    let mut part = archive.by_name(MAIN).map_err(|error| why(&error))?;
    // What the directory says of the size is the sender's word; what comes out is what counts.
    let bound = u64::try_from(limit::UNPACKED).unwrap_or(u64::MAX);
    let mut text = String::new();
    let read = part.by_ref().take(bound + 1).read_to_string(&mut text);
    read.map_err(|_| Unreadable::Damaged)?;
    if text.len() > limit::UNPACKED {
        return Err(Unreadable::TooMuch);
    }
    paragraphs(&text)
}

fn is_macro(name: &[u8]) -> bool {
    let name = name.to_ascii_lowercase();
    name.ends_with(b"vbaproject.bin") || name.ends_with(b"vbadata.xml")
}

fn why(error: &ZipError) -> Unreadable {
    match error {
        // An archive of another kind: a table, slides, or no document at all.
        ZipError::FileNotFound => Unreadable::OtherKind,
        ZipError::InvalidPassword => Unreadable::Locked,
        ZipError::UnsupportedArchive(said) if *said == ZipError::PASSWORD_REQUIRED => {
            Unreadable::Locked
        }
        _ => Unreadable::Damaged,
    }
}

/// The paragraph that is being read.
#[derive(Default)]
struct Paragraph {
    words: String,
    is_heading: bool,
    /// Whether what follows is text of a run, and not markup's own.
    in_text: bool,
}

impl Paragraph {
    fn begin(&mut self, tag: &BytesStart<'_>) {
        match tag.local_name().as_ref() {
            "t" => self.in_text = true,
            "tab" | "br" | "cr" => self.words.push(' '),
            "pStyle" => {
                let style = tag.try_get_attribute("w:val").ok().flatten();
                self.is_heading = style.is_some_and(|style| {
                    let style = style.value.to_ascii_lowercase();
                    style.starts_with("heading") || style == "title"
                });
            }
            _ => {}
        }
    }

    fn refer(&mut self, entity: &BytesRef<'_>) {
        if !self.in_text {
            return;
        }
        if let Ok(Some(letter)) = entity.resolve_char_ref() {
            self.words.push(letter);
        } else if let Some(known) = resolve_predefined_entity(entity) {
            // Entities of the file's own are left out: nothing is expanded.
            self.words.push_str(known);
        }
    }
}

fn paragraphs(text: &str) -> Result<Vec<Passage>, Unreadable> {
    let mut reader = Reader::from_str(text);
    let mut passages = Passages::default();
    let mut paragraph = Paragraph::default();
    for _ in 0..limit::STEPS {
        match reader.read_event().map_err(|_| Unreadable::Damaged)? {
            Event::Start(tag) | Event::Empty(tag) => paragraph.begin(&tag),
            Event::Text(words) if paragraph.in_text => paragraph.words.push_str(&words),
            Event::GeneralRef(entity) => paragraph.refer(&entity),
            Event::End(tag) if tag.local_name().as_ref() == "t" => paragraph.in_text = false,
            Event::End(tag) if tag.local_name().as_ref() == "p" => {
                let Paragraph {
                    words, is_heading, ..
                } = std::mem::take(&mut paragraph);
                if is_heading && !words.trim().is_empty() {
                    passages.heading(&words);
                } else {
                    passages.paragraph(&words)?;
                }
            }
            Event::Eof => return passages.finish(),
            _ => {}
        }
    }
    Err(Unreadable::TooMuch)
}
