//! What lies on disk: who may read it, what is in it, what a kill leaves.

use super::*;

/// All files below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let below = |path: PathBuf| {
        if path.is_dir() {
            files(&path)
        } else {
            vec![path]
        }
    };
    entries.flat_map(below).collect()
}

#[tokio::test]
async fn a_sealed_store_has_no_words_on_disk() {
    let holds = |place: &TempDir| {
        let read = |path: &PathBuf| std::fs::read(path).unwrap();
        let words = WORDS.as_bytes();
        files(place.path())
            .iter()
            .map(read)
            .any(|b| b.windows(words.len()).any(|w| w == words))
    };
    for (keys, expected) in [(sealing(), false), (SealingKeys::none(), true)] {
        let place = tempfile::tempdir().unwrap();
        let store = RecordStore::open(place.path(), keys).await.unwrap();
        fill(&store).await;
        drop(store);
        assert_eq!(holds(&place), expected);
    }
}

#[tokio::test]
async fn folders_and_files_are_closed_to_others() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("a").join("data");
    let store = RecordStore::open(&folder, SealingKeys::none())
        .await
        .unwrap();
    fill(&store).await;
    drop(store);
    drop(
        RecordStore::open(&folder, SealingKeys::none())
            .await
            .unwrap(),
    );
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    for file in files(&folder) {
        assert_eq!(mode(&file), 0o600, "{}", file.display());
        assert_eq!(mode(file.parent().unwrap()), 0o700, "{}", file.display());
    }
}

#[tokio::test]
async fn a_folder_has_one_process_at_a_time() {
    let place = tempfile::tempdir().unwrap();
    let first = open(&place).await;
    let second = RecordStore::open(place.path(), SealingKeys::none()).await;
    let Err(error @ OpenError::InUse { .. }) = second else {
        panic!("it is taken")
    };
    assert!(
        error.to_string().contains("in use by another process"),
        "{error}"
    );
    drop(first);
    open(&place).await;
}

#[tokio::test]
async fn a_wrong_key_is_found_at_opening() {
    let place = tempfile::tempdir().unwrap();
    drop(RecordStore::open(place.path(), sealing()).await.unwrap());
    let other = SealingKeys::parse(&SecretString::from("6f".repeat(32))).unwrap();
    for keys in [other, SealingKeys::none()] {
        let opened = RecordStore::open(place.path(), keys).await;
        assert!(matches!(
            opened,
            Err(OpenError::Store(StoreError::NoKey(_)))
        ));
    }
    let rotated = format!("{},{}", "6f".repeat(32), "5e".repeat(32));
    let rotated = SealingKeys::parse(&SecretString::from(rotated)).unwrap();
    RecordStore::open(place.path(), rotated).await.unwrap();
}

#[tokio::test]
async fn a_damaged_folder_is_reported_and_left_alone() {
    let place = tempfile::tempdir().unwrap();
    let store = open(&place).await;
    fill(&store).await;
    drop(store);
    let conf = place.path().join("db").join("conf");
    std::fs::write(&conf, b"not what it was").unwrap();
    let before = files(place.path()).len();
    let opened = RecordStore::open(place.path(), SealingKeys::none()).await;
    let Err(error @ OpenError::Damaged { .. }) = opened else {
        panic!("it is damaged")
    };
    assert!(
        error
            .to_string()
            .contains("nothing in it was changed or deleted"),
        "{error}"
    );
    assert_eq!(files(place.path()).len(), before);
    assert_eq!(std::fs::read(&conf).unwrap(), b"not what it was");
}

/// Turns a bit of an outbox row over.
async fn damage(store: &RecordStore, id: &str) {
    let slot = outbox::key(&team(), &OutboxId::new(id)).slot().clone();
    let mut bytes = store.records.engine.get(&slot).unwrap().unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    let unit = Unit {
        puts: vec![(slot, bytes)],
        ..Unit::default()
    };
    store.records.engine.commit(unit).await.unwrap();
}

