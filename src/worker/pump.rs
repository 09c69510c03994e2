//! Keeps rows moving: many at once, one of a kind at a time, woken by a bell.

use std::collections::BTreeSet;
use std::future::Future;

use futures_util::stream::{FuturesUnordered, StreamExt};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::IDLE;

/// A queue of rows in the store.
pub(super) trait Queue {
    /// One row.
    type Row;
    /// What two rows under way must not share: a channel, or the row itself.
    type Key: Ord + Clone;

    /// The rows that are due, in the order in which they shall begin.
    fn due(&self) -> impl Future<Output = Vec<Self::Row>>;

    /// What a row keeps others from.
    fn key(row: &Self::Row) -> Self::Key;

    /// While fewer rows than this are under way, this one may begin.
    fn room(_: &Self::Row) -> usize {
        AT_ONCE
    }

    /// Works one row as far as it gets now. It is not due again until later, or never.
    fn work(&self, row: Self::Row) -> impl Future<Output = ()>;
}

/// How many rows of a queue are under way at once.
pub(super) const AT_ONCE: usize = 64;

/// Works the queue until `stop`, then finishes what is under way or has become due by then, as far
/// as it may begin at once.
pub(super) async fn run<Q: Queue>(queue: &Q, bell: &Notify, stop: &CancellationToken) {
    let mut under_way = FuturesUnordered::new();
    let mut taken = BTreeSet::new();
    loop {
        let is_last = stop.is_cancelled();
        for row in begin(queue, &mut taken).await {
            under_way.push(work(queue, row));
        }
        if is_last {
            break;
        }
        // A slow row holds up neither its neighbours nor what becomes due while it is under way.
        tokio::select! {
            Some(key) = under_way.next() => { taken.remove(&key); }
            () = bell.notified() => {}
            () = tokio::time::sleep(IDLE) => {}
            () = stop.cancelled() => {}
        }
        // All queues share a task: one whose rows never wait lets the others, and people, have their turn.
        tokio::task::yield_now().await;
    }
    while under_way.next().await.is_some() {}
}

/// Works all that is due now, and what that makes due; returns how many rows that were.
pub(super) async fn run_due<Q: Queue>(queue: &Q) -> usize {
    let mut under_way = FuturesUnordered::new();
    let mut taken = BTreeSet::new();
    let mut worked = 0;
    loop {
        for row in begin(queue, &mut taken).await {
            under_way.push(work(queue, row));
        }
        match under_way.next().await {
            Some(key) => {
                taken.remove(&key);
                worked += 1;
            }
            None => return worked,
        }
    }
}

/// The due rows that may begin beside those under way; their keys are taken.
async fn begin<Q: Queue>(queue: &Q, taken: &mut BTreeSet<Q::Key>) -> Vec<Q::Row> {
    let mut rows = Vec::new();
    for row in queue.due().await {
        if taken.len() < Q::room(&row) && taken.insert(Q::key(&row)) {
            rows.push(row);
        }
    }
    rows
}

async fn work<Q: Queue>(queue: &Q, row: Q::Row) -> Q::Key {
    let key = Q::key(&row);
    queue.work(row).await;
    key
}
