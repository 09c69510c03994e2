//! Has files opened by a process of their own.

use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use async_trait::async_trait;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, Command};
use tokio::sync::Semaphore;

use super::child::{self, Opened};
use crate::advisor::Reader;
use crate::documents::Unreadable;

/// How long a file may take, waiting included.
const WITHIN: Duration = Duration::from_secs(20);
/// Bytes of an answer: more than all letters that are taken, however they are escaped.
const ANSWER: u64 = 4 * 1024 * 1024;
/// How many files are opened at once.
const AT_ONCE: usize = 2;

/// Opens files by a child process of this program.
#[derive(Debug)]
pub struct Opener {
    program: PathBuf,
    places: Semaphore,
}

impl Opener {
    /// Opens files by `program extract`, which is this program.
    pub fn new(program: PathBuf) -> Self {
        Self {
            program,
            places: Semaphore::new(AT_ONCE),
        }
    }

    async fn ask(&self, name: &str, bytes: &[u8]) -> Opened {
        let Ok(_place) = self.places.acquire().await else {
            return Err(Unreadable::TooCostly);
        };
        let mut child = match self.start(name) {
            Ok(child) => child,
            Err(error) => {
                tracing::error!(%error, "no process could be started that opens a file");
                return Err(Unreadable::TooCostly);
            }
        };
        let said = exchange(&mut child, bytes).await;
        // Ended by a limit, or still at it: then there is nothing to read.
        let _ = child.kill().await;
        child::answer(&said).unwrap_or(Err(Unreadable::TooCostly))
    }

    fn start(&self, name: &str) -> std::io::Result<Child> {
        Command::new(&self.program)
            .arg("extract")
            .arg(format!("--name={}", name.replace(char::is_control, " ")))
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
    }
}

/// Hands the bytes over and takes the answer; both at once, so that neither waits for the other.
async fn exchange(child: &mut Child, bytes: &[u8]) -> Vec<u8> {
    let (Some(mut input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
        return Vec::new();
    };
    let give = async move {
        // A process that has ended reads no more; its answer, or the lack of one, says why.
        let _ = input.write_all(bytes).await;
    };
    let take = async move {
        let mut said = Vec::new();
        let _ = output.take(ANSWER).read_to_end(&mut said).await;
        said
    };
    let ((), said) = tokio::join!(give, take);
    said
}

#[async_trait]
impl Reader for Opener {
    async fn read(&self, name: &str, bytes: &[u8]) -> Opened {
        match tokio::time::timeout(WITHIN, self.ask(name, bytes)).await {
            Ok(opened) => opened,
            Err(_) => Err(Unreadable::TooCostly),
        }
    }
}
