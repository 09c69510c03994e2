//! `gtm-advisor backup` and `restore`: everything in one file, and back.
//!
//! Sealed records stay sealed in the file: a restore needs the keys that sealed them.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use super::output::{print, refuse, unopened};
use super::runtime;
use crate::admin::{self, Answer, Ask};
use crate::config;
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
    let clock = Arc::new(super::clock::SystemClock);
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

/// Reads a backup into the data folder, which must not hold a store yet.
pub(super) fn restore(file: &Path) -> ExitCode {
    let config = match config::load() {
        Ok(config) => config,
        Err(error) => return refuse(error),
    };
    let source = match File::open(file) {
        Ok(source) => BufReader::new(source),
        Err(error) => return refuse(unopened(file, &error)),
    };
    match runtime().block_on(RecordStore::import(&config.data_dir, Box::new(source))) {
        Ok(Exported { records }) => {
            print(format_args!(
                "{} holds the backup's {records} records.",
                config.data_dir.display()
            ));
            ExitCode::SUCCESS
        }
        Err(error) => refuse(format_args!(
            "{error}. Point GTM_DATA_DIR at an empty folder, for example GTM_DATA_DIR=./restored"
        )),
    }
}
