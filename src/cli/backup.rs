//! `gtm-advisor backup` and `restore`: everything in one file, and back.
//!
//! Sealed records stay sealed in the file: a restore needs the keys that sealed them.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use super::clock::SystemClock;
use super::output::{print, refuse, unopened};
use super::runtime;
use crate::admin::{self, Answer, Ask};
use crate::advisor::{Departed, Departure, Departures as _, Upkeep as _};
use crate::clock::Clock as _;
use crate::config::{self, Config};
use crate::ident::Installation;
use crate::store::{Exported, RecordStore};

/// Writes everything into a new file; a running server does it itself, while it serves.
pub(super) fn back_up(file: &Path) -> ExitCode {
    let config = match config::load() {
        Ok(config) => config,
        Err(error) => return refuse(error),
    };
    let file = match std::path::absolute(file) {
        Ok(file) => file,
        Err(error) => return refuse(format_args!("{}: {error}", file.display())),
    };
    let ask = Ask::Backup { file: file.clone() };
    let clock = Arc::new(SystemClock);
    match runtime().block_on(admin::ask(
        &config.data_dir,
        config.sealing_keys,
        clock,
        ask,
    )) {
        Ok(Answer::BackedUp(Exported { records })) => {
            print(format_args!("{} holds {records} records.", file.display()));
            ExitCode::SUCCESS
        }
        Ok(Answer::Refused { reason }) => refuse(reason),
        Ok(_) => refuse("the server answered something else"),
        Err(error) => refuse(error),
    }
}

/// Reads a backup into the data folder, which must not hold a store yet; what was erased since it was
/// made is erased again, where the folder is named that knows of it.
pub(super) fn restore(file: &Path, after: Option<&Path>) -> ExitCode {
    let config = match config::load() {
        Ok(config) => config,
        Err(error) => return refuse(error),
    };
    let source = match File::open(file) {
        Ok(source) => BufReader::new(source),
        Err(error) => return refuse(unopened(file, &error)),
    };
    // Before anything is read in: a folder that cannot be asked is no reason to begin anew.
    let left = match after.map(|folder| runtime().block_on(left(folder))) {
        None => None,
        Some(Ok(left)) => Some(left),
        Some(Err(error)) => return refuse(error),
    };
    match runtime().block_on(RecordStore::import(&config.data_dir, Box::new(source))) {
        Ok(Exported { records }) => {
            let folder = config.data_dir.display();
            print(format_args!(
                "{folder} holds the backup's {records} records."
            ));
        }
        Err(error) => {
            return refuse(format_args!(
                "{error}. Point GTM_DATA_DIR at an empty folder, for example GTM_DATA_DIR=./restored"
            ));
        }
    }
    let Some(left) = left else {
        print(format_args!(
            "Workspaces that left since the backup are in it again: `gtm-advisor erase ID --yes`, or restore with --after FOLDER, the one in use until now."
        ));
        return ExitCode::SUCCESS;
    };
    match runtime().block_on(erase_again(&left, config)) {
        Ok(erased) if erased.is_empty() => {
            print("No workspace left since the backup.");
            ExitCode::SUCCESS
        }
        Ok(erased) => {
            for (workspace, records) in erased {
                print(format_args!(
                    "{workspace} left since the backup and is erased again: {records} records."
                ));
            }
            ExitCode::SUCCESS
        }
        Err(error) => refuse(format_args!(
            "the backup is read in, but what left since then could not be erased: {error}"
        )),
    }
}

/// The workspaces that a folder knows to have left.
async fn left(folder: &Path) -> Result<Vec<Departed>, String> {
    // Opening makes a store where there is none.
    let has_store = folder.read_dir().is_ok_and(|mut all| all.next().is_some());
    if !has_store {
        return Err(format!("there is no store in {}", folder.display()));
    }
    let keys = config::load().map_err(words)?.sealing_keys;
    let store = RecordStore::open(folder, keys).await.map_err(words)?;
    let left = store.departed().await.map_err(words)?;
    store.close().await.map_err(words)?;
    Ok(left)
}

/// Erases those of them that the backup did not know of; says how many records that took of each.
async fn erase_again(
    left: &[Departed],
    config: Config,
) -> Result<Vec<(Installation, usize)>, String> {
    let store = RecordStore::open(&config.data_dir, config.sealing_keys).await;
    let store = store.map_err(words)?;
    let mut erased = Vec::new();
    for Departed {
        installation,
        removed,
        ..
    } in left
    {
        let departure = store.depart(installation, *removed).await;
        if departure.map_err(words)? == Departure::Begun {
            let now = SystemClock.now();
            let records = store.erase(installation, now).await.map_err(words)?;
            erased.push((installation.clone(), records));
        }
    }
    store.close().await.map_err(words)?;
    Ok(erased)
}

fn words(error: impl std::fmt::Display) -> String {
    error.to_string()
}
