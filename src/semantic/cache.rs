//! Vectors in a file. What is there is believed only if it is exactly what is wanted: another
//! model's, another library's or a damaged file counts as none.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use sha2::{Digest, Sha256};

const MAGIC: &[u8; 8] = b"gtm-vec1";
const PREFIX: &str = "meaning-";
const SUFFIX: &str = ".vectors";
const HASH: usize = 32;

/// Where vectors come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// From a file, computed before.
    Before,
    /// Computed now.
    Computed,
}

/// The name of the file of a key.
pub(super) fn name(key: &[u8; HASH]) -> String {
    format!("{PREFIX}{}{SUFFIX}", hex::encode(&key[..8]))
}

/// The numbers that were kept for a key, if there are exactly so many and nothing was changed.
pub(super) fn read(path: &Path, key: &[u8; HASH], count: usize) -> Option<Vec<f32>> {
    let expected = MAGIC.len() + HASH + count * size_of::<f32>() + HASH;
    let length = fs::metadata(path).ok()?.len();
    if length != u64::try_from(expected).ok()? {
        return None;
    }
    let bytes = fs::read(path).ok()?;
    let (told, sum) = bytes.split_last_chunk::<HASH>()?;
    let numbers = told.strip_prefix(MAGIC)?.strip_prefix(key)?;
    if numbers.len() != count * size_of::<f32>() || Sha256::digest(told)[..] != sum[..] {
        return None;
    }
    let (numbers, _) = numbers.as_chunks();
    Some(
        numbers
            .iter()
            .map(|four| f32::from_le_bytes(*four))
            .collect(),
    )
}

/// Keeps the numbers of a key, whole or not at all, and drops those of other models and libraries.
pub(super) fn write(path: &Path, key: &[u8; HASH], numbers: &[f32]) -> io::Result<()> {
    let mut bytes = Vec::with_capacity(MAGIC.len() + 2 * HASH + size_of_val(numbers));
    bytes.extend_from_slice(MAGIC);
    bytes.extend_from_slice(key);
    bytes.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
    let sum = Sha256::digest(&bytes);
    bytes.extend_from_slice(&sum);
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let draft = path.with_extension(format!("draft-{}", std::process::id()));
    let written = put(&draft, &bytes).and_then(|()| fs::rename(&draft, path));
    if written.is_err() {
        let _ = fs::remove_file(&draft);
    } else {
        drop_others(folder, path);
    }
    written
}

fn put(draft: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true).mode(0o600);
    let mut file = options.open(draft)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Drops files of ours that nobody will read again.
fn drop_others(folder: &Path, kept: &Path) {
    let Ok(files) = fs::read_dir(folder) else {
        return;
    };
    for file in files.flatten() {
        let name = file.file_name();
        let name = name.to_string_lossy();
        let is_ours = name.starts_with(PREFIX) && name.ends_with(SUFFIX);
        if is_ours && file.path() != kept {
            let _ = fs::remove_file(file.path());
        }
    }
}
