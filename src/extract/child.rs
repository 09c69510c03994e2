//! The process that opens a file: it takes bytes in, puts passages out, and may do little else.

use std::io::{self, Read, Write};

use rustix::process::{Resource, Rlimit, setrlimit};
use serde::{Deserialize, Serialize};

use super::passages;
use crate::documents::{Format, Passage, Unreadable, limit};

/// Memory that the process may ask for, in bytes.
const MEMORY: u64 = 1024 * 1024 * 1024;
/// Seconds of CPU time.
const CPU_S: u64 = 8;

/// What the process says.
pub(super) type Opened = Result<(Format, Vec<Passage>), Unreadable>;

#[derive(Serialize, Deserialize)]
enum Answer {
    Read(Format, Vec<Passage>),
    Unreadable(Unreadable),
}

/// Reads a file from the standard input, and writes what it says to the standard output. Called
/// before anything else runs in the process.
pub fn serve(name: &str) -> io::Result<()> {
    confine()?;
    let mut bytes = Vec::new();
    let bound = u64::try_from(limit::FILE).unwrap_or(u64::MAX) + 1;
    io::stdin().lock().take(bound).read_to_end(&mut bytes)?;
    let answer = match passages(name, &bytes) {
        Ok((format, found)) => Answer::Read(format, found),
        Err(why) => Answer::Unreadable(why),
    };
    let written = serde_json::to_vec(&answer)?;
    io::stdout().lock().write_all(&written)
}

/// Gives up what opening a file does not need.
fn confine() -> io::Result<()> {
    let at_most = |most: u64| Rlimit {
        current: Some(most),
        maximum: Some(most),
    };
    setrlimit(Resource::As, at_most(MEMORY))?;
    setrlimit(Resource::Cpu, at_most(CPU_S))?;
    setrlimit(Resource::Fsize, at_most(0))?;
    setrlimit(Resource::Core, at_most(0))?;
    // No file can be opened from here on; the standard ones are open.
    setrlimit(Resource::Nofile, at_most(3))?;
    Ok(())
}

/// What the process has said; nothing where it was ended before it could.
pub(super) fn answer(said: &[u8]) -> Option<Opened> {
    match serde_json::from_slice(said).ok()? {
        Answer::Read(format, found) => Some(Ok((format, found))),
        Answer::Unreadable(why) => Some(Err(why)),
    }
}
