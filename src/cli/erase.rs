//! `gtm-advisor erase`: all that is kept for a workspace goes, as when it removes the app.
//!
//! A running server is asked through its socket; without one the store is opened directly.

use std::process::ExitCode;
use std::sync::Arc;

use super::output::{print, refuse};
use super::runtime;
use crate::admin::{self, Answer, Ask};
use crate::config;
use crate::ident::Installation;

/// Erases a workspace, if whoever asks has said that they mean it.
pub(super) fn run(workspace: &str, is_meant: bool) -> ExitCode {
    if !is_meant {
        return refuse(format_args!(
            "this erases every plan, document and schedule of {workspace}, and nothing but a backup brings them back. \
             If you mean it: gtm-advisor erase {workspace} --yes"
        ));
    }
    let config = match config::load() {
        Ok(config) => config,
        Err(error) => return refuse(error),
    };
    let ask = Ask::Erase {
        installation: Installation::new(workspace),
    };
    let clock = Arc::new(super::clock::SystemClock);
    let asked = admin::ask(&config.data_dir, config.sealing_keys, clock, ask);
    match runtime().block_on(asked) {
        Ok(Answer::Erased { records: 0 }) => {
            print(format_args!("Nothing was kept for {workspace}."));
            ExitCode::SUCCESS
        }
        Ok(Answer::Erased { records }) => {
            print(format_args!(
                "{workspace} is erased: {records} records. What is said there from now on begins anew."
            ));
            ExitCode::SUCCESS
        }
        Ok(Answer::Refused { reason }) => refuse(reason),
        Ok(_) => refuse("the server answered something else"),
        Err(error) => refuse(error),
    }
}
