//! The files of a message or of a form, as Slack names them.

use serde::Deserialize;

use super::delivery::lenient;
use crate::documents::SharedFile;

/// Files of which note is taken, so that each that is not looked into can be named.
const MOST: usize = 20;

/// A file. Everything may be missing.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Attached {
    #[serde(deserialize_with = "lenient")]
    id: Option<String>,
    #[serde(deserialize_with = "lenient")]
    name: Option<String>,
    #[serde(deserialize_with = "lenient")]
    size: Option<u64>,
    #[serde(deserialize_with = "lenient")]
    permalink: Option<String>,
    #[serde(deserialize_with = "lenient")]
    url_private: Option<String>,
    #[serde(deserialize_with = "lenient")]
    url_private_download: Option<String>,
}

/// The files as the bot sees them; one without an address has been removed, or is not shown to
/// apps.
pub(super) fn shared(attached: &[Attached]) -> Vec<SharedFile> {
    let known = attached.iter().filter_map(|file| {
        let address = file
            .url_private_download
            .as_ref()
            .or(file.url_private.as_ref())?;
        Some(SharedFile {
            id: file.id.clone()?,
            name: file.name.clone().unwrap_or_default(),
            address: address.clone(),
            link: file.permalink.clone(),
            bytes: file.size,
        })
    });
    known.take(MOST).collect()
}

/// What the files are called; nothing where there are none.
pub(super) fn names(attached: &[Attached]) -> Option<String> {
    let names = attached.iter().map(|file| file.name.as_deref());
    let names: Vec<_> = names.map(|it| it.unwrap_or("a file")).collect();
    (!names.is_empty()).then(|| names.join(", "))
}
