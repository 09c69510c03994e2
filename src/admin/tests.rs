//! The socket, with a real store behind it.

use std::os::unix::fs::PermissionsExt;

use jiff::Timestamp;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::UnixStream;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::*;
use crate::advisor::{DedupKey, Inbound, Origin, Place, PlaceKind, Said};
use crate::ident::{Channel, Installation, MessageTs, Person};
use crate::store::SealingKeys;

struct Noon;

impl Clock for Noon {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(1_800_000_000).unwrap()
    }
}

struct Healthy;

#[async_trait]
impl Doctor for Healthy {
    async fn lines(&self) -> Vec<String> {
        vec!["store: in order".to_owned()]
    }
}

/// Stores a dead letter; returns its id.
async fn dead_letter(store: &RecordStore) -> String {
    let inbound = Inbound {
        installation: Installation::new("T1"),
        place: Place {
            channel: Channel::new("C1"),
            thread: None,
            kind: PlaceKind::Channel,
        },
        by: Person::new("U1"),
        said: Said::Mention {
            words: "our secret plan".to_owned(),
            ts: MessageTs::new("1.1"),
        },
        at: Noon.now(),
        files: Vec::new(),
    };
    let dedup = vec![DedupKey("event:A1:Ev1".to_owned())];
    let origin = Origin {
        inbound,
        dedup,
        reply_to: None,
        trigger: None,
    };
    store.receive(origin, Noon.now()).await.unwrap();
    let row = store.due_inbox(Noon.now(), 1).await.unwrap().remove(0);
    store
        .bury_inbox(&row, "eight turns failed", Noon.now())
        .await
        .unwrap();
    row.id.as_str().to_owned()
}

struct Running {
    place: tempfile::TempDir,
    store: Arc<RecordStore>,
    stop: CancellationToken,
    task: JoinHandle<()>,
}

async fn start() -> Running {
    let place = tempfile::tempdir().unwrap();
    let store = RecordStore::open(place.path(), SealingKeys::none())
        .await
        .unwrap();
    let store = Arc::new(store);
    let socket = Socket::bind(place.path()).unwrap();
    let desk = Desk {
        store: Arc::clone(&store),
        clock: Arc::new(Noon),
        doctor: Some(Arc::new(Healthy)),
    };
    let stop = CancellationToken::new();
    let task = tokio::spawn(serve(socket, Arc::new(desk), stop.clone()));
    Running {
        place,
        store,
        stop,
        task,
    }
}

impl Running {
    async fn ask(&self, question: Ask) -> Answer {
        let folder = self.place.path();
        ask(folder, SealingKeys::none(), Arc::new(Noon), question)
            .await
            .unwrap()
    }

    /// Ends the server; its store is closed once nobody holds it.
    async fn end(self) -> tempfile::TempDir {
        self.stop.cancel();
        self.task.await.unwrap();
        drop(self.store);
        self.place
    }
}

#[tokio::test]
async fn a_running_server_is_asked() {
    let server = start().await;
    let id = dead_letter(&server.store).await;
    let Answer::DeadLetters { letters } = server.ask(Ask::DeadLetters { limit: 9 }).await else {
        panic!("letters were asked for");
    };
    assert_eq!((letters.len(), letters[0].id.as_str()), (1, id.as_str()));
    assert_eq!(letters[0].reason, "eight turns failed");
    let found = server.ask(Ask::Replay { id: id.clone() }).await;
    assert_eq!(found, Answer::Replayed { found: true });
    assert_eq!(
        server.ask(Ask::Replay { id }).await,
        Answer::Replayed { found: false }
    );
    assert_eq!(
        server.store.due_inbox(Noon.now(), 9).await.unwrap().len(),
        1
    );
    let lines = vec!["store: in order".to_owned()];
    assert_eq!(server.ask(Ask::Doctor).await, Answer::Doctor { lines });
}

