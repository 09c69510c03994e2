//! Backups: all of it, and nothing else.

use super::*;
use crate::advisor::DigestWrite;
use crate::digest::Standing;
use crate::digest::schedule::{Context, Schedule, Zone};

/// A sink whose content can be read while a store holds it.
#[derive(Clone, Default)]
struct Shared(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

async fn import(backup: Vec<u8>) -> Result<(TempDir, Exported), ImportError> {
    let place = tempfile::tempdir().unwrap();
    let source = Box::new(std::io::Cursor::new(backup));
    let count = RecordStore::import(place.path(), source).await?;
    Ok((place, count))
}

#[tokio::test]
async fn a_backup_brings_everything_back_and_shows_nothing() {
    let place = tempfile::tempdir().unwrap();
    let store = RecordStore::open(place.path(), sealing()).await.unwrap();
    fill(&store).await;
    let mut long = post("C3", "3", 0);
    long.document.headline = "long ".repeat(10_000);
    store.commit(commit(vec![long.clone()])).await.unwrap();
    let sink = Shared::default();
    let exported = store.export(Box::new(sink.clone())).await.unwrap();
    let backup = sink.0.lock().unwrap().clone();
    assert!(
        !String::from_utf8(backup.clone())
            .unwrap()
            .contains("dentists")
    );

    let (copy, count) = import(backup.clone()).await.unwrap();
    assert_eq!(count, exported);
    let restored = RecordStore::open(copy.path(), sealing()).await.unwrap();
    assert_eq!(
        restored.due_inbox(at(0), 9).await.unwrap(),
        store.due_inbox(at(0), 9).await.unwrap()
    );
    assert_eq!(
        restored
            .due_outbox(at(0), 9, usize::MAX)
            .await
            .unwrap()
            .last(),
        Some(&long)
    );
    assert_eq!(
        restored.dead_letters(9).await.unwrap(),
        store.dead_letters(9).await.unwrap()
    );
    let plan = PlanId::new("p1");
    assert_eq!(
        restored.plan(&team(), &plan).await.unwrap(),
        store.plan(&team(), &plan).await.unwrap()
    );
    drop(restored);
    let again = RecordStore::import(copy.path(), Box::new(std::io::Cursor::new(backup))).await;
    assert!(matches!(again, Err(ImportError::NotEmpty)));
}

/// The digest of a channel, due at that second.
fn scheduled(due: i64) -> Commit {
    let context = Context {
        zone: Zone::utc(),
        now: at(0),
    };
    let schedule = Schedule::read("mondays 9am", &context).unwrap();
    let standing = Standing {
        next: Some(at(due)),
        ..Standing::begun(schedule, Person::new("U1"), at(0))
    };
    let channel = Channel::new("C1");
    Commit {
        digest: Some(DigestWrite { channel, standing }),
        ..commit(Vec::new())
    }
}

#[tokio::test]
async fn a_digest_is_found_in_the_second_it_is_due_after_an_erasure_and_out_of_a_backup() {
    let place = tempfile::tempdir().unwrap();
    let store = open(&place).await;
    let due = async |store: &RecordStore, now| store.due_digests(at(now), 9).await.unwrap().len();
    store.commit(scheduled(30)).await.unwrap();
    assert_eq!(due(&store, 29).await, 0);
    store.erase(&team(), at(-1)).await.unwrap();
    assert_eq!(due(&store, 31).await, 0, "it went with its workspace");
    store.commit(scheduled(40)).await.unwrap();
    assert_eq!([due(&store, 39).await, due(&store, 40).await], [0, 1]);

    let sink = Shared::default();
    store.export(Box::new(sink.clone())).await.unwrap();
    let backup = sink.0.lock().unwrap().clone();
    let (copy, _) = import(backup).await.unwrap();
    let restored = open(&copy).await;
    assert_eq!([due(&restored, 39).await, due(&restored, 40).await], [0, 1]);
}

#[tokio::test]
async fn a_damaged_backup_is_refused_with_its_line() {
    let place = tempfile::tempdir().unwrap();
    let store = open(&place).await;
    fill(&store).await;
    let sink = Shared::default();
    store.export(Box::new(sink.clone())).await.unwrap();
    let backup = String::from_utf8(sink.0.lock().unwrap().clone()).unwrap();
    let lines: Vec<&str> = backup.lines().collect();
    let (middle, end) = (lines.len() / 2, lines.len());

    let short = lines[..middle].join("\n");
    let cut_short = import(short.into_bytes()).await;
    assert!(matches!(cut_short, Err(ImportError::CutShort { line }) if line == middle));

    let mut lossy = lines.clone();
    lossy.remove(middle);
    let lossy = import(lossy.join("\n").into_bytes()).await;
    assert!(matches!(lossy, Err(ImportError::Damaged { line, .. }) if line == end - 1));

    let flipped = lines[middle].replacen("\"value\":\"0", "\"value\":\"1", 1);
    assert_ne!(flipped, lines[middle]);
    let mut damaged = lines.clone();
    damaged[middle] = &flipped;
    let damaged = import(damaged.join("\n").into_bytes()).await;
    assert!(matches!(damaged, Err(ImportError::Damaged { line, .. }) if line == middle + 1));

    let headless = import(lines[1..].join("\n").into_bytes()).await;
    assert!(matches!(
        headless,
        Err(ImportError::Damaged { line: 1, .. })
    ));
}
