//! The program itself as a child process. Each is ended by its own id, at the latest when it goes out
//! of scope.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::net::SocketAddr;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicU16, Ordering};

use rustix::process::{Pid, Signal, kill_process};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

/// Where a child listens.
pub(crate) type Address = SocketAddr;

/// An address of the loopback network that no other test and no outgoing connection uses, so that a
/// process can be ended and started anew on it.
pub(crate) fn address() -> Address {
    static NEXT: AtomicU16 = AtomicU16::new(3_000);
    let [_, high, middle, low] = std::process::id().to_be_bytes();
    let port = NEXT.fetch_add(1, Ordering::SeqCst);
    // 127.0.x.y is left to everybody else.
    SocketAddr::from(([127, 64 + high % 64, middle, low], port))
}

/// A child.
pub(crate) struct Binary {
    child: Child,
    lines: UnboundedReceiver<String>,
    log: Vec<String>,
}

/// What a child that has ended leaves behind.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) status: ExitStatus,
    pub(crate) output: String,
}

impl Ended {
    /// The signal that has ended it.
    pub(crate) fn signal(&self) -> Option<i32> {
        self.status.signal()
    }

    /// The status that it has ended with.
    pub(crate) fn code(&self) -> Option<i32> {
        self.status.code()
    }
}

impl Binary {
    /// Starts `gtm-advisor` with these words and settings and no others, in this folder.
    pub(crate) fn start(words: &[&str], settings: &[(&str, &str)], folder: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_gtm-advisor"))
            .args(words)
            .env_clear()
            .envs(settings.iter().copied())
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let (tell, lines) = unbounded_channel();
        let output = child.stdout.take().expect("a pipe");
        let errors = child.stderr.take().expect("a pipe");
        let other = tell.clone();
        std::thread::spawn(move || follow(BufReader::new(output), |line| tell.send(line).is_ok()));
        std::thread::spawn(move || follow(BufReader::new(errors), |line| other.send(line).is_ok()));
        Self {
            child,
            lines,
            log: Vec::new(),
        }
    }

    /// Waits for a line of its output that holds these words, unless it was there before.
    pub(crate) async fn until(&mut self, words: &str) -> String {
        if let Some(line) = self.log.iter().find(|line| line.contains(words)) {
            return line.clone();
        }
        while let Some(line) = self.lines.recv().await {
            self.log.push(line.clone());
            if line.contains(words) {
                return line;
            }
        }
        panic!(
            "it ended before it said `{words}`:\n{}",
            self.log.join("\n")
        );
    }

    /// Asks it to end, as an operator would.
    pub(crate) fn terminate(&self) {
        kill_process(Pid::from_child(&self.child), Signal::TERM).expect("it runs");
    }

    /// Waits until it has ended and all of its output is there.
    pub(crate) async fn ended(mut self) -> Ended {
        while let Some(line) = self.lines.recv().await {
            self.log.push(line);
        }
        let status = self.child.wait().expect("it has ended");
        Ended {
            status,
            output: self.log.join("\n"),
        }
    }
}

impl Drop for Binary {
    fn drop(&mut self) {
        // It has ended by itself, or it ends now.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn follow(lines: impl BufRead, mut tell: impl FnMut(String) -> bool) {
    for line in lines.lines().map_while(Result::ok) {
        if !tell(line) {
            return;
        }
    }
}

/// Writes a file into a folder; returns its path.
pub(crate) fn write(folder: &Path, name: &str, text: &str) -> std::path::PathBuf {
    let path = folder.join(name);
    let mut file = File::create(&path).expect("a file");
    file.write_all(text.as_bytes()).expect("room");
    path
}
