//! The command line's side: ask the server, or do it ourselves if there is none.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::UnixStream;

use super::{Answer, Ask, Desk, SOCKET};
use crate::clock::Clock;
use crate::store::{OpenError, RecordStore, SealingKeys};

/// Why nobody answered.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// The server's answer cannot be had.
    #[error("the server on {} does not answer: {detail}", .socket.display())]
    Silent {
        /// The socket.
        socket: PathBuf,
        /// What went wrong.
        detail: String,
    },
    /// There is nothing to ask.
    #[error("there is no store in {}; set GTM_DATA_DIR to the server's data folder", .folder.display())]
    NoStore {
        /// The folder.
        folder: PathBuf,
    },
    /// The store cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
}

/// Asks the server that holds the folder; `None` if none is running.
pub async fn ask_server(folder: &Path, ask: &Ask) -> Result<Option<Answer>, AskError> {
    let socket = folder.join(SOCKET);
    let silent = |e: io::Error| AskError::Silent {
        socket: socket.clone(),
        detail: e.to_string(),
    };
    let stream = match UnixStream::connect(&socket).await {
        Ok(stream) => stream,
        // A socket that nobody listens on was left by a server that is gone.
        Err(e)
            if matches!(
                e.kind(),
                io::ErrorKind::NotFound | io::ErrorKind::ConnectionRefused
            ) =>
        {
            return Ok(None);
        }
        Err(e) => return Err(silent(e)),
    };
    exchange(stream, ask).await.map(Some).map_err(silent)
}

/// Asks the server that holds the folder, or opens the store if none is running.
pub async fn ask(
    folder: &Path,
    keys: SealingKeys,
    clock: Arc<dyn Clock>,
    ask: Ask,
) -> Result<Answer, AskError> {
    if let Some(answer) = ask_server(folder, &ask).await? {
        return Ok(answer);
    }
    if !folder.join("db").exists() {
        return Err(AskError::NoStore {
            folder: folder.to_owned(),
        });
    }
    let store = Arc::new(RecordStore::open(folder, keys).await?);
    Ok(Desk {
        store,
        clock,
        doctor: None,
    }
    .answer(ask)
    .await)
}

async fn exchange(stream: UnixStream, ask: &Ask) -> io::Result<Answer> {
    let (read, mut write) = stream.into_split();
    let mut question = serde_json::to_vec(ask)?;
    question.push(b'\n');
    write.write_all(&question).await?;
    let mut answer = String::new();
    BufReader::new(read).read_line(&mut answer).await?;
    if !answer.ends_with('\n') {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(serde_json::from_str(&answer)?)
}
