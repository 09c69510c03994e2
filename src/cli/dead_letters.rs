//! `gtm-advisor dead-letters`: what was given up, and how to try it again.
//!
//! A running server is asked through its socket; without one the store is opened directly.

use std::fmt::Write;
use std::process::ExitCode;
use std::sync::Arc;

use super::output::{print, refuse};
use super::runtime;
use crate::admin::{self, Answer, Ask};
use crate::advisor::DeadLetter;
use crate::config;

/// How many dead letters are listed.
const LISTED: usize = 100;

/// Lists the dead letters, or puts the one of that id back into its queue.
pub(super) fn run(replay: Option<&str>) -> ExitCode {
    let config = match config::load() {
        Ok(config) => config,
        Err(error) => return refuse(error),
    };
    let ask = match replay {
        Some(id) => Ask::Replay { id: id.to_owned() },
        None => Ask::DeadLetters { limit: LISTED },
    };
    let clock = Arc::new(super::clock::SystemClock);
    let asked = admin::ask(&config.data_dir, config.sealing_keys, clock, ask);
    match runtime().block_on(asked) {
        Ok(Answer::DeadLetters { letters }) => {
            print(list(&letters).trim_end());
            ExitCode::SUCCESS
        }
        Ok(Answer::Replayed { found: true }) => {
            print("It is back in its queue, due at once.");
            ExitCode::SUCCESS
        }
        Ok(Answer::Replayed { found: false }) => refuse(
            "There is no dead letter of that id. `gtm-advisor dead-letters` lists those there are.",
        ),
        Ok(Answer::Refused { reason }) => refuse(reason),
        Ok(_) => refuse("the server answered something else"),
        Err(error) => refuse(error),
    }
}

fn list(letters: &[DeadLetter]) -> String {
    if letters.is_empty() {
        return "Nothing was given up.".to_owned();
    }
    let mut list = String::new();
    for letter in letters {
        let DeadLetter {
            installation,
            id,
            queue,
            channel,
            at,
            reason,
            attempts,
        } = letter;
        let _ = writeln!(
            list,
            "{at}  {queue:<6}  {id}  {installation}/{channel}  after {attempts} tries: {reason}"
        );
    }
    let _ = writeln!(
        list,
        "\nTry one again with `gtm-advisor dead-letters --replay ID`."
    );
    list
}
