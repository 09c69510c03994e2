//! What a caller of the port cannot see: costs, places, modes, damage, crashes.

use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use secrecy::SecretString;
use tempfile::TempDir;

use super::engine::{Applied, EngineStats, Entry, Scan, Slot, Unit, VALUE_LIMIT};
use super::*;
use crate::advisor::{
    DedupKey, Inbound, OutboxState, Place, PlaceKind, PlanWrite, Said, Target, Unclear, Upkeep,
    Urgency,
};
use crate::failpoint;
use crate::ident::{MessageTs, Person, Reference};
use crate::plan::{Answer, Door, Edit, MessageLink, Plan, Value};
use crate::render::Document;

const WORDS: &str = "we sell to dentists in Oslo";

pub(super) fn team() -> Installation {
    Installation::new("T1")
}

fn sealing() -> SealingKeys {
    SealingKeys::parse(&SecretString::from("5e".repeat(32))).unwrap()
}

pub(super) async fn open(place: &TempDir) -> RecordStore {
    RecordStore::open(place.path(), SealingKeys::none())
        .await
        .unwrap()
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + seconds).unwrap()
}

fn origin(key: &str) -> Origin {
    let inbound = Inbound {
        installation: team(),
        place: Place {
            channel: Channel::new("C1"),
            thread: None,
            kind: PlaceKind::Channel,
        },
        by: Person::new("U1"),
        said: Said::Mention {
            words: WORDS.to_owned(),
            ts: MessageTs::new("1.1"),
        },
        at: at(0),
    };
    Origin {
        inbound,
        dedup: vec![DedupKey(key.to_owned())],
        reply_to: None,
    }
}

fn post(channel: &str, id: &str, due: i64) -> OutboxRow {
    OutboxRow {
        id: OutboxId::new(id),
        installation: team(),
        channel: Channel::new(channel),
        target: Target::Post { thread: None },
        document: Document {
            headline: WORDS.to_owned(),
            blocks: Vec::new(),
        },
        urgency: Urgency::Person,
        unclear: Unclear::Repeat,
        due: at(due),
        use_by: at(100_000),
        attempts: 0,
        state: OutboxState::Waiting,
        reference: Reference::new("r1"),
    }
}

fn commit(outbox: Vec<OutboxRow>) -> Commit {
    Commit {
        installation: team(),
        now: at(0),
        lease: None,
        claims: Vec::new(),
        inbox_done: None,
        plan: None,
        outbox,
    }
}

fn rename(plan: &Plan, old: Option<&str>, new: &str) -> PlanWrite {
    let answer = |words: &str| Answer::Known(Value::Text(words.to_owned()));
    let change = Change {
        version: Version(plan.version().0 + 1),
        edit: Edit::Field {
            field: "plan.name".to_owned(),
            segment: None,
            old: old.map(answer),
            new: Some(answer(new)),
        },
        by: Person::new("U1"),
        at: at(0),
        door: Door::Command,
        link: MessageLink {
            channel: Channel::new("C1"),
            ts: None,
        },
        undoes: None,
    };
    let mut after = plan.clone();
    after.apply(&change).unwrap();
    let against = plan.version();
    PlanWrite {
        channel: Channel::new("C1"),
        plan: after,
        against,
        changes: vec![change],
    }
}

/// An engine that counts what passes, and looks at each write.
struct Watched {
    engine: SledEngine,
    reads: AtomicUsize,
    commits: AtomicUsize,
}

#[async_trait]
impl Engine for Watched {
    fn get(&self, slot: &Slot) -> Result<Option<Vec<u8>>, StoreError> {
        self.reads.fetch_add(1, Ordering::SeqCst);
        self.engine.get(slot)
    }

    fn scan(&self, scan: &Scan) -> Result<Vec<Entry>, StoreError> {
        let entries = self.engine.scan(scan)?;
        self.reads.fetch_add(1 + entries.len(), Ordering::SeqCst);
        Ok(entries)
    }

