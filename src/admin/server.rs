//! The server's side of the socket.

use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{UnixListener, UnixStream};
use tokio_util::sync::CancellationToken;

use super::{Answer, Ask, Desk, SOCKET};

/// The longest question.
const LINE_LIMIT: u64 = 64 * 1024;
/// How long somebody may take to ask.
const PATIENCE: Duration = Duration::from_secs(30);

/// The socket, until it is dropped.
#[derive(Debug)]
pub struct Socket {
    listener: UnixListener,
    path: PathBuf,
}

impl Socket {
    /// Opens the socket in the data folder. Whoever holds the folder's store may: a socket that is
    /// there already was left by a server that is gone.
    pub fn bind(folder: &Path) -> io::Result<Self> {
        let path = folder.join(SOCKET);
        match std::fs::remove_file(&path) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(e),
            _ => {}
        }
        let listener = UnixListener::bind(&path)?;
        let socket = Self { listener, path };
        std::fs::set_permissions(&socket.path, std::fs::Permissions::from_mode(0o600))?;
        Ok(socket)
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        // Best effort: the next server removes it too.
        let _ = std::fs::remove_file(&self.path);
    }
}

/// Answers until `stop`.
pub async fn serve(socket: Socket, desk: Arc<Desk>, stop: CancellationToken) {
    loop {
        let accepted = tokio::select! {
            () = stop.cancelled() => return,
            accepted = socket.listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, _)) => {
                let (desk, stop) = (Arc::clone(&desk), stop.clone());
                tokio::spawn(async move {
                    tokio::select! {
                        () = stop.cancelled() => {}
                        served = converse(stream, &desk) => {
                            if let Err(error) = served {
                                tracing::debug!(%error, "an operator's connection ended early");
                            }
                        }
                    }
                });
            }
            Err(error) => {
                tracing::warn!(%error, "the admin socket cannot accept a connection");
                // Likely no file descriptor is free: trying again at once would only burn time.
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
}

async fn converse(stream: UnixStream, desk: &Desk) -> io::Result<()> {
    let (read, mut write) = stream.into_split();
    let mut read = BufReader::new(read);
    loop {
        let mut line = String::new();
        let mut limited = (&mut read).take(LINE_LIMIT);
        let length = tokio::time::timeout(PATIENCE, limited.read_line(&mut line)).await??;
        if length == 0 {
            return Ok(());
        }
        let answer = match serde_json::from_str::<Ask>(&line) {
            Ok(ask) => {
                tracing::info!(asked = name(&ask), "an operator asked");
                desk.answer(ask).await
            }
            Err(_) => {
                Answer::refused(r#"not a question; one is {"ask":"dead-letters","limit":20}"#)
            }
        };
        let mut answer = serde_json::to_vec(&answer)?;
        answer.push(b'\n');
        write.write_all(&answer).await?;
    }
}

fn name(ask: &Ask) -> &'static str {
    match ask {
        Ask::DeadLetters { .. } => "dead-letters",
        Ask::Replay { .. } => "replay",
        Ask::Doctor => "doctor",
        Ask::Backup { .. } => "backup",
        Ask::Erase { .. } => "erase",
    }
}