#[tokio::test]
async fn a_damaged_row_does_not_stop_the_others() {
    let place = tempfile::tempdir().unwrap();
    let store = open(&place).await;
    store
        .commit(commit(vec![
            post("C1", "1", 0),
            post("C2", "2", 0),
            post("C1", "3", 0),
        ]))
        .await
        .unwrap();
    damage(&store, "1").await;
    let due = store.due_outbox(at(0), 10, usize::MAX).await.unwrap();
    assert_eq!(
        due.iter().map(|row| row.id.as_str()).collect::<Vec<_>>(),
        ["2"]
    );
    let due = store.due_outbox(at(0), 10, usize::MAX).await.unwrap();
    assert_eq!(
        due.iter().map(|row| row.id.as_str()).collect::<Vec<_>>(),
        ["2", "3"],
        "what stands behind it in its channel goes out"
    );
    let read = store.outbox_row(&team(), &OutboxId::new("1")).await;
    assert!(matches!(read, Err(StoreError::Damaged(_))));
}

#[tokio::test]
async fn a_row_is_done_whatever_has_become_of_the_one_behind_it() {
    let place = tempfile::tempdir().unwrap();
    let store = open(&place).await;
    let rows = vec![post("C1", "1", 0), post("C1", "2", 0), post("C1", "3", 0)];
    store.commit(commit(rows)).await.unwrap();
    damage(&store, "2").await;
    for expected in ["1", "3"] {
        let mut due = store.due_outbox(at(0), 10, usize::MAX).await.unwrap();
        let mut row = due.remove(0);
        assert_eq!((row.id.as_str(), due), (expected, Vec::new()));
        row.state = OutboxState::Sent {
            at: at(0),
            ts: None,
        };
        store.mark_outbox(&row).await.unwrap();
    }
    assert_eq!(store.due_outbox(at(0), 10, usize::MAX).await.unwrap(), []);
}

const CRASH_PLACE: &str = "GTM_TEST_CRASH_PLACE";
const CRASH_POINT: &str = "GTM_TEST_CRASH_POINT";

/// The life of a process that is killed in the middle of its writes; says what was acknowledged.
async fn live_and_die(place: &Path) {
    let store = RecordStore::open(place, SealingKeys::none()).await.unwrap();
    for n in 0..10 {
        let mut delivery = origin(&n.to_string());
        delivery.inbound.place.channel = Channel::new(format!("C{n}"));
        store.receive(delivery, at(n)).await.unwrap();
        let acknowledged = place.join("acknowledged");
        std::fs::write(acknowledged, (n + 1).to_string()).unwrap();
    }
}

#[tokio::test]
async fn what_was_acknowledged_outlives_a_kill() {
    use std::os::unix::process::ExitStatusExt;

    if let (Some(place), Ok(point)) = (std::env::var_os(CRASH_PLACE), std::env::var(CRASH_POINT)) {
        failpoint::arm(&point).unwrap();
        return live_and_die(Path::new(&place)).await;
    }
    // The first flush belongs to the opening.
    for (point, stored) in [
        ("store.before_flush:6", 4..=5),
        ("store.after_flush:6", 5..=5),
    ] {
        let place = tempfile::tempdir().unwrap();
        let status = std::process::Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "store::tests::disk::what_was_acknowledged_outlives_a_kill",
            ])
            .env(CRASH_PLACE, place.path())
            .env(CRASH_POINT, point)
            .stdout(std::process::Stdio::null())
            .status()
            .unwrap();
        assert_eq!(status.signal(), Some(9), "{point}");
        let acknowledged = std::fs::read_to_string(place.path().join("acknowledged")).unwrap();
        assert_eq!(acknowledged, "4", "{point}");
        let store = open(&place).await;
        let rows = store.due_inbox(at(100), 100).await.unwrap().len();
        assert!(stored.contains(&rows), "{point}: {rows}");
        // Row, index and dedup key stand or fall together.
        assert_eq!(store.health().await.unwrap().inbox.rows, rows);
        let repeat = store.receive(origin("4"), at(100)).await.unwrap();
        assert_eq!(repeat == Received::Duplicate, rows == 5, "{point}");
    }
}

#[tokio::test]
async fn a_writer_that_dies_is_heard_of_and_nothing_more_is_read() {
    let place = TempDir::new().unwrap();
    let store = open(&place).await;
    let dies = Box::new(|| panic!("a defect in the writer"));
    assert!(store.records.engine.stand_still(dies).await.is_err());
    let reason = store.failed().await;
    assert!(reason.to_string().contains("panicked"), "{reason}");
    assert!(store.health().await.is_err() || store.due_outbox(at(0), 1, 1).await.is_err());
}