    async fn commit(&self, unit: Unit) -> Result<Applied, StoreError> {
        self.commits.fetch_add(1, Ordering::SeqCst);
        for (slot, value) in &unit.puts {
            assert!(value.len() <= VALUE_LIMIT, "{:?}", slot.kind);
            let owner = Key::read(slot.kind, slot.key.clone())
                .unwrap()
                .installation()
                .unwrap();
            let expected = if slot.kind == Kind::Meta {
                Installation::new("")
            } else {
                team()
            };
            assert_eq!(owner, expected, "{:?}", slot.kind);
        }
        self.engine.commit(unit).await
    }

    async fn stand_still(&self, work: Box<dyn FnOnce() + Send>) -> Result<(), StoreError> {
        self.engine.stand_still(work).await
    }

    fn blobs(&self) -> Result<Vec<(String, String)>, StoreError> {
        self.engine.blobs()
    }

    fn put_blob(&self, folder: &str, name: &str, content: &[u8]) -> Result<(), StoreError> {
        self.engine.put_blob(folder, name, content)
    }

    fn get_blob(&self, folder: &str, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.engine.get_blob(folder, name)
    }

    fn delete_blobs(&self, folder: &str) -> Result<usize, StoreError> {
        self.engine.delete_blobs(folder)
    }

    fn stats(&self) -> Result<EngineStats, StoreError> {
        self.engine.stats()
    }

    fn close(&self) {
        self.engine.close();
    }
}

impl Watched {
    async fn open(place: &TempDir) -> (Arc<Self>, RecordStore) {
        let engine = SledEngine::open(place.path()).unwrap();
        let watched = Arc::new(Self {
            engine,
            reads: AtomicUsize::new(0),
            commits: AtomicUsize::new(0),
        });
        let store = RecordStore::over(Arc::clone(&watched) as Arc<dyn Engine>, sealing()).await;
        (watched, store.unwrap())
    }

    fn take(counter: &AtomicUsize) -> usize {
        counter.swap(0, Ordering::SeqCst)
    }
}

#[tokio::test]
async fn looking_for_due_rows_costs_what_is_due() {
    let place = tempfile::tempdir().unwrap();
    let (watched, store) = Watched::open(&place).await;
    for block in 0..20 {
        let waits = |n: i64| post(&format!("C{}", block * 50 + n), &format!("{block} {n}"), 60);
        let crowd = |n: i64| post("crowded", &format!("behind {block} {n}"), 0);
        let rows = (0..50).map(waits).chain((0..50).map(crowd)).collect();
        store.commit(commit(rows)).await.unwrap();
    }
    store.receive(origin("1"), at(60)).await.unwrap();
    Watched::take(&watched.reads);
    assert_eq!(store.due_outbox(at(0), 100).await.unwrap().len(), 1);
    assert!(store.due_inbox(at(0), 100).await.unwrap().is_empty());
    let reads = Watched::take(&watched.reads);
    assert!(reads <= 16, "{reads} reads for one due row among 2,000");
}

#[tokio::test]
async fn the_end_of_a_long_history_costs_its_length_only() {
    let place = tempfile::tempdir().unwrap();
    let (watched, store) = Watched::open(&place).await;
    let mut plan = Plan::new(PlanId::new("p1"));
    let mut old: Option<String> = None;
    for n in 0..300 {
        let new = n.to_string();
        let write = rename(&plan, old.as_deref(), &new);
        plan = write.plan.clone();
        old = Some(new);
        store
            .commit(Commit {
                plan: Some(write),
                ..commit(Vec::new())
            })
            .await
            .unwrap();
    }
    Watched::take(&watched.reads);
    let record = store
        .plan(&team(), &PlanId::new("p1"))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(record.tail.len(), PlanRecord::TAIL);
    let reads = Watched::take(&watched.reads);
    assert!(reads <= PlanRecord::TAIL + 4, "{reads} reads");
}

#[tokio::test]
async fn a_repeat_is_only_told_once_the_first_is_on_disk() {
    let place = tempfile::tempdir().unwrap();
    let (watched, store) = Watched::open(&place).await;
    store.receive(origin("1"), at(0)).await.unwrap();
    Watched::take(&watched.commits);
    assert_eq!(
        store.receive(origin("1"), at(0)).await.unwrap(),
        Received::Duplicate
    );
    assert_eq!(
        Watched::take(&watched.commits),
        1,
        "it waits for the writer"
    );
}

