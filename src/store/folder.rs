//! The data folder: its lock and its modes.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use rustix::fs::{FlockOperation, flock};
use rustix::io::Errno;

use crate::advisor::StoreError;

const PRIVATE_FOLDER: u32 = 0o700;
const PRIVATE_FILE: u32 = 0o600;

/// Why the store cannot be opened. Nothing was deleted.
#[derive(Debug, Clone, thiserror::Error)]
pub enum OpenError {
    /// Another process holds it.
    #[error(
        "the data folder {} is in use by another process; stop that one, or give this one a folder \
         of its own with GTM_DATA_DIR", .folder.display()
    )]
    InUse {
        /// The folder.
        folder: PathBuf,
    },
    /// It is damaged.
    #[error(
        "the store in {} is damaged ({detail}); nothing in it was changed or deleted; keep a copy, \
         move it aside and start with the newest backup", .folder.display()
    )]
    Damaged {
        /// The folder.
        folder: PathBuf,
        /// What the engine said.
        detail: String,
    },
    /// It cannot be reached.
    #[error("the data folder {} cannot be used: {detail}", .folder.display())]
    Io {
        /// The folder or file.
        folder: PathBuf,
        /// What the system said.
        detail: String,
    },
    /// Its own record cannot be read, for example for want of a key.
    #[error("the store cannot be opened: {0}")]
    Store(#[from] StoreError),
}

impl OpenError {
    pub(super) fn io(path: &Path, error: &io::Error) -> Self {
        Self::Io {
            folder: path.to_owned(),
            detail: error.to_string(),
        }
    }
}

fn store_error(error: &io::Error) -> StoreError {
    StoreError::Io(error.to_string())
}

/// Makes the folder if need be, closes it to others, and takes its lock until the file is dropped.
pub(super) fn claim(folder: &Path) -> Result<File, OpenError> {
    make_folder(folder)
        .and_then(|()| fs::set_permissions(folder, fs::Permissions::from_mode(PRIVATE_FOLDER)))
        .map_err(|e| OpenError::io(folder, &e))?;
    let path = folder.join("lock");
    let lock = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .mode(PRIVATE_FILE)
        .open(&path)
        .map_err(|e| OpenError::io(&path, &e))?;
    match flock(&lock, FlockOperation::NonBlockingLockExclusive) {
        Ok(()) => Ok(lock),
        Err(Errno::WOULDBLOCK) => Err(OpenError::InUse {
            folder: folder.to_owned(),
        }),
        Err(errno) => Err(OpenError::io(&path, &errno.into())),
    }
}

fn make_folder(folder: &Path) -> io::Result<()> {
    DirBuilder::new()
        .recursive(true)
        .mode(PRIVATE_FOLDER)
        .create(folder)
}

/// Closes a folder and all that is in it to others. A file that the engine makes later lies in a
/// closed folder, and is closed itself at the next opening.
pub(super) fn make_private(folder: &Path) -> Result<(), OpenError> {
    close_tree(folder).map_err(|e| OpenError::io(folder, &e))
}

fn close_tree(folder: &Path) -> io::Result<()> {
    fs::set_permissions(folder, fs::Permissions::from_mode(PRIVATE_FOLDER))?;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            close_tree(&entry.path())?;
        } else {
            match fs::set_permissions(entry.path(), fs::Permissions::from_mode(PRIVATE_FILE)) {
                // The engine replaces a snapshot whenever it likes.
                Err(e) if e.kind() == io::ErrorKind::NotFound => {}
                closed => closed?,
            }
        }
    }
    Ok(())
}

/// Makes a file that only its owner can read, where none is.
pub(super) fn create_private(path: &Path) -> io::Result<File> {
    OpenOptions::new()
        .create_new(true)
        .write(true)
        .mode(PRIVATE_FILE)
        .open(path)
}

/// Brings a new file to disk, and its name.
pub(super) fn settle(file: &File, path: &Path) -> io::Result<()> {
    file.sync_all()?;
    path.parent()
        .map_or(Ok(()), |folder| File::open(folder)?.sync_all())
}

/// The names in a folder, sorted; none if it is not there.
fn names(folder: &Path) -> Result<Vec<String>, StoreError> {
    let entries = match fs::read_dir(folder) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(|e| store_error(&e))?,
    };
    let name = |entry: io::Result<fs::DirEntry>| {
        entry.map(|entry| entry.file_name().to_string_lossy().into_owned())
    };
    let mut names = entries
        .map(name)
        .collect::<io::Result<Vec<String>>>()
        .map_err(|e| store_error(&e))?;
    names.sort_unstable();
    Ok(names)
}

/// How many files a folder has; none if it is not there.
pub(super) fn count_files(folder: &Path) -> Result<usize, StoreError> {
    names(folder).map(|names| names.len())
}