#[tokio::test]
async fn the_store_is_opened_where_no_server_holds_it() {
    let server = start().await;
    let id = dead_letter(&server.store).await;
    let place = server.end().await;
    assert!(
        !place.path().join(SOCKET).exists(),
        "a server takes its socket with it"
    );
    for left_behind in [false, true] {
        if left_behind {
            // What a killed server leaves: a socket that nobody listens on.
            drop(std::os::unix::net::UnixListener::bind(place.path().join(SOCKET)).unwrap());
        }
        let question = Ask::DeadLetters { limit: 9 };
        let folder = place.path();
        let answer = ask(folder, SealingKeys::none(), Arc::new(Noon), question)
            .await
            .unwrap();
        let Answer::DeadLetters { letters } = answer else {
            panic!("letters were asked for")
        };
        assert_eq!(letters[0].id, id);
    }
    assert_eq!(ask_server(place.path(), &Ask::Doctor).await.unwrap(), None);
    Socket::bind(place.path()).unwrap();
}

#[tokio::test]
async fn a_folder_without_a_store_stays_as_it_is() {
    let place = tempfile::tempdir().unwrap();
    let nowhere = place.path().join("data");
    let asked = ask(&nowhere, SealingKeys::none(), Arc::new(Noon), Ask::Doctor).await;
    assert!(matches!(asked, Err(AskError::NoStore { .. })));
    assert!(!nowhere.exists());
}

#[tokio::test]
async fn a_backup_is_a_new_private_file() {
    let server = start().await;
    dead_letter(&server.store).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("backup.jsonl");
    let Answer::BackedUp(exported) = server.ask(Ask::Backup { file: file.clone() }).await else {
        panic!("there is nothing in the way");
    };
    assert!(exported.records > 0);
    assert_eq!(
        std::fs::metadata(&file).unwrap().permissions().mode() & 0o777,
        0o600
    );
    let source = std::io::BufReader::new(std::fs::File::open(&file).unwrap());
    let copy = folder.path().join("copy");
    assert_eq!(
        RecordStore::import(&copy, Box::new(source)).await.unwrap(),
        exported
    );
    for refused in [
        file,
        "backup.jsonl".into(),
        folder.path().join("no").join("where"),
    ] {
        let answer = server
            .ask(Ask::Backup {
                file: refused.clone(),
            })
            .await;
        assert!(
            matches!(answer, Answer::Refused { .. }),
            "{}",
            refused.display()
        );
    }
}

#[tokio::test]
async fn only_the_owner_reaches_the_socket() {
    let server = start().await;
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&server.place.path().join(SOCKET)), 0o600);
    assert_eq!(mode(server.place.path()), 0o700);
}

#[tokio::test]
async fn nonsense_is_answered_and_the_next_question_too() {
    let server = start().await;
    dead_letter(&server.store).await;
    let mut stream = UnixStream::connect(server.place.path().join(SOCKET))
        .await
        .unwrap();
    let questions =
        "hello\n{\"ask\":\"delete-everything\"}\n{\"ask\":\"dead-letters\",\"limit\":1}\n";
    stream.write_all(questions.as_bytes()).await.unwrap();
    let mut lines = BufReader::new(&mut stream).lines();
    for expected in ["not a question", "not a question", "eight turns failed"] {
        let line = lines.next_line().await.unwrap().unwrap();
        assert!(line.contains(expected), "{line}");
        assert!(!line.contains("secret plan"), "{line}");
    }
}

#[tokio::test]
async fn an_endless_line_is_cut_off() {
    let server = start().await;
    let mut stream = UnixStream::connect(server.place.path().join(SOCKET))
        .await
        .unwrap();
    stream.write_all(&vec![b'x'; 64 * 1024]).await.unwrap();
    let line = BufReader::new(&mut stream)
        .lines()
        .next_line()
        .await
        .unwrap()
        .unwrap();
    assert!(line.contains("not a question"), "{line}");
}
