//! What is read and written for what, and what others write meanwhile.

use super::*;

/// An engine that counts what passes, and looks at each write.
struct Watched {
    engine: SledEngine,
    reads: AtomicUsize,
    commits: AtomicUsize,
    /// Runs before the next look at a plan.
    before_plan: Meddle,
    /// Runs before the next commit.
    before_commit: Meddle,
}

type Meddle = Mutex<Option<Box<dyn FnOnce() + Send>>>;

/// Runs it, once.
fn run(meddle: &Meddle) {
    let meddle = meddle.lock().unwrap().take();
    if let Some(meddle) = meddle {
        meddle();
    }
}

/// Does something to the store meanwhile, as another task would; returns when that is done.
fn meanwhile<T: Send + 'static>(work: impl Future<Output = T> + Send + 'static) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    std::thread::spawn(move || runtime.block_on(work))
        .join()
        .unwrap()
}

#[async_trait]
impl Engine for Watched {
    fn get(&self, slot: &Slot) -> Result<Option<Vec<u8>>, StoreError> {
        self.reads.fetch_add(1, Ordering::SeqCst);
        if slot.kind == Kind::Plan {
            run(&self.before_plan);
        }
        self.engine.get(slot)
    }

    fn scan(&self, scan: &Scan) -> Result<Vec<Entry>, StoreError> {
        let entries = self.engine.scan(scan)?;
        self.reads.fetch_add(1 + entries.len(), Ordering::SeqCst);
        Ok(entries)
    }

    async fn commit(&self, unit: Unit) -> Result<Applied, StoreError> {
        self.commits.fetch_add(1, Ordering::SeqCst);
        run(&self.before_commit);
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

    async fn failed(&self) -> StoreError {
        self.engine.failed().await
    }

    fn stats(&self) -> Result<EngineStats, StoreError> {
        self.engine.stats()
    }

    fn close(&self) {
        self.engine.close();
    }
}

impl Watched {
    async fn open(place: &TempDir, keys: SealingKeys) -> (Arc<Self>, RecordStore) {
        let engine = SledEngine::open(place.path()).unwrap();
        let watched = Arc::new(Self {
            engine,
            reads: AtomicUsize::new(0),
            commits: AtomicUsize::new(0),
            before_plan: Mutex::new(None),
            before_commit: Mutex::new(None),
        });
        let store = RecordStore::over(Arc::clone(&watched) as Arc<dyn Engine>, keys).await;
        (watched, store.unwrap())
    }

    fn take(counter: &AtomicUsize) -> usize {
        counter.swap(0, Ordering::SeqCst)
    }
}

#[tokio::test]
async fn looking_for_due_rows_costs_what_is_due() {
    let place = tempfile::tempdir().unwrap();
    let (watched, store) = Watched::open(&place, sealing()).await;
    for block in 0..20 {
        let waits = |n: i64| post(&format!("C{}", block * 50 + n), &format!("{block} {n}"), 60);
        let crowd = |n: i64| post("crowded", &format!("behind {block} {n}"), 0);
        let rows = (0..50).map(waits).chain((0..50).map(crowd)).collect();
        store.commit(commit(rows)).await.unwrap();
    }
    store.receive(origin("1"), at(60)).await.unwrap();
    // Once a minute all installations are looked at.
    let due = store.due_outbox(at(0), 100, usize::MAX).await.unwrap();
    assert_eq!(due.len(), 1);
    Watched::take(&watched.reads);
    let due = store.due_outbox(at(0), 100, usize::MAX).await.unwrap();
    assert_eq!(due.len(), 1);
    assert!(store.due_inbox(at(0), 100).await.unwrap().is_empty());
    let reads = Watched::take(&watched.reads);
    assert!(reads <= 16, "{reads} reads for one due row among 2,000");
}

#[tokio::test]
async fn the_end_of_a_long_history_costs_its_length_only() {
    let place = tempfile::tempdir().unwrap();
    let (watched, store) = Watched::open(&place, sealing()).await;
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
    let (watched, store) = Watched::open(&place, sealing()).await;
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
    let (watched, store) = Watched::open(&place, sealing()).await;
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
    assert_eq!(store.sweep(at(100_000)).await.unwrap().removed, 342);
    store
        .commit(commit((400..440).map(row).collect()))
        .await
        .unwrap();
    assert_eq!(store.health().await.unwrap().overlong_values, 0);
}

#[tokio::test]
async fn a_repeat_that_meets_the_first_is_told_apart_from_a_stale_plan() {
    let place = tempfile::tempdir().unwrap();
    let (watched, store) = Watched::open(&place, sealing()).await;
    let store = Arc::new(store);
    let turn = Commit {
        claims: vec![DedupKey("trigger:1".to_owned())],
        plan: Some(rename(&Plan::new(PlanId::new("p1")), None, "Atlas")),
        ..commit(vec![post("C1", "1", 0)])
    };
    let (rival, first) = (Arc::clone(&store), turn.clone());
    // The first delivery is stored whole between the repeat's look at the claims and at the plan.
    let meddle = move || {
        let stored = meanwhile(async move { rival.commit(first).await.unwrap() });
        assert_eq!(stored, Committed::Done);
    };
    *watched.before_plan.lock().unwrap() = Some(Box::new(meddle));
    let repeat = store.commit(turn).await.unwrap();
    assert_eq!(repeat, Committed::Duplicate(vec![post("C1", "1", 0)]));
}

#[tokio::test]
async fn a_row_that_joins_as_the_last_one_leaves_is_not_lost() {
    let place = tempfile::tempdir().unwrap();
    // Without a key the same record has the same bytes each time it is written.
    let (watched, store) = Watched::open(&place, SealingKeys::none()).await;
    let store = Arc::new(store);
    store
        .commit(commit(vec![post("C1", "1", 0)]))
        .await
        .unwrap();
    let rival = Arc::clone(&store);
    let join = async move {
        rival
            .commit(commit(vec![post("C1", "2", 0)]))
            .await
            .unwrap()
    };
    let meddle = move || assert_eq!(meanwhile(join), Committed::Done);
    *watched.before_commit.lock().unwrap() = Some(Box::new(meddle));
    let sent = OutboxState::Sent {
        at: at(0),
        ts: None,
    };
    store
        .mark_outbox(&OutboxRow {
            state: sent,
            ..post("C1", "1", 0)
        })
        .await
        .unwrap();
    let due = store.due_outbox(at(0), 10, usize::MAX).await.unwrap();
    assert_eq!(
        due.iter().map(|row| row.id.as_str()).collect::<Vec<_>>(),
        ["2"]
    );
}
