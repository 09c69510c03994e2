//! PDF: the text of each page. Pictures, forms, scripts and attached files are not looked into.

use lopdf::{Document, Error, LoadOptions};

use crate::documents::{Passage, Passages, Unreadable, limit};

/// The passages of a PDF, page by page.
pub(super) fn passages(bytes: &[u8]) -> Result<Vec<Passage>, Unreadable> {
    let options = LoadOptions {
        max_decompressed_size: Some(limit::UNPACKED),
        ..LoadOptions::default()
    };
    let document = Document::load_mem_with_options(bytes, options).map_err(|error| why(&error))?;
    if document.is_encrypted() || document.was_encrypted() {
        return Err(Unreadable::Locked);
    }
    if document.objects.len() > limit::OBJECTS {
        return Err(Unreadable::TooMuch);
    }
    let pages: Vec<u32> = document.get_pages().into_keys().collect();
    if pages.len() > limit::PAGES {
        return Err(Unreadable::TooMuch);
    }
    let mut passages = Passages::default();
    for page in pages {
        passages.heading(&format!("Page {page}"));
        let chunks = document.extract_text_chunks_with_limit(&[page], limit::UNPACKED);
        let mut text = String::new();
        for chunk in chunks {
            match chunk {
                Ok(chunk) => text.push_str(&chunk),
                Err(error @ Error::Decompress(_)) => return Err(why(&error)),
                // A font that cannot be read costs its words and no others.
                Err(_) => {}
            }
        }
        passages.paragraph(&text)?;
    }
    passages.finish()
}

fn why(error: &Error) -> Unreadable {
    match error {
        Error::Decryption(_) | Error::UnsupportedSecurityHandler(_) | Error::InvalidPassword => {
            Unreadable::Locked
        }
        Error::Decompress(_) => Unreadable::TooMuch,
        _ => Unreadable::Damaged,
    }
}