#[tokio::test]
async fn the_parts_of_a_long_value_go_with_it() {
    let place = tempfile::tempdir().unwrap();
    let (watched, store) = Watched::open(&place).await;
    let parts = || {
        watched
            .scan(&Scan::all(Kind::Part, Vec::new()))
            .unwrap()
            .len()
    };
    let mut long = post("C1", "1", 0);
    long.document.headline = "long ".repeat(200_000);
    store.commit(commit(vec![long.clone()])).await.unwrap();
    let first = parts();
    assert!(first > 100, "{first}");
    let sending = OutboxState::Sending { since: at(0) };
    store
        .mark_outbox(&OutboxRow {
            state: sending,
            ..long.clone()
        })
        .await
        .unwrap();
    assert_eq!(parts(), first, "the old parts went");
    store
        .mark_outbox(&OutboxRow {
            state: OutboxState::Sent {
                at: at(0),
                ts: None,
            },
            ..long
        })
        .await
        .unwrap();
    store.sweep(at(100_000)).await.unwrap();
    assert_eq!(parts(), 0);
    assert_eq!(store.health().await.unwrap().overlong_values, 0);
}

#[tokio::test]
async fn values_of_the_full_size_never_leave_the_engines_own_file() {
    let place = tempfile::tempdir().unwrap();
    let store = open(&place).await;
    let row = |n: usize| {
        let mut row = post(&format!("C{n}"), &format!("{n:03}"), 0);
        row.document.headline = "x".repeat(VALUE_LIMIT - 600);
        row
    };
    // Grow, rewrite in another order, and shrink, so that pages are split, rewritten and merged.
    for block in 0..10 {
        let rows = (0..40).map(|n| row(block * 40 + n)).collect();
        store.commit(commit(rows)).await.unwrap();
    }
    for n in (0..400).rev() {
        let state = match n % 7 {
            0 => OutboxState::Sending { since: at(0) },
            _ => OutboxState::Sent {
                at: at(0),
                ts: None,
            },
        };
        store
            .mark_outbox(&OutboxRow { state, ..row(n) })
            .await
            .unwrap();
    }
    assert_eq!(store.sweep(at(100_000)).await.unwrap(), 342);
    store
        .commit(commit((400..440).map(row).collect()))
        .await
        .unwrap();
    assert_eq!(store.health().await.unwrap().overlong_values, 0);
}

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

/// Puts the words into everything that can hold them.
async fn fill(store: &RecordStore) {
    store.receive(origin("1"), at(0)).await.unwrap();
    store.receive(origin("2"), at(0)).await.unwrap();
    let row = store.due_inbox(at(0), 1).await.unwrap().remove(0);
    store
        .bury_inbox(&row, "eight turns failed", at(0))
        .await
        .unwrap();
    let write = rename(&Plan::new(PlanId::new("p1")), None, WORDS);
    let rows = vec![post("C1", "1", 0), post("C2", "2", 0)];
    store
        .commit(Commit {
            plan: Some(write),
            ..commit(rows)
        })
        .await
        .unwrap();
    let dead = OutboxState::Dead {
        at: at(0),
        reason: "gone".to_owned(),
    };
    store
        .mark_outbox(&OutboxRow {
            state: dead,
            ..post("C2", "2", 0)
        })
        .await
        .unwrap();
    store.put_blob(&team(), WORDS.as_bytes()).await.unwrap();
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

#[tokio::test]
async fn a_damaged_row_does_not_stop_the_others() {
    let place = tempfile::tempdir().unwrap();
    let store = open(&place).await;
    store
        .commit(commit(vec![post("C1", "1", 0), post("C2", "2", 0)]))
        .await
        .unwrap();
    let slot = outbox::key(&team(), &OutboxId::new("1")).slot().clone();
    let mut bytes = store.records.engine.get(&slot).unwrap().unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    let unit = Unit {
        puts: vec![(slot, bytes)],
        ..Unit::default()
    };
    store.records.engine.commit(unit).await.unwrap();
    let due = store.due_outbox(at(0), 10).await.unwrap();
    assert_eq!(
        due.iter().map(|row| row.id.as_str()).collect::<Vec<_>>(),
        ["2"]
    );
    let read = store.outbox_row(&team(), &OutboxId::new("1")).await;
    assert!(matches!(read, Err(StoreError::Damaged(_))));
}

#[tokio::test]
async fn overlong_values_are_refused_by_the_engine() {
    let place = tempfile::tempdir().unwrap();
    let store = open(&place).await;
    for (key, value) in [(8, VALUE_LIMIT + 1), (engine::KEY_LIMIT + 1, 8)] {
        let slot = Slot {
            kind: Kind::Plan,
            key: vec![b'k'; key],
        };
        let unit = Unit {
            puts: vec![(slot, vec![0; value])],
            ..Unit::default()
        };
        let refused = store.records.engine.commit(unit).await;
        assert!(matches!(refused, Err(StoreError::Refused(_))));
    }
}

#[tokio::test]
async fn a_closed_store_says_so() {
    let place = tempfile::tempdir().unwrap();
    let store = open(&place).await;
    store.close().await.unwrap();
    assert!(matches!(
        store.receive(origin("1"), at(0)).await,
        Err(StoreError::Closed)
    ));
}

#[tokio::test]
async fn health_counts_what_waits_and_how_long() {
    let place = tempfile::tempdir().unwrap();
    let store = open(&place).await;
    store.receive(origin("1"), at(5)).await.unwrap();
    store.receive(origin("2"), at(9)).await.unwrap();
    store
        .commit(commit(vec![post("C1", "1", 0), post("C1", "2", 0)]))
        .await
        .unwrap();
    let health = store.health().await.unwrap();
    assert_eq!((health.inbox.rows, health.inbox.oldest), (2, Some(at(5))));
    assert_eq!(
        (health.outbox.rows, health.outbox.oldest),
        (2, None),
        "these ids tell no time"
    );
    assert_eq!((health.dead_letters.rows, health.overlong_values), (0, 0));
    assert!(health.bytes_on_disk > 0);
}

#[tokio::test]
async fn an_erased_installation_leaves_nothing_and_others_alone() {
    let place = tempfile::tempdir().unwrap();
    let store = open(&place).await;
    fill(&store).await;
    let mut theirs = origin("1");
    theirs.inbound.installation = Installation::new("T10");
    store.receive(theirs, at(0)).await.unwrap();
    assert!(store.erase(&team()).await.unwrap() > 10);
    for &kind in Kind::ALL {
        let left = store.records.installations(kind).unwrap();
        assert!(!left.contains(&team()), "{kind:?}");
    }
    assert_eq!(store.records.engine.blobs().unwrap(), []);
    assert_eq!(store.due_inbox(at(0), 10).await.unwrap().len(), 1);
    assert_eq!(store.erase(&team()).await.unwrap(), 0);
}

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
        restored.due_outbox(at(0), 9).await.unwrap().last(),
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
    let hash = store.put_blob(&team(), WORDS.as_bytes()).await.unwrap();
    let blob = restored.get_blob(&team(), &hash).await.unwrap();
    assert_eq!(blob.as_deref(), Some(WORDS.as_bytes()));
    drop(restored);
    let again = RecordStore::import(copy.path(), Box::new(std::io::Cursor::new(backup))).await;
    assert!(matches!(again, Err(ImportError::NotEmpty)));
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

const CRASH_PLACE: &str = "GTM_TEST_CRASH_PLACE";
const CRASH_POINT: &str = "GTM_TEST_CRASH_POINT";

/// The life of a process that is killed in the middle of its writes; says what was acknowledged.
async fn live_and_die(place: &Path) {
    let store = RecordStore::open(place, SealingKeys::none()).await.unwrap();
    for n in 0..10 {
        store.receive(origin(&n.to_string()), at(n)).await.unwrap();
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
                "store::tests::what_was_acknowledged_outlives_a_kill",
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
